"""Rows with a number too many that only together make the sums hold."""

from __future__ import annotations

from extract.checks.sums import assess_sums
from extract.records import Cells
from extract.rules import linear_rules
from tests.text_builders import FORM, HEAD, lines, read, table_3_rows

GRANTED, PARTIAL, HANDLED = "requests.granted", "requests.partially_granted", "requests.handled"
WHOLE = (3, 0, 0, 0, 0, 3, 6)
VALUES = {
    "requests.received": WHOLE,
    GRANTED: (1, 0, 0, 0, 0, 3, 4),
    PARTIAL: (2, 0, 0, 0, 0, 0, 2),
    HANDLED: WHOLE,
}


def cells_of(*crowded: int) -> Cells:
    """The table's cells, a 0 more before the numbers of these rows."""
    rows = [[row[0], "0", *row[1:]] if k in crowded else row for k, row in enumerate(table_3_rows(VALUES))]
    return read(HEAD + "\n" + lines(rows))


def failing(cells: Cells) -> list[str]:
    rules = tuple(rule for rule in linear_rules(FORM) if "requests" in rule.fields[0])
    return [found.code for found in assess_sums(cells, rules) if found.passed is False]


def test_two_rows_that_only_together_mend_a_sum_are_open_and_no_error_is_found() -> None:
    cells = cells_of(2, 3)
    assert {cells[f"{row}.total"].scores["open_gap"] for row in (GRANTED, PARTIAL)} == {1.0}
    assert cells[f"{HANDLED}.total"].scores["open_gap"] == 0.0
    assert failing(cells) == []


def test_one_row_is_read_as_the_sums_ask_for() -> None:
    cells = cells_of(2)
    assert [cells[f"{GRANTED}.{column}"].value for column in ("natural_person", "business")] == [1, 0]
    assert cells[f"{GRANTED}.total"].scores["open_gap"] == 0.0
