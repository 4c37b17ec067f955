"""PDF files whose text layer says other digits than the page shows."""

from __future__ import annotations

import numpy as np

from extract.pages.image.crops import DIGIT_HEIGHT, STRIP_HEIGHT
from extract.pages.pdf.drawing import Glyph
from extract.pages.pdf.shown import DIGIT_ROWS, STRIP_ROWS, _Page, _read, find_contradicted
from extract.pages.pdf.source import draw_page, read_drawings
from extract.settings import load_settings
from tests.pages.pdf_builder import make_pdf, stream

SHOWN = "0123456789 30 8 3 15"


def page(stated: dict[str, str], *, rotate: int = 0, more: bytes = b"") -> bytes:
    """A page that shows digits, in a font that calls some of them otherwise."""
    names = b"".join(b"<%02x><%04x>" % (ord(shown), ord(own)) for shown, own in stated.items())
    cmap = (
        b"/CIDInit/ProcSet findresource begin begincmap 1 begincodespacerange<00><ff>endcodespacerange\n"
        b"%d beginbfchar %b endbfchar endcmap end" % (len(stated), names)
    )
    lines = b"".join(b"1 0 0 1 %d %d Tm (%b) Tj " % (60 + 7 * k, 700 - 30 * k, SHOWN.encode()) for k in range(4))
    return make_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate %d/Contents 4 0 R"
            b"/Resources<</Font<</H 5 0 R>>>>>>" % rotate,
            stream(b"BT /H 10.5 Tf %b ET %b" % (lines, more)),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
            stream(cmap),
        ]
    )


def contradicted(content: bytes) -> dict[int, str]:
    drawings = read_drawings(content, file="a.pdf", settings=load_settings())
    return find_contradicted(drawings, lambda number, scale: draw_page(content, number, scale, file="a.pdf"))


def test_a_font_that_calls_its_digits_otherwise_is_found_out() -> None:
    assert "has 8 where the page shows 3" in contradicted(page({"3": "8"}))[1]
    assert "has 3 where the page shows 8" in contradicted(page({"8": "3"}, rotate=90))[1]


def test_a_font_that_calls_its_digits_rightly_is_believed() -> None:
    assert contradicted(page({digit: digit for digit in "0123456789"})) == {}


def test_a_digit_that_something_was_painted_over_is_found_out() -> None:
    patch = b"1 g 60 698 m 66 698 l 66 710 l 63 711 l 60 710 l f"
    assert "has 0 where the page shows nothing" in contradicted(page({}, more=patch))[1]


def test_a_digit_without_ink_is_read_as_nothing() -> None:
    paper = np.full((200, 200), 255, np.uint8)
    ((text, _),) = _read(_Page(paper, (Glyph("8", (40, 40, 46, 50), 48),), 2.0), [0])
    assert text != "8"


def test_the_digits_are_as_large_as_the_recogniser_of_cells_wants_them() -> None:
    assert (DIGIT_ROWS, STRIP_ROWS) == (DIGIT_HEIGHT, STRIP_HEIGHT)
