"""Failed sums → the one cell, if there is one, whose change alone mends every sum it stands in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from extract.checks.sums import correction, counted, residual
from extract.quick import record, replace
from extract.records import Cells, Violation
from extract.rules import LinearRule


@record
class Suspect:
    """A cell and the change that would mend `broken`, its failed sums, and break `intact`, its passed ones.

    `unknown` are its sums that can't be assessed.
    """

    field: str
    change: Decimal
    mended: Decimal
    broken: frozenset[str]
    intact: frozenset[str]
    unknown: frozenset[str]


def localize(
    violations: tuple[Violation, ...], rules: Mapping[str, LinearRule], cells: Cells, *, least: int
) -> tuple[Violation, ...]:
    """The violations, each failed one with its suspect first where one cell explains it better than any other.

    A suspect must mend at least `least` sums.
    """
    suspects = find_suspects(violations, rules, cells)
    clean = [suspect for suspect in suspects if not suspect.intact and len(suspect.broken) >= least]
    best: dict[str, Suspect] = {}
    for suspect in clean:
        rivals = [other for other in clean if other.field != suspect.field and other.broken & suspect.broken]
        if all(len(other.broken) < len(suspect.broken) for other in rivals):
            best |= dict.fromkeys(suspect.broken, suspect)
    if not best:
        return violations
    return tuple(_name_suspect(violation, best.get(violation.rule)) for violation in violations)


def find_suspects(
    violations: tuple[Violation, ...], rules: Mapping[str, LinearRule], cells: Cells
) -> tuple[Suspect, ...]:
    """Every cell of a failed sum whose failed sums all ask for the same change, to a value that a count can have."""
    outcomes = {violation.rule: violation for violation in violations}
    in_doubt = {field for violation in violations if violation.passed is False for field in violation.fields}
    touching: dict[str, list[str]] = defaultdict(list)
    for rule_id in outcomes if in_doubt else ():
        for field in in_doubt.intersection(rules[rule_id].fields):
            touching[field].append(rule_id)
    suspects = (_suspect(field, touching[field], outcomes, rules, cells) for field in sorted(touching))
    return tuple(suspect for suspect in suspects if suspect)


def _suspect(
    field: str, rule_ids: list[str], outcomes: Mapping[str, Violation], rules: Mapping[str, LinearRule], cells: Cells
) -> Suspect | None:
    broken = frozenset(rule_id for rule_id in rule_ids if outcomes[rule_id].passed is False)
    unknown = frozenset(rule_id for rule_id in rule_ids if outcomes[rule_id].passed is None)
    changes = {correction(rules[rule_id], field, residual(outcomes[rule_id])) for rule_id in broken}
    value = counted(cells.get(field))
    if len(changes) != 1 or value is None:
        return None
    change = changes.pop()
    if value + change < 0:
        return None
    return Suspect(field, change, value + change, broken, frozenset(rule_ids) - broken - unknown, unknown)


def _name_suspect(violation: Violation, suspect: Suspect | None) -> Violation:
    if suspect is None or violation.suspect:
        return violation
    others = tuple(field for field in violation.fields if field != suspect.field)
    return replace(violation, fields=(suspect.field, *others), suspect=suspect.field, mended=suspect.mended)
