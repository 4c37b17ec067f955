"""PDF with a text layer → pages, by geometry: characters with boxes and ruled lines become lines and table rows."""

from __future__ import annotations

from extract.pages.pdf.attached import read_attachments
from extract.pages.pdf.layout import drawings_to_pages
from extract.pages.pdf.source import read_drawings
from extract.pages.pdf.usable import refuse_unusable
from extract.records import Page
from extract.settings import Settings

__all__ = ["drawings_to_pages", "pdf_to_pages", "read_attachments"]


def pdf_to_pages(content: bytes, *, file: str, settings: Settings) -> tuple[Page, ...]:
    """The pages of a PDF, each with its lines and rows in reading order and their boxes.

    Raises: UnreadableError (broken, too large), UnsupportedError (encrypted, scanned, unusable text layer, over a
    limit; names the page), NotAReportError (nothing printed).
    """
    drawings = read_drawings(content, file=file, settings=settings)
    refuse_unusable(drawings, file=file)
    return drawings_to_pages(drawings)
