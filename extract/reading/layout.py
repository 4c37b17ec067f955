"""A row and the layout that was chosen → its cells, with the scores and the evidence of their place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from extract.celltext import BLANKS_INSIDE, TORN
from extract.reading.gaps import has_gap
from extract.reading.recognised import readings_note, recognised_scores
from extract.records import CandidateRow, Cells, ParsedCell, Place, Placement, ReadCell, State, Strip
from extract.rules import layout_limits, load_rules

_LACKING = ParsedCell(State.MISSING, None, "", 0.0)  # of a column that the row has no cell for


def row_to_cells(row: CandidateRow, choice: int, costs: Sequence[float]) -> Cells:
    """The cells of a row in its placement `choice`; `costs` are those of all its placements, beside the other rows."""
    strip = row.aligned.strip
    if strip is None or not row.placements:
        scores = {"open_gap": float(row.aligned.contested or row.aligned.label_seen or row.leftover > 0)}
        return {field: ReadCell(field, State.MISSING, None, "", 0, 0, None, scores) for field in row.field_ids}
    placement, row_place, far = row.placements[choice], _row_place(strip), layout_limits().far
    gap, several, is_torn = has_gap(row, placement), len(row.placements) > 1, any(map(_is_torn, placement.cells))
    known: dict[tuple[float, bool, float], tuple[dict[str, float], tuple[str, ...]]] = {}  # of most cells the same
    cells = {}
    for k, (field, laid) in enumerate(zip(row.field_ids, placement.cells, strict=True)):
        cell = laid or _LACKING
        margin = _margin(row, choice, costs, k) if several else far
        torn = is_torn and (_is_torn(cell) or cell.state is State.BLANK or cell.note == BLANKS_INSIDE)
        row_open = gap or torn or (row.printed > row.expected and margin < far)
        own = (margin, row_open, cell.quality)
        if own not in known:
            known[own] = _row_scores(row, placement, *own), _row_evidence(row, placement, margin)
        scores, evidence = known[own]
        if k in row.renamed:
            scores, evidence = scores | {"open_gap": 1.0}, (*evidence, _notes()["renamed"])
        if cell.readings:
            scores = scores | recognised_scores(cell)
        if cell.note or cell.readings:
            evidence = (*evidence, *_cell_evidence(cell))
        cells[field] = ReadCell(
            field,
            cell.state,
            cell.value,
            cell.raw,
            cell.page or strip.page,
            cell.line or strip.number,
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
    """How much dearer the cheapest placement is that reads this column otherwise; no more than is `far`."""
    own, far = row.placements[choice].cells[column], layout_limits().far
    others = [
        cost
        for cost, placement in zip(costs, row.placements, strict=True)
        if _reading(placement.cells[column]) != _reading(own)
    ]
    return max(0.0, min(far, min(others, default=far + costs[choice]) - costs[choice]))


def _reading(cell: ParsedCell | None) -> tuple[State, Decimal | None] | None:
    return (cell.state, cell.value) if cell else None


def _row_scores(
    row: CandidateRow, placement: Placement, margin: float, row_open: bool, quality: float
) -> dict[str, float]:
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
        "placement_margin": margin / layout_limits().far,
        "quality": quality,
    }


def _row_evidence(row: CandidateRow, placement: Placement, margin: float) -> tuple[str, ...]:
    """What speaks for and against the place of the cells of a row that have this margin."""
    aligned, limits = row.aligned, layout_limits()
    notes = []
    if aligned.arranged:
        notes.append("数字未与行名同行，按个数和合计关系排定")
    elif limits.alike <= aligned.label_cost < limits.unread:
        notes.append(f"行名相似度 {int(100 * (1 - aligned.label_cost)) / 100:.2f}")
    elif aligned.label_cost >= limits.unread and aligned.strip is not None:
        name = "行名不符" if aligned.strip.texts else "未印行名"
        notes.append(f"{name}，按次序和空位定行" if aligned.forced else f"{name}，仅按次序定行")
    if row.printed != row.expected and not placement.stated:
        notes.append(f"该行有 {row.printed} 个数，应有 {row.expected} 列")
        if margin >= limits.decided:
            notes.append("按合计关系或位置定列")
    return tuple(notes)


def _cell_evidence(cell: ParsedCell) -> list[str]:
    """What had to be mended in the cell, and what its recogniser read."""
    notes = [_notes().get(cell.note, cell.note)] if cell.note else []
    return [*notes, readings_note(cell)] if cell.readings else notes


def _notes() -> Mapping[str, str]:
    """What is said of a cell, for people."""
    notes: Mapping[str, str] = load_rules("reading.toml")["notes"]
    return notes
