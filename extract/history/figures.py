"""The figures of a report as numbers that may be compared, across templates where they mean the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from extract.forms.comparable import comparable_fields
from extract.quick import record
from extract.records import Field, Report, State
from extract.rules import load_rules

Years = Mapping[int, Report]
"""Report year → the agency's report on it, years ascending."""


@record
class Figure:
    """A number and P(it is what the reports print). `sure`: high enough to compare by."""

    value: Decimal
    confidence: float

    @property
    def sure(self) -> bool:
        return self.confidence >= float(load_rules("history.toml")["reading"]["confidence"])

    def __add__(self, other: Figure) -> Figure:
        return Figure(self.value + other.value, self.confidence * other.confidence)

    def __sub__(self, other: Figure) -> Figure:
        return Figure(self.value - other.value, self.confidence * other.confidence)


def figure(report: Report, field: str) -> Figure | None:
    """The number that a field prints; None where it was not found or not read.

    An empty cell or a dash is 0 where its row then adds up; an empty total of a row with numbers is no 0.
    """
    found = report.fields.get(field)
    if found is None or found.state in (State.MISSING, State.ILLEGIBLE) or isinstance(found.value, str):
        return None
    if found.value is None and not _adds_up(report, field.rpartition(".")[0]):
        return None
    return Figure(Decimal(found.value or 0), found.confidence)


def _adds_up(report: Report, row: str) -> bool:
    """Whether the row (in table 4: the group) adds up to its total, empty cells as 0; a row without a total does."""
    whole = report.fields.get(f"{row}.total")
    if whole is None:
        return True
    parts = [own.value for name, own in report.fields.items() if name.rpartition(".")[0] == row and own is not whole]
    return sum(Decimal(value or 0) for value in parts if not isinstance(value, str)) == Decimal(str(whole.value or 0))


def total(report: Report, fields: Sequence[str]) -> Figure | None:
    """The sum of several fields; None where one of them was not read."""
    figures = [figure(report, field) for field in fields]
    known = [own for own in figures if own is not None]
    return sum(known[1:], known[0]) if known and len(known) == len(figures) else None


def same_figure(report: Report, field: str, template: str) -> Figure | None:
    """What `report` prints for the field of another template; None where it has nothing that means the same."""
    for theirs, ours in comparable_fields(report.template.id, template):
        if ours == (field,):
            return total(report, theirs)
    return None


def is_year_disputed(report: Report) -> bool:
    """Whether the report's own year is open: its title, period and text disagree (D001), or it was not read surely.

    One sentence that names another year, such as one copied from last year's report, leaves it as it is.
    """
    heads_differ = any(finding.code == "D001" and not finding.sentences for finding in report.findings)
    return heads_differ or not report.report["year"].accepted


def text_of(field: Field | None) -> str:
    """The field's value where it is a text, else an empty one."""
    return field.value if field is not None and isinstance(field.value, str) else ""
