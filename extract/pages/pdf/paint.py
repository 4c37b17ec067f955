"""A PDFium page → its drawing: characters with their boxes, ruled edges of paths, the share of its largest picture."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from statistics import median
from typing import TYPE_CHECKING, Any

from extract.errors import UnsupportedError
from extract.pages.pdf.characters import fold_character
from extract.pages.pdf.cut import keep_on_page
from extract.pages.pdf.dots import dots_to_edges
from extract.pages.pdf.drawing import INK, Box, Drawing, Edge, Glyph, Mark, table_pictures, turn_point
from extract.pages.pdf.layers import address_of, set_active, switched_off
from extract.pages.pdf.noted import drop_note_marks
from extract.pages.pdf.paths import (
    IMAGE,
    PATH,
    THIN,
    Objects,
    apply,
    intersect,
    is_box,
    is_within,
    list_objects,
    matrix_of,
    transform,
)
from extract.pages.pdf.seen import covered_texts, hidden_texts, list_painted
from extract.pages.pdf.struck import drop_struck
from extract.pages.pdf.usable import HIDDEN
from extract.quick import record
from extract.settings import Settings

if TYPE_CHECKING:
    import pypdfium2

_SHORTEST_EDGE = 1.5  # points: anything shorter is a dot
_TURNED_SHARE = 0.6  # of the characters must lie on their side for the page to be turned
_PICTURE_PAGE = 0.3  # share of the page from which a picture may be a scan with a text layer under it
_WIDE_FROM = "\u2e80"  # characters from here on are as wide as their type size
_AIRY = 1.15  # height of a narrow character's box, in type sizes
_ASCENT = 0.86  # share of the type size that lies above the baseline
_SAMPLES = 200  # characters asked whether they are painted, and how they lean

_PAINTED_LEAST = 0.1  # share of the characters; where fewer are painted, the page is drawn and the others say what
_OBLIQUE = 0.12  # quarter turns that a character may lean: a stamp or watermark across the page leans more, a scan less

_OFF_PLACE = 0.1  # points between two places

_Place = tuple[float, float, float, float, float, float]  # left, bottom, right, top, origin x and y
_Raw = tuple[str, float, float, float, float, float, float]  # text, left, bottom, right, top, origin x and y
_Facing = tuple[int, bool]  # quarter turns of the baseline, whether the character is mirrored


def page_to_drawing(
    page: pypdfium2.PdfPage, number: int, *, layered: bool = False, file: str, settings: Settings
) -> Drawing:
    """The drawing of a page, turned so that its text is upright; of a `layered` file without what is switched off.

    Raises: UnsupportedError (too many objects).
    """
    import pypdfium2.raw as pdfium

    off = switched_off(page, pdfium) if layered else set()
    listed = list_objects(page, pdfium, number, off=off, file=file, settings=settings)
    unpainted = listed.unpainted
    faint: set[int] = set()
    if listed.may_hide:
        unseen, faint = hidden_texts(list_painted(page, pdfium, off))
        unpainted |= unseen
    set_active(off | listed.cut, False, pdfium)
    rotation = pdfium.FPDFPage_GetRotation(page) % 4
    frame = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, frame)
    size = (max(frame.right - frame.left, 1.0), max(frame.top - frame.bottom, 1.0))
    images = [box for kind, box in listed.found if kind == IMAGE]
    shares = [_share(box, size) for box in images]
    pictures = min(1.0, sum(shares))  # scanners cut a page into strips
    hidden = 0.0
    if pictures >= _PICTURE_PAGE:
        least = min(_PICTURE_PAGE, max(shares)) * size[0] * size[1]
        hidden = _hidden_share(page, covered_texts(list_painted(page, pdfium, off), least) | unpainted, pdfium)
    if unpainted and hidden < HIDDEN:
        _leave_out(page, unpainted, pdfium)
    with _text_of(page, pdfium) as text_page:
        read = _read_characters(text_page, pdfium, number, listed, faint, file=file, settings=settings)
        lean = _lean(text_page, pdfium)
    turn, unmapped = rotation if read.turn is None else read.turn, read.unmapped
    if turn != rotation:  # PDFium lists characters in their order on the page as it is shown
        pdfium.FPDFPage_SetRotation(page, turn)
        with _text_of(page, pdfium) as text_page:
            read = _read_characters(text_page, pdfium, number, listed, faint, file=file, settings=settings)
    place = _Frame(frame.left, frame.top, size, turn)
    width, height = size if turn % 2 == 0 else (size[1], size[0])
    glyphs = keep_on_page([place.glyph(item) for item in read.facing(turn)], width, height)
    paths = (place.box(*box) for kind, box in listed.found if kind == PATH)
    glyphs, edges = drop_struck(drop_note_marks(glyphs), _find_edges(paths, (0.0, 0.0, width, height)))
    tables = table_pictures((place.box(*box) for box in images), width, height)
    marks = tuple(Mark(place.box(*mark.box), mark.fills) for mark in listed.marks)
    turns = (turn - rotation) % 4
    return Drawing(
        number, width, height, glyphs, edges, turns, pictures, hidden, unmapped, lean, pictures=tables, marks=marks
    )


@record
class _Frame:
    """Where the page lies in its coordinates (origin bottom left, unturned): turns those into upright points."""

    left: float
    top: float
    size: tuple[float, float]
    turn: int

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        x0, y0 = turn_point(left - self.left, self.top - top, self.size, self.turn)
        x1, y1 = turn_point(right - self.left, self.top - bottom, self.size, self.turn)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def glyph(self, raw: _Raw) -> Glyph:
        text, left, bottom, right, top, x, y = raw
        box = self.box(left, bottom, right, top)
        base = turn_point(x - self.left, self.top - y, self.size, self.turn)[1]
        return Glyph(text, type_box(text, box, base), base)


def _find_edges(paths: Iterable[Box], sheet: Box) -> tuple[Edge, ...]:
    """The rules that paths draw on the sheet, as lines or in dots."""
    ruled = [cut for box in paths if is_box(cut := intersect(box, sheet))]
    return tuple(edge for box in ruled for edge in _to_edges(box)) + tuple(dots_to_edges(ruled))


def _to_edges(box: Box) -> Iterator[Edge]:
    x0, y0, x1, y1 = box
    if y1 - y0 <= THIN and x1 - x0 >= max(_SHORTEST_EDGE, y1 - y0):
        yield Edge(True, (y0 + y1) / 2, x0, x1)
    elif x1 - x0 <= THIN and y1 - y0 >= _SHORTEST_EDGE:
        yield Edge(False, (x0 + x1) / 2, y0, y1)


def type_box(text: str, box: Box, base: float) -> Box:
    """The box as high as the type size: fonts differ in how much air they put above and below it."""
    width, height = box[2] - box[0], box[3] - box[1]
    size = width if text[0] >= _WIDE_FROM and height / 2 <= width else height / _AIRY  # the box of 一 may be flat
    if not box[1] - size <= base <= box[3] + size:  # no baseline to go by
        return box
    return box[0], base - _ASCENT * size, box[2], base + (1 - _ASCENT) * size


# ---------------------------------------------------------------- characters


@record
class _Characters:
    """The characters of a page; `turn`: clockwise quarter turns that make most of them upright, None where none do.

    `turns`: those that make each upright; `facings`: how each lies, None where PDFium does not say. `unmapped`: how
    many have no Unicode value.
    """

    raw: tuple[_Raw, ...]
    turns: tuple[int, ...]
    facings: tuple[_Facing | None, ...]
    unmapped: int

    @property
    def turn(self) -> int | None:
        turn, upright = Counter(self.turns).most_common(1)[0] if self.turns else (0, 0)
        return turn if upright and upright >= _TURNED_SHARE * len(self.raw) else None

    def facing(self, turn: int) -> list[_Raw]:
        """The characters of a page that is read with so many turns: a digit that does not face as its upright ones do,
        turned or mirrored, is read in the wrong order, or as another one, so that nobody knows its number.
        """
        upright = Counter(own for own, turned in zip(self.facings, self.turns, strict=True) if own and turned == turn)
        usual = upright.most_common(1)[0][0] if upright else None
        return [
            (INK, *raw[1:]) if own not in (None, usual) and raw[0].isdigit() else raw
            for raw, own in zip(self.raw, self.facings, strict=True)
        ]


def _read_characters(
    text_page: Any, pdfium: Any, number: int, listed: Objects, faint: set[int], *, file: str, settings: Settings
) -> _Characters:
    """The characters in page coordinates.

    Those are left out of which the text object is cut off there, by what is `listed`; nobody knows the digits of the
    `faint` ones.
    """
    count = pdfium.FPDFText_CountChars(text_page)
    if count > settings.max_pdf_characters:
        cause = f"{count} characters on one page, more than a page can print"
        raise UnsupportedError(file, cause, "print it to a new PDF", page=number)
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    raw: list[_Raw] = []
    turns: list[int] = []
    facings: list[_Facing | None] = []
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
        angle = pdfium.FPDFText_GetCharAngle(text_page, k) / (math.pi / 2)
        if abs(angle - round(angle)) > _OBLIQUE and _is_oblique(text_page, k, pdfium):
            continue
        pdfium.FPDFText_GetCharOrigin(text_page, k, x, y)
        place = (box.left, box.bottom, box.right, box.top, x.value, y.value)
        owner = _owner(text_page, k, pdfium) if listed.placed or listed.clips or faint else 0
        if owner in faint and text.isdigit():
            text = INK
        if owner in listed.placed and _is_unplaced(text_page, k, place[4:], pdfium):
            matrix = listed.placed[owner]
            place = (*transform(place[:4], matrix), *apply(place[4:], matrix))
        clip = listed.clips.get(owner)
        if clip and not is_within(((place[0] + place[2]) / 2, (place[1] + place[3]) / 2), clip):
            continue
        turns.append(-round(angle) % 4)
        facings.append(_facing(text_page, k, pdfium))
        raw.append((text, *place))
    return _Characters(tuple(raw), tuple(turns), tuple(facings), unmapped)


def _facing(text_page: Any, k: int, pdfium: Any) -> _Facing | None:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(text_page, k, matrix):
        return None
    turns = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
    return turns, matrix.a * matrix.d < matrix.b * matrix.c


def _is_unplaced(text_page: Any, k: int, origin: tuple[float, float], pdfium: Any) -> bool:
    """Whether PDFium gives the character's origin within its form: it does where the file spells the text apart."""
    matrix = pdfium.FS_MATRIX()
    own = matrix_of(pdfium.FPDFText_GetTextObject(text_page, k), pdfium)[4:]
    if not pdfium.FPDFText_GetMatrix(text_page, k, matrix) or _are_apart(origin, own):
        return False
    return _are_apart(own, (matrix.e, matrix.f))


