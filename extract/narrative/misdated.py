"""D001 by numbers: a sentence gives this year's figures under another year; no D001 where they are that year's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from extract.narrative.making import make_claims
from extract.narrative.shown import claim_fields
from extract.narrative.verdicts import judge_claim
from extract.quick import replace
from extract.records import Cells, Claim, Deviation, Discrepancy, Narrative, Qualifier, Sentence, Verdict
from extract.rules import load_rules

_CONTEXT = 3  # sentences that tell what the next one is about
_COUNT = re.compile("[件份]")
_YEAR = re.compile(r"(20\d\d)(?<!\d{5})(?=年)")  # it begins with what Python looks for at once


def settle_years(
    deviations: Sequence[Deviation], narrative: Narrative, cells: Cells, *, agency: str | None, year: int
) -> tuple[Deviation, ...]:
    """The deviations: a D001 about a sentence with figures stays, or is added, where the tables show those figures."""
    settled = list(deviations)
    for place, sentence in enumerate(narrative.sentences):
        if "年" not in sentence.text:
            continue
        printed, text = sentence.text.strip(), "".join(sentence.text.split())
        if not _has_other_year(text, year):
            continue
        named = [item for item in settled if item.code == "D001" and item.found == printed]
        if not named and (_is_compared(text) or not _COUNT.search(text)):
            continue
        dated = replace(sentence, text=_YEAR.sub(str(year), text))
        before = narrative.sentences[max(0, place - _CONTEXT) : place]
        claims = _read_cells((*before, dated), agency, year)
        counted = [claim for claim in claims if claim.note != "none"]
        told = bool(counted) or re.search(_rules()["refers"], text) is not None
        past = _is_past(text, counted, narrative)
        chance = bool(counted) and not _tell(counted) and not re.search(_rules()["refers"], text)
        if named and claims and (past or chance or not (told and _fit(claims, cells))):
            settled = [item for item in settled if item not in named]
        elif not named and not past and counted and _fit(counted, cells) and _tell(counted):
            settled.append(Deviation("D001", printed, f"{year}年", page=sentence.page))
    return tuple(settled)


def leave_open_years(
    claims: Sequence[Claim], discrepancies: Sequence[Discrepancy], narrative: Narrative, years: frozenset[int]
) -> tuple[tuple[Claim, ...], tuple[Discrepancy, ...]]:
    """Both without the contradictions of sentences that name one of these years, any of which may be the report's."""
    named = {
        sentence.id
        for sentence in narrative.sentences
        if years and not years.isdisjoint(map(int, _YEAR.findall("".join(sentence.text.split()))))
    }
    settled = (
        replace(claim, verdict=Verdict.UNVERIFIABLE)
        if claim.sentence in named and claim.verdict is Verdict.CONTRADICTED
        else claim
        for claim in claims
    )
    return tuple(settled), tuple(
        item for item in discrepancies if item.code == "T004" or named.isdisjoint(item.sentences)
    )


def _has_other_year(text: str, year: int) -> bool:
    """Whether the only year that the sentence names is not the report's and stands in no bracket."""
    found = list(_YEAR.finditer(text))
    years = {match[1] for match in found}
    if len(years) != 1 or str(year) in years:
        return False
    before = text[: found[0].start()]
    bracketed = max(map(before.rfind, "（(")) > max(map(before.rfind, "）)"))
    return not bracketed


@cache
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = load_rules("claims.toml")["misdated"]
    return rules


def _is_compared(text: str) -> bool:
    """Whether a word sets the year beside another, so that it may well be another one."""
    return re.search(_rules()["compared"], re.sub(_rules()["carried"], "", text)) is not None


def _is_past(text: str, counted: Sequence[Claim], narrative: Narrative) -> bool:
    """2023年全年收到申请16件 where another sentence says the same of this year: by chance there were as many."""
    if len(counted) > 1 or re.search(_rules()["refers"], text):
        return False  # two numbers do not agree by chance
    own = {(claim.field, claim.value) for claim in counted}
    return any((claim.field, claim.value) in own and claim.field for claim in narrative.claims)


def _read_cells(sentences: tuple[Sentence, ...], agency: str | None, year: int) -> list[Claim]:
    """The counts of cells that the last of the sentences states, and that there were none."""
    own = [claim for claim in make_claims(sentences, agency, year) if claim.sentence == sentences[-1].id]
    return [claim for claim in own if claim_fields(claim) and not claim.share_of]


def _fit(claims: Sequence[Claim], cells: Cells) -> bool:
    return all(judge_claim(claim, (), cells).verdict is Verdict.SUPPORTED for claim in claims)


def _tell(claims: Sequence[Claim]) -> bool:
    """Whether figures of another year could not fit by chance; what is in force is the work of many years."""
    told = [
        claim
        for claim in claims
        if claim.qualifier is Qualifier.EXACT and not any(field.endswith(".in_force") for field in claim_fields(claim))
    ]
    return sum(int(claim.value) for claim in told) >= _rules()["least"] and any(
        not any(".carried_" in field for field in claim_fields(claim)) for claim in told
    )
