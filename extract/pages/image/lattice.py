"""Ruled lines of a page → its tables as grids. What is a line is decided for the whole table, never for one row."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extract.pages.image.ink import Ink
from extract.pages.image.rules import Rule
from extract.pages.image.traces import Line, trace_lines
from extract.pages.image.walls import MARGIN, Look, find_walls
from extract.pages.pdf.drawing import Box, Edge
from extract.pages.pdf.edges import touching_groups
from extract.pages.pdf.grid import Cell, Grid, group_to_grid
from extract.quick import record

_NARROWEST_TABLE = 100.0  # points
_ROWS_BETWEEN = 50.0  # points between two pieces of a table: two rows whose sides were not seen
_MOST_APART = 0.15  # share of the pieces of ruled tables that touch no crossing one, where the rules are whole
_LOST = 12.0  # points of a broken rule that may be lost where it crosses another
_REACH = 40.0  # points that such a piece reaches out, its own length
_COLUMN_BETWEEN = 60.0  # points between two pieces side by side: a column whose rules were not seen
_FRAME = 0.95  # share of a frame's sides that is ruled, and at least so many lines across it
INSET = 1.1  # points between a border and the cells beside it: half a rule, and its blurred edge
_ACROSS_FRAME = 3
_WHOLE, _FEWEST_DOWN = 0.9, 2  # share of what is ruled across an open table in lines all across, and lines down it
_MARGIN = 0.03  # share of the page at its sides: the edge of the sheet, not print
_SHARED_WIDTH = 0.8  # share of the narrower one's width, or of the lower one's height, that they have in common


@record
class Lattice:
    """A table of the page. The grid is in points of the page; `downs` and `acrosses` lie at grid.xs and grid.ys."""

    grid: Grid
    boxes: tuple[tuple[int, int, int, int], ...]  # of grid.cells, inside their rules: x0, y0, x1, y1 in pixels
    box: tuple[float, float, float, float]  # the table, in pixels


def find_lattices(ink: Ink, rules: Sequence[Rule], unit: float) -> list[Lattice]:
    """The ruled tables of a page from top to bottom. `unit` is pixels a point."""
    edges = [rule_to_edge(rule, unit) for rule in rules]
    height, width = (length / unit for length in ink.shape[:2])
    sheet = (_MARGIN * width, _MARGIN * height, (1 - _MARGIN) * width, (1 - _MARGIN) * height)
    groups = _join_groups(_drop_outlines(_group_pieces(edges, sheet)))
    lattices = [lattice for group in groups for lattice in _group_to_lattices(group, ink, unit)]
    return sorted(_drop_inner(lattices), key=lambda lattice: lattice.box[1])


def rule_to_edge(rule: Rule, unit: float) -> Edge:
    at, start, end = (float(value) / unit for value in (rule.at, rule.start, rule.end))
    return Edge(rule.horizontal, at, start, end)


def _group_pieces(edges: Sequence[Edge], sheet: Box) -> list[list[Edge]]:
    """Pieces that touch; where many touch no crossing one, those that would if they were a little longer.

    Then nothing outside `sheet` joins them: there its edge is dark in the scan. Where a table has its whole frame, or
    all its lines are whole, no rules are broken: pieces apart are strokes of large print.
    """
    groups = touching_groups(edges)
    apart = len(edges) - sum(len(group) for group in groups)
    whole = (_is_framed(group, sheet) or _is_open(group) for group in groups)
    if apart <= _MOST_APART * len(edges) or any(whole):
        return groups
    longer = touching_groups([_lengthened(edge, _LOST) for edge in edges])
    rest, made = [edge for edge in edges if _is_inside(_box(edge), sheet)], []
    for group in sorted(longer, key=len, reverse=True):
        own, rest = _take_near(_hull([_lengthened(edge, -_LOST) for edge in group]), rest)
        made.append(own)
    return [group for group in made if group]


def _is_framed(group: Sequence[Edge], sheet: Box) -> bool:
    """Whether the pieces have a table's whole frame, within `sheet`, and lines that run across all of it."""
    hull = _hull(group)
    if hull is None or hull[2] - hull[0] < _NARROWEST_TABLE or not _is_inside(hull, sheet):
        return False
    width, height = hull[2] - hull[0], hull[3] - hull[1]
    across = [edge for edge in group if edge.horizontal and edge.end - edge.start >= _FRAME * width]
    down = [edge.at for edge in group if not edge.horizontal and edge.end - edge.start >= _FRAME * height]
    sides = bool(down) and max(down) - min(down) >= _FRAME * width
    return len(across) >= _ACROSS_FRAME and sides


