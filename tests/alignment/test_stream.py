"""Tables that a converter wrote column by column → rows, where count and sums prove how."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.alignment import align_table, restore_columns
from extract.records import AlignedTable
from tests.text_builders import FORM, TABLE_3, document, table_3_rows

RECEIVED, GRANTED, HANDLED = (9, 3, 0, 1, 0, 0, 13), (6, 3, 0, 0, 0, 0, 9), (8, 3, 0, 1, 0, 0, 12)
DENIED, LEFT = (2, 0, 0, 1, 0, 0, 3), (1, 0, 0, 0, 0, 0, 1)
VALUES = {
    "requests.received": RECEIVED,
    "requests.granted": GRANTED,
    "requests.denied.state_secret": DENIED,
    "requests.handled": HANDLED,
    "requests.carried_out": LEFT,
}
ROWS = [[int(text) for text in row[1:]] for row in table_3_rows(VALUES)]
LABELS = [row.label for row in TABLE_3.blocks[0].rows]
TAIL = ["0"] * 15  # table 4


def by_column(rows: Sequence[Sequence[int]]) -> list[str]:
    return [str(row[column]) for column in range(7) for row in rows]


def restore(third: Sequence[str], fourth: Sequence[str] = TAIL) -> list[AlignedTable]:
    items = [document("\n".join(part)).items for part in ([], third, fourth)]
    tables = [align_table(own, spec) for own, spec in zip(items, FORM.tables, strict=True)]
    return restore_columns(tables, items, FORM)


def printed(table: AlignedTable) -> list[list[int]]:
    return [[int(cell.text) for cell in row.strip.cells] if row.strip else [] for row in table.rows]


def test_labels_first_and_then_the_numbers_column_by_column() -> None:
    table = restore([*LABELS, *by_column(ROWS)])[1]
    assert printed(table) == ROWS
    assert all(row.arranged and not row.contested for row in table.rows)
    assert table.deviations == ()


def test_each_page_has_its_own_columns() -> None:
    pages = [*LABELS[:11], *by_column(ROWS[:11]), "\f", *LABELS[11:], *by_column(ROWS[11:])]
    assert printed(restore(pages)[1]) == ROWS


def test_words_between_the_numbers_part_the_rows_that_stand_column_by_column() -> None:
    few = {"requests.received": (4, 0, 0, 0, 0, 0, 4), "requests.unavailable.not_held": (3, 0, 0, 0, 0, 0, 3)}
    rows = [[int(text) for text in row[1:]] for row in table_3_rows(few)]
    ends = [2, 3, 4, 6, 8, 10, 12, 14, 16, 18, 20, 24, 25]
    blocks = [(LABELS[start:end], rows[start:end]) for start, end in pairwise([0, *ends])]
    lines = [text for labels, own in blocks for text in (*labels, *by_column(own))]
    assert printed(restore(lines)[1]) == rows


def test_rows_of_six_and_the_column_of_totals_behind_them() -> None:
    six = [str(value) for row in ROWS for value in row[:6]]
    assert printed(restore([*LABELS, *six, "总计", *(str(row[6]) for row in ROWS)])[1]) == ROWS


def test_numbers_behind_the_next_heading_go_back_to_their_table() -> None:
    numbers = by_column(ROWS)
    fourth = ["2", "0", "0", "0", "2", *["0"] * 10]
    tables = restore([*LABELS, *numbers[:100]], [*numbers[100:], *fourth])
    assert printed(tables[1]) == ROWS
    assert printed(tables[2]) == [list(map(int, fourth))]


def test_one_number_too_few_proves_nothing() -> None:
    before = restore([*LABELS, *by_column(ROWS)[1:]])[1]
    assert not any(row.arranged for row in before.rows)


def test_sums_that_fail_prove_nothing() -> None:
    wrong = [[*row[:6], row[6] + 1] if any(row) else row for row in ROWS]
    assert not any(row.arranged for row in restore([*LABELS, *by_column(wrong)])[1].rows)


def test_rows_that_two_cuts_read_otherwise_are_open() -> None:
    """0 2 0 0 0 0 2, 1 0 0 0 0 2 3 holds as two rows, and as two columns of seven."""
    rows = [[0] * 7 for _ in ROWS]
    rows[0], rows[1] = [0, 2, 0, 0, 0, 0, 2], [1, 0, 0, 0, 0, 2, 3]
    rows[2] = rows[23] = [1, 2, 0, 0, 0, 2, 5]
    table = restore([*LABELS, *(str(value) for row in rows[:2] for value in row), *by_column(rows[2:])])[1]
    assert [row.row for row in table.rows if row.contested] == [0, 1]


def test_a_row_that_is_not_there_is_not_made_of_one_that_is_printed_twice() -> None:
    rows = [[label, *["0"] * 7] for label in LABELS]
    twice = ["\t".join(row) for row in [*rows[:7], *rows[8:23], rows[22], *rows[23:]]]
    assert restore(twice)[1].rows[7].strip is None


def test_a_row_printed_whole_beside_its_label_is_not_overruled() -> None:
    swapped = list(ROWS)
    swapped[0], swapped[2] = swapped[2], swapped[0]
    labels = list(LABELS)
    labels[0], labels[2] = labels[2], labels[0]
    whole = ["\t".join([label, *map(str, row)]) for label, row in zip(labels[:3], swapped[:3], strict=True)]
    table = restore([*whole, *LABELS[3:], *by_column(ROWS[3:])])[1]
    assert not any(row.arranged for row in table.rows)


def test_a_run_of_rows_belongs_to_all_the_labels_before_it() -> None:
    whole = ["\t".join([label, *map(str, row)]) for label, row in zip(LABELS[:22], ROWS[:22], strict=True)]
    whole[4:6] = ["\t".join([LABELS[4], *map(str, ROWS[4] + ROWS[5])]), LABELS[5]]
    run = [str(value) for row in ROWS[22:] for value in row]
    assert printed(restore([*whole, *LABELS[22:], *run])[1]) == ROWS


def test_where_some_rows_fail_all_are_read_and_none_is_certain() -> None:
    wrong = [[*row[:6], row[6] + 1] if k in (0, 2, 23) else row for k, row in enumerate(ROWS)]
    for k in range(5, 14):
        wrong[k] = [k, 0, 0, 0, 0, 0, k]
    table = restore([*LABELS, *by_column(wrong)])[1]
    assert printed(table) == wrong
    assert all(row.contested for row in table.rows)


def test_exchanged_columns_are_not_put_in_order() -> None:
    heads = ["自然人", "科研机构", "商业企业", "社会公益组织", "法律服务机构", "其他", "总计"]
    assert not any(row.arranged for row in restore([*heads, *LABELS, *by_column(ROWS)])[1].rows)
