"""An aligned row's cells → the ways to lay them over its columns, cheapest first.

Costs are in units of "one column left without a cell".
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter

from extract.celltext import SIGN_WORD, TORN, parse_before_stop, parse_cell, prints_money
from extract.quick import record, replace
from extract.records import (
    AlignedRow,
    AlignedTable,
    Block,
    CandidateRow,
    ParsedCell,
    Placement,
    RawCell,
    State,
    Strip,
    TableSpec,
)
from extract.rules import load_rules

DROP_VALUE = 3.0
DROP_BLANK_END = 0.03
DROP_BLANK_INSIDE = 0.5
TAKE_BLANK = 0.1
TAKE_BLANK_AMONG_ZEROS = 0.4  # a row that prints its zeros seldom leaves a cell empty
OPEN_GAP, EXTEND_GAP = 1.0, 0.3
MERGE_VALUES = 3.2  # dearer than a dropped value: the sums may still ask for it
OFF_GRID = 0.05
TOTAL_FIRST = 0.2
_CLEAR_HEADS = 0.05  # mean distance (0..1) of the printed column labels up to which they name their columns for sure
_FEWEST_DRAWN = 4  # rows of a table, below which a column that is empty in all tells nothing
_MOST_LACKING = 2  # cells that a row may lack and still show where the values of its table begin
_WIDE_ROW = 6  # columns; a narrower row that lacks a cell may begin with any
MAX_PLACEMENTS = 120
_BEAM, _NARROW_BEAM = 150, 10  # the narrow one finds how dear the layouts may be that the wide one keeps
_SEARCHES_KEPT = 256  # the other alignments of a table ask for the same strips again, some documents sixty times
_MOST_CELLS = 150  # of a row, ten times what the widest has: where more stand together, none is told
_WORST = 3.5  # a placement that much dearer than the cheapest is not kept


def place_cells(table: AlignedTable, spec: TableSpec) -> tuple[CandidateRow, ...]:
    """The candidate readings of every row of the table, in canonical order."""
    grid = _typical_first(table)
    frames = [_Frame(grid, _empty_columns(table, b, grid), *holds) for b, holds in enumerate(_what_blocks_hold(spec))]
    return tuple(_place_row(row, table, spec, frames[row.block]) for row in table.rows)


@lru_cache(maxsize=16)  # the tables of all templates
def _what_blocks_hold(spec: TableSpec) -> tuple[tuple[bool, bool], ...]:
    """Of each block whether it holds amounts, and changes."""
    return tuple((_has_amounts(block), _has_changes(block)) for block in spec.blocks)


def _has_amounts(block: Block) -> bool:
    return block.amount or any(column.amount for column in block.columns)


def _has_changes(block: Block) -> bool:
    fields = [f"{row.id}.{column.id}" for row in block.rows for column in block.columns]
    patterns = load_rules("arithmetic.toml")["may_be_negative"]
    return any(fnmatchcase(field, pattern) for field in fields for pattern in patterns)


@record
class _Frame:
    """What the rows of a block tell together: `firsts` as in _typical_first, the columns that are `empty` in all,
    whether some hold amounts, whether some hold changes.
    """

    firsts: dict[tuple[int, int], int]
    empty: frozenset[int] = frozenset()
    amount: bool = False
    change: bool = False

    def offset(self, strip: Strip) -> int | None:
        """Where in the strip the grid's first value cell would be; None where its raw table does not tell."""
        first = self.firsts.get(_grid_of(strip))
        return None if first is None else first - strip.first


