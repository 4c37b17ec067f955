"""A folder of labelled documents → figures per family; without a folder, the models' cards and a fresh held-out set."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from training.evaluation.document import DocumentOutcome, evaluate_file
from training.evaluation.figures import Figures, family_figures
from training.evaluation.slices import measure_slices
from training.evaluation.table import render_figures, render_slices
from training.evaluation.truth import list_truths

HELDOUT_SEED = 20_000_003  # no training uses it: fresh figures, wordings and layouts of the held-out generator
HELDOUT_COUNT = 60  # documents per noise level
MOST_JOBS = 8
_FEWEST_FOR_PROCESSES = 16  # below that, starting processes costs more than it saves
_CHUNK = 4
_ABSENT = "{} left out: install gouji[evaluate] to make these files"


def evaluate(
    directory: Path | None = None,
    *,
    jobs: int | None = None,
    count: int = HELDOUT_COUNT,
    misses: int = 0,
    out: Path | None = None,
) -> str:
    """The figures as plain text, with up to `misses` misses of each document below them; pictures and JSON in `out`.

    Without a folder: what the models' cards say, and the figures on fresh documents of the generator that no model was
    trained on: `count` texts of each noise level, `count` files of each kind, and `count` on the template of 2019.

    Raises: UsageError where the folder holds no labelled documents.
    """
    if directory is not None:
        outcomes = evaluate_outcomes(directory, jobs)
        return _describe(outcomes, misses) + _write(outcomes, out, str(directory))
    texts, files = evaluate_heldout(make_heldout, count, jobs), evaluate_heldout(make_heldout_files, count, jobs)
    head = f"Held-out generator, {count} documents of each noise level, seed {HELDOUT_SEED}"
    second = f"The same generator, {count} files of each kind and {count} on the template of 2019"
    absent = f"\n{_ABSENT.format(', '.join(left_out()))}" if left_out() else ""
    tables = [f"{head}\n\n{_describe(texts, misses)}", f"{second}{absent}\n\n{_describe(files, misses)}"]
    return "\n\n".join([*read_cards(), *tables]) + _write([*texts, *files], out, f"{head}; {count} files of each kind")


def _write(outcomes: Sequence[DocumentOutcome], out: Path | None, source: str) -> str:
    """Writes `evaluation.json` and `evaluation.html` where there is a folder for them, and says so."""
    if out is None:
        return ""
    from extract.fields import settle_risk
    from training.evaluation.page import write_evaluation

    slices, figures = measure_slices(outcomes), figures_by_family(outcomes)
    write_evaluation(slices, figures, out, source=source, risk=settle_risk(None))
    return f"\n\nwritten: {out / 'evaluation.html'}, {out / 'evaluation.json'}"


def evaluate_heldout(
    make: Callable[[Path, int], None], count: int = HELDOUT_COUNT, jobs: int | None = None
) -> list[DocumentOutcome]:
    """The outcomes on `count` documents of each family, which `make` writes to a folder that is removed again."""
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder), count)
        return evaluate_outcomes(Path(folder), jobs)


def evaluate_documents(directory: Path, jobs: int | None = None) -> dict[str, Figures]:
    """Family → figures, the families in order of name and `all` last. Raises: UsageError."""
    return figures_by_family(evaluate_outcomes(directory, jobs))


def evaluate_outcomes(directory: Path, jobs: int | None = None) -> list[DocumentOutcome]:
    """The outcome of every labelled document of the folder, in order of name, read on `jobs` processes."""
    truths = list_truths(directory)
    jobs = jobs or min(os.cpu_count() or 1, MOST_JOBS)
    if jobs == 1 or len(truths) < _FEWEST_FOR_PROCESSES:
        return list(_shown(map(evaluate_file, truths), len(truths)))
    with ProcessPoolExecutor(jobs) as pool:
        return list(_shown(pool.map(evaluate_file, truths, chunksize=_CHUNK), len(truths)))


def _shown(outcomes: Iterator[DocumentOutcome], total: int) -> Iterator[DocumentOutcome]:
    """The outcomes, with a progress bar on a terminal."""
    if not sys.stderr.isatty():
        yield from outcomes
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(outcomes, "evaluating", total=total, console=Console(stderr=True), transient=True)


def figures_by_family(outcomes: Sequence[DocumentOutcome]) -> dict[str, Figures]:
    """Family → figures; `all` last where there are several."""
    from extract.findings.catalogue import load_catalogue

    severities = {code: str(entry.severity) for code, entry in load_catalogue().items()}
    families = sorted({outcome.family for outcome in outcomes})
    figures = {
        family: family_figures([outcome for outcome in outcomes if outcome.family == family], severities)
        for family in families
    }
    return figures if len(families) == 1 else figures | {"all": family_figures(outcomes, severities)}


def _describe(outcomes: Sequence[DocumentOutcome], misses: int) -> str:
    lines = [render_figures(figures_by_family(outcomes)), "", render_slices(measure_slices(outcomes))]
    for outcome in outcomes:
        lines += [f"{outcome.file}  {miss}" for miss in outcome.misses[:misses]]
    return "\n".join(lines)


def make_heldout(folder: Path, count: int) -> None:
    """Fresh labelled documents of every noise level, from the generator that no model was trained on."""
    from training.synthesis import LEVELS, make_documents

    for level in LEVELS:
        make_documents(folder, count=count, seed=HELDOUT_SEED, level=level, generator="holdout")


def make_heldout_files(folder: Path, count: int) -> None:
    """Fresh labelled web pages, Word files and PDFs of both templates, as far as their makers are installed."""
    from training.synthesis.office import FAMILIES, make_office_documents

    for family in FAMILIES:
        if family not in left_out():
            make_office_documents(folder, count=count, seed=HELDOUT_SEED, family=family)


def left_out() -> list[str]:
    """The families of files that cannot be made here."""
    from importlib.util import find_spec

    needs = {"docx": ("docx",), "pdf": ("reportlab",), "2019": ("docx", "reportlab")}
    return [family for family, names in needs.items() if not all(map(find_spec, names))]


def read_cards() -> list[str]:
    """The cards of the models in use, in order of name."""
    from extract.artifacts import models_folder

    return [path.read_text(encoding="utf-8").strip() for path in sorted(models_folder().glob("*.md"))]
