"""A number of unsure words in the company of others that the table bears out: it speaks of the table, too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from extract.narrative.numbers import CLAIMS_FILE
from extract.quick import replace
from extract.records import Claim, Qualifier, Verdict
from extract.rules import load_rules

_STOCKS = ("received", "carried_in", "handled", "carried_out")  # rows of table 3 that are no outcome


def keep_company(claims: Iterable[Claim], denied: Sequence[Claim]) -> Iterator[Claim]:
    """The claims; one of `denied` is contradicted where every other number of its sentence about cells is right.

    `denied` are the claims that would be contradicted if their words were sure.
    """
    doubtful = {claim.id for claim in denied}
    for _, group in groupby(claims, key=lambda claim: claim.sentence):
        own = list(group)
        for claim in own:
            others = [other for other in own if other is not claim]
            if claim.id in doubtful and is_open(claim) and _vouch_for(claim, others):
                claim = replace(claim, verdict=Verdict.CONTRADICTED, certain=True)
            yield claim


def is_open(claim: Claim) -> bool:
    """Whether it is a plain number of unsure words."""
    return not claim.certain and not claim.note and claim.qualifier is Qualifier.EXACT and not claim.share_of


def _vouch_for(claim: Claim, others: Sequence[Claim]) -> bool:
    bound = [other for other in others if (other.field or other.sum_of) and not other.share_of]
    same = any(_cells(other) == _cells(claim) for other in bound)
    if same or any(other.verdict is not Verdict.SUPPORTED for other in bound):
        return False
    level, least = level_of(claim), load_rules(CLAIMS_FILE)["verdict"]["company"]
    beside = [other for other in bound if level_of(other) == level]
    return level != "" and sum(_weight(other) * (1 + _is_of_documents(claim, other)) for other in beside) >= least


def _is_of_documents(claim: Claim, other: Claim) -> bool:
    """印发4件、废止2件、有效31件: the columns of one row of table 2 are seldom named one without the others."""
    row, _, column = (claim.field or "").rpartition(".")
    return column != "decisions" and row.startswith("disclosure.") and (other.field or "").rpartition(".")[0] == row


def level_of(claim: Claim) -> str:
    """The list that the cells belong to (applicants, outcomes, results, table 2); empty for wholes, which head one."""
    table, group, *_, column = (claim.field or claim.sum_of[0]).split(".")
    if table == "requests":
        stock = group in _STOCKS
        return ("" if column == "total" else "applicants") if stock else "outcomes"
    if table == "challenges":
        return "" if column == "total" else "results"
    return table


def _weight(claim: Claim) -> float:
    """A number that fits by chance says little, 0 least of all; a long one fits by no chance."""
    rules = load_rules(CLAIMS_FILE)["verdict"]
    if claim.value >= rules["own_whole"]:
        return float(rules["company"])
    if claim.value >= rules["telling"]:
        return 2.0
    return 1.0 if claim.value else 0.5


def _cells(claim: Claim) -> set[str]:
    return {claim.field} if claim.field else set(claim.sum_of)
