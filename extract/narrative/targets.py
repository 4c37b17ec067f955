"""Meanings → field ids: which cells a subject with its row, applicant kind, result or action names."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any, TypedDict

from extract.narrative.numbers import CLAIMS_FILE
from extract.rules import load_rules

CHALLENGES = ("reconsideration", "litigation", "litigation_direct", "litigation_after_reconsideration", "challenges")
DOCUMENTS = ("normative_documents", "regulations")
DECISIONS = ("licensing", "penalties", "coercion")
OUTCOME = re.compile(r"requests\.(?:granted|partially_granted|denied|unavailable|not_processed|other)\.")
"""The cells of what became of requests."""
REQUESTS = "requests"
FOREIGN = "foreign"
RECEIVED = ("received",)
TOTAL = ("total",)
APPLICANTS = ("natural_person", "business", "research", "public_welfare", "legal_service", "other_organisation")

Fields = tuple[str, ...]


@cache
def _sums() -> dict[str, Any]:
    return load_rules(CLAIMS_FILE)


def expand_rows(values: tuple[str, ...]) -> Fields:
    """Row words → rows of table 3; a sum word becomes its rows, a parent beside its own child is dropped."""
    kept = [value for value in values if not any(other.startswith(value + ".") for other in values)]
    rows: dict[str, None] = {}
    for value in kept:
        rows.update(dict.fromkeys(_sums()["rows"].get(value, [value])))
    return tuple(rows)


def expand_columns(values: tuple[str, ...]) -> Fields:
    """Applicant words → columns of table 3; none, or all of them, mean 总计."""
    columns: dict[str, None] = {}
    for value in values:
        columns.update(dict.fromkeys(_sums()["columns"].get(value, [value])))
    return TOTAL if not columns or set(columns) >= set(APPLICANTS) else tuple(columns)


@lru_cache(maxsize=1024)
def request_fields(rows: tuple[str, ...], columns: tuple[str, ...]) -> Fields:
    """Cells of table 3."""
    return tuple(f"requests.{row}.{column}" for row in expand_rows(rows) for column in expand_columns(columns))


@lru_cache(maxsize=1024)
def challenge_fields(subjects: tuple[str, ...], results: tuple[str, ...]) -> Fields:
    """Cells of table 4; without a result the totals."""
    groups: dict[str, None] = {}
    for subject in subjects:
        groups.update(dict.fromkeys(_sums()["challenges"].get(subject, [subject])))
    ends = tuple(end for result in results for end in _sums()["results"].get(result, [result])) or TOTAL
    return tuple(f"challenges.{group}.{end}" for group in groups for end in ends)


def document_fields(subjects: tuple[str, ...], action: str) -> Fields:
    """Cells of the first part of table 2."""
    return tuple(f"disclosure.{subject}.{action}" for subject in dict.fromkeys(subjects))


def decision_fields(subjects: tuple[str, ...]) -> Fields:
    """Cells of the second and third part of table 2."""
    return tuple(f"disclosure.{subject}.decisions" for subject in dict.fromkeys(subjects))


FEE_FIELDS: Fields = ("disclosure.fees.amount",)


class CellsOf(TypedDict, total=False):
    """What a claim speaks of: one cell, or the sum of several."""

    field: str
    sum_of: Fields


def to_cells(fields: Fields) -> CellsOf:
    """The cells as a claim holds them."""
    if len(fields) == 1:
        return {"field": fields[0]}
    return {"sum_of": fields} if fields else {}
