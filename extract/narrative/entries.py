"""T002 for a list that has more or fewer entries than the text says: 三个方面：一是…，二是….“甲”“乙”“丙”4个专题."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from extract.narrative.analysis import Analysis
from extract.narrative.numbers import COUNTED_FILE
from extract.quick import record
from extract.rules import load_rules, quick_pattern, rule_patterns

_DIGITS = "零一二三四五六七八九"
_LEAST = 2  # entries of a list


@record
class Miscount:
    """A number of entries that is told in the sentence `place`, and how many the list has."""

    place: int
    text: str
    told: int
    counted: int


@cache
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = load_rules(COUNTED_FILE)["entries"]
    return rules


_pattern = rule_patterns(COUNTED_FILE, "entries")


@cache
def _kinds() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Of each kind of marks: the number of entries right before the first of them, and any of them."""
    begin = _rules()["told"] + _rules()["begins"]
    first = [kind.replace("[一二三四五六七八九]", "一").replace("[1-9]", "1") for kind in _rules()["entries"]]
    opened = ["第?" + kind if "第" in kind else kind for kind in first]
    return tuple(
        (quick_pattern(begin % f"[第（]?{kind}"), re.compile(mark))
        for kind, mark in zip(opened, _rules()["entries"], strict=True)
    )


def find_miscounts(analyses: Sequence[Analysis], sections: Sequence[int]) -> Iterator[Miscount]:
    """Each told number of entries that the list behind it, or before it, does not have; `sections` of each sentence."""
    for place, analysis in enumerate(analyses):
        text = analysis.plain.text
        if not _pattern("told").search(text):
            continue
        for told, words, counted in (*_read_marked(analyses, sections, place), *_read_named(text)):
            said = _value(told)
            off = min(abs(said - count) for count in counted)
            if 0 < off <= _rules()["most_apart"]:
                yield Miscount(place, words, said, counted[-1])


def _read_marked(
    analyses: Sequence[Analysis], sections: Sequence[int], place: int
) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    """(number, its words, entries) of each list whose entries are numbered."""
    text = analyses[place].plain.text
    follow = zip(analyses[place + 1 :], sections[place + 1 :], strict=True)
    whole = text + "".join(analysis.plain.text for analysis, section in follow if section == sections[place])
    for begin, mark in _kinds():
        for match in begin.finditer(whole):
            if match.start() >= len(text):
                break
            counted = _count_marks(mark, whole, match.end())
            piece = re.split("[，。；：（）]", whole[: match.start()])[-1]
            answers = "，" in match[0] and _pattern("answers").search(piece + match[0])
            if counted < _LEAST or "、" in piece or answers:  # 信息发布、政策解读两项工作: counted already
                continue
            fewer = counted < _value(match["told"])
            if not fewer or not (_pattern("further").search(whole, match.end()) or _may_hide_one(mark, whole, match)):
                yield match["told"], _words(match), (counted,)


def _value(told: str) -> int:
    return int(told) if told.isdigit() else _DIGITS.find(told.replace("两", "二"))


def _words(match: re.Match[str]) -> str:
    return match[0][: match.end("noun") - match.start()]


def _count_marks(mark: re.Pattern[str], text: str, start: int) -> int:
    """How many marks follow in the order of their numbers; 0 where one is missing between two others."""
    count = 0
    for match in mark.finditer(text, max(start - 1, 0)):
        number = int(match[0]) if match[0].isdigit() else _DIGITS.find(match[0])
        if number == count + 1:
            count += 1
        elif number > count + 1:
            return 0
        elif number == 1:
            break
    return count


def _may_hide_one(mark: re.Pattern[str], text: str, begin: re.Match[str]) -> bool:
    """Whether an entry without a mark may stand behind the last one: 一是网站，二是微信，公开栏由各科室维护."""
    *others, last = mark.split(text[begin.end() : text.find("。", begin.end())])
    plain = not any("，" in entry.rstrip("，；、第（") for entry in others)
    return bool(others) and ("；" in last or (plain and "，" in last))


def _read_named(text: str) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    """(number, its words, how many entries there may be) of each list of names without marks."""
    for match in re.finditer(_rules()["told"] + _rules()["named"], text):
        if not _pattern("open_ended").search(match["list"]):
            yield match["told"], _words(match), _count_names(match["list"])
    for match in re.finditer(_rules()["told"] + _rules()["points"], text):
        if not _pattern("open_ended").search(match["list"]) and not _pattern("numbered").search(match["list"]):
            yield match["told"], _words(match), (match["list"].count("；") + 1,)
    for match in _pattern("quoted").finditer(text):
        count = len(re.findall("[”》]", match["list"]))
        yield match["told"], match[0], (count,)
    for match in _pattern("of_noun").finditer(text):
        names = match["list"].split("、")
        if match["noun"] == match["noun_first"] and all(name.endswith(match["noun"]) for name in names):
            yield match["told"], match[0], (len(names),)


def _count_names(words: str) -> tuple[int, ...]:
    """How many names there are, the fewest first: 和 may stand between two, or in one."""
    quoted = re.findall("“[^”]*”|《[^》]*》", words)
    if quoted and not re.sub("“[^”]*”|《[^》]*》|[、和及与]", "", words):
        return (len(quoted),)
    bare = re.sub("“[^”]*”|《[^》]*》", "甲", words)
    fewest = bare.count("、") + 1
    if fewest == 1:
        return tuple(range(1, 20))
    return tuple(range(fewest, len(_pattern("joints").findall(bare)) + 2))
