"""The matrix that sets a page upright: quarter turn, skew, and the perspective of a photo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from extract.pages.image.ink import Grey, Ink, grey_to_ink
from extract.pages.image.rules import find_rules, slopes

Matrix = npt.NDArray[np.float64]
"""3 × 3, pixels of the upright page → pixels of the page as it came."""

_SMALL = 1200  # long side in pixels at which angles are measured
_DARK = 0.35  # ink from which a pixel counts
_MOST_POINTS = 60_000
_WIDEST, _COARSE = 8.0, 0.25  # degrees that a page may be askew, and the first step
_FINE_STEPS = (0.05, 0.01)
_LONG = (80.0, 60.0)  # points of a horizontal and a vertical rule that tell the page's slopes
_SLIGHT = 1.0  # points that a correction may move a corner of the page without harm to its lines
# Where it moves one further, the share of their sharpness that lines across keep at least, or that lines down reach: by
# true rules most gain both ways, those of bent sheets one way.
_KEPT, _GAINED = 0.9, 1.2
_ROUGH = 0.5  # points by which a tenth of a vertical rule lies off it at most (0.36 in a photo; print draws it 0.55)

_FEWEST_ALIKE, _MOST_ALIKE, _ALIKE = 8, 0.75, 0.01  # verticals, share and slope of those that lean alike ...
_AGAINST = 0.02  # ... and slope by which the long ones lean otherwise, where these are the arc of a seal


def skew_of(ink: Ink) -> tuple[float, float]:
    """(degrees by which the page's lines fall to the right, how sharply they stand out)."""
    ys, xs = np.nonzero(ink > _DARK)
    if len(ys) < 50:
        return 0.0, 0.0
    if len(ys) > _MOST_POINTS:
        chosen = np.random.default_rng(0).choice(len(ys), _MOST_POINTS, replace=False)
        ys, xs = ys[chosen], xs[chosen]
    points = (ys.astype(np.float64), xs.astype(np.float64) - ink.shape[1] / 2)
    best, step = 0.0, _COARSE
    angles = np.arange(-_WIDEST, _WIDEST + step / 2, step)
    best = float(angles[int(np.argmax([_sharpness(*points, angle) for angle in angles]))])
    for finer in _FINE_STEPS:
        angles = np.arange(best - step, best + step + finer / 2, finer)
        best = float(angles[int(np.argmax([_sharpness(*points, angle) for angle in angles]))])
        step = finer
    return best, _sharpness(*points, best)


def _sharpness(ys: Any, xs: Any, angle: float) -> float:
    """How much neighbouring lines of pixels differ when the page is cut along that angle, 0.. per point."""
    rows = ys - xs * np.tan(np.radians(angle))
    counts = np.bincount((rows - rows.min()).astype(np.int64)).astype(np.float64)
    return float(np.square(np.diff(counts)).sum() / len(ys))


def shrink(grey: Grey) -> tuple[Grey, float]:
    """(the page at the size at which angles are measured, its scale)."""
    import cv2

    scale = min(1.0, _SMALL / max(grey.shape))
    if scale == 1.0:
        return grey, 1.0
    size = (round(grey.shape[1] * scale), round(grey.shape[0] * scale))
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), dtype=np.uint8), scale


def turn_matrix(shape: tuple[int, ...], turns: int) -> Matrix:
    """Pixels of a picture of that shape, which was turned, → pixels of the picture before its quarter turns."""
    height, width = shape[:2]
    matrix = np.eye(3)
    for _ in range(turns % 4):
        # a counter-clockwise quarter turn puts what stood at (x, y) at (y, width before - x)
        matrix = np.array([[0, -1, height], [1, 0, 0], [0, 0, 1]], dtype=np.float64) @ matrix
        height, width = width, height
    return np.asarray(matrix, dtype=np.float64)


def rotation(shape: tuple[int, ...], degrees: float) -> Matrix:
    """Turns a page of that shape by its skew about its middle."""
    height, width = shape[:2]
    turn = np.radians(degrees)
    cos, sin = np.cos(turn), np.sin(turn)
    middle = np.array([[1, 0, width / 2], [0, 1, height / 2], [0, 0, 1]], dtype=np.float64)
    spin = np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]], dtype=np.float64)
    return np.asarray(middle @ spin @ np.linalg.inv(middle), dtype=np.float64)


