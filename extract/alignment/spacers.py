"""Columns of a raw table that only part others, as Word and old web editors make them: without a text, without a head.

A blank cell of such a column is none of the report's, so that it must not be taken for one beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from extract.alignment.strips import tell_kinds
from extract.quick import record, replace
from extract.records import Item, Row, TableSpec


@record
class Columns:
    """What the rows of one raw table tell of its columns (all counted from 0)."""

    valued: frozenset[int]  # a number stands there
    headed: frozenset[int]  # words stand there, right of all labels of rows
    most: int  # cells right of the labels that a row with a number states


def drop_spacers(items: Sequence[Item], spec: TableSpec) -> Sequence[Item]:
    """The items, without the columns that only part others.

    Only a table whose own heads name every column of the form, and stand over every number, shows that a column without
    a text is none: a column of blanks has its head.
    """
    if not any(isinstance(item, Row) for item in items):
        return items
    widest = max(len(block.columns) for block in spec.blocks)
    kept: list[Item] = []
    for (table, _, _), group in groupby(items, key=_grid_of):
        rows = list(group)
        kept += _narrow([row for row in rows if isinstance(row, Row)], widest) if table else rows
    return kept


def _grid_of(item: Item) -> tuple[int, int, int]:
    """Raw table, page and number of columns; of a line zeros."""
    return (item.table, item.page, len(item.cells)) if isinstance(item, Row) else (0, 0, 0)


def _narrow(rows: Sequence[Row], least: int) -> Sequence[Row]:
    """The rows of one grid without its spacers; `least` is the most columns that the form has in one block."""
    count = len(rows[0].cells)
    if count <= least or any(cell.readings for cell in rows[0].cells):
        return rows
    empty = {k for k in range(count) if not any(row.cells[k].text.strip() for row in rows)}
    if not empty and not any(cell.stated for cell in rows[0].cells):
        return rows
    columns = read_columns(rows)
    spaced = columns.most > least  # else heads whose spans are wrong may stand beside their columns
    joined = {k: k + 1 for k in columns.headed - columns.valued if spaced and _heads_next(rows, columns, k)}
    if len(joined) < len(columns.headed):  # one head alone beside its numbers: the rows are moved, not spaced
        joined = {}
    headed = (columns.headed - set(joined)) | set(joined.values())
    empty -= headed
    if not (empty or joined) or len(headed) < least or not columns.valued <= headed:
        return rows
    return [_without(row, empty, joined) for row in rows]


def read_columns(rows: Sequence[Row]) -> Columns:
    """What the rows of one grid tell of its columns."""
    kinds = [tell_kinds([cell.text for cell in row.cells]) for row in rows]
    values, words = ([[k for k, own in enumerate(row) if own == kind] for row in kinds] for kind in ("value", "text"))
    labels = [k for own, texts in zip(values, words, strict=True) if own for k in texts if k < own[-1]]
    last = max(labels, default=-1)
    headed = frozenset(k for texts in words for k in texts if k > last)
    cells = (sum(cell.stated for cell in row.cells[last + 1 :]) for row, own in zip(rows, values, strict=True) if own)
    return Columns(frozenset(k for own in values for k in own if k > last), headed, max(cells, default=0))


def _heads_next(rows: Sequence[Row], columns: Columns, k: int) -> bool:
    """Whether column k holds nothing but heads that reach over the next one, which has none itself and has the numbers,
    or where neither has any, more cells.
    """
    if k + 1 == len(rows[0].cells) or k + 1 in columns.headed:
        return False
    if any(row.cells[k + 1].stated for row in rows if row.cells[k].text):
        return False
    own, behind = (sum(row.cells[column].stated for row in rows) for column in (k, k + 1))
    return k + 1 in columns.valued or behind > own


def _without(row: Row, empty: set[int], joined: dict[int, int]) -> Row:
    """The row without the empty columns; what stands in a joined one stands in the next."""
    heads = {to: row.cells[k] for k, to in joined.items() if row.cells[k].text}
    gone = empty | set(joined)
    return replace(row, cells=tuple(heads.get(k, cell) for k, cell in enumerate(row.cells) if k not in gone))
