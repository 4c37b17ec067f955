"""Automatic numbers (一、 （一） 1.), which stand in no text of the file, counted as Word counts them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extract.pages.counting import format_number
from extract.pages.docx.names import attribute, children, find, is_on, number_at, value_at
from extract.quick import record

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9


@record
class Level:
    """How one level of a list is numbered: `text` has %1 to %9 for the numbers of the levels."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    legal: bool = False  # all numbers in Arabic digits
    restarts: bool = True
    paragraph_style: str = ""


@record
class NumberList:
    """A list as paragraphs name it; lists with the same `counted` go on counting one another."""

    counted: str
    levels: Mapping[int, Level]
    restarted: Mapping[int, int]  # level → the number that this list starts anew with


@record
class Numbering:
    """The lists by their ids, the paragraph styles by theirs."""

    lists: Mapping[str, NumberList]
    styles: Mapping[str, Style]


@record
class Style:
    """What a paragraph style says of numbering; None where it says nothing."""

    name: str
    based_on: str
    list_id: str | None
    level: int | None


@dataclass(slots=True)
class Counters:
    """Where every list stands while the document is read."""

    numbers: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)


def load_numbering(numbering: Element | None, styles: Element | None) -> Numbering:
    """The lists and styles of a document; either part may be missing."""
    found = {attribute(style, "styleId") or "": _read_style(style) for style in _of(styles, "style")}
    abstract = {attribute(element, "abstractNumId") or "": element for element in _of(numbering, "abstractNum")}
    links = {link: key for key, element in abstract.items() if (link := value_at(element, "styleLink"))}
    lists: dict[str, NumberList] = {}
    for element in _of(numbering, "num"):
        key = value_at(element, "abstractNumId") or ""
        link = value_at(abstract[key], "numStyleLink") if key in abstract else None
        key = links.get(link, key) if link else key
        lists[attribute(element, "numId") or ""] = _read_list(element, key, abstract.get(key))
    return Numbering(lists, found)


def _of(element: Element | None, name: str) -> list[Element]:
    return list(children(element, name)) if element is not None else []


def _read_style(style: Element) -> Style:
    stated = find(style, "pPr", "numPr")
    level = number_at(stated, "ilvl", otherwise=-1)
    return Style(
        value_at(style, "name") or "",
        value_at(style, "basedOn") or "",
        value_at(stated, "numId"),
        level if level >= 0 else None,
    )


def _read_list(element: Element, key: str, abstract: Element | None) -> NumberList:
    levels = dict(map(_read_level, _of(abstract, "lvl")))
    restarted: dict[int, int] = {}
    for override in children(element, "lvlOverride"):
        place = _number(attribute(override, "ilvl"))
        own = find(override, "lvl")
        if own is not None:
            levels[place] = _read_level(own)[1]
        if find(override, "startOverride") is not None:
            restarted[place] = number_at(override, "startOverride", otherwise=1)
    return NumberList(key, levels, restarted)


def _read_level(element: Element) -> tuple[int, Level]:
    level = Level(
        number_at(element, "start", otherwise=0),
        value_at(element, "numFmt") or _custom_style(element) or "decimal",
        value_at(element, "lvlText") or "",
        is_on(element, "isLgl"),
        value_at(element, "lvlRestart") != "0",
        value_at(element, "pStyle") or "",
    )
    return _number(attribute(element, "ilvl")), level


def _custom_style(element: Element) -> str | None:
    """Newer number formats stand in an alternative for readers that know them."""
    return value_at(element, "AlternateContent", "Choice", "numFmt")


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 4 else 0


def paragraph_mark(properties: Element | None, numbering: Numbering, counters: Counters) -> str:
    """The number before a paragraph, and its list moves on; empty where it has none. `properties` is its pPr."""
    if properties is None:
        return ""
    list_id, level = _list_of(properties, numbering)
    listed = numbering.lists.get(list_id or "")
    if listed is None or list_id == "0" or level not in listed.levels:
        return ""
    numbers = _advance(listed, list_id or "", level, counters)
    own = listed.levels[level]
    if own.style in ("bullet", "none") and not _PLACE.search(own.text.replace(f"%{level + 1}", "")):
        return "" if own.style == "bullet" else own.text.replace(f"%{level + 1}", "")

    def number(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        style = listed.levels[place].style if place in listed.levels else "decimal"
        return format_number(numbers.get(place, 1), "decimal" if own.legal else style)

    mark = _PLACE.sub(number, own.text)
    return mark + " " if mark[-1:].isdigit() else mark


def style_name(style_id: str, numbering: Numbering) -> str:
    """The name of the style with that id, empty where there is none."""
    style = numbering.styles.get(style_id)
    return style.name if style else ""


def _list_of(properties: Element | None, numbering: Numbering) -> tuple[str | None, int]:
    """(list id, level) by the paragraph itself, else by its style or the styles that this is based on."""
    stated = find(properties, "numPr")
    list_id = value_at(stated, "numId")
    level = number_at(stated, "ilvl", otherwise=-1)
    style_id, seen = value_at(properties, "pStyle") or "", set[str]()
    while list_id is None and style_id in numbering.styles and style_id not in seen:
        seen.add(style_id)
        style = numbering.styles[style_id]
        list_id = style.list_id
        if list_id is not None and level < 0:
            level = _level_of_style(numbering.lists.get(list_id), style_id, style.level)
        style_id = style.based_on
    return list_id, max(level, 0)


def _level_of_style(listed: NumberList | None, style_id: str, stated: int | None) -> int:
    levels = listed.levels.items() if listed else ()
    return next((number for number, level in levels if level.paragraph_style == style_id), stated or 0)


def _advance(listed: NumberList, list_id: str, level: int, counters: Counters) -> dict[int, int]:
    """The numbers of all levels after this level has moved on; deeper ones begin again."""
    numbers = counters.numbers.setdefault(listed.counted, {})
    if level in listed.restarted and (list_id, level) not in counters.begun:
        counters.begun.add((list_id, level))
        numbers[level] = listed.restarted[level]
    elif level in numbers:
        numbers[level] += 1
    else:
        numbers[level] = listed.levels[level].start
    for upper in range(level):
        numbers.setdefault(upper, listed.levels[upper].start if upper in listed.levels else 1)
    for deeper in range(level + 1, _LEVELS):
        if deeper not in listed.levels or listed.levels[deeper].restarts:
            numbers.pop(deeper, None)
    return numbers
