"""What the style sheets inside a page never show: classes and ids whose whole rule is not to be displayed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AT_RULE = re.compile(r"@[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")  # what holds for paper or for telephones only
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_SHOWN = re.compile(r"(?:^|[;\s])(?:display|visibility)\s*:\s*([a-z-]+)", re.IGNORECASE)
_HIDES = ("none", "hidden", "collapse")
_PLAIN = re.compile(r"(?:[a-z][a-z0-9]*)?[.#][\w\-]+", re.IGNORECASE)
_LONGEST = 1_000_000  # characters of a style sheet that are looked at; those of a whole site have a tenth


def css_rules(parser: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """(selectors, properties) of the rules of the page's own style sheets that hold on every screen."""
    for node in parser.css("style"):
        yield from _RULE.findall(_AT_RULE.sub("", _COMMENT.sub("", node.text()[:_LONGEST])))


def hidden_selectors(parser: LexborHTMLParser) -> frozenset[str]:
    """`.class`, `#id`, `tag.class`, `tag#id` that the page's own style sheets hide, by the last rule for each."""
    hidden: set[str] = set()
    for selectors, properties in css_rules(parser):
        stated = _SHOWN.search(properties)
        if not stated:
            continue
        plain = {name for part in selectors.split(",") if _PLAIN.fullmatch(name := part.strip())}
        hidden = hidden | plain if stated[1].lower() in _HIDES else hidden - plain
    return frozenset(hidden)


def is_selected(node: LexborNode, selectors: frozenset[str]) -> bool:
    """Whether one of the selectors names the element."""
    return any(name in selectors for name in own_names(node))


def own_names(node: LexborNode) -> list[str]:
    """What selectors may call the element: .class, #id, tag.class, tag#id, the less certain first."""
    attributes = node.attributes
    names = [f".{name}" for name in (attributes.get("class") or "").split()]
    if attributes.get("id"):
        names.append(f"#{attributes['id']}")
    return [*names, *(f"{node.tag}{name}" for name in names)]
