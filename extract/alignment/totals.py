"""Whether the column of totals is printed empty: the form of 2019 was often filled in without its totals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from extract.celltext import parse_cell
from extract.records import AlignedRow, Axis, State

_FEWEST_SHORT, _FEWEST_AGAINST = 4, 2  # rows that lack one value, and those of them whose last number is no total
_MOST_OTHERS = 0.2  # of the rows may have another number of values, or a last one as large as a total


def total_of(columns: Sequence[Axis]) -> int | None:
    """The index of the column that holds each row's total, None where there is none."""
    return next((k for k, column in enumerate(columns) if column.id == "total"), None)


def lacks_totals(rows: Iterable[AlignedRow], columns: Sequence[Axis]) -> bool:
    """Whether nearly all rows of the block print one value less than it has columns, and sums prove it is the total.

    Where a row lacks one of its parts, its last number is still as much as the others or more.
    """
    if total_of(columns) != len(columns) - 1:
        return False
    texts = [[cell.text for cell in row.strip.cells if cell.text] for row in rows if row.strip]
    printed = [len(row) for row in texts if row]
    count = printed.count(len(columns) - 1)
    if count < _FEWEST_SHORT or len(printed) - count > _MOST_OTHERS * len(printed):
        return False
    short = [[parse_cell(text) for text in row] for row in texts if len(row) == len(columns) - 1]
    if any(cell.state is State.ILLEGIBLE for row in short for cell in row):
        return False
    values = [[cell.value or Decimal(0) for cell in row] for row in short]
    several = [row for row in values if len(set(row)) > 1]
    against = sum(2 * row[-1] < sum(row) for row in several)
    return against >= _FEWEST_AGAINST and len(several) - against <= _MOST_OTHERS * len(several)


def end_in_totals(rows: Iterable[Sequence[Decimal | None]]) -> bool:
    """Whether the last number of nearly every row with several values is what the others make."""
    several = [[value or Decimal(0) for value in row] for row in rows if len(set(row)) > 1]
    ending = sum(2 * row[-1] == sum(row) for row in several)
    return ending >= _FEWEST_SHORT and len(several) - ending <= _MOST_OTHERS * len(several)
