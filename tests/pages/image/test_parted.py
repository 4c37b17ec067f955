"""Borders that columns of numbers lack."""

from __future__ import annotations

import cv2
import pytest

from extract.pages.image.ink import grey_to_ink
from extract.pages.image.parted import _stands_across
from tests.pages.image.builders import UNIT, blank_page, draw_text


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
