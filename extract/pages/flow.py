"""Paragraphs and tables of a flowing document (HTML, DOCX) → printed lines and grid rows.

Both readers build the same small tree; here layout tables are opened, spans become grid columns, cells become text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from extract.celltext import LINE_BREAK
from extract.pages.grid import Grid, span_rows
from extract.pages.marks import is_figure, is_heading
from extract.pages.numbered import numbers_columns
from extract.quick import record, replace
from extract.records import Item, Line, Place, RawCell, Row

_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_BLANKS = re.compile(r"[ \t\f\v\u00a0\u2000-\u200a\u202f\u3000\ue5e5]+")  # the last is GBK's other wide one
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u2018-\u201d]"
_SOFT_BREAK = re.compile(rf"(?<={_WIDE}) ?\r ?(?={_WIDE})")
_LATIN_EDGE = re.compile(r"[0-9A-Za-z,.]")
_PROSE_LENGTH = 40  # a cell that fills its row, is longer and has a full stop is a paragraph in a frame
_LONG_CELL = 200  # no label and no value is that long
_HEADINGS_LEAST = 2  # of the report's six: a cell with so many holds the report
UNREAD = "\ufffc"
"""Stands in a number's place for a picture, or something else drawn, that nobody has read: the cell is not empty."""

_SHAPES = re.compile(rf"[{UNREAD}\ue000-\uf8ff]")  # characters of private use: only the page's own font has them

_FRAMED = (
    2  # cells of a row without text that only puts pictures side by side; filled ones of a table that a frame holds
)
_NESTED_CELLS = 6  # a table inside a cell with that many filled cells is a table of its own, with fewer it is text


@record
class Paragraph:
    """One block of text; line breaks are \\n. `linked` counts the characters that stand in links.

    A picture stands for itself, with no text; `source` says which part of the file it is, where the file holds it.
    """

    text: str
    linked: int = 0
    picture: bool = False
    source: str = ""


@record
class Box:
    """Blocks that the source keeps together: an element of a web page."""

    blocks: tuple[Block, ...]


@record
class GridCell:
    """A cell as the source states it; one that another covers is not stated, or (`covered`) only to hold its place."""

    blocks: tuple[Block, ...]
    columns: int = 1
    rows: int = 1
    covered: bool = False


@record
class Table:
    """The rows of stated cells; how they lie on the grid is told by span_rows.

    One that is not `drawn` is a table by its tabs only: no reader of the file would count it.
    """

    rows: tuple[tuple[GridCell, ...], ...]
    drawn: bool = True


Block = Paragraph | Box | Table
_Printed = tuple[tuple[str, ...], tuple[int, ...]]  # the texts of a grid row; the columns in which a cell of it begins


@record
class Piece:
    """A paragraph or a run of grid rows (rows × columns of text), and the number of the box that holds it.

    `first` is the place of the run's first cell, `columns` the number of each grid column in its table; `stated` are
    the grid columns of each row in which a cell begins.
    """

    block: Paragraph | tuple[tuple[str, ...], ...]
    box: int
    first: Place | None = None
    columns: tuple[int, ...] = ()
    stated: tuple[tuple[int, ...], ...] = ()


@record
class Flow:
    """The pieces in printed order; `parents[k]` is the box around box k (always a lower number; box 0 is the whole)."""

    pieces: tuple[Piece, ...]
    parents: tuple[int, ...]


@dataclass(slots=True)
class _Opening:
    """The boxes met so far, by the box around each, and how many tables."""

    parents: list[int] = field(default_factory=lambda: [0])
    tables: int = 0

    def enter(self, box: int) -> int:
        self.parents.append(box)
        return len(self.parents) - 1


def flatten_blocks(blocks: Iterable[Block]) -> Flow:
    """The document with its layout tables opened: each of their cells is a box."""
    opening = _Opening()
    pieces = tuple(_open_box(blocks, 0, opening))
    return Flow(pieces, tuple(opening.parents))


def _open_box(blocks: Iterable[Block], box: int, opening: _Opening) -> Iterator[Piece]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield Piece(block, box)
        elif isinstance(block, Box):
            yield from _open_box(block.blocks, opening.enter(box), opening)
        else:
            yield from _open_table(block, opening.enter(box), opening)


def _open_table(table: Table, box: int, opening: _Opening) -> Iterator[Piece]:
    """Runs of plain rows as grids; the cells of rows that only lay out the page as boxes.

    A table that does nothing else is none that a reader would count.
    """
    opens = [_lays_out(row) for row in table.rows]
    plain = [row for row, opened in zip(table.rows, opens, strict=True) if not opened]
    told = table.drawn and (not any(opens) or any(cell_text(cell.blocks) for row in plain for cell in row))
    opening.tables += told
    place = Place(opening.tables, 1, 1) if told else None
    grid = span_rows([[(cell.columns, cell.rows) for cell in row] for row in table.rows])
    run: list[_Printed] = []
    for number, row in enumerate(table.rows):
        if not opens[number]:
            run.append(_grid_row(row, grid, number))
            opening.tables += sum(_count_tables(cell.blocks) for cell in row)
            continue
        yield from _end_run(run, number, box, place, grid)
        run = []
        for cell in row:
            yield from _open_box(cell.blocks, opening.enter(box), opening)
    yield from _end_run(run, len(table.rows), box, place, grid)


def _end_run(run: list[_Printed], end: int, box: int, place: Place | None, grid: Grid) -> Iterator[Piece]:
    """The rows before row `end` of the table (from 0, exclusive) as a piece, if any has a text."""
    texts, stated = tuple(own for own, _ in run), tuple(own for _, own in run)
    if any(map(any, texts)):
        first = replace(place, row=end - len(run) + 1) if place else None
        yield Piece(texts, box, first, grid.stated, stated)


