"""Columns of numbers are about equally wide: one as wide as several lacks rules, two together as wide as one have one
too many. One in whose rows print stands side by side, paper parting all of it at the same places, is several.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from extract.pages.image.ink import Ink
from extract.pages.image.lattice import INSET, Lattice
from extract.pages.image.lines import DARK, PixelBox
from extract.pages.pdf.grid import Cell, Grid
from extract.quick import replace

_FEWEST = 3  # columns of numbers that tell how wide these are
_AS_WIDE = 0.12  # of its usual width by which a column of numbers may differ
_NARROW = 0.75  # of the usual width that a column is wide at most which is a piece of one
_NARROWEST = 8.0  # points: the narrowest column of numbers has room for one digit and its air
_MOST = 12  # columns in one whose rules were all lost
_RULE = 2.5  # points from a border within which ink is the rest of its rule ...
_NEAR = 1.5  # ... and beyond which print stands that reaches over it
_MOSTLY = 0.8  # share of the cells of a column in which nothing stands across its new borders
_SELDOM = 3  # times as many rows of numbers have no border where one is stray as have it
_SPACE = 6.0  # points of paper, at least, that parts two columns all the way down ...
_FEWEST_ROWS = 2  # ... where so many rows have print in both: that of numbers, and of their heads
_GROUP = 3.0  # points of paper between two numbers, at least


def part_columns(lattice: Lattice, ink: Ink, numbers: Sequence[tuple[int, int]], unit: float) -> Lattice | None:
    """The grid with the lost borders; None where no column lacks one. `numbers` are (row, column) of those found in it.

    Columns of numbers are all about as wide. In one that is a multiple as wide, nothing may stand across the borders
    that it would have, and numbers must stand between them.
    """
    rows, first, usual = _usual_width(lattice, numbers)
    xs = lattice.grid.xs
    borders: dict[int, list[float]] = {}
    for column in range(first, len(xs) - 1):
        width = xs[column + 1] - xs[column]
        count = round(width / usual)
        if not 1 < count <= _MOST or abs(width / count - usual) > _AS_WIDE * usual:
            continue
        places = np.linspace(xs[column], xs[column + 1], count + 1)[1:-1].tolist()
        pixels = [place * unit for place in places]
        filled = [_parts_filled(ink, box, pixels, unit) for box in _boxes(lattice, rows, column)]
        if filled and sum(parts > 1 for parts in filled) >= _MOSTLY * len(filled):
            borders[column] = places
    return _with_borders(lattice, borders, ink, unit) if borders else None


def part_spaced(
    lattice: Lattice, ink: Ink, unit: float, *, are_numbers: Callable[[Sequence[PixelBox]], list[bool]]
) -> Lattice | None:
    """The grid with borders where paper parts what stands in a column, in all its cells with print at the same places.

    In one row at least numbers alone stand side by side; `are_numbers` reads what stands in boxes.
    """
    borders: dict[int, list[float]] = {}
    for column in range(len(lattice.grid.xs) - 1):
        boxes = [box for box in _boxes(lattice, range(len(lattice.grid.owner)), column) if _groups(ink, box, unit)]
        gaps = _gaps([group for box in boxes for group in _groups(ink, box, unit)], unit)
        places = [(a + b) / 2 for a, b in gaps]
        full = [box for box in boxes if _parts_filled(ink, box, places, unit) == len(places) + 1]
        if not gaps or len(full) < max(_FEWEST_ROWS, _MOSTLY * len(boxes)):
            continue
        ends = [(x0, *map(round, places), x1) for x0, _, x1, _ in full]
        parts = [(a, y0, b, y1) for own, (_, y0, _, y1) in zip(ends, full, strict=True) for a, b in pairwise(own)]
        read = are_numbers(parts)
        if any(all(read[k : k + len(places) + 1]) for k in range(0, len(read), len(places) + 1)):
            borders[column] = [place / unit for place in places]
    return _with_borders(lattice, borders, ink, unit) if borders else None


def _gaps(groups: Sequence[tuple[int, int]], unit: float) -> list[tuple[int, int]]:
    """Where nothing stands between the first group and the last."""
    gaps, end = [], min((start for start, _ in groups), default=0)
    for first, last in sorted(groups):
        if first - end >= _SPACE * unit:
            gaps.append((end, first))
        end = max(end, last)
    return gaps


def _usual_width(lattice: Lattice, numbers: Sequence[tuple[int, int]]) -> tuple[list[int], int, float]:
    """(the rows of several numbers, the first column of these, how wide their columns are, in points).

    Where too few tell, a column behind all others.
    """
    counts = Counter(row for row, _ in numbers)
    rows = [row for row, count in counts.items() if count >= _FEWEST]
    columns = {column for row, column in numbers if counts[row] >= _FEWEST and _boxes(lattice, [row], column)}
    xs = lattice.grid.xs
    if len(columns) < _FEWEST:
        return [], len(xs), 0.0
    return rows, min(columns), median(xs[column + 1] - xs[column] for column in columns)


def join_columns(lattice: Lattice, ink: Ink, numbers: Sequence[tuple[int, int]], unit: float) -> Lattice | None:
    """The grid without borders that are none; None where it has no such. `numbers` are as for `part_columns`.

    Two columns of numbers that are together as wide as one are one, where a number stands across the border and nothing
    beside it, or where one of them is too narrow for a number. So are two that few rows part, where numbers of the
    others stand across.
    """
    rows, first, usual = _usual_width(lattice, numbers)
    xs, cells, owner = lattice.grid.xs, lattice.grid.cells, lattice.grid.owner
    for k in range(first + 1, len(xs) - 1):
        left, right = xs[k] - xs[k - 1], xs[k + 1] - xs[k]
        pairs = {(row[k - 1], row[k]) for row in owner if row[k - 1] != row[k]}
        alone = all(cells[a].row0 == cells[b].row0 and cells[a].row1 == cells[b].row1 for a, b in pairs)
        if alone and _is_stray(lattice, k, rows, ink, unit):
            return _without_border(lattice, k, dict(pairs))
        is_gap = min(left, right) < _NARROWEST
        if abs(left + right - usual) > _AS_WIDE * usual or (max(left, right) > _NARROW * usual and not is_gap):
            continue
        whole = [_hull(lattice.boxes[a], lattice.boxes[b]) for a, b in pairs]
        groups = [group for box in whole for group in _groups(ink, box, unit)]
        crossed = len(groups) <= len(whole) and any(start < xs[k] * unit < end for start, end in groups)
        if alone and (crossed or is_gap):
            return _without_border(lattice, k, dict(pairs))
    return None


def _is_stray(lattice: Lattice, border: int, rows: Sequence[int], ink: Ink, unit: float) -> bool:
    """Whether few rows of numbers have a border, and the numbers of others run across it: it is an arc of a seal."""
    owner, x = lattice.grid.owner, lattice.grid.xs[border] * unit
    whole = {owner[row][border] for row in rows if owner[row][border - 1] == owner[row][border]}
    groups = [_groups(ink, lattice.boxes[k], unit) for k in whole]
    crossed = sum(any(start < x < end for start, end in own) for own in groups)
    parted = sum(any(end <= x for _, end in own) and any(start >= x for start, _ in own) for own in groups)
    return len(whole) >= _SELDOM * (len(rows) - len(whole)) and crossed > parted


def _without_border(lattice: Lattice, border: int, joined: Mapping[int, int]) -> Lattice:
    """The grid without the border between two columns; `joined` are the cells at its left with those at its right."""
    gone = set(joined.values())
    kept = [k for k in range(len(lattice.boxes)) if k not in gone]
    cells = [lattice.grid.cells[k] for k in kept]
    ends = [lattice.grid.cells[joined[k]].column1 if k in joined else lattice.grid.cells[k].column1 for k in kept]
    moved = [
        replace(cell, column0=cell.column0 - (cell.column0 >= border), column1=end - (end >= border))
        for cell, end in zip(cells, ends, strict=True)
    ]
    boxes = [_hull(lattice.boxes[k], lattice.boxes[joined[k]]) if k in joined else lattice.boxes[k] for k in kept]
    xs = (*lattice.grid.xs[:border], *lattice.grid.xs[border + 1 :])
    return _to_lattice(lattice, xs, moved, boxes)


def _hull(one: PixelBox, other: PixelBox) -> PixelBox:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _to_lattice(lattice: Lattice, xs: tuple[float, ...], cells: Sequence[Cell], boxes: Sequence[PixelBox]) -> Lattice:
    """The lattice with other columns."""
    owner = [[-1] * (len(xs) - 1) for _ in lattice.grid.owner]
    for k, cell in enumerate(cells):
        for row in range(cell.row0, cell.row1):
            owner[row][cell.column0 : cell.column1] = [k] * (cell.column1 - cell.column0)
    grid = Grid(xs, lattice.grid.ys, tuple(cells), tuple(map(tuple, owner)))
    return replace(lattice, grid=grid, boxes=tuple(boxes))


def _boxes(lattice: Lattice, rows: Sequence[int], column: int) -> list[PixelBox]:
    """The boxes of the cells in these rows that take up just this column."""
    cells, owner = lattice.grid.cells, lattice.grid.owner
    own = [owner[row][column] for row in rows]
    return [lattice.boxes[k] for k in own if cells[k].column1 - cells[k].column0 == 1]


def _parts_filled(ink: Ink, box: PixelBox, borders: Sequence[float], unit: float) -> int:
    """In how many parts of a cell something stands; 0 where it stands across one of the borders (pixels)."""
    if _stands_across(ink, box, borders, unit):
        return 0
    groups = _groups(_without_remains(ink, box, borders, unit), (0, 0, box[2] - box[0], box[3] - box[1]), unit)
    return len({sum(border <= box[0] + (start + end) / 2 for border in borders) for start, end in groups})


def _without_remains(ink: Ink, box: PixelBox, borders: Sequence[float], unit: float) -> Ink:
    """The ink of the cell, but for what may be left of rules along its borders."""
    x0, y0, x1, y1 = (max(0, value) for value in box)
    part = ink[y0:y1, x0:x1].copy()
    for border in borders:
        part[:, max(0, round(border - _RULE * unit) - x0) : max(0, round(border + _RULE * unit) - x0)] = 0
    return part


def _groups(ink: Ink, box: PixelBox, unit: float) -> list[tuple[int, int]]:
    """From where to where something stands in the cell, in pixels of the page."""
    x0, y0, x1, y1 = (max(0, value) for value in box)
    columns: NDArray[np.intp] = np.nonzero((ink[y0:y1, x0:x1] > DARK).any(axis=0))[0]
    if not len(columns):
        return []
    parts = np.split(columns, np.nonzero(np.diff(columns) > _GROUP * unit)[0] + 1)
    return [(x0 + int(own[0]), x0 + int(own[-1]) + 1) for own in parts]


def _with_borders(lattice: Lattice, borders: Mapping[int, Sequence[float]], ink: Ink, unit: float) -> Lattice:
    """The grid with these borders (points) in its columns; a cell across which something stands is not parted."""
    grid = lattice.grid
    shift = [sum(len(own) for column, own in borders.items() if column < k) for k in range(len(grid.xs))]
    cells: list[Cell] = []
    boxes: list[PixelBox] = []
    for cell, box in zip(grid.cells, lattice.boxes, strict=True):
        first, last = cell.column0 + shift[cell.column0], cell.column1 + shift[cell.column1]
        own = borders.get(cell.column0, ()) if cell.column1 - cell.column0 == 1 else ()
        pixels = [place * unit for place in own]
        if own and not _stands_across(ink, box, pixels, unit):
            inset = max(2, round(INSET * unit))
            ends = [box[0] - inset, *map(round, pixels), box[2] + inset]
            for k, (left, right) in enumerate(pairwise(ends), first):
                cells.append(replace(cell, column0=k, column1=k + 1))
                boxes.append((left + inset, box[1], max(right - inset, left + inset + 1), box[3]))
        else:
            cells.append(replace(cell, column0=first, column1=last))
            boxes.append(box)
    xs = tuple(sorted([*grid.xs, *(place for own in borders.values() for place in own)]))
    return _to_lattice(lattice, xs, cells, boxes)


def _stands_across(ink: Ink, box: PixelBox, borders: Sequence[float], unit: float) -> bool:
    """Whether print stands across a border: a digit right on it, or ink on both its sides, off what a rule leaves."""
    _, y0, _, y1 = (max(0, value) for value in box)
    reach = _NEAR * unit
    groups = _groups(ink, box, unit)
    if any(start < border - reach and border + reach < end for start, end in groups for border in borders):
        return True
    for border in borders:
        near, far = round(_RULE * unit), round((_RULE + _NEAR) * unit)
        sides = [(round(border) - far, round(border) - near), (round(border) + near, round(border) + far)]
        left, right = ((ink[y0:y1, max(0, a) : max(0, b)] > DARK).any(axis=1) for a, b in sides)
        if (left & right).any():
            return True
    return False
