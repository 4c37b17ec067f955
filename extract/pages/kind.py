"""What kind of file some bytes are, told by magic bytes and structure, never by the suffix."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Collection
from enum import StrEnum
from typing import BinaryIO

from extract.errors import UnreadableError, UnsupportedError
from extract.pages.ours import is_our_text


class Kind(StrEnum):
    """The kinds that have a reader, and ZIP, which holds files of these kinds."""

    TEXT = "text"
    HTML = "html"
    WEB_ARCHIVE = "mhtml"
    DOCX = "docx"
    PDF = "pdf"
    IMAGE = "image"
    OFD = "ofd"
    ZIP = "zip"


_SAVE_AS = "open it in Word, WPS or LibreOffice and save it as DOCX or PDF"
_UNPACK = "unpack it and give the files in it, or pack them as ZIP"
_NOT_TEXT = "export the report as text, HTML, DOCX or PDF"
_UNLOCK = "open it with its password in Word or WPS, take the password off, and save it as DOCX or PDF"

_OURS = ("gouji wrote this file, it is no report", "give the report that it was made of")
IMAGES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF87a", b"GIF89a", b"\x00\x00\x00\x0cjP  ")
_PDF_WITHIN = 1024  # readers of PDF allow so many bytes before its mark
_REFUSED = {
    b"{\\rtf": ("this is an RTF file", _SAVE_AS),
    b"\x1f\x8b": ("this is a gzip archive", _UNPACK),
    b"Rar!": ("this is a RAR archive", _UNPACK),
    b"7z\xbc\xaf": ("this is a 7z archive", _UNPACK),
    b"\x7fELF": ("this is a program", _NOT_TEXT),
    b"MZ\x90\x00": ("this is a program", _NOT_TEXT),
    b"SQLite format 3": ("this is a database", _NOT_TEXT),
    b"%!PS": ("this is PostScript", "convert it to PDF"),
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = {  # the name of a stream → what a compound file with it is
    "EncryptedPackage": ("this Office file is protected by a password", _UNLOCK),
    "WordDocument": ("this is an old binary Word file (.doc)", _SAVE_AS),
    "Workbook": ("this is an old binary Excel file (.xls)", _NOT_TEXT),
    "PowerPoint Document": ("this is an old binary PowerPoint file (.ppt)", _NOT_TEXT),
}
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_BAD_ZIP = (zipfile.BadZipFile, struct.error, ValueError, OSError, NotImplementedError, EOFError, OverflowError)
_ZIP_DIRECTORY_MOST = 20_000_000  # bytes, some 100,000 entries; each costs memory before it is looked at
_ZIP_END, _ZIP64_END = b"PK\x05\x06", b"PK\x06\x06"
_ZIP_TAIL = 65_536 + 256  # the end record, with the longest comment, and its larger twin
_OFD_ROOT = "OFD.xml"
_ZIP_PARTS = {  # a file inside → the kind of document
    _OFD_ROOT: Kind.OFD,
    "word/document.xml": Kind.DOCX,
}
_ZIP_REFUSED = {
    "xl/workbook.xml": ("this is an Excel workbook (.xlsx)", _NOT_TEXT),
    "ppt/presentation.xml": ("this is a PowerPoint file (.pptx)", _NOT_TEXT),
    "META-INF/manifest.xml": ("this is an OpenDocument file", _SAVE_AS),
    "META-INF/container.xml": ("this is an e-book (EPUB)", _NOT_TEXT),
}

_SNIFFED = 65_536
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_PREAMBLES = ((b"<!--", b"-->"), (b"<?", b">"), (b"<%", b"%>"))
_HTML_START = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title|link|script|style|base)\b", re.IGNORECASE)
_HTML_BLOCK = re.compile(rb"<(?:div|p|span|font|br|h[1-6]|section|article|center|ul|ol|a)\b", re.IGNORECASE)
_BLOCKS_OF_A_FRAGMENT = 3  # a saved part of a page has them; tables that a converter left in a text do not
# What recognisers and converters write between elements: a heading, a row.
_MARKDOWN = re.compile(rb"^(?:#{1,6} +\S.*|\|.*\|[ \t]*)$", re.MULTILINE)
_MARKED_LINES = 3
_WHOLE_PAGE = re.compile(rb"<(?:head|meta|title|script|style)\b|<!doctype", re.IGNORECASE)
_MULTIPART = re.compile(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_HEADER_WITHIN = 4096
HEAD = 8192  # bytes by which a page is told from other files


def tell_kind(content: bytes, *, file: str) -> Kind:
    """The kind of the file.

    Raises: UnsupportedError for a kind that is known and not read (it says what to do), UnreadableError where a
    ZIP-based file is damaged.
    """
    if b"%PDF-" in content[:_PDF_WITHIN]:
        return Kind.PDF
    if content.startswith(_ZIP):
        return _tell_zip(content, file)
    if content.startswith(IMAGES) or _is_riff_or_heif(content):
        return Kind.IMAGE
    if content.startswith(_OLE):
        raise UnsupportedError(file, *_tell_compound(content))
    for magic, (cause, remedy) in _REFUSED.items():
        if content.startswith(magic):
            raise UnsupportedError(file, cause, remedy)
    return _tell_markup(content, file)


def is_archive(stream: BinaryIO) -> bool:
    """Whether the open file is a ZIP archive of files, and not a document that is packed as one."""
    if not stream.read(4).startswith(_ZIP) or _directory_bytes(stream) > _ZIP_DIRECTORY_MOST:
        return False
    try:
        with zipfile.ZipFile(stream) as archive:
            names = {_clean(name) for name in archive.namelist()}
    except _BAD_ZIP:
        return False
    return _kind_of_parts(names) is Kind.ZIP


def is_document(stream: BinaryIO) -> bool:
    """Whether the open file is a web page, PDF, DOCX or OFD, whatever its name: sites export pages as .xls and .jsp."""
    head = stream.read(HEAD)
    if not head.startswith(_ZIP) or _directory_bytes(stream) > _ZIP_DIRECTORY_MOST:
        return _is_page(head)
    try:
        with zipfile.ZipFile(stream) as package:
            return _kind_of_parts({_clean(name) for name in package.namelist()}) in (Kind.DOCX, Kind.OFD)
    except _BAD_ZIP:
        return False


def _is_page(head: bytes) -> bool:
    sample = _skip_preambles(head.replace(b"\x00", b""))
    is_saved = b"MIME-Version" in sample[:_HEADER_WITHIN] and _MULTIPART.search(sample[:_HEADER_WITHIN])
    return b"%PDF-" in head[:_PDF_WITHIN] or bool(_HTML_START.match(sample) or is_saved)


def _is_riff_or_heif(content: bytes) -> bool:
    """WebP, HEIC, AVIF; BMP, whose two letters could begin a text, by its header too."""
    if content[:2] == b"BM" and content[6:10] == b"\x00\x00\x00\x00" and len(content) > 26:
        return True
    webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    return webp or (content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"mif1", b"avif"))


def _tell_compound(content: bytes) -> tuple[str, str]:
    """(cause, remedy) for a compound file, by the names of its streams."""
    for stream, told in _OLE_STREAMS.items():
        if stream.encode("utf-16-le") in content:
            return told
    return "this is an old binary Office file", _SAVE_AS


def _tell_zip(content: bytes, file: str) -> Kind:
    if _directory_bytes(io.BytesIO(content)) > _ZIP_DIRECTORY_MOST:
        raise UnsupportedError(file, "this archive holds more files than any folder of reports", _UNPACK)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = {_clean(entry.filename): entry for entry in archive.infolist()}
    except _BAD_ZIP as error:
        cause = "this ZIP-based file (DOCX, OFD, ZIP) is damaged or cut short"
        raise UnreadableError(file, cause, "download or save it again") from error
    kind = _kind_of_parts(entries)
    if isinstance(kind, tuple):
        raise UnsupportedError(file, *kind)
    if kind is not Kind.ZIP and all(entry.flag_bits & 1 for entry in entries.values() if not entry.is_dir()):
        raise UnsupportedError(file, "this file is protected by a password", _UNLOCK)
    return kind


def _directory_bytes(stream: BinaryIO) -> int:
    """The size of the archive's list of files, as its end record states it; 0 where there is none."""
    stream.seek(0, io.SEEK_END)
    stream.seek(max(0, stream.tell() - _ZIP_TAIL))
    tail = stream.read(_ZIP_TAIL)
    end, large = tail.rfind(_ZIP_END), tail.rfind(_ZIP64_END)
    sizes = [0]
    if 0 <= end <= len(tail) - 16:
        sizes.append(struct.unpack_from("<L", tail, end + 12)[0] % 0xFFFFFFFF)
    if 0 <= large <= len(tail) - 48:
        sizes.append(struct.unpack_from("<Q", tail, large + 40)[0])
    return max(sizes)


