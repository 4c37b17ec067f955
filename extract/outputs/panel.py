"""Reports → panels: one row per field (long), one row per report (wide). Values, states and confidences as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cache

from extract.forms.places import places
from extract.outputs.advice import place_text
from extract.quick import record
from extract.records import Field, Report
from extract.rules import load_rules

Value = str | float | bool | None
Row = dict[str, Value]


NameUnit = Callable[[str], str]
"""The name of an agency as printed → the one under which its reports of several years are found."""


def long_rows(report: Report, name_unit: NameUnit = str) -> Iterator[Row]:
    """One row per field of the report, with the names of `long_columns()`; an absent value is None."""
    head, known = _head(report, name_unit), places(report.template.id)
    for name, field in report.fields.items():
        place = known[name]
        yield head | {
            "field": name,
            "table": place.table,
            "row": place.row,
            "column": place.column,
            "value": plain_number(field),
            "state": field.state.value,
            "confidence": round(field.confidence, 4),
            "accepted": field.accepted,
            "raw": field.raw,
            "page": field.page,
            "line": field.line,
            "place": place_text(field),
            "bbox": " ".join(f"{edge:.4f}" for edge in field.bbox) if field.bbox else None,
            "evidence": "；".join(field.evidence),
        }


def wide_row(report: Report, name_unit: NameUnit = str) -> Row:
    """The report as one row: what identifies it, then for each field its value, state, confidence and acceptance.

    A field's value stands under its id; the rest under id + `:state`, `:confidence`, `:accepted`.
    """
    row = _head(report, name_unit)
    for name, field in report.fields.items():
        row[name] = plain_number(field)
        row[f"{name}:state"] = field.state.value
        row[f"{name}:confidence"] = round(field.confidence, 4)
        row[f"{name}:accepted"] = field.accepted
    return row


@record
class Column:
    """A column of a panel. `kind` is text, whole, number or truth."""

    name: str
    kind: str
    means: str


@cache
def report_columns() -> tuple[Column, ...]:
    """What both panels say of a report."""
    return _columns("report")


@cache
def long_columns() -> tuple[Column, ...]:
    """The columns of the long panel."""
    return (*_columns("report"), *_columns("field"))


def wide_columns(fields: Iterable[str]) -> tuple[Column, ...]:
    """The columns of the wide panel over reports that have these fields between them: first all values, then what is
    said of them.
    """
    fields = tuple(fields)
    known = {column.name: column for column in _columns("field")}
    own = [
        Column(f"{field}:{name}" if name != "value" else field, known[name].kind, known[name].means)
        for name in ("value", "state", "confidence", "accepted")
        for field in fields
    ]
    return (*report_columns(), *own)


def _columns(table: str) -> tuple[Column, ...]:
    entries = load_rules("outputs.toml")[table]
    return tuple(Column(name, entry["type"], entry["means"]) for name, entry in entries.items())


def plain_number(field: Field) -> float | None:
    """The value as a JSON number; None where no number was read."""
    value = field.value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value if isinstance(value, int) else None


def _head(report: Report, name_unit: NameUnit) -> Row:
    """What identifies a report. A name or date that was not found is None."""
    source, head = report.source, report.report
    agency = _text(head["agency"])
    return {
        "agency": agency,
        "year": head["year"].value if isinstance(head["year"].value, int) else None,
        "template": report.template.id,
        "title": _text(head["title"]),
        "published": _text(head["published"]),
        "unit": name_unit(agency) if agency else None,
        "file": source.file,
        "sha256": source.sha256,
        "format": source.format,
        "errors": sum(finding.severity == "error" for finding in report.findings),
        "doubtful": sum(not field.accepted for field in report.fields.values()),
    }


def _text(field: Field) -> str | None:
    return None if field.value is None else str(field.value)
