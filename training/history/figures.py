"""Figures of one agency over its years: each year follows from the one before, as in honest reports."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from training.synthesis.figures import (
    CARRIED_OUT,
    CHALLENGES,
    HANDLED,
    INFLOW,
    RESULTS,
    Figures,
    applicants,
    fill,
    form,
    outcome_ids,
    outcome_weights,
    spread,
)

DOCUMENTS = ("disclosure.regulations", "disclosure.normative_documents")
DECISIONS = ("disclosure.licensing", "disclosure.penalties", "disclosure.coercion")
_STEP = (0.6, 1.6)  # an honest year's figures over the usual ones of its agency
_SIZES = (0, 4, 15, 60, 400, 2500)  # usual requests of a year


@dataclass(frozen=True, slots=True)
class Habits:
    """What an agency's figures are usually like."""

    received: int
    shares: tuple[float, ...]  # of the six kinds of applicants
    outcomes: tuple[float, ...]
    carried: float  # share of the requests that are carried over
    challenges: tuple[int, ...]
    decisions: tuple[int, ...]
    documents: tuple[int, ...]  # issued in a year
    fees: int


def sample_habits(rng: random.Random) -> Habits:
    """Those of an invented agency."""
    received = rng.choice(_SIZES)
    shares = (rng.uniform(6, 12), *(rng.choice((0.0, 0.2, 1.2)) * rng.random() for _ in range(5)))
    busy = min(60, received // 12)
    return Habits(
        received,
        shares,
        tuple(outcome_weights(rng)),
        rng.choice((0.0, 0.05, 0.1, 0.15)),
        tuple(rng.randint(0, busy) for _ in CHALLENGES),
        tuple(rng.choice((0, 0, int(10 ** rng.uniform(0, 4)))) for _ in DECISIONS),
        (rng.choice((0, 0, 0, 2)), rng.choice((0, 3, 9))),
        rng.choice((0, 0, 120, 3400)),
    )


def next_year(rng: random.Random, habits: Habits, before: Figures | None, grown: float = 1.0) -> Figures:
    """The figures of the year after `before` (None: the first year); `grown` multiplies the requests received."""
    figures: Figures = dict.fromkeys(form().field_ids, 0)
    received = spread(rng, round(_vary(rng, habits.received) * grown), habits.shares)
    carried_in = [int(before[f"{CARRIED_OUT}.{kind}"]) for kind in applicants()[:-1]] if before else [0] * 6
    inflow = [first + second for first, second in zip(received, carried_in, strict=True)]
    carried_out = [round(amount * habits.carried * rng.uniform(0.7, 1.3)) for amount in inflow]
    handled = [amount - rest for amount, rest in zip(inflow, carried_out, strict=True)]
    for row, counts in zip((*INFLOW, CARRIED_OUT, HANDLED), (received, carried_in, carried_out, handled), strict=True):
        fill(figures, row, counts)
    columns = [spread(rng, amount, habits.outcomes) for amount in handled]
    for row, outcome in zip(outcome_ids(), zip(*columns, strict=True), strict=True):
        fill(figures, row, outcome)
    _fill_challenges(rng, habits, figures)
    _fill_disclosure(rng, habits, before, figures)
    return figures


def add_up(reports: Sequence[Figures]) -> Figures:
    """What a government prints whose units print these."""
    return {field: sum(own[field] for own in reports) for field in form().field_ids}


def _vary(rng: random.Random, usual: int) -> int:
    return round(usual * rng.uniform(*_STEP))


def _fill_challenges(rng: random.Random, habits: Habits, figures: Figures) -> None:
    for kind, usual in zip(CHALLENGES, habits.challenges, strict=True):
        total = _vary(rng, usual)
        counts = spread(rng, total, (6, 1, 1, 1))
        for result, count in zip((*RESULTS, "total"), (*counts, total), strict=True):
            figures[f"challenges.{kind}.{result}"] = count


def _fill_disclosure(rng: random.Random, habits: Habits, before: Figures | None, figures: Figures) -> None:
    for row, usual in zip(DOCUMENTS, habits.documents, strict=True):
        stock = int(before[f"{row}.in_force"]) if before else usual * rng.randint(2, 12)
        issued, repealed = _vary(rng, usual), rng.randint(0, min(stock, usual))
        numbers = {"issued": issued, "repealed": repealed, "in_force": stock + issued - repealed}
        figures |= {f"{row}.{column}": number for column, number in numbers.items()}
    for row, usual in zip(DECISIONS, habits.decisions, strict=True):
        figures[f"{row}.decisions"] = _vary(rng, usual)
    figures["disclosure.fees.amount"] = _vary(rng, habits.fees)
