"""What the elements of a web page are: boxes, paragraphs, unseen; and the spans of its cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.pages.flow import UNREAD
from extract.pages.html.styles import Styles, hides, raises
from extract.pages.marks import is_figure

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


BOXES = _names(
    "div section article main form fieldset center ul ol dl blockquote figure header footer aside details body html"
    " caption tbody thead tfoot"
)
"""Elements that hold paragraphs."""

BLOCKS = BOXES | _names("p h1 h2 h3 h4 h5 h6 li dt dd pre address figcaption summary legend hr")
"""Elements that begin and end a paragraph."""

_UNSEEN = _names(
    "script style head nav select button textarea input svg math noscript template iframe object embed video audio"
    " canvas rt rp del s strike noembed noframes datalist"
)
_RUNNING = frozenset(("header", "footer"))  # what LibreOffice calls the heads and feet of the pages it exports
_TABLE = _names("table thead tbody tfoot tr td th")
_CELLS = ("td", "th")
_NEVER_RAISED = _names("td th tr table body")  # what such a style says of these is how their lines stand in a row
FIELDS = _names("input textarea select button")
"""Elements of a form that print what is filled in."""

DRAWN = _names("svg math canvas object embed video iframe progress meter v:imagedata")
"""Elements that show what is not read: in a cell, that may be its number."""

RAISED = ("sup", "sub")
_FILLED_IN = _names("text number tel")  # kinds of <input> that print their value; one without a kind is a text
_LABELLED = _names("button submit reset")  # kinds of <input> that print their value as the label of a button
_BOUND = _names(
    "v-text v-html x-text x-html ng-bind ng-bind-html ng-bind-template data-ng-bind data-ng-bind-html data-bind"
)
_SPAN = re.compile(r"\s*(\d{1,4})")
_ALL_ROWS = 9999


def is_unseen(node: LexborNode, styles: Styles, *, keep_hidden: bool) -> bool:
    """Whether nothing of the element is printed: scripts, forms, struck text, heads of pages, what is hidden.

    With `keep_hidden` what is hidden, by style or until someone clicks, is seen, but nothing in a cell without a table.
    """
    if node.tag in _UNSEEN:
        return True
    return is_hidden(node, styles) and not (keep_hidden and (_holds_table(node) or not _stands_in_cell(node)))


def _holds_table(node: LexborNode) -> bool:
    return node.tag in _TABLE or node.css_first("table") is not None


def _stands_in_cell(node: LexborNode) -> bool:
    outer = node.parent
    while outer is not None and outer.tag not in _CELLS:
        outer = outer.parent
    return outer is not None


def is_hidden(node: LexborNode, styles: Styles) -> bool:
    """Whether an element is hidden by its style, until someone clicks, or as the head or foot of a page."""
    return hides(node, styles) or (node.tag == "div" and node.attributes.get("title") in _RUNNING)


def is_raised(node: LexborNode, styles: Styles) -> bool:
    """Whether the element is set above or below the line: by its tag, its style, or Word's class for notes."""
    if node.tag in _NEVER_RAISED:
        return False
    if node.tag in RAISED:
        return True
    return raises(node, styles) or "Reference" in (node.attributes.get("class") or "")


def awaits_filling(node: LexborNode) -> bool:
    """Whether a script was to fill the element in and had not when the page was saved, or the site's styles draw it."""
    child = node.first_child
    if child is not None and not (child.is_text_node and child.next is None and (child.text_content or "").isspace()):
        return False
    return not _BOUND.isdisjoint(node.attributes) or (node.tag == "i" and "class" in node.attributes)


def filled_in(field: LexborNode) -> str:
    """What a field of a form shows; of buttons only numbers, with a mark of doubt: other labels belong to the site."""
    if field.tag == "button":
        return _label(field.text() or "")
    if field.tag == "textarea":
        return field.text() or ""
    if field.tag == "select":
        options = field.css("option")
        chosen = next(
            (option for option in options if "selected" in option.attributes), options[0] if options else None
        )
        return chosen.text() if chosen is not None else ""
    kind = (field.attributes.get("type") or "text").lower()
    value = field.attributes.get("value") or ""
    if kind in _LABELLED:
        return _label(value)
    return value if kind in _FILLED_IN else ""


def _label(text: str) -> str:
    """The number that a button shows."""
    text = text.strip()
    return text + UNREAD if is_figure(text) and any(map(str.isdigit, text)) else ""


def read_span(node: LexborNode, name: str) -> int:
    """The attribute as a browser reads it: leading digits, at least 1; a rowspan of 0 reaches to the table's end."""
    match = _SPAN.match(node.attributes.get(name) or "")
    if not match:
        return 1
    return int(match[1]) or (_ALL_ROWS if name == "rowspan" else 1)
