"""The body of a Word document → paragraphs and tables, all changes accepted, automatic numbers written out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from extract.errors import UnsupportedError
from extract.pages.docx.ink import UNKNOWN, shade
from extract.pages.docx.inline import paragraph_text
from extract.pages.docx.names import attribute, children, find, is_on, number_at, value_at
from extract.pages.docx.numbering import paragraph_mark, style_name
from extract.pages.docx.walk import THROUGH, Walk, alternative, enter
from extract.pages.flow import UNREAD, Block, Box, GridCell, Paragraph, Table, tidy_text
from extract.pages.marks import is_figure
from extract.quick import replace

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_COLUMNS_MOST = 500
_NUMBERED = (Paragraph(UNREAD),)
_SERIALS = 3  # rows that a column numbers
_LINE = 200  # twentieths of a point; a line of type so high is small
_TAB_FIGURES = 2  # a line with that many figures between tabs is a row of a table without frame


def read_blocks(walk: Walk, element: Element) -> tuple[Block, ...]:
    """The paragraphs and tables inside `element`, in order."""
    enter(walk)
    blocks: list[Block] = []
    tabbed: list[tuple[GridCell, ...]] = []
    for block in _blocks(walk, element):
        if isinstance(block, Paragraph) and (row := _tab_row(block.text)):
            tabbed.append(row)
            continue
        if tabbed:
            blocks.append(Table(tuple(tabbed), drawn=False))
            tabbed = []
        blocks.append(_tidy(block) if isinstance(block, Paragraph) else block)
    if tabbed:
        blocks.append(Table(tuple(tabbed), drawn=False))
    walk.depth -= 1
    return tuple(block for block in blocks if not isinstance(block, Paragraph) or block.text or block.picture)


def _tidy(block: Paragraph) -> Paragraph:
    text = tidy_text(block.text)
    return block if text == block.text else replace(block, text=text)


def _tab_row(text: str) -> tuple[GridCell, ...] | None:
    if "\t" not in text:
        return None
    parts = [tidy_text(part) for part in text.strip("\t \u3000").split("\t")]
    if "\n" in text or sum(map(is_figure, parts)) < _TAB_FIGURES:
        return None
    return tuple(GridCell((Paragraph(part),) if part else ()) for part in parts)


def _blocks(walk: Walk, element: Element) -> Iterator[Block]:
    for child in element:
        name = child.tag
        if name == "p":
            yield from _read_paragraph(walk, child)
        elif name == "tbl":
            yield _read_table(walk, child)
        elif name == "altChunk":
            yield Box(walk.chunks.get(attribute(child, "id") or "", ()))
        elif name == "sdt" and _is_contents(child):
            continue
        elif name == "AlternateContent":
            yield Box(read_blocks(walk, alternative(child)))
        elif name in THROUGH:
            yield Box(read_blocks(walk, child))
            continue
        if walk.depth == 1:
            yield from _print_notes(walk)


def _is_contents(element: Element) -> bool:
    gallery = value_at(element, "sdtPr", "docPartObj", "docPartGallery") or ""
    return gallery.lower() == "table of contents"


def _print_notes(walk: Walk) -> Iterator[Block]:
    """The foot- and endnotes of what was read last."""
    waiting, walk.pending = walk.pending, []
    for key in waiting:
        kind, _, number = key.partition(" ")
        note = walk.notes.get((kind, number))
        if note is not None:
            yield from read_blocks(walk, note)


def _read_paragraph(walk: Walk, element: Element) -> Iterator[Block]:
    properties = _stated(element, "pPr")
    pictures = len(walk.pictures)
    walk.style = (value_at(properties, "pStyle") or "") if properties is not None else ""
    ground = walk.ground
    walk.ground = shade(properties) or _style_ground(walk, walk.style) or ground
    text, boxes = paragraph_text(walk, element)
    walk.ground = ground
    if properties is not None and _is_merged(properties):
        walk.merged += text
    elif text.strip() or walk.merged:
        mark = paragraph_mark(properties, walk.numbering, walk.counters) if (walk.merged + text).strip() else ""
        if not style_name(walk.style, walk.numbering).lower().startswith("toc "):
            mark = "" if is_figure(text) else mark  # of a list that a table's numbers were pasted into
            yield Paragraph(mark + walk.merged.lstrip() + (text if walk.merged else text.lstrip(" \u3000")))
        walk.merged = ""
    elif walk.within and properties is not None and paragraph_mark(properties, walk.numbering, walk.counters).strip():
        yield _NUMBERED[0]  # the number itself is printed
    yield from (Paragraph("", picture=True, source=source) for source in walk.pictures[pictures:])
    for box in boxes:
        walk.ground = UNKNOWN
        yield Box(read_blocks(walk, box))
    walk.ground = ground


def _stated(element: Element, name: str) -> Element | None:
    """The element's properties, if it states any but those of its looks, which were dropped: few do."""
    properties = element.find(name)
    return properties if properties is not None and len(properties) else None


