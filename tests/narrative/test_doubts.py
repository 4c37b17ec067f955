"""A table that was not read with confidence contradicts nothing."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extract import pipeline
from extract.fields import FEATURES
from extract.narrative import withdraw_doubtful
from extract.quick import replace
from extract.records import Discrepancy, Field, Report, State, Verdict
from tests.narrative.builders import check, make_cells

RECEIVED = "requests.received.total"
EXAMPLE = Path(__file__).parents[2] / "examples" / "yanchuan-water-2024.txt"


def make_fields(**confidences: float) -> dict[str, Field]:
    """A read field for every given name (double underscore for a dot)."""
    return {
        name.replace("__", "."): Field(None, State.READ, confidence, True, "", 1, None, ())
        for name, confidence in confidences.items()
    }


@pytest.mark.parametrize(("confidence", "codes"), [(0.99, ["T001"]), (0.4, [])])
def test_a_contradiction_needs_a_cell_beyond_doubt(confidence: float, codes: list[str]) -> None:
    claims, found = check("收到政府信息公开申请19件。", cells=make_cells({RECEIVED: 18}))
    fields = make_fields(requests__received__total=confidence)
    claims, found = withdraw_doubtful(claims, found, fields)
    assert [discrepancy.code for discrepancy in found] == codes
    assert [claim.verdict for claim in claims] == [Verdict.CONTRADICTED if codes else Verdict.UNVERIFIABLE]


def test_where_most_contradictions_fall_the_others_need_more() -> None:
    found = [Discrepancy("T001", (name,), (f"s{name}",), 1.0, 2.0) for name in ("a", "b", "c")]
    assert [item.fields for item in withdraw_doubtful((), found, make_fields(a=0.1, b=0.2, c=0.95))[1]] == []
    assert [item.fields for item in withdraw_doubtful((), found, make_fields(a=0.1, b=0.97, c=0.95))[1]] == [
        ("b",),
        ("c",),
    ]


def test_two_statements_that_disagree_do_not_rest_on_cells() -> None:
    found = (Discrepancy("T002", (RECEIVED,), ("s1", "s2"), 1.0, 2.0),)
    assert withdraw_doubtful((), found, make_fields(requests__received__total=0.1))[1] == found


@pytest.mark.parametrize(
    ("total", "beside"),
    [
        ("challenges.reconsideration.total", "challenges.reconsideration.upheld"),
        ("requests.received.total", "requests.received.business"),
    ],
)
def test_that_there_was_none_is_denied_by_the_cells_beside_the_total_too(total: str, beside: str) -> None:
    found = (Discrepancy("T005", (total,), ("s1",), 3.0, "没有"),)
    fields = make_fields(**{total: 0.5, beside: 0.99})
    for value, kept in ((Decimal(2), found), (Decimal(0), ())):
        shown = {**fields, beside: replace(fields[beside], value=value)}
        assert withdraw_doubtful((), found, shown)[1] == kept


def test_nothing_rests_on_a_row_with_a_rival_such_as_last_years() -> None:
    claims, found = check("收到政府信息公开申请19件。", cells=make_cells({RECEIVED: 18}))
    fields = make_fields(requests__received__total=0.99)
    claims, found = withdraw_doubtful(claims, found, fields, contested=frozenset({RECEIVED}))
    assert found == ()
    assert claims[0].verdict is Verdict.UNVERIFIABLE


def read_with_71_received() -> Report:
    """The example, whose label of the row is damaged and whose text says 71 where the table has 17."""
    text = EXAMPLE.read_text(encoding="utf-8").replace("一、本年新收政府信息公开申请数量", "本年新收政府信息申请")
    text = text.replace("因政府信息公开引发行政复议2件", "全年新收到政府信息公开申请71件")
    return pipeline.extract_content(text.encode(), file="a.txt")


def test_a_cell_that_only_the_text_makes_doubtful_contradicts_it(monkeypatch: pytest.MonkeyPatch) -> None:
    grade = pipeline.grade_fields

    def grade_by_text(cells: Any, features: Any, **options: Any) -> Mapping[str, Field]:
        fields = grade(cells, features, **options)
        doubtful = replace(fields[RECEIVED], confidence=0.97, accepted=False)
        return fields | ({RECEIVED: doubtful} if features[RECEIVED][FEATURES.index("prose_differs")] else {})

    monkeypatch.setattr(pipeline, "grade_fields", grade_by_text)
    report = read_with_71_received()
    assert not report.fields[RECEIVED].accepted
    assert [finding.fields for finding in report.findings if finding.code == "T001"] == [(RECEIVED,)]


def test_a_cell_that_a_person_must_read_anyway_contradicts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    grade = pipeline.grade_fields

    def grade_doubtfully(cells: Any, features: Any, **options: Any) -> Mapping[str, Field]:
        fields = grade(cells, features, **options)
        return fields | {RECEIVED: replace(fields[RECEIVED], confidence=0.97, accepted=False)}

    monkeypatch.setattr(pipeline, "grade_fields", grade_doubtfully)
    report = read_with_71_received()
    assert [finding for finding in report.findings if finding.code == "T001"] == []
    assert [claim.verdict for claim in report.claims if claim.text == "71件"] == [Verdict.UNVERIFIABLE]


@pytest.mark.parametrize(("alone", "codes"), [(0.995, ["T001"]), (0.99, [])])
def test_a_cell_that_only_the_text_makes_doubtful_speaks_against_it(alone: float, codes: list[str]) -> None:
    claims, found = check("收到政府信息公开申请19件。", cells=make_cells({RECEIVED: 18}))
    fields, graded = (make_fields(requests__received__total=own) for own in (0.8, alone))
    _, found = withdraw_doubtful(claims, found, fields, alone=graded)
    assert [discrepancy.code for discrepancy in found] == codes
