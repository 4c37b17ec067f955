"""The counts of a sentence whose number was left out: 主动公开件, 共收到申请 件, 群众满意度为%."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Any

from extract.narrative.mending import is_strange
from extract.narrative.numbers import CLAIMS_FILE
from extract.quick import record
from extract.rules import load_rules, quick_pattern

_DIGIT = re.compile("[0-9〇一二两三四五六七八九十百千几数多]")
_TOLD = re.compile("[0-9无没未零]")  # a number, or that there is none
_PAIR = 2  # measure words without a number that can be no chance
_PIECE_END = r"(?=[，。、；）]|$)"


@record
class _Patterns:
    sure: re.Pattern[str]
    likely: re.Pattern[str]
    excluded: re.Pattern[str]
    needs: re.Pattern[str]
    blank: re.Pattern[str]
    may: re.Pattern[str]  # a measure word that no digit stands before, or that leads its piece
    bare: re.Pattern[str]
    unit: re.Pattern[str]
    framed: re.Pattern[str]
    expected: re.Pattern[str]
    expected_units: str
    listed: re.Pattern[str]
    listed_before: re.Pattern[str]
    no_member: re.Pattern[str]
    listed_units: str
    listed_after: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    """Each begins with the measure word, which is seldom there, and looks back from it."""
    rules: dict[str, Any] = load_rules(CLAIMS_FILE)["missing"]
    units: dict[str, str] = rules["bare"]
    never = rules["never"]
    bare = "|".join(f"{unit}(?<![{never}{words}].)" for unit, words in units.items())
    return _Patterns(
        quick_pattern("|".join((*rules["sure"], rules["leading"]))),
        quick_pattern("|".join(rules["patterns"])),
        re.compile("|".join(rules["not_missing"])),
        re.compile(rules["needs"]),
        re.compile(rules["blank"]),
        quick_pattern(
            rf"[{''.join(units)}{rules['other_units']}](?<![\d余多].)(?=[，。、；）;,]|$)|{rules['leading']}"
        ),
        re.compile(rf"(?:{bare})(?<=[\u4e00-\u9fff].){_PIECE_END}"),
        re.compile(rf"[{''.join(units)}](?<=[\u4e00-\u9fff].)(?<![{never}].){_PIECE_END}"),
        re.compile(rules["framed"]),
        re.compile(rules["expected"]),
        rules["expected_units"],
        re.compile(rules["listed"]),
        re.compile(rules["listed_before"]),
        re.compile(rules["no_member"]),
        rules["listed_units"],
        re.compile(rules["listed_after"]),
    )


def may_lack(text: str) -> bool:
    """Whether a measure word of the plain text stands where its number may have been left out."""
    return _patterns().may.search(text) is not None


def find_missing_numbers(text: str, printed: str) -> tuple[tuple[int, int], ...]:
    """Spans of the plain text that count something with a unit and no number; `printed` is the sentence as printed."""
    if len(text) < len(printed) and _patterns().blank.search(printed):
        return ((0, len(text)),)
    return _find_missing(text)


@lru_cache(maxsize=8)  # asked of a sentence for its numbers, and once more for itself
def _find_missing(text: str) -> tuple[tuple[int, int], ...]:
    patterns = _patterns()
    if not patterns.may.search(text):
        return ()
    known = (patterns.sure, patterns.likely) if patterns.needs.search(text) else (patterns.sure,)
    spans = {match.span() for pattern in known for match in pattern.finditer(text)} or set(_find_bare(text))
    return tuple(sorted(_without_nouns(text, spans) or _find_listed(text) or _find_between(text)))


def find_alike(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans that lack a number and the pieces with one of their measure words, and no number either, each once:
    网站信息条，微信公众号条.
    """
    lacking = set(spans)
    units = {text[end - 1 : end] for _, end in lacking}
    for match in _patterns().bare.finditer(text):
        start, end = _piece_start(text, match), match.start()
        if match[0] in units and not _DIGIT.search(text, start, end) and not _TOLD.search(text, start, end):
            lacking |= _without_nouns(text, {(start, match.end())})
    longest = {end: min(start for start, other in lacking if other == end) for _, end in lacking}
    return [(start, end) for end, start in sorted(longest.items())]


def _without_nouns(text: str, spans: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """The spans that do not end in a noun (自然人申请件)."""
    nouns = [match.span() for match in _patterns().excluded.finditer(text)] if spans else []
    return {span for span in spans if not any(a <= span[1] - 1 < b for a, b in nouns)}


def _find_bare(text: str) -> Iterator[tuple[int, int]]:
    """Noun and measure word that make no word of the language together, where a number is expected between them."""
    patterns = _patterns()
    nouns = [match.start() for match in patterns.bare.finditer(text) if not is_strange(text[match.start() - 1])]
    if len(nouns) >= _PAIR and not _DIGIT.search(text):
        yield from ((place - 1, place + 1) for place in nouns)
        return
    for match in patterns.unit.finditer(text):
        start = _piece_start(text, match)
        before = text[start : match.start()]
        framed = match.start() in nouns and patterns.framed.search(before)
        if framed or (match[0] in patterns.expected_units and patterns.expected.search(before)):
            yield start, match.end()


def _find_listed(text: str) -> set[tuple[int, int]]:
    """行政复议件、行政诉讼0件: the neighbour has a number."""
    patterns = _patterns()
    return {
        (_piece_start(text, match), match.end())
        for match in patterns.unit.finditer(text)
        if match[0] in patterns.listed_units
        and not patterns.no_member.search(text[_piece_start(text, match) : match.start()])
        and patterns.listed_after.search(text[: match.start()])
        and (patterns.listed.match(text[match.end() :]) or patterns.listed_before.search(text[: match.start()]))
    }


def _find_between(text: str) -> set[tuple[int, int]]:
    """工作动态17条、通知公告条、财政信息5条: whatever is counted, those beside it are counted alike."""
    patterns = _patterns()
    return {
        (start, match.end())
        for match in patterns.bare.finditer(text)
        if not is_strange(text[match.start() - 1])
        and not patterns.no_member.search(piece := text[(start := _piece_start(text, match)) : match.start()])
        and not _TOLD.search(piece)
        and _counted_alike(match[0]).search(text[:start])
        and (_counted_next(match[0]).match(text, match.end()) or _counted_twice(match[0]).search(text[:start]))
    }


@cache
def _counted_alike(unit: str) -> re.Pattern[str]:
    return re.compile(rf"\d{unit}(?:（[^（）]*）)?[、，；]$")


@cache
def _counted_next(unit: str) -> re.Pattern[str]:
    return re.compile(rf"[、，；][^，。；、\d]{{1,12}}\d+{unit}")


@cache
def _counted_twice(unit: str) -> re.Pattern[str]:
    return re.compile(rf"\d{unit}[、，；][^，。；、\d]{{1,12}}\d+{unit}[、，；]$")


def _piece_start(text: str, match: re.Match[str]) -> int:
    return max(text.rfind(mark, 0, match.start()) for mark in "，。；、：（") + 1
