"""T005 for clauses in words of clerks' own: a model says whether they state what their words may mean.

Only where the cells deny one of its meanings is a clause asked about. The likeliest meaning is accused alone: where
that is borne out, no other is told. The cells themselves are not looked at by the model.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.artifacts import load_session
from extract.narrative.all_words import AllWord
from extract.narrative.analysis import Analysis, analyse_sentences, is_damaged
from extract.narrative.aside import is_elsewhere
from extract.narrative.asked import Asked, judging_rules, list_asked
from extract.narrative.described import describe
from extract.narrative.wordings import deny_fields, is_denied, to_discrepancy
from extract.records import Cells, Claim, Discrepancy, Sentence, Verdict

MODEL = "wording-meaning"


def least_odds() -> float:
    """The log-odds from which on a meaning is taken for stated."""
    return float(judging_rules()["least"])


def find_meant(
    sentences: tuple[Sentence, ...], claims: Sequence[Claim], cells: Cells, year: int | None, agency: str | None
) -> list[Discrepancy]:
    """One T005 for each clause that states what the cells deny, in words that nothing else has understood.

    Raises: ModelError where the model is missing or damaged.
    """
    analyses = analyse_sentences(sentences, year)
    if is_damaged(sentences, analyses):  # 接受群众没诉: a worn character may have made the word for none
        return []
    found = []
    for place, sentence in enumerate(sentences):
        asked = list_asked(analyses, sentences, place, year)
        if not any(is_denied(own.candidate.word, cells) for own in asked):
            continue
        asked = [own for own in asked if not is_elsewhere(own, year, agency) and not _is_doubted(own, analyses[place])]
        if any(is_denied(own.candidate.word, cells) for own in asked):
            own_claims = [claim for claim in claims if claim.sentence == sentence.id]
            found += [
                to_discrepancy(own.candidate.word, sentence, analyses[place], cells)
                for own, odds in _pick(asked)
                if odds >= _least(own, analyses[place], own_claims)
                and is_denied(own.candidate.word, cells)
                and not _is_told(own.candidate.word, own_claims, cells)
            ]
    return found


def _least(asked: Asked, analysis: Analysis, claims: Sequence[Claim]) -> float:
    """The log-odds that it takes: more where the grammar has read the words otherwise."""
    read = _is_understood(asked, analysis, claims)
    return float(judging_rules()["least_if_read"]) if read else least_odds()


def _pick(asked: Sequence[Asked]) -> Iterator[tuple[Asked, float]]:
    """Of what each word for none or all may say the likeliest, with its log-odds."""
    best: dict[tuple[int, int], tuple[Asked, float]] = {}
    for own, odds in zip(asked, judge([describe(own) for own in asked]), strict=True):
        word = own.candidate.quantifier.start, own.candidate.quantifier.end
        if word not in best or odds > best[word][1]:
            best[word] = own, odds
    yield from best.values()


def judge(described: Sequence[Sequence[float]]) -> list[float]:
    """The log-odds that each candidate is stated."""
    import numpy as np

    (logits,) = load_session(MODEL).run(None, {"candidates": np.array(described, dtype=np.float32)})  # (n_candidates,)
    return [float(value) for value in logits]


def _is_doubted(asked: Asked, analysis: Analysis) -> bool:
    """Whether the grammar has read a word for none in the piece, and found reason to doubt it."""
    start, end = asked.pieces[asked.candidate.place]
    return any(word.start < end and start < word.end and not word.certain for word in analysis.none_words)


def _is_understood(asked: Asked, analysis: Analysis, claims: Sequence[Claim]) -> bool:
    """Whether the grammar has read the words for none or all in the piece, and judged them."""
    start, end = asked.pieces[asked.candidate.place]
    first, last = analysis.plain.printed_span(start, end)
    judged = (Verdict.SUPPORTED, Verdict.CONTRADICTED)
    nones = [claim for claim in claims if claim.note == "none" and claim.verdict in judged]
    return any(first <= claim.start < last for claim in nones) or any(
        word.start < end and start < word.end for word in analysis.all_words
    )


def _is_told(word: AllWord, claims: Sequence[Claim], cells: Cells) -> bool:
    """Whether the sentence itself tells what the cells have that deny the word: then the word is of something else."""
    denying = set(deny_fields(word, cells)) - {*word.part, *word.whole} if word.part else {*word.whole}
    return any(
        claim.value
        and claim.verdict is Verdict.SUPPORTED
        and ({*claim.sum_of} or {claim.field or ""}) <= denying
        and not (word.part and claim.field and claim.field.endswith(".total") and "received" in claim.field)
        for claim in claims
    )
