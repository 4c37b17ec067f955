"""A PDFium page → its drawing: characters with their boxes, ruled edges of paths, the share of its largest picture."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from extract.errors import UnsupportedError
from extract.pages.pdf.characters import fold_character
from extract.pages.pdf.drawing import Box, Drawing, Edge, Glyph, turn_point
from extract.settings import Settings

if TYPE_CHECKING:
    import pypdfium2

_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5  # PDFium's kinds of page objects
_LINE_TO = 0
_INVISIBLE = 3  # text render mode
_THIN = 3.0  # points: a shape that is no thicker is a ruled line
_SHORTEST_EDGE = 1.5  # points: anything shorter is a dot
_STRAIGHT = 0.5  # points that a ruled line may lean
_TURNED_SHARE = 0.6  # of the characters must lie on their side for the page to be turned
_PICTURE_PAGE = 0.3  # share of the page from which a picture may be a scan with a text layer under it
_SAMPLES = 200  # characters asked whether they are painted

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
_Raw = tuple[str, float, float, float, float, float, float]  # text, left, bottom, right, top, origin x and y


def page_to_drawing(page: pypdfium2.PdfPage, number: int, *, file: str, settings: Settings) -> Drawing:
    """The drawing of a page, turned so that its text is upright. Raises: UnsupportedError (too many objects)."""
    import pypdfium2.raw as pdfium

    objects = _list_objects(page, pdfium, number, file=file, settings=settings)
    rotation = pdfium.FPDFPage_GetRotation(page) % 4
    frame = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, frame)
    size = (max(frame.right - frame.left, 1.0), max(frame.top - frame.bottom, 1.0))
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        raw, turn, unmapped = _read_characters(text_page, pdfium, number, file=file, settings=settings)
        turn = rotation if turn is None else turn
        pictures = max((_share(box, size) for kind, box in objects if kind == _IMAGE), default=0.0)
        hidden = _hidden_share(text_page, len(raw), pdfium) if pictures >= _PICTURE_PAGE else 0.0
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    place = _Placing(frame.left, frame.top, size, turn)
    glyphs = tuple(glyph for item in raw if (glyph := place.glyph(item)) is not None)
    edges = tuple(edge for kind, box in objects if kind == _PATH for edge in place.edges(box))
    width, height = size if turn % 2 == 0 else (size[1], size[0])
    return Drawing(number, width, height, glyphs, edges, (turn - rotation) % 4, pictures, hidden, unmapped)


class _Placing:
    """Turns page coordinates (origin bottom left, unturned) into upright points; holds the frame and the turn."""

    def __init__(self, left: float, top: float, size: tuple[float, float], turn: int) -> None:
        self.left, self.top, self.size, self.turn = left, top, size, turn

    def _box(self, left: float, bottom: float, right: float, top: float) -> Box:
        x0, y0 = turn_point(left - self.left, self.top - top, self.size, self.turn)
        x1, y1 = turn_point(right - self.left, self.top - bottom, self.size, self.turn)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def glyph(self, raw: _Raw) -> Glyph | None:
        """None for what stands outside the page."""
        text, left, bottom, right, top, x, y = raw
        box = self._box(left, bottom, right, top)
        width, height = self.size if self.turn % 2 == 0 else (self.size[1], self.size[0])
        if not (-1 <= (box[0] + box[2]) / 2 <= width + 1 and -1 <= (box[1] + box[3]) / 2 <= height + 1):
            return None
        return Glyph(text, box, turn_point(x - self.left, self.top - y, self.size, self.turn)[1])

    def edges(self, box: Box) -> Iterator[Edge]:
        x0, y0, x1, y1 = self._box(*box)
        if y1 - y0 <= _THIN and x1 - x0 >= max(_SHORTEST_EDGE, y1 - y0):
            yield Edge(True, (y0 + y1) / 2, x0, x1)
        elif x1 - x0 <= _THIN and y1 - y0 >= _SHORTEST_EDGE:
            yield Edge(False, (x0 + x1) / 2, y0, y1)


# ---------------------------------------------------------------- characters


def _read_characters(
    text_page: Any, pdfium: Any, number: int, *, file: str, settings: Settings
) -> tuple[list[_Raw], int | None, int]:
    """(characters in page coordinates, quarter turns that make them upright or None, number of unmapped ones)."""
    count = pdfium.FPDFText_CountChars(text_page)
    if count > settings.max_pdf_characters:
        cause = f"{count} characters on one page, more than a page can print"
        raise UnsupportedError(file, cause, "print it to a new PDF", page=number)
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    raw: list[_Raw] = []
    turns: Counter[int] = Counter()
    unmapped = 0
    for k in range(count):
        code = pdfium.FPDFText_GetUnicode(text_page, k)
        if code in (32, 13, 10, 0xA0):
            continue
        character = chr(code) if 0 < code < 0x110000 else "\ufffd"
        if pdfium.FPDFText_HasUnicodeMapError(text_page, k) == 1 or code == 0:
            unmapped += 1
        text = fold_character(character)
        if not text or not pdfium.FPDFText_GetLooseCharBox(text_page, k, box):
            continue
        pdfium.FPDFText_GetCharOrigin(text_page, k, x, y)
        turns[round(pdfium.FPDFText_GetCharAngle(text_page, k) / (math.pi / 2)) % 4] += 1
        raw.append((text, box.left, box.bottom, box.right, box.top, x.value, y.value))
    turn, upright = turns.most_common(1)[0] if turns else (0, 0)
    return raw, turn if upright and upright >= _TURNED_SHARE * len(raw) else None, unmapped


def _hidden_share(text_page: Any, count: int, pdfium: Any) -> float:
    """The share of the characters that are laid under the picture without being painted, from a sample."""
    hidden = asked = 0
    for k in range(0, count, max(1, count // _SAMPLES)):
        owner = pdfium.FPDFText_GetTextObject(text_page, k)
        if owner:
            asked += 1
            hidden += pdfium.FPDFTextObj_GetTextRenderMode(owner) == _INVISIBLE
    return hidden / asked if asked else 0.0


# ---------------------------------------------------------------- objects


def _list_objects(page: Any, pdfium: Any, number: int, *, file: str, settings: Settings) -> list[tuple[int, Box]]:
    """(kind, box in page coordinates) of every picture and of every straight piece of every path."""
    found: list[tuple[int, Box]] = []
    budget = settings.max_pdf_objects
    stack: list[tuple[Any, Matrix, int]] = [(page, _IDENTITY, 0)]
    while stack:
        owner, matrix, depth = stack.pop()
        count, get = (
            (pdfium.FPDFFormObj_CountObjects(owner), pdfium.FPDFFormObj_GetObject)
            if depth
            else (pdfium.FPDFPage_CountObjects(owner), pdfium.FPDFPage_GetObject)
        )
        budget -= max(count, 0)
        if budget < 0 or len(found) > settings.max_pdf_objects or depth > settings.max_pdf_nesting:
            cause = "more drawn objects than the page of a report needs"
            raise UnsupportedError(file, cause, "print it to a new PDF", page=number)
        for k in range(count):
            item = get(owner, k)
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == _FORM:
                stack.append((item, _multiply(_matrix(item, pdfium), matrix), depth + 1))
            elif kind == _PATH:
                found += [(_PATH, _transform(box, matrix)) for box in _path_to_boxes(item, pdfium)]
            elif kind == _IMAGE:
                found.append((_IMAGE, _transform(_bounds(item, pdfium), matrix)))
    return found


def _path_to_boxes(item: Any, pdfium: Any) -> list[Box]:
    """The box of a thin shape; of a stroked shape the boxes of its straight sides; of a filled area nothing."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
    if not fill.value and not stroke.value:
        return []
    box = _bounds(item, pdfium)
    if min(box[2] - box[0], box[3] - box[1]) <= _THIN:
        return [box]
    count = pdfium.FPDFPath_CountSegments(item)
    if not stroke.value and count <= 5:
        return []
    return _sides(item, count, bool(stroke.value), pdfium)


