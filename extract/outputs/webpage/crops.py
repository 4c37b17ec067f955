"""PDF, OFD or image → small pictures of the table rows that fields were read from, and where in them each stands."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.forms.places import places
from extract.outputs.webpage.drawn import draw_rows
from extract.outputs.webpage.markup import Markup
from extract.outputs.webpage.words import page_rules
from extract.quick import record
from extract.records import BBox, Field, PrintedPage, Report

if TYPE_CHECKING:
    from PIL.Image import Image

Original = Path | bytes | Sequence[PrintedPage]
"""A PDF or image, or the pages of an OFD file."""

GEOMETRY = ("pdf", "image", "ofd")  # kinds of files whose pages can be drawn
_QUARTERS = {(1, 0): 0, (0, 1): 90, (-1, 0): 180, (0, -1): 270}  # way in which a row runs → degrees to turn the page by
_INSET = 0.35  # heights of a cell, at its edges, where its lines may stand, also those of a page a little askew
_FAULTS = (OSError, ValueError, RuntimeError, SyntaxError, EOFError, IndexError)


_NOTHING = Markup("")
Cut = Callable[[Mapping[str, Field], Mapping[int | None, int]], tuple["Strip", dict[str, BBox]]]


@record
class Strip:
    """One table row as printed, of that many pixels, its cells from left to right: a JPEG, or a drawing (SVG)."""

    jpeg: bytes
    width: int
    height: int
    drawing: Markup = _NOTHING


@record
class Crops:
    """`cells`: field id → (index of its strip, its box in pixels of the strip)."""

    strips: tuple[Strip, ...]
    cells: Mapping[str, tuple[int, BBox]]


NO_CROPS = Crops((), {})


def crop_rows(report: Report, original: Original, first: frozenset[str]) -> Crops:
    """The rows of the report's tables, those of the fields `first` before others, as far as the size allows.

    What cannot be drawn (a broken page, a file of another kind) has no picture.
    """
    rows = _rows_of(report)
    rows.sort(key=lambda row: not first.intersection(row))
    strips: list[Strip] = []
    cells: dict[str, tuple[int, BBox]] = {}
    left = page_rules()["crops"]["bytes_most"]
    cut, turns = _cutter(report, original), _turns_of(report, rows)
    for row in rows:
        try:
            strip, boxes = cut({name: report.fields[name] for name in row}, turns)
        except _FAULTS:
            continue
        left -= len(strip.jpeg) + len(strip.drawing)
        if left < 0:
            break
        cells |= {name: (len(strips), box) for name, box in boxes.items()}
        strips.append(strip)
    return Crops(tuple(strips), cells)


def _turns_of(report: Report, rows: Iterable[Sequence[str]]) -> dict[int | None, int]:
    """Page → degrees to turn it by: as its longest row runs, for a lone cell runs nowhere."""
    longest: dict[int | None, Sequence[str]] = {}
    for row in rows:
        page = report.fields[row[0]].page
        longest[page] = max(longest.get(page, ()), row, key=len)
    boxes = {page: [box for name in row if (box := report.fields[name].bbox)] for page, row in longest.items()}
    return {page: _turn_of(own) for page, own in boxes.items()}


def _rows_of(report: Report) -> list[list[str]]:
    """The fields that have a box, by page and row of the form."""
    known = places(report.template.id)
    rows: dict[tuple[int | None, int, str], list[str]] = {}
    for name, field in report.fields.items():
        if field.bbox and field.page:
            rows.setdefault((field.page, known[name].table, known[name].row_id), []).append(name)
    return list(rows.values())


def _cutter(report: Report, original: Original) -> Cut:
    """The fields of a row, and how the pages are turned → its strip, and the boxes of the fields in it."""
    if isinstance(original, Path | bytes):
        open_page = _open_pdf(original) if report.source.format == "pdf" else _open_image(original)
        return partial(_cut_row, draw=_drawer(open_page))
    pages = list(original)
    draw = _drawer(lambda number: _open_image(pages[number - 1].picture)(1))

    def cut(row: Mapping[str, Field], turns: Mapping[int | None, int]) -> tuple[Strip, dict[str, BBox]]:
        page = pages[(next(iter(row.values())).page or 1) - 1]
        return _cut_row(row, turns, draw) if page.picture else _draw_row(row, page)

    return cut


def _drawer(open_page: Callable[[int], Image]) -> Callable[[int, int], Image]:
    """(page, degrees) → the page, grey, turned counter-clockwise. Both are drawn once."""

    @cache
    def page(number: int) -> Image:
        return open_page(number)

    @cache
    def turned(number: int, degrees: int) -> Image:
        return page(number).rotate(degrees, expand=True) if degrees else page(number)

    return turned


def _open_pdf(original: Path | bytes) -> Callable[[int], Image]:
    import pypdfium2

    opened: list[Any] = []

    def draw(number: int) -> Image:
        if not opened:
            opened.append(pypdfium2.PdfDocument(original))
            opened[0].init_forms()  # else what was filled in a form is not drawn
        page = opened[0][number - 1]
        image: Image = page.render(
            scale=page_rules()["crops"]["page_pixels"] / max(page.get_size()), grayscale=True
        ).to_pil()
        return image

    return draw


def _open_image(original: Path | bytes) -> Callable[[int], Image]:
    from PIL import Image, ImageOps

    def draw(number: int) -> Image.Image:
        try:
            with Image.open(io.BytesIO(original) if isinstance(original, bytes) else original) as image:
                image.seek(number - 1)
                upright = ImageOps.exif_transpose(image).convert("RGBA")
        except Image.DecompressionBombError as error:
            raise ValueError("too many pixels") from error
        paper = Image.new("RGBA", upright.size, "white")
        page = Image.alpha_composite(paper, upright).convert("L")
        most = page_rules()["crops"]["page_pixels"]
        page.thumbnail((most, most))
        return page

    return draw


def _cut_row(
    row: Mapping[str, Field], turns: Mapping[int | None, int], draw: Callable[[int, int], Image]
) -> tuple[Strip, dict[str, BBox]]:
    """The row's part of the page over its whole width, and the boxes of its fields in it."""
    rules = page_rules()["crops"]
    boxes = {name: field.bbox for name, field in row.items() if field.bbox}
    number = next(iter(row.values())).page
    degrees = turns.get(number, 0)
    page = draw(number or 1, degrees)
    scaled = {name: _scale(_turn(box, degrees), page.size) for name, box in boxes.items()}
    top, bottom = min(box[1] for box in scaled.values()), max(box[3] for box in scaled.values())
    margin = rules["margin"] * (bottom - top)
    upper, lower = max(0, int(top - margin)), min(page.height, int(bottom + margin) + 1)
    strip = page.crop((0, upper, page.width, lower))
    left, right = _printed_width(strip, scaled.values(), rules["paper"])
    strip = strip.crop((left, 0, right, strip.height))
    stream = io.BytesIO()
    strip.save(stream, "JPEG", quality=rules["jpeg_quality"], optimize=True)
    moved = {name: (box[0] - left, box[1] - upper, box[2] - left, box[3] - upper) for name, box in scaled.items()}
    narrow = {name: _narrow(box, partial(_ink_within, strip)) for name, box in moved.items()}
    return Strip(stream.getvalue(), *strip.size), narrow


