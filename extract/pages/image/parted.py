"""A grid of which vertical rules were not found: a column as wide as several others is parted where they would be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from extract.pages.image.ink import Ink
from extract.pages.image.lattice import Lattice
from extract.pages.image.lines import DARK, PixelBox
from extract.pages.pdf.grid import Cell, Grid

_FEWEST = 3  # columns of numbers that tell how wide these are
_AS_WIDE = 0.12  # of its usual width by which a column of numbers may differ
_MOST = 12  # columns in one whose rules were all lost
_RULE = 2.5  # points from a border within which ink is the rest of its rule
_MOSTLY = 0.8  # share of the cells of a column in which nothing stands across its new borders
_GROUP = 3.0  # points of paper between two numbers, at least


def part_columns(lattice: Lattice, ink: Ink, numbers: Sequence[tuple[int, int]], unit: float) -> Lattice | None:
    """The grid with the lost borders; None where no column lacks one. `numbers` are (row, column) of those found in it.

    Columns of numbers are all about as wide. In one that is a multiple as wide, nothing may stand across the borders
    that it would have, and numbers must stand between them.
    """
    counts = Counter(row for row, _ in numbers)
    rows = [row for row, count in counts.items() if count >= _FEWEST]
    columns = {column for row, column in numbers if counts[row] >= _FEWEST and _boxes(lattice, [row], column)}
    xs = lattice.grid.xs
    if len(columns) < _FEWEST:
        return None
    usual = median(xs[column + 1] - xs[column] for column in columns)
    borders: dict[int, list[float]] = {}
    for column in range(min(columns), len(xs) - 1):
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


def _boxes(lattice: Lattice, rows: Sequence[int], column: int) -> list[PixelBox]:
    """The boxes of the cells in these rows that take up just this column."""
    cells, owner = lattice.grid.cells, lattice.grid.owner
    own = [owner[row][column] for row in rows]
    return [lattice.boxes[k] for k in own if cells[k].column1 - cells[k].column0 == 1]


def _parts_filled(ink: Ink, box: PixelBox, borders: Sequence[float], unit: float) -> int:
    """In how many parts of a cell something stands; 0 where it stands across one of the borders (pixels)."""
    groups = _groups(ink, box, unit)
    apart = []
    for start, end in groups:
        across = [border for border in borders if start < border < end]
        if any(max(end - border, border - start) > _RULE * unit for border in across):
            return 0
        if not across:
            apart.append(sum(border <= start for border in borders))
    return len(set(apart))


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
            inset = max(2, round(1.1 * unit))
            ends = [box[0] - inset, *map(round, pixels), box[2] + inset]
            for k, (left, right) in enumerate(pairwise(ends), first):
                cells.append(replace(cell, column0=k, column1=k + 1))
                boxes.append((left + inset, box[1], max(right - inset, left + inset + 1), box[3]))
        else:
            cells.append(replace(cell, column0=first, column1=last))
            boxes.append(box)
    xs = tuple(sorted([*grid.xs, *(place for own in borders.values() for place in own)]))
    owner = [[-1] * (len(xs) - 1) for _ in grid.owner]
    for k, cell in enumerate(cells):
        for row in range(cell.row0, cell.row1):
            owner[row][cell.column0 : cell.column1] = [k] * (cell.column1 - cell.column0)
    return replace(lattice, grid=Grid(xs, grid.ys, tuple(cells), tuple(map(tuple, owner))), boxes=tuple(boxes))


def _stands_across(ink: Ink, box: PixelBox, borders: Sequence[float], unit: float) -> bool:
    return any(
        start < border < end and max(end - border, border - start) > _RULE * unit
        for start, end in _groups(ink, box, unit)
        for border in borders
    )
