"""Analyses → Claim records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from extract.narrative.analysis import Analysis, analyse_sentences
from extract.narrative.none_words import NoneWord
from extract.narrative.plainness import is_plain_statement, read_words
from extract.narrative.scopes import is_other_agency, is_wider
from extract.narrative.spoken import Bound
from extract.records import Claim, Label, Qualifier, Sentence
from extract.rules import load_rules

_CONFIDENCE = {"certain": 0.97, "bound": 0.8, "free": 0.9}


def make_claims(sentences: tuple[Sentence, ...], agency: str | None, year: int | None) -> tuple[Claim, ...]:
    """The claims of all sentences, in order of appearance, without verdicts."""
    scoped = is_government(agency)
    most = load_rules("claims.toml")["numbers"]["most"]
    claims: list[Claim] = []
    for sentence, analysis in zip(sentences, analyse_sentences(sentences, year), strict=True):
        doubtful = sentence.label is not Label.STATISTIC and sum(1 for bound in analysis.bounds if bound.fields) < 2
        made = sorted(_claims_of(sentence, analysis, scoped, agency), key=lambda claim: claim.start)
        made = [replace(claim, certain=claim.certain and not doubtful) for claim in made]
        claims += [replace(claim, id=f"c{len(claims) + number:03d}") for number, claim in enumerate(made, 1)]
        if len(claims) > most:
            break
    return tuple(claims)


def is_government(agency: str | None) -> bool:
    """True where the agency reports for a whole district, so that 本级 may mean less than its tables."""
    words = load_rules("claims.toml")["scope"]["governments"]
    return agency is None or agency.endswith(tuple(words))


def _claims_of(sentence: Sentence, analysis: Analysis, scoped: bool, agency: str | None) -> Iterator[Claim]:
    made = [
        (_number_claim(sentence, analysis, bound, scoped), bound.number.start, bound.number.start)
        for bound in analysis.bounds
    ]
    made += [(_none_claim(sentence, analysis, word, scoped), word.start, word.end) for word in analysis.none_words]
    if not any(claim.certain for claim, _, _ in made):
        yield from (claim for claim, _, _ in made)
        return
    counted = ((bound.number.start, bound.number.end) for bound in analysis.bounds)
    words = read_words(analysis.plain.text, analysis.mentions, counted)
    for claim, start, end in made:
        sure = is_plain_statement(words, start, agency) and not is_other_agency(words.text, end, agency)
        wider = not scoped and is_wider(words.text, start)
        yield claim if sure and not wider else _withdraw(claim)


def _withdraw(claim: Claim) -> Claim:
    """The claim as one that may mean other cells."""
    return claim if not claim.certain else replace(claim, certain=False, confidence=_CONFIDENCE["bound"])


def _number_claim(sentence: Sentence, analysis: Analysis, bound: Bound, scoped: bool) -> Claim:
    number = bound.number
    start, end = analysis.plain.printed_span(number.start, number.end)
    certain = bound.certain and not (scoped and bound.scoped)
    bare = Claim(
        "", sentence.id, sentence.text[start:end], start, end, number.value, number.unit, number.qualifier,
        share_of=bound.share_of, certain=certain, note="loose" if bound.loose else "",
    )  # fmt: skip
    return _with_fields(bare, bound.fields)


def _none_claim(sentence: Sentence, analysis: Analysis, word: NoneWord, scoped: bool) -> Claim:
    start, end = analysis.plain.printed_span(word.start, word.end)
    certain = word.certain and not (scoped and word.scoped)
    text = sentence.text[start:end]
    bare = Claim(
        "", sentence.id, text, start, end, Decimal(0), word.unit, Qualifier.EXACT, certain=certain, note="none"
    )
    return _with_fields(bare, word.fields)


def _with_fields(claim: Claim, fields: tuple[str, ...]) -> Claim:
    kind = "certain" if claim.certain else "bound" if fields else "free"
    field = fields[0] if len(fields) == 1 else None
    sum_of = fields if len(fields) > 1 else ()
    return replace(
        claim,
        field=field,
        sum_of=sum_of,
        confidence=_CONFIDENCE[kind],
        certain=claim.certain and bool(fields or claim.share_of),
    )
