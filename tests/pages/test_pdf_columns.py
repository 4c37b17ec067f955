"""Columns of tables that are not ruled, or only in part: a blank column keeps its place."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest

from extract.celltext import parse_cell
from extract.pages.pdf import drawings_to_pages
from extract.pages.pdf.drawing import Drawing, Edge, Glyph
from extract.pages.pdf.words import split_words
from extract.records import Row, State
from tests.pages.test_pdf_layout import SIZE, frame, print_text

HEADS = ("自然人", "企业", "其他", "总计")
XS = (200, 260, 320, 380)  # where the columns begin
LABEL = 50


def print_row(y: float, label: str, values: Sequence[str]) -> list[Glyph]:
    return [g for x, text in ((LABEL, label), *zip(XS, values, strict=True)) for g in print_text(x, y, text)]


def read_rows(*pages: tuple[list[Glyph], list[Edge]]) -> list[Row]:
    drawings = [Drawing(k, 595, 842, tuple(glyphs), tuple(edges)) for k, (glyphs, edges) in enumerate(pages, 1)]
    read = drawings_to_pages(drawings, file="a.pdf")
    return [item for page in read for item in page.items if isinstance(item, Row)]


def rows(*pages: tuple[list[Glyph], list[Edge]]) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in read_rows(*pages)]


BLANK_TOTAL = [*print_row(120, "新收", ("3", "0", "7", "")), *print_row(140, "结转", ("1", "2", "0", ""))]


def test_a_column_without_values_stands_under_its_head() -> None:
    glyphs = [*print_row(100, "申请人", HEADS), *BLANK_TOTAL]
    assert rows((glyphs, []))[1:] == [["新收", "3", "0", "7", ""], ["结转", "1", "2", "0", ""]]


def test_heads_that_stand_close_together_name_their_columns() -> None:
    glyphs = [
        g for k, head in enumerate(("结果维持", "结果纠正", "其他结果")) for g in print_text(200 + 43 * k, 100, head)
    ]
    glyphs += [g for x, text in ((215, "1"), (301, "4")) for g in print_text(x, 120, text)]
    assert rows((glyphs, [])) == [["结果维持", "结果纠正", "其他结果"], ["1", "", "4"]]


def test_a_head_of_two_lines_is_one_head() -> None:
    glyphs = [*print_row(88, "", ("", "商业", "", "")), *print_row(100, "申请人", HEADS), *BLANK_TOTAL]
    assert rows((glyphs, []))[0] == ["", "自然人", "商业企业", "其他", "总计"]


def test_values_set_to_the_right_of_their_column_belong_to_the_head_on_its_left() -> None:
    glyphs = [*print_row(100, "申请人", HEADS)]
    for y, label in ((120, "新收"), (140, "结转")):
        glyphs += print_text(LABEL, y, label)
        glyphs += [g for x in XS for g in print_text(x + 48, y, "5")]
    assert rows((glyphs, []))[1] == ["新收", "5", "5", "5", "5"]


def test_rows_below_a_ruled_head_stand_in_its_columns() -> None:
    edges = [edge for x0, x1 in zip((45, *XS), (*XS, 440), strict=True) for edge in frame(x0, 95, x1, 115)]
    glyphs = [*print_row(100, "申请人", HEADS), *BLANK_TOTAL]
    assert rows((glyphs, edges))[1:] == [["新收", "3", "0", "7", ""], ["结转", "1", "2", "0", ""]]


def test_a_column_that_is_blank_on_the_first_page_is_blank_on_the_next() -> None:
    first = [*print_row(720, "申请人", HEADS), *print_row(740, "新收", ("3", "0", "7", ""))]
    second = [*print_row(60, "结转", ("1", "2", "0", "")), *print_row(80, "（一）予以公开", ("0", "0", "9", ""))]
    assert rows(([*first, *print_row(760, "上年", ("4", "4", "0", ""))], []), (second, []))[3:] == [
        ["结转", "1", "2", "0", ""],
        ["（一）予以公开", "0", "0", "9", ""],
    ]


def test_heads_at_the_end_of_a_page_name_the_columns_of_the_next() -> None:
    assert rows((print_row(780, "申请人", HEADS), []), (BLANK_TOTAL, []))[1:] == [
        ["新收", "3", "0", "7", ""],
        ["结转", "1", "2", "0", ""],
    ]


def test_blanks_among_unruled_values_beside_ruled_labels_keep_their_place() -> None:
    edges = [edge for y in (95, 115, 135) for edge in frame(45, y, 195, y + 20)]
    edges += [Edge(False, 120, 95, 155)]
    glyphs = []
    for y, row in ((100, ("1", "2", "3", "4")), (120, ("5", "", "6", "7")), (140, ("8", "9", "", "0"))):
        glyphs += print_row(y, "规章", row)
    assert [row[-4:] for row in rows((glyphs, edges))] == [
        ["1", "2", "3", "4"],
        ["5", "", "6", "7"],
        ["8", "9", "", "0"],
    ]


def test_a_number_broken_over_the_lines_above_and_below_its_row_is_one_number() -> None:
    glyphs = [*print_row(100, "新收", ("12", "0", "7", "5")), *print_row(140, "结转", ("", "1", "2", "3"))]
    glyphs += [*print_text(XS[0], 134, "27"), *print_text(XS[0], 146, "9")]
    assert rows((glyphs, [])) == [["新收", "12", "0", "7", "5"], ["结转", "279", "1", "2", "3"]]


def test_a_value_that_the_page_break_parts_from_its_row_goes_back_to_it_and_keeps_its_page() -> None:
    xs = (45, *XS, 440)

    def page(y: float, row: Sequence[str]) -> tuple[list[Glyph], list[Edge]]:
        edges = [edge for x0, x1 in pairwise(xs) for edge in frame(x0, y - 5, x1, y + 15)]
        return print_row(y, row[0], row[1:]), edges

    (row,) = read_rows(page(780, ("新收", "3", "", "7", "9")), page(60, ("", "", "4", "", "")))
    assert [(cell.text, cell.page) for cell in row.cells] == [("新收", 0), ("3", 0), ("4", 2), ("7", 0), ("9", 0)]


def test_a_row_of_which_only_the_label_is_printed_is_empty_and_takes_no_neighbours_values() -> None:
    glyphs = [*print_row(100, "申请人", HEADS)]
    printed = [
        ["1.属于国家秘密", "3", "0", "0", "3"],
        ["2.法律禁止公开", "", "", "", ""],
        ["3.保护第三方权益", "", "", "", ""],
        ["4.属于行政查询", "2", "0", "0", "2"],
    ]
    for k, (label, *values) in enumerate(printed):
        glyphs += print_row(120 + 16 * k, label, values)
    assert rows((glyphs, []))[1:] == printed


def test_rows_at_the_top_and_the_end_of_a_table_of_which_only_the_name_is_printed_are_empty() -> None:
    printed = [["规章", *"    "], ["行政规范性文件", *"3157"], ["行政许可", *"    "]]
    glyphs = [*print_row(100, "信息内容", HEADS)]
    for k, (label, *values) in enumerate(printed):
        glyphs += print_row(112 + 22 * k, label, [value.strip() for value in values])
    assert rows((glyphs, []))[1:] == [[own.strip() for own in row] for row in printed]


def test_one_value_under_the_heads_of_two_columns_leaves_the_other_one_blank() -> None:
    glyphs = [*print_row(100, "信息内容", ("上一年项目数量", "", "本年增/减", ""))]
    glyphs += print_row(120, "行政事业性收费", ("9", "", "", ""))
    assert rows((glyphs, []))[1:] == [["行政事业性收费", "9", ""]]


def print_form(y: float, label: str, values: Sequence[str]) -> list[Glyph]:
    cells = ((LABEL, label), *zip((200, 300, 400), values, strict=True))
    return [g for x, text in cells for g in print_text(x, y, text)]


FORM_HEADS = print_form(100, "信息内容", ("本年制发件数", "本年废止件数", "现行有效件数"))


def test_names_right_below_heads_are_rows_of_blanks() -> None:
    glyphs = [*FORM_HEADS, *print_text(LABEL, 120, "规章"), *print_text(LABEL, 140, "行政规范性文件")]
    assert rows((glyphs, []))[1:] == [["规章", "", "", ""], ["行政规范性文件", "", "", ""]]


def test_names_below_heads_at_the_end_of_the_page_before_are_rows_of_blanks() -> None:
    assert rows((FORM_HEADS, []), (print_text(LABEL, 50, "规章"), []))[1:] == [["规章", "", "", ""]]


def test_rows_that_share_no_column_stand_under_the_heads_of_one_table() -> None:
    glyphs = [*FORM_HEADS, *print_form(120, "规章", ("", "", "1")), *print_form(140, "规范性文件", ("12", "3", ""))]
    assert rows((glyphs, []))[1:] == [["规章", "", "", "1"], ["规范性文件", "12", "3", ""]]


def test_heads_that_a_page_break_parts_name_all_columns() -> None:
    above = print_row(790, "申请人情况", ("自然人", "", "", "总计"))
    glyphs = [*print_row(50, "", ("", "企业", "其他", "")), *print_row(70, "新收", ("", "2", "", "2"))]
    glyphs += print_row(90, "结转", ("", "1", "", "1"))
    assert rows((above, []), (glyphs, []))[1:] == [["新收", "", "2", "", "2"], ["结转", "", "1", "", "1"]]


def test_many_blank_rows_with_labels_of_two_lines_part_no_table() -> None:
    glyphs = [*print_row(100, "申请人", HEADS), *print_row(120, "新收", ("3", "0", "7", "10"))]
    for k in range(4):
        glyphs += [
            *print_text(LABEL, 140 + 30 * k, f"{k + 1}.逾期不补正"),
            *print_text(LABEL, 152 + 30 * k, "不再处理"),
        ]
    glyphs += print_row(260, "（七）总计", ("", "4", "", "4"))
    assert rows((glyphs, []))[-1] == ["（七）总计", "", "4", "", "4"]


def test_values_set_to_the_left_of_their_heads_stand_under_these_where_a_column_is_blank() -> None:
    glyphs = [*print_row(100, "申请人", HEADS), *print_text(LABEL, 120, "新收")]
    glyphs += [g for x, text in zip(XS, ("2", "3", "", "5"), strict=True) for g in print_text(x - 27, 120, text)]
    assert rows((glyphs, []))[1:] == [["新收", "2", "3", "", "5"]]


@pytest.mark.parametrize(("step", "raised", "first"), [(25, 6, "3"), (18, 8, "3…")])
def test_values_between_two_labels_are_the_nearer_ones_or_of_neither(step: int, raised: int, first: str) -> None:
    glyphs = print_row(100, "申请人", HEADS)
    for k, label in enumerate(("1.属于国家秘密", "2.法律禁止公开", "3.保护第三方权益")):
        y = 150 + step * k
        glyphs += [*print_text(LABEL, y, label), *print_row(y - raised, "", "3012")]
    printed = rows((glyphs, []))[1:]
    assert first in [row[1] for row in printed]
    assert not any(row[0] and not any(row[1:]) for row in printed[:-1])


def test_names_right_below_heads_without_a_gap_between_them_are_rows_of_blanks() -> None:
    heads = zip((200, 262, 324), ("本年制发件数", "本年废止件数", "现行有效件数"), strict=True)
    glyphs = [*print_text(LABEL, 100, "信息内容"), *(g for x, text in heads for g in print_text(x, 100, text))]
    assert rows(([*glyphs, *print_text(LABEL, 120, "规章")], []))[1:] == [["规章", "", "", ""]]


def test_the_label_that_stands_beside_the_last_row_and_below_is_its_label() -> None:
    glyphs = [*print_row(100, "申请人", HEADS), *print_row(120, "2.重复申请", ("3", "0", "7", "10"))]
    glyphs += [*print_row(140, "", ("1", "", "1", "2")), *print_text(LABEL, 144, "3.大量")]
    glyphs += print_text(LABEL, 156, "反复申请")
    assert rows((glyphs, []))[-1] == ["3.大量反复申请", "1", "", "1", "2"]


def test_the_first_line_of_a_name_below_the_last_row_begins_a_row_of_blanks() -> None:
    glyphs = [*print_row(100, "申请人", HEADS), *print_row(120, "2.重复申请", ("3", "0", "7", "10"))]
    glyphs += [*print_text(LABEL, 140, "3.要求提供公开"), *print_text(LABEL, 152, "出版物")]
    assert rows((glyphs, []))[-1] == ["3.要求提供公开出版物", "", "", "", ""]


def test_the_lines_of_a_group_beside_blank_rows_part_no_table() -> None:
    glyphs = [*print_row(100, "申请人", HEADS), *print_row(120, "新收", "2002")]
    for k, group in enumerate("本年度办理结果"):
        glyphs += [*print_text(LABEL, 140 + 16 * k, group), *print_text(LABEL + 30, 140 + 16 * k, f"{k + 1}.属于某类")]
    glyphs += print_row(260, "（七）总计", "2002")
    assert [row[-4:] for row in rows((glyphs, []))[1:]] == [[*"2002"], *[[""] * 4] * 7, [*"2002"]]


def test_blank_rows_above_and_below_a_page_break_stand_in_the_columns_of_their_table() -> None:
    above = [*print_row(700, "申请人", HEADS), *print_row(720, "新收", "2002"), *print_text(LABEL, 745, "（五）")]
    above += [*print_text(LABEL + 50, 750, "2.重复申请"), *print_text(LABEL, 757, "不予处理")]
    below = [*print_text(LABEL + 50, 50, "3.要求提供公开"), *print_text(LABEL + 50, 62, "出版物")]
    below += print_row(90, "（七）总计", ("2", "", "", "2"))
    printed = rows((above, []), (below, []))
    assert [row[-4:] for row in printed[1:]] == [[*"2002"], [""] * 4, [""] * 4, ["2", "", "", "2"]]


def test_a_heading_and_the_heads_below_it_begin_another_table_where_all_stand_left_of_the_numbers() -> None:
    glyphs = [*print_text(LABEL, 100, "行政事业性收费"), *print_text(390, 100, "9")]
    glyphs += [
        *print_text(LABEL, 120, "三、收到和处理政府信息公开申请情况"),
        *print_row(140, "申请人", (*HEADS[:3], "")),
    ]
    glyphs += print_text(360, 140, "总计")
    for k, label in enumerate(("新收", "结转")):
        y = 160 + 20 * k
        glyphs += [*print_text(LABEL, y, label), *print_text(225, y, "2"), *print_text(390, y, "2")]
    assert rows((glyphs, []))[-3:] == [["", *HEADS], ["新收", "2", "", "", "2"], ["结转", "2", "", "", "2"]]


def test_a_table_well_below_another_stands_in_columns_of_its_own() -> None:
    glyphs = print_row(100, "申请人", HEADS)
    for k, label in enumerate(("新收", "结转", "1.属于国家秘密", "2.法律禁止公开")):
        glyphs += print_row(120 + 15 * k, label, "3104")
    for k, label in enumerate(("3.保护第三方权益", "4.属于行政查询")):
        y = 230 + 15 * k
        glyphs += [*print_text(LABEL, y, label), *print_text(XS[0] + 30, y, "7"), *print_text(XS[3] + 30, y, "7")]
    printed = rows((glyphs, []))
    assert [row[1:] for row in printed[:5]] == [[*HEADS], *[[*"3104"]] * 4]
    assert printed[-2:] == [["3.保护第三方权益", "7", "7"], ["4.属于行政查询", "7", "7"]]


def test_labels_drawn_side_by_side_without_a_gap_are_two() -> None:
    glyphs = [*print_row(100, "申请人", HEADS), *print_row(120, "新收", "2002")]
    glyphs += [*print_text(LABEL, 140, "（五）"), *print_text(LABEL, 152, "不予处理")]
    glyphs += [*print_text(LABEL + 30, 140, "2.重复申请"), *print_row(140, "", "1001")]
    assert rows((glyphs, []))[-1] == ["（五）不予处理", "2.重复申请", *"1001"]


def test_the_head_over_labels_that_end_before_it_is_the_head_of_no_column() -> None:
    heads = print_form(100, "", ("本年制发件数", "本年废止件数", "现行有效件数")) + print_text(90, 100, "信息内容")
    values = [g for y, label in ((120, "规章"), (140, "行政")) for g in print_form(y, label, ("1", "2", "3"))]
    assert rows(([*heads, *values], []))[0] == ["", "本年制发件数", "本年废止件数", "现行有效件数"]


def test_a_character_of_a_label_set_downwards_is_no_mark_for_none_beside_numbers() -> None:
    glyphs = [*print_row(100, "申请人", HEADS), *print_row(120, "新收", "2002"), *print_row(147, "", "1001")]
    glyphs += [*print_text(LABEL + 30, 141, "1.本机关不掌握"), *print_text(LABEL + 30, 153, "相关政府信息")]
    glyphs += [g for k, own in enumerate("无法提供") for g in print_text(LABEL, 147 + 12 * k, own)]
    assert rows((glyphs, []))[-1] == ["无法提供", "1.本机关不掌握相关政府信息", *"1001"]


def ruled_rows(*printed: tuple[str, Sequence[str]]) -> tuple[list[Glyph], list[Edge]]:
    """Rows with rules above and below each, at both sides and behind their labels, none between the values."""
    lines = [(80 + 20 * k, row) for k, row in enumerate(printed)]
    edges = [edge for y, _ in lines for x0, x1 in ((45, 190), (190, 440)) for edge in frame(x0, y, x1, y + 20)]
    return [glyph for y, (label, values) in lines for glyph in print_row(y + 5, label, values)], edges


def test_values_between_which_no_rules_are_drawn_stand_in_columns_of_their_own() -> None:
    printed = [("申请人", HEADS), ("新收", "3071"), ("结转", ("1", "", "12", "13")), ("合计", ("", "", "", "9"))]
    assert rows(ruled_rows(*printed)) == [[label, *values] for label, values in printed]


def test_marks_for_none_between_which_no_rules_are_drawn_stand_in_columns_of_their_own() -> None:
    printed = [("申请人", HEADS), ("新收", "////"), ("结转", "////")]
    assert rows(ruled_rows(*printed))[1:] == [[label, *values] for label, values in printed[1:]]


def test_one_value_below_one_head_is_not_moved_by_the_columns_of_the_rows_above() -> None:
    above = [("信息内容", HEADS), ("规章", "3071"), ("规范性文件", "1230")]
    single = [("信息内容", ("", "处理决定数量", "", "")), ("行政许可", ("", "", "84", ""))]
    assert rows(ruled_rows(*above, *single))[-1] == ["行政许可", "84", "", "", ""]


def test_heads_in_one_cell_show_the_columns_that_are_blank_in_rows_without_rules_between_them() -> None:
    printed = [("申请人", HEADS), ("新收", ("2", "", "", "3")), ("结转", ("1", "", "", "1"))]
    assert rows(ruled_rows(*printed)) == [[label, *values] for label, values in printed]


def test_digits_set_wide_apart_under_one_head_are_no_values_of_several_columns() -> None:
    printed = ruled_rows(("申请人", ("", "总计", "", "")), *((label, ("1", "", "", "2")) for label in ("新收", "合计")))
    assert rows(printed)[1:] == [["新收", "1 2"], ["合计", "1 2"]]


def test_a_dash_well_before_a_number_is_a_value_of_its_own() -> None:
    assert [word.text for word in split_words([*print_text(50, 100, "—"), *print_text(65, 100, "25")])] == ["—", "25"]
    assert [word.text for word in split_words(print_text(50, 100, "—25"))] == ["—25"]


def test_the_label_of_a_group_beside_two_rows_is_no_row() -> None:
    glyphs = [*print_row(100, "申请人", HEADS), *print_text(LABEL, 129, "（三）不予公开")]
    for y, label in ((120, "1.属于秘密"), (138, "2.内部事务")):
        glyphs += print_text(LABEL + 80, y, label)
        glyphs += [g for x in XS for g in print_text(x, y, "5")]
    assert len(rows((glyphs, []))) == 3


def test_one_value_between_the_two_lines_of_its_label_is_a_row() -> None:
    glyphs = [*print_row(100, "申请人", HEADS), *print_row(120, "新收", ("3", "0", "7", "10"))]
    glyphs += [
        *print_text(LABEL, 136, "二、上年结转"),
        *print_text(380, 142, "4"),
        *print_text(LABEL, 148, "府信息公开"),
    ]
    glyphs += print_row(164, "三、结转", ("1", "2", "0", "3"))
    assert rows((glyphs, []))[2:] == [["二、上年结转府信息公开", "", "", "", "4"], ["三、结转", "1", "2", "0", "3"]]


def fixed(glyphs: list[Glyph]) -> list[bool]:
    (page,) = drawings_to_pages([Drawing(1, 595, 842, tuple(glyphs), ())], file="a.pdf")
    return [all(cell.fixed for cell in item.cells[-4:]) for item in page.items if isinstance(item, Row)][1:]


def test_cells_under_heads_of_their_own_are_fixed() -> None:
    assert fixed([*print_row(100, "申请人", HEADS), *BLANK_TOTAL]) == [True, True]
    assert fixed([*print_row(100, "申请人", ("自然人", "", "其他", "总计")), *BLANK_TOTAL]) == [False, False]


def test_a_character_of_a_broken_label_is_no_mark_for_none() -> None:
    glyphs = [*print_row(100, "申请人", HEADS)]
    for k, values in enumerate(("3003", "2002", "1001")):
        glyphs += print_text(LABEL + 40, 120 + 24 * k, f"{k + 1}.属于秘密")
        glyphs += [g for x, text in zip(XS, values, strict=True) for g in print_text(x, 120 + 24 * k, text)]
    glyphs += [*print_text(LABEL, 132, "（四）"), *print_text(LABEL + 30, 132, "无"), *print_text(LABEL, 156, "法")]
    assert [row[-4:] for row in rows((glyphs, []))][1:] == [list("3003"), list("2002"), list("1001")]


def test_a_number_that_begins_before_its_column_is_not_cut() -> None:
    glyphs = print_row(100, "申请人", HEADS)
    for y, label in ((120, "一、新收"), (140, "二、结转")):
        glyphs += print_row(y, label, ("", "86", "7", "193"))
        glyphs += print_text(XS[0], y, "640")
    glyphs += print_row(160, "", ("", "86", "7", "193"))
    glyphs += [*print_text(XS[0] - 6.5 * SIZE, 160, "（三）总计"), *print_text(XS[0] - SIZE / 2, 160, "2640")]
    assert [row[-4:] for row in rows((glyphs, []))][1:] == [
        ["640", "86", "7", "193"],
        ["640", "86", "7", "193"],
        ["2640", "86", "7", "193"],
    ]


def print_spaced(y: float, text: str, gaps: Sequence[float]) -> list[Glyph]:
    """Digits with gaps (in type sizes) between them that end where the last column ends."""
    x, glyphs = XS[3] + 20, []
    for character, gap in zip(reversed(text), (*reversed(gaps), 0), strict=True):
        (glyph,) = print_text(x - SIZE / 2, y, character)
        glyphs.append(glyph)
        x -= SIZE / 2 + gap * SIZE
    return glyphs[::-1]


@pytest.mark.parametrize(
    ("gaps", "cells"),
    [
        ((0, 0, 0, 0.18, 0, 0, 0, 0), ["2247", "22858"]),
        ((0.1, 0.1, 0.1, 0.27, 0.1, 0.1, 0.1, 0.1), ["2247", "22858"]),
        ((0.3,) * 8, ["", "224722858"]),
        ((0, 0, 0.2, 0, 0, 0.2, 0, 0), ["", "224722858"]),
    ],
)
def test_two_numbers_are_told_from_one_by_the_gaps_within(gaps: Sequence[float], cells: list[str]) -> None:
    glyphs = [*print_row(100, "申请人", HEADS), *print_row(120, "新收", ("3", "0", "", ""))]
    glyphs += print_spaced(120, "224722858", gaps)
    glyphs += [*print_row(140, "结转", ("1", "2", "", "")), *print_spaced(140, "58", (gaps[-1],))]
    assert rows((glyphs, []))[1][-2:] == cells


@pytest.mark.parametrize(("second", "cells"), [(14.0, ["5", "7 6…", "0…", "7"]), (60.0, ["5", "7", "6", "7"])])
def test_digits_close_together_are_two_numbers_only_in_two_columns(second: float, cells: list[str]) -> None:
    glyphs = [*print_row(100, "申请人", HEADS), *print_row(120, "新收", ("3", "25", "80", "1"))]
    glyphs += [*print_row(140, "结转", ("5", "", "", "7")), *print_text(XS[1] + 3, 140, "7")]
    glyphs += print_text(XS[1] + second, 140, "6")
    assert rows((glyphs, []))[-1][1:] == cells


def test_digits_under_several_heads_are_the_number_of_none() -> None:
    glyphs = [*print_row(100, "申请人", HEADS), *print_row(120, "新收", ("3", "", "", "1"))]
    glyphs += [*print_text(XS[1], 120, "12345678901234567"), *print_row(140, "结转", ("3", "", "", "1"))]
    assert rows((glyphs, []))[1][-4:] == ["3", "12345678…", "901234567…", "1"]


def test_a_digit_on_the_wall_off_its_own_number_makes_both_cells_unsure() -> None:
    edges = [edge for x0, x1 in pairwise(XS) for edge in frame(x0, 95, x1, 115)]
    glyphs = [*print_text(245, 100, "45"), *print_text(256.5, 100, "6"), *print_text(310, 100, "39")]
    glyphs += print_text(365, 100, "8")
    assert rows((glyphs, edges)) == [["456", "39", "8"]]
    glyphs = [glyph for glyph in glyphs if glyph.text != "6"] + print_text(257.8, 100, "6")
    assert rows((glyphs, edges)) == [["45…", "6 39…", "8"]]


def test_digits_over_a_rule_far_from_any_others_are_of_the_cell_that_they_stand_in() -> None:
    edges = [edge for k in range(3) for edge in frame(40 + 60 * k, 90, 100 + 60 * k, 115)]
    glyphs = [g for k in range(3) for g in print_text(97.4 + 60 * k, 98, "5")]
    assert rows((glyphs, edges)) == [["5", "5", "5"]]


def test_a_sign_over_the_rule_before_its_number_is_its_sign() -> None:
    edges = [edge for k in range(3) for edge in frame(40 + 60 * k, 90, 100 + 60 * k, 115)]
    glyphs = [*print_text(50, 98, "12"), *print_text(96.5, 98, "-3"), *print_text(170, 98, "7")]
    assert rows((glyphs, edges)) == [["12", "-3", "7"]]


def test_numbers_one_below_the_other_in_one_cell_are_none() -> None:
    edges = [edge for k in range(3) for edge in frame(40 + 60 * k, 90, 100 + 60 * k, 125)]
    printed = ((50, 98, "12"), (110, 94, "9"), (110, 108, "128"), (170, 98, "7"))
    glyphs = [g for x, y, text in printed for g in print_text(x, y, text)]
    assert rows((glyphs, edges)) == [["12", "9 128…", "7"]]


@pytest.mark.parametrize("dash", ["-", "–", "—", "−"])
def test_a_dash_before_a_digit_is_its_sign(dash: str) -> None:
    glyphs = [*print_row(100, "申请人", HEADS), *print_row(120, "新收", ("3", f"{dash}7", "7", "8"))]
    glyphs += print_row(140, "结转", ("1", "+2", "0", "3"))
    assert rows((glyphs, []))[1] == ["新收", "3", f"{dash}7", "7", "8"]


def test_two_values_in_one_column_make_its_cell_unreadable() -> None:
    glyphs = [*print_row(100, "申请人", HEADS), *print_row(120, "新收", ("3", "0", "7", "8"))]
    glyphs += [*print_row(140, "结转", ("1", "2", "0", "3")), *print_text(XS[1] + 12, 140, "5")]
    (cell,) = (row[2] for row in rows((glyphs, [])) if row[0] == "结转")
    assert parse_cell(cell).state is State.ILLEGIBLE


def test_what_may_be_one_row_on_two_base_lines_is_unsure() -> None:
    whole = print_row(100, "行政处罚", ["1", "2", "3", "4"])
    upper, lower = print_row(130, "行政许可", ["12", "", "3", ""]), print_row(139, "", ["", "4", "", "5"])
    found = rows(([*whole, *upper, *lower], []))
    assert found[0][-4:] == ["1", "2", "3", "4"]
    assert all(cell.endswith("…") for row in found[1:] for cell in row[-4:])


def print_staggered(y: float, label: str, values: Sequence[tuple[str, float]]) -> list[Glyph]:
    """A row; each value so far below its label's line."""
    printed = [(x, y + off, text) for x, (text, off) in zip(XS, values, strict=True)]
    return [g for x, at, text in ((LABEL, y, label), *printed) for g in print_text(x, at, text)]


