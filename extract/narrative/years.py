"""Which year a number speaks of, as an offset from the report's year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from extract.narrative.lexicon import Mention
from extract.narrative.numbers import CLAIMS_FILE
from extract.narrative.year_lists import year_in_list
from extract.quick import record
from extract.rules import load_rules, quick_pattern

LONG_PERIOD = -99
"""The offset that stands for a period of several years."""


@record
class _YearWords:
    any_year: re.Pattern[str]
    long_period: re.Pattern[str]
    attached: re.Pattern[str]
    left_behind: re.Pattern[str]
    same: re.Pattern[str]
    stated: re.Pattern[str]
    dating: re.Pattern[str]
    set_beside: re.Pattern[str]
    beside: re.Pattern[str]
    bracket: re.Pattern[str]
    offsets: dict[str, int]
    compared: tuple[str, ...]


@cache
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = load_rules(CLAIMS_FILE)["years"]
    return rules


@cache
def _year_words() -> _YearWords:
    rules = _rules()
    offsets = {word: offset for offset, key in ((-1, "last"), (0, "this"), (1, "next")) for word in rules[key]}
    words = "|".join(sorted(offsets, key=len, reverse=True)).replace("下", "下(?<!上下)")  # 全局上下一年办了155件
    return _YearWords(
        quick_pattern(rf"(?:19|20)\d\d(?=年)|{words}"),
        re.compile(rules["long_period"]),
        re.compile(rules["attached"]),
        re.compile(rules["left_behind"]),
        re.compile(rules["same"]),
        re.compile(rules["stated"]),
        re.compile(rules["dating"]),
        re.compile(rules["set_beside"]),
        re.compile(rules["beside"]),
        re.compile(rules["bracket"]),
        offsets,
        tuple(rules["compared"]),
    )


def say_whole_year(words: str, year: int | None) -> str:
    """The words, the report's own year in them said as 全年."""
    return _own_year(year).sub("全年", words)


@lru_cache(maxsize=64)
def _own_year(year: int | None) -> re.Pattern[str]:
    return re.compile(f"{year}年度?")


def year_offset(text: str, mentions: Sequence[Mention], start: int, piece_start: int, year: int | None) -> int:
    """The year that the number at `start` speaks of: 0 the report's own, -1 the one before, and so on.

    A year in a comparison (比2021年), in a remark (（2022年为512件）), or one that only says where a carry-over came
    from, or when what was counted came in (均为2023年12月收到), reaches no further than its piece of the sentence.
    """
    words = _year_words()
    if year and (listed := year_in_list(text, start)):
        return listed - year
    if words.long_period.search(text, 0, start):
        return LONG_PERIOD
    for match in reversed(_years_in(text)):
        if match.end() > start or _is_inside(match, mentions) or text[: match.start()].endswith("加"):
            continue
        if words.left_behind.search(text, match.end(), start):
            continue  # 由上年的47件降至42件: the year of the number before
        if words.same.match(text, match.end()):
            continue  # 同上一年度一样，没有
        behind = match.end() + text.startswith("年", match.end())
        if "；" in text[behind:start] and _tells_one_number(text, match.start(), behind):
            continue  # 收到申请3件，上年为1件；年内办结4件
        if match.start() < piece_start and _bracketed_year(text, start) == match[0]:
            return 0  # 上年办结28件；其中予以公开11件（上年10件）
        remark = text.rfind("（", 0, match.start()) > text.rfind("）", 0, match.start()) and "）" in text[behind:start]
        own_bracket = text.startswith("（", behind) and "）" not in text[behind:start]  # 与上一年度（新收45件）相比
        if own_bracket:
            return _offset(match[0], year)
        told_beside = text[: match.start()].endswith(words.compared) or words.dating.search(text, 0, match.start())
        local = remark or told_beside or words.attached.match(text, behind)
        if local and match.start() < piece_start:
            continue
        return _offset(match[0], year)
    return 0


def _offset(words: str, year: int | None) -> int:
    offsets = _year_words().offsets
    return offsets[words] if words in offsets else int(words) - year if year else 0


@lru_cache(maxsize=8)  # asked of one number after the other
def _years_in(text: str) -> tuple[re.Match[str], ...]:
    return tuple(_year_words().any_year.finditer(text))


def _tells_one_number(text: str, start: int, end: int) -> bool:
    """Whether the year at `start` is that of one number: 上年为1件, or 上年办结28件 behind this year's."""
    words = _year_words()
    set_beside = words.set_beside.search(text, 0, start) and words.beside.match(text, end)
    return bool(set_beside or words.stated.match(text, end))


def _bracketed_year(text: str, start: int) -> str:
    """The year that the bracket right behind the number at `start` begins with; empty where it begins with none."""
    words = _year_words()
    bracket = words.bracket.match(text, start)
    year = words.any_year.match(text, bracket.end()) if bracket else None
    return year[0] if year else ""


def _is_inside(match: re.Match[str], mentions: Sequence[Mention]) -> bool:
    """上年 in 上年结转 is no year of its own; 上一年度 is one, whatever else 一年 may be, and 上年度新收 has one."""
    words = (mention for mention in mentions if not mention.of_kind("name", "filler"))
    return any(mention.start <= match.start() < mention.end for mention in words)


@lru_cache(maxsize=64)
def _dated(name: str, year: int | None) -> re.Pattern[str]:
    """A pattern with the report's own year, and the one before it, in their places."""
    last = str(year - 1) if year else "_"
    return re.compile(_rules()[name].replace("{year}", str(year)).replace("{last}", last))


def comes_over(text: str, span: tuple[int, int], start: int, year: int | None) -> bool:
    """结转到本年继续办理, 上一年度未办结: what is left at `start` is what last year left."""
    before = _dated("of_last_year", year).search(text, span[0], start)
    return before is not None or _dated("carried_here", year).search(text, *span) is not None


def carry_direction(text: str, start: int, end: int, year: int | None) -> int:
    """-1 where the words around a bare 结转 say that it came from last year, 1 into next year, 0 where they do not."""
    words = text[start:end]
    if _dated("carried_here", year).search(words):
        return -1
    last, following = [*_rules()["carried_from"]], [*_rules()["carried_to"]]
    if year:
        last, following = [*last, f"{year - 1}年"], [*following, f"{year + 1}年"]
    if any(word in words for word in following):
        return 1
    return -1 if any(word in words for word in last) else 0
