"""Rows of text with one number to a line of which some number may be that of an earlier column, or of the next row."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extract.alignment.totals import total_of
from extract.celltext import parse_cell
from extract.records import AlignedRow, Block

_FEWEST = 2  # numbers, each on a line of its own


def find_behind(rows: Sequence[AlignedRow], blocks: Sequence[Block]) -> set[int]:
    """The rows (as indexes) that add up only with the last number but one as their total: another was set behind it.

    Where there are any, or rows with more or fewer numbers than columns, also those that add up with either; and those
    that do not add up next to one with more or fewer, of which one may be theirs.
    """
    lined = {k: _values(row) for k, row in enumerate(rows) if _is_lined(row, blocks[row.block])}
    uneven = {k for k, values in lined.items() if len(values) != len(blocks[rows[k].block].columns)}
    even = {k: values for k, values in lined.items() if k not in uneven}
    failing = {k for k, values in even.items() if 2 * values[-1] != sum(values)}
    ending = {k for k, values in even.items() if 0 < 2 * values[-2] == sum(values)}
    astray = {k for k in failing if not uneven.isdisjoint((k - 1, k + 1))}
    return (ending | astray) if uneven or ending & failing else set()


def _is_lined(row: AlignedRow, block: Block) -> bool:
    """Whether each of the row's numbers stands on a line of its own, in a block whose last column is the total."""
    cells = [cell for cell in row.strip.cells if cell.text] if row.strip else []
    return (
        total_of(block.columns) == len(block.columns) - 1
        and len(cells) >= _FEWEST
        and len({cell.line for cell in cells}) == len(cells)
    )


def _values(row: AlignedRow) -> list[Decimal]:
    cells = row.strip.cells if row.strip else ()
    return [parse_cell(cell.text).value or Decimal(0) for cell in cells if cell.text]
