"""Rows with blanks of which nobody can tell the columns: heads of the raw table do not stand over its numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from extract.alignment.spacers import read_columns
from extract.celltext import parse_cell
from extract.records import AlignedRow, Block, Item, Row, Strip
from extract.rules import load_rules

_FEWEST_HEADS = 2  # of a raw table that has heads of its own
_LONGEST_HEAD = 16  # characters
_PARTS = 2  # numbers besides a total that they make


def find_misheaded(items: Sequence[Item]) -> dict[tuple[int, int], int]:
    """(raw table, page) where a number stands in a column without a head although others have theirs → how many columns
    have numbers, where they stand side by side; 0 where one without is among them.
    """
    rows = (item for item in items if isinstance(item, Row))
    found: dict[tuple[int, int], int] = {}
    for grid, group in groupby(rows, key=lambda row: (row.table, row.page, len(row.cells))):
        own = [*group]
        if any(cell.readings for cell in own[0].cells) or not any(cell.stated for cell in own[0].cells):
            continue
        columns = read_columns(own)
        if len(columns.headed) >= _FEWEST_HEADS and not columns.valued <= columns.headed:
            abreast = max(columns.valued) - min(columns.valued) + 1 == len(columns.valued)
            found[grid[:2]] = len(columns.valued) if abreast else 0
    return found


def states_cells(rows: Iterable[AlignedRow]) -> bool:
    """Whether the file states any of their cells: without that nothing tells that a row has too many or too few."""
    return any(cell.fixed or cell.place is not None for row in rows if row.strip for cell in row.strip.cells)


def is_unplaced(strip: Strip, block: Block, width: int, misheaded: Mapping[tuple[int, int], int]) -> bool:
    """Whether a row with blanks states fewer or more cells than the `width` columns of its block that are there, and
    nothing tells which are theirs: some heads are lost, or do not stand over the numbers, and these leave columns open.
    """
    stated = [cell for cell in strip.cells if cell.stated]
    filled = sum(bool(cell.text) for cell in stated)
    told = (strip.table, strip.page) not in misheaded or misheaded[strip.table, strip.page] == width
    return 0 < filled < len(block.columns) and len(stated) != width and (not told or width < len(block.columns))


def find_crowded(
    rows: Sequence[AlignedRow], heads: Iterable[str], columns: Sequence[Sequence[int]]
) -> set[tuple[int, int]]:
    """(block, row) of the rows that state more cells than their block has columns, where nothing tells which cells are
    others': some stand below a head of another year; or there are blanks, and all columns and more hold numbers or the
    row states more cells than most of its raw table.
    """
    years = load_rules("sections.toml")["other_year_rows"]
    of_other_year = any(year in head for head in heads if len(head) <= _LONGEST_HEAD for year in years)
    grids: dict[tuple[int, int, int], list[tuple[AlignedRow, list[bool]]]] = {}
    for row in rows:
        if row.strip and (stated := [bool(cell.text) for cell in row.strip.cells if cell.stated]):
            grids.setdefault((row.block, row.strip.table, row.strip.page), []).append((row, stated))
    found = set()
    for (block, _, _), group in grids.items():
        width = len(columns[block])
        usual = Counter(len(stated) for _, stated in group).most_common(1)[0][0]
        held = sum(map(any, zip(*(stated for _, stated in group if len(stated) == usual), strict=True)))
        for row, stated in group:
            if len(stated) <= width or not any(stated):
                continue
            blanks = sum(stated) < (len(stated) if held > width else width if len(stated) > usual else 0)
            if of_other_year or blanks:
                found.add((row.block, row.row))
    return found


def is_moved_left(row: AlignedRow, block: Block) -> bool:
    """Whether the last number of a row with blanks is what the others make and the cell of its total, behind it, is
    blank: the row may stand one column off.
    """
    cells = row.strip.cells if row.strip else ()
    if not cells or not cells[-1].stated or cells[-1].text or block.columns[-1].id != "total":
        return False
    values = [parse_cell(cell.text).value for cell in cells if cell.text]
    known = [value for value in values if value is not None]
    return (
        _PARTS <= len(known) == len(values) < len(block.columns)
        and known[-1] > 0
        and 2 * known[-1] == sum(known, Decimal(0))
    )
