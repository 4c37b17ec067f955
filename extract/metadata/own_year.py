"""The year that a sentence names as that of the report at hand, of its tables or of the work that it tells of."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

from extract.metadata.dates import YEAR, parse_year
from extract.metadata.lines import squeeze_text
from extract.quick import record
from extract.rules import load_rules

_QUOTED = re.compile(
    "《[^》]*》|[（(]本?(?:报告期|统计期)[^）)]*[）)]|[（(][^）)]*(?:修订|修正|印发|[令号版])[^）)]*[）)]"
)
_NAMED = re.compile(rf"(?P<year>{YEAR})[年午牛]")
_DAY = "[日曰目]"
_OF_WORK = ("1", "first", "5")  # frames of sentences about the work of the year: of a later one they are plans
_OF_PLANS = (5, 6)  # sections that tell what is to be done in a later year
_UP_TO = r"(?:(?<=截[至止])|(?<=截止[到于])|(?<=截[至止](?:日期|时间)[为是]))"
_MARK = "§"  # stands for the year in the patterns, and for the whole of it in days


@record
class _Patterns:
    frames: dict[str, re.Pattern[str]]  # by section, `any` and `preamble`
    left_out: re.Pattern[str]
    another: re.Pattern[str]
    event: re.Pattern[str]
    period_end: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    rules: dict[str, Any] = load_rules("metadata.toml")["own_year"]
    words: dict[str, str] = rules["words"]

    def join(patterns: list[str]) -> re.Pattern[str]:
        joined = unicodedata.normalize("NFKC", "|".join(patterns))  # as the text that it is looked for in
        for name, alternatives in words.items():
            joined = joined.replace(f"<{name}>", f"(?:{unicodedata.normalize('NFKC', alternatives)})")
        return re.compile(joined)

    frames = {place: join(patterns) for place, patterns in rules["frames"].items()}
    ends = join([rules["period_end"].replace(_MARK, f"(?P<year>{YEAR})[年午牛]")])
    return _Patterns(frames, join([rules["left_out"]]), join(rules["another"]), re.compile(rules["event"]), ends)


def find_own_year(text: str, section: int, place: str = "", *, known: int | None = None) -> int | None:
    """The only year of a sentence that says so of this report, its tables or the work of its year; else None.

    `place` is `preamble` before all figures and deeds, `first` for the sentence with which the prose behind it begins.
    Of the `known` year, the report's by its title, nothing is looked for.
    """
    if not any(mark in text for mark in "年午牛"):
        return None
    plain = _QUOTED.sub("", squeeze_text(text))
    years = {match["year"] for match in _NAMED.finditer(plain)}
    if place == "preamble" and len(years) > 1 and (end := _patterns().period_end.search(plain)):
        told = parse_year(end["year"])  # 公布2023年度报告，统计数据截至2022年12月31日
        return told if told != known else None
    if len(years) != 1 or parse_year(year := years.pop()) == known:
        return None
    marked, patterns = _mark_year(plain, year), _patterns()
    if marked is None or patterns.another.search(patterns.left_out.sub("", marked)):
        return None
    places = ("any", str(section), place, *(("preamble",) if place == "first" else ()))
    told = parse_year(year)
    is_later = bool(known and told and told > known)
    if is_later and section in _OF_PLANS:
        return None
    if patterns.event.search(marked) or is_later:
        places = tuple(place for place in places if place not in _OF_WORK)
    said = any(place in patterns.frames and patterns.frames[place].search(marked) for place in places)
    return told if said else None


def _mark_year(plain: str, year: str) -> str | None:
    """The text with a mark for the year; None where it names a day or a month of it instead."""
    first, last = rf"1月(?:1{_DAY})?", rf"12月(?:31{_DAY})?"
    named = rf"{year}[年午牛][度废]?"
    whole = rf"{named}{first}起?[至到—–-]+(?:{named})?{last}止?|{_UP_TO}{named}12月31{_DAY}"
    marked = re.sub(f"{whole}|{named}(?!版)", _MARK, plain)
    return None if re.search(rf"{_MARK}\d{{1,2}}月", marked) else marked
