"""The objects of a PDFium page: boxes of its pictures and of the straight pieces of its paths, forms resolved."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from extract.errors import UnsupportedError
from extract.pages.pdf.drawing import Box, Mark
from extract.pages.pdf.layers import address_of
from extract.quick import record, replace
from extract.settings import Settings

PATH, IMAGE = 2, 3  # PDFium's kinds of page objects
THIN = 3.0  # points: a shape that is no thicker is a ruled line
TEXT, FORM = 1, 5
FILL, _INVISIBLE, _CLIP = 0, 3, 7  # text render modes
CORNERS = (4, 5)  # segments of a rectangle
_LINE_TO, _MOVE_TO = 0, 2
_LIGHT = 205  # of 255: what red, green and blue have at least in text that is hard to see on paper
_PALE = 245  # of 255: what red, green and blue have at least on paper
_AREA = 5  # segments of a filled rectangle
_SIDE = 2  # points of one side of a filled area with round corners
_OUTLINE = 2000  # segments from which a path is an outline (a map, a seal), no ruling
_STRAIGHT = 0.5  # points that a ruled line may lean
_SMALLEST, _LARGEST = 2.5, 60.0  # points of the longer side, and of each side, of what may be a number
_LONGEST = 14.0  # points of a 1 that was drawn
_STROKE = 2  # segments of one line

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


@record
class Objects:
    """(kind, box in page coordinates) of every picture and of every straight piece of every path.

    `unpainted` are the addresses of the text objects that are not painted: of an invisible mode, wholly transparent;
    `cut` those of the ones that are cut off as a whole. `clips` has the box in which a text object is seen, where some
    of it is cut off. `may_hide`: there are areas, small pictures, or texts nearly as light as paper. `marks`
    are in page coordinates, too.
    `placed` has the matrix to page coordinates of a text object in a form that is scaled, turned or moved.
    """

    found: list[tuple[int, Box]]
    unpainted: set[int]
    cut: set[int]
    clips: dict[int, Box]
    may_hide: bool
    marks: list[Mark]
    placed: dict[int, Matrix]


def list_objects(page: Any, pdfium: Any, number: int, *, off: set[int], file: str, settings: Settings) -> Objects:
    """What is drawn on a page, without the objects at the addresses `off`. Raises: UnsupportedError (too many)."""
    objects = Objects([], set(), set(), {}, False, [], {})
    may_hide = False
    for item, kind, matrix, in_form in _walk(page, pdfium, off, settings):
        if item is None or len(objects.found) > settings.max_pdf_objects:
            cause = "more drawn objects than the page of a report needs"
            raise UnsupportedError(file, cause, "print it to a new PDF", page=number)
        if kind == PATH:
            may_hide |= _add_path(item, matrix, objects, pdfium, in_form=in_form)
        elif kind == IMAGE:
            may_hide |= _add_picture(item, matrix, objects, pdfium)
        elif kind == TEXT:
            may_hide |= _add_text(item, matrix, objects, pdfium)
    return replace(objects, may_hide=may_hide)


def _walk(page: Any, pdfium: Any, off: set[int], settings: Settings) -> Iterator[tuple[Any, int, Matrix, bool]]:
    """(object, its kind, its matrix to page coordinates, whether it is in a form) of all that are switched on, forms
    behind the page itself; None for the object, and no more, where there are too many or forms lie too deep.
    """
    budget = settings.max_pdf_objects
    stack: list[tuple[Any, Matrix, int, bool]] = [(page, IDENTITY, 0, True)]
    while stack:
        owner, matrix, depth, is_on = stack.pop()
        kind = "FPDFFormObj" if depth else "FPDFPage"
        count, get = getattr(pdfium, f"{kind}_CountObjects")(owner), getattr(pdfium, f"{kind}_GetObject")
        budget -= max(count, 0)
        if budget < 0 or depth > settings.max_pdf_nesting:
            yield None, 0, matrix, False
            return
        for k in range(count):
            item = get(owner, k)
            seen = is_on and not (off and address_of(item) in off)
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == FORM:
                stack.append((item, multiply(matrix_of(item, pdfium), matrix), depth + 1, seen))
            elif seen:
                yield item, kind, matrix, depth > 0


def _add_path(item: Any, matrix: Matrix, objects: Objects, pdfium: Any, *, in_form: bool) -> bool:
    """Adds the pieces of a path, and the mark that it may be. True where it may hide something."""
    bounds = bounds_of(item, pdfium)
    if _is_small(transform(bounds, matrix)) and (mark := _shape_to_mark(item, bounds, matrix, pdfium)):
        objects.marks.append(mark)
        if min(bounds[2] - bounds[0], bounds[3] - bounds[1]) <= THIN:
            return False
    boxes = _path_to_boxes(item, bounds, pdfium)
    is_area = len(boxes) != 1
    if in_form and (clip := clip_of(item, pdfium)) is not None:  # by the bounds of its form
        boxes = [part for own in boxes if is_box(part := intersect(own, clip))]
    objects.found.extend((PATH, transform(box, matrix)) for box in boxes)
    return is_area


def _add_picture(item: Any, matrix: Matrix, objects: Objects, pdfium: Any) -> bool:
    """Adds a picture, and the mark that it may be. True where it may hide something."""
    box = transform(bounds_of(item, pdfium), matrix)
    objects.found.append((IMAGE, box))
    if not _is_small(box) or not (seen := _seen_of(item, box, matrix, pdfium)):
        return False
    objects.marks.append(Mark(seen, fills=True))
    return True


def _add_text(item: Any, matrix: Matrix, objects: Objects, pdfium: Any) -> bool:
    """Adds what is known of a text object. True where it is nearly as light as paper."""
    address = address_of(item)
    if matrix != IDENTITY:
        objects.placed[address] = matrix
    if (clip := clip_of(item, pdfium)) is not None:
        if area_of(intersect(bounds_of(item, pdfium), clip)) == 0:
            objects.cut.add(address)
        objects.clips[address] = transform(clip, matrix)
    colour = tuple(ctypes.c_uint() for _ in range(4))
    if _is_unpainted(item, colour, pdfium):
        objects.unpainted.add(address)
    return min(part.value for part in colour[:3]) >= _LIGHT


def is_box(box: Box) -> bool:
    """Whether there is anything of a box, a line without thickness among it, after it was cut off."""
    return box[0] <= box[2] and box[1] <= box[3]


def _is_small(box: Box) -> bool:
    """Whether a thing is as large as a number may be; what is as thin as a 1 is no longer than one."""
    width, height = box[2] - box[0], box[3] - box[1]
    longest = max(width, height)
    return _SMALLEST <= longest <= (_LARGEST if min(width, height) > THIN else _LONGEST)


def _shape_to_mark(item: Any, bounds: Box, matrix: Matrix, pdfium: Any) -> Mark | None:
    """A shape of curves or leaning lines as what it may be: a character that was drawn; None for rules and areas."""
    count = pdfium.FPDFPath_CountSegments(item)
    thin = min(bounds[2] - bounds[0], bounds[3] - bounds[1]) <= THIN
    if count > _OUTLINE or (thin and count <= max(CORNERS)):
        return None
    local = matrix_of(item, pdfium)
    before: tuple[float, float] | None = None
    shaped = False
    for k in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, k)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        point = apply(point_of(segment, pdfium), local)
        if kind not in (_LINE_TO, _MOVE_TO) or (
            kind == _LINE_TO and before and min(abs(point[0] - before[0]), abs(point[1] - before[1])) > _STRAIGHT
        ):
            shaped = True
            break
        before = point
    seen = shaped and _is_drawn(item, pdfium)
    box = _seen_of(item, transform(bounds, matrix), matrix, pdfium) if seen else None
    return Mark(box, fills=count <= _STROKE) if box else None


def _is_drawn(item: Any, pdfium: Any) -> bool:
    """Whether a path is filled or stroked, not as light as paper."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
    colour = tuple(ctypes.c_uint() for _ in range(4))
    get = pdfium.FPDFPageObj_GetFillColor if fill.value else pdfium.FPDFPageObj_GetStrokeColor
    if not fill.value and not stroke.value:
        return False
    if not get(item, *colour):  # a pattern
        return True
    return colour[3].value > 0 and min(part.value for part in colour[:3]) < _PALE


