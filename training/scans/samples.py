"""Worn sheets → cells cut out as the reader cuts them, with what each prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.pages.image.ctc import OTHER
from training.scans.fonts import Typeface
from training.scans.sheet import Box, Sheet, draw_sheet
from training.scans.wear import Generator, Picture, Wear, wear_page

_INSET = (-0.02, 0.12)  # of the type's size: how far inside the middle of a rule the reader cuts


@dataclass(frozen=True, slots=True)
class CellImage:
    """One crop, grey, dark on light."""

    picture: Picture
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class CellSheet:
    """The crops of one sheet, which belong together: one type, one wear. `size` is the type's in pixels an em."""

    cells: tuple[CellImage, ...]
    size: float
    typeface: str


def sample_sheets(faces: Sequence[Typeface], wears: Sequence[Wear], *, seed: int) -> Iterator[CellSheet]:
    """Endless sheets, each of one of the wears; the same faces, wears and seed give the same ones."""
    for number in count():
        rng = np.random.default_rng((seed, number))
        wear = wears[int(rng.integers(len(wears)))]
        yield cut_cells(draw_sheet(faces, wear, rng), wear, rng)


def cut_cells(sheet: Sheet, wear: Wear, rng: Generator) -> CellSheet:
    """The sheet worn, set a little askew, its background evened out, and cut."""
    turn = _turn(sheet, wear, rng)
    page = cv2.warpAffine(sheet.picture, turn, sheet.picture.shape[::-1], flags=cv2.INTER_LINEAR, borderValue=255)
    page = wear_page(page.astype(np.uint8), wear, rng, size=sheet.size)
    if rng.random() < _EVENED:
        page = _even_out(page, sheet.size)
    cells = []
    for box, text in zip(sheet.boxes, sheet.texts, strict=True):
        picture = _cut(page, box, turn, sheet.size, rng)
        if text.label == OTHER and rng.random() < _TORN:
            picture = _tear(picture, rng)
        cells.append(CellImage(picture, text.label, text.kind))
    return CellSheet(tuple(cells), sheet.size, sheet.typeface.name)


_TORN = 0.2  # share of words that are cut through, as where a rule was seen in a row of words
_EVENED = 0.8  # share of pages whose background the reader could even out


def _tear(picture: Picture, rng: Generator) -> Picture:
    """The upper or the lower part of a crop, cut through its middle third."""
    rows = len(picture)
    at = int(rng.integers(rows // 3 + 1, max(rows // 3 + 2, 2 * rows // 3)))
    return picture[:at] if rng.random() < 0.5 else picture[-at:]


def _turn(sheet: Sheet, wear: Wear, rng: Generator) -> NDArray[np.float64]:
    """A turn about the sheet's middle, a slight stretch and shear, and a shift by a part of a pixel."""
    rows, columns = sheet.picture.shape
    turn = np.asarray(cv2.getRotationMatrix2D((columns / 2, rows / 2), rng.uniform(*wear.skew), 1.0), np.float64)
    turn[:, :2] = turn[:, :2] @ np.array(
        [[1 + rng.normal(0, 0.015), rng.normal(0, 0.008)], [0, 1 + rng.normal(0, 0.015)]]
    )
    turn[:, 2] += rng.uniform(-0.5, 0.5, 2)
    return turn


def _even_out(page: Picture, size: float) -> Picture:
    """The page divided by its local paper."""
    wide = max(3, round(size))
    small = cv2.resize(page, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.GaussianBlur(
        cv2.dilate(small, np.ones((wide // 2 + 1, wide // 2 + 1), np.uint8)), (0, 0), wide / 4 + 0.5
    )
    paper = cv2.resize(paper, page.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(page, np.maximum(paper, 1), scale=255), np.uint8)


def _cut(page: Picture, box: Box, turn: NDArray[np.float64], size: float, rng: Generator) -> Picture:
    corners = np.array([[box[0], box[1], 1], [box[2], box[1], 1], [box[2], box[3], 1], [box[0], box[3], 1]]) @ turn.T
    x0, y0 = corners[[0, 3], 0].mean(), corners[[0, 1], 1].mean()
    x1, y1 = corners[[1, 2], 0].mean(), corners[[2, 3], 1].mean()
    left, top, right, bottom = rng.uniform(*_INSET, 4) * size
    rows, columns = page.shape
    top, left = max(0, round(y0 + top)), max(0, round(x0 + left))
    return page[
        top : max(top + 6, min(rows, round(y1 - bottom))), left : max(left + 6, min(columns, round(x1 - right)))
    ]
