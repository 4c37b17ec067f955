"""Which sums and balances of the form the printed figures break."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from training.synthesis.draft import Draft
from training.synthesis.figures import (
    CARRIED_OUT,
    CHALLENGES,
    HANDLED,
    INFLOW,
    RESULTS,
    applicants,
    outcome_ids,
    request_rows,
)


@dataclass(frozen=True, slots=True)
class Rule:
    """The cells on the left add up to as much as the cells on the right."""

    code: str
    left: tuple[str, ...]
    right: tuple[str, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        return self.left + self.right


def rules() -> Iterator[Rule]:
    """The 25 row sums, 7 balances, 7 outcome sums and 3 sums of table 4."""
    *kinds, total = applicants()
    for row in request_rows():
        yield Rule("A001", tuple(f"{row.id}.{kind}" for kind in kinds), (f"{row.id}.{total}",))
    for kind in applicants():
        inflow = tuple(f"{row}.{kind}" for row in INFLOW)
        yield Rule("A002", inflow, (f"{HANDLED}.{kind}", f"{CARRIED_OUT}.{kind}"))
        yield Rule("A003", tuple(f"{row}.{kind}" for row in outcome_ids()), (f"{HANDLED}.{kind}",))
    for group in CHALLENGES:
        head = f"challenges.{group}"
        yield Rule("A004", tuple(f"{head}.{result}" for result in RESULTS), (f"{head}.total",))


def is_broken(draft: Draft, rule: Rule) -> bool:
    """Whether the sides differ, cells without a number counted as nothing."""
    left, right = (sum(draft.cells[f].value or 0 for f in side) for side in (rule.left, rule.right))
    return left != right


def judge_balances(draft: Draft) -> None:
    """Adds a finding for each broken rule: allowed where cells are unsure or another finding explains it."""
    offset = any(entry["code"] == "A005" for entry in draft.expected)
    no_counts = {f for entry in draft.expected if entry["code"] == "V001" for f in entry["fields"]}
    for rule in rules():
        unsure = any(f in draft.must_review for f in rule.fields)
        empty = any(draft.cells[f].state != "read" for f in rule.fields)
        if unsure or (empty and is_broken(draft, rule)):
            draft.allow(rule.code, rule.fields, about="rests on cells without a certain number")
        elif is_broken(draft, rule):
            explained = offset or no_counts & set(rule.fields)
            note = draft.allow if explained else draft.expect
            note(rule.code, rule.fields, about="does not add up")
