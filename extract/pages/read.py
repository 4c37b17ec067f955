"""A path → Document: the file is opened once, its kind is told by its content, and its reader is called."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from extract.errors import NotAReportError, UnreadableError, UnsupportedError
from extract.pages.decode import decode_text
from extract.pages.kind import Kind, tell_kind
from extract.pages.text import text_to_pages
from extract.records import Document, Line, Page, Source
from extract.settings import Settings
from extract.textform import spell_name

_READABLE = (Kind.TEXT, Kind.HTML, Kind.WEB_ARCHIVE)  # kinds that are written in characters
_FORMATS = {Kind.WEB_ARCHIVE: "html"}  # where the report document calls a kind otherwise


def read_document(path: Path, *, settings: Settings) -> Document:
    """The pages of the file at `path`.

    Raises: UnreadableError (no such file, no permission, too large, empty, damaged), UnsupportedError (a kind we do
    not read).
    """
    return read_content(_read_bytes(path, max_bytes=settings.max_file_bytes), file=str(path), settings=settings)


def read_content(content: bytes, *, file: str, settings: Settings) -> Document:
    """The pages of a file that was opened already; `file` is its name, with its folders where they help to find it.

    Raises: UnreadableError (too large, empty, damaged), UnsupportedError (a kind we do not read).
    """
    if not content.strip(b"\x00\xff\xfe\xef\xbb\xbf \t\r\n\f"):
        cause = "the file holds nothing but zero bytes" if b"\x00" in content else "the file is empty"
        raise UnreadableError(file, cause, "export or download it again")
    kind = tell_kind(content, file=file)
    if kind in _READABLE and len(content) > settings.max_text_bytes:
        limit = f"larger than {settings.max_text_bytes // 2**20} MB, which no text report is"
        raise UnreadableError(file, limit, "check that it is the report, or raise max_text_bytes in the settings")
    try:
        pages = _read_pages(kind, content, file, settings)
    except NotAReportError:  # an empty cover
        pages = _append_attached(kind, (), content, file, settings)
        if not pages:
            raise
    else:
        pages = _append_attached(kind, pages, content, file, settings)
    _refuse_many_lines(sum(len(page.items) for page in pages), file, settings)
    _refuse_long_lines(
        [len(item.text) for page in pages for item in page.items if isinstance(item, Line)], file, settings
    )
    name = spell_name(PurePosixPath(file.replace("\\", "/")).name)
    scanned = any(page.scanned or page.scans for page in pages)
    digest = hashlib.sha256(content).hexdigest()
    source = Source(name, digest, _FORMATS.get(kind, str(kind)), len(pages), ocr=scanned)
    return Document(source, pages)


def _read_pages(kind: Kind, content: bytes, file: str, settings: Settings) -> tuple[Page, ...]:
    """The pages, by the reader of that kind; a reader is loaded when the first file of its kind comes."""
    if kind is Kind.TEXT:
        return text_to_pages(_refuse_endless(decode_text(content, file=file), file, settings))
    if kind is Kind.WEB_ARCHIVE:
        from extract.pages.mhtml import mhtml_to_html

        kind, content = Kind.HTML, mhtml_to_html(content, file=file)
    if kind is Kind.HTML:
        from extract.pages.html import html_to_pages

        return html_to_pages(content, file=file, settings=settings)
    if kind is Kind.DOCX:
        from extract.pages.docx import docx_to_pages

        return docx_to_pages(content, file=file, settings=settings)
    if kind is Kind.PDF:
        from extract.pages.pdf import pdf_to_pages

        return pdf_to_pages(content, file=file, settings=settings)
    if kind is Kind.OFD:
        from extract.pages.ofd import ofd_to_pages

        return ofd_to_pages(content, file=file, settings=settings)
    if kind is Kind.IMAGE:
        from extract.pages.image import image_to_pages

        return image_to_pages(content, file=file, settings=settings)
    raise UnsupportedError(
        file, "this is an archive", "read every report in it with gouji extract … --out DIR, or unpack it"
    )


def _append_attached(
    kind: Kind, pages: tuple[Page, ...], content: bytes, file: str, settings: Settings
) -> tuple[Page, ...]:
    """The pages of a PDF or OFD file, with those of the report that is attached to it where it is but the cover."""
    if kind not in (Kind.PDF, Kind.OFD):
        return pages
    from extract.pages.attached import append_attached

    def read(attached: bytes, name: str) -> tuple[Page, ...]:
        return _read_pages(tell_kind(attached, file=name), attached, name, settings)

    def list_attachments() -> tuple[tuple[str, bytes], ...]:
        if kind is Kind.OFD:
            from extract.pages import ofd

            return ofd.read_attachments(content, file=file, settings=settings)
        from extract.pages import pdf

        return pdf.read_attachments(content, file=file)

    return append_attached(pages, list_attachments, read, file=file)


def _refuse_endless(text: str, file: str, settings: Settings) -> str:
    """The text. Raises: UnreadableError where it has more lines, or longer ones, than any report."""
    lines = text.splitlines()
    _refuse_many_lines(len(lines), file, settings)
    _refuse_long_lines([len(line) for line in lines], file, settings)
    return text


def _refuse_long_lines(lengths: Sequence[int], file: str, settings: Settings) -> None:
    """Raises: UnreadableError where one line, or all together, have more characters than any report."""
    longest = max(lengths, default=0)
    if longest > settings.max_line_characters:
        cause = f"a line of {longest} characters, which is neither prose nor a table"
        raise UnreadableError(file, cause, "convert it again, or raise max_line_characters in the settings")
    if sum(lengths) > settings.max_text_characters:
        cause = f"{sum(lengths)} characters of text, more than any report has"
        raise UnreadableError(file, cause, "give one report a file, or raise max_text_characters in the settings")


def _refuse_many_lines(count: int, file: str, settings: Settings) -> None:
    """Raises: UnreadableError."""
    if count > settings.max_text_lines:
        cause = f"{count} lines, more than any report has"
        raise UnreadableError(file, cause, "give one report a file, or raise max_text_lines in the settings")


def _read_bytes(path: Path, *, max_bytes: int) -> bytes:
    file = str(path)
    try:
        if not path.is_file():
            if path.is_dir():
                raise UnreadableError(
                    file, "this is a folder", "give a file, or read the whole folder with gouji extract … --out DIR"
                )
            if path.is_symlink() and not path.exists():
                raise UnreadableError(file, "this is a link to a file that is not there", "give the file itself")
            cause = "this is no regular file" if path.exists() else "there is no such file"
            raise UnreadableError(file, cause, "check the path")
        if path.stat().st_size > max_bytes:
            limit = f"larger than {max_bytes // 2**20} MB, which no report is"
            raise UnreadableError(file, limit, "check that it is the report, or raise max_file_bytes in the settings")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(file, error.strerror or str(error), "check the path and its permissions") from error
