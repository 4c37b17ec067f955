"""Labels of several rows one after the other, and then as many rows of numbers."""

from __future__ import annotations

import pytest

from tests.text_builders import HEAD, TABLE_2, TABLE_3, align, lines

ROWS = TABLE_3.blocks[0].rows
NUMBERED = [" ".join([str(100 + k)] * 7) for k in range(25)]
LABELS = [row.label for row in ROWS]


def stacked(cuts: list[int], labels: list[str], numbers: list[str]) -> str:
    """The table in blocks that end before these rows: labels, then numbers."""
    blocks = [slice(start, end) for start, end in zip([0, *cuts], [*cuts, None], strict=True)]
    return "\n".join([HEAD, *(text for block in blocks for text in (*labels[block], *numbers[block]))])


@pytest.mark.parametrize("cuts", [[], [2, 12, 15]])
def test_each_row_of_a_stack_has_the_label_at_its_place_and_no_other_s(cuts: list[int]) -> None:
    table = align(stacked(cuts, LABELS, NUMBERED))
    assert [row.strip.cells[0].text for row in table.rows if row.strip] == [str(100 + k) for k in range(25)]
    assert [row.label for row in table.rows] == LABELS
    assert not any(row.contested for row in table.rows)
    assert not table.deviations


def test_labels_in_a_stack_may_be_torn_and_stand_below_their_group() -> None:
    torn = [f"{label[:14]}\n{label[14:]}" if len(label) > 16 else label for label in LABELS]
    torn[4] = f"（三）不予公开\n{torn[4]}"
    assert not any(row.contested for row in align(stacked([2, 12], torn, NUMBERED)).rows)


def test_a_stack_that_lacks_a_row_of_numbers_gives_no_row_a_label() -> None:
    table = align(stacked([12], LABELS, [*NUMBERED[:5], "", *NUMBERED[6:]]))
    assert all(row.strip is None or not row.strip.texts for row in table.rows[4:10])


def test_lone_numbers_below_their_labels_are_a_row_each() -> None:
    table = align(
        lines([["行政处罚"], ["行政强制"], ["118"], ["47"], ["第二十条第（八）项"], ["行政事业性收费"], ["0"]]), TABLE_2
    )
    assert [row.strip.cells[0].text for row in table.rows if row.strip] == ["118", "47", "0"]


def test_a_column_that_is_called_like_a_row_is_no_label_of_the_stack() -> None:
    heads = "自然人\n商业企业\n科研机构\n社会公益组织\n法律服务机构\n其他\n总计\n"
    table = align(heads + stacked([], LABELS, NUMBERED).removeprefix(HEAD + "\n"))
    assert [row.label for row in table.rows] == LABELS


def test_a_stack_in_which_a_label_and_a_row_of_numbers_are_lost_is_a_persons_to_place() -> None:
    lost = align(stacked([12], [*LABELS[:5], *LABELS[6:]], [*NUMBERED[:9], *NUMBERED[10:]]).replace(LABELS[5], ""))
    assert all(row.contested for row in lost.rows[:5])
