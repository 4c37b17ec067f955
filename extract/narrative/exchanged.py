"""Two numbers of one list that changed places: each is what the cells of the other show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from extract.narrative.company import is_open, level_of
from extract.quick import replace
from extract.records import Claim, Sentence, Verdict

_LABEL = re.compile(r"[\u4e00-\u9fff）”]\s*$")  # right before a number
_END = re.compile(r"\s*(?:[、，；。（]|$)")  # right behind it: its words stand before it


def accuse_exchanged(
    claims: Sequence[Claim], sentences: Sequence[Sentence], shown: Mapping[str, Decimal]
) -> Iterator[Claim]:
    """The claims; 过程性信息7件、第三方权益9件 are both contradicted where the table shows 9 and 7.

    `shown` holds what the cells show of each claim that they would contradict if its words were sure. Only numbers
    right behind their words count: elsewhere the words may be the other number's.
    """
    texts = {sentence.id: sentence.text for sentence in sentences}
    open_ = [claim for claim in claims if claim.id in shown and is_open(claim) and _is_labelled(claim, texts)]
    pairs = [
        (one, other)
        for one, other in combinations(open_, 2)
        if one.sentence == other.sentence
        and one.value == shown[other.id] != shown[one.id] == other.value
        and level_of(one) == level_of(other) != ""
    ]
    found = {claim.id for pair in pairs for claim in pair}
    for claim in claims:
        yield replace(claim, verdict=Verdict.CONTRADICTED, certain=True) if claim.id in found else claim


def _is_labelled(claim: Claim, texts: Mapping[str, str]) -> bool:
    text = texts[claim.sentence]
    return _LABEL.search(text[: claim.start]) is not None and _END.match(text, claim.end) is not None
