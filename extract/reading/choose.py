"""Chooses, row by row, among the ways to lay cells over columns; sums and prose only decide between candidates.

A value is never changed: every candidate was printed so. Where candidates stay close, the cell's margin is small and
its confidence with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from extract.celltext import TORN
from extract.reading.gaps import UNREAD, has_gap
from extract.reading.joint import join_readings
from extract.reading.misplaced import Values, open_misplaced, sum_gap
from extract.reading.recognised import readings_note, recognised_scores
from extract.records import CandidateRow, Cells, ParsedCell, Place, Placement, ReadCell, State, Strip
from extract.rules import LinearRule

_RULE_WEIGHT = 0.6  # less than a column left empty: sums decide between close layouts, they never bend a clear one
_OWN_SUM = 0.1  # the row's own total decides where as many sums fail either way
_CLAIM_WEIGHT = 0.3
_PASSES = 3
_DECIDED = 1.0  # from that margin on, sums or position chose the layout clearly
_FAR = 3.0  # margins beyond that say nothing more
_ALIKE = 0.01  # a label that near (0..1) to its row's is no reason for doubt
_OTHER_NAME = "列名不符"
_LACKING = ParsedCell(State.MISSING, None, "", 0.0)  # of a column that the row has no cell for
_NOTES = {  # what had to be mended in a cell
    "blanks inside the number": "数字中间有空格",
    "a word for the sign": "以文字表示增减",
    "unit inside the cell": "格内带有单位",
    "note inside the cell": "格内带有说明",
    "a year before the number": "数字前写有年份",
    "characters mended to digits": "形近字符按数字读",
    "Chinese numeral": "中文数字",
    "two cells joined": "两格合为一个数",
    "a zero before the number": "数字前有多余的 0",
    "mark behind the number": "数字后带有注记",
    "stop behind the number": "数字后有标点",
    "mark before the number": "数字前带有圈码，可能是注记，也可能是数字",
    "万 or 亿 inside the cell": "格内以万或亿计数",
}


def read_cells(
    rows: Sequence[CandidateRow], rules: Sequence[LinearRule], claims: Mapping[str, Sequence[Decimal]]
) -> Cells:
    """Every field of the rows. `claims` are the values that the prose states of a field."""
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
    cells: dict[str, ReadCell] = {}
    for k, row in enumerate(rows):
        cells.update(_to_cells(row, chosen[k], costs_of.get(k, [0.0])))
    return join_readings(open_misplaced(cells, rows, chosen, rules, values), rules, claims)


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

    costs = []
    for choice, placement in enumerate(row.placements):
        values.update(_lay(row, choice))
        failed = [rule for rule in touched.values() if fails(rule, placement)]
        own = sum(1 for rule in failed if rule.id in inside)
        denied = sum(1 for field, numbers in stated if _denied(values[field], numbers))
        costs.append(placement.cost + _RULE_WEIGHT * len(failed) + _OWN_SUM * own + _CLAIM_WEIGHT * denied)
    return costs


def _denied(cell: ParsedCell | None, stated: Sequence[Decimal]) -> bool:
    return bool(stated) and (cell is None or (cell.value or Decimal(0)) not in stated)


def _to_cells(row: CandidateRow, choice: int, costs: Sequence[float]) -> dict[str, ReadCell]:
    strip = row.aligned.strip
    if strip is None or not row.placements:
        scores = {"open_gap": float(row.aligned.contested or row.aligned.label_seen or row.leftover > 0)}
        return {field: ReadCell(field, State.MISSING, None, "", 0, 0, None, scores) for field in row.field_ids}
    placement = row.placements[choice]
    gap, several = has_gap(row, placement), len(row.placements) > 1
    is_torn = any(map(_is_torn, placement.cells))
    cells = {}
    row_place = _row_place(strip)
    known: dict[tuple[float, bool, float], tuple[dict[str, float], tuple[str, ...]]] = {}  # of most cells the same
    for k, (field, laid) in enumerate(zip(row.field_ids, placement.cells, strict=True)):
        cell = laid or _LACKING
        margin = _margin(row, choice, costs, k) if several else _FAR
        torn = is_torn and (_is_torn(cell) or cell.state is State.BLANK)
        row_open = gap or torn or (row.printed > row.expected and margin < _FAR)
        own = (margin, row_open, cell.quality)
        if own not in known:
            known[own] = _scores(row, placement, *own), _evidence(row, placement, margin)
        scores, evidence = known[own]
        if k in row.renamed:
            scores, evidence = scores | {"open_gap": 1.0}, (*evidence, _OTHER_NAME)
        if cell.readings:
            scores = scores | recognised_scores(cell)
        if cell.note or cell.readings:
            evidence = (*evidence, *_cell_evidence(cell))
        cells[field] = ReadCell(
            field,
            cell.state,
            cell.value,
            cell.raw,
            strip.page,
            strip.number,
            cell.bbox,
            scores,
            evidence,
            cell.place or row_place,
            cell.readings,
        )
    return cells


def _row_place(strip: Strip) -> Place | None:
    """Where a cell stands that the row of a web page or a Word file lacks: in the row."""
    place = next((cell.place for cell in strip.cells if cell.place), None)
    return Place(place.table, place.row, None) if place else None


def _is_torn(cell: ParsedCell | None) -> bool:
    """Whether the number may as well be two: then one of them may belong to a blank cell of the row."""
    return cell is not None and cell.quality <= TORN and cell.state in (State.READ, State.DASH)


def _margin(row: CandidateRow, choice: int, costs: Sequence[float], column: int) -> float:
    """How much dearer the cheapest placement is that reads this column otherwise, 0.._FAR."""
    own = row.placements[choice].cells[column]
    others = [
        cost
        for cost, placement in zip(costs, row.placements, strict=True)
        if _reading(placement.cells[column]) != _reading(own)
    ]
    return max(0.0, min(_FAR, min(others, default=_FAR + costs[choice]) - costs[choice]))


def _reading(cell: ParsedCell | None) -> tuple[State, Decimal | None] | None:
    return (cell.state, cell.value) if cell else None


def _scores(row: CandidateRow, placement: Placement, margin: float, row_open: bool, quality: float) -> dict[str, float]:
    """The scores of the cells of a row that have this margin and quality."""
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
        "unsettled": float(row_open or row.columns_open),
        "row_open": float(row_open),
        "placement_margin": margin / _FAR,
        "quality": quality,
    }


def _evidence(row: CandidateRow, placement: Placement, margin: float) -> tuple[str, ...]:
    """What speaks for and against the place of the cells of a row that have this margin."""
    aligned = row.aligned
    notes = []
    if aligned.arranged:
        notes.append("数字未与行名同行，按个数和合计关系排定")
    elif _ALIKE <= aligned.label_cost < UNREAD:
        notes.append(f"行名相似度 {int(100 * (1 - aligned.label_cost)) / 100:.2f}")
    elif aligned.label_cost >= UNREAD and aligned.strip is not None:
        name = "行名不符" if aligned.strip.texts else "未印行名"
        notes.append(f"{name}，按次序和空位定行" if aligned.forced else f"{name}，仅按次序定行")
    if row.printed != row.expected and not placement.stated:
        notes.append(f"该行有 {row.printed} 个数，应有 {row.expected} 列")
        if margin >= _DECIDED:
            notes.append("按合计关系或位置定列")
    return tuple(notes)


def _cell_evidence(cell: ParsedCell) -> list[str]:
    """What had to be mended in the cell, and what its recogniser read."""
    notes = [_NOTES.get(cell.note, cell.note)] if cell.note else []
    return [*notes, readings_note(cell)] if cell.readings else notes
