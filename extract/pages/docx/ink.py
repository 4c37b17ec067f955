"""Whether text of a Word document is seen: by its colour, what is behind it, and its size."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from extract.pages.colours import is_unseen_on, read_colour
from extract.pages.docx.names import attribute, children, find, number_at, value_at
from extract.quick import record

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SMALLEST = 4  # half points: text of that size is a speck
_NARROWEST = 5  # percent of their width: letters so narrow are strokes
_LISTED = 16  # half points: where no size is stated, it is at least so large
UNKNOWN = "?"  # a ground whose colour nobody knows: a pattern, a marker, a style of tables that shades
_SHOWN_WHATEVER = ("auto", "")  # colours that Word chooses so that they are seen
PAPER = "FFFFFF"
_MARKERS = {
    "black": "000000",
    "blue": "0000FF",
    "cyan": "00FFFF",
    "darkBlue": "000080",
    "darkCyan": "008080",
    "darkGray": "808080",
    "darkGreen": "008000",
    "darkMagenta": "800080",
    "darkRed": "800000",
    "darkYellow": "808000",
    "green": "00FF00",
    "lightGray": "C0C0C0",
    "magenta": "FF00FF",
    "red": "FF0000",
    "white": PAPER,
    "yellow": "FFFF00",
}  # the colours of Word's marker


@record
class Ink:
    """Colours of text and ground as stated; empty where nothing is."""

    colour: str = ""
    ground: str = ""


def style_inks(styles: Element | None) -> dict[str, Ink]:
    """Style id → what it states of colours, by itself or by the styles below it; those that state nothing left out."""
    if styles is None:
        return {}
    stated = {attribute(style, "styleId") or "": _read_style(style) for style in children(styles, "style")}
    inks = {key: _inherited(key, stated) for key in stated}
    return {key: ink for key, ink in inks.items() if ink != Ink()}


def _read_style(style: Element) -> tuple[Ink, str]:
    """What the style itself states, and the id of the style below it."""
    parts = [part for name in ("rPr", "pPr", "tblPr") if (part := style.find(name)) is not None]
    ground = next((code for part in parts if (code := shade(part))), "")
    return Ink(value_at(style, "rPr", "color") or "", ground), value_at(style, "basedOn") or ""


def _inherited(key: str, stated: Mapping[str, tuple[Ink, str]]) -> Ink:
    colour = ground = ""
    for _ in range(len(stated) + 1):  # styles that go back to one another say nothing
        if key not in stated:
            break
        own, key = stated[key]
        colour, ground = colour or own.colour, ground or own.ground
    return Ink(colour, ground)


def shade(properties: Element | None) -> str:
    """The colour behind what has these properties; empty where they state none."""
    if properties is None:
        return ""
    marker = value_at(properties, "highlight")
    if marker and marker != "none":
        return _MARKERS.get(marker, UNKNOWN)
    stated = find(properties, "shd")
    if stated is None:
        return ""
    pattern, fill = attribute(stated, "val"), attribute(stated, "fill") or "auto"
    if pattern == "solid":
        fill = attribute(stated, "color") or "auto"
        return fill if fill != "auto" else "000000"
    if pattern not in ("clear", "nil", None):
        return UNKNOWN
    return "" if fill == "auto" else fill


def is_unseen(properties: Element, inks: Mapping[str, Ink], *, style: str, ground: str) -> bool:
    """Whether a run is not seen. `style` is its paragraph's, `ground` the colour behind the paragraph."""
    if properties.find("sz") is not None and number_at(properties, "sz", otherwise=_LISTED) <= _SMALLEST:
        return True
    if properties.find("w") is not None and number_at(properties, "w", otherwise=_NARROWEST) < _NARROWEST:
        return True
    if properties.find("color") is None and not inks:
        return False
    own, below = inks.get(value_at(properties, "rStyle") or "", Ink()), inks.get(style, Ink())
    colour = value_at(properties, "color") or own.colour or below.colour
    if colour in _SHOWN_WHATEVER:
        return False
    return is_unseen_on(read_colour(colour), read_colour(shade(properties) or own.ground or ground))