def warp(picture: npt.NDArray[np.uint8], matrix: Matrix) -> npt.NDArray[np.uint8]:
    """The page set upright, of the size it had; what lies outside is white."""
    import cv2

    height, width = picture.shape[:2]
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    white = (255, 255, 255)
    return np.asarray(
        cv2.warpPerspective(
            picture, matrix, (width, height), flags=flags, borderMode=cv2.BORDER_CONSTANT, borderValue=white
        ),
        dtype=np.uint8,
    )


def find_upright(flat: Grey, unit: float) -> Matrix:
    """The matrix of a page whose paper is white: its skew by all its ink, then by its rules and their convergence."""
    matrix = rotation(flat.shape, skew_of(grey_to_ink(shrink(flat)[0]))[0])
    small, scale = shrink(warp(flat, matrix))
    correction = _from_rules(grey_to_ink(small), unit * scale)
    if correction is None or _is_wrong(correction, small, unit * scale):
        return matrix
    zoom = np.diag([scale, scale, 1.0])
    return np.asarray(matrix @ np.linalg.inv(zoom) @ correction @ zoom, dtype=np.float64)


def _is_wrong(correction: Matrix, page: Grey, unit: float) -> bool:
    """Whether a page becomes less sharp by a correction: strokes of print made up the rules that told it."""
    height, width = page.shape
    corners = np.array([(0, 0, 1), (width, 0, 1), (0, height, 1), (width, height, 1)], dtype=np.float64)
    moved = corners @ correction.T
    if np.abs(moved[:, :2] / moved[:, 2:] - corners[:, :2]).max() <= _SLIGHT * unit:
        return False
    (across, down), (new_across, new_down) = (_sharpness_of(own) for own in (page, warp(page, correction)))
    return new_across < _KEPT * across and new_down < _GAINED * down


def _sharpness_of(page: Grey) -> tuple[float, float]:
    """How sharply lines across a page stand out, and lines down it."""
    ys, xs = (axis.astype(np.float64) for axis in np.nonzero(grey_to_ink(page) > _DARK))
    return (_sharpness(ys, xs, 0.0), _sharpness(xs, ys, 0.0)) if len(ys) else (0.0, 0.0)


def _from_rules(ink: Ink, unit: float) -> Matrix | None:
    """What is left to correct by the slopes of the page's rules; None where it has too few."""
    rules = find_rules(ink, unit, whole=True)
    across = slopes(rules, horizontal=True, longest=_LONG[0] * unit)
    smooth = [rule for rule in rules if rule.rough <= _ROUGH * unit]  # a few verticals by print would lean the page
    down = slopes(smooth, horizontal=False, longest=_LONG[1] * unit)
    if across is None:
        return None
    usual = _usual_lean([rule.slope for rule in rules if not rule.horizontal])
    if usual is not None and (down is None or abs(down[0] + down[1] * ink.shape[1] / 2 - usual) > _AGAINST):
        down = (usual, 0.0)
    down = down or (-across[0], 0.0)
    height, width = ink.shape
    corners = [(x, y) for y in (0.0, float(height)) for x in (0.0, float(width))]
    moved = [_displaced(x, y, (width / 2, height / 2), across, down) for x, y in corners]
    return _homography(corners, moved)


def _usual_lean(own: Sequence[float]) -> float | None:
    """The slope of verticals, short ones as well, of which most lean alike; None where they are few, or do not."""
    usual = float(np.median(own)) if len(own) >= _FEWEST_ALIKE else 0.0
    alike = sum(abs(slope - usual) <= _ALIKE for slope in own)
    return usual if len(own) >= _FEWEST_ALIKE and alike >= _MOST_ALIKE * len(own) else None


def _displaced(
    x: float, y: float, middle: tuple[float, float], across: tuple[float, float], down: tuple[float, float]
) -> tuple[float, float]:
    """Where a point of the upright page lies: lines across fall by their slope there, lines down lean by theirs."""
    return (
        x + (down[0] + down[1] * x) * (y - middle[1]),
        y + (across[0] + across[1] * y) * (x - middle[0]),
    )


def _homography(corners: Sequence[tuple[float, float]], moved: Sequence[tuple[float, float]]) -> Matrix:
    import cv2

    given, wanted = np.array(corners, dtype=np.float32), np.array(moved, dtype=np.float32)
    return np.asarray(cv2.getPerspectiveTransform(given, wanted), dtype=np.float64)
