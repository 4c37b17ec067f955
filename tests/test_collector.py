"""How often a process of ours looks for cycles of objects."""

from __future__ import annotations

import subprocess
import sys

ENDING = """
import atexit, gc
from extract.collector import collect_rarely
atexit.register(lambda: print(gc.get_freeze_count() > 0))  # what is registered first is called last
collect_rarely()
"""


def test_a_process_that_ends_looks_through_nothing_that_it_holds() -> None:
    ended = subprocess.run([sys.executable, "-c", ENDING], check=True, capture_output=True, text=True)
    assert ended.stdout == "True\n"
