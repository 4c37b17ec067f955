"""Chooses, row by row, among the ways to lay cells over columns; sums and prose only decide between candidates.

A value is never changed: every candidate was printed so. Where candidates stay close, the cell's margin is small and
its confidence with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from extract.celltext import TORN
from extract.reading.joint import join_readings
from extract.reading.recognised import readings_note, recognised_scores
from extract.records import CandidateRow, Cells, ParsedCell, Placement, ReadCell, State
from extract.rules import LinearRule

_RULE_WEIGHT = 0.6  # less than a column left empty: sums decide between close layouts, they never bend a clear one
_OWN_SUM = 0.1  # the row's own total decides where as many sums fail either way
_CLAIM_WEIGHT = 0.3
_PASSES = 3
UNREAD = 0.5  # a label that far (0..1) from its row's did not place it
_DECIDED = 1.0  # from that margin on, sums or position chose the layout clearly
_FAR = 3.0  # margins beyond that say nothing more
_ALIKE = 0.01  # a label that near (0..1) to its row's is no reason for doubt
_NOTES = {  # what had to be mended in a cell
    "blanks inside the number": "数字中间有空格",
    "a word for the sign": "以文字表示增减",
    "unit inside the cell": "格内带有单位",
    "note inside the cell": "格内带有说明",
    "characters mended to digits": "形近字符按数字读",
    "Chinese numeral": "中文数字",
    "two cells joined": "两格合为一个数",
    "mark behind the number": "数字后带有注记",
    "万 or 亿 inside the cell": "格内以万或亿计数",
}

Values = dict[str, ParsedCell | None]


def read_cells(
    rows: Sequence[CandidateRow], rules: Sequence[LinearRule], claims: Mapping[str, Sequence[Decimal]]
) -> Cells:
    """Every field of the rows. `claims` are the values that the prose states of a field."""
    chosen = [0] * len(rows)
    values: Values = {}
    for row in rows:
        values.update(_lay(row, 0))
    by_field: dict[str, list[LinearRule]] = {}
    for rule in rules:
        for field in rule.fields:
            by_field.setdefault(field, []).append(rule)
    open_rows = [k for k, row in enumerate(rows) if len(row.placements) > 1]
    for _ in range(_PASSES):
        moved = False
        for k in open_rows:
            costs = _costs(rows[k], values, by_field, claims)
            best = min(range(len(costs)), key=costs.__getitem__)
            if costs[best] < costs[chosen[k]]:
                chosen[k], moved = best, True
            values.update(_lay(rows[k], chosen[k]))
        if not moved:
            break
    cells: dict[str, ReadCell] = {}
    for k, row in enumerate(rows):
        costs = _costs(row, values, by_field, claims) if k in open_rows else [0.0]
        values.update(_lay(row, chosen[k]))
        cells.update(_to_cells(row, chosen[k], costs))
    return join_readings(_open_misplaced(cells, rows, rules, values), rules, claims)


def _open_misplaced(cells: Cells, rows: Sequence[CandidateRow], rules: Sequence[LinearRule], values: Values) -> Cells:
    """The cells, those left open whose row bears no readable label and breaks sums that would all hold if its values
    stood in other columns: what one sum has too much another lacks.
    """
    unnamed = [row for row in rows if row.aligned.strip and row.aligned.label_cost >= UNREAD]
    gaps = [(rule, gap) for rule in rules if (gap := _gap(rule, values))] if unnamed else []
    doubtful: set[str] = set()
    for row in unnamed:
        own = set(row.field_ids)
        for code in dict.fromkeys(rule.code for rule, _ in gaps):
            touching = [gap for rule, gap in gaps if rule.code == code and not own.isdisjoint(rule.fields)]
            if touching and not sum(touching):
                doubtful |= own
    opened = {"unsettled": 1.0, "row_open": 1.0}
    return {
        field: replace(cell, scores={**cell.scores, **opened}) if field in doubtful else cell
        for field, cell in cells.items()
    }


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
    costs = []
    for choice, placement in enumerate(row.placements):
        values.update(_lay(row, choice))
        failed = [rule for rule in touched.values() if _gap(rule, values)]
        own = sum(1 for rule in failed if set(rule.fields) <= set(row.field_ids))
        denied = sum(1 for field in row.field_ids if _denied(values[field], claims.get(field, ())))
        costs.append(placement.cost + _RULE_WEIGHT * len(failed) + _OWN_SUM * own + _CLAIM_WEIGHT * denied)
    return costs


def _gap(rule: LinearRule, values: Values) -> Decimal | None:
    """How much more the whole is than its parts, blanks and dashes as 0; None where a cell is missing or illegible.

    Where zeros are printed, a blank is a gap and may be what breaks the sum: that is no evidence either.
    """
    gap = Decimal(0)
    blank = zero = False
    for k, field in enumerate(rule.fields):
        cell = values.get(field)
        if cell is None or cell.state is State.ILLEGIBLE:
            return None
        if cell.value:
            gap += cell.value if k < len(rule.whole) else -cell.value
        zero = zero or cell.value == 0
        blank = blank or cell.state is State.BLANK
    return None if gap and blank and zero else gap


def _denied(cell: ParsedCell | None, stated: Sequence[Decimal]) -> bool:
    return bool(stated) and (cell is None or (cell.value or Decimal(0)) not in stated)


def _to_cells(row: CandidateRow, choice: int, costs: Sequence[float]) -> dict[str, ReadCell]:
    strip = row.aligned.strip
    if strip is None or not row.placements:
        scores = {"open_gap": float(row.aligned.contested or row.aligned.label_seen or row.leftover > 0)}
        return {field: ReadCell(field, State.MISSING, None, "", 0, 0, None, scores) for field in row.field_ids}
    placement = row.placements[choice]
    gap = _has_gap(row, placement)
    cells = {}
    shared = _row_scores(row, placement)
    for k, (field, cell) in enumerate(zip(row.field_ids, placement.cells, strict=True)):
        margin = _margin(row, choice, costs, k)
        torn = cell is not None and cell.state is State.READ and cell.quality <= TORN
        row_open = gap or torn or (row.printed > row.expected and margin < _FAR)
        own = {
            "unsettled": float(row_open or row.columns_open),
            "row_open": float(row_open),
            "placement_margin": margin / _FAR,
            "quality": cell.quality if cell else 0.0,
        }
        scores = shared | own | (recognised_scores(cell) if cell and cell.readings else {})
        evidence = _evidence(row, placement, margin, cell)
        if cell is None:
            cells[field] = ReadCell(field, State.MISSING, None, "", strip.page, strip.number, None, scores, evidence)
        else:
            where = (strip.page, strip.number, cell.bbox)
            cells[field] = ReadCell(
                field, cell.state, cell.value, cell.raw, *where, scores, evidence, cell.place, cell.readings
            )
    return cells


def _has_gap(row: CandidateRow, placement: Placement) -> bool:
    """Whether a value of the row may be lost: a column without a cell, a blank among zeros, a row in two pieces."""
    if placement.stated:
        return False
    if sum(cell is not None for cell in placement.cells) < row.expected:
        return True
    if row.expected == 1 and row.aligned.label_cost >= UNREAD:
        return True  # a value that stands alone, and no label says whose it is
    strip = row.aligned.strip
    if strip is not None and strip.pieced:
        stray = row.printed - strip.pieced == 1  # one number alone may be no cell of the row at all
        return stray or not _adds_up(row, placement)
    if strip is not None and strip.heaped:
        return True
    zeros = any(cell.value == 0 for cell in placement.cells if cell)
    return zeros and row.printed < row.expected


def _adds_up(row: CandidateRow, placement: Placement) -> bool:
    """Whether every total of the row is what the cells before it make: its pieces were put together right."""
    groups: dict[str, list[Decimal | None]] = {}
    for field, cell in zip(row.field_ids, placement.cells, strict=True):
        groups.setdefault(field.rpartition(".")[0], []).append(cell.value if cell else None)
    if not row.field_ids[-1].endswith(".total") or any(None in values for values in groups.values()):
        return False
    return all(sum(filter(None, values[:-1])) == values[-1] for values in groups.values())


def _margin(row: CandidateRow, choice: int, costs: Sequence[float], column: int) -> float:
    """How much dearer the cheapest placement is that reads this column otherwise, 0.._FAR."""
    if len(row.placements) == 1:
        return _FAR
    own = row.placements[choice].cells[column]
    others = [
        cost
        for cost, placement in zip(costs, row.placements, strict=False)
        if _reading(placement.cells[column]) != _reading(own)
    ]
    return max(0.0, min(_FAR, min(others, default=_FAR + costs[choice % len(costs)]) - costs[choice % len(costs)]))


def _reading(cell: ParsedCell | None) -> tuple[State, Decimal | None] | None:
    return (cell.state, cell.value) if cell else None


def _row_scores(row: CandidateRow, placement: Placement) -> dict[str, float]:
    """The scores that all cells of a row share."""
    aligned = row.aligned
    return {
        "label_fit": 1.0 - min(1.0, aligned.label_cost),
        "label_margin": max(-1.0, min(1.0, aligned.margin)),
        "labelled": float(bool(aligned.strip and aligned.strip.texts)),
        "forced": float(aligned.forced),
        "moved": float(aligned.moved),
        "open_gap": float(aligned.contested),
        "placement_cost": min(4.0, placement.cost) / 4.0,
        "stated": float(placement.stated),
        "surplus": min(3, max(0, row.printed - row.expected)) / 3.0,
        "leftover": min(3, row.leftover) / 3.0,
        "deficit": 0.0 if placement.stated else min(7, max(0, row.expected - row.printed)) / 7.0,
    }


def _evidence(row: CandidateRow, placement: Placement, margin: float, cell: ParsedCell | None) -> tuple[str, ...]:
    aligned = row.aligned
    notes = []
    if aligned.arranged:
        notes.append("数字未与行名同行，按个数和合计关系排定")
    elif _ALIKE <= aligned.label_cost < UNREAD:
        notes.append(f"行名相似度 {int(100 * (1 - aligned.label_cost)) / 100:.2f}")
    elif aligned.label_cost >= UNREAD and aligned.strip is not None:
        notes.append("未印行名，按次序和空位定行" if aligned.forced else "未印行名，仅按次序定行")
    if row.printed != row.expected and not placement.stated:
        notes.append(f"该行有 {row.printed} 个数，应有 {row.expected} 列")
        if margin >= _DECIDED:
            notes.append("按合计关系或位置定列")
    if cell is not None and cell.note:
        notes.append(_NOTES.get(cell.note, cell.note))
    if cell is not None and cell.readings:
        notes.append(readings_note(cell))
    return tuple(notes)
