"""Borders that columns of numbers lack."""

from __future__ import annotations

import cv2
import pytest

from extract.pages.image.ink import grey_to_ink
from extract.pages.image.lattice import find_lattices
from extract.pages.image.parted import _stands_across, join_columns
from extract.pages.image.pieces import to_piece
from extract.pages.image.rules import find_rules
from extract.pages.image.several import _is_across
from extract.pages.pdf.grid import Cell
from tests.pages.image.builders import UNIT, blank_page, draw_rules, draw_text


@pytest.mark.parametrize("digit", ["0", "8"])
def test_a_digit_right_on_a_border_stands_across_it(digit: str) -> None:
    page = blank_page()
    draw_text(page, digit, 200, 120)
    assert _stands_across(grey_to_ink(page), (120, 100, 280, 140), [200.0], UNIT)


def test_the_rest_of_a_rule_does_not_stand_across_it() -> None:
    page = blank_page()
    cv2.line(page, (200, 104), (200, 118), 0, 2)
    draw_text(page, "7", 160, 120)
    assert not _stands_across(grey_to_ink(page), (120, 100, 280, 140), [200.0], UNIT)


@pytest.mark.parametrize(("texts", "rows", "columns"), [(["2739"], 1, 5), (["2739"], 6, 6), (["2", "9"], 1, 6)])
def test_a_border_that_few_rows_have_and_numbers_of_others_cross_is_none(
    texts: list[str], rows: int, columns: int
) -> None:
    xs, ys, border = (100, 400, 500, 600, 700, 770), [300 + 44 * k for k in range(9)], 735
    page = blank_page()
    draw_rules(page, xs, ys)
    cv2.line(page, (border, ys[0]), (border, ys[rows]), 0, 2)
    for top in ys[:-1]:
        for x in (250, 450, 550, 650):
            draw_text(page, "0", x, top + 22)
        for text, x in zip(texts, [border] if len(texts) == 1 else [border - 18, border + 18], strict=True):
            if top >= ys[rows]:
                draw_text(page, text, x, top + 22)
    ink = grey_to_ink(page)
    (lattice,) = find_lattices(ink, find_rules(ink, UNIT), UNIT)
    assert len(lattice.grid.xs) - 1 == 6
    numbers = [(row, column) for row in range(8) for column in range(1, 5)]
    joined = join_columns(lattice, ink, numbers, UNIT) or lattice
    assert len(joined.grid.xs) - 1 == columns


@pytest.mark.parametrize(("apart", "across"), [(2, True), (12, False)])
def test_digits_side_by_side_are_one_number_though_a_border_would_fit_between_them(apart: int, across: bool) -> None:
    page = blank_page()
    draw_rules(page, (100, 400, 500, 600, 700), (300, 344, 388))
    page[302:343, 598:603] = 255
    for x in (600 - apart // 2 - 16, 600 + apart // 2):
        page[312:332, x : x + 16] = 40
    ink = grey_to_ink(page)
    (lattice,) = find_lattices(ink, find_rules(ink, UNIT), UNIT)
    piece = to_piece(Cell(0, 2, 1, 4, False), (504, 304, 696, 340), page, UNIT)
    assert _is_across(piece, lattice, page, UNIT) == across
