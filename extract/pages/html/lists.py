"""The numbers that a browser writes before the entries of an ordered list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.pages.counting import format_number

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?(none|cjk-ideographic|simp-chinese-\w+|trad-chinese-\w+)", re.I)
_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


def list_mark(outer: LexborNode, entry: LexborNode, place: int) -> tuple[str, int]:
    """What is written before the entry (`1.`, `一、`, or nothing), and its number.

    `outer` is the list, `place` the number that the entry has where it names none of its own.
    """
    if outer.tag != "ol":
        return "", place
    attributes = outer.attributes
    own = entry.attributes
    number = _number(own.get("value"), place)
    style = _STYLE.search((own.get("style") or "") + ";" + (attributes.get("style") or ""))
    if style and style[1].lower() == "none":
        return "", number
    if style:
        return format_number(number, "chineseCounting") + "、", number
    return format_number(number, _TYPES.get(attributes.get("type") or "", "decimal")) + ".", number


def first_number(outer: LexborNode) -> int:
    """The number of the first entry of a list."""
    return _number(outer.attributes.get("start"), 1)


def _number(stated: str | None, otherwise: int) -> int:
    return int(stated[:6]) if stated and stated.isascii() and stated.isdecimal() else otherwise
