"""Changes and amounts as the form of 2019 asks for them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.cells import parse_cell
from extract.celltext import stands_for_value
from extract.records import State


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(
            ("+1036", "1036"),
            ("＋12", "12"),
            ("+ 12", "12"),
            ("增加12", "12"),
            ("–7", "-7"),
            ("‒7", "-7"),
            ("净减4项", "-4"),
            ("（减）12", "-12"),
            ("增 12 项", "12"),
            ("新增3", "3"),
            ("↑4", "4"),
        ),
        *(("-3", "-3"), ("－2", "-2"), ("减少5", "-5"), ("减5项", "-5"), ("下降1", "-1"), ("↓3", "-3"), ("增0", "0")),
        *(("12.6万元", "12.6"), ("251000元", "251000"), ("1,204.35 万元", "1204.35")),
        *(("￥12.6万元", "12.6"), ("人民币3万元", "3"), ("3500元（0.35万元）", "3500")),
    ],
)
def test_it_is_a_value_with_its_sign_in_the_printed_unit(text: str, value: str) -> None:
    parsed = parse_cell(text)
    assert (parsed.state, parsed.value, parsed.raw) == (State.READ, Decimal(value), text)
    assert stands_for_value(text)


@pytest.mark.parametrize("text", ["无变化", "持平", "不变"])
def test_no_change_in_words_is_a_mark(text: str) -> None:
    assert parse_cell(text).state is State.DASH
    assert stands_for_value(text)


@pytest.mark.parametrize("text", ["增加", "增加12减少3", "本年增加12项", "减免费用"])
def test_other_words_about_change_are_no_value(text: str) -> None:
    assert parse_cell(text).state is State.ILLEGIBLE


@given(st.integers(0, 10**6), st.sampled_from(["增加", "增", "减少", "减", "+", "-"]))
def test_a_change_in_words_and_its_sign_read_the_same(number: int, word: str) -> None:
    sign = "-" if word[0] in "减-" else ""
    assert parse_cell(f"{word}{number}").value == Decimal(f"{sign}{number}")
