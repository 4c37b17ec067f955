"""A page as pixels → its ink: darkness 0..1 against the paper around it."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]
"""Rows × columns, 0 black, 255 white."""
Picture = npt.NDArray[np.uint8]
"""Rows × columns × 3, red, green, blue."""
Ink = npt.NDArray[np.float32]
"""Rows × columns, 0 paper, 1 black."""

_PAPER_RASTER = 100  # steps along the page's long side of the raster on which the paper's brightness is told
DARKEST_PAPER = 40.0  # grey; what is darker is the copier's black, not paper in the shade
_DARKEST_SHARE = 0.005  # share of a page's pixels that its darkest print covers at least
_DARK_PRINT = 0.75  # ink of that print in an ordinary scan; fainter print is stretched to it ...
MOST_STRETCH = 2.2  # ... so much at most: dirt becomes darker, too
_SPECK = 1.5  # square points of ink that are no character, not even a dash or a torn one
_RULE = 30.0  # points: what is longer is a rule, and a speck may stand beside it
_ALONE = 1.2  # points around a speck in which nothing is printed: points and commas stand nearer to their digits
_FAINT = 0.15  # ink that may be a part of a torn or faint character: what such ink surrounds is no speck


def flatten_paper(grey: Grey) -> Grey:
    """The page with its paper made white everywhere: uneven light, shades and grey paper are divided out."""
    import cv2

    paper = find_paper(grey)
    flat = grey.astype(np.float32) * (255.0 / np.maximum(paper, DARKEST_PAPER))
    return np.asarray(cv2.convertScaleAbs(flat), dtype=np.uint8)


def find_paper(grey: Grey) -> Ink:
    """The brightness of the paper at every pixel: the brightest of each raster cell, smoothed."""
    import cv2

    height, width = grey.shape
    step = max(4, max(height, width) // _PAPER_RASTER)
    size = (max(1, width // step), max(1, height // step))
    small: Any = cv2.resize(cv2.blur(grey, (3, 3)), (size[0] * 4, size[1] * 4), interpolation=cv2.INTER_AREA)
    bright = cv2.dilate(small, np.ones((9, 9), np.uint8))
    bright = cv2.morphologyEx(bright, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    bright = cv2.GaussianBlur(bright, (0, 0), 4)
    return np.asarray(cv2.resize(bright, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.float32)


def stretch_ink(flat: Grey) -> Grey:
    """A page whose paper is white with its print made dark, where it is faint all over: through a haze, or grey."""
    levels = np.cumsum(np.bincount(flat.ravel(), minlength=256)) / flat.size
    ink = 255 - int(np.searchsorted(levels, _DARKEST_SHARE))
    stretch = min(max(1.0, _DARK_PRINT * 255 / max(1, ink)), MOST_STRETCH)
    return darken(flat, stretch)


def darken(flat: Grey, stretch: float) -> Grey:
    """A page whose paper is white, so many times as dark."""
    table = np.clip(255 - (255 - np.arange(256)) * stretch, 0, 255).astype(np.uint8)
    return np.asarray(table[flat], dtype=np.uint8)


def without_specks(flat: Grey, unit: float) -> Grey:
    """The page without specks that stand apart from all print, as a fax has them; dotted rules are lost, too.

    `unit` is pixels a point.
    """
    import cv2

    mask = (flat < round(255 * (1 - _FAINT))).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    long = np.maximum(stats[:, 2], stats[:, 3]) > _RULE * unit
    long[0] = False
    mask[long[labels]] = 0
    around = 2 * max(1, round(_ALONE * unit)) + 1
    grown = cv2.dilate(mask, np.ones((around, around), np.uint8))
    count, labels = cv2.connectedComponents(grown, connectivity=4)
    printed = mask > 0
    small = np.bincount(labels[printed], minlength=count) <= _SPECK * unit**2
    return np.where(printed & small[labels], np.uint8(255), flat)


def grey_to_ink(flat: Grey) -> Ink:
    """Darkness of a page whose paper is white."""
    return np.asarray((255.0 - flat.astype(np.float32)) / 255.0, dtype=np.float32)
