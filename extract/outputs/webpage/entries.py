"""A report → what the overview says of it: small, since ten thousand of them are kept."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from extract.outputs.panel import NameUnit
from extract.outputs.score import Score, score_report
from extract.outputs.webpage.words import page_rules
from extract.quick import record
from extract.records import Field, Report, State

_RECEIVED, _HANDLED = "requests.received.total", "requests.handled.total"
_EMPTY = (State.BLANK, State.DASH)  # the form of 2019 often leaves its totals so


@record
class Entry:
    """One line of the overview. `href` leads to the report's page; reports of one `unit` belong together.

    `received`, `handled` and `outcomes` (in the order of webpage.toml) are the requests of the total column, of the
    applicants together where a total is left empty (`added_up`), None where that was not read either; an outcome is
    also None where one of its rows is; `sure`: all these numbers are accepted. `bands` counts the fields by
    confidence, from the lowest band up, `open_bands` those of them that are not accepted; `codes` counts the findings.
    """

    href: str
    agency: str
    unit: str
    year: int | None
    file: str
    score: Score
    received: Decimal | None
    handled: Decimal | None
    outcomes: tuple[Decimal | None, ...]
    sure: bool
    added_up: bool
    bands: tuple[int, ...]
    open_bands: tuple[int, ...]
    codes: Mapping[str, int]


def report_to_entry(report: Report, href: str, name_unit: NameUnit) -> Entry:
    """The line of a report whose page is at `href`. `name_unit`: an agency's name → what its names share."""
    agency, year = str(report.report["agency"].value or ""), report.report["year"].value
    rows = {name: _row_cells(report, name) for name in (_RECEIVED, *_outcome_fields(report))}
    return Entry(
        href,
        agency,
        name_unit(agency),
        year if isinstance(year, int) else None,
        report.source.file,
        score_report(report),
        _sum_of(rows[_RECEIVED]),
        _sum_of(_row_cells(report, _HANDLED)),
        _outcomes(rows),
        all(field.accepted for row in rows.values() for field in row),
        any(len(row) > 1 for row in rows.values()),
        _bands(report.fields.values()),
        _bands(field for field in report.fields.values() if not field.accepted),
        Counter(finding.code for finding in report.findings),
    )


def _row_cells(report: Report, total: str) -> list[Field]:
    """The total cell of a row; where it holds no number, the cells of the applicants, if these have numbers."""
    whole = report.fields[total]
    row = total.rpartition(".")[0]
    parts = [field for name, field in report.fields.items() if name.rpartition(".")[0] == row and name != total]
    return parts if whole.state in _EMPTY and _sum_of(parts) is not None else [whole]


def _outcomes(rows: Mapping[str, Sequence[Field]]) -> tuple[Decimal | None, ...]:
    """The requests of each group of outcomes; None where a number of the group was not read."""
    groups = [[row for name, row in rows.items() if name.startswith(start)] for start in _beginnings()]
    return tuple(_sum_of([field for row in group for field in row]) for group in groups)


def _outcome_fields(report: Report) -> list[str]:
    """The fields of the total column that are outcomes."""
    return [name for name in report.fields if name.endswith(".total") and name.startswith(_beginnings())]


def _beginnings() -> tuple[str, ...]:
    """How the ids of each group of outcomes begin."""
    return tuple(entry[2] for entry in page_rules()["outcomes"].values())


def _sum_of(fields: Sequence[Field]) -> Decimal | None:
    numbers = [Decimal(field.value) for field in fields if isinstance(field.value, Decimal | int)]
    return sum(numbers, Decimal()) if fields and len(numbers) == len(fields) else None


def _bands(fields: Iterable[Field]) -> tuple[int, ...]:
    levels = page_rules()["levels"]["bands"]
    counts = Counter(bisect_right(levels, field.confidence) for field in fields)
    return tuple(counts[band] for band in range(len(levels) + 1))
