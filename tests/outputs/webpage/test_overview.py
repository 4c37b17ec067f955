"""The overview of several reports: a line for each, and charts that say what the reports say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from typer.testing import CliRunner

from extract.cli import app
from extract.errors import UsageError
from extract.outputs import write_report
from extract.outputs.webpage.entries import report_to_entry
from extract.outputs.webpage.overview import overview_to_html
from extract.quick import replace
from extract.records import Finding, Report, Severity
from extract.takeaway import Search, write_webpages
from tests.builders import make_cells, make_report
from tests.outputs.webpage.scans import draw_page, scanned_report


def example(agency: str = "青溪市统计局", year: int = 2024, received: int = 7) -> Report:
    """Received and granted `received`, denied 2 for two reasons, an error and a doubtful cell."""
    cells = {
        "requests.received.total": received,
        "requests.granted.total": received,
        "requests.denied.state_secret.total": 1,
        "requests.denied.internal_affairs.total": 1,
    }
    made = make_report(make_cells(cells), agency=agency, year=year, doubtful=("requests.granted.total",))
    return replace(made, findings=(Finding("A001", Severity.ERROR, "不平", "", ("requests.granted.total",)),))


def test_an_entry_counts_requests_outcomes_confidences_and_codes() -> None:
    entry = report_to_entry(example(), "a.html", str)
    assert (entry.received, entry.outcomes) == (7, (7, 0, 2, 0, 0, 0))
    assert (sum(entry.bands), entry.bands[1]) == (200, 1)
    assert entry.codes == {"A001": 1}
    assert (entry.score.doubtful, entry.score.findings[Severity.ERROR]) == (1, 1)


def test_a_band_of_confidence_whose_cells_are_not_accepted_does_not_look_sure() -> None:
    made = make_report()
    unsure = replace(made.fields["requests.received.total"], confidence=0.95, accepted=False)
    made = replace(made, fields={**made.fields, "requests.received.total": unsure})
    drawn = HTMLParser(overview_to_html([report_to_entry(made, "a.html", str)])).css("#confidence-chart svg > g")
    bars = [
        (bar.css_first("text").text(), bar.css_first("rect").attributes["class"]) for bar in drawn if bar.css("rect")
    ]
    assert bars[2] == ("1?", "c4")
    assert bars[4] == ("199", "c1")


def test_a_report_without_an_agency_does_not_stand_under_the_agency_above() -> None:
    entries = [report_to_entry(example(), "a.html", str), report_to_entry(example("", received=5), "b.html", str)]
    bars = HTMLParser(overview_to_html(entries)).css("#requests-chart svg > g")
    assert [bar.css_first("text").text() for bar in bars] == ["青溪市统计局", "未找到"]


def test_requests_that_were_not_read_are_not_drawn_as_none() -> None:
    lost = make_report(
        make_cells({}, {"requests.received.total": "missing", "requests.denied.state_secret.total": "missing"})
    )
    entry = report_to_entry(lost, "a.html", str)
    assert (entry.received, entry.outcomes) == (None, (0, 0, None, 0, 0, 0))
    assert "没有申请数：未读到，或印的是空格" in overview_to_html([entry])


def test_a_report_whose_requests_were_not_read_stands_in_the_chart_with_a_dash() -> None:
    states = {"requests.received.total": "missing", "requests.denied.state_secret.total": "missing"}
    lost = make_report(make_cells({}, states), agency="乙局")
    page = HTMLParser(
        overview_to_html([report_to_entry(lost, "a.html", str), report_to_entry(example(), "b.html", str)])
    )
    lines = [line.text() for line in page.css("#requests-chart svg > g")]
    assert lines[1].startswith("乙局2024——")
    assert "1 份的申请数或办理结果没有数字" in page.css_first("#requests-chart").text()


def test_an_outcome_of_which_a_row_was_not_read_is_a_gap_in_the_bar() -> None:
    read = {"requests.received.total": 12, "requests.granted.total": 6, "requests.handled.total": 12}
    lost = make_report(make_cells(read, {"requests.denied.state_secret.total": "missing"}))
    entry = report_to_entry(lost, "a.html", str)
    assert entry.outcomes == (6, 0, None, 0, 0, 0)
    chart = HTMLParser(overview_to_html([entry])).css_first("#requests-chart")
    pieces = [bar for bar in chart.css("svg rect") if bar.attributes["class"] != "received"]
    assert [(bar.attributes["class"], float(bar.attributes["width"] or 0)) for bar in pieces] == [
        ("c1", pytest.approx(150, abs=1))
    ]
    assert [cell.text() for cell in chart.css("details tr")[1].css("td")][3:] == ["6", "0", "—", "0", "0", "0"]
    assert "1 份有办理结果的行没有数字" in chart.text()


def test_where_totals_are_left_empty_the_chart_adds_up_the_applicants() -> None:
    parts = {"requests.received.business": 3, "requests.granted.business": 2}
    rows = {name.rpartition(".")[0] for name in make_report().fields if name.startswith("requests.")}
    made = make_report(make_cells(parts, {f"{row}.total": "blank" for row in rows}))
    entry = report_to_entry(made, "a.html", str)
    assert (entry.received, entry.outcomes, entry.added_up) == (3, (2, 0, 0, 0, 0, 0), True)
    text = HTMLParser(overview_to_html([entry])).css_first("#requests-chart").text()
    assert "3*" in text
    assert "带 * 的总计栏空着" in text


def test_the_overview_lists_every_report_with_its_figures() -> None:
    entries = [report_to_entry(example(year=year), f"{year}.html", str) for year in (2023, 2024)]
    page = HTMLParser(overview_to_html(entries))
    lines = [[cell.text() for cell in line.css("td")] for line in page.css("#reports tbody tr")]
    assert lines[0] == ["青溪市统计局", "2023", "99.5", "1", "0", "1", "报告.txt"]
    assert [link.attributes["href"] for link in page.css("#reports a")] == ["2023.html", "2024.html"]
    assert [option.text() for option in page.css("#years option")] == ["全部年度", "2023", "2024"]


def test_the_years_of_an_agency_that_changed_its_name_stand_together() -> None:
    years = ((2022, "民政局", 9), (2023, "水利局", 8), (2024, "水务局", 1))
    made = [example(agency, year=year, received=received) for year, agency, received in years]
    entries = [report_to_entry(own, "a.html", lambda name: name.replace("水务", "水利")) for own in made]
    lines = HTMLParser(overview_to_html(entries)).css("#requests-chart tr")
    assert [[cell.text() for cell in line.css("td")][:2] for line in lines][1:] == [
        ["民政局", "2022"],
        ["水利局", "2023"],
        ["水务局", "2024"],
    ]


def test_every_chart_has_a_title_and_its_figures_as_a_table() -> None:
    entries = [report_to_entry(example(year=year, received=year - 2000), f"{year}.html", str) for year in (2023, 2024)]
    page = HTMLParser(overview_to_html(entries))
    assert len(page.css("figure svg[role=img][aria-label]")) == 3
    tables = {
        figure.id: [[cell.text() for cell in line.css("td")] for line in figure.css("details tr")][1:]
        for figure in page.css("figure")
    }
    assert tables["requests-chart"] == [
        ["青溪市统计局", "2023", "23?", "23", "0", "2", "0", "0", "0"],
        ["青溪市统计局", "2024", "24?", "24", "0", "2", "0", "0", "0"],
    ]
    assert tables["findings-chart"] == [["A001", "行合计不平", "2", "2"]]
    assert tables["confidence-chart"][1] == ["0.5–0.9", "2", "2"]


def test_numbers_in_doubt_are_pale_and_marked() -> None:
    made = example()
    sure = replace(made, fields=make_report(make_cells({"requests.received.total": 5})).fields)
    page = HTMLParser(overview_to_html([report_to_entry(made, "a.html", str), report_to_entry(sure, "b.html", str)]))
    lines = page.css("#requests-chart svg > g")
    assert [("unsure" in (line.attributes.get("class") or ""), "?" in line.text()) for line in lines] == [
        (True, True),
        (False, False),
    ]


def test_bars_are_as_long_as_their_figures_and_shares_as_their_part() -> None:
    entries = [
        report_to_entry(example(agency, received=count), "a.html", str)
        for agency, count in (("甲局", 200), ("乙局", 100))
    ]
    page = HTMLParser(overview_to_html(entries))
    long, short = (float(bar.attributes["width"] or 0) for bar in page.css("#requests-chart svg rect.received"))
    assert long / short == pytest.approx(2, rel=0.02)
    granted, denied = (
        float(page.css(f"#requests-chart svg rect.{kind}")[1].attributes["width"] or 0) for kind in ("c1", "c3")
    )
    assert granted / denied == pytest.approx(100 / 2, rel=0.2)


def test_hostile_names_stay_text_and_nothing_comes_from_outside() -> None:
    html = overview_to_html([report_to_entry(example("<script>alert(1)</script>"), "a.html", str)])
    assert len(HTMLParser(html).css("script")) == 1
    assert re.findall(r"https?:", html) == []


def test_no_reports_make_an_overview_without_charts_of_nothing() -> None:
    assert "没有发现问题" in overview_to_html([])


def test_one_document_becomes_one_file_and_several_become_a_folder(tmp_path: Path) -> None:
    for year in (2023, 2024):
        write_report(example(year=year), tmp_path / "in" / f"{year}.txt.json")
    assert write_webpages([tmp_path / "in" / "2023.txt.json"], tmp_path / "one.html") == (1, [], Search([], []))
    assert write_webpages([tmp_path / "in"], tmp_path / "site") == (2, [], Search([], []))
    names = sorted(path.name for path in (tmp_path / "site").iterdir())
    assert names == ["2023.txt.html", "2024.txt.html", "index.html"]
    assert "index.html" not in (tmp_path / "one.html").read_text(encoding="utf-8")
    assert 'href="index.html"' in (tmp_path / "site" / "2023.txt.html").read_text(encoding="utf-8")


def test_reports_of_one_name_and_one_named_like_the_overview_get_pages_of_their_own(tmp_path: Path) -> None:
    for name in ("a/index.json", "b/index.json", "b/报 告#1.json"):
        write_report(example(), tmp_path / "in" / name)
    write_webpages([tmp_path / "in"], tmp_path / "site")
    names = {path.name for path in (tmp_path / "site").iterdir()}
    assert names == {"index.html", "index-2.html", "index-3.html", "报 告#1.html"}
    links = HTMLParser((tmp_path / "site" / "index.html").read_text(encoding="utf-8")).css("#reports a")
    assert "%E6%8A%A5%20%E5%91%8A%231.html" in {link.attributes["href"] for link in links}


def test_what_is_no_document_is_named_and_the_rest_is_written(tmp_path: Path) -> None:
    write_report(example(), tmp_path / "in" / "good.json")
    (tmp_path / "in" / "bad.json").write_text("{}", encoding="utf-8")
    written, failures, _ = write_webpages([tmp_path / "in"], tmp_path / "site")
    assert (written, [Path(failure.file).name for failure in failures]) == (1, ["bad.json"])


def test_a_document_with_an_unknown_code_or_without_a_field_is_refused(tmp_path: Path) -> None:
    write_report(example(), tmp_path / "good.json")
    text = (tmp_path / "good.json").read_text(encoding="utf-8")
    (tmp_path / "bad.json").write_text(text.replace('"A001"', '"Z999"'), encoding="utf-8")
    (tmp_path / "worse.json").write_text(text.replace('"requests.handled.total"', '"x"', 1), encoding="utf-8")
    written, failures, _ = write_webpages([tmp_path], tmp_path / "site")
    assert (written, len(failures)) == (1, 2)


def test_the_command_shows_the_page_that_a_cell_was_read_from(tmp_path: Path) -> None:
    write_report(scanned_report(draw_page(tmp_path / "页.png")), tmp_path / "页.png.json")
    arguments = ["report", str(tmp_path / "页.png.json"), "--format", "html", "--out", str(tmp_path / "页.html")]
    done = CliRunner().invoke(app, [*arguments, "--sources", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert "data:image/jpeg;base64," in (tmp_path / "页.html").read_text(encoding="utf-8")


def test_sources_that_are_not_there_and_a_file_for_several_are_refused(tmp_path: Path) -> None:
    for name in "ab":
        write_report(example(), tmp_path / "in" / f"{name}.json")
    with pytest.raises(UsageError, match="nowhere"):
        write_webpages([tmp_path / "in"], tmp_path / "site", tmp_path / "nowhere")
    (tmp_path / "out.html").touch()
    with pytest.raises(UsageError, match="--out"):
        write_webpages([tmp_path / "in"], tmp_path / "out.html")


def test_sources_are_for_pages_only(tmp_path: Path) -> None:
    write_report(example(), tmp_path / "a.json")
    arguments = [
        "report",
        str(tmp_path / "a.json"),
        "--format",
        "csv",
        "--out",
        str(tmp_path / "a.csv"),
        "--sources",
        ".",
    ]
    assert isinstance(CliRunner().invoke(app, arguments).exception, UsageError)
