"""Printed dates and years → date, int. Arabic and Chinese digits, OCR's O and l among them."""

from __future__ import annotations

import re
from datetime import date

from extract.numerals import parse_number

YEAR = r"(?:20[\dOoIl〇]{2}|2[Oo〇][\dOoIl〇]{2}|二[〇○零0Oo][一二三四][〇○零一二三四五六七八九])"
YEAR_BEGINS = frozenset("2二")
_PART = r"(?:[\dOolI]{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]|元(?=月))"
_Y, _M, _D = "[年午牛]", "[月用丹]", "[日曰目]"  # with the characters that OCR confuses them with
_WRITTEN = rf"(?P<y>{YEAR}){_Y}(?P<m>{_PART}){_M}(?P<d>{_PART}){_D}"
_NUMERIC = r"(?P<y2>20\d\d)(?P<s>[-./])(?P<m2>\d{1,2})(?P=s)(?P<d2>\d{1,2})"

_UNTIL = "[，,、；;]?(?:截.|终.|结束|止).{0,3}(?:为|是|于)?[:：]?"  # 起算时间为…，截止时间为…

_DATE = re.compile(f"{_WRITTEN}|{_NUMERIC}")
_YEAR = re.compile(YEAR)
_NAMED_YEAR = re.compile(rf"{YEAR}(?=年)")
_PERIOD = re.compile(
    rf"(?P<y1>{YEAR}){_Y}(?P<m1>{_PART}){_M}(?P<d1>{_PART}){_D}?起?[，,]?(?:至|到|[-—–－~～一]+|{_UNTIL})(?:(?P<y2>{YEAR}){_Y}|同年|当年)?"
    rf"(?P<m2>{_PART}){_M}(?P<d2>{_PART}){_D}"
)
_DAMAGED_PERIOD = re.compile(
    rf"(?P<y1>{YEAR})(?:{_Y}[^年至到，。]{{1,8}}(?:至|到)|[^\d，。]1[^\d，。]1[^\d。]{{1,14}})"
    rf"(?:(?P<y2>{YEAR})[^\d，。])?12[^\d，。]31[^\d，。]?(?!\d)"
)
_YEARS = 1990, 2100  # what is no year of a report, nor of anything that one speaks of, is another number
_CONFUSED = str.maketrans("OoIl〇", "00110")
_LIKE_DIGIT = re.compile(r"[\dOoIl]")


def parse_year(text: str) -> int | None:
    """The year that the text is: 2024, 2O24, 二〇二四."""
    if text[:1].isdecimal():
        text = text.translate(_CONFUSED)
    number = parse_number(text)
    return int(number) if number is not None and _YEARS[0] <= number <= _YEARS[1] else None


def find_years(text: str) -> tuple[int, ...]:
    """Every year that is followed by 年, in order."""
    found = map(parse_year, _NAMED_YEAR.findall(text))
    return tuple(year for year in found if year is not None)


def find_dates(text: str) -> tuple[tuple[date, int, int], ...]:
    """Every full date with its start and end in the squeezed text; impossible dates are none."""
    found = []
    for match in _DATE.finditer(text):
        parts = match.group("y", "m", "d") if match["y"] else match.group("y2", "m2", "d2")
        day = _make_date(*parts)
        if day:
            found.append((day, match.start(), match.end()))
    return tuple(found)


def find_periods(text: str) -> tuple[tuple[date, date, int, int], ...]:
    """Every `从 Y 年 M 月 D 日至 [Y 年] M 月 D 日` as first day, last day, start and end in the squeezed text."""
    found = []
    for match in _PERIOD.finditer(text):
        first = _make_date(match["y1"], match["m1"], match["d1"])
        last = _make_date(match["y2"] or match["y1"], match["m2"], match["d2"])
        if first and last:
            found.append((first, last, match.start(), match.end()))
    return tuple(found)


def find_damaged_periods(text: str) -> tuple[tuple[date, date, int, int], ...]:
    """Every period of which the first year and the last day, 12 月 31 日, can be read: the whole year, then."""
    found = []
    for match in _DAMAGED_PERIOD.finditer(text):
        first, last = _make_date(match["y1"], "1", "1"), _make_date(match["y2"] or match["y1"], "12", "31")
        if first and last:
            found.append((first, last, match.start(), match.end()))
    return tuple(found)


def _make_date(year: str, month: str, day: str) -> date | None:
    numbers = (parse_year(year), _part(month), _part(day))
    if None in numbers:
        return None
    try:
        return date(*(number for number in numbers if number is not None))
    except ValueError:
        return None


def _part(text: str) -> int | None:
    if text == "元":
        return 1
    number = parse_number(text.translate(_CONFUSED) if _LIKE_DIGIT.search(text) else text)
    return None if number is None else int(number)
