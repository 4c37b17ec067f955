"""Numbers that a converter wrote column by column or block by block → rows, where count and sums prove how.

All numbers of the table are there, one after the other, and no label tells where one belongs. The stream is cut into
blocks of neighbouring rows, each laid out in one of a few ways; the cut whose row sums hold is the printed one, unless
another cut that reads otherwise does as well (dynamic programming over rows).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, combinations, pairwise, product

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from extract.alignment.displaced import find_displaced
from extract.alignment.naming import known_labels
from extract.alignment.strips import count_printed, split_items
from extract.celltext import parse_cell
from extract.quick import record, replace
from extract.records import AlignedRow, AlignedTable, Block, Form, Item, RawCell, State, Strip, TableSpec
from extract.rules import linear_rules
from extract.textform import squeeze

_BLOCK_COST, _BREAK_COST = 0.01, 0.02  # of failed sums: of two cuts alike the one in fewer blocks, parted by words
_LAYOUT_COST = 0.00001
_PAIR = 2  # of two numbers on two lines neither stands apart
_MOST_GROUPS = 3  # groups of columns that stand one after the other in a block
_FAILED_SHARE, _HELD_TO_FAILED = 0.2, 2  # more rows whose sums fail, fewer that hold: nothing is known of the layout
_MOST_FAILED, _MOST_FAILED_ACROSS = 2, 5  # sums that a report may itself get wrong; with more, every row stays open
_NOTHING, _MANY = "无", 5  # what some agencies print for 0, and how often from which on it is no piece of a label
_NAMED = 0.2  # a label that near (0..1) to its row's names it

_HAN = re.compile("[\u4e00-\u9fff]")

Integers = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]
_Arranged = tuple[list[list[int]], set[int]]  # per row the places in the stream of its cells; the rows that stay open


@record
class _Number:
    """`after` counts the lines of words before it."""

    cell: RawCell
    after: int

    @property
    def line(self) -> int:
        return self.cell.line

    @property
    def value(self) -> float:
        return float(parse_cell(self.cell.text).value or 0)

    @property
    def is_illegible(self) -> bool:
        return parse_cell(self.cell.text).state is State.ILLEGIBLE


@record
class _Sums:
    """Columns of a row whose sum is that of other columns; flat places whose sum is that of others, for the columns."""

    whole: list[int]
    parts: list[int]
    across: tuple[tuple[list[int], list[int]], ...]


@record
class _Block:
    """Rows `first` to `first + size` in each of the ways to lay them out.

    `failed` counts the row sums that fail in each layout; `rank` is the least of the layouts that fail least; `breaks`
    counts the words that stand between its numbers, which more likely part two blocks.
    """

    first: int
    size: int
    failed: Integers
    rank: int
    breaks: int

    @property
    def least(self) -> int:
        return int(self.failed[self.rank])

    def places(self, rank: int | Integers, width: int) -> Integers:
        """Place in the stream of every cell (size × width) in that layout; of several ranks (n × size × width)."""
        places: Integers = self.first * width + _layouts(self.size, width)[rank]
        return places


def restore_columns(tables: Sequence[AlignedTable], items: Sequence[Sequence[Item]], form: Form) -> list[AlignedTable]:
    """The tables, those put in order whose rows were torn apart while all their numbers are there.

    `items` are those of each table's section. A converter may have set the last numbers of one table behind the
    heading of the next: they are shared out where the numbers of neighbouring tables are just as many as their cells.
    """
    restored = list(tables)
    streams: list[list[_Number]] = []
    for k, (table, spec) in enumerate(zip(tables, form.tables, strict=True)):
        if sum(len(block.rows) for block in spec.blocks) == 1 or not _is_torn(table, spec):
            continue
        streams = streams or [_numbers(own) for own in items]
        shared = _share_out(streams, k, [sum(map(_size, other.blocks)) for other in form.tables])
        legible = not any(number.is_illegible for numbers in shared.values() for number in numbers)
        found = None
        if k in shared and legible:
            single = len(spec.blocks) == 1
            found = _arrange(shared[k], spec, form) if single else _in_sequence(shared[k], spec, items[k])
        if found:
            found = found[0], found[1] | _displaced(found[0], shared[k], spec, items[k])
        whole = _to_table(table, shared[k], spec, *found) if found else None
        if whole is None:
            continue
        restored[k] = whole
        for other, numbers in shared.items():
            blocks = form.tables[other].blocks
            if len(blocks) == len(blocks[0].rows) == 1 and len(streams[other]) != len(numbers):
                restored[other] = _single_row(restored[other], numbers)
    return restored


def _displaced(
    places: Sequence[Sequence[int]], numbers: Sequence[_Number], spec: TableSpec, items: Sequence[Item]
) -> set[int]:
    """The rows that stay open because labels stand beside other numbers than theirs."""
    rows = [row for block in spec.blocks for row in block.rows]
    lines = {row: min(numbers[place].line for place in own) for row, own in enumerate(places)}
    return find_displaced(split_items(items), rows, known_labels(spec), lines, one_sided=True)


def _size(block: Block) -> int:
    return len(block.rows) * len(block.columns)


def _share_out(streams: Sequence[list[_Number]], k: int, sizes: Sequence[int]) -> dict[int, list[_Number]]:
    """The numbers of table `k` and of the neighbours that it shares with; empty where they are too few or too many."""
    last = len(sizes) - 1
    for first, end in ((k, k), (k, min(k + 1, last)), (max(k - 1, 0), k), (max(k - 1, 0), min(k + 1, last))):
        joined = [number for stream in streams[first : end + 1] for number in stream]
        if len(joined) == sum(sizes[first : end + 1]):
            cuts = [sum(sizes[first:table]) for table in range(first, end + 2)]
            return {first + n: joined[cut:stop] for n, (cut, stop) in enumerate(pairwise(cuts))}
    return {}


def _is_torn(table: AlignedTable, spec: TableSpec) -> bool:
    """Whether a row has no values of its own, too few or many, or ones that may be another's.

    Never where its heads exchange columns: sums do not tell one column of applicants from another.
    """
    if any(list(columns) != sorted(columns) for columns in table.columns) or not all(table.columns_sure):
        return False
    strips = [(row.strip, len(spec.blocks[row.block].columns)) for row in table.rows]
    return any(strip is None or strip.heaped or count_printed(strip) != width for strip, width in strips)


def _numbers(items: Sequence[Item]) -> list[_Number]:
    """Every number and mark of the section in printed order, and what else stands in the place of one.

    A lone Chinese character is more likely a piece of a label that runs down the page than a numeral; so is 无, unless
    the table is full of them.
    """
    strips = split_items(items)
    before = list(accumulate(bool(strip.texts) for strip in strips))
    words = [
        (word, _Number(RawCell(word, cell.bbox, page=strip.page, line=strip.number), after))
        for strip, after in zip(strips, before, strict=True)
        for cell in strip.cells
        for word in cell.text.split()
    ]
    nothing = _NOTHING if sum(word == _NOTHING for word, _ in words) >= _MANY else ""
    return [number for word, number in words if word == nothing or not _HAN.fullmatch(word)]


def _sums_of(spec: TableSpec, form: Form) -> _Sums | None:
    """The sums of the table's first row, which are those of every row, and the others; None where it has none."""
    block = spec.blocks[0]
    places = {
        f"{row.id}.{column.id}": (r, c) for r, row in enumerate(block.rows) for c, column in enumerate(block.columns)
    }
    rules = [rule for rule in linear_rules(form) if all(field in places for field in rule.fields)]
    own = [rule for rule in rules if {places[field][0] for field in rule.fields} == {0}]
    if not own:
        return None
    flat = {field: r * len(block.columns) + c for field, (r, c) in places.items()}
    across = tuple(
        ([flat[field] for field in rule.whole], [flat[field] for field in rule.parts])
        for rule in rules
        if len({places[field][0] for field in rule.fields}) > 1
    )
    return _Sums([places[field][1] for field in own[0].whole], [places[field][1] for field in own[0].parts], across)


