"""The figures by which models and pipeline are judged: ratios, calibration, risk and coverage, upper bounds.

A point is (confidence 0..1, outcome 0 or 1).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

Point = tuple[float, float]

BINS = 15
LEVEL = 0.95
ROUNDS = 1_000


@dataclass(frozen=True, slots=True)
class Retrieval:
    """How many were wanted and found again, how many reported and right."""

    expected: int = 0
    found: int = 0
    reported: int = 0
    right: int = 0

    def __add__(self, other: Retrieval) -> Retrieval:
        return Retrieval(
            self.expected + other.expected,
            self.found + other.found,
            self.reported + other.reported,
            self.right + other.right,
        )

    @property
    def precision(self) -> float | None:
        return ratio(self.right, self.reported)

    @property
    def recall(self) -> float | None:
        return ratio(self.found, self.expected)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None where nothing was wanted and nothing reported."""
        if not self.expected and not self.reported:
            return None
        precision, recall = self.precision or 0.0, self.recall or 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def ratio(part: float, whole: float) -> float | None:
    """part / whole, None where there is no whole."""
    return part / whole if whole else None


def share(outcomes: Iterable[bool]) -> float | None:
    """The share of True, None where there is none to count."""
    known = list(outcomes)
    return ratio(sum(known), len(known))


def pooled_ties(points: Iterable[Point]) -> list[Point]:
    """The points by rising confidence; equal confidences share their mean outcome, so that order does not matter."""
    groups: dict[float, list[float]] = defaultdict(list)
    for confidence, outcome in points:
        groups[min(1.0, max(0.0, confidence))].append(outcome)
    pooled: list[Point] = []
    for confidence in sorted(groups):
        outcomes = groups[confidence]
        pooled += [(confidence, sum(outcomes) / len(outcomes))] * len(outcomes)
    return pooled


def expected_calibration_error(points: Iterable[Point], *, bins: int = BINS) -> float | None:
    """Mean distance of confidence and outcome over bins of equal mass, 0..1.

    Source: Nguyen and O'Connor 2015, adaptive binning.
    """
    pooled = pooled_ties(points)
    count, error = len(pooled), 0.0
    for place in range(bins):
        part = pooled[place * count // bins : (place + 1) * count // bins]
        error += abs(sum(confidence - outcome for confidence, outcome in part))
    return ratio(error, count)


def brier_score(points: Iterable[Point]) -> float | None:
    """Mean squared distance of confidence and outcome, 0..1."""
    known = list(points)
    return ratio(sum((confidence - outcome) ** 2 for confidence, outcome in known), len(known))


def risk_coverage_area(points: Iterable[Point]) -> float | None:
    """Area under the error of the k surest points over k, 0..1; 0 where the wrong ones are none.

    Source: Geifman and El-Yaniv 2017.
    """
    pooled = pooled_ties(points)
    errors, area = 0.0, 0.0
    for count, (_, outcome) in enumerate(reversed(pooled), 1):
        errors += 1 - outcome
        area += errors / count
    return ratio(area, len(pooled))


def macro_f1(pairs: Sequence[tuple[Hashable, Hashable]]) -> tuple[dict[Hashable, float], float | None]:
    """F1 per class that occurs among the wanted ones, and their mean; a pair is (wanted, given)."""
    f1: dict[Hashable, float] = {}
    for label in dict.fromkeys(wanted for wanted, _ in pairs):
        right = sum(wanted == given == label for wanted, given in pairs)
        total = sum((wanted == label) + (given == label) for wanted, given in pairs)
        f1[label] = 2 * right / total
    return f1, ratio(sum(f1.values()), len(f1))


def upper_bound(groups: Sequence[tuple[int, int]]) -> float | None:
    """The error rate that the true one stays below with 95 % confidence; a group is (wrong, all) of one document.

    The larger of two: of documents drawn anew (the bootstrap), since the fields of one report stand or fall together;
    and Poisson's over fields, since no wrong field among few is no proof.
    """
    import numpy as np

    counts = np.asarray(groups, dtype=np.float64).reshape(-1, 2)  # (n, 2)
    counts = counts[counts[:, 1] > 0]
    wrong, total = counts.sum(axis=0)
    if not total:
        return None
    draws = np.random.default_rng(0).multinomial(len(counts), np.full(len(counts), 1 / len(counts)), size=ROUNDS)
    sums = draws @ counts  # (ROUNDS, 2)
    again = float(np.quantile(sums[:, 0] / sums[:, 1], LEVEL))
    alone = poisson_bound(int(wrong)) / float(total)
    return min(1.0, max(again, alone))


def paired_difference(new: Any, old: Any) -> tuple[float, float]:
    """The ends (90 %, so each is passed with 5 %) of the difference of two shares of the same documents, drawn anew.

    `new` and `old` are (part, whole) of each document, shape (n_documents, 2); the same documents are drawn for both.
    """
    import numpy as np

    draws = np.random.default_rng(0).multinomial(len(new), np.full(len(new), 1 / len(new)), size=ROUNDS)
    first, second = draws @ new, draws @ old  # (ROUNDS, 2) each
    gaps = first[:, 0] / np.maximum(1, first[:, 1]) - second[:, 0] / np.maximum(1, second[:, 1])
    low, high = np.quantile(gaps, (1 - LEVEL, LEVEL))
    return float(low), float(high)


def poisson_bound(count: int) -> float:
    """The mean under which so few as `count` would come with a probability of 5 % only; about 3 where none came."""
    import numpy as np

    numbers = np.arange(count + 1)
    factorials = np.cumsum(np.log(np.maximum(numbers, 1)))
    low, high = float(count), count + 4 * sqrt(count + 1)
    for _ in range(60):  # halvings: to the last digits of a float
        middle = (low + high) / 2
        if np.exp(numbers * np.log(middle) - middle - factorials).sum() > 1 - LEVEL:
            low = middle
        else:
            high = middle
    return high
