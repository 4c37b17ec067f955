"""Rows of numbers beside other labels than their own."""

from __future__ import annotations

from extract.alignment import align_table, restore_columns
from extract.records import AlignedTable
from tests.text_builders import FORM, TABLE_3, align, document, table_3_rows

LABELS = [row.label for row in TABLE_3.blocks[0].rows]
NUMBERED = [" ".join([str(100 + k)] * 7) for k in range(25)]
GROUPS = (slice(0, 2), slice(2, 4), slice(4, 12), slice(12, 15), slice(15, 20), slice(20, 23), slice(23, 25))


def stacks(numbers: list[list[str]]) -> str:
    """The labels of each group of rows, and then its rows of numbers."""
    return "\n\n".join("\n".join([*LABELS[group], "", *own]) for group, own in zip(GROUPS, numbers, strict=True))


def contested(table: AlignedTable) -> set[int]:
    return {k for k, row in enumerate(table.rows) if row.contested}


def test_a_row_said_twice_in_one_stack_makes_up_for_none_that_is_lost_in_another() -> None:
    numbers = [NUMBERED[group] for group in GROUPS]
    numbers[2] = numbers[2][:3] + numbers[2][4:]
    numbers[4] = numbers[4][:2] + numbers[4][1:]
    assert contested(align(stacks(numbers))) >= set(range(4, 20))


def test_labels_before_their_numbers_throughout_leave_no_row_open() -> None:
    assert not contested(align(stacks([NUMBERED[group] for group in GROUPS])))


def test_count_and_sums_place_no_numbers_that_stand_beside_other_labels() -> None:
    values = {"requests.received": (3, 0, 0, 0, 0, 0, 3), "requests.granted": (3, 0, 0, 0, 0, 0, 3)}
    rows = [" ".join(row[1:]) for row in table_3_rows(values | {"requests.handled": (3, 0, 0, 0, 0, 0, 3)})]
    pairs = [[label, row] for label, row in zip(LABELS, rows, strict=True)]
    pairs[6].append(rows[6])
    del pairs[20][1]
    items = document("\n".join(text for pair in pairs for text in pair)).items
    tables = [align_table(own, spec) for own, spec in zip(([], items, []), FORM.tables, strict=True)]
    table = restore_columns(tables, ([], items, []), FORM)[1]
    assert contested(table) >= set(range(7, 21))
