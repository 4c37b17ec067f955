"""Report → file, whole or not at all."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from uuid import uuid4

import msgspec

from extract.errors import UnwritableError
from extract.outputs.document import FieldEntry, Json, lay_out_report
from extract.quick import map_once
from extract.records import Report

_PREFIX, _SUFFIX = ".gouji-", ".tmp"
_END = b"\n}\n"
_BEHIND_HEAD = b',\n "template"'
_encode = msgspec.json.Encoder().encode  # without blanks; eight times as fast as the standard library's
_WRITING_SECONDS = 10  # writing a document takes milliseconds


def dump_report(report: Report) -> str:
    """The report document as JSON text, UTF-8 characters unescaped, one line per field, sentence, claim and finding."""
    return _dump(report).decode()


def _dump(report: Report) -> bytes:
    parts = (b" %b: %b" % (_encode(key), _dump_part(part)) for key, part in lay_out_report(report).items())
    return b"{\n" + b",\n".join(parts) + _END


def _dump_part(part: object) -> bytes:
    """A part of the document, its entries one to a line."""
    if isinstance(part, list) and part:
        return b"[\n  " + b",\n  ".join(map(_encode, part)) + b"\n ]"
    if isinstance(part, dict) and isinstance(next(iter(part.values()), None), FieldEntry):
        entries = [_encode_key(key) + entry for key, entry in map_once(_encode, part).items()]
        return b"{\n  " + b",\n  ".join(entries) + b"\n }"
    return _encode(part)


@cache
def _encode_key(key: str) -> bytes:
    """Kept for the fields of the forms, which are the same in all documents."""
    return _encode(key) + b": "


def write_report(report: Report, path: Path) -> None:
    """Writes the report document to `path`, whole or not at all."""
    write_bytes(_dump(report), path)


def write_text(text: str, path: Path) -> None:
    """Writes UTF-8 text to `path`, whole or not at all."""
    write_bytes(text.encode(), path)


def write_bytes(content: bytes, path: Path) -> None:
    """Writes them to `path`, whole or not at all."""
    with whole_file(path) as temporary:
        temporary.write_bytes(content)


def read_head(path: Path) -> Json:
    """Schema, source and maker of a document that `write_report` wrote; what is behind them is not parsed.

    Raises: OSError where there is no document, ValueError where it is not whole or somebody else wrote it.
    """
    document = path.read_bytes()
    head, behind, _ = document.partition(_BEHIND_HEAD)
    if not behind or not document.endswith(_END):
        raise ValueError(f"{path} is no whole document of ours")
    found: Json = json.loads(head + _END)
    return found


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A file to write that takes the place of `path` when all went well.

    Whoever reads `path` meanwhile sees the old file or the new, never a half.

    Raises: UnwritableError.
    """
    temporary = path.with_name(f"{_PREFIX}{uuid4().hex}{_SUFFIX}")
    try:
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        os.replace(temporary, path)
    except BaseException as error:
        with suppress(OSError):
            temporary.unlink()
        if isinstance(error, OSError):
            raise UnwritableError.of(str(path), error) from error
        raise


def sweep_halves(folder: Path) -> None:
    """Removes what writers that were killed left half-written in the folder; those at work finish within moments."""
    for path in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _WRITING_SECONDS:
                path.unlink()
