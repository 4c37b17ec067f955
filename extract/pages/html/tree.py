"""The parsed page → paragraphs, boxes and tables, with its links; nothing is run and nothing fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extract.errors import UnsupportedError
from extract.pages.flow import UNREAD, Block, Box, GridCell, Paragraph, Table, tidy_text
from extract.pages.html.ink import Inks, is_unseen_text
from extract.pages.html.lists import first_number, list_mark
from extract.pages.html.styles import Styles, turns
from extract.pages.html.tags import (
    BLOCKS,
    BOXES,
    DRAWN,
    FIELDS,
    RAISED,
    awaits_filling,
    filled_in,
    is_hidden,
    is_raised,
    is_unseen,
    read_span,
)
from extract.pages.marks import is_figure
from extract.quick import record
from extract.settings import Settings

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_NOTE_MARK = re.compile(r"^[\[(（【]?\s*(?:\d{1,2}|[①-⑳*※注])\s*[\])）】]?$")
_SPECK = re.compile(r"\s*[012](?:\.\d*)?(?:px)?\s*")
_AROUND = 3  # elements; editors put one or two more between <sup> or <pre> and its text
_LEAD = 20  # characters before a link that are kept
_SOURCE_BREAK = re.compile(r"[ \t\f]*[\r\n]\s*")


@record
class Link:
    """A link as printed; `target` as the page states it, `lead` what stands before it in its paragraph."""

    text: str
    target: str
    lead: str = ""


@record
class Tree:
    """What a page holds, in order. `cut`: something was nested so deep that its structure was not kept."""

    blocks: tuple[Block, ...]
    links: tuple[Link, ...]
    cut: bool = False


@record
class Looks:
    """What the page's style sheets state of its elements, each named by its `mem_id`.

    `parts` are tables, rows and cells by another tag (see find_parts), into those of `added` the sheets print something
    of their own. `inked`: text may have the colour of its ground; `turned`: it may run from right to left.
    """

    styles: Styles
    parts: Mapping[int, str]
    added: Set[int]
    inked: bool
    turned: bool


@dataclass(slots=True)
class _Frame:
    """An element that is still open. `rows` and `cells` grow in tables and rows, `blocks` in everything else."""

    node: LexborNode | None
    kind: str  # box, table, row, cell
    blocks: list[Block] = field(default_factory=list)
    rows: list[tuple[GridCell, ...]] = field(default_factory=list)
    cells: list[GridCell] = field(default_factory=list)
    spans: tuple[int, int] = (1, 1)
    count: int = 1  # number of the next entry of a list


@dataclass(slots=True)
class _State:
    """The walk's memory: open frames, the paragraph that is being gathered, the links seen."""

    frames: list[_Frame]
    styles: Styles
    inks: Inks | None  # colours, where some text could have that of its ground
    texts: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    open_links: list[LexborNode] = field(default_factory=list)
    linked: int = 0
    cells: int = 0
    mark: str = ""  # the number of a list's entry, until its first text comes
    turned: list[tuple[LexborNode, int]] = field(default_factory=list)  # elements read from right to left
    parts: Mapping[int, str] = field(default_factory=dict)  # elements that are parts of tables by another tag
    cut: bool = False  # whether something was nested deeper than is read


