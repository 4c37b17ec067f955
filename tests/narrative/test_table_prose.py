"""Sentences above and below the tables are read; notes on the tables and their labels are none."""

from __future__ import annotations

import pytest

from extract.narrative.table_prose import cut_table_prose, find_table_prose
from extract.records import RawCell, Row
from tests.narrative.builders import codes_of, make_cells, make_lines
from tests.narrative.test_reading import read

TOLD = "2024年，因政府信息公开引起的行政复议3件，其中维持2件、纠正1件。"
BROKEN = "2024年，因政府信息公开引起的行政复议共3件，其中维持2件、\n纠正1件；未发生行政诉讼。"


@pytest.mark.parametrize("text", [TOLD, f"行政复议\n{TOLD}\n结果维持", f"{TOLD}\n尚未审结"])
def test_a_sentence_beside_a_table_is_one_of_its_section(text: str) -> None:
    assert read(section1="发布信息5条。", section4=text) == [(1, "发布信息5条。"), (4, TOLD)]


def test_a_sentence_that_the_page_broke_is_one() -> None:
    assert read(section4=BROKEN) == [(4, BROKEN.replace("\n", ""))]


@pytest.mark.parametrize(
    "text",
    [
        "注：本表数据截至2024年12月31日，共2件未结。",
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和。）",
        "说明：3件为上年结转。",
        "具体情况如下。",
        "四、结转下年度继续办理 3 1 0 0 0 0 4",
        "（续表，单位：件。）",
        "第5页 共9页。",
        "1.属于国家秘密。\n2.其他法律行政法规禁止公开。",
        "三、本年度办理结果\n（一）予以公开\n12\n0\n（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    ],
)
def test_notes_and_labels_are_no_sentences(text: str) -> None:
    assert read(section3=text) == []


def test_a_row_of_the_table_begins_no_sentence() -> None:
    assert read(section3="四、结转下年度继续办理 3 1 0 0 0 0 4\n全年办结43件，结转4件。") == [
        (3, "全年办结43件，结转4件。")
    ]


def test_the_table_is_read_without_its_sentences() -> None:
    row = Row((RawCell("结果维持"), RawCell("2")), 1, 1, 3)
    above, below = make_lines(BROKEN), make_lines("尚未审结\n0")
    assert cut_table_prose((*above, row, *below)) == (row, *below)
    assert find_table_prose((*above, row, *below)) == above


def test_what_stands_beside_a_table_is_held_against_it() -> None:
    cells = make_cells({"challenges.reconsideration.total": 4, "challenges.reconsideration.upheld": 2})
    assert codes_of("因政府信息公开引起的行政复议3件，其中维持2件。", cells=cells) == ["T001"]
