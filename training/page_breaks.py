"""How many tables that a page break cuts are put together row by row: `python -m training.page_breaks [--level LEVEL]`.

A table is set with more and more space above it, so that the end of the page falls on each of its rows. A cut table
counts where every one of its cells has the number that is printed in it. With `--results FILE` each report is written
down as it is read, and what stands there already is not read again.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from extract.errors import SourceError, UsageError
from extract.forms import load_form
from extract.forms.places import places
from extract.quick import replace
from extract.records import Report, Severity
from training.scans.layout import Setting, draft_to_html
from training.scans.scanner import LEVELS, SEALS, print_with_browser, print_with_office, scan_pages, store_pages
from training.synthesis.agencies import sample_agency
from training.synthesis.draft import Draft, Printed
from training.synthesis.figures import sample_figures
from training.synthesis.office.old_form import print_on_old_form

COUNT = 40  # cut positions of each kind
GOAL = 0.995
SEED = 20_000_089

FORMS = ("2021", "2019")

_YEARS = {"2021": 2024, "2019": 2020}
_SPACES = {2: (280.0, 580.0), 3: (0.0, 560.0), 4: (480.0, 600.0)}  # points above a table that the page's end cuts
_PLAIN = Setting("Noto Serif CJK SC", "Noto Serif CJK SC", "", 14, 10.5, 0.75, "solid", 3, 22, "center")
_FACES = ("Noto Serif CJK SC", "Noto Sans CJK SC", "AR PL UMing CN", "WenQuanYi Micro Hei")
_BEGINS = {2: "信息内容", 3: "申请人情况", 4: "行政复议行政诉讼"}  # the first words of a table
_ENDS = {2: ("行政事业性收费", "政府集中采购"), 3: ("结转下年度",)}  # the last ones; those of table 4 are its values
_KEY = ("level", "seals")  # that with the name of a file, which tells the rest, say what was read
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
class Series:
    """What is measured: reports on a template, at `count` places of each kind; as scans where there is a level."""

    count: int = COUNT
    seed: int = SEED
    form: str = FORMS[0]
    level: str = ""
    seals: str = "some"


@dataclass(frozen=True, slots=True)
class Cut:
    """A table that lies on two pages, the first of which ends before its row `row`; what was not read as printed."""

    table: int
    pages: tuple[int, int]
    row: int = 0  # from 0, heads not counted
    wrong: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()  # of the wrong ones
    errors: tuple[str, ...] = ()  # codes of error findings about its cells, none of which is deserved


@dataclass(frozen=True, slots=True)
class Outcome:
    """One report, and what became of each of its cut tables."""

    file: str
    cuts: list[Cut] = field(default_factory=list)


def make_report(folder: Path, kind: tuple[str, str, str], place: int, series: Series) -> tuple[Path, Draft]:
    """The PDF of a report of one table, of that kind; its page ends at the given one of the series' places.

    Raises: UsageError.
    """
    rng = random.Random(f"{series.seed}/{kind}/{place}")
    agency = replace(sample_agency(rng), scale="city")  # numbers in most rows: a shifted row shows
    figures = sample_figures(rng, agency)
    cells = {name: Printed(str(value), value) for name, value in figures.items()}
    year = _YEARS[series.form]
    draft = Draft(rng, "holdout", "text-0", agency, year, figures, cells)
    draft.title = (f"{agency.name}{year}年政府信息公开工作年度报告",)
    draft.headings = {section.number: section.heading for section in load_form(series.form).sections}
    table = sorted(_SPACES)[place % len(_SPACES)]
    draft.order = (1, table, 5, 6)
    least, most = _SPACES[table]
    source = folder / f"{name_report(kind, place, series)}.html"
    own = range(place % len(_SPACES), series.count, len(_SPACES))  # the places of this table
    off = random.Random(f"{series.seed}/{kind}/{place}/space").random()  # kinds and seeds cut at other rows
    setting = _set(rng, kind, least + (most - least) * (own.index(place) + off) / len(own))
    if series.form != draft.template:
        print_on_old_form(draft)
    source.write_text(draft_to_html(draft, setting), encoding="utf-8")
    return (print_with_office if _OFFICE in kind else print_with_browser)(source), draft


def name_report(kind: tuple[str, str, str], place: int, series: Series) -> str:
    """The stem of the report's files."""
    return f"{'-'.join(kind).replace(' ', '-')}-{series.form}-{series.seed}-{place + 1:02}-of-{series.count:02}"


