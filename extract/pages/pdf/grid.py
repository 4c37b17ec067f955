"""Ruled edges → grids of cells: edges are joined, those that touch make a table, walls that are missing merge cells.

The outer border need not be drawn: a table cut by a page break has an open top or bottom, some have open sides.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from extract.pages.pdf.drawing import Box, Edge
from extract.pages.pdf.edges import SNAP, TOUCH, join_edges, touching_groups
from extract.quick import record

_COVERED = 0.5  # share of a cell's side that must be ruled to be a wall
_MAX_UNITS = 40_000  # unit cells of a grid; hatched pictures have more
_MOST_EDGES = 5000  # joined edges of a page; a full table has some hundred, a drawing more
_MOST_TABLES = 60  # of a page


@record
class Cell:
    """A cell over the grid rows row0..row1 and columns column0..column1, ends exclusive.

    `closed` tells whether all its walls are ruled; a cell that is not closed stands for an area without ruling.
    """

    row0: int
    column0: int
    row1: int
    column1: int
    closed: bool


@record
class Grid:
    """`xs` and `ys` are the borders of the unit columns and rows; `owner[row][column]` indexes `cells`."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Cell, ...]
    owner: tuple[tuple[int, ...], ...]

    @property
    def box(self) -> Box:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def cell_at(self, x: float, y: float) -> Cell:
        """The cell of a point inside the grid."""
        row, column = (
            bisect_right(borders, at, 1, len(borders) - 1) - 1 for borders, at in ((self.ys, y), (self.xs, x))
        )
        return self.cells[self.owner[row][column]]

    def cell_box(self, cell: Cell) -> Box:
        return self.xs[cell.column0], self.ys[cell.row0], self.xs[cell.column1], self.ys[cell.row1]


def edges_to_grids(edges: Sequence[Edge]) -> list[Grid]:
    """The ruled tables of a page, from top to bottom."""
    joined = join_edges([edge for edge in edges if edge.horizontal]) + join_edges(
        [edge for edge in edges if not edge.horizontal]
    )
    if len(joined) > _MOST_EDGES:
        return []
    grids = [grid for group in touching_groups(joined) if (grid := group_to_grid(group))]
    return sorted(grids, key=lambda grid: grid.ys[0])[:_MOST_TABLES]


def group_to_grid(edges: Sequence[Edge]) -> Grid | None:
    """The grid of edges that touch, or None where they make no table (one column, or a hatched area)."""
    across, down = [edge for edge in edges if edge.horizontal], [edge for edge in edges if not edge.horizontal]
    if not across or not down:
        return None
    ends_x = [value for edge in across for value in (edge.start, edge.end)]
    ends_y = [value for edge in down for value in (edge.start, edge.end)]
    xs = _borders([edge.at for edge in down], ends_x)
    ys = _borders([edge.at for edge in across], ends_y)
    rows, columns = len(ys) - 1, len(xs) - 1
    if columns < 2 or rows < 1 or rows * columns > _MAX_UNITS:
        return None
    right = _walls(down, xs, ys, _open_steps(across, ys))  # walls at xs[k], for every unit row
    below = _walls(across, ys, xs, _open_steps(down, xs))
    return _make_grid(xs, ys, right, below)


def _borders(lines: Iterable[float], ends: Sequence[float]) -> tuple[float, ...]:
    """Lines in order, and the outermost ends where they stand off: an open side."""
    borders: list[float] = []
    for value in sorted(lines):
        if not borders or value - borders[-1] > SNAP:
            borders.append(value)
    if min(ends) < borders[0] - TOUCH:
        borders.insert(0, min(ends))
    if max(ends) > borders[-1] + TOUCH:
        borders.append(max(ends))
    return tuple(borders)


def _open_steps(edges: Sequence[Edge], borders: Sequence[float]) -> set[int]:
    """The first and the last step between the borders, where no edge is drawn along its outer side."""
    ats = [edge.at for edge in edges]
    ends = ((0, min(ats) - borders[0]), (len(borders) - 2, borders[-1] - max(ats)))
    return {step for step, apart in ends if apart > TOUCH}


def _walls(
    edges: Sequence[Edge], lines: Sequence[float], steps: Sequence[float], open_steps: set[int]
) -> list[list[bool]]:
    """Shape (n_lines, n_steps - 1): whether the line is ruled along each step.

    An open step ends where the longest edge ends; the others may end before, at the end of their own cells.
    """
    least = [_COVERED * (end - start) for start, end in pairwise(steps)]
    for step in open_steps:
        least[step] = min(least[step], TOUCH)
    covered = [[0.0] * (len(steps) - 1) for _ in lines]
    for edge in edges:
        line = min(range(len(lines)), key=lambda k: abs(lines[k] - edge.at))
        for k in range(len(steps) - 1):
            covered[line][k] += max(0.0, min(edge.end, steps[k + 1]) - max(edge.start, steps[k]))
    return [[length >= own for length, own in zip(line, least, strict=True)] for line in covered]


def _make_grid(xs: tuple[float, ...], ys: tuple[float, ...], right: list[list[bool]], below: list[list[bool]]) -> Grid:
    rows, columns = len(ys) - 1, len(xs) - 1
    owner = [[-1] * columns for _ in range(rows)]
    cells: list[Cell] = []
    for row in range(rows):
        for column in range(columns):
            if owner[row][column] < 0:
                units = _flood(row, column, owner, len(cells), right, below)
                cells.append(_units_to_cell(units, right))
    return Grid(xs, ys, tuple(cells), tuple(map(tuple, owner)))


def _flood(
    row: int, column: int, owner: list[list[int]], own: int, right: list[list[bool]], below: list[list[bool]]
) -> list[tuple[int, int]]:
    """The unit cells that no wall parts from this one; they get the number `own`."""
    units, stack = [], [(row, column)]
    owner[row][column] = own
    while stack:
        r, c = stack.pop()
        units.append((r, c))
        steps = (
            (r, c + 1, c + 1 < len(owner[0]) and not right[c + 1][r]),
            (r, c - 1, c > 0 and not right[c][r]),
            (r + 1, c, r + 1 < len(owner) and not below[r + 1][c]),
            (r - 1, c, r > 0 and not below[r][c]),
        )
        for next_row, next_column, free in steps:
            if free and owner[next_row][next_column] < 0:
                owner[next_row][next_column] = own
                stack.append((next_row, next_column))
    return units


def _units_to_cell(units: list[tuple[int, int]], right: list[list[bool]]) -> Cell:
    """Their hull; closed where they fill it and its sides are ruled. A side that is ruled nowhere is open by design,
    and so are top and bottom, where a page break may have cut the table.
    """
    rows, columns = [row for row, _ in units], [column for _, column in units]
    row0, row1, column0, column1 = min(rows), max(rows) + 1, min(columns), max(columns) + 1
    full = len(units) == (row1 - row0) * (column1 - column0)
    outer = [right[wall] for wall, own in ((0, column0), (len(right) - 1, column1)) if wall == own]
    return Cell(row0, column0, row1, column1, full and all(not any(side) or all(side[row0:row1]) for side in outer))
