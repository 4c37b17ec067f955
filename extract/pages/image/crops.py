"""Crops of table cells → strips of one height, the digits of one size and in the middle: what the recogniser sees."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.quick import record
from extract.rules import load_rules

Crop = NDArray[np.uint8]  # rows × columns, grey, dark on light
Strip = NDArray[np.float32]  # STRIP_HEIGHT × columns, 0 paper, 1 ink

STRIP_HEIGHT = 32
DIGIT_HEIGHT = 18.0  # of a digit in the strip: the rest is room for a band that was found a little too high or low
LINE_HEIGHT = 48
LINE_DIGIT = 30.0  # of a digit in the picture for the reader of lines, which knows lines with little room around them
WIDEST_STRIP = 512
"""Wider cells are read around their ink only."""

_PAPER = 75  # per cent of a crop's pixels are darker than its paper, at most
_PEAK = 99.5  # per cent of a crop's pixels are lighter than its ink, at least
_FAINTEST_INK = 40.0  # grey levels under the paper; nothing is stretched beyond that
_NEXT_TO_NOTHING = 0.35  # of the darkness usual in the table: below it is dirt, and is not stretched to look like ink
_INKED = 0.45  # of a crop's peak darkness: pixels from here on are ink
_RULE = 0.6  # of the length of a crop's side: so much ink in a line at the edge is a remainder of a rule
_BROKEN_RULE = 0.4  # the same of a dotted or broken rule above or below, where no text is so dense
_SOFT = 2  # pixels of a rule's border that are lighter than ink
_EDGE = 0.2  # of a crop's side: where remains of rules can be
_SMALLEST, _LARGEST = 5, 80  # rows of a digit that can be read
_THIN = 0.5  # of a digit's height: a run of rows at the crop's edge that is no higher is a remainder of a rule
_OFF_MIDDLE = 0.5  # by how much ink at the crop's edge counts less than in its middle
_BESIDE = 0.35  # of the height of a line: paper kept to its left and right
_STRAY = 0.15  # of a crop's ink outside the strip: from there on its text may be elsewhere
_GAP = 2  # rows without ink inside a digit that is torn
_SPREAD = 1.4  # a cell's digits are at most so much larger or smaller than the table's
_USUAL = 80  # per cent of the crops of a table have a lighter peak than the usual one, at most
_DIRT = 0.4  # heights of a digit that a speck is wide and high at most, ...
_TORN = 0.2  # ... pieces of a torn digit so near to one another counted as one, ...
_STRAYED = 0.7  # ... and lies from all print at least: a point or comma stands next to its digits
_DARK_ENOUGH = 0.5  # of the usual peak: crops that show the size of the digits
_STROKE, _LEAST_BLUR = 0.09, 0.3  # of a digit's height, and in pixels: by how much spots are smoothed
_SIDES = 0.15  # of a digit's height: what is left out along a crop's sides, where remains of rules may be


@record
class Normalised:
    """A crop as the recogniser sees it. `centred` shows its middle, where much of its ink lies outside the strip.

    `line` is what the reader of lines sees: LINE_HEIGHT × columns, the rules wiped out, little paper beside; no columns
    where there is no ink. `spot` (grey levels under the paper) is the darkest spot of the crop as wide as a stroke.
    """

    strip: Strip
    centred: Strip | None
    line: Strip
    spot: float


@record
class _Rows:
    """The rows of one crop: how many pixels of ink each has, but for remains of rules, and the runs of inked ones."""

    ink: NDArray[np.float32]  # pixels, a grey one counts by the square of its darkness: print is darker than a seal
    runs: tuple[tuple[int, int], ...]  # first row and the row after the last

    def touches(self, run: tuple[int, int]) -> bool:
        """Whether the run begins or ends at the crop's upper or lower edge."""
        return run[0] <= 1 or run[1] >= len(self.ink) - 1


def normalise_crops(
    images: Sequence[Crop], *, digit_height: float | None = None, line_height: float | None = None
) -> list[Normalised]:
    """One strip per crop. The crops belong to one table: the size of its digits is told from all of them together.

    `digit_height` is the height of a digit in pixels where the caller knows better; `line_height` that of its lines of
    words, where there are such: dashes are far lower.
    """
    if not images:
        return []
    darks = [darkness(image) for image in images]
    peaks = [max(_level(dark, _PEAK), 1) for dark in darks]
    usual = float(np.percentile(peaks, _USUAL))
    lines = [_find_rows(dark, peak) for dark, peak in zip(darks, peaks, strict=True)]
    if digit_height is None:
        clear = [rows for rows, peak in zip(lines, peaks, strict=True) if peak >= _DARK_ENOUGH * usual]
        digit_height = _usual_height(
            clear, load_rules("scans.toml")["digits"]["dash"] * line_height if line_height else 0.0
        )
    if digit_height is None:
        lowest = min(len(dark) for dark in darks)
        digit_height = (
            load_rules("scans.toml")["digits"]["of_line"] * line_height
            if line_height
            else lowest / load_rules("scans.toml")["digits"]["room"]
        )
    floor = max(_FAINTEST_INK, _NEXT_TO_NOTHING * usual)
    return [
        _normalise(dark, rows, digit_height, max(peak, floor))
        for dark, peak, rows in zip(darks, peaks, lines, strict=True)
    ]


