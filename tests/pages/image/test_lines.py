"""Text lines inside a cell."""

from __future__ import annotations

import numpy as np
import pytest

from extract.pages.image.lines import lines_in_cell, words_to_lines
from tests.pages.image.builders import UNIT


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
