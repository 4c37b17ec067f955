"""Reports → HTML files: one page each, and for several a folder with their overview."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import quote

from extract.outputs.order import name_key
from extract.outputs.panel import NameUnit
from extract.outputs.webpage.crops import GEOMETRY, NO_CROPS, Crops, Original, crop_rows
from extract.outputs.webpage.entries import Entry, report_to_entry
from extract.outputs.webpage.overview import overview_to_html
from extract.outputs.webpage.report import report_to_html
from extract.outputs.webpage.view import View
from extract.outputs.write import write_text
from extract.records import Report, Source

OVERVIEW = "index.html"
FindOriginal = Callable[[Source], Original | None]


def write_page(report: Report, path: Path, find_original: FindOriginal) -> None:
    """The page of one report, with pictures of its rows where `find_original` has the source file."""
    write_text(report_to_html(report, _crops(report, find_original)), path)


def write_site(
    reports: Iterable[tuple[str, Report]], folder: Path, find_original: FindOriginal, name_unit: NameUnit
) -> int:
    """A page for each (name, report) and the overview; the number of pages. Of equal names the later are numbered.

    The overview has reports together whose agencies are one to `name_unit`.
    """
    entries: list[Entry] = []
    taken = {OVERVIEW}
    for name, report in reports:
        file = _free_name(name, taken)
        write_text(report_to_html(report, _crops(report, find_original), overview=OVERVIEW), folder / file)
        entries.append(report_to_entry(report, quote(file), name_unit))
    entries.sort(key=lambda entry: (name_key(entry.unit), entry.year or 0, name_key(entry.file)))
    write_text(overview_to_html(entries), folder / OVERVIEW)
    return len(entries)


def _crops(report: Report, find_original: FindOriginal) -> Crops:
    if report.source.format not in GEOMETRY or (original := find_original(report.source)) is None:
        return NO_CROPS
    return crop_rows(report, original, frozenset(View(report).marked))


def _free_name(name: str, taken: set[str]) -> str:
    """`name`.html, numbered where a page has that name already, whatever its case."""
    numbered = (f"{name}.html" if number == 1 else f"{name}-{number}.html" for number in range(1, len(taken) + 2))
    file = next(file for file in numbered if file.casefold() not in taken)
    taken.add(file.casefold())
    return file
