"""The fonts that PDFium finds: none of the machine's, one of our own, so that a file reads alike everywhere.

For a font that a PDF names and does not hold, PDFium takes the boxes of characters from a font of the machine, and
drops the characters that no such font has. The stand-in has a box for every character; its code, its place and its
width come from the PDF.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from typing import Any

_FILE = "last-resort.ttf"  # made by training/last_resort_font.py
_HANDLE, _NONE = 1, 0  # PDFium's name for the font, and for no font
_BUILT_IN = (b"Helvetica", b"Times", b"Courier")  # PDFium holds these itself, under the names it gives their likes
_VERSION = 1  # of the table of callbacks


@contextmanager
def stand_in_fonts(pdfium: Any) -> Iterator[None]:
    """Within, PDFium knows no font but its own and the stand-in; afterwards it has those of the machine again."""
    pdfium.FPDF_SetSystemFontInfo(_callbacks(pdfium))
    try:
        yield
    finally:
        pdfium.FPDF_SetSystemFontInfo(pdfium.FPDF_GetDefaultSystemFontInfo())


@cache
def _callbacks(pdfium: Any) -> Any:
    """The table of callbacks; kept as long as PDFium may call them."""
    font = files(__package__).joinpath(_FILE).read_bytes()

    def map_font(_this: Any, _weight: int, _italic: int, _charset: int, _pitch: int, face: Any, *_exact: Any) -> int:
        return _NONE if ctypes.string_at(face).startswith(_BUILT_IN) else _HANDLE

    def get_font(_this: Any, _face: Any) -> int:
        return _HANDLE

    def get_font_data(_this: Any, _font: Any, table: int, buffer: Any, size: int) -> int:
        """The length of the whole font, copied where there is room; single tables are not given out."""
        if table:
            return 0
        if buffer and size >= len(font):
            ctypes.memmove(buffer, font, len(font))
        return len(font)

    makers = {
        "Release": lambda _this: None,
        "EnumFonts": lambda _this, _mapper: None,
        "MapFont": map_font,
        "GetFont": get_font,
        "GetFontData": get_font_data,
        "GetFaceName": lambda _this, _font, _buffer, _size: 0,
        "GetFontCharset": lambda _this, _font: 1,
        "DeleteFont": lambda _this, _font: None,
    }
    kinds = dict(pdfium.FPDF_SYSFONTINFO._fields_)
    callbacks = {name: kinds[name](maker) for name, maker in makers.items()}
    return pdfium.FPDF_SYSFONTINFO(version=_VERSION, **callbacks)
