"""T002: two statements of the text give different numbers for the same thing."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from extract.narrative.shown import claim_fields
from extract.records import Claim, Discrepancy, Qualifier, Verdict

_HANDLED = "requests.handled.total"


def find_conflicts(claims: Iterable[Claim]) -> list[Discrepancy]:
    """One discrepancy per pair of cells that two certain statements disagree about."""
    stated = [
        claim
        for claim in claims
        if claim.qualifier is Qualifier.EXACT and claim_fields(claim) and not _may_be_of_others(claim)
    ]
    found: dict[tuple[str, ...], Discrepancy] = {}
    for one, other in combinations(stated, 2):
        if one.sentence == other.sentence or one.value == other.value:
            continue
        shared = _shared(one, other) if _are_as_loose(one, other) else ()
        if shared and _are_sure(one, other) and _differ(one, other) and shared not in found:
            sentences = tuple(dict.fromkeys((one.sentence, other.sentence)))
            note, own = f"{one.text} / {other.text}", (one.id, other.id)
            values = float(one.value), float(other.value)
            found[shared] = Discrepancy("T002", shared, sentences, *values, note, claims=own)
    return list(found.values())


def _may_be_of_others(claim: Claim) -> bool:
    """无结转, of which the table does not tell whether it is of last year's or of next year's."""
    return claim.note == "none" and bool(claim.guess) and claim.verdict is Verdict.UNVERIFIABLE


def _are_as_loose(one: Claim, other: Claim) -> bool:
    """公开12件 may mean more than its cells; what the table denies is wrong in whatever sense."""
    if "loose" not in (one.note, other.note):
        return True
    return one.note == other.note and {one.verdict, other.verdict} == {Verdict.SUPPORTED, Verdict.CONTRADICTED}


def _are_sure(one: Claim, other: Claim) -> bool:
    """Where the table denies a certain statement, one that it bears out was read right, certain or not."""
    if one.certain and other.certain:
        honest = one.field == _HANDLED and {one.verdict, other.verdict} == {Verdict.UNVERIFIABLE, Verdict.SUPPORTED}
        return not honest  # of what came in, or of what was left over, too
    certain, unsure = (one, other) if one.certain else (other, one)
    return certain.certain and (certain.verdict, unsure.verdict) == (Verdict.CONTRADICTED, Verdict.SUPPORTED)


def _differ(one: Claim, other: Claim) -> bool:
    """Two numbers that both fit the table are one, once rounded (2.18万件 and 21764件)."""
    return not one.verdict is other.verdict is Verdict.SUPPORTED


def _shared(one: Claim, other: Claim) -> tuple[str, ...]:
    """The cells that both speak of: the same ones, or a part of what one of them says there is none of."""
    first, second = claim_fields(one), claim_fields(other)
    if set(first) == set(second):
        return first
    if not one.value and set(second) < set(first):
        return second
    return first if not other.value and set(first) < set(second) else ()
