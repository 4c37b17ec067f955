"""Prose within the frame of a table: what shows through from the other side, or dirt, made one frame of both."""

from __future__ import annotations

from itertools import pairwise

from extract.pages.image.ink import Ink
from extract.pages.image.lattice import Lattice
from extract.pages.image.lines import lines_in_cell
from extract.pages.pdf.grid import Cell, Grid
from extract.quick import replace

_FEWEST_LINES = 4  # of text over a table's whole width, which no row of it has


def cut_prose(lattice: Lattice, ink: Ink, unit: float) -> list[Lattice]:
    """The tables that are left without the rows that hold nothing but prose; `unit` is pixels a point."""
    prose = [_is_prose(lattice, row, ink, unit) for row in range(len(lattice.grid.ys) - 1)]
    if not any(prose):
        return [lattice]
    borders = [-1, *(row for row, own in enumerate(prose) if own), len(prose)]
    return [_part(lattice, above + 1, below, unit) for above, below in pairwise(borders) if below > above + 1]


def _is_prose(lattice: Lattice, row: int, ink: Ink, unit: float) -> bool:
    grid = lattice.grid
    (only, *others) = set(grid.owner[row])
    rows = grid.owner[grid.cells[only].row0 : grid.cells[only].row1]
    if others or any(set(own) != {only} for own in rows):  # no cell goes on beyond the cut
        return False
    x0, y0, x1, y1 = (max(0, value) for value in lattice.boxes[only])
    return len(lines_in_cell(ink[y0:y1, x0:x1], unit)) >= _FEWEST_LINES


def _part(lattice: Lattice, first: int, last: int, unit: float) -> Lattice:
    """The rows from `first` up to `last`, end exclusive."""
    grid = lattice.grid
    kept = [k for k, cell in enumerate(grid.cells) if first <= cell.row0 and cell.row1 <= last]
    cells = [grid.cells[k] for k in kept]
    moved = tuple(Cell(own.row0 - first, own.column0, own.row1 - first, own.column1, own.closed) for own in cells)
    owner = tuple(tuple(kept.index(k) for k in row) for row in grid.owner[first:last])
    ys = grid.ys[first : last + 1]
    box = (lattice.box[0], ys[0] * unit, lattice.box[2], ys[-1] * unit)
    return replace(lattice, grid=Grid(grid.xs, ys, moved, owner), boxes=tuple(lattice.boxes[k] for k in kept), box=box)
