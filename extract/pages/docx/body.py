"""The body of a document → paragraphs and tables: all changes accepted, fields by their results, numbers written out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extract.errors import UnsupportedError
from extract.pages.docx.names import attribute, children, find, is_on, local_name, number_at, value_at
from extract.pages.docx.numbering import Counters, Numbering, paragraph_mark, style_name
from extract.pages.flow import Block, Box, GridCell, Paragraph, Table, tidy_text
from extract.pages.marks import is_figure

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_THROUGH = frozenset(
    "ins moveTo hyperlink smartTag sdt sdtContent customXml fldSimple dir bdo subDoc rubyBase ruby Choice oMath"
    " oMathPara body document txbxContent sect sub-section".split()
)
_DELETED = frozenset(("del", "moveFrom"))
_MARKS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_PICTURES = frozenset(("blip", "imagedata"))
_CHANGE_NOTES = frozenset(("footnoteReference", "endnoteReference"))
_NOTE_BEGINS, _NOTE_ENDS = "\ue100", "\ue101"  # around what may be the mark of a note, until its paragraph is read
_NOTE = re.compile(f"{_NOTE_BEGINS}[^{_NOTE_ENDS}]*{_NOTE_ENDS}")
_COLUMNS_MOST = 500
_TAB_FIGURES = 2  # a line with that many figures between tabs is a row of a table without frame


@dataclass(slots=True)
class Walk:
    """What the reader of one document knows and remembers."""

    file: str
    numbering: Numbering
    notes: Mapping[tuple[str, str], Element]
    chunks: Mapping[str, tuple[Block, ...]]
    nesting_most: int
    cells_most: int
    counters: Counters = field(default_factory=Counters)
    pending: list[str] = field(default_factory=list)  # notes whose marks were read and that are not printed yet
    merged: str = ""  # text of paragraphs whose end was deleted: they go on in the next one
    instructions: int = 0  # fields that are open and have not come to their results
    cells: int = 0
    pictures: int = 0
    depth: int = 0


def read_blocks(walk: Walk, element: Element) -> tuple[Block, ...]:
    """The paragraphs and tables inside `element`, in order."""
    _enter(walk)
    blocks: list[Block] = []
    tabbed: list[tuple[GridCell, ...]] = []
    for block in _blocks(walk, element):
        if isinstance(block, Paragraph) and (row := _tab_row(block.text)):
            tabbed.append(row)
            continue
        if tabbed:
            blocks.append(Table(tuple(tabbed)))
            tabbed = []
        blocks.append(Paragraph(tidy_text(block.text)) if isinstance(block, Paragraph) else block)
    if tabbed:
        blocks.append(Table(tuple(tabbed)))
    walk.depth -= 1
    return tuple(block for block in blocks if not isinstance(block, Paragraph) or block.text)


def _enter(walk: Walk) -> None:
    walk.depth += 1
    if walk.depth > walk.nesting_most:
        cause = f"its elements stand more than {walk.nesting_most} deep inside one another"
        raise UnsupportedError(walk.file, cause, "open it in Word and save it again")


def _tab_row(text: str) -> tuple[GridCell, ...] | None:
    parts = [tidy_text(part) for part in text.strip("\t \u3000").split("\t")]
    if "\n" in text or sum(map(is_figure, parts)) < _TAB_FIGURES:
        return None
    return tuple(GridCell((Paragraph(part),) if part else ()) for part in parts)


def _blocks(walk: Walk, element: Element) -> Iterator[Block]:
    for child in element:
        name = local_name(child)
        if name == "p":
            yield from _read_paragraph(walk, child)
        elif name == "tbl":
            yield _read_table(walk, child)
        elif name == "altChunk":
            yield Box(walk.chunks.get(attribute(child, "id") or "", ()))
        elif name == "sdt" and _is_contents(child):
            continue
        elif name == "AlternateContent":
            yield Box(read_blocks(walk, _alternative(child)))
        elif name in _THROUGH:
            yield Box(read_blocks(walk, child))
            continue
        if walk.depth == 1:
            yield from _print_notes(walk)


def _is_contents(element: Element) -> bool:
    gallery = value_at(element, "sdtPr", "docPartObj", "docPartGallery") or ""
    return gallery.lower() == "table of contents"


def _alternative(element: Element) -> Element:
    """The newer wording of something that stands twice in the file; the older one where there is no other."""
    choice = find(element, "Choice")
    fallback = find(element, "Fallback")
    if choice is not None and (len(choice) or fallback is None):
        return choice
    return fallback if fallback is not None else element


def _print_notes(walk: Walk) -> Iterator[Block]:
    """The foot- and endnotes of what was read last."""
    waiting, walk.pending = walk.pending, []
    for key in waiting:
        kind, _, number = key.partition(" ")
        note = walk.notes.get((kind, number))
        if note is not None:
            yield from read_blocks(walk, note)


def _read_paragraph(walk: Walk, element: Element) -> Iterator[Block]:
    properties = find(element, "pPr")
    boxes: list[Element] = []
    text = _drop_note_marks("".join(_inline(walk, element, boxes)))
    walk.instructions = 0
    if is_on(properties, "rPr", "del") or find(properties, "rPr", "moveFrom") is not None:
        walk.merged += text
    elif text.strip() or walk.merged:
        mark = paragraph_mark(properties, walk.numbering, walk.counters) if (walk.merged + text).strip() else ""
        if not style_name(properties, walk.numbering).lower().startswith("toc "):
            yield Paragraph(mark + walk.merged.lstrip() + (text if walk.merged else text.lstrip(" \u3000")))
        walk.merged = ""
    for box in boxes:
        yield Box(read_blocks(walk, box))


def _inline(walk: Walk, element: Element, boxes: list[Element]) -> Iterator[str]:
    """The pieces of text inside a paragraph or a run; text boxes are put aside."""
    _enter(walk)
    for child in element:
        name = local_name(child)
        if name == "r":
            yield from _run(walk, child, boxes)
        elif name in _DELETED:
            continue
        elif name in ("t", "tab", "br", "cr", "ptab", "noBreakHyphen"):
            yield _plain(walk, child, name)
        elif name == "fldChar":
            _turn_field(walk, attribute(child, "fldCharType") or "")
        elif name in _CHANGE_NOTES:
            walk.pending.append(f"{name.removesuffix('Reference')} {attribute(child, 'id') or ''}")
        elif name == "AlternateContent":
            yield from _inline(walk, _alternative(child), boxes)
        elif name in ("drawing", "pict", "object"):
            _look_into_drawing(walk, child, boxes)
        elif name in _THROUGH:
            yield from _inline(walk, child, boxes)
    walk.depth -= 1


def _run(walk: Walk, run: Element, boxes: list[Element]) -> Iterator[str]:
    properties = find(run, "rPr")
    if is_on(properties, "vanish") or find(properties, "del") is not None:
        return
    texts = list(_inline(walk, run, boxes))
    if value_at(properties, "vertAlign") == "superscript" and _is_note_mark("".join(texts)):
        texts = [_NOTE_BEGINS, *texts, _NOTE_ENDS]
    yield from texts


def _is_note_mark(text: str) -> bool:
    """1, ①, [2] or * in superscript is a mark of a note and no digit of the number before it."""
    bare = text.strip().strip("[]()（）【】")
    return len(bare) <= 2 and (bare.isdigit() or bare in ("*", "※", "注"))


def _drop_note_marks(text: str) -> str:
    """Without the marks of notes, unless the paragraph holds nothing else."""
    if _NOTE_BEGINS not in text:
        return text
    bare = _NOTE.sub("", text)
    return bare if bare.strip() else text.replace(_NOTE_BEGINS, "").replace(_NOTE_ENDS, "")


def _plain(walk: Walk, element: Element, name: str) -> str:
    if walk.instructions:
        return ""
    return (element.text or "") if name == "t" else _MARKS[name]


def _turn_field(walk: Walk, kind: str) -> None:
    """Between `begin` and `separate` stands what the field does, and after it what it shows."""
    if kind == "begin":
        walk.instructions += 1
    elif kind == "separate":
        walk.instructions = max(0, walk.instructions - 1)


def _look_into_drawing(walk: Walk, drawing: Element, boxes: list[Element]) -> None:
    """Counts pictures and puts text boxes aside, those of the alternative wording left out."""
    waiting = [drawing]
    while waiting:
        element = waiting.pop()
        name = local_name(element)
        if name == "txbxContent":
            boxes.append(element)
        elif name == "AlternateContent":
            waiting.append(_alternative(element))
        else:
            walk.pictures += name in _PICTURES
            waiting += reversed(element)


def _read_table(walk: Walk, table: Element) -> Table:
    _enter(walk)
    open_columns: set[int] = set()
    rows: list[tuple[GridCell, ...]] = []
    for row in _through(table, "tr"):
        if find(row, "trPr", "del") is None:
            rows.append(tuple(_read_row(walk, row, open_columns)))
    walk.depth -= 1
    return Table(tuple(rows))


def _through(element: Element, name: str) -> Iterator[Element]:
    """The elements of that name inside, also those in content controls and insertions."""
    waiting = list(reversed(element))
    while waiting:
        child = waiting.pop()
        if local_name(child) == name:
            yield child
        elif local_name(child) in _THROUGH:
            waiting += reversed(child)


def _read_row(walk: Walk, row: Element, open_columns: set[int]) -> Iterator[GridCell]:
    """The stated cells of a row; a cell that goes on from above (`open_columns` says where one may) is empty."""
    before = min(number_at(row, "trPr", "gridBefore", otherwise=0), _COLUMNS_MOST)
    if before > 0:
        yield GridCell((), before)
    column = max(before, 0)
    for cell in _through(row, "tc"):
        properties = find(cell, "tcPr")
        if find(properties, "cellDel") is not None:
            continue
        width = max(1, min(number_at(properties, "gridSpan", otherwise=1), _COLUMNS_MOST))
        blocks = read_blocks(walk, cell)
        yield _count(walk, GridCell(() if _goes_on(properties, column, open_columns) else blocks, width))
        column += width


def _goes_on(properties: Element | None, column: int, open_columns: set[int]) -> bool:
    """Whether the cell is the covered part of another one, above it or to its left."""
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
        raise UnsupportedError(walk.file, cause, "check that it is the report")
    return cell


def note_elements(root: Element | None, kind: str) -> dict[tuple[str, str], Element]:
    """(footnote or endnote, id) → the note; separators are no notes."""
    notes = children(root, kind) if root is not None else ()
    return {(kind, attribute(note, "id") or ""): note for note in notes if attribute(note, "type") is None}
