"""Report documents → the files that people take away: lists of findings and panels of data."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import TypeVar

from extract.batch import FAILURES
from extract.documents import find_documents, read_documents
from extract.errors import Failure, SourceError, UsageError, say_of_system
from extract.history import load_names
from extract.originals import find_originals
from extract.outputs import json_to_finding, write_csv, write_docx, write_jsonl, write_parquet, write_xlsx
from extract.outputs.webpage import FindOriginal, Original, write_page, write_site
from extract.progress import Bar, show_progress
from extract.quick import record, replace
from extract.records import Finding, Report, Severity, Source
from extract.settings import load_settings

_WHOLE: dict[str, Callable[..., None]] = {"xlsx": write_xlsx, "docx": write_docx}  # these need all reports at once
_STREAMED: dict[str, Callable[..., None]] = {"csv": write_csv, "jsonl": write_jsonl, "parquet": write_parquet}
_NAMELESS = {"jsonl"}  # documents as they are: agencies go by no other name
FORMATS = (*_WHOLE, *_STREAMED)
_NEEDS = {"xlsx": "openpyxl", "docx": "docx", "parquet": "pyarrow"}
_FOLDERS = {"parquet"}  # these write several files


@record
class Search:
    """The source files that were found and those that were not, of the reports whose pages can be drawn."""

    found: list[str]
    lost: list[str]


@record
class Doubles:
    """Reports of one agency on one year, by their files: a panel counts that agency more than once."""

    agency: str
    year: int
    files: tuple[str, ...]


Some = TypeVar("Some")
History = Mapping[str, Sequence[Finding]]
"""SHA-256 of a file → what other reports say of the one read from it."""


def write_takeaway(
    paths: Sequence[Path],
    form: str,
    out: Path,
    history: History | None = None,
    *,
    aliases: Path | None = None,
    progress: bool = False,
) -> tuple[int, list[Failure], list[Doubles]]:
    """Writes all report documents to the file `out` (Parquet: a folder), in one of FORMATS.

    `history` adds what other reports say of them, from `read_history`; `aliases`: a file of other names of agencies, by
    which panels of data name the unit and lists have the years of an agency together; `progress` tells on stderr how
    far it is.
    (how many were written, what is no report document, which are of one agency and year).

    Raises: UsageError where there is no document, `out` or `aliases` is of the wrong kind, or the extra `report` is not
    installed.
    """
    _refuse(form, out)
    name_unit = load_names(aliases).unit
    names = {} if form in _NAMELESS else {"name_unit": name_unit}
    found = find_documents(paths)
    failures: list[Failure] = []
    files: dict[tuple[str, int], list[str]] = {}
    with show_progress(len(found), shown=progress) as bar:
        reports = _unless_none(_counted(_with_history(read_documents(found, failures), history or {}), bar))
        if reports is None:
            return 0, failures, []
        reports = _filed(reports, files, name_unit)
        if form in _WHOLE:
            _WHOLE[form](list(reports), out, unread=_find_unread(paths), **names)
        else:
            _STREAMED[form](reports, out, **names)
    doubles = [Doubles(*key, tuple(own)) for key, own in files.items() if len(own) > 1]
    return len(found) - len(failures), failures, doubles


def write_webpages(
    paths: Sequence[Path],
    out: Path,
    sources: Path | None = None,
    history: History | None = None,
    *,
    aliases: Path | None = None,
    progress: bool = False,
) -> tuple[int, list[Failure], Search]:
    """Writes the confidence report as HTML: of one document the file `out`, of several a folder `out` with an overview.

    `sources` is the file or folder of what the documents were read from: its pages are shown beside the cells.
    `history` and `progress` as in `write_takeaway`; by `aliases` the overview has the years of an agency together.
    (how many were written, what is no report document, how the search in `sources` went).

    Raises: UsageError where there is no document, `out` or `aliases` is of the wrong kind, or `sources` cannot be used.
    """
    found = find_documents(paths)
    several = len(found) > 1 or out.is_dir()
    if several and out.is_file():
        raise UsageError(f"{out}: 是文件，多份报告须写入文件夹 / is a file; for several reports --out names a folder")
    if sources and not sources.exists():
        raise UsageError(f"{sources}: 没有此文件或文件夹 / no such file or folder")
    if sources and importlib.util.find_spec("PIL") is None:
        raise UsageError("--sources: 需要 / needs Pillow: pip install '.[report]'（在 gouji 文件夹中 / in its folder）")
    name_unit = load_names(aliases).unit
    failures: list[Failure] = []
    search = Search([], [])
    find_original = _noting(find_originals(sources), search)
    with show_progress(len(found), shown=progress) as bar:
        reports = _unless_none(_counted(_named_reports(found, failures, history or {}), bar))
        if reports is None:
            return 0, failures, search
        if several:
            return write_site(reports, out, find_original, name_unit), failures, search
        for _, report in reports:
            write_page(report, out, find_original)
    return len(found) - len(failures), failures, search


def _find_unread(paths: Sequence[Path]) -> list[str]:
    """The files that could not be read when the documents of these folders were made, as their logs name them."""
    found: list[str] = []
    for log in (path / FAILURES for path in paths if path.is_dir()):
        with suppress(OSError, ValueError, KeyError, TypeError):  # no log of ours
            found += [json.loads(line)["file"] for line in log.read_text(encoding="utf-8").splitlines()]
    return list(dict.fromkeys(found))


def _counted(reports: Iterator[Some], bar: Bar | None) -> Iterator[Some]:
    """The same reports, each counted when the next one is asked for."""
    for report in reports:
        yield report
        if bar:
            bar.advance()


def _filed(
    reports: Iterable[Report], files: dict[tuple[str, int], list[str]], name_unit: Callable[[str], str]
) -> Iterator[Report]:
    """The same reports, whose files are noted by agency and year, where both were read."""
    for report in reports:
        agency, year = report.report["agency"].value, report.report["year"].value
        if agency and isinstance(year, int):
            files.setdefault((name_unit(str(agency)), year), []).append(report.source.file)
        yield report


def _unless_none(reports: Iterator[Some]) -> Iterator[Some] | None:
    """The same reports; None where there is none, and nothing is to be written in the place of what is there."""
    for first in reports:
        return chain([first], reports)
    return None


def _noting(find_original: FindOriginal, search: Search) -> FindOriginal:
    """The same search, which notes what it finds and what not."""

    def find(source: Source) -> Original | None:
        original = _printed(find_original(source), source)
        (search.found if original is not None else search.lost).append(source.file)
        return original

    return find


def _printed(original: Original | None, source: Source) -> Original | None:
    """The pages of an OFD file, none where they cannot be drawn; other files as they are."""
    if source.format != "ofd" or not isinstance(original, Path | bytes):
        return original
    from extract.pages.ofd import print_pages

    content = original.read_bytes() if isinstance(original, Path) else original
    try:
        return print_pages(content, file=source.file, settings=load_settings())
    except SourceError:
        return ()


def read_history(path: Path | None) -> History:
    """SHA-256 of a file → what `gouji compare` found of the report that was read from it; nothing without a path.

    Raises: UsageError where `path` is no history.json.
    """
    found: dict[str, list[Finding]] = {}
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["findings"] if path else []
        for entry in entries:
            found.setdefault(entry["sha256"], []).append(json_to_finding(entry))
    except (OSError, ValueError, LookupError, TypeError) as error:
        remedy = "请用 gouji compare DIR --out OUT 生成 / make it with gouji compare DIR --out OUT"
        cause = say_of_system(error) if isinstance(error, OSError) else error
        raise UsageError(f"{path}: 不是 history.json / is no history.json ({cause}); {remedy}") from error
    return found


def _with_history(reports: Iterable[Report], history: History) -> Iterator[Report]:
    """The reports, what others say of them behind their own findings, gravest first."""
    order = list(Severity)
    for report in reports:
        more = history.get(report.source.sha256, ())
        findings = sorted((*report.findings, *more), key=lambda finding: order.index(finding.severity))
        yield replace(report, findings=tuple(findings))


def _named_reports(paths: Sequence[Path], failures: list[Failure], history: History) -> Iterator[tuple[str, Report]]:
    for path in paths:
        for report in _with_history(read_documents([path], failures), history):
            yield path.stem, report


def _refuse(form: str, out: Path) -> None:
    needed = _NEEDS.get(form)
    if needed and importlib.util.find_spec(needed) is None:
        raise UsageError(
            f"--format {form}: 需要 / needs {needed}: pip install '.[report]'（在 gouji 文件夹中 / in its folder）"
        )
    if out.is_dir() and form not in _FOLDERS:
        raise UsageError(f"{out}: 是文件夹，--out 应为文件 / is a folder; --out names a file")
    if out.is_file() and form in _FOLDERS:
        raise UsageError(f"{out}: 是文件，--out 应为文件夹 / is a file; --out names a folder")
