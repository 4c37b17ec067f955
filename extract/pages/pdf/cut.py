"""What the edge of the page cuts off: nobody knows the number of which a digit lies beyond it, nor such a cell's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from extract.pages.pdf.drawing import INK, Box, Edge, Glyph
from extract.pages.pdf.grid import Grid

_OF_NUMBER = re.compile(r"[\d０-９.,，\ufffc+\-－—–/／%]")
_AIR = 0.15  # share of a digit's box that its ink leaves free at each side
_HIGH = 0.72  # type sizes that digits are high
_NEXT = 0.5  # type sizes between two digits of one number
_LEVEL = 0.3  # type sizes that their baselines differ at most
_OFF = 1.0  # points by which the middle of a character may lie outside the page
_AT_EDGE = 2.0  # points between the edge of the page and the last rule of a table that is cut off there
_ASCENT, _HALF = 0.86, 0.5  # share of the type size that lies above the baseline, and above the middle


def keep_on_page(glyphs: Sequence[Glyph], width: float, height: float) -> tuple[Glyph, ...]:
    """The glyphs of a page of that size without those beyond its edge. Of a number that it cuts or that goes on behind
    it a digit is left that says so.
    """
    kept: list[Glyph] = []
    for k, glyph in enumerate(glyphs):
        x0, y0, x1, y1 = glyph.box
        if x0 >= 0 and y0 >= 0 and x1 <= width and y1 <= height:
            kept.append(glyph)
        elif glyph.text.isdigit() and (_is_cut(glyph, width, height) or _goes_on(glyphs, k, width, height)):
            box = (_within(x0, width), _within(y0, height), _within(x1, width), _within(y1, height))
            kept.append(Glyph(INK, box, glyph.base))
        elif -_OFF <= glyph.x <= width + _OFF and -_OFF <= glyph.y <= height + _OFF:
            kept.append(glyph)
    return tuple(kept)


def _within(at: float, length: float) -> float:
    return min(max(at, 0.0), length)


def _ink_of(glyph: Glyph) -> Box:
    air = _AIR * (glyph.box[2] - glyph.box[0])
    return glyph.box[0] + air, glyph.base - _HIGH * glyph.size, glyph.box[2] - air, glyph.base


def _is_cut(glyph: Glyph, width: float, height: float) -> bool:
    """Whether some of a digit is seen and some is not."""
    x0, y0, x1, y1 = _ink_of(glyph)
    seen = x0 < width and x1 > 0 and y0 < height and y1 > 0
    return seen and not (x0 >= 0 and y0 >= 0 and x1 <= width and y1 <= height)


def _goes_on(glyphs: Sequence[Glyph], k: int, width: float, height: float) -> bool:
    """Whether a digit that is not seen is the next one of a number that is."""
    one = glyphs[k]
    for other in (*glyphs[max(0, k - 1) : k], *glyphs[k + 1 : k + 2]):
        gap = max(one.box[0] - other.box[2], other.box[0] - one.box[2])
        level = abs(one.base - other.base) <= _LEVEL * one.size
        if other.text.isdigit() and level and gap <= _NEXT * one.size and 0 <= other.x <= width:
            return 0 <= other.y <= height
    return False


def doubt_cut_cells(grid: Grid, glyphs: Sequence[Glyph], edges: Sequence[Edge], width: float) -> list[Glyph]:
    """The glyphs of a page of that width and, for each cell of a column that its left or right edge cuts, with a number
    in it or nothing, one that says so.
    """
    if not glyphs:
        return []
    size = median(glyph.size for glyph in glyphs)
    at_edge = (grid.xs[0] <= _AT_EDGE, grid.xs[-1] >= width - _AT_EDGE)
    marks: list[Glyph] = []
    for k in (0, len(grid.xs) - 2):
        cells = [cell for cell in grid.cells if cell.column0 <= k < cell.column1] if at_edge[k > 0] else []
        boxes = [grid.cell_box(cell) for cell in cells]
        held = [[glyph for glyph in glyphs if x0 <= glyph.x <= x1 and y0 <= glyph.y <= y1] for x0, y0, x1, y1 in boxes]
        x = grid.xs[-1] if k else grid.xs[0]
        ruled = any(not edge.horizontal and edge.at == x and 0 <= x <= width for edge in edges)
        narrow = grid.xs[k + 1] - grid.xs[k] < size
        if not ruled or narrow or _may_be_beyond(held, width):
            marks += [_to_mark(box, own, size) for box, own in zip(boxes, held, strict=True) if _is_number_place(own)]
    return [*glyphs, *marks]


def _may_be_beyond(held: Sequence[Sequence[Glyph]], width: float) -> bool:
    """Whether a character of a column's cells reaches over the edge of the page, or none of them shows a number."""
    printed = [glyph for own in held for glyph in own]
    over = any(glyph.text == INK or glyph.box[0] < 0 or glyph.box[2] > width for glyph in printed)
    return over or not any(_OF_NUMBER.match(glyph.text) for glyph in printed)


def _is_number_place(own: Sequence[Glyph]) -> bool:
    return all(_OF_NUMBER.match(glyph.text) for glyph in own)


def _to_mark(box: Box, own: Sequence[Glyph], size: float) -> Glyph:
    """Behind the middle of the last of the cell's own characters, or in the middle of the cell."""
    if own:
        last = max(own, key=lambda glyph: glyph.x)
        return Glyph(INK, (last.x, last.box[1], last.x, last.box[3]), last.base)
    x, base = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2 + (_ASCENT - _HALF) * size
    return Glyph(INK, (x, base - _ASCENT * size, x, base + (1 - _ASCENT) * size), base)
