from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import typer

from extract.batch import Batch
from extract.cli import _rate as rate_of
from extract.cli import main
from extract.findings import load_catalogue
from extract.records import Report
from extract.settings import Settings
from tests.builders import make_report

EXAMPLE = next(iter(sorted((Path(__file__).parent.parent / "examples").glob("*.txt"))))
GOUJI = (sys.executable, "-m", "extract.cli")
HEAVY = ("spacy", "onnxruntime", "numpy", "sklearn", "rich", "extract.pipeline")


class Outcome(NamedTuple):
    """What a call of the command left behind."""

    status: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: object) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["gouji", *map(str, arguments)])
        with pytest.raises(SystemExit) as stopped:
            main()
        captured = capsys.readouterr()
        return Outcome(int(stopped.value.code or 0), captured.out, captured.err)

    return call


def test_one_file_prints_a_plain_report_in_a_pipe(run: Run):
    outcome = run("extract", EXAMPLE)
    assert outcome.status == 0
    assert "\x1b" not in outcome.out
    assert "格读数可靠" in outcome.out.splitlines()[-2]


def test_format_json_prints_the_report_document(run: Run):
    document = json.loads(run("extract", EXAMPLE, "--format", "json").out)
    assert document["schema"] == "gouji/1"
    assert len(document["fields"]) == 200


def test_out_writes_documents_and_says_how_many(run: Run, tmp_path: Path):
    outcome = run("extract", EXAMPLE, "--out", tmp_path / "out")
    assert outcome == (0, "", "gouji: 已写出 1 份 (written)\n")
    assert (tmp_path / "out" / f"{EXAMPLE.name}.json").is_file()


@pytest.mark.parametrize(
    ("read", "workers", "said"),
    [
        (
            40,
            2,
            "；用时 20 秒，2 个进程读取 40 个文件，平均每秒 2.0 个 / 20 s, 40 files read by 2 processes, 2.0 a second",
        ),
        (40, 1, "；用时 20 秒，读取 40 个文件，平均每秒 2.0 个 / 20 s, 40 files read, 2.0 a second"),
        (1, 1, ""),
    ],
)
def test_the_rate_counts_all_files_that_were_read(read: int, workers: int, said: str) -> None:
    assert rate_of(Batch(1, 90, 0, (), (), read, workers, seconds=20.0)) == said


def test_a_bad_input_is_status_1_one_line_on_stderr_and_the_rest_is_written(run: Run, tmp_path: Path):
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"")
    outcome = run("extract", bad, EXAMPLE, "--out", tmp_path / "out")
    assert outcome.status == 1
    failed, written = outcome.err.splitlines()
    assert str(bad) in failed
    assert (
        written
        == f"gouji: 已写出 1 份 (written)；1 个文件未能读取 (not read)，见 / see {tmp_path / 'out' / 'failures.jsonl'}"
    )
    assert [path.name for path in (tmp_path / "out").glob("*.json")] == [f"{EXAMPLE.name}.json"]


def test_a_single_bad_input_is_status_1_without_a_traceback(run: Run, tmp_path: Path):
    outcome = run("extract", tmp_path / "gone.txt")
    assert outcome.status == 1
    assert outcome.out == ""
    assert outcome.err.count("\n") == 1


def _lock(monkeypatch: pytest.MonkeyPatch, locked: Path) -> None:
    """As where nobody may read a file: administrators may always, so that its mode alone locks nothing."""

    def refuse(path: Path) -> bytes:
        if path == locked:
            raise PermissionError(13, "Permission denied", str(path))
        with path.open("rb") as stream:
            return stream.read()

    monkeypatch.setattr(Path, "read_bytes", refuse)
    monkeypatch.setattr(os, "access", lambda path, *_, **__: Path(path) != locked)


