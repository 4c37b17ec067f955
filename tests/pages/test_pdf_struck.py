"""Struck text is not meant; underlined text and text near a rule is."""

from __future__ import annotations

import pytest

from extract.pages.pdf.drawing import Edge
from extract.pages.pdf.struck import drop_struck
from tests.pages.test_pdf_layout import print_text

GLYPHS = print_text(100, 100, "320")  # 10 points high, baseline at 108.6, from 100 to 115


@pytest.mark.parametrize(
    ("edge", "kept"),
    [
        (Edge(True, 105.2, 100, 110), "0"),
        (Edge(True, 105.2, 100, 115), ""),
        (Edge(True, 109.6, 100, 110), "320"),
        (Edge(True, 105.2, 60, 300), "320"),
        (Edge(True, 99.0, 100, 115), "320"),
        (Edge(False, 105.2, 100, 110), "320"),
    ],
    ids=["two characters", "all", "underlined", "a rule", "above", "upright"],
)
def test_a_line_as_long_as_the_characters_through_their_middle_strikes_them(edge: Edge, kept: str) -> None:
    glyphs, edges = drop_struck(GLYPHS, [edge])
    assert "".join(glyph.text for glyph in glyphs) == kept
    assert edges == (() if kept != "320" else (edge,))


def test_a_rule_below_one_cell_strikes_no_number_that_slid_over_it() -> None:
    rule, walls = Edge(True, 105.2, 98, 117), [Edge(False, x, 80, 105) for x in (98, 117)]
    glyphs, edges = drop_struck(GLYPHS, [rule, *walls])
    assert (glyphs, edges) == (tuple(GLYPHS), (rule, *walls))
