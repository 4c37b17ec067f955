"""Slanted type is told by its columns of ink, and set upright."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extract.pages.image.crops import STRIP_HEIGHT, Normalised, Strip
from extract.pages.image.slanted import set_upright, slant_of


def strips(slant: float, texts: str = "10467") -> list[Strip]:
    """Digits as the recogniser sees them, sheared to the right by `slant` columns a row."""
    found = []
    for text in texts:
        picture = np.zeros((STRIP_HEIGHT, 48), np.uint8)
        cv2.putText(picture, text, (14, 25), cv2.FONT_HERSHEY_SIMPLEX, 0.85, 255, 2, cv2.LINE_AA)
        moved = np.array([[1, -slant, slant * STRIP_HEIGHT / 2], [0, 1, 0]], np.float32)
        found.append(np.asarray(cv2.warpAffine(picture, moved, (48, STRIP_HEIGHT)), np.float32) / 255)
    return found


@pytest.mark.parametrize(("slant", "told"), [(0.0, 0.0), (0.08, 0.0), (0.2, 0.2), (0.3, 0.3)])
def test_the_slant_of_type_is_told(slant: float, told: float) -> None:
    assert slant_of(strips(slant, "10467" * 2)) == pytest.approx(told, abs=0.051)


def test_few_numbers_tell_no_slant() -> None:
    assert slant_of(strips(0.25, "1046")) == 0


def test_slanted_digits_are_set_upright() -> None:
    (upright,), (slanted,) = strips(0.0, "1"), strips(0.25, "1")
    crop = set_upright(Normalised(slanted, slanted, np.zeros((48, 0), np.float32), 90.0), 0.25)
    beside = (crop.strip.shape[1] - upright.shape[1]) // 2
    assert np.abs(crop.strip[:, beside:-beside] - upright).mean() < np.abs(slanted - upright).mean() / 3
    assert crop.centred is not None
    assert crop.line.size == 0