def _sides(item: Any, count: int, stroked: bool, pdfium: Any) -> list[Box]:
    """Boxes of the straight sides of a stroked path, or of the thin parts of a filled one."""
    matrix = _matrix(item, pdfium)
    parts: list[list[tuple[float, float]]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for k in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, k)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = _apply((x.value, y.value), matrix)
        if pdfium.FPDFPathSegment_GetType(segment) == _LINE_TO and parts:
            parts[-1].append(point)
        else:
            parts.append([point])
        if pdfium.FPDFPathSegment_GetClose(segment):
            parts[-1].append(parts[-1][0])
    boxes = []
    for part in parts:
        outline = _hull(part)
        if min(outline[2] - outline[0], outline[3] - outline[1]) <= _THIN:
            boxes.append(outline)
        elif stroked:
            sides = (_hull(part[k : k + 2]) for k in range(len(part) - 1))
            boxes += [side for side in sides if min(side[2] - side[0], side[3] - side[1]) <= _STRAIGHT]
    return boxes


def _hull(points: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _bounds(item: Any, pdfium: Any) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value


def _share(box: Box, size: tuple[float, float]) -> float:
    width = min(max(box[2] - box[0], 0.0), size[0])
    return width * min(max(box[3] - box[1], 0.0), size[1]) / (size[0] * size[1])


def _matrix(item: Any, pdfium: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _multiply(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _apply(point: tuple[float, float], matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f


def _transform(box: Box, matrix: Matrix) -> Box:
    if matrix is _IDENTITY:
        return box
    corners = [(box[0], box[1]), (box[2], box[3]), (box[0], box[3]), (box[2], box[1])]
    return _hull([_apply(corner, matrix) for corner in corners])