def _draw_row(row: Mapping[str, Field], page: PrintedPage) -> tuple[Strip, dict[str, BBox]]:
    """The same from the characters and lines that the page draws."""
    if not page.characters:
        raise ValueError("nothing is drawn on the page")
    rules = page_rules()["crops"]
    scale = rules["page_pixels"] / max(page.width, page.height)
    size = page.width * scale, page.height * scale
    boxes = {name: field.bbox for name, field in row.items() if field.bbox}
    scaled = {name: _scale(_turn(box, -90 * page.turn % 360), size) for name, box in boxes.items()}
    top, bottom = min(box[1] for box in scaled.values()), max(box[3] for box in scaled.values())
    margin = rules["margin"] * (bottom - top)
    upper, lower = top - margin, bottom + margin
    drawing, left, right = draw_rows(page, scale, upper, lower)
    printed = [_scale(box, (scale, scale)) for _, box, _ in page.characters]
    narrow = {name: _narrow(box, partial(_print_within, printed)) for name, box in scaled.items()}
    moved = {name: (box[0] - left, box[1] - upper, box[2] - left, box[3] - upper) for name, box in narrow.items()}
    return Strip(b"", round(right - left), round(lower - upper), drawing), moved


def _narrow(box: BBox, find_print: Callable[[BBox], tuple[float, float] | None]) -> BBox:
    """The box; of one that is very wide the part around what is printed in it, else its digits would hardly be seen."""
    left, top, right, bottom = box
    widest = page_rules()["crops"]["widest"] * (bottom - top)
    printed = find_print(box) if right - left > widest else None
    if printed is None:
        return box
    around = max(bottom - top, (widest / 2 - (printed[1] - printed[0])) / 2)
    return max(left, printed[0] - around), top, min(right, printed[1] + around), bottom


