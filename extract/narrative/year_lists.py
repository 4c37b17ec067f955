"""Lists of years, each with a number: 2023年、2024年分别收到66件和89件, 收到申请2023年66件、2024年89件."""

from __future__ import annotations

import re
from functools import lru_cache

from extract.narrative.numbers import CLAIMS_FILE
from extract.quick import record
from extract.rules import load_rules, rule_pattern

_MOST_YEARS = 10  # of a span (2022年至2024年); a longer one lists nothing
_YEAR = re.compile(r"20\d\d年")
_PAIR = re.compile(r"(?P<year>20\d\d)年度?[为是有]?(?P<number>\d+)[件份]")


@record
class YearList:
    """`years` with the places of their numbers, and the span of the words between both."""

    years: tuple[int, ...]
    places: tuple[int, ...]
    words: tuple[int, int]


@lru_cache(maxsize=64)  # asked of one number after the other
def find_year_lists(text: str) -> tuple[YearList, ...]:
    """The lists of a plain text that have as many years as numbers."""
    paired = rule_pattern(CLAIMS_FILE, "years", "paired").finditer(text) if _YEAR.search(text) else ()
    lists = [_read_pairs(match) for match in paired]
    if any(word in text for word in load_rules(CLAIMS_FILE)["years"]["respectively"]):
        found = rule_pattern(CLAIMS_FILE, "years", "listed").finditer(text)
        lists += [YearList(_read_years(match), _number_places(match), match.span("words")) for match in found]
    return tuple(own for own in lists if len(own.years) == len(own.places))


def _read_pairs(match: re.Match[str]) -> YearList:
    pairs = [*_PAIR.finditer(match.string, *match.span("pairs"))]
    return YearList(
        tuple(int(pair["year"]) for pair in pairs), tuple(pair.start("number") for pair in pairs), match.span("words")
    )


def year_in_list(text: str, start: int) -> int | None:
    """The year that a list gives the number at `start`; None where none does."""
    pairs = (pair for own in find_year_lists(text) for pair in zip(own.places, own.years, strict=True))
    return next((year for place, year in pairs if place == start), None)


def _read_years(match: re.Match[str]) -> tuple[int, ...]:
    years = tuple(map(int, re.findall(r"20\d\d", match["years"])))
    if match["through"] is None:
        return years
    span = tuple(range(years[0], years[-1] + 1))
    return span if len(span) <= _MOST_YEARS else ()


def _number_places(match: re.Match[str]) -> tuple[int, ...]:
    own = re.finditer(r"[\d一二两三四五六七八九十百千]+", match["run"])
    return tuple(match.start("run") + number.start() for number in own)
