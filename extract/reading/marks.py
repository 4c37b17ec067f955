"""How a table marks what it does not count: a report leaves such cells empty, prints a dash or a 0, seldom in turn."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from extract.celltext import parse_cell
from extract.records import Cells, State
from extract.rules import mark_limits

_TEXTS = {"blank": "", "dash": "-", "zero": "0"}
_KINDS = tuple(_TEXTS)

Marks = Mapping[str, float]
"""blank, dash, zero → its probability in a cell, or how many cells of a table probably are that."""


def count_marks(cells: Cells) -> Mapping[str, Marks]:
    """Part of a table (`part_of`) → how many of its scanned cells probably hold each mark, and `seen_before` more.

    Source: Dempster, Laird and Rubin 1977, Maximum Likelihood from Incomplete Data via the EM Algorithm.
    """
    tables: dict[str, list[Marks]] = {}
    for field, cell in cells.items():
        if cell.readings:
            tables.setdefault(part_of(field), []).append(_marks(cell.readings))
    return {table: _count(own) for table, own in tables.items()}


def part_of(field: str) -> str:
    """The table of a field, its totals apart: they may be printed where other cells are left empty."""
    return f"{field.partition('.')[0]}.total" if field.endswith(".total") else field.partition(".")[0]


def weigh_marks(readings: Sequence[tuple[str, float]], counts: Marks) -> list[tuple[str, float]]:
    """The readings of a cell; what they say for its being empty, a dash or a 0 is shared anew, by the table's habit.

    The habit is that of the other cells: what this one adds to the `counts` is taken off. Where it is another mark than
    those that were read, or were more than hinted at, that one has what the readers leave open for it: it may stand
    there unseen.
    """
    limits, seen = mark_limits(), _marks(readings)
    weight, within = sum(seen.values()), _posterior(seen, counts)
    others = {kind: counts[kind] - weight * within[kind] for kind in _KINDS}
    untold = limits.untold * max(0.0, 1 - sum(score for _, score in readings))
    usual = max((others[kind] for kind in _KINDS if seen[kind] and seen[kind] >= untold), default=math.inf)
    unseen = [kind for kind in _KINDS if seen[kind] <= untold and others[kind] > usual + limits.more]
    own = {kind: untold if kind in unseen else seen[kind] for kind in _KINDS}
    weight, posterior = sum(own.values()), _posterior(own, others)
    kinds = [_kind(text) for text, _ in readings]
    weighed = [
        (text, score * posterior[kind] * weight / seen[kind] if kind and seen[kind] else score)
        for (text, score), kind in zip(readings, kinds, strict=True)
    ]
    return weighed + [(_TEXTS[kind], weight * posterior[kind]) for kind in unseen if not seen[kind]]


def _kind(text: str) -> str | None:
    parsed = parse_cell(text)
    names = {State.BLANK: "blank", State.DASH: "dash", State.READ: "zero" if parsed.value == 0 else None}
    return names.get(parsed.state)


def _marks(readings: Sequence[tuple[str, float]]) -> Marks:
    """The probability of each kind of mark by the readings alone."""
    sums = dict.fromkeys(_KINDS, 0.0)
    for text, score in readings:
        if kind := _kind(text):
            sums[kind] += score
    return sums


def _posterior(own: Marks, counts: Marks) -> Marks:
    """The probability of each kind where the cell holds one of them; 0 of all where the readings know none."""
    total = sum(own[kind] * counts[kind] for kind in _KINDS)
    return {kind: own[kind] * counts[kind] / total if total else 0.0 for kind in _KINDS}


def _count(marks: Sequence[Marks]) -> Marks:
    import numpy as np

    scores = np.array([[own[kind] for kind in _KINDS] for own in marks]).reshape(-1, len(_KINDS))
    scores = scores[scores.any(axis=1)]  # (n_cells, n_kinds)
    weights = scores.sum(axis=1, keepdims=True)
    limits = mark_limits()
    counts = np.full(len(_KINDS), limits.seen_before)
    for _ in range(limits.rounds):
        shares = scores * counts
        counts = limits.seen_before + (weights * shares / shares.sum(axis=1, keepdims=True)).sum(axis=0)
    return dict(zip(_KINDS, counts.tolist(), strict=True))