def _count_tables(blocks: Iterable[Block]) -> int:
    """Tables inside, that are read as text."""
    count = 0
    for block in blocks:
        if isinstance(block, Box):
            count += _count_tables(block.blocks)
        elif isinstance(block, Table):
            count += block.drawn + sum(_count_tables(cell.blocks) for row in block.rows for cell in row)
    return count


def _grid_row(row: Sequence[GridCell], grid: Grid, number: int) -> _Printed:
    texts = [""] * grid.width
    for cell, column in zip(row, grid.columns[number], strict=True):
        texts[column] = _print_cell(cell.blocks)
    begun = zip(row, grid.columns[number], strict=True)
    return tuple(texts), tuple(column for cell, column in begun if not cell.covered)


def _print_cell(blocks: Sequence[Block]) -> str:
    """The text of a cell; where that is none or but a number, with a mark for what nobody has read in it."""
    text = cell_text(blocks)
    bare = text if text.isalnum() else _SHAPES.sub("", text)
    marked = text != bare or _has_picture(blocks)
    return bare + UNREAD if marked and (not bare or is_figure(bare)) else text.replace(UNREAD, "")


def _lays_out(row: Sequence[GridCell]) -> bool:
    """Whether the row's cells hold tables or prose and not labels and values."""
    if any(_nested_cells(cell.blocks) >= (_FRAMED if len(row) == 1 else _NESTED_CELLS) for cell in row):
        return True
    texts = [text for cell in row if (text := cell_text(cell.blocks))]
    if not texts and len(row) <= _FRAMED and any(_has_picture(cell.blocks) for cell in row):
        return True
    if any(len(text) >= _LONG_CELL and "。" in text for text in texts):
        return True
    if len(row) != 1:
        return any(len(cell.blocks) > _HEADINGS_LEAST and _headings(cell) >= _HEADINGS_LEAST for cell in row)
    return _headings(row[0]) > 0 or any(len(text) > _PROSE_LENGTH and "。" in text for text in texts)


def _headings(cell: GridCell) -> int:
    return sum(is_heading(line) for text in _texts(cell.blocks) for line in text.split("\n"))


def _nested_cells(blocks: Iterable[Block]) -> int:
    """Filled cells of the tables inside, those of the innermost."""
    count = 0
    for block in blocks:
        if isinstance(block, Box):
            count += _nested_cells(block.blocks)
        elif isinstance(block, Table):
            count += sum(
                _nested_cells(cell.blocks) or bool(cell_text(cell.blocks)) for row in block.rows for cell in row
            )
    return count


def cell_text(blocks: Sequence[Block]) -> str:
    """All text of a cell on one line: a blank stays only between two pieces of Latin text, and a mark between digits
    that stood on two lines.
    """
    if len(blocks) == 1 and isinstance(only := blocks[0], Paragraph) and "\n" not in only.text:
        return only.text  # most cells
    joined = ""
    for text in _texts(blocks):
        for part in text.split("\n"):
            latin = joined and part and _LATIN_EDGE.match(joined[-1]) and _LATIN_EDGE.match(part[0])
            figures = latin and joined[-1].isdigit() and part[0].isdigit()
            joined += f"{LINE_BREAK if figures else ' '}{part}" if latin else part
    return joined


def _has_picture(blocks: Iterable[Block]) -> bool:
    for block in blocks:
        if isinstance(block, Paragraph):
            if block.picture:
                return True
        elif isinstance(block, Box):
            if _has_picture(block.blocks):
                return True
        elif any(_has_picture(cell.blocks) for row in block.rows for cell in row):
            return True
    return False


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Box):
            yield from _texts(block.blocks)
        else:
            for row in block.rows:
                for cell in row:
                    yield from _texts(cell.blocks)


def tidy_text(text: str) -> str:
    """The text as it is seen: no invisible characters, one blank for many, none where only the source broke a line.

    \\r stands for a line break of the source that is not printed, \\n for one that is. Empty lines are dropped.
    """
    if text.isalnum():  # most cells
        return text
    text = _BLANKS.sub(" ", _INVISIBLE.sub("", text))
    if "\r" in text:
        text = _SOFT_BREAK.sub("", text).replace("\r", " ").replace("  ", " ")
    return "\n".join(line for part in text.split("\n") if (line := part.strip()))


def pieces_to_items(pieces: Iterable[Piece], *, page: int = 1, number: int = 1, table: int = 1) -> tuple[Item, ...]:
    """A Line per printed line, a Row per grid row; items and raw tables are counted from `number` and `table`.

    A picture that nobody has read is an empty line: what stands before and behind it is not together.
    """
    items: list[Item] = []
    for piece in pieces:
        if isinstance(piece.block, Paragraph):
            texts = [""] if piece.block.picture else filter(None, piece.block.text.split("\n"))
            for text in texts:
                items.append(Line(text, page, number + len(items)))
            continue
        for k, row in enumerate(piece.block):
            if numbers_columns(row):
                continue
            items.append(Row(tuple(_row_cells(piece, k, row)), table, page, number + len(items)))
        table += 1
    return tuple(items)


def _row_cells(piece: Piece, number: int, texts: Sequence[str]) -> Iterator[RawCell]:
    """The cells of row `number` (from 0) of the run; what no cell of its own stands for has no place."""
    first = piece.first
    if first is None:
        return map(RawCell, texts)
    stated = frozenset(piece.stated[number])
    return (
        RawCell(text, None, Place(first.table, first.row + number, piece.columns[k]) if k in stated else None)
        for k, text in enumerate(texts)
    )
