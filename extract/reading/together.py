"""Rows with a number too many that only together may stand otherwise than each by itself was read."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extract.quick import replace
from extract.reading.misplaced import Values, sum_gap
from extract.records import CandidateRow, Cells, Placement
from extract.rules import LinearRule

_FEWEST = 2  # rows; one by itself was read as the sums ask for
_MOST = 20_000  # ways to lay the rows together, a tenth of a second; three rows have a few thousand

_Gaps = tuple[Decimal, ...]
"""By how much each sum fails that one of the rows is part of."""


def open_together(
    cells: Cells, rows: Sequence[CandidateRow], chosen: Sequence[int], rules: Sequence[LinearRule], values: Values
) -> Cells:
    """The cells, those of rows with more numbers than columns left open if laid otherwise together these break fewer
    sums: rows were laid in turn, and where it takes two to mend a sum neither moved.
    """
    crowded = [k for k, row in enumerate(rows) if row.printed > row.expected and len(row.placements) > 1]
    if len(crowded) < _FEWEST:
        return cells
    fields = {field for k in crowded for field in rows[k].field_ids}
    own = [rule for rule in rules if not fields.isdisjoint(rule.fields)]
    now = _gaps(own, values)
    ways: dict[_Gaps, frozenset[int]] = {now: frozenset()}  # → the rows that are laid otherwise
    for k in crowded if any(now) else ():
        steps = _steps(rows[k], chosen[k], own, values)
        if len(ways) * len(steps) > _MOST:
            break
        for gaps, moved in list(ways.items()):
            for step in steps:
                ways.setdefault(tuple(map(Decimal.__add__, gaps, step)), moved | {k})
    better = [moved for gaps, moved in ways.items() if sum(map(bool, gaps)) < sum(map(bool, now))]
    opened = {field for moved in better for k in moved for field in rows[k].field_ids}
    return {
        field: replace(cell, scores={**cell.scores, "open_gap": 1.0}) if field in opened else cell
        for field, cell in cells.items()
    }


def _steps(row: CandidateRow, choice: int, rules: Sequence[LinearRule], values: Values) -> set[_Gaps]:
    """What each of the row's other placements adds to the gaps."""
    now = _gaps(rules, values)
    laid = (_gaps(rules, {**values, **_lay(row, placement)}) for placement in row.placements)
    return {tuple(map(Decimal.__sub__, gaps, now)) for k, gaps in enumerate(laid) if k != choice}


def _gaps(rules: Sequence[LinearRule], values: Values) -> _Gaps:
    return tuple(sum_gap(rule, values) or Decimal(0) for rule in rules)


def _lay(row: CandidateRow, placement: Placement) -> Values:
    return dict(zip(row.field_ids, placement.cells, strict=True))
