from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.checks import check_tables
from extract.quick import replace
from extract.records import ReadCell, State, Violation
from extract.rules import linear_rules
from tests.builders import FORM, make_cells

ONE = {
    "requests.received": 18,
    "requests.granted": 14,
    "requests.partially_granted": 3,
    "requests.unavailable.not_held": 1,
}
CLEAN = {f"{row}.{c}": n for row, n in (ONE | {"requests.handled": 18}).items() for c in ("natural_person", "total")}


def failed(values: dict[str, float], states: dict[str, str] | None = None) -> list[Violation]:
    return [item for item in check_tables(make_cells(values, states), FORM) if item.passed is False]


def codes(violations: list[Violation]) -> list[str]:
    return [item.code for item in violations]


def test_the_form_has_25_row_totals_7_balances_7_outcome_sums_and_3_table_4_sums():
    found = [rule.code for rule in linear_rules(FORM)]
    assert [found.count(code) for code in ("A001", "A002", "A003", "A004")] == [25, 7, 7, 3]


def test_a_consistent_report_violates_nothing():
    violations = check_tables(make_cells(CLEAN), FORM)
    assert len(violations) == 42
    assert all(item.passed for item in violations)


def test_a_misprinted_outcome_breaks_its_row_and_its_column_and_both_name_it_first():
    found = failed(CLEAN | {"requests.granted.natural_person": 15})
    assert codes(found) == ["A001", "A003"]
    assert {item.suspect for item in found} == {"requests.granted.natural_person"}
    assert all(item.fields[0] == item.suspect and item.mended == 14 for item in found)


def test_a_misprinted_handled_total_breaks_three_sums_with_one_suspect():
    found = failed(CLEAN | {"requests.handled.total": 19})
    assert codes(found) == ["A001", "A002", "A003"]
    assert {item.suspect for item in found} == {"requests.handled.total"}


def test_table_4_fails_without_a_suspect_because_any_of_five_cells_may_be_wrong():
    (found,) = failed({"challenges.reconsideration.upheld": 2, "challenges.reconsideration.total": 3})
    assert (found.code, found.suspect, found.found, found.expected) == ("A004", None, Decimal(3), Decimal(2))


def test_two_rows_off_in_opposite_directions_are_one_a005_that_names_both_cells():
    found = failed(CLEAN | {"requests.granted.natural_person": 15, "requests.partially_granted.natural_person": 2})
    (offset,) = [item for item in found if item.code == "A005"]
    assert offset.fields[:2] == ("requests.granted.natural_person", "requests.partially_granted.natural_person")
    assert set(offset.rule.split("+")) == {"A001:requests.granted", "A001:requests.partially_granted"}


def test_two_columns_of_one_row_off_in_opposite_directions_are_one_a005():
    found = failed(CLEAN | {"requests.granted.natural_person": 13, "requests.granted.business": 1})
    (offset,) = [item for item in found if item.code == "A005"]
    assert set(offset.fields[:2]) == {"requests.granted.natural_person", "requests.granted.business"}
    assert offset.found == 1


def test_a_missing_cell_makes_its_sums_not_assessable():
    violations = check_tables(make_cells(CLEAN, {"requests.granted.total": "missing"}), FORM)
    assert {item.rule for item in violations if item.passed is None} == {"A001:requests.granted", "A003:total"}


@pytest.mark.parametrize(("handled", "failing"), [(17, ["A003:total"]), (19, [])])
def test_a_sum_with_an_absent_row_fails_only_where_no_count_in_that_row_could_mend_it(handled: int, failing: list[str]):
    cells = make_cells(CLEAN | {"requests.handled.total": handled})
    row = {name: cell for name, cell in cells.items() if name.startswith("requests.denied.state_secret.")}
    absent = {name: replace(cell, state=State.MISSING, value=None, page=0) for name, cell in row.items()}
    violations = check_tables({**cells, **absent}, FORM)
    assert [item.rule for item in violations if item.code == "A003" and item.passed is False] == failing


@pytest.mark.parametrize(("total", "failing"), [(13, ["A001:requests.granted"]), (15, []), (14, [])])
def test_a_row_sum_beside_an_absent_column_fails_only_where_no_count_in_it_could_mend_it(
    total: int, failing: list[str]
):
    column = [field for field in FORM.field_ids if field.startswith("requests.") and field.endswith(".business")]
    cells = make_cells(CLEAN | {"requests.granted.total": total}, dict.fromkeys(column, "missing"))
    violations = check_tables(cells, FORM)
    assert [item.rule for item in violations if item.code == "A001" and item.passed is False] == failing


