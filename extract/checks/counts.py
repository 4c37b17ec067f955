"""V001 values that no count can have, V002 empty cells, V003 dashes; one violation per cause."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from functools import lru_cache

from extract.checks.sums import EMPTY, leaves_zeros_empty
from extract.records import Cells, Form, ReadCell, State, Violation
from extract.rules import load_rules

_WORDS = re.compile(r"[一-鿿]")
_DIGIT = re.compile(r"\d")
_FORMS = 8  # templates whose places are kept


def find_impossible_values(cells: Cells, form: Form) -> tuple[Violation, ...]:
    """V001 for each row with a negative count, a fraction of a count, or words where an amount should stand.

    A value whose place is open may be another cell's, where it is possible.
    """
    amounts, own = _amounts(form), [cells[field] for field in form.field_ids if field in cells]
    told = [cell for cell in own if cell.value or cell.state is State.ILLEGIBLE]  # most cells are 0
    wrong = [cell.field for cell in told if not (cell.scores.get("open_gap") or _possible(cell, cell.field in amounts))]
    return tuple(_violation("V001", fields, cells) for fields in _by_row(wrong, form).values())


def find_empty_cells(cells: Cells, form: Form) -> tuple[Violation, ...]:
    """V002 and V003: one for all where the agency leaves its zeros empty, else one per column, table or row."""
    empty = [field for field in form.field_ids if field in cells and cells[field].state in EMPTY]
    style = bool(empty) and leaves_zeros_empty(cells)
    found: list[Violation] = []
    for code, state in zip(("V002", "V003"), EMPTY, strict=True):
        if fields := [field for field in empty if cells[field].state is state]:
            groups = [tuple(fields)] if style else _causes(fields, form)
            found += [_violation(code, group, cells) for group in groups]
    return tuple(found)


def _possible(cell: ReadCell, amount: bool) -> bool:
    if cell.state is State.ILLEGIBLE:
        return not (amount and _WORDS.search(cell.raw) and not _DIGIT.search(cell.raw))
    value = cell.value or 0
    if value < 0:
        return any(fnmatchcase(cell.field, pattern) for pattern in load_rules("arithmetic.toml")["may_be_negative"])
    return amount or value == int(value)


@lru_cache(maxsize=_FORMS)
def _amounts(form: Form) -> frozenset[str]:
    blocks = [block for table in form.tables for block in table.blocks]
    columns = ((block, column) for block in blocks for column in block.columns if block.amount or column.amount)
    return frozenset(f"{row.id}.{column.id}" for block, column in columns for row in block.rows)


def _causes(fields: list[str], form: Form) -> Iterator[tuple[str, ...]]:
    """Whole columns first; of the rest all of a table where many rows share it, else row by row."""
    left = set(fields)
    for column in _columns(form):
        if len(column) > 1 and left.issuperset(column):
            left -= set(column)
            yield column
    many = load_rules("arithmetic.toml")["empty_cells"]["rows_of_one_cause"]
    tables: dict[int, list[tuple[str, ...]]] = defaultdict(list)
    for (table, _), row in _by_row([field for field in fields if field in left], form).items():
        tables[table].append(row)
    for rows in tables.values():
        if len(rows) >= many:
            yield tuple(field for row in rows for field in row)
        else:
            yield from rows


@lru_cache(maxsize=_FORMS)
def _columns(form: Form) -> tuple[tuple[str, ...], ...]:
    blocks = [block for table in form.tables for block in table.blocks]
    return tuple(tuple(f"{row.id}.{column.id}" for row in block.rows) for block in blocks for column in block.columns)


def _by_row(fields: list[str], form: Form) -> dict[tuple[int, str], tuple[str, ...]]:
    """(table, row or group of columns) → those of the fields that stand in it."""
    places = _places(form)
    rows: dict[tuple[int, str], list[str]] = defaultdict(list)
    for field in fields:
        rows[places[field]].append(field)
    return {place: tuple(row) for place, row in rows.items()}


@lru_cache(maxsize=_FORMS)
def _places(form: Form) -> Mapping[str, tuple[int, str]]:
    """Field id → its table, and its row or group of columns."""
    return {
        f"{row.id}.{column.id}": (table.number, row.id if len(block.rows) > 1 else f"{row.id} {column.group}")
        for table in form.tables
        for block in table.blocks
        for row in block.rows
        for column in block.columns
    }


def _violation(code: str, fields: tuple[str, ...], cells: Cells) -> Violation:
    only = cells[fields[0]].value if len(fields) == 1 else None
    return Violation(code, f"{code}:{fields[0]}", fields, None, only, passed=False)
