"""Sentences and claims of scanned prose beside the same prose read digitally: `python -m training.scanned_prose`.

Each report is printed once. The PDF with its text and the scan of it are read, and judged by the same truth.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.errors import UsageError
from training.evaluation.document import DocumentOutcome, judge_document
from training.evaluation.figures import family_figures
from training.evaluation.truth import list_truths, read_truth

LEVELS = ("scan_clean", "scan_medium")
COUNT = 10  # reports of each level
SEED = 20_000_063
MOST_LOST = {"label_macro_f1": 0.03, "claim_f1": 0.05}  # of the same text read digitally
_DIGITAL = "digital"


@dataclass(frozen=True, slots=True)
class Prose:
    """How well the prose of some documents was read; each 0..1, None where there was none."""

    sentences_found: float | None
    label_macro_f1: float | None
    claim_f1: float | None
    bound_claim_f1: float | None


def make_both(folder: Path, level: str, count: int) -> None:
    """Scans with their truths, and what was scanned as PDFs with text in a folder of its own. Raises: UsageError."""
    from training.scans.scanner import make_scans

    (folder / _DIGITAL).mkdir(parents=True, exist_ok=True)
    make_scans(folder, count=count, seed=SEED, level=level, split="held_out", digital=folder / _DIGITAL)


def compare(folder: Path) -> tuple[Prose, Prose]:
    """How well the prose of the folder's reports is read digitally, and off their scans. Raises: UsageError."""
    from extract.pipeline import extract_report

    truths = [read_truth(path) for path in list_truths(folder)]
    digital = [judge_document(own, lambda name: extract_report(folder / _DIGITAL / f"{name}.pdf")) for own in truths]
    scanned = [judge_document(own, lambda name: extract_report(folder / name)) for own in truths]
    return measure(digital), measure(scanned)


def measure(outcomes: Sequence[DocumentOutcome]) -> Prose:
    """The figures over all documents; one that could not be read has no sentence and no claim."""
    figures = family_figures(outcomes, {})
    claims, bound = figures["claims"]["f1"], figures["bound_claims"]["f1"]
    return Prose(figures["sentences_found"], figures["label_macro_f1"], claims, bound)


def render(name: str, digital: Prose, scanned: Prose) -> Iterator[str]:
    """Two lines of the table, the second with what the scan loses."""
    for kind, own in (("digital", digital), ("scanned", scanned)):
        figures = (own.sentences_found, own.label_macro_f1, own.claim_f1, own.bound_claim_f1)
        yield f"| {name}, {kind} | {' | '.join('–' if value is None else f'{value:.4f}' for value in figures)} |"


def is_kept(digital: Prose, scanned: Prose) -> bool:
    """Whether the scan loses no more than MOST_LOST."""
    return all(
        (getattr(digital, name) or 0) - (getattr(scanned, name) or 0) <= most for name, most in MOST_LOST.items()
    )


def main() -> None:
    """Reads the command line and prints the table."""
    parser = argparse.ArgumentParser(prog="python -m training.scanned_prose", description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT, help="reports of each level")
    parser.add_argument("--level", choices=LEVELS, action="append", help="one level instead of all")
    parser.add_argument("--out", type=Path, help="keep the scans and PDFs in this folder; what is there is read again")
    given = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = "1"
    print("| | sentences found | label macro-F1 | claim F1 | bound claim F1 |\n|---|---|---|---|---|")
    try:
        with tempfile.TemporaryDirectory() as made:
            for level in given.level or LEVELS:
                folder = (given.out or Path(made)) / level
                if not (folder / "truth").is_dir():
                    make_both(folder, level, given.count)
                figures = compare(folder)
                print(*render(level, *figures), "kept" if is_kept(*figures) else "LOST", sep="\n", flush=True)
    except UsageError as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main()
