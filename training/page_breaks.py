"""How many tables that a page break cuts are put together row by row: `python -m training.page_breaks [--level LEVEL]`.

A table is set with more and more space above it, so that the end of the page falls on each of its rows. A cut table
counts where every one of its cells has the number that is printed in it.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from extract.errors import SourceError, UsageError
from extract.forms import load_form
from extract.forms.places import places
from extract.quick import replace
from extract.records import Report
from training.scans.layout import Setting, draft_to_html
from training.scans.scanner import LEVELS, print_with_browser, print_with_office, scan_pages, store_pages
from training.synthesis.agencies import sample_agency
from training.synthesis.draft import Draft, Printed
from training.synthesis.figures import sample_figures

COUNT = 40  # cut positions of each kind
GOAL = 0.995
SEED = 20_000_089

_FORM = "2021"
_YEAR = 2024
_SPACES = {2: (280.0, 620.0), 3: (0.0, 560.0), 4: (480.0, 640.0)}  # points above a table that the page's end cuts
_PLAIN = Setting("Noto Serif CJK SC", "Noto Serif CJK SC", "", 14, 10.5, 0.75, "solid", 3, 22, "center")
_FACES = ("Noto Serif CJK SC", "Noto Sans CJK SC", "AR PL UMing CN", "WenQuanYi Micro Hei")
_BEGINS = {2: "信息内容", 3: "申请人情况", 4: "行政复议行政诉讼"}  # the first words of a table
_ENDS = {2: "行政事业性收费", 3: "结转下年度"}  # the last ones; those of table 4 are its values
_WHOLE_ROWS = "tr { break-inside: avoid }"
_EDGES = {
    "closed edges": "",
    "open top edge": (
        "table { border-collapse: separate; border-spacing: 0; border: solid #000; border-width: .75pt 0 0 .75pt }"
        "td { border-width: 0 .75pt .75pt 0 }"
    ),
    "open bottom edge": (
        "table { border-collapse: separate; border-spacing: 0; border: solid #000; border-width: 0 .75pt .75pt 0 }"
        "td { border-width: .75pt 0 0 .75pt }"
    ),
}
_PAGE_NUMBERS = ("", "counter(page)", "'— ' counter(page) ' —'", "counter(page) ' / ' counter(pages)")
_OFFICE = "set by an office program"
_BREAKS = (("no head", "repeated head"), ("whole rows", "cut rows"))
KINDS = (*itertools.product(*_BREAKS, _EDGES), *itertools.product(*_BREAKS, (_OFFICE,)))


@dataclass(frozen=True, slots=True)
class Cut:
    """A table that lies on two pages: where it is, and which of its cells were not read as printed."""

    table: int
    pages: tuple[int, int]
    wrong: tuple[str, ...]
    accepted: int  # of the wrong ones


def make_report(
    folder: Path, kind: tuple[str, str, str], place: int, count: int, seed: int = SEED
) -> tuple[Path, Draft]:
    """The PDF of a report of one table, of that kind; its page ends at the given one of `count` places.

    Raises: UsageError.
    """
    rng = random.Random(f"{seed}/{kind}/{place}")
    agency = replace(sample_agency(rng), scale="city")  # numbers in most rows: a shifted row shows
    figures = sample_figures(rng, agency)
    cells = {name: Printed(str(value), value) for name, value in figures.items()}
    draft = Draft(rng, "holdout", "text-0", agency, _YEAR, figures, cells)
    draft.title = (f"{agency.name}{_YEAR}年政府信息公开工作年度报告",)
    draft.headings = {section.number: section.heading for section in load_form(_FORM).sections}
    table = sorted(_SPACES)[place % len(_SPACES)]
    draft.order = (1, table, 5, 6)
    least, most = _SPACES[table]
    source = folder / f"{'-'.join(kind).replace(' ', '-')}-{place:03}.html"
    setting = _set(rng, kind, least + (most - least) * place / count)
    source.write_text(draft_to_html(draft, setting), encoding="utf-8")
    return (print_with_office if _OFFICE in kind else print_with_browser)(source), draft


def _set(rng: random.Random, kind: tuple[str, str, str], space: float) -> Setting:
    heads, rows, edges = kind
    number = f"@bottom-center {{ content: {own}; vertical-align: top }}" if (own := rng.choice(_PAGE_NUMBERS)) else ""
    rules = [f"p.title {{ margin-bottom: {space:.1f}pt }}", f"@page {{ {number} }}"]
    rules += [_EDGES.get(edges, ""), _WHOLE_ROWS * (rows == "whole rows")]
    face, size, padding = rng.choice(_FACES), rng.choice((9, 10.5, 12)), rng.choice((1, 3, 6))
    own_setting = replace(_PLAIN, text_face=face, label_face=face, table_size=size, padding=padding)
    return replace(own_setting, repeat_heads=heads == "repeated head", rules="\n".join(rules))


def find_cuts(printed: Path, draft: Draft) -> dict[int, tuple[int, int]]:
    """The number of each table that is not on one page → its first and its last page."""
    import pypdfium2

    own = places(_FORM).items()
    last_words = {**_ENDS, 4: "".join(draft.cells[name].text for name, place in own if place.table == 4)}

    document = pypdfium2.PdfDocument(printed)
    try:
        texts = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()
    cuts = {}
    for number, first in _BEGINS.items():
        starts = [k for k, text in enumerate(texts, 1) if first in text]
        ends = [k for k, text in enumerate(texts, 1) if last_words[number] in text]
        if starts and ends and starts[0] != ends[-1]:
            cuts[number] = (starts[0], ends[-1])
    return cuts


def scan(printed: Path, level: str, pages: int, seed: int) -> Path:
    """The PDF's first pages as they lie on a scanner of that level, in one file."""
    rng = np.random.default_rng([seed, *printed.stem.encode()])
    sheets = scan_pages(printed, level, rng)[:pages]
    return store_pages(sheets, printed.with_name(f"{printed.stem}-{level}"), "tiff", level, rng)


