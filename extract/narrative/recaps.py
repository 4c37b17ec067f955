"""T002 for counts that no cell shows: a sentence that repeats one count of another and gives the one beside it anew.

发布信息1683条，其中招生76条 and, elsewhere, 专栏发布信息1683条，其中招生类67条: the number that both share says
that they speak of the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations

from extract.narrative.analysis import Analysis
from extract.narrative.numbers import COUNTED_FILE
from extract.narrative.recalled import Told, are_apart, cover, drop_passing, is_near, is_slip, read_told, tell
from extract.records import Claim
from extract.rules import load_rules

_LEAST = 2  # characters that two counts must share
_TELLING = 3  # the same where one of them has words of its own
_LONG = 100  # from here on two equal numbers are equal by no chance
_LISTED = re.compile("其中|包括|包含|[，：]")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(load_rules(COUNTED_FILE)["recap"][name])


def find_recaps(
    analyses: Sequence[Analysis], claims: Sequence[Sequence[Claim]], year: int | None
) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of claims of two sentences that share another count; none where several may be meant."""
    told = [tuple(read_told(analysis, own, year, parts=True)) for analysis, own in zip(analyses, claims, strict=True)]
    for earlier, later in combinations([own for own in told if len(own) > 1], 2):
        shared = {
            item.claim.id for one in earlier for other in later if _is_shared(one, other) for item in (one, other)
        }
        if shared:
            ones, others = ([item for item in own if item.claim.id not in shared] for own in (earlier, later))
            yield from _find_anew(ones, others)


def _is_shared(one: Told, other: Told) -> bool:
    """Whether both are the same count, by number and words."""
    same = one.unit == other.unit and one.claim.value == other.claim.value
    return same and one.claim.value >= _LONG and _common(one, other) is not None


def _find_anew(ones: Sequence[Told], others: Sequence[Told]) -> Iterator[tuple[Claim, Claim]]:
    pairs = [(one, other) for one in ones for other in others if one.unit == other.unit and _common(one, other)]
    for one, other in pairs:
        rivals = [pair for pair in pairs if (one in pair) != (other in pair)]
        if not rivals and one.claim.value != other.claim.value and _contradict(one, other):
            yield one.claim, other.claim


def _words(told: Told) -> str:
    return _pattern("passing").sub("", drop_passing(_LISTED.sub("", told.before))) or told.behind


def _common(one: Told, other: Told) -> list[str] | None:
    """The runs of the shorter words, all of which stand in the longer; None where they do not."""
    shorter, longer = sorted((_words(one), _words(other)), key=len)
    parts = cover(shorter, longer)
    return parts if parts and sum(map(len, parts)) >= _LEAST and not are_apart(one, other) else None


def _contradict(one: Told, other: Told) -> bool:
    """Whether the words leave no doubt that both numbers count the same, or what holds more has the smaller one."""
    if is_slip(one.claim, other.claim):
        return True
    if not is_near(one.claim, other.claim):
        return False
    shorter, longer = sorted((one, other), key=lambda told: len(_words(told)))
    words, whole = _words(shorter), _words(longer)
    if words == whole:
        return True
    narrowed = whole.endswith(words) and tell([words]) >= _TELLING and not (one.listed or other.listed)
    return narrowed or (not shorter.listed and shorter.claim.value < longer.claim.value)
