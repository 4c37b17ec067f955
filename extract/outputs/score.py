"""Report → how well it was read, in counts."""

from __future__ import annotations

from extract.quick import record
from extract.records import Report, Severity, State

_UNREAD = (State.MISSING, State.ILLEGIBLE)


@record
class Score:
    """How many of the fields are accepted; of the others `unread` ones were not found, or are illegible.

    `all_right`: P(right) of all that are accepted together, 0..1.
    """

    unread: int
    accepted: int
    fields: int
    findings: dict[Severity, int]
    all_right: float

    @property
    def accepted_percent(self) -> str:
        """99.5: how many of a hundred fields are accepted, never rounded up."""
        return _percent(self.accepted / self.fields)

    @property
    def all_right_text(self) -> str:
        """99.5%, never rounded up; empty where none is accepted."""
        return f"{_percent(self.all_right)}%" if self.accepted else ""

    @property
    def doubtful(self) -> int:
        return self.fields - self.accepted


def score_report(report: Report) -> Score:
    """The score of a report; it says how well the report was read, not whether it is right."""
    fields = report.fields.values()
    unread = sum(field.state in _UNREAD and not field.accepted for field in fields)
    counts = {severity: sum(finding.severity is severity for finding in report.findings) for severity in Severity}
    accepted = sum(field.accepted for field in fields)
    return Score(unread, accepted, len(fields), counts, report.score.all_accepted_right)


def _percent(share: float) -> str:
    return f"{int(1000 * share) / 10:.1f}"