def read_tree(root: LexborNode, looks: Looks, *, file: str, settings: Settings, keep_hidden: bool = False) -> Tree:
    """The tree below `root`. Elements nested deeper than `max_nesting` lose their structure and keep their text.

    With `keep_hidden` style sheets hide nothing but what stands in a cell.

    Raises: UnsupportedError where there are more table cells than `max_table_cells`.
    """
    styles = looks.styles
    state = _State([_Frame(None, "box")], styles, Inks(styles, {}) if looks.inked else None, parts=looks.parts)
    for node, opens in _walk(root, styles, keep_hidden):
        if node.is_text_node:
            _add_text(state, node)
        elif opens:
            _open(state, node, settings.max_nesting)
            if (node.mem_id in looks.added or awaits_filling(node)) and _is_in_cell(state):
                state.texts.append(UNREAD)
            if looks.turned and turns(node, styles):
                state.turned.append((node, len(state.texts)))
            if state.cells > settings.max_table_cells:
                cause = f"the page has more than {settings.max_table_cells} table cells, which no report has"
                remedy = "check that it is the report, or raise max_table_cells in the settings"
                raise UnsupportedError(file, cause, remedy)
        else:
            if state.turned and state.turned[-1][0].mem_id == node.mem_id:
                _, start = state.turned.pop()
                state.texts[start:] = ["".join(state.texts[start:])[::-1]]
            _close(state, node)
    _flush(state)
    while len(state.frames) > 1:
        _close_frame(state)
    return Tree(tuple(state.frames[0].blocks), tuple(state.links), state.cut)


def _walk(root: LexborNode, styles: Styles, keep_hidden: bool) -> Iterator[tuple[LexborNode, bool]]:
    """Every seen node as it opens and as it closes (text nodes and fields of a form once), without recursion."""
    node: LexborNode | None = root
    end = root.mem_id
    while node is not None:
        is_text = node.is_text_node
        may_hide = node.is_element_node or node.mem_id in styles
        seen = not is_unseen(node, styles, keep_hidden=keep_hidden) if may_hide else is_text
        if seen:
            yield node, True
            child = None if is_text else node.first_child
            if child is not None:
                node = child
                continue
            if not is_text:
                yield node, False
        elif (node.tag in FIELDS or node.tag in DRAWN) and not is_hidden(node, styles):
            yield node, True
        following = None
        while node is not None and node.mem_id != end and (following := node.next) is None:
            node = node.parent
            if node is not None:
                yield node, False
        node = following


def _add_text(state: _State, node: LexborNode) -> None:
    text = node.text_content or ""
    if not (state.texts or state.turned) and text.isspace():
        return  # between two elements
    if state.inks and text.strip() and is_unseen_text(node, state.inks):
        return
    if _NOTE_MARK.match(text.strip()) and any(map(str.strip, state.texts)) and _is_note_mark(state, node, text):
        return
    if "\n" in text or "\r" in text:
        printed = "\n" in text and "pre" in _tags_around(node)
        text = text.replace("\r\n", "\n") if printed else _SOURCE_BREAK.sub("\r", text)
    state.texts.append(text)
    if state.open_links:
        state.linked += len(text.strip())


def _is_note_mark(state: _State, node: LexborNode, text: str) -> bool:
    """Whether a text stands above or below the line, and what was printed before it does not."""
    parent, steps = node.parent, 0
    while parent is not None and steps < _AROUND and not is_raised(parent, state.styles):
        parent, steps = parent.parent, steps + 1
    if parent is None or steps == _AROUND:
        return False
    printed = "".join("".join((*state.texts, text)).split())
    return not "".join(parent.text().split()).startswith(printed)


def _tags_around(node: LexborNode) -> list[str]:
    """The tags of the nearest elements around a text."""
    tags: list[str] = []
    parent = node.parent
    while parent is not None and len(tags) < _AROUND:
        tags.append(parent.tag or "")
        parent = parent.parent
    return tags


