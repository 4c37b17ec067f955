"""Whether text of a web page is seen: by its colour, what is behind it, and its size."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from extract.pages.colours import PAPER, is_unseen_on, read_colour
from extract.pages.html.hidden import css_rules, own_names
from extract.quick import record

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_CODE = r"#[0-9a-f]{3,8}|rgba?\([^)]*\)|[a-z]+"
_COLOUR = re.compile(rf"(?:^|[;\s{{\"'])(?:-webkit-text-fill-)?color\s*[:=]\s*[\"']?\s*({_CODE})", re.IGNORECASE)
_GROUND = re.compile(r"(?:^|[;\s{\"'])(?:background(?:-color|-image)?\s*:|bgcolor\s*=)\s*([^;}>]*)", re.IGNORECASE)
_SIZE = re.compile(r"(?:^|[;\s{\"'])font-size\s*:\s*([^;}\"'>]*)", re.IGNORECASE)
_NO_SIZE = re.compile(r"0(?:\.0*)?(?:px|pt|em|rem|%)?\s*(?:!important)?\s*", re.IGNORECASE)
_PICTURE = re.compile(r"url\(|gradient", re.IGNORECASE)
_NONE = re.compile(r"\s*(?:none|transparent|inherit|initial|unset)?\s*(?:!important)?\s*", re.IGNORECASE)
_UNKNOWN = "?"


@record
class Ink:
    """Colour of text and ground as stated, and whether the text has a size; empty or None where nothing is stated."""

    colour: str = ""
    ground: str = ""
    sized: bool | None = None


_NOTHING = Ink()


@record
class Inks:
    """What the page's own style sheets say, by selector; `seen` grows: element → what holds inside it."""

    selectors: Mapping[str, Ink]
    seen: dict[int, Ink]


def read_inks(parser: LexborHTMLParser, markup: str) -> Inks | None:
    """None where no text of the page can have the colour of what is behind it, or no size."""
    colours = [read_colour(code) for code in set(_COLOUR.findall(markup))]
    stated = {_ground_code(value) for value in set(_GROUND.findall(markup))}
    grounds = [PAPER, *(read_colour(code.strip("\"'")) for code in stated)]
    alike = any(is_unseen_on(colour, ground) for colour in colours for ground in grounds)
    if not alike and not any(_NO_SIZE.fullmatch(size) for size in set(_SIZE.findall(markup))):
        return None
    return Inks(_sheet_inks(parser), {})


def _sheet_inks(parser: LexborHTMLParser) -> dict[str, Ink]:
    """Selector (tag, .class, #id, tag.class, tag#id) → what the last rules for it state.

    A rule for elements inside others says of the innermost that nobody knows.
    """
    found: dict[str, Ink] = {}
    for selectors, properties in css_rules(parser):
        stated = _read_style(properties)
        if stated == _NOTHING:
            continue
        for selector in selectors.split(","):
            *outer, inner = selector.split() or [""]
            plain = re.split(r"[>+~:\[]", inner)[0] or inner
            found[plain] = (
                _over(stated, found.get(plain, _NOTHING)) if not outer and plain == inner else _blurred(stated)
            )
    return found


def _blurred(stated: Ink) -> Ink:
    return Ink(stated.colour and _UNKNOWN, stated.ground and _UNKNOWN)


def _over(upper: Ink, lower: Ink) -> Ink:
    sized = lower.sized if upper.sized is None else upper.sized
    return Ink(upper.colour or lower.colour, upper.ground or lower.ground, sized)


@lru_cache(maxsize=1024)
def _read_style(style: str) -> Ink:
    colour, ground, size = _COLOUR.search(style), _GROUND.search(style), _SIZE.search(style)
    sized = None if size is None else not _NO_SIZE.fullmatch(size[1])
    return Ink(colour[1] if colour else "", _ground_code(ground[1]) if ground else "", sized)


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
    """Whether a text has no size, or the colour of what is behind it."""
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
    attributes = node.attributes
    ink = _read_style(style) if (style := attributes.get("style")) else _NOTHING
    for name in reversed((node.tag or "", *own_names(node))):
        if name in inks.selectors:
            ink = _over(ink, inks.selectors[name])
    return _over(ink, Ink((attributes.get("color") or "").strip(), (attributes.get("bgcolor") or "").strip()))
