"""Many files → one report document each, on as many processes as wished; one bad file never stops the rest."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from extract.archives import read_member
from extract.errors import GoujiError, SourceError
from extract.guard import guard
from extract.settings import load_settings
from extract.sources import Job, plan_jobs

_DIED = "the process died while reading it (killed, or out of memory); extract it alone, or leave it out"


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of many files: how many documents were written, one line per file that failed, one per remark."""

    written: int
    failures: tuple[str, ...]
    remarks: tuple[str, ...]


def extract_many(paths: Sequence[Path], out_dir: Path, *, jobs: int | None = None, progress: bool = False) -> Batch:
    """Reads every file, folder and archive; writes `out_dir/<file name>.json` for each file in them.

    `jobs` processes (None: as many as there are cores, one where the files are few); `progress` shows a bar on stderr.
    """
    planned, failures, remarks = plan_jobs(paths, out_dir)
    workers = _count_workers(jobs, len(planned))
    outcomes = _run_here(planned) if workers == 1 else _run_in_pool(planned, workers)
    written = 0
    with _progress_bar(len(planned), shown=progress) as advance:
        for outcome in outcomes:
            written += outcome is None
            failures += [outcome] if outcome else []
            advance()
    return Batch(written, tuple(sorted(failures)), tuple(remarks))


def _count_workers(jobs: int | None, files: int) -> int:
    settings = load_settings()
    if jobs is None:
        jobs = 1 if files <= settings.few_files else os.cpu_count() or 1
    return max(1, min(jobs, files, settings.jobs_most))


def _run_here(planned: Iterable[Job]) -> Iterator[str | None]:
    for job in planned:
        yield extract_one(job)


def _run_in_pool(planned: Sequence[Job], workers: int) -> Iterator[str | None]:
    """Outcomes in the order in which they come; files whose process died are tried once more, each in its own."""
    again: list[Job] = []
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        futures = {pool.submit(extract_one, job): job for job in planned}
        for future in as_completed(futures):
            try:
                yield future.result()
            except BrokenProcessPool:
                again.append(futures[future])
    for job in again:
        yield _run_alone(job)


def _run_alone(job: Job) -> str | None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        try:
            return pool.submit(extract_one, job).result()
        except BrokenProcessPool:
            return f"{job.file}: {_DIED}"


def extract_one(job: Job) -> str | None:
    """Writes the job's document; returns the line that says why not, None where all went well."""
    from extract.outputs import write_report
    from extract.pipeline import extract_content, extract_report

    try:
        with guard(job.file):
            if job.member:
                content = read_member(job.member, settings=load_settings())
                report = extract_content(content, file=job.file)
            else:
                report = extract_report(job.path)
            write_report(report, job.target)
    except SourceError as error:
        return " ".join(str(error).split())
    except GoujiError as error:  # not the file's fault: a model or a data file
        return " ".join(f"{job.file}: {error}".split())
    return None


@contextmanager
def _progress_bar(total: int, *, shown: bool) -> Iterator[Callable[[], None]]:
    """A function that counts one file as done; with a bar on stderr where one is shown."""
    if not shown:
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("读取"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)