def test_a_sum_over_blanks_that_holds_says_that_blanks_counted_as_zero():
    violations = check_tables(make_cells(CLEAN, {"requests.granted.business": "blank"}), FORM)
    row = next(item for item in violations if item.rule == "A001:requests.granted")
    assert (row.passed, row.blanks_as_zero) == (True, True)


def test_a_blank_that_alone_explains_the_gap_is_only_v002():
    values = {field: n for field, n in CLEAN.items() if field != "requests.granted.total"}
    assert codes(failed(values, {"requests.granted.total": "blank"})) == ["V002"]


def test_a_gap_that_no_blank_can_explain_fails_and_says_blanks_counted_as_zero():
    found = failed(CLEAN | {"requests.granted.total": 12}, {"requests.granted.business": "blank"})
    row = next(item for item in found if item.code == "A001")
    assert row.blanks_as_zero


def test_an_agency_that_leaves_all_zeros_blank_gets_one_v002_and_its_sums_still_fail():
    blanks = {field: "blank" for field in FORM.field_ids if field not in CLEAN}
    values = CLEAN | {"requests.granted.total": 15}
    assert codes(failed(values, blanks)) == ["A001", "A003", "V002"]


def test_a_column_of_totals_left_empty_is_no_wrong_sum_where_zeros_are_dashes():
    rows = [row.id for row in FORM.tables[1].blocks[0].rows]
    totals = {f"{row}.total": "blank" for row in rows}
    dashes = {field: "dash" for field in FORM.field_ids if field not in CLEAN and field not in totals}
    values = {field: number for field, number in CLEAN.items() if field not in totals}
    assert not [code for code in codes(failed(values, totals | dashes)) if code.startswith("A")]


def test_a_blank_column_is_one_cause():
    column = {f"{row.id}.research": "blank" for row in FORM.tables[1].blocks[0].rows}
    (found,) = failed(CLEAN, column)
    assert (found.code, len(found.fields)) == ("V002", 25)


def test_dashes_in_two_rows_are_two_findings_and_in_many_rows_of_a_table_one():
    dash = {f"{row.id}.business": "dash" for row in FORM.tables[1].blocks[0].rows}
    assert codes(failed(CLEAN, dict(list(dash.items())[:2]))) == ["V003", "V003"]
    assert codes(failed(CLEAN, dict(list(dash.items())[:9]))) == ["V003"]


@pytest.mark.parametrize("value", [-3, 1.5])
def test_a_negative_or_broken_count_is_v001(value: float):
    assert "V001" in codes(failed({"disclosure.penalties.decisions": value}))


def test_an_amount_may_have_decimals_but_no_sign_and_no_words():
    fee = "disclosure.fees.amount"
    assert codes(failed({fee: 89.343})) == []
    assert codes(failed({fee: -1})) == ["V001"]
    cells = make_cells(states={fee: "illegible"}, raws={fee: "见附件"})
    assert [item.code for item in check_tables(cells, FORM) if item.passed is False] == ["V001"]


@given(
    row=st.sampled_from(FORM.tables[1].blocks[0].rows),
    column=st.sampled_from(FORM.tables[1].blocks[0].columns),
    step=st.integers(1, 50),
)
def test_any_single_misprint_of_table_3_is_localized(row, column, step):
    field = f"{row.id}.{column.id}"
    found = failed(CLEAN | {field: CLEAN.get(field, 0) + step})
    assert found
    assert {item.suspect for item in found} == {field}


def with_open_row(values: dict[str, float], row: str) -> dict[str, ReadCell]:
    """The cells, those of one row as after a row in which a number may have been lost."""
    cells = dict(make_cells(values))
    opened = {name: replace(cell, scores={"row_open": 1.0}) for name, cell in cells.items() if name.startswith(row)}
    return cells | opened


def outcome(cells: dict[str, ReadCell], rule: str) -> bool | None:
    return next(item.passed for item in check_tables(cells, FORM) if item.rule == rule)


