"""The longest time that one file may take."""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from types import FrameType

from extract.errors import UnsupportedError

_AGAIN = 1.0  # seconds after which a library that caught the first signal gets another
_PATIENCE = 3.0  # how many times the limit a block may take that seldom gets the processor, or waits for something


class _TimeUp(BaseException):
    """No Exception, so that no library takes it for one of its own."""


@contextmanager
def time_limit(seconds: float, *, file: str, page: int | None = None) -> Iterator[None]:
    """Ends the block after `seconds`: of a file, or of one `page` of it, while the clock of the file stands still.

    A block that has not had the processor for so long goes on, at most to `_PATIENCE` times the limit: a machine under
    load is no fault of the file. The time is counted by signals, so that it stands still while the machine sleeps.
    Only in the main thread and where the system has timers. In a process of a pool, which may be stuck in a library
    where no signal is seen, the process itself ends after one limit more.

    Raises: UnsupportedError.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    running, begun, signals = True, time.process_time(), count()

    def stop(number: int, frame: FrameType | None) -> None:
        waited = seconds + next(signals) * _AGAIN
        if running and (time.process_time() - begun >= seconds or waited >= _PATIENCE * seconds):
            raise _TimeUp

    previous = signal.signal(signal.SIGALRM, stop)
    outer, _ = signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        with _hard_limit((_PATIENCE + 1) * seconds, outer=(_PATIENCE + 1) * outer):
            yield
    except _TimeUp:
        cause = f"it was not read after {seconds:g} seconds"
        setting = "max_scan_page_seconds" if page else "max_file_seconds"
        remedy = f"it is broken or no report; if it is one, raise {setting} in the settings"
        raise UnsupportedError(file, cause, remedy, page=page) from None
    finally:
        running = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
        if outer:
            signal.setitimer(signal.ITIMER_REAL, outer, _AGAIN)


@contextmanager
def _hard_limit(seconds: float, *, outer: float) -> Iterator[None]:
    """Ends the process of a pool after `seconds`; its parent sees it and goes on. Behind the block `outer` holds."""
    if multiprocessing.parent_process() is None:
        yield
        return
    faulthandler.dump_traceback_later(seconds, exit=True, file=_nowhere())
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
        if outer:
            faulthandler.dump_traceback_later(outer, exit=True, file=_nowhere())


@cache
def _nowhere() -> int:
    """Where the traces of ended processes go; open as long as the process lives."""
    return os.open(os.devnull, os.O_WRONLY)
