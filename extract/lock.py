"""One run at a time in a folder of results."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from extract.errors import UnwritableError, UsageError

try:
    import fcntl
except ImportError:  # not on Windows
    fcntl = None  # type: ignore[assignment]


@contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """Makes the folder and keeps other runs out of it. The system lets go of it when the process ends, however it does.

    Raises: UsageError where another run holds it, UnwritableError where it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritableError.of(str(folder), error) from error
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        _lock(handle, folder)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, folder: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise UsageError(
            f"{folder}: 另一个 gouji 正在往这个文件夹里写；请等它结束，或用 --out 换一个文件夹 / "
            "another run of gouji is writing there; wait until it ends, or name another folder with --out"
        ) from None
    except OSError:  # a file system that knows no locks
        pass
