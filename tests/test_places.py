"""A field of a web page or Word file says in which table, row and column it stands; other programs find it there."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

from extract.outputs import render_report
from extract.outputs.advice import place_text
from extract.pages.html import table_html_to_rows
from extract.pages.text import text_to_pages
from extract.pipeline import extract_content
from extract.quick import replace
from extract.records import Field, Place, Row
from tests.builders import make_cells, make_report
from tests.pages.golden import golden_files
from tests.pages.statutory import report_html
from tests.text_builders import FORM, TABLE_3

Grid = dict[tuple[int, int], str]
"""(row, column), from 1 → the text of the cell that begins or reaches there."""


class TableReader(HTMLParser):
    """The grids of all tables of a page by the rules of HTML, in the order in which the tables begin.

    Those that only lay out the page are marked in `frames`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.grids: list[Grid] = []
        self.frames: list[bool] = []
        self.open: list[int] = []
        self.rows: list[int] = []
        self.last: dict[int, tuple[int, int]] = {}
        self.covered: list[set[tuple[int, int]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.open.append(len(self.grids))
            self.grids.append({})
            self.frames.append(("role", "presentation") in attrs)
            self.rows.append(0)
            self.covered.append(set())
        elif tag == "tr":
            self.rows[self.open[-1]] += 1
        elif tag in ("td", "th"):
            self._begin_cell({name: value or "" for name, value in attrs})

    def _begin_cell(self, attrs: dict[str, str]) -> None:
        table = self.open[-1]
        row, column = self.rows[table], 1
        while (row, column) in self.covered[table]:
            column += 1
        self.last[table] = (row, column)
        self.grids[table][row, column] = ""
        for down in range(int(attrs.get("rowspan") or 1)):
            for right in range(int(attrs.get("colspan") or 1)):
                self.covered[table].add((row + down, column + right))

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in self.last:
            self.grids[self.open[-1]][self.last[self.open[-1]]] += data.strip()


def html_grids(markup: str) -> list[Grid]:
    reader = TableReader()
    reader.feed(markup)
    return [grid for grid, frame in zip(reader.grids, reader.frames, strict=True) if not frame]


def fields_of(content: bytes) -> dict[str, Field]:
    return dict(extract_content(content, file="报告").fields)


LABELS = [row.label for row in TABLE_3.blocks[0].rows]
NUMBERS = [[str(n), "0", "0", "2", "0", "0", str(n + 2)] for n in range(10, 35)]
ROWS = list(zip(LABELS, NUMBERS, strict=True))
TAIL = ["1", "0", "0", "0", "1", "2", "0", "0", "0", "2", "3", "0", "0", "0", "3"]


def text_of(table: list[str], tail: list[str]) -> list[str]:
    """The lines of a report whose tables of applications and of disputes are these lines."""
    heads = [f"{number}、{spec.heading}" for number, spec in zip("一二三四五六", FORM.sections, strict=True)]
    return ["某县水务局2023年政府信息公开工作年度报告", *heads[:3], *table, heads[3], *tail, *heads[4:]]


@pytest.mark.parametrize(
    ("table", "tail"),
    [
        ([f"{label} {' '.join(own)}" for label, own in ROWS], [" ".join(TAIL)]),
        ([text for label, own in ROWS for text in (label, *own)], TAIL),
        ([text for label, own in ROWS for text in (label, "", *(line for cell in own for line in (cell, "")))], TAIL),
        ([text for label, own in ROWS for text in (label, *(" ".join(own[k : k + 2]) for k in range(0, 7, 2)))], TAIL),
        ([text for label, own in ROWS for text in (f"{label} {' '.join(own[:4])}", " ".join(own[4:]))], TAIL),
        ([*LABELS, *(own[column] for column in range(7) for own in NUMBERS)], TAIL),
        ([text for label, own in ROWS for text in (label[:8], label[8:], *own[:3], "\f" + own[3], *own[4:])], TAIL),
    ],
    ids=["rows", "one cell a line", "empty lines", "two a line", "rows on two lines", "by column", "over pages"],
)
def test_a_field_of_a_text_stands_on_the_line_that_it_names(table: list[str], tail: list[str]) -> None:
    lines = text_of(table, tail)
    named: Counter[tuple[int | None, str]] = Counter()
    for name, field in fields_of("\n".join(lines).encode()).items():
        if field.state == "read":
            named[field.line, field.raw] += 1
            assert field.page == 1 + "".join(lines[: field.line]).count("\f"), name
    assert named.total() > 150
    for (line, raw), count in named.items():
        assert lines[(line or 0) - 1].split().count(raw) >= count


@pytest.mark.parametrize(
    "markup",
    [
        report_html(),
        f"<table role=presentation><tr><td>{report_html()}</td></tr></table>",
        f"<table><tr><td>首页</td></tr></table>{report_html('<p><span>{}</span></p>')}",
        report_html().replace("<td", "<td class=a", 1).replace("colspan=1 ", ""),
    ],
    ids=["plain", "in a layout table", "behind another table", "spans left out"],
)
def test_a_field_of_a_web_page_stands_where_its_place_says(markup: str) -> None:
    grids = html_grids(markup)
    for name, field in fields_of(markup.encode()).items():
        assert field.place is not None, name
        assert grids[field.place.table - 1][field.place.row, field.place.column] == field.raw, name


@pytest.mark.parametrize("path", golden_files("docx"), ids=lambda path: path.name)
def test_a_field_of_a_word_file_stands_where_its_place_says(path: Path) -> None:
    docx = pytest.importorskip("docx")
    tables = docx.Document(str(path)).tables
    fields = fields_of(path.read_bytes())
    assert any(field.place for field in fields.values())
    for name, field in fields.items():
        if field.place:
            row, column = field.place.row - 1, field.place.column - 1
            assert tables[field.place.table - 1].cell(row, column).text.strip() == field.raw, name


def test_a_table_in_a_cell_and_a_row_that_lays_out_count_like_all_others() -> None:
    small = "<table><tr><td>注</td></tr></table>"
    markup = f"<table><tr><td>行政许可{small}</td><td>3</td></tr></table>" + report_html()
    first = fields_of(markup.encode())["disclosure.regulations.issued"].place
    assert first is not None
    assert (first.table, first.row) == (3, 3)


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("见下表：<table><tr><td>规章</td><td>1</td></tr></table>如上。\n完", [1, 1]),
        ("<table>\n<tr><td>项</td><td>数</td></tr>\n<tr><th>规章</th><td>1</td></tr>\n</table>\n完", [3, 3]),
        ("见下表：<table>\n<tr>\n<td>规章</td>\n<td align=right>\n<p>1</p></td></tr></table>如上。\n完", [3, 5]),
        ("<table><tr><td>规章</td><td><table><tr><td>1</td></tr></table>\n</td></tr></table>\n完", [1, 1]),
    ],
    ids=["one line", "a line a row", "a line a cell", "a table in a cell"],
)
def test_a_cell_of_a_table_in_markup_has_its_line(markup: str, lines: list[int]) -> None:
    items = [item for page in text_to_pages(markup) for item in page.items]
    row = next(item for item in reversed(items) if isinstance(item, Row))
    assert [cell.line or row.number for cell in row.cells] == lines
    assert items[-1].number == markup.count("\n") + 1


