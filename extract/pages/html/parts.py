"""Elements that are parts of tables although their tags say otherwise: by their style, or as rows of many alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from extract.pages.html.styles import TABLE_STYLE, Styles, style_of
from extract.pages.marks import is_figure

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_DISPLAY = re.compile(r"(?:inline-)?(table|table-(?:row|header|footer)-group|table-row|table-cell)")
_PARTS = {"table": "table", "table-row": "tr", "table-cell": "td"}
_TABLE_TAG = re.compile("<table", re.IGNORECASE)
_HOLDERS = "div, section, ul, ol, dl, p"  # what rows and tables are made of where nothing else is
_FEWEST_ROWS = 2
_FEWEST_CELLS = 2  # of most rows
_NUMBERED = 0.3  # of the rows have a figure, where none has several
_SEVERAL = 2  # figures that only a row of a table has
_LONGEST_CELL = 100  # characters; what is longer is prose


def find_parts(parser: LexborHTMLParser, markup: str, styles: Styles) -> Mapping[int, str]:
    """Element (`mem_id`) → the tag of the part of a table that it is; of a page of plain tags none.

    A table by its style is one only where its rows are styled so, too: others lay out the page. A page without tables
    has them where several elements side by side hold a label and numbers each, every one in an element of its own.
    """
    if TABLE_STYLE in markup:
        return dict(_styled(parser, styles))
    if parser.body is not None and not _TABLE_TAG.search(markup):
        return {own.mem_id: part for node in parser.body.css(_HOLDERS) for own, part in _rows_of(node)}
    return {}


def _styled(parser: LexborHTMLParser, styles: Styles) -> Iterator[tuple[int, str]]:
    for node in parser.css("body *"):
        part = _styled_part(node, styles)
        if part == "table":
            first = next((child for child in node.iter(include_text=False)), None)
            part = part if first is not None and _styled_part(first, styles) in ("tr", "tbody") else ""
        if part:
            yield node.mem_id, part


def _styled_part(node: LexborNode, styles: Styles) -> str:
    match = _DISPLAY.fullmatch(style_of(node, styles).get("display", ""))
    return _PARTS.get(match[1], "tbody") if match else ""


def _rows_of(node: LexborNode) -> Iterator[tuple[LexborNode, str]]:
    """The element as a table with its rows and cells, if it is one; a row like the others may have but one cell."""
    rows = [row for row in node.iter(include_text=False) if _is_row(row)]
    wide = [row for row in rows if len(_cells(row)) >= _FEWEST_CELLS]
    figures = [sum(is_figure(_text(cell)) for cell in _cells(row)) for row in wide]
    if len(wide) < _FEWEST_ROWS or (max(figures) < _SEVERAL and sum(map(bool, figures)) < _NUMBERED * len(wide)):
        return
    yield node, "table"
    kinds = {_kind(row) for row in wide}
    for row in rows:
        if _kind(row) in kinds:
            yield row, "tr"
            yield from ((cell, "td") for cell in _cells(row))


def _is_row(node: LexborNode) -> bool:
    """Whether the element holds nothing but short texts, each in an element of its own, all alike, and no rows."""
    cells = _cells(node)
    if not cells or len(set(map(_kind, cells))) > 1:
        return False
    if any(len(_cells(cell)) > 1 or len(_text(cell)) > _LONGEST_CELL for cell in cells):
        return False
    return not any(child.is_text_node and (child.text_content or "").strip() for child in node.iter(include_text=True))


def _cells(row: LexborNode) -> list[LexborNode]:
    return [*row.iter(include_text=False)]


def _kind(node: LexborNode) -> tuple[str | None, str | None]:
    return node.tag, node.attributes.get("class")


def _text(node: LexborNode) -> str:
    return node.text().strip()