def _kind_of_parts(names: Collection[str]) -> Kind | tuple[str, str]:
    """The kind of a ZIP by the parts in it; (cause, remedy) for a document that is not read."""
    if common_folder(names, _OFD_ROOT):
        return Kind.OFD
    for name, kind in _ZIP_PARTS.items():
        if name in names:
            return kind
    for name, refused in _ZIP_REFUSED.items():
        if name in names:
            return refused
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return Kind.DOCX  # its main part has another name
    return Kind.ZIP


def common_folder(names: Collection[str], part: str) -> str:
    """The folder, with its /, that holds all files of a ZIP, `part` among them; empty where there is none such."""
    folder = next(iter(names), "").partition("/")[0] + "/"
    return folder if f"{folder}{part}" in names and all(name.startswith(folder) for name in names) else ""


def _clean(name: str) -> str:
    return name.replace("\\", "/").lstrip("/")


def _tell_markup(content: bytes, file: str) -> Kind:
    """HTML, a web archive, a Word document as one XML file, or text."""
    if is_our_text(content):
        raise UnsupportedError(file, *_OURS)
    sample = _skip_preambles(content[:_SNIFFED].replace(b"\x00", b""))
    if b"<pkg:package" in sample[:_HEADER_WITHIN]:
        return Kind.DOCX
    if b"<w:wordDocument" in sample[:_HEADER_WITHIN]:
        raise UnsupportedError(file, "this is a Word 2003 XML file", _SAVE_AS)
    if b"<office:document" in sample[:_HEADER_WITHIN]:
        raise UnsupportedError(file, *_ZIP_REFUSED["META-INF/manifest.xml"])
    if b"MIME-Version" in sample[:_HEADER_WITHIN] and _MULTIPART.search(sample[:_HEADER_WITHIN]):
        return Kind.WEB_ARCHIVE
    if _HTML_START.match(sample):
        tables_in_text = sample.lower().count(b"<html") > 1 and not _WHOLE_PAGE.search(sample)
        return Kind.TEXT if tables_in_text else Kind.HTML
    if not sample.startswith(b"<") or len(_HTML_BLOCK.findall(sample)) < _BLOCKS_OF_A_FRAGMENT:
        return Kind.TEXT
    return Kind.TEXT if len(_MARKDOWN.findall(sample.replace(b"\r", b""))) >= _MARKED_LINES else Kind.HTML


def _skip_preambles(sample: bytes) -> bytes:
    """The sample from its first element on: without byte order mark, blanks, comments and processing instructions."""
    for bom in _BOMS:
        sample = sample.removeprefix(bom)
    while True:
        sample = sample.lstrip()
        mark = next((mark for mark in _PREAMBLES if sample.startswith(mark[0])), None)
        end = sample.find(mark[1], len(mark[0])) if mark else -1
        if mark is None or end < 0:
            return sample
        sample = sample[end + len(mark[1]) :]
