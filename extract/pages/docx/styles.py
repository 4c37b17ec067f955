"""Character styles whose text is not printed: hidden or struck out, by themselves or by the style they go back to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.pages.docx.names import attribute, children, value_at

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

UNPRINTED = ("vanish", "strike", "dstrike")
_OFF = frozenset(("0", "false", "off"))


def unprinted_styles(styles: Element | None) -> frozenset[str]:
    """Their ids; `styles` is the part of the file that holds them."""
    if styles is None or all(next(styles.iter(name), None) is None for name in UNPRINTED):
        return frozenset()
    stated = {attribute(style, "styleId") or "": style for style in children(styles, "style")}
    return frozenset(key for key, style in stated.items() if _is_unprinted(style, stated))


def _is_unprinted(style: Element, stated: dict[str, Element]) -> bool:
    seen = 0
    while seen <= len(stated):  # styles that go back to one another say nothing
        values = [value for name in UNPRINTED if (value := value_at(style, "rPr", name)) is not None]
        if values or (before := value_at(style, "basedOn")) not in stated:
            return attribute(style, "type") == "character" and any(value.lower() not in _OFF for value in values)
        style = stated[before]
        seen += 1
    return False
