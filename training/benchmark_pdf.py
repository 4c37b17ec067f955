"""How long a page of a PDF takes, beside pdfplumber's `extract_tables` on the same pages in the same run."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

GOAL_PAGE = 0.060  # seconds a page on one core, from the file to graded fields


@dataclass(frozen=True, slots=True)
class PdfRun:
    """Processor seconds for one PDF: gouji's pages and tables alone, its whole report, and pdfplumber's tables."""

    pages: int
    reading: float
    report: float
    pdfplumber: float


def time_pdfs(paths: Sequence[Path], rounds: int) -> list[PdfRun]:
    """`rounds` readings of each PDF by both, interleaved, after one that is not counted.

    Raises: SourceError, ImportError (pdfplumber is not installed).
    """
    for path in paths:
        _time_pdf(path)
    return [_time_pdf(path) for _ in range(rounds) for path in paths]


def _time_pdf(path: Path) -> PdfRun:
    from extract.pages import read_document
    from extract.pipeline import gather_evidence, grade_evidence
    from extract.settings import load_settings

    settings = load_settings()
    started = time.process_time()
    document = read_document(path, settings=settings)
    read = time.process_time()
    grade_evidence(gather_evidence(document))
    graded = time.process_time()
    return PdfRun(document.source.pages, read - started, graded - started, _seconds(lambda: _extract_tables(path)))


def _extract_tables(path: Path) -> None:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_tables()


def _seconds(action: Callable[[], object]) -> float:
    started = time.process_time()
    action()
    return time.process_time() - started


def describe_pdfs(runs: Sequence[PdfRun]) -> str:
    """Median milliseconds a page of each, and how many times longer pdfplumber takes."""
    reading, report, other = (
        median(seconds / run.pages for run, seconds in zip(runs, kind, strict=True))
        for kind in ([r.reading for r in runs], [r.report for r in runs], [r.pdfplumber for r in runs])
    )
    ratio = f"{other / reading:.1f} times gouji's pages and tables"
    met = "met" if report <= GOAL_PAGE else "MISSED"
    return "\n".join(
        [
            f"PDF: {len(runs)} runs, {sum(run.pages for run in runs)} pages, median processor time a page",
            f"  gouji, pages and tables      {1000 * reading:7.1f} ms",
            f"  gouji, the whole report      {1000 * report:7.1f} ms (goal {GOAL_PAGE:g} s, {met})",
            f"  pdfplumber extract_tables    {1000 * other:7.1f} ms, {ratio}",
        ]
    )