@pytest.mark.parametrize("off", [6, -6])
def test_values_half_a_line_off_their_row_stand_in_it(off: int) -> None:
    glyphs = [*print_row(80, "申请人", HEADS)]
    glyphs += print_staggered(110, "新收", [("2", 0), ("1", off), ("0", off), ("3", 0)])
    glyphs += print_staggered(132, "结转", [("7", off), ("0", off), ("5", off), ("12", 0)])
    glyphs += print_staggered(154, "总计", [("9", 0), ("1", 0), ("5", 0), ("15", off)])
    assert rows((glyphs, []))[1:] == [["新收", *"2103"], ["结转", "7", "0", "5", "12"], ["总计", "9", "1", "5", "15"]]


def test_a_lone_value_half_a_line_below_its_label_is_its_value_and_no_page_number() -> None:
    glyphs = [*print_row(740, "", HEADS), *print_row(762, "新收", "1001"), *print_row(784, "结转", ["", "", "", ""])]
    assert rows(([*glyphs, *print_text(XS[3], 790, "8")], []))[-1] == ["结转", "", "", "", "8"]


def test_values_right_below_a_row_in_columns_of_their_own_leave_it_unsure() -> None:
    found = rows(([*print_row(100, "", ["12", "", "3", ""]), *print_row(112, "", ["", "4", "", "5"])], []))
    assert all(cell.endswith("…") for row in found for cell in row[-4:])


