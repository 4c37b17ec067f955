"""A small raised mark behind a number is that of a note; small print on the baseline and numbers beside it are not."""

from __future__ import annotations

import pytest

from extract.pages.pdf.drawing import Glyph
from extract.pages.pdf.noted import drop_note_marks
from tests.pages.test_pdf_layout import print_text

NUMBER = print_text(100, 100, "150")  # 10 points high, baseline at 108.6, from 100 to 115


def beside(text: str, *, size: float = 6.5, raised: float = 3.5, gap: float = 0.0) -> list[Glyph]:
    """Digits that begin `gap` points behind the number."""
    base, left = 108.6 - raised, 115 + gap
    boxes = ((left + k * size / 2, base - 0.86 * size, left + (k + 1) * size / 2, base) for k in range(len(text)))
    return [Glyph(own, (x0, y0, x1, y1 + 0.14 * size), base) for own, (x0, y0, x1, y1) in zip(text, boxes, strict=True)]


@pytest.mark.parametrize(
    ("mark", "kept"),
    [
        (beside("1"), "150"),
        (beside("[12]"), "150"),
        (beside("①", size=8.3), "150"),
        (beside("1", raised=0.0), "1501"),
        (beside("1", size=10), "1501"),
        (beside("7", gap=6.0), "1507"),
        (beside("12345"), "15012345"),
    ],
    ids=["a digit", "in brackets", "a ring", "on the baseline", "as large", "apart", "a number of its own"],
)
def test_a_small_raised_mark_behind_a_number_is_left_out(mark: list[Glyph], kept: str) -> None:
    drawn = [*mark, *NUMBER]  # in any order
    left = sorted(drop_note_marks(drawn), key=lambda glyph: glyph.box[0])
    assert "".join(glyph.text for glyph in left) == kept


def test_a_mark_behind_the_unit_of_a_number_is_left_out() -> None:
    drawn = [*beside("2"), *print_text(85, 100, "12"), *print_text(95, 100, "万元")]
    left = sorted(drop_note_marks(drawn), key=lambda glyph: glyph.box[0])
    assert "".join(glyph.text for glyph in left) == "12万元"
