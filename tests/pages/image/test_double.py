"""Rules drawn as two lines side by side are one; print beside them stays."""

from __future__ import annotations

import numpy as np

from extract.pages.image.double import join_double_rules
from extract.pages.image.ink import grey_to_ink
from extract.pages.image.lattice import find_lattices
from extract.pages.image.rules import find_rules
from tests.pages.image.builders import COLUMNS, UNIT, Grey, blank_page, draw_rules, draw_text, table_page

YS = range(300, 565, 44)


def double_page() -> Grey:
    """A table whose rules are two lines each, and its digits left beside them."""
    page = blank_page()
    for shift in (-2, 2):
        draw_rules(page, [x + shift for x in COLUMNS], [y + shift for y in YS], thick=1)
    for y in YS[:-1]:
        for x in COLUMNS[:-1]:
            draw_text(page, "0", x + 14, y + 22)
    return page


def test_a_table_of_double_rules_has_one_wall_for_each() -> None:
    page = double_page()
    ink, _ = join_double_rules(grey_to_ink(page), page, UNIT)
    (found,) = find_lattices(ink, find_rules(ink, UNIT), UNIT)
    assert (len(found.grid.cells), all(cell.closed for cell in found.grid.cells)) == (48, True)


def test_double_rules_are_wiped_off_the_page_and_print_is_not() -> None:
    page = double_page()
    _, wiped = join_double_rules(grey_to_ink(page), page, UNIT)
    assert (wiped[310:330, COLUMNS[1] - 4 : COLUMNS[1] + 4] > 250).all()
    digit = (slice(310, 336), slice(COLUMNS[1] + 6, COLUMNS[1] + 24))
    assert np.abs(wiped[digit].astype(int) - page[digit]).mean() < 4


def test_a_page_of_single_rules_is_left_as_it_is() -> None:
    page = table_page([["label", "10", "11"]] * 4)
    ink = grey_to_ink(page)
    joined, wiped = join_double_rules(ink, page, UNIT)
    assert joined is ink
    assert wiped is page
