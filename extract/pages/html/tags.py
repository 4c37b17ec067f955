"""What the elements of a web page are: boxes, paragraphs, unseen; and the spans of its cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

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
    " canvas rt rp del s strike"
)
_RUNNING = frozenset(("header", "footer"))  # what LibreOffice calls the heads and feet of the pages it exports
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|text-decoration[^;]*line-through", re.IGNORECASE)
_SPAN = re.compile(r"\s*(\d{1,4})")
_ALL_ROWS = 9999


def is_unseen(node: LexborNode, *, keep_hidden: bool) -> bool:
    """Whether nothing of the element is printed: scripts, forms, struck text, heads of pages, what its style hides."""
    if node.tag in _UNSEEN:
        return True
    if keep_hidden:
        return False
    attributes = node.attributes
    if node.tag == "div" and attributes.get("title") in _RUNNING:
        return True
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))


def read_span(node: LexborNode, name: str) -> int:
    """The attribute as a browser reads it: leading digits, at least 1; a rowspan of 0 reaches to the table's end."""
    match = _SPAN.match(node.attributes.get(name) or "")
    if not match:
        return 1
    return int(match[1]) or (_ALL_ROWS if name == "rowspan" else 1)