def _is_open(group: Sequence[Edge]) -> bool:
    """Whether the pieces are a table without sides whose lines across are whole but for few, and crossed by several."""
    hull = _hull(group)
    if hull is None or hull[2] - hull[0] < _NARROWEST_TABLE:
        return False
    across = [edge for edge in group if edge.horizontal]
    whole = [edge for edge in across if edge.end - edge.start >= _FRAME * (hull[2] - hull[0])]
    ats = [edge.at for edge in whole]
    rows = [sum(edge.start - _LOST <= at <= edge.end + _LOST for at in ats) for edge in group if not edge.horizontal]
    drawn = sum(edge.end - edge.start for edge in whole) >= _WHOLE * sum(edge.end - edge.start for edge in across)
    return drawn and sum(count >= _ACROSS_FRAME for count in rows) >= _FEWEST_DOWN


def _take_near(hull: Box | None, edges: list[Edge]) -> tuple[list[Edge], list[Edge]]:
    """(the pieces in a table and right beside it, again and again: what joined them was lost; the others)."""
    own: list[Edge] = []
    while hull is not None:
        near = [_is_inside(_box(edge), _grown(hull)) for edge in edges]
        if not any(near):
            break
        own += [edge for edge, taken in zip(edges, near, strict=True) if taken]
        edges = [edge for edge, taken in zip(edges, near, strict=True) if not taken]
        hull = _hull(own) or hull
    return own, edges


def _box(edge: Edge) -> Box:
    return (edge.start, edge.at, edge.end, edge.at) if edge.horizontal else (edge.at, edge.start, edge.at, edge.end)


def _grown(hull: Box) -> Box:
    """Within it pieces of the same table may stand, all of their length."""
    across, down = _COLUMN_BETWEEN + _REACH, _ROWS_BETWEEN + _REACH
    return (hull[0] - across, hull[1] - down, hull[2] + across, hull[3] + down)


def _lengthened(edge: Edge, by: float) -> Edge:
    return Edge(edge.horizontal, edge.at, edge.start - by, edge.end + by)


def _drop_outlines(groups: list[list[Edge]]) -> list[list[Edge]]:
    """Without groups around others that have more rules than they: the edge of the paper, a frame around the page."""
    hulls = [_hull(group) for group in groups]
    kept = []
    for group, hull in zip(groups, hulls, strict=True):
        inside = [other for other, own in zip(groups, hulls, strict=True) if own and hull and _is_inside(own, hull)]
        if sum(len(other) for other in inside if other is not group) <= len(group):
            kept.append(group)
    return kept


def _is_inside(inner: Box, outer: Box) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def _join_groups(groups: list[list[Edge]]) -> list[list[Edge]]:
    """Groups one right below the other and about as wide as one: pieces of a table whose sides were not seen between.

    Where they are several tables they part again when their walls are looked at.
    """
    joined: list[tuple[Box, list[Edge]]] = []
    alone: list[list[Edge]] = []
    for group in groups:
        hull = _hull(group)
        if hull is None:
            alone.append(group)
            continue
        own, apart = list(group), []
        for box, edges in joined:
            if _belong_together(box, hull):
                own += edges
                hull = (min(box[0], hull[0]), min(box[1], hull[1]), max(box[2], hull[2]), max(box[3], hull[3]))
            else:
                apart.append((box, edges))
        joined = [*apart, (hull, own)]
    return [*(edges for _, edges in joined), *alone]


def _belong_together(one: Box, other: Box) -> bool:
    """Whether two boxes stand side by side, or one right below the other and the narrower nearly within its width."""
    below = max(one[1], other[1]) - min(one[3], other[3])
    beside = max(one[0], other[0]) - min(one[2], other[2])
    if -below >= _SHARED_WIDTH * min(one[3] - one[1], other[3] - other[1]):
        return beside <= _COLUMN_BETWEEN
    return below <= _ROWS_BETWEEN and -beside >= _SHARED_WIDTH * min(one[2] - one[0], other[2] - other[0])


def _drop_inner(lattices: list[Lattice]) -> list[Lattice]:
    """Without tables that lie in another."""
    return [
        own
        for own in lattices
        if not any(
            other is not own
            and other.box[0] <= own.box[0]
            and other.box[1] <= own.box[1]
            and own.box[2] <= other.box[2]
            and own.box[3] <= other.box[3]
            for other in lattices
        )
    ]


def _group_to_lattices(group: Sequence[Edge], ink: Ink, unit: float, *, beside: Look | None = None) -> list[Lattice]:
    """The tables in the hull of the pieces.

    What only seemed to join two of them is no wall when looked at closely; then each is looked at by itself, and it is
    known what the rules of the page look like (`beside`).
    """
    hull = _hull(group)
    return find_within(hull, ink, unit, beside=beside) if hull else []


