"""Heads of a scanned table 4 that were hard to read name no other columns; those that were read name them."""

from __future__ import annotations

from collections.abc import Sequence

from extract.alignment import align_table
from extract.records import AlignedTable, RawCell, Row
from tests.builders import FORM

TABLE_4 = FORM.tables[2]
LABELS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
VALUES = ["0", "0", "4", "4", "8", "0", "0", "0", "0", "0", "3", "4", "0", "0", "7"]
GAP = [""] * 4
OVER = ["行政复议", *GAP, "未经复议直接起诉", *GAP, "复议后起诉", *GAP]


def scanned(heads: Sequence[str], *, over: Sequence[str] = OVER) -> AlignedTable:
    texts = [RawCell(text) for text in over], [RawCell(text) for text in heads]
    values = [RawCell(text, readings=((text, 0.999),)) for text in VALUES]
    rows = [Row(tuple(cells), 1, 1, k) for k, cells in enumerate([*texts, values], 1)]
    return align_table(rows, TABLE_4)


def test_a_head_misread_over_one_group_renames_no_column() -> None:
    for misread in ("中总计", "地单"):
        heads = [*LABELS * 2, *LABELS]
        heads[9] = misread
        table = scanned(heads)
        assert table.renamed == ((),)
        assert not table.deviations


def test_a_head_that_all_groups_have_otherwise_is_told() -> None:
    assert scanned([*LABELS[:3], "已经撤诉", LABELS[4]] * 3).renamed == ((3, 8, 13),)


def test_heads_run_together_where_rules_were_lost_name_no_other_order() -> None:
    heads = ["结果维持", "结果纠正", "其他结果", "单总计", "", "结果维持", "未经结果纠正", "议直其他结果", "诉尚未审结"]
    row = scanned([*heads, "总计", "结果维持", "复结果拟正", "后起其他结果", "尚末审结", "a总计"]).rows[0]
    assert not row.contested


def test_heads_in_another_order_leave_the_row_to_a_person() -> None:
    assert scanned(["总计", *LABELS[:4]] * 3).rows[0].contested
    turned = ["复议后起诉", *GAP, "行政复议", *GAP, "未经复议直接起诉", *GAP]
    assert scanned(LABELS * 3, over=turned).rows[0].contested


def test_what_is_left_of_a_heading_before_the_table_turns_no_groups() -> None:
    over = ["行政诉讼情况", *[""] * 9, "复议后起诉", *GAP]
    assert not scanned(LABELS * 3, over=over).rows[0].contested


def test_groups_whose_first_head_was_lost_are_told_by_where_the_others_stand() -> None:
    over = ["?", *GAP, "未经复议直接起诉", *GAP, "复议后起诉", *GAP]
    assert not scanned(LABELS * 3, over=over).rows[0].contested
    moved = ["未经复议直接起诉", *GAP, "复议后起诉", *GAP, "?", *GAP]
    assert scanned(LABELS * 3, over=moved).rows[0].contested


def test_words_of_a_scan_that_seem_a_number_with_a_unit_are_no_cell_of_the_row() -> None:
    values = [RawCell(text, readings=((text, 0.999),)) for text in VALUES[:14]]
    seal = [RawCell("1项"), RawCell("活冠么行以发发行"), *[RawCell("")] * 12]
    heads = [RawCell(text) for text in (LABELS * 3)[:14]]
    rows = [Row(tuple(cells), 1, 1, k) for k, cells in enumerate((seal, heads, values), 1)]
    (row,) = align_table(rows, TABLE_4).rows
    assert row.strip is not None
    assert [cell.text for cell in row.strip.cells if cell.text] == VALUES[:14]


def test_a_row_with_a_text_of_its_own_stays_beside_dirt_that_a_scanned_page_shows_as_a_number() -> None:
    dirt = [RawCell("1", readings=(("1", 0.6),)), *[RawCell("")] * 14]
    rows = [Row(tuple(map(RawCell, VALUES[:14])), 1, 1, 1), Row(tuple(dirt), 2, 2, 2)]
    (row,) = align_table(rows, TABLE_4).rows
    assert row.strip is not None
    assert [cell.text for cell in row.strip.cells if cell.text][:14] == VALUES[:14]
