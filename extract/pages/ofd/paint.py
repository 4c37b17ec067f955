"""One OFD page → its drawing: characters where TextCode puts them, straight lines of paths, the largest picture.

Source: GB/T 33190-2016, 8.5 (graphic objects), 9 (paths), 10 (pictures), 11 (text).
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, TypeVar

from extract.errors import UnsupportedError
from extract.pages.colours import PAPER, Colour, is_unseen_on
from extract.pages.ofd.container import local_name
from extract.pages.ofd.look import (
    FALSE,
    OPAQUE,
    Look,
    clip_of,
    colour_of,
    hull,
    intersect,
    is_painted,
    is_white,
    look_of,
    outline_of,
    own_matrix,
)
from extract.pages.ofd.numbers import (
    Matrix,
    Point,
    apply,
    multiply,
    read_box,
    read_deltas,
    read_number,
    read_outline,
)
from extract.pages.ofd.structure import OfdPage
from extract.pages.pdf.characters import fold_character
from extract.pages.pdf.cut import keep_on_page
from extract.pages.pdf.drawing import Box, Drawing, Edge, Glyph, Mark, table_pictures, turn_point
from extract.pages.pdf.noted import drop_note_marks
from extract.pages.pdf.struck import drop_struck
from extract.pages.pdf.usable import PICTURE_PAGE
from extract.quick import record, replace

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_POINTS = 72 / 25.4  # points in a millimetre
_ASCENT, _DESCENT = 0.86, 0.14  # of the type size, above and below the baseline
_HALF_WIDTH = 0.5  # advance of a Latin character, in type sizes
_NARROWEST = 0.05  # share of their width: characters so narrow are strokes
_WIDEST = 1.5  # type sizes; a longer step to the next character is a gap, not the width of this one
_THIN = 1.0  # millimetres: a shape that is no thicker is a ruled line
_SHORTEST = 0.5  # millimetres: anything shorter is a dot
_STRAIGHT = 0.2  # millimetres that a ruled line may lean
_TURNED_SHARE = 0.6  # of the characters must lie on their side for the page to be turned
_DEEPEST = 16  # blocks in blocks, units in units
_GHOSTS_MOST = 0.9  # share of the characters; where more are not painted, the page is drawn and they say what it says
_OBLIQUE = 0.12  # quarter turns that text may lean: a watermark leans more, a scan less
_LEVEL = 0.0005  # quarter turns, 0.05 degrees: across a page the lines are then out by a sixth of a millimetre
_LEFT_OVER = 0.1  # share of a character's width or height within its object's boundary that is still seen
_SPECK = 1.0  # points: a character that is no wider nor higher is not seen
_SMALLEST, _LARGEST = 2.5, 60.0  # points of the longer side of what may be a number
_CHARACTER = 20.0  # points of the longer side of what is no frame whose sides rule a table
_OUTLINE, _STROKES = 2000, 2  # pieces of what is no map or seal; of a line or two
_BAND, _MOST_GROUNDS = 24.0, 200  # points; pictures and areas of a band that are remembered
_TILE = 12.0  # points: characters are looked up by their place on the page in steps of it
_Item = TypeVar("_Item")

Bands = defaultdict[int, deque[tuple[Box, Colour | None]]]
"""Height on the page in steps of _BAND → the pictures and filled areas there, the last first, with their colours."""

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
    grounds: Bands = field(default_factory=lambda: defaultdict(lambda: deque(maxlen=_MOST_GROUNDS)))
    tiles: defaultdict[tuple[int, int], list[tuple[int, Point]]] = field(default_factory=lambda: defaultdict(list))
    covered: set[int] = field(default_factory=set)  # glyphs under an area that was filled after them
    marks: list[Mark] = field(default_factory=list)  # small pictures and shapes


@record
class _Around:
    """What holds inside a layer or a unit: its matrix, its drawing parameters, what is left of colours (0..1), what it
    cuts off.
    """

    matrix: Matrix
    params: str = ""
    opacity: float = 1.0
    clip: Box | None = None


@record
class _Object:
    """A text, path or picture, the matrix and the boundary in which it stands, both in points; what cuts it off."""

    item: Element
    around: Matrix
    box: Box
    clip: Box | None
    look: Look


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
        upright = keep_on_page([_upright(glyph, size, turn) for glyph in glyphs], width, height)
        edges = tuple(edge for box in boxes for edge in _box_to_edges(_turn_box(box, size, turn)))
        tables = table_pictures((_turn_box(box, size, turn) for box in pictures), width, height)
        printed = drop_struck(drop_note_marks(upright), edges)
        marks = tuple(Mark(_turn_box(mark.box, size, turn), mark.fills) for mark in drawn.marks)
        return Drawing(number, width, height, *printed, turn % 4, share, hidden, 0, pictures=tables, marks=marks)

    def _draw(self, page: OfdPage, to_points: Matrix, number: int) -> _Drawn:
        """All that is on the page, as `to_points` lays it."""
        drawn = _Drawn()
        size = (page.box[2] * _POINTS, page.box[3] * _POINTS)
        for item, outer in self._objects(page, to_points, number):
            around, look = outer.matrix, look_of(item, page.params, outer.params)
            if outer.opacity < 1:
                look = replace(look, alpha=look.alpha * outer.opacity)
            own = _Object(item, around, _boundary(item, around, size), clip_of(item, around, outer.clip), look)
            kind = local_name(item)
            if kind == "TextObject":
                turns = _turns(item, around)
                if abs(turns - round(turns)) <= _OBLIQUE:
                    drawn.turns.append(turns)
                    _draw_text(drawn, own, list(self._take(_text_to_glyphs(item, around), number)))
            elif kind == "PathObject":
                _draw_path(drawn, own, list(self._take(_read_path(own), number)))
            else:
                box = _cut(own.box, own.clip)
                drawn.pictures.append(box)
                _add_ground(drawn, box, None)
                if _is_small(box):
                    drawn.marks.append(Mark(box, fills=True))
                    _cover(drawn, box)  # what is below it is not seen, but for a picture that lets it through
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
            (item.get("ResourceID", ""), _picture_matrix(item, outer.matrix))
            for item, outer in self._objects(page, to_corner, number)
            if local_name(item) == "ImageObject"
        ]

    def _objects(self, page: OfdPage, matrix: Matrix, number: int) -> Iterator[tuple[Element, _Around]]:
        """Text, path and picture objects in painting order, with what holds around them."""
        stack = [(content, _Around(matrix), 0) for content in reversed(page.contents)]
        while stack:
            item, outer, depth = stack.pop()
            kind = local_name(item)
            if item.get("Visible", "").lower() in FALSE:
                continue
            self._count(1, number)
            if kind in ("TextObject", "PathObject", "ImageObject"):
                yield item, outer
                continue
            inside: Iterable[Element] = ()
            if kind in ("Content", "Layer", "PageBlock"):
                inside = item
            elif kind == "Appearance":  # of an annotation: its boundary is its place on the page
                outer, inside = replace(outer, matrix=own_matrix(item, outer.matrix)), item
            elif kind == "CompositeObject":
                outer, inside = _enter(item, outer), page.units.get(item.get("ResourceID", ""), ())
            if depth < _DEEPEST:
                if params := item.get("DrawParam"):
                    outer = replace(outer, params=params)
                stack += [(child, outer, depth + 1) for child in reversed([*inside])]

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


def _enter(item: Element, outer: _Around) -> _Around:
    """What holds inside a composite object."""
    opacity = outer.opacity * read_number(item.get("Alpha"), OPAQUE) / OPAQUE
    clip = clip_of(item, outer.matrix, outer.clip)
    return replace(outer, matrix=own_matrix(item, outer.matrix), opacity=opacity, clip=clip)


# ---------------------------------------------------------------- characters


def _draw_text(drawn: _Drawn, own: _Object, glyphs: list[_Shown]) -> None:
    """Adds the characters of a text: those that are not seen as ghosts, with a mark where a figure is cut off."""
    inside = _inside(glyphs, own) if is_painted(own.look) and not _is_lost(own, drawn) else []
    kept = set(map(id, inside))
    lost = [glyph for glyph in glyphs if id(glyph) not in kept]
    drawn.ghosts += lost
    if inside and (cut := next((glyph for glyph in lost if glyph[0].isdigit()), None)):
        drawn.marks.append(Mark(hull(cut[1]), fills=True))
    _add_glyphs(drawn, inside)


def _is_lost(own: _Object, drawn: _Drawn) -> bool:
    """Whether a text has the colour of what is behind its middle: paper, where nothing is."""
    x, y = (own.box[0] + own.box[2]) / 2, (own.box[1] + own.box[3]) / 2
    behind = drawn.grounds.get(int(y // _BAND), ())
    ground = next((colour for box, colour in behind if box[0] <= x <= box[2] and box[1] <= y <= box[3]), PAPER)
    return is_unseen_on(colour_of(own.look), ground)


def _add_ground(drawn: _Drawn, box: Box, colour: Colour | None) -> None:
    for band in range(int(box[1] // _BAND), int(box[3] // _BAND) + 1):
        drawn.grounds[band].appendleft((box, colour))


def _inside(glyphs: list[_Shown], own: _Object) -> list[_Shown]:
    """The characters that are large enough to be seen, and not wholly cut off by clips or their object's boundary.

    Some producers forget that the boundary of text with a matrix of its own is measured outside of it, or state one
    that holds none of it: then it cuts off nothing.
    Source: GB/T 33190-2016, 8.5: what is drawn outside of the boundary is cut off.
    """
    hulls = [(glyph, hull(glyph[1])) for glyph in glyphs]
    seen = [(glyph, box) for glyph, box in hulls if max(box[2] - box[0], box[3] - box[1]) >= _SPECK]
    if own.clip:
        seen = [(glyph, box) for glyph, box in seen if _is_left(box, own.clip)]
    inside = [glyph for glyph, box in seen if _is_left(box, own.box)] if not own.item.get("CTM") else []
    return inside or [glyph for glyph, _ in seen]


def _is_left(glyph: Box, box: Box) -> bool:
    """Whether enough of a character lies within the box."""
    x0, y0, x1, y1 = intersect(glyph, box)
    return x1 - x0 > _LEFT_OVER * (glyph[2] - glyph[0]) and y1 - y0 > _LEFT_OVER * (glyph[3] - glyph[1])


def _add_glyphs(drawn: _Drawn, glyphs: list[_Shown]) -> None:
    for glyph in glyphs:
        middle = _middle(glyph)
        drawn.tiles[_tile(middle)].append((len(drawn.glyphs), middle))
        drawn.glyphs.append(glyph)


def _tile(point: Point) -> tuple[int, int]:
    return int(point[0] // _TILE), int(point[1] // _TILE)


def _middle(glyph: _Shown) -> Point:
    box = hull(glyph[1])
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _cover(drawn: _Drawn, box: Box) -> None:
    """Notes the characters whose middles an area covers that lets nothing through."""
    left, top, right, bottom = box
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
    matrix = own_matrix(item, around)
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
    matrix = own_matrix(item, around)
    size = read_number(item.get("Size"), 0.0) or 3.5
    stretch = read_number(item.get("HScale"), 1.0) or 1.0
    if stretch < _NARROWEST:
        return
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
    return Glyph(text, hull(points), turn_point(*origin, size, turn)[1])


# ---------------------------------------------------------------- lines and pictures


_Piece = tuple[Point, Point, bool]  # from, to in points; whether it is straight


def _read_path(own: _Object) -> Iterator[_Piece]:
    matrix = own_matrix(own.item, own.around)
    for start, end, straight in read_outline(outline_of(own.item)):
        yield apply(start, matrix), apply(end, matrix), straight


def _draw_path(drawn: _Drawn, own: _Object, pieces: list[_Piece]) -> None:
    """Adds the straight sides of a stroked path, in points; of a filled one its hull, where that is thin.

    A small one of curves or leaning lines is a mark: it may be a character. A filled one may cover others.
    """
    if not pieces:
        return
    whole = hull([point for start, end, _ in pieces for point in (start, end)])
    box = _cut(whole, own.clip)
    seen = is_painted(own.look) and not is_white(own.look) and box[0] <= box[2] and box[1] <= box[3]
    if seen and _is_small(box) and len(pieces) <= _OUTLINE and any(map(_is_shaped, pieces)):
        drawn.marks.append(Mark(box, fills=len(pieces) <= _STROKES))
        if max(box[2] - box[0], box[3] - box[1]) <= _CHARACTER:
            return
    if own.look.stroked:
        sides = (hull([start, end]) for start, end, straight in pieces if straight)
        drawn.boxes += [side for side in sides if min(side[2] - side[0], side[3] - side[1]) <= _STRAIGHT * _POINTS]
    elif own.look.filled:
        drawn.boxes.append(whole)
    if own.look.filled:
        upright = not any(_is_off(point, whole) for start, end, _ in pieces for point in (start, end))
        if drawn.glyphs and upright and is_painted(own.look, opaque=True):
            _cover(drawn, box)
        if is_painted(own.look):
            plain = upright and own.look.colour is not None and is_painted(own.look, opaque=True)
            _add_ground(drawn, box, colour_of(own.look) if plain else None)


def _is_shaped(piece: _Piece) -> bool:
    """Whether a piece is a curve or a line that leans."""
    (x0, y0), (x1, y1), straight = piece
    return not straight or min(abs(x1 - x0), abs(y1 - y0)) > _STRAIGHT * _POINTS


def _is_off(point: Point, box: Box) -> bool:
    """Whether a point lies off all sides of the box."""
    x, y = point
    return min(x - box[0], box[2] - x) > _STRAIGHT or min(y - box[1], box[3] - y) > _STRAIGHT


def _is_small(box: Box) -> bool:
    """Whether a thing is as large as a number may be."""
    width, height = box[2] - box[0], box[3] - box[1]
    return min(width, height) >= 0 and _SMALLEST <= max(width, height) <= _LARGEST


def _cut(box: Box, clip: Box | None) -> Box:
    return intersect(box, clip) if clip else box


def _box_to_edges(box: Box) -> Iterator[Edge]:
    x0, y0, x1, y1 = box
    if y1 - y0 <= _THIN * _POINTS and x1 - x0 >= max(_SHORTEST * _POINTS, y1 - y0):
        yield Edge(True, (y0 + y1) / 2, x0, x1)
    elif x1 - x0 <= _THIN * _POINTS and y1 - y0 >= _SHORTEST * _POINTS:
        yield Edge(False, (x0 + x1) / 2, y0, y1)


def _picture_matrix(item: Element, around: Matrix) -> Matrix:
    """From the unit square of a picture to the surroundings; one without CTM fills its boundary."""
    if item.get("CTM"):
        return own_matrix(item, around)
    x, y, width, height = read_box(item.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
    return multiply((width, 0.0, 0.0, height, x, y), around)


def _boundary(item: Element, around: Matrix, size: Point) -> Box:
    """The part of the page inside an object's boundary, in points."""
    box = read_box(item.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
    corners = [apply((box[0] + a * box[2], box[1] + b * box[3]), around) for a in (0, 1) for b in (0, 1)]
    x0, y0, x1, y1 = hull(corners)
    return max(x0, 0.0), max(y0, 0.0), min(x1, size[0]), min(y1, size[1])


def _area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def _turn_box(box: Box, size: Point, turn: int) -> Box:
    return hull([turn_point(box[0], box[1], size, turn), turn_point(box[2], box[3], size, turn)])
