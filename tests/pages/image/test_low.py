"""The one row of a table that a page break left on a page."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extract.pages.image.ink import grey_to_ink
from extract.pages.image.lattice import Lattice, find_lattices
from extract.pages.image.low import find_low
from extract.pages.image.rules import find_rules
from tests.pages.image.builders import COLUMNS, UNIT, Grey, blank_page, draw_rules, draw_text, table_page

ROW = [["label", "4", "12", "0", "7", "0", "3", "26"]]
TOP, LOW = 120, 32  # pixels


def find(page: Grey) -> list[Lattice]:
    ink = grey_to_ink(page)
    rules = find_rules(ink, UNIT)
    found = find_lattices(ink, rules, UNIT)
    return [*found, *find_low(ink, rules, found, UNIT)]


@pytest.mark.parametrize("lost", [None, TOP, TOP + LOW])
def test_a_row_that_a_page_break_left_alone_is_a_table_though_a_rule_is_missing(lost: int | None) -> None:
    page = table_page(ROW, top=TOP, height=LOW)
    if lost is not None:
        above, below = page[lost - 3].copy(), page[lost + 3].copy()
        page[lost - 2 : lost + 3] = below if lost == TOP else above
    (found,) = find(page)
    assert (len(found.grid.ys) - 1, len(found.grid.xs) - 1) == (1, 8)


def test_a_shaded_row_that_a_page_break_left_alone_is_a_table_though_a_rule_is_missing() -> None:
    page = table_page(ROW, top=TOP, height=LOW, ink=110)
    page[TOP - 3 : TOP + 3] = 255
    row = page[TOP : TOP + LOW + 2, COLUMNS[0] : COLUMNS[-1]]
    row[row > 200] = 200
    (found,) = find(np.asarray(cv2.GaussianBlur(page, (0, 0), 1.2), dtype=np.uint8))
    assert (len(found.grid.ys) - 1, len(found.grid.xs) - 1) == (1, 8)


@pytest.mark.parametrize("lost", [TOP, TOP + LOW])
def test_a_row_of_two_cells_is_a_table_though_a_rule_is_missing_and_a_seal_crosses_the_other(lost: int) -> None:
    page, xs = blank_page(), (COLUMNS[0], COLUMNS[1], COLUMNS[-1])
    draw_rules(page, xs, [TOP, TOP + LOW])
    draw_text(page, "1571.06", 770, TOP + LOW // 2)
    page[lost - 3 : lost + 4] = page[TOP + 4]
    for x in (640, 900):
        cv2.line(page, (x, TOP - 30), (x + 20, TOP + LOW + 50), 120, 3, cv2.LINE_AA)
    (found,) = find(page)
    assert (len(found.grid.ys) - 1, len(found.grid.xs) - 1) == (1, 2)


def test_a_title_between_two_strokes_above_a_line_is_no_table() -> None:
    page = blank_page()
    draw_text(page, "I L H I M L I N I", 600, TOP)
    page[TOP + 12 : TOP + 14, COLUMNS[0] : COLUMNS[-1]] = 0
    for x in (COLUMNS[0] + 4, COLUMNS[-1] - 6):
        draw_text(page, "I", x, TOP)
    assert find(page) == []


def test_an_underlined_title_is_no_table() -> None:
    page = blank_page()
    draw_text(page, "H I L M N E F T H I L M N", 600, TOP)
    page[TOP + 12 : TOP + 14, COLUMNS[0] : COLUMNS[-1]] = 0
    assert find(page) == []


def test_bars_of_a_bold_heading_are_no_rule_of_a_row() -> None:
    page = blank_page()
    for x in range(200, 800, 32):  # characters like 申: bars above and below, sides, and a stem through both
        page[[TOP, TOP + 1, TOP + 24, TOP + 25], x : x + 29] = 0
        page[TOP : TOP + 22, x : x + 2] = 0
        page[TOP + 3 : TOP + 24, x + 27 : x + 29] = 0
        page[TOP - 8 : TOP + 34, x + 10 : x + 19] = 0
    assert find(page) == []
