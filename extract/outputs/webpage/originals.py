"""A file or folder of source files → the one that a report was read from, told by its content."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from extract.records import Source


def find_originals(root: Path | None) -> Callable[[Source], Path | None]:
    """Source → its file below `root`, or None where no file there has its digest. A file of its name is tried first."""
    if root is None:
        return lambda source: None
    files = [root] if root.is_file() else sorted(path for path in root.rglob("*") if path.is_file())
    named: dict[str, list[Path]] = {}
    for path in files:
        named.setdefault(path.name, []).append(path)

    @cache
    def all_by_digest() -> dict[str, Path]:
        return {_digest(path): path for path in reversed(files)}

    def find(source: Source) -> Path | None:
        likely = (path for path in named.get(Path(source.file).name, ()) if _digest(path) == source.sha256)
        return next(likely, None) or all_by_digest().get(source.sha256)

    return find


def _digest(path: Path) -> str:
    """SHA-256 of the file; empty where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
