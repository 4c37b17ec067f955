"""Columns of a raw table that number its rows (行次, 序号): they hold no values."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from extract.quick import replace
from extract.records import Item, Row, TableSpec
from extract.rules import load_rules
from extract.textform import squeeze

_LEAST = 6  # rows that a column without such a head numbers: values of fewer may stand in that order
_LEAST_HEADED = 2
_DIGITS = 3  # of the number of a row


def drop_serials(items: Sequence[Item], spec: TableSpec) -> Sequence[Item]:
    """The items without the columns that number the rows of a raw table: what stands there grows by one with each row.

    A table of no more columns than the form has keeps them all.
    """
    width = max(len(block.columns) for block in spec.blocks)
    grids: dict[tuple[int, int], list[Row]] = {}
    for item in items:
        if isinstance(item, Row) and len(item.cells) > width + 1:
            grids.setdefault((item.table, len(item.cells)), []).append(item)
    serials = {
        grid: found for grid, rows in grids.items() if (found := {k for k in range(grid[1]) if _numbers_rows(rows, k)})
    }
    return [_without(item, serials) for item in items] if serials else items


def _numbers_rows(rows: Sequence[Row], column: int) -> bool:
    """Whether the numbers of a column, from the top, are one more each: from 1 on below a head that says so."""
    first = count = 0
    for row in rows:
        text = row.cells[column].text
        if not text.isdecimal():
            continue
        if len(text) > _DIGITS:
            return False
        if not count:
            first = int(text)
        elif int(text) != first + count:
            return False
        count += 1
    if count >= _LEAST:
        return first > 0  # behind a page break it goes on
    return count >= _LEAST_HEADED and first == 1 and any(squeeze(row.cells[column].text) in _heads() for row in rows)


@cache
def _heads() -> frozenset[str]:
    return frozenset(load_rules("sections.toml")["numbering_heads"])


def _without(item: Item, serials: dict[tuple[int, int], set[int]]) -> Item:
    gone = serials.get((item.table, len(item.cells))) if isinstance(item, Row) else None
    if not gone or not isinstance(item, Row):
        return item
    return replace(item, cells=tuple(cell for k, cell in enumerate(item.cells) if k not in gone))
