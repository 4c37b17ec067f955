"""What a page draws, without the format it came in: glyphs, ruled edges, pictures, in upright points.

`x` runs to the right, `y` downwards, from the top left corner of the page as it is read.
"""

from __future__ import annotations

from collections.abc import Iterable

from extract.errors import SourceError
from extract.quick import record
from extract.records import BBox

INK = "\ufffc"
"""The text of a glyph where something is drawn in a number's place that nobody has read."""

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in upright points."""


@record
class Glyph:
    """One character. `box` is as wide as its advance and as high as its type size; `base` is the y of its baseline."""

    text: str
    box: Box
    base: float

    @property
    def size(self) -> float:
        return self.box[3] - self.box[1]

    @property
    def x(self) -> float:
        return (self.box[0] + self.box[2]) / 2

    @property
    def y(self) -> float:
        return (self.box[1] + self.box[3]) / 2


@record
class Edge:
    """A ruled line: from `start` to `end` along its direction, `at` across it (y of a horizontal, x of a vertical)."""

    horizontal: bool
    at: float
    start: float
    end: float


@record
class Mark:
    """A small picture or shape that is no character and no rule: what it shows is not known.

    `fills`: it may be as large as its cell, as a shape that frames or shades the cell may not.
    """

    box: Box
    fills: bool = False


@record
class Drawing:
    """One page. `turn` is the number of clockwise quarter turns from the page as shown to the page as it is read.

    `picture_share` is the share (0..1) of the page that its pictures cover, `hidden_share` the share of the
    characters that are not painted (a text layer laid under a scan), `unmapped` the number without a Unicode value,
    `lean` how many degrees its baselines lean.
    A scanned page that was set upright has no turn but `to_shown`, the 3 × 3 matrix (rows) from its upright points to
    the unit square of the page as shown. `unread`: why nothing of the page could be read. `pictures` are the boxes of
    those that are large enough to hold a table, `marks` what is drawn as small as a number is.
    `shift`: how many points the right one of two pages on one sheet was moved to the left, over the left one.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    edges: tuple[Edge, ...]
    turn: int = 0
    picture_share: float = 0.0
    hidden_share: float = 0.0
    unmapped: int = 0
    lean: float = 0.0
    to_shown: tuple[tuple[float, ...], ...] | None = None
    unread: SourceError | None = None
    pictures: tuple[Box, ...] = ()
    marks: tuple[Mark, ...] = ()
    shift: float = 0.0


_WIDE, _HIGH = 0.3, 0.02  # shares of the page that a picture of a table is wide and high at least
_APART = 2.0  # points between strips of one picture


def table_pictures(boxes: Iterable[Box], width: float, height: float) -> tuple[Box, ...]:
    """The pictures of a page of that size, strips of one put together, that are large enough to hold a table."""
    joined: list[Box] = []
    for box in sorted(boxes, key=lambda own: (own[1], own[0])):
        last = joined[-1] if joined else None
        if last and box[1] - last[3] <= _APART and max(abs(box[0] - last[0]), abs(box[2] - last[2])) <= _APART:
            joined[-1] = (last[0], last[1], last[2], max(box[3], last[3]))
        else:
            joined.append(box)
    return tuple(box for box in joined if box[2] - box[0] >= _WIDE * width and box[3] - box[1] >= _HIGH * height)


def to_unit_square(box: Box, drawing: Drawing) -> BBox:
    """The box in the unit square of the page as shown, four decimals."""
    if drawing.shift:
        box = (box[0] + drawing.shift, box[1], box[2] + drawing.shift, box[3])
    if drawing.to_shown:
        return _rounded(*_through(drawing.to_shown, box))
    x0, x1 = box[0] / drawing.width, box[2] / drawing.width
    y0, y1 = box[1] / drawing.height, box[3] / drawing.height
    for _ in range(drawing.turn % 4):  # one counter-clockwise quarter turn each
        x0, y0, x1, y1 = y0, 1 - x1, y1, 1 - x0
    return _rounded(x0, y0, x1, y1)


def _through(matrix: tuple[tuple[float, ...], ...], box: Box) -> Box:
    """The upright hull of a box's corners after the matrix."""
    xs, ys = [], []
    for x in (box[0], box[2]):
        for y in (box[1], box[3]):
            across, down, depth = (row[0] * x + row[1] * y + row[2] for row in matrix)
            xs.append(across / depth)
            ys.append(down / depth)
    return min(xs), min(ys), max(xs), max(ys)


def _rounded(*sides: float) -> BBox:
    a, b, c, d = (round(min(max(value, 0.0), 1.0), 4) for value in sides)
    return a, b, c, d


def turn_point(x: float, y: float, size: tuple[float, float], turn: int) -> tuple[float, float]:
    """A point of a page of `size` (width, height) after `turn` clockwise quarter turns of that page."""
    width, height = size
    for _ in range(turn % 4):
        x, y = height - y, x
        width, height = height, width
    return x, y
