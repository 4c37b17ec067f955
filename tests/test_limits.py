"""The longest time that one file may take."""

from __future__ import annotations

import signal
import threading
import time

import pytest

from extract import limits
from extract.errors import UnsupportedError
from extract.guard import guard
from extract.limits import time_limit


def spin(seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system has no timers")
def test_a_block_that_takes_too_long_is_ended_and_named() -> None:
    started = time.monotonic()
    message = r"x\.pdf: it was not read after 0\.05 seconds; .*max_file_seconds"
    with pytest.raises(UnsupportedError, match=message), time_limit(0.05, file="x.pdf"):
        spin(20)
    assert time.monotonic() - started < 5


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system has no timers")
def test_a_block_that_had_no_processor_may_take_longer_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_AGAIN", 0.05)
    with time_limit(0.2, file="x"):
        time.sleep(0.3)
    started = time.monotonic()
    with pytest.raises(UnsupportedError), time_limit(0.2, file="x"):
        time.sleep(20)
    assert time.monotonic() - started < 5


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system has no timers")
def test_a_library_that_catches_everything_does_not_hide_the_signal() -> None:
    def swallow() -> None:
        try:
            spin(20)
        except Exception as error:
            raise AssertionError from error

    with pytest.raises(UnsupportedError), time_limit(0.05, file="x"):
        swallow()


def test_a_block_in_time_leaves_no_timer_behind() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with time_limit(60, file="x"):
        pass
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_the_clock_of_a_file_stands_still_while_a_page_has_its_own() -> None:
    page_too_slow = pytest.raises(UnsupportedError, match=r"x, page 3: .*max_scan_page_seconds")
    with time_limit(0.2, file="x"):
        with page_too_slow, time_limit(0.3, file="x", page=3):
            spin(20)
        assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] <= 0.2
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_in_another_thread_there_is_no_limit_and_no_error() -> None:
    done: list[bool] = []

    def work() -> None:
        with time_limit(0.01, file="x"):
            spin(0.05)
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


@pytest.mark.parametrize(("error", "cause"), [(MemoryError(), "more memory"), (RecursionError(), "nested too deeply")])
def test_what_a_hostile_file_provokes_has_a_name(error: Exception, cause: str) -> None:
    from extract.errors import UnreadableError

    with pytest.raises(UnreadableError, match=cause), guard("x.docx"):
        raise error
