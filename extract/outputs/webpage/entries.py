"""A report → what the overview says of it: small, since ten thousand of them are kept."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extract.outputs.score import Score, score_report
from extract.outputs.webpage.words import page_rules
from extract.records import Field, Report

_RECEIVED = "requests.received.total"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the overview. `href` leads to the report's page.

    `received` and `outcomes` (in the order of webpage.toml) are the requests of the total column, None where no number
    was read; `sure`: all these numbers are accepted. `bands` counts the fields by confidence, from the lowest band up,
    `open_bands` those of them that are not accepted; `codes` counts the findings.
    """

    href: str
    agency: str
    year: int | None
    file: str
    score: Score
    received: Decimal | None
    outcomes: tuple[Decimal, ...] | None
    sure: bool
    bands: tuple[int, ...]
    open_bands: tuple[int, ...]
    codes: Mapping[str, int]


def report_to_entry(report: Report, href: str) -> Entry:
    """The line of a report whose page is at `href`."""
    year = report.report["year"].value
    return Entry(
        href,
        str(report.report["agency"].value or ""),
        year if isinstance(year, int) else None,
        report.source.file,
        score_report(report),
        _sum_of([report.fields[_RECEIVED]]),
        _outcomes(report),
        all(report.fields[name].accepted for name in (_RECEIVED, *_outcome_fields(report))),
        _bands(report.fields.values()),
        _bands(field for field in report.fields.values() if not field.accepted),
        Counter(finding.code for finding in report.findings),
    )


def _outcomes(report: Report) -> tuple[Decimal, ...] | None:
    """The requests of each group of outcomes; None where a number of one was not read."""
    names = _outcome_fields(report)
    sums = [_sum_of([report.fields[name] for name in names if name.startswith(start)]) for start in _beginnings()]
    known = tuple(found for found in sums if found is not None)
    return known if len(known) == len(sums) else None


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