def test_values_at_the_top_and_the_end_of_a_row_beside_the_lines_of_its_name_stand_in_it() -> None:
    glyphs = [*print_row(80, "申请人", HEADS), *print_row(110, "新收", "2002")]
    glyphs += [*print_row(140, "5.要求行政机关确认或", ["1", "", "", "3"]), *print_row(166, "", ["", "2", "0", ""])]
    glyphs += [
        *print_text(LABEL, 153, "重新出具已获"),
        *print_text(LABEL, 166, "取信息"),
        *print_row(196, "总计", "3003"),
    ]
    assert rows((glyphs, []))[2] == ["5.要求行政机关确认或重新出具已获取信息", *"1203"]


def test_a_note_below_a_table_is_no_label_whose_end_hides_the_first_head() -> None:
    glyphs = [*print_row(80, "申请人", HEADS), *print_row(110, "新收", ("2", "", "", "2"))]
    glyphs += [*print_row(130, "结转", ("1", "", "", "1")), *print_text(LABEL, 142, "注：本表数字取自申请登记的台账。")]
    assert rows((glyphs, []))[0] == ["", *HEADS]


def test_a_number_alone_on_its_page_breaks_nothing() -> None:
    assert rows((print_text(XS[3], 400, "8"), [])) == []


def test_lines_of_a_label_far_apart_are_one_name_that_the_form_knows() -> None:
    glyphs = [*print_row(80, "申请人", HEADS), *print_row(110, "新收", "2002")]
    glyphs += [*print_text(LABEL, 140, "2.其他法律行政法"), *print_row(151, "", "1001")]
    glyphs += [*print_text(LABEL, 162, "规禁止公开"), *print_row(192, "总计", "3003")]
    assert rows((glyphs, []))[2:] == [["2.其他法律行政法规禁止公开", *"1001"], ["总计", *"3003"]]


