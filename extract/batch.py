"""Many files → one report document each, on as many processes as wished; one bad file never stops the rest.

A run that was cut off goes on where it stopped: a document is written whole or not at all, and a file whose document is
there, made of the same bytes by the same gouji, is not read again.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, closing, suppress
from enum import Enum
from functools import partial
from itertools import count
from multiprocessing import get_context, parent_process
from pathlib import Path, PurePath
from typing import Any, TypeVar

from extract.archives import read_member
from extract.artifacts import this_maker
from extract.collector import collect_rarely
from extract.errors import Failure, GoujiError, NotAReportError, SourceError, UnwritableError
from extract.guard import guard
from extract.large_pages import take_large_pages
from extract.lock import lock_folder
from extract.own import OwnRules, own_rules, use_own_rules
from extract.progress import Bar, show_progress
from extract.quick import as_dict, record, replace
from extract.records import PART, Document, Report
from extract.settings import Settings, load_settings
from extract.sources import Job, plan_jobs

FAILURES = "failures.jsonl"
_DIED = "the process died while reading it (killed, or out of memory)"
_PARTS = (
    "{n} 张图片看来各是一份报告的一页：请把同一份报告的各页（没有表格的也在内）按顺序合成一个 PDF 或多页 TIFF，"
    "再读取 / pictures that seem to be one page of a report each: put the pages of a report, also those without "
    "tables, into one PDF or multi-page TIFF, in their order, and give that"
)
_LEFT = (
    "{folder} 中另有 {n} 份文档不出自这次读取的文件（{shown}）：原件已删除或改名的，请删去其文档，"
    "否则 report 和 compare 仍会用到 / further documents there are of no file of this run: delete those whose source "
    "is gone, or report and compare go on using them"
)
_LEFT_SHOWN = 3
_OTHERS = "{name} of {folder} is the document of another report ({report})"
_OTHERS_REMEDY = "give it another --out, or replace that document with --again"
_DIED_REMEDY = "extract it alone, or leave it out"
_HANDFUL, _HANDFUL_BYTES = 32, 400_000  # files and bytes that a process gets at once, whose reports it makes together
_LONG = 2000  # lines and rows, several times what a report has: such a document is not held beside others
_OFTEN = 100  # files that a process reads before it puts into large pages what it has learned of them
_SHARES = 8  # handfuls, at least, that there are for each process


class Done(Enum):
    """What became of a file that was read."""

    WRITTEN = "written"
    PART = "part"  # written, of a picture that seems to be one page of a report
    UNCHANGED = "unchanged"
    STRAY = "stray"  # a picture beside the reports (a logo, a photo)


Outcome = Done | Failure
Made = TypeVar("Made")


@record
class Batch:
    """What became of many files: how many documents were written or are as they were; pictures without a report;
    failures; remarks; how many files were read, with or without success, by how many processes, in how many seconds.
    """

    written: int
    unchanged: int
    stray: int
    failures: tuple[Failure, ...]
    remarks: tuple[str, ...]
    read: int
    workers: int
    seconds: float


@record
class Options:
    """How files are read: `again` reads those, too, whose documents are current, and replaces documents of other
    reports; `risk` as in `extract_report`.
    """

    again: bool = False
    risk: float | None = None


_USUAL = Options()
_begun = count(1)  # the files of this process


def extract_many(
    paths: Sequence[Path],
    out_dir: Path,
    options: Options = _USUAL,
    *,
    jobs: int | None = None,
    progress: bool = False,
) -> Batch:
    """Reads every file, folder and archive; writes `out_dir/<file name>.json` for each file in them.

    `jobs` processes (None: as many as there are cores, one where the files are few and small); `progress` tells on
    stderr how far it is. Failures also go to `out_dir/failures.jsonl`, one JSON object a line, as they come.

    Raises: UsageError where no training could show so small a risk or another run writes to `out_dir`, UnwritableError
    where the disk is full.
    """
    from extract.fields import settle_risk
    from extract.outputs import sweep_halves

    started = time.monotonic()
    options = replace(options, risk=settle_risk(options.risk))
    planned, failures, remarks = plan_jobs(paths, out_dir)
    workers = _count_workers(jobs, planned)
    counts = dict.fromkeys(Done, 0)
    with lock_folder(out_dir), show_progress(len(planned), shown=progress) as bar:
        sweep_halves(out_dir)
        log = _failure_log(out_dir / FAILURES)
        for failure in failures:
            log(failure)
        with closing(_run(planned, workers, options, bar)) as outcomes:
            for outcome in outcomes:
                if isinstance(outcome, Failure):
                    failures.append(outcome)
                    log(outcome)
                else:
                    counts[outcome] += 1
                if bar:
                    bar.advance()
    remarks += _remark(paths, out_dir, planned, counts)
    return Batch(
        counts[Done.WRITTEN] + counts[Done.PART],
        counts[Done.UNCHANGED],
        counts[Done.STRAY],
        tuple(sorted(failures, key=str)),
        tuple(remarks),
        read=len(planned) - counts[Done.UNCHANGED],
        workers=workers,
        seconds=time.monotonic() - started,
    )


def _remark(paths: Sequence[Path], out_dir: Path, planned: Sequence[Job], counts: Mapping[Done, int]) -> Iterator[str]:
    """What people are told, when all is read, of files that were no failures."""
    yield from (job.remark for job in planned if job.remark and job.target.is_file())
    if counts[Done.PART]:
        yield _PARTS.format(n=counts[Done.PART])
    yield from _name_left(paths, out_dir, planned)


def _name_left(paths: Sequence[Path], out_dir: Path, planned: Sequence[Job]) -> list[str]:
    """A remark on the documents that are there and of no file of a folder that was read: their sources may be gone."""
    if not any(path.is_dir() for path in paths):
        return []
    planned_targets = {job.target for job in planned}
    left = sorted(path.name for path in out_dir.glob("*.json") if path not in planned_targets and _head(path))
    shown = "、".join(left[:_LEFT_SHOWN]) + " …" * (len(left) > _LEFT_SHOWN)
    return [_LEFT.format(folder=out_dir, n=len(left), shown=shown)] if left else []


def _count_workers(jobs: int | None, planned: Sequence[Job]) -> int:
    settings = load_settings()
    if jobs is None:
        few = len(planned) <= settings.few_files
        small = few and sum(_size_of(job.path) for job in planned) <= settings.few_bytes
        jobs = 1 if small else os.cpu_count() or 1
    return max(1, min(jobs, len(planned), settings.jobs_most))


def _run(planned: Sequence[Job], workers: int, options: Options, bar: Bar | None) -> Generator[Outcome, None, None]:
    """What becomes of the files, in the order in which it is known."""
    return _run_here(planned, options, bar) if workers == 1 else _run_in_pool(planned, workers, options)


def _run_here(planned: Iterable[Job], options: Options, bar: Bar | None) -> Generator[Outcome, None, None]:
    settings = replace(load_settings(), on_page=bar.on_page) if bar else None
    for job in planned:
        yield extract_one(job, options, settings)


def _run_in_pool(planned: Sequence[Job], workers: int, options: Options) -> Generator[Outcome, None, None]:
    """Outcomes in the order in which they come; files whose process died are tried once more, each in its own.

    What such a process had written of its handful counts as unchanged then.
    """
    left: list[Job] = []
    with ExitStack() as stack:
        try:
            pool = stack.enter_context(_pool(workers))
            futures = {pool.submit(_extract_each, jobs, options): jobs for jobs in _handfuls(planned, workers)}
        except OSError:  # no further process may be started here: this one reads them all
            stack.close()
            yield from _run_here(planned, options, None)
            return
        try:
            for future in as_completed(futures):
                try:
                    yield from future.result()
                except BrokenProcessPool:
                    left += futures[future]
        finally:
            pool.shutdown(cancel_futures=True)  # an interrupted run ends with the files at work
    for job in left:
        yield _run_alone(job, options)


def _handfuls(planned: Sequence[Job], workers: int) -> Iterator[list[Job]]:
    """The jobs in order, small files by the handful; no process is left without work while others have some."""
    most = min(_HANDFUL, len(planned) // (_SHARES * workers))
    own: list[Job] = []
    size = 0
    for job in planned:
        own.append(job)
        size += _size_of(job.path)
        if len(own) >= most or size >= _HANDFUL_BYTES:
            yield own
            own, size = [], 0
    if own:
        yield own


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # the reader will say what is wrong with it
        return 0


def _extract_each(jobs: Sequence[Job], options: Options) -> list[Outcome]:
    """What becomes of a handful of files, in their order."""
    done: dict[int, Outcome] = {}
    # one goes wrong as none should, or all take too long: then each of those that are left tells by itself which
    with suppress(GoujiError), guard(jobs[0].file):
        for place, outcome in _extract_together(jobs, options):
            done[place] = outcome
    return [done[place] if place in done else extract_one(job, options) for place, job in enumerate(jobs)]


def _extract_together(jobs: Sequence[Job], options: Options) -> Iterator[tuple[int, Outcome]]:
    """What becomes of files whose reports are made together, by their places, as soon as it is known."""
    documents: dict[int, Document] = {}
    for place, job in enumerate(jobs):
        opened = _explained(job, partial(_open_short, job, options))
        if isinstance(opened, Document):
            documents[place] = opened
        else:
            yield place, opened
    made = _make_reports([(jobs[place].file, document) for place, document in documents.items()], options.risk)
    for place, report in zip(documents, made, strict=True):
        yield place, _explained(jobs[place], partial(_write, jobs[place], report, options))


def _make_reports(documents: Sequence[tuple[str, Document]], risk: float | None) -> list[Report | NotAReportError]:
    from extract.pipeline import make_reports

    return make_reports(documents, risk=risk) if documents else []


def _pool(workers: int) -> ProcessPoolExecutor:
    """Processes that read with the same rules of the user's own as this one."""
    spawn = get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=spawn, initializer=_start_worker, initargs=(own_rules(),))


