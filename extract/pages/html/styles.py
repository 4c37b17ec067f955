"""What the page's style sheets and its own style say of an element, where that tells whether its text is seen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from extract.pages.html.sheets import match_rules, read_rules

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

Rank = tuple[bool, bool, tuple[int, ...], int]
"""Important, the element's own, how specific, which in order: of two statements the higher one holds."""

_BY_DEFAULT: Rank = (False, False, (), 0)

Stated = dict[str, tuple[Rank, str]]
"""Property → its rank and value."""

Styles = Mapping[int, Stated]
"""Element (`mem_id`) → what the style sheets state of it."""

_AWAY = r"-(?:\d{4,}(?:\.\d+)?(?:px|pt)?|\d{3,}(?:\.\d+)?(?:em|rem))"
_NOTHING = r"(?:0+(?:\.0*)?|\.0+)(?:px|pt|em|rem|%)?"
_NO_ROOM = rf"{_NOTHING}|1px"
NO_SIZE = rf"{_NOTHING}|0*(?:[01]?\.\d+|[12](?:\.0*)?)(?:px|pt)|0*\.[01]\d*r?em|\d(?:\.\d*)?%"
"""Sizes of type that leave a speck at most."""
_HIDING = {
    "display": r"none",
    "visibility": r"hidden|collapse",
    "content-visibility": r"hidden",
    "mso-hide": r"all",
    "opacity": rf"{_NOTHING}|0?\.0[0-4]\d*|[0-4](?:\.\d*)?%",
    "scale": rf"{_NOTHING}(?:\s.*)?",
    "filter": r".*opacity\(\s*(?:0*\.?0*[0-4]?|[0-4](?:\.\d*)?%)\s*\).*",
    "text-decoration": r".*line-through.*",
    "text-decoration-line": r".*line-through.*",
    "clip": r"rect\((?:[\s,]*[01]?(?:px)?){4}[\s,]*\)",
    "clip-path": r"inset\(\s*(?:[5-9]\d|100)%.*|circle\(\s*0.*|polygon\(\s*(?:0(?:px)?[\s,]*)+\)",
    "transform": r".*scale[xy]?\(\s*0\s*[,)].*",
    **dict.fromkeys(("left", "right", "top", "bottom", "margin-left", "margin-top", "text-indent"), _AWAY),
}
"""Property → the values that leave nothing of an element to be seen."""

_SIZES = dict.fromkeys(("width", "height", "max-width", "max-height"), _NO_ROOM)
_CLIPPED = ("overflow", "overflow-x", "overflow-y")
_BOXED = {"display": r"(?:inline-)?(?:block|flex|grid)", "position": r"absolute|fixed", "float": r"left|right"}
_RAISED = {"vertical-align": r"su(?:per|b)"}
_TURNED = {"unicode-bidi": r"bidi-override|isolate-override", "direction": r"rtl"}
_DECISIVE = {
    name: re.compile(pattern)
    for name, pattern in {**_HIDING, **_SIZES, **_RAISED, **_TURNED, "font-size": NO_SIZE}.items()
}
_INKS = ("color", "-webkit-text-fill-color", "background", "background-color", "background-image", "font-size")
_TELLING = frozenset((*_DECISIVE, *_CLIPPED, *_BOXED, *_INKS))
_NO_FONT = re.compile(rf"(?:[a-z\-\s]*\s)?(?:{NO_SIZE})(?:\s*/|\s)")
_DECLARATION = re.compile(r"([\w\-]+)\s*:\s*((?:[^;(\"']|\([^)]*\)|\"[^\"]*\"|'[^']*')*)")
_IMPORTANT = re.compile(r"\s*!\s*important\s*$")
_GROWING = ("table", "thead", "tbody", "tfoot", "tr", "td", "th", "body", "html")
_INLINE = (
    "span",
    "b",
    "i",
    "em",
    "strong",
    "font",
    "a",
    "u",
    "label",
    "small",
    "big",
    "s",
    "sub",
    "sup",
    "ins",
    "code",
)
"""Elements whose width and height say nothing, the latter unless they are made boxes."""


_PLAIN: Mapping[str, str] = {}


TABLE_STYLE = "table-row"
"""Only a page that says so has tables made of other elements by their style."""


