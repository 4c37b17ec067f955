"""Whether a statement speaks of the whole report: its year, its agency, and a fact rather than a condition."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from extract.narrative.lexicon import Mention
from extract.narrative.numbers import CLAIMS_FILE
from extract.narrative.targets import Fields
from extract.rules import load_rules, quick_pattern, rule_pattern
from extract.textform import abbreviates

_NAME_LENGTH = 4  # characters at the end of an agency's name that tell it from its neighbours: 市水务局, 市水利局
_WITH_WHOLE = tuple(f"{joint}{own}" for joint in "及和与暨" for own in ("", "其", "所属", "其所属", "下属"))
_STOCKS = ("received", "carried_in", "handled")
_BRACKETED = re.compile("(?<=[件份宗起元%])（[^（）]*）")  # 11件（上年同期10件）: said of that number only
_BARE_LENGTH = 3  # the same without the district


@cache
def _pattern(name: str) -> re.Pattern[str]:
    rules: dict[str, Any] = load_rules(CLAIMS_FILE)["elsewhere"]
    return quick_pattern(rules[name].replace("{verb}", rules["verb"]))


@lru_cache(maxsize=64)  # asked again and again of one number
def _own_words(text: str, start: int, anew: str = "anew") -> str:
    """The words that the statement at `start` stands under: from the last 全年, 我局 or semicolon on."""
    begin = max((match.end() for match in _pattern(anew).finditer(text, 0, start)), default=0)
    return text[begin:start]


def statement_start(text: str, start: int) -> int:
    """Where the statement begins that the words at `start` belong to: behind the last 全年, 我局 or semicolon."""
    return start - len(_own_words(text, start))


def cut_units(text: str) -> tuple[tuple[int, int], ...]:
    """The names of agencies that did something; `is_other_agency` tells whose they are."""
    return tuple(match.span("unit") for match in _pattern("unit").finditer(text))


def is_other_period(text: str, start: int, year: int | None) -> bool:
    """上半年40件, 平均每月8件, 近五年560件: a number of another period than the report's year."""
    words = _BRACKETED.sub("", _own_words(text, start, "anew_year"))
    if any(not _is_whole_year(words[: match.start()], year) for match in _pattern("since").finditer(words)):
        return True
    return _pattern("period").search(words) is not None


def _is_whole_year(before: str, year: int | None) -> bool:
    """今年以来, 2023年以来 in the report of 2023."""
    return _pattern("this_year").search(before) is not None or (year is not None and before.endswith(f"{year}年"))


def is_no_fact(text: str, start: int) -> bool:
    """如未收到, 不是102件, 累计560件, 协助答复3件: no fact, or one of nobody knows which years or of another agency."""
    if _pattern("moment").search(text[:start]):
        return True
    own = _own_words(text, start)
    if _pattern("for_others").search(own):
        return True
    if _pattern("all_told").search(own) and not _pattern("dated").search(text, 0, start):
        return True
    return _pattern("condition").search(own) is not None or _pattern("denied").search(text[:start]) is not None


def is_at_one_time(before: str) -> bool:
    """年末没有收到申请, 到6月底没有收到申请: `before` stands right before a word for none."""
    return _pattern("once").search(before) is not None


def came_one_way(words: str, fields: Fields) -> bool:
    """信函收到3件, 传真渠道未收到申请: the words before tell one way of asking, not all of them."""
    if not fields or not fields[0].startswith("requests.received."):
        return False
    return rule_pattern(CLAIMS_FILE, "beside", "one_way").search(words) is not None


def is_part_of_agency(text: str, start: int) -> bool:
    """下属单位收到93件, 局本级收到9件."""
    return _pattern("part").search(_own_words(text, start)) is not None or _pattern("parts").search(text) is not None


def names_scope(mentions: Iterable[Mention], text: str) -> bool:
    """本级收到, 各单位收到: another part than the table, unless joined to the whole (我县及所属各单位)."""
    scopes = (mention for mention in mentions if mention.of_kind("scope"))
    return any(not text[: mention.start].endswith(_WITH_WHOLE) for mention in scopes)


def is_wider(text: str, start: int) -> bool:
    """全县收到430件: more than one agency of the district shows, unless 我局 follows."""
    begin = max(text.rfind(mark, 0, start) for mark in "；。") + 1
    wide = list(_pattern("wide").finditer(text, begin, start))
    return bool(wide) and re.search("[我本]", text[wide[-1].end() : start]) is None


