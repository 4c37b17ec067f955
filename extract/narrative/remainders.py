"""其他 at the end of a list that is not complete: the remainder of its whole, and no cell named 其他."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from extract.narrative.targets import REQUESTS
from extract.records import Cells, Claim, Sentence, Verdict

_REST = re.compile(r"(?:其他|其它|其余)[^\d，。；、：]{0,6}$")
_STOCKS = ("received", "carried_in", "handled", "carried_out")  # rows of table 3 that are no outcome


def leave_remainders(sentences: Sequence[Sentence], claims: Iterable[Claim], cells: Cells) -> Iterator[Claim]:
    """The claims; 复议9件，其中维持5件，其他4件 does not contradict the cell 其他结果 where 纠正 is not listed."""
    texts = {sentence.id: sentence.text for sentence in sentences}
    before: list[Claim] = []
    for claim in claims:
        if before and before[-1].sentence != claim.sentence:
            before = []
        rest = claim.verdict is Verdict.CONTRADICTED and _REST.search(texts[claim.sentence][: claim.start])
        if rest and _is_remainder(claim, before, cells):
            claim = replace(claim, verdict=Verdict.UNVERIFIABLE, certain=False)
        before.append(claim)
        yield claim


def _is_remainder(claim: Claim, before: Sequence[Claim], cells: Cells) -> bool:
    """Whether an earlier number is what those behind it make together, and a part that is not 0 is not among them."""
    made = claim.value
    for k in range(len(before) - 1, 0, -1):
        made += before[k].value
        if before[k - 1].value == made:
            named = {field for own in (*before[k:], claim) for field in (own.field, *own.sum_of) if field}
            return any(cells[field].value for field in _parts(claim, cells) - named)
    return False


def _parts(claim: Claim, cells: Mapping[str, object]) -> set[str]:
    """The cells that 其他 may stand for: those beside its own, or every outcome."""
    head, _, column = (claim.field or claim.sum_of[0]).rpartition(".")
    if column != "total":
        return {field for field in cells if field.startswith(f"{head}.")} - {f"{head}.total"}
    outcomes = {field for field in cells if field.startswith(f"{REQUESTS}.") and field.endswith(".total")}
    return {field for field in outcomes if field.split(".")[1] not in _STOCKS}