def _seen_of(item: Any, box: Box, matrix: Matrix, pdfium: Any) -> Box | None:
    """The part of an object's box, in page coordinates, that nothing cuts off."""
    clip = clip_of(item, pdfium)
    seen = intersect(box, transform(clip, matrix)) if clip is not None else box
    return seen if seen[0] < seen[2] and seen[1] < seen[3] else None


def clip_of(item: Any, pdfium: Any) -> Box | None:
    """The box in which an object is seen, in the coordinates of its owner; None where nothing cuts it off."""
    path = pdfium.FPDFPageObj_GetClipPath(item)
    count = pdfium.FPDFClipPath_CountPaths(path) if path else 0
    box = None
    for k in range(count):
        segments = range(pdfium.FPDFClipPath_CountPathSegments(path, k))
        points = [point_of(pdfium.FPDFClipPath_GetPathSegment(path, k, own), pdfium) for own in segments]
        if points:
            own_box = hull(points)
            box = intersect(box, own_box) if box else own_box
    return box


def is_cut_plainly(item: Any, pdfium: Any) -> bool:
    """Whether an object is cut off by rectangles alone: all of the box of `clip_of` is then seen."""
    path = pdfium.FPDFPageObj_GetClipPath(item)
    count = pdfium.FPDFClipPath_CountPaths(path) if path else 0
    return all(pdfium.FPDFClipPath_CountPathSegments(path, k) <= max(CORNERS) for k in range(count))


