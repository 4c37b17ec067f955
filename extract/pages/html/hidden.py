"""What the style sheets inside a page never show: classes and ids whose whole rule is not to be displayed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AT_RULE = re.compile(r"@[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")  # what holds for paper or for telephones only
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_DISPLAY = re.compile(r"(?:^|[;\s])display\s*:\s*([a-z-]+)", re.IGNORECASE)
_PLAIN = re.compile(r"(?:[a-z][a-z0-9]*)?[.#][\w\-]+", re.IGNORECASE)
_LONGEST = 1_000_000  # characters of a style sheet that are looked at; those of a whole site have a tenth


def hidden_selectors(parser: LexborHTMLParser) -> frozenset[str]:
    """`.class`, `#id`, `tag.class`, `tag#id` that the page's own style sheets hide, by the last rule for each."""
    hidden: set[str] = set()
    for node in parser.css("style"):
        sheet = node.text()[:_LONGEST]
        if "none" not in sheet:
            continue
        for selectors, properties in _RULE.findall(_AT_RULE.sub("", _COMMENT.sub("", sheet))):
            display = _DISPLAY.search(properties)
            if not display:
                continue
            plain = {name for part in selectors.split(",") if _PLAIN.fullmatch(name := part.strip())}
            hidden = hidden | plain if display[1].lower() == "none" else hidden - plain
    return frozenset(hidden)


def is_selected(node: LexborNode, selectors: frozenset[str]) -> bool:
    """Whether one of the selectors names the element."""
    attributes = node.attributes
    names = [f".{name}" for name in (attributes.get("class") or "").split()]
    if attributes.get("id"):
        names.append(f"#{attributes['id']}")
    return any(name in selectors or f"{node.tag}{name}" in selectors for name in names)
