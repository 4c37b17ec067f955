"""Consistent figures for the 200 cells: every sum and balance of the form holds."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from extract.forms import load_form
from extract.records import Axis, Form
from training.synthesis.agencies import Agency

Number = int | Decimal
Figures = dict[str, Number]

INFLOW = ("requests.received", "requests.carried_in")
HANDLED, CARRIED_OUT = "requests.handled", "requests.carried_out"
CHALLENGES = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
RESULTS = ("upheld", "corrected", "other", "pending")
_REQUESTS = {"none": (0, 0), "tiny": (1, 9), "medium": (10, 60), "large": (70, 900), "city": (1000, 8000)}
_USUAL_OUTCOMES = {
    "granted": 10.0,
    "partially_granted": 3.0,
    "unavailable.not_held": 5.0,
    "unavailable.needs_creation": 1.0,
    "other.other": 1.0,
    "not_processed.petition": 0.6,
    "denied.administrative_inquiry": 0.6,
    "denied.internal_affairs": 0.5,
}  # relative frequency of the outcomes; all others share _RARE_OUTCOME
_RARE_OUTCOME = 0.25


@cache
def form() -> Form:
    """The template of 2021."""
    return load_form("2021")


@cache
def request_rows() -> tuple[Axis, ...]:
    """The 25 rows of table 3."""
    return form().tables[1].blocks[0].rows


@cache
def applicants() -> tuple[str, ...]:
    """The ids of the seven columns of table 3, the total last."""
    return tuple(column.id for column in form().tables[1].blocks[0].columns)


@cache
def outcome_ids() -> tuple[str, ...]:
    """The row ids of the 21 outcomes."""
    ids = (row.id for row in request_rows())
    return tuple(row_id for row_id in ids if row_id not in (*INFLOW, HANDLED, CARRIED_OUT))


def sample_figures(rng: random.Random, agency: Agency) -> Figures:
    """The figures of one report, every field of the form."""
    figures: Figures = dict.fromkeys(form().field_ids, 0)
    _sample_disclosure(rng, agency, figures)
    _sample_requests(rng, agency.scale, figures)
    _sample_challenges(rng, agency.scale, figures)
    return figures


def _sample_disclosure(rng: random.Random, agency: Agency, figures: Figures) -> None:
    if agency.rulemaking and rng.random() < 0.7:
        _sample_documents(rng, "disclosure.regulations", 12, figures)
    if rng.random() < (0.85 if agency.scale in ("large", "city") else 0.3):
        _sample_documents(rng, "disclosure.normative_documents", 60, figures)
    busy = agency.scale in ("large", "city")
    for row in ("licensing", "penalties", "coercion"):
        if rng.random() < (0.9 if busy else 0.4):
            figures[f"disclosure.{row}.decisions"] = int(10 ** rng.uniform(0, 5.3 if busy else 3.2))
    if rng.random() < (0.8 if busy else 0.25):
        figures["disclosure.fees.amount"] = _amount(rng)


def _sample_documents(rng: random.Random, row: str, most: int, figures: Figures) -> None:
    in_force = rng.randint(1, most * 3)
    figures[f"{row}.issued"] = rng.randint(0, min(in_force, most // 3))
    figures[f"{row}.repealed"] = rng.choice((0, 0, rng.randint(0, most // 4)))
    figures[f"{row}.in_force"] = in_force


def _amount(rng: random.Random) -> Number:
    digits = rng.choice((0, 1, 2, 2, 2, 3, 4, 6))
    amount = Decimal(str(round(10 ** rng.uniform(-0.5, 5), digits)))
    return int(amount) if amount == amount.to_integral_value() else amount


def _sample_requests(rng: random.Random, scale: str, figures: Figures) -> None:
    received = rng.randint(*_REQUESTS[scale])
    carried_in = rng.choice((0, 0, rng.randint(0, max(1, received // 12)))) if received else rng.choice((0,) * 9 + (1,))
    shares = [rng.uniform(6, 12), *(rng.choice((0.0, 0.2, 1.2)) * rng.random() for _ in range(5))]
    inflow = [spread(rng, amount, shares) for amount in (received, carried_in)]
    carried_out = [_rest(rng, first + second) for first, second in zip(*inflow, strict=True)]
    weights = outcome_weights(rng)
    for row, counts in zip(INFLOW, inflow, strict=True):
        fill(figures, row, counts)
    fill(figures, CARRIED_OUT, carried_out)
    handled = [a + b - c for a, b, c in zip(*inflow, carried_out, strict=True)]
    fill(figures, HANDLED, handled)
    columns = [spread(rng, amount, weights) for amount in handled]
    for row, outcome in zip(outcome_ids(), zip(*columns, strict=True), strict=True):
        fill(figures, row, outcome)


def outcome_weights(rng: random.Random) -> list[float]:
    """How frequent each outcome is at one agency."""
    names = (row_id.removeprefix("requests.") for row_id in outcome_ids())
    usual = (_USUAL_OUTCOMES.get(name, _RARE_OUTCOME) for name in names)
    weights = [weight * rng.choice((0.0, 0.5, 1.0, 2.0)) * rng.uniform(0.3, 1.7) for weight in usual]
    return weights if any(weights) else [1.0] * len(weights)


def spread(rng: random.Random, amount: int, weights: Sequence[float]) -> list[int]:
    """Counts that add up to the amount, drawn with the weights."""
    counts = [0] * len(weights)
    if amount > 300:
        counts = [int(amount * weight / sum(weights)) for weight in weights]
    for index in rng.choices(range(len(weights)), weights=weights, k=amount - sum(counts)):
        counts[index] += 1
    return counts


def _rest(rng: random.Random, inflow: int) -> int:
    return rng.choice((0, 0, rng.randint(0, max(1, inflow // 10)))) if inflow else 0


def fill(figures: Figures, row: str, counts: Sequence[int]) -> None:
    """Six counts and their sum into the cells of a row of table 3."""
    for applicant, count in zip(applicants(), (*counts, sum(counts)), strict=True):
        figures[f"{row}.{applicant}"] = count


def _sample_challenges(rng: random.Random, scale: str, figures: Figures) -> None:
    most = {"none": 0, "tiny": 2, "medium": 6, "large": 60, "city": 500}[scale]
    for kind, share in zip(CHALLENGES, (1.0, 0.5, 0.3), strict=True):
        total = rng.choice((0, rng.randint(0, int(most * share))))
        weights = [6, rng.choice((0, 2)), rng.choice((0, 2)), rng.choice((0, 1))]
        counts = spread(rng, total, weights)
        for result, count in zip((*RESULTS, "total"), (*counts, total), strict=True):
            figures[f"challenges.{kind}.{result}"] = count
