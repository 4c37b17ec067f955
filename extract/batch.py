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

from extract.errors import GoujiError, SourceError, UnreadableError
from extract.settings import load_settings

_DIED = "the process died while reading it (killed, or out of memory); extract it alone, or leave it out"


@dataclass(frozen=True, slots=True)
class Job:
    """One source file and the document to write."""

    path: Path
    target: Path


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of many files: how many documents were written, one line per file that failed, one per remark."""

    written: int
    failures: tuple[str, ...]
    remarks: tuple[str, ...]


def extract_many(paths: Sequence[Path], out_dir: Path, *, jobs: int | None = None, progress: bool = False) -> Batch:
    """Reads every file, and every readable file below each folder; writes `out_dir/<file name>.json` for each.

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


def plan_jobs(paths: Sequence[Path], out_dir: Path) -> tuple[list[Job], list[str], list[str]]:
    """(jobs, one line per path that cannot be read, remarks). Equal names in two folders get two documents."""
    jobs: dict[Path, Job] = {}
    taken: dict[str, Path] = {}
    failures: list[str] = []
    remarks: list[str] = []
    for root in paths:
        found = find_files(root) if root.is_dir() else [root]
        if not found:
            error = UnreadableError(str(root), "no readable file is in this folder", "name the files themselves")
            failures.append(str(error))
        for path in found:
            if path.resolve() in jobs:
                continue
            name = _free_name(path, root, taken)
            if name != path.name:
                first = taken[path.name.casefold()]
                remarks.append(f"{path}: {first} has the same name; written as {name}.json")
            taken[name.casefold()] = path
            jobs[path.resolve()] = Job(path, out_dir / f"{name}.json")
    return list(jobs.values()), failures, remarks


def find_files(folder: Path) -> list[Path]:
    """The files below a folder that may be reports, by suffix, in order; hidden ones are left out."""
    suffixes = load_settings().folder_suffixes
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        visible = sorted(name for name in names if not name.startswith("."))
        found += [Path(place, name) for name in visible if Path(name).suffix.casefold() in suffixes]
    return found


def _free_name(path: Path, root: Path, taken: dict[str, Path]) -> str:
    """The file's name; where another file has it, its folders below `root` before it, then a number."""
    if path.name.casefold() not in taken:
        return path.name
    parts = path.relative_to(root).parts if root != path else path.parts[-2:]
    base = "__".join(part for part in parts if part not in ("/", ".."))
    names: Iterator[str] = (base if number == 1 else f"{number}__{base}" for number in range(1, len(taken) + 3))
    return next(name for name in names if name.casefold() not in taken)


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
            return f"{job.path}: {_DIED}"


def extract_one(job: Job) -> str | None:
    """Writes the job's document; returns the line that says why not, None where all went well."""
    from extract.outputs import write_report
    from extract.pipeline import extract_report

    try:
        with guard(job.path):
            write_report(extract_report(job.path), job.target)
    except SourceError as error:
        return " ".join(str(error).split())
    except GoujiError as error:  # not the file's fault: a model or a data file
        return " ".join(f"{job.path}: {error}".split())
    return None


@contextmanager
def guard(path: Path) -> Iterator[None]:
    """Whatever goes wrong with one file leaves as a SourceError with file, stage and cause: the only broad `except`.

    Raises: SourceError (or another GoujiError, unchanged).
    """
    try:
        yield
    except GoujiError:
        raise
    except OSError as error:
        raise UnreadableError(str(path), str(error.strerror or error), "check the path and its permissions") from error
    except Exception as error:
        cause = f"unexpected {type(error).__name__} in {_stage_of(error)} ({error})"
        raise SourceError(str(path), cause, "please report it with the file") from error


def _stage_of(error: BaseException) -> str:
    """The innermost part of gouji that the error passed through."""
    stage, trace = "extract", error.__traceback__
    while trace:
        module = str(trace.tb_frame.f_globals.get("__name__", ""))
        stage = module if module.startswith("extract.") else stage
        trace = trace.tb_next
    return stage


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
