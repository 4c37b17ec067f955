"""Sentences of a report against the truth: which carries which, and the labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.records import Report, Sentence
from training.evaluation.texts import ALIKE, plain_text, similarity
from training.evaluation.truth import Entry, Truth

Matches = Mapping[int, list[int]]
"""Index of a sentence of the truth → indexes of the read sentences that carry it."""

_PIECE = 0.9  # similarity of a piece to its place in the whole, where sentences were cut finer or coarser
_SHORTEST_PIECE = 4


@dataclass(frozen=True, slots=True)
class SentenceOutcome:
    """`labels` are (wanted, given), given None where the sentence was not found; `homes` read id → ids of the truth."""

    labels: tuple[tuple[str, str | None], ...]
    homes: Mapping[str, frozenset[str]]
    found: int


def judge_sentences(truth: Truth, report: Report | None) -> SentenceOutcome:
    """Labels of the sentences of the truth; a label that the truth tolerates leaves the count."""
    read = report.sentences if report else ()
    matches = match_sentences(truth.sentences, read)
    pairs = []
    for place, entry in enumerate(truth.sentences):
        label = _common_label([read[other] for other in matches.get(place, [])])
        if label == entry["label"] or label not in entry.get("label_ok", ()):
            pairs.append((str(entry["label"]), label))
    homes: dict[str, set[str]] = {}
    for place, others in matches.items():
        for other in others:
            homes.setdefault(read[other].id, set()).add(truth.sentences[place]["id"])
    return SentenceOutcome(tuple(pairs), {name: frozenset(ids) for name, ids in homes.items()}, len(matches))


def _common_label(carriers: Sequence[Sentence]) -> str | None:
    weight: Counter[str] = Counter()
    for sentence in carriers:
        weight[sentence.label.value] += len(plain_text(sentence.text)) or 1
    return weight.most_common(1)[0][0] if weight else None


def match_sentences(wanted: Sequence[Entry], read: Sequence[Sentence]) -> Matches:
    """Equal texts first, then the most alike, then pieces of a sentence that was cut finer or coarser."""
    texts = [plain_text(entry["text"]) for entry in wanted]
    others = [plain_text(sentence.text) for sentence in read]
    matches: dict[int, list[int]] = {}
    free = _match_equal(texts, others, matches)
    _match_alike(texts, others, matches, free)
    _match_pieces(texts, others, matches, free)
    return matches


def _match_equal(texts: list[str], others: list[str], matches: dict[int, list[int]]) -> set[int]:
    places: dict[str, list[int]] = {}
    for other, text in enumerate(others):
        places.setdefault(text, []).append(other)
    for place, text in enumerate(texts):
        if text and places.get(text):
            matches[place] = [places[text].pop(0)]
    return set(range(len(others))) - {other for found in matches.values() for other in found}


def _match_alike(texts: list[str], others: list[str], matches: dict[int, list[int]], free: set[int]) -> None:
    ranked = sorted(
        (-similarity(texts[place], others[other]), place, other)
        for place in range(len(texts))
        if place not in matches
        for other in sorted(free)
    )
    for score, place, other in ranked:
        if -score > ALIKE and place not in matches and other in free:
            matches[place] = [other]
            free.discard(other)


def _match_pieces(texts: list[str], others: list[str], matches: dict[int, list[int]], free: set[int]) -> None:
    for place, text in enumerate(texts):
        if place in matches or not text:
            continue
        pieces = [other for other in sorted(free) if _is_piece(others[other], text)]
        wholes = [other for other in sorted(free) if _is_piece(text, others[other])]
        if sum(len(others[other]) for other in pieces) >= ALIKE * len(text):
            matches[place] = pieces
            free.difference_update(pieces)
        elif wholes:
            matches[place] = wholes[:1]  # stays free: it may carry the next sentence as well


def _is_piece(piece: str, whole: str) -> bool:
    from rapidfuzz import fuzz

    if not _SHORTEST_PIECE <= len(piece) <= len(whole):
        return False
    return piece in whole or fuzz.partial_ratio(piece, whole, score_cutoff=100 * _PIECE) > 0
