"""The objects of a page in layers that are switched off (optional content): PDFium draws them not, and lists them."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from extract.pages.pdf.unpacked import mentions

if TYPE_CHECKING:
    import pypdfium2

_FORM = 5
_LAYERED = b"/OCProperties"
_MARK = "OC"
_NAME = 200  # bytes of a layer's name that are looked at
_AWAY = 65536.0  # points: farther than any page is wide
_MOST_PARTS = 40  # layers and forms of a page that are tried; drawings of houses have more, reports a few


def has_layers(content: bytes) -> bool:
    """Whether the file says that parts of it can be switched off."""
    return mentions(content, _LAYERED)


def switched_off(page: pypdfium2.PdfPage, pdfium: Any) -> set[int]:
    """Addresses of the objects of a page without which it looks the same: those in layers, and forms.

    PDFium tells of no layer whether it is shown, so that the page is drawn without each.
    """
    parts: dict[str, list[Any]] = defaultdict(list)
    for item, name in _parts(page, pdfium):
        parts[name].append(item)
    off: set[int] = set()
    shown = _picture(page) if parts else b""
    for items in list(parts.values())[:_MOST_PARTS]:
        addresses = {address_of(item) for item in items}
        set_active(addresses, False, pdfium)
        if _picture(page) == shown:
            off |= addresses
        set_active(addresses, True, pdfium)
    return off


def address_of(item: Any) -> int:
    """What tells one object of a page from another."""
    return ctypes.cast(item, ctypes.c_void_p).value or 0


def set_active(addresses: Iterable[int], active: bool, pdfium: Any) -> None:
    """Whether PDFium draws and reads the objects at these addresses.

    Those that are not are moved away, too: beside one of them PDFium drops a like text that follows as printed twice.
    """
    for address in addresses:
        item = ctypes.cast(address, pdfium.FPDF_PAGEOBJECT)
        pdfium.FPDFPageObj_SetIsActive(item, active)
        pdfium.FPDFPageObj_Transform(item, 1, 0, 0, 1, -_AWAY if active else _AWAY, 0)


def _parts(page: pypdfium2.PdfPage, pdfium: Any) -> Iterator[tuple[Any, str]]:
    """Objects that may be switched off, each with the name of the part which is so as a whole."""
    stack: list[tuple[Any, int, int]] = [(page, 0, 0)]  # owner, depth, next object
    while stack:
        owner, depth, k = stack.pop()
        item = pdfium.FPDFFormObj_GetObject(owner, k) if depth else pdfium.FPDFPage_GetObject(owner, k)
        if not item:
            continue
        stack.append((owner, depth, k + 1))
        layer = _layer(item, pdfium)
        if layer is not None:
            yield item, f"layer {layer}"
        elif pdfium.FPDFPageObj_GetType(item) == _FORM:
            yield item, f"form {address_of(item)}"
            stack.append((item, depth + 1, 0))


def _layer(item: Any, pdfium: Any) -> str | None:
    """The name of the layer that the object is marked as part of; None where it is in none."""
    name, length = ctypes.create_string_buffer(_NAME), ctypes.c_ulong()
    size = ctypes.sizeof(name)
    wide = ctypes.cast(name, ctypes.POINTER(ctypes.c_ushort))
    for k in range(pdfium.FPDFPageObj_CountMarks(item)):
        mark = pdfium.FPDFPageObj_GetMark(item, k)
        if not pdfium.FPDFPageObjMark_GetName(mark, wide, size, length) or _text(name, length) != _MARK:
            continue
        known = pdfium.FPDFPageObjMark_GetParamStringValue(mark, b"Name", wide, size, length)
        return _text(name, length) if known else ""
    return None


def _text(buffer: Any, length: ctypes.c_ulong) -> str:
    return str(buffer.raw[: length.value].decode("utf-16-le", "replace")).rstrip("\0")


def _picture(page: pypdfium2.PdfPage) -> bytes:
    bitmap = page.render(scale=1)
    try:
        return bytes(bitmap.buffer)
    finally:
        bitmap.close()
