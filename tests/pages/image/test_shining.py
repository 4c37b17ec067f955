"""Rules of the sheet's back are none of the page's."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extract.pages.image.ink import grey_to_ink
from extract.pages.image.lattice import find_lattices
from extract.pages.image.rules import Rule, find_rules
from extract.pages.image.shining import without_back
from tests.pages.image.builders import COLUMNS, UNIT, Grey, blank_page, draw_rules, table_page

VALUES = [["label", *"0123456"]] * 6


def shapes(page: Grey) -> list[tuple[int, int]]:
    ink = grey_to_ink(page)
    ink, rules = without_back(ink, find_rules(ink, UNIT), UNIT)
    return [(len(found.grid.ys) - 1, len(found.grid.xs) - 1) for found in find_lattices(ink, rules, UNIT)]


def test_a_table_on_the_back_adds_no_rules_to_that_on_the_page() -> None:
    back = blank_page()
    draw_rules(back, range(160, 1100, 85), range(250, 1500, 57), thick=4)
    shining = cv2.GaussianBlur(back, (0, 0), 3).astype(int)
    page = table_page(VALUES)
    shown = np.clip(page.astype(int) - (255 - shining) // 8, 0, 255).astype(np.uint8)
    assert shapes(shown) == shapes(page) == [(6, 8)]


@pytest.mark.parametrize("ink", [0, 120, 225])
def test_fine_faint_rules_between_dark_ones_are_the_page_s_own(ink: int) -> None:
    page = blank_page()
    draw_rules(page, COLUMNS, range(300, 565, 44), ink=max(ink, 238), thick=1)
    draw_rules(page, (COLUMNS[0], COLUMNS[-1]), (300, 564), ink=ink, thick=4)
    ink_of_page = grey_to_ink(page)
    rules = find_rules(ink_of_page, UNIT)
    assert without_back(ink_of_page, rules, UNIT)[1] == rules


def test_words_that_look_like_a_faint_broad_rule_are_no_back_that_shines_through() -> None:
    page = table_page(VALUES)
    for x in range(200, 1000, 32):
        cv2.rectangle(page, (x, 800), (x + 6, 804), 150, -1)
    ink = grey_to_ink(page)
    rules = [*find_rules(ink, UNIT), Rule(True, 200.0, 1000.0, 802.0, 0.0)]
    unchanged, kept = without_back(ink, rules, UNIT)
    assert kept == rules
    assert unchanged is ink


def test_faint_rules_of_many_shades_are_all_the_page_s_own() -> None:
    page = blank_page()
    for k, y in enumerate(range(300, 700, 20)):
        draw_rules(page, (100, 1100), (y,), ink=(240, 232, 228, 224, 220, 205)[k % 6], thick=4 if k % 6 == 0 else 2)
    draw_rules(page, (100, 600, 1100), (300, 680), ink=225)
    ink = grey_to_ink(page)
    rules = find_rules(ink, UNIT)
    assert without_back(ink, rules, UNIT)[1] == rules
