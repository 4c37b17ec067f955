"""Evidence → confidence and acceptance."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract.artifacts import model_entry
from extract.checks import check_tables
from extract.errors import ModelError, UsageError
from extract.fields import FEATURES, cell_features, grade_fields
from extract.fields.grade import MODEL, distrust_beside_doubtful, distrust_blanks, threshold_of
from extract.quick import replace
from extract.records import RECOGNISED, Cells, Field, State
from tests.text_builders import FORM, HEAD, TABLE_2, TABLE_4, lines, read, table_3_rows

TRUTH = dict.fromkeys(("requests.received", "requests.granted", "requests.handled"), (5, 1, 0, 0, 0, 0, 6))
TEXT_2 = "规章\t0\t0\t0\n行政规范性文件\t1\t0\t4\n行政许可\t7\n行政处罚\t0\n行政强制\t0\n行政事业性收费\t12.5"
TEXT_4 = "\t".join("0" * 15)


def cells(table_3: str) -> Cells:
    return {**read(TEXT_2, TABLE_2), **read(table_3), **read(TEXT_4, TABLE_4)}


def grade(table_3: str) -> dict[str, Field]:
    found = cells(table_3)
    return grade_fields(found, cell_features(found, FORM, check_tables(found, FORM), ()))


CLEAN = HEAD + "\n" + lines(table_3_rows(TRUTH))


def test_every_feature_of_every_field_is_a_share() -> None:
    found = cells(CLEAN)
    features = cell_features(found, FORM, check_tables(found, FORM), ())
    assert set(features) == set(FORM.field_ids)
    assert all(len(row) == len(FEATURES) and all(-1 <= value <= 1 for value in row) for row in features.values())


def test_a_clean_report_needs_no_person() -> None:
    assert all(field.accepted for field in grade(CLEAN).values())


@pytest.mark.parametrize(("probability", "failed"), [(0.1, 0.0), (0.9, 1.0)])
def test_a_sum_that_fails_over_a_misread_cell_says_nothing_of_the_others(probability: float, failed: float) -> None:
    found = dict(cells(CLEAN))
    own = found["requests.received.business"]
    scores = {**own.scores, RECOGNISED: probability}
    found["requests.received.business"] = replace(own, value=Decimal(8), scores=scores)
    features = cell_features(found, FORM, check_tables(found, FORM), ())["requests.received.natural_person"]
    assert features[FEATURES.index("row_failed")] == failed


def test_a_confidence_is_never_certain() -> None:
    assert all(0 < field.confidence < 1 for field in grade(CLEAN).values())


def test_a_row_with_a_value_too_few_is_for_a_person() -> None:
    rows = table_3_rows(TRUTH)
    del rows[2][4]
    fields = grade(HEAD + "\n" + lines(rows))
    granted = [field for name, field in fields.items() if name.startswith("requests.granted.")]
    assert not any(field.accepted for field in granted)


def test_a_row_whose_place_only_order_tells_is_for_a_person() -> None:
    rows = table_3_rows(TRUTH)
    rows[5] = rows[5][1:]
    del rows[6]
    fields = grade(HEAD + "\n" + lines(rows))
    for row in ("requests.denied.prohibited_by_law", "requests.denied.endangers_security"):
        assert not any(field.accepted for name, field in fields.items() if name.startswith(row))


def test_a_number_that_is_sure_and_whose_place_is_not_says_why_it_needs_a_person() -> None:
    found = cells(CLEAN)
    name = "requests.granted.total"
    found = {**found, name: replace(found[name], scores={**found[name].scores, "unsettled": 1.0})}
    field = grade_fields(found, cell_features(found, FORM, check_tables(found, FORM), ()), risk=0.01)[name]
    assert (field.accepted, field.evidence[-1]) == (False, "该行各数属哪一列不能确定")
    assert field.confidence <= 0.99


def test_a_cell_that_was_not_found_is_never_accepted() -> None:
    rows = table_3_rows(TRUTH)
    del rows[10]
    fields = grade(HEAD + "\n" + lines(rows))
    missing = [field for field in fields.values() if field.state is State.MISSING]
    assert len(missing) == 7
    assert not any(field.accepted for field in missing)


def test_a_sum_that_does_not_hold_lowers_the_confidence_of_its_cells() -> None:
    broken = {**TRUTH, "requests.granted": (5, 1, 0, 0, 0, 0, 8)}
    wrong, right = grade(HEAD + "\n" + lines(table_3_rows(broken))), grade(CLEAN)
    assert wrong["requests.granted.total"].confidence < right["requests.granted.total"].confidence
    assert wrong["requests.granted.total"].value == 8


def test_whoever_takes_more_risk_accepts_more() -> None:
    entry = {"risk": 0.0005, "thresholds": {"0.01": 0.95, "0.0005": 0.99}}
    assert [threshold_of(entry, risk) for risk in (None, 0.0005, 0.009, 0.5)] == [0.99, 0.99, 0.99, 0.95]


@pytest.mark.parametrize(("probability", "accepted"), [(0.999, True), (0.98, False)])
def test_what_a_recogniser_doubts_is_for_a_person_whatever_the_threshold_for_texts(
    monkeypatch: pytest.MonkeyPatch, probability: float, accepted: bool
) -> None:
    entry = {**model_entry(MODEL), "risk": 0.0005, "thresholds": {"0.0005": 0.95}}
    monkeypatch.setattr("extract.fields.grade.model_entry", lambda name: entry)
    found, name = dict(cells(CLEAN)), "requests.received.business"
    found[name] = replace(found[name], scores={**found[name].scores, RECOGNISED: probability})
    field = grade_fields(found, cell_features(found, FORM, check_tables(found, FORM), ()))[name]
    assert field.accepted is accepted


def test_a_risk_that_training_could_not_show_is_refused() -> None:
    found = cells(CLEAN)
    for no_share in (0, 1, 2.0):
        with pytest.raises(UsageError, match="above 0 and below 1"):
            threshold_of({"risk": 0.0005, "thresholds": {"0.01": 0.95}}, no_share)
    with pytest.raises(UsageError, match="least risk"):
        grade_fields(found, cell_features(found, FORM, check_tables(found, FORM), ()), risk=1e-9)


def test_a_model_of_other_features_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = {**model_entry(MODEL), "features": ["something else"]}
    monkeypatch.setattr("extract.fields.grade.model_entry", lambda name: entry)
    with pytest.raises(ModelError, match="gouji train"):
        grade(CLEAN)


def test_nothing_empty_is_accepted_in_a_table_that_was_hardly_read() -> None:
    def read(count: int) -> list[bool]:
        """Whether the fields are accepted of ten cells of which the first is empty and `count` are accepted."""
        states = [State.BLANK, *[State.READ] * 9]
        own = {f"t.{k}": Field(None, state, 0.999, k < count, "", 1, None, ()) for k, state in enumerate(states)}
        return [field.accepted for field in distrust_blanks(own).values()]

    assert read(1) == [False] * 10
    assert read(2) == [True, True, *[False] * 8]


def test_where_no_table_has_a_number_none_of_its_empty_cells_is_accepted() -> None:
    def read(other: State) -> bool:
        states = {"a.1": State.BLANK, "a.2": State.BLANK, "b.1": other}
        own = {name: Field(None, state, 0.999, True, "", 1, None, ()) for name, state in states.items()}
        return distrust_blanks(own)["a.1"].accepted

    assert not read(State.BLANK)
    assert read(State.READ)
    assert read(State.DASH)


def test_an_empty_cell_beside_a_number_that_is_not_accepted_is_none_to_accept() -> None:
    def read(number: int, *, accepted: bool) -> list[bool]:
        own = {
            "a.row.first": Field(number, State.READ, 0.9, accepted, "", 1, None, ()),
            "a.row.second": Field(None, State.BLANK, 0.999, True, "", 1, None, ()),
            "a.other.second": Field(None, State.BLANK, 0.999, True, "", 1, None, ()),
        }
        return [field.accepted for field in distrust_beside_doubtful(own).values()]

    assert read(3, accepted=False) == [False, False, True]
    assert read(3, accepted=True) == [True, True, True]
    assert read(0, accepted=False) == [False, True, True]