def _set(rng: random.Random, kind: tuple[str, str, str], space: float) -> Setting:
    heads, rows, edges = kind
    number = f"@bottom-center {{ content: {own}; vertical-align: top }}" if (own := rng.choice(_PAGE_NUMBERS)) else ""
    rules = [f"p.title {{ margin-bottom: {space:.1f}pt }}", f"@page {{ {number} }}"]
    rules += [_EDGES.get(edges, ""), _WHOLE_ROWS * (rows == "whole rows")]
    face, size, padding = rng.choice(_FACES), rng.choice((9, 10.5, 12)), rng.choice((1, 3, 6))
    own_setting = replace(_PLAIN, text_face=face, label_face=face, table_size=size, padding=padding)
    return replace(own_setting, repeat_heads=heads == "repeated head", rules="\n".join(rules))


def find_cuts(printed: Path, draft: Draft) -> list[Cut]:
    """Each table that is not on one page: its first and its last page, and the row that the second page begins with."""
    import pypdfium2

    own = places(draft.template).items()
    last_words = {**_ENDS, 4: ("".join(draft.cells[name].text for name, place in own if place.table == 4),)}

    document = pypdfium2.PdfDocument(printed)
    try:
        texts = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()
    cuts = []
    for number, first in _BEGINS.items():
        starts = [k for k, text in enumerate(texts, 1) if first in text]
        ends = [k for k, text in enumerate(texts, 1) if any(words in text for words in last_words[number])]
        if starts and ends and starts[0] != ends[-1]:
            cuts.append(Cut(number, (starts[0], ends[-1]), _count_rows(texts[starts[0] - 1], number, draft)))
    return cuts


def _count_rows(text: str, table: int, draft: Draft) -> int:
    """How many rows of the table have their label in a page's text."""
    spec = next(own for own in load_form(draft.template).tables if own.number == table)
    labels, end = [row.label for block in spec.blocks for row in block.rows if row.label], 0
    for count, label in enumerate(labels):
        end = text.find(label, end) + 1
        if not end:
            return count
    return len(labels)


def scan(printed: Path, pages: int, series: Series) -> Path:
    """The PDF's first pages as they lie on a scanner of the series' level, in one file."""
    level = series.level
    rng = np.random.default_rng([series.seed, *printed.stem.encode()])
    sheets = scan_pages(printed, level, rng, pages=pages, seals=series.seals)
    return store_pages(sheets, printed.with_name(f"{printed.stem}-{level}-{series.seals}"), "tiff", level, rng)


def judge(report: Report | None, draft: Draft, cuts: Sequence[Cut]) -> Iterator[Cut]:
    """What became of each cut table; every cell is wrong of a report that could not be read."""
    for cut in cuts:
        own = [name for name, place in places(draft.template).items() if place.table == cut.table]
        wrong = tuple(name for name in own if not _is_right(report, draft, name))
        accepted = tuple(name for name in wrong if report and name in report.fields and report.fields[name].accepted)
        found = [own for own in report.findings if own.severity is Severity.ERROR] if report else []
        errors = tuple(finding.code for finding in found if set(finding.fields) & set(own))
        yield replace(cut, wrong=wrong, accepted=accepted, errors=errors)


def _is_right(report: Report | None, draft: Draft, name: str) -> bool:
    read: Any = report.fields[name].value if report and name in report.fields else None
    printed = draft.cells[name].value
    if printed is None:
        return report is not None and read is None
    return read is not None and abs(float(read) - float(printed)) < 1e-9


