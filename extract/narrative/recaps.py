"""T002 for counts that no cell shows: a sentence that repeats one count of another and gives the one beside it anew.

发布信息1683条，其中招生76条 and, elsewhere, 专栏发布信息1683条，其中招生类67条: the number that both share says
that they speak of the same. The learned model (`same_counts.py`) tells most such pairs by their words; here are those
that have hardly a word in common beside the number or the name that both share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from extract.narrative.analysis import Analysis
from extract.narrative.numbers import COUNTED_FILE
from extract.narrative.recalled import Told, are_apart, cover, drop_passing, is_near, is_slip, read_told, tell
from extract.records import Claim
from extract.rules import rule_patterns

_LEAST = 2  # characters that two counts must share
_TELLING = 3  # the same where one of them has words of its own
_LONG = 100  # from here on two equal numbers are equal by no chance
_NAME = re.compile("“([^”]{3,12})”")
_LISTED = re.compile("其中|包括|包含|[，：]")


_pattern = rule_patterns(COUNTED_FILE, "recap")


def find_recaps(
    analyses: Sequence[Analysis], claims: Sequence[Sequence[Claim]], year: int | None
) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of claims of two sentences that share another count, or a name; none where several may be meant.

    A count that both share is of one area, whether they name it or not.
    """
    told = [
        (set(_NAME.findall(analysis.plain.text)), tuple(read_told(analysis, own, year, wide=True, parts=True)))
        for analysis, own in zip(analyses, claims, strict=True)
        if own
    ]
    for (names, earlier), (others, later) in combinations([own for own in told if own[1]], 2):
        shared = {
            item.claim.id for one in earlier for other in later if _is_shared(one, other) for item in (one, other)
        }
        if shared or names & others:
            ones, anew = ([item for item in own if item.claim.id not in shared] for own in (earlier, later))
            yield from _find_anew(ones, anew, repeated=bool(shared), named=bool(names & others))


def _is_shared(one: Told, other: Told) -> bool:
    """Whether both are the same count, by number and words."""
    if one.unit != other.unit or one.claim.value != other.claim.value or are_apart(one.before, other.before):
        return False
    parts = _common(one, other)
    if one.claim.value < _LONG:
        return parts is not None and tell(parts) > _TELLING
    return bool({*one.before, *one.behind} & {*other.before, *other.behind})


def _find_anew(
    ones: Sequence[Told], others: Sequence[Told], *, repeated: bool, named: bool
) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of counts of one thing, of which both sentences speak: they share a count (`repeated`), or a name."""
    pairs = [
        (one, other)
        for one in ones
        for other in others
        if one.unit == other.unit and (is_near(one.claim, other.claim) or is_slip(one.claim, other.claim))
    ]
    same = [pair for pair in pairs if _are_same(*pair, ones, others)]
    for one, other in same or pairs:
        rivals = [pair for pair in same or pairs if (one in pair) != (other in pair)]
        rivals = [pair for pair in rivals if _words(pair[0]) == _words(pair[1]) or _words(one) != _words(other)]
        if rivals or one.claim.value == other.claim.value or are_apart(one.before, other.before):
            continue
        lone = named and not same and _are_crossed(one, other) and _are_lone(one, other, ones, others)
        if (same and repeated and _contradict(one, other)) or lone:
            yield one.claim, other.claim


def _are_same(one: Told, other: Told, ones: Sequence[Told], others: Sequence[Told]) -> bool:
    """Whether both count the same by their words, or, where the one has none of its own, by their unit."""
    parts = _common(one, other)
    if parts is None:
        return False
    return sum(map(len, parts)) >= _LEAST or _are_lone(one, other, ones, others)


def _are_crossed(one: Told, other: Told) -> bool:
    """Whether the same digits stand in another order."""
    return sorted(f"{one.claim.value:f}") == sorted(f"{other.claim.value:f}")


def _are_lone(one: Told, other: Told, ones: Sequence[Told], others: Sequence[Told]) -> bool:
    """Whether each is the only count of its unit in its sentence, and no part."""
    listed = one.listed or other.listed
    return not listed and all(sum(item.unit == one.unit for item in own) == 1 for own in (ones, others))


def _words(told: Told) -> str:
    """What is counted; the words behind the number where those before it end with 的, or say nothing."""
    words = _pattern("passing").sub("", drop_passing(_LISTED.sub("", told.before)))
    return words if words and not words.endswith("的") else words + re.split("[、和及]", told.behind)[0]


def _common(one: Told, other: Told) -> list[str] | None:
    """The runs of the words of the one, all of which stand in those of the other; None where they do not."""
    for words, around in ((_words(one), _words(other)), (_words(other), _words(one))):
        parts = cover(words, around)
        if parts is not None and not are_apart(one.before, other.before):
            return parts
    return None


def _contradict(one: Told, other: Told) -> bool:
    """Whether the words leave no doubt that both numbers count the same, or what holds more has the smaller one."""
    if is_slip(one.claim, other.claim):
        return True
    shorter, longer = sorted((one, other), key=lambda told: len(_words(told)))
    words, whole = _words(shorter), _words(longer)
    if words == whole or cover(words, "") == []:
        return True
    narrowed = whole.endswith(words) and tell([words]) >= _TELLING and not (one.listed or other.listed)
    return narrowed or (not shorter.listed and shorter.claim.value < longer.claim.value)
