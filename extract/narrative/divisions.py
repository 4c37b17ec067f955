"""The ways in which the form divides a whole: applicants, outcomes and their reasons, results, kinds of lawsuits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from itertools import chain, product

from extract.narrative.targets import APPLICANTS, CHALLENGES, Fields, challenge_fields, request_fields
from extract.quick import record
from extract.records import Cells

_GROUPS = ("denied", "unavailable", "not_processed", "other")
_RESULTS = ("upheld", "corrected", "other", "pending")
_LEAST = 2  # parts of a whole


@record
class Part:
    """Cells, and the sum that they show."""

    fields: Fields
    shown: Decimal


def show(fields: Iterable[str], cells: Cells) -> Decimal:
    """The sum of the cells; those without a number count as 0."""
    return sum((cells[field].value or Decimal(0) for field in fields if field in cells), Decimal(0))


@cache
def wholes() -> tuple[Fields, ...]:
    """The wholes that prose divides: requests, groups of outcomes, challenges."""
    requests = [request_fields((row,), ()) for row in ("received", "handled", "carried", *_GROUPS)]
    return (*requests, *(challenge_fields((subject,), ()) for subject in CHALLENGES))


def divide(whole: Fields, value: Decimal, cells: Cells) -> Iterator[tuple[Part, ...]]:
    """Each way in which the table makes up the value of the whole of two parts or more, none of them 0."""
    seen = set()
    for parts in _divisions(whole, cells):
        if len(parts) >= _LEAST and sum(part.shown for part in parts) == value and parts not in seen:
            seen.add(parts)
            yield parts


def _divisions(whole: Fields, cells: Cells) -> Iterator[tuple[Part, ...]]:
    if not whole:
        return
    table, *row, column = whole[0].split(".")
    each = [(field,) for field in whole]
    if table == "challenges":
        if column == "total":
            groups = [field.split(".")[1] for field in whole]
            yield _parts([tuple(f"challenges.{group}.{result}" for group in groups) for result in _RESULTS], cells)
        yield _parts(each, cells)
    elif table == "requests" and row[0] in _GROUPS:
        yield _parts(each, cells)
    elif table == "requests":
        if len(whole) > 1:
            yield _parts(each, cells)  # 新收255件，加上上年转来的7件
        if len(whole) == 1 and column == "total":
            first, *others = (request_fields((".".join(row),), (kind,)) for kind in APPLICANTS)
            yield _parts([first, *others], cells)
            yield _parts([first, tuple(field for fields in others for field in fields)], cells)
        if row[0] in ("received", "handled"):
            yield from _divide_by_outcome(column, cells)


def _divide_by_outcome(column: str, cells: Cells) -> Iterator[tuple[Part, ...]]:
    """The outcomes of a column, with and without what is left over; groups as one part, or each reason by itself."""
    columns = () if column == "total" else (column,)
    opened = [request_fields((row,), columns) for row in ("granted", "partially_granted")]
    ways = [[_parts(opened, cells), _parts([(*opened[0], *opened[1])], cells)]]
    for group in _GROUPS:
        fields = request_fields((group,), columns)
        reasons = _parts([(field,) for field in fields], cells)
        together = _parts([fields], cells)
        ways.append([together, reasons] if len(reasons) > 1 else [together])
    left_over = _parts([request_fields(("carried_out",), columns)], cells)
    for chosen in product(*ways):
        outcomes = tuple(chain.from_iterable(chosen))
        yield outcomes
        yield (*outcomes, *left_over)


def _parts(division: Iterable[Fields], cells: Cells) -> tuple[Part, ...]:
    """The parts that are not 0."""
    return tuple(part for fields in division if (part := Part(fields, show(fields, cells))).shown)