def point_of(segment: Any, pdfium: Any) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPathSegment_GetPoint(segment, x, y)
    return x.value, y.value


def intersect(one: Box, other: Box) -> Box:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def is_within(point: tuple[float, float], box: Box) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _is_unpainted(item: Any, colour: tuple[ctypes.c_uint, ...], pdfium: Any) -> bool:
    """Whether a text object is not painted; `colour` is where PDFium writes red, green, blue and opacity."""
    colour[0].value = 0
    mode = pdfium.FPDFTextObj_GetTextRenderMode(item)
    if mode == FILL:
        return bool(pdfium.FPDFPageObj_GetFillColor(item, *colour)) and colour[3].value == 0
    return mode in (_INVISIBLE, _CLIP)


def _path_to_boxes(item: Any, box: Box, pdfium: Any) -> list[Box]:
    """The box of a thin shape; of a stroked shape the boxes of its straight sides; of a filled area nothing."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
    if not fill.value and not stroke.value:
        return []
    if min(box[2] - box[0], box[3] - box[1]) <= THIN:
        return [box]
    count = pdfium.FPDFPath_CountSegments(item)
    if (not stroke.value and count <= _AREA) or count > _OUTLINE:
        return []
    if (
        fill.value
        and stroke.value
        and _colours(item, pdfium.FPDFPageObj_GetFillColor) == _colours(item, pdfium.FPDFPageObj_GetStrokeColor)
    ):
        return []  # an area with a rim of its own colour
    return _sides(item, count, bool(stroke.value), pdfium)


def _colours(item: Any, get: Any) -> tuple[int, ...]:
    parts = tuple(ctypes.c_uint() for _ in range(4))
    get(item, *parts)
    return tuple(part.value for part in parts)


def _sides(item: Any, count: int, stroked: bool, pdfium: Any) -> list[Box]:
    """Boxes of the straight sides of a stroked path, or of the thin parts of a filled one."""
    matrix = matrix_of(item, pdfium)
    parts: list[list[tuple[float, float]]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for k in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, k)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = apply((x.value, y.value), matrix)
        if pdfium.FPDFPathSegment_GetType(segment) == _LINE_TO and parts:
            parts[-1].append(point)
        else:
            parts.append([point])
        if pdfium.FPDFPathSegment_GetClose(segment):
            parts[-1].append(parts[-1][0])
    boxes = []
    for part in parts:
        outline = hull(part)
        if not stroked and len(part) <= _SIDE:
            continue
        if min(outline[2] - outline[0], outline[3] - outline[1]) <= THIN:
            boxes.append(outline)
        elif stroked:
            sides = (hull(part[k : k + 2]) for k in range(len(part) - 1))
            boxes += [side for side in sides if min(side[2] - side[0], side[3] - side[1]) <= _STRAIGHT]
    return boxes


def area_of(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def hull(points: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def bounds_of(item: Any, pdfium: Any) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value


def matrix_of(item: Any, pdfium: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def multiply(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def apply(point: tuple[float, float], matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f


def transform(box: Box, matrix: Matrix) -> Box:
    if matrix is IDENTITY:
        return box
    corners = [(box[0], box[1]), (box[2], box[3]), (box[0], box[3]), (box[2], box[1])]
    return hull([apply(corner, matrix) for corner in corners])
