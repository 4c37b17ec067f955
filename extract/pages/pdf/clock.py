"""The processor time that the pages of a document may take together."""

from __future__ import annotations

import time

from extract.errors import UnsupportedError
from extract.quick import record

_LEAST = 0.1  # seconds; a timer of none would never go off


@record
class Clock:
    """`begun` is the processor time of this process, in seconds, at which reading began."""

    file: str
    seconds: float
    begun: float

    def left(self) -> float:
        """Seconds of processor time that are left, always some."""
        return max(self.begun + self.seconds - time.process_time(), _LEAST)

    def check(self, page: int) -> None:
        """Raises: UnsupportedError where none is left behind that page."""
        if time.process_time() - self.begun > self.seconds:
            cause = f"reading took longer than {self.seconds:g} seconds"
            remedy = "print it to a new PDF, or raise max_pdf_seconds in the settings"
            raise UnsupportedError(self.file, cause, remedy, page=page)


def start_clock(file: str, seconds: float) -> Clock:
    return Clock(file, seconds, time.process_time())
