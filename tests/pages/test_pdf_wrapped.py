"""Numbers that a narrow column broke over two lines, and tables of which only the columns are ruled."""

from __future__ import annotations

import pytest

from extract.pages.pdf.drawing import Edge, Glyph
from tests.pages.test_pdf_columns import HEADS, print_row, rows
from tests.pages.test_pdf_layout import frame, print_text

NAMES = ("1.属于国家秘密", "2.重复申请", "3.其他")
XS = (200.0, 260.0, 320.0, 380.0)


def narrow(*values: tuple[str, ...], step: float = 26) -> list[Glyph]:
    """A table without rules; of a number with a line break the second line stands below the first."""
    glyphs = [*print_row(60, "申请人", (*HEADS[:3], "")), *print_text(380, 50, "总"), *print_text(380, 60, "计")]
    for k, row in enumerate(values):
        y = 90 + step * k
        glyphs += print_text(50, y, NAMES[k])
        for x, text in zip(XS, row, strict=True):
            for line, part in enumerate(text.split("\n")):
                glyphs += print_text(x, y + 12 * line, part)
    return glyphs


def test_the_rest_of_a_number_below_its_row_goes_back_to_it() -> None:
    read = rows((narrow(("120", "9", "0", "12\n9"), ("1", "0", "2", "3"), ("30", "5", "0", "35")), []))
    assert [row[-4:] for row in read[-3:]] == [["120", "9", "0", "129"], ["1", "0", "2", "3"], ["30", "5", "0", "35"]]


def test_a_number_may_be_broken_behind_its_first_digit() -> None:
    glyphs = [*print_row(60, "申请人", ("自", "企", "其", "")), *print_row(90, NAMES[0], ("4", "1", "0", "5"))]
    glyphs += [*print_row(116, NAMES[1], ("9", "1", "0", "1")), *print_text(380, 128, "0")]
    assert [row[-4:] for row in rows((glyphs, []))[-2:]] == [["4", "1", "0", "5"], ["9", "1", "0", "10"]]


def test_the_beginnings_of_numbers_above_their_row_go_down_to_it() -> None:
    glyphs = [*narrow(("1", "0", "2", "3"), ("120", "9", "0", "9")), *print_text(380, 104, "12")]
    assert rows((glyphs, []))[-1][-4:] == ["120", "9", "0", "129"]


def test_a_number_below_another_is_none_of_its_digits_where_the_column_had_room() -> None:
    read = rows((narrow(("120", "9", "0", "12\n9"), ("1", "0", "2", "123")), []))
    assert [row[-1] for row in read[-2:]] == ["12…", "123…"]


def test_digits_nearer_to_the_row_above_are_no_beginning_of_a_number_below() -> None:
    glyphs = [*narrow(("1", "0", "2", "3"), ("120", "9", "0", "")), *print_text(380, 122, "12")]
    glyphs += [*print_text(50, 134, NAMES[2]), *(g for x in XS for g in print_text(x, 134, "0"))]
    assert "120" not in [row[-1] for row in rows((glyphs, []))]


def test_rows_as_close_as_the_lines_of_a_number_are_rows() -> None:
    values = (("12", "", "", "12"), ("3", "", "", "3"), ("7", "1", "0", "8"))
    assert [row[-1] for row in rows((narrow(*values, step=13), []))[-3:]] == ["12", "3", "8"]


@pytest.mark.parametrize(("total", "read"), [("35\n47", "3547"), ("35\n4", "354")])
def test_a_number_on_two_lines_of_a_ruled_cell_is_one_where_its_column_has_no_room(total: str, read: str) -> None:
    table = [("0", "35"), ("12", "12"), ("9", total)]
    glyphs: list[Glyph] = []
    edges: list[Edge] = []
    for k, (label, row) in enumerate(zip(NAMES, table, strict=True)):
        y = 100 + 30 * k
        for x0, x1, text in ((40, 160, label), (160, 200, row[0]), (200, 216, row[1])):
            edges += frame(x0, y, x1, y + 30)
            for line, part in enumerate(text.split("\n")):
                glyphs += print_text(x0 + 3, y + 4 + 12 * line, part)
    assert rows((glyphs, edges))[-1][-1] == read


def test_rows_that_no_rule_parts_are_rows_although_columns_are_ruled() -> None:
    edges = [Edge(True, y, 40, 420) for y in (80, 190)] + [
        Edge(False, x, 80, 190) for x in (40, 190, 250, 310, 370, 420)
    ]
    glyphs = [*print_row(90, "申请人", HEADS)]
    for k, (name, row) in enumerate(
        zip(NAMES, (("4", "0", "1", "5"), ("", "2", "", "2"), ("6", "", "3", "9")), strict=True)
    ):
        glyphs += print_row(120 + 20 * k, name, row)
    assert [row[-4:] for row in rows((glyphs, edges))[-3:]] == [
        ["4", "0", "1", "5"],
        ["", "2", "", "2"],
        ["6", "", "3", "9"],
    ]


def test_the_first_head_of_a_table_without_a_head_over_its_labels_names_its_column() -> None:
    glyphs = [*print_row(100, "", HEADS), *print_row(120, NAMES[0], ("3", "0", "", "3"))]
    glyphs += print_row(140, NAMES[1], ("1", "", "", "1"))
    assert [row[-4:] for row in rows((glyphs, []))[-2:]] == [["3", "0", "", "3"], ["1", "", "", "1"]]


def test_a_number_on_three_lines_is_one() -> None:
    read = rows((narrow(("1", "9", "0", "12\n34\n5"), ("1", "0", "2", "3"), ("30", "5", "0", "35"), step=40), []))
    assert [row[-4:] for row in read[-3:]] == [["1", "9", "0", "12345"], ["1", "0", "2", "3"], ["30", "5", "0", "35"]]


