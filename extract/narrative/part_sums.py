"""T002 for parts that do not make their whole: counts of a sentence, or of sentences in a row, of which one divides.

Whether counts are all the parts of a whole is learned: how the list is marked and parted, what its names share, what is
said of the whole, what is left over. The numbers themselves are not looked at: those of right texts say which lists of
the corpus add up, and, later, whether a slip of the pen keeps one from it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

from extract.artifacts import load_session
from extract.narrative.analysis import Analysis
from extract.narrative.counted import find_channels
from extract.narrative.likely import find_slip
from extract.narrative.numbers import COUNTED_FILE
from extract.quick import record
from extract.records import Claim, Qualifier
from extract.rules import load_rules

MODEL = "part-sums"
LEAST = 2  # parts of a whole
_MOST = 12
_FAR = 3  # sentences between the parts and the sum that follows them
_BACK = 2  # sentences before the parts, of which the last that counts anything may tell their whole
_COPIED = Decimal("1.25")  # how many times the whole its channels are, from which on they publish the same
_NAME = 2  # characters that name a part
_SHORT = 8  # characters of the name of a thing, and of no statement
_DIGITS = "零一二三四五六七八九十"
_SIGNS = re.compile(r"[“”《》〈〉\s]")
_GAP = re.compile(r"(?P<behind>[^、，；：。（）]*)(?P<marks>[、，；：。（）]*)(?P<name>.*)", re.DOTALL)
_JOINT = re.compile("^(?:以?及|[和与])")
_PARTING = re.compile("[、，；：。（）]")


@record
class Item:
    """A count. Its `gap` are all words since the number before; `name` those behind the last mark of them, `marks` the
    first one, and `clauses` how many marks stand in between. `behind` are the words right behind the number, `after`
    all up to the next number; `order` is its place among the numbers of its sentence. `is_exact` where it is no bound
    and is not told of each of several."""

    claim: Claim
    value: Decimal
    unit: str
    place: int
    section: int
    order: int
    gap: str
    marks: str
    name: str
    clauses: int
    behind: str
    after: str
    is_exact: bool


@record
class Division:
    """A whole and counts that may be all its parts; `rest` are the counts of its unit in the sentence of the parts."""

    whole: Item
    parts: tuple[Item, ...]
    rest: tuple[Item, ...]

    def total(self) -> Decimal:
        return sum((part.value for part in self.parts), Decimal(0))

    def is_behind(self) -> bool:
        """Whether the whole follows its parts."""
        return (self.whole.place, self.whole.order) > (self.parts[0].place, self.parts[0].order)


@cache
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = load_rules(COUNTED_FILE)["parts"]
    return rules


def least_odds() -> Mapping[str, float]:
    """Side on which parts miss their whole → the log-odds from which on it is told where the numbers tell nothing."""
    least: dict[str, float] = _rules()["least"]
    return least


def least_of(division: Division) -> float:
    """The log-odds from which on a division that does not add up is told; lower where chance hardly makes parts that
    miss their whole like this, and by `ease_by_names`."""
    rules = _rules()
    fault = name_fault(division)
    least = least_odds()[fault] - float(rules["numbers_are"]) * weigh_numbers(division)
    return max(least, float(rules["least_words"][fault])) - ease_by_names(division, fault)


def ease_by_names(division: Division, fault: str) -> float:
    """The log-odds that the names of the parts are worth: where they are all of a kind, and where they stand before
    all numbers of parts that are too few (11处规范，2处破损 has none)."""
    rules, parts = _rules(), division.parts
    complete = _is_complete(parts) or _pattern("rest").match(parts[-1].name) is not None
    named = fault == "less" and all(len(part.name) >= _NAME for part in parts)
    return float(rules["complete_is"]) * complete + float(rules["named_is"]) * named


def weigh_numbers(division: Division) -> float:
    """The log-odds that a slip of the pen, and not chance, keeps the parts from their whole; `-inf` where none does.

    A kind of slip makes few numbers of one: two by one more or less, but nine of each digit. By chance the parts make
    any number up to the whole.
    """
    slips: dict[str, list[float]] = _rules()["slips"]
    excess = division.total() - division.whole.value
    pairs = [(division.whole.value, division.total())]
    pairs += [(part.value, part.value - excess) for part in division.parts]
    odds = float(_rules()["one_off"]) if abs(excess) == 1 else 0.0
    for said, meant in pairs:
        slip = find_slip(said, meant) if meant > 0 else ""
        if slip in slips:
            share, of_one, of_each_digit = slips[slip]
            odds += share / (of_one + of_each_digit * len(f"{meant:f}")) / len(pairs)
    if excess > 0 and not division.is_behind():
        odds += float(_rules()["any_more"]) / float(division.whole.value)
    return math.log(odds * float(division.whole.value)) if odds > 0 else -math.inf


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_rules()[name])


def find_wrong_sums(sentences: Sequence[Sequence[Item]]) -> Iterator[tuple[Claim, tuple[Claim, ...]]]:
    """(whole, parts) of each division that a slip of the pen keeps from adding up, the surest first.

    `sentences` are the counts of each sentence. No count is told in two divisions.

    Raises: ModelError where the model is missing or damaged.
    """
    divisions = list_divisions(sentences)
    free = (division for division in divisions if not is_bound(division.whole.claim) or _are_seasons(division.parts))
    asked = [d for d in free if name_fault(d) and not (is_vetoed(d) or _is_one_of_sorts(d))]
    if not asked:
        return
    sure = [
        (logit, division) for division, logit in zip(asked, judge(asked), strict=True) if logit >= least_of(division)
    ]
    if not sure:
        return
    rivals = list(zip(divisions, judge(divisions), strict=True))
    told: set[str] = set()
    for logit, division in sorted(sure, key=lambda own: -own[0]):
        own = {item.claim.id for item in (division.whole, *division.parts)}
        if not own & told and not any(is_beaten(division, logit, *rival) for rival in rivals):
            told |= own
            yield division.whole.claim, tuple(part.claim for part in _whole_list(division, rivals).parts)


def _whole_list(division: Division, rivals: Sequence[tuple[Division, float]]) -> Division:
    """The list up to its last likely part: where the first parts alone are more than the whole, all are told."""
    if division.total() <= division.whole.value:
        return division
    longer = [
        other
        for other, logit in rivals
        if logit >= 0 and other.whole is division.whole and other.parts[: len(division.parts)] == division.parts
    ]
    return max(longer, key=lambda other: len(other.parts), default=division)


def judge(divisions: Sequence[Division]) -> list[float]:
    """The log-odds that each is a whole with all its parts."""
    import numpy as np

    described = np.array([describe_division(division) for division in divisions], dtype=np.float32)
    (logits,) = load_session(MODEL).run(None, {"divisions": described})  # (n_divisions,)
    return [float(value) for value in logits]


def read_items(
    analyses: Sequence[Analysis], claims: Sequence[Sequence[Claim]], sections: Sequence[int]
) -> list[list[Item]]:
    """The counts of each sentence, those of other units than wholes and parts have left out.

    `claims` and `sections` are those of each sentence.
    """
    return [
        list(_read_sentence(analysis, own, place, section)) if own else []
        for place, (analysis, own, section) in enumerate(zip(analyses, claims, sections, strict=True))
    ]


def _read_sentence(analysis: Analysis, own: Sequence[Claim], place: int, section: int) -> Iterator[Item]:
    claims = {claim.start: claim for claim in own if claim.note != "none"}
    text = analysis.plain.text
    spans = [(bound.number.start, bound.number.end) for bound in analysis.bounds]
    last = 0
    for order, (start, end) in enumerate(spans):
        claim = claims.get(analysis.plain.printed_span(start, end)[0])
        following = spans[order + 1][0] if order + 1 < len(spans) else len(text)
        gap, after = _bare(text[last:start]), _bare(text[end:following])
        last = end
        if claim is None or claim.unit in _rules()["no_parts"]:
            continue
        told = _GAP.fullmatch(gap if order else "，" + gap)
        if told is None:
            continue
        unit = _rules()["same_units"].get(claim.unit, claim.unit or "")
        joint = _JOINT.match(told["behind"])
        name = told["name"] if told["marks"] else told["behind"][joint.end() if joint else 0 :]
        clauses = len(_PARTING.findall(name))
        marks = told["marks"] if told["marks"] else "和" if joint else ""
        behind = _PARTING.split(after)[0]
        short = _PARTING.split(name)[-1]
        of_each = after != "、" and _pattern("of_each").search(short)  # 各发布45条、13条 are those of two
        is_exact = claim.qualifier is Qualifier.EXACT and not of_each
        yield Item(claim, claim.value, unit, place, section, order, gap, marks, short, clauses, behind, after, is_exact)


def _bare(words: str) -> str:
    return _SIGNS.sub("", words)


def list_divisions(sentences: Sequence[Sequence[Item]]) -> list[Division]:
    """Each run of counts of one unit in a sentence with each count beside it that may be their whole."""
    return [division for place in range(len(sentences)) for division in _list_sentence(sentences, place)]


def _list_sentence(sentences: Sequence[Sequence[Item]], place: int) -> Iterator[Division]:
    by_unit: dict[str, list[Item]] = {}
    for item in sentences[place]:
        by_unit.setdefault(item.unit, []).append(item)
    for unit, alike in by_unit.items():
        for start in range(len(alike) - LEAST + 1):
            for end in range(start + LEAST, min(len(alike), start + _MOST) + 1):
                parts = tuple(alike[start:end])
                if not parts[-1].is_exact:
                    break
                if parts[0].is_exact:
                    for whole in _list_wholes(sentences, place, unit, alike, start, end):
                        yield Division(whole, parts, tuple(alike))


def _list_wholes(
    sentences: Sequence[Sequence[Item]], place: int, unit: str, alike: Sequence[Item], start: int, end: int
) -> Iterator[Item]:
    near = [*alike[max(start - 2, 0) : start], *alike[end : end + 1]]
    if not start:
        told = next((own for own in reversed(sentences[max(place - _BACK, 0) : place]) if own), ())
        before = [item for item in told if item.unit == unit]
        near += [*before[:1], *before[1:][-1:]]
    if end == len(alike):
        for later in sentences[place + 1 : place + 1 + _FAR]:
            near += [item for item in later if item.unit == unit][:1]
    section = alike[start].section
    for whole in near:
        if whole.is_exact and whole.section == section:
            yield whole


def name_fault(division: Division) -> str:
    """On which side the parts miss the whole: `sum` where it stands behind them, else `more` or `less` than it.

    "" where they make it, or no slip of the pen explains it.
    """
    rules, total, whole = _rules(), division.total(), division.whole.value
    odds = weigh_numbers(division) if whole and total != whole else -math.inf
    if odds == -math.inf:
        return ""
    if division.is_behind():
        return "sum"
    are_few = total < whole * Decimal(str(rules["least_share"])) and odds < rules["least_telling"]
    return "more" if total > whole else "" if are_few and not _is_complete(division.parts) else "less"


def _is_opened(division: Division) -> bool:
    """Whether words, or a bracket, say that the parts of the whole follow."""
    first = division.parts[0].gap
    return first.startswith("（") or any(_pattern(name).search(first) for name in ("of_which", "including"))


def is_bound(claim: Claim) -> bool:
    """Whether a cell, or several, show what the claim counts."""
    return bool(claim.field or claim.sum_of or claim.share_of)


def _are_seasons(parts: Sequence[Item]) -> bool:
    """Whether the parts are of parts of the year, and are all of it."""
    return all(_pattern("season").search(part.name) for part in parts) and _is_complete(parts)


def _is_balanced(division: Division) -> bool:
    """建议9件、提案12件，公开19件，其余2件: the parts are those of the whole and of a count beside it."""
    whole = division.whole
    counts = [whole.value, *(part.value for part in division.parts)]
    before = (
        item
        for item in division.rest
        if (item.place, item.order) == (whole.place, whole.order - 1) and item not in division.parts
    )
    return any(sum(counts[:k]) == sum(counts[k:]) for k in range(2, len(counts))) or any(
        item.value + whole.value == division.total() for item in before
    )


def is_vetoed(division: Division) -> bool:
    """Whether a cell shows the whole or a part, or the words say that things are told twice."""
    if any(is_bound(part.claim) for part in division.parts) or (
        is_bound(division.whole.claim) and not (division.whole.claim.certain and _are_seasons(division.parts))
    ):
        return True
    if _is_balanced(division):
        return True
    last = division.parts[-1]
    between = "，".join(part.gap for part in division.parts[1:])
    trail = last.after.split("）")[0] if division.parts[0].gap.startswith("（") else last.after
    names = f"{between}，{trail}"
    is_complete = _is_complete(division.parts)
    exceeds = division.total() > division.whole.value and not is_complete
    has_property = [_pattern("property").search(part.name) is not None for part in division.parts]
    if exceeds and all(has_property):
        return True  # 单位6家，建有网站的2家，开通公众号的5家: some have both
    some = (any(has_property) and not _are_opposite(division.parts)) or _pattern("left_over").search(last.after)
    if some and division.total() < division.whole.value:
        return True  # 推送320条，其中原创79条，被转载151条
    if _pattern("of_years").search(division.whole.name):
        return True
    if division.is_behind():
        if division.whole.marks == "、" and not _pattern("total").search(division.whole.name):
            return True  # one more of the list
    elif division.whole.marks == "、" and division.whole.place != division.parts[0].place:
        return True  # 图解8篇、视频4个。26个部门、12个乡镇…: one of a list, and others of another sentence
    elif _is_exceeded(division) and not (is_complete or _is_opened(division)):
        return True  # 财政信息13条，人事信息18条，其他信息15条
    channels = [find_channels(item.name) for item in (division.whole, *division.parts)]
    media = [_pattern("media").search(item.name) is not None for item in (division.whole, *division.parts)]
    if channels[0] and any(own - channels[0] for own in channels[1:]):
        return True
    if media[0] and len(set(media[1:])) > 1 and not is_complete:
        return True  # 网站更新203条，新媒体推送165条
    if all(channels[1:]) and not division.is_behind() and division.total() > division.whole.value * _COPIED:
        return True  # 发布120条，其中网站118条、微信92条: one thing on both
    is_total = division.is_behind() and _pattern("total").search(division.whole.name) is not None
    if not is_total and any(part.value == division.whole.value for part in division.parts):
        return True  # 四十二条信息里有七条: the whole again
    if _pattern("of_last_year").search(division.parts[0].name + "，" + names):
        return True
    if _pattern("people").search(names + division.parts[0].name) and not is_complete:
        return True
    partial = _pattern("goes_on").match(last.after) and division.whole.order != last.order + 1
    behind = last.after if not is_complete else ""  # what comes behind all there are of a kind is no more of it
    return bool(partial) or _pattern("told_twice").search(f"{between}，{behind}，{division.whole.after}") is not None


def _is_exceeded(division: Division) -> bool:
    """Whether a part is more than the whole, and that by no digit too many (网站1409条，微信4338条 of 1847条)."""
    excess = division.total() - division.whole.value
    meant = [(part.value, part.value - excess) for part in division.parts if part.value > division.whole.value]
    return any(value <= 0 or find_slip(said, value) != "added" for said, value in meant)


def _is_one_of_sorts(division: Division) -> bool:
    """征地拆迁类12件，财政资金类7件，其他5件: the first of a list. No veto, for the model learns from such lists.

    一季度收到30件，一季度办结28件，二季度办结39件: a part of the year is no whole of its parts, either.
    """
    first = (division.whole, division.parts[0])
    return not division.is_behind() and any(
        all(_pattern(kind).search(item.name) for item in first) for kind in ("sort", "season")
    )


def is_beaten(division: Division, logit: float, rival: Division, other: float) -> bool:
    """Whether another division of the same counts adds up, and is as good."""
    if rival.total() != rival.whole.value or other < logit - _rules()["adds_up"]:
        return False
    parts, theirs = ({part.claim.id for part in own.parts} for own in (division, rival))
    whole, its = division.whole.claim.id, rival.whole.claim.id
    return whole == its or bool(parts & theirs) or (its in parts and whole in theirs)


FEATURES = (
    "whole_behind", "other_sentence", "sentences_apart", "parts", "two_parts", "four_parts", "all_stops", "all_commas",
    "all_semicolons", "marks_differ", "clauses_within", "bridge_of_which", "bridge_including", "bridge_colon",
    "bridge_bracket", "bridge_length", "bridge_clauses", "called_total", "called_these", "told_number",
    "other_number", "rest_last", "rest_before", "of_which_within", "shared_beginning", "shared_end", "lengths_differ",
    "complete", "channels", "all_channels", "goes_on", "ends_sentence", "more_behind", "more_before",
    "compared", "whole_compared", "whole_shared", "deeds_within", "no_names", "mean_length", "behind_said",
    "pointed_out", "skipped", "in_bracket", "done_with", "denied_last", "ordered", "units_between",
    "same_deed", "whole_of_all", "each", "together", "dated_within", "sorted",
    "alike", "short_names", "parallel", "nothing_else", "bare_pair", "whole_within", "whole_of_which", "opposite",
    "same_ends", "told_kinds", "property_all",
)  # fmt: skip


def describe_division(division: Division) -> tuple[float, ...]:
    """The division as numbers of about the size of 1, one for each of FEATURES."""
    values = {**_describe_place(division), **_describe_bridge(division), **_describe_list(division)}
    values |= _describe_names(division)
    return tuple(float(values[name]) for name in FEATURES)


def _describe_place(division: Division) -> dict[str, float]:
    """Where the whole and its parts stand, and which counts stand beside them."""
    whole, parts, rest = division.whole, division.parts, division.rest
    first, last = parts[0], parts[-1]
    same, behind = whole.place == first.place, division.is_behind()
    inside = [item for item in rest if item is not whole]
    at, end = inside.index(first), inside.index(last)
    return {
        "whole_behind": behind,
        "other_sentence": not same,
        "sentences_apart": min(abs(whole.place - first.place), 3),
        "more_behind": end + 1 < len(inside) and inside[end + 1].place == last.place,
        "more_before": at > 0 and not (not behind and same),
        "skipped": _is_skipped(division, same=same, behind=behind),
        "in_bracket": same and not behind and first.gap.startswith("（") and last.after.startswith("）"),
        "units_between": any(two.order - one.order > 1 for one, two in pairwise(parts)),
        "whole_within": same and not behind and rest[0] is not whole,
    }


def _describe_bridge(division: Division) -> dict[str, float]:
    """What stands between the whole and its parts, and what is said of the whole."""
    whole, parts = division.whole, division.parts
    bridge = _bridge(division)
    between = "，".join(part.gap for part in parts[1:])
    said = _say_number(bridge + "，" + whole.gap[-20:] if division.is_behind() else whole.gap[-20:] + "，" + bridge)
    names = [part.name for part in parts]
    return {
        "bridge_of_which": _pattern("of_which").search(bridge) is not None,
        "bridge_including": _pattern("including").search(bridge) is not None,
        "bridge_colon": "：" in bridge,
        "bridge_bracket": "（" in bridge,
        "bridge_length": min(len(bridge), 20) / 10,
        "bridge_clauses": min(len(_PARTING.findall(bridge)), 4) / 2,
        "called_total": _pattern("total").search(whole.name) is not None,
        "called_these": _pattern("these").search(whole.gap) is not None,
        "told_number": said == len(parts),
        "other_number": bool(said) and said != len(parts),
        "whole_compared": _pattern("compared").search(whole.name + whole.behind) is not None,
        "whole_shared": _shares(whole.name + "，" + whole.behind, names + [part.behind for part in parts]),
        "whole_of_all": _pattern("of_all").search(whole.gap) is not None,
        "whole_of_which": _pattern("of_which").search(whole.gap) is not None,
        "pointed_out": _pattern("pointed_out").search(bridge + between) is not None,
        "together": _pattern("together").search(bridge + whole.name) is not None,
        "sorted": _pattern("sorted").search(bridge) is not None,
        "ordered": _pattern("ordered").search(parts[0].gap[-12:]) is not None,
    }


def _describe_list(division: Division) -> dict[str, float]:
    """How the parts are marked, how many there are, and how their list ends."""
    parts, last = division.parts, division.parts[-1]
    marks = {part.marks[:1] for part in parts[1:] if part.marks != "和"}
    trail = last.after
    ending = trail[len(last.behind) :][:1]
    alike = len({part.marks[:1] for part in parts} - {"和"}) == 1
    short = _are_short(parts)
    return {
        "parts": min(len(parts), 6) / 3,
        "two_parts": len(parts) == LEAST,
        "four_parts": len(parts) > LEAST + 1,
        "all_stops": marks == {"、"},
        "all_commas": marks == {"，"},
        "all_semicolons": marks == {"；"},
        "marks_differ": len(marks) > 1,
        "clauses_within": min(sum(part.clauses for part in parts[1:]), 3) / 2,
        "goes_on": _pattern("goes_on").match(trail) is not None,
        "ends_sentence": not trail or ending in ("", "。", "；", "）"),
        "alike": alike,
        "nothing_else": alike and short and ending in ("", "。", "；", "）", "，") and not last.behind,
        "bare_pair": len(parts) == LEAST and short and not _pattern("of_which").search(_bridge(division)),
    }


def _describe_names(division: Division) -> dict[str, float]:
    """What the names of the parts share, and what they say."""
    whole, parts = division.whole, division.parts
    first, last = parts[0], parts[-1]
    names = [part.name for part in parts]
    lengths = [len(name) for name in names]
    between = "，".join(part.gap for part in parts[1:])
    shared_start, shared_end = _shared(names), _shared([name[::-1] for name in names])
    channels = [bool(find_channels(name)) for name in names]
    complete, short = _is_complete(parts), _are_short(parts)
    done = any(_pattern("done_with").search(name) for name in names)
    return {
        "rest_last": _pattern("rest").match(last.name) is not None,
        "rest_before": any(_pattern("rest").match(name) for name in names[:-1]),
        "of_which_within": any(_pattern("of_which").search(part.gap) for part in parts[1:]),
        "shared_beginning": min(shared_start, 4) / 2,
        "shared_end": min(shared_end, 4) / 2,
        "lengths_differ": min(max(lengths) - min(lengths), 10) / 5,
        "complete": complete,
        "channels": any(channels),
        "all_channels": all(channels),
        "compared": any(_pattern("compared").search(words) for words in (first.name, between)),
        "deeds_within": any(_pattern("deed").search(name) for name in names[1:]),
        "no_names": not any(names),
        "mean_length": min(sum(lengths) / len(lengths), 12) / 6,
        "behind_said": any(part.behind for part in parts),
        "done_with": done and _pattern("came").search(whole.gap) is not None,
        "denied_last": _pattern("denied").search(last.name + last.behind) is not None,
        "same_deed": _same_deed(whole, parts),
        "each": _pattern("each").search(between + first.name + whole.name) is not None,
        "dated_within": _pattern("dated").search(between + whole.name) is not None and not complete,
        "opposite": _are_opposite(parts),
        "same_ends": all(name and name[-1] == names[0][-1:] for name in names),
        "told_kinds": _pattern("kinds").search(_bridge(division)) is not None,
        "property_all": all(_pattern("property").search(name) for name in names),
        "short_names": short,
        "parallel": max(shared_start, shared_end) > 0 and short,
    }


def _are_short(parts: Sequence[Item]) -> bool:
    """Whether all parts have the names of things, and none that of a deed."""
    return all(len(part.name) <= _SHORT and not _pattern("deed").search(part.name) for part in parts)


def _bridge(division: Division) -> str:
    """The words between the whole and its first part, or between the last part and the whole that follows it."""
    whole, first, last = division.whole, division.parts[0], division.parts[-1]
    same = whole.place == first.place
    if division.is_behind():
        return (last.after + whole.gap)[-30:] if not same or whole.order - last.order > 1 else whole.gap
    return (whole.after + first.gap)[:30] if not same or first.order - whole.order > 1 else first.gap


def _say_number(words: str) -> int:
    """How many parts the words say that there are; 0 where they do not."""
    told = _pattern("so_many").findall(words)
    return _DIGITS.find(told[-1].replace("两", "二")) if told else 0


def _shared(names: Sequence[str]) -> int:
    """How many characters all begin with."""
    count = 0
    for column in zip(*names, strict=False):
        if len(set(column)) > 1:
            break
        count += 1
    return count


def _shares(words: str, others: Iterable[str]) -> bool:
    """Whether two characters in a row stand in one of the others, too."""
    pairs = {words[k : k + 2] for k in range(len(words) - 1) if "，" not in words[k : k + 2]}
    return any(pair in other for pair in pairs for other in others)


def _is_complete(parts: Sequence[Item]) -> bool:
    """Whether the names are all there are of a kind: 上半年 and 下半年, four quarters, 线上 and 线下."""
    names = [part.gap + part.behind for part in parts]
    return _are_opposite(parts) or any(
        len(names) == len(kinds) and all(re.search(kind, name) for kind, name in zip(kinds, names, strict=True))
        for kinds in _rules()["complete"]
    )


def _are_opposite(parts: Sequence[Item]) -> bool:
    """采纳37条，未采纳4条."""
    one, other = (part.gap + part.behind for part in parts[-2:])
    denied = _pattern("not_so").search(other)
    return denied is not None and denied[1] in one and not _pattern("not_so").search(one)


def _is_skipped(division: Division, *, same: bool, behind: bool) -> bool:
    """Whether a count of the unit stands between the whole and its parts."""
    if not same or behind:
        return False
    own = [item.order for item in division.rest]
    return own.index(division.parts[0].order) - own.index(division.whole.order) > 1


def _same_deed(whole: Item, parts: Sequence[Item]) -> bool:
    """Whether the same deed stands right before the whole and before each part."""
    told = _pattern("deed").search(whole.name)
    return told is not None and all(told[0] in part.name for part in parts)