@pytest.mark.parametrize(
    ("printed", "row", "expected"),
    [
        pytest.param(15, "requests.denied.state_secret", False, id="too much: no fault of a row of zeros"),
        pytest.param(13, "requests.denied.state_secret", None, id="too little: the row may have lost a number"),
        pytest.param(15, "requests.partially_granted", None, id="too much: a number may be another column's"),
    ],
)
def test_a_sum_beside_a_row_whose_columns_are_open_fails_only_where_that_row_cannot_be_why(
    printed: int, row: str, expected: bool | None
):
    cells = with_open_row(CLEAN | {"requests.granted.natural_person": printed}, row)
    assert outcome(cells, "A003:natural_person") is expected


@pytest.mark.parametrize(
    ("plainness", "joint", "expected"), [(0.999, 0.999, False), (0.55, 0.55, None), (0.55, 0.9999, False)]
)
def test_a_sum_fails_in_a_scan_only_where_the_number_to_blame_is_read_plainly_or_other_sums_make_it_sure(
    plainness: float, joint: float, expected: bool | None
):
    cells = dict(make_cells(CLEAN | {"requests.granted.natural_person": 114}))
    field = "requests.granted.natural_person"
    readings = (("114", plainness), ("14", 1.0 - plainness))
    cells[field] = replace(cells[field], scores={"recognised": joint}, readings=readings)
    assert outcome(cells, "A003:natural_person") is expected


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        pytest.param((("114", 0.6), ("174", 0.4)), False, id="no reading mends it"),
        pytest.param((("114", 0.6), ("14", 0.4)), None, id="one of the readings mends it"),
        pytest.param((("114", 0.6), ("174", 0.39)), None, id="it may print what was not listed"),
        pytest.param((("114", 0.6), ("174", 0.3), ("?", 0.1)), None, id="a reading with an unknown character"),
    ],
)
def test_a_sum_fails_over_a_cell_in_doubt_where_none_of_its_readings_mends_it(
    readings: tuple[tuple[str, float], ...], expected: bool | None
):
    cells = dict(make_cells(CLEAN | {"requests.granted.natural_person": 114}))
    field = "requests.granted.natural_person"
    cells[field] = replace(cells[field], scores={"recognised": 0.6}, readings=readings)
    assert outcome(cells, "A003:natural_person") is expected


@pytest.mark.parametrize(
    ("printed", "row_open", "expected"),
    [
        pytest.param(4, 1.0, None, id="14 without its first digit"),
        pytest.param(4, 0.0, False, id="every cell of the table stands in its own walls"),
        pytest.param(5, 1.0, False, id="no digits are lost"),
    ],
)
def test_digits_may_have_been_cut_off_where_walls_of_a_scanned_table_are_in_doubt(
    printed: int, row_open: float, expected: bool | None
):
    cells = dict(make_cells(CLEAN | {"requests.granted.natural_person": printed}))
    field, elsewhere = "requests.granted.natural_person", "requests.carried_out.business"
    cells[field] = replace(cells[field], scores={"recognised": 1.0}, readings=((str(printed), 1.0),))
    readings = (("0", 1.0),)
    cells[elsewhere] = replace(cells[elsewhere], scores={"row_open": row_open}, readings=readings)
    assert outcome(cells, "A003:natural_person") is expected
    whole = cells["requests.handled.natural_person"]
    cells[whole.field] = replace(whole, value=Decimal(f"{whole.value}.0"))
    assert outcome(cells, "A003:natural_person") is expected


def test_no_digits_were_cut_off_a_number_that_would_have_to_be_negative():
    partly = "requests.partially_granted.natural_person"
    asked = CLEAN["requests.granted.natural_person"]
    cells = dict(make_cells(CLEAN | {"requests.granted.natural_person": 3, partly: CLEAN[partly] + asked + 3}))
    for field, value in {"requests.granted.natural_person": "3", "requests.carried_out.business": "0"}.items():
        scores = {"recognised": 1.0, "row_open": 1.0}
        cells[field] = replace(cells[field], scores=scores, readings=((value, 1.0),))
    assert outcome(cells, "A003:natural_person") is False


def test_a_sum_over_cells_in_doubt_does_not_fail_where_their_readings_mend_it_together():
    cells = dict(make_cells(CLEAN | {"requests.granted.natural_person": 16}))
    fields = ("requests.granted.natural_person", "requests.partially_granted.natural_person")
    for field, readings, joint in zip(
        fields, ((("16", 0.6), ("15", 0.4)), (("3", 0.9), ("2", 0.1))), (0.6, 0.9999), strict=True
    ):
        cells[field] = replace(cells[field], scores={"recognised": joint}, readings=readings)
    assert outcome(cells, "A003:natural_person") is None
