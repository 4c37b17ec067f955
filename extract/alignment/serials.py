"""Columns of a raw table that number its rows (行次, 序号): they hold no values."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from extract.celltext import parse_cell
from extract.quick import replace
from extract.records import Item, Row, TableSpec
from extract.rules import load_rules
from extract.textform import squeeze

_LEAST = 6  # rows that a column without such a head numbers: values of fewer may stand in that order
_LEAST_HEADED = 2
_LEAST_BROKEN, _LEAST_BROKEN_HEADED = 12, 6  # rows of a column that does not count on everywhere
_MOST_BREAKS = 3  # numbers that are not one more than the one above, in such a column
_DIGITS = 3  # of the number of a row
_LONGEST = 6  # characters of a cell that prints one, whatever stands around it; longer ones are labels


def drop_serials(items: Sequence[Item], spec: TableSpec) -> Sequence[Item]:
    """The items without the columns that number the rows of a raw table: what stands there grows by one with each row.

    Where a few numbers do not, the column is one all the same, but those that fit neither the one above nor the one
    below stay in their rows: they may be values that were moved there. A table of no more columns than the form has
    keeps them all.
    """
    width = max(len(block.columns) for block in spec.blocks)
    grids: dict[tuple[int, int], list[Row]] = {}
    for item in items:
        if isinstance(item, Row) and len(item.cells) > width + 1:
            grids.setdefault((item.table, len(item.cells)), []).append(item)
    gone: dict[int, set[int]] = {}  # by the identity of the row: the columns
    for (_, columns), rows in grids.items():
        for column in range(columns):
            for k in _numbering(rows, column):
                gone.setdefault(id(rows[k]), set()).add(column)
    return [_without(item, gone) for item in items] if gone else items


def _numbering(rows: Sequence[Row], column: int) -> Sequence[int]:
    """The rows (as indexes) whose cell in this column numbers them, or is empty beside such; none in other columns."""
    numbers: list[tuple[int, int]] = []  # row, number
    breaks = 0
    for k, row in enumerate(rows):
        number = _number(row.cells[column].text)
        if number is None:
            continue
        breaks += bool(numbers) and number != numbers[-1][1] + 1
        if number >= 10**_DIGITS or breaks > _MOST_BREAKS:
            return ()
        numbers.append((k, number))
    count = len(numbers)
    if count < _LEAST_HEADED:
        return ()
    headed = any(squeeze(row.cells[column].text) in _heads() for row in rows)
    if not breaks:
        first = numbers[0][1]
        return (
            range(len(rows)) if (count >= _LEAST and first > 0) or (headed and first == 1) else ()
        )  # or a page goes on
    if count < (_LEAST_BROKEN_HEADED if headed else _LEAST_BROKEN):
        return ()
    around = [(-1, -1), *numbers, (-1, -1)]
    strange = {
        k
        for (_, above), (k, own), (_, below) in zip(around, numbers, around[2:], strict=False)
        if own - 1 != above and own + 1 != below
    }
    return [k for k in range(len(rows)) if k not in strange]


def _number(text: str) -> int | None:
    """The whole number that a cell prints, None where it prints none."""
    if text.isdecimal():
        return int(text[: _DIGITS + 1])
    value = parse_cell(text).value if 0 < len(text) <= _LONGEST else None
    return int(value) if value is not None and value == value.to_integral_value() else None


@cache
def _heads() -> frozenset[str]:
    return frozenset(load_rules("sections.toml")["numbering_heads"])


def _without(item: Item, gone: dict[int, set[int]]) -> Item:
    columns = gone.get(id(item))
    if not columns or not isinstance(item, Row):
        return item
    return replace(item, cells=tuple(cell for k, cell in enumerate(item.cells) if k not in columns))
