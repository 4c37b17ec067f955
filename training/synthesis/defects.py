"""Layout defects of tables: shifted rows, spare cells, split labels, rows of eight values, lost labels and cells."""

from __future__ import annotations

import random
import re

from extract.quick import replace
from training.synthesis.disorder import disturb_rows
from training.synthesis.draft import Draft
from training.synthesis.grids import Grid, GridRow, needs_columns

_SHIFTS = 0.12  # share of rows shifted in a table that has shifts
_LOST_LABELS = 0.02
_LOST_CELLS = 0.002
_MERGED = 0.03
_BROKEN = 0.015


def damage_grid(draft: Draft, grid: Grid, *, keeps_columns: bool) -> None:
    """Defects of the draft's level, in place."""
    rng = draft.rng
    strict = needs_columns(draft)
    if not strict:
        disturb_rows(draft, grid)
    if grid.number == 3:
        _change_counts(draft, grid, strict=strict)
    if grid.number in (3, 4) and rng.random() < 0.25:
        _add_column(draft, grid)
    if not strict and keeps_columns and rng.random() < 0.5:
        for row in grid.rows:
            if row.fields and rng.random() < _SHIFTS:
                _shift(draft, row)
    if rng.random() < 0.4:
        _split_labels(draft, grid)
    if draft.level == "text-2":
        _lose_parts(draft, grid, keeps_columns=keeps_columns)


def _change_counts(draft: Draft, grid: Grid, *, strict: bool) -> None:
    """Rows of eight or six values, planted, or left by the tool that wrote the text."""
    rng = draft.rng
    if strict:
        return
    rows = [row for row in grid.rows if len(row.fields) == 7]
    if "S003" in draft.plants and rows and draft.short_table == 3:
        row = rng.choice(rows)
        _drop_value(draft, row) if rng.random() < 0.4 else _repeat_value(draft, row)
    elif rng.random() < 0.12:
        for row in rng.sample(rows, min(len(rows), rng.randint(1, 4))):
            _repeat_value(draft, row)


def _repeat_value(draft: Draft, row: GridRow) -> None:
    """Eight values: one of the zeros stands there twice."""
    zeros = [k for k, text in enumerate(row.values) if text == "0"]
    inner = [k for k, text in enumerate(row.values) if text not in ("0", "")]
    if not zeros or any(0 < k < 6 for k in inner):
        return
    row.cells.insert(row.start + draft.rng.choice(zeros), "0")
    if row.cells[-1] == "" and draft.rng.random() < 0.5:
        row.cells.pop()
    draft.expect("S003", row.fields, about="eight values for seven columns")


def _drop_value(draft: Draft, row: GridRow) -> None:
    """Six values: nobody can know which is not there."""
    zeros = [k for k, text in enumerate(row.values) if text == "0"]
    if not zeros:
        return
    del row.cells[row.start + draft.rng.choice(zeros)]
    draft.must_review |= set(row.fields)
    draft.expect("S003", row.fields, about="six values for seven columns")
    for code in ("V002", "S002"):
        draft.allow(code, row.fields, about="six values for seven columns")


def _add_column(draft: Draft, grid: Grid) -> None:
    """An empty column behind the labels, behind the values, or inside the head only."""
    place = draft.rng.choice(("behind", "behind", "labels", "head"))
    for row in grid.rows:
        if place == "behind":
            row.cells.append("")
        elif place == "head" and row.head:
            row.cells.insert(0, "")
        elif place == "labels" and grid.number == 3:
            row.cells.insert(row.start if row.fields else 1, "")
            row.start += bool(row.fields)


def _shift(draft: Draft, row: GridRow) -> None:
    """One or two empty cells more or fewer in front of the values."""
    rng = draft.rng
    count = rng.choice((1, 1, 2))
    empty = [k for k, text in enumerate(row.cells[: row.start]) if not text]
    if empty and rng.random() < 0.5:
        for k in reversed(empty[:count]):
            del row.cells[k]
            row.start -= 1
        row.cells += [""] * rng.choice((0, count))
        return
    place = rng.choice((0, row.start))
    row.cells[place:place] = [""] * count
    row.start += count
    while count and not row.cells[-1] and len(row.cells) > row.start + len(row.fields):
        row.cells.pop()
        count -= 1


def _split_labels(draft: Draft, grid: Grid) -> None:
    """Long labels go on in a row of their own below (or begin in one above)."""
    rng, rows = draft.rng, []
    for row in grid.rows:
        label = row.cells[row.start - 1] if row.fields and row.start else ""
        if len(label) < 12 or rng.random() > 0.2:
            rows.append(row)
            continue
        cut = rng.randint(5, len(label) - 4)
        first, rest = label[:cut], label[cut:]
        other = [""] * len(row.cells)
        if rng.random() < 0.75:
            row.cells[row.start - 1], other[row.start - 1] = first, rest
            rows += [row, GridRow(other)]
        else:
            row.cells[row.start - 1], other[row.start - 1] = rest, first
            rows += [GridRow(other), row]
    grid.rows = rows


def _lose_parts(draft: Draft, grid: Grid, *, keeps_columns: bool) -> None:
    rng = draft.rng
    for row in grid.rows:
        if row.fields and row.start and grid.number == 3 and rng.random() < _LOST_LABELS:
            row.cells[row.start - 1] = ""
        lost = [k for k in range(len(row.fields)) if rng.random() < _LOST_CELLS and k < len(row.values)]
        if lost and not needs_columns(draft):
            _lose_cells(draft, row, lost, keeps_columns=keeps_columns)
    if rng.random() < 0.15 and not needs_columns(draft):
        _lose_row(draft, grid)
    if rng.random() < 0.3:
        _merge_rows(draft, grid)


def _lose_cells(draft: Draft, row: GridRow, lost: list[int], *, keeps_columns: bool) -> None:
    """Values that the tool dropped: with columns the cell is empty, without nobody knows which it was."""
    for k in lost:
        row.cells[row.start + k] = ""
    fields = [row.fields[k] for k in lost] if keeps_columns else list(row.fields)
    draft.must_review |= set(fields)
    for code in ("V002", "S002", "S003"):
        draft.allow(code, row.fields, about="cells lost in reading")


def _lose_row(draft: Draft, grid: Grid) -> None:
    rows = [row for row in grid.rows if row.fields and len(row.fields) == 7]
    if not rows or grid.number != 3:
        return
    row = draft.rng.choice(rows)
    grid.rows.remove(row)
    for field_id in row.fields:
        draft.lose(field_id, "missing")
    for code in ("S002", "Q002", "S003"):
        draft.allow(code, row.fields, about="row lost in reading")


def _merge_rows(draft: Draft, grid: Grid) -> None:
    """Two rows on one line."""
    rows: list[GridRow] = []
    for row in grid.rows:
        before = rows[-1] if rows else None
        whole = before is not None and before.fields and row.fields and grid.number == 3 and not needs_columns(draft)
        if before is not None and whole and draft.rng.random() < _MERGED:
            rows[-1] = replace(before, cells=before.cells + row.cells)
        else:
            rows.append(row)
    grid.rows = rows


def break_rows(units: list[list[str]], rng: random.Random) -> list[list[str]]:
    """Now and then a row goes on in the next line, broken between two cells."""
    broken = []
    for unit in units:
        gaps = [match.start() for match in re.finditer(r"[ \t]+(?=[\d|])", unit[0])][1:] if len(unit) == 1 else []
        if gaps and rng.random() < _BROKEN:
            cut = rng.choice(gaps)
            broken.append([unit[0][:cut], unit[0][cut:].lstrip()])
        else:
            broken.append(unit)
    return broken