def _in_sequence(numbers: Sequence[_Number], spec: TableSpec, items: Sequence[Item]) -> _Arranged | None:
    """The rows of several small blocks one after the other; where the numbers of a block differ they stay open, for no
    sum proves their order, and a number whose label stands apart is never sure. None where a column's head stands
    behind the numbers that would be its block's.
    """
    heads: dict[str, int] = {}  # line of each text's first mention
    for strip in split_items(items):
        for text in strip.texts:
            heads.setdefault(squeeze(text), strip.number)
    places: list[list[int]] = []
    open_rows: set[int] = set()
    start = 0
    for block in spec.blocks:
        own = start + _by_row(len(block.rows), len(block.columns))
        last = numbers[int(own.max())].line
        if any(heads.get(squeeze(column.label), 0) > last for column in block.columns):
            return None
        if len({numbers[place].value for place in own.ravel().tolist()}) > 1:
            open_rows.update(range(len(places), len(places) + len(block.rows)))
        places += own.tolist()
        start += own.size
    return places, open_rows


def _arrange(numbers: Sequence[_Number], spec: TableSpec, form: Form) -> _Arranged | None:
    """How sums show the rows to be laid out; None where nothing is proven."""
    sums = _sums_of(spec, form)
    if sums is None:
        return None
    values = np.array([number.value for number in numbers])
    rows, width = len(spec.blocks[0].rows), len(spec.blocks[0].columns)
    breaks = [k for k, (a, b) in enumerate(pairwise(numbers), 1) if a.after != b.after]
    blocks = list(_blocks(values, rows, width, sums, breaks))
    places = np.concatenate([block.places(block.rank, width) for block in _cheapest(blocks, rows)])  # (rows, columns)
    table = values[places]
    failed = _failed_rows(table, sums)
    held = int((~failed & table.any(axis=1)).sum())
    across = sum(table.flat[whole].sum() != table.flat[parts].sum() for whole, parts in sums.across)
    if failed.sum() and (failed.sum() > _FAILED_SHARE * rows or held < _HELD_TO_FAILED * failed.sum()):
        return None
    if failed.sum() > _MOST_FAILED or across > _MOST_FAILED_ACROSS:
        return places.tolist(), set(range(rows))
    return places.tolist(), set(np.flatnonzero(failed).tolist()) | _rivals(blocks, values, table, int(failed.sum()))


