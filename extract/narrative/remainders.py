"""其他 at the end of a list that is not complete: the remainder of its whole, and no cell named 其他.

Nor is a number that adds up several things the last one's (加上部分公开共29件), nor one of a wider whole the agency's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from extract.narrative.likely import is_evident_slip
from extract.narrative.missing import find_missing_numbers
from extract.narrative.numbers import CLAIMS_FILE
from extract.narrative.shown import claim_fields
from extract.narrative.targets import REQUESTS
from extract.quick import replace
from extract.records import Cells, Claim, Sentence, Verdict
from extract.rules import load_rules

_GROUPS = ("denied", "unavailable", "not_processed")  # of outcomes, whose rows a list may not name all
_OTHERS = (".other_organisation", ".other")  # cells of which 其他 and 其余 are no sure names
_STOCKS = ("received", "carried_in", "handled", "carried_out")  # rows of table 3 that are no outcome


def leave_remainders(sentences: Sequence[Sentence], claims: Iterable[Claim], cells: Cells) -> Iterator[Claim]:
    """The claims; 复议9件，其中维持5件，其他4件 does not contradict the cell 其他结果 where 纠正 is not listed."""
    texts = {sentence.id: sentence.text for sentence in sentences}
    before: list[Claim] = []
    known = list(claims)
    for claim in known:
        if before and before[-1].sentence != claim.sentence:
            before = []
        if claim.verdict is Verdict.CONTRADICTED and _is_other(claim, before, known, texts[claim.sentence], cells):
            claim = replace(claim, verdict=Verdict.UNVERIFIABLE, certain=False)
        before.append(claim)
        yield claim


def _is_other(claim: Claim, before: Sequence[Claim], claims: Sequence[Claim], text: str, cells: Cells) -> bool:
    words = text[: claim.start].rstrip()
    if _spoils_whole(claim, before, cells):
        return False
    later = [other for other in claims if other.sentence == claim.sentence and other.start > claim.start]
    return bool(words) and (
        _is_rest(claim, before, _listed(claim, later, text), words, cells)
        or ((claim.field or "").endswith(_OTHERS) and bool(find_missing_numbers(text, text)))
        or _adds_up(claim, words, cells)
        or _is_of_more(claim, later, text, cells)
    )


def _spoils_whole(claim: Claim, before: Sequence[Claim], cells: Cells) -> bool:
    """答复24件：公开4件…信访2件、其他3件: whether its list does not add up, and with what the table shows would."""
    stocks = [(f"{REQUESTS}.{row}.total",) for row in ("received", "handled")]
    place = next((k for k, own in enumerate(before) if claim_fields(own) in stocks), len(before))
    parts = before[place + 1 :]
    if not parts or any(own.verdict is not Verdict.SUPPORTED for own in before[place:]):
        return False
    made = sum((own.value for own in parts), Decimal(0))
    shown = sum((cells[field].value or Decimal(0) for field in claim_fields(claim)), Decimal(0))
    return made + shown == before[place].value


def _listed(claim: Claim, later: Sequence[Claim], text: str) -> list[Claim]:
    """Those that go on with the list behind it, not what it holds itself: 其他结果3件，未审结1件."""
    return [
        other
        for other in later
        if other.verdict is Verdict.SUPPORTED and not re.search("[（；。]|其中", text[claim.end : other.start])
    ]


def _is_rest(claim: Claim, before: Sequence[Claim], later: Sequence[Claim], words: str, cells: Cells) -> bool:
    """Whether it is the rest of a whole; bare 其余 behind rows of a group of outcomes is the rest of that group."""
    behind = before[-1].field if before else None
    of_group = behind is not None and behind.startswith(tuple(f"{REQUESTS}.{group}." for group in _GROUPS))
    own = claim.field or "".join(claim.sum_of[:1])  # none: a share
    if of_group and own.startswith(f"{REQUESTS}.other.") and _ends("bare_rest", words):
        return True  # 其余4件按其他情形处理, too
    if claim.field and claim.field.endswith(".other_organisation") and _ends("remaining", words):
        return True  # 其余2件来自单位
    if claim.field and claim.field.endswith(_OTHERS):
        told = ([*before, *later], before)  # 除1件尚在审理外，其余9件均已审结; 除1件在审外，6件审结，5件维持
        if any(_is_unnamed(claim, beside, cells) for beside in told):
            return True
    return _ends("rest", words) and _is_remainder(claim, before, later, cells)


def _is_unnamed(claim: Claim, beside: Sequence[Claim], cells: Cells) -> bool:
    """自然人9件，商业企业0件，其他类型主体1件: whether it is of all kinds, or outcomes, that these do not name."""
    named = {field for own in beside for field in (own.field, *own.sum_of) if field}
    parts = _parts(claim, cells)
    return bool(named & parts) and claim.value == sum(cells[field].value or 0 for field in parts - named)


def _ends(name: str, words: str) -> bool:
    """Whether the words before a number end in what the rules call so."""
    return re.search(load_rules(CLAIMS_FILE)["join"][name], words) is not None


def _adds_up(claim: Claim, words: str, cells: Cells) -> bool:
    """Whether the words before the number of one cell name more things than that; one slip from it is that cell's."""
    if claim.field is None or not _ends("together", words):
        return False
    return not is_evident_slip(claim.value, cells[claim.field].value or Decimal(0))


def _is_of_more(claim: Claim, later: Sequence[Claim], text: str, cells: Cells) -> bool:
    """复议案件8件，涉及我局1件: whether a smaller number behind is the own one, and what its cells show."""
    shown = sum((cells[field].value or Decimal(0) for field in (claim.field, *claim.sum_of) if field), Decimal(0))
    return any(
        other.value == shown < claim.value and _ends("own_part", text[: other.start].rstrip()) for other in later
    )


def _is_remainder(claim: Claim, before: Sequence[Claim], later: Sequence[Claim], cells: Cells) -> bool:
    """Whether an earlier number is what those behind it make together, and a part that is not 0 is not among them."""
    before = [own for own in before if own.unit == claim.unit]  # no share: 予以公开的占25%，为17件
    made = claim.value
    for k in range(len(before) - 1, 0, -1):
        made += before[k].value
        if before[k - 1].value == made and not _is_beside(before[k - 1], (*before[k:], claim), _parts(claim, cells)):
            named = {field for own in (*before[k:], claim, *later) for field in claim_fields(own)}
            return any(cells[field].value for field in _parts(claim, cells) - named)
    return False


def _is_beside(whole: Claim, listed: Sequence[Claim], parts: set[str]) -> bool:
    """无法提供2件，不予处理1件，其他处理1件: by chance a number is the sum of those behind it, one list with it."""
    own = set(claim_fields(whole))
    return bool(own) and own <= parts and all(own.isdisjoint(claim_fields(other)) for other in listed)


def _parts(claim: Claim, cells: Mapping[str, object]) -> set[str]:
    """The cells that 其他 may stand for: those beside its own, or every outcome."""
    head, _, column = (claim.field or claim.sum_of[0]).rpartition(".")
    if column != "total":
        return {field for field in cells if field.startswith(f"{head}.")} - {f"{head}.total"}
    outcomes = {field for field in cells if field.startswith(f"{REQUESTS}.") and field.endswith(".total")}
    return {field for field in outcomes if field.split(".")[1] not in _STOCKS}
