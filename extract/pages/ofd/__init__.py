"""OFD (GB/T 33190) → pages: characters and lines where the file puts them, then the same geometry as for PDF."""

from __future__ import annotations

from functools import partial

from extract.pages.ofd.attached import read_attachments
from extract.pages.ofd.container import Container
from extract.pages.ofd.paint import Painter
from extract.pages.ofd.pictures import draw_page
from extract.pages.ofd.printed import print_pages
from extract.pages.ofd.structure import read_structure
from extract.pages.pdf.layout import drawings_to_pages
from extract.pages.pdf.unread import draw_guarded, refuse_unread
from extract.pages.pdf.usable import find_pictured, find_unusable
from extract.records import Page
from extract.settings import Settings

__all__ = ["ofd_to_pages", "print_pages", "read_attachments"]


def ofd_to_pages(content: bytes, *, file: str, settings: Settings) -> tuple[Page, ...]:
    """The pages of an OFD file, each with its lines and rows in reading order and their boxes.

    Pages without a usable text layer, and pictures beside text, are read as scans, where the report is not complete
    without them.

    Raises: UnreadableError (broken), UnsupportedError (password, entities, over a limit; scanned, and the extra that
    reads scans is not installed), NotAReportError (nothing printed).
    """
    container = Container(content, file=file, settings=settings)
    painter = Painter(file=file, most=settings.max_ofd_objects)
    pages = dict(enumerate(read_structure(container, settings=settings), 1))
    drawings = tuple(
        draw_guarded(partial(painter.page_to_drawing, page, number), number, file=file)
        for number, page in pages.items()
    )
    refuse_unread(drawings)
    scanned = find_unusable(drawings, file=file)
    partly = find_pictured(drawings, scanned)
    if not scanned and not partly:
        return drawings_to_pages(drawings, file=file)
    from extract.pages.image import read_with_scans

    placed = {number: painter.find_pictures(pages[number], number) for number in sorted({*scanned, *partly})}
    pictures = {
        number: partial(draw_page, container, pages[number], own, settings=settings) for number, own in placed.items()
    }
    return read_with_scans(drawings, pictures, partly, file=file, settings=settings)