def _typical_first(table: AlignedTable) -> dict[tuple[int, int], int]:
    """Raw table and page → index of the first value cell in most of its full rows; of its fullest where none is full.

    Where zeros are left empty, a row whose first and last column alone hold values shows it as well.
    """
    firsts: dict[tuple[int, int], dict[int, list[int]]] = {}
    for row in table.rows:
        if row.strip and row.strip.table:
            filled = [k for k, cell in enumerate(row.strip.cells) if cell.text]
            width = len(table.columns[row.block])
            lacking, most = width - len(filled), _MOST_LACKING if width >= _WIDE_ROW else 0
            spans = bool(filled) and filled[-1] - filled[0] + 1 == width
            if filled and (0 <= lacking <= most or (lacking > 0 and spans)):
                firsts.setdefault(_grid_of(row.strip), {}).setdefault(lacking, []).append(row.strip.first + filled[0])
    fullest = {number: groups[min(groups)] for number, groups in firsts.items()}
    return {number: max(set(values), key=values.count) for number, values in fullest.items()}


def _grid_of(strip: Strip) -> tuple[int, int]:
    """The raw table and the page of a row: a table that goes on has a grid of its own on each page."""
    return strip.table, strip.page


def _place_row(row: AlignedRow, table: AlignedTable, spec: TableSpec, frame: _Frame) -> CandidateRow:
    block = spec.blocks[row.block]
    ids = _field_ids(spec, row.block, row.row)
    present = table.columns[row.block]
    columns_open = len(present) < len(block.columns) and table.head_cost[row.block] > _CLEAR_HEADS
    columns_open = columns_open or (bool(table.columns_sure) and not table.columns_sure[row.block])
    renamed = table.renamed[row.block] if table.renamed else ()
    if row.strip is None or _has_no_cells(row.strip, table):
        return CandidateRow(row, ids, (), table.leftover, columns_open, 0, len(present))
    if plain := _read_plain(row.strip, len(present), frame):
        placement = Placement(_spread(plain, present, len(block.columns)), 0.0)
        return CandidateRow(row, ids, (placement,), table.leftover, columns_open, len(present), len(present), renamed)
    cells = tuple(_read(cell, frame) for cell in _row_cells(row.strip.cells, len(present)))
    offset = frame.offset(row.strip)
    stated = _stated_cells(row.strip.cells, len(present), offset, frame.empty)
    if not stated and len(present) == len(block.columns):
        stated = _own_cells(row.strip, len(present), table, frame)
    expected = len(present)
    if not stated and table.no_totals and table.no_totals[row.block]:
        filled = tuple(cell for cell in cells if cell.state is not State.BLANK)
        expected -= len(filled) == len(present) - 1 == len(block.columns) - 1
    if expected < len(present):
        layouts: Sequence[Layout] = [(0.0, (*filled, parse_cell("")))]
    else:
        layouts = [(0.0, tuple(cells[k] for k in stated))] if stated else _lay_out(cells, len(present), offset)
    if row.strip.pieced == 1 and len(cells) == len(present):  # the value may be the total, set a little higher
        layouts = [*layouts, (TOTAL_FIRST, (*cells[1:], cells[0]))]
    placements = tuple(
        Placement(_spread(chosen, present, len(block.columns)), cost, bool(stated))
        for cost, chosen in layouts[:MAX_PLACEMENTS]
    )
    printed = sum(1 for cell in cells if cell.state is not State.BLANK)
    if 0 < printed < len(present) and not stated and any(cell.place for cell in row.strip.cells):
        columns_open = True  # the file states the cells, and they do not tell which column is which
    return CandidateRow(row, ids, placements, table.leftover, columns_open, printed, expected, renamed)


@lru_cache(maxsize=256)  # the rows of all templates
def _field_ids(spec: TableSpec, block: int, row: int) -> tuple[str, ...]:
    return tuple(f"{spec.blocks[block].rows[row].id}.{column.id}" for column in spec.blocks[block].columns)


def _has_no_cells(strip: Strip, table: AlignedTable) -> bool:
    """Whether the file states no cell beside the row's label, where it states those of other rows."""
    if not strip.table or any(cell.place or cell.text for cell in strip.cells):
        return False
    rows = (row.strip for row in table.rows if row.strip)
    return any(cell.place for own in rows for cell in own.cells)


