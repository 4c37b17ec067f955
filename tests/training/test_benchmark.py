from __future__ import annotations

from pathlib import Path

import pytest

from training.benchmark import (
    Run,
    benchmark,
    describe_runs,
    generated_office,
    main,
    percentile_95,
    time_command,
    time_files,
    time_once,
)
from training.benchmark_pdf import PdfRun, describe_pdfs

EXAMPLE = sorted((Path(__file__).parents[2] / "examples").glob("*.txt"))[0]


def test_every_stage_of_a_reading_is_timed_and_they_make_up_the_whole():
    (run,) = time_files([EXAMPLE], rounds=1)
    named = {"pages", "sections", "alignment", "cells", "reading", "narrative", "checks", "fields", "findings"}
    assert named <= set(run.stages)
    assert run.seconds == pytest.approx(sum(run.stages.values()))


def test_generated_files_are_read_once_after_others(monkeypatch: pytest.MonkeyPatch):
    read: list[Path] = []
    monkeypatch.setattr("training.benchmark.time_file", lambda path: read.append(path) or Run(path.name, 1.0, {}))
    paths = [Path(str(number)) for number in range(10)]
    assert [run.file for run in time_once(paths)] == [str(number) for number in range(2, 10)]
    assert read == paths


def test_the_share_of_each_stage_is_that_of_all_runs():
    runs = [Run("a", 0.004, {"pages": 0.001, "cells": 0.003}), Run("b", 0.006, {"pages": 0.001, "cells": 0.005})]
    head, pages, cells = describe_runs(runs, "Given").splitlines()
    assert head.startswith("Given: 2 files, 2 runs, processor time on one core: median 5.00 ms, mean 5.00 ms")
    assert head.endswith("(goal 0.02 s, met)")
    assert pages.split() == ["pages", "median", "1.00", "ms", "mean", "1.00", "ms", "20.0%"]
    assert cells.split() == ["cells", "median", "4.00", "ms", "mean", "4.00", "ms", "80.0%"]


def test_a_median_above_the_goal_is_called_missed():
    assert "MISSED" in describe_runs([Run("a", 0.021, {"pages": 0.021})], "Given")
    assert "goal 0.03 s, met" in describe_runs([Run("a", 0.021, {"pages": 0.021})], "Given", 0.03)


@pytest.mark.parametrize("family", ["html", "docx"])
def test_files_of_other_kinds_are_made_afresh(family: str, tmp_path: Path):
    assert {path.suffix for path in generated_office(tmp_path, family)} == {f".{family}"}


def test_the_95th_percentile_lies_between_median_and_most():
    assert percentile_95([2.0]) == 2.0
    assert percentile_95([float(number) for number in range(101)]) == pytest.approx(95)


def test_a_command_that_fails_is_not_timed():
    assert time_command(["-c", ""], starts=1) > 0
    with pytest.raises(Exception, match="exit status 3"):
        time_command(["-c", "raise SystemExit(3)"], starts=1)


def test_given_files_are_measured_alone():
    (paragraph,) = benchmark([EXAMPLE], rounds=1, cold=False)
    assert paragraph.startswith("Given reports: 1 files, 1 runs")


PDF = Path(__file__).parents[1] / "golden" / "pdf" / "chromium-ruled.pdf"


def test_a_given_pdf_is_timed_beside_pdfplumber():
    _, paragraph = benchmark([PDF], rounds=1, cold=False)
    assert paragraph.startswith("PDF: 1 runs")
    assert "pdfplumber extract_tables" in paragraph


def test_what_is_not_installed_is_named_before_anything_is_measured(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("training.benchmark.find_spec", lambda package: None if package == "pdfplumber" else package)
    with pytest.raises(SystemExit, match=r"needs pdfplumber: pip install '\.\[test\]'"):
        main(arguments=[str(PDF), "--warm-only"])


def test_a_pdf_is_judged_by_the_whole_report_and_compared_by_its_tables():
    lines = describe_pdfs([PdfRun(2, 0.04, 0.13, 0.4)]).splitlines()
    assert lines[2].endswith("65.0 ms (goal 0.06 s, MISSED)")
    assert lines[3].endswith("200.0 ms, 10.0 times gouji's pages and tables")