def test_a_head_little_wider_than_the_step_between_columns_is_the_head_of_one() -> None:
    heads = [("申请人", -50), ("自然人", 60), ("商业企业", 96), ("其他", 148), ("总计", 186)]
    glyphs = [g for text, x in heads for g in print_text(100 + x, 100, text)]
    for y, label in ((120, "新收"), (140, "结转")):
        glyphs += [*print_text(LABEL, y, label)]
        glyphs += [g for x in (75, 114, 153, 192) for g in print_text(100 + x, y, "5")]
    assert rows((glyphs, []))[0] == ["", "自然人", "商业企业", "其他", "总计"]


def test_a_blank_row_close_below_a_total_does_not_take_its_numbers() -> None:
    glyphs = [*print_row(100, "申请人", HEADS), *print_row(120, "新收", "2002")]
    glyphs += [*print_text(LABEL + 90, 140, "3.其他"), *print_row(140, "", "1001")]
    glyphs += [*print_text(LABEL + 20, 151, "（七）总计"), *print_row(151, "", "2002")]
    glyphs += print_text(LABEL, 162, "四、结转下年度继续办理")
    assert [row[-4:] for row in rows((glyphs, []))[-2:]] == [[*"2002"], [""] * 4]


def test_a_lone_number_between_the_lines_of_its_label_at_the_top_of_a_page_is_no_page_number() -> None:
    above = [*print_row(700, "申请人", HEADS), *print_row(720, "新收", "2002"), *print_row(740, "结转", "1001")]
    below = [*print_text(LABEL, 50, "2.申请人逾期未"), *print_text(XS[3], 56, "0"), *print_text(LABEL, 62, "缴纳费用")]
    below += print_row(80, "（七）总计", "2002")
    assert rows((above, []), (below, []))[-2:] == [["2.申请人逾期未缴纳费用", "", "", "", "0"], ["（七）总计", *"2002"]]


