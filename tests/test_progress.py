"""In a pipe or log a long run says now and then how far it is, a short one nothing."""

from __future__ import annotations

from itertools import count

import pytest

from extract import progress


def lines_of(seconds: float, files: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> str:
    """What is printed of a run whose files take so long each."""
    clock = (number * seconds for number in count())
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    with progress.show_progress(files, shown=True) as bar:
        assert bar
        for _ in range(files):
            bar.advance()
    return capsys.readouterr().err


def test_a_short_run_prints_no_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert lines_of(0.1, 90, capsys, monkeypatch) == ""


def test_a_long_run_prints_a_line_for_each_tenth(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *others = lines_of(1.0, 1000, capsys, monkeypatch).splitlines()
    assert first.startswith("gouji: 已处理 60/1000 个文件 / files done: 60/1000")
    assert len(others) == 15


def test_slow_files_are_told_one_by_one(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    lines = lines_of(30, 4, capsys, monkeypatch).splitlines()
    assert [line.split()[2] for line in lines] == ["1/4", "2/4", "3/4"]


def test_the_pages_of_a_long_scan_are_told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    clock = (number * 4.0 for number in count())
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    with progress.show_progress(1, shown=True) as bar:
        assert bar
        for page in range(1, 7):
            bar.on_page(page, 6)
        bar.advance()
    lines = capsys.readouterr().err.splitlines()
    assert [line.partition("扫描页 ")[2][:3] for line in lines] == ["3/6", "6/6"]
