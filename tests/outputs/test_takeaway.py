"""`gouji report`: every format holds the same 200 fields, states and confidences; lists speak of the report alone."""

from __future__ import annotations

import csv
import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import docx
import duckdb
import openpyxl
import pandas
import polars
import pyarrow.parquet
import pypdfium2
import pytest

from extract.errors import UnwritableError, UsageError
from extract.forms import load_form
from extract.outputs import finding_to_json, write_report, write_xlsx
from extract.outputs.issues import list_issues, sum_up
from extract.outputs.letter import write_docx
from extract.outputs.panel import long_columns, report_columns
from extract.quick import replace
from extract.records import Claim, Finding, Place, Qualifier, Report, Severity, Spot
from extract.takeaway import FORMATS, read_history, write_takeaway, write_webpages
from tests.builders import make_cells, make_report, make_sentence

FEE = "disclosure.fees.amount"
Printed = dict[str, tuple[float | None, str, float, bool]]
"""Field id → value, state, confidence, accepted."""


def example(agency: str = "青溪市统计局", year: int = 2024) -> Report:
    """All states, an amount with decimals, a doubtful cell, an error and a remark about the reading."""
    states = {
        "disclosure.regulations.issued": "blank",
        "disclosure.regulations.repealed": "dash",
        "requests.received.research": "missing",
        "requests.received.business": "illegible",
    }
    cells = make_cells({FEE: 89.343, "requests.received.total": 1200}, states)
    findings = (
        Finding("A001", Severity.ERROR, "不平", "", ("requests.received.total",), (), 3, 2),
        Finding("Q001", Severity.INFO, "存疑", "", ("requests.received.total",)),
    )
    made = make_report(cells, agency=agency, year=year, doubtful=("requests.received.total",))
    return replace(made, findings=findings)


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    for year in (2023, 2024):
        write_report(example(year=year), tmp_path / "documents" / f"{year}.json")
    return tmp_path / "documents"


def printed(report: Report) -> Printed:
    return {
        name: (
            None if field.value is None else float(field.value),
            field.state.value,
            round(field.confidence, 4),
            field.accepted,
        )
        for name, field in report.fields.items()
    }


def from_rows(rows: Iterable[dict[str, Any]]) -> dict[int, Printed]:
    """Year → fields, from the rows of a long panel."""
    found: dict[int, Printed] = {}
    for row in rows:
        value = None if row["value"] in (None, "") else float(row["value"])
        accepted = str(row["accepted"]).lower() == "true"
        found.setdefault(int(row["year"]), {})[row["field"]] = (
            value,
            row["state"],
            float(row["confidence"]),
            accepted,
        )
    return found


def read_csv(path: Path) -> dict[int, Printed]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return from_rows(csv.DictReader(file))


def read_xlsx(path: Path) -> dict[int, Printed]:
    names, *rows = openpyxl.load_workbook(path)["数据"].iter_rows(values_only=True)
    return from_rows(dict(zip(names, row, strict=True)) for row in rows)


def read_jsonl(path: Path) -> dict[int, Printed]:
    documents = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = (
        {"year": document["report"]["year"]["value"], "field": name, **field}
        for document in documents
        for name, field in document["fields"].items()
    )
    return from_rows(rows)


def read_parquet(path: Path) -> dict[int, Printed]:
    return from_rows(pyarrow.parquet.read_table(path / "long.parquet").to_pylist())


READERS: dict[str, Callable[[Path], dict[int, Printed]]] = {
    "csv": read_csv,
    "xlsx": read_xlsx,
    "jsonl": read_jsonl,
    "parquet": read_parquet,
}


@pytest.mark.parametrize("form", READERS)
def test_every_format_holds_the_same_values_states_and_confidences(form: str, documents: Path, tmp_path: Path) -> None:
    out = tmp_path / f"out.{form}"
    assert write_takeaway([documents], form, out) == (2, [], [])
    assert READERS[form](out) == {year: printed(example(year=year)) for year in (2023, 2024)}


