"""Whole tables whose numbers stand rows off, told by the sums."""

from __future__ import annotations

import pytest

from tests.reading.test_misplaced import VALUES
from tests.text_builders import read, table_3_rows

ROWS = table_3_rows(VALUES)
BLANK = [""] * 7


def moved(lines_down: int) -> list[list[str]]:
    """The rows, each with the numbers of one so many lines above it; what moved out of the table is lost."""
    numbers = [row[1:] for row in ROWS]
    count = abs(lines_down)
    numbers = [BLANK] * count + numbers[:-count] if lines_down > 0 else numbers[count:] + [BLANK] * count
    return [[row[0], *own] for row, own in zip(ROWS, numbers, strict=True)]


def is_open(rows: list[list[str]]) -> bool:
    cells = read("\n".join("\t".join(row) for row in rows))
    return cells["requests.denied.internal_affairs.total"].scores["row_open"] > 0


@pytest.mark.parametrize("lines_down", [1, -1, 2, -2])
def test_a_table_whose_sums_hold_one_row_or_two_on_is_open(lines_down: int) -> None:
    assert is_open(moved(lines_down))


def test_a_row_cut_behind_its_last_number_hides_no_table_that_moved() -> None:
    rows = [[row[0], *("" if value == "0" else value for value in row[1:])] for row in moved(1)]
    cells = read("\n".join("|".join(row[:-1] if not any(row[1:]) else row) for row in rows))
    assert cells["requests.partially_granted.total"].scores["row_open"]


def test_a_table_with_wrong_sums_that_hold_nowhere_else_is_not() -> None:
    wrong = table_3_rows(VALUES | {"requests.handled": (8, 4, 0, 0, 0, 0, 12)})
    assert not is_open(wrong)
    assert not is_open(ROWS)


def test_rows_of_numbers_without_labels_may_stand_from_the_last_to_the_first() -> None:
    def stacked(rows: list[list[str]]) -> bool:
        text = "\n".join([*(row[0] for row in ROWS), *(" ".join(row[1:]) for row in rows)])
        return read(text)["requests.denied.internal_affairs.total"].scores["row_open"] > 0

    assert stacked(ROWS[::-1])
    assert not stacked(ROWS)
