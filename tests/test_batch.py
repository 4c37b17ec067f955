from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from multiprocessing import popen_spawn_posix
from pathlib import Path
from unittest.mock import Mock

import pytest

from extract import outputs, pipeline
from extract.artifacts import sha256_of
from extract.batch import FAILURES, Done, Options, _count_workers, _extract_each, _handfuls, extract_many
from extract.comparison import compare_folder, write_history
from extract.errors import Failure, SourceError, UnreadableError, UnwritableError, UsageError
from extract.guard import guard
from extract.lock import lock_folder
from extract.pipeline import extract_report
from extract.records import Form, Item, Report
from extract.sources import find_files, plan_jobs
from extract.takeaway import FORMATS, write_takeaway, write_webpages

EXAMPLES = Path(__file__).parent.parent / "examples"
EXAMPLE = next(iter(sorted(EXAMPLES.glob("*.txt"))))


def copy_to(target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(EXAMPLE.read_bytes())
    return target


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_one_document_is_written_per_file(tmp_path: Path):
    source = copy_to(tmp_path / "in" / "报告.txt")
    batch = extract_many([source], tmp_path / "out")
    assert (batch.written, batch.failures, batch.remarks) == (1, (), ())
    document = json.loads((tmp_path / "out" / "报告.txt.json").read_text(encoding="utf-8"))
    assert document["source"]["name"] == "报告.txt"


def test_bad_inputs_are_named_with_cause_and_remedy_and_the_rest_is_done(tmp_path: Path):
    good = copy_to(tmp_path / "a.txt")
    empty, binary, other, gone = (tmp_path / name for name in ("empty.txt", "binary.txt", "other.txt", "gone.txt"))
    empty.write_bytes(b"")
    binary.write_bytes(bytes(range(256)) * 40)
    other.write_text("这是一封信，不是年度报告。\n" * 20, encoding="utf-8")
    batch = extract_many([good, empty, binary, other, gone], tmp_path / "out")
    assert batch.written == 1
    assert names(tmp_path / "out") == ["a.txt.json", FAILURES]
    assert len(batch.failures) == 4
    for path in (empty, binary, other, gone):
        (line,) = [line for line in map(str, batch.failures) if path.name in line]
        assert "\n" not in line
        assert line.count(";") >= 1


def test_a_name_that_is_no_utf8_ends_no_batch(tmp_path: Path):
    good, bad = (tmp_path / os.fsdecode(name) for name in (b"\xc9.txt", b"a\xff.txt"))
    copy_to(good)
    bad.write_bytes(b"")
    copy_to(tmp_path / "b.txt")
    batch = extract_many([tmp_path], tmp_path / "out")
    assert (batch.written, len(batch.failures)) == (2, 1)
    assert names(tmp_path / "out") == sorted(["b.txt.json", "%C9.txt.json", FAILURES])
    assert json.loads((tmp_path / "out" / FAILURES).read_text(encoding="utf-8"))["file"] == str(bad)


def test_a_name_that_would_steer_the_terminal_is_spelt_as_in_addresses(tmp_path: Path):
    copy_to(tmp_path / "a\nb.txt")
    (tmp_path / "\x1b[31mc\u202e.txt").write_bytes(b"")
    batch = extract_many([tmp_path], tmp_path / "out")
    assert names(tmp_path / "out") == sorted(["a%0Ab.txt.json", FAILURES])
    (line,) = map(str, batch.failures)
    assert "%1B[31mc%E2%80%AE.txt: 文件是空的" in line


def test_a_name_that_is_spelt_as_another_file_is_called_gets_a_document_of_its_own(tmp_path: Path):
    for name in (b"a%FF.txt", b"a\xff.txt"):
        copy_to(tmp_path / os.fsdecode(name))
    assert extract_many([tmp_path], tmp_path / "out").written == 2
    assert len(names(tmp_path / "out")) == 2


def test_a_folder_is_walked_for_readable_files_in_order(tmp_path: Path):
    truths = "a/truth/1.txt.json", "a/truth/9.txt.json"  # of a report that is there, and of none
    for name in ("b/2.MD", "a/1.txt", *truths, "a/.hidden.txt", ".git/x.txt", "c/table.xlsx"):
        copy_to(tmp_path / name)
    found, other = find_files(tmp_path)
    assert [path.name for path in found] == ["1.txt", "2.MD"]
    assert [path.name for path in other] == ["9.txt.json", "table.xlsx"]


def test_files_of_kinds_that_are_not_read_are_counted_and_named_the_rarest_first(tmp_path: Path):
    copy_to(tmp_path / "in" / "报告.txt")
    for name in ("全县.rar", *(f"{number}.xlsx" for number in range(7))):
        (tmp_path / "in" / name).write_bytes(b"x")
    with zipfile.ZipFile(tmp_path / "in" / "a.zip", "w") as archive:
        archive.writestr("甲/乙.7z", b"x")
        archive.write(EXAMPLE, "b.txt")
    (remark,) = extract_many([tmp_path / "in"], tmp_path / "out").remarks
    assert remark.startswith("9 个文件的种类不读，已略过：.7z 1（")
    assert remark.index("甲/乙.7z") < remark.index("全县.rar") < remark.index(".xlsx 7（")
    assert remark.count(".xlsx、") == 4
    assert " / files of kinds" in remark


def test_a_name_that_another_file_took_is_told_as_it_is(tmp_path: Path):
    """The third file is called as the document of the second one is, and as no other file."""
    first, second = copy_to(tmp_path / "in" / "a.txt"), copy_to(tmp_path / "in" / "b" / "a.txt")
    third = copy_to(tmp_path / "in" / "c" / "b__a.txt")
    jobs, _, _ = plan_jobs([tmp_path / "in"], tmp_path / "out")
    assert [job.target.name for job in jobs] == ["a.txt.json", "b__a.txt.json", "c__b__a.txt.json"]
    assert jobs[1].remark.startswith(f"{second}: a.txt.json 已留给 {first}，此件写为 b__a.txt.json / ")
    assert jobs[2].remark.startswith(f"{third}: b__a.txt.json 已留给 {second}，此件写为 c__b__a.txt.json / ")


def test_only_a_document_that_is_there_is_said_to_have_another_name(tmp_path: Path):
    copy_to(tmp_path / "in" / "a.txt")
    (tmp_path / "in" / "b").mkdir()
    (tmp_path / "in" / "b" / "a.txt").write_text("这是一封信。", encoding="utf-8")
    batch = extract_many([tmp_path / "in"], tmp_path / "out")
    assert (len(batch.failures), batch.remarks) == (1, ())


def test_the_log_of_failures_says_it_in_both_languages(tmp_path: Path):
    (tmp_path / "空.txt").write_bytes(b"")
    extract_many([tmp_path / "空.txt"], tmp_path / "out")
    (line,) = (tmp_path / "out" / FAILURES).read_text(encoding="utf-8").splitlines()
    failure = json.loads(line)
    assert (failure["cause"], failure["cause_zh"]) == ("the file is empty", "文件是空的")
    assert failure["remedy_zh"]


def test_a_file_of_zero_bytes_is_told_from_an_empty_one(tmp_path: Path) -> None:
    bad = tmp_path / "零.txt"
    bad.write_bytes(bytes(5000))
    (failure,) = extract_many([bad], tmp_path / "out", jobs=1).failures
    assert failure.cause == "the file holds nothing but zero bytes"


def test_a_link_to_nothing_is_called_so(tmp_path: Path) -> None:
    (tmp_path / "报告.txt").symlink_to("gone.txt")
    (failure,) = extract_many([tmp_path], tmp_path / "out").failures
    assert "这是一个链接，所指的文件不存在；请给出文件本身 / this is a link to a file that is not there" in str(failure)


def test_a_folder_without_readable_files_is_a_failure(tmp_path: Path):
    assert plan_jobs([tmp_path], tmp_path / "out")[1][0].file == str(tmp_path)


def test_documents_whose_source_is_gone_are_named_where_a_folder_is_read(tmp_path: Path):
    gone, kept = (copy_to(tmp_path / "in" / name) for name in ("a.txt", "b.txt"))
    extract_many([gone.parent], tmp_path / "out")
    gone.unlink()
    (tmp_path / "out" / "notes.json").write_text("{}", encoding="utf-8")  # nobody else's files are named
    assert extract_many([kept], tmp_path / "out").remarks == ()
    (remark,) = extract_many([kept.parent], tmp_path / "out").remarks
    assert "另有 1 份文档不出自这次读取的文件（a.txt.json）" in remark


def test_equal_names_in_two_folders_give_two_documents_and_a_remark(tmp_path: Path):
    first, second = copy_to(tmp_path / "in" / "2023" / "报告.txt"), copy_to(tmp_path / "in" / "2024" / "报告.txt")
    jobs, failures, _ = plan_jobs([tmp_path / "in"], tmp_path / "out")
    assert [job.target.name for job in jobs] == ["报告.txt.json", "2024__报告.txt.json"]
    assert failures == []
    assert str(second) in jobs[1].remark
    assert str(first) in jobs[1].remark
    assert extract_many([tmp_path / "in"], tmp_path / "out").remarks == (jobs[1].remark,)


def test_names_that_differ_only_in_case_never_share_a_document(tmp_path: Path):
    paths = [copy_to(tmp_path / "a" / "Report.txt"), copy_to(tmp_path / "b" / "report.txt")]
    jobs, _, _ = plan_jobs(paths, tmp_path / "out")
    assert len({job.target.name.casefold() for job in jobs}) == 2


def test_a_file_named_twice_is_read_once(tmp_path: Path):
    source = copy_to(tmp_path / "报告.txt")
    assert len(plan_jobs([source, tmp_path, source], tmp_path / "out")[0]) == 1


def test_several_processes_write_the_same_documents_as_one(tmp_path: Path):
    sources = [copy_to(tmp_path / "in" / f"{number}.txt") for number in range(3)]
    bad = tmp_path / "in" / "bad.txt"
    bad.write_text("无关文字", encoding="utf-8")
    one = extract_many([*sources, bad], tmp_path / "one", jobs=1)
    many = extract_many([*sources, bad], tmp_path / "many", jobs=2)
    assert (one.failures, one.remarks) == (many.failures, many.remarks)
    assert (one.written, len(one.failures)) == (3, 1)
    for name in names(tmp_path / "one"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "many" / name).read_bytes()


def test_files_read_together_become_what_each_becomes_alone(tmp_path: Path):
    """A document of its own, no report, a file of zero bytes, one that is current: each in its place."""
    good = [copy_to(tmp_path / f"{number}.txt") for number in range(3)]
    other, zero = tmp_path / "other.txt", tmp_path / "zero.txt"
    other.write_text("这是一封信，不是年度报告。\n" * 20, encoding="utf-8")
    zero.write_bytes(bytes(9))
    extract_many(good[:1], tmp_path / "together")
    jobs, _, _ = plan_jobs([good[0], other, good[1], zero, good[2]], tmp_path / "together")
    together = _extract_each(jobs, Options())
    assert [type(own) for own in together] == [Done, Failure, Done, Failure, Done]
    assert together[::2] == [Done.UNCHANGED, Done.WRITTEN, Done.WRITTEN]
    alone = extract_many([other, *good, zero], tmp_path / "alone", jobs=1)
    assert sorted(map(str, together[1::2])) == sorted(map(str, alone.failures))
    for path in good:
        name = f"{path.name}.json"
        assert (tmp_path / "together" / name).read_bytes() == (tmp_path / "alone" / name).read_bytes()


def test_a_long_document_is_not_held_beside_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    jobs, _, _ = plan_jobs([copy_to(tmp_path / f"{number}.txt") for number in range(3)], tmp_path / "out")
    with jobs[1].path.open("a", encoding="utf-8") as long:
        long.write("附件所列事项另行公布。\n" * 3000)
    together = []
    make = pipeline.make_reports
    monkeypatch.setattr(pipeline, "make_reports", lambda own, risk: together.append(len(own)) or make(own, risk=risk))
    assert _extract_each(jobs, Options()) == [Done.WRITTEN] * 3
    assert together == [1, 2]


@pytest.mark.unforeseen
def test_what_goes_wrong_with_one_file_as_it_should_with_none_leaves_the_others_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    jobs, _, _ = plan_jobs([copy_to(tmp_path / f"{number}.txt") for number in range(3)], tmp_path / "out")
    recognise = pipeline.recognise_form
    calls = iter(range(99))

    def fail_at_times(items: Sequence[Item]) -> tuple[Form, float]:
        if next(calls) in (1, 3):  # of the second together, of the first alone
            raise ZeroDivisionError("by zero")
        return recognise(items)

    monkeypatch.setattr(pipeline, "recognise_form", fail_at_times)
    first, failed, last = _extract_each(jobs, Options())
    assert isinstance(failed, Failure)
    assert "ZeroDivisionError" in str(failed)
    assert (first, last) == (Done.WRITTEN, Done.WRITTEN)


@pytest.mark.unforeseen
def test_a_document_that_was_written_before_another_failed_counts_as_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    jobs, _, _ = plan_jobs([copy_to(tmp_path / f"{number}.txt") for number in range(3)], tmp_path / "out")
    write = outputs.write_report

    def fail_with_second(report: Report, path: Path) -> None:
        if path == jobs[1].target:
            raise ZeroDivisionError("by zero")
        write(report, path)

    monkeypatch.setattr(outputs, "write_report", fail_with_second)
    first, failed, last = _extract_each(jobs, Options())
    assert isinstance(failed, Failure)
    assert (first, last) == (Done.WRITTEN, Done.WRITTEN)


def test_where_no_process_can_be_started_this_one_reads_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    sources = [copy_to(tmp_path / "in" / f"{number}.txt") for number in range(3)]
    monkeypatch.setattr(
        popen_spawn_posix, "Popen", Mock(side_effect=BlockingIOError(errno.EAGAIN, "no more processes"))
    )
    assert extract_many(sources, tmp_path / "out", jobs=2).written == 3


def test_small_files_go_to_a_process_by_the_handful_and_a_large_one_ends_it(tmp_path: Path):
    paths = [copy_to(tmp_path / f"{number:02}.txt") for number in range(32)]
    paths[4].write_bytes(bytes(1_000_000))
    jobs, _, _ = plan_jobs(paths, tmp_path / "out")
    handfuls = list(_handfuls(jobs, 1))
    assert [len(own) for own in handfuls] == [4, 1, 4, 4, 4, 4, 4, 4, 3]
    assert [job for own in handfuls for job in own] == jobs


def test_few_files_are_read_in_one_process_unless_they_are_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    jobs, _, _ = plan_jobs([copy_to(tmp_path / f"{number}.txt") for number in range(9)], tmp_path / "out")
    assert [_count_workers(None, jobs), _count_workers(None, jobs[:8]), _count_workers(2, jobs[:8])] == [4, 1, 2]
    with jobs[0].path.open("ab") as scan:
        scan.truncate(3_000_001)
    assert _count_workers(None, jobs[:8]) == 4


def test_few_files_are_shared_out_one_by_one(tmp_path: Path):
    jobs, _, _ = plan_jobs([copy_to(tmp_path / f"{number}.txt") for number in range(9)], tmp_path / "out")
    assert [len(own) for own in _handfuls(jobs, 2)] == [1] * 9


@pytest.mark.unforeseen
def test_an_unexpected_error_becomes_one_line_with_its_cause(tmp_path: Path):
    with pytest.raises(SourceError, match="unexpected ZeroDivisionError"), guard(tmp_path / "x.txt"):
        raise ZeroDivisionError("by zero")


def test_an_error_of_the_operating_system_names_the_file(tmp_path: Path):
    with pytest.raises(UnreadableError, match=r"x\.txt: Permission denied"), guard(tmp_path / "x.txt"):
        raise PermissionError(13, "Permission denied")


# ---------------------------------------------------------------- long runs


def test_a_risk_that_training_could_not_show_is_refused_before_anything_is_read(tmp_path: Path):
    with pytest.raises(UsageError, match="--risk"):
        extract_many([copy_to(tmp_path / "a.txt")], tmp_path / "out", Options(risk=1e-9))
    assert not list(tmp_path.glob("out/*.json"))


def stamp(path: Path) -> tuple[int, int]:
    return path.stat().st_ino, path.stat().st_mtime_ns


def test_a_file_whose_document_is_current_is_not_read_again(tmp_path: Path):
    source, out = copy_to(tmp_path / "a.txt"), tmp_path / "out"
    extract_many([source], out)
    before = stamp(out / "a.txt.json")
    batch = extract_many([source], out)
    assert (batch.written, batch.unchanged) == (0, 1)
    assert stamp(out / "a.txt.json") == before
    assert extract_many([source], out, Options(again=True)).written == 1


@pytest.mark.parametrize("change", ["source", "model", "half", "risk", "schema"])
def test_a_document_of_other_bytes_or_another_maker_or_half_of_one_is_made_again(tmp_path: Path, change: str):
    source, out = copy_to(tmp_path / "a.txt"), tmp_path / "out"
    extract_many([source], out)
    target = out / "a.txt.json"
    text = target.read_text(encoding="utf-8")
    if change == "source":
        source.write_bytes(source.read_bytes() + b"\n")
    elif change == "model":
        model = json.loads(text)["made_by"]["models"]["field-confidence"]
        target.write_text(text.replace(model, "0" * 12), encoding="utf-8")
    elif change == "schema":
        target.write_text(text.replace("gouji/1", "gouji/0", 1), encoding="utf-8")
    elif change == "half":
        target.write_text(text[:1000], encoding="utf-8")
    assert extract_many([source], out, Options(risk=0.001 if change == "risk" else None)).written == 1
    assert json.loads(target.read_text(encoding="utf-8"))["source"]["sha256"] == sha256_of(source)


def test_failures_are_logged_one_json_object_a_line_and_the_log_is_of_the_last_run(tmp_path: Path):
    bad, out = tmp_path / "bad.txt", tmp_path / "out"
    bad.write_bytes(b"")
    extract_many([bad, tmp_path / "gone.txt"], out)
    logged = [json.loads(line) for line in (out / FAILURES).read_text(encoding="utf-8").splitlines()]
    assert [Path(entry["file"]).name for entry in logged] == ["bad.txt", "gone.txt"]
    assert all(entry["cause"] and entry["remedy"] for entry in logged)
    extract_many([copy_to(bad)], out)
    assert not (out / FAILURES).exists()


@pytest.mark.parametrize("member", [False, True])
def test_a_run_that_is_killed_goes_on_where_it_stopped(tmp_path: Path, member: bool):
    """Killed (-9) after some documents, resumed: every document there once, whole, none read twice."""
    folder, out = tmp_path / "in", tmp_path / "out"
    sources = [copy_to(folder / f"{number:02}.txt") for number in range(12)]
    if member:
        with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
            for source in sources:
                archive.write(source, source.name)
        folder = tmp_path / "all.zip"
    call = f"extract_many([Path({str(folder)!r})], Path({str(out)!r}), jobs=1)"
    script = f"from pathlib import Path; from extract.batch import extract_many; {call}"
    with subprocess.Popen([sys.executable, "-c", script]) as process:
        while process.poll() is None and len(list(out.glob("*.json"))) < 3:
            pass
        process.kill()
    done = {path.name: stamp(path) for path in out.glob("*.json")}
    batch = extract_many([folder], out, jobs=1)
    assert batch.unchanged == len(done)
    assert batch.written + batch.unchanged == len(sources)
    assert {name: stamp(out / name) for name in done} == done
    for path in out.glob("*.json"):
        assert len(json.loads(path.read_text(encoding="utf-8"))["fields"]) == 200


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(("stop", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_run_says_how_to_go_on_and_leaves_whole_documents(
    tmp_path: Path, jobs: int, stop: signal.Signals, status: int
):
    assert stop_midway(tmp_path, jobs, stop) == (
        status,
        "gouji: 已中断；再次运行同一命令即从此处继续 / interrupted; the same command goes on from here\n",
    )


def test_workers_end_with_the_first_process_when_it_is_killed(tmp_path: Path):
    """All of them write to its standard error: where that has an end, none is alive."""
    assert stop_midway(tmp_path, 2, signal.SIGKILL)[0] == -signal.SIGKILL


def stop_midway(folder: Path, jobs: int, stop: signal.Signals) -> tuple[int, str]:
    """(exit status, what was said) of a run that gets the signal after two documents; those there are whole."""
    out = folder / "out"
    for number in range(60):
        copy_to(folder / "in" / f"{number:02}.txt")
    command = [sys.executable, "-m", "extract.cli", "extract", str(folder / "in"), "--out", str(out)]
    with subprocess.Popen([*command, "--jobs", str(jobs)], stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None and len(list(out.glob("*.json"))) < 2:
            pass
        process.send_signal(stop)
        _, told = process.communicate(timeout=60)
    documents = list(out.glob("*.json"))
    assert 2 <= len(documents) < 60
    assert all(len(json.loads(path.read_text(encoding="utf-8"))["fields"]) == 200 for path in documents)
    return process.returncode, told


def test_a_document_of_another_report_is_not_replaced_by_a_file_of_the_same_name(tmp_path: Path):
    first, other = (copy_to(tmp_path / folder / "2023.txt") for folder in ("waters", "schools"))
    other.write_text(other.read_text(encoding="utf-8").replace("望溪区", "溪北区"), encoding="utf-8")
    extract_many([first], tmp_path / "out")
    written = (tmp_path / "out" / "2023.txt.json").read_bytes()
    failures = extract_many([other], tmp_path / "out").failures
    assert "望溪区人民政府 2023" in failures[0].cause
    assert (tmp_path / "out" / "2023.txt.json").read_bytes() == written
    assert extract_many([other], tmp_path / "out", Options(again=True)).written == 1


def test_the_document_of_a_report_that_was_mended_takes_the_place_of_the_old_one(tmp_path: Path):
    source = copy_to(tmp_path / "2023.txt")
    extract_many([source], tmp_path / "out")
    source.write_text(source.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert extract_many([source], tmp_path / "out").written == 1


def test_what_a_killed_writer_left_half_written_is_swept_and_what_one_writes_now_is_not(tmp_path: Path):
    old, new = tmp_path / ".gouji-a.tmp", tmp_path / ".gouji-b.tmp"
    for path in (old, new):
        path.write_text("{", encoding="utf-8")
    os.utime(old, (0, 0))
    extract_many([copy_to(tmp_path / "in" / "a.txt")], tmp_path)
    assert [old.exists(), new.exists()] == [False, True]


def test_a_full_disk_ends_the_run_and_names_the_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    source = copy_to(tmp_path / "a.txt")
    monkeypatch.setattr(os, "replace", Mock(side_effect=full))
    with pytest.raises(UnwritableError, match=r"a\.txt\.json.*磁盘已满"):
        extract_many([source], tmp_path / "out")
    assert names(tmp_path / "out") == []


def test_a_document_that_cannot_be_written_is_not_its_files_fault(tmp_path: Path):
    (tmp_path / "out" / "a.txt.json").mkdir(parents=True)
    sources = [copy_to(tmp_path / name) for name in ("a.txt", "b.txt")]
    batch = extract_many(sources, tmp_path / "out")
    assert batch.written == 1
    assert "a.txt.json 无法写出" in str(batch.failures[0])
    assert "write to another folder" in str(batch.failures[0])


def test_what_is_no_log_of_failures_is_named(tmp_path: Path):
    (tmp_path / "out" / FAILURES).mkdir(parents=True)
    with pytest.raises(UnwritableError, match=FAILURES):
        extract_many([copy_to(tmp_path / "a.txt")], tmp_path / "out")


def test_a_second_run_on_one_output_is_refused_while_the_first_one_writes(tmp_path: Path):
    source, out = copy_to(tmp_path / "a.txt"), tmp_path / "out"
    with lock_folder(out), pytest.raises(UsageError, match="另一个 gouji 正在往这个文件夹里写"):
        extract_many([source], out)
    assert extract_many([source], out).written == 1


def test_the_lock_of_a_killed_run_holds_nobody_up(tmp_path: Path):
    program = (
        f"import time; from extract.batch import *\nwith lock_folder(Path({str(tmp_path)!r})):\n print(flush=True)"
    )
    with subprocess.Popen([sys.executable, "-c", f"{program}\n time.sleep(60)"], stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        with pytest.raises(UsageError), lock_folder(tmp_path):
            pass
        process.kill()
    with lock_folder(tmp_path):
        assert names(tmp_path) == []


def test_what_gouji_wrote_into_a_folder_is_no_report_of_it(tmp_path: Path):
    copy_to(tmp_path / "a.txt")
    out = tmp_path / "out"
    extract_many([tmp_path], out)
    write_history(compare_folder(out)[0], tmp_path)
    for form in FORMATS:
        write_takeaway([out], form, tmp_path / ("panel" if form == "parquet" else f"list.{form}"))
    write_webpages([out], tmp_path / "page.html")
    (tmp_path / "other.json").write_text("{}", encoding="utf-8")
    assert find_files(tmp_path) == ([tmp_path / "a.txt"], [tmp_path / "other.json"])


@pytest.mark.parametrize("name", ["a.txt.json", "page.html"])
def test_what_gouji_wrote_is_refused_by_name(name: str, tmp_path: Path):
    extract_many([copy_to(tmp_path / "a.txt")], tmp_path)
    write_webpages([tmp_path / "a.txt.json"], tmp_path / "page.html")
    with pytest.raises(SourceError, match="gouji wrote this file"):
        extract_report(tmp_path / name)
