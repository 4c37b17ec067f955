"""OFD pages → what they print, for those who show a piece of them beside what was read from it."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING

from extract.errors import SourceError
from extract.pages.ofd.container import Container
from extract.pages.ofd.paint import Painter
from extract.pages.ofd.pictures import draw_page
from extract.pages.ofd.structure import read_structure
from extract.pages.pdf.drawing import Drawing, Edge
from extract.pages.pdf.usable import find_unusable
from extract.records import BBox, PrintedPage
from extract.settings import Settings

if TYPE_CHECKING:
    from extract.pages.image.ink import Picture

_JPEG_QUALITY = 90
_DRAWERS = ("PIL", "cv2")  # what the pictures of scanned pages are put together with: the extra `scan` brings it


def print_pages(content: bytes, *, file: str, settings: Settings) -> tuple[PrintedPage, ...]:
    """The pages of an OFD file, scanned ones as pictures where the packages that draw them are installed.

    Raises: UnreadableError, UnsupportedError, NotAReportError, as reading them does.
    """
    container = Container(content, file=file, settings=settings)
    painter = Painter(file=file, most=settings.max_ofd_objects)
    pages = dict(enumerate(read_structure(container, settings=settings), 1))
    drawings = [painter.page_to_drawing(page, number) for number, page in pages.items()]
    scanned: Mapping[int, str] = find_unusable(drawings, file=file) if all(map(find_spec, _DRAWERS)) else {}
    return tuple(
        _photograph(drawing, partial(draw_page, container, pages[drawing.number], placed, settings=settings))
        if drawing.number in scanned and (placed := painter.find_pictures(pages[drawing.number], drawing.number))
        else _print(drawing)
        for drawing in drawings
    )


def _print(drawing: Drawing) -> PrintedPage:
    characters = tuple((glyph.text, glyph.box, glyph.base) for glyph in drawing.glyphs)
    return PrintedPage(drawing.width, drawing.height, drawing.turn, characters, tuple(map(_line, drawing.edges)))


def _line(edge: Edge) -> BBox:
    ends = (edge.start, edge.at, edge.end, edge.at)
    return ends if edge.horizontal else (edge.at, edge.start, edge.at, edge.end)


def _photograph(drawing: Drawing, draw: Callable[[], Picture]) -> PrintedPage:
    """The page as its picture; an empty one where that cannot be drawn."""
    from PIL import Image

    stream = io.BytesIO()
    try:
        Image.fromarray(draw()).save(stream, "JPEG", quality=_JPEG_QUALITY)
    except SourceError:
        return PrintedPage(drawing.width, drawing.height)
    return PrintedPage(drawing.width, drawing.height, picture=stream.getvalue())
