"""Text lines inside a cell."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extract.pages.image.ink import grey_to_ink
from extract.pages.image.lines import find_text_lines, lines_in_cell, words_to_lines
from tests.pages.image.builders import UNIT, blank_page, draw_text


@pytest.mark.parametrize(
    ("bands", "count"),
    [([(9, 13), (18, 22)], 1), ([(9, 29), (39, 59)], 2), ([(9, 29), (39, 43)], 2)],
    ids=["pieces of a thin 7", "two lines", "a line and a stroke"],
)
def test_what_is_too_low_for_a_line_is_part_of_one_character(bands: list[tuple[int, int]], count: int) -> None:
    ink = np.zeros((80, 75), dtype=np.float32)
    for top, bottom in bands:
        ink[top:bottom, 30:45] = 1.0
    assert len(lines_in_cell(ink, UNIT)) == count


def test_words_whose_boxes_lie_a_little_over_one_another_stand_in_one_line() -> None:
    left, right, below = (100, 50, 300, 70), (294, 51, 700, 71), (100, 120, 700, 140)
    assert words_to_lines([right, below, left]) == [[left, right], [below]]


def test_lines_that_a_streak_or_a_seal_joins_are_found_each_by_itself() -> None:
    page = blank_page()
    for k in range(6):
        draw_text(page, "a line of print that goes on", 600, 300 + 40 * k)
    streak, seal = page.copy(), page.copy()
    cv2.line(streak, (600, 100), (600, 900), 90, 3)
    for x, y in np.random.default_rng(1).integers((420, 280), (760, 520), (400, 2)).tolist():
        cv2.circle(seal, (x, y), 2, 140, -1)
    for spoilt in (streak, seal):
        tops = [line[0][1] for line in find_text_lines(grey_to_ink(spoilt), UNIT)]
        assert all(any(abs(top - (289 + 40 * k)) < 14 for top in tops) for k in range(6))


def test_a_narrow_digit_is_a_word_of_its_line_and_a_rule_between_two_cells_is_none() -> None:
    page = blank_page()
    cv2.putText(page, "some label", (60, 312), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 20, 2)
    for x in (300, 400, 600):
        draw_text(page, "8", x, 300)
    page[292:309, 498:501] = 20  # a thin 1
    for x in (350, 450, 550):
        page[288:312, x : x + 3] = 20
    (line,) = find_text_lines(grey_to_ink(page), UNIT)
    assert [round((box[0] + box[2]) / 2, -1) for box in line[-4:]] == [300, 400, 500, 600]
    assert len(line) <= 6


def test_a_rule_beside_two_lines_does_not_make_one_of_them() -> None:
    page = blank_page()
    for y in (300, 330):
        for x in (300, 400, 500):
            draw_text(page, "8", x, y)
    page[290:340, 348:351] = 20
    assert [len(line) for line in find_text_lines(grey_to_ink(page), UNIT)] == [3, 3]


def test_words_beside_lines_that_a_seal_joins_are_not_read_twice() -> None:
    page = blank_page()
    draw_text(page, "print that", 430, 300)
    draw_text(page, "goesonhere", 660, 300)
    draw_text(page, "alinethatreachesfartherleft", 530, 340)
    for y in range(284, 470, 4):  # pieces of a seal
        cv2.line(page, (640, y), (660, y + 2), 120, 2)
    left, right = next(line for line in find_text_lines(grey_to_ink(page), UNIT) if line[0][1] < 310)
    assert left[2] < right[0]
