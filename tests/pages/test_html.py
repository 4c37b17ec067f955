"""Web pages → lines and rows: what a reader of the report sees, and nothing of the site around it."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import extract_report
from extract.celltext import TORN, parse_cell
from extract.errors import NotAReportError, SourceError, UnsupportedError
from extract.pages import read_content
from extract.pages.grid import span_rows
from extract.pages.html import html_to_pages, table_html_to_rows
from extract.pages.text import text_to_pages
from extract.pipeline import extract_content, gather_evidence
from extract.quick import replace
from extract.records import Item, Line, Place, Row, State
from extract.settings import load_settings
from tests.pages.golden import GOLDEN, golden_files, wrong_fields
from tests.pages.statutory import FORM, PROSE, TITLE, VALUES, report_html, request_rows, table_html

SETTINGS = load_settings()
PIECES = [
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "<td rowspan=3>",
    "<p>",
    "</p>",
    "<b>",
    "<ol>",
    "<li>",
    "规章",
    "1",
    "<br>",
]


def items(markup: str) -> tuple[Item, ...]:
    return html_to_pages(markup.encode(), file="a.html", settings=SETTINGS)[0].items


def lines(markup: str) -> list[str]:
    return [item.text for item in items(markup) if isinstance(item, Line)]


def rows(markup: str) -> list[list[str]]:
    found = table_html_to_rows(markup, page=1, number=1, table=1)
    return [[cell.text for cell in item.cells] for item in found if isinstance(item, Row)]


def page(content: str, title: str = "") -> str:
    """A page of a government site: navigation above, a list of other reports beside, the imprint below."""
    menu = "".join(f"<li><a href='/{k}'>{name}</a></li>" for k, name in enumerate(("首页", "政务公开", "互动交流")))
    others = "".join(f"<li><a href='/{k}'>某局20{k}年政府信息公开工作年度报告</a></li>" for k in range(10, 24))
    return f"""<html><head><title>{TITLE}_青山市人民政府</title>
    <script>var a = "<table><tr><td>规章</td></tr>";</script></head>
    <body><div class=top><h2>青山市人民政府</h2><ul>{menu}</ul></div>
    <table><tr><td><ul>{others}</ul></td><td><div>当前位置：<a href=/>首页</a> &gt; 正文</div><div>{title}</div>
    <div>发布时间：2024-01-20 来源：临桥县统计局</div><div id=zoom>{content}</div>
    <div><a href=#>打印</a></div></td></tr></table>
    <div><p>主办单位：青山市人民政府办公室 苏ICP备05012345号</p>
    <p>本网站内容未经授权，不得转载。</p></div></body></html>"""


def fields_of(path: Path) -> dict[str, object]:
    return {key: field.value for key, field in extract_report(path).fields.items()}


# ---------------------------------------------------------------- cells


@pytest.mark.parametrize(
    "markup",
    [
        "<p><span>规</span><span>章</span></p>",
        "\n  <p style='x'><font size=2><b>规章</b></font>\n</p>",
        "&nbsp;规章&nbsp;&#8203;",
        "&#xe5e5;规章",
        "规<br>章",
        "<p>规</p><p>章</p>",
        "规\n        章",
        "<p class=MsoNormal>规章<o:p></o:p></p>",
        "规章<sup><span>①</span></sup>",
        "规<del>定</del>章<span style='display:none'>隐</span><script>x</script>",
        "<s>规</s>规<strike>定</strike><span style='text-decoration: line-through'>则</span>章",
        "<table><tr><td>规章</td></tr></table>",
        "规<i style='visibility:hidden'>定</i>章<i style='font-size:0'>则</i><i style='color:red;opacity: 0'>8</i>",
        "<span style='font-size:0'><span style='font-size:14px'>规章</span></span>",
        "<span style='font-size:0'>定<b>定</b></span>规章<i style='position:absolute;left:-9999px'>8</i>",
        "规章<span style='color:#fff'>定</span><font color=white>定</font><i style='color: rgb(255, 255, 254)'>8</i>",
        "规章<span style='color:#fff'><b>定</b></span><i style='color:transparent'>8</i>",
        "<p style='background:#000'><span style='color:white'>规章</span><i style='color:#000'>8</i></p>",
        "<span style='color:#fff'><b style='color:red'>规章</b></span>",
        "<span style='color:#fff;background:url(a.png)'>规章</span>",
        "<input value=规章><input type=hidden value=9><input value=9 style='display:none'>",
        "<textarea>规章</textarea>",
        "<select><option>规定</option><option selected>规章</option></select>",
        "规章<img src=a.png>",
        "规章<noembed>8</noembed><datalist><option>8</option></datalist><noframes>8</noframes>",
        "规章<span style='font-size: 1px'>8</span><i style='font:.5pt serif'>8</i><b style='font-size:0.1em'>8</b>",
        "规章<button>复制</button><input type=submit value=查询>",
    ],
)
def test_a_cell_reads_as_it_is_seen(markup: str) -> None:
    assert rows(f"<table><tr><td>{markup}</td><td>0</td></tr></table>") == [["规章", "0"]]


def test_numbers_on_two_lines_of_a_cell_are_kept_apart() -> None:
    assert rows("<table><tr><td>12<br>3</td></tr></table>") == [["12\u20283"]]
    assert parse_cell("12\u20283").quality <= TORN < parse_cell("1 234").quality


def test_the_mark_of_a_note_is_no_digit_of_the_number() -> None:
    assert rows("<table><tr><td>12<sup>1</sup></td><td><sup>3</sup></td></tr></table>") == [["12", "\ufffc"]]


@pytest.mark.parametrize(
    "mark",
    [
        '<span style="vertical-align: super;font-size:8pt">1</span>',
        "<sub>1</sub>",
        "<span class=MsoFootnoteReference><span lang=EN-US>[1]</span></span>",
    ],
)
def test_a_mark_of_a_note_may_be_raised_by_its_style(mark: str) -> None:
    assert rows(f"<table><tr><td>12{mark}</td><td>0</td></tr></table>") == [["12", "0"]]


def test_a_number_that_is_raised_as_a_whole_keeps_its_digits() -> None:
    whole = '<span style="vertical-align:super"><font>1</font><font>2</font></span>'
    cell = '<td style="vertical-align:sub"><b>1</b><b>2</b></td>'
    assert rows(f"<table><tr><td>{whole}</td>{cell}</tr></table>") == [["12", "12"]]


def test_the_number_of_a_list_before_a_number_is_not_printed_into_it() -> None:
    assert rows("<table><tr><td><ol><li>12</li></ol></td><td><ol><li>规章</li></ol></td></tr></table>") == [
        ["12", "1.规章"]
    ]


# ---------------------------------------------------------------- spans


def test_a_merged_cell_has_its_text_in_its_first_grid_cell() -> None:
    first = "<tr><td rowspan=2>三</td><td colspan=2>一</td><td>1</td></tr>"
    markup = f"<table>{first}<tr><td>1.</td><td>甲</td><td>2</td></tr></table>"
    assert rows(markup) == [["三", "一", "", "1"], ["", "1.", "甲", "2"]]


def test_columns_in_which_no_cell_begins_are_no_columns() -> None:
    assert rows(
        "<table><tr><td colspan=9>规章</td><td>1</td></tr><tr><td colspan=9>罚款</td><td>2</td></tr></table>"
    ) == [
        ["规章", "1"],
        ["罚款", "2"],
    ]


@pytest.mark.parametrize("wrong", ["2", "3", "4", "0", "99999", " 3x"])
def test_a_wrong_rowspan_moves_no_later_row(wrong: str) -> None:
    lower = "<tr><td>丙</td><td>丁</td><td>3</td><td>4</td></tr>" * 3
    markup = f"<table><tr><td rowspan='{wrong}'>三</td><td>甲</td><td>1</td><td>2</td></tr>"
    markup += "<tr><td>乙</td><td>5</td><td>6</td></tr>"
    assert (
        rows(markup + lower + "</table>")
        == [["三", "甲", "1", "2"], ["", "乙", "5", "6"]] + [["丙", "丁", "3", "4"]] * 3
    )


@given(st.lists(st.lists(st.tuples(st.integers(1, 200), st.integers(1, 200)), max_size=6), max_size=8))
def test_cells_of_a_row_never_share_a_column_and_keep_their_order(spans: list[list[tuple[int, int]]]) -> None:
    grid = span_rows(spans)
    for columns in grid.columns:
        assert list(columns) == sorted(columns)
        assert all(column < grid.width for column in columns)


# ---------------------------------------------------------------- the region


def test_the_site_around_the_report_is_left_out() -> None:
    texts = lines(page(report_html().replace(f"<h1>{TITLE}</h1>", ""), title=TITLE))
    assert texts[:3] == [TITLE, "发布时间：2024-01-20 来源：临桥县统计局", "一、总体情况"]
    assert texts[-1] == PROSE
    assert not [text for text in texts if "ICP" in text or "打印" in text or "某局" in text or "转载" in text]


def test_the_name_of_the_page_is_the_title_where_the_text_has_none() -> None:
    assert lines(page(report_html().replace(f"<h1>{TITLE}</h1>", "")))[0] == TITLE


def test_the_agency_above_a_title_that_names_none_is_kept() -> None:
    content = report_html().replace(f"<h1>{TITLE}</h1>", "")
    texts = lines(page(content, title="<p>临桥县统计局</p><p>2023年政府信息公开工作年度报告</p>"))
    assert texts[:2] == ["临桥县统计局", "2023年政府信息公开工作年度报告"]


def test_a_layout_table_is_opened_and_its_tables_are_raw_tables_of_their_own() -> None:
    found = items(f"<table><tr><td>{report_html()}</td></tr></table>")
    assert {item.table for item in found if isinstance(item, Row)} == {1, 2, 3}
    assert Line("一、总体情况", 1, 2) in found


def test_a_table_that_only_lays_out_the_page_is_not_counted() -> None:
    framed = items(f"<table><tr><td></td></tr><tr><td>{report_html()}</td></tr></table>")
    assert [item for item in framed if isinstance(item, Row)] == [
        item for item in items(report_html()) if isinstance(item, Row)
    ]


def test_a_small_table_in_a_frame_of_its_own_is_a_table() -> None:
    small = "<table><tr><td>信息内容</td><td>本年处理决定数量</td></tr><tr><td>行政许可</td><td>679</td></tr></table>"
    assert rows(f"<table><tr><td>{small}</td></tr></table>") == [["信息内容", "本年处理决定数量"], ["行政许可", "679"]]


def test_tables_in_frames_of_frames_are_tables() -> None:
    opened, closed = "<table><tr><td>" * 2, "</td></tr></table>" * 2
    framed = report_html().replace("<table", f"{opened}<table").replace("</table>", f"</table>{closed}")
    assert rows(framed) == rows(report_html())


def test_elements_that_are_tables_by_their_style_are_tables() -> None:
    cell = "<span style='display: table-cell'>{}</span>"
    row = f"<div style='display:table-row'>{cell}{cell}</div>"
    body = f"<div style='display:table-row-group'>{row.format('行政许可', '7')}{row.format('行政强制', '')}</div>"
    found = items(f"<div style='width:9px;display:table'>{body}</div>")
    cells = [[(cell.text, cell.place) for cell in item.cells] for item in found if isinstance(item, Row)]
    assert cells == [
        [("行政许可", Place(1, 1, 1)), ("7", Place(1, 1, 2))],
        [("行政强制", Place(1, 2, 1)), ("", Place(1, 2, 2))],
    ]


@pytest.mark.parametrize("row", ["<div class=r>{}</div>", "<ul>{}</ul>"])
@pytest.mark.parametrize("cell", ["<span class=c>{}</span>", "<li>{}</li>"])
def test_rows_of_elements_of_any_kind_are_a_table_on_a_page_without_one(row: str, cell: str) -> None:
    table = [["第二十条第（五）项"], ["信息内容", "本年处理决定数量"], ["行政许可", "41"], ["行政强制", "&nbsp;"]]
    markup = "".join(row.format("".join(map(cell.format, texts))) for texts in table)
    read = [[cell.text for cell in item.cells] for item in items(f"<div>{markup}</div>") if isinstance(item, Row)]
    assert read == [["第二十条第（五）项", ""], ["信息内容", "本年处理决定数量"], ["行政许可", "41"], ["行政强制", ""]]


def test_headings_between_tables_of_other_elements_are_in_none_of_them() -> None:
    table = "".join(f"<div class=r><i class=c>{a}</i><i class=c>{b}</i></div>" for a, b in (("维持", "纠正"), "10"))
    markup = "".join(f"<div class=t>{table}</div><div><b>{numeral}、总体情况</b></div>" for numeral in "一二三")
    found = items(f"<div>{markup}</div>")
    assert [len(item.cells) if isinstance(item, Row) else item.text for item in found[:6]] == [
        2,
        2,
        "一、总体情况",
        2,
        2,
        "二、总体情况",
    ]


def test_elements_that_a_style_sheet_makes_a_table_are_one() -> None:
    sheet = "<style>.t{display:table}.r{display:table-row}.c{display:table-cell}</style>"
    row = "<div class=r><b class=c>行政许可</b><b class=c>12</b><b class=c>0</b></div>"
    read = [
        [cell.text for cell in item.cells]
        for item in items(f"{sheet}<div class=t>{row}</div>")
        if isinstance(item, Row)
    ]
    assert read == [["行政许可", "12", "0"]]


@pytest.mark.parametrize("line", ["<p><b>全年收到</b><b>12</b><b>件</b></p>", "<p><a>1</a><a>2</a><a>下一页</a></p>"])
def test_prose_in_pieces_is_no_table(line: str) -> None:
    assert not [item for item in items(f"<div>{line}</div>") if isinstance(item, Row)]


def test_elements_that_lay_out_a_page_as_a_table_does_are_none() -> None:
    side = "<div style='display:table-cell'>{}</div>"
    assert rows(f"<div style='display:table'>{side.format('行政许可')}{side.format('3')}</div>") == []


def test_what_the_page_hides_is_read_only_where_it_shows_no_table() -> None:
    hidden = f"<div style='display: none'>{report_html()}</div>"
    assert len(items(hidden)) == len(items(report_html()))
    assert len(items(report_html() + hidden)) == len(items(report_html()))


def test_what_a_style_sheet_of_the_page_never_shows_is_left_out() -> None:
    style = "<style>/* .b{display:none} */ td.a, #c {display: none} @media print {.d{display:none}} .e{display:none}"
    style += ".e{display:block}</style>"
    cells = "<td>规章<td class='x a'>1<td class=b>2<td id=c>3<td class=d>4<td class=e>5"
    assert rows(f"{style}<table><tr>{cells}</table>") == [["规章", "2", "4", "5"]]


def test_style_sheets_of_the_page_may_hide_by_colour_and_show_white_on_colour() -> None:
    style = (
        "<style>.w{color:#fff} th{background-color:#06c} .t td.x{background:#06c} .s{font-size:0} .v{visibility:hidden}"
    )
    cells = "<th class=w>规章<td>1<b class=w>2</b><b class=s>3</b><b class=v>4</b><td class='w x'>5<td class=w>6"
    assert rows(f"{style}</style><table class=t><tr>{cells}</table>") == [["规章", "1", "5", ""]]


@pytest.mark.parametrize(
    ("style", "cell"),
    [
        ("td > i.o{display:none}", "<i class=o>3</i>7"),
        ("i[data-x]{display:none}", "<i data-x=1>3</i>7"),
        ("td.n i:first-child{display:none}", "<i>3</i>7"),
        ("i.o{display:none!important}", "<i class=o style='display:inline'>3</i>7"),
        (
            "@media screen{i.o{display:none}} @media (max-width:600px){b.o{display:none}}",
            "<i class=o>3</i><b class=o>7</b>",
        ),
        (".sr-only{position:absolute;width:1px;height:1px;overflow:hidden}", "<i class=sr-only>3</i>7"),
        (".o{position:absolute;clip:rect(0,0,0,0)}", "<i class=o>3</i>7"),
        (".o{position:absolute;left:-9999px}", "<i class=o>3</i>7"),
        (".o{opacity:0}", "<i class=o>3</i>7"),
        (".o{text-decoration:line-through}", "<i class=o>3</i>7"),
        (".o{vertical-align:super}", "7<i class=o>3</i>"),
        ("", "<dialog>3</dialog><details><summary></summary>3</details><i hidden=until-found>3</i>7"),
        (".o{display:none} .n .o{display:inline}", "<i class=o>7</i>"),
        (".o{display:none}", "<i class=o style='display:inline'>7</i>"),
        ("@media print{.o{display:none}}", "<i class=o>7</i>"),
        (".o{width:0;overflow:hidden}", "<i class=o>7</i>"),
    ],
)
def test_what_the_styles_of_a_page_show_is_decided_as_a_browser_does(style: str, cell: str) -> None:
    assert rows(f"<style>{style}</style><table><tr><td>规章<td class=n>{cell}</table>") == [["规章", "7"]]


def test_figures_that_a_page_turns_round_are_read_as_they_stand() -> None:
    turned = "<bdo dir=rtl>6<b>31</b></bdo><td style='unicode-bidi:bidi-override;direction:rtl'>21<td dir=rtl>12"
    assert rows(f"<table><tr><td>规章<td>{turned}</table>") == [["规章", "136", "12", "12"]]


def test_a_closed_tab_with_the_only_tables_is_read_without_what_its_cells_hide() -> None:
    style = "<style>.tab{display:none}.tab.open{display:block} td .o{display:none}</style>"
    closed = report_html().replace("<table", "<table class=tab").replace(">12</td>", "><i class=o>3</i>12</td>")
    assert items(style + closed) == items(report_html())
    table = "<table class='{}'><tr><td>行政许可<td>{}</table>"
    assert rows(style + table.format("tab", 7) + table.format("tab open", 8)) == [["行政许可", "8"]]


def test_style_sheets_without_end_are_no_harm() -> None:
    sheets = "".join(f"<style>{sheet}</style>" for sheet in ("/*" * 90_000, "div div i{x:y" * 9_000, ".a" * 99_000))
    deep = "<style>" + "div " * 9 + "i{display:none}</style>" + "<div>" * 200 + "<i>规章</i>"
    assert items(report_html() + sheets + deep)


def test_a_table_that_a_script_would_show_is_read_where_the_page_shows_no_other() -> None:
    folded = (
        report_html().replace("<h1>", "<style>.fold{display:none}</style><h1>").replace("<table", "<table class=fold")
    )
    assert len(items(folded)) == len(items(report_html()))


def test_a_picture_in_the_place_of_a_number_leaves_no_empty_cell(tmp_path: Path) -> None:
    source = tmp_path / "a.html"
    source.write_text(report_html().replace(">12</td>", "><img src=12.png></td>"), encoding="utf-8")
    states = {field.state for name, field in extract_report(source).fields.items() if VALUES[name] == 12}
    assert states == {State.ILLEGIBLE}


def test_a_picture_in_a_layout_table_is_a_picture_of_the_page() -> None:
    (found,) = html_to_pages(
        f"<div>{PROSE}<table><tr><td><img src=a></td></tr></table></div>".encode(), file="a", settings=SETTINGS
    )
    assert found.pictures == 1


def test_the_numbers_of_an_ordered_list_are_written_out() -> None:
    entries = "<ol start=3><li>加强公开</li><li>提高质量</li></ol>"
    entries += "<ol style='list-style-type:cjk-ideographic'><li>总体</li></ol>"
    assert lines(report_html() + f"<div>{entries}</div>")[-3:] == ["3.加强公开", "4.提高质量", "一、总体"]


def test_the_number_of_an_entry_stands_before_its_first_paragraph_only() -> None:
    entries = "<ol><li><p>加强公开</p><p>补充</p></li><li></li><li><div><p>提高质量</p></div></li></ol>末"
    assert lines(report_html() + f"<div>{entries}</div>")[-4:] == ["1.加强公开", "补充", "3.提高质量", "末"]


def test_heads_and_feet_of_pages_that_an_office_program_exported_are_left_out() -> None:
    running = "<div title='header'><p>临桥县统计局</p></div>"
    assert lines(running + report_html() + running.replace("header", "footer")) == lines(report_html())


# ---------------------------------------------------------------- whole reports


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("stated", ["utf-8", "gb2312", ""])
def test_the_encoding_is_told_by_the_content_whatever_the_page_states(encoding: str, stated: str) -> None:
    meta = f"<meta http-equiv=Content-Type content='text/html; charset={stated}'>" if stated else ""
    found = html_to_pages(f"<html>{meta}{report_html()}".encode(encoding), file="a", settings=SETTINGS)
    assert found[0].items == items(report_html())


@pytest.mark.parametrize("cell", ["{}", "<p><span><font>{}</font></span></p>", "&nbsp;{}&nbsp;", "<div>\n{}\n</div>"])
def test_every_field_of_a_page_of_a_site_is_right(tmp_path: Path, cell: str) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(page(report_html(cell)).encode("gb18030"))
    assert fields_of(path) == VALUES


def test_a_row_without_a_cell_beside_its_label_has_no_empty_cells() -> None:
    label = ">1.属于国家秘密</td>"
    before, row, behind = report_html().partition(label)
    report = extract_content((before + row + behind[behind.index("</tr>") :]).encode(), file="a.html")
    field = report.fields["requests.denied.state_secret.total"]
    assert (field.state, field.accepted) == (State.MISSING, False)
    assert not [finding for finding in report.findings if finding.code == "V002"]


def test_an_empty_first_cell_that_the_page_states_leaves_no_column_open() -> None:
    rows = [list(row) for row in request_rows()]
    rows[5][-7:] = [(text, 1, 1) for text in ("", "0", "0", "3", "0", "1", "4")]
    content = report_html().replace(table_html(request_rows()), table_html(rows))
    cells = gather_evidence(read_content(content.encode(), file="a.html", settings=SETTINGS)).cells
    first = cells["requests.granted.natural_person"]
    assert (first.state, first.scores["unsettled"]) == (State.BLANK, 0.0)


@pytest.mark.parametrize("path", golden_files("html"), ids=lambda path: path.name)
def test_every_field_of_a_page_that_another_tool_made_is_right(path: Path) -> None:
    assert wrong_fields(path) == []


def test_there_are_golden_pages() -> None:
    assert len(list((GOLDEN / "html").glob("*.html"))) >= 2


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    "leads",
    [
        "<p>附件：<a href='/files/2024/report.pdf'>2023年政府信息公开工作年度报告</a></p>",
        "<p>附件</p><a href='/x.doc'>年报.doc</a>",
        "<iframe src='/viewer?file=/files/2024/report.pdf'></iframe>",
    ],
)
def test_a_page_that_only_leads_to_the_report_says_so_with_the_link(leads: str) -> None:
    with pytest.raises(NotAReportError, match=r"only leads to .*(report\.pdf|x\.doc)"):
        items(page(leads))


def test_a_page_that_lists_reports_names_its_links() -> None:
    links = [f"<li><a href='/{year}/'>某县{year}年政府信息公开工作年度报告</a></li>" for year in range(2019, 2024)]
    others = "<a href='/down/'>下载中心</a><a href='#'>2018年政府信息公开工作年度报告</a><a href='/n/'>信息公开指南</a>"
    with pytest.raises(NotAReportError, match=r"\(5\): 某县2019年.*\(/2019/\), 某县2020年.*\(/2021/\)"):
        items(f"<ul>{''.join(links)}</ul>{others}")


def test_another_page_of_a_site_is_not_said_to_wait_for_a_script() -> None:
    assert lines(page("<p>关于召开会议的通知。</p>" * 30))


def test_a_page_that_is_pictures_only_says_so() -> None:
    with pytest.raises(UnsupportedError, match="2 pictures"):
        items(f"<div><p>{TITLE}</p><p><img src=a.png></p><p><img src=b.png></p></div>")


def test_pictures_come_before_the_links_of_the_menu_and_the_first_is_named() -> None:
    menu = "<ul><li><a href=/list>政府信息公开年报</a></li></ul>"
    with pytest.raises(UnsupportedError, match=r"1 pictures: the report is pictures \(/u/p1\.jpg\); save the pictures"):
        items(f"<div>{menu}<h1>{TITLE}</h1><p><img src=wait.gif data-src=/u/p1.jpg></p></div>")


def test_tables_that_a_script_would_load_are_said_to_be_so_and_not_to_be_missing() -> None:
    headings = [
        f"<p>{numeral}、{section.heading}</p>" for numeral, section in zip("一二三四五六", FORM.sections, strict=True)
    ]
    markup = headings[0] + f"<p>{PROSE}</p>" + "<div class=table></div>".join(headings[1:]) + f"<p>{PROSE}</p>"
    assert items(markup)
    with pytest.raises(NotAReportError, match="without its tables: a script would load them"):
        items(f"{markup}<script src=a.js></script>")


def test_pictures_between_headings_are_counted_and_part_them() -> None:
    headings = [f"{numeral}、{section.heading}" for numeral, section in zip("一二三四五六", FORM.sections, strict=True)]
    markup = "".join(f"<p>{heading}</p><p><img src=a></p>" for heading in headings)
    (found,) = html_to_pages(f"<div>{markup}</div>".encode(), file="a", settings=SETTINGS)
    assert found.pictures == 6
    assert [item.text for item in found.items if isinstance(item, Line)] == [
        text for heading in headings for text in (heading, "")
    ]


@pytest.mark.parametrize(
    ("inner", "cause"),
    [
        (
            "<iframe src='年报_files/saved.html'></iframe>",
            r"was saved with it: 年报_files/saved\.html; give that file itself",
        ),
        ("<iframe src='a_files/%E6%8A%A5.pdf'></iframe>", r"was saved with it: a_files/报\.pdf; give that file itself"),
        (
            "<iframe src='about:blank'></iframe><object data='正文.htm'></object>",
            r"give 正文\.htm itself if it was saved",
        ),
        (
            "<iframe src='./a_files/saved.html'></iframe><iframe src='a_files/saved(1).html'></iframe>",
            r"saved with it \(2\): \./a_files/saved\.html, a_files/saved\(1\)\.html; open them",
        ),
        ("<iframe src='/cms/view.html'></iframe>", r"another page or file: /cms/view\.html; open that address"),
        ("<script>PDFObject.embed('/files/年报.pdf', '#v')</script>", r"as an attachment: /files/年报\.pdf"),
        ("<b onclick=\"window.open('/x.docx?id=3')\">年报</b>", r"as an attachment: /x\.docx\?id=3"),
        ("<p>附件：<a href='/attach/3f2a'>年度报告</a></p>", r"as an attachment: 年度报告 \(/attach/3f2a\)"),
        ("<iframe src='/web/viewer.html?file=%2Fa%2Fnb.pdf'></iframe>", r"as an attachment: /a/nb\.pdf"),
        (
            f"<a href=/list>政府信息公开年报</a><h1>{TITLE}</h1><embed type=application/pdf src=/file/9>",
            "another page or file: /file/9; open that address",
        ),
        (
            f"<a href=/list>政府信息公开年报</a><h1>{TITLE}</h1><div id=c></div><script src=a.js></script>",
            "next to no text: a script would load it",
        ),
        ("<div id=app></div><script src=a.js></script>", "next to no text: a script would load it"),
    ],
)
def test_a_page_without_the_report_says_where_it_is(inner: str, cause: str) -> None:
    with pytest.raises(NotAReportError, match=cause):
        items(f"<html><body>{inner}</body></html>")


@pytest.mark.parametrize(
    ("inner", "cause"),
    [
        ("<div>" * 40_000, "more than 5000 deep .* raise max_page_depth"),
        ("<p " + " ".join(f"a{k}=1" for k in range(20_000)) + ">", "more than 2000 attributes.* max_page_attributes"),
        ("<i>公</i>" * 300, "more than 200 elements.* max_page_elements"),
    ],
)
def test_a_page_that_the_parser_would_take_minutes_for_is_refused_at_once(inner: str, cause: str) -> None:
    markup = f"<html><body><!--{'x' * 100_000}-->{inner}"
    with pytest.raises(UnsupportedError, match=cause):
        html_to_pages(
            markup.encode(), file="a", settings=replace(SETTINGS, max_page_elements=200 if "<i>" in inner else 50_000)
        )


@pytest.mark.parametrize("inner", ["<script>{}</script>", "<!--{}-->", "<STYLE>{}</style>", "<p title='{}'>x</p>"])
def test_markup_that_is_none_does_not_count_as_elements(inner: str) -> None:
    markup = report_html() + inner.format("<div a=1>" * 20_000)
    assert html_to_pages(markup.encode(), file="a", settings=replace(SETTINGS, max_page_elements=5_000))


def test_a_page_with_too_many_cells_is_refused() -> None:
    with pytest.raises(UnsupportedError, match="more than 30 table cells"):
        html_to_pages(report_html().encode(), file="a", settings=replace(SETTINGS, max_table_cells=30))


@pytest.mark.parametrize("piece", ["<table><tr><td>规章", "<div>"])
def test_a_page_nested_too_deeply_says_so(piece: str) -> None:
    with pytest.raises(UnsupportedError, match="more than 100 deep inside one another"):
        items(piece * 4000)


@pytest.mark.parametrize("tag", ["<div>", "<font>", "<table><tr><td>", "<ul><li>", "<a href=x>", "<span>"])
def test_elements_in_elements_without_end_are_no_harm(tag: str) -> None:
    found = items(report_html() + tag * 3000 + "末")
    assert found[: len(items(report_html()))] == items(report_html())


@given(st.binary(max_size=300))
@settings(max_examples=50)
def test_any_bytes_give_pages_or_an_error_of_our_own(content: bytes) -> None:
    with suppress(SourceError):
        html_to_pages(b"<html>" + content, file="a", settings=SETTINGS)


@given(st.lists(st.sampled_from(PIECES)))
@settings(max_examples=80)
def test_any_disorder_of_tags_keeps_all_text(pieces: list[str]) -> None:
    found = table_html_to_rows("".join(pieces), page=1, number=1, table=1)
    texts = "".join(item.text if isinstance(item, Line) else "".join(c.text for c in item.cells) for item in found)
    assert texts.count("规章") == pieces.count("规章")


# ---------------------------------------------------------------- markup inside text


def test_table_markup_inside_a_text_is_read_as_a_table() -> None:
    markup = "<html><body>" + table_html(request_rows()).replace("\n", "") + "</body></html>"
    found = text_to_pages(f"三、收到和处理政府信息公开申请情况\n\n{markup}\n\n| 行政许可 | 3 |\n末")[0].items
    assert [(item.table, len(item.cells)) for item in found if isinstance(item, Row)] == [(1, 10)] * 28 + [(2, 2)]
    assert [(item.text, item.number) for item in found if isinstance(item, Line)] == [
        ("三、收到和处理政府信息公开申请情况", 1),
        ("末", 6),
    ]


def test_a_table_that_is_never_closed_stays_text() -> None:
    found = text_to_pages("甲\n<table> 乙\n丙")[0].items
    assert [item.text for item in found if isinstance(item, Line)] == ["甲", "<table> 乙", "丙"]


@given(st.text(alphabet="<>/table \n甲\ue001", max_size=60))
def test_any_broken_markup_inside_a_text_is_read(text: str) -> None:
    assert text_to_pages(text)


def test_text_without_a_table_in_markup_loads_no_html_parser() -> None:
    code = "import sys; from extract.pages.text import text_to_pages; text_to_pages('a < b\\n| x | 1 |'); "
    code += "sys.exit('selectolax' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


DRAWN = {
    "svg": "<svg><text>12</text></svg>",
    "formula": "<math><mn>12</mn></math>",
    "picture behind a digit": '1<img src="2.gif">',
    "style sheet": '<span class="n12"></span>',
    "style sheet behind a digit": '1<span class="n2"></span>',
    "picture behind an empty element": '<i style="background: url(digits.png) -12px 0"></i>',
    "picture of a style sheet": '<span class="sprite"></span>',
    "script that writes": "<script>document.write(12)</script>",
    "script that fills": '<span id="count"></span><script>document.getElementById("count").innerHTML = 12</script>',
    "bar": '<progress value="12" max="20"></progress>',
    "number of a list": "<ol start=12><li></li></ol>",
    "picture of a shape": '<v:shape><v:imagedata src="a.png"></v:imagedata></v:shape>',
    "button": "<button> 12 </button>",
    "button of a form": '<input type=submit value="12">',
    "mark of a note": "<sub>3</sub>",
    "character of an icon font": "<i class=iconfont>&#xe612;</i>",
    "character of an icon font behind a digit": "1&#xe612;",
    "icon of the site's styles": '<i class="num num-12"></i>',
    "script that binds": '<span v-text="row.count"></span>',
    "script that binds an element": '<b ng-bind="row.count"> </b>',
}


@pytest.mark.parametrize("drawn", DRAWN.values(), ids=DRAWN)
def test_a_number_that_is_drawn_leaves_no_blank(drawn: str) -> None:
    styles = '<style>.n1::before{content:"1"}.n12:before{content:"12"} .n2::after { content: \'2\' }'
    styles += ".sprite{background-image:url(a.png)}</style>"
    assert cell_of(f"{styles}<table><tr><td>规章</td><td>{drawn}</td><td>3</td></tr></table>").endswith("\ufffc")


@pytest.mark.parametrize(
    "empty",
    [
        '<img src="dot.gif" width=1 height=1>',
        '<svg style="display:none"><text>12</text></svg>',
        '<span class="none"></span>',
        '<span class="blank"></span>',
        '<span class="gone"></span>',
        '<span class="narrow"></span>',
        '<span id="other"></span>',
        "<script>count(12)</script>",
        '<span style="font: 0/0 a">12</span>',
        '<span style="opacity: .01">12</span>',
        '<span style="filter: opacity(0%)">12</span>',
        '<span style="scale: 0">12</span>',
    ],
)
def test_what_draws_nothing_leaves_the_cell_blank(empty: str) -> None:
    styles = '<style>.none::before{content:none}.blank:after{content:" "}.gone:before{content:"1";display:none}'
    styles += '@media (max-width: 600px) {.narrow::before{content:"1"}}</style><script>a.innerHTML = "b"</script>'
    assert cell_of(f"{styles}<table><tr><td>规章</td><td>{empty}</td><td>3</td></tr></table>") == ""


def test_an_icon_beside_a_label_changes_no_label() -> None:
    styles = '<style>td:first-child::before{content:"\\e600"}</style>'
    page = f"{styles}<table><tr><td>规章</td><td>2</td><td>3</td></tr></table>"
    (row,) = html_to_pages(page.encode(), file="a.html", settings=load_settings())[0].items
    assert isinstance(row, Row)
    assert [cell.text for cell in row.cells] == ["规章", "2", "3"]


def cell_of(page: str) -> str:
    """The second cell of the only row of a page that is a report by its headings."""
    page = f"<p>一、总体情况</p><p>二、主动公开政府信息情况</p>{page}"
    items = html_to_pages(page.encode(), file="a.html", settings=load_settings())[0].items
    (row,) = (item for item in items if isinstance(item, Row))
    return row.cells[1].text
