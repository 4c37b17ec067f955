"""Scanned cells read together: the sums decide between what the page supports, and never bend a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.quick import replace
from extract.reading.joint import join_readings
from extract.records import RECOGNISED, Cells, ReadCell, State
from extract.rules import LinearRule, joint_limits, linear_rules
from tests.builders import FORM, make_cells

ROW = "requests.received"
Readings = Sequence[tuple[str, float]]
RULES = linear_rules(FORM)
# 5 + 2 = 7 received, all of it granted.
SOUND = {
    f"requests.{row}.{column}": value
    for row in ("received", "granted", "handled")
    for column, value in (("natural_person", 5), ("business", 2), ("total", 7))
}


def scanned(values: Mapping[str, float], readings: Mapping[str, Readings]) -> Cells:
    """Cells of a scan: those named with these readings, the first of which was taken; the others are sure."""
    cells: dict[str, ReadCell] = dict(make_cells(values))
    for field, own in readings.items():
        text = own[0][0]
        state = State.READ if text else State.BLANK
        value = Decimal(text) if text.isdecimal() else None
        scores = {RECOGNISED: own[0][1]}
        cells[field] = replace(cells[field], state=state, value=value, raw=text, scores=scores, readings=tuple(own))
    return cells


def read(values: Mapping[str, float], readings: Mapping[str, Readings], **stated: Sequence[Decimal]) -> Cells:
    claims = {name.replace("__", "."): own for name, own in stated.items()}
    return join_readings(scanned(values, readings), RULES, claims)


def test_the_sums_decide_between_two_readings_and_the_evidence_names_them() -> None:
    cell = read(SOUND, {f"{ROW}.natural_person": [("6", 0.55), ("5", 0.4)]})[f"{ROW}.natural_person"]
    assert (cell.value, cell.raw) == (5, "5")
    assert cell.evidence[-1] == "由合计关系（A001、A002）定为 5"


def test_where_the_prose_states_the_number_too_the_evidence_says_so() -> None:
    field = f"{ROW}.natural_person"
    cell = read(SOUND, {field: [("6", 0.55), ("5", 0.4)]}, requests__received__natural_person=[Decimal(5)])[field]
    assert (cell.value, cell.evidence[-1]) == (5, "由合计关系（A001、A002）和正文定为 5")


def test_sums_that_hold_make_a_doubtful_reading_sure() -> None:
    cell = read(SOUND, {f"{ROW}.natural_person": [("5", 0.9), ("6", 0.09)]})[f"{ROW}.natural_person"]
    assert (cell.value, cell.evidence) == (5, ())
    assert cell.scores[RECOGNISED] > 0.999


@pytest.mark.parametrize("second", [0.001, 0.01, 0.04])
def test_a_report_that_breaks_its_sums_keeps_its_number_and_is_not_sure(second: float) -> None:
    field = f"{ROW}.natural_person"
    cell = read(SOUND | {field: 6}, {field: [("6", 0.99 - second), ("5", second)]})[field]
    assert cell.value == 6
    assert cell.scores[RECOGNISED] < 0.99


def break_sums(values: Mapping[str, float], *rows: str) -> Mapping[str, float]:
    """The values, with totals of these rows that nothing adds up to."""
    return values | {f"requests.{row}.total": 4 for row in rows}


def test_a_misprint_elsewhere_does_not_keep_a_misread_cell_from_being_read() -> None:
    field = f"{ROW}.natural_person"
    cell = read(break_sums(SOUND, "denied.state_secret"), {field: [("6", 0.9), ("5", 0.09)]})[field]
    assert cell.value == 5


def test_one_misprint_that_breaks_several_sums_makes_no_cell_beside_it_less_sure() -> None:
    beside = "requests.denied.state_secret.natural_person"
    misprinted = SOUND | {"requests.granted.natural_person": 9}
    assert read(misprinted, {beside: [("0", 0.97), ("8", 0.01)]})[beside].scores[RECOGNISED] > 0.999


def test_a_misprint_elsewhere_that_explains_two_sums_is_no_reason_for_one_of_them_and_a_third() -> None:
    row, column = "requests.denied.endangers_security", "natural_person"
    sound = {f"requests.{own}.{name}": 1 for own in ("received", "handled") for name in (column, "total")}
    misprints = ("requests.not_processed.repeated.business", "requests.unavailable.still_unclear.total")
    values = sound | {f"{row}.{column}": 1, f"{row}.total": 1} | dict.fromkeys(misprints, 1)
    cell = read(dict.fromkeys(REQUESTS, 0) | values, {f"{row}.total": [("1", 0.66), ("0", 0.33)]})[f"{row}.total"]
    assert cell.value == 1
    assert cell.scores[RECOGNISED] > 0.999


def test_the_more_sums_a_report_breaks_the_less_sure_its_sums_make_a_cell() -> None:
    field = f"{ROW}.natural_person"
    rows = ("denied.state_secret", "denied.process_information", "other.other", "unavailable.not_held")
    sure = [
        read(break_sums(SOUND, *rows[:k]), {field: [("5", 0.6), ("6", 0.39)]})[field].scores[RECOGNISED]
        for k in range(len(rows))
    ]
    assert sure == sorted(sure, reverse=True)
    assert sure[0] > sure[1]


def test_a_report_that_breaks_many_sums_keeps_a_number_that_the_picture_leaves_hardly_open() -> None:
    field = f"{ROW}.natural_person"
    rows = ("denied.state_secret", "denied.process_information", "other.other", "unavailable.not_held")
    cell = read(break_sums(SOUND, *rows), {field: [("6", 0.93), ("5", 0.06)]})[field]
    assert cell.value == 6


@pytest.mark.parametrize("second", [0.3, 0.49])
def test_what_the_sums_decide_against_the_first_reading_is_for_a_person(second: float) -> None:
    field = f"{ROW}.natural_person"
    cell = read(SOUND, {field: [("6", 0.99 - second), ("5", second)]})[field]
    assert (cell.value, cell.scores[RECOGNISED]) == (5, 0.98)


@pytest.mark.parametrize(
    ("beside", "is_sure"), [("?6", True), ("无6", True), ("-6", True), ("?7", False), ("?", False)]
)
def test_dirt_beside_a_digit_is_no_doubt_of_it(beside: str, is_sure: bool) -> None:
    field = f"{ROW}.natural_person"
    cell = read(SOUND | {field: 6}, {field: [("6", 0.9), (beside, 0.099)]})[field]
    assert cell.value == 6
    assert (cell.scores[RECOGNISED] > 0.9) is is_sure


def test_a_candidate_that_is_not_on_the_page_cannot_win() -> None:
    field = f"{ROW}.natural_person"
    cell = read(SOUND | {field: 6}, {field: [("6", 0.6), ("8", 0.39)]})[field]
    assert cell.value == 6
    assert cell.scores[RECOGNISED] < 0.9


def test_a_cell_that_could_not_be_read_is_read_where_the_sums_make_it_clear() -> None:
    field = f"{ROW}.natural_person"
    cells = dict(scanned(SOUND, {field: [("6", 0.45), ("5", 0.44)]}))
    cells[field] = replace(cells[field], state=State.ILLEGIBLE, value=None)
    assert join_readings(cells, RULES, {})[field].value == 5


def test_sums_cannot_tell_an_empty_cell_from_a_zero() -> None:
    field = f"{ROW}.research"
    cell = read(SOUND, {field: [("0", 0.7), ("", 0.3)]})[field]
    assert (cell.value, round(cell.scores[RECOGNISED], 3)) == (0, 0.7)


def test_what_the_prose_states_counts() -> None:
    field = "disclosure.licensing.decisions"
    readings = {field: [("138", 0.6), ("188", 0.39)]}
    assert read({}, readings)[field].scores[RECOGNISED] < 0.7
    stated = join_readings(scanned({}, readings), RULES, {field: [Decimal(138)]})[field]
    assert stated.scores[RECOGNISED] > 0.98


@pytest.mark.parametrize(("first", "value"), [(0.75, 188), (0.94, 188), (0.96, 138)])
def test_the_prose_alone_decides_where_the_picture_leaves_it_open(first: float, value: int) -> None:
    field = "disclosure.licensing.decisions"
    cells = scanned({}, {field: [("138", first), ("188", 1 - first)]})
    cell = join_readings(cells, RULES, {field: [Decimal(188)]})[field]
    assert cell.value == value
    assert cell.scores[RECOGNISED] < 0.999  # by the prose alone it is a person's to accept
    assert cell.evidence[-1:] == (("由正文定为 188",) if value == 188 else ())


def test_cells_that_were_not_recognised_from_a_picture_stay_as_they_are() -> None:
    cells = make_cells(SOUND)
    assert join_readings(cells, RULES, {}) is cells


REQUESTS = [field for field in FORM.field_ids if field.startswith("requests.")]


def test_with_too_many_cells_in_doubt_the_sums_decide_nothing() -> None:
    cells = read({}, {field: [("3", 0.6), ("8", 0.39)] for field in REQUESTS})
    assert {cells[field].value for field in REQUESTS} == {3}
    assert max(cells[field].scores[RECOGNISED] for field in REQUESTS) < 0.9


def test_with_too_many_cells_in_doubt_sums_that_hold_make_them_sure_and_those_that_fail_do_not() -> None:
    readings = {field: [("0", 0.95), ("8", 0.04)] for field in REQUESTS}
    misread = "requests.denied.state_secret.business"
    cells = read(dict.fromkeys(REQUESTS, 0.0), readings | {misread: [("8", 0.6), ("3", 0.39)]})
    beside = [field for field in REQUESTS if "state_secret" not in field and not field.endswith("business")]
    assert min(cells[field].scores[RECOGNISED] for field in beside) > 0.98
    assert (cells[misread].value, cells[misread].scores[RECOGNISED] < 0.9) == (8, True)


def test_of_too_many_combinations_the_likeliest_decide_where_all_others_weigh_little() -> None:
    own = [field for field in REQUESTS if field.startswith("requests.denied.")][:21]
    readings = {field: [("0", 0.97), ("8", 0.02), ("6", 0.005)] for field in own}
    hidden = {field: [("0?", 0.5), ("8", 0.3), ("0", 0.18)] for field in own[:2]}
    cells = scanned(dict.fromkeys(REQUESTS, 0.0), readings | hidden)
    cells |= {field: replace(cells[field], state=State.ILLEGIBLE, value=None) for field in hidden}
    joint = join_readings(cells, RULES, {})
    assert [(joint[field].state, joint[field].value) for field in own] == [(State.READ, 0)] * 21


def test_with_too_many_cells_in_doubt_those_of_which_no_sum_holds_are_weighed_together() -> None:
    readings = {field: [("0", 0.95), ("8", 0.04)] for field in REQUESTS}
    misread = [f"requests.{name}" for name in ("denied.state_secret.business", "granted.research", "received.total")]
    cells = read(dict.fromkeys(REQUESTS, 0.0), readings | {field: [("8", 0.6), ("0", 0.39)] for field in misread})
    assert {cells[field].value for field in REQUESTS} == {0}
    assert {cells[field].scores[RECOGNISED] for field in misread} == {0.98}


def test_with_too_many_cells_in_doubt_a_report_that_breaks_a_sum_keeps_its_numbers() -> None:
    readings = {field: [("0", 0.95), ("8", 0.04)] for field in REQUESTS}
    misprinted = "requests.denied.state_secret.business"
    cells = read(dict.fromkeys(REQUESTS, 0.0), readings | {misprinted: [("8", 0.96), ("0", 0.03)]})
    assert cells[misprinted].value == 8
    assert {cells[field].value for field in REQUESTS if field != misprinted} == {0}


def test_a_sum_that_fails_beside_a_number_that_was_not_recognised_makes_no_other_cell_less_sure() -> None:
    values = {field: 0 for field in REQUESTS if field != "requests.granted.natural_person"}
    field = "requests.denied.state_secret.business"
    cells = read(values | {"requests.granted.business": 10}, {field: [("0", 0.998), ("8", 0.001)]})
    assert cells[field].scores[RECOGNISED] > 0.9999


def test_cells_that_share_no_sum_with_a_misread_one_do_not_keep_it_from_being_read() -> None:
    zeros = {field: 0.0 for field in FORM.field_ids if field.startswith("requests.")}
    rows = ("granted", "denied.state_secret", "not_processed.petition", "unavailable.not_held", "other.other")
    columns = ("natural_person", "business", "research", "public_welfare", "legal_service")
    misread = [f"requests.{row}.{column}" for row, column in zip(rows, columns, strict=True)]
    cells = read(zeros, {field: [("1", 0.6), ("0", 0.39)] for field in misread})
    assert [cells[field].value for field in misread] == [0, 0, 0, 0, 0]


# ---------------------------------------------------------------- the same as brute force

FIELDS = ("requests.granted.natural_person", "requests.granted.business", "requests.granted.total")
RULE = LinearRule("A001:x", "A001", FIELDS[2:], FIELDS[:2])


def is_listed_asked(texts: Sequence[str | None], readings: Sequence[Readings]) -> bool:
    """Whether one value alone is not listed and the sum asks there for one that is."""
    if texts.count(None) != 1:
        return False
    first, second, whole = (0 if text is None else int(text) for text in texts)
    lost = texts.index(None)
    asked = (whole - second, whole - first, first + second)[lost]
    return str(asked) in [text for text, _ in readings[lost]]


def brute_force(readings: Sequence[Readings]) -> list[float]:
    """P(first reading) of each cell under the one sum, by summing over all combinations."""
    limits = joint_limits()
    options = [
        [*own, (None, max(1e-9, 1 - sum(p for _, p in own)) * limits.unlisted)]  # None: not listed
        for own in readings
    ]
    weights: dict[tuple[str | None, ...], float] = {}
    for combination in product(*options):
        weight = 1.0
        for _, probability in combination:
            weight *= probability
        texts = tuple(text for text, _ in combination)
        broken = None not in texts and int(str(texts[0])) + int(str(texts[1])) != int(str(texts[2]))
        untold = is_listed_asked(texts, readings)
        weight *= limits.misprint_any / limits.unlisted if untold else 1.0
        weights[texts] = weight * (limits.misprint if broken else 1.0)
    total = sum(weights.values())
    firsts = [own[0][0] for own in readings]
    return [sum(w for texts, w in weights.items() if texts[k] == first) / total for k, first in enumerate(firsts)]


probabilities = st.floats(0.3, 0.9).map(lambda p: round(p, 3))


@given(st.lists(st.tuples(probabilities, st.permutations("0123456789")), min_size=3, max_size=3))
@settings(max_examples=60, deadline=None)
def test_the_posterior_is_that_of_brute_force(drawn: list[tuple[float, list[str]]]) -> None:
    readings = [[(digits[0], p), (digits[1], round((1 - p) * 0.8, 4))] for p, digits in drawn]
    readings = [sorted(own, key=lambda reading: -reading[1]) for own in readings]
    cells = scanned({}, dict(zip(FIELDS, readings, strict=True)))
    joint = join_readings(cells, [RULE], {})
    for field, own, expected in zip(FIELDS, readings, brute_force(readings), strict=True):
        if joint[field].raw == own[0][0]:
            assert joint[field].scores[RECOGNISED] == pytest.approx(expected, rel=1e-6)


def test_a_sum_that_fails_over_a_misread_cell_makes_the_others_no_less_sure() -> None:
    misread, other = f"{ROW}.natural_person", f"{ROW}.business"
    values = SOUND | {misread: 0}
    cells = read(values, {misread: [("0", 0.7), ("8", 0.1), ("5", 0.04)], other: [("2", 0.998), ("21", 0.001)]})
    assert cells[misread].scores[RECOGNISED] < 0.1
    assert cells[other].scores[RECOGNISED] > 0.99


def test_what_no_candidate_says_is_unlikely_where_the_sums_ask_for_one_of_them() -> None:
    zeros = dict.fromkeys(REQUESTS, 0.0)
    doubtful = {"requests.denied.state_secret.business": [("0", 0.7), ("0?", 0.12), ("40", 0.05)]}
    cells = read(zeros, doubtful)
    assert cells["requests.denied.state_secret.business"].scores[RECOGNISED] > 0.999


@pytest.mark.parametrize("odd", ["04", "-0"])
def test_dirt_beside_a_number_makes_no_number_that_no_report_prints(odd: str) -> None:
    field = "disclosure.penalties.decisions"  # no sum speaks of it
    cells = read({}, {field: [("0", 0.985), (odd, 0.014)]})
    assert cells[field].scores[RECOGNISED] > 0.998
    other = read({}, {field: [("0", 0.985), ("40", 0.014)]})
    assert other[field].scores[RECOGNISED] < 0.99
