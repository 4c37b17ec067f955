"""Numbers of a table in slanted type → the same set upright: a slanted 1 looks like a 7."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from extract.pages.image.crops import STRIP_HEIGHT, Normalised, Strip
from extract.quick import replace

_FEWEST = 5  # numbers that tell the slant of a table's type
_MOST = 40  # numbers that are looked at
_SLANTS = (
    0.1,
    0.15,
    0.2,
    0.25,
    0.3,
    0.35,
)  # columns to the right a row: 0.2 to 0.25 is what programs make of upright type
_LEAST = 0.15  # type is as slanted, or upright: the strokes of brushes rise a little
_CLEARER = 1.03  # times as clear columns are, at least, where slanted type was set upright
_BANDED = slice(6, STRIP_HEIGHT - 6)  # rows of a strip that its digits take up


def slant_of(strips: Sequence[Strip]) -> float:
    """The slant of these numbers' type, columns to the right for each row upwards; 0 where it is upright or unclear.

    Upright digits leave columns of much ink and of none.
    """
    some = strips[:: max(1, len(strips) // _MOST)]
    if len(some) < _FEWEST:
        return 0.0
    upright = np.array([_clearness(strip) for strip in some])
    clearness = [float((_of_slanted(some, slant) / upright).mean()) for slant in _SLANTS]
    best = int(np.argmax(clearness))
    return _SLANTS[best] if _SLANTS[best] >= _LEAST and clearness[best] >= _CLEARER else 0.0


def set_upright(crop: Normalised, slant: float) -> Normalised:
    """The crop with its print sheared back by that slant."""
    centred = None if crop.centred is None else _shear(crop.centred, slant)
    line = _shear(crop.line, slant) if crop.line.size else crop.line
    return replace(crop, strip=_shear(crop.strip, slant), centred=centred, line=line)


def _of_slanted(strips: Sequence[Strip], slant: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([_clearness(_shear(strip, slant)) for strip in strips])


def _clearness(strip: Strip) -> float:
    return float((strip[_BANDED].sum(axis=0) ** 2).sum()) + 1e-6


def _shear(strip: Strip, slant: float) -> Strip:
    """The strip with its rows moved, its middle one kept; as much wider as the outer ones move."""
    height, width = strip.shape
    beside = int(np.ceil(slant * height / 2))
    moved = np.array([[1, slant, beside - slant * height / 2], [0, 1, 0]], np.float32)
    return np.asarray(cv2.warpAffine(strip, moved, (width + 2 * beside, height)), np.float32)