def read_styles(parser: LexborHTMLParser, markup: str, *, inked: bool) -> Styles:
    """What the page's own style sheets state, of the properties by which some rule of theirs may hide text.

    `inked` says that its colours and sizes may hide some, too.
    """
    styles: dict[int, Stated] = {node.mem_id: {"display": (_BY_DEFAULT, "none")} for node in _folded(parser)}
    rules = [(rule, found) for rule in read_rules(parser, markup) if (found := _read_declarations(rule.properties))]
    asked = set(_INKS) if inked else set()
    if styles or TABLE_STYLE in markup:
        asked.add("display")
    for _, found in rules:
        asked |= {name for name, (_, value) in found.items() if name in _DECISIVE and _DECISIVE[name].fullmatch(value)}
    if asked & _SIZES.keys():
        asked.update(_CLIPPED, _BOXED)
    telling = tuple(rule for rule, found in rules if not asked.isdisjoint(found))
    for rule, specific, nodes in match_rules(parser, telling):
        stated = {
            name: ((important, False, specific, rule.place), value)
            for name, (important, value) in _read_declarations(rule.properties).items()
            if name in asked
        }
        for node in nodes:
            _lay_over(styles.setdefault(node.mem_id, {}), stated.items())
    return styles


def _folded(parser: LexborHTMLParser) -> Iterator[LexborNode]:
    """What a browser shows only when someone clicks, or a script says so; texts, too."""
    yield from parser.css("[hidden], dialog:not([open])")
    for outer in parser.css("details:not([open])"):
        title = next((node.mem_id for node in outer.iter() if node.tag == "summary"), None)
        yield from (node for node in outer.iter(include_text=True) if node.mem_id != title)


def _lay_over(lower: Stated, upper: Iterable[tuple[str, tuple[Rank, str]]]) -> None:
    for name, (rank, value) in upper:
        if name not in lower or lower[name][0] <= rank:
            lower[name] = (rank, value)


@lru_cache(maxsize=4096)
def _read_declarations(properties: str) -> Mapping[str, tuple[bool, str]]:
    """Property → whether it is important, and its value; only those that may tell."""
    found: dict[str, tuple[bool, str]] = {}
    for name, value in _DECLARATION.findall(properties.lower()):
        if name == "font" and _NO_FONT.match(value):
            name, value = "font-size", "0"
        if name not in _TELLING:
            continue
        plain = _IMPORTANT.sub("", value)
        if plain != value or not found.get(name, (False,))[0]:
            found[name] = (plain != value, plain.strip())
    return found


def style_of(node: LexborNode, styles: Styles) -> Mapping[str, str]:
    """Property → value, of those that may tell."""
    own, stated = node.attributes.get("style"), styles.get(node.mem_id)
    if stated is None:
        return _own_style(own) if own else _PLAIN
    if own:
        stated = dict(stated)
        ranked = ((name, ((hard, True, (), 0), value)) for name, (hard, value) in _read_declarations(own).items())
        _lay_over(stated, ranked)
    return {name: value for name, (_, value) in stated.items()}


@lru_cache(maxsize=1024)
def _own_style(style: str) -> Mapping[str, str]:
    return {name: value for name, (_, value) in _read_declarations(style).items()}


def hides(node: LexborNode, styles: Styles) -> bool:
    """Whether nothing of the element is seen by its style."""
    if node.mem_id in styles:
        return _hides(tuple(style_of(node, styles).items()), node.tag or "")
    own = node.attributes.get("style")
    return bool(own) and _hides_itself(own, node.tag or "")


@lru_cache(maxsize=4096)
def _hides_itself(style: str, tag: str) -> bool:
    return _hides(tuple(_own_style(style).items()), tag)


@lru_cache(maxsize=4096)
def _hides(style: tuple[tuple[str, str], ...], tag: str) -> bool:
    if any(name in _HIDING and _DECISIVE[name].fullmatch(value) for name, value in style):
        return True
    if tag in _GROWING or not any(name in _SIZES and _DECISIVE[name].fullmatch(value) for name, value in style):
        return False
    boxed = tag not in _INLINE or any(name in _BOXED and re.fullmatch(_BOXED[name], value) for name, value in style)
    return boxed and any(name in _CLIPPED and re.search("hidden|clip", value) for name, value in style)


def hides_by(properties: str, tag: str) -> bool:
    """Whether these properties leave nothing to be seen of such an element."""
    return _hides(tuple((name, value) for name, (_, value) in _read_declarations(properties).items()), tag)


def read_property(properties: str, name: str) -> str:
    """What they state of one property; empty where they state nothing."""
    return next((value.strip() for own, value in _DECLARATION.findall(properties) if own.lower() == name), "")


def raises(node: LexborNode, styles: Styles) -> bool:
    """Whether its style sets the element above or below the line."""
    return bool(_DECISIVE["vertical-align"].fullmatch(style_of(node, styles).get("vertical-align", "")))


def turns(node: LexborNode, styles: Styles) -> bool:
    """Whether the characters inside the element run from right to left, figures, too."""
    style = style_of(node, styles)
    direction = style.get("direction") or (node.attributes.get("dir") or "").lower()
    overrides = style.get("unicode-bidi") or ("bidi-override" if node.tag == "bdo" else "")
    return direction == "rtl" and "override" in overrides