def test_two_reports_of_an_agency_on_a_year_are_told(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_report(example("青溪市档案馆"), tmp_path / f"{name}.json")
    written, _, doubles = write_takeaway([tmp_path], "csv", tmp_path / "out.csv")
    assert written == 2
    assert [(double.agency, len(double.files)) for double in doubles] == [("青溪市档案馆", 2)]


def test_panels_name_the_unit_by_the_file_of_aliases(tmp_path: Path) -> None:
    for agency in ("青溪市人民政府办公室", "青溪市档案馆（市地方志办）"):
        write_report(example(agency), tmp_path / f"{agency}.json")
    aliases = tmp_path / "aliases.toml"
    aliases.write_text('[[agency]]\nname = "青溪市政务服务局"\nalso = ["青溪市政府办"]', encoding="utf-8")
    for form in ("csv", "xlsx", "parquet"):
        write_takeaway([tmp_path], form, tmp_path / f"out.{form}", aliases=aliases)
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        named = {(row["agency"], row["unit"]) for row in csv.DictReader(file)}
    assert named == {
        ("青溪市人民政府办公室", "青溪市政务服务局"),
        ("青溪市档案馆（市地方志办）", "青溪市档案馆(市地方志办)"),
    }
    names, *rows = openpyxl.load_workbook(tmp_path / "out.xlsx")["数据"].values
    assert {(row[names.index("agency")], row[names.index("unit")]) for row in rows} == named
    wide = polars.read_parquet(tmp_path / "out.parquet" / "wide.parquet")
    assert set(wide["unit"]) == {unit for _, unit in named}


def placed(place: Place | None, bbox: tuple[float, ...] | None, page: int) -> Report:
    """The example, its error's cell at a place in the file."""
    made = example()
    field = replace(made.fields["requests.received.total"], place=place, bbox=bbox, page=page, line=None)
    return replace(made, fields={**made.fields, "requests.received.total": field})


@pytest.mark.parametrize(
    ("place", "bbox", "shown"),
    [
        (Place(2, 9, 10), None, "第 2 个表格第 9 行第 10 列"),
        (Place(190, 9, 10), None, "该表第 9 行第 10 列"),
        (None, (0.1, 0.35, 0.2, 0.37), "第 4 页距页顶 35% 处"),
    ],
)
def test_data_and_list_say_where_a_cell_stands_in_the_file(
    place: Place | None, bbox: tuple[float, ...] | None, shown: str, tmp_path: Path
) -> None:
    write_report(placed(place, bbox, 4), tmp_path / "a.json")
    for form in ("csv", "xlsx", "parquet"):
        write_takeaway([tmp_path / "a.json"], form, tmp_path / f"out.{form}")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [list(csv.DictReader(file))]
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    for table in (book["数据"].values, book["问题清单"].values):
        names, *cells = table
        rows.append([dict(zip(names, row, strict=True)) for row in cells])
    rows.append(pyarrow.parquet.read_table(tmp_path / "out.parquet" / "long.parquet").to_pylist())
    *panels, issues = [rows[0], rows[1], rows[3], rows[2]]
    for panel in panels:
        (own,) = (row for row in panel if row["field"] == "requests.received.total")
        assert own["place"] == shown
        assert tuple(map(float, (own["bbox"] or "").split())) == (bbox or ())
    assert issues[0]["原件位置"] == shown


def test_a_number_of_twenty_digits_stops_no_panel(tmp_path: Path) -> None:
    write_report(make_report(make_cells({"disclosure.fees.amount": 99999999999999999999})), tmp_path / "a.json")
    write_takeaway([tmp_path / "a.json"], "parquet", tmp_path / "out")
    rows = pyarrow.parquet.read_table(tmp_path / "out" / "long.parquet").to_pylist()
    assert [row["value"] for row in rows if row["field"] == "disclosure.fees.amount"] == [1e20]


def test_a_number_of_twenty_digits_keeps_them_in_a_workbook(tmp_path: Path) -> None:
    write_xlsx([make_report(make_cells({FEE: 99999999999999999999}))], tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    shown = [cell for name in ("数据", book.sheetnames[-1]) for row in book[name].values for cell in row]
    assert shown.count("99999999999999999999") == 2 + 1  # value and raw in the data, and the cell of the form


def test_sheets_of_one_agency_and_year_are_numbered(tmp_path: Path) -> None:
    long = "青溪市" * 12
    write_xlsx([example(), example(), example(agency=long), example(agency=long)], tmp_path / "a.xlsx")
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames[-4:] == [
        *(long[:31], f"{long[:28]}（2）"),
        *("青溪市统计局2024", "青溪市统计局2024（2）"),
    ]


def text_report(*found: Finding, doubtful: tuple[str, ...] = ()) -> Report:
    """A report that was read from a text, with those findings."""
    made = make_report(make_cells({}), doubtful=doubtful)
    return replace(made, findings=found)


def label(found: str | None, expected: str | None, code: str = "L001") -> Finding:
    return Finding(code, Severity.INFO, "印作……", "", (), (), expected, found)


OUT_OF_PLACE = label(None, "三、收到和处理政府信息公开申请情况", "S005")
EMPTY = Finding(
    "S006", Severity.WARNING, "只有标题，没有内容。", "", (), (), "其他需要报告的事项", "只有标题，没有内容"
)
NARROW = Finding("V002", Severity.WARNING, "……为空", "", ("disclosure.regulations.issued",))
TABLE = tuple(name for name in make_report().fields if name.startswith("disclosure."))


def test_a_finding_about_a_section_has_the_section_for_its_place() -> None:
    (issue,) = list_issues([text_report(EMPTY)])
    assert issue.place == "“其他需要报告的事项”部分"


def test_a_count_told_twice_is_listed_with_both_numbers_and_the_words_around_each() -> None:
    first, again = "培训4次、会议6次、检查3次、通报2次、督办1次、约谈1次、整改问题72个。", "查出的27个问题均已整改。"
    sentences = (make_sentence(first, number=1), make_sentence(again, number=2))
    claims = tuple(
        Claim(
            f"c{n}", sentence.id, str(n), (at := sentence.text.index(str(n))), at + 2, Decimal(n), "个", Qualifier.EXACT
        )
        for n, sentence in zip((72, 27), sentences, strict=True)
    )
    told = Finding("T002", Severity.ERROR, "……", "", (), tuple(each.id for each in sentences), 72, 27)
    (issue,) = list_issues([replace(text_report(told), sentences=sentences, claims=claims)])
    assert issue.place == "第 1 页第一部分“整改问题72个”；第 1 页第一部分“查出的27个问题均已整改”"
    assert issue.printed == "72；27"


@pytest.mark.parametrize(
    ("report", "apart"),
    [
        (text_report(label("科研院所", "科研机构")), 0),
        (text_report(label("法律服务机", "法律服务机构")), 1),
        (text_report(label("2.申请人逾期未按收费通知要求缴纳他处理费用", "2.申请人逾期未按收费通知要求缴纳费用")), 1),
        (text_report(label("行政强刺", "行政强制"), label("视章", "规章")), 2),
        (text_report(label("行政外罸", "行政处罚"), label("木年制发仵数", "本年制发件数")), 2),
        (text_report(label("行政事业性攻费", "行政事业性收费"), label("社会公益粗织", "社会公益组织")), 2),
        (text_report(label("现行有效件教现牛", "现行有效件数")), 1),
        (text_report(label("信息内容木年收资金额（单位：万元）", "本年收费金额（单位：万元）")), 1),
        (text_report(label("（三）不予公开7、属于行政执法案件", "7.属于行政执法案卷")), 0),
        (text_report(label("本年制定件数", "本年制发件数")), 0),
        (text_report(label("二、上年结转政府信息公开申请数量", "一、本年新收政府信息公开申请数量")), 1),
        (text_report(label("三、收到和处理政府信息公", "三、收到和处理政府信息公开申请情况", "S005")), 1),
        (text_report(label("三、主动公开政府信息情况", "二、主动公开政府信息情况", "S005")), 0),
        (text_report(OUT_OF_PLACE), 1),
        (text_report(EMPTY), 0),
        (text_report(OUT_OF_PLACE, EMPTY), 2),
        (text_report(NARROW, doubtful=TABLE[1:3]), 0),
        (text_report(NARROW, doubtful=TABLE[:1]), 1),
        (text_report(NARROW, doubtful=TABLE), 1),
        (text_report(Finding("A001", Severity.ERROR, "不平", "", TABLE), doubtful=TABLE), 0),
    ],
)
def test_what_a_converter_may_have_made_stands_apart_from_the_list(report: Report, apart: int) -> None:
    assert len(list(list_issues([report], apart=True))) == apart
    assert len(list(list_issues([report]))) == len(report.findings) - apart


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (text_report(), "未发现问题的报告 1 份：青溪市统计局2024年。"),
        (text_report(doubtful=TABLE[:2]), "未发现问题的报告 1 份：青溪市统计局2024年（2 格读数待核对）。"),
        (text_report(OUT_OF_PLACE), "另有 1 项可能是文件转换、读取或缺页造成的"),
    ],
)
def test_an_empty_list_says_whether_anything_is_to_be_looked_at(report: Report, said: str, tmp_path: Path) -> None:
    write_docx([report], tmp_path / "a.docx")
    assert said in "".join(part.text for part in docx.Document(str(tmp_path / "a.docx")).paragraphs)


