"""Bytes and text → pages of lines and rows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.celltext import CLEAN, parse_cell
from extract.errors import SourceError, UnreadableError, UnsupportedError
from extract.pages import read_document
from extract.pages.decode import decode_text
from extract.pages.text import text_to_pages
from extract.records import Line, Row
from extract.settings import load_settings

REPORT = "临桥县统计局2023年政府信息公开工作年度报告\r\n一、总体情况\r\n规章\t0\t0\t0\r\n"


def cells(text: str) -> list[list[str]]:
    return [
        [cell.text for cell in item.cells]
        for page in text_to_pages(text)
        for item in page.items
        if isinstance(item, Row)
    ]


def printed(text: str) -> list[str]:
    """The lines that are no rows."""
    return [item.text for page in text_to_pages(text) for item in page.items if isinstance(item, Line)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_usual_encoding_gives_the_same_text(encoding: str) -> None:
    assert decode_text(REPORT.encode(encoding), file="a.txt").lstrip("\ufeff") == REPORT


def test_a_few_broken_bytes_do_not_lose_the_file() -> None:
    text = REPORT * 20
    damaged = text.encode().replace("统".encode(), b"\xe7\xbb", 1)
    assert decode_text(damaged, file="a.txt").count("临桥县") == 20


def test_the_mark_that_libreoffice_writes_for_a_content_control_makes_no_binary_file() -> None:
    assert decode_text("规章\t0\x01\t12\x01\n".encode() * 20, file="a.txt") == "规章\t0\t12\n" * 20


@pytest.mark.parametrize("content", [b"%PDF-1.7 ...", b"PK\x03\x04rest", bytes(range(256)) * 8])
def test_binary_content_is_refused_by_name(content: bytes) -> None:
    with pytest.raises(UnsupportedError, match=r"a\.bin"):
        decode_text(content, file="a.bin")


def test_a_picture_with_a_damaged_head_is_called_broken() -> None:
    with pytest.raises(UnreadableError, match="broken"):
        decode_text(b"\x89PNG", file="a.png")


@pytest.mark.parametrize(
    ("name", "remedy"), [("a.pdf", "download or export it again"), ("a.bin", "export the report as")]
)
def test_binary_content_without_a_kind_is_to_be_had_again_where_its_name_promises_one(name: str, remedy: str) -> None:
    with pytest.raises(UnsupportedError, match=remedy):
        decode_text(bytes(range(256)) * 8, file=name)


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_an_error_of_our_own(content: bytes) -> None:
    message = "a: "
    try:
        text_to_pages(decode_text(content, file="a"))
    except SourceError as error:
        message = str(error)
    assert message.startswith("a: ")


def test_an_empty_file_and_a_missing_one_are_named(tmp_path) -> None:  # type: ignore[no-untyped-def]
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"\xef\xbb\xbf \n")
    for path, cause in ((empty, "empty"), (tmp_path / "none.txt", "no such file"), (tmp_path, "a folder")):
        with pytest.raises(UnreadableError, match=cause):
            read_document(path, settings=load_settings())


def test_pipes_tabs_and_runs_of_blanks_are_rows() -> None:
    assert cells("| 规章 | 0 | 3 |\n|---|---|---|") == [["规章", "0", "3"]]
    assert cells("规章\t0\t\t3") == [["规章", "0", "", "3"]]
    assert cells("规章　　　0   3   12") == [["规章", "0", "3", "12"]]
    assert cells("规章      0 3 12") == [["规章", "0", "3", "12"]]


def test_prose_with_wide_blanks_is_no_row() -> None:
    assert cells("　　2023年，本局坚持公开为常态。  全年共收到申请3件。") == []


def test_page_marks_go_and_form_feeds_turn_the_page() -> None:
    pages = text_to_pages("第一段\n- 3 -\n－4－\n第 4 页 共 9 页\n\f第二段")
    assert [[item.text for item in page.items if isinstance(item, Line)] for page in pages] == [["第一段"], ["第二段"]]
    assert pages[1].number == 2


def test_bare_numbers_between_empty_lines_count_the_pages_where_all_do() -> None:
    body = "\n".join("甲乙丙丁戊己")
    pages = [f"{body}\n\n{number}\n" for number in (2, 3, 4)]
    assert printed("\n".join(pages)) == [*"甲乙丙丁戊己" * 3]
    assert printed("\n".join([*pages, f"{body}\n\n3\n"])).count("3") == 2  # one of them may be a value
    assert "2" in printed("\n".join(pages[:2]))
    assert "3" in printed("\n\n".join("甲1乙2丙3丁"))


def test_a_head_that_stands_on_every_page_goes() -> None:
    head = "临桥县2023年政府信息公开工作年度报告"
    body = "\n".join("甲乙丙丁戊己庚辛")
    items = [item for page in text_to_pages(f"{body}\n{head}\n{body}\n{head}\n{body}\n{head}") for item in page.items]
    assert [item.text for item in items if isinstance(item, Line)] == list("甲乙丙丁戊己庚辛" * 3)


def test_a_title_that_stands_on_every_page_again_is_kept_once() -> None:
    head = "临桥县2023年政府信息公开工作年度报告"
    items = [item for page in text_to_pages(f"{head}\n甲\n{head}\n乙\n{head}\n丙") for item in page.items]
    assert [item.text for item in items if isinstance(item, Line)] == [head, "甲", "乙", "丙"]


def test_the_title_beside_a_page_mark_is_a_running_head_even_where_it_stands_once() -> None:
    head = "临桥县2023年政府信息公开工作年度报告"
    items = [item for page in text_to_pages(f"{head}\n甲\n- 1 -\n{head}\n乙") for item in page.items]
    assert [item.text for item in items if isinstance(item, Line)] == [head, "甲", "乙"]


@pytest.mark.parametrize("mark", ["- 1 -", "1"])
def test_a_title_on_two_lines_is_a_running_head_where_it_stands_on_one_beside_a_page_mark(mark: str) -> None:
    text = f"临桥县民政局\n2023年政府信息公开工作年度报告\n甲\n{mark}\n临桥县民政局2023年政府信息公开工作年度报告\n乙"
    items = [item for page in text_to_pages(text) for item in page.items if isinstance(item, Line)]
    assert [item.text for item in items if item.text != mark] == [*text.split("\n")[:3], "乙"]


def test_a_table_goes_on_over_blank_lines_and_page_marks() -> None:
    rows = [
        item for item in text_to_pages("规章\t0\n\n- 2 -\n许可\t1\n正文\n罚款\t2")[0].items if isinstance(item, Row)
    ]
    assert [row.table for row in rows] == [1, 1, 2]


def test_a_row_of_dashes_is_no_drawn_rule() -> None:
    assert cells("重复申请\n--  --  --\n----  ----  ----\n总计\n") == [["--", "--", "--"]]


def test_rows_that_a_converter_put_on_one_line_are_rows_again() -> None:
    assert cells("| 规章  0  1  66 | | | | 行政规范性文件 0 **40** 22 | | 信息内容  本年废止件数 |") == [
        ["规章", "0", "1", "66"],
        ["行政规范性文件", "0", "**40**", "22"],
        ["信息内容", "本年废止件数"],
    ]


def test_tables_inside_the_cells_of_a_line_leave_their_values() -> None:
    nested = "|  | | --- | | {} | "
    assert cells("| 行政许可 | " + nested.format(16) + nested.format(0) + "|") == [["行政许可"], ["16"], ["0"]]
    assert cells("| 行政许可 | " + nested.format(16) + "| 行政处罚 | |") == [["行政许可"], ["16"], ["行政处罚"]]


def test_long_dashes_in_the_place_of_values_stay() -> None:
    assert cells("| 规章 | --- | --- | --- |") == [["规章", "---", "---", "---"]]
    assert cells("| 规章 | 3 | | --- | ") == [["规章", "3", "", "---"]]


COMMAS = [
    "信息内容,本年制发件数,本年废止件数,现行有效件数",
    *(f"{name},0,-,{k}" for k, name in enumerate("甲乙丙丁戊己庚辛")),
]


def test_tables_between_commas_are_tables_where_there_are_many_such_rows() -> None:
    prose = "本局,未收到申请,全年如此。"
    table = [line.split(",") for line in COMMAS]
    assert cells("\n".join([*COMMAS, ",,1.其他,0,0,,0,0,0,1", '"规,章",1,2,3', prose])) == [
        *table,
        ["", "", "1.其他", "0", "0", "", "0", "0", "0", "1"],
        ["规,章", "1", "2", "3"],
    ]
    assert cells("\n".join([*COMMAS[:3], prose])) == []
    for own in (",0,0,76", "0,0,76,"):  # without its label
        assert cells("\n".join([*COMMAS, own]))[-1] == own.split(",")


@pytest.mark.parametrize("value", ["0 0", "144 626", "5 [1]", "3（注1）", "2*", "7²"])
def test_a_cell_between_commas_may_hold_a_blank_or_the_mark_of_a_note(value: str) -> None:
    assert cells("\n".join([*COMMAS, f"1.其他,0,{value},1"]))[-1] == ["1.其他", "0", value, "1"]
    assert cells("\n".join([*COMMAS[:3], f"1.其他,0,{value},1"])) == []


def test_a_value_that_stands_once_for_each_column_of_its_merged_cell_is_one_value() -> None:
    head = "| 信息内容 | 本年处理决定数量 | 本年处理决定数量 | 本年处理决定数量 |"
    merged = cells(f"{head}\n| 行政许可 | 12 | 12 | 12 |\n| 行政处罚 | 1 | 2 | 1 |")
    assert merged[1:] == [["行政许可", "12"], ["行政处罚", "1", "2", "1"]]
    assert cells(f"{head}\n三、收到和处理\n| 本年新收 | 0 | 0 | 0 |")[1] == ["本年新收", "0", "0", "0"]
    assert cells(f"{head}\n| 本年新收 | 0 | 0 | 0 | 0 |")[1] == ["本年新收", "0", "0", "0", "0"]
    assert cells("| 信息内容 | 本年制发件数 | 本年废止件数 |\n| 规章 | 1 | 1 |")[1] == ["规章", "1", "1"]


def test_a_first_row_that_counts_the_columns_is_none() -> None:
    assert cells("| 0 | 1 | 2 | 3 |\n| --- | --- | --- | --- |\n| 规章 | 0 | 1 | 2 |") == [["规章", "0", "1", "2"]]


def test_a_line_that_markdown_emphasises_is_its_words_and_gaps_to_fill_in_stay() -> None:
    (page,) = text_to_pages("__一、总体情况__\n2023年__月__日\n__年__月__日__")
    assert [item.text for item in page.items if isinstance(item, Line)] == [
        "一、总体情况",
        "2023年__月__日",
        "__年__月__日__",
    ]


def test_a_dash_that_markdown_escapes_is_a_dash() -> None:
    assert cells("| 规章 | \\- | \\+3 | 1\\.5 |") == [["规章", "-", "+3", "1.5"]]


def test_the_attributes_that_pandoc_writes_are_no_words_of_the_report() -> None:
    title = '::: {#main}\n# 云岭县水务局2024年报告 {#云岭县水务局2024年报告 style="text-align:center"}\n:::\n'
    assert [item.text for item in text_to_pages(title)[0].items if isinstance(item, Line)] == [
        "# 云岭县水务局2024年报告"
    ]
    assert cells('| 规章 | [12]{lang="EN-US"} | [0]{.underline} |') == [["规章", "12", "0"]]


def test_single_dashes_are_a_rule_below_the_heads_and_a_row_further_down() -> None:
    assert cells("|维持|纠正|\n|-|-|\n|0|1|\n|-|-|") == [["维持", "纠正"], ["0", "1"], ["-", "-"]]


def test_the_lines_of_a_lone_cell_are_lines() -> None:
    (page,) = text_to_pages("|2.重复申请 0 0 0<br>3.要求提供公开出版物 1 0 1|||")
    lines = [item.text for item in page.items if isinstance(item, Line)]
    assert lines == ["2.重复申请 0 0 0", "3.要求提供公开出版物 1 0 1"]


def test_a_broken_label_before_empty_cells_is_a_row_s() -> None:
    assert cells("|（二）部分公开（不计其<br>他情形）||||") == [["（二）部分公开（不计其他情形）", "", "", ""]]


def test_two_numbers_one_below_the_other_in_a_cell_are_not_one() -> None:
    (row,) = cells("| 行政处罚 | 5<br>8 | 1<br/>2 | 9<br> |")
    assert [parse_cell(cell).quality < CLEAN for cell in row[1:]] == [True, True, False]
