"""Fields and metadata of a report against the truth."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from extract.records import Field, Report, State
from training.evaluation.truth import Truth

_EXACT_KEYS = ("published", "period_start", "period_end")


@dataclass(frozen=True, slots=True)
class FieldOutcome:
    """One field. `review` fields are right only when they are not accepted; they say nothing of calibration."""

    field: str
    right: bool
    accepted: bool
    confidence: float
    nonzero: bool
    review: bool


def judge_fields(truth: Truth, report: Report | None) -> tuple[FieldOutcome, ...]:
    """One outcome per field of the truth; every field of a report that could not be read is wrong."""
    return tuple(_judge_field(truth, field, report.fields.get(field) if report else None) for field in truth.fields)


def _judge_field(truth: Truth, field: str, read: Field | None) -> FieldOutcome:
    state = truth.states.get(field, State.READ)
    value = truth.fields[field]
    review = field in truth.must_review
    nonzero = state == State.READ and bool(value) and not review
    if read is None:
        return FieldOutcome(field, False, False, 0.0, nonzero, review)
    right = not read.accepted if review else _is_right(state, value, read)
    return FieldOutcome(field, right, read.accepted, read.confidence, nonzero, review)


def _is_right(state: str, value: float | None, read: Field) -> bool:
    if state == State.READ and value is None:  # a truth without states: any state that has no value
        return read.value is None and read.state is not State.READ
    if read.state != state:
        return False
    if state != State.READ:
        return read.value is None
    return read.value is not None and not isinstance(read.value, str) and _same(float(read.value), float(value or 0))


def _same(first: float, second: float) -> bool:
    return math.isclose(first, second, rel_tol=1e-9, abs_tol=1e-9)


def judge_metadata(truth: Truth, report: Report | None) -> dict[str, bool]:
    """agency and year, and whatever else the truth knows of title and dates → right or not."""
    read: Mapping[str, Field] = report.report if report else {}
    known = truth.report
    given = {name: field.value for name, field in read.items()}
    agencies = {_squeeze(name) for name in known.get("agency_ok", [known["agency"]])}
    judged = {"agency": _squeeze(given.get("agency")) in agencies, "year": str(given.get("year")) == str(known["year"])}
    if known.get("title"):
        judged["title"] = _squeeze(given.get("title")) == _squeeze(known["title"])
    return judged | {key: given.get(key) == known[key] for key in _EXACT_KEYS if known.get(key)}


def _squeeze(text: object) -> str | None:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)) if isinstance(text, str) else None
