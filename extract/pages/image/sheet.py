"""A photo of a page → its sheet of paper, cut out of what lies around it and set straight; of several, each one's."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
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
_STEP = 0.85  # beside its edge is so dark, as a share of the sheet there, what lies around it: light falls off slowly
_NEXT_TO = 8.0  # pixels from its edge to where that is seen
_SEEN = 24  # places along each side where it is seen, its corners left out
_PHOTO = (1.2, 1.9)  # times its short side that the long one of a photo of a page is
_CUT = 0.01  # share of a photo's short side from its edge within which its sheet goes on beyond it
_MOST_PHOTOS = 12  # that are joined to one picture
_LONG, _REACHES = 2.2, 0.8  # a picture so many times as long as wide is no photo of one sheet, unless it is as long
_EDGE = 0.006  # share of the sheet's sides that is cut off: the edge itself and its shadow

Matrix = npt.NDArray[np.float64]


def cut_out_sheets(grey: Grey, page: Grey | None = None) -> list[tuple[Grey, Matrix]]:
    """The sheets of a picture from its upper or left end on, one for each of the photos that were joined.

    Each is (the sheet set straight, the matrix from its pixels to the picture's); a picture that is all sheet as it is.
    They are cut out of `page`, where it is given: the same picture, in which less may be seen of what lies around them.
    """
    page = grey if page is None else page
    for parts in _parts(grey):
        found = [_find_corners(grey[top:bottom, left:right]) for left, top, right, bottom in parts]
        known = [
            own + part[:2]
            for own, part in zip(found, parts, strict=True)
            if own is not None and not _is_cut(own, part, grey.shape)
        ]
        if len(known) == len(parts):
            return [_cut_out(page, own) for own in known]
    corners = _find_corners(grey)
    if corners is None or not _reaches_far(corners, grey.shape):
        return [(page, np.eye(3))]
    return [_cut_out(page, corners)]


def _is_cut(corners: npt.NDArray[np.float64], part: tuple[int, int, int, int], shape: tuple[int, ...]) -> bool:
    """Whether the sheet of a part reaches the edge at which the picture was parted: it is a piece of a larger one."""
    left, top, right, bottom = part
    inner = (
        (left > 0, 0, 0.0),
        (top > 0, 1, 0.0),
        (right < shape[1], 0, right - left),
        (bottom < shape[0], 1, bottom - top),
    )
    near = _CUT * min(right - left, bottom - top)
    return any(parted and float(np.abs(corners[:, axis] - edge).min()) < near for parted, axis, edge in inner)


def _parts(grey: Grey) -> Iterator[list[tuple[int, int, int, int]]]:
    """The ways in which a picture may be made of photos of one size, upright or on their sides, as their boxes."""
    height, width = grey.shape
    long, short = max(height, width), min(height, width)
    for count in range(2, _MOST_PHOTOS + 1):
        share = long / count / short
        if any(_PHOTO[0] <= own <= _PHOTO[1] for own in (share, 1 / share)):
            ends = [round(k * long / count) for k in range(count + 1)]
            if height > width:
                yield [(0, a, width, b) for a, b in pairwise(ends)]
            else:
                yield [(a, 0, b, height) for a, b in pairwise(ends)]


def _reaches_far(corners: npt.NDArray[np.float64], shape: tuple[int, ...]) -> bool:
    """Whether a sheet is as long as its picture, nearly, where that is long: print of a picture's rest is not lost."""
    axis = 1 if shape[0] > shape[1] else 0
    length = max(shape[:2])
    return length < _LONG * min(shape[:2]) or float(np.ptp(corners[:, axis])) >= _REACHES * length


def _cut_out(grey: Grey, corners: npt.NDArray[np.float64]) -> tuple[Grey, Matrix]:
    import cv2

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
    even = small
    for _ in range(_LOOKS):
        sheet = _brightest_area(even)
        corners = _corners_of(sheet, even)
        if corners is not None and _squareness(corners) >= _SQUARE and _is_sharp(corners, small):
            return np.asarray(corners / scale, dtype=np.float64)
        even = _evened(even, sheet)
    return None


def _is_sharp(corners: npt.NDArray[np.float64], small: Any) -> bool:
    """Whether right beside every side that the picture shows it is darker at once; in the shade it gets so slowly."""
    last = np.array(small.shape[::-1]) - 1
    middle = corners.mean(axis=0)
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        places = start + np.linspace(0, 1, _SEEN)[2:-2, None] * (end - start)  # (n_places, 2)
        across = np.array([end[1] - start[1], start[0] - end[0]]) / max(1.0, float(np.hypot(*(end - start))))
        across *= np.sign(across @ (places.mean(axis=0) - middle))
        inner, outer = (np.rint(places + side * _NEXT_TO * across).astype(int) for side in (-1, 1))
        shown = ((inner >= 0) & (inner <= last) & (outer >= 0) & (outer <= last)).all(axis=1)
        inner, outer = inner[shown], outer[shown]
        light = small[outer[:, 1], outer[:, 0]] / np.maximum(small[inner[:, 1], inner[:, 0]].astype(np.float64), 1.0)
        if len(light) and float(np.median(light)) > _STEP:
            return False
    return True


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
