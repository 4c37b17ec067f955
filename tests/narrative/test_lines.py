"""Printed lines become the paragraphs that were written."""

from __future__ import annotations

from extract.narrative.lines import clean_items, find_paragraphs, find_running_heads
from extract.records import RawCell, Row
from tests.narrative.builders import make_lines


def paragraphs(text: str) -> list[str]:
    return [paragraph.text for paragraph in find_paragraphs(clean_items(make_lines(text)))]


def test_a_paragraph_on_one_line_stays_one() -> None:
    assert paragraphs("本局共收到申请3件。\n全部办结。") == ["本局共收到申请3件。", "全部办结。"]


def test_a_line_cut_by_a_page_break_is_joined() -> None:
    text = "全年共收到政府信息公开申请12件，其\n\n- 3 -\n\n中9件予以公开。"
    assert paragraphs(text) == ["全年共收到政府信息公开申请12件，其中9件予以公开。"]


def test_a_heading_on_its_own_line_is_no_paragraph_but_the_topic() -> None:
    found = find_paragraphs(clean_items(make_lines("（二）依申请公开情况\n本年度收到申请3件。")))
    assert [(paragraph.text, paragraph.topic) for paragraph in found] == [
        ("本年度收到申请3件。", "（二）依申请公开情况")
    ]


def test_a_run_in_head_stays_with_its_paragraph() -> None:
    text = "（一）平台建设情况：县水务局依托政府网站公开\n\n信息，全年运行平稳。"
    assert paragraphs(text) == ["（一）平台建设情况：县水务局依托政府网站公开信息，全年运行平稳。"]


def test_lines_broken_by_the_width_of_the_page_are_joined() -> None:
    text = (
        "县水利局全年围绕河湖治理和农村饮水安全主动公开信息，方便\n"
        "群众查询办事，全年共收到政府信息公开申请 12 件，其中予以\n"
        "公开 9 件，不予公开 1 件，其余两件结转到下一年度继续办理答\n"
        "复，没有发生因政府信息公开引起的行政复议和行政诉讼，也没有\n"
        "收取费用。\n"
        "（一）主要问题\n"
        "公开还不够及时。\n"
    )
    assert paragraphs(text)[1:] == ["公开还不够及时。"]
    assert paragraphs(text)[0].count("\n") == 0
    assert "12 件，其中予以公开 9 件" in paragraphs(text)[0]


def test_an_enumeration_begins_a_paragraph_of_its_own() -> None:
    assert paragraphs("存在以下不足：\n- 一、更新不够及时。\n- 二、解读较少。") == [
        "存在以下不足：",
        "一、更新不够及时。",
        "二、解读较少。",
    ]


def test_markdown_marks_are_dropped() -> None:
    assert paragraphs("## 一、总体情况\n**本局**收到申请3件。") == ["本局收到申请3件。"]


def test_page_marks_of_many_styles_are_dropped() -> None:
    assert paragraphs("第 3 页\n— 4 —\n5\n第3页 共8页\n6/8\n本局收到申请3件。") == ["本局收到申请3件。"]


def test_a_repeated_running_head_is_found_and_dropped() -> None:
    items = make_lines("青岚县水利局\n收到申请3件，其\n青岚县水利局\n中2件予以公开。")
    heads = find_running_heads(clean_items(items))
    assert [paragraph.text for paragraph in find_paragraphs(clean_items(items), running_heads=heads)] == [
        "收到申请3件，其中2件予以公开。"
    ]


def test_a_row_is_read_as_its_text_and_a_row_of_figures_is_dropped() -> None:
    rows = (
        Row((RawCell("一是加强"), RawCell("学习。")), 1, 1, 1),
        Row((RawCell("0"), RawCell("3"), RawCell("")), 1, 1, 2),
    )
    assert [paragraph.text for paragraph in find_paragraphs(clean_items(rows))] == ["一是加强学习。"]


def test_marks_and_escapes_of_markdown_are_no_words() -> None:
    (paragraph,) = find_paragraphs(clean_items(make_lines("__满意度为99\\.7%。__")))
    assert paragraph.text == "满意度为99.7%。"


def test_a_numbered_line_as_wide_as_the_page_is_no_heading_even_in_a_short_section() -> None:
    text = "（一）拓宽群众参与渠道，开展意见征集和满\n意度调查，倾听民声。"
    (paragraph,) = find_paragraphs(clean_items(make_lines(text)), page_width=23)
    assert paragraph.text.startswith("（一）拓宽")
    assert [paragraph.text for paragraph in find_paragraphs(clean_items(make_lines(text)))] == ["意度调查，倾听民声。"]


def test_a_number_that_the_width_broke_off_is_none_of_a_page() -> None:
    broken = "全年发布信息 90 条、图解 \n 16 \n件、视频 5 件。"
    assert paragraphs(broken) == ["全年发布信息 90 条、图解16件、视频 5 件。"]
    assert paragraphs("全年发布信息 90 条。\n16\n件件申请都有登记。") == ["全年发布信息 90 条。", "件件申请都有登记。"]


def test_a_first_line_of_numbers_that_the_width_broke_is_no_heading() -> None:
    dated = "本报告所列数据的统计期限为2023年1月1日至12\n月31日。"
    assert [own.text for own in find_paragraphs(clean_items(make_lines(dated)), page_width=27)] == [
        dated.replace("\n", "")
    ]
    filled = "渔港镇将2023年全镇政府信息公开工作情况\n公布于下。"
    assert [own.text for own in find_paragraphs(clean_items(make_lines(filled)), page_width=30)] == [
        filled.replace("\n", "")
    ]


def test_headings_as_long_as_one_another_are_no_lines_that_the_page_broke() -> None:
    heads = ("（一）主动公开", "（二）答复申请", "（三）管理信息", "（四）建设平台")
    told = "全年更新信息120条，其中政策解读类信息31条，回应来信9件。"
    assert paragraphs("\n".join(f"{head}\n{told}" for head in heads)) == [told] * len(heads)


def test_a_numbered_line_without_a_full_stop_above_a_longer_one_is_a_heading() -> None:
    told = "镇里收到申请4件，都在期限以内答复，没有结转到下一年的。"
    assert paragraphs(f"一是规范答复\n{told}\nB.管好平台\n{told}") == [told, told]
    assert paragraphs("一是栏目更新不快\n二是解读不多") == ["一是栏目更新不快", "二是解读不多"]