def _row_cells(cells: Sequence[RawCell], width: int) -> Sequence[RawCell]:
    """The row's cells; where the file states fewer than the row has columns, what it does not state is no cell."""
    stated = [cell for cell in cells if cell.place]
    return stated if 0 < len(stated) < width and not any(cell.text for cell in cells if not cell.place) else cells


def _empty_columns(table: AlignedTable, block: int, firsts: dict[tuple[int, int], int]) -> frozenset[int]:
    """The columns that are empty in every row; none where the last numbers mostly are as much as all others: then the
    rows may well be a value short, and their totals stand one column off. None, too, where a page goes on without one.
    """
    frame, width = _Frame(firsts), len(table.columns[block])
    rows = []
    for strip in (row.strip for row in table.rows if row.block == block and row.strip):
        offset = frame.offset(strip)
        if offset is not None and len(strip.cells) < width:
            return frozenset()
        if offset is not None and 0 <= offset <= len(strip.cells) - width:
            rows.append([cell.text for cell in strip.cells[offset : offset + width]])
    empty = frozenset(k for k in range(width) if not any(row[k] for row in rows))
    if len(rows) < _FEWEST_DRAWN or not empty:
        return frozenset()
    values = [[parse_cell(text).value or Decimal(0) for text in row if text] for row in rows]
    several = [row for row in values if len(set(row)) > 1]
    like_totals = sum(2 * row[-1] >= sum(row) for row in several)
    if like_totals and 2 * like_totals >= len(several):
        return frozenset()
    return empty


def _stated_cells(cells: Sequence[RawCell], width: int, offset: int | None, empty: frozenset[int]) -> Sequence[int]:
    """The places of the cells that stand in the table's columns of values, where the file states each and no value
    stands beside; empty where it does not.

    Where they are drawn and not stated, only the columns that are `empty` in every row are surely so in this one. Of a
    scan the reader of cells has looked into each: how surely one is empty is its to tell.
    """
    if offset is None or offset < 0 or offset + width > len(cells):
        return ()
    own = slice(offset, offset + width)
    if any(cell.text for cell in (*cells[: own.start], *cells[own.stop :])):
        return ()
    is_stated = all(cell.stated for cell in cells[own])
    is_looked_at = all(cell.readings for cell in cells[own])
    is_drawn = all(cell.bbox and not cell.readings for cell in cells[own])
    drawn_so = is_drawn and {k for k, cell in enumerate(cells[own]) if not cell.text} <= empty
    return range(own.start, own.stop) if is_stated or is_looked_at or drawn_so else ()


def _own_cells(strip: Strip, width: int, table: AlignedTable, frame: _Frame) -> Sequence[int]:
    """The places of the cells that the file states behind the row's label, where they are as many as the columns; empty
    where they are not.

    A cell may reach over columns in which others begin. A label whose span is wrong moves them off the table's grid.
    Where labels of the table are followed by empty cells of their own, so may this one be, and then the cells alone do
    not tell.
    """
    own = [k for k, cell in enumerate(strip.cells) if cell.stated]
    if len(own) != width or any(cell.text for cell in strip.cells if not cell.stated):
        return ()
    grid = _grid_of(strip)
    neighbours = (row.strip for row in table.rows if row.strip and row.strip is not strip)
    spaced = any(_grid_of(other) == grid and _is_spaced(other, frame.offset(other), width) for other in neighbours)
    return () if spaced else own


def _is_spaced(strip: Strip, offset: int | None, width: int) -> bool:
    """Whether the file states a cell between the row's label and the first column of values, more cells than values."""
    more = sum(cell.stated for cell in strip.cells) > width
    return more and any(cell.stated for cell in strip.cells[: max(0, offset or 0)])


