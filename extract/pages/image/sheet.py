"""A photo of a page → its sheet of paper, cut out of what lies around it and set straight."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from extract.pages.image.ink import Grey

_SMALL = 600  # long side in pixels at which the sheet is looked for
_LEAST, _MOST = 0.3, 0.97  # share of the picture that a sheet covers: less is no page, more has nothing around it
_PLANE = 3  # places that tell how light falls off both ways
_FILLED = 0.94  # share of its four-cornered outline that the bright area fills
_DARKER = 0.75  # share of the sheet's brightness that what lies around it has at most
_CORNERS = (0.02, 0.03, 0.05)  # shares of its outline's length by which the outline may be simplified to four corners
_SQUARE = 0.8  # share of its opposite side that a side of a sheet is long: the bright half of a sheet has another shape
_LOOKS = 3  # times that it is looked for, in light that is made more even each time ...
_PAPER = 200.0  # ... and its paper so bright, grey
_EDGE = 0.006  # share of the sheet's sides that is cut off: the edge itself and its shadow

Matrix = npt.NDArray[np.float64]


def cut_out_sheet(grey: Grey) -> tuple[Grey, Matrix]:
    """(the sheet set straight, the matrix from its pixels to the picture's); a picture that is all sheet as it is."""
    import cv2

    corners = _find_corners(grey)
    if corners is None:
        return grey, np.eye(3)
    top, right, bottom, left = (
        float(np.hypot(*(corners[a] - corners[b]))) for a, b in ((0, 1), (1, 2), (2, 3), (3, 0))
    )
    width, height = round(max(top, bottom)), round(max(left, right))
    x, y = _EDGE * width, _EDGE * height
    target = np.array([(-x, -y), (width + x, -y), (width + x, height + y), (-x, height + y)], dtype=np.float32)
    matrix: Any = cv2.getPerspectiveTransform(target, corners.astype(np.float32))
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    sheet = cv2.warpPerspective(grey, matrix, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(sheet, dtype=np.uint8), np.asarray(matrix, dtype=np.float64)


def _find_corners(grey: Grey) -> npt.NDArray[np.float64] | None:
    """The corners of a bright sheet on something darker, clockwise from the upper left one; shape (4, 2)."""
    import cv2

    scale = min(1.0, _SMALL / max(grey.shape))
    if min(grey.shape) * scale < 100:
        return None
    size = (round(grey.shape[1] * scale), round(grey.shape[0] * scale))
    # print is closed away: the paper is one bright area
    small: Any = cv2.morphologyEx(
        cv2.resize(grey, size, interpolation=cv2.INTER_AREA), cv2.MORPH_CLOSE, np.ones((9, 9))
    )
    for _ in range(_LOOKS):
        sheet = _brightest_area(small)
        corners = _corners_of(sheet, small)
        if corners is not None and _squareness(corners) >= _SQUARE:
            return np.asarray(corners / scale, dtype=np.float64)
        small = _evened(small, sheet)
    return None


def _brightest_area(small: Any) -> npt.NDArray[np.uint8]:
    """1 in the largest area that is bright, 0 elsewhere."""
    import cv2

    _, mask = cv2.threshold(small, 0, 1, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    own = 1 + int(np.argmax(stats[1:, 4])) if len(stats) > 1 else 1
    return np.asarray(labels == own, dtype=np.uint8)


def _evened(small: Any, sheet: npt.NDArray[np.uint8]) -> Any:
    """The picture in even light: it falls off over the whole picture as it does over a part of the sheet."""
    ys, xs = np.nonzero(sheet)
    if len(ys) < _PLANE:
        return small
    places = np.stack([np.ones(len(ys)), xs / small.shape[1], ys / small.shape[0]], axis=1)
    light = np.log(np.maximum(small[ys, xs], 1.0))
    base, right, down = np.linalg.lstsq(places, light, rcond=None)[0]
    across, along = np.meshgrid(np.arange(small.shape[1]) / small.shape[1], np.arange(small.shape[0]) / small.shape[0])
    lit = small / np.exp(base + right * across + down * along)
    return np.clip(lit * _PAPER, 0, 255).astype(np.uint8)


def _corners_of(sheet: npt.NDArray[np.uint8], small: Any) -> npt.NDArray[np.float64] | None:
    """The corners of an area, where it has four of them and what lies around it is darker."""
    import cv2

    area = int(sheet.sum())
    if not _LEAST <= area / sheet.size <= _MOST:
        return None
    if float(np.median(small[sheet == 0])) > _DARKER * float(np.median(small[sheet == 1])):
        return None
    outline: Any = cv2.convexHull(max(cv2.findContours(sheet, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0], key=len))
    for share in _CORNERS:
        found: Any = cv2.approxPolyDP(outline, share * cv2.arcLength(outline, True), True)
        if len(found) == 4 and area >= _FILLED * cv2.contourArea(found):
            return _ordered(found[:, 0].astype(np.float64))
    return None


def _squareness(corners: npt.NDArray[np.float64]) -> float:
    """By how much opposite sides differ, 0..1, 1 not at all: half a sheet in the shade leaves another shape."""
    sides = np.hypot(*(np.roll(corners, -1, axis=0) - corners).T)
    return float((sides / np.roll(sides, 2)).min())


def _ordered(corners: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Clockwise from the upper left."""
    middle = corners.mean(axis=0)
    turned = corners[np.argsort(np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0]))]
    return np.roll(turned, -int(np.argmin(turned.sum(axis=1))), axis=0)
