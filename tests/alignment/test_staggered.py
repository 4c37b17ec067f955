"""Rows of numbers a line off their labels."""

from __future__ import annotations

import pytest

from extract.records import AlignedTable
from tests.text_builders import HEAD, TABLE_2, TABLE_3, align, lines

ROWS = [[row.label, *[str(100 + k)] * 7] for k, row in enumerate(TABLE_3.blocks[0].rows)]
BLANK = [""] * 7


def moved(first: int, last: int, lines_down: int) -> str:
    """The table, the numbers of some of its rows so many lines below their labels, or above them."""
    labels, numbers = [row[:1] for row in ROWS[first:last]], [row[1:] for row in ROWS[first:last]]
    none, empty = [[""]] * abs(lines_down), [BLANK] * abs(lines_down)
    pairs = (
        zip(labels + none, empty + numbers, strict=True)
        if lines_down > 0
        else zip(none + labels, numbers + empty, strict=True)
    )
    return HEAD + "\n" + lines([*ROWS[:first], *(label + own for label, own in pairs), *ROWS[last:]])


def contested(table: AlignedTable) -> set[int]:
    return {k for k, row in enumerate(table.rows) if row.contested and row.strip}


@pytest.mark.parametrize("lines_down", [1, -1, 2, -2])
def test_rows_between_a_label_without_numbers_and_numbers_without_a_label_may_have_moved(lines_down: int) -> None:
    assert contested(align(moved(6, 12, lines_down))) >= set(range(6, 12))


def test_a_label_right_beside_numbers_without_one_is_theirs() -> None:
    assert not contested(align(moved(6, 7, 1)))
    assert not contested(align(moved(6, 7, -1)))


def stacked(*places: int) -> list[list[str]]:
    """The table, these rows on two lines: their label, and below it their numbers."""
    return [own for k, row in enumerate(ROWS) for own in ([[row[0], *BLANK], ["", *row[1:]]] if k in places else [row])]


def test_labels_each_right_above_its_numbers_leave_no_row_between_them_open() -> None:
    rows = stacked(6, 11, 18)
    assert not contested(align(HEAD + "\n" + lines(rows)))
    assert not contested(align(HEAD + "\n" + lines([*rows[:8], ["（本列数据的勾稽关系）", *BLANK], *rows[8:]])))


def test_of_labels_above_numbers_one_whose_own_are_lost_leaves_the_rows_open() -> None:
    rows = stacked(6, 12)
    lost = [row for row in rows if row[1:] != ROWS[6][1:]]  # and the label of the next row with numbers
    lost[7] = ["", *lost[7][1:]]
    assert contested(align(HEAD + "\n" + lines(lost))) >= set(range(7, 12))


def test_a_row_left_blank_and_a_column_head_that_is_a_row_s_label_too_leave_no_row_open() -> None:
    rows = [ROWS[0], [ROWS[1][0], *BLANK], *ROWS[2:]]
    assert not contested(align("总计\n" + lines(rows)))


def test_of_several_rows_left_blank_any_may_be_the_one_whose_numbers_moved() -> None:
    rows = moved(6, 12, 1).replace("\n" + "\t".join(ROWS[8]), "\n" + "\t".join([ROWS[9][0], *BLANK]))
    assert contested(align(rows)) >= set(range(6, 12))


def test_a_row_whose_label_is_printed_nowhere_leaves_others_in_their_places() -> None:
    rows = [*ROWS[:3], [ROWS[3][0], *BLANK], *ROWS[4:8], ["", *ROWS[8][1:]], *ROWS[9:]]
    assert contested(align(lines(rows))) <= {8}


def test_heads_between_the_rows_of_a_table_of_several_blocks_hide_no_row_that_moved() -> None:
    table = """信息内容\t本年制发件数\t本年废止件数\t现行有效件数
\t0\t0\t76
规章\t4\t0\t0
行政规范性文件\t12\t\t
第二十条第（五）项\t\t\t
信息内容\t本年处理决定数量\t\t
行政许可\t7\t\t
第二十条第（六）项\t\t\t
信息内容\t本年处理决定数量\t\t
行政处罚\t0\t\t
行政强制\t5\t\t
第二十条第（八）项\t\t\t
信息内容\t本年收费金额（单位：万元）\t\t
行政事业性收费\t\t\t"""
    assert contested(align(table, TABLE_2)) >= {0, 1, 2, 3, 4}
    assert not contested(align(table.replace("\n\t0\t0\t76", ""), TABLE_2))
    down = table.replace("\t0\t0\t76\n规章\t4\t0\t0", "规章\t\t\t").replace("收费\t\t\t", "收\t0\t\t\n费\n359")
    assert contested(align(down, TABLE_2)) >= {1, 2, 3, 4}


def test_rows_that_print_nothing_may_have_the_numbers_that_are_left_over() -> None:
    labels, numbers = [[row[0], *BLANK] for row in ROWS[4:8]], [["", *ROWS[5][1:]]]
    assert contested(align(HEAD + "\n" + lines([*ROWS[:4], *labels, *numbers, *ROWS[8:]]))) >= set(range(4, 8))


def test_a_piece_of_a_group_s_label_before_numbers_is_no_label_of_theirs() -> None:
    rows = moved(6, 25, -1).replace(f"\n\t{106}", f"\n（三）不予\n公开\n\t{106}")
    assert contested(align(rows)) >= set(range(6, 24))


def test_a_number_alone_behind_a_row_may_be_the_rest_of_its_last_one() -> None:
    assert contested(align("规章\t0\t0\t4\n9\n行政规范性文件\t1\t0\t5", TABLE_2)) == {0}
    assert not contested(align("规章\t0\t0\t0\n9\n行政规范性文件\t1\t0\t5", TABLE_2))
    row = ROWS[2][0]
    for total, expected in (("1", {2}), ("13", set())):
        own = [row, "10", "3", "0", "0", "0", "0", total]
        assert contested(align(HEAD + "\n" + lines([*ROWS[:2], own, ["3"], *ROWS[3:]]))) == expected
