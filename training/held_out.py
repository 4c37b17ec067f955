"""Which authors are held out together: a model is measured on those that it saw nothing of."""

from __future__ import annotations

from collections.abc import Sequence

FOLDS = 6


def deal_batches(batches: Sequence[str]) -> list[frozenset[str]]:
    """The batches in FOLDS groups, each to be held out in turn; none where there are too few of them."""
    names = sorted({*batches})
    folds = min(FOLDS, len(names))
    return [frozenset(names[fold::folds]) for fold in range(folds)] if folds > 1 else []
