"""The ablation: what is left out is known to nobody, and the lines are comparable."""

from __future__ import annotations

import numpy as np
import pytest

from extract.fields import FEATURES
from training import ablation
from training.ablation import Line, ablate, leave_out, render
from training.confidence import LEVELS, Sample
from training.joint_reading import Joint

JOINT = Joint(1.0, 0.7, None, 0.95, 0.03, 0, 40_000, 0.99, 0, 4.2, 9)


def sample(seed: int, documents: int = 60) -> Sample:
    """Documents in which a cell is wrong where a sum fails, and only there."""
    rng = np.random.default_rng(seed)
    cells = documents * 200
    failed = rng.random(cells) < 0.02
    features = np.zeros((cells, len(FEATURES)), dtype=np.float32)
    features[:, FEATURES.index("rules_failed")] = failed
    document = np.repeat(np.arange(documents), 200)
    return Sample(features, ~failed, document, np.array(LEVELS)[document % len(LEVELS)])


def test_what_is_left_out_is_0_and_the_rest_stays():
    given = sample(1, 2)
    given.features[:, FEATURES.index("quality")] = 0.5
    left = leave_out(given, ablation.RULES)
    assert given.features[:, FEATURES.index("rules_failed")].any()
    assert not left.features[:, FEATURES.index("rules_failed")].any()
    assert (left.features[:, FEATURES.index("quality")] == 0.5).all()


def test_every_feature_of_sums_and_claims_is_left_out():
    named = {name for name in FEATURES if "rule" in name or "prose" in name or "failed" in name}
    assert named == {*ablation.RULES, *ablation.PROSE}


def test_a_variant_that_keeps_the_evidence_tells_wrong_cells(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ablation, "VARIANTS", {"everything": ()})
    monkeypatch.setattr(ablation, "REPORTS", 2)
    lines = ablate(sample(1, 14), sample(2), sample(3, 14))
    assert [line.name for line in lines] == ["everything", "without calibration"]
    assert lines[0].coverage == pytest.approx(0.98, abs=0.005)
    assert lines[0].wrong_accepted == 0


def test_the_table_has_a_row_for_each_line():
    rows = render([Line("a", 0.9, 0.0001, 0.0002, 0.003, JOINT), Line("b", 0.5, 0, 0, 0.1, None)]).splitlines()
    assert rows[2:] == [
        "| a | 0.9000 | 0.000100 | 0.000200 | 0.00300 | 1.0000 | 0.7000 | – | 0.9500 | 0 | 4.2 | 9.0 |",
        "| b | 0.5000 | 0.000000 | 0.000000 | 0.10000 | – | – | – | – | – | – | – |",
    ]
