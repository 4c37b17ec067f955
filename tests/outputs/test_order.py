"""Agencies stand in the order in which offices look for them."""

from __future__ import annotations

from pathlib import Path

from extract.outputs.issues import list_issues
from extract.outputs.order import name_key, sort_reports
from extract.outputs.webpage import write_site
from extract.quick import replace
from extract.records import Finding, Severity
from extract.rules import load_rules
from tests.builders import make_cells, make_report

ORDERED = [
    "安徽省教育厅",
    "北京市教育局",
    "毕节市教育局",
    "亳州市教育局",
    "漯河市教育局",
    "衢州市教育局",
    "浙江省教育厅",
]


def in_common_use(character: str) -> bool:
    code = character.encode("gb18030")
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7 and code[1] >= 0xA1


def test_names_are_sorted_by_their_spelling_also_where_a_character_is_rare() -> None:
    assert sorted(set(ORDERED), key=name_key) == ORDERED


def test_each_rare_character_stands_behind_one_in_common_use() -> None:
    groups = load_rules("sounds.toml")["groups"]
    assert all(in_common_use(group[0]) and not any(map(in_common_use, group[1:])) for group in groups)
    rare = [character for group in groups for character in group[1:]]
    assert len(rare) == len(set(rare))


def test_lists_are_by_agency_and_year_whatever_the_files_are_called() -> None:
    broken = (Finding("A001", Severity.ERROR, "", ""),)
    reports = [
        replace(make_report(make_cells(), agency=agency, year=year), findings=broken)
        for agency in reversed(ORDERED)
        for year in (2024, 2023)
    ]
    listed = [(issue.agency, issue.year) for issue in list_issues(sort_reports(reports))]
    assert listed == [(agency, year) for agency in ORDERED for year in (2023, 2024)]


def test_the_years_of_an_agency_that_changed_its_name_are_listed_together() -> None:
    years = (("水务局", 2024), ("水利局", 2023), ("司法局", 2023), ("税务局", 2023))
    reports = [make_report(make_cells(), agency=agency, year=year) for agency, year in years]
    listed = [report.report["agency"].value for report in sort_reports(reports, lambda name: name.replace("利", "务"))]
    assert listed == ["水利局", "水务局", "税务局", "司法局"]


def test_the_overview_is_by_agency(tmp_path: Path) -> None:
    reports = [(str(k), make_report(make_cells(), agency=agency)) for k, agency in enumerate(reversed(ORDERED))]
    write_site(reports, tmp_path, lambda source: None, str)
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    places = [page.index(f">{agency}</a></td>") for agency in ORDERED]
    assert places == sorted(places)
