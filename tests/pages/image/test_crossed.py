"""Grids that strokes of prose made up are none."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from extract.pages.image.crossed import crossed_share, without_crossed
from extract.pages.image.ink import grey_to_ink
from extract.pages.image.lattice import Lattice, find_lattices
from extract.pages.image.rules import find_rules
from tests.pages.image.builders import UNIT, Grey, blank_page, draw_rules, draw_text, table_page

VALUES = [["label", *(str((3 * row + column) % 12) for column in range(7))] for row in range(6)]
PROSE = Path(__file__).parent / "prose.png"  # clear lines of a page, whose strokes seem to make a table of 21 cells
PROSE_UNIT = 2.9


def lattices_of(page: Grey, unit: float) -> list[Lattice]:
    ink = grey_to_ink(page)
    return find_lattices(ink, find_rules(ink, unit), unit)


def test_lines_of_prose_are_no_table() -> None:
    page = np.asarray(Image.open(PROSE).convert("L"))
    found = lattices_of(page, PROSE_UNIT)
    assert found
    assert without_crossed(found, grey_to_ink(page), PROSE_UNIT) == []


@pytest.mark.parametrize("dotted", [False, True])
def test_numbers_that_touch_rules_and_dots_of_rules_stand_across_none(dotted: bool) -> None:
    page = table_page(VALUES)
    for row in range(6):
        draw_text(page, "18", 436, 340 + 44 * row)  # at the left and lower rule of its cell
    if dotted:
        page[:, ::8] = 255
        page[::8] = 255
    (table,) = lattices_of(table_page(VALUES), UNIT)
    assert crossed_share(table, grey_to_ink(page), UNIT) < 0.03


def test_characters_that_stand_across_all_lines_of_a_grid_tell_that_it_is_none() -> None:
    page = blank_page()
    draw_rules(page, (100, 300, 500, 700), (300, 340, 380, 420))
    (table,) = lattices_of(page, UNIT)
    prose = blank_page()
    for y in range(300, 421, 40):
        for x in range(100, 701, 25):
            cv2.rectangle(prose, (x - 10, y - 10), (x + 10, y + 10), 0, 2)
    assert crossed_share(table, grey_to_ink(prose), UNIT) > 0.3
    assert crossed_share(table, grey_to_ink(page), UNIT) == 0.0
