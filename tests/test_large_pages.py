"""The memory of a process that reads many reports, in large pages."""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

import pytest

from extract import batch
from extract.large_pages import own_memory, take_large_pages
from extract.sources import Job

EXAMPLE = next(iter(sorted((Path(__file__).parent.parent / "examples").glob("*.txt"))))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says where memory lies")
def test_the_memory_of_the_process_is_found():
    kept = bytearray(1 << 23)
    assert sum(end - start for start, end in own_memory()) > len(kept)


def test_large_pages_change_nothing_that_is_held():
    held = [bytes([number]) * 100_000 for number in range(100)]
    take_large_pages()
    assert all(own == bytes([number]) * 100_000 for number, own in enumerate(held))


def test_elsewhere_nothing_is_asked(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr("extract.large_pages.own_memory", lambda: pytest.fail("asked for the places of memory"))
    take_large_pages()


def test_a_process_takes_large_pages_at_every_hundredth_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    taken = []
    monkeypatch.setattr(batch, "take_large_pages", lambda: taken.append(True))
    monkeypatch.setattr(batch, "_begun", count(99))
    told = []
    for number in range(3):
        batch.extract_one(Job(EXAMPLE, tmp_path / f"{number}.json"))
        told.append(len(taken))
    assert told == [0, 1, 1]
