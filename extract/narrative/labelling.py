"""Sentence texts → labels with confidence, by the ONNX classifier."""

from __future__ import annotations

from collections.abc import Sequence

from extract.artifacts import load_session
from extract.narrative.ngrams import sentence_features
from extract.records import Label

MODEL = "sentence-classifier"
LABELS = (Label.PROBLEM, Label.MEASURE, Label.STATISTIC, Label.OTHER)
"""The columns of the model's output."""


def label_sentences(texts: Sequence[str], sections: Sequence[int]) -> list[tuple[Label, float]]:
    """Label and probability of each sentence. Raises: ModelError where the classifier is missing or damaged."""
    if not texts:
        return []
    features = sentence_features(texts, sections)
    (probabilities,) = load_session(MODEL).run(None, {"features": features})  # (n_sentences, n_labels)
    best = probabilities.argmax(axis=1)
    return [(LABELS[column], float(row[column])) for row, column in zip(probabilities, best, strict=True)]
