"""A page in colour → in grey, with seals and pens made faint. What is printed in colour stays as dark as it is."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from extract.pages.image.ink import DARKEST_PAPER, Grey, Ink, Picture, find_paper
from extract.rules import load_rules

Mask = npt.NDArray[np.bool_]
Labels = npt.NDArray[np.int32]
"""Rows × columns, the number of the piece that each pixel belongs to; 0 is none."""


def fade_colour(picture: Picture) -> Grey:
    """The page in grey, the coloured ink of seals and pens made faint.

    Light through red, green and blue filters: in the brightest channel a seal's ink is nearly paper, and black print
    below it stays black.
    """
    import cv2

    colour = load_rules("scans.toml")["colour"]
    grey: Any = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    bright = picture.max(axis=2)
    spread = cv2.medianBlur(bright - picture.min(axis=2), 3).astype(np.float32)
    saturation = cv2.dilate(spread / np.maximum(bright.astype(np.float32), 32.0), np.ones((3, 3), np.uint8))
    coloured = np.clip((saturation - colour["from"]) / (colour["full"] - colour["from"]), 0.0, 1.0)
    if float((coloured > 0.5).mean()) < colour["grey_page"]:
        return np.asarray(grey, dtype=np.uint8)
    paper = np.maximum(find_paper(np.asarray(bright)), DARKEST_PAPER)
    light = bright.astype(np.float32) / paper
    own = float(np.median(light[coloured > 0.5]))  # of the seal's ink where nothing is printed below it
    clear = np.clip((light - max(colour["bright"], own - colour["below"])) / 0.2, 0.0, 1.0)
    seals, printed = _find_seals(coloured > 0.5, clear, grey)
    coloured = np.maximum(coloured, _redness(picture, grey) * seals) * (1 - printed)
    lift = coloured * clear
    plain = grey.astype(np.float32) * (1 - coloured) + bright.astype(np.float32) * coloured
    faint = plain + (paper - plain) * lift
    return np.asarray(np.clip(faint, 0, 255).astype(np.uint8))


def _redness(picture: Picture, grey: Grey) -> Ink:
    """How red the ink around each pixel is, 0..1.

    JPEG keeps colour far more coarsely than light: that of the thin strokes of a seal's characters is spread over the
    paper between them, but is as much altogether.
    """
    import cv2

    colour = load_rules("scans.toml")["colour"]
    red, light = (_coarse(own) for own in (cv2.cvtColor(picture, cv2.COLOR_RGB2YCrCb)[..., 1], grey))
    dark = np.maximum(_coarse(find_paper(grey)) - light, 0)
    around = cv2.GaussianBlur(red - np.median(red), (0, 0), 1) / np.maximum(
        cv2.GaussianBlur(dark, (0, 0), 1), colour["least_dark"]
    )
    share = _fine(around, grey.shape, smooth=True)
    red_from, red_full = colour["red_from"], colour["red_full"]
    return np.asarray(np.clip((share - red_from) / (red_full - red_from), 0.0, 1.0), dtype=np.float32)


def _find_seals(coloured: Mask, clear: Ink, grey: Grey) -> tuple[Ink, Ink]:
    """(1 within the boxes of seals, 1 where there is print in colour), rows × columns.

    A seal is one piece, its ring, and all that is in its box belongs to it: its characters and its star. Where the page
    prints numbers in colour they may stand under it, too: then no seal is told from print. Where colour is not `clear`,
    it lies upon black ink.
    """
    import cv2

    colour = load_rules("scans.toml")["colour"]
    spots = _coarse(coloured.astype(np.float32))
    _, labels, stats, _ = cv2.connectedComponentsWithStats((spots > 0).astype(np.uint8), connectivity=8)
    across, down = stats[:, 2] / min(spots.shape), stats[:, 3] / min(spots.shape)
    is_seal = (np.minimum(across, down) >= colour["seal_least"]) & (np.maximum(across, down) <= colour["seal_most"])
    seals = np.zeros(spots.shape, np.float32)
    for left, top, width, height in stats[1:, :4][is_seal[1:]].tolist():
        seals[top : top + height, left : left + width] = 1.0
    ink = 1 - grey / np.maximum(find_paper(grey), DARKEST_PAPER)
    is_dark = _are_strokes(spots, labels, _coarse(ink * coloured))
    is_print = is_dark & (down <= colour["print_highest"]) & (_most(seals, labels) == 0)
    is_own = _sum(_coarse(ink * coloured * clear), labels) >= colour["print_own"] * _sum(_coarse(ink), labels)
    if _count_numbers((is_print & is_own)[labels]) >= colour["numbers_fewest"]:
        seals[:], is_print = 0.0, is_dark
    printed = cv2.dilate(is_print[labels].astype(np.uint8), np.ones((3, 3), np.uint8)) * (
        is_print[labels] | (labels == 0)
    )
    return _fine(seals, grey.shape), _fine(printed.astype(np.float32), grey.shape)


def _are_strokes(spots: Ink, labels: Labels, ink: Ink) -> Mask:
    """Of each piece of colour whether it is dark strokes: no letters printed pale across the page, no cell's ground."""
    import cv2

    colour = load_rules("scans.toml")["colour"]
    solid = [max(1, round(share * min(spots.shape))) for share in colour["ground"]]
    ground = cv2.morphologyEx((spots > 0.9).astype(np.uint8), cv2.MORPH_OPEN, np.ones(solid, np.uint8))
    is_dark: Mask = (_most(ink, labels) >= colour["print_darkest"]) & (_most(ground, labels) == 0)
    is_dark[0] = False  # what has no colour
    return is_dark


def _count_numbers(printed: Mask) -> int:
    """How many lone digits there are: pieces that are higher than wide, with none beside them."""
    import cv2

    colour = load_rules("scans.toml")["colour"]
    reach = np.ones((1, round(colour["digit_apart"] * min(printed.shape))), np.uint8)
    words = cv2.morphologyEx(printed.astype(np.uint8), cv2.MORPH_CLOSE, reach)
    _, _, stats, _ = cv2.connectedComponentsWithStats(words, connectivity=8)
    width, height = stats[1:, 2], stats[1:, 3]
    return int(
        np.sum((width <= colour["digit_wide"] * height) & (height >= colour["digit_lowest"] * min(printed.shape)))
    )


def _sum(own: Ink, labels: Labels) -> npt.NDArray[np.float64]:
    """The sum within each piece."""
    return np.bincount(labels.ravel(), weights=own.ravel()).astype(np.float64)


def _most(own: npt.NDArray[Any], labels: Labels) -> Ink:
    """The highest value within each piece."""
    most = np.zeros(int(labels.max()) + 1, np.float32)
    np.maximum.at(most, labels.ravel(), own.ravel().astype(np.float32))
    return most


def _coarse(own: npt.NDArray[Any]) -> Ink:
    """The mean over some pixels both ways."""
    import cv2

    step = load_rules("scans.toml")["colour"]["coarse"]
    size = (max(1, own.shape[1] // step), max(1, own.shape[0] // step))
    return np.asarray(cv2.resize(own, size, interpolation=cv2.INTER_AREA), dtype=np.float32)


def _fine(own: Ink, shape: tuple[int, ...], *, smooth: bool = False) -> Ink:
    import cv2

    way = cv2.INTER_LINEAR if smooth else cv2.INTER_NEAREST
    return np.asarray(cv2.resize(own, shape[1::-1], interpolation=way), dtype=np.float32)