def test_a_section_that_a_report_lacks_of_which_nothing_was_read_is_to_be_looked_at_first() -> None:
    lost = Finding("S001", Severity.ERROR, "缺第四部分", "", expected="四、政府信息公开行政复议、行政诉讼情况")
    report = text_report(lost)
    unread = {name: replace(field, accepted=False) for name, field in report.fields.items()}
    assert [issue.code for issue in list_issues([report])] == ["S001"]
    assert not list(list_issues([replace(report, fields=unread)]))
    assert [issue.code for issue in list_issues([replace(report, fields=unread)], apart=True)] == ["S001"]


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_below_the_list_stand_the_files_that_could_not_be_read(documents: Path, tmp_path: Path, form: str) -> None:
    failure = {"file": "来件/空.txt", "page": None, "cause": "the file is empty", "remedy": "export it again"}
    (documents / "failures.jsonl").write_text(json.dumps(failure, ensure_ascii=False) + "\n", encoding="utf-8")
    out = tmp_path / f"清单.{form}"
    write_takeaway([documents], form, out)
    said = "另有 1 个文件未能读取，不在以上清单之内：来件/空.txt。"
    if form == "docx":
        texts = [part.text for part in docx.Document(str(out)).paragraphs]
    else:
        texts = [str(row[0]) for row in openpyxl.load_workbook(out)["问题清单"].iter_rows(values_only=True)]
    assert any(text.startswith(said) for text in texts)


