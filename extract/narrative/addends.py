"""Accused numbers that make a sum with others of their sentence: of which whole they are a part, and of which not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from itertools import accumulate

from extract.narrative.numbers import CLAIMS_FILE
from extract.narrative.shown import claim_fields, look_up
from extract.records import Cells, Claim, Verdict
from extract.rules import load_rules

_PAIR = 2
_OUTCOMES = ("granted", "partially_granted", "denied", "unavailable", "not_processed")
_RECEIVED = "requests.received.total"


def is_told_by_sums(position: int, own: Sequence[Claim], text: str, start: int, cells: Cells) -> bool:
    """Whether the number adds up those before it, completes its cells with others, or is a part of something else.

    It stands at `start` of the plain text.
    """
    return (
        _adds_up(own[: position + 1], text[:start])
        or _is_completed(own[position], own, cells)
        or _is_rest(own[position], own, text[:start], cells)
        or _is_shared(own[position : position + 2], text[:start], cells)
        or _is_part_of_other(position, own)
    )


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(load_rules(CLAIMS_FILE)["otherwise"][name])


def _adds_up(claims: Sequence[Claim], words: str) -> bool:
    """不予公开8件，另外3件属国家秘密、7件属过程性信息，三者合计18件."""
    *before, claim = claims
    if not _pattern("all_of_them" if claim.field else "in_all").search(words):
        return False
    return claim.value in list(accumulate(other.value for other in reversed(before)))[_PAIR - 1 :]


def _is_completed(claim: Claim, own: Sequence[Claim], cells: Cells) -> bool:
    """决定不予公开6件，另有3件属执法案卷、1件为法律法规禁止公开: with those of some of its cells it is all of them."""
    fields = set(claim.sum_of)
    parts = [other for other in own if other.verdict is Verdict.SUPPORTED and other.field in fields]
    made = sum((part.value for part in parts), Decimal(0))
    return bool(made) and claim.sum_of[0].startswith("requests.") and look_up(fields, cells).sum == claim.value + made


def _is_rest(claim: Claim, own: Sequence[Claim], words: str, cells: Cells) -> bool:
    """公开9件、部分公开3件、其他10件: all outcomes that were not named, not those of the row 其他处理."""
    if not _pattern("rest").search(words) or not claim_fields(claim)[0].startswith("requests.other."):
        return False
    named = [other for other in own if other.verdict is Verdict.SUPPORTED and claim_fields(other)]
    outcomes = [
        o for o in named if claim_fields(o)[0].split(".")[1] in _OUTCOMES and claim_fields(o)[0].endswith(".total")
    ]
    made = sum((outcome.value for outcome in outcomes), claim.value)
    return bool(outcomes) and made == look_up(("requests.handled.total",), cells).sum


def _is_shared(claims: Sequence[Claim], words: str, cells: Cells) -> bool:
    """收到的申请，1件由县政府转办，1件由申请人寄来: pieces that begin with a part of what was named before."""
    claim, *behind = claims
    if claim.field != _RECEIVED or not words.endswith("，") or not behind or claim_fields(behind[0]):
        return False
    return claim.value > 0 and look_up(claim_fields(claim), cells).sum == claim.value + behind[0].value


def _is_part_of_other(position: int, own: Sequence[Claim]) -> bool:
    """诉讼4件，3件未经复议，1件经过复议: of a whole of table 4 of which its own cells are no part."""
    if not all(field.startswith("challenges.") for field in claim_fields(own[position])):
        return False
    for start in range(position - 1, -1, -1):
        sums = list(accumulate(other.value for other in own[start + 1 :]))
        parts = max(_PAIR, position - start)
        if own[start].value in sums[parts - 1 : parts + 1] and _is_strange(own[start], own[position]):
            return True
    return False


def _is_strange(whole: Claim, part: Claim) -> bool:
    """Whether the whole has several kinds, of which the part is none; of a whole that was withdrawn, one of them."""
    groups, parts = ({field.split(".")[1] for field in claim_fields(claim)} for claim in (whole, part))
    if whole.verdict is Verdict.SUPPORTED:
        return (len(groups) >= _PAIR and not parts & groups) or (parts < groups and not _is_total(whole))
    return False


def _is_total(claim: Claim) -> bool:
    return all(field.endswith(".total") for field in claim_fields(claim))
