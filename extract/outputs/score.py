"""Report → how well it was read, in one figure and the counts beside it."""

from __future__ import annotations

from dataclasses import dataclass

from extract.records import Report, Severity


@dataclass(frozen=True, slots=True)
class Score:
    """`percent` is the mean P(right) of all fields, 0..100, never rounded up; the rest are counts."""

    percent: float
    accepted: int
    fields: int
    findings: dict[Severity, int]

    @property
    def doubtful(self) -> int:
        return self.fields - self.accepted


def score_report(report: Report) -> Score:
    """The score of a report; it says how well the report was read, not whether it is right."""
    fields = report.fields.values()
    mean = 100 * sum(field.confidence for field in fields) / max(1, len(fields))
    counts = {severity: sum(finding.severity is severity for finding in report.findings) for severity in Severity}
    return Score(int(10 * mean) / 10, sum(field.accepted for field in fields), len(fields), counts)
