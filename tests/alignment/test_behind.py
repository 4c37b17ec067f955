"""Numbers one to a line, some of which stand behind the others of their row."""

from __future__ import annotations

from tests.text_builders import align, lines, table_3_rows

VALUES = {"requests.received": (5, 1, 0, 0, 0, 0, 6), "requests.granted": (4, 1, 0, 0, 0, 2, 7)}
ROWS = table_3_rows(VALUES | {"requests.denied.state_secret": (0, 0, 0, 0, 0, 3, 3)})


def contested(rows: list[list[str]]) -> list[int]:
    table = align("\n".join(text for row in rows for text in row))
    return [k for k, row in enumerate(table.rows) if row.contested]


def test_rows_that_add_up_as_printed_have_no_number_set_behind() -> None:
    assert contested(ROWS) == []


def test_a_row_that_adds_up_but_for_its_last_number_is_open_and_one_that_adds_up_with_either() -> None:
    behind = [*ROWS[2][:1], *ROWS[2][2:], ROWS[2][1]]
    assert contested([*ROWS[:2], behind, *ROWS[3:]]) == [2, 4]
    assert not any(row.contested for row in align(lines([*ROWS[:2], behind, *ROWS[3:]])).rows)


def test_a_row_that_does_not_add_up_is_open_next_to_one_with_a_number_too_many() -> None:
    crowded, failing = [*ROWS[2], "9"], [ROWS[3][0], "2", "0", "0", "0", "0", "0", "5"]
    assert set(contested([*ROWS[:2], crowded, failing, *ROWS[4:]])) >= {3}
