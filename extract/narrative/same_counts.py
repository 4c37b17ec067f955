"""T002 for counts that no cell shows: two statements count one thing, and the one number is a slip of the other.

Whether two counts are of one thing is learned: what their words share, and in which place; whether the later one
speaks of what is known already (26名联络员负责…), or tells of something new (新聘联络员26名); whether either
may be of a part or of another year. The numbers say whether a slip parts them, what adds up, and whether they are the
largest of their unit, which are told again most often.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import combinations

from extract.artifacts import load_session
from extract.narrative.apart_counts import are_other_things, are_surely_apart, find_doubts, is_difference_told
from extract.narrative.described_counts import Likened, describe_pair
from extract.narrative.likely import find_slip
from extract.narrative.told_counts import Beside, Count, by_sentence, count_said, look_around, pair_counts, slip_rules
from extract.records import Claim

MODEL = "same-counts"


def find_slips(counts: Sequence[Count]) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of claims that count one thing and differ by a slip of the pen, the surest first; no claim in two of them.

    Raises: ModelError where the model is missing or damaged.
    """
    least, beside = least_odds(), look_around(counts)
    near = (pair for pair in pair_counts(counts) if name_slip(*pair) in least and not are_other_things(*pair))
    pairs = [pair for pair in (liken(one, other, beside) for one, other in near) if pair.needed < math.inf]
    if not pairs:
        return
    common = common_words()
    logits = _judge([describe_pair(pair, beside, common) for pair in pairs])
    taken: set[str] = set()
    for pair, logit in sorted(zip(pairs, logits, strict=True), key=lambda own: -own[1]):
        claims = (pair.earlier.claim, pair.later.claim)
        if logit >= pair.needed and not taken & {claim.id for claim in claims}:
            taken |= {claim.id for claim in claims}
            yield claims


def _judge(described: Sequence[Sequence[float]]) -> list[float]:
    """The log-odds that each pair counts one thing."""
    import numpy as np

    (logits,) = load_session(MODEL).run(None, {"pairs": np.array(described, dtype=np.float32)})  # (n_pairs,)
    return [float(value) for value in logits]


@cache
def common_words() -> Mapping[str, float]:
    """Two characters in a row → how much they tell, as the model's file has it; "" for those that are not there."""
    weights: dict[str, float] = json.loads(load_session(MODEL).get_modelmeta().custom_metadata_map["telling"])
    return weights


def least_odds() -> Mapping[str, float]:
    """Kind of slip → the log-odds from which on two counts that it parts are told."""
    least: dict[str, float] = slip_rules()["least"]
    return least


def liken(earlier: Count, later: Count, beside: Beside) -> Likened:
    """The two with what may tell them apart, and the log-odds that this needs."""
    doubts = find_doubts(earlier, later, beside)
    needed = least_odds().get(name_slip(earlier, later), math.inf)
    needed += sum(float(odds) for name, odds in slip_rules()["doubts"].items() if doubts[name])
    if _says_more(earlier, later):
        needed += float(slip_rules()["said_of_later" if later.claim.value < earlier.claim.value else "said_of_less"])
    return Likened(earlier, later, doubts, max(needed, float(slip_rules()["least_odds"])))


def _says_more(earlier: Count, later: Count) -> bool:
    """Whether the smaller number is of things that more is said of: it may be some of the others."""
    less, more = sorted((earlier, later), key=lambda count: count.claim.value)
    return count_said(less, more) >= int(slip_rules()["more_said"])


def find_parted(counts: Sequence[Count]) -> set[frozenset[str]]:
    """The ids of each two claims that their words, or a count beside them, surely tell apart."""
    beside = by_sentence(counts)
    return {
        frozenset((one.claim.id, other.claim.id))
        for one, other in combinations(counts, 2)
        if one.unit == other.unit and one.claim.value != other.claim.value
        if are_surely_apart(one, other)
        or is_difference_told(one, other, [beside[count.place, count.unit] for count in (one, other)])
    }


def name_slip(one: Count, other: Count) -> str:
    """How the numbers differ, as `find_slip` names it, or `by one`.

    `long` behind it where the smaller one has a digit more than such a slip needs, so that chance hardly makes it.
    `near` where no slip explains it, and the numbers are of one size.
    """
    less, more = sorted((one.claim.value, other.claim.value))
    if more - less == 1:
        return "by one"
    slip = find_slip(one.claim.value, other.claim.value)
    if slip == "far":
        return "near" if more <= less * Decimal(str(slip_rules()["most_apart"])) else slip
    return f"{slip} long" if less >= slip_rules()["long"].get(slip, math.inf) else slip
