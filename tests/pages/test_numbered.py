"""Rows that number the columns of a table hold no values."""

from __future__ import annotations

import pytest

from extract.pages.numbered import numbers_columns
from tests.pages.test_pdf_columns import rows
from tests.pages.test_pdf_layout import print_text


@pytest.mark.parametrize(
    ("texts", "numbered"),
    [
        (["甲", *"1234567"], True),
        (["", *map(str, range(1, 16))], True),
        (["栏次", "", "（1）", "（2）", "（3）", "（4）", "（5）"], True),
        ([*"1234567"], False),  # values may be so
        (["一、本年新收", *"1234567"], False),
        (["甲", *"123456", "8"], False),
        ([], False),
    ],
)
def test_the_numbers_of_columns_are_told_from_values(texts: list[str], numbered: bool) -> None:
    assert numbers_columns(texts) == numbered


def test_the_numbers_of_columns_are_no_row_of_a_table_without_ruling() -> None:
    glyphs = []
    for y, texts in ((100, ["总计"] * 10), (112, [str(k) for k in range(1, 11)]), (124, ["3"] * 10)):
        glyphs += [g for k, text in enumerate(texts) for g in print_text(50 + 40 * k, y, text)]
    assert rows((glyphs, [])) == [["总计"] * 10, ["3"] * 10]
