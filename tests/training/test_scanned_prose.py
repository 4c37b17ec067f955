"""Scanned prose beside the same prose read digitally: what the scan loses is held against the goal."""

from __future__ import annotations

from training.scanned_prose import Prose, is_kept, render


def prose(macro_f1: float | None, claim_f1: float | None) -> Prose:
    return Prose(1.0, macro_f1, claim_f1, claim_f1)


def test_a_scan_may_lose_so_much_and_no_more() -> None:
    assert is_kept(prose(0.97, 0.98), prose(0.945, 0.935))
    assert not is_kept(prose(0.97, 0.98), prose(0.93, 0.98))
    assert not is_kept(prose(0.97, 0.98), prose(0.97, 0.92))
    assert not is_kept(prose(0.97, 0.98), prose(0.97, None))


def test_the_table_has_a_line_for_each_way_of_reading() -> None:
    assert list(render("clean", prose(0.97, 0.98), prose(0.96, None))) == [
        "| clean, digital | 1.0000 | 0.9700 | 0.9800 | 0.9800 |",
        "| clean, scanned | 1.0000 | 0.9600 | – | – |",
    ]
