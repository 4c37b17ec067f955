"""Specks are wiped off a page; nothing that may be print is."""

from __future__ import annotations

import numpy as np

from extract.pages.image.ink import without_specks
from tests.pages.image.builders import UNIT, blank_page, draw_rules, draw_text


def test_specks_go_also_where_they_stand_beside_a_rule() -> None:
    page = blank_page()
    draw_rules(page, (100, 400), (300, 344))
    printed = page.copy()
    page[[250, 306, 322], [50, 250, 104]] = 0
    assert np.array_equal(without_specks(page, UNIT), printed)


def test_the_point_of_a_number_is_no_speck() -> None:
    page = blank_page()
    draw_text(page, "44.23", 300, 320)
    assert np.array_equal(without_specks(page, UNIT), page)


def test_a_dash_is_no_speck() -> None:
    page = blank_page()
    page[320:322, 300:306] = 0
    assert np.array_equal(without_specks(page, UNIT), page)


def test_a_faint_figure_of_which_only_pieces_are_dark_is_no_specks() -> None:
    page = blank_page()
    draw_text(page, "0", 300, 320)
    page[page < 200] = 210
    page[[312, 326], [300, 300]] = 60
    assert np.array_equal(without_specks(page, UNIT), page)
