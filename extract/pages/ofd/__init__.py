"""OFD (GB/T 33190) → pages: characters and lines where the file puts them, then the same geometry as for PDF."""

from __future__ import annotations

from extract.pages.ofd.attached import read_attachments
from extract.pages.ofd.container import Container
from extract.pages.ofd.paint import Painter
from extract.pages.ofd.structure import read_structure
from extract.pages.pdf.layout import drawings_to_pages
from extract.pages.pdf.usable import refuse_unusable
from extract.records import Page
from extract.settings import Settings

__all__ = ["ofd_to_pages", "read_attachments"]


def ofd_to_pages(content: bytes, *, file: str, settings: Settings) -> tuple[Page, ...]:
    """The pages of an OFD file, each with its lines and rows in reading order and their boxes.

    Raises: UnreadableError (broken), UnsupportedError (password, scanned pages, entities, over a limit),
    NotAReportError (nothing printed).
    """
    container = Container(content, file=file, settings=settings)
    painter = Painter(file=file, most=settings.max_ofd_objects)
    drawings = tuple(
        painter.page_to_drawing(page, number)
        for number, page in enumerate(read_structure(container, settings=settings), 1)
    )
    refuse_unusable(drawings, file=file)
    return drawings_to_pages(drawings)
