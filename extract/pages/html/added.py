"""The elements of a page that show something which stands in no text: what style sheets and scripts put into them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from extract.pages.html.sheets import match_rules, read_rules
from extract.pages.html.styles import hides_by, read_property

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_BEHIND = re.compile(r":(?:before|after)\b", re.IGNORECASE)
_BLANK = r"(?:\s|\\(?:0*(?:20|a0|3000|200b)|[aA]|[dD])\s?)*"
_NO_CONTENT = re.compile(rf"""(?:none|normal|["']{_BLANK}["'])?\s*(?:!\s*important)?""", re.IGNORECASE)
_PICTURE = re.compile(r"background(?:-image)?\s*:[^;}]*url\(", re.IGNORECASE)
_INNER = frozenset(["span", "i", "b", "em", "strong", "u", "font", "p", "div", "a", "label"])
"""Elements that stand in a cell for a figure; a picture behind the cell itself is a texture."""
_WRITES = re.compile(r"document\s*\.\s*write|innerHTML|innerText|textContent|\.html\(|\.text\(|\.append\(")
_NAMED = re.compile(r"""["'#]([\w\-.:]+)["']""")


def find_added(parser: LexborHTMLParser, markup: str) -> frozenset[int]:
    """The elements (`mem_id`) into which a style sheet prints, whose background is a picture, or which a script of the
    page fills.
    """
    found: set[int] = set()
    if "content" in markup and _BEHIND.search(markup):
        rules = read_rules(parser, markup, added=True)
        printing = tuple(rule for rule in rules if _prints(rule.properties))
        found.update(node.mem_id for _, _, nodes in match_rules(parser, printing) for node in nodes)
    if _PICTURE.search(markup):
        found.update(node.mem_id for node in _pictured(parser, markup))
    if _WRITES.search(markup):
        found.update(node.mem_id for node in _filled(parser))
    return frozenset(found)


def _prints(properties: str) -> bool:
    """Whether a rule puts characters, and shows them."""
    content = read_property(properties, "content")
    return not _NO_CONTENT.fullmatch(content) and not hides_by(properties, "div")


def _pictured(parser: LexborHTMLParser, markup: str) -> Iterator[LexborNode]:
    """Empty elements with a picture behind them, by their own style or a style sheet's."""
    own = (node for node in parser.css("td [style], th [style]") if _PICTURE.search(node.attributes.get("style") or ""))
    rules = tuple(rule for rule in read_rules(parser, markup) if _PICTURE.search(rule.properties))
    stated = (node for _, _, nodes in match_rules(parser, rules) for node in nodes)
    for nodes in (own, stated):
        yield from (node for node in nodes if node.tag in _INNER and not node.text().strip())


def _filled(parser: LexborHTMLParser) -> Iterator[LexborNode]:
    """The elements around scripts that write, and the empty ones of cells that a script names."""
    scripts = [node for node in parser.css("script") if _WRITES.search(node.text() or "")]
    yield from (node.parent for node in scripts if node.parent is not None)
    named = {name for node in scripts for name in _NAMED.findall(node.text())}
    if named:
        for node in parser.css("td[id], th[id], td [id], th [id]"):
            if node.attributes.get("id") in named and not node.text().strip():
                yield node