def _failed_rows(table: Numbers, sums: _Sums) -> npt.NDArray[np.bool_]:
    """Per row of a table (rows × columns), whether its sum fails."""
    failed: npt.NDArray[np.bool_] = table[:, sums.whole].sum(axis=1) != table[:, sums.parts].sum(axis=1)
    return failed


def _blocks(values: Numbers, rows: int, width: int, sums: _Sums, breaks: Sequence[int]) -> Iterator[_Block]:
    """Every block of neighbouring rows in every layout; before the numbers at `breaks` stand words."""
    counts = [_count_failed(values, size, width, sums) for size in range(1, rows + 1)]
    for first in range(rows):
        for size in range(1, rows - first + 1):
            failed = counts[size - 1][first]
            inside = sum(first * width < place < (first + size) * width for place in breaks)
            yield _Block(first, size, failed, int(failed.argmin()), inside)


def _count_failed(values: Numbers, size: int, width: int, sums: _Sums) -> Integers:
    """How many row sums fail of the blocks of so many rows, each in every layout (n_blocks × n_layouts)."""
    blocks = np.ascontiguousarray(sliding_window_view(values, size * width)[::width])  # (n_blocks, size * width)
    layouts = _layouts(size, width).T  # (width, size, n_layouts): sums along so short an axis as a row take long

    def add(columns: Sequence[int]) -> Numbers:
        total: Numbers = sum(blocks.take(layouts[column], axis=1) for column in columns)  # (n_blocks, size, n_layouts)
        return total

    failed: Integers = (add(sums.whole) != add(sums.parts)).sum(axis=1)
    return failed


@lru_cache(maxsize=64)
def _layouts(size: int, width: int) -> Integers:
    """Offsets of a block's cells (n_layouts × size × width), the simplest layout first.

    Up to three groups of columns stand one after the other. Each is written row by row, column by column, or its first
    row and then the rest column by column.
    """
    kinds = (_by_row, _by_column, _first_row_apart)
    found: dict[bytes, Integers] = {}
    for count in range(1, min(_MOST_GROUPS, width) + 1):
        for cuts in combinations(range(1, width), count - 1):
            widths = [end - start for start, end in pairwise((0, *cuts, width))]
            for chosen in product(kinds, repeat=count):
                pieces, start = [], 0
                for kind, own in zip(chosen, widths, strict=True):
                    pieces.append(start + kind(size, own))
                    start += size * own
                offsets = np.concatenate(pieces, axis=1)
                found.setdefault(offsets.tobytes(), offsets)
    return np.stack(list(found.values()))


def _by_row(size: int, width: int) -> Integers:
    return np.arange(size * width, dtype=np.int64).reshape(size, width)


def _by_column(size: int, width: int) -> Integers:
    return _by_row(width, size).T


def _first_row_apart(size: int, width: int) -> Integers:
    return np.concatenate([_by_row(1, width), width + _by_column(size - 1, width)])


