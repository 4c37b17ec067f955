"""How well the cell recogniser reads cells that it was not trained on: `python -m training.scans.evaluate`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from extract.celltext import parse_cell
from extract.pages.image.crops import Crop
from extract.pages.image.recognise import CellReading, read_cell_images
from extract.quick import replace
from extract.records import State
from training.metrics import expected_calibration_error, share
from training.scans.fonts import SYSTEM_FOLDERS, Typeface, find_typefaces
from training.scans.samples import CellSheet, sample_sheets
from training.scans.wear import Wear, load_wear

SHEETS = 100  # of some 30 cells each
SURE = 0.99  # probability from which a reading counts as sure
_SHARES = ("thin", "seal", "strokes", "fax", "streaks", "halftone", "motion", "creases")
_WORST_LOW = ("resample", "jpeg")  # the lower, the worse
_STRENGTHS = ("blur", "noise", "specks", "shade", "bleed", "skew", "resample", "jpeg", "ink")


@dataclass(frozen=True, slots=True)
class Read:
    """One cell: what it prints, what was read first, and how probable that is said to be."""

    label: str
    text: str
    probability: float
    kind: str
    typeface: str

    @property
    def right(self) -> bool:
        """Whether state and value are those printed; what is no number must not be read as one."""
        if "?" in self.label:
            return "?" in self.text
        return meaning_of(self.text) == meaning_of(self.label)


@dataclass(frozen=True, slots=True)
class Figures:
    """Of `cells` the shares right and sure; `wrong` of the sure ones; blanks read as a number, and digits as blank."""

    cells: int
    right: float
    sure: float
    wrong: float
    ghosts: float  # blanks read as a number
    lost: float  # lone digits read as nothing
    ece: float


def meaning_of(text: str) -> tuple[State, object]:
    """State and value of a cell that prints the text."""
    parsed = parse_cell(text, amount=True)
    return parsed.state, parsed.value


Reader = Callable[[Sequence[Crop]], list[CellReading]]


def read_sheets(sheets: Iterable[CellSheet], reader: Reader = read_cell_images) -> Iterator[Read]:
    """The cells of the sheets, each sheet read in one call as the pages of a document are."""
    for sheet in sheets:
        readings = reader([cell.picture for cell in sheet.cells])
        for cell, reading in zip(sheet.cells, readings, strict=True):
            text, probability = best(reading)
            yield Read(cell.label, text, probability, cell.kind, sheet.typeface)


def best(reading: CellReading) -> tuple[str, float]:
    """The likeliest text, its probability that of all texts which mean the same."""
    sums: dict[tuple[State, object], float] = {}
    first: dict[tuple[State, object], str] = {}
    for text, probability in reading.candidates:
        meaning = meaning_of(text)
        sums[meaning] = sums.get(meaning, 0.0) + probability
        first.setdefault(meaning, text)
    winner = max(sums, key=lambda meaning: sums[meaning], default=None)
    return ("?", 0.0) if winner is None else (first[winner], sums[winner])


def figures_of(reads: Sequence[Read]) -> Figures:
    """The figures of at least one cell."""
    right = np.array([read.right for read in reads])
    sure = np.array([read.probability >= SURE and "?" not in read.text for read in reads])
    blanks = [read for read in reads if read.kind == "blank"]
    lone = [read for read in reads if read.kind in ("zero", "lone digit")]
    ghosts = [read.text not in ("", "-", "?") for read in blanks]
    lost = [read.text == "" for read in lone]
    wrong = float((~right[sure]).mean()) if sure.any() else 0.0
    ece = expected_calibration_error([(read.probability, float(read.right)) for read in reads]) or 0.0
    return Figures(
        len(reads), float(right.mean()), float(sure.mean()), wrong, share(ghosts) or 0.0, share(lost) or 0.0, ece
    )


def only(kind: str) -> Wear:
    """A clean page but for one kind of wear, at the strength of the held-out profile."""
    clean, strong = load_wear("clean"), load_wear("held_out")
    if kind in _SHARES:
        strength: dict[str, Any] = {kind: 0.5 if kind == "thin" else 1.0}
    else:
        low, high = getattr(strong, kind)
        middle = low if kind == "skew" else (low + high) / 2
        strength = {kind: (low, middle) if kind in _WORST_LOW else (middle, high)}
    return replace(clean, **strength)


def table(rows: Iterable[tuple[str, Figures]], first: str) -> str:
    """The figures as Markdown."""
    lines = [
        f"| {first} | cells | right | sure | wrong among sure | blank read as number | lone digit lost | ECE |",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {name} | {row.cells} | {row.right:.4f} | {row.sure:.4f} | {row.wrong:.5f} "
        f"| {row.ghosts:.4f} | {row.lost:.4f} | {row.ece:.4f} |"
        for name, row in rows
    ]
    return "\n".join(lines)


def by(reads: Sequence[Read], trait: str) -> list[tuple[str, Figures]]:
    """The figures for each value of a trait ("kind" or "typeface")."""
    groups: dict[str, list[Read]] = {}
    for read in reads:
        groups.setdefault(getattr(read, trait), []).append(read)
    return [(name, figures_of(group)) for name, group in sorted(groups.items())]


def report(faces: Sequence[Typeface], reader: Reader = read_cell_images, *, sheets: int = SHEETS) -> str:
    """All figures as Markdown, of typefaces that were never trained on: by profile, wear, content and typeface."""
    profiles = {name: _reads(faces, load_wear(name), reader, sheets) for name in _PROFILES}
    wears = [
        (kind, figures_of(_reads(faces, only(kind), reader, max(1, sheets // 5)))) for kind in (*_STRENGTHS, *_SHARES)
    ]
    worst = profiles["held_out"]
    return "\n\n".join(
        [
            table([(name, figures_of(reads)) for name, reads in profiles.items()], "wear"),
            table(wears, "one kind of wear alone"),
            table(by(worst, "kind"), "content (held_out)"),
            table(by(worst, "typeface"), "typeface (held_out)"),
        ]
    )


_PROFILES = ("clean", "train", "held_out")
_SEED = 77  # of the cells that are measured on: not that of the training


def _reads(faces: Sequence[Typeface], wear: Wear, reader: Reader, sheets: int) -> list[Read]:
    return list(read_sheets(islice(sample_sheets(faces, [wear], seed=_SEED), sheets), reader))


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(prog="python -m training.scans.evaluate", description=__doc__)
    parser.add_argument("--fonts", type=Path, action="append", default=[], help="more folders with font files")
    parser.add_argument("--sheets", type=int, default=SHEETS)
    arguments = parser.parse_args()
    print(report(find_typefaces("held_out", (*SYSTEM_FOLDERS, *arguments.fonts)), sheets=arguments.sheets))


if __name__ == "__main__":
    main()
