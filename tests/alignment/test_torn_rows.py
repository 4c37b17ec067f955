"""Rows whose cells stand on lines of their own, parted by heads that a page break repeats or by words of no row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import pytest

from tests.text_builders import TABLE_3, TABLE_4, align

ROWS = TABLE_3.blocks[0].rows
HEADS = [
    "申请人情况",
    "总计",
    "自然人",
    "法人或其他组织",
    "商业企业",
    "科研机构",
    "社会公益组织",
    "法律服务机构",
    "其他",
]
NUMBERS = [[str(100 + k)] * 7 for k in range(25)]


def flat(breaks: dict[tuple[int, int], Sequence[str]], labels: Sequence[str] = ()) -> str:
    """The table one cell to a line; `breaks`: (row, number of its cells before them) → lines that stand there."""
    text = list(HEADS)
    for row, label in enumerate(labels or [row.label for row in ROWS]):
        text += [label, *breaks.get((row, 0), ())]
        for k, number in enumerate(NUMBERS[row], 1):
            text += [number, *breaks.get((row, k), ())]
    return "\n".join(text)


def cells(text: str) -> list[list[str]]:
    return [[cell.text for cell in row.strip.cells] if row.strip else [] for row in align(text).rows]


@pytest.mark.parametrize("head", [HEADS, HEADS[2:6], HEADS[-4:]])
def test_a_head_that_is_said_again_between_the_numbers_of_a_row_parts_it_not(head: list[str]) -> None:
    text = flat({(1, 4): head, (6, 7): head, (9, 0): head, (20, 2): head})
    assert cells(text) == NUMBERS
    assert not any(row.contested for row in align(text).rows)


def test_a_row_that_is_called_like_a_column_is_no_head() -> None:
    labels = [row.label if row.id != "requests.other.other" else "其他" for row in ROWS]
    assert cells(flat({(1, 4): HEADS}, labels)) == NUMBERS


def test_words_of_no_row_part_no_row() -> None:
    assert cells(flat({(0, 4): ["（接上页）"], (5, 1): ["续表", "单位：件"]})) == NUMBERS


def test_where_a_whole_row_of_numbers_is_left_over_below_all_others_each_may_be_its_neighbours() -> None:
    numbers = "\n".join(["9"] * 7)
    assert all(row.contested for row in align(f"{flat({})}\n备注\n{numbers}").rows)
    assert not any(row.contested for row in align(f"{flat({})}\n备注\n9").rows)


def test_the_heads_of_groups_that_stand_over_each_are_none_that_is_said_again() -> None:
    results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    groups = ["行政复议", "未经复议直接起诉", "复议后起诉"]
    numbers = [["1", "0", "2", "0", "3"], ["0", "4", "0", "0", "4"], ["5", "0", "0", "1", "6"]]
    text = [line for group, own in zip(groups, numbers, strict=True) for line in (group, *results, *own)]
    row = align("\n".join(text), TABLE_4).rows[0]
    assert row.strip is not None
    assert [cell.text for cell in row.strip.cells] == [number for own in numbers for number in own]


def test_rows_that_one_label_between_them_may_name_both_are_contested() -> None:
    labels = [row.label for row in ROWS]
    k = next(k for k, row in enumerate(ROWS) if row.id == "requests.denied.endangers_security")
    labels[k], labels[k + 1] = labels[k + 1], labels[k]
    rows = align(flat({}, labels)).rows
    assert all(row.contested for row, number in zip(rows[k : k + 2], NUMBERS[k : k + 2], strict=True) if row.strip)
    assert not any(row.contested for row in (*rows[:k], *rows[k + 2 :]))


def three_rows(heads_first: bool) -> str:
    """Table 4 as a row of numbers for each group, none of which adds up, its labels above or below it."""
    labels = "结果维持 结果纠正 其他结果 尚未审结 总计"
    rows = [[labels, "0 1 0 0 4"], [labels, "2 0 0 0 3"], [labels, "0 0 5 0 6"]]
    names = ["行政复议", "行政诉讼\n未经复议直接起诉", "复议后起诉"]
    return "\n".join(
        f"{name}\n{a if heads_first else b}\n{b if heads_first else a}"
        for name, (a, b) in zip(names, rows, strict=True)
    )


@pytest.mark.parametrize("heads_first", [True, False])
def test_a_row_for_each_group_is_sure_below_the_labels_of_all_its_columns(heads_first: bool) -> None:
    (row,) = align(three_rows(heads_first), TABLE_4).rows
    assert " ".join(cell.text for cell in row.strip.cells) == "0 1 0 0 4 2 0 0 0 3 0 0 5 0 6"
    assert row.contested is not heads_first


def beside(lost_label: int, lost_numbers: int, again: int = -1) -> str:
    """The table with each row's numbers on the line below its label, without one label and one row of numbers."""
    text = list(HEADS)
    for k, row in enumerate(ROWS):
        text += [row.label] if k != lost_label else []
        text += [" ".join(NUMBERS[k])] * ((k != lost_numbers) + (k == again))
    return "\n".join(text)


