"""One page's picture → its tables and text lines, in upright points, as a page with a text layer gives them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from extract.celltext import merge_readings
from extract.pages.image.colour import fade_colour
from extract.pages.image.content import lattice_to_table
from extract.pages.image.crossed import without_crossed
from extract.pages.image.double import join_double_rules
from extract.pages.image.facing import quarter_turns
from extract.pages.image.ink import (
    Grey,
    Ink,
    Picture,
    flatten_paper,
    grey_to_ink,
    stretch_ink,
    without_specks,
)
from extract.pages.image.lattice import Lattice, find_lattices
from extract.pages.image.lettering import Lettering, read_lines
from extract.pages.image.lines import NARROW, PixelBox, find_text_lines, without_long_strokes
from extract.pages.image.low import find_low
from extract.pages.image.prose import cut_prose
from extract.pages.image.recognise import read_cell_images
from extract.pages.image.rings import without_rings
from extract.pages.image.rules import find_rules
from extract.pages.image.sheet import cut_out_sheets
from extract.pages.image.shining import without_back
from extract.pages.image.sideless import find_sideless, rules_within
from extract.pages.image.sizing import WIDE, cut_pages, cut_sides, points_wide
from extract.pages.image.sketch import write_sketch
from extract.pages.image.streaks import without_folds, without_streaks
from extract.pages.image.upright import Matrix, find_upright, turn_matrix, warp
from extract.pages.pdf.drawing import Drawing, Glyph
from extract.pages.pdf.layout import PageText
from extract.pages.pdf.ruled import Table
from extract.pages.pdf.values import PROSE, is_value
from extract.pages.pdf.words import Word, make_word
from extract.quick import record

Readings = tuple[tuple[str, float], ...]

_FINEST = 2.9  # pixels a point that reading needs: 209 dots an inch
_STOP = re.compile(r"(?<=[\u3400-\u9fff）》”]) ?[Oo]$")  # what a recogniser takes a full stop for
_ENDS_RIGHT = 3  # quarter turns that bring the upper end of a picture to the right ...
_SPREAD = 2  # ... and pages of a spread, which is read from the left however it lies
_UNSURE = 0.45  # mean probability of a line's characters below which it is dirt ...
_UNCLEAR = (2.0, 6.0)  # ... or print that is not clear, where it is so many times as long as high, and points high
_READABLE = 0.5  # probability from which the best reading of a number is taken
_PAPER = 75  # per cent of a line's pixels are darker than its paper, at most
_PAD = 0.18  # heights of a line that its picture reaches beyond it


def read_picture(picture: Picture, number: int, *, drawn: Path | None = None) -> list[PageText]:
    """The tables and lines of a picture as it is shown: one page, or several that were joined to a long one.

    What was seen is drawn over the page into the folder `drawn`, where one is given.
    """
    streaked = fade_colour(_bounded(picture))
    faint = without_streaks(streaked)
    shown = np.diag([1 / faint.shape[1], 1 / faint.shape[0], 1.0])
    sheets = cut_out_sheets(faint)
    if sheets[0][0] is faint:  # where a streak was wiped off what lies around the sheet, its edge may be lost
        sheets = cut_out_sheets(streaked, faint)
    turns = [quarter_turns(sheet) for sheet, _ in sheets]
    texts = []
    for k in _reading_order(turns, faint.shape):
        turned = np.ascontiguousarray(np.rot90(sheets[k][0], turns[k]))
        to_shown = shown @ sheets[k][1] @ turn_matrix(turned.shape, turns[k])
        sides = cut_sides(turned)
        if turns[k] == _ENDS_RIGHT and len(sides) > _SPREAD:
            sides = sides[::-1]
        for left, right in sides:
            moved = to_shown @ np.array([[1, 0, left], [0, 1, 0], [0, 0, 1]], dtype=np.float64)
            texts += _read_sheet(np.ascontiguousarray(turned[:, left:right]), number, moved, drawn)
    return texts


def _reading_order(turns: Sequence[int], shape: tuple[int, ...]) -> list[int]:
    """The numbers of the sheets of a picture of that shape, the first one first: its end is up where most lie so."""
    end_up = 2 if shape[0] > shape[1] else 1
    order = list(range(len(turns)))
    return order[::-1] if 2 * turns.count(end_up) >= len(turns) else order


def _read_sheet(upright: Grey, number: int, to_shown: Matrix, drawn: Path | None) -> list[PageText]:
    """The tables and lines of a sheet: one page, or several that were joined."""
    points = points_wide(upright)
    texts = []
    for top, bottom in cut_pages(upright):
        part = upright[top:bottom]
        scale = min(1.0, _FINEST * points / part.shape[1])
        offset = np.array([[1 / scale, 0, 0], [0, 1 / scale, top], [0, 0, 1]], dtype=np.float64)
        read = _read_part(_scaled(part, scale), number, to_shown @ offset, points)
        texts.append(read.text)
        if drawn:
            write_sketch(drawn, read.flat, read.lattices, read.text)
    return texts


def _bounded(picture: Picture) -> Picture:
    """The picture with a short side of no more pixels than reading needs."""
    scale = _FINEST * WIDE / min(picture.shape[:2])
    return picture if scale >= 1.0 else np.asarray(_scaled(picture, scale), dtype=np.uint8)


def _scaled(picture: Grey, scale: float) -> Grey:
    import cv2

    if scale == 1.0:
        return picture
    size = (max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale)))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


@record
class _Part:
    """A page set upright, the grids of its tables, and what was read."""

    flat: Grey
    lattices: tuple[Lattice, ...]
    text: PageText


def _read_part(faint: Grey, number: int, to_shown: Matrix, points: float) -> _Part:
    """The tables and lines of one page in grey; `to_shown` leads from its pixels to the unit square of the picture."""
    unit = faint.shape[1] / points
    flat = stretch_ink(flatten_paper(faint))
    matrix = find_upright(flat, unit)
    flat = without_rings(without_folds(warp(flat, matrix), unit), unit)
    ink = grey_to_ink(flat)
    ink, flat = join_double_rules(ink, flat, unit)
    ink, rules = without_back(ink, find_rules(ink, unit), unit)
    lattices = without_crossed(find_lattices(ink, rules, unit), ink, unit)
    lattices += without_crossed(find_low(ink, rules, lattices, unit), ink, unit)
    lattices += without_crossed(find_sideless(ink, rules, lattices, unit), ink, unit)
    flat = without_specks(flat, unit)
    tables = _read_tables(lattices, flat, unit)
    held = [lattice for lattice, _ in tables]
    failed = [own for own in lattices if not any(_is_part(other, own) for other in held)]
    if failed:  # rules between columns may be lost: paper may part them
        parted = find_sideless(ink, rules_within(rules, failed, unit), held, unit)
        tables += _read_tables(without_crossed(parted, ink, unit), flat, unit)
    tables.sort(key=lambda own: own[0].box[1])
    outside = without_long_strokes(_without(grey_to_ink(flat), [lattice for lattice, _ in tables], unit), unit)
    lines, unclear = _read_text(flat, outside, unit)
    rows = to_shown @ matrix @ np.diag([unit, unit, 1.0])
    drawing = Drawing(
        number,
        flat.shape[1] / unit,
        flat.shape[0] / unit,
        (),
        (),
        to_shown=tuple(tuple(float(value) for value in row) for row in rows),
    )
    return _Part(flat, tuple(lattices), PageText(drawing, tuple(table for _, table in tables), lines, unclear=unclear))


def _read_tables(lattices: Sequence[Lattice], flat: Grey, unit: float) -> list[tuple[Lattice, Table]]:
    """The grids that hold a table, prose cut off, each with what it holds."""
    ink = grey_to_ink(flat)
    parts = [part for lattice in lattices for part in cut_prose(lattice, ink, unit)]
    return [(part, table) for part in parts if (table := lattice_to_table(part, flat, unit))]


def _is_part(part: Lattice, whole: Lattice) -> bool:
    return part.box[0] == whole.box[0] and whole.box[1] <= part.box[1] <= part.box[3] <= whole.box[3]


def _without(ink: Ink, lattices: Sequence[Lattice], unit: float) -> Ink:
    """The ink outside the tables."""
    rest = ink.copy()
    for lattice in lattices:
        x0, y0, x1, y1 = lattice.box
        rest[max(0, int(y0 - unit)) : int(y1 + unit) + 1, max(0, int(x0 - unit)) : int(x1 + unit) + 1] = 0
    return rest


def _read_text(flat: Grey, ink: Ink, unit: float) -> tuple[tuple[tuple[Word, ...], ...], int]:
    """(the lines of text, how many pieces of print could not be read)."""
    lines = find_text_lines(ink, unit)
    boxes = [box for line in lines for box in line]
    found = read_lines([_crop(flat, box) for box in boxes])
    narrow = {k for k, box in enumerate(boxes) if box[2] - box[0] < NARROW * unit}
    numbers = [k for k, own in enumerate(found) if k in narrow or is_value(own.text.strip())]
    again = read_cell_images([_amid_paper(_crop(flat, boxes[k])) for k in numbers])
    readings = {k: merge_readings(own.candidates) for k, own in zip(numbers, again, strict=True)}
    read = iter([_to_word(box, found[k], unit, readings.get(k, ())) for k, box in enumerate(boxes)])
    words = [_without_strays([word for word in [next(read) for _ in line] if word]) for line in lines]
    unclear = sum(_is_unclear(box, own, unit) for box, own in zip(boxes, found, strict=True))
    return tuple(line for line in words if line), unclear


def _without_strays(line: Sequence[Word]) -> tuple[Word, ...]:
    """The words of a line; in prose no digit stands by itself, and what looks like one is dirt."""
    is_prose = any(PROSE.search(word.text) for word in line)
    return tuple(word for word in line if not is_prose or word.box[2] - word.box[0] >= NARROW)


def _is_unclear(box: PixelBox, read: Lettering, unit: float) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    long, high = _UNCLEAR
    return read.score < _UNSURE and width >= long * height and height >= high * unit


def _amid_paper(crop: Grey) -> Grey:
    """The picture of a number with paper around it, as in a cell: nothing stands at its edge that could be a rule."""
    beside = crop.shape[0]
    paper = int(np.percentile(crop, _PAPER))
    return np.pad(crop, ((beside // 2, beside // 2), (beside, beside)), constant_values=paper)


def _crop(flat: Grey, box: PixelBox) -> Grey:
    pad = max(2, round(_PAD * (box[3] - box[1])))
    x0, y0 = max(0, box[0] - pad), max(0, box[1] - pad)
    return flat[y0 : box[3] + pad, x0 : box[2] + pad]


def _to_word(box: PixelBox, read: Lettering, unit: float, readings: Readings = ()) -> Word | None:
    """The line as a word, its characters spread as the recogniser saw them; None where it is no text.

    A number is what its `readings` tell, where they tell one; what is too narrow for a character is nothing else.
    """
    number = readings[0][0] if readings and readings[0][1] >= _READABLE and is_value(readings[0][0]) else ""
    x0, y0, x1, y1 = (value / unit for value in box)
    if number and x1 - x0 < NARROW:
        read = Lettering(number, readings[0][1], ((0.0, 1.0),), readings[0][1])
    elif x1 - x0 < NARROW or read.score < _UNSURE or not read.text.strip():
        return None
    glyphs = [
        Glyph(text, (x0 + start * (x1 - x0), y0, x0 + end * (x1 - x0), y1), y1)
        for text, (start, end) in zip(read.text, read.spans, strict=True)
        if text.strip()
    ]
    word = make_word(glyphs)
    text = number or _STOP.sub("。", read.text.strip())
    return Word(word.glyphs, text, (x0, y0, x1, y1), y1, readings, min(read.score, read.digits))