def _open(state: _State, node: LexborNode, nesting_most: int) -> None:
    top = state.frames[-1]
    tag = (state.parts and _part_of_table(state, node, top.kind)) or node.tag or ""
    if tag == "br":
        state.texts.append("\n")
    elif tag == "a" and node.attributes.get("href"):
        state.open_links.append(node)
    elif tag == "img":
        if not state.open_links and not _is_spacer(node):
            source = node.attributes.get("data-src") or node.attributes.get("src") or ""
            _innermost(state).blocks.append(Paragraph("", picture=True, source=source))
    elif tag in DRAWN:
        if _is_in_cell(state):
            state.texts.append(UNREAD)
    elif tag in RAISED:
        if _is_in_cell(state) and not any(map(str.strip, state.texts)) and _NOTE_MARK.match(node.text().strip()):
            state.texts.append(UNREAD)  # alone in the cell it may be the mark of a note whose number is blank
    elif tag in FIELDS:
        if _is_in_cell(state):
            state.texts.append(filled_in(node))
    elif tag == "table" or tag in BLOCKS:
        _flush(state)
        state.cut = state.cut or len(state.frames) >= nesting_most
        if len(state.frames) < nesting_most and (tag == "table" or tag in BOXES) and top.kind not in ("table", "row"):
            state.frames.append(_Frame(node, "table" if tag == "table" else "box"))
        if tag == "ol":
            state.frames[-1].count = first_number(node)
        if tag == "li":
            _number_entry(state, node)
    elif tag == "tr" and top.kind == "table":
        state.cells += 1
        state.frames.append(_Frame(node, "row"))
    elif tag in ("td", "th"):
        _flush(state)
        state.cells += 1
        if top.kind == "row":
            state.frames.append(_Frame(node, "cell", spans=(read_span(node, "colspan"), read_span(node, "rowspan"))))


def _is_in_cell(state: _State) -> bool:
    return any(frame.kind == "cell" for frame in state.frames)


def _is_spacer(node: LexborNode) -> bool:
    """Whether a picture is but a dot that keeps cells apart."""
    return any(_SPECK.fullmatch(node.attributes.get(name) or "") for name in ("width", "height"))


def _part_of_table(state: _State, node: LexborNode, inside: str) -> str:
    """The part of a table that an element is by its style; none outside of one."""
    part = state.parts.get(node.mem_id, "")
    return part if part in ("", "table") or inside == ("table" if part in ("tr", "tbody") else "row") else ""


def _number_entry(state: _State, node: LexborNode) -> None:
    frame = state.frames[-1]
    if frame.node is not None:
        mark, number = list_mark(frame.node, node, frame.count)
        frame.count = number + 1
        state.mark = mark


def _close(state: _State, node: LexborNode) -> None:
    tag = node.tag or ""
    if tag == "a" and state.open_links and state.open_links[-1].mem_id == node.mem_id:
        state.open_links.pop()
        text = tidy_text(node.text()).replace("\n", "")
        lead = "".join(state.texts).strip().removesuffix(text)[-_LEAD:]
        state.links.append(Link(text, node.attributes.get("href") or "", lead))
    if tag == "li" and state.mark and not "".join(state.texts).strip() and _is_in_cell(state):
        state.texts.append(UNREAD)  # the number itself is printed
        state.mark = ""
    if tag in BLOCKS or tag in ("table", "td", "th", "tr") or node.mem_id in state.parts:
        _flush(state)
    if tag == "li":
        state.mark = ""
    opened = state.frames[-1].node
    if opened is not None and opened.mem_id == node.mem_id:
        _close_frame(state)


def _flush(state: _State) -> None:
    """The gathered texts become a paragraph of the innermost frame that holds blocks."""
    if not state.texts:
        return
    if text := tidy_text("".join(state.texts)):
        mark = "" if is_figure(text) else state.mark  # of a list that a table's numbers were pasted into
        _innermost(state).blocks.append(Paragraph(mark + text, state.linked))
        state.mark = ""
    state.texts.clear()
    state.linked = 0


def _innermost(state: _State) -> _Frame:
    """The frame that holds blocks."""
    return next(frame for frame in reversed(state.frames) if frame.kind in ("box", "cell"))


def _close_frame(state: _State) -> None:
    frame = state.frames.pop()
    outer = state.frames[-1]
    if frame.kind == "cell":
        outer.cells.append(GridCell(tuple(frame.blocks), *frame.spans))
    elif frame.kind == "row":
        outer.rows.append(tuple(frame.cells))
    elif frame.kind == "table":
        outer.blocks.append(Table(tuple(frame.rows)))
    elif len(frame.blocks) == 1 and isinstance(frame.blocks[0], Box):
        outer.blocks.append(frame.blocks[0])
    elif frame.blocks:
        outer.blocks.append(Box(tuple(frame.blocks)))
