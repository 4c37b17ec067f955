"""Printed numbers are read for what they say, and nothing else is read as a number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.numerals import parse_number

_DIGITS = "零一二三四五六七八九"


def to_chinese(number: int) -> str:
    """A slow, obvious writer of Chinese numerals below 一亿."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        gap = "零" if 0 < low < 1_000 else ""
        return to_chinese(high) + "万" + gap + (to_chinese(low) if low else "")
    text, zero = "", False
    for step, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, step)
        if digit:
            text += ("零" if zero else "") + _DIGITS[digit] + name
        zero = bool(text) and not digit
    return text or "零"


@given(st.integers(min_value=0, max_value=99_999_999))
def test_a_chinese_numeral_reads_back(number: int) -> None:
    assert parse_number(to_chinese(number)) == number


@given(st.integers(min_value=10, max_value=19))
def test_ten_may_stand_without_its_one(number: int) -> None:
    assert parse_number(to_chinese(number).removeprefix("一")) == number


@given(st.integers(min_value=0, max_value=10**12))
def test_thousands_separators_of_both_widths_read_back(number: int) -> None:
    assert parse_number(f"{number:,}") == number
    assert parse_number(f"{number:,}".replace(",", "，")) == number


@given(st.decimals(min_value=0, max_value=10**9, places=3))
def test_full_width_digits_and_blanks_read_back(number: Decimal) -> None:
    wide = f"{number:f}".translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))
    assert parse_number(" ".join(wide)) == number


@given(st.integers(min_value=0, max_value=9999))
def test_a_numeral_written_digit_by_digit_reads_back(number: int) -> None:
    assert parse_number("".join(_DIGITS[int(digit)] for digit in f"{number:04d}").replace("零", "〇")) == number


@given(st.integers(min_value=0, max_value=9999), st.text("0123456789", min_size=1, max_size=4))
def test_a_chinese_numeral_with_decimals_reads_back(whole: int, decimals: str) -> None:
    spoken = "".join(_DIGITS[int(digit)] for digit in decimals)
    assert parse_number(f"{to_chinese(whole)}点{spoken}") == Decimal(f"{whole}.{decimals}")


@given(st.text())
def test_no_text_makes_it_fail(text: str) -> None:
    number = parse_number(text)
    assert number is None or number.is_finite()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.2万", "12000"),
        ("3亿", "300000000"),
        ("5千", "5000"),
        ("5千3百", "5300"),
        ("一万二", "12000"),
        ("一百二", "120"),
        ("两百", "200"),
        ("一千零五", "1005"),
        ("一万零五十", "10050"),
        ("一亿三千万", "130000000"),
        ("-3", "-3"),
        ("负三", "-3"),
        ("89.343", "89.343"),
        ("壹佰贰拾叁", "123"),
    ],
)
def test_reads_what_is_printed(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "件", "万", "百", "12,34", "1.2.3", "一千零", "十二百", "三十四十", "1件", "O", "/"]
)
def test_what_is_no_number_reads_as_none(text: str) -> None:
    assert parse_number(text) is None