def measure(kind: tuple[str, str, str], place: int, series: Series, folder: Path) -> Outcome:
    """What becomes of the report's cut tables; without a level its PDF is read.

    Raises: UsageError.
    """
    from extract.pipeline import extract_report

    printed, draft = make_report(folder, kind, place, series)
    cuts = find_cuts(printed, draft)
    if not cuts:
        return Outcome(printed.stem)
    last = max(cut.pages[1] for cut in cuts)
    try:
        report: Report | None = extract_report(scan(printed, last, series) if series.level else printed)
    except SourceError:
        report = None
    return Outcome(printed.stem, list(judge(report, draft, cuts)))


def read_results(path: Path | None, series: Series) -> dict[str, Outcome]:
    """File → what became of it, of those of the series that were read before."""
    lines = path.read_text(encoding="utf-8").splitlines() if path and path.exists() else []
    entries = [entry for entry in map(json.loads, lines) if _entry_key(series) == {k: entry[k] for k in _KEY}]
    return {entry["file"]: Outcome(entry["file"], [_to_cut(cut) for cut in entry["cuts"]]) for entry in entries}


def _to_cut(entry: dict[str, Any]) -> Cut:
    values: dict[str, Any] = {name: tuple(own) if isinstance(own, list) else own for name, own in entry.items()}
    return Cut(**values)


def _entry_key(series: Series) -> dict[str, str]:
    return {name: getattr(series, name) for name in _KEY}


def main() -> None:
    """Reads the command line and prints the table."""
    parser = argparse.ArgumentParser(prog="python -m training.page_breaks", description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT, help="cut positions of each kind")
    parser.add_argument("--level", choices=LEVELS, default="", help="read the pages as scans so poor")
    parser.add_argument("--seals", choices=SEALS, default="some", help="which pages of the scans have a seal")
    parser.add_argument("--form", choices=FORMS, default=FORMS[0], help="the template of the reports")
    parser.add_argument("--seed", type=int, default=SEED, help="another one makes other reports")
    parser.add_argument("--misses", action="store_true", help="name the cells that were not read as printed")
    parser.add_argument("--out", type=Path, help="keep the files in this folder")
    parser.add_argument("--results", type=Path, help="write what became of each report into this file, a line each")
    given = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = "1"
    series = Series(given.count, given.seed, given.form, given.level, given.seals)
    print("| | cut tables | row-exact | wrong accepted | undeserved errors |\n|---|---|---|---|---|")
    try:
        with tempfile.TemporaryDirectory() as made:
            folder = given.out or Path(made)
            folder.mkdir(parents=True, exist_ok=True)
            _print_kinds(series, folder, given.results, misses=given.misses)
    except UsageError as error:
        raise SystemExit(str(error)) from error


def _print_kinds(series: Series, folder: Path, results: Path | None, *, misses: bool) -> None:
    known, total = read_results(results, series), Counter[str]()
    for kind in KINDS:
        own = Counter[str]()
        for place in range(series.count):
            outcome = known.get(name_report(kind, place, series))
            if outcome is None:
                outcome = measure(kind, place, series, folder)
                write_result(outcome, series, results)
            for cut in outcome.cuts:
                own.update(cut=1, exact=not cut.wrong, accepted=len(cut.accepted), errors=len(cut.errors))
                if misses and cut.wrong:
                    print(f"{outcome.file}: table {cut.table}, {len(cut.wrong)} cells, {', '.join(cut.wrong[:4])}")
        print(_line(", ".join(kind), own), flush=True)
        total += own
    print(_line("all", total), f"goal: {GOAL}", sep="\n")


def write_result(outcome: Outcome, series: Series, results: Path | None) -> None:
    """Adds what became of a report to the file, where one is given."""
    if results:
        with results.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(outcome) | _entry_key(series)) + "\n")


def _line(name: str, count: Counter[str]) -> str:
    share = f"{count['exact'] / count['cut']:.4f}" if count["cut"] else "–"
    return f"| {name} | {count['cut']} | {share} | {count['accepted']} | {count['errors']} |"


if __name__ == "__main__":
    main()
