"""A frame around a number within a cell (a form field, a mark of correction) is no ruling of the table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from statistics import median

from extract.pages.pdf.drawing import Box, Edge, Glyph
from extract.pages.pdf.grid import edges_to_grids

_HIGH = 2.0  # type sizes that such a frame is high at most
_MOST = 60  # upright edges of that height; a table whose cells are drawn one by one has more
_SAME = 0.6  # points that the corners of a frame may miss one another
_INSIDE = 0.5  # points between a frame and the walls of its cell at least


def drop_frames(edges: Sequence[Edge], glyphs: Sequence[Glyph]) -> list[Edge]:
    """The edges without those of frames of which each stands alone inside a ruled cell."""
    size = median(glyph.size for glyph in glyphs) if glyphs else 0.0
    upright = [edge for edge in edges if not edge.horizontal and edge.end - edge.start <= _HIGH * size]
    if not 2 <= len(upright) <= _MOST:
        return [*edges]
    frames = [frame for pair in combinations(upright, 2) if (frame := _frame_of(*pair, edges))]
    if not frames:
        return [*edges]
    own = {id(edge) for frame in frames for edge in frame}
    grids = edges_to_grids([edge for edge in edges if id(edge) not in own])
    cells = [grid.cell_box(cell) for grid in grids for cell in grid.cells if cell.closed]
    boxes = {id(frame): _box_of(frame) for frame in frames}
    dropped: set[int] = set()
    for cell in cells:
        inside = [frame for frame in frames if _is_inside(boxes[id(frame)], cell)]
        if len(inside) == 1:
            dropped.update(map(id, inside[0]))
    return [edge for edge in edges if id(edge) not in dropped]


def _frame_of(left: Edge, right: Edge, edges: Sequence[Edge]) -> tuple[Edge, ...] | None:
    """The four edges of the frame that has these two sides; None where there is none."""
    if max(abs(left.start - right.start), abs(left.end - right.end)) > _SAME or abs(left.at - right.at) <= _SAME:
        return None
    x0, x1 = sorted((left.at, right.at))
    sides = [left, right]
    for y in (left.start, left.end):
        near = (edge for edge in edges if edge.horizontal and abs(edge.at - y) <= _SAME)
        side = next((edge for edge in near if max(abs(edge.start - x0), abs(edge.end - x1)) <= _SAME), None)
        if side is None:
            return None
        sides.append(side)
    return tuple(sides)


def _box_of(frame: Sequence[Edge]) -> Box:
    left, right, top, bottom = frame
    return min(left.at, right.at), top.at, max(left.at, right.at), bottom.at


def _is_inside(box: Box, cell: Box) -> bool:
    return (
        cell[0] + _INSIDE < box[0]
        and cell[1] + _INSIDE < box[1]
        and box[2] < cell[2] - _INSIDE
        and box[3] < cell[3] - _INSIDE
    )
