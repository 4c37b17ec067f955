"""Pages are set upright: skew to a twentieth of a degree, quarter turns, the perspective of photos."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extract.pages.image.ink import grey_to_ink
from extract.pages.image.rules import find_rules
from extract.pages.image.upright import _is_wrong, find_upright, warp
from tests.pages.image.builders import UNIT, Grey, blank_page, draw_rules, draw_text, table_page, turned

VALUES = [["label", *(str((5 * row + column) % 30) for column in range(7))] for row in range(20)]


def slope_of(page: Grey, row: int) -> float:
    """Degrees by which the first dark line below `row` falls from left to right."""
    ys = [int(np.argmax(page[row:, x] < 128)) for x in (200, 1000)]
    return float(np.degrees(np.arctan((ys[1] - ys[0]) / 800)))


@pytest.mark.parametrize("degrees", [0.0, 0.3, -0.75, 2.0, -4.0])
def test_skew_is_taken_off_to_a_twentieth_of_a_degree(degrees: float) -> None:
    page = turned(table_page(VALUES), degrees)
    assert abs(slope_of(warp(page, find_upright(page, UNIT)), 200)) <= 0.08


def test_the_perspective_of_a_photo_is_taken_off() -> None:
    page = table_page(VALUES)
    height, width = page.shape
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=np.float32)
    seen = np.array([(60, 20), (width - 20, 0), (width, height - 30), (0, height)], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(corners, seen)
    photo = np.asarray(cv2.warpPerspective(page, matrix, (width, height), borderValue=255), dtype=np.uint8)
    upright = warp(photo, find_upright(photo, UNIT))
    assert abs(slope_of(upright, 200)) < 0.15


def test_an_empty_page_stays_as_it_is() -> None:
    page = np.full((400, 300), 255, dtype=np.uint8)
    assert (warp(page, find_upright(page, UNIT)) == page).all()


def test_a_dashed_vertical_that_print_draws_away_is_rough_and_a_bent_one_is_not() -> None:
    page = np.full((500, 400), 255, dtype=np.uint8)
    for y in range(100, 400):
        bow = round(3 * np.sin((y - 100) / 300 * np.pi))
        page[y, 100 + bow : 102 + bow] = 0
        if y % 12 < 6:
            page[y, 260:262] = 0
        if y >= 370 and y % 12 >= 3:  # print that touches its last dashes
            page[y, 263:269] = 0
    bent, drawn = sorted(find_rules(grey_to_ink(page), UNIT, whole=True), key=lambda rule: rule.at)
    assert drawn.slope > 0.005
    assert bent.rough < 0.5 * UNIT < drawn.rough


def test_one_vertical_that_a_stroke_of_a_seal_draws_on_does_not_lean_a_page_whose_others_stand_upright() -> None:
    page = np.full((1190, 1684), 255, dtype=np.uint8)
    draw_rules(page, [150 + 92 * k for k in range(16)], [150, 220], ink=60)
    cv2.line(page, (702, 218), (711, 300), 60, 2, cv2.LINE_AA)
    cv2.line(page, (702, 150), (702, 218), 255, 2)
    cv2.line(page, (694, 150), (702, 218), 60, 2, cv2.LINE_AA)
    assert abs(find_upright(page, UNIT)[0, 1]) < 0.003


def test_strokes_between_lines_of_print_that_fall_unlike_one_another_do_not_bend_a_page() -> None:
    page = blank_page()
    for y in range(200, 1500, 48):
        draw_text(page, "a line of print that goes on to the end of it", 600, y)
    for y, fall in ((224, 0), (704, 6), (1184, 12)):  # as strokes of print that seem to make a rule
        cv2.line(page, (500, y - fall // 2), (700, y + fall // 2), 0, 2, cv2.LINE_AA)
    matrix = find_upright(page, UNIT)
    assert np.abs(matrix[1, :2] - (0, 1)).max() < 0.005
    assert np.abs(matrix[2, :2]).max() < 1e-6


@pytest.mark.parametrize(("blur_down", "wrong"), [(False, False), (True, True)])
def test_a_correction_is_wrong_where_neither_lines_across_nor_lines_down_become_sharper(
    blur_down: bool, wrong: bool
) -> None:
    page = np.full((1190, 842), 255, dtype=np.uint8)
    for y in range(100, 1100, 40):
        page[y : y + 2, 100:740] = 0
    for x in range(100, 741, 80):
        cv2.line(page, (x + 20, 100), (x - 20, 1100), 0, 2, cv2.LINE_AA)
    lean = 0.04 if blur_down else -0.04
    correction = np.array([(1.0, lean, -600 * lean), (0.02, 1.0, 0.0), (0.0, 0.0, 1.0)])
    assert _is_wrong(correction, page, UNIT) is wrong
