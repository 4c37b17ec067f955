"""Rows that may have moved, told by the sums."""

from __future__ import annotations

import pytest

from tests.text_builders import read, table_3_rows

VALUES = {
    "requests.received": (9, 3, 0, 0, 0, 0, 12),
    "requests.granted": (6, 1, 0, 0, 0, 0, 7),
    "requests.denied.state_secret": (2, 2, 0, 0, 0, 0, 4),
    "requests.other.other": (1, 0, 0, 0, 0, 0, 1),
    "requests.handled": (9, 3, 0, 0, 0, 0, 12),
}


def stacked(rows: list[list[str]]) -> str:
    """All labels, then all rows of numbers."""
    return "\n".join([*(row[0] for row in rows), *(" ".join(row[1:]) for row in rows)])


def is_open(rows: list[list[str]], *, apart: bool) -> bool:
    text = stacked(rows) if apart else "\n".join(" ".join(row) for row in rows)
    return read(text)["requests.denied.internal_affairs.total"].scores["row_open"] > 0


def test_rows_apart_from_their_labels_are_open_where_columns_fail_by_a_whole_row() -> None:
    rows = table_3_rows(VALUES)
    moved = [[row[0], *other[1:]] for row, other in zip(rows, [*rows[:5], *rows[4:15], *rows[16:]], strict=True)]
    assert is_open(moved, apart=True)
    assert not is_open(rows, apart=True)


def test_a_cell_that_its_row_contradicts_leaves_no_other_row_open() -> None:
    slip = table_3_rows(VALUES | {"requests.denied.state_secret": (4, 2, 0, 0, 0, 0, 4)})
    assert not is_open(slip, apart=True)


def test_a_cell_that_is_wrong_with_its_total_is_no_lost_row() -> None:
    slip = table_3_rows(VALUES | {"requests.denied.state_secret": (4, 2, 0, 0, 0, 0, 6)})
    assert not is_open(slip, apart=True)


def test_rows_beside_their_labels_stay_where_they_are_whatever_the_sums_say() -> None:
    slip = table_3_rows(VALUES | {"requests.denied.state_secret": (4, 3, 0, 0, 0, 0, 7)})
    assert not is_open(slip, apart=False)


@pytest.mark.parametrize(
    ("granted", "expected"),
    [
        (("0", "6", "1", "0", "0", "0", "0"), True),  # one column off, its total lost
        (("1", "0", "0", "0", "0", "7", "0"), True),  # the other way, its first number lost
        (("1", "2", "0", "0", "0", "0", "12"), True),  # 12 in two cells
        (("6", "1", "0", "0", "0", "0", "0"), False),  # a total that is wrong
        (("0", "7", "0", "0", "0", "0", "7"), False),  # a number in the wrong column
    ],
)
def test_a_full_row_is_open_where_it_breaks_fewer_sums_one_column_off_or_with_digits_joined(
    granted: tuple[str, ...], expected: bool
) -> None:
    own = (12, 0, 0, 0, 0, 0, 12) if granted[-1] == "12" else (6, 1, 0, 0, 0, 0, 7)
    rows = table_3_rows(dict.fromkeys(("requests.received", "requests.granted", "requests.handled"), own))
    rows[2][1:] = granted
    cells = read("\n".join("\t".join(row) for row in rows))
    assert (cells["requests.granted.total"].scores["row_open"] > 0) == expected


def test_a_negative_number_is_no_second_half_of_another() -> None:
    rows = table_3_rows(VALUES)
    rows[2][1:] = ["6", "-1", "0", "0", "0", "0", "7"]
    cells = read("\n".join("\t".join(row) for row in rows))
    assert cells["requests.granted.business"].value == -1
