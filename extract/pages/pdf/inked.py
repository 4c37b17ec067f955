"""What is drawn in a number's place and is no text: a picture of a digit, a digit as a shape. The cell is not empty."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from statistics import median

from extract.pages.pdf.drawing import INK, Box, Drawing, Edge, Glyph, Mark
from extract.pages.pdf.grid import Grid
from extract.pages.pdf.words import hull

_MOST = 4000  # marks of a page; a drawing has more
_MOST_STROKES = 60  # short lines of a page; more are the dashes of rules
_HIGH, _WIDE = 2.5, 8.0  # type sizes that a mark is high and wide at most
_STROKE = (0.4, 1.1)  # type sizes of a line that may be a 1 or a dash
_CLEAR = 1.0  # points between such a line and any other
_APART = 0.25  # type sizes between the parts of one mark
_LEVEL = 0.6  # type sizes between the middle of a mark and that of the line on which it stands
_SAME = 0.35  # the same of what surely stands on one line
_BESIDE = 1.2  # or, where none does, to the middles of the two lines of a label beside which it stands
_FILLED = 0.85  # share of a cell's width and height that only what frames or shades it takes
_MIDDLE = (0.25, 0.75)  # shares of a cell's height between which a dash stands; an underline lies lower
_ASCENT, _HALF = 0.86, 0.5  # share of the type size that lies above the baseline, and above the middle
_OF_NUMBER = re.compile(r"[\d０-９.,，+\-－—–/／%]")


def part_strokes(drawing: Drawing) -> tuple[list[Mark], list[Edge]]:
    """(short lines that touch no other, as marks; the other edges): a digit or a dash may be drawn as a line."""
    size = median(glyph.size for glyph in drawing.glyphs) if drawing.glyphs else math.inf
    short = [edge for edge in drawing.edges if _STROKE[0] * size <= edge.end - edge.start <= _STROKE[1] * size]
    if not 0 < len(short) <= _MOST_STROKES:
        return [], [*drawing.edges]
    strokes = [edge for edge in short if not any(_touch(edge, other) for other in drawing.edges)]
    alone = {id(edge) for edge in strokes}
    return [_to_mark(edge) for edge in strokes], [edge for edge in drawing.edges if id(edge) not in alone]


def _touch(edge: Edge, other: Edge) -> bool:
    if edge is other:
        return False
    if edge.horizontal == other.horizontal:
        level = abs(edge.at - other.at) <= _CLEAR
        return level and edge.start - _CLEAR <= other.end and other.start - _CLEAR <= edge.end
    across = edge.start - _CLEAR <= other.at <= edge.end + _CLEAR
    return across and other.start - _CLEAR <= edge.at <= other.end + _CLEAR


def _to_mark(edge: Edge) -> Mark:
    if edge.horizontal:
        return Mark((edge.start, edge.at, edge.end, edge.at))
    return Mark((edge.at, edge.start, edge.at, edge.end))


def add_marks(marks: Sequence[Mark], glyphs: Sequence[Glyph], grids: Sequence[Grid]) -> list[Glyph]:
    """The glyphs and, for each mark in a number's place, one that says so.

    A number's place is a ruled cell with no text but digits, and what is behind the text of a line elsewhere.
    """
    if not (glyphs and marks) or len(marks) > _MOST:
        return [*glyphs]
    page = _Page(glyphs)
    added: dict[int, list[Glyph]] = defaultdict(list)
    for mark in _join(marks, page.size):
        level = page.level_with(mark.box, _LEVEL) or page.level_with(mark.box, _BESIDE)
        if _is_sized(mark.box, page.size) and not page.is_over_text(mark.box) and _is_number_place(mark, level, grids):
            before = max((own for own in level if own[1].x < mark.box[0]), key=lambda own: own[1].x, default=(-1,))[0]
            added[before].append(_to_glyph(mark.box, [glyph for _, glyph in level], page.size))
    if not added:
        return [*glyphs]
    return [*added[-1], *(own for k, glyph in enumerate(glyphs) for own in (glyph, *added.get(k, ())))]


_Placed = tuple[int, Glyph]  # place among the glyphs of the page


class _Page:
    """The glyphs of a page by height; `size` is their usual type size."""

    def __init__(self, glyphs: Sequence[Glyph]) -> None:
        self.size = median(glyph.size for glyph in glyphs)
        self._placed: list[_Placed] = sorted(enumerate(glyphs), key=lambda own: own[1].y)
        self._ys = [glyph.y for _, glyph in self._placed]

    def between(self, top: float, bottom: float) -> list[_Placed]:
        return self._placed[bisect_left(self._ys, top) : bisect_right(self._ys, bottom)]

    def level_with(self, box: Box, reach: float) -> list[_Placed]:
        """The glyphs whose middle is so many type sizes from that of the box at most."""
        y, reach = (box[1] + box[3]) / 2, reach * self.size
        return self.between(y - reach, y + reach)

    def is_over_text(self, box: Box) -> bool:
        """Whether the box lies behind, around or over a character: a shade, a ring, a line."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return any(
            (box[0] <= glyph.x <= box[2] and box[1] <= glyph.y <= box[3])
            or (glyph.box[0] <= x <= glyph.box[2] and glyph.box[1] <= y <= glyph.box[3])
            for _, glyph in self.between(box[1] - self.size, box[3] + self.size)
        )