@pytest.mark.parametrize("mark", "-－—―─/／")
def test_a_mark_for_none_of_any_form_is_a_value(mark: str) -> None:
    printed = [["申请人", *HEADS], ["新收", "3", mark, "1", "4"], ["结转", mark, "2", mark, "2"]]
    glyphs = [g for k, (label, *values) in enumerate(printed) for g in print_row(100 + 20 * k, label, values)]
    assert rows((glyphs, []))[1:] == printed[1:]


def test_the_rest_of_a_name_that_a_page_break_cut_goes_back_to_its_row() -> None:
    above = [*print_row(700, "申请人", HEADS), *print_row(720, "新收", "2002"), *print_row(740, "结转", "1001")]
    above += print_text(LABEL, 760, "2.其他法律行政法")
    below = [*print_row(50, "申请人", HEADS), *print_text(LABEL, 62, "规禁止公开")]
    below += print_row(78, "3.危及“三安全一稳定”", "2002")
    printed = [row for row in rows((above, []), (below, [])) if any(row) and not set(HEADS) <= set(row)]
    assert [next(filter(None, row)) for row in printed] == [
        "新收",
        "结转",
        "2.其他法律行政法规禁止公开",
        "3.危及“三安全一稳定”",
    ]


def test_the_name_of_a_group_beside_one_of_two_halves_of_a_row_makes_it_no_row() -> None:
    glyphs = [
        *print_row(100, "申请人", HEADS),
        *print_row(120, "新收", "2002"),
        *print_text(LABEL + 90, 140, "1.属于秘密"),
    ]
    glyphs += [*print_row(140, "", ("7", "", "2", "")), *print_row(154, "（三）不予公开", ("", "1", "", "10"))]
    assert all(text.endswith("…") for row in rows((glyphs, []))[2:] for text in row[-4:])