def _is_merged(properties: Element) -> bool:
    """Whether the end of the paragraph was deleted or moved away, so that it goes on in the next one."""
    return is_on(properties, "rPr", "del") or find(properties, "rPr", "moveFrom") is not None


def _read_table(walk: Walk, table: Element) -> Table:
    enter(walk)
    open_columns: set[int] = set()
    rows: list[tuple[GridCell, ...]] = []
    properties, ground = find(table, "tblPr"), walk.ground
    walk.ground = shade(properties) or _style_ground(walk, value_at(properties, "tblStyle")) or ground
    for row in _through(table, "tr"):
        if find(row, "trPr", "del") is None:
            rows.append(tuple(_read_row(walk, row, open_columns)))
    walk.ground = ground
    walk.depth -= 1
    return Table(_without_serials(rows))


def _without_serials(rows: Sequence[tuple[GridCell, ...]]) -> tuple[tuple[GridCell, ...], ...]:
    """The rows; a first column that many rows number automatically holds no values."""
    numbered = [bool(row) and row[0].blocks == _NUMBERED for row in rows]
    if sum(numbered) < _SERIALS:
        return tuple(rows)
    return tuple(
        (replace(row[0], blocks=()), *row[1:]) if own else row for own, row in zip(numbered, rows, strict=True)
    )


def _through(element: Element, name: str) -> Iterator[Element]:
    """The elements of that name inside, also those in content controls and insertions."""
    waiting = list(reversed(element))
    while waiting:
        child = waiting.pop()
        if child.tag == name:
            yield child
        elif child.tag in THROUGH:
            waiting += reversed(child)


def _read_row(walk: Walk, row: Element, open_columns: set[int]) -> Iterator[GridCell]:
    """The stated cells of a row; a cell that goes on from above (`open_columns` says where one may) is empty."""
    before = min(number_at(row, "trPr", "gridBefore", otherwise=0), _COLUMNS_MOST)
    if before > 0:
        yield GridCell((), before)
    column = max(before, 0)
    lines = _lines_shown(row)
    for cell in _through(row, "tc"):
        properties = _stated(cell, "tcPr")
        if properties is not None and properties.find("cellDel") is not None:
            continue
        spanned = number_at(properties, "gridSpan", otherwise=1) if properties is not None else 1
        width = max(1, min(spanned, _COLUMNS_MOST))
        ground = walk.ground
        walk.ground = shade(properties) or ground
        walk.within += 1
        blocks = read_blocks(walk, cell)
        if lines and _runs_over(cell, lines):
            blocks = (*blocks, Paragraph(UNREAD))
        walk.within -= 1
        walk.ground = ground
        covered = _goes_on(properties, column, open_columns)
        yield _count(walk, GridCell(() if covered else blocks, width, covered=covered))
        column += width


def _lines_shown(row: Element) -> int:
    """How many lines a row of exact height shows at most; 0 for one that grows with its text."""
    height = find(row, "trPr", "trHeight")
    if height is None or attribute(height, "hRule") != "exact":
        return 0
    return max(1, number_at(row, "trPr", "trHeight", otherwise=0) // _LINE)


def _runs_over(cell: Element, lines: int) -> bool:
    """Whether paragraphs of the cell stand below its first `lines` lines, where Word cuts them off."""
    return any(next(below.iter("t"), None) is not None for below in list(_through(cell, "p"))[lines:])


def _style_ground(walk: Walk, style: str | None) -> str:
    ink = walk.inks.get(style or "")
    return ink.ground if ink else ""


def _goes_on(properties: Element | None, column: int, open_columns: set[int]) -> bool:
    """Whether the cell is the covered part of another one, above it or to its left."""
    if properties is None:
        open_columns.discard(column)
        return False
    across = value_at(properties, "hMerge")
    if across is not None and across != "restart":
        return True
    down = value_at(properties, "vMerge")
    goes_on = down is not None and down != "restart" and column in open_columns
    if down is None:
        open_columns.discard(column)
    else:
        open_columns.add(column)
    return goes_on


def _count(walk: Walk, cell: GridCell) -> GridCell:
    walk.cells += 1
    if walk.cells > walk.cells_most:
        cause = f"it has more than {walk.cells_most} table cells, which no report has"
        remedy = "check that it is the report, or raise max_table_cells in the settings"
        raise UnsupportedError(walk.file, cause, remedy)
    return cell


def note_elements(root: Element | None, kind: str) -> dict[tuple[str, str], Element]:
    """(footnote or endnote, id) → the note; separators are no notes."""
    notes = children(root, kind) if root is not None else ()
    return {(kind, attribute(note, "id") or ""): note for note in notes if attribute(note, "type") is None}