def test_numbers_of_two_and_of_three_lines_are_set_about_the_middle_of_their_row() -> None:
    glyphs = narrow(("1", "0", "2", "3"), ("1", "9", "0", "34"), ("5", "0", "0", "5"), step=40)
    for x, y, text in ((380, 118, "12"), (380, 142, "5"), (320, 124, "67"), (320, 136, "8")):
        glyphs += print_text(x, y, text)
    glyphs = [glyph for glyph in glyphs if (glyph.box[0], glyph.text) != (320, "0") or not 125 < glyph.box[1] < 135]
    assert [row[-4:] for row in rows((glyphs, []))[-3:]] == [
        ["1", "0", "2", "3"],
        ["1", "9", "678", "12345"],
        [*"5005"],
    ]


def test_lines_of_numbers_of_which_each_row_sets_some_high_and_some_low_are_in_doubt() -> None:
    glyphs = narrow(("1", "0", "2", "3"), ("45", "9", "0", "12\n9"), ("5", "0", "0", "5"), step=40)
    glyphs += print_text(200, 118, "23")
    assert [row[-4::3] for row in rows((glyphs, []))[-3:]][1] == ["45…", "12…"]


def test_digits_that_touch_their_label_go_on_below_it() -> None:
    glyphs = [*print_row(60, "申请人", ("自", "企", "其", "")), *print_row(90, NAMES[0], ("4", "1", "0", "5"))]
    glyphs += [*print_row(116, "", ("30", "1", "0", "307")), *print_text(150, 116, "2.重复申请")]
    glyphs += [*print_text(200, 128, "6"), *print_row(152, NAMES[2], ("4", "1", "0", "5"))]
    assert [row[-4:] for row in rows((glyphs, []))[-2:]] == [["306", "1", "0", "307"], ["4", "1", "0", "5"]]


def test_digits_beside_which_no_label_stands_are_in_doubt_where_rows_are_as_close_as_they() -> None:
    glyphs = narrow(("12", "", "", "12"), ("3", "", "", "3"), ("7", "1", "0", "8"), step=24)
    glyphs += print_text(380, 102, "4")
    assert [row[-1] for row in rows((glyphs, []))[-3:]] == ["12…", "3…", "8"]


def test_digits_close_below_a_row_are_no_page_number() -> None:
    glyphs = [*print_row(700, NAMES[0], ("4", "1", "0", "15")), *print_row(740, NAMES[1], ("9", "1", "0", "10"))]
    assert rows(([*glyphs, *print_text(380, 752, "0")], []))[-1][-4:] == ["9", "1", "0", "100"]


def test_a_row_beside_the_last_line_of_its_label_takes_the_digits_beside_the_first() -> None:
    glyphs = narrow(("1", "0", "2", "3"), ("1", "0", "2", "3"), ("", "", "", "12"))
    glyphs += [*print_row(154, "", ("30", "5", "0", "9")), *print_text(50, 154, "处理申请")]
    assert rows((glyphs, []))[-1][-4:] == ["30", "5", "0", "129"]


def test_a_number_whose_last_line_is_full_may_go_on_on_the_next_page() -> None:
    glyphs = narrow(("120", "9", "0", "129"), ("30", "5", "0", "35"), ("1", "0", "2", "12\n34"))
    assert rows((glyphs, []))[-1][-4:-1] == ["1", "0", "2"]
    assert rows((glyphs, []))[-1][-1] != "1234"


def test_rests_as_near_as_rows_are_leave_the_numbers_above_them_in_doubt() -> None:
    glyphs = [*print_row(60, "申请人", (*HEADS[:3], "总计")), *print_row(80, NAMES[0], ("120", "9", "0", "129"))]
    glyphs += [
        *print_row(93, "2.其他法律行政法规禁止公", ("300", "0", "0", "300")),
        *print_row(106, "开", ("", "", "", "8")),
    ]
    glyphs += print_row(119, NAMES[2], ("1", "0", "0", "1"))
    assert [row[-4:] for row in rows((glyphs, [])) if row[0].startswith("2.")] == [["300", "0", "0", "300…"]]


def test_a_row_with_a_digit_glued_to_its_name_is_no_rest_of_the_row_above() -> None:
    glyphs = [*print_row(60, "申请人", (*HEADS[:3], "总计")), *print_row(80, "规章", ("2", "3", "1", "6"))]
    glyphs += [*print_text(50, 92, "行政规范性文件1"), *print_row(92, "", ("", "1", "0", "2"))]
    assert rows((glyphs, []))[1][-4:] == ["2", "3", "1", "6"]


def test_a_blank_is_in_doubt_where_its_value_stands_on_the_other_line_of_the_label() -> None:
    glyphs = [*print_row(60, "申请人", (*HEADS[:3], "总计")), *print_row(80, NAMES[0], ("1", "2", "3", "6"))]
    glyphs += [
        *print_row(110, "2.其他法律行政法规", ("", "", "", "234")),
        *print_row(126, "禁止公开", ("0", "7", "1", "56")),
    ]
    (row,) = (row for row in rows((glyphs, [])) if row[0].startswith("2."))
    assert all(cell and cell.strip("0123456789") for cell in row[-4:])


def test_a_blank_beside_two_numbers_in_one_cell_is_in_doubt() -> None:
    glyphs = [*print_row(60, "申请人", (*HEADS[:3], "总计")), *print_row(80, NAMES[0], ("120", "", "0", "120"))]
    glyphs += [*print_row(106, NAMES[1], ("118", "", "2", "120")), *print_text(220, 106, "2")]
    assert rows((glyphs, []))[-1][-3] != ""
