"""Specks beside print in the cells of a table."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extract.pages.image.specks import without_cell_specks
from tests.pages.image.builders import UNIT, Grey, blank_page, draw_text

CELL = (100, 100, 300, 160)
CELLS = [CELL, (300, 100, 500, 160), (500, 100, 700, 160)]


def page_with(text: str, *, ink: int = 20) -> Grey:
    page = blank_page()
    for cell in CELLS:
        draw_text(page, text, (cell[0] + cell[2]) // 2, 130)
    return np.where(page < 255, np.uint8(255) - ((255 - page) * ((255 - ink) / 235)).astype(np.uint8), page)


@pytest.mark.parametrize("place", [(130, 130), (200, 107), (260, 155)])
def test_a_speck_that_lies_apart_from_a_number_is_wiped_off(place: tuple[int, int]) -> None:
    page = page_with("264")
    spoilt = page.copy()
    cv2.circle(spoilt, place, 2, 0, cv2.FILLED)
    assert np.array_equal(without_cell_specks(spoilt, CELLS, UNIT), page)


def test_a_black_speck_right_beside_faint_print_is_wiped_off() -> None:
    page = page_with("26", ink=120)
    spoilt = page.copy()
    cv2.circle(spoilt, (225, 130), 3, 0, cv2.FILLED)
    assert np.array_equal(without_cell_specks(spoilt, CELLS, UNIT), page)


@pytest.mark.parametrize("text", ["2.5", "1,036", "-3", "2:1", "i", "-"])
def test_points_commas_and_signs_stay(text: str) -> None:
    page = page_with(text)
    assert np.array_equal(without_cell_specks(page, CELLS, UNIT), page)


def test_a_speck_alone_in_its_cell_stays() -> None:
    page = page_with("264")
    page[100:160, 100:300] = 255
    cv2.circle(page, (200, 130), 2, 0, cv2.FILLED)
    assert np.array_equal(without_cell_specks(page, CELLS, UNIT), page)
