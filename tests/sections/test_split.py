"""Items → six sections, by headings and, where those fail, by content."""

from __future__ import annotations

import pytest

from extract.records import SectionedDocument
from extract.sections import split_sections
from tests.text_builders import FORM, HEAD, document, lines, table_3_rows

TABLE_2 = "\n".join(
    (
        "第二十条第（一）项",
        "信息内容\t本年制发件数\t本年废止件数\t现行有效件数",
        "规章\t0\t0\t0",
        "行政规范性文件\t1\t0\t4",
        "行政许可\t7",
    )
)
TABLE_3 = HEAD + "\n" + lines(table_3_rows({}))
TABLE_4 = (
    "行政复议\t\t\t\t\t行政诉讼\n"
    + "\t".join(["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3)
    + "\n"
    + "\t".join("0" * 15)
)
PROSE_1 = "2023年，本局围绕中心工作推进公开，全年通过门户网站发布各类信息，群众获取信息更加方便。"
PROSE_5 = "一年来仍有不足，政策解读的形式还不够丰富。下一步，将加强培训，改进解读方式。"
PROSE_6 = "本年度未收取信息处理费。"
TITLE = "临桥县水利局2023年政府信息公开工作年度报告"
PARTS = (PROSE_1, TABLE_2, TABLE_3, TABLE_4, PROSE_5, PROSE_6)
NUMERALS = "一二三四五六"


def report(headings: list[str]) -> str:
    return "\n".join([TITLE, *(text for pair in zip(headings, PARTS, strict=True) for text in pair if text)])


def full_headings() -> list[str]:
    return [f"{numeral}、{section.heading}" for numeral, section in zip(NUMERALS, FORM.sections, strict=True)]


def sizes(sectioned: SectionedDocument) -> list[int]:
    return [len(section.items) for section in sectioned.sections]


EXPECTED = sizes(split_sections(document(report(full_headings())), FORM))


def codes(text: str) -> list[str]:
    return [deviation.code for deviation in split_sections(document(text), FORM).deviations]


def test_a_regular_report_has_six_sections_and_no_deviation() -> None:
    assert EXPECTED == [1, 5, 26, 3, 1, 1]
    assert codes(report(full_headings())) == []


@pytest.mark.parametrize("lost", range(1, 6))
def test_a_lost_heading_is_reported_and_its_content_found(lost: int) -> None:
    headings = full_headings()
    headings[lost] = ""
    assert sizes(split_sections(document(report(headings)), FORM)) == EXPECTED
    assert codes(report(headings)) == ["S005"]


def test_tables_are_found_without_any_heading() -> None:
    assert sizes(split_sections(document(report([""] * 6)), FORM))[1:4] == EXPECTED[1:4]


@pytest.mark.parametrize("style", ["# {}、{}", "**{}、{}**", "{} {}", "{}．{}", "　　{}、{}"])
def test_headings_are_found_in_every_style(style: str) -> None:
    headings = [style.format(n, section.heading) for n, section in zip(NUMERALS, FORM.sections, strict=True)]
    assert sizes(split_sections(document(report(headings)), FORM)) == EXPECTED


def test_a_misnumbered_heading_is_reported() -> None:
    headings = full_headings()
    headings[3] = headings[3].replace("四", "三")
    deviations = split_sections(document(report(headings)), FORM).deviations
    assert [(d.code, d.note) for d in deviations] == [("S005", "misnumbered")]


def test_a_missing_section_is_an_error_of_the_report() -> None:
    text = "\n".join(text for k, pair in enumerate(zip(full_headings(), PARTS, strict=True)) if k != 3 for text in pair)
    assert "S001" in codes(TITLE + "\n" + text)


def test_a_sentence_with_a_label_of_a_table_is_no_section() -> None:
    headings = full_headings()
    text = report(headings).replace(f"{headings[1]}\n{TABLE_2}\n", "本年没有收取行政事业性收费。\n")
    sections = split_sections(document(text), FORM)
    assert [deviation.code for deviation in sections.deviations] == ["S001"]
    assert [len(section.items) for section in sections.sections[:2]] == [2, 0]


def test_sections_five_and_six_may_stand_in_the_wrong_order() -> None:
    headings = full_headings()
    swapped = [*zip(headings[:4], PARTS[:4], strict=True), (headings[5], PROSE_6), (headings[4], PROSE_5)]
    text = TITLE + "\n" + "\n".join(text for pair in swapped for text in pair)
    assert sizes(split_sections(document(text), FORM)) == EXPECTED
    assert codes(text) == ["S005"]


def test_a_section_whose_damaged_heading_stands_out_of_order_is_not_said_to_be_missing() -> None:
    headings = full_headings()
    headings[5] = "五、其他霊要报告的事项"
    swapped = [
        *zip(headings[:4], PARTS[:4], strict=True),
        (headings[5], PROSE_6),
        ("六、存在主要问题反改进情况", PROSE_5),
    ]
    found = codes(TITLE + "\n" + "\n".join(text for pair in swapped for text in pair))
    assert "S005" in found
    assert "S001" not in found


def test_a_table_of_contents_is_no_section() -> None:
    contents = "\n".join(full_headings())
    assert sizes(split_sections(document(f"{TITLE}\n{contents}\n" + report(full_headings())), FORM)) == EXPECTED


def test_a_subhead_that_reads_like_a_section_stays_in_its_section() -> None:
    text = report(full_headings()).replace(
        PROSE_1,
        f"{PROSE_1}\n（二）收到和处理政府信息公开申请情况\n全年共收到申请三件，均已按时答复，群众满意。\n{PROSE_1}",
    )
    assert sizes(split_sections(document(text), FORM))[1:] == EXPECTED[1:]


@pytest.mark.parametrize(
    "more",
    [
        "### 一、主动公开政府信息方面\n全年印发简报十二期，内容涉及水库管护。",
        "在村务公开栏公示低保对象68户、公益性岗位二十\n个。全年收取行政事业性收费 6.096\n万元，收费目录清单已公示。",
    ],
    ids=["a sub-head just above the section", "a piece of prose like a label"],
)
def test_what_only_looks_like_table_2_does_not_begin_its_section_before_its_heading(more: str) -> None:
    text = report(full_headings()).replace(PROSE_1, f"{PROSE_1}\n{more}")
    sectioned = split_sections(document(text), FORM)
    assert sizes(sectioned) == [EXPECTED[0] + len(more.splitlines()), *EXPECTED[1:]]


@pytest.mark.parametrize(
    "more",
    [
        "临桥县水利局\n2024年1月20日\n序号\t河道名称\t巡查次数\t责任人数\n1\t东溪\t24\t3\n2\t南港\t52\t4\n3\t柳河\t12\t2",
        "序号\t议案题目\t主办股室\t联名人数\t办复件数\n1\t修缮东溪堤防\t工程股\t6\t1\n2\t清理柳河\t河湖股\t9\t1\n合计\t\t\t15\t2",
    ],
    ids=["a signature and an appendix", "a list of proposals"],
)
def test_what_stands_behind_the_last_section_is_no_table_of_the_form(more: str) -> None:
    text = report(full_headings()) + "\n" + more
    assert codes(text) == []
    assert sizes(split_sections(document(text), FORM)) == [*EXPECTED[:5], EXPECTED[5] + len(more.splitlines())]


def test_rows_of_the_form_behind_the_last_section_go_back_to_their_table() -> None:
    row = "行政许可\t7"
    text = report(full_headings()).replace(f"\n{row}", "") + f"\n行政处罚\t3\t2\t1\n{row}\t0\t0"
    assert sizes(split_sections(document(text), FORM)) == [1, EXPECTED[1] + 1, *EXPECTED[2:]]
    assert codes(text) == ["S005"]
