"""Rows that number the columns of a table hold no values."""

from __future__ import annotations

import pytest

from extract.pages import read_content
from extract.pages.numbered import numbers_columns
from extract.records import Row
from extract.settings import load_settings
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


def test_the_numbers_of_columns_are_no_row_of_a_text_or_a_web_page() -> None:
    numbers = [str(k) for k in range(1, 11)]
    text = "\n".join(f"| {' | '.join(row)} |" for row in (["总计"] * 10, numbers, ["3"] * 10))
    html = "".join(
        f"<tr>{''.join(f'<td>{own}</td>' for own in row)}</tr>" for row in (["总计"] * 10, numbers, ["3"] * 10)
    )
    page = f"<p>四、政府信息公开行政复议、行政诉讼情况</p><table>{html}</table>"
    for content in (text, f"<html><body>{page}</body></html>"):
        document = read_content(content.encode(), file="a", settings=load_settings())
        read = [item for own in document.pages for item in own.items if isinstance(item, Row)]
        assert [[cell.text for cell in row.cells] for row in read] == [["总计"] * 10, ["3"] * 10]
