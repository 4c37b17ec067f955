"""Whether the words around two counts say that a percentage is the one of the other: 同办结总数47件相比为12.8%."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extract.narrative.numbers import CLAIMS_FILE
from extract.narrative.plain import plain_text
from extract.narrative.shown import claim_fields
from extract.records import Claim
from extract.rules import load_rules

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_STOCKS = ("received", "carried_in", "carried_out", "handled")
_REQUESTS, _TOTAL = "requests.", ".total"


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(load_rules(CLAIMS_FILE)["own_shares"][name])


def is_related(text: str, counts: Sequence[Claim], share: Claim) -> bool:
    """True where the smaller of the two counts can only be a part of the larger one, and the percentage its share."""
    lead, gap, tail = (
        plain_text(text[start:end])
        for start, end in ((0, counts[0].start), (counts[0].end, counts[1].start), (counts[1].end, share.start))
    )
    if _pattern("no_relation").search(gap + tail) or not _pattern("relation").search(gap + tail):
        return False
    told = _pattern("set_beside").search(f"{re.split('[；。，]', lead)[-1]}N{gap}N{tail}") is not None
    rest = "".join(_HAN.findall(_pattern("relating").sub("，", tail)))
    words = [set(piece) for piece in (lead + gap, gap + re.split("[，；。]", tail)[0])]
    if not set(rest) <= words[0] | words[1] or counts[0].unit != counts[1].unit:
        return False
    fields = [claim_fields(claim) for claim in counts]
    if all(fields):
        part, whole = sorted(fields, key=lambda own: counts[fields.index(own)].value)
        return told or _is_part(part, whole)
    return told or "其中" in gap or bool(set(rest) & words[1])


def _is_part(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether the form counts the cells of `part` among those of `whole`."""
    if part == whole:
        return False
    if set(part) < set(whole):
        return True
    if len(whole) == 1 and whole[0] == "requests.handled.total":
        return all(field.startswith(_REQUESTS) and field.split(".")[1] not in _STOCKS for field in part)
    groups = {field.rsplit(".", 1)[0] for field in whole}
    totals = all(field.endswith((_TOTAL, ".in_force")) for field in whole)
    return totals and all(field.rsplit(".", 1)[0] in groups for field in part)
