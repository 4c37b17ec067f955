"""How many tables that a page break cuts are put together row by row: `python -m training.page_breaks [--scanned]`.

The three tables of a report are set with more and more space above them, so that the end of the page falls on each of
their rows. A cut table counts where every one of its cells has the number that is printed in it.
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

from extract.errors import SourceError, UsageError
from extract.forms import load_form
from extract.forms.places import places
from extract.quick import replace
from extract.records import Report
from training.scans.layout import Setting, draft_to_html
from training.synthesis.agencies import sample_agency
from training.synthesis.draft import Draft, Printed
from training.synthesis.figures import sample_figures

COUNT = 40  # cut positions of each kind
GOAL = 0.995
SEED = 20_000_089

_FORM = "2021"
_YEAR = 2024
_FURTHEST = 640.0  # points of space above the tables: most of a page
_DPI = 150
_PLAIN = Setting("Noto Serif CJK SC", "Noto Serif CJK SC", "", 14, 10.5, 0.75, "solid", 3, 22, "center")
_FACES = ("Noto Serif CJK SC", "Noto Sans CJK SC", "AR PL UMing CN", "WenQuanYi Micro Hei")
_ENDS = {
    2: ("信息内容", "行政事业性收费"),
    3: ("申请人情况", "结转下年度"),
    4: ("尚未审结", ""),
}  # first and last words of a table
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
KINDS = tuple(itertools.product(("no head", "repeated head"), ("whole rows", "cut rows"), _EDGES))


@dataclass(frozen=True, slots=True)
class Cut:
    """A table that lies on two pages: where it is, and which of its cells were not read as printed."""

    table: int
    pages: tuple[int, int]
    wrong: tuple[str, ...]
    accepted: int  # of the wrong ones


def make_report(folder: Path, kind: tuple[str, str, str], place: int, count: int) -> tuple[Path, Draft]:
    """The PDF of a report of that kind whose page ends at the given one of `count` places. Raises: UsageError."""
    from training.scans.scanner import print_with_browser

    rng = random.Random(f"{SEED}/{kind}/{place}")
    agency = replace(sample_agency(rng), scale="city")  # numbers in most rows: a shifted row shows
    figures = sample_figures(rng, agency)
    cells = {name: Printed(str(value), value) for name, value in figures.items()}
    draft = Draft(rng, "holdout", "text-0", agency, _YEAR, figures, cells)
    draft.title = (f"{agency.name}{_YEAR}年政府信息公开工作年度报告",)
    draft.headings = {section.number: section.heading for section in load_form(_FORM).sections}
    draft.order = (1, 2, 3, 4)
    source = folder / f"{'-'.join(kind).replace(' ', '-')}-{place:03}.html"
    source.write_text(draft_to_html(draft, _set(rng, kind, _FURTHEST * place / count)), encoding="utf-8")
    return print_with_browser(source), draft


def _set(rng: random.Random, kind: tuple[str, str, str], space: float) -> Setting:
    heads, rows, edges = kind
    rules = [f"p.title {{ margin-bottom: {space:.1f}pt }}", _EDGES[edges], _WHOLE_ROWS * (rows == "whole rows")]
    face, size, padding = rng.choice(_FACES), rng.choice((9, 10.5, 12)), rng.choice((1, 3, 6))
    own = replace(_PLAIN, text_face=face, label_face=face, table_size=size, padding=padding)
    return replace(own, repeat_heads=heads == "repeated head", rules="\n".join(rules))


def find_cuts(printed: Path) -> dict[int, tuple[int, int]]:
    """The number of each table that is not on one page → its first and its last page."""
    import pypdfium2

    document = pypdfium2.PdfDocument(printed)
    try:
        texts = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()
    cuts = {}
    for number, (first, last) in _ENDS.items():
        starts = [k for k, text in enumerate(texts, 1) if first in text]
        ends = [k for k, text in enumerate(texts, 1) if last in text]
        if starts and ends and starts[0] != ends[-1]:
            cuts[number] = (starts[0], ends[-1])
    return cuts


def scan(printed: Path) -> Path:
    """The PDF's pages as pictures in one file."""
    from PIL import Image

    from training.scans.scanner import pdf_to_pages

    first, *others = (Image.fromarray(page) for page in pdf_to_pages(printed, _DPI))
    target = printed.with_suffix(".tif")
    first.save(target, save_all=True, append_images=others)
    return target


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


def measure(kind: tuple[str, str, str], count: int, *, scanned: bool, folder: Path) -> Iterator[tuple[str, Cut]]:
    """(file name, cut) of each cut table of that kind's reports. Raises: UsageError."""
    from extract.pipeline import extract_report

    for place in range(count):
        printed, draft = make_report(folder, kind, place, count)
        cuts = find_cuts(printed)
        if not cuts:
            continue
        try:
            report: Report | None = extract_report(scan(printed) if scanned else printed)
        except SourceError:
            report = None
        yield from ((printed.stem, cut) for cut in judge(report, draft, cuts))


def main() -> None:
    """Reads the command line and prints the table."""
    parser = argparse.ArgumentParser(prog="python -m training.page_breaks", description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT, help="cut positions of each kind")
    parser.add_argument("--scanned", action="store_true", help="read the pages as pictures")
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
                for name, cut in measure(kind, given.count, scanned=given.scanned, folder=folder):
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
