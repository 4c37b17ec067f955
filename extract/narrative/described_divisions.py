"""A whole and counts that may be its parts → what the learned model tells by whether they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from extract.narrative.counted import find_channels
from extract.narrative.parted_counts import LEAST, PARTING, Division, Item, part_pattern, part_rules

_SHORT = 8  # characters of the name of a thing, and of no statement
_DIGITS = "零一二三四五六七八九十"
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
        "bridge_of_which": part_pattern("of_which").search(bridge) is not None,
        "bridge_including": part_pattern("including").search(bridge) is not None,
        "bridge_colon": "：" in bridge,
        "bridge_bracket": "（" in bridge,
        "bridge_length": min(len(bridge), 20) / 10,
        "bridge_clauses": min(len(PARTING.findall(bridge)), 4) / 2,
        "called_total": part_pattern("total").search(whole.name) is not None,
        "called_these": part_pattern("these").search(whole.gap) is not None,
        "told_number": said == len(parts),
        "other_number": bool(said) and said != len(parts),
        "whole_compared": part_pattern("compared").search(whole.name + whole.behind) is not None,
        "whole_shared": _shares(whole.name + "，" + whole.behind, names + [part.behind for part in parts]),
        "whole_of_all": part_pattern("of_all").search(whole.gap) is not None,
        "whole_of_which": part_pattern("of_which").search(whole.gap) is not None,
        "pointed_out": part_pattern("pointed_out").search(bridge + between) is not None,
        "together": part_pattern("together").search(bridge + whole.name) is not None,
        "sorted": part_pattern("sorted").search(bridge) is not None,
        "ordered": part_pattern("ordered").search(parts[0].gap[-12:]) is not None,
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
        "goes_on": part_pattern("goes_on").match(trail) is not None,
        "ends_sentence": not trail or ending in ("", "。", "；", "）"),
        "alike": alike,
        "nothing_else": alike and short and ending in ("", "。", "；", "）", "，") and not last.behind,
        "bare_pair": len(parts) == LEAST and short and not part_pattern("of_which").search(_bridge(division)),
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
    complete, short = is_complete(parts), _are_short(parts)
    done = any(part_pattern("done_with").search(name) for name in names)
    return {
        "rest_last": part_pattern("rest").match(last.name) is not None,
        "rest_before": any(part_pattern("rest").match(name) for name in names[:-1]),
        "of_which_within": any(part_pattern("of_which").search(part.gap) for part in parts[1:]),
        "shared_beginning": min(shared_start, 4) / 2,
        "shared_end": min(shared_end, 4) / 2,
        "lengths_differ": min(max(lengths) - min(lengths), 10) / 5,
        "complete": complete,
        "channels": any(channels),
        "all_channels": all(channels),
        "compared": any(part_pattern("compared").search(words) for words in (first.name, between)),
        "deeds_within": any(part_pattern("deed").search(name) for name in names[1:]),
        "no_names": not any(names),
        "mean_length": min(sum(lengths) / len(lengths), 12) / 6,
        "behind_said": any(part.behind for part in parts),
        "done_with": done and part_pattern("came").search(whole.gap) is not None,
        "denied_last": part_pattern("denied").search(last.name + last.behind) is not None,
        "same_deed": _same_deed(whole, parts),
        "each": part_pattern("each").search(between + first.name + whole.name) is not None,
        "dated_within": part_pattern("dated").search(between + whole.name) is not None and not complete,
        "opposite": are_opposite(parts),
        "same_ends": all(name and name[-1] == names[0][-1:] for name in names),
        "told_kinds": part_pattern("kinds").search(_bridge(division)) is not None,
        "property_all": all(part_pattern("property").search(name) for name in names),
        "short_names": short,
        "parallel": max(shared_start, shared_end) > 0 and short,
    }


def _are_short(parts: Sequence[Item]) -> bool:
    """Whether all parts have the names of things, and none that of a deed."""
    return all(len(part.name) <= _SHORT and not part_pattern("deed").search(part.name) for part in parts)


def _bridge(division: Division) -> str:
    """The words between the whole and its first part, or between the last part and the whole that follows it."""
    whole, first, last = division.whole, division.parts[0], division.parts[-1]
    same = whole.place == first.place
    if division.is_behind():
        return (last.after + whole.gap)[-30:] if not same or whole.order - last.order > 1 else whole.gap
    return (whole.after + first.gap)[:30] if not same or first.order - whole.order > 1 else first.gap


def _say_number(words: str) -> int:
    """How many parts the words say that there are; 0 where they do not."""
    told = part_pattern("so_many").findall(words)
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


def is_complete(parts: Sequence[Item]) -> bool:
    """Whether the names are all there are of a kind: 上半年 and 下半年, four quarters, 线上 and 线下."""
    names = [part.gap + part.behind for part in parts]
    return are_opposite(parts) or any(
        len(names) == len(kinds) and all(kind.search(name) for kind, name in zip(kinds, names, strict=True))
        for kinds in _complete()
    )


@cache
def _complete() -> tuple[tuple[re.Pattern[str], ...], ...]:
    return tuple(tuple(map(re.compile, kinds)) for kinds in part_rules()["complete"])


def are_opposite(parts: Sequence[Item]) -> bool:
    """采纳37条，未采纳4条."""
    one, other = (part.gap + part.behind for part in parts[-2:])
    denied = part_pattern("not_so").search(other)
    return denied is not None and denied[1] in one and not part_pattern("not_so").search(one)


def _is_skipped(division: Division, *, same: bool, behind: bool) -> bool:
    """Whether a count of the unit stands between the whole and its parts."""
    if not same or behind:
        return False
    own = [item.order for item in division.rest]
    return own.index(division.parts[0].order) - own.index(division.whole.order) > 1


def _same_deed(whole: Item, parts: Sequence[Item]) -> bool:
    """Whether the same deed stands right before the whole and before each part."""
    told = part_pattern("deed").search(whole.name)
    return told is not None and all(told[0] in part.name for part in parts)
