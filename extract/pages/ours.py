"""Files that gouji itself wrote: in a folder they lie beside the reports and are none."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import BinaryIO

OUR_PAGE = b'<meta name="generator" content="gouji">'
CREATOR = "gouji"  # what an office file says of who made it
_HEAD = 1024  # bytes
_BEGINNINGS = (b'{\n "schema": "gouji/', b'{"schema": "gouji/', b"\xef\xbb\xbfagency,year,template,title,")
_NAMES = {"failures.jsonl", "history.json", "long.parquet", "wide.parquet"}
_SUFFIXES = {".json", ".jsonl", ".csv", ".html", ".docx", ".xlsx"}
_PROPERTIES = "docProps/core.xml"


def is_ours(path: Path) -> bool:
    """Whether gouji wrote the file; not where it cannot be opened."""
    if path.name in _NAMES:
        return True
    if path.suffix.casefold() not in _SUFFIXES or not path.is_file():
        return False
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
            return is_our_text(head) or (head.startswith(b"PK") and _is_our_office_file(stream))
    except OSError:
        return False


def is_our_text(head: bytes) -> bool:
    """Whether a file that begins so is a document, panel or page of gouji's."""
    return head.startswith(_BEGINNINGS) or OUR_PAGE in head[:_HEAD]


def _is_our_office_file(stream: BinaryIO) -> bool:
    try:
        with zipfile.ZipFile(stream) as package:
            return f">{CREATOR}</dc:creator>".encode() in package.read(_PROPERTIES)
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return False
