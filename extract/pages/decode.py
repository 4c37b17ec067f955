"""Bytes → text: UTF-8 with and without BOM, UTF-16, GB18030; anything else is refused by name."""

from __future__ import annotations

import codecs
import re
from pathlib import PurePath

from extract.errors import UnreadableError, UnsupportedError
from extract.settings import load_settings

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP archive (DOCX, XLSX, OFD)",
    b"\xd0\xcf\x11\xe0": "an old binary Office file",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"II*\x00": "a TIFF image",
    b"MM\x00*": "a TIFF image",
    b"GIF8": "a GIF image",
    b"{\\rtf": "an RTF file",
    b"\x7fELF": "a program",
    b"\x1f\x8b": "a gzip archive",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"SQLite format 3": "a database",
}
_MAX_CONTROL_SHARE = 0.002  # more control characters than that are no text; a torn dump has a few
_MAX_DAMAGED_SHARE = 0.01  # a few broken bytes are read past and shown as U+FFFD
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x1f]")
_CONTENT_CONTROL = "\x01"  # LibreOffice writes one into a web page for each content control of a Word file
_SAMPLE = 65536


def decode_text(content: bytes, *, file: str) -> str:
    """The text of `content`.

    Raises: UnsupportedError for binary content, naming what it seems to be, UnreadableError for a picture whose head is
    damaged.
    """
    for magic, kind in _MAGIC.items():
        if content.startswith(magic):
            if kind.endswith("image"):  # one with a whole head is read as a picture
                raise UnreadableError(file, "this image is broken (its head is damaged)", "scan or download it again")
            raise UnsupportedError(file, f"this is {kind}, not text", "convert it to text (UTF-8) first")
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _checked(content.decode(encoding, errors="replace"), file)
    utf16 = _utf16_without_bom(content)
    if utf16:
        return _checked(content.decode(utf16, errors="replace"), file)
    for encoding in ("utf-8", "gb18030"):
        try:
            return _checked(content.decode(encoding), file)
        except UnicodeDecodeError:
            continue
    decoded = (content.decode(encoding, errors="replace") for encoding in ("utf-8", "gb18030"))
    return _checked(min(decoded, key=lambda text: text.count("\ufffd")), file)


def _utf16_without_bom(content: bytes) -> str | None:
    """ASCII digits, blanks and line ends of UTF-16 text leave a zero at every other byte of one parity."""
    sample = content[:_SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) < max(1, len(sample) // 50) or 4 * min(even, odd) > max(even, odd):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _checked(text: str, file: str) -> str:
    text = text.replace(_CONTENT_CONTROL, "")
    control = len(_CONTROL.findall(text))
    if control > _MAX_CONTROL_SHARE * len(text) or text.count("\ufffd") > _MAX_DAMAGED_SHARE * len(text):
        raise UnsupportedError(file, *_explain_binary(file))
    return text


def _explain_binary(file: str) -> tuple[str, str]:
    """(cause, remedy) for what is no text and of no kind that is known by its content."""
    suffix = PurePath(file).suffix.casefold()
    if suffix in load_settings().folder_suffixes:
        cause = f"it is called {suffix}, but its content is of no known kind: it is damaged, or no report"
        return cause, "download or export it again"
    return "this is binary data, not text", "export the report as text, HTML, DOCX or PDF"
