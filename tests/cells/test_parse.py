"""One cell's text → value or state."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.cells import parse_cell
from extract.celltext import TORN, parse_before_stop, stands_for_value
from extract.records import State


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("１８", "18"),
        ("1,234", "1234"),
        ("1，234", "1234"),
        ("44 577", "44577"),
        ("O", "0"),
        ("o", "0"),
        ("〇", "0"),
        ("1\u041e", "10"),  # a Cyrillic O
        ("\u03bf", "0"),
        ("负3", "-3"),
        ("l8", "18"),
        ("I", "1"),
        ("丨2", "12"),
        ("89.343", "89.343"),
        ("251000元", "251000"),
        ("12.6万元", "12.6"),
        ("3件", "3"),
        ("22（其中修订16件）", "22"),
        ("十八", "18"),
        ("**7**", "7"),
        ("-3", "-3"),
        ("1.5", "1.5"),
        ("+1036", "1036"),
    ],
)
def test_a_number_is_read_however_it_is_printed(text: str, value: str) -> None:
    parsed = parse_cell(text)
    assert (parsed.state, parsed.value) == (State.READ, Decimal(value))


@pytest.mark.parametrize("text", ["00", "05", "0 0", "0,123"])
def test_a_zero_before_a_number_leaves_it_to_a_person(text: str) -> None:
    assert parse_cell(text).quality <= TORN
    assert parse_cell("0.5").quality == parse_cell("0").quality == 1.0


@pytest.mark.parametrize(
    ("text", "value"), [("2024年1538件", 1538), ("2024年度：12", 12), ("2024年 12", 12), ("2024 年 1.5 万元", "1.5")]
)
def test_a_number_behind_its_year_is_read_and_left_to_a_person(text: str, value: str | int) -> None:
    parsed = parse_cell(text, amount=True)
    assert (parsed.state, parsed.value) == (State.READ, Decimal(value))
    assert parsed.quality <= TORN


@pytest.mark.parametrize("text", ["2024年", "2024年12月", "2024年1", "2023年5件 2024年6件"])
def test_a_date_or_two_years_are_no_number(text: str) -> None:
    assert parse_cell(text).state is State.ILLEGIBLE


@pytest.mark.parametrize("text", ["/", "-", "—", "——", "‒", "无", "／"])
def test_a_mark_is_a_dash_and_no_zero(text: str) -> None:
    assert (parse_cell(text).state, parse_cell(text).value) == (State.DASH, None)


@pytest.mark.parametrize("text", ["", " ", "　"])
def test_an_empty_cell_is_blank(text: str) -> None:
    assert parse_cell(text).state is State.BLANK


@pytest.mark.parametrize("text", ["规章", "1.属于国家秘密", "3.", "（一）", "1-2", "2024年", "1.2.3"])
def test_words_are_never_a_value(text: str) -> None:
    assert parse_cell(text).state is State.ILLEGIBLE


@pytest.mark.parametrize("text", ["12。", "12.", "12、", "12；", "12件。"])
def test_a_number_before_a_stop_is_a_persons(text: str) -> None:
    assert (parse_before_stop(text).value, parse_before_stop(text).quality) == (12, TORN)


def test_mending_costs_quality() -> None:
    assert parse_cell("1O").quality < parse_cell("10").quality


@given(st.integers(0, 10**9))
def test_every_count_round_trips_plain_grouped_and_full_width(value: int) -> None:
    wide = str(value).translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)})
    for text in (str(value), f"{value:,}", wide, f"{value}件"):
        assert parse_cell(text).value == value


@given(st.text(max_size=12))
def test_any_text_has_a_state_and_a_value_only_when_read(text: str) -> None:
    parsed = parse_cell(text)
    assert (parsed.value is not None) == (parsed.state is State.READ)


@pytest.mark.parametrize(("text", "value"), [("①138", 138), ("⑫ 202", 202), ("⑴１２", 12), ("①", 1)])
def test_a_circled_figure_before_a_number_is_no_digit_of_it(text: str, value: int) -> None:
    parsed = parse_cell(text)
    assert (parsed.state, parsed.value) == (State.READ, value)
    assert parsed.quality <= TORN


def test_control_characters_print_nothing() -> None:
    assert parse_cell("8\x019\x01") == parse_cell("89")


def test_a_number_of_thousands_of_digits_is_no_number_of_a_report():
    assert parse_cell("1" * 5000).state is State.ILLEGIBLE
    assert parse_cell("12345678901234567890").state is State.READ


def test_several_numbers_in_one_cell_are_not_surely_one():
    for text in ("12 1 0 0", "1 2 3", "15 2", "5 8"):
        assert parse_cell(text).quality == TORN
    assert parse_cell("1 234").quality > TORN


@pytest.mark.parametrize("text", ["7|", "|7", "7!", "7！", "丨7", "7|4", "|", "口", "1口"])
def test_a_mark_that_may_be_a_border_or_a_box_for_any_character_leaves_the_number_to_a_person(text: str) -> None:
    assert parse_cell(text).quality <= TORN
    assert parse_cell("l7").quality > TORN


@pytest.mark.parametrize("text", ["6（应为9）", "6 (更正为9)", "6件（原为9件）", "6（填报有误"])
def test_a_number_with_its_correction_is_left_to_a_person(text: str) -> None:
    assert (parse_cell(text).value, parse_cell(text).quality) == (6, TORN)
    assert parse_cell("6（其中修订2件）").quality > TORN


@pytest.mark.parametrize("text", ["1." * 50_000, "7（" + "注" * 600 + "）"])
def test_a_very_long_text_is_no_number_and_costs_no_time(text: str) -> None:
    assert parse_cell(text).state is State.ILLEGIBLE


@pytest.mark.parametrize("text", ["*", "×", "x"])
def test_a_mark_that_may_hide_a_digit_is_a_dash_for_a_person_to_check(text: str) -> None:
    assert parse_cell(text).state is State.DASH
    assert parse_cell(text).quality < parse_cell("-").quality


@pytest.mark.parametrize("text", ["□", "■", "█"])
def test_a_box_stands_where_a_number_should(text: str) -> None:
    assert stands_for_value(text)
    assert parse_cell(text).state is State.ILLEGIBLE