def _ink_within(strip: Image, box: BBox) -> tuple[float, float] | None:
    """Where ink begins and ends across a box, without the lines around it; None where there is none."""
    inset = _INSET * (box[3] - box[1])
    inner = strip.crop((int(box[0] + inset), int(box[1] + inset), int(box[2] - inset), int(box[3] - inset)))
    paper = page_rules()["crops"]["paper"]
    ink = inner.point([255 if grey < paper else 0 for grey in range(256)]).getbbox()
    return (box[0] + inset + ink[0], box[0] + inset + ink[2]) if ink else None


def _print_within(printed: Iterable[BBox], box: BBox) -> tuple[float, float] | None:
    """Where characters begin and end across a box; None where there are none."""
    own = [it for it in printed if box[0] < (it[0] + it[2]) / 2 < box[2] and box[1] < (it[1] + it[3]) / 2 < box[3]]
    return (min(it[0] for it in own), max(it[2] for it in own)) if own else None


def _turn_of(boxes: Sequence[BBox]) -> int:
    """Degrees counter-clockwise after which the boxes run from left to right; 0 for a lone one."""
    if len(boxes) == 1:
        return 0
    first, last = boxes[0], boxes[-1]
    right, down = last[0] + last[2] - first[0] - first[2], last[1] + last[3] - first[1] - first[3]
    if abs(right) >= abs(down):
        return _QUARTERS[(-1, 0)] if right < 0 else 0
    return _QUARTERS[(0, 1 if down > 0 else -1)]


def _turn(box: BBox, degrees: int) -> BBox:
    """The box on the page when that is turned counter-clockwise; both in the unit square."""
    x0, y0, x1, y1 = box
    if degrees == 90:
        return y0, 1 - x1, y1, 1 - x0
    if degrees == 180:
        return 1 - x1, 1 - y1, 1 - x0, 1 - y0
    return (1 - y1, x0, 1 - y0, x1) if degrees == 270 else box


def _scale(box: BBox, size: tuple[int, int]) -> BBox:
    width, height = size
    return box[0] * width, box[1] * height, box[2] * width, box[3] * height


def _printed_width(strip: Image, boxes: Iterable[BBox], paper: int) -> tuple[int, int]:
    """From the first printed column of pixels to the last, the boxes within."""
    ink = strip.point([255 if grey < paper else 0 for grey in range(256)]).getbbox()
    left, right = (ink[0], ink[2]) if ink else (0, strip.width)
    boxes = list(boxes)
    edge = min(left, *(int(box[0]) for box in boxes)), max(right, *(int(box[2]) + 1 for box in boxes))
    return max(0, edge[0] - 4), min(strip.width, edge[1] + 4)
