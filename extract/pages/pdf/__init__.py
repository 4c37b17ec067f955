"""PDF with a text layer → pages, by geometry: characters with boxes and ruled lines become lines and table rows."""

from __future__ import annotations

from functools import partial

from extract.pages.pdf.attached import read_attachments
from extract.pages.pdf.clock import start_clock
from extract.pages.pdf.layout import drawings_to_pages
from extract.pages.pdf.shown import find_contradicted
from extract.pages.pdf.source import draw_page, read_drawings, render_page
from extract.pages.pdf.usable import find_pictured, find_unusable
from extract.records import Page
from extract.settings import Settings

__all__ = ["drawings_to_pages", "pdf_to_pages", "read_attachments"]


def pdf_to_pages(content: bytes, *, file: str, settings: Settings) -> tuple[Page, ...]:
    """The pages of a PDF, each with its lines and rows in reading order and their boxes.

    Pages without a usable text layer, and pictures beside text, are read as scans, where the report is not complete
    without them; so are pages that show other digits than their text layer states.

    Raises: UnreadableError (broken, too large), UnsupportedError (encrypted, over a limit; names the page; scanned, and
    the extra that reads scans is not installed), NotAReportError (nothing printed).
    """
    clock = start_clock(file, settings.max_pdf_seconds)
    drawings = read_drawings(content, file=file, settings=settings, clock=clock)
    scanned = find_unusable(drawings, file=file)
    usable = [drawing for drawing in drawings if drawing.number not in scanned]
    scanned |= find_contradicted(usable, partial(draw_page, content, file=file), clock=clock)
    partly = find_pictured(drawings, scanned)
    if not scanned and not partly:
        return drawings_to_pages(drawings, file=file, clock=clock)
    from extract.pages.image import read_with_scans

    pictures = {number: partial(render_page, content, number, file=file) for number in sorted({*scanned, *partly})}
    return read_with_scans(drawings, pictures, partly, file=file, settings=settings, clock=clock)
