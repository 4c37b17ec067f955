"""Labels that say something else than the form's."""

from __future__ import annotations

import pytest

from extract.alignment.wording import Change, tell_change
from tests.text_builders import HEAD, TABLE_2, TABLE_3, TABLE_4, align, lines, table_3_rows

SECRET = ("1.属于国家秘密", "（三）不予公开1.属于国家秘密")
NOT_HELD = ("1.本机关不掌握相关政府信息", "（四）无法提供1.本机关不掌握相关政府信息")


@pytest.mark.parametrize(
    ("printed", "wordings", "change"),
    [
        ("1．属于国家秘密", SECRET, Change.NONE),
        ("(三)不予公开1.国家秘密", SECRET, Change.NONE),
        ("1.属于国家秘蜜", SECRET, Change.DAMAGED),
        ("1.属子国冢秘密", SECRET, Change.DAMAGED),
        ("1.属于商业秘密", SECRET, Change.OTHER),
        ("1.不属于国家秘密", SECRET, Change.OTHER),
        ("1.本机关掌握相关政府信息", NOT_HELD, Change.OTHER),
        ("1.本机关不掌握", NOT_HELD, Change.NONE),
        ("1.本机关不掌握该政府信息", NOT_HELD, Change.NONE),
        ("四、结转上年度继续办理", ("四、结转下年度继续办理",), Change.OTHER),
        ("二、上年度结转政府信息公开申请件数", ("二、上年结转政府信息公开申请数量",), Change.NONE),
        ("四、结转下月度继续办理", ("四、结转下年度继续办理",), Change.SLIP),
        ("（二）部分不予公开", ("（二）部分公开",), Change.OTHER),
        ("自然人à", ("自然人",), Change.NONE),
        ("本年收费金额（单位：元）", ("本年收费金额（单位：万元）",), Change.OTHER),
    ],
)
def test_noise_and_harmless_words_change_nothing_and_other_words_do(
    printed: str, wordings: tuple[str, ...], change: Change
) -> None:
    assert tell_change(printed, wordings) is change


def test_a_piece_of_another_label_woven_into_one_changes_nothing() -> None:
    label = "2.没有现成信息需要另行制作"
    assert tell_change("2.没有现成信息需无法提供要另行制作", (label,), frozenset({"四无法提供"})) is Change.NONE


def test_a_row_that_says_something_else_is_named_and_left_to_a_person() -> None:
    rows = table_3_rows({})
    rows[4][0] = "1.属于商业秘密"
    table = align(HEAD + "\n" + lines(rows))
    assert [k for k, row in enumerate(table.rows) if row.contested] == [4]
    assert [(item.found, item.expected) for item in table.deviations] == [("1.属于商业秘密", "1.属于国家秘密")]


def test_one_other_character_is_noise_only_where_the_table_is_noisy() -> None:
    rows = table_3_rows({})
    rows[24][0] = "四、结转下月继续办理"
    clean = align(HEAD + "\n" + lines(rows))
    for k, label in (
        (0, "一、本年新攸政府信息公开申请数量"),
        (4, "1.属于国家秘蜜"),
        (10, "7.属于行政执祛案卷"),
        (18, "4.无正当理由大量及复申请"),
    ):
        rows[k][0] = label
    noisy = align(HEAD + "\n" + lines(rows))
    assert (clean.rows[24].contested, noisy.rows[24].contested) == (True, False)


def test_a_group_of_rows_under_another_name_is_left_to_a_person() -> None:
    rows = [[group, *row] for row, group in zip(table_3_rows({}), [""] * 25, strict=True)]
    rows[12][0] = "（四）不予处理"
    table = align(HEAD + "\n" + lines(rows))
    assert [k for k, row in enumerate(table.rows) if row.contested] == [12, 13, 14]
    assert ("（四）不予处理", "（四）无法提供") in [(item.found, item.expected) for item in table.deviations]


@pytest.mark.parametrize("separator", ["\t", " ", "\n"])
@pytest.mark.parametrize(
    ("head", "column"), [("外国人", 0), ("法人", 0), ("教育机构", 2), ("上年总计", 6), ("占比", 6)]
)
def test_a_column_under_another_name_is_named_and_left_to_a_person(separator: str, head: str, column: int) -> None:
    heads = ["申请人情况", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    heads[column + 1] = head
    table = align(separator.join(heads) + "\n" + lines(table_3_rows({})))
    assert table.renamed == ((column,),)
    assert [item.found for item in table.deviations] == [head]


@pytest.mark.parametrize(("head", "column"), [("目然入", 0), ("科研单位", 2), ("其它", 5), ("合计", 6)])
def test_a_column_whose_head_means_the_same_is_not(head: str, column: int) -> None:
    heads = HEAD.split("\t")
    heads[column + 1] = head
    table = align("\t".join(heads) + "\n" + lines(table_3_rows({})))
    assert table.renamed == ((),)


@pytest.mark.parametrize("head", ["涉及金额", "本年受理数量", "上年处理决定数量"])
def test_a_block_of_one_column_under_another_name_is_left_to_a_person(head: str) -> None:
    licensing = f"第二十条第（五）项\n信息内容\t{head}\n行政许可\t97"
    table = align(f"{licensing}\n第二十条第（六）项\n信息内容\t本年处理决定数量\n行政处罚\t1", TABLE_2)
    assert table.renamed == ((), (0,), (), ())


def test_columns_of_all_groups_under_another_name_are_left_to_a_person() -> None:
    groups = ["行政复议", "未经复议直接起诉", "复议后起诉"]
    heads = ["结果维持", "结果纠正", "其他结果", "已审结", "总计"] * 3
    table = align(lines([groups, heads, ["1", "0", "0", "0", "1"] * 3]), TABLE_4)
    assert table.renamed == ((3, 8, 13),)


def test_a_way_of_challenge_under_another_name_is_left_to_a_person() -> None:
    heads = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3
    table = align(
        lines([["行政赔偿", "未经复议直接起诉", "复议后起诉"], heads, ["1", "0", "0", "0", "1"] * 3]), TABLE_4
    )
    assert set(table.renamed[0]) == {0, 1, 2, 3, 4}


def test_numbers_under_a_head_that_says_something_else_are_not_accepted() -> None:
    from extract.cells import place_cells
    from extract.reading import read_cells

    made = "信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t0\t0\t0"
    table = align(f"{made}\n第二十条第（五）项\n信息内容\t涉及金额\n行政许可\t97", TABLE_2)
    cells = read_cells(place_cells(table, TABLE_2), [], {})
    assert cells["disclosure.licensing.decisions"].scores["open_gap"] == 1.0
    assert cells["disclosure.regulations.issued"].scores["open_gap"] == 0.0


def test_the_form_itself_says_nothing_else() -> None:
    for spec in (TABLE_2, TABLE_3):
        rows = [[row.label, *["1"] * len(block.columns)] for block in spec.blocks for row in block.rows]
        assert not any(row.contested for row in align(lines(rows), spec).rows)
