"""The order of printed columns."""

from __future__ import annotations

import pytest

from extract.alignment import align_table
from extract.cells import place_cells
from extract.records import AlignedTable, Line, RawCell, Row, TableSpec
from tests.text_builders import TABLE_3, TABLE_4, align, lines, table_3_rows

VALUES = {"requests.received": (5, 1, 2, 0, 0, 0, 8), "requests.granted": (4, 1, 0, 0, 0, 0, 5)}
RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
EXCHANGED = ["自然人", "科研机构", "商业企业", "社会公益组织", "法律服务机构", "其他", "总计"]


def is_open(table: AlignedTable, spec: TableSpec = TABLE_3) -> bool:
    """Whether a person has to say which column is which."""
    return all(row.columns_open for row in place_cells(table, spec))


def test_two_heads_that_cannot_be_read_among_others_in_order_exchange_nothing() -> None:
    heads = ["□□□□□□□□", "自然人", "商业企业", "科研机构", "□□□□□□□□□□", "其他", "总计"]
    table = align(lines([heads, *table_3_rows(VALUES)]))
    assert table.columns == ((0, 1, 2, 3, 4, 5, 6),)


@pytest.mark.parametrize("separator", ["\t", "\n"])
def test_the_heads_of_two_rows_one_to_a_line_exchange_nothing(separator: str) -> None:
    heads = ["自然人", "法人或其他组织", "总计", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    table = align("\n".join(heads) + "\n" + lines(table_3_rows(VALUES), separator))
    assert table.columns == ((0, 1, 2, 3, 4, 5, 6),)
    assert not is_open(table)


@pytest.mark.parametrize("several", [True, False])
def test_a_damaged_group_among_heads_one_to_a_line_leaves_nothing_open_where_several_rows_add_up(several: bool) -> None:
    heads = ["自然人", "汰人或其他组炽", "总计", "商业企业", "科研杭构", "社会公益组织", "法律服务机构", "其他"]
    rows = table_3_rows(VALUES if several else {"requests.received": VALUES["requests.received"]})
    table = align("\n".join(heads) + "\n" + lines(rows))
    assert table.columns == ((0, 1, 2, 3, 4, 5, 6),)
    assert is_open(table) is not several


@pytest.mark.parametrize("head", ["商业亡业", "□□□□"])
def test_exchanged_columns_with_a_damaged_head_are_a_persons_to_tell(head: str) -> None:
    heads = ["申请人情况", *(head if text == "商业企业" else text for text in EXCHANGED)]
    table = align(lines([heads, *table_3_rows(VALUES)]))
    assert table.columns == ((0, 2, 1, 3, 4, 5, 6),)
    assert is_open(table)


@pytest.mark.parametrize("between", ["", " "])
def test_exchanged_columns_are_told_by_heads_that_were_run_together(between: str) -> None:
    table = align(between.join(EXCHANGED) + "\n" + lines(table_3_rows(VALUES), " "))
    assert table.columns == ((0, 2, 1, 3, 4, 5, 6),)
    assert not is_open(table)


@pytest.mark.parametrize(
    "over", ["法人或其他组织自然人总计", "法人或其他组织 自然人 总计", "申请人情况法人或其他组织自然人总计"]
)
@pytest.mark.parametrize("joint", ["", "\n"])
def test_heads_of_two_rows_run_together_exchange_nothing(over: str, joint: str) -> None:
    table = align(over + joint + "商业企业科研机构社会公益组织法律服务机构其他\n" + lines(table_3_rows(VALUES), " "))
    assert table.columns == ((0, 1, 2, 3, 4, 5, 6),)
    assert not is_open(table)


def test_a_damaged_head_among_those_run_together_leaves_the_columns_open() -> None:
    heads = " ".join("商业亡业" if text == "商业企业" else text for text in EXCHANGED)
    assert is_open(align(heads + "\n" + lines(table_3_rows(VALUES), " ")))


def test_columns_beside_the_group_are_told_by_the_upper_row_of_heads() -> None:
    text = "法人或其他组织\t自然人\t总计\n商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\n"
    table = align(text + lines(table_3_rows(VALUES)))
    assert table.columns == ((1, 2, 3, 4, 5, 0, 6),)
    assert is_open(table)


def test_a_total_that_only_the_sums_show_to_stand_elsewhere_leaves_the_columns_open() -> None:
    rows = [[label, total, *parts] for label, *parts, total in table_3_rows(VALUES)]
    assert is_open(align(lines(rows)))


def test_a_total_that_heads_and_sums_put_first_is_first() -> None:
    rows = [[label, total, *parts] for label, *parts, total in table_3_rows(VALUES)]
    table = align(lines([["申请人情况", "总计", *EXCHANGED[:1], "商业企业", "科研机构", *EXCHANGED[3:6]], *rows]))
    assert table.columns == ((6, 0, 1, 2, 3, 4, 5),)
    assert not is_open(table)


@pytest.mark.parametrize(("sums", "is_first"), [(True, True), (False, False)])
def test_a_total_before_the_group_is_first_where_the_sums_say_so(sums: bool, is_first: bool) -> None:
    rows = [[label, total, *parts] for label, *parts, total in table_3_rows(VALUES if sums else {})]
    heads = lines([["申请人情况", "总计", "自然人", "法人或其他组织"], ["商业企业", "科研机构", *EXCHANGED[3:6]]])
    table = align(heads + "\n" + lines(rows))
    assert (table.columns == ((6, 0, 1, 2, 3, 4, 5),)) == is_first
    assert not is_open(table)


@pytest.mark.parametrize("order", [(1, 0, 2, 3, 4), (4, 0, 1, 2, 3), (2, 3, 4, 0, 1)])
def test_results_in_another_order_than_the_forms_are_read_where_sums_agree_and_else_left_open(
    order: tuple[int, ...],
) -> None:
    heads = [RESULTS[k] for k in order] * 3
    rows = [[values[k] for k in order] * 3 for values in (["1", "0", "0", "0", "1"], ["1", "0", "0", "2", "1"])]
    tables = [align(lines([heads, row]), TABLE_4) for row in (*rows, ["0"] * 15)]
    assert tables[0].columns == (tuple(5 * group + k for group in range(3) for k in order),)
    assert [table.rows[0].contested for table in tables] == [False, True, False]


def test_results_in_rows_and_ways_in_columns_are_read() -> None:
    heads = ["结果", "行政复议", "未经复议直接起诉", "复议后起诉"]
    rows = [
        ["总计", "3", "1", "0"],
        ["结果维持", "1", "0", "0"],
        ["结果纠正", "2", "0", "0"],
        ["其他结果", "0", "1", "0"],
    ]
    table = align(lines([heads, *rows, ["尚未审结", "0", "0", "0"]]), TABLE_4)
    assert table.rows[0].strip is not None
    assert [cell.text for cell in table.rows[0].strip.cells] == list("120030010100000")
    assert not table.rows[0].contested


def test_suits_before_reconsiderations_leave_table_4_open() -> None:
    heads = "行政诉讼\t行政复议\n未经复议直接起诉\t复议后起诉"
    assert align(f"{heads}\n" + "\t".join(["1", "0", "0", "0", "1"] * 2 + ["0"] * 5), TABLE_4).rows[0].contested


@pytest.mark.parametrize("head", ["结果维诗", "口果维持"])
def test_exchanged_results_are_seen_beside_a_damaged_head_and_one_to_a_line(head: str) -> None:
    heads = ["结果纠正", head, "其他结果", "尚未审结", "总计"] * 3
    row = ["1", "0", "0", "0", "1"] * 3
    assert align("\n".join([*heads, "\t".join(row)]), TABLE_4).rows[0].contested


def test_sentences_about_suits_and_reconsiderations_leave_table_4_as_it_is() -> None:
    text = "全年行政诉讼1件，行政复议1件\n" + lines([["1", "0", "0", "0", "1"] * 3])
    assert not align(text, TABLE_4).rows[0].contested


def test_groups_in_another_order_are_seen_beside_a_damaged_head() -> None:
    text = "未经复议直接起诉\t行政诉讼\n口政复议\t复议后起诉\n" + "\t".join(["1", "0", "0", "0", "1"] * 3)
    assert align(text, TABLE_4).rows[0].contested


def test_exchanged_columns_one_to_a_line_are_seen_beside_an_unreadable_head() -> None:
    heads = ["自然人", "法人或其他组织", "总计", "商业企业", "口口口", "科研机构", "法律服务机构", "其他"]
    assert is_open(align("\n".join(heads) + "\n" + lines(table_3_rows(VALUES))))


def test_an_unreadable_head_over_the_labels_is_no_column_that_another_head_names() -> None:
    rows = [["口口口", "总计"], ["口口口口", *EXCHANGED[:1], "商业企业", "科研机构", *EXCHANGED[3:6]]]
    assert not is_open(align(lines([*rows, *table_3_rows(VALUES)])))


@pytest.mark.parametrize(
    "heads",
    ["商业企业 口律服务机构 社会公益组织 口研机构 其他", "商业企业 科研机构 口律服务机构 口会公益组织 其他"],
    ids=["apart", "side by side"],
)
def test_two_damaged_heads_among_those_run_together_leave_the_columns_open(heads: str) -> None:
    assert is_open(align(f"自然人 法人或其他组织 总计\n{heads}\n" + lines(table_3_rows(VALUES), " ")))


def test_damaged_heads_that_were_run_together_in_the_forms_order_leave_nothing_open() -> None:
    heads = "商业企业 口研机构 社会公益组织 口律服务机构 其他"
    assert not is_open(align(f"自然人 法人或其他组织 总计\n{heads}\n" + lines(table_3_rows(VALUES), " ")))


def test_groups_in_another_order_are_seen_in_a_damaged_run_of_heads() -> None:
    heads = "口经复议直接起诉 行政诉讼\n结果维持 结果纠正 其他结果 尚未审结 总计 行政复议 复议后起诉"
    assert align(f"{heads}\n" + "\t".join(["1", "0", "0", "0", "1"] * 3), TABLE_4).rows[0].contested


def test_exchanged_heads_that_were_run_together_in_cells_are_told_apart() -> None:
    heads = ["申请人情况", "自然人科研机构商业企业", "社会公益组织法律服务机构其他总计"]
    table = align(lines([heads, *table_3_rows(VALUES)]))
    assert table.columns == ((0, 2, 1, 3, 4, 5, 6),)


def test_groups_that_were_run_together_in_cells_in_another_order_leave_table_4_open() -> None:
    heads = [["行政诉讼行政复议", "件数"], ["未经复议直接起诉复议后起诉", "".join(RESULTS)], ["".join(RESULTS)] * 2]
    assert align(lines([*heads, ["1", "0", "0", "0", "1"] * 2 + ["0"] * 5]), TABLE_4).rows[0].contested


def test_a_group_printed_lower_than_its_neighbour_and_left_of_it_stands_first() -> None:
    heads = [("行政诉讼", 0.6, 0.10), ("行政复议", 0.2, 0.11), ("未经复议直接起诉 复议后起诉", 0.4, 0.12)]
    drawn = [Line(text, 1, k, (left, top, left + 0.1, top + 0.01)) for k, (text, left, top) in enumerate(heads, 1)]
    labels = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3
    rows = [labels, ["2", "1", "0", "0", "3", *["0"] * 10]]
    items = [*drawn, *(Row(tuple(map(RawCell, row)), 1, 1, k) for k, row in enumerate(rows, 9))]
    table = align_table(items, TABLE_4)
    assert not [deviation for deviation in table.deviations if deviation.code == "S005"]
    assert not table.rows[0].contested


def test_a_group_read_as_one_with_the_label_below_it_stands_over_its_own_columns() -> None:
    labels = ["结果维持", "结果纠正", "行政复议其他结果", "尚未审结", "总计"]
    labels += ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 2
    values = ["2", "1", "0", "0", "3", *["0"] * 10]
    table = align("行政诉讼\n未经复议直接起诉\t复议后起诉\n" + lines([labels, values]), TABLE_4)
    assert not [deviation for deviation in table.deviations if deviation.code == "S005"]


def test_heads_that_speak_against_each_other_leave_the_order_to_a_person() -> None:
    other = ["自然人", "科研机构", "商业企业", "社会公益组织"]
    table = align(lines([EXCHANGED, *table_3_rows(VALUES), ["自然人", "商业企业", "科研机构", "社会公益组织"]]))
    assert is_open(table)
    assert not is_open(align(lines([EXCHANGED, *table_3_rows(VALUES), other])))


def test_a_total_beside_the_heads_of_another_row_of_which_one_is_lost_exchanges_nothing() -> None:
    heads = ["自然人", "总计", "商业企业", "社会公益组织", "法律服务机构", "其他"]
    table = align("\n".join(heads) + "\n" + lines(table_3_rows(VALUES), " "))
    assert table.columns == ((0, 1, 2, 3, 4, 5, 6),)


def test_an_unreadable_head_over_the_labels_is_no_total_that_a_damaged_head_names() -> None:
    rows = [["口口口", "口总计"], ["口口口口", *EXCHANGED[:1], "商业企业", "科研机构", *EXCHANGED[3:6]]]
    table = align(lines([*rows, *table_3_rows(VALUES)]))
    assert table.columns == ((0, 1, 2, 3, 4, 5, 6),)
    assert not is_open(table)


def test_totals_of_rows_with_blanks_tell_that_they_stand_first() -> None:
    rows = [[label, *("" if value == "0" else value for value in values)] for label, *values in table_3_rows(VALUES)]
    assert is_open(align(lines([["", *EXCHANGED], *([row[0], row[7], *row[1:7]] for row in rows)])))
    plain = [column.label for column in TABLE_3.blocks[0].columns]
    assert not is_open(align(lines([["", *plain], *rows])))


def test_groups_in_another_order_are_seen_where_narrow_columns_broke_their_labels() -> None:
    values = "\t".join(["1", "0", "0", "0", "1", "0", "2", "0", "0", "2", "0", "0", "0", "3", "3"])
    turned = "行政复议\t行政诉讼\n复议后起\t未经复议\n诉\t直接起诉\n"
    statutory = "行政复议\t行政诉讼\n未经复议\t复议后起\n直接起诉\t诉\n"
    contested = [align(heads + values, TABLE_4).rows[0].contested for heads in (turned, statutory)]
    assert contested == [True, False]
