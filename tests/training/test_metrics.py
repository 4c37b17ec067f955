from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2

from training.metrics import (
    Retrieval,
    brier_score,
    expected_calibration_error,
    macro_f1,
    poisson_bound,
    pooled_ties,
    ratio,
    risk_coverage_area,
    share,
    upper_bound,
)

points = st.lists(st.tuples(st.floats(0, 1), st.sampled_from([0.0, 1.0])), min_size=1, max_size=80)
retrievals = st.builds(Retrieval, *[st.integers(0, 50)] * 4)


def test_a_share_of_nothing_is_unknown():
    assert ratio(0, 0) is None
    assert share([]) is None
    assert share([True, False, False, False]) == 0.25


def test_precision_recall_and_f1_of_counts():
    count = Retrieval(expected=4, found=3, reported=6, right=3)
    assert (count.recall, count.precision) == (0.75, 0.5)
    assert count.f1 == pytest.approx(0.6)


def test_f1_is_0_where_nothing_fits_and_unknown_where_nothing_was_asked():
    assert Retrieval(expected=2).f1 == 0
    assert Retrieval(reported=2).f1 == 0
    assert Retrieval().f1 is None


@given(retrievals, retrievals)
def test_counts_add_in_any_order(first, second):
    assert first + second == second + first
    assert (first + second).reported == first.reported + second.reported


def test_a_confidence_that_comes_true_is_calibrated():
    assert expected_calibration_error([(0.75, 1), (0.75, 1), (0.75, 1), (0.75, 0)]) == 0


def test_a_confidence_of_one_for_what_is_wrong_is_an_error_of_one():
    assert expected_calibration_error([(1.0, 0.0)] * 30) == 1
    assert brier_score([(1.0, 0.0)] * 30) == 1


def test_bins_hold_equal_mass_so_that_errors_of_opposite_sign_do_not_cancel():
    points = [(0.2, 1.0)] * 50 + [(0.8, 0.0)] * 50
    assert expected_calibration_error(points, bins=1) == pytest.approx(0)
    assert expected_calibration_error(points, bins=2) == pytest.approx(0.8)


def test_the_risk_coverage_area_is_the_mean_error_of_the_surest():
    assert risk_coverage_area([(0.9, 1.0), (0.8, 1.0), (0.1, 0.0)]) == pytest.approx((0 + 0 + 1 / 3) / 3)
    assert risk_coverage_area([(0.9, 0.0), (0.8, 1.0), (0.1, 1.0)]) == pytest.approx((1 + 1 / 2 + 1 / 3) / 3)


@given(points)
def test_ties_keep_the_number_and_the_sum_of_outcomes(values):
    pooled = pooled_ties(values)
    assert len(pooled) == len(values)
    assert sum(outcome for _, outcome in pooled) == pytest.approx(sum(outcome for _, outcome in values))
    assert pooled == sorted(pooled, key=lambda point: point[0])


@given(points, st.randoms())
def test_the_order_of_points_does_not_matter(values, rng):
    shuffled = rng.sample(values, len(values))
    for figure in (expected_calibration_error, brier_score, risk_coverage_area):
        assert figure(shuffled) == pytest.approx(figure(values))


@given(points)
def test_calibration_error_never_exceeds_the_mean_distance(values):
    distance = sum(abs(confidence - outcome) for confidence, outcome in values) / len(values)
    assert 0 <= expected_calibration_error(values) <= distance + 1e-9


def test_macro_f1_is_the_mean_over_the_classes_that_are_wanted():
    f1, mean = macro_f1([("a", "a"), ("a", "b"), ("b", "b"), ("b", "c")])
    assert f1 == {"a": pytest.approx(2 / 3), "b": pytest.approx(1 / 2)}
    assert mean == pytest.approx(7 / 12)


def test_macro_f1_of_nothing_is_unknown():
    assert macro_f1([]) == ({}, None)


def test_without_a_wrong_field_the_bound_is_three_over_all_of_them():
    assert upper_bound([(0, 200), (0, 200), (0, 0)]) == pytest.approx(3 / 400, rel=0.002)
    assert upper_bound([(0, 2)]) == 1


def test_without_an_accepted_field_there_is_no_bound():
    assert upper_bound([]) is None
    assert upper_bound([(0, 0)]) is None


def test_the_bound_lies_above_the_rate_and_repeats():
    rng = random.Random(3)
    groups = [(int(rng.random() < 0.1), 200) for _ in range(100)]
    rate = sum(wrong for wrong, _ in groups) / 20_000
    bound = upper_bound(groups)
    assert rate < bound < 3 * rate
    assert bound == upper_bound(groups)


def test_errors_that_fall_on_one_document_give_a_wider_bound_than_the_same_spread_out():
    together = [(20, 200)] + [(0, 200)] * 19
    apart = [(1, 200)] * 20
    assert upper_bound(together) > 1.5 * upper_bound(apart)


def test_a_wrong_field_of_one_report_that_stands_alone_is_bounded_as_a_rare_event():
    assert upper_bound([(1, 1000)]) == pytest.approx(4.744 / 1000, rel=0.001)


@pytest.mark.parametrize("count", [0, 1, 7, 300])
def test_the_bound_of_a_count_is_that_of_poisson(count):
    assert poisson_bound(count) == pytest.approx(chi2.ppf(0.95, 2 * count + 2) / 2, rel=1e-9)