def test_a_digit_right_above_that_is_of_no_row_makes_the_number_below_it_unsure() -> None:
    glyphs = [*print_row(90, "申请人", HEADS), *print_text(XS[3], 110, "1"), *print_row(122, "新收", "6007")]
    glyphs += print_row(150, "结转", "1001")
    assert [row[1:] for row in rows((glyphs, []))[-2:]] == [["6", "0", "0", "7…"], [*"1001"]]


def test_a_row_has_no_blank_where_a_lone_number_stands_right_below_its_name() -> None:
    heads = ("信息内容", "本年处理决定数量")
    glyphs = [
        g
        for y, left, right in ((100, *heads), (120, "行政处罚", ""), (140, "行政强制", "0"))
        for x, text in ((LABEL, left), (260, right))
        for g in print_text(x, y, text)
    ]
    assert rows((glyphs, [])) == [["", "本年处理决定数量"], ["行政处罚", ""], ["行政强制", "0"]]
    moved = [*glyphs, *print_text(290, 133, "696")]
    assert ["行政处罚", ""] not in rows((moved, []))


def test_the_name_of_a_row_alone_at_the_top_of_a_page_is_a_row_of_blanks() -> None:
    first = [*print_row(100, "申请人", HEADS), *print_row(120, "1.属于国家秘密", ("1", "2", "3", "6"))]
    first += print_row(140, "2.重复申请", ("1", "0", "3", "4"))
    second = print_text(LABEL, 60, "四、结转下年度继续办理") + print_text(LABEL, 90, "五、存在的主要问题及改进情况")
    assert rows((first, []), (second, []))[-1] == ["四、结转下年度继续办理", "", "", "", ""]


def test_names_of_several_lines_under_broken_heads_are_rows_of_blanks() -> None:
    glyphs = [
        *print_row(88, "申请人情况", ("自然", "商业企", "科研机", "总")),
        *print_row(100, "", ("人", "业", "构", "计")),
    ]
    names = (
        "一、本年新收政府",
        "信息公开申请数量",
        "二、上年结转政府",
        "信息公开申请数量",
        "四、结转下年度继",
        "续办理",
    )
    glyphs += [g for k, name in enumerate(names) for g in print_text(LABEL, 120 + 12 * k + 8 * (k // 2), name)]
    assert [row[1:] for row in rows((glyphs, []))] == [
        ["自然人", "商业企业", "科研机构", "总计"],
        *3 * [["", "", "", ""]],
    ]
    assert [row[0] for row in rows((glyphs, []))][1:] == ["".join(names[k : k + 2]) for k in (0, 2, 4)]
