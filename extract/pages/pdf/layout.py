"""Drawings of pages → pages of lines and rows in reading order. Knows nothing of the format the drawings came from."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.errors import SourceError
from extract.guard import guard
from extract.pages.numbered import numbers_columns
from extract.pages.pdf.clock import Clock
from extract.pages.pdf.continued import Piece, join_tables
from extract.pages.pdf.cut import doubt_cut_cells
from extract.pages.pdf.drawing import INK, Drawing, to_unit_square
from extract.pages.pdf.framed import drop_frames
from extract.pages.pdf.grid import edges_to_grids
from extract.pages.pdf.inked import add_marks, part_strokes
from extract.pages.pdf.levels import join_levels
from extract.pages.pdf.newspaper import split_columns
from extract.pages.pdf.ruled import Table, TextCell, take_table
from extract.pages.pdf.running import find_running_lines
from extract.pages.pdf.spread import split_spread
from extract.pages.pdf.undivided import divide_columns
from extract.pages.pdf.unread import unread_drawing
from extract.pages.pdf.unruled import lines_to_pieces
from extract.pages.pdf.words import Word, drop_doubles, glyphs_to_lines, hull, join_words, split_words
from extract.quick import record, replace
from extract.records import BBox, Item, Line, Page, RawCell, Row

_WORDS = re.compile(r"(?:[\u4e00-\u9fff].*){3}")  # of a label, which no number has: what is drawn in it is of no matter


@record
class PageText:
    """The ruled tables of a page and the text lines outside them; none of a page that nobody could read.

    `unread` counts the pictures at its end that nobody could read; `scan` is the part of a page that was read as a scan
    where the page has text, too. `unclear` as in Page.
    """

    drawing: Drawing
    tables: tuple[Table, ...]
    lines: tuple[tuple[Word, ...], ...]
    unread: int = 0
    scan: BBox | None = None
    unclear: int = 0


def drawings_to_pages(drawings: Sequence[Drawing], *, file: str, clock: Clock | None = None) -> tuple[Page, ...]:
    """The pages of a document with a text layer.

    Raises: SourceError where none can be read, UnsupportedError where the time of the clock is up.
    """
    texts = read_each(drawings, file=file, clock=clock)
    return texts_to_pages([text for own in texts.values() for text in own], clock=clock)


def read_each(drawings: Sequence[Drawing], *, file: str, clock: Clock | None = None) -> dict[int, list[PageText]]:
    """What `read_texts` finds, by page number. Raises: UnsupportedError where the time of the clock is up."""
    texts: dict[int, list[PageText]] = {}
    for drawing in drawings:
        texts[drawing.number] = read_texts(drawing, file=file, seconds=clock.left() if clock else None)
        if clock:
            clock.check(drawing.number)
    return texts


def texts_to_pages(texts: Sequence[PageText], *, clock: Clock | None = None) -> tuple[Page, ...]:
    """The pages; items count over the document, so do tables. Running heads and page numbers are left out.

    Raises: SourceError where no page could be read, UnsupportedError where the time of the clock is up.
    """
    if texts and all(text.drawing.unread for text in texts):
        raise next(text.drawing.unread for text in texts if text.drawing.unread)
    running = find_running_lines([text.lines for text in texts], [text.drawing.height for text in texts])
    pieces: list[list[Piece]] = []
    for text, dropped in zip(texts, running, strict=True):
        pieces.append(_order(text, dropped, pieces[-1] if pieces else []))
        if clock:
            clock.check(text.drawing.number)
    pages: dict[int, Page] = {}
    number = 0
    lost = frozenset(k for k, text in enumerate(texts) if text.drawing.unread)
    drawings = [text.drawing for text in texts]
    for k, (text, own) in enumerate(zip(texts, join_tables(pieces, lost=lost), strict=True)):
        items: list[Item] = []
        for table, piece in own:
            items += _piece_to_items(piece, drawings, k, table, number + len(items))
        number += len(items)
        before = pages.get(text.drawing.number, Page(text.drawing.number, ()))
        scanned = before.scanned or (text.drawing.to_shown is not None and text.scan is None)
        scans = (*before.scans, text.scan) if text.scan else before.scans
        cause = text.drawing.unread.cause if text.drawing.unread else ""
        pictures = before.pictures + text.unread
        pages[before.number] = Page(
            before.number,
            (*before.items, *items),
            pictures,
            scanned=scanned,
            unread=cause,
            scans=scans,
            unclear=before.unclear + text.unclear,
        )
    return tuple(pages.values())


def read_texts(drawing: Drawing, *, file: str, seconds: float | None = None) -> list[PageText]:
    """What `read_text` finds on a page; where two were printed on one sheet, on each."""
    return [read_text(own, file=file, seconds=seconds) for own in split_spread(drawing)]


def read_text(drawing: Drawing, *, file: str, seconds: float | None = None) -> PageText:
    """The tables and lines of a page by its glyphs and edges; of one that cannot be read, none, and why.

    `seconds` as in `guard`.
    """
    if drawing.unread:
        return PageText(drawing, (), ())
    try:
        with guard(file, page=drawing.number, seconds=seconds):
            return _read_text(drawing)
    except SourceError as error:
        return PageText(unread_drawing(drawing.number, error), (), ())


def _read_text(drawing: Drawing) -> PageText:
    strokes, edges = part_strokes(drawing)
    grids = edges_to_grids(drop_frames(edges, drawing.glyphs))
    glyphs = add_marks([*drawing.marks, *strokes], drop_doubles(drawing.glyphs), grids)
    tables = []
    for grid in grids:
        if not drawing.to_shown:
            glyphs = doubt_cut_cells(grid, glyphs, edges, drawing.width)
        table, glyphs = take_table(divide_columns(grid, glyphs), glyphs, drawing.width)
        if table:
            rows = tuple(row for row in table.rows if not numbers_columns([cell.text for cell in row]))
            tables.append(replace(table, rows=rows))
    order = {id(glyph): k for k, glyph in enumerate(glyphs)}
    words = (tuple(split_words(line, order=order)) for line in glyphs_to_lines(glyphs))
    lines = [line for line in words if not numbers_columns([word.text for word in line])]
    return PageText(drawing, tuple(tables), tuple(join_levels(lines)))


def _order(text: PageText, dropped: frozenset[int], before: Sequence[Piece]) -> list[Piece]:
    """Tables and lines from top to bottom; what stands `before`, on the page before, tells the columns at the top."""
    last = before[-1] if before else None
    frame = last.columns if isinstance(last, Table) else ()
    heads = _last_lines(before)
    pieces: list[tuple[float, Piece]] = [(table.box[1], table) for table in text.tables]
    tables = sorted(text.tables, key=lambda table: table.box[1])
    kept = [line for k, line in enumerate(text.lines) if k not in dropped]
    scanned = text.drawing.to_shown is not None
    for above, run in _runs_between(kept, [table.box[1] for table in tables]):
        own, y = (tables[above - 1].columns, ()) if above else (frame, heads), 0.0
        for part in split_columns(run):
            for at, piece in lines_to_pieces(part, text.drawing.width, *own, scanned=scanned):
                y = max(y, at)  # the right one of two columns is read behind the left one
                pieces.append((y, piece))
            own = (), ()
    return [piece for _, piece in sorted(pieces, key=lambda pair: pair[0])]


def _last_lines(pieces: Sequence[Piece]) -> list[tuple[Word, ...]]:
    """The lines behind the last table."""
    lines: list[tuple[Word, ...]] = []
    for piece in reversed(pieces):
        if isinstance(piece, Table):
            break
        lines.insert(0, piece)
    return lines


def _runs_between(lines: Sequence[tuple[Word, ...]], tops: Sequence[float]) -> list[tuple[int, list[tuple[Word, ...]]]]:
    """Lines that no ruled table parts, with the number of tables above them."""
    runs: dict[int, list[tuple[Word, ...]]] = {}
    for line in lines:
        runs.setdefault(sum(top < line[0].y for top in tops), []).append(line)
    return sorted(runs.items())


def _piece_to_items(piece: Piece, drawings: Sequence[Drawing], page: int, table: int, number: int) -> list[Item]:
    drawing = drawings[page]
    if isinstance(piece, Table):
        scanned = any(cell.readings for row in piece.rows for cell in row)
        return [
            Row(
                tuple(_raw_cell(cell, drawings[page if cell.page is None else cell.page], scanned) for cell in row),
                table,
                drawing.number,
                number + k,
                1.0 if drawing.to_shown is None else 0.0,
            )
            for k, row in enumerate(piece.rows, 1)
        ]
    box = hull(word.box for word in piece)
    text = join_words(piece).replace(INK, "").strip()
    if not text:
        return []
    score = min(word.score for word in piece)
    return [Line(text, drawing.number, number + 1, to_unit_square(box, drawing), score)]


def _raw_cell(cell: TextCell, drawing: Drawing, scanned: bool) -> RawCell:
    """The cell in the unit square; of a scanned table nothing is fixed, since a number may not have been seen."""
    fixed = cell.fixed and not scanned
    text = cell.text.replace(INK, "") if INK in cell.text and _WORDS.search(cell.text) else cell.text
    box = to_unit_square(cell.box, drawing)
    page = 0 if cell.page is None else drawing.number
    return RawCell(text, box, readings=cell.readings, fixed=fixed, unclear=cell.unclear, page=page)
