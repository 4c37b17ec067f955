"""Whether text of a web page is seen: by its colour, what is behind it, and its size."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.pages.colours import PAPER, is_unseen_on, read_colour
from extract.pages.html.styles import NO_SIZE, Styles, style_of
from extract.quick import record

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_CODE = r"#[0-9a-f]{3,8}|rgba?\([^)]*\)|[a-z]+"
_BEGINS = r"(?<![^;\s{\"'].)"  # behind the first letter, by which places are found: in front of it takes thrice as long
_COLOUR = re.compile(rf"[-cC]{_BEGINS}(?i:(?<=-)webkit-text-fill-color|(?<=c)olor)(?i:\s*[:=]\s*[\"']?\s*({_CODE}))")
_GROUND = re.compile(rf"[bB]{_BEGINS}(?i:ackground(?:-color|-image)?\s*:|gcolor\s*=)\s*([^;}}>]*)")
_SIZE = re.compile(rf"[fF]{_BEGINS}(?i:ont(?:-size)?)\s*:\s*([^;}}\"'>/]*)")
_NO_SIZE = re.compile(rf"(?:{NO_SIZE})\s*(?:!important)?\s*", re.IGNORECASE)
_PICTURE = re.compile(r"url\(|gradient", re.IGNORECASE)
_NONE = re.compile(r"\s*(?:none|transparent|inherit|initial|unset)?\s*(?:!important)?\s*", re.IGNORECASE)
_UNKNOWN = "?"
_COLOURS = ("-webkit-text-fill-color", "color")
_GROUNDS = ("background-image", "background-color", "background")


@record
class Ink:
    """Colour of text and ground, and whether the text has a size to be seen; empty or None where nothing is stated."""

    colour: str = ""
    ground: str = ""
    sized: bool | None = None


_NOTHING = Ink()


@record
class Inks:
    """What the page's styles say; `seen` grows: element → what holds inside it."""

    styles: Styles
    seen: dict[int, Ink]


def may_be_unseen(markup: str) -> bool:
    """Whether some text of the page may have the colour of what is behind it, or next to no size."""
    colours = [read_colour(code) for code in set(_COLOUR.findall(markup))]
    stated = {_ground_code(value) for value in set(_GROUND.findall(markup))}
    grounds = [PAPER, *(read_colour(code.strip("\"'")) for code in stated)]
    alike = any(is_unseen_on(colour, ground) for colour in colours for ground in grounds)
    return alike or any(_NO_SIZE.fullmatch(size) for size in set(_SIZE.findall(markup)))


def _over(upper: Ink, lower: Ink) -> Ink:
    sized = lower.sized if upper.sized is None else upper.sized
    return Ink(upper.colour or lower.colour, upper.ground or lower.ground, sized)


def _ground_code(value: str) -> str:
    """The colour that a background states, empty where it states none."""
    value = value.strip("\"' ")
    if _PICTURE.search(value):
        return _UNKNOWN
    if _NONE.fullmatch(value):
        return ""
    code = re.match(_CODE, value, re.IGNORECASE)
    return code[0] if code else _UNKNOWN


def is_unseen_text(node: LexborNode, inks: Inks) -> bool:
    """Whether a text has next to no size, or the colour of what is behind it."""
    ink = _ink_inside(node.parent, inks)
    return ink.sized is False or is_unseen_on(read_colour(ink.colour), read_colour(ink.ground) if ink.ground else PAPER)


def _ink_inside(node: LexborNode | None, inks: Inks) -> Ink:
    """What holds inside an element: what it states, or else what holds around it."""
    around: list[LexborNode] = []
    while node is not None and node.mem_id not in inks.seen:
        around.append(node)
        node = node.parent
    ink = inks.seen[node.mem_id] if node is not None else _NOTHING
    for inner in reversed(around):
        ink = _over(_stated(inner, inks), ink)
        inks.seen[inner.mem_id] = ink
    return ink


def _stated(node: LexborNode, inks: Inks) -> Ink:
    attributes, style = node.attributes, style_of(node, inks.styles)
    size = style.get("font-size")
    grounds = (_ground_code(style[name]) for name in _GROUNDS if name in style)
    stated = Ink(
        next((style[name] for name in _COLOURS if name in style), ""),
        next(filter(None, grounds), ""),
        None if size is None else not _NO_SIZE.fullmatch(size),
    )
    return _over(stated, Ink((attributes.get("color") or "").strip(), (attributes.get("bgcolor") or "").strip()))
