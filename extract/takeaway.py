"""Report documents → the files that people take away: lists of findings and panels of data."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Sequence
from pathlib import Path

from extract.documents import find_documents, read_documents
from extract.errors import Failure, UsageError
from extract.outputs import write_csv, write_docx, write_jsonl, write_parquet, write_xlsx
from extract.outputs.webpage import find_originals, write_page, write_site
from extract.records import Report

_WHOLE = {"xlsx": write_xlsx, "docx": write_docx}  # these need all reports at once
_STREAMED = {"csv": write_csv, "jsonl": write_jsonl, "parquet": write_parquet}
FORMATS = (*_WHOLE, *_STREAMED)
_NEEDS = {"xlsx": "openpyxl", "docx": "docx", "parquet": "pyarrow"}
_FOLDERS = {"parquet"}  # these write several files


def write_takeaway(paths: Sequence[Path], form: str, out: Path) -> tuple[int, list[Failure]]:
    """Writes all report documents to the file `out` (Parquet: a folder), in one of FORMATS.

    (how many were written, what is no report document).

    Raises: UsageError where there is no document, `out` is of the wrong kind, or the extra `report` is not installed.
    """
    _refuse(form, out)
    found = find_documents(paths)
    failures: list[Failure] = []
    reports = read_documents(found, failures)
    if form in _WHOLE:
        _WHOLE[form](list(reports), out)
    else:
        _STREAMED[form](reports, out)
    return len(found) - len(failures), failures


def write_webpages(paths: Sequence[Path], out: Path, sources: Path | None = None) -> tuple[int, list[Failure]]:
    """Writes the confidence report as HTML: of one document the file `out`, of several a folder `out` with an overview.

    `sources` is the file or folder of what the documents were read from: its pages are shown beside the cells.
    (how many were written, what is no report document).

    Raises: UsageError where there is no document, `out` is of the wrong kind, or `sources` cannot be used.
    """
    found = find_documents(paths)
    several = len(found) > 1 or out.is_dir()
    if several and out.is_file():
        raise UsageError(f"{out}: 是文件，多份报告须写入文件夹 / is a file; for several reports --out names a folder")
    if sources and not sources.exists():
        raise UsageError(f"{sources}: 没有此文件或文件夹 / no such file or folder")
    if sources and importlib.util.find_spec("PIL") is None:
        raise UsageError("--sources: 需要 Pillow / needs Pillow: pip install 'gouji[report]'")
    failures: list[Failure] = []
    find_original = find_originals(sources)
    if several:
        return write_site(_named_reports(found, failures), out, find_original), failures
    for _, report in _named_reports(found, failures):
        write_page(report, out, find_original)
    return len(found) - len(failures), failures


def _named_reports(paths: Sequence[Path], failures: list[Failure]) -> Iterator[tuple[str, Report]]:
    for path in paths:
        for report in read_documents([path], failures):
            yield path.stem, report


def _refuse(form: str, out: Path) -> None:
    needed = _NEEDS.get(form)
    if needed and importlib.util.find_spec(needed) is None:
        raise UsageError(f"--format {form}: 需要 {needed} / needs {needed}: pip install 'gouji[report]'")
    if out.is_dir() and form not in _FOLDERS:
        raise UsageError(f"{out}: 是文件夹，--out 应为文件 / is a folder; --out names a file")
    if out.is_file() and form in _FOLDERS:
        raise UsageError(f"{out}: 是文件，--out 应为文件夹 / is a file; --out names a folder")