def find_within(hull: Box, ink: Ink, unit: float, *, beside: Look | None = None) -> list[Lattice]:
    """The tables in a part of the page, in points, at whose edges their outermost rules lie. `beside` as above."""
    if hull[2] - hull[0] < _NARROWEST_TABLE:
        return []
    x0, y0 = (max(0, int((value - MARGIN) * unit)) for value in hull[:2])
    x1, y1 = (int((value + MARGIN) * unit) + 1 for value in hull[2:])
    part = np.ascontiguousarray(ink[y0:y1, x0:x1])
    if min(part.shape) < 3 * MARGIN * unit:
        return []
    lines = (trace_lines(part, unit, horizontal=True), trace_lines(part, unit, horizontal=False))
    walls, look = find_walls(part, *lines, unit, beside=beside)
    groups = touching_groups(walls)
    if len(groups) > 1 and beside is None:
        moved = [[_shifted(edge, x0 / unit, y0 / unit) for edge in own] for own in groups]
        return [lattice for own in moved for lattice in _group_to_lattices(own, ink, unit, beside=look)]
    lattices = [edges_to_lattice(edges, lines, (x0, y0), unit) for edges in groups]
    return [lattice for lattice in lattices if lattice and lattice.box[2] - lattice.box[0] >= _NARROWEST_TABLE * unit]


def _hull(group: Sequence[Edge]) -> Box | None:
    """x0, y0, x1, y1 in points; None where the pieces run in one direction only."""
    across, down = [edge for edge in group if edge.horizontal], [edge for edge in group if not edge.horizontal]
    if not across or not down:
        return None
    return (
        min(min(edge.start for edge in across), min(edge.at for edge in down)),
        min(min(edge.start for edge in down), min(edge.at for edge in across)),
        max(max(edge.end for edge in across), max(edge.at for edge in down)),
        max(max(edge.end for edge in down), max(edge.at for edge in across)),
    )


def _shifted(edge: Edge, x: float, y: float) -> Edge:
    along, across = (x, y) if edge.horizontal else (y, x)
    return Edge(edge.horizontal, edge.at + across, edge.start + along, edge.end + along)


# ---------------------------------------------------------------- grid


def edges_to_lattice(
    edges: Sequence[Edge], lines: tuple[list[Line], list[Line]], corner: tuple[int, int], unit: float
) -> Lattice | None:
    grid = group_to_grid(edges) if edges else None
    if grid is None:
        return None
    ys = [_nearest(lines[0], y, unit) for y in grid.ys]
    xs = [_nearest(lines[1], x, unit) for x in grid.xs]
    boxes = tuple(_cell_box(cell, (xs, ys), corner, unit) for cell in grid.cells)
    moved = Grid(
        tuple(x + corner[0] / unit for x in grid.xs),
        tuple(y + corner[1] / unit for y in grid.ys),
        grid.cells,
        grid.owner,
    )
    box = (moved.xs[0] * unit, moved.ys[0] * unit, moved.xs[-1] * unit, moved.ys[-1] * unit)
    return Lattice(moved, boxes, box)


def _nearest(lines: Sequence[Line], border: float, unit: float) -> Line | float:
    """The line at a border of the grid; the border itself, in pixels, where the table is open."""
    line = min(lines, key=lambda line: abs(line.at - border * unit), default=None)
    return line if line is not None and abs(line.at - border * unit) < 1.0 else border * unit


def _cell_box(
    cell: Cell, borders: tuple[Sequence[Line | float], Sequence[Line | float]], corner: tuple[int, int], unit: float
) -> tuple[int, int, int, int]:
    """The inside of a cell in pixels of the page, its rules left out."""
    xs, ys = borders
    x = (_at(xs[cell.column0]) + _at(xs[cell.column1])) / 2
    y = (_at(ys[cell.row0]) + _at(ys[cell.row1])) / 2
    inset = max(1.5, INSET * unit)
    x0, x1 = _at(xs[cell.column0], y) + inset, _at(xs[cell.column1], y) - inset
    y0, y1 = _at(ys[cell.row0], x) + inset, _at(ys[cell.row1], x) - inset
    return (
        round(x0) + corner[0],
        round(y0) + corner[1],
        max(round(x1), round(x0) + 1) + corner[0],
        max(round(y1), round(y0) + 1) + corner[1],
    )


def _at(border: Line | float, along: float | None = None) -> float:
    if isinstance(border, float):
        return border
    if along is None:
        return border.at
    return float(border.across[int(min(max(along, 0), len(border.across) - 1))])
