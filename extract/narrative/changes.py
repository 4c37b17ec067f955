"""T002 for a change that does not follow from its two numbers: 52件，比上年的60件减少9件."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

from extract.narrative.numbers import COUNTED_FILE
from extract.narrative.plain import plain_text
from extract.records import Claim, Discrepancy, Qualifier, Sentence, Verdict
from extract.rules import load_rules

_RECEIVED = "requests.received.total"


@cache
def _pattern(name: str, last: str) -> re.Pattern[str]:
    return re.compile(load_rules(COUNTED_FILE)["difference"][name].replace("{last}", last))


def find_wrong_changes(
    sentences: Sequence[Sentence], claims: Sequence[Claim], year: int | None
) -> Iterator[Discrepancy]:
    """One discrepancy per number of a change that is not the difference of the two years' numbers."""
    told = [claim for claim in claims if claim.field == _RECEIVED and claim.verdict is not Verdict.UNVERIFIABLE]
    received = told[0] if len({claim.value for claim in told}) == 1 else None  # two numbers: either may be meant
    texts = {sentence.id: sentence.text for sentence in sentences}
    for name, group in groupby(claims, key=lambda claim: claim.sentence):
        own = list(group)
        for position, change in enumerate(own[1:], 1):
            pair = _read_pair(texts[name], own[: position + 1], received, str(year - 1) if year else "去")
            if pair and _are_counts(*pair, change) and not _follows(change, pair[1], [pair[0], *own[:position]]):
                yield _wrong_change(pair, change)


def _follows(change: Claim, last: Claim, before: Sequence[Claim]) -> bool:
    """Whether last year's number is so far from one before: 26件，自然人25件、律所1件，比上年的19件多7件."""
    return any(abs(claim.value - last.value) == change.value for claim in before)


def _read_pair(text: str, own: Sequence[Claim], received: Claim | None, last: str) -> tuple[Claim, Claim] | None:
    """(this year's number, last year's number) that the last of the claims is said to be the difference of."""
    first = own[-3] if len(own) > 2 else None
    second, change = own[-2:]
    gap = plain_text(text[second.end : change.start])
    difference = _pattern("by", last).search(gap) is not None
    if not difference and not (received and _pattern("changed_now", last).search(gap)):
        return None
    before = plain_text(text[first.end if first else 0 : second.start])
    if difference:
        if first is None:
            return None
        if _pattern("last", last).search(before):
            return first, second
        lead = plain_text(text[own[-4].end if len(own) > 3 else 0 : first.start])
        if _pattern("was", last).search(lead) and _pattern("now", last).search(before):
            return second, first
    elif received and _pattern("was_received", last).search(before):
        return received, second
    return None


def _are_counts(*claims: Claim) -> bool:
    """Whether they are exact numbers of one unit, and no percentages."""
    exact = all(claim.qualifier is Qualifier.EXACT for claim in claims)
    return exact and len({claim.unit for claim in claims}) == 1 and claims[0].unit != "%"


def _wrong_change(pair: tuple[Claim, Claim], change: Claim) -> Discrepancy:
    more, less = sorted(pair, key=lambda claim: -claim.value)
    working = f"{more.value}－{less.value}"
    expected, found = float(more.value - less.value), float(change.value)
    own = (change.id, *(claim.id for claim in pair))
    return Discrepancy("T002", (), (change.sentence,), expected, found, change.text, working, own)