def _usual_height(lines: Sequence[_Rows], lowest: float) -> float | None:
    """The height of a digit that most crops agree on, None where nothing is as high as a digit, and as `lowest`."""
    heights = [max((run[1] - run[0] for run in rows.runs if not rows.touches(run)), default=0) for rows in lines]
    heights = [height for height in heights if max(_SMALLEST, lowest) <= height <= _LARGEST]
    return float(np.median(heights)) if heights else None


def darkness(image: Crop) -> Crop:
    """Grey levels under the crop's paper, 0 where the crop is as light as its paper."""
    paper = np.full(1, _level(image, _PAPER), np.uint8)
    return np.where(image < paper, paper - image, np.uint8(0))


def _level(image: Crop, percent: float) -> int:
    """The grey level that `percent` of the pixels do not exceed."""
    counts = np.bincount(image.ravel(), minlength=256).cumsum()
    return int(counts.searchsorted(int(counts[-1] * percent / 100)))


def _find_rows(dark: Crop, peak: int) -> _Rows:
    weights = np.minimum(np.arange(256, dtype=np.float32) / np.float32(peak), 1) ** 2
    inked = _without_rules(dark >= max(_INKED * peak, _FAINTEST_INK / 2))
    ink = (weights[dark] * inked).sum(axis=1)
    return _Rows(ink, _runs(ink > 0))


def _without_rules(ink: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The ink without lines along the crop's edges."""
    for view in (ink, ink.T):
        lines = view.mean(axis=1) >= _RULE
        edge = max(2, int(_EDGE * len(lines)))
        lines[edge : len(lines) - edge] = False
        view[lines] = False
    return ink


def _runs(inked: NDArray[np.bool_]) -> tuple[tuple[int, int], ...]:
    """Starts and ends (exclusive) of the runs of inked rows; a narrow gap does not end a run."""
    rows = np.flatnonzero(inked)
    if not len(rows):
        return ()
    cuts = np.flatnonzero(rows[1:] - rows[:-1] > _GAP + 1)
    starts = [int(rows[0]), *rows[cuts + 1].tolist()]
    ends = [*(rows[cuts] + 1).tolist(), int(rows[-1]) + 1]
    return tuple(zip(starts, ends, strict=True))


def _normalise(dark: Crop, rows: _Rows, digit_height: float, peak: float) -> Normalised:
    middle, height = _find_text(rows, digit_height)
    spot = darkest_spot(dark, digit_height)
    dark = _without_dirt(dark, height, peak)
    strip = _cut_strip(dark, middle, height, peak)
    line = _cut_line(dark, middle, height, peak)
    half = STRIP_HEIGHT / DIGIT_HEIGHT * height / 2
    inside = rows.ink[max(0, round(middle - half)) : max(0, round(middle + half))]
    if rows.ink.sum() - inside.sum() <= _STRAY * rows.ink.sum():
        return Normalised(strip, None, line, spot)
    return Normalised(strip, _cut_strip(dark, len(dark) / 2, digit_height, peak), line, spot)


def darkest_spot(dark: Crop, digit_height: float) -> float:
    """How dark the darkest spot is that is as wide as a stroke of a digit, in grey levels; `dark` is 0 on paper."""
    smooth = cv2.GaussianBlur(dark.astype(np.float32), (0, 0), max(_LEAST_BLUR, _STROKE * digit_height))
    edge = max(1, round(_SIDES * digit_height))
    inside = smooth[edge:-edge, edge:-edge] if min(smooth.shape) > 3 * edge else smooth
    return float(inside.max())


def _without_dirt(dark: Crop, height: float, peak: float) -> Crop:
    """The crop without specks that lie apart from its digits, to the left or right; `height` is that of a digit."""
    inked = (dark >= max(_INKED * peak, _FAINTEST_INK / 2)).astype(np.uint8)
    near = 2 * max(1, round(_TORN * height / 2)) + 1
    count, _, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(inked, np.ones((near, near), np.uint8)))
    if count <= 2:  # paper, and one piece of print
        return dark
    boxes = stats[1:, :4]
    small = np.maximum(boxes[:, 2], boxes[:, 3]) - (near - 1) < _DIRT * height
    if small.all() or not small.any():
        return dark
    cleaned = dark.copy()
    for x, y, width, high in boxes[small]:
        apart = np.maximum(boxes[~small, 0] - (x + width), x - (boxes[~small, 0] + boxes[~small, 2])) + near - 1
        if apart.min() > _STRAYED * height:
            cleaned[y : y + high, x : x + width] = 0
    return cleaned


