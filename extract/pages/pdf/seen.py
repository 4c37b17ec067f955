"""Which text objects of a PDFium page are seen: not in the colour of what is behind them, nor painted over."""

from __future__ import annotations

import ctypes
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from typing import Any

from extract.pages.colours import PAPER, Colour, is_unseen_on
from extract.pages.pdf.drawing import Box
from extract.pages.pdf.layers import address_of
from extract.pages.pdf.paths import (
    CORNERS,
    FILL,
    FORM,
    IDENTITY,
    IMAGE,
    PATH,
    TEXT,
    THIN,
    Matrix,
    apply,
    area_of,
    bounds_of,
    clip_of,
    hull,
    intersect,
    is_cut_plainly,
    matrix_of,
    multiply,
    point_of,
    transform,
)
from extract.quick import record

_BAND = 24.0  # points; areas are kept by the bands of the page that they lie in
_MOST = 200  # areas of a band that are remembered
_PATCH = 5000.0  # square points of a picture that is laid over a few words; larger ones may be a scan over its text
_FAINT = 40  # of 255 that text differs from its ground at most, of which nobody is sure to see the digits
_FEW = 0.5  # share of the texts; where more are faint, all print is
_STRAIGHT = 0.1  # points
_FULL = 255


@record
class Painted:
    """A text, picture, shade or filled area as it is painted, in page coordinates.

    `colour` is None where nobody knows it. `opaque`: a rectangle through which nothing is seen.
    """

    address: int
    kind: int
    box: Box
    colour: Colour | None = None
    opaque: bool = False


def list_painted(page: Any, pdfium: Any, off: set[int]) -> list[Painted]:
    """What a page paints, in order, but for thin shapes and the objects at the addresses `off`."""
    found = []
    for item, kind, matrix, clear in _walk(page, pdfium, off):
        if kind == PATH:
            found += _area(item, matrix, clear, pdfium)
            continue
        box = transform(bounds_of(item, pdfium), matrix)
        filled = kind == TEXT and pdfium.FPDFTextObj_GetTextRenderMode(item) == FILL
        colour = _fill_colour(item, pdfium) if filled else None
        found.append(Painted(address_of(item), kind, box, colour, kind == IMAGE and not clear))
    return found


def hidden_texts(painted: Sequence[Painted]) -> tuple[set[int], set[int]]:
    """(addresses of the texts that are not seen, of those that are faint).

    Not seen are those in the colour of the area that they are painted on, or under a later area or small picture.
    Faint ones are hardly darker than their ground, as watermarks are; none where most are.
    """
    under, over = _Areas(), _Areas()
    unseen: set[int] = set()
    faint: set[int] = set()
    texts = 0
    for one in painted:
        if one.kind != TEXT:
            under.add(one)
            continue
        texts += 1
        if one.colour is None:
            continue
        area = under.at(one.box)
        ground = area.colour if area else PAPER
        if is_unseen_on(one.colour, ground, _FAINT):
            (unseen if is_unseen_on(one.colour, ground) else faint).add(one.address)
    for one in reversed(painted):
        if one.opaque and (one.kind == PATH or area_of(one.box) <= _PATCH):
            over.add(one)
        elif one.kind == TEXT and over.at(one.box):
            unseen.add(one.address)
    return unseen, faint if len(faint) <= _FEW * texts else set()


def covered_texts(painted: Sequence[Painted], least: float) -> set[int]:
    """Addresses of the texts that an opaque picture of at least `least` square points is painted over."""
    pictures = _Areas()
    covered: set[int] = set()
    for one in reversed(painted):
        if one.kind == IMAGE and one.opaque and area_of(one.box) >= least:
            pictures.add(one)
        elif one.kind == TEXT and pictures.at(one.box):
            covered.add(one.address)
    return covered


def _walk(page: Any, pdfium: Any, off: set[int]) -> Iterator[tuple[Any, int, Matrix, bool]]:
    """(object, kind, matrix to page coordinates, whether something is seen through it) of all but forms."""
    stack: list[tuple[Any, Matrix, int, int, bool]] = [(page, IDENTITY, 0, 0, False)]  # owner, …, next object
    while stack:
        owner, matrix, depth, k, clear = stack.pop()
        item = pdfium.FPDFFormObj_GetObject(owner, k) if depth else pdfium.FPDFPage_GetObject(owner, k)
        if not item:
            continue
        stack.append((owner, matrix, depth, k + 1, clear))
        if off and address_of(item) in off:
            continue
        kind = pdfium.FPDFPageObj_GetType(item)
        through = clear or (kind != TEXT and bool(pdfium.FPDFPageObj_HasTransparency(item)))
        if kind == FORM:
            stack.append((item, multiply(matrix_of(item, pdfium), matrix), depth + 1, 0, through))
        else:
            yield item, kind, matrix, through


def _area(item: Any, matrix: Matrix, clear: bool, pdfium: Any) -> list[Painted]:
    """A filled shape that is no rule, as far as it is not cut off."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
    if not fill.value:
        return []
    box = bounds_of(item, pdfium)
    if min(box[2] - box[0], box[3] - box[1]) <= THIN:
        return []
    colour = _fill_colour(item, pdfium)
    if colour is not None and colour.opacity == 0:
        return []
    if not (_is_rectangle(item, pdfium) and is_cut_plainly(item, pdfium)):
        colour = None  # a frame drawn as one shape (the shadow of a box) leaves its middle as it was
    opaque = not clear and colour is not None and colour.opacity == 1
    if (clip := clip_of(item, pdfium)) is not None:
        box = intersect(box, clip)
    box = transform(box, matrix)
    return [Painted(address_of(item), PATH, box, colour, opaque)] if box[0] < box[2] and box[1] < box[3] else []


def _is_rectangle(item: Any, pdfium: Any) -> bool:
    """Whether all corners of a path are corners of its hull."""
    count = pdfium.FPDFPath_CountSegments(item)
    if count not in CORNERS:
        return False
    local = matrix_of(item, pdfium)
    points = [apply(point_of(pdfium.FPDFPath_GetPathSegment(item, k), pdfium), local) for k in range(count)]
    box = hull(points)
    return all(
        min(abs(x - box[0]), abs(x - box[2])) <= _STRAIGHT and min(abs(y - box[1]), abs(y - box[3])) <= _STRAIGHT
        for x, y in points
    )


def _fill_colour(item: Any, pdfium: Any) -> Colour | None:
    """None where the object is filled with a pattern."""
    parts = tuple(ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(item, *parts):
        return None
    red, green, blue, opacity = (part.value for part in parts)
    return Colour(red, green, blue, opacity / _FULL)


class _Areas:
    """Areas by the bands of the page that they lie in; the last one painted lies on top."""

    def __init__(self) -> None:
        self._bands: dict[int, deque[Painted]] = defaultdict(lambda: deque(maxlen=_MOST))

    def add(self, area: Painted) -> None:
        for band in range(int(area.box[1] // _BAND), int(area.box[3] // _BAND) + 1):
            self._bands[band].appendleft(area)

    def at(self, box: Box) -> Painted | None:
        """The topmost one behind the middle of the box."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        near = self._bands.get(int(y // _BAND), ())
        return next((own for own in near if own.box[0] <= x <= own.box[2] and own.box[1] <= y <= own.box[3]), None)
