"""Paths → the report documents that were written there, one after another."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from extract.errors import Failure, UnreadableError, UsageError
from extract.forms import form_ids, load_form
from extract.outputs import json_to_report
from extract.quick import replace
from extract.records import Report
from extract.rules import load_rules

_HEAD = {"agency", "year", "title", "published", "period_start", "period_end"}
HISTORY = "history.json"  # lies among report documents and is none


def find_documents(paths: Sequence[Path]) -> list[Path]:
    """The files that are named, and all `*.json` below the folders that are named, in order, each once.

    Raises: UsageError where there is none, UnreadableError where a folder that is named may not be looked into.
    """
    found: dict[Path, None] = {}
    for path in paths:
        inside = _look_below(path) if path.is_dir() else [path]
        found |= dict.fromkeys(file for file in inside if file.name != HISTORY)
    if not found:
        remedy = (
            "请先用 gouji extract … --out 读取 / no report documents (*.json); make them with gouji extract … --out"
        )
        raise UsageError(f"{', '.join(map(str, paths))}: 没有报告文档（*.json），{remedy}")
    return list(found)


def _look_below(folder: Path) -> list[Path]:
    try:
        os.scandir(folder).close()  # the search passes over what it may not see
    except OSError as error:
        raise UnreadableError(
            str(folder), str(error.strerror or error), "check the path and its permissions"
        ) from error
    return sorted(folder.rglob("*.json"))


def read_documents(paths: Sequence[Path], failures: list[Failure]) -> Iterator[Report]:
    """The reports, one at a time; what is no report document is added to `failures`.

    Of source files of one name the later are called as their documents, which have the folder before the name.
    """
    for path in paths:
        try:
            report = json_to_report(json.loads(path.read_text(encoding="utf-8")))
            _refuse_incomplete(report)
        except OSError as error:
            failures.append(Failure(str(path), str(error.strerror or error), "check the path"))
        except (ValueError, ArithmeticError, LookupError, TypeError, AttributeError, RecursionError) as error:
            remedy = "leave it out, or make it (again) with gouji extract"
            failures.append(Failure(str(path), _cause(error), remedy))
        else:
            yield _told_apart(report, path.stem)


def _told_apart(report: Report, document: str) -> Report:
    if not document.endswith(f"__{report.source.file}"):
        return report
    return replace(report, source=replace(report.source, file=document))


def _cause(error: Exception) -> str:
    """What is wrong with the document, for people."""
    if isinstance(error, json.JSONDecodeError):
        return f"this is no report document: no JSON at line {error.lineno}, column {error.colno}"
    if isinstance(error, UnicodeError):
        return "this is no report document: no UTF-8"
    return f"this is no report document: parts of it are missing or wrong ({error})"


def _refuse_incomplete(report: Report) -> None:
    """Raises: ValueError where a field of the form, a part of the head, or the entry of a finding is not known."""
    if report.template.id not in form_ids():
        raise ValueError(f"template {report.template.id!r} is not known")
    if set(report.fields) != set(load_form(report.template.id).field_ids):
        raise ValueError("its fields are not those of its template")
    year = report.report["year"].value if "year" in report.report else None
    if year is not None and type(year) is not int:
        raise ValueError(f"report.year is {year!r}: must be a whole number or null")
    if missing := _HEAD - set(report.report):
        raise ValueError(f"{', '.join(sorted(missing))} missing")
    if unknown := {finding.code for finding in report.findings} - set(load_rules("findings.toml")):
        raise ValueError(f"{', '.join(sorted(unknown))}: unknown code")
