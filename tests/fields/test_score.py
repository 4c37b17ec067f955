"""One score of the report, and the cells whose check settles most."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract.artifacts import model_entry
from extract.fields import check_first, score_accepted
from extract.records import Field, State
from extract.rules import LinearRule

SUMS = (LinearRule("a", "A001", ("total",), ("one", "two")), LinearRule("b", "A002", ("one",), ("three", "four")))


def graded(**doubts: float) -> dict[str, Field]:
    """The five cells; those named are doubtful, with that confidence."""
    names = ("one", "two", "total", "three", "four")
    return {
        name: Field(Decimal(1), State.READ, doubts.get(name, 0.999), name not in doubts, "1", 1, None, ())
        for name in names
    }


def test_the_cell_that_settles_others_comes_first_and_what_a_sum_then_tells_is_not_listed() -> None:
    assert check_first(graded(one=0.9, two=0.8, three=0.5), SUMS) == ("one",)


def test_cells_that_share_no_sum_are_listed_the_most_doubtful_first() -> None:
    assert check_first(graded(two=0.8, four=0.4), SUMS) == ("four", "two")


def test_nothing_is_to_be_checked_where_all_is_accepted() -> None:
    assert check_first(graded(), SUMS) == ()


def test_the_score_falls_with_every_accepted_cell_that_may_be_wrong() -> None:
    assert score_accepted(graded()) == pytest.approx(0.999 ** (5 * model_entry("field-confidence")["together"]))
    assert score_accepted(graded(one=0.1)) > score_accepted(graded())


def test_a_report_of_which_nothing_is_accepted_has_nothing_wrong() -> None:
    assert score_accepted({}) == 1.0
