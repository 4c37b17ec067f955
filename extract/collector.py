"""How often a process of ours stops to look for objects that only each other refer to."""

from __future__ import annotations

import atexit
import gc

_OBJECTS_KEPT = 600_000  # made and not yet gone, from which on it looks for cycles; what it loads at its start is less


def collect_rarely() -> None:
    """For a process that reads reports: their records hold no cycles and go when nobody refers to them.

    Looking after every 700 objects, as Python does by itself, takes a twentieth of the time and saves a few megabytes.
    When it ends it does not look at all: through words and patterns that takes a tenth of the time of a single file.
    """
    gc.set_threshold(_OBJECTS_KEPT)
    atexit.register(gc.freeze)
