"""Styles whose text is not printed (hidden, struck out) or is raised, by themselves or by the style below."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from extract.pages.docx.names import attribute, children, value_at

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

UNPRINTED = ("vanish", "strike", "dstrike")
RAISED = ("superscript", "subscript")
_OFF = frozenset(("0", "false", "off"))


def unprinted_styles(styles: Element | None) -> frozenset[str]:
    """The ids of those of characters and paragraphs; `styles` is the part of the file that holds them."""
    kinds = ("character", "paragraph")
    return _styles_with(styles, UNPRINTED, lambda value: value.lower() not in _OFF, kinds)


def raised_styles(styles: Element | None) -> frozenset[str]:
    """The ids of those that raise their text above the line, or lower it, as the marks of notes are."""
    return _styles_with(styles, ("vertAlign",), lambda value: value in RAISED, ("character",))


def _styles_with(
    styles: Element | None, names: tuple[str, ...], says: Callable[[str], bool], kinds: tuple[str, ...]
) -> frozenset[str]:
    """The ids of the styles of those kinds of whose properties one `says` so."""
    if styles is None or all(next(styles.iter(name), None) is None for name in names):
        return frozenset()
    stated = {attribute(style, "styleId") or "": style for style in children(styles, "style")}
    own = {key: style for key, style in stated.items() if attribute(style, "type") in kinds}
    return frozenset(key for key, style in own.items() if any(map(says, _inherited(style, names, stated))))


def _inherited(style: Element, names: tuple[str, ...], stated: dict[str, Element]) -> list[str]:
    """The values of the properties, by the nearest style that states one."""
    for _ in range(len(stated) + 1):  # styles that go back to one another say nothing
        values = [value for name in names if (value := value_at(style, "rPr", name)) is not None]
        if values or (before := value_at(style, "basedOn")) not in stated:
            return values
        style = stated[before]
    return []
