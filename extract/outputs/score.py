"""Report → how well it was read, in one figure and the counts beside it."""

from __future__ import annotations

from extract.quick import record
from extract.records import Report, Severity, State

_UNREAD = (State.MISSING, State.ILLEGIBLE)


@record
class Score:
    """`percent` is the mean P(right) of the fields that were found, 0..100, never rounded up, and None where none was:
    that nothing is there may be sure, but is no reading. The rest are counts; `unread` fields were not found, or are
    illegible.
    """

    percent: float | None
    unread: int
    accepted: int
    fields: int
    findings: dict[Severity, int]

    @property
    def percent_text(self) -> str:
        """99.9%; a dash where there is nothing to be sure of."""
        return "—" if self.percent is None else f"{self.percent:.1f}%"

    @property
    def doubtful(self) -> int:
        return self.fields - self.accepted


def score_report(report: Report) -> Score:
    """The score of a report; it says how well the report was read, not whether it is right."""
    fields = report.fields.values()
    found = [field.confidence for field in fields if field.state not in _UNREAD]
    percent = int(10 * (100 * sum(found) / len(found))) / 10 if found else None
    counts = {severity: sum(finding.severity is severity for finding in report.findings) for severity in Severity}
    accepted = sum(field.accepted for field in fields)
    return Score(percent, len(fields) - len(found), accepted, len(fields), counts)
