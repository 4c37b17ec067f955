"""Rules drawn as two lines side by side → one in their middle: beside a rule there is paper, not another rule."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.pages.image.ink import Ink

_LONG = (14.0, 40.0)  # points along which lines run down, or across: longer than strokes, and those of words that touch
_BESIDE = 40.0  # points along which they run side by side: farther than a rule and the ring of a seal
_CROSSED = 6.0  # points along which lines that cross them hide them
_GAP = 2.2  # points of paper between them, at most
_SMOOTH = 12.0  # points of a line over which its darkness is averaged
_BORDER = 3  # pixels of a line and its soft border
_CLEARLY = 12  # grey levels by which it is lighter than they are, at least
_LINE = 1.8  # points that each of them is wide, at most

Grey = NDArray[np.uint8]


def join_double_rules(ink: Ink, flat: Grey, unit: float) -> tuple[Ink, Grey]:
    """(the ink with one line for each two that run side by side, the page without both).

    The one is as dark as these are on the whole. `flat` is the page that the ink is of, its paper white.
    """
    joined, wiped = np.asarray(np.clip(ink, 0, 1) * 255, np.uint8), flat
    for along in range(2):
        lines, middle = _find_double(joined, unit, along=along)
        if not middle.any():
            continue
        drawn = cv2.dilate(middle, _strip(2 * _LINE * unit, 1 - along)) > 0
        crossing = cv2.morphologyEx(joined, cv2.MORPH_OPEN, _strip(_LONG[1 - along] * unit, 1 - along))
        joined = np.maximum(np.where(drawn, crossing, joined), middle)
        wiped = np.where(drawn, cv2.add(wiped, cv2.dilate(lines, _strip(_BORDER, 1 - along))), wiped)
    if wiped is flat:
        return ink, flat
    return np.asarray(joined, np.float32) / np.float32(255), wiped


def _find_double(grey: Grey, unit: float, *, along: int) -> tuple[Grey, Grey]:
    """(lines that run down, for `along` 0, or across, for 1; what is filled between two of them), 0 elsewhere."""
    lines = np.asarray(cv2.morphologyEx(grey, cv2.MORPH_OPEN, _strip(_LONG[along] * unit, along)), np.uint8)
    closed = cv2.morphologyEx(lines, cv2.MORPH_CLOSE, _strip(_GAP * unit, 1 - along))
    between = np.where(closed > cv2.add(lines, _CLEARLY), closed, np.uint8(0))
    whole = cv2.morphologyEx(between, cv2.MORPH_CLOSE, _strip(_CROSSED * unit, along))
    middle = cv2.min(between, cv2.morphologyEx(whole, cv2.MORPH_OPEN, _strip(_BESIDE * unit, along)))
    darkest = cv2.dilate(grey, _strip(_GAP * unit, 1 - along))
    usual = cv2.blur(darkest, _strip(_SMOOTH * unit, along).shape[::-1])  # the least of a grainy line is far lighter
    return lines, np.asarray(np.where(middle > 0, usual, 0), np.uint8)


def _strip(length: float, along: int) -> Grey:
    """A line of an odd number of pixels, that long at least."""
    odd = 2 * int(length / 2) + 1
    return np.ones((1, odd) if along else (odd, 1), np.uint8)
