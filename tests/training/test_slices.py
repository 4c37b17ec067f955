"""Slices of labelled documents: figures, intervals, curves, and the page that shows them."""

from __future__ import annotations

import json
import random
import re

import numpy as np
import pytest

from training.evaluation.claims import ClaimOutcome
from training.evaluation.document import DocumentOutcome
from training.evaluation.fields import FieldOutcome
from training.evaluation.figures import family_figures
from training.evaluation.findings import FindingOutcome
from training.evaluation.page import slices_to_html, write_evaluation
from training.evaluation.sentences import SentenceOutcome
from training.evaluation.slices import calibration_figures, measure_slice, measure_slices
from training.evaluation.table import render_slices
from training.metrics import Retrieval, brier_score, expected_calibration_error, risk_coverage_area

CLAIMS = ClaimOutcome(Retrieval(), Retrieval(), Retrieval(), (0, 0), (0, 0))


def document(family: str, *fields: FieldOutcome, cause: str = "") -> DocumentOutcome:
    nothing = FindingOutcome({}, (), ())
    return DocumentOutcome(f"{family}.txt", family, cause, fields, {}, nothing, SentenceOutcome((), {}, 0), CLAIMS, ())


def field(name: str, right: bool, confidence: float, **changes: bool) -> FieldOutcome:
    plain = {"accepted": confidence > 0.9, "nonzero": False, "review": False} | changes
    return FieldOutcome(name, right, confidence=confidence, **plain)


def sampled(seed: int, count: int = 30) -> list[DocumentOutcome]:
    rng = random.Random(seed)
    return [
        document(
            rng.choice(("text-0", "text-1")),
            *(
                field(f"{table}.x{k}", rng.random() < (sure := rng.choice((0.5, 0.9, 0.97, 0.999))), sure)
                for table in ("disclosure", "requests", "challenges")
                for k in range(8)
            ),
        )
        for _ in range(count)
    ]


def test_a_slice_has_the_figures_of_its_documents():
    outcomes = sampled(1)
    slices = {own.name: own for own in measure_slices(outcomes)}
    assert list(slices) == ["text-0", "text-1", "disclosure", "requests", "challenges", "all"]
    figures = family_figures(outcomes, {})
    assert slices["all"].wrong_accepted == figures["wrong_accepted"]
    assert slices["all"].bound == figures["wrong_accepted_bound"]
    for name, estimate in slices["all"].estimates.items():
        assert estimate.value == pytest.approx(figures[name], nan_ok=True)


def test_a_table_has_the_fields_of_that_table_alone():
    outcomes = [document("a", field("requests.x", False, 0.99), field("disclosure.x", True, 0.99))]
    found = {own.name: own for own in measure_slices(outcomes)}
    assert (found["requests"].fields, found["requests"].wrong_accepted) == (1, 1)
    assert found["disclosure"].estimates["field_accuracy"].value == 1
    assert found["challenges"].estimates["ece"].value is None


def test_figures_on_arrays_are_those_of_the_plain_functions():
    rng = random.Random(5)
    points = sorted((rng.choice((0.2, 0.9, rng.random())), float(rng.random() < 0.7)) for _ in range(400))
    ece, brier, area = calibration_figures(*np.array(points).T)
    assert ece == pytest.approx(expected_calibration_error(points))
    assert brier == pytest.approx(brier_score(points))
    assert area == pytest.approx(risk_coverage_area(points))


def test_an_interval_holds_its_figure_and_is_wider_where_errors_fall_on_one_document():
    def accuracy(wrong_in_each: list[int]) -> tuple[float, tuple[float, float]]:
        rows = [
            document("a", *(field(f"requests.{k}", k >= wrong, 0.99) for k in range(20))) for wrong in wrong_in_each
        ]
        estimate = measure_slice("all", "all", rows).estimates["field_accuracy"]
        assert estimate.value is not None
        assert estimate.interval is not None
        return estimate.value, estimate.interval

    value, (low, high) = accuracy([1] * 10 + [0] * 10)
    same, (least, most) = accuracy([10] + [0] * 19)
    assert value == same
    assert low < value < high
    assert most - least > 1.5 * (high - low)


def test_documents_not_read_and_fields_for_a_person_say_nothing_of_calibration():
    rows = [
        document("a", field("requests.1", True, 0.9, accepted=False), field("requests.2", True, 0.2, review=True)),
        document("a", field("requests.1", False, 0.0), cause="not read"),
    ]
    own = measure_slice("all", "all", rows)
    assert own.estimates["brier"].value == pytest.approx(0.01)
    assert own.estimates["field_accuracy"].value == pytest.approx(2 / 3)
    assert sum(part.fields for part in own.reliability) == 1


def test_the_risk_of_the_surest_rises_with_coverage_to_the_share_of_all_that_is_wrong():
    rows = [document("a", *(field(f"requests.{k}", k != 0, 0.5 + k / 50) for k in range(20))) for _ in range(4)]
    places = measure_slice("all", "all", rows).risk_coverage
    assert [place.risk for place in places if place.coverage <= 0.95] == [0.0] * 95
    assert places[-1].risk == pytest.approx(1 / 20)


def test_the_text_has_two_lines_for_each_slice():
    lines = render_slices(measure_slices(sampled(2))).splitlines()
    assert len(lines) == 1 + 2 * 6
    assert re.fullmatch(r"text-0( +[\d.]+){2}( +[\d.]+)+|text-0 .*-.*", lines[1])
    assert "–" in lines[2]


def test_page_and_figures_are_written_and_the_page_loads_nothing(tmp_path):
    slices = measure_slices(sampled(3))
    write_evaluation(slices, {}, tmp_path / "out", source="<b>folder", risk=0.0005)
    known = json.loads((tmp_path / "out" / "evaluation.json").read_text(encoding="utf-8"))
    assert [own["name"] for own in known["slices"]] == [own.name for own in slices]
    assert known["slices"][0]["estimates"]["ece"]["interval"]
    assert known["made_by"]["models"]
    html = (tmp_path / "out" / "evaluation.html").read_text(encoding="utf-8")
    assert html.count("<svg") == 2 * len(slices)
    assert "&lt;b&gt;folder" in html
    assert not re.search(r"https?://|<script|<link|src=", html)


def test_a_slice_without_a_field_is_drawn_without_a_curve():
    html = slices_to_html(measure_slices([document("a", field("requests.x", True, 0.99))]), source="", risk=0.0005)
    assert "nan" not in html
