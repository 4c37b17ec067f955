"""Specks in cells that hold print: a number with one would seem words, or have a digit more."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extract.pages.image.ink import Grey
from extract.pages.image.lines import DARK, PixelBox

_FAINT = 0.2  # ink of the thin strokes of faint print, which join its pieces ...
_TORN = 0.2  # ... so many heights of print apart
_SMALL, _LARGE = 0.4, 0.6  # usual heights of print: a speck is no wider and no higher, or a black one; print is higher
_LOWEST = 4.0  # points of that height: what is lower are dashes
_APART = 0.7, 0.3  # of it that a speck lies beside print, and above or below it, at least: a comma is nearer
_TOO_DARK = 1.4  # times the darkness of the print in its cell: where that is faint, a speck may be black
_BORDER = 2  # pixels around a speck that are its own

Piece = tuple[PixelBox, int]
"""The box of connected ink, and how dark it is, 0 to 255."""


def without_cell_specks(flat: Grey, cells: Sequence[PixelBox], unit: float) -> Grey:
    """The page, its paper white, without specks in those cells in which there is print, too: far from it, or darker."""
    highest = [max((_height(box) for box, _ in _find_pieces(flat, cell, DARK, 0)), default=0) for cell in cells]
    highest_print = [height for height in highest if height >= _LOWEST * unit]
    usual = float(np.median(highest_print)) if highest_print else 0.0
    wiped, near = flat.copy(), round(_TORN * usual / 2)
    for cell, height in zip(cells, highest, strict=True):
        found = _find_specks(_find_pieces(flat, cell, _FAINT, near), usual) if height >= _LARGE * usual > 0 else []
        for x0, y0, x1, y1 in found:
            wiped[max(0, y0 - _BORDER) : y1 + _BORDER, max(0, x0 - _BORDER) : x1 + _BORDER] = 255
    return wiped


def _find_pieces(flat: Grey, cell: PixelBox, least: float, near: int) -> list[Piece]:
    """What is printed in a cell, in pixels of the page; what lies within `near` pixels of it belongs to a piece."""
    import cv2

    left, top = max(0, cell[0]), max(0, cell[1])
    dark = cv2.copyMakeBorder(255 - flat[top : cell[3], left : cell[2]], near, near, near, near, cv2.BORDER_CONSTANT)
    inked = cv2.dilate((dark > least * 255).astype(np.uint8), np.ones((2 * near + 1, 2 * near + 1), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(inked, connectivity=8)
    peaks = np.zeros(count, np.uint8)
    np.maximum.at(peaks, labels, dark)
    return [
        ((left + x, top + y, left + x + width - 2 * near, top + y + height - 2 * near), peak)
        for (x, y, width, height, _), peak in zip(stats[1:].tolist(), peaks[1:].tolist(), strict=True)
    ]


def _find_specks(pieces: Sequence[Piece], usual: float) -> list[PixelBox]:
    """The boxes of those pieces of a cell that are specks beside its print, of which there is some; `usual` is how high
    that of its table is.
    """
    printed = [piece for piece in pieces if _height(piece[0]) >= _LARGE * usual]
    darkest = max(peak for _, peak in printed)
    rest = [(box, peak, max(_height(box), _width(box))) for box, peak in pieces]
    return [
        box
        for box, peak, size in rest
        if (peak > _TOO_DARK * darkest and size < _LARGE * usual)
        or (size < _SMALL * usual and all(_is_apart(box, other, usual) for other, _ in printed))
    ]


def _is_apart(speck: PixelBox, other: PixelBox, usual: float) -> bool:
    """Whether a speck lies beside print, or above or below it, farther than a part of it does."""
    across = max(other[0] - speck[2], speck[0] - other[2])
    down = max(other[1] - speck[3], speck[1] - other[3])
    return across > _APART[0] * usual or down > _APART[1] * usual


def _height(box: PixelBox) -> int:
    return box[3] - box[1]


def _width(box: PixelBox) -> int:
    return box[2] - box[0]
