"""Chooses, row by row, among the ways to lay cells over columns; sums and prose only decide between candidates.

A value is never changed: every candidate was printed so. Where candidates stay close, the cell's margin is small and
its confidence with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from extract.reading.joint import join_readings
from extract.reading.layout import row_to_cells
from extract.reading.misplaced import Values, open_misplaced, sum_gap
from extract.reading.moved import open_moved
from extract.reading.together import open_together
from extract.records import CandidateRow, Cells, ParsedCell, Placement
from extract.rules import LinearRule, layout_limits

_PASSES = 3


def read_cells(
    rows: Sequence[CandidateRow], rules: Sequence[LinearRule], claims: Mapping[str, Sequence[Decimal]]
) -> Cells:
    """Every field of the rows. `claims` are the values that the prose states of a field."""
    chosen, costs, values = _choose_layouts(rows, rules, claims)
    cells: Cells = {
        field: cell
        for k, row in enumerate(rows)
        for field, cell in row_to_cells(row, chosen[k], costs.get(k, [0.0])).items()
    }
    cells = open_together(open_misplaced(cells, rows, chosen, rules, values), rows, chosen, rules, values)
    cells = open_moved(cells, rows, rules, values)
    return join_readings(cells, rules, claims)


def _choose_layouts(
    rows: Sequence[CandidateRow], rules: Sequence[LinearRule], claims: Mapping[str, Sequence[Decimal]]
) -> tuple[list[int], dict[int, list[float]], Values]:
    """(The placement of each row; row → the costs of its placements, where it has several; what each field holds).

    Rows are chosen in turn, the others as they stand, until none moves.
    """
    chosen = [0] * len(rows)
    values: Values = {}
    for row in rows:
        values.update(_lay(row, 0))
    open_rows = [k for k, row in enumerate(rows) if len(row.placements) > 1]
    by_field: dict[str, list[LinearRule]] = {}
    for rule in rules if open_rows else ():
        for field in rule.fields:
            by_field.setdefault(field, []).append(rule)
    costs_of: dict[int, list[float]] = {}
    for _ in range(_PASSES):
        moved = False
        for k in open_rows:
            costs = costs_of[k] = _costs(rows[k], values, by_field, claims)
            best = min(range(len(costs)), key=costs.__getitem__)
            if costs[best] < costs[chosen[k]]:
                chosen[k], moved = best, True
            values.update(_lay(rows[k], chosen[k]))
        if not moved:  # the costs are those beside the layouts that stay
            break
    else:
        for k in open_rows:
            costs_of[k] = _costs(rows[k], values, by_field, claims)
            values.update(_lay(rows[k], chosen[k]))
    return chosen, costs_of, values


def _lay(row: CandidateRow, choice: int) -> Values:
    if not row.placements:
        return dict.fromkeys(row.field_ids)
    return dict(zip(row.field_ids, row.placements[choice].cells, strict=True))


def _costs(
    row: CandidateRow,
    values: Values,
    by_field: Mapping[str, Sequence[LinearRule]],
    claims: Mapping[str, Sequence[Decimal]],
) -> list[float]:
    """Cost of each placement of the row, the others as chosen. Leaves `values` at the last placement."""
    touched = {rule.id: rule for field in row.field_ids for rule in by_field.get(field, ())}
    inside = {rule.id for rule in touched.values() if set(rule.fields) <= set(row.field_ids)}
    stated = [(field, claims[field]) for field in row.field_ids if field in claims]
    places = {
        rule.id: [k for k, field in enumerate(row.field_ids) if field in rule.fields] for rule in touched.values()
    }
    known: dict[tuple[object, ...], bool] = {}

    def fails(rule: LinearRule, placement: Placement) -> bool:
        """Asked once for the same cells of the row: most placements share those of a column."""
        key = (rule.id, *[id(placement.cells[k]) for k in places[rule.id]])
        if key not in known:
            known[key] = bool(sum_gap(rule, values))
        return known[key]

    costs, limits = [], layout_limits()
    for choice, placement in enumerate(row.placements):
        values.update(_lay(row, choice))
        failed = [rule for rule in touched.values() if fails(rule, placement)]
        own = sum(1 for rule in failed if rule.id in inside)
        denied = sum(1 for field, numbers in stated if _denied(values[field], numbers))
        broken = limits.rule_weight * len(failed) + limits.own_sum * own
        costs.append(placement.cost + broken + limits.claim_weight * denied)
    return costs


def _denied(cell: ParsedCell | None, stated: Sequence[Decimal]) -> bool:
    return bool(stated) and (cell is None or (cell.value or Decimal(0)) not in stated)
