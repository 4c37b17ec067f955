"""A row of the grid in which every column holds several numbers, one below the other, lacks the rules between them, and
so does one in which a number stands below the head of each column.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.pages.image.ink import Ink
from extract.pages.image.lattice import Lattice
from extract.pages.image.lines import DARK, PixelBox, lines_in_cell
from extract.pages.pdf.grid import Cell, Grid
from extract.quick import replace

_FEWEST_STACKS = 3  # columns in which numbers stand one below the other, at least
_FEWEST_HEADED = 2  # columns, at least, in which numbers stand below heads
_HEADED = 2  # lines of a cell that is a head and the number below it
_LOW = 0.5  # heights of the highest line of a cell below which another one is no print
_HIGHEST = 14.0  # points of a number's height
_WIDEST = 6.5  # heights of it that a number is wide
_APART = 2.0  # points of paper between two of them, at least
_CROSSED = 0.5  # points of ink along a border from which something stands across it


def stacked_lines(lattice: Lattice, row: int, ink: Ink, unit: float) -> list[list[PixelBox]]:
    """For each column of a row with several lines that may be numbers their boxes, in pixels of the page."""
    cells = [k for k in dict.fromkeys(lattice.grid.owner[row]) if _is_unit(lattice.grid.cells[k])]
    stacks = [own for k in cells if len(own := _lines(lattice.boxes[k], ink, unit)) > 1]
    return stacks if len(stacks) >= max(_FEWEST_STACKS, len(cells) / 2) else []


def headed_lines(lattice: Lattice, row: int, ink: Ink, unit: float) -> list[list[PixelBox]]:
    """The upper and the lower line of each cell of a row, on the page, where paper parts them all at one height; none
    where a cell holds more or fewer.
    """
    cells = list(dict.fromkeys(lattice.grid.owner[row]))
    if len(cells) < _FEWEST_HEADED or any(lattice.grid.cells[k].row1 - lattice.grid.cells[k].row0 > 1 for k in cells):
        return []
    lines: list[list[PixelBox]] = []
    for k in cells:
        own = _high_lines(lattice.boxes[k], ink, unit)
        if len(own) != _HEADED:
            return []
        lines.append(own)
    return lines if lost_border(lines, unit) else []


def lost_border(lines: Sequence[Sequence[PixelBox]], unit: float) -> list[float]:
    """Where paper parts the upper lines of cells from the lower ones, in pixels; none where none does."""
    last, first = max(own[0][3] for own in lines), min(own[1][1] for own in lines)
    return [(last + first) / 2] if first - last >= _APART * unit else []


def part_row(lattice: Lattice, row: int, borders: Sequence[float], ink: Ink, unit: float) -> Lattice:
    """The grid with the lost borders (pixels) in a row; a cell across which something stands is not parted."""
    grid, more = lattice.grid, len(borders)
    cells: list[Cell] = []
    boxes: list[PixelBox] = []
    places: list[list[int]] = []  # the indexes of what a cell has become, from top to bottom
    for cell, box in zip(grid.cells, lattice.boxes, strict=True):
        if (cell.row0, cell.row1) == (row, row + 1) and not any(_is_crossed(ink, box, y, unit) for y in borders):
            ends = [box[1], *map(round, borders), box[3]]
            own = [replace(cell, row0=row + k, row1=row + k + 1) for k in range(more + 1)]
            boxes += [(box[0], top, box[2], bottom) for top, bottom in pairwise(ends)]
        else:
            own = [replace(cell, row0=cell.row0 + more * (cell.row0 > row), row1=cell.row1 + more * (cell.row1 > row))]
            boxes.append(box)
        places.append(list(range(len(cells), len(cells) + len(own))))
        cells += own
    owner = [
        tuple(places[k][part if len(places[k]) > 1 else 0] for k in own)
        for old, own in enumerate(grid.owner)
        for part in (range(more + 1) if old == row else [0])
    ]
    ys = tuple(sorted([*grid.ys, *(y / unit for y in borders)]))
    return replace(lattice, grid=Grid(grid.xs, ys, tuple(cells), tuple(owner)), boxes=tuple(boxes))


def _is_unit(cell: Cell) -> bool:
    return cell.row1 - cell.row0 == 1 == cell.column1 - cell.column0


def _lines(box: PixelBox, ink: Ink, unit: float) -> list[PixelBox]:
    """The boxes of the lines of a cell, on the page; none where one of them is too high or too wide for a number."""
    lines = _all_lines(box, ink, unit)
    heights = [bottom - top for _, top, _, bottom in lines]
    narrow = all(own[2] - own[0] <= _WIDEST * high for own, high in zip(lines, heights, strict=True))
    return lines if narrow and max(heights, default=0) <= _HIGHEST * unit else []


def _all_lines(box: PixelBox, ink: Ink, unit: float) -> list[PixelBox]:
    x0, y0, x1, y1 = (max(0, value) for value in box)
    return [(x0 + a, y0 + b, x0 + c, y0 + d) for a, b, c, d in lines_in_cell(ink[y0:y1, x0:x1], unit)]


def _high_lines(box: PixelBox, ink: Ink, unit: float) -> list[PixelBox]:
    """The lines of a cell without low ones: what is left of the rule that was lost, or of a fold that hides it."""
    lines = _all_lines(box, ink, unit)
    highest = max((bottom - top for _, top, _, bottom in lines), default=0)
    return [line for line in lines if line[3] - line[1] >= _LOW * highest]


def lost_borders(stacks: Sequence[Sequence[PixelBox]], unit: float) -> list[float]:
    """Where paper parts the numbers of all columns, in pixels; none where they do not stand side by side."""
    if len(stacks) < _FEWEST_STACKS or len({len(own) for own in stacks}) > 1:
        return []
    ends = [
        (max(line[3] for line in upper), min(line[1] for line in lower))
        for upper, lower in pairwise(zip(*stacks, strict=True))
    ]
    return [(a + b) / 2 for a, b in ends] if all(b - a >= _APART * unit for a, b in ends) else []


def _is_crossed(ink: Ink, box: PixelBox, y: float, unit: float) -> bool:
    x0, x1 = max(0, box[0]), max(0, box[2])
    reach = max(1, round(_CROSSED * unit))
    rows = ink[max(0, round(y) - reach) : round(y) + reach + 1, x0:x1] > DARK
    return bool((rows.sum(axis=1) > _CROSSED * unit).all())
