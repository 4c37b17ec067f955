"""The guard around one file or page: whatever goes wrong inside leaves as an error that names file, stage and cause."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from extract.errors import GoujiError, SourceError, UnreadableError
from extract.limits import time_limit
from extract.settings import load_settings


@contextmanager
def guard(file: Path | str, *, page: int | None = None, seconds: float | None = None) -> Iterator[None]:
    """Whatever goes wrong with one file leaves as a SourceError with file, stage and cause: the only broad `except`.

    A file that takes too long goes wrong, too. With a `page`, the same holds for one page of the file; it may take so
    many `seconds` of processor time, None: as many as a scan.

    Raises: SourceError (or another GoujiError, unchanged).
    """
    settings = load_settings()
    longest = settings.max_scan_page_seconds if page else settings.max_file_seconds
    try:
        with time_limit(longest if seconds is None else min(seconds, longest), file=str(file), page=page):
            yield
    except GoujiError:
        raise
    except MemoryError as error:
        raise UnreadableError(
            str(file), "it needs more memory than there is", "check that it is the report", page=page
        ) from error
    except RecursionError as error:
        raise UnreadableError(str(file), "it is nested too deeply", "check that it is the report", page=page) from error
    except OSError as error:
        raise UnreadableError(
            str(file), str(error.strerror or error), "check the path and its permissions", page=page
        ) from error
    except Exception as error:
        raise explain_unexpected(error, str(file), page) from error


def explain_unexpected(error: Exception, file: str, page: int | None) -> SourceError:
    """What is said of an exception that no part of gouji foresaw: a fault of ours. The tests fail on each such one."""
    cause = f"unexpected {type(error).__name__} in {_stage_of(error)} ({error})"
    return SourceError(file, cause, "please report it with the file", page=page)


def _stage_of(error: BaseException) -> str:
    """The innermost part of gouji that the error passed through."""
    stage, trace = "extract", error.__traceback__
    while trace:
        module = str(trace.tb_frame.f_globals.get("__name__", ""))
        stage = module if module.startswith("extract.") else stage
        trace = trace.tb_next
    return stage
