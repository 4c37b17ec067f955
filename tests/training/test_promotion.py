"""A new confidence model takes the place of the old one only where no level of the same documents gets worse."""

from __future__ import annotations

import numpy as np
import pytest

from extract.fields import FEATURES
from training.confidence import LEVELS, RISKS, Figures, Sample, choose_thresholds, is_no_worse
from training.metrics import paired_difference

CELLS, DOCUMENTS = 200, 100


def figures(accepted: object, wrong: object) -> Figures:
    """Of one level, from the accepted cells and the wrong ones among them in each document."""
    counts = np.zeros((DOCUMENTS, 3))
    counts[:, 0], counts[:, 1], counts[:, 2] = CELLS, accepted, wrong
    whole = counts.sum(axis=0)
    rate = {"text-0": float(whole[2] / whole[1])}
    return Figures({"text-0": float(whole[1] / whole[0])}, rate, {}, {}, {}, {}, 1.0, 1.0, {"text-0": counts})


def in_first(documents: int, wrong: int) -> object:
    """So many wrong cells in each of the first documents."""
    return np.where(np.arange(DOCUMENTS) < documents, wrong, 0)


def test_the_same_figures_are_no_worse():
    same = figures(190, in_first(20, 2))
    assert is_no_worse(same, same)


def test_what_keeps_the_risk_is_safe_however_little_was_wrong_before():
    assert is_no_worse(figures(190, in_first(9, 1)), figures(190, 0))
    assert not is_no_worse(figures(190, in_first(10, 1)), figures(190, 0))


def test_above_the_risk_a_model_must_surely_be_within_the_tolerance_of_the_old_one():
    old = figures(190, in_first(40, 1))
    assert is_no_worse(figures(190, in_first(39, 1)), old)
    assert is_no_worse(figures(190, in_first(41, 1)), old)
    assert not is_no_worse(figures(190, in_first(44, 1)), old)


def test_coverage_that_is_surely_less_is_worse_and_a_chance_loss_is_not():
    old = figures(190, 0)
    assert not is_no_worse(figures(189, 0), old)
    assert is_no_worse(figures(189.6, 0), old)
    chance = np.where(np.arange(DOCUMENTS) % 2, 190 + 9, 190 - 11)
    assert is_no_worse(figures(chance, 0), old)


def test_a_reckless_model_is_no_measure_of_coverage():
    assert is_no_worse(figures(150, 0), figures(190, in_first(50, 1)))


def test_the_difference_is_of_the_same_documents():
    rng = np.random.default_rng(1)
    old = np.stack([rng.integers(0, 100, DOCUMENTS), np.full(DOCUMENTS, 100)], axis=1)
    assert paired_difference(old, old) == (0.0, 0.0)
    low, high = paired_difference(np.add(old, (1, 0)), old)
    assert low == pytest.approx(0.01)
    assert high == pytest.approx(0.01)


def test_a_threshold_from_which_on_nothing_is_accepted_shows_no_risk():
    right = np.arange(CELLS * DOCUMENTS) % 50 > 0
    features = np.zeros((len(right), len(FEATURES)), dtype=np.float32)
    document = np.arange(len(right)) // CELLS
    sample = Sample(features, right, document, np.array(LEVELS)[document % len(LEVELS)])
    assert choose_thresholds(np.full(len(right), 0.9999, dtype=np.float32), sample) == {}
    assert set(choose_thresholds(np.where(right, 0.9999, 0.9).astype(np.float32), sample)) == set(RISKS)
