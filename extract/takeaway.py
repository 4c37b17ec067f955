"""Report documents → the files that people take away: lists of findings and panels of data."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path

from extract.documents import find_documents, read_documents
from extract.errors import Failure, UsageError
from extract.outputs import write_csv, write_docx, write_jsonl, write_parquet, write_xlsx

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


def _refuse(form: str, out: Path) -> None:
    needed = _NEEDS.get(form)
    if needed and importlib.util.find_spec(needed) is None:
        raise UsageError(f"--format {form}: 需要 {needed} / needs {needed}: pip install 'gouji[report]'")
    if out.is_dir() and form not in _FOLDERS:
        raise UsageError(f"{out}: 是文件夹，--out 应为文件 / is a folder; --out names a file")
    if out.is_file() and form in _FOLDERS:
        raise UsageError(f"{out}: 是文件，--out 应为文件夹 / is a file; --out names a folder")
