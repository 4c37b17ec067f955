"""The reports of several years agree with what is expected of them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from extract.history import load_names, load_parts
from training.history.evaluate import evaluate_panel, render_outcome
from training.history.figures import add_up, next_year, sample_habits
from training.history.panel import ALIASES, UNITS, make_panel
from training.metrics import Retrieval
from training.synthesis.figures import applicants, form

SEEDS = range(40)


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("panel")
    make_panel(folder, agencies=10, governments=1, seed=3, generator="train")
    return folder


def test_each_year_takes_up_what_the_year_before_handed_on() -> None:
    for seed in SEEDS:
        rng = random.Random(seed)
        habits = sample_habits(rng)
        first = next_year(rng, habits, None)
        second = next_year(rng, habits, first)
        for kind in applicants():
            assert second[f"requests.carried_in.{kind}"] == first[f"requests.carried_out.{kind}"]
        row = "disclosure.normative_documents"
        change = second[f"{row}.issued"] - second[f"{row}.repealed"]
        assert second[f"{row}.in_force"] == first[f"{row}.in_force"] + change
        assert all(value >= 0 for value in second.values())


def test_a_government_prints_the_sum_over_its_units() -> None:
    rng = random.Random(1)
    units = [next_year(rng, sample_habits(rng), None) for _ in range(3)]
    assert add_up(units) == {field: sum(own[field] for own in units) for field in form().field_ids}


def test_the_same_arguments_give_the_same_files(panel: Path, tmp_path: Path) -> None:
    make_panel(tmp_path, agencies=10, governments=1, seed=3, generator="train")
    files = {path.name: path.read_bytes() for path in panel.iterdir()}
    assert files == {path.name: path.read_bytes() for path in tmp_path.iterdir()}


def test_aliases_and_units_are_what_gouji_reads(panel: Path) -> None:
    load_names(panel / ALIASES)
    ((government, parts),) = load_parts(panel / UNITS).items()
    assert government.endswith("人民政府")
    assert len(parts) >= 2


def test_what_is_planted_is_found_and_what_is_missed_or_wrong_is_named(panel: Path, tmp_path: Path) -> None:
    outcome = evaluate_panel(panel, tmp_path, jobs=1)
    assert outcome.counts["Y001"].expected > 0
    assert outcome.misses == ()
    assert "| `Y001` |" in render_outcome(outcome)
    (panel / "expected.json").write_text("[]", encoding="utf-8")
    wrong = evaluate_panel(panel, tmp_path, jobs=1)
    assert wrong.counts["Y001"] == Retrieval(reported=wrong.counts["Y001"].reported)
    assert any(miss.startswith("false  Y001") for miss in wrong.misses)