def _join(marks: Sequence[Mark], size: float) -> list[Mark]:
    """The marks; those that stand together are one."""
    reach = _APART * size
    joined: list[Mark] = []
    near: list[Mark] = []
    for mark in sorted(marks, key=lambda own: own.box[0]):
        own = mark
        kept = []
        for other in near:
            if other.box[2] + reach < mark.box[0]:
                joined.append(other)
            elif other.box[1] <= own.box[3] and own.box[1] <= other.box[3]:
                own = Mark(hull((other.box, own.box)), other.fills or own.fills)
            else:
                kept.append(other)
        near = [*kept, own]
    return joined + near


def _is_sized(box: Box, size: float) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    return max(width, height) >= _STROKE[0] * size and height <= _HIGH * size and width <= _WIDE * size


def _is_number_place(mark: Mark, level: Sequence[_Placed], grids: Sequence[Grid]) -> bool:
    x, y = (mark.box[0] + mark.box[2]) / 2, (mark.box[1] + mark.box[3]) / 2
    grid = next((g for g in grids if g.box[0] <= x <= g.box[2] and g.box[1] <= y <= g.box[3]), None)
    if grid is None:
        return _ends_line(mark.box, level)
    cell = grid.cell_at(x, y)
    if not cell.closed:
        return _ends_line(mark.box, level)
    x0, y0, x1, y1 = grid.cell_box(cell)
    filled = mark.box[2] - mark.box[0] >= _FILLED * (x1 - x0) and mark.box[3] - mark.box[1] >= _FILLED * (y1 - y0)
    if mark.box[1] == mark.box[3] and not y0 + _MIDDLE[0] * (y1 - y0) <= y <= y0 + _MIDDLE[1] * (y1 - y0):
        return False
    if filled and not mark.fills:
        return False
    inside = [(k, glyph) for k, glyph in level if x0 <= glyph.x <= x1 and y0 <= glyph.y <= y1]
    return all(_OF_NUMBER.match(glyph.text) for _, glyph in inside) or (
        cell.column1 - cell.column0 > 1 and _ends_line(mark.box, inside)
    )


def _ends_line(box: Box, level: Sequence[_Placed]) -> bool:
    """Whether nothing but digits stands on the line behind the box."""
    return bool(level) and all(_OF_NUMBER.match(glyph.text) for _, glyph in level if glyph.x > box[0])


def _to_glyph(box: Box, level: Sequence[Glyph], size: float) -> Glyph:
    """A glyph where the box is, on the line of the nearest one beside it."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    own = [glyph for glyph in level if abs(glyph.y - y) <= _SAME * size]
    near = min(own, key=lambda glyph: abs(glyph.x - x), default=None)
    base, size = (near.base, near.size) if near else (y + (_ASCENT - _HALF) * size, size)
    return Glyph(INK, (box[0], base - _ASCENT * size, box[2], base + (1 - _ASCENT) * size), base)