def test_a_file_that_may_not_be_read_is_one_failure_of_ours_and_the_rest_is_written(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    locked = tmp_path / "locked.txt"
    locked.write_bytes(EXAMPLE.read_bytes())
    _lock(monkeypatch, locked)
    said = f"gouji: {locked}: 没有权限；请检查路径和权限 / Permission denied; check the path and its permissions"
    outcome = run("extract", locked, EXAMPLE, "--out", tmp_path / "out")
    assert (outcome.status, outcome.err.splitlines()[0]) == (1, said)
    assert (tmp_path / "out" / f"{EXAMPLE.name}.json").is_file()
    assert run("extract", locked) == Outcome(1, "", f"{said}\n")


def test_a_folder_that_may_not_be_looked_into_is_one_failure(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = tmp_path / "locked"
    folder.mkdir()
    listed = os.scandir

    def refuse(path: object) -> object:
        if str(path) == str(folder):
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)  # type: ignore[call-overload]

    monkeypatch.setattr(os, "scandir", refuse)
    outcome = run("extract", folder, EXAMPLE, "--out", tmp_path / "out")
    assert (outcome.status, outcome.err.splitlines()[0].partition("；")[0]) == (1, f"gouji: {folder}: 没有权限")
    assert (tmp_path / "out" / f"{EXAMPLE.name}.json").is_file()
    remedy = "请检查路径和权限 / Permission denied; check the path and its permissions"
    assert run("compare", folder).err == f"gouji: {folder}: 没有权限；{remedy}\n"


def test_a_folder_for_results_that_may_not_be_made_is_said_with_its_option_in_both_languages(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    out, found = tmp_path / "out", Path.stat

    def refuse(path: Path, **how: bool) -> os.stat_result:
        if path == out:
            raise PermissionError(13, "Permission denied", str(path))
        return found(path, **how)

    monkeypatch.setattr(Path, "stat", refuse)
    for option in ("--out", "--debug-images"):
        said = f"无法创建输出文件夹，请用 {option} 另选 / this folder cannot be made, name another with {option}"
        outcome = run("extract", EXAMPLE, option, out)
        assert outcome == Outcome(2, "", f"gouji: {out}: {said}: 没有权限 / Permission denied\n")


def test_a_file_where_a_folder_is_compared_is_said_to_be_one(run: Run):
    said = f"gouji: {EXAMPLE}: 是文件，此处应为文件夹 / is a file; name a folder\n"
    assert run("compare", EXAMPLE) == Outcome(2, "", said)


@pytest.mark.parametrize("command", [(), ("models",)])
def test_no_command_is_described_longer_than_a_terminal_of_80_columns(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
):
    monkeypatch.setenv("COLUMNS", "80")
    described = run(*command, "--help").out
    assert "..." not in described.partition("Commands:")[2]


@pytest.mark.parametrize(
    "arguments",
    [
        ("extract",),
        ("extract", EXAMPLE, EXAMPLE.parent),
        ("extract", EXAMPLE.parent),
        ("extract", EXAMPLE, "--format", "xml"),
    ],
)
def test_wrong_usage_is_status_2(run: Run, arguments: tuple[object, ...]):
    assert run(*arguments).status == 2


@pytest.mark.parametrize(
    ("arguments", "chinese"),
    [
        (("extract",), "缺少参数"),
        (("extrac",), "没有这个命令"),
        (("report", EXAMPLE), "缺少选项"),
        (("extract", EXAMPLE, "--frmat", "json"), "没有这个选项"),
        (("extract", EXAMPLE, "--format", "xml"), "--format 的取值不"),
        (("extract", EXAMPLE, "--out"), "选项 --out 后面缺少内容"),
        (("compare", EXAMPLE, EXAMPLE), "多出的参数"),
        (("extract", EXAMPLE, "--jobs", "0"), "不得小于"),
        (("extract", EXAMPLE, "--risk", "a"), "--risk 应为数字"),
    ],
)
def test_a_wrong_call_is_told_in_both_languages(run: Run, arguments: tuple[object, ...], chinese: str):
    outcome = run(*arguments)
    assert outcome.status == 2
    assert chinese in outcome.err.splitlines()[0]
    assert " / " in outcome.err.splitlines()[0]


def test_ctrl_c_is_status_130_in_every_version_of_the_library(run: Run, monkeypatch: pytest.MonkeyPatch):
    def interrupt(**options: object) -> None:
        raise typer.Abort

    monkeypatch.setattr("extract.cli.app", interrupt)
    assert run("extract", EXAMPLE).status == 130


def test_the_command_alone_shows_its_help(run: Run):
    outcome = run()
    assert "Commands:" in outcome.out + outcome.err


def test_a_folder_without_out_is_told_what_to_type(run: Run, tmp_path: Path):
    (tmp_path / "年报 2024").mkdir()
    assert f"gouji extract '{tmp_path}/年报 2024' --out out\n" in run("extract", tmp_path / "年报 2024").err


@pytest.mark.parametrize(("drawable", "said"), [(True, "没有找到 1 份报告的原件"), (False, "没有用上")])
def test_sources_that_match_nothing_are_told(run: Run, tmp_path: Path, drawable: bool, said: str):
    run("extract", EXAMPLE, "--out", tmp_path / "out")
    document = tmp_path / "out" / f"{EXAMPLE.name}.json"
    if drawable:
        document.write_text(document.read_text(encoding="utf-8").replace('"format":"text"', '"format":"pdf"'))
    outcome = run("report", document, "--format", "html", "--out", tmp_path / "a.html", "--sources", tmp_path / "out")
    assert outcome.status == 0
    assert said in outcome.err


def test_an_output_that_is_a_file_is_wrong_usage(run: Run, tmp_path: Path):
    (tmp_path / "out").write_text("", encoding="utf-8")
    assert run("extract", EXAMPLE, "--out", tmp_path / "out").status == 2


def test_an_output_folder_that_cannot_be_made_is_named(run: Run, tmp_path: Path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    outcome = run("extract", EXAMPLE, "--out", tmp_path / "file" / "out")
    assert outcome.status == 2
    assert str(tmp_path / "file" / "out") in outcome.err


@pytest.mark.parametrize("code", ["A002", "a002", "column-balance"])
def test_rule_explains_a_code_in_both_languages(run: Run, code: str):
    outcome = run("rule", code)
    entry = load_catalogue()["A002"]
    assert outcome.status == 0
    basis = entry.source.removeprefix("{notice}")
    for text in (entry.code, entry.title, entry.title_en, entry.means, entry.means_en, entry.matters, basis):
        assert text in outcome.out


def test_rule_explains_codes_of_later_commands_too(run: Run):
    assert "需要多年" in run("rule", "Y001").out


def test_an_unknown_code_is_status_2_and_names_the_nearest(run: Run):
    outcome = run("rule", "A02")
    assert outcome.status == 2
    assert "A002" in outcome.err


@pytest.mark.parametrize("command", ["evaluate", "train"])
def test_a_folder_that_is_not_there_is_wrong_usage(run: Run, tmp_path: Path, command: str):
    arguments = [tmp_path / "gone"] if command == "evaluate" else ["--corpus", tmp_path / "gone"]
    assert run(command, *arguments).status == 2


def test_help_names_the_commands_and_loads_nothing_heavy():
    program = (
        "import sys; sys.argv = ['gouji', '--help']\n"
        "from extract.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert all(command in done.stdout for command in ("extract", "rule", "evaluate", "train"))
    assert done.stderr.strip() == "[]"


def test_version_is_printed(run: Run):
    assert run("--version").out.startswith("gouji ")


@pytest.mark.parametrize("arguments", [("extract", EXAMPLE), ("rule", "A001"), ("models",)])
def test_output_that_cannot_be_printed_is_one_line(arguments: tuple[object, ...]):
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*GOUJI, *map(str, arguments)], stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1
    assert done.stderr == (
        "gouji: 标准输出 / standard output: 无法写出（磁盘已满） / cannot be written (No space left on device)\n"
    )


def test_output_that_the_disk_takes_only_a_part_of_is_told_where_python_does_not_buffer(tmp_path: Path):
    def leave_little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    with (tmp_path / "out.txt").open("wb") as file:
        done = subprocess.run(
            [*GOUJI, "extract", EXAMPLE],
            stdout=file,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            preexec_fn=leave_little_room,
        )
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "无法写出" in done.stderr


def test_a_reader_that_goes_away_ends_the_command_silently():
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([*GOUJI, "rule", "A001"], stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")


def test_debug_images_say_that_nothing_was_drawn_of_a_text(run: Run, tmp_path: Path):
    assert "什么也没有画" in run("extract", EXAMPLE, "--debug-images", tmp_path / "seen").err


def test_debug_images_say_where_they_are(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def draw(path: Path, *, settings: Settings, risk: float | None) -> Report:
        assert settings.debug_images
        (settings.debug_images / "page-001.svg").write_text("<svg/>", encoding="utf-8")
        return make_report()

    monkeypatch.setattr("extract.pipeline.extract_report", draw)
    assert run("extract", EXAMPLE, "--debug-images", tmp_path / "seen").err == (
        f"gouji: 识别所见已画出，共 1 页 / what was seen is drawn, pages: 1：{tmp_path / 'seen'}\n"
    )