def _are_apart(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return max(abs(one[0] - other[0]), abs(one[1] - other[1])) > _OFF_PLACE


def _is_oblique(text_page: Any, k: int, pdfium: Any) -> bool:
    """Whether the character's baseline leans; the angle that PDFium states is also that of slanted type."""
    return abs(_off_level(text_page, k, pdfium)) > _OBLIQUE


def _off_level(text_page: Any, k: int, pdfium: Any) -> float:
    """Quarter turns from the character's baseline to the nearest horizontal or vertical."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(text_page, k, matrix):
        return 0.0
    turns = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
    return turns - round(turns)


def _lean(text_page: Any, pdfium: Any) -> float:
    """Degrees that the baselines of most characters lean, from a sample."""
    count = pdfium.FPDFText_CountChars(text_page)
    printed = [k for k in range(count) if pdfium.FPDFText_IsGenerated(text_page, k) == 0]
    leans = [_off_level(text_page, k, pdfium) for k in printed[:: max(1, len(printed) // _SAMPLES)]]
    return 90 * median(leans) if leans else 0.0


def _hidden_share(page: pypdfium2.PdfPage, covered: set[int], pdfium: Any) -> float:
    """The share of the characters that are in a `covered` text object, from a sample."""
    with _text_of(page, pdfium) as text_page:
        count = pdfium.FPDFText_CountChars(text_page)
        owners = [_owner(text_page, k, pdfium) for k in range(0, count, max(1, count // _SAMPLES))]
    asked = [owner in covered for owner in owners if owner]
    return sum(asked) / len(asked) if asked else 0.0


def _leave_out(page: pypdfium2.PdfPage, unpainted: set[int], pdfium: Any) -> None:
    """Takes the text objects of these addresses off the page, unless next to nothing else is printed."""
    with _text_of(page, pdfium) as text_page:
        count = pdfium.FPDFText_CountChars(text_page)
    set_active(unpainted, False, pdfium)
    with _text_of(page, pdfium) as text_page:
        painted = pdfium.FPDFText_CountChars(text_page)
    if painted < _PAINTED_LEAST * count:
        set_active(unpainted, True, pdfium)


@contextmanager
def _text_of(page: pypdfium2.PdfPage, pdfium: Any) -> Iterator[Any]:
    """The characters of the objects of a page that are active."""
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        yield text_page
    finally:
        pdfium.FPDFText_ClosePage(text_page)


def _owner(text_page: Any, k: int, pdfium: Any) -> int:
    """The address of the text object of character k, 0 where it has none."""
    return address_of(pdfium.FPDFText_GetTextObject(text_page, k))


def _share(box: Box, size: tuple[float, float]) -> float:
    width = min(max(box[2] - box[0], 0.0), size[0])
    return width * min(max(box[3] - box[1], 0.0), size[1]) / (size[0] * size[1])