def _cut_strip(dark: Crop, middle: float, height: float, peak: float) -> Strip:
    """The strip around row `middle`, such that `height` rows become the height of a digit."""
    scale = DIGIT_HEIGHT / max(height, 1.0)
    window = STRIP_HEIGHT / scale
    dark = _rows_between(dark, round(middle - window / 2), round(middle + window / 2))
    size = (max(1, min(round(dark.shape[1] * scale), 4 * WIDEST_STRIP)), STRIP_HEIGHT)
    strip = cv2.resize(dark, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    return _columns_around_ink(np.minimum(strip.astype(np.float32) / np.float32(peak), np.float32(1)))


def _cut_line(dark: Crop, middle: float, height: float, peak: float) -> Strip:
    """The same for the reader of lines: larger, without rules, cut close to its ink from left to right."""
    scale = LINE_DIGIT / max(height, 1.0)
    window = LINE_HEIGHT / scale
    dark = _rows_between(_wipe_rules(dark, peak), round(middle - window / 2), round(middle + window / 2))
    columns = np.flatnonzero((dark >= max(_INKED * peak, _FAINTEST_INK / 2)).any(axis=0))
    if not len(columns):
        return np.zeros((LINE_HEIGHT, 0), np.float32)
    beside = round(_BESIDE * window)
    dark = dark[:, max(0, columns[0] - beside) : columns[-1] + beside + 1]
    size = (max(1, min(round(dark.shape[1] * scale), WIDEST_STRIP)), LINE_HEIGHT)
    line = cv2.resize(dark, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    return np.asarray(np.clip(line.astype(np.float32) / peak, 0, 1), np.float32)


def _wipe_rules(dark: Crop, peak: float) -> Crop:
    """The crop without lines along its edges, their soft borders, and what lies outside them."""
    wiped = dark.copy()
    inked = dark >= max(_INKED * peak, _FAINTEST_INK / 2)
    for view, ink, least in ((wiped, inked, _BROKEN_RULE), (wiped.T, inked.T, _RULE)):
        lines = ink.mean(axis=1) >= least
        edge = max(2, int(_EDGE * min(dark.shape)))
        before, behind = np.flatnonzero(lines[:edge]), np.flatnonzero(lines[::-1][:edge])
        if len(before):
            view[: before[-1] + 1 + _SOFT] = 0
        if len(behind):
            view[len(view) - behind[-1] - 1 - _SOFT :] = 0
    return wiped


def _find_text(rows: _Rows, digit_height: float) -> tuple[float, float]:
    """The middle of the text and the height of its digits, in rows of the crop; the crop's middle where it is empty.

    The text stands where as many rows as a digit has hold the most ink, the middle of the crop preferred.
    """
    count = len(rows.ink)
    ink = rows.ink.astype(np.float64)
    for run in rows.runs:
        if rows.touches(run) and run[1] - run[0] < _THIN * digit_height:
            ink[slice(*run)] = 0
    if not ink.any():
        return count / 2, digit_height
    high = max(1, min(count, round(digit_height)))
    sums = np.convolve(ink, np.ones(high), "valid")
    sums *= 1 - _OFF_MIDDLE * np.abs(np.arange(len(sums)) + (high - count) / 2) / count
    top = int(sums.argmax())
    inked = top + np.flatnonzero(ink[top : top + high])
    middle = (int(inked[0]) + int(inked[-1]) + 1) / 2
    own = next((float(b - a) for a, b in rows.runs if a <= middle < b), 0.0)
    return middle, own if digit_height / _SPREAD <= own <= digit_height * _SPREAD else digit_height


def _rows_between(dark: Crop, top: int, bottom: int) -> Crop:
    """The rows from `top` to `bottom` (exclusive); what lies outside the crop is paper."""
    inside = dark[max(0, top) : max(0, min(len(dark), bottom))]
    over = (max(0, -top), max(0, bottom - len(dark)))
    return np.asarray(cv2.copyMakeBorder(inside, *over, 0, 0, cv2.BORDER_CONSTANT), np.uint8)


def _columns_around_ink(strip: Strip) -> Strip:
    """The strip itself, or of one that is too wide the part with the most ink."""
    width = strip.shape[1]
    if width <= WIDEST_STRIP:
        return strip
    sums = np.concatenate(([0.0], np.cumsum(strip.sum(axis=0))))
    start = int(np.argmax(sums[WIDEST_STRIP:] - sums[:-WIDEST_STRIP]))
    return strip[:, start : start + WIDEST_STRIP]
