"""Rows printed twice, rows in the wrong order, a row of table 4 with too few values."""

from __future__ import annotations

from training.synthesis.draft import Draft
from training.synthesis.grids import Grid, GridRow

_DOUBLED = 0.05  # share of documents
_SWAPPED = 0.04


def disturb_rows(draft: Draft, grid: Grid) -> None:
    """In place; labels tell what happened, so that the truth stays."""
    rng = draft.rng
    if grid.number == 3 and draft.level != "text-2" and rng.random() < _SWAPPED:
        _swap(draft, grid)
    if grid.number == 3 and draft.level != "text-2" and rng.random() < _DOUBLED:
        _double(draft, grid)
    if grid.number == 4 and "S003" in draft.plants and draft.short_table == 4:
        _shorten(draft, grid.rows[-1])


def _swap(draft: Draft, grid: Grid) -> None:
    """Two neighbours of one group change places; their group label stays where it was."""
    numbered = [
        k
        for k, (row, other) in enumerate(zip(grid.rows, grid.rows[1:], strict=False))
        if len(row.fields) == 7 and _group(row) == _group(other) != ""
    ]
    if not numbered:
        return
    k = draft.rng.choice(numbered)
    first, second = grid.rows[k], grid.rows[k + 1]
    stubs = first.cells[: first.start - 1], second.cells[: second.start - 1]
    if first.start != second.start or len(first.cells) != len(second.cells):
        return
    first.cells[: first.start - 1], second.cells[: second.start - 1] = stubs[1], stubs[0]
    grid.rows[k], grid.rows[k + 1] = second, first
    for code in ("S005", "S002"):
        draft.allow(code, about="rows in the wrong order")


def _group(row: GridRow) -> str:
    """denied, unavailable, not_processed or other; empty for the rows outside these groups."""
    parts = row.fields[0].split(".") if row.fields else []
    return parts[1] if len(parts) == 4 else ""


def _double(draft: Draft, grid: Grid) -> None:
    """A row printed again below itself, as after a page break."""
    places = [k for k, row in enumerate(grid.rows) if len(row.fields) == 7 and row.cells[row.start - 1]]
    k = draft.rng.choice(places)
    row = grid.rows[k]
    grid.rows.insert(k + 1, GridRow(list(row.cells), row.start, row.fields))
    for code in ("S005", "S002", "S003"):
        draft.allow(code, row.fields, about="row printed twice")


def _shorten(draft: Draft, row: GridRow) -> None:
    """Some of the zeros of the lawsuits are not there; the reconsiderations still add up."""
    zeros = [k for k in range(5, 15) if row.values[k] == "0"]
    if len(zeros) < 6 or draft.cells["challenges.reconsideration.total"].state != "read":
        return
    for k in sorted(draft.rng.sample(zeros, draft.rng.randint(1, 4)), reverse=True):
        del row.cells[row.start + k]
    lawsuits = list(row.fields[5:])
    draft.must_review |= set(lawsuits)
    draft.expect("S003", row.fields, about="fewer values than columns in table 4")
    for code in ("S002", "V002"):
        draft.allow(code, about="fewer values than columns in table 4")
