"""A page of text some of whose tables are pictures: what these print stands where they stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from extract.errors import SourceError
from extract.guard import guard
from extract.pages.marks import is_statutory
from extract.pages.pdf.drawing import Box, to_unit_square
from extract.pages.pdf.layout import PageText
from extract.quick import replace

if TYPE_CHECKING:
    from extract.pages.image.ink import Picture

_PAPER = 255


def read_beside(
    text: PageText, open_page: Callable[[], Picture], *, file: str, drawn: Path | None = None
) -> list[PageText]:
    """The page's text, parted by its pictures, and between these what each prints, where it is a statutory table.

    A picture that holds none, or that cannot be read, is counted in the text above it. `open_page` gives the page as
    it is shown.
    """
    texts: list[PageText] = []
    top = float("-inf")
    for box in sorted(text.drawing.pictures, key=lambda own: own[1]):
        above = _between(text, top, box[1])
        read = _read_picture(text, box, open_page, file, drawn)
        texts += [above, *read] if read else [replace(above, unread=1)]
        top = box[1]
    return [*texts, _between(text, top, float("inf"))]


def _between(text: PageText, top: float, bottom: float) -> PageText:
    """What begins in that part of the page (upright points)."""
    tables = tuple(table for table in text.tables if top <= table.box[1] < bottom)
    return PageText(text.drawing, tables, tuple(line for line in text.lines if top <= line[0].y < bottom))


def _read_picture(
    text: PageText, box: Box, open_page: Callable[[], Picture], file: str, drawn: Path | None
) -> Sequence[PageText]:
    """What the picture prints; nothing where it is no statutory table or cannot be read."""
    from extract.pages.image import can_read
    from extract.pages.image.scan import read_picture

    if not can_read():
        return ()
    number, part = text.drawing.number, to_unit_square(box, text.drawing)
    try:
        with guard(file, page=number):
            read = read_picture(_alone(open_page(), part), number, drawn=drawn)
    except SourceError:
        return ()
    rows = [[cell.text for cell in row] for own in read for table in own.tables for row in table.rows]
    return [replace(own, scan=part) for own in read] if is_statutory(rows) else ()


def _alone(page: Picture, box: Box) -> Picture:
    """The page as shown with nothing on it but what lies in the box (unit square)."""
    height, width = page.shape[:2]
    x0, y0, x1, y1 = round(box[0] * width), round(box[1] * height), round(box[2] * width), round(box[3] * height)
    alone = page.copy()
    alone[:] = _PAPER
    alone[y0:y1, x0:x1] = page[y0:y1, x0:x1]
    return alone
