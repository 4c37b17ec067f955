"""The ring of a seal is wiped off a page, and what it crosses stays."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extract.pages.image.rings import find_circles, without_rings
from tests.pages.image.builders import COLUMNS, UNIT, Grey, blank_page, draw_text, table_page
from tests.pages.image.test_scan import numbers, read

PAGE = table_page([["label", *"1234567"]] * 6)


def sealed(page: Grey, middle: tuple[int, int], *, light: float, radius: int = 113) -> Grey:
    """The page with a ring, that lets so much of the light through."""
    ring = np.full(page.shape, 255, np.uint8)
    cv2.circle(ring, middle, radius, round(255 * light), 3, cv2.LINE_AA)
    return np.asarray(np.rint(page * (ring / 255.0)), np.uint8)


@pytest.mark.parametrize("middle", [(600, 900), (620, 430), (1150, 1650)])
def test_a_ring_is_found_where_it_lies_upon_a_table_or_reaches_beyond_the_page(middle: tuple[int, int]) -> None:
    ((x, y, radius),) = find_circles(sealed(PAGE, middle, light=0.5), UNIT)
    assert (x * UNIT, y * UNIT) == pytest.approx(middle, abs=4)
    assert radius * UNIT == pytest.approx(113, abs=4)


@pytest.mark.parametrize("light", [0.3, 0.5, 0.8])
@pytest.mark.parametrize("middle", [(620, 430), (533, 411)])
def test_print_below_a_ring_stays_and_the_ring_does_not(middle: tuple[int, int], light: float) -> None:
    wiped = without_rings(sealed(PAGE, middle, light=light), UNIT)
    assert ((wiped < 128) != (PAGE < 128)).sum() < 60


def test_an_arc_that_runs_along_a_row_is_no_border_of_a_column() -> None:
    page = sealed(PAGE, (COLUMNS[2] - 25 + 113, 410), light=0.4)
    (table,) = read(page)
    assert numbers(table) == [list("1234567")] * 6


def test_a_page_without_a_seal_is_as_it_was() -> None:
    page = blank_page()
    for row in range(40):
        draw_text(page, "OO0 (abc) 88 CCC OOO 3690 QQQ", 600, 200 + 30 * row)
    cv2.circle(page, (600, 900), 20, 0, 2, cv2.LINE_AA)  # smaller than a seal
    assert without_rings(page, UNIT) is page
