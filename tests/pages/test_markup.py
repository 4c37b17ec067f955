"""What recognisers of pages leave of HTML and LaTeX in their markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.pages.kind import Kind, tell_kind
from extract.pages.markup import read_formulas, strip_markup
from extract.pages.text import text_to_pages
from extract.records import Line, Row

PAGE = """<div style="text-align: center;">临桥县统计局2023年政府信息公开工作年度报告</div>

<div style="text-align: center;"><img src="imgs/1.jpg" alt="Image" width="30%" /></div>

<!-- PageNumber="- 1 -" -->

## 一、总体情况

全年收到<u>5</u>件申请，占$3 3 . 9 \\%$。&nbsp;

<div>附图</div>

## 二、主动公开政府信息情况

<table border=1><tr><td>规章</td><td>0</td><td>0</td><td>12</td></tr></table>

## 三、收到和处理政府信息公开申请情况
"""


def test_markdown_with_elements_in_it_is_text() -> None:
    assert tell_kind(PAGE.encode(), file="a.md") is Kind.TEXT


def test_a_part_of_a_web_page_stays_one() -> None:
    paragraphs = ("一、总体情况", "全年收到申请五件，均已办结。", "二、主动公开政府信息情况")
    for around in ("<p>{}</p>", "{}<p></p>"):
        blocks = "\n\n".join(["<div>", *(around.format(text * 9) for text in paragraphs), "</div>"])
        assert tell_kind(blocks.encode(), file="a.htm") is Kind.HTML


def test_lines_and_tables_are_read_without_the_markup_around_them() -> None:
    (page,) = text_to_pages(PAGE)
    assert [item.text for item in page.items if isinstance(item, Line)] == [
        "临桥县统计局2023年政府信息公开工作年度报告",
        "## 一、总体情况",
        "全年收到5件申请，占33.9%。",
        "附图",
        "## 二、主动公开政府信息情况",
        "## 三、收到和处理政府信息公开申请情况",
    ]
    (row,) = [item for item in page.items if isinstance(item, Row)]
    assert [cell.text for cell in row.cells] == ["规章", "0", "0", "12"]
    assert row.number == PAGE[: PAGE.index("<table")].count("\n") + 1


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("占$95.5\\%$，", "占95.5%，"),
        ("共$1 2 3$件", "共123件"),
        ("共\\(1{,}200\\)条", "共1,200条"),
        ("公开率$\\geq 95\\%$", "公开率≥95%"),
        ("共$5 \\mathrm{件}$", "共5件"),
        ("收费$x_1$元", "收费$x_1$元"),
        ("共$5件，$其中", "共$5件，$其中"),
        ("美元$100", "美元$100"),
        ("公开率$\\geq95\\%$", "公开率≥95%"),
        ("| 文件 | $12$ | $4 33 6$ | $0 0 0 0$ |", "| 文件 | 12 | $4 33 6$ | $0 0 0 0$ |"),
        ("共$5~8$件", "共$5~8$件"),
        ("共$44 57$件", "共$44 57$件"),
        ("$12$3$", "$12$3$"),
    ],
)
def test_a_formula_that_is_a_number_is_read_as_one(written: str, read: str) -> None:
    assert read_formulas(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("![](images/3.jpg)共<b>5</b>件", "共5件"),
        ("见[政府网站](https://example.org/a?b=1)", "见政府网站"),
        ("《条例》[第711号](以下称条例)", "《条例》[第711号](以下称条例)"),
        ("信息<sup>[1]</sup>22条", "信息22条"),
        ("| <sup>5</sup> | 申请<sup>81</sup>件", "| <sup>5</sup> | 申请<sup>81</sup>件"),
        ("| <p>5</p><p>8</p> |", "| <p>5</p><p>8</p> |"),
        ("<div><p>申请84</p><p>2件为线上</p></div>", "申请84</p><p>2件为线上"),
        ("<span>5</span><span>8</span>件", "5</span><span>8件"),
        ('申请<span style="display:none">9</span>137件', "申请137件"),
        ("a &lt; b &amp; c&#x3000;&#10;&#124;", "a < b & c\u3000&#10;&#124;"),
        ("```markdown", ""),
        ("{3}------------------------------------------------", ""),
        ("<br>5<br>6<del>7</del>", "<br>5<br>6<del>7</del>"),
        ("增幅<5%且>3%", "增幅<5%且>3%"),
    ],
)
def test_markup_goes_and_words_stay(written: str, read: str) -> None:
    assert strip_markup(written) == read


@given(st.text(alphabet="<>/divbr&;#x0-!`[]()$\\{} \n5件", max_size=200))
def test_lines_keep_their_numbers(text: str) -> None:
    assert strip_markup(read_formulas(text)).count("\n") == text.count("\n")
