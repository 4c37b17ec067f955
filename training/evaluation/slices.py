"""Slices of labelled documents (families, tables, all) → their figures with intervals, and the curves of confidence.

Documents are drawn anew, never fields: the fields of one report stand or fall together. Source: Efron 1979.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from training.evaluation.document import DocumentOutcome
from training.evaluation.fields import FieldOutcome
from training.metrics import BINS, LEVEL, upper_bound

TABLES = ("disclosure", "requests", "challenges")
_ROUNDS = 1_000  # of the bootstrap of shares
_ROUNDS_OF_CURVES = 200  # the fields are put together anew in each
_GRID = 100  # places of a risk-coverage curve
_TAILS = ((1 - LEVEL) / 2, (1 + LEVEL) / 2)

Interval = tuple[float, float]
"""Low and high end, 95 %."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its interval; None where there was nothing to measure."""

    value: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Bin:
    """One of the bins of equal mass, by rising confidence: mean confidence, share right with its interval, fields."""

    confidence: float
    right: float
    interval: Interval
    fields: int


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the risk-coverage curve: the surest `coverage` of the fields, and the share of these that is wrong."""

    coverage: float
    risk: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class Slice:
    """Documents of one family, one table of all documents, or all. `kind` is family, table or all."""

    kind: str
    name: str
    documents: int
    fields: int
    wrong_accepted: int
    bound: float | None
    estimates: dict[str, Estimate]
    reliability: tuple[Bin, ...]
    risk_coverage: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class _Cells:
    """Fields that calibration is measured on, by rising confidence: confidence, right (0 or 1), document, (n,) each."""

    confidence: Any
    right: Any
    document: Any


def measure_slices(outcomes: Sequence[DocumentOutcome]) -> tuple[Slice, ...]:
    """Every family in order of name, every table, and all of it."""
    families = sorted({outcome.family for outcome in outcomes})
    own = [
        measure_slice("family", name, [outcome for outcome in outcomes if outcome.family == name]) for name in families
    ]
    tables = [measure_slice("table", name, outcomes, prefix=f"{name}.") for name in TABLES]
    return (*own, *tables, measure_slice("all", "all", outcomes))


def measure_slice(kind: str, name: str, outcomes: Sequence[DocumentOutcome], *, prefix: str = "") -> Slice:
    """The slice of those fields of the documents whose ids begin so."""
    import numpy as np

    fields = [[field for field in outcome.fields if field.field.startswith(prefix)] for outcome in outcomes]
    counts = np.array([_count(own) for own in fields], dtype=np.float64).reshape(-1, len(_RATIOS) * 2)
    cells = _sort_cells(outcomes, fields)
    accepted, wrong = counts[:, -1], counts[:, -2]
    estimates = dict(_estimate_ratios(counts)) | _estimate_curves(cells, len(outcomes))
    return Slice(
        kind,
        name,
        len(outcomes),
        sum(map(len, fields)),
        int(wrong.sum()),
        upper_bound(list(zip(wrong.tolist(), accepted.tolist(), strict=True))),
        estimates,
        tuple(_bins(cells, len(outcomes))),
        tuple(_risk_coverage(cells, len(outcomes))),
    )


_RATIOS = ("field_accuracy", "nonzero_accuracy", "coverage", "wrong_accepted_rate")


def _count(fields: Sequence[FieldOutcome]) -> tuple[int, ...]:
    """Numerator and denominator of each of _RATIOS in one document."""
    nonzero = [field.right for field in fields if field.nonzero]
    accepted = [field.right for field in fields if field.accepted]
    right = sum(field.right for field in fields)
    return (
        right,
        len(fields),
        sum(nonzero),
        len(nonzero),
        len(accepted),
        len(fields),
        accepted.count(False),
        len(accepted),
    )


def _estimate_ratios(counts: Any) -> Iterator[tuple[str, Estimate]]:
    """`counts` is (n_documents, 2 × n_ratios)."""
    sums = _draws(len(counts), _ROUNDS) @ counts  # (rounds, 2 × n_ratios)
    for place, name in enumerate(_RATIOS):
        part, whole = counts[:, 2 * place].sum(), counts[:, 2 * place + 1].sum()
        known = sums[sums[:, 2 * place + 1] > 0]
        value = float(part / whole) if whole else None
        yield name, Estimate(value, _interval(known[:, 2 * place] / known[:, 2 * place + 1]) if whole else None)


def _draws(documents: int, rounds: int) -> Any:
    """How often each document was drawn, (rounds, documents)."""
    import numpy as np

    rng = np.random.default_rng(0)
    return rng.multinomial(documents, np.full(documents, 1 / max(1, documents)), size=rounds)


def _interval(values: Any) -> Interval:
    import numpy as np

    low, high = np.quantile(values, _TAILS)
    return float(low), float(high)


def _sort_cells(outcomes: Sequence[DocumentOutcome], fields: Sequence[Sequence[FieldOutcome]]) -> _Cells:
    """Those of documents that were read, without the fields that must be reviewed."""
    import numpy as np

    rows = [
        (min(1.0, max(0.0, field.confidence)), float(field.right), document)
        for document, (outcome, own) in enumerate(zip(outcomes, fields, strict=True))
        if not outcome.cause
        for field in own
        if not field.review
    ]
    confidence, right, document = np.array(sorted(rows), dtype=np.float64).reshape(-1, 3).T
    return _Cells(confidence, right, document.astype(np.int64))


def _pool_ties(confidence: Any, right: Any) -> Any:
    """The outcomes (n,), those of one confidence replaced by their mean, so that their order does not matter."""
    import numpy as np

    group = np.concatenate([[0], np.cumsum(np.diff(confidence) > 0)])
    means = np.bincount(group, weights=right) / np.bincount(group)
    return means[group]


def calibration_figures(confidence: Any, right: Any) -> tuple[float, float, float]:
    """(ECE over bins of equal mass, Brier score, area under the risk-coverage curve) of fields by rising confidence.

    The same as the figures of `training.metrics`, on arrays (n,).
    """
    import numpy as np

    count = len(confidence)
    outcomes = _pool_ties(confidence, right)
    gaps = np.concatenate([[0.0], np.cumsum(confidence - outcomes)])
    edges = np.arange(BINS + 1) * count // BINS
    error = np.abs(np.diff(gaps[edges])).sum() / count
    area = (np.cumsum(1 - outcomes[::-1]) / np.arange(1, count + 1)).mean()
    return float(error), float(((confidence - right) ** 2).mean()), float(area)


def _again(cells: _Cells, documents: int) -> Iterator[tuple[Any, Any]]:
    """Confidence and right of the fields of documents drawn anew, still by rising confidence."""
    import numpy as np

    for drawn in _draws(documents, _ROUNDS_OF_CURVES):
        times = drawn[cells.document]
        if times.any():
            yield np.repeat(cells.confidence, times), np.repeat(cells.right, times)


def _estimate_curves(cells: _Cells, documents: int) -> dict[str, Estimate]:
    import numpy as np

    names = ("ece", "brier", "risk_coverage_area")
    if not len(cells.confidence):
        return dict.fromkeys(names, Estimate(None, None))
    values = calibration_figures(cells.confidence, cells.right)
    drawn = np.array([calibration_figures(*sample) for sample in _again(cells, documents)])  # (rounds, 3)
    return {
        name: Estimate(value, _interval(drawn[:, k])) for k, (name, value) in enumerate(zip(names, values, strict=True))
    }


def _bins(cells: _Cells, documents: int) -> Iterator[Bin]:
    import numpy as np

    draws = _draws(documents, _ROUNDS)
    for rows in np.array_split(np.arange(len(cells.confidence)), BINS):
        if not len(rows):
            continue
        counts = np.stack(
            [
                np.bincount(cells.document[rows], weights=weights, minlength=documents)
                for weights in (cells.right[rows], np.ones(len(rows)))
            ],
            axis=1,
        )  # (documents, 2)
        sums = draws @ counts
        sums = sums[sums[:, 1] > 0]
        shares = _interval(sums[:, 0] / sums[:, 1])
        yield Bin(float(cells.confidence[rows].mean()), float(cells.right[rows].mean()), shares, len(rows))


def _risk_coverage(cells: _Cells, documents: int) -> Iterator[Place]:
    import numpy as np

    if not len(cells.confidence):
        return
    grid = np.arange(1, _GRID + 1) / _GRID
    risks = _risks(cells.confidence, cells.right, grid)
    drawn = np.array([_risks(*sample, grid) for sample in _again(cells, documents)])  # (rounds, _GRID)
    for place, coverage in enumerate(grid.tolist()):
        yield Place(coverage, float(risks[place]), _interval(drawn[:, place]))


def _risks(confidence: Any, right: Any, grid: Any) -> Any:
    """Share of wrong fields among the surest, for each coverage of the grid."""
    import numpy as np

    wrong = np.cumsum(1 - _pool_ties(confidence, right)[::-1])
    covered = np.maximum(1, np.round(grid * len(wrong)).astype(np.int64))
    return wrong[covered - 1] / covered
