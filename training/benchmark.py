"""How long a report takes: per stage once loaded, and from a cold start. `python -m training.benchmark [FILE...]`.

Readings are measured in processor time, which other work on the machine does not lengthen much. The process looks for
cycles of objects as rarely as those of `gouji extract` do. Generated files are each read once, after others, as in a
folder: what reports share is known, and lies in large pages, what is a report's own is not. Given files are read again
and again, and known.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from statistics import fmean, median, quantiles

from extract.collector import collect_rarely
from extract.errors import UsageError
from extract.large_pages import take_large_pages
from training.benchmark_pdf import describe_pdfs, time_pdfs

ROUNDS = 10  # runs of each given file, after one that is not counted
COLD_STARTS = 5
GENERATED = 60  # documents of each noise level
OFFICE = 60  # web pages, Word files
WARM_SHARE = 5  # the first of so many parts of the generated files is read before the others, and not counted
SEED = 20_000_029
GOAL_WARM = 0.020  # seconds per report on one core
GOAL_FILE = 0.030  # the same of a web page or Word file
GOAL_BESIDE_SPACY = 0.8
GOAL_HELP = 0.3

_PDFS = 12
_MAKERS = ("docx", "reportlab")  # of the generated files
_GOUJI = ("-c", "from extract.cli import main; main()")


@dataclass(frozen=True, slots=True)
class Run:
    """Processor seconds of one reading of one file, in total and by stage in the order in which they first ended."""

    file: str
    seconds: float
    stages: Mapping[str, float]


@dataclass(slots=True)
class StageClock:
    """Called with the name of a stage when it has ended; sums the processor seconds since the call before."""

    last: float = field(default_factory=time.process_time)
    stages: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def __call__(self, stage: str) -> None:
        now = time.process_time()
        self.stages[stage] += now - self.last
        self.last = now


def time_file(path: Path) -> Run:
    """One reading of the file, stage by stage. Raises: SourceError."""
    from extract.pages import read_document
    from extract.pipeline import gather_evidence, grade_evidence
    from extract.settings import load_settings

    settings = load_settings()
    clock = StageClock()
    document = read_document(path, settings=settings)
    clock("pages")
    grade_evidence(gather_evidence(document, clock=clock), clock=clock)
    return Run(path.name, sum(clock.stages.values()), dict(clock.stages))


def time_files(paths: Sequence[Path], rounds: int = ROUNDS) -> list[Run]:
    """`rounds` readings of each file, interleaved; models, rules and caches are loaded before. Raises: SourceError."""
    for path in paths:
        time_file(path)
    return [time_file(path) for _ in range(rounds) for path in paths]


def time_once(paths: Sequence[Path]) -> list[Run]:
    """One reading of each file but those of the first fifth, which are read before. Raises: SourceError."""
    first = -(-len(paths) // WARM_SHARE)
    for path in paths[:first]:
        time_file(path)
    take_large_pages()
    return [time_file(path) for path in paths[first:]]


def percentile_95(seconds: Sequence[float]) -> float:
    """The 95th percentile; of a single run that run."""
    return quantiles(seconds, n=20, method="inclusive")[-1] if len(seconds) > 1 else seconds[0]


def time_command(arguments: Sequence[str], starts: int = COLD_STARTS) -> float:
    """Median seconds of a fresh Python with these arguments, from start to exit. Raises: CalledProcessError.

    One start before them, which is not counted, compiles what an installation compiles once.
    """
    seconds = []
    with tempfile.TemporaryDirectory() as compiled:
        environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": compiled}
        for _ in range(1 + starts):
            started = time.perf_counter()
            subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=environment)
            seconds.append(time.perf_counter() - started)
    return median(seconds[1:])


def describe_runs(runs: Sequence[Run], title: str, goal: float = GOAL_WARM) -> str:
    """Median, mean and 95th percentile per report, then what each stage takes of the whole."""
    seconds = [run.seconds for run in runs]
    files = len({run.file for run in runs})
    lines = [
        f"{title}: {files} files, {len(runs)} runs, processor time on one core: median {_ms(median(seconds))}, "
        f"mean {_ms(fmean(seconds))}, 95th percentile {_ms(percentile_95(seconds))} ({_met(median(seconds), goal)})"
    ]
    whole = sum(seconds)
    stages = dict.fromkeys(stage for run in runs for stage in run.stages)
    for stage in stages:
        own = [run.stages.get(stage, 0.0) for run in runs]
        lines.append(f"  {stage:12} median {_ms(median(own)):>9}   mean {_ms(fmean(own)):>9}   {sum(own) / whole:6.1%}")
    return "\n".join(lines)


def describe_cold_starts(path: Path) -> str:
    """What one command costs from a cold start, beside the import of spaCy alone."""
    spacy = time_command(["-c", "import spacy"])
    extract = time_command([*_GOUJI, "extract", str(path)])
    help_page = time_command([*_GOUJI, "--help"])
    beside = extract - spacy
    return "\n".join(
        [
            f"Cold start, median of {COLD_STARTS}",
            f"  import spacy          {spacy:.2f} s",
            f"  gouji extract FILE    {extract:.2f} s, {beside:+.2f} s over spaCy ({_met(beside, GOAL_BESIDE_SPACY)})",
            f"  gouji --help          {help_page:.2f} s ({_met(help_page, GOAL_HELP)})",
        ]
    )


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.2f} ms"


def _met(seconds: float, goal: float) -> str:
    return f"goal {goal:g} s, {'met' if seconds <= goal else 'MISSED'}"


def default_files() -> list[Path]:
    """The example reports of the checkout."""
    folder = Path("examples")
    return sorted(path for path in folder.glob("*") if path.suffix in {".txt", ".md"})


def generated_files(folder: Path) -> list[Path]:
    """Fresh documents of every noise level, in turn."""
    from training.synthesis import LEVELS, make_documents

    for level in LEVELS:
        make_documents(folder / level, count=GENERATED, seed=SEED, level=level, generator="holdout")
    levels = (sorted(path for path in own.iterdir() if path.is_file()) for own in folder.iterdir())
    return list(chain.from_iterable(zip(*levels, strict=True)))


def generated_office(folder: Path, family: str, count: int = OFFICE) -> list[Path]:
    """Fresh reports as web pages, Word files or PDFs."""
    from training.synthesis.office import make_office_documents

    make_office_documents(folder, count=count, seed=SEED, family=family)
    return sorted(folder.glob(f"*.{family}"))


def use_one_core() -> None:
    """Binds this process to one core, where the system lets it."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def benchmark(files: Sequence[Path], *, rounds: int = ROUNDS, cold: bool = True) -> Iterator[str]:
    """The paragraphs of the benchmark, each as soon as it is measured.

    Raises: SourceError, UsageError (what makes the files, or pdfplumber, is not installed).
    """
    given = list(files) or default_files()
    needed = [] if files else list(_MAKERS)
    needed += ["pdfplumber"] if not files or any(map(_is_pdf, given)) else []
    if missing := [package for package in needed if find_spec(package) is None]:
        remedy = "pip install '.[test]'（在 gouji 文件夹中 / in its folder）"
        raise UsageError(f"度量需要 / the benchmark needs {', '.join(missing)}: {remedy}")
    if given:
        yield describe_runs(time_files(given, rounds), "Given reports" if files else "examples/")
    if not files:
        with tempfile.TemporaryDirectory() as folder:
            yield describe_runs(time_once(generated_files(Path(folder))), "Generated reports")
        for family, title in (("html", "Web pages"), ("docx", "Word files")):
            with tempfile.TemporaryDirectory() as folder:
                runs = time_once(generated_office(Path(folder), family))
                yield describe_runs(runs, title, GOAL_FILE)
    with tempfile.TemporaryDirectory() as folder:
        own = list(filter(_is_pdf, given))
        pdfs = own if files else generated_office(Path(folder), "pdf", _PDFS)
        if pdfs:
            yield describe_pdfs(time_pdfs(pdfs, rounds))
    if cold and given:
        yield describe_cold_starts(given[0])


def _is_pdf(path: Path) -> bool:
    return path.suffix.casefold() == ".pdf"


def main(say: Callable[[str], object] = print, arguments: Iterable[str] | None = None) -> None:
    """Reads the command line and prints the benchmark."""
    parser = argparse.ArgumentParser(prog="training.benchmark", description=__doc__)
    parser.add_argument("files", type=Path, nargs="*", metavar="FILE")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="runs of each file")
    parser.add_argument("--warm-only", action="store_true", help="no cold starts")
    given = parser.parse_args(None if arguments is None else list(arguments))
    use_one_core()
    collect_rarely()
    try:
        for paragraph in benchmark(given.files, rounds=given.rounds, cold=not given.warm_only):
            say(paragraph)
    except UsageError as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main()
