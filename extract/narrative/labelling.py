"""Sentence texts → labels with confidence, by the ONNX classifier."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from extract.artifacts import load_session
from extract.narrative.ngrams import sentence_features
from extract.records import Label
from extract.rules import load_rules

LISTED = 0.95
"""Confidence of a label that a listing lead-in gives: it follows from the labelling guide, few cases are on record."""
MODEL = "sentence-classifier"
LABELS = (Label.PROBLEM, Label.MEASURE, Label.STATISTIC, Label.OTHER)
"""The columns of the model's output."""


def label_sentences(
    texts: Sequence[str], sections: Sequence[int], topics: Sequence[str] | None = None
) -> list[tuple[Label, float]]:
    """Label and probability of each sentence of a narrative, in order.

    Raises: ModelError where the classifier is missing or damaged."""
    if not texts:
        return []
    features = sentence_features(texts, sections, topics)
    (probabilities,) = load_session(MODEL).run(None, {"features": features})  # (n_sentences, n_labels)
    best = probabilities.argmax(axis=1)
    read = [(LABELS[column], float(row[column])) for row, column in zip(probabilities, best, strict=True)]
    return [_listed_label(text) or label for text, label in zip(texts, read, strict=True)]


@cache
def _announced_patterns() -> tuple[tuple[Label, re.Pattern[str]], ...]:
    entries: dict[str, Any] = load_rules("narrative.toml")["announced"]
    return tuple((Label(name), re.compile(pattern)) for name, pattern in entries.items())


def _listed_label(text: str) -> tuple[Label, float] | None:
    """What a lead-in announces and then lists in the same sentence; None for any other sentence."""
    plain = re.sub(r"\s", "", text)
    return next(((label, LISTED) for label, pattern in _announced_patterns() if pattern.search(plain)), None)