def _cheapest(blocks: Sequence[_Block], rows: int) -> list[_Block]:
    """The blocks that cover all rows with the fewest failed sums; of cuts alike the one in fewer, simpler blocks."""
    best: list[tuple[float, _Block | None]] = [(0.0, None), *[(np.inf, None)] * rows]
    for block in blocks:  # by their first row, so that the cost of coming there is known
        own = block.least + _BLOCK_COST + block.breaks * _BREAK_COST + block.rank * _LAYOUT_COST
        cost, end = best[block.first][0] + own, block.first + block.size
        if cost < best[end][0]:
            best[end] = (cost, block)
    chosen: list[_Block] = []
    end = rows
    while (last := best[end][1]) is not None:
        chosen.append(last)
        end = last.first
    return chosen[::-1]


def _rivals(blocks: Sequence[_Block], values: Numbers, table: Numbers, failed: int) -> set[int]:
    """The rows that another cut with as few failed sums reads otherwise."""
    rows, width = table.shape
    before, behind = [0] + [rows] * rows, [rows] * rows + [0]
    for block in blocks:
        end = block.first + block.size
        before[end] = min(before[end], before[block.first] + block.least)
    for block in reversed(blocks):
        behind[block.first] = min(behind[block.first], behind[block.first + block.size] + block.least)
    differing = np.zeros(rows, dtype=bool)
    for block in blocks:
        end = block.first + block.size
        ranks = np.flatnonzero(before[block.first] + block.failed + behind[end] <= failed)
        own = differing[block.first : end]  # (size,)
        if ranks.size and not own.all():
            own |= (values[block.places(ranks, width)] != table[block.first : end]).any(axis=0).any(axis=1)
    return set(np.flatnonzero(differing).tolist())


def _to_table(
    table: AlignedTable, numbers: Sequence[_Number], spec: TableSpec, places: Sequence[list[int]], open_rows: set[int]
) -> AlignedTable | None:
    """The table with its rows in order; None where one that is printed whole beside its label would get other numbers.

    They must be the very ones on its line: a row printed twice makes up for none that is not there.
    """
    rows = []
    lines = Counter(row.strip.number for row in table.rows if row.strip)
    for k, (row, own) in enumerate(zip(table.rows, places, strict=True)):
        printed = [numbers[place] for place in own]
        alone = row.strip is not None and lines[row.strip.number] == 1  # else its label may be another's of the run
        if not (alone and _is_whole(row, len(own))):
            rows.append(_with_numbers(row, printed, contested=k in open_rows))
        elif _is_printed_so(row, own, numbers):
            rows.append(row)
        else:
            return None
    columns = tuple(tuple(range(len(block.columns))) for block in spec.blocks)
    worded = tuple(deviation for deviation in table.deviations if deviation.code == "L001")
    return replace(table, rows=tuple(rows), columns=columns, leftover=0, deviations=worded)


def _is_printed_so(row: AlignedRow, places: Sequence[int], numbers: Sequence[_Number]) -> bool:
    """Whether the numbers at these places are the row's own: those on its line, or the next where each has its line."""
    if row.strip is None or list(places) != list(range(places[0], places[0] + len(places))):
        return False
    if all(numbers[place].line == row.strip.number for place in places):
        return True
    before = numbers[places[0] - 1].line if places[0] else 0
    return before < row.strip.number <= numbers[places[0]].line


def _is_whole(row: AlignedRow, width: int) -> bool:
    """Whether the row stands beside a label that names it, with all its values and none of another's."""
    strip = row.strip
    if strip is None or strip.heaped or strip.pieced or not strip.texts or row.label_cost > _NAMED:
        return False
    return count_printed(strip) == width


def _single_row(table: AlignedTable, numbers: Sequence[_Number]) -> AlignedTable:
    """The table of one row with these numbers; open unless all are alike, for few sums cannot prove their order."""
    alike = len({number.value for number in numbers}) == 1
    return replace(table, rows=(_with_numbers(table.rows[0], numbers, contested=not alike),), deviations=())


def _with_numbers(row: AlignedRow, numbers: Sequence[_Number], *, contested: bool) -> AlignedRow:
    """The row with these numbers; open, too, where one stands alone on another line and may be no cell of it."""
    lines = Counter(number.line for number in numbers)
    stray = sorted(lines.values()) == [1, len(numbers) - 1] and len(numbers) > _PAIR
    cells = tuple(number.cell for number in numbers)
    strip = Strip((), cells, 0, 0, cells[0].page, cells[0].line)
    return AlignedRow(
        row.block, row.row, strip, forced=True, label_seen=row.label_seen, contested=contested or stray, arranged=True
    )
