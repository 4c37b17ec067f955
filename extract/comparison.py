"""A folder of report documents → what several years and units say of one another, and history.json."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from extract.errors import UnreadableError, UsageError
from extract.findings import contrast_finding
from extract.history import compare_reports, load_names, load_parts
from extract.outputs import finding_to_json, json_to_report, write_text
from extract.records import History, HistoryFinding, Report

_HISTORY = "history.json"


def compare_folder(
    folder: Path, *, aliases: Path | None = None, units: Path | None = None
) -> tuple[History, list[str]]:
    """(what all report documents (`*.json`) below the folder say of one another, one line per unreadable document).

    `aliases` names other names of an agency, `units` the units that a government's figures are made of: TOML files.

    Raises: UsageError where there is no document, or a file of names is wrong.
    """
    names, parts = load_names(aliases), load_parts(units)
    paths = sorted(path for path in folder.rglob("*.json") if path.name != _HISTORY)
    if not paths:
        remedy = "请先用 gouji extract … --out 读取 / make them with gouji extract"
        raise UsageError(f"{folder}: 没有报告文档（*.json），{remedy}")
    reports, failures = read_documents(paths)
    compared = compare_reports(reports, names=names, parts=parts)
    findings = (
        HistoryFinding(contrast.agency, contrast.year, contrast_finding(contrast)) for contrast in compared.contrasts
    )
    return History(tuple(findings), compared.remarks, len(reports)), failures


def read_documents(paths: Sequence[Path]) -> tuple[list[Report], list[str]]:
    """(the reports, one line per file that is no report document)."""
    reports: list[Report] = []
    failures: list[str] = []
    for path in paths:
        try:
            reports.append(json_to_report(json.loads(path.read_text(encoding="utf-8"))))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            remedy = "leave it out, or make it again with gouji extract"
            failures.append(str(UnreadableError(str(path), f"this is no report document ({error})", remedy)))
    return reports, failures


def write_history(history: History, folder: Path) -> Path:
    """Writes `history.json` into the folder and returns its path."""
    document = {
        "findings": [
            {"agency": found.agency, "year": found.year, **finding_to_json(found.finding)} for found in history.findings
        ],
        "remarks": list(history.remarks),
    }
    path = folder / _HISTORY
    write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", path)
    return path
