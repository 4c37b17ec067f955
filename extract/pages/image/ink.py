"""A page as pixels → its ink: darkness 0..1 against the paper around it, coloured seals and pens made faint."""

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
_DARKEST_PAPER = 40.0  # grey; what is darker is the copier's black, not paper in the shade
_COLOUR_FROM, _COLOUR_FULL = 0.18, 0.40  # saturation from which ink counts as coloured, and fully so
_BRIGHT_INK = 0.45  # coloured ink whose brightest channel is darker hides print below it
_COARSE = 4  # pixels both ways whose colour is told together
_LEAST_DARK = 4.0  # grey levels that ink is darker than its paper around a pixel, at least
_SEAL = 0.08  # of a page's shorter side: no character is so large, and no seal smaller
_RED_FROM, _RED_FULL = 0.2, 0.33  # share of that darkness that red is of red ink; that of a seal is 0.37 to 0.6
_DARKEST_SHARE = 0.005  # share of a page's pixels that its darkest print covers at least
_DARK_PRINT = 0.75  # ink of that print in an ordinary scan; fainter print is stretched to it ...
_MOST_STRETCH = 2.2  # ... so much at most: dirt becomes darker, too
_GREY_PAGE = 0.0008  # share of coloured pixels up to which a picture counts as grey
_SPECK = 1.5  # square points of ink that are no character, not even a dash or a torn one
_RULE = 30.0  # points: what is longer is a rule, and a speck may stand beside it
_ALONE = 1.2  # points around a speck in which nothing is printed: points and commas stand nearer to their digits
_FAINT = 0.15  # ink that may be a part of a torn or faint character: what such ink surrounds is no speck


def flatten_paper(grey: Grey) -> Grey:
    """The page with its paper made white everywhere: uneven light, shades and grey paper are divided out."""
    import cv2

    paper = _paper(grey)
    flat = grey.astype(np.float32) * (255.0 / np.maximum(paper, _DARKEST_PAPER))
    return np.asarray(cv2.convertScaleAbs(flat), dtype=np.uint8)


def _paper(grey: Grey) -> Ink:
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


def split_colour(picture: Picture) -> tuple[Grey, Grey, bool]:
    """(the page in grey, the page in grey with coloured ink made faint, whether there was coloured ink).

    Light through red, green and blue filters: in the brightest channel a seal's ink is nearly paper, and black print
    below it stays black.
    """
    import cv2

    grey: Any = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    bright = picture.max(axis=2)
    spread = cv2.medianBlur(bright - picture.min(axis=2), 3).astype(np.float32)
    saturation = cv2.dilate(spread / np.maximum(bright.astype(np.float32), 32.0), np.ones((3, 3), np.uint8))
    coloured = np.clip((saturation - _COLOUR_FROM) / (_COLOUR_FULL - _COLOUR_FROM), 0.0, 1.0)
    if float((coloured > 0.5).mean()) < _GREY_PAGE:
        return grey, grey, False
    coloured = np.maximum(coloured, _redness(picture, grey) * _in_seals(coloured > 0.5))
    paper = np.maximum(_paper(np.asarray(bright)), _DARKEST_PAPER)
    level = bright.astype(np.float32) / paper
    lift = coloured * np.clip((level - _BRIGHT_INK) / 0.2, 0.0, 1.0)
    plain = grey.astype(np.float32) * (1 - coloured) + bright.astype(np.float32) * coloured
    faint = plain + (paper - plain) * lift
    return grey, np.asarray(np.clip(faint, 0, 255).astype(np.uint8)), True


def _redness(picture: Picture, grey: Grey) -> Ink:
    """How red the ink around each pixel is, 0..1.

    JPEG keeps colour far more coarsely than light: that of the thin strokes of a seal's characters is spread over the
    paper between them, but is as much altogether.
    """
    import cv2

    size = (max(1, grey.shape[1] // _COARSE), max(1, grey.shape[0] // _COARSE))
    red, light = (
        cv2.resize(own, size, interpolation=cv2.INTER_AREA).astype(np.float32)
        for own in (cv2.cvtColor(picture, cv2.COLOR_RGB2YCrCb)[..., 1], grey)
    )
    dark = np.maximum(cv2.resize(_paper(grey), size, interpolation=cv2.INTER_AREA) - light, 0)
    around = cv2.GaussianBlur(red - np.median(red), (0, 0), 1) / np.maximum(
        cv2.GaussianBlur(dark, (0, 0), 1), _LEAST_DARK
    )
    share = cv2.resize(around, grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.clip((share - _RED_FROM) / (_RED_FULL - _RED_FROM), 0.0, 1.0), dtype=np.float32)


def _in_seals(coloured: npt.NDArray[np.bool_]) -> Ink:
    """1 within the box around what is coloured and as large as a seal; characters in colour are no seal."""
    import cv2

    height, width = coloured.shape
    size = (max(1, width // _COARSE), max(1, height // _COARSE))
    spots = (cv2.resize(coloured.astype(np.float32), size, interpolation=cv2.INTER_AREA) > 0).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(spots, connectivity=8)
    inside = np.zeros((height, width), np.float32)
    for left, top, across, down in stats[1:, :4].tolist():
        if min(across, down) >= _SEAL * min(size):
            inside[top * _COARSE : (top + down) * _COARSE, left * _COARSE : (left + across) * _COARSE] = 1.0
    return inside


def stretch_ink(flat: Grey) -> Grey:
    """A page whose paper is white with its print made dark, where it is faint all over: through a haze, or grey."""
    levels = np.cumsum(np.bincount(flat.ravel(), minlength=256)) / flat.size
    ink = 255 - int(np.searchsorted(levels, _DARKEST_SHARE))
    stretch = min(max(1.0, _DARK_PRINT * 255 / max(1, ink)), _MOST_STRETCH)
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
