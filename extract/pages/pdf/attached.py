"""The files that are attached to a PDF, to the document or pinned to a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extract.pages.pdf.source import open_pdf

if TYPE_CHECKING:
    import pypdfium2

_PINNED = 17  # annotation subtype
_MOST = 20  # a cover has one or two
_NAMELESS = "attachment"


def read_attachments(content: bytes, *, file: str) -> tuple[tuple[str, bytes], ...]:
    """(name, bytes) of each, those of the document before those of its pages; what cannot be unpacked is left out.

    For a PDF whose drawings were read: its limits on what unpacks from it hold for attachments, too.
    Raises: UnreadableError, UnsupportedError.
    """
    import pypdfium2
    import pypdfium2.raw as pdfium

    found: list[tuple[str, bytes]] = []
    with open_pdf(content, file) as pdf:
        for handle in _list_attachments(pdf, pdfium):
            attachment = pypdfium2.PdfAttachment(handle, pdf)
            try:
                found.append((attachment.get_name().strip("\x00") or _NAMELESS, bytes(attachment.get_data())))
            except (pypdfium2.PdfiumError, UnicodeDecodeError):
                continue
    return tuple(found)


def _list_attachments(pdf: pypdfium2.PdfDocument, pdfium: Any) -> list[Any]:
    """PDFium's handles of the attachments, good as long as the document is open."""
    handles = [pdfium.FPDFDoc_GetAttachment(pdf, k) for k in range(min(pdf.count_attachments(), _MOST))]
    for number in range(len(pdf)):
        page = pdfium.FPDF_LoadPage(pdf, number)
        for k in range(pdfium.FPDFPage_GetAnnotCount(page) if page else 0):
            annotation = pdfium.FPDFPage_GetAnnot(page, k)
            if pdfium.FPDFAnnot_GetSubtype(annotation) == _PINNED:
                handles.append(pdfium.FPDFAnnot_GetFileAttachment(annotation))
            pdfium.FPDFPage_CloseAnnot(annotation)
        if page:
            pdfium.FPDF_ClosePage(page)
    return [handle for handle in handles if handle][:_MOST]
