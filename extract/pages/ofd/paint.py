"""One OFD page → its drawing: characters where TextCode puts them, straight lines of paths, the largest picture.

Source: GB/T 33190-2016, 8.5 (graphic objects), 9 (paths), 10 (pictures), 11 (text).
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, TypeVar

from extract.errors import UnsupportedError
from extract.pages.colours import PAPER, Colour, is_unseen_on
from extract.pages.ofd.container import local_name
from extract.pages.ofd.numbers import (
    Matrix,
    Point,
    apply,
    multiply,
    read_box,
    read_deltas,
    read_matrix,
    read_number,
    read_outline,
)
from extract.pages.ofd.structure import OfdPage
from extract.pages.pdf.characters import fold_character
from extract.pages.pdf.drawing import Box, Drawing, Edge, Glyph, table_pictures, turn_point
from extract.pages.pdf.noted import drop_note_marks
from extract.pages.pdf.struck import drop_struck
from extract.pages.pdf.usable import PICTURE_PAGE

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_POINTS = 72 / 25.4  # points in a millimetre
_ASCENT, _DESCENT = 0.86, 0.14  # of the type size, above and below the baseline
_HALF_WIDTH = 0.5  # advance of a Latin character, in type sizes
_WIDEST = 1.5  # type sizes; a longer step to the next character is a gap, not the width of this one
_THIN = 1.0  # millimetres: a shape that is no thicker is a ruled line
_SHORTEST = 0.5  # millimetres: anything shorter is a dot
_STRAIGHT = 0.2  # millimetres that a ruled line may lean
_TURNED_SHARE = 0.6  # of the characters must lie on their side for the page to be turned
_DEEPEST = 16  # blocks in blocks, units in units
_COLOURS, _INKS = 3, 4  # red, green and blue; cyan, magenta, yellow and black
_FALSE = ("false", "0")
_GHOSTS_MOST = 0.9  # share of the characters; where more are not painted, the page is drawn and they say what it says
_OBLIQUE = 0.12  # quarter turns that text may lean: a watermark leans more, a scan less
_LEVEL = 0.0005  # quarter turns, 0.05 degrees: across a page the lines are then out by a sixth of a millimetre
_OPAQUE, _SEEN = 255.0, 13.0  # of Alpha; what is less than a twentieth of opaque is not seen
_LEFT_OVER = 0.1  # share of a character's width or height within its object's boundary that is still seen
_TILE = 12.0  # points: characters are looked up by their place on the page in steps of it
_Item = TypeVar("_Item")

_Shown = tuple[str, list[Point], Point, int]  # character, corners, point on the baseline, quarter turns as printed


@dataclass(slots=True)
class _Drawn:
    """What a page shows: characters (ghosts are not painted), hulls of lines and pictures, turns of the texts.

    `tiles`: by column and row of the page, the glyphs whose middles lie there and that nothing covers yet.
    """

    glyphs: list[_Shown] = field(default_factory=list)
    ghosts: list[_Shown] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    turns: list[float] = field(default_factory=list)
    grounds: list[Box] = field(default_factory=list)  # pictures and areas of another colour than paper's
    tiles: defaultdict[tuple[int, int], list[tuple[int, Point]]] = field(default_factory=lambda: defaultdict(list))
    covered: set[int] = field(default_factory=set)  # glyphs under an area that was filled after them


class Painter:
    """Draws pages; it counts what it has drawn, so that a file has no more than `most` objects."""

    def __init__(self, *, file: str, most: int) -> None:
        self.file, self.left = file, most

    def page_to_drawing(self, page: OfdPage, number: int) -> Drawing:
        """The drawing of a page, turned so that its text is upright. Raises: UnsupportedError (too many objects)."""
        to_points = (_POINTS, 0.0, 0.0, _POINTS, -page.box[0] * _POINTS, -page.box[1] * _POINTS)
        size = (page.box[2] * _POINTS, page.box[3] * _POINTS)
        drawn = self._draw(page, to_points, number)
        share = min(1.0, sum(map(_area, drawn.pictures)) / (size[0] * size[1]))  # scanners cut a page into strips
        lean = _lean(drawn.turns) if share < PICTURE_PAGE else 0.0
        if lean:
            drawn = self._draw(page, multiply(to_points, _turn_back(lean, size)), number)
        glyphs, ghosts, boxes, pictures = drawn.glyphs, drawn.ghosts, drawn.boxes, drawn.pictures
        hidden = len(ghosts) / max(1, len(glyphs) + len(ghosts))
        if share >= PICTURE_PAGE or hidden > _GHOSTS_MOST:
            glyphs += ghosts
        turn = _main_turn(quarter for _, _, _, quarter in glyphs)
        width, height = size if turn % 2 == 0 else (size[1], size[0])
        upright = tuple(_upright(glyph, size, turn) for glyph in glyphs)
        edges = tuple(edge for box in boxes for edge in _box_to_edges(_turn_box(box, size, turn)))
        tables = table_pictures((_turn_box(box, size, turn) for box in pictures), width, height)
        printed = drop_struck(drop_note_marks(upright), edges)
        return Drawing(number, width, height, *printed, turn % 4, share, hidden, 0, pictures=tables)

    def _draw(self, page: OfdPage, to_points: Matrix, number: int) -> _Drawn:
        """All that is on the page, as `to_points` lays it."""
        drawn = _Drawn()
        size = (page.box[2] * _POINTS, page.box[3] * _POINTS)
        for item, matrix in self._objects(page, to_points, number):
            kind = local_name(item)
            if kind == "TextObject":
                turns = _turns(item, matrix)
                if abs(turns - round(turns)) <= _OBLIQUE:
                    drawn.turns.append(turns)
                    is_seen = _is_painted(item) and not _is_lost(item, _picture_box(item, matrix, size), drawn)
                    glyphs = list(self._take(_text_to_glyphs(item, matrix), number))
                    inside = _clipped(glyphs, item, _picture_box(item, matrix, size)) if is_seen else []
                    drawn.ghosts += glyphs if not is_seen else [one for one in glyphs if one not in inside]
                    _add_glyphs(drawn, inside)
            elif kind == "PathObject":
                drawn.boxes += self._take(_path_to_boxes(item, matrix), number)
                _cover(drawn, item, matrix)
                if item.get("Fill", "false").lower() not in _FALSE and not _is_white(item):
                    drawn.grounds.append(_picture_box(item, matrix, size))
            else:
                drawn.pictures.append(_picture_box(item, matrix, size))
                drawn.grounds.append(drawn.pictures[-1])
        if drawn.covered:
            drawn.ghosts += [glyph for k, glyph in enumerate(drawn.glyphs) if k in drawn.covered]
            drawn.glyphs = [glyph for k, glyph in enumerate(drawn.glyphs) if k not in drawn.covered]
        return drawn

    def find_pictures(self, page: OfdPage, number: int) -> list[tuple[str, Matrix]]:
        """The pictures on a page in painting order: resource id, and matrix from the unit square to the page's
        millimetres. Raises: UnsupportedError (too many objects).
        """
        to_corner = (1.0, 0.0, 0.0, 1.0, -page.box[0], -page.box[1])
        return [
            (item.get("ResourceID", ""), _picture_matrix(item, matrix))
            for item, matrix in self._objects(page, to_corner, number)
            if local_name(item) == "ImageObject"
        ]

    def _objects(self, page: OfdPage, matrix: Matrix, number: int) -> Iterator[tuple[Element, Matrix]]:
        """Text, path and picture objects with the matrix of their surroundings, in painting order."""
        stack: list[tuple[Element, Matrix, int]] = [(content, matrix, 0) for content in reversed(page.contents)]
        while stack:
            item, matrix, depth = stack.pop()
            kind = local_name(item)
            if item.get("Visible", "").lower() in _FALSE:
                continue
            self._count(1, number)
            if kind in ("TextObject", "PathObject", "ImageObject"):
                yield item, matrix
            elif kind in ("Content", "Layer", "PageBlock") and depth < _DEEPEST:
                stack += [(child, matrix, depth + 1) for child in reversed(item)]
            elif kind == "CompositeObject" and item.get("ResourceID", "") in page.units and depth < _DEEPEST:
                unit = page.units[item.get("ResourceID", "")]
                stack += [(child, _own_matrix(item, matrix), depth + 1) for child in reversed(unit)]

    def _take(self, items: Iterator[_Item], number: int) -> Iterator[_Item]:
        for item in items:
            self._count(1, number)
            yield item

    def _count(self, count: int, number: int) -> None:
        self.left -= count
        if self.left < 0:
            cause = "more drawn objects than a report needs"
            raise UnsupportedError(
                self.file, cause, "check that it is the report, or raise max_ofd_objects in the settings", page=number
            )


def _own_matrix(item: Element, around: Matrix) -> Matrix:
    """From the object's own coordinates to points: CTM, then the corner of its boundary, then the surroundings."""
    box = read_box(item.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
    return multiply(multiply(read_matrix(item.get("CTM")), (1.0, 0.0, 0.0, 1.0, box[0], box[1])), around)


# ---------------------------------------------------------------- characters


def _is_painted(item: Element, *, opaque: bool = False) -> bool:
    """Whether an object is seen: filled or stroked, and not wholly transparent; `opaque`, not at all so."""
    filled = item.get("Fill", "true").lower() not in _FALSE or item.get("Stroke", "false").lower() not in ("", *_FALSE)
    stated = _fill_colour(item)
    alphas = (item.get("Alpha"), None if stated is None else stated.get("Alpha"))
    least = _OPAQUE if opaque else _SEEN
    return filled and all(read_number(alpha, _OPAQUE) >= least for alpha in alphas)


def _fill_colour(item: Element) -> Element | None:
    return next((child for child in item if local_name(child) == "FillColor"), None)


def _is_white(item: Element) -> bool:
    """Whether an object is filled in the colour of paper; black where no colour is stated."""
    stated = _fill_colour(item)
    colour = None if stated is None else _read_colour((stated.get("Value") or "").split())
    return colour is not None and is_unseen_on(colour, PAPER)


def _read_colour(parts: Sequence[str]) -> Colour | None:
    """A shade of grey, RGB or CMYK, by the number of its channels: each 0 to 255, or hexadecimal behind a #.

    Source: GB/T 33190-2016, 8.3.
    """
    try:
        values = [float(int(part[1:], 16) if part.startswith("#") else int(part)) for part in parts]
    except ValueError:
        return None
    if len(values) == _INKS:
        black = values.pop()
        values = [_OPAQUE - min(ink + black, _OPAQUE) for ink in values]
    values = values * _COLOURS if len(values) == 1 else values
    return Colour(*values) if len(values) == _COLOURS else None


def _is_lost(item: Element, box: Box, drawn: _Drawn) -> bool:
    """Whether a text is white where nothing but paper is behind its middle."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return _is_white(item) and not any(own[0] <= x <= own[2] and own[1] <= y <= own[3] for own in drawn.grounds)


def _clipped(glyphs: list[_Shown], item: Element, box: Box) -> list[_Shown]:
    """The characters that are not wholly outside their object's boundary; all, where it holds none of them.

    Some producers forget that the boundary of text with a matrix of its own is measured outside of it: all, too.
    Source: GB/T 33190-2016, 8.5: what is drawn outside of the boundary is cut off.
    """
    if item.get("CTM"):
        return glyphs
    hulls = [_hull(corners) for _, corners, _, _ in glyphs]
    inside = [
        glyph
        for glyph, own in zip(glyphs, hulls, strict=True)
        if min(own[2], box[2]) - max(own[0], box[0]) > _LEFT_OVER * (own[2] - own[0])
        and min(own[3], box[3]) - max(own[1], box[1]) > _LEFT_OVER * (own[3] - own[1])
    ]
    return inside or glyphs


def _add_glyphs(drawn: _Drawn, glyphs: list[_Shown]) -> None:
    for glyph in glyphs:
        middle = _middle(glyph)
        drawn.tiles[_tile(middle)].append((len(drawn.glyphs), middle))
        drawn.glyphs.append(glyph)


def _tile(point: Point) -> tuple[int, int]:
    return int(point[0] // _TILE), int(point[1] // _TILE)


def _middle(glyph: _Shown) -> Point:
    box = _hull(glyph[1])
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _cover(drawn: _Drawn, item: Element, around: Matrix) -> None:
    """Notes the characters that an upright rectangle covers, where it is filled and lets nothing through."""
    if not drawn.glyphs or item.get("Fill", "false").lower() in _FALSE or not _is_painted(item, opaque=True):
        return
    matrix = _own_matrix(item, around)
    outline = next((child.text for child in item if local_name(child) == "AbbreviatedData"), "")
    points = [apply(point, matrix) for start, end, _ in read_outline(outline) for point in (start, end)]
    if not points:
        return
    left, top, right, bottom = _hull(points)
    if any(min(x - left, right - x) > _STRAIGHT or min(y - top, bottom - y) > _STRAIGHT for x, y in points):
        return
    for tile in _tiles_within(drawn, _tile((left, top)), _tile((right, bottom))):
        own = drawn.tiles.pop(tile)
        under = {k for k, (x, y) in own if left < x < right and top < y < bottom}
        drawn.covered |= under
        if len(under) < len(own):
            drawn.tiles[tile] = [one for one in own if one[0] not in under]


def _tiles_within(drawn: _Drawn, first: tuple[int, int], last: tuple[int, int]) -> list[tuple[int, int]]:
    """Those that hold glyphs, from one to another."""
    columns, rows = range(first[0], last[0] + 1), range(first[1], last[1] + 1)
    if len(columns) * len(rows) > len(drawn.tiles):
        return [tile for tile in drawn.tiles if tile[0] in columns and tile[1] in rows]
    return [(column, row) for column in columns for row in rows if (column, row) in drawn.tiles]


def _turns(item: Element, around: Matrix) -> float:
    """How many quarter turns clockwise the lines of a text are turned; a stamp or watermark runs across the page."""
    matrix = _own_matrix(item, around)
    return math.atan2(matrix[1], matrix[0]) / (math.pi / 2)


def _lean(turns: Sequence[float]) -> float:
    """By how many quarter turns most texts of the page lean beside their quarter; 0 where they do not, or not alike."""
    leans = [turn - round(turn) for turn in turns]
    if not leans:
        return 0.0
    usual = median(leans)
    alike = sum(abs(lean - usual) <= _LEVEL for lean in leans)
    return usual if abs(usual) > _LEVEL and alike >= _TURNED_SHARE * len(leans) else 0.0


def _turn_back(lean: float, size: Point) -> Matrix:
    """The matrix that takes a lean of so many quarter turns back, about the middle of the page."""
    cosine, sine = math.cos(lean * math.pi / 2), math.sin(lean * math.pi / 2)
    x, y = size[0] / 2, size[1] / 2
    return (cosine, -sine, sine, cosine, x - x * cosine - y * sine, y + x * sine - y * cosine)


def _text_to_glyphs(item: Element, around: Matrix) -> Iterator[_Shown]:
    """(character, corners, point on the baseline, quarter turns as printed) for every character that has a shape."""
    matrix = _own_matrix(item, around)
    size = read_number(item.get("Size"), 0.0) or 3.5
    stretch = read_number(item.get("HScale"), 1.0) or 1.0
    spin = round(read_number(item.get("CharDirection")) / 90) % 4
    x = y = 0.0
    for code in item:
        if local_name(code) != "TextCode":
            continue
        x, y = read_number(code.get("X"), x), read_number(code.get("Y"), y)
        text = (code.text or "").strip("\r\n\t")
        for character, (left, base), width in _lay_out(text, code, (x, y), size * stretch):
            shown = fold_character(character)
            if shown:
                yield shown, *_place(left, base, width, size, matrix, spin)


def _lay_out(text: str, code: Element, start: Point, size: float) -> Iterator[tuple[str, Point, float]]:
    """(character, its point of origin, its width); steps that are not stated are those of a usual font."""
    across, down = (read_deltas(code.get(name), most=len(text)) for name in ("DeltaX", "DeltaY"))
    x, y = start
    for k, character in enumerate(text):
        natural = size * (1.0 if unicodedata.east_asian_width(character) in "WFA" else _HALF_WIDTH)
        stated = across[k] if k < len(across) else 0.0
        width = stated if 0 < stated <= _WIDEST * size else natural
        yield character, (x, y), min(width, max(natural, 0.6 * size))
        x += stated if k < len(across) else 0.0 if down else natural
        y += down[k] if k < len(down) else 0.0


def _place(
    left: float, base: float, width: float, size: float, matrix: Matrix, spin: int
) -> tuple[list[Point], Point, int]:
    """Corners and baseline point in points, and how many quarter turns clockwise the character is turned."""
    across, up = ((1, 0), (0, 1), (-1, 0), (0, -1))[spin], ((0, -1), (1, 0), (0, 1), (-1, 0))[spin]
    corners = [
        apply(
            (left + a * width * across[0] + u * size * up[0], base + a * width * across[1] + u * size * up[1]), matrix
        )
        for a in (0, 1)
        for u in (-_DESCENT, _ASCENT)
    ]
    origin, ahead = apply((left, base), matrix), apply((left + across[0], base + across[1]), matrix)
    angle = math.atan2(ahead[1] - origin[1], ahead[0] - origin[0])
    return corners, origin, round(angle / (math.pi / 2)) % 4


def _main_turn(quarters: Iterator[int]) -> int:
    """Clockwise quarter turns that make most characters upright."""
    counts = Counter(quarters)
    if not counts:
        return 0
    quarter, count = counts.most_common(1)[0]
    return -quarter % 4 if count >= _TURNED_SHARE * sum(counts.values()) else 0


def _upright(glyph: _Shown, size: Point, turn: int) -> Glyph:
    text, corners, origin, _ = glyph
    points = [turn_point(x, y, size, turn) for x, y in corners]
    return Glyph(text, _hull(points), turn_point(*origin, size, turn)[1])


# ---------------------------------------------------------------- lines and pictures


def _path_to_boxes(item: Element, around: Matrix) -> Iterator[Box]:
    """The straight sides of a stroked path, in points; of a filled one its hull, where that is thin."""
    matrix = _own_matrix(item, around)
    outline = next((child.text for child in item if local_name(child) == "AbbreviatedData"), "")
    points: list[Point] = []
    stroked = item.get("Stroke", "true").lower() not in _FALSE
    for start, end, straight in read_outline(outline):
        ends = [apply(start, matrix), apply(end, matrix)]
        points += ends
        box = _hull(ends)
        if stroked and straight and min(box[2] - box[0], box[3] - box[1]) <= _STRAIGHT * _POINTS:
            yield box
    if points and not stroked and item.get("Fill", "false").lower() not in _FALSE:
        yield _hull(points)


def _box_to_edges(box: Box) -> Iterator[Edge]:
    x0, y0, x1, y1 = box
    if y1 - y0 <= _THIN * _POINTS and x1 - x0 >= max(_SHORTEST * _POINTS, y1 - y0):
        yield Edge(True, (y0 + y1) / 2, x0, x1)
    elif x1 - x0 <= _THIN * _POINTS and y1 - y0 >= _SHORTEST * _POINTS:
        yield Edge(False, (x0 + x1) / 2, y0, y1)


def _picture_matrix(item: Element, around: Matrix) -> Matrix:
    """From the unit square of a picture to the surroundings; one without CTM fills its boundary."""
    if item.get("CTM"):
        return _own_matrix(item, around)
    x, y, width, height = read_box(item.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
    return multiply((width, 0.0, 0.0, height, x, y), around)


def _picture_box(item: Element, around: Matrix, size: Point) -> Box:
    """The part of the page that a picture covers, in points."""
    box = read_box(item.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
    corners = [apply((box[0] + a * box[2], box[1] + b * box[3]), around) for a in (0, 1) for b in (0, 1)]
    x0, y0, x1, y1 = _hull(corners)
    return max(x0, 0.0), max(y0, 0.0), min(x1, size[0]), min(y1, size[1])


def _area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def _turn_box(box: Box, size: Point, turn: int) -> Box:
    return _hull([turn_point(box[0], box[1], size, turn), turn_point(box[2], box[3], size, turn)])


def _hull(points: list[Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)