def _read_plain(strip: Strip, width: int, frame: _Frame) -> tuple[ParsedCell, ...]:
    """The cells of a row that prints something in each of its columns, and whose file tells nothing but these texts;
    empty for other rows.
    """
    if len(strip.cells) != width or strip.pieced == 1:
        return ()
    for cell in strip.cells:
        if not cell.text or cell.bbox or cell.place or cell.readings or cell.fixed:
            return ()
    cells = _parse_row(tuple([cell.text for cell in strip.cells]), frame.amount, frame.change)
    if any(cell.state is State.BLANK for cell in cells):
        return ()
    if not any(cell.line for cell in strip.cells):  # as most
        return cells
    return tuple(replace(own, page=cell.page, line=cell.line) for own, cell in zip(cells, strip.cells, strict=True))


@lru_cache(maxsize=2048)  # most rows hold a few small numbers
def _parse_row(texts: tuple[str, ...], amount: bool, change: bool) -> tuple[ParsedCell, ...]:
    return tuple(_parse(text, amount, change, False) for text in texts)


def _read(cell: RawCell, frame: _Frame) -> ParsedCell:
    parsed = _parse(cell.text, frame.amount, frame.change, bool(cell.readings))
    if not (cell.bbox or cell.place or cell.readings or cell.line):
        return parsed
    own = {"bbox": cell.bbox, "place": cell.place, "readings": cell.readings, "page": cell.page, "line": cell.line}
    return replace(parsed, **own)


@lru_cache(maxsize=512)  # most cells hold a small number or nothing
def _parse(text: str, amount: bool, change: bool, scanned: bool) -> ParsedCell:
    """What a cell of a block of amounts, or of changes, prints; of a scan a stop behind the number is its own."""
    parse = parse_cell if scanned else parse_before_stop
    parsed = parse(text, amount=True) if amount else parse(text)
    if parsed.value is None or _suits(parsed.value, parsed.note, text, amount, change):
        return parsed
    return replace(parsed, quality=min(parsed.quality, TORN))


def _suits(value: Decimal, note: str, text: str, amount: bool, change: bool) -> bool:
    """Whether the block asks for such a number. 1.234 of a count may be a thousand, 5元 is no count, 增加5 a change."""
    if note == SIGN_WORD and not change:
        return False
    return amount or (value == int(value) and not prints_money(text))


def _spread(chosen: Sequence[ParsedCell | None], present: Sequence[int], width: int) -> tuple[ParsedCell | None, ...]:
    cells: list[ParsedCell | None] = [None] * width
    for column, cell in zip(present, chosen, strict=True):
        cells[column] = cell
    return tuple(cells)


Layout = tuple[float, tuple[ParsedCell | None, ...]]


def _lay_out(cells: tuple[ParsedCell, ...], width: int, offset: int | None) -> Sequence[Layout]:
    """(cost, one cell or None per column), cheapest first; none where no row has so many cells.

    `offset` is where the grid's first value cell would be.
    """
    if len(cells) > _MOST_CELLS:
        return ()
    filled = [k for k, cell in enumerate(cells) if cell.state is not State.BLANK]
    if len(filled) == width:
        return [(0.0, tuple(cells[k] for k in filled))]
    if not filled and len(cells) >= width:
        return [(0.0, cells[:width])]
    return _search(cells, width, offset)