def test_tables_inside_a_text_have_lines_and_no_places() -> None:
    items = table_html_to_rows("<table><tr><td>规章</td><td>1</td></tr></table>", page=1, number=7, table=1)
    assert [cell.place for item in items if isinstance(item, Row) for cell in item.cells] == [None, None]


def test_the_confidence_report_names_table_row_and_column() -> None:
    report = make_report(make_cells({"requests.granted.total": 8}), doubtful=("requests.granted.total",))
    field = replace(report.fields["requests.granted.total"], place=Place(2, 9, 10))
    shown = render_report(
        replace(report, fields={**report.fields, "requests.granted.total": field}), color=False, width=100
    )
    assert place_text(field) == "第 2 个表格第 9 行第 10 列"
    assert "读作 8，第 2 个表格第 9 行第 10 列" in shown


@pytest.mark.parametrize("path", golden_files("html"), ids=lambda path: path.name)
def test_a_field_of_a_page_of_another_tool_has_a_place(path: Path) -> None:
    report = extract_content(path.read_bytes(), file=path.name)
    assert all(field.place for field in report.fields.values() if field.state != "missing")


def test_only_a_text_has_lines_to_count_and_a_page_is_measured_from_its_top() -> None:
    assert {field.line for field in fields_of(report_html().encode()).values()} == {None}
    report = make_report(make_cells({"requests.granted.total": 8}))
    field = replace(report.fields["requests.granted.total"], page=4, line=None, bbox=(0.1, 0.347, 0.2, 0.36))
    assert place_text(field) == "第 4 页距页顶 35% 处"
    assert place_text(replace(field, bbox=None)) == ""
    assert place_text(replace(field, place=Place(2, 9, None))) == "第 2 个表格第 9 行"


def test_a_line_of_a_text_counts_through_the_file_and_is_told_without_its_page() -> None:
    cells = make_cells(dict.fromkeys(FORM.field_ids, 0))
    field = replace(make_report(cells).fields[FORM.field_ids[0]], page=2, line=47)
    assert place_text(field) == "文件第 47 行"
