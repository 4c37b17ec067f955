"""PDF bytes → drawings of its pages, by PDFium. The limits of size, pages, objects and time are kept here."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from extract.errors import UnreadableError, UnsupportedError
from extract.pages.pdf.clock import Clock, start_clock
from extract.pages.pdf.drawing import Drawing
from extract.pages.pdf.fonts import stand_in_fonts
from extract.pages.pdf.layers import has_layers
from extract.pages.pdf.paint import page_to_drawing
from extract.pages.pdf.unpacked import unpacked_length
from extract.pages.pdf.unread import draw_guarded, refuse_unread
from extract.pages.pdf.usable import refuse_undrawn
from extract.settings import Settings

if TYPE_CHECKING:
    import pypdfium2

_PDFIUM = threading.Lock()  # PDFium may be used by one thread at a time
_WIDGET, _FREE_TEXT = 20, 3  # annotation subtypes that print text
_FLATTENED = 1
_LEAST_PIXELS, _MOST_PIXELS = 1200, 2400  # of the long side of a page that is read as a picture
_ROUNDING = 0.01  # pixels: sizes are rounded up, and one more than the picture has would blur it between two of its own
_DRAWN_PIXELS = 2000  # of one that has no picture, whose text can't be trusted: digits as large as they are read best
_COLOURS = 3
_PASSWORD_WORD = "password"


def read_drawings(content: bytes, *, file: str, settings: Settings, clock: Clock | None = None) -> tuple[Drawing, ...]:
    """Every page as a drawing; a page that is broken or has more objects than a report needs is an unread one.

    Raises: UnreadableError (broken, too large), UnsupportedError (encrypted, more pages or time than a report needs, an
    XFA form whose pages are drawn by Adobe's programs alone); where no page can be read, why not.
    """
    if len(content) > settings.max_pdf_bytes:
        cause = f"larger than {settings.max_pdf_bytes // 2**20} MB, which no PDF report is"
        raise UnreadableError(file, cause, "check that it is the report, or raise max_pdf_bytes in the settings")
    if unpacked_length(content, settings.max_pdf_drawing_bytes) > settings.max_pdf_drawing_bytes:
        cause = f"more than {settings.max_pdf_drawing_bytes // 10**6} MB of drawing instructions, unpacked"
        raise UnsupportedError(file, cause, "print it to a new PDF, or raise max_pdf_drawing_bytes in the settings")
    import pypdfium2.raw as pdfium

    with open_pdf(content, file) as pdf, stand_in_fonts(pdfium):
        clock = clock or start_clock(file, settings.max_pdf_seconds)
        drawings = tuple(_read_pages(pdf, clock, settings, has_layers(content)))
        refuse_unread(drawings)
        if pdf.get_formtype() in (pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND):
            refuse_undrawn(drawings, file=file)
        return drawings


@contextmanager
def open_pdf(content: bytes, file: str) -> Iterator[pypdfium2.PdfDocument]:
    """The open document, for this thread alone. Raises: UnreadableError (broken), UnsupportedError (encrypted)."""
    with _PDFIUM:
        pdf = _open(content, file)
        try:
            yield pdf
        finally:
            pdf.close()


def render_page(content: bytes, number: int, *, file: str) -> npt.NDArray[np.uint8]:
    """The page in red, green and blue, at the resolution of what was scanned.

    Raises: UnreadableError where it is broken.
    """
    with open_pdf(content, file) as pdf:
        return _render_page(pdf, number, file)


def draw_page(content: bytes, number: int, scale: float, *, file: str) -> npt.NDArray[np.uint8]:
    """The page in grey, at so many pixels a point. Raises: UnreadableError where it is broken."""
    with open_pdf(content, file) as pdf:
        page = _load_page(pdf, number, file)
        bitmap = page.render(scale=scale, grayscale=True)
        try:
            return np.array(bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width])
        finally:
            bitmap.close()
            page.close()


def _render_page(pdf: pypdfium2.PdfDocument, number: int, file: str) -> npt.NDArray[np.uint8]:
    page = _load_page(pdf, number, file)
    try:
        longest = max(page.get_size())
        own = _scan_scale(page) or _DRAWN_PIXELS / longest
        scale = min(max(own, _LEAST_PIXELS / longest), _MOST_PIXELS / longest)
        bitmap = page.render(scale=scale, rev_byteorder=True)
        picture = bitmap.to_numpy().reshape(bitmap.height, bitmap.width, -1)
        picture = np.array(np.broadcast_to(picture[:, :, :_COLOURS], (*picture.shape[:2], _COLOURS)))
        bitmap.close()
    finally:
        page.close()
    return picture


def _scan_scale(page: pypdfium2.PdfPage) -> float:
    """Pixels a point of the page's largest picture; 0 where it has none."""
    import pypdfium2.raw as pdfium

    best = (0.0, 0.0)
    for picture in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        width, height = picture.get_px_size()
        if right > left and top > bottom:
            points, pixels = max(right - left, top - bottom), max(width, height) - _ROUNDING
            best = max(best, ((right - left) * (top - bottom), pixels / points))
    return best[1]


def _open(content: bytes, file: str) -> pypdfium2.PdfDocument:
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(content)
        if pdf.get_formtype() == pypdfium2.raw.FORMTYPE_ACRO_FORM:
            pdf.init_forms()  # draws what is filled in and not drawn yet
        return pdf
    except pypdfium2.PdfiumError as error:
        if _PASSWORD_WORD in str(error).lower():
            cause = "this PDF is protected with a password"
            raise UnsupportedError(file, cause, "open it with the password and save a copy without one") from error
        raise UnreadableError(file, "this PDF is broken and cannot be opened", "download or export it again") from error


def _read_pages(pdf: pypdfium2.PdfDocument, clock: Clock, settings: Settings, layered: bool) -> Iterator[Drawing]:
    count, file = len(pdf), clock.file
    if count == 0:
        raise UnreadableError(file, "this PDF has no pages", "download or export it again")
    if count > settings.max_pdf_pages:
        cause = f"{count} pages, more than the {settings.max_pdf_pages} that a report may have"
        raise UnsupportedError(file, cause, "cut the report out of the volume, or raise max_pdf_pages in the settings")
    for number in range(1, count + 1):
        draw = partial(_draw_page, pdf, number, layered, file=file, settings=settings)
        yield draw_guarded(draw, number, file=file, seconds=clock.left())
        clock.check(number)


def _draw_page(pdf: pypdfium2.PdfDocument, number: int, layered: bool, *, file: str, settings: Settings) -> Drawing:
    page = _load_page(pdf, number, file)
    try:
        return page_to_drawing(page, number, layered=layered, file=file, settings=settings)
    finally:
        page.close()


def _load_page(pdf: pypdfium2.PdfDocument, number: int, file: str) -> pypdfium2.PdfPage:
    """The page, with filled-in form fields and typed notes as part of its print."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        page = pdf[number - 1]
        if _prints_annotations(page, pdfium):
            flattened = pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == _FLATTENED
            if flattened:
                page.close()
                page = pdf[number - 1]
        return page
    except pypdfium2.PdfiumError as error:
        cause = "this page is broken and cannot be read"
        raise UnreadableError(file, cause, "download or export the file again", page=number) from error


def _prints_annotations(page: pypdfium2.PdfPage, pdfium: Any) -> bool:
    for k in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, k)
        subtype = pdfium.FPDFAnnot_GetSubtype(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if subtype in (_WIDGET, _FREE_TEXT):
            return True
    return False