def test_below_the_list_stands_which_reports_have_no_line_in_it_and_what_was_left_out(tmp_path: Path) -> None:
    told = Finding("A001", Severity.ERROR, "不平", "", TABLE)
    spotted = replace(OUT_OF_PLACE, spots=(Spot(1, 12),))
    reports = [text_report(told, spotted), text_report()]
    write_docx(reports, tmp_path / "a.docx")
    below = [part.text for part in docx.Document(str(tmp_path / "a.docx")).paragraphs][-2:]
    assert below[0] == "未发现问题的报告 1 份：青溪市统计局2024年（报告.txt）。"  # two of one name
    assert "另有 1 项" in below[1]
    assert "青溪市统计局2024年（报告.txt） 1 项（文件第 12 行）" in below[1]
    write_xlsx(reports, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["问题清单"]
    assert [sheet.cell(row, 1).value for row in (3, 4)] == below


def test_below_the_list_stands_how_many_findings_its_lines_join() -> None:
    column = "requests.carried_in.total", "requests.carried_in.business"
    carried = (Finding("Y001", Severity.ERROR, "不接", "", (name,), (), 3, 2) for name in column)
    assert sum_up([text_report(*carried)]) == ["以上 1 项（一个原因一项）合并了 2 处发现：网页和报告文档里逐处计数。"]


def test_what_a_file_with_its_own_layout_prints_is_no_converters_work() -> None:
    made = text_report(label("法律服务机", "法律服务机构"), OUT_OF_PLACE)
    page = replace(made, source=replace(made.source, format="docx"))
    assert list(list_issues([page], apart=True)) == []


def test_the_workbook_has_what_may_be_the_converters_in_a_sheet_of_its_own(tmp_path: Path) -> None:
    write_xlsx([text_report(OUT_OF_PLACE)], tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames[:2] == ["问题清单", "先对照原件"]
    assert book["先对照原件"]["L2"].value == "S005"
    write_xlsx([text_report(EMPTY)], tmp_path / "b.xlsx")
    assert "先对照原件" not in openpyxl.load_workbook(tmp_path / "b.xlsx").sheetnames


def test_pandas_polars_and_duckdb_read_the_parquet(documents: Path, tmp_path: Path) -> None:
    out = tmp_path / "panel"
    write_takeaway([documents], "parquet", out)
    long, wide = out / "long.parquet", out / "wide.parquet"
    assert len(pandas.read_parquet(long)) == len(polars.read_parquet(long)) == 400
    assert list(pandas.read_parquet(wide)["requests.received.total"]) == [1200, 1200]
    query = f"SELECT year, value FROM '{long}' WHERE field = '{FEE}' AND state = 'read' ORDER BY year"
    assert duckdb.sql(query).fetchall() == [(2023, 89.343), (2024, 89.343)]
    states = polars.read_parquet(wide)["disclosure.regulations.issued:state"].to_list()
    assert states == ["blank", "blank"]


def test_the_columns_of_the_parquet_say_what_they_mean(documents: Path, tmp_path: Path) -> None:
    write_takeaway([documents], "parquet", tmp_path)
    schema = pyarrow.parquet.read_schema(tmp_path / "long.parquet")
    assert schema.names == [column.name for column in long_columns()]
    assert all(schema.field(name).metadata[b"means"] for name in schema.names)


def test_a_workbook_shows_the_form_with_marked_cells_and_their_evidence(documents: Path, tmp_path: Path) -> None:
    write_takeaway([documents], "xlsx", tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames[:3] == ["问题清单", "数据", "列说明"]
    sheet = book["青溪市统计局2024"]
    shown = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    texts = [str(cell.value) for cell in shown]
    assert {"□", "—", "×", "#", "89.343"} <= set(texts)
    (doubtful,) = [cell for cell in shown if cell.value == 1200]
    assert doubtful.fill.start_color.rgb.endswith("F8CBAD")
    assert "0.5" in doubtful.comment.text
    corner = next(cell for cell in shown if str(cell.value).startswith("（本列数据"))
    assert any(
        corner.coordinate in merged and merged.size == {"rows": 3, "columns": 16}
        for merged in sheet.merged_cells.ranges
    )


def test_a_workbook_prints_on_pages_as_wide_as_it_with_the_head_on_each(documents: Path, tmp_path: Path) -> None:
    write_takeaway([documents], "xlsx", tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    for sheet in book:
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth) == (int(sheet.PAPERSIZE_A4), 1)
    assert book["问题清单"].print_title_rows == "$1:$1"
    assert book["问题清单"].row_dimensions[2].height > 20  # several lines
    assert {cell.border.left.style for cell in book["问题清单"][2]} == {
        "thin"
    }  # which paper needs, also around nothing
    assert book["青溪市统计局2024"].page_setup.fitToHeight == 1


def test_the_list_of_a_word_file_is_a4_and_its_rows_stay_on_one_page(documents: Path, tmp_path: Path) -> None:
    write_takeaway([documents], "docx", tmp_path / "out.docx")
    document = docx.Document(str(tmp_path / "out.docx"))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    rows = [row._tr.trPr.xml for row in document.tables[0].rows]
    assert all("w:cantSplit" in row for row in rows)
    assert ["w:tblHeader" in row for row in rows] == [True, *[False] * (len(rows) - 1)]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(("form", "pages"), [("xlsx", 2), ("docx", 1)])
def test_libreoffice_opens_what_is_written(form: str, pages: int, documents: Path, tmp_path: Path) -> None:
    write_takeaway([documents], form, tmp_path / f"out.{form}")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    done = subprocess.run(
        [*command, str(tmp_path / f"out.{form}")], capture_output=True, text=True, timeout=120, check=False
    )
    if "could not be loaded" in done.stderr:
        pytest.skip("this LibreOffice lacks the part for such files")
    assert len(pypdfium2.PdfDocument(tmp_path / "out.pdf")) >= pages


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_the_list_of_findings_speaks_of_the_report_and_not_of_its_reading(
    form: str, documents: Path, tmp_path: Path
) -> None:
    out = tmp_path / f"out.{form}"
    write_takeaway([documents], form, out)
    if form == "xlsx":
        rows = [
            [str(value) for value in row] for row in openpyxl.load_workbook(out)["问题清单"].iter_rows(values_only=True)
        ]
    else:
        rows = [[cell.text for cell in row.cells] for row in docx.Document(str(out)).tables[0].rows]
    assert rows[0][:4] == ["序号", "机关", "年度", "文件"]
    assert [row[3] for row in rows[1:]] == ["报告.txt"] * 2
    assert [row[-1] for row in rows[1:]] == ["A001", "A001"]
    assert "表三" in rows[1][6]
    assert rows[1][7:9] == ["文件第 1 行", "2"]


def history_of(sha256: str, folder: Path) -> Path:
    finding = Finding("Y001", Severity.ERROR, "上年结转不接。", "", ("requests.carried_in.total",), (), 3, 2)
    path = folder / "history.json"
    path.write_text(json.dumps({"findings": [{"sha256": sha256} | finding_to_json(finding)]}), encoding="utf-8")
    return path


def test_what_other_reports_say_of_a_report_is_listed_with_its_own_findings(documents: Path, tmp_path: Path) -> None:
    history = read_history(history_of(example().source.sha256, tmp_path))
    write_takeaway([documents / "2024.json"], "xlsx", tmp_path / "out.xlsx", history)
    rows = list(openpyxl.load_workbook(tmp_path / "out.xlsx")["问题清单"].iter_rows(values_only=True))
    assert [row[-1] for row in rows[1:]] == ["A001", "Y001"]
    write_webpages([documents / "2024.json"], tmp_path / "page.html", history=history)
    assert "上年结转不接。" in (tmp_path / "page.html").read_text(encoding="utf-8")
    other = read_history(history_of("1" * 64, tmp_path))
    write_webpages([documents / "2024.json"], tmp_path / "page.html", history=other)
    assert "上年结转不接。" not in (tmp_path / "page.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"findings": [{"code": "Y001"}]}'])
def test_what_is_no_history_is_refused_by_name(text: str, tmp_path: Path) -> None:
    path = tmp_path / "history.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"history\.json.*gouji compare"):
        read_history(path)
    with pytest.raises(UsageError, match="没有这个文件或文件夹 / No such file or directory"):
        read_history(tmp_path / "gone.json")


def test_the_columns_of_the_list_are_as_wide_as_their_cells(documents: Path, tmp_path: Path) -> None:
    write_takeaway([documents], "docx", tmp_path / "out.docx")
    table = docx.Document(str(tmp_path / "out.docx")).tables[0]
    assert [column.width for column in table.columns] == [cell.width for cell in table.rows[0].cells]


def test_a_list_without_findings_says_so(tmp_path: Path) -> None:
    write_report(make_report(), tmp_path / "clean.json")
    write_takeaway([tmp_path / "clean.json"], "docx", tmp_path / "out.docx")
    assert (
        docx.Document(str(tmp_path / "out.docx")).paragraphs[-1].text == "未发现问题的报告 1 份：青溪市统计局2024年。"
    )


def test_a_text_that_begins_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    write_report(example(agency='=HYPERLINK("x")\x01'), tmp_path / "a.json")
    write_takeaway([tmp_path / "a.json"], "xlsx", tmp_path / "out.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "out.xlsx")["数据"]["A2"]
    assert (cell.value, cell.data_type) == ('=HYPERLINK("x")', "s")


@pytest.mark.parametrize("form", ["csv", "xlsx", "html"])
def test_a_bar_counts_the_reports_that_are_written(
    form: str, documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    for number in range(3):
        shutil.copy(documents / "2024.json", documents / f"{number}.json")
    count, out = len(list(documents.glob("*.json"))), tmp_path / f"out.{form}"
    if form == "html":
        write_webpages([documents], out, progress=True)
    else:
        write_takeaway([documents], form, out, progress=True)
    assert f"{count}/{count}" in capsys.readouterr().err


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_no_document_is_named_and_the_rest_is_written(form: str, documents: Path, tmp_path: Path) -> None:
    (documents / "bad.json").write_text("{}", encoding="utf-8")
    written, (failure,), _ = write_takeaway([documents], form, tmp_path / f"out.{form}")
    assert (written, Path(failure.file).name) == (2, "bad.json")


def test_the_wide_panel_has_the_fields_of_the_forms_that_occur_values_first(documents: Path, tmp_path: Path) -> None:
    old = dict(zip(load_form("2019").field_ids, example().fields.values(), strict=False))
    report = replace(example(year=2020), fields=old, template=replace(example().template, id="2019"))
    write_takeaway([documents], "parquet", tmp_path)
    own = pyarrow.parquet.read_schema(tmp_path / "wide.parquet").names
    values = own[len(report_columns()) :][: len(example().fields)]
    assert values == list(example().fields)
    assert len(own) == len(report_columns()) + 4 * len(example().fields)
    write_report(report, documents / "2020.json")
    write_takeaway([documents], "parquet", tmp_path)
    wide = polars.read_parquet(tmp_path / "wide.parquet")
    assert len(wide) == 3
    assert wide.filter(polars.col("year") == 2020)[FEE].to_list() == [None]


@pytest.mark.parametrize(("form", "is_folder"), [("csv", True), ("parquet", False)])
def test_a_file_where_a_folder_is_needed_and_the_reverse_is_refused(
    form: str, is_folder: bool, documents: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    if is_folder:
        out.mkdir()
    else:
        out.touch()
    with pytest.raises(UsageError, match="--out"):
        write_takeaway([documents], form, out)


def test_a_folder_without_documents_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="gouji extract"):
        write_takeaway([tmp_path], "csv", tmp_path / "out.csv")


@pytest.mark.parametrize(("form", "notice"), [("2021", "〔2021〕30号"), ("2019", "〔2019〕60号")])
def test_a_report_is_held_to_the_notice_of_its_own_form(form: str, notice: str) -> None:
    report = replace(example(), template=replace(example().template, id=form))
    issues = list_issues([report])
    assert [issue.source for issue in issues] == [f"国办公开办函{notice}，表三"]


@pytest.mark.parametrize("form", FORMATS)
def test_a_full_disk_is_named_and_leaves_no_half(
    form: str, documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    monkeypatch.setattr(os, "replace", Mock(side_effect=full))
    target = tmp_path / "out" / "panel"
    with pytest.raises(UnwritableError, match=r"panel.*磁盘已满.*No space left on device"):
        write_takeaway([documents], form, target)
    assert [path for path in target.parent.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("form", FORMATS)
def test_where_no_document_can_be_read_what_was_written_before_stays(
    form: str, documents: Path, tmp_path: Path
) -> None:
    write_takeaway([documents], form, tmp_path / "out")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    written, failures, _ = write_takeaway([tmp_path / "gone.json"], form, tmp_path / "out")
    assert (written, len(failures)) == (0, 1)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
