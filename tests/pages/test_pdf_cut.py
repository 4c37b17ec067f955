"""Tables that run over the edge of their page: nobody knows the numbers that it cuts, nor those beyond it."""

from __future__ import annotations

import io

import pypdfium2
import pytest

from extract.pages.pdf import pdf_to_pages
from extract.pages.pdf.drawing import INK
from extract.records import Row
from extract.settings import load_settings
from tests.pages.pdf_builder import Sheet, to_pdf

XS, YS = (50, 200, 300, 400), (80, 100, 120, 140)
ROWS = (("信息内容", "本年制发件数", "本年废止件数"), ("规章", "31", "5440"), ("行政规范性文件", "34", ""))


def rows(left: float, right: float) -> list[list[str]]:
    """The rows of a page that is cut off on both sides."""
    with pypdfium2.PdfDocument(to_pdf(Sheet().table(XS, YS, ROWS))) as pdf:
        pdf[0].set_cropbox(left, 0, right, pdf[0].get_height())
        buffer = io.BytesIO()
        pdf.save(buffer)
    pages = pdf_to_pages(buffer.getvalue(), file="a.pdf", settings=load_settings())
    return [[cell.text for cell in item.cells] for page in pages for item in page.items if isinstance(item, Row)]


def place_of(digit: int, number: str = "5440") -> float:
    """Where a digit of a number begins: they stand at the left of their cell, as other texts do."""
    with pypdfium2.PdfDocument(to_pdf(Sheet().table(XS, YS, ROWS))) as pdf:
        text = pdf[0].get_textpage()
        start = text.get_text_range().index(number)
        return float(text.get_charbox(start + digit, loose=True)[0])


@pytest.mark.parametrize("shown", [0.5, 1.0, 2.4, 3.0, 4.0])
def test_a_number_that_the_edge_cuts_or_hides_in_part_is_not_read(shown: float) -> None:
    width = place_of(1) - place_of(0)
    number, blank = (row[-1] for row in rows(0, place_of(0) + shown * width)[-2:])
    assert number.endswith(INK)
    assert blank == INK


def test_a_column_whose_rule_lies_beyond_the_edge_has_no_blanks() -> None:
    assert [row[-1] for row in rows(0, XS[-1] - 3)[-2:]] == [f"5440{INK}", INK]


def test_a_table_that_is_whole_at_the_edge_is_read() -> None:
    assert [row[-1] for row in rows(0, XS[-1] + 0.5)[-2:]] == ["5440", ""]
    assert [row[-1] for row in rows(0, XS[-1] + 30)[-2:]] == ["5440", ""]


def test_numbers_at_the_left_edge_are_cut_as_well() -> None:
    number, blank = (row[1] for row in rows(place_of(1, "31") + 1, 595)[-2:])
    assert INK in number
    assert INK in blank