def judge(report: Report | None, draft: Draft, cuts: dict[int, tuple[int, int]]) -> Iterator[Cut]:
    """What became of each cut table; every cell is wrong of a report that could not be read."""
    for table, pages in cuts.items():
        own = [name for name, place in places(_FORM).items() if place.table == table]
        wrong = tuple(name for name in own if not _is_right(report, draft, name))
        accepted = sum(report.fields[name].accepted for name in wrong if report and name in report.fields)
        yield Cut(table, pages, wrong, accepted)


def _is_right(report: Report | None, draft: Draft, name: str) -> bool:
    read: Any = report.fields[name].value if report and name in report.fields else None
    printed = draft.cells[name].value
    return read is not None and printed is not None and abs(float(read) - float(printed)) < 1e-9


def measure(
    kind: tuple[str, str, str], count: int, *, seed: int, level: str, folder: Path
) -> Iterator[tuple[str, Cut]]:
    """(file name, cut) of each cut table of that kind's reports; without a level their PDFs are read.

    Raises: UsageError.
    """
    from extract.pipeline import extract_report

    for place in range(count):
        printed, draft = make_report(folder, kind, place, count, seed)
        cuts = find_cuts(printed, draft)
        if not cuts:
            continue
        last = max(pages[1] for pages in cuts.values())
        try:
            report: Report | None = extract_report(scan(printed, level, last, seed) if level else printed)
        except SourceError:
            report = None
        yield from ((printed.stem, cut) for cut in judge(report, draft, cuts))


def main() -> None:
    """Reads the command line and prints the table."""
    parser = argparse.ArgumentParser(prog="python -m training.page_breaks", description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT, help="cut positions of each kind")
    parser.add_argument("--level", choices=LEVELS, default="", help="read the pages as scans so poor")
    parser.add_argument("--seed", type=int, default=SEED, help="another one makes other reports")
    parser.add_argument("--misses", action="store_true", help="name the cells that were not read as printed")
    parser.add_argument("--out", type=Path, help="keep the files in this folder")
    given = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = "1"
    total: Counter[str] = Counter()
    print("| | cut tables | row-exact | wrong accepted |\n|---|---|---|---|")
    try:
        with tempfile.TemporaryDirectory() as made:
            folder = given.out or Path(made)
            folder.mkdir(parents=True, exist_ok=True)
            for kind in KINDS:
                own: Counter[str] = Counter()
                for name, cut in measure(kind, given.count, seed=given.seed, level=given.level, folder=folder):
                    own.update(cut=1, exact=not cut.wrong, accepted=cut.accepted)
                    if given.misses and cut.wrong:
                        print(f"{name}: table {cut.table}, {len(cut.wrong)} cells, {', '.join(cut.wrong[:4])}")
                print(_line(", ".join(kind), own), flush=True)
                total += own
    except UsageError as error:
        raise SystemExit(str(error)) from error
    print(_line("all", total), f"goal: {GOAL}", sep="\n")


def _line(name: str, count: Counter[str]) -> str:
    share = f"{count['exact'] / count['cut']:.4f}" if count["cut"] else "–"
    return f"| {name} | {count['cut']} | {share} | {count['accepted']} |"


if __name__ == "__main__":
    main()
