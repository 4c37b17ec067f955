"""The longest time that one file may take."""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from extract.errors import UnsupportedError

_AGAIN = 1.0  # seconds after which a library that caught the first signal gets another


class _TimeUp(BaseException):
    """No Exception, so that no library takes it for one of its own."""


@contextmanager
def time_limit(seconds: float, *, file: str) -> Iterator[None]:
    """Ends the block when it takes longer than `seconds`.

    Only in the main thread and where the system has timers. In a process of a pool, which may be stuck in a library
    where no signal is seen, the process itself ends after twice the time.

    Raises: UnsupportedError.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    running = True

    def stop(number: int, frame: FrameType | None) -> None:
        if running:
            raise _TimeUp

    previous = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        with _hard_limit(2 * seconds):
            yield
    except _TimeUp:
        cause = f"it was not read after {seconds:g} seconds"
        remedy = "it is broken or no report; if it is one, raise max_file_seconds in the settings"
        raise UnsupportedError(file, cause, remedy) from None
    finally:
        running = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


@contextmanager
def _hard_limit(seconds: float) -> Iterator[None]:
    """Ends the process after `seconds`, in a process of a pool; its parent sees it and goes on."""
    if multiprocessing.parent_process() is None:
        yield
        return
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()
