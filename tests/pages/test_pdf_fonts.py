"""Fonts that a PDF names and does not hold: the page reads alike, whatever fonts the machine has."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from extract.pages.pdf.fonts import stand_in_fonts
from extract.pages.pdf.source import read_drawings
from extract.settings import load_settings
from tests.pages.pdf_builder import Sheet, to_pdf
from training.last_resort_font import FONT, make_font

PRINTED = "一〇㐀龥、。（３）“—”…％①Ⅶ12.5-/Kg⼾"


@pytest.fixture
def no_fonts() -> Iterator[None]:
    """PDFium as on a machine without a font."""
    pdfium.FPDF_SetSystemFontInfo(None)
    yield
    pdfium.FPDF_SetSystemFontInfo(pdfium.FPDF_GetDefaultSystemFontInfo())


def boxes() -> list[tuple[str, float, float]]:
    sheet = Sheet()
    for k, character in enumerate(PRINTED):
        sheet.text(50 + 20 * k, 60, character)
    (drawing,) = read_drawings(to_pdf(sheet), file="a.pdf", settings=load_settings())
    return [(glyph.text, round(glyph.box[0]), round(glyph.box[3] - glyph.box[1])) for glyph in drawing.glyphs]


@pytest.mark.usefixtures("no_fonts")
def test_every_character_has_its_place_on_a_machine_without_fonts() -> None:
    assert [(text, x) for text, x, _ in boxes()] == [
        (text.replace("⼾", "户"), 50 + 20 * k) for k, text in enumerate(PRINTED)
    ]


def test_the_fonts_of_the_machine_change_nothing(no_fonts: None) -> None:
    without = boxes()
    pdfium.FPDF_SetSystemFontInfo(pdfium.FPDF_GetDefaultSystemFontInfo())
    assert boxes() == without


def test_pdfium_has_the_fonts_of_the_machine_again_after_reading() -> None:
    def picture() -> bytes:
        pdf = pypdfium2.PdfDocument(to_pdf(Sheet().text(50, 60, "一二三")))
        shown = bytes(pdf[0].render().buffer)
        pdf.close()
        return shown

    before = picture()
    with stand_in_fonts(pdfium):
        assert picture() != before
    assert picture() == before


def test_the_font_file_is_what_its_script_makes() -> None:
    assert make_font() == FONT.read_bytes()