def test_where_a_label_and_another_row_s_numbers_are_lost_the_rows_between_are_a_persons() -> None:
    table = align(beside(3, 6))
    taken = [[cell.text for cell in row.strip.cells] if row.strip else NUMBERS[k] for k, row in enumerate(table.rows)]
    assert all(row.contested for row, own, due in zip(table.rows, taken, NUMBERS, strict=True) if own != due)
    assert not any(row.contested for row in table.rows[10:])


def test_where_a_row_of_numbers_is_said_twice_and_another_lost_the_rows_between_are_a_persons() -> None:
    table = align(beside(-1, 8, again=6))
    taken = [[cell.text for cell in row.strip.cells] if row.strip else [] for row in table.rows]
    assert all(row.contested for row, own, due in zip(table.rows, taken, NUMBERS, strict=True) if own not in ([], due))


def heaped(without: int = -1, again: int = -1) -> str:
    """The table as the labels of each group and then the rows of its numbers, one of these lost or said twice."""
    text = list(HEADS)
    groups = [list(group) for _, group in groupby(range(len(ROWS)), key=lambda k: ROWS[k].group)]
    for group in groups:
        text += [ROWS[k].label for k in group]
        text += [" ".join(NUMBERS[k]) for k in group for _ in range((k != without) + (k == again))]
    return "\n".join(text)


def all_wrong_are_contested(text: str) -> bool:
    rows = align(text).rows
    taken = [[cell.text for cell in row.strip.cells if cell.text] if row.strip else [] for row in rows]
    wrong = [row for row, own, due in zip(rows, taken, NUMBERS, strict=True) if own not in ([], due)]
    return all(row.contested for row in wrong)


@pytest.mark.parametrize("lost", range(len(ROWS)))
def test_rows_heaped_below_their_labels_are_a_persons_where_one_is_lost(lost: int) -> None:
    assert all_wrong_are_contested(heaped(without=lost))


@pytest.mark.parametrize("again", range(len(ROWS)))
def test_rows_heaped_below_their_labels_are_a_persons_where_one_is_said_twice(again: int) -> None:
    assert all_wrong_are_contested(heaped(again=again))


@pytest.mark.parametrize("lost", range(len(ROWS) - 1))
def test_below_damaged_labels_a_lost_row_moves_others_to_the_label_on_their_other_side_only_in_doubt(lost: int) -> None:
    assert all_wrong_are_contested(
        beside(-1, lost).replace("一、本年新收", "一、木牛新攸").replace("二、上年结转", "二、上牛绐转")
    )


@pytest.mark.parametrize("lost", range(len(ROWS) - 1))
def test_below_clear_labels_a_lost_row_moves_no_other(lost: int) -> None:
    rows = align(beside(-1, lost)).rows[1:-1]
    read = [[cell.text for cell in row.strip.cells] if row.strip else None for row in rows]
    assert read == [None if k == lost else numbers for k, numbers in enumerate(NUMBERS)][1:-1]


def label_rows(empty: int = -1) -> str:
    """The table as a row of its label and a row of its numbers for each, one of the latter empty."""
    text = ["|  | " + " | ".join(HEADS[2:3] + HEADS[4:] + HEADS[1:2]) + " |"]
    for k, row in enumerate(ROWS):
        numbers = [""] * 7 if k == empty else NUMBERS[k]
        text += [f"| {row.label} |" + "  |" * 7, "|  | " + " | ".join(numbers) + " |"]
    return "\n".join(text)


@pytest.mark.parametrize("empty", range(len(ROWS)))
def test_where_labels_are_rows_of_their_own_and_one_has_no_numbers_no_row_that_moved_is_sure(empty: int) -> None:
    assert all_wrong_are_contested(label_rows(empty))
