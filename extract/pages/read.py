"""A path → Document: the file is opened once, its kind is told by its content, and its reader is called."""

from __future__ import annotations

import hashlib
from pathlib import Path

from extract.errors import UnreadableError
from extract.pages.decode import decode_text
from extract.pages.text import text_to_pages
from extract.records import Document, Source
from extract.settings import Settings


def read_document(path: Path, *, settings: Settings) -> Document:
    """The pages of the file at `path`.

    Raises: UnreadableError (no such file, no permission, too large, empty), UnsupportedError (a kind we do not read).
    """
    content = _read_bytes(path, max_bytes=settings.max_text_bytes)
    pages = text_to_pages(decode_text(content, file=str(path)))
    source = Source(path.name, hashlib.sha256(content).hexdigest(), "text", len(pages))
    return Document(source, pages)


def _read_bytes(path: Path, *, max_bytes: int) -> bytes:
    file = str(path)
    try:
        if path.is_dir():
            raise UnreadableError(file, "this is a folder", "give a file, or add --out DIR to read the whole folder")
        if not path.is_file():
            cause = "this is no regular file" if path.exists() else "there is no such file"
            raise UnreadableError(file, cause, "check the path")
        if path.stat().st_size > max_bytes:
            limit = f"larger than {max_bytes // 2**20} MB, which no text report is"
            raise UnreadableError(file, limit, "check that it is the report, or raise max_text_bytes in the settings")
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableError(file, error.strerror or str(error), "check the path and its permissions") from error
    if not content.strip(b"\x00\xff\xfe\xef\xbb\xbf \t\r\n\f"):
        raise UnreadableError(file, "the file is empty", "export or download it again")
    return content