def _start_worker(own: OwnRules) -> None:
    """Ctrl-C is for the first process, which ends the run: what a worker writes it writes to its end."""
    threading.Thread(target=_end_with_first_process, daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_rarely()
    use_own_rules(own)


def _end_with_first_process() -> None:
    """Where that was killed, workers would wait for files for ever. A document is whole or not there: none is hurt."""
    if first := parent_process():
        first.join()
        os._exit(1)


def _run_alone(job: Job, options: Options) -> Outcome:
    with _pool(1) as pool:
        try:
            return pool.submit(extract_one, job, options).result()
        except BrokenProcessPool:
            return Failure(job.file, _DIED, _DIED_REMEDY)


def extract_one(job: Job, options: Options = _USUAL, settings: Settings | None = None) -> Outcome:
    """Writes the job's document, unless the one that is there is current and is not to be read again.

    Raises: UnwritableError where no document could be written: a full disk.
    """
    return _explained(job, partial(_extract, job, options, settings))


def _extract(job: Job, options: Options, settings: Settings | None) -> Outcome:
    with guard(job.file):
        opened = _open(job, options, settings)
        return _finish(job, opened, options) if isinstance(opened, Document) else opened


def _finish(job: Job, document: Document, options: Options) -> Outcome:
    (made,) = _make_reports([(job.file, document)], options.risk)
    return _write(job, made, options)


def _explained(job: Job, act: Callable[[], Made]) -> Made | Outcome:
    """What the act gives, or what became of the job's file instead. Raises: as `extract_one`."""
    try:
        return act()
    except SourceError as error:
        return Done.STRAY if _is_stray(job, error) else error.failure()
    except UnwritableError as error:  # not the file's fault
        if error.hopeless:
            raise
        return Failure(job.file, f"{error.path} cannot be written ({error.cause})", "write to another folder")
    except GoujiError as error:  # not the file's fault: a model or a data file
        return Failure(job.file, str(error), "install gouji again")


def _open(job: Job, options: Options, settings: Settings | None = None) -> Document | Done:
    """The pages of the job's file, unless its document is current. Raises: as `open_file`."""
    if next(_begun) % _OFTEN == 0:
        take_large_pages()
    content = read_member(job.member, settings=load_settings()) if job.member else None
    head = None if options.again else _head(job.target)
    if head and _is_current(head, job, content, options.risk):
        return Done.UNCHANGED
    from extract.pipeline import open_file  # half a second, spared where nothing is read again

    return open_file(job.file, content, settings=settings)


def _open_short(job: Job, options: Options) -> Document | Outcome:
    """The pages of a report of the usual length; of a longer one, what became of it."""
    opened = _open(job, options)
    if isinstance(opened, Document) and sum(len(page.items) for page in opened.pages) > _LONG:
        return _finish(job, opened, options)
    return opened


def _write(job: Job, made: Report | NotAReportError, options: Options) -> Outcome:
    """Writes the report, unless the document that stands there is of another one. Raises: NotAReportError, if made."""
    from extract.outputs import write_report

    if isinstance(made, NotAReportError):
        raise made
    if not options.again and _head(job.target) and (other := _other_report(job.target, made)):
        cause = _OTHERS.format(name=job.target.name, folder=job.target.parent.name, report=other)
        return Failure(job.file, cause, _OTHERS_REMEDY)
    write_report(made, job.target)
    return Done.PART if any(finding.found == PART for finding in made.findings) else Done.WRITTEN


def _head(target: Path) -> dict[str, Any] | None:
    """The head of the document that stands there; None where there is none of ours."""
    from extract.outputs import read_head

    try:
        return read_head(target)
    except (OSError, ValueError):
        return None


def _other_report(target: Path, report: Report) -> str | None:
    """Agency and year of the document that stands there, where it was made of other bytes and is of another report."""
    from extract.documents import read_documents

    for there in read_documents([target], []):
        named, own = (tuple(each.report[part].value for part in ("agency", "year")) for each in (there, report))
        if there.source.sha256 != report.source.sha256 and named != own:
            return " ".join(str(part) for part in named if part is not None)
    return None


def _is_stray(job: Job, error: SourceError) -> bool:
    """Whether a file that was found and not named is a picture of something else."""
    suffix = PurePath(job.file).suffix.casefold()
    return job.found and isinstance(error, NotAReportError) and suffix in load_settings().picture_suffixes


def _is_current(head: dict[str, Any], job: Job, content: bytes | None, risk: float | None) -> bool:
    """Whether a document with this head is of the same bytes and by the same maker."""
    from extract.fields import settle_risk
    from extract.outputs.document import SCHEMA

    try:
        digest, made_by = head["source"]["sha256"], head["made_by"]
        if head["schema"] != SCHEMA or made_by != as_dict(this_maker(settle_risk(risk))):
            return False
        if content is not None:
            return bool(hashlib.sha256(content).hexdigest() == digest)
        with job.path.open("rb") as stream:
            return bool(hashlib.file_digest(stream, "sha256").hexdigest() == digest)
    except (OSError, KeyError, TypeError):
        return False  # no document of ours, or no file: the reader will say what is wrong with it


def _failure_log(path: Path) -> Callable[[Failure], None]:
    """A function that adds a failure to a new log, made with the first one.

    Raises: UnwritableError, as the function does; the log then still ends with a whole line.
    """

    def add(failure: Failure) -> None:
        line = json.dumps(failure.record(), ensure_ascii=False) + "\n"
        whole = 0
        try:
            with path.open("ab") as log:
                whole = log.tell()
                log.write(line.encode(errors="backslashreplace"))  # names may be no UTF-8
        except OSError as error:
            with suppress(OSError):
                os.truncate(path, whole)
            raise UnwritableError.of(str(path), error) from error

    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise UnwritableError.of(str(path), error) from error
    return add