def is_difference(text: str, start: int) -> bool:
    """比上年（11件）多2件: what it changed by."""
    return _pattern("difference").search(text[:start]) is not None


def is_before_change(text: str, start: int, end: int) -> bool:
    """由47件降至42件: what it was in an earlier year."""
    before = _pattern("counted_anew").search(text[:start])
    return before is not None and _pattern("changed_to").search(text[end:]) is not None


def is_other_matter(text: str, start: int, fields: Fields, *, told: bool = False) -> bool:
    """全市法院审理行政诉讼230件, 立案查处52起，作出行政处罚12件: the words of the form, another matter.

    What came in may be counted in two ways where some of it was withdrawn. `told`: the words say so, and do not merely
    fail to say that it is the form's matter (行政诉讼案件5件).
    """
    if not fields:
        return False
    if fields[0].startswith("challenges."):
        if _is_other_challenge(text, start) or (not told and may_be_other_challenge(text, start, fields)):
            return True
        instance = _pattern("instance").search(
            text[max(text.rfind(mark, 0, start) for mark in "，；。、：") + 1 : start]
        )
        return instance is not None or _pattern("other_challenges").search(text, 0, start) is not None
    if fields[0].split(".")[1] in _STOCKS and fields[0].endswith(".total") and _pattern("adjusted").search(text):
        return True
    begin = max(text.rfind(mark, 0, start) for mark in "；。") + 1
    if fields[0].startswith("disclosure.normative") and _pattern("drafted").search(text, begin, start):
        return True
    if fields[0].endswith(".in_force"):
        return _pattern("reviewed").search(text, begin) is not None
    if not fields[0].endswith(".decisions"):
        return False
    return any(_pattern(name).search(text, begin, start) for name in ("other_decisions", "gathered"))


def _is_other_challenge(text: str, start: int) -> bool:
    """因行政处罚引发行政复议3件: challenges of what the agency decided, not of its answers."""
    begin = max(text.rfind(mark, 0, start) for mark in "；。") + 1
    if _pattern("other_cause").search(text, begin, start) or _pattern("refused").search(_behind_number(text, start)):
        return True
    return _pattern("other_field").search(text, start) is not None


def may_be_other_challenge(text: str, start: int, fields: Fields) -> bool:
    """出庭应诉5件, of which nothing says that an answer was disputed."""
    if not fields or not fields[0].startswith("challenges."):
        return False
    begin = max(text.rfind(mark, 0, start) for mark in "；。") + 1
    if text[start : start + 1] not in "0123456789一二两三四五六七八九十百千":
        return False
    if _pattern("own_cause").search(_pattern("in_court").sub("", text[begin:])):
        return False
    dispute = _pattern("dispute").search(_behind_number(text, start))
    return _pattern("in_court").search(text, begin) is not None or dispute is not None


def _behind_number(text: str, start: int) -> str:
    return text[start:].lstrip("0123456789〇零一二两三四五六七八九十百件起宗例个")


def is_other_agency(text: str, start: int, agency: str | None, fields: Fields) -> bool:
    """市水利局收到93件, 不服市水利局答复 in the report of 市水务局; short forms of the own name are the own agency."""
    if agency is None:
        return False
    words, challenged = _own_words(text, start), bool(fields) and fields[0].startswith("challenges.")
    names = ("unit", "respondent") if challenged else ("unit",)
    named = (list(_pattern(name).finditer(words)) for name in names)
    return any(found and not _is_own(found[-1]["unit"], agency) for found in named)


def _is_own(unit: str, agency: str) -> bool:
    if _pattern("self").search(unit[-_NAME_LENGTH:]):
        return True
    if _pattern("town").search(agency) and _pattern("town_parts").search(unit):
        return True
    if (level := _pattern("level").search(unit)) and level[1] not in agency:  # 区政府办 is none of 县人民政府办公室
        return False
    return any(abbreviates(unit[-length:], agency) for length in (_NAME_LENGTH, _BARE_LENGTH))


def may_be_name(words: Iterable[str], agency: str | None) -> bool:
    """Whether words that are not known are all of the agency's name; 水 in 取水许可 is none of 水务局's."""
    named, own = rule_pattern(CLAIMS_FILE, "clause", "name"), load_rules(CLAIMS_FILE)["clause"]["own"]
    return all(
        agency is not None
        and ((named.search(word) and abbreviates(word, agency)) or (word in own and re.search(own[word], agency)))
        for word in words
    )
