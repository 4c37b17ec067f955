"""A file or folder of source files and archives → the one that a report was read from, told by its content."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from extract.archives import Member, is_archive, list_members, read_member
from extract.errors import SourceError
from extract.records import Source
from extract.settings import load_settings


def find_originals(root: Path | None) -> Callable[[Source], Path | bytes | None]:
    """Source → its file below `root`, or its bytes where it is in an archive; None where nothing has its digest.

    Files of its name are tried first, archives last.
    """
    if root is None:
        return lambda source: None
    files = [root] if root.is_file() else sorted(path for path in root.rglob("*") if path.is_file())
    named: dict[str, list[Path]] = {}
    for path in files:
        named.setdefault(path.name, []).append(path)

    @cache
    def all_by_digest() -> dict[str, Path]:
        return {_digest(path): path for path in reversed(files)}

    @cache
    def packed_by_digest() -> dict[str, Member]:
        return {digest: member for path in files if is_archive(path) for digest, member in _members(path)}

    def find(source: Source) -> Path | bytes | None:
        likely = (path for path in named.get(Path(source.file).name, ()) if _digest(path) == source.sha256)
        path = next(likely, None) or all_by_digest().get(source.sha256)
        if path is None and source.sha256 in packed_by_digest():
            return read_member(packed_by_digest()[source.sha256], settings=load_settings())
        return path

    return find


def _members(path: Path) -> Iterator[tuple[str, Member]]:
    """(digest, member) of every file in an archive that can be read."""
    settings = load_settings()
    with suppress(SourceError):
        for member in list_members(path, settings=settings)[0]:
            with suppress(SourceError):
                yield hashlib.sha256(read_member(member, settings=settings)).hexdigest(), member


def _digest(path: Path) -> str:
    """SHA-256 of the file; empty where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
