from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from PIL import Image

from extract.errors import NotAReportError
from extract.quick import replace
from extract.records import Page
from tests.pages.image.builders import table_page
from training import benchmark_scans
from training.benchmark_scans import Scan, describe, load_scans, measure, read_with_gouji

PAGE = table_page([["label", "1", "2", "3"]] * 3)


def write_scan(folder: Path, page: np.ndarray, name: str) -> None:
    (folder / "truth").mkdir(parents=True, exist_ok=True)
    Image.fromarray(page).save(folder / name)
    fields = {"a": 1, "b": 0, "c": 2}
    entry = {"fields": fields, "states": {"b": "dash"}, "must_review": ["c"]}
    (folder / "truth" / f"{name}.json").write_text(json.dumps(entry), encoding="utf-8")


def test_scans_are_taken_with_their_truth_and_long_pictures_of_several_pages_left_out(tmp_path: Path):
    write_scan(tmp_path, np.vstack([PAGE, PAGE]), "a.png")
    write_scan(tmp_path, PAGE, "b.png")
    (scan,) = load_scans(tmp_path, tmp_path, 5)
    assert (scan.name, len(scan.pictures)) == ("b.png", 1)
    assert scan.truth == {"a": (1, "read"), "b": (None, "dash")}


def test_a_page_that_is_no_report_counts_as_nothing_right(tmp_path: Path):
    write_scan(tmp_path, PAGE, "b.png")
    (scan,) = load_scans(tmp_path, tmp_path, 1)

    def read(scan: Scan) -> tuple[tuple[Page, ...], float]:
        return (Page(1, ()),), 2.0

    score = measure([scan], read)
    assert (score.right, score.cells, score.seconds, score.pages) == (0, 2, 2.0, 1)


def test_a_first_page_that_is_no_report_by_itself_stops_nothing(tmp_path: Path):
    write_scan(tmp_path, PAGE, "b.png")
    (scan,) = load_scans(tmp_path, tmp_path, 1)

    def read(scan: Scan) -> tuple[tuple[Page, ...], float]:
        if len(scan.pictures) == 1:
            raise NotAReportError("scan", "no table", "check the file")
        return (Page(1, ()),), 2.0

    assert measure([replace(scan, pictures=scan.pictures * 2)], read).pages == 2


def test_the_words_of_a_tool_become_lines_where_they_stand(tmp_path: Path):
    write_scan(tmp_path, PAGE, "b.png")
    (scan,) = load_scans(tmp_path, tmp_path, 1)
    words = [[("其他需要报告的事项", (200.0, 800.0, 560.0, 840.0)), ("无", (200.0, 900.0, 240.0, 940.0))]]
    (page,) = benchmark_scans._words_to_pages(scan, words)
    assert [item.text for item in page.items] == ["其他需要报告的事项", "无"]


def test_tools_that_are_missing_are_named_with_what_installs_them(monkeypatch):
    monkeypatch.setattr(benchmark_scans.shutil, "which", lambda name: None)
    monkeypatch.setattr(benchmark_scans, "find_spec", lambda name: None)
    monkeypatch.setattr(benchmark_scans, "measure", lambda scans, read: benchmark_scans.Score(3, 4, 2.0, 1))
    table = describe([("clean", [])], None)
    assert "| gouji | 3 of 4, 2.00 s |" in table
    assert "Tesseract chi_sim is not installed: apt-get install tesseract-ocr tesseract-ocr-chi-sim" in table
    assert "RapidOCR is not installed: pip install" in table
    assert "img2table is not installed: python -m venv" in table
    assert read_with_gouji in benchmark_scans.list_tools(None).values()
