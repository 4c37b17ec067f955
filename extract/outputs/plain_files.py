"""Reports → CSV (one row per field) and JSON Lines (one report document a line)."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path

from extract.outputs.document import report_to_json
from extract.outputs.panel import NameUnit, long_columns, long_rows
from extract.outputs.write import whole_file
from extract.records import Report


def write_csv(reports: Iterable[Report], path: Path, name_unit: NameUnit = str) -> None:
    """The long panel as CSV, in UTF-8 with the mark that spreadsheet programs ask for; an empty cell is no value."""
    names = [column.name for column in long_columns()]
    with whole_file(path) as temporary, temporary.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        for report in reports:
            writer.writerows(long_rows(report, name_unit))


def write_jsonl(reports: Iterable[Report], path: Path) -> None:
    """One report document a line."""
    with whole_file(path) as temporary, temporary.open("w", encoding="utf-8") as file:
        for report in reports:
            file.write(json.dumps(report_to_json(report), ensure_ascii=False) + "\n")