@lru_cache(maxsize=_SEARCHES_KEPT)
def _search(cells: tuple[ParsedCell, ...], width: int, offset: int | None) -> tuple[Layout, ...]:
    """Beam search over columns × cells: take a cell, drop it, join two, or leave the column without."""
    filled = [k for k, cell in enumerate(cells) if cell.state is not State.BLANK]
    first, last = (filled[0], filled[-1]) if filled else (len(cells), -1)
    drop = [
        DROP_VALUE if cell.state is not State.BLANK else DROP_BLANK_INSIDE if first < k < last else DROP_BLANK_END
        for k, cell in enumerate(cells)
    ]
    zeros = any(cell.value == 0 for cell in cells)
    as_many = len(cells) == width  # every column has its cell: the blank ones are printed so
    blank_cost = TAKE_BLANK_AMONG_ZEROS if zeros and not as_many else TAKE_BLANK
    take = [blank_cost if cell.state is State.BLANK else 0.0 for cell in cells]
    joined = [_join(*pair) for pair in pairwise(cells)] if len(filled) > width else []
    left = [sum(1 for k in filled if k >= position) for position in range(len(cells) + 1)]
    costs = _Costs(drop, take, joined, left, offset)
    first_found = _grow(cells, width, costs, beam=_NARROW_BEAM, most=math.inf)
    return tuple(_distinct(_grow(cells, width, costs, beam=_BEAM, most=first_found[0][0] + _WORST)))


@record
class _Costs:
    """Per cell what it costs to drop it and to take it, and the number that it makes with the next, if it makes one.

    `left` counts the values from each position on: those that find no column must be dropped or joined.
    """

    drop: Sequence[float]
    take: Sequence[float]
    joined: Sequence[ParsedCell | None]
    left: Sequence[int]
    offset: int | None


def _grow(cells: tuple[ParsedCell, ...], width: int, costs: _Costs, *, beam: int, most: float) -> list[Layout]:
    """All layouts that the beam finds and that cost no more than `most`, cheapest first."""
    states: list[tuple[float, int, bool, tuple[ParsedCell | None, ...]]] = [(0.0, 0, False, ())]
    for column in range(width):
        grown: list[tuple[float, int, bool, tuple[ParsedCell | None, ...], ParsedCell | None]] = []
        for cost, position, gap, chosen in states:
            grown.append((cost + (EXTEND_GAP if gap else OPEN_GAP), position, True, chosen, None))
            for k in range(position, len(cells)):
                off = OFF_GRID * min(3, abs(k - column - costs.offset)) if costs.offset is not None else 0.0
                grown.append((cost + costs.take[k] + off, k + 1, False, chosen, cells[k]))
                if k < len(costs.joined) and (both := costs.joined[k]):
                    grown.append((cost + MERGE_VALUES, k + 2, False, chosen, both))
                cost += costs.drop[k]
                if cost > most:
                    break
        columns = width - column - 1
        rest = [DROP_VALUE * max(0, left - columns) for left in costs.left]  # what finds no column costs that at least
        bounds = [(state[0] + rest[state[1]], state) for state in grown]
        kept = sorted([own for own in bounds if own[0] <= most], key=itemgetter(0))[:beam]
        states = [(cost, position, gap, (*chosen, cell)) for _, (cost, position, gap, chosen, cell) in kept]
    ended = [(cost + sum(costs.drop[position:]), chosen) for cost, position, _, chosen in states]
    return sorted(ended, key=itemgetter(0))


def _join(left: ParsedCell, right: ParsedCell) -> ParsedCell | None:
    """`1` and `8` that belong together as 18."""
    if left.state is not State.READ or right.state is not State.READ or not left.value or left.raw.startswith("0"):
        return None
    joined = parse_cell(f"{left.raw}{right.raw}")
    if joined.state is not State.READ:
        return None
    raw = f"{left.raw} {right.raw}"
    own = (joined.state, joined.value, raw, 0.6, "two cells joined")
    return ParsedCell(*own, place=left.place, page=left.page, line=left.line)


def _distinct(layouts: list[Layout]) -> list[Layout]:
    """Layouts that read differently, none much dearer than the cheapest."""
    seen: set[object] = set()
    kept: list[Layout] = []
    for cost, chosen in layouts:
        if kept and cost > kept[0][0] + _WORST:
            break
        key = tuple((cell.state, cell.value) if cell else None for cell in chosen)
        if key not in seen:
            seen.add(key)
            kept.append((cost, chosen))
    return kept
