"""Elements of HTML and SVG from texts: whatever is not made here is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TypeAlias

Attribute: TypeAlias = str | float | bool | None
Child: TypeAlias = "str | Iterable[Child] | None"
_VOID = frozenset({"meta", "link", "br", "hr", "img", "input", "col"})


class Markup(str):
    """Text that is markup already: it is never escaped again. Any other string is."""

    __slots__ = ()


def tag(element: str, /, *children: Child, **attributes: Attribute) -> Markup:
    """The element. `class_` is class, `data_row` data-row; an attribute that is None or False is left out."""
    shown = "".join(_attribute(key, value) for key, value in attributes.items())
    if element in _VOID:
        return Markup(f"<{element}{shown}>")
    return Markup(f"<{element}{shown}>{join(children)}</{element}>")


def join(children: Child) -> Markup:
    """All children one after another, texts escaped."""
    if children is None:
        return Markup("")
    if isinstance(children, Markup):
        return children
    if isinstance(children, str):
        return Markup(escape(clean_text(children)))
    return Markup("".join(join(child) for child in children))


def clean_text(text: str) -> str:
    """Without what no page can show: control characters, halves of surrogate pairs, marks that turn the direction."""
    kept = "".join(
        character
        for character in text
        if character in "\n\t" or not (character < " " or "\x7f" <= character <= "\x9f" or character in _TURNING)
    )
    return kept.encode("utf-8", "replace").decode("utf-8")


_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def _attribute(key: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(clean_text(str(value)))}"'
