"""Ink → boxes of text lines: on a page between its tables, and inside a cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from extract.pages.image.ink import Ink

PixelBox = tuple[int, int, int, int]
"""x0, y0, x1, y1 in pixels, ends exclusive."""

DARK = 0.33  # ink from which a pixel belongs to a stroke
_JOIN = 9.0  # points between two characters of a line
_LOWEST, _HIGHEST = 4.5, 48.0  # points of a line's height
_NARROWEST = 0.8  # points of a line's width: that of a thin 1 standing alone; a scratch has less
NARROW = 3.5  # points of width up to which a line is a digit, where it is no dirt
_SPECK = 0.9  # points: what is smaller both ways is dirt
_SAME_LINE = 0.5  # share of the lower of two boxes by which they overlap on one line
_REACH = 1.2  # heights of a line that its dots and commas lie from it at most
_LOWEST_INK = 1.2  # points of a band of ink in a cell; what is lower is left of a rule
_LOW = 4.0  # points of height below which ink is no line of text by itself
_TOUCH = 0.5  # heights by which the boxes of two words of a line may lie over one another: a colon, a bracket
_NEAR, _NEAR_PIECE = 0.5, 2.2  # points between two bands that are one line, and where one of them is a piece of it
_EMPTY_ROW = 0.6  # points of ink along a row of pixels up to which it parts two lines of a cell
_EDGE = 1.5  # points that remains of a rule reach into a cell
_SIDES = 4  # edges that a side must be long to have remains of a rule at it
_ALONG = 0.6  # share of a side along which ink at its edge is a rule's
_HIGHEST_JOINED = 20.0  # points of the higher of two bands that are one line
_IN_LINE, _FULL_ROW = (
    0.3,
    90,
)  # share of the ink of its fullest rows (percentile) that a row of pixels within a line has
_DIRT, _STRAYED = 0.4, 0.7  # heights of a line that a speck is wide and high at most, and lies from its print at least
_TAKEN = 30.0  # points of a line that ink may take which is higher than it
_STROKE = 0.4  # of its height that a stroke is wide at most, be it a 1 or a rule between cells, ...
_NUMBER = 3.0  # heights that a number is wide at most
_AS_HIGH = 1.15  # ... and times as high as its line, where it is a digit
_LONGEST_STROKE = 40.0  # points of a stroke of a character
_MOST_LINES = 400  # of a page; a page of noise has more


def find_text_lines(ink: Ink, unit: float) -> list[list[PixelBox]]:
    """The lines of a page from top to bottom, each as its words from left to right."""
    import cv2

    dark = (ink > DARK).astype(np.uint8)
    tall = _tall_ink(dark, unit)
    wide = max(3, round(_JOIN * unit))
    joined = cv2.morphologyEx(dark & ~tall, cv2.MORPH_CLOSE, np.ones((1, wide), np.uint8))
    joined = cv2.morphologyEx(joined, cv2.MORPH_CLOSE, np.ones((max(1, round(2 * unit)), 1), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    boxes = [
        box
        for k in range(1, count)
        for whole in [_to_box(stats[k])]
        for box in ([whole] if whole[3] - whole[1] <= _HIGHEST * unit else _bands(dark, labels, k, whole, unit))
    ]
    boxes = [box for box in boxes if max(box[2] - box[0], box[3] - box[1]) > 2 * _SPECK * unit]
    boxes = _absorb(boxes, unit)
    kept = [
        box
        for box in boxes
        if _LOWEST * unit <= box[3] - box[1] <= _HIGHEST * unit and box[2] - box[0] >= _NARROWEST * unit
    ]
    words = [box for line in words_to_lines(kept) for box in _without_strokes(line)]
    lines = words_to_lines(words)[:_MOST_LINES]  # a rule that went may have joined two
    return [_over_tall_ink(line, tall, unit) for line in lines] if tall.any() else lines


def _without_strokes(line: Sequence[PixelBox]) -> list[PixelBox]:
    """The words of a line but for strokes that are higher than its numbers, or words where it has none: rules between
    cells. A 1 is not.
    """
    shapes = [((x1 - x0) / (y1 - y0), y1 - y0) for x0, y0, x1, y1 in line]
    broader = [(shape, height) for shape, height in shapes if shape >= _STROKE]
    numbers = [height for shape, height in broader if shape <= _NUMBER]
    highest = max(numbers or [height for _, height in broader], default=0)
    return [box for box in line if box[3] - box[1] <= max(_AS_HIGH * highest, (box[2] - box[0]) / _STROKE)]


def without_long_strokes(ink: Ink, unit: float) -> Ink:
    """The ink without strokes that are longer than those of any character: rules, frames."""
    import cv2

    mask = (ink > DARK).astype(np.uint8)
    length = round(_LONGEST_STROKE * unit)
    across = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    down = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    rules = cv2.dilate(np.maximum(across, down), np.ones((3, 3), np.uint8))
    return np.asarray(np.where(rules > 0, 0, ink), dtype=np.float32)


def _bands(dark: Any, labels: Any, own: int, box: PixelBox, unit: float) -> list[PixelBox]:
    """The lines within ink that joins several of them, such as that of a seal: rows of pixels that have the most.

    Each reaches as far as its own ink: beyond it words of the same line may stand by themselves. `labels` has the
    number `own` where the ink is, gaps filled.
    """
    x0, y0, x1, y1 = box
    inked = dark[y0:y1, x0:x1] & (labels[y0:y1, x0:x1] == own)
    rows = inked.sum(axis=1)
    filled = np.concatenate(([False], rows > _IN_LINE * np.percentile(rows, _FULL_ROW), [False])).astype(np.int8)
    starts, ends = np.nonzero(np.diff(filled) == 1)[0], np.nonzero(np.diff(filled) == -1)[0]
    bands = _join_bands([(int(a), int(b)) for a, b in zip(starts, ends, strict=True)], unit)
    kept = [(a, b, np.nonzero(inked[a:b].any(axis=0))[0]) for a, b in bands if b - a >= _LOWEST * unit]
    return [(x0 + int(across[0]), y0 + a, x0 + int(across[-1]) + 1, y0 + b) for a, b, across in kept]


def _tall_ink(dark: Any, unit: float) -> Any:
    """1 where ink is connected that is higher than a line: a streak or a seal would join the lines that it crosses."""
    import cv2

    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    tall = (stats[:, 3] > _HIGHEST * unit).astype(np.uint8)
    tall[0] = 0
    return tall[labels]


def _over_tall_ink(line: Sequence[PixelBox], tall: Any, unit: float) -> list[PixelBox]:
    """The words of a line; two are one where tall ink took the characters between them."""
    words = [line[0]]
    for box in line[1:]:
        last = words[-1]
        top, bottom = min(last[1], box[1]), max(last[3], box[3])
        if box[0] - last[2] <= _TAKEN * unit and tall[top:bottom, last[2] : box[0]].any():
            words[-1] = (last[0], top, max(last[2], box[2]), bottom)
        else:
            words.append(box)
    return words


def _to_box(stat: Any) -> PixelBox:
    left, top, width, height = (int(value) for value in stat[:4])
    return left, top, left + width, top + height


def _absorb(boxes: list[PixelBox], unit: float) -> list[PixelBox]:
    """Small pieces (dots, commas, 一) become part of the line that they stand in."""
    large = sorted((box for box in boxes if box[3] - box[1] >= _LOWEST * unit), key=lambda box: box[1])
    small = [box for box in boxes if box[3] - box[1] < _LOWEST * unit]
    for piece in small:
        for k, box in enumerate(large):
            middle = (piece[1] + piece[3]) / 2
            reach = _REACH * (box[3] - box[1])
            if box[1] <= middle <= box[3] and box[0] - reach <= piece[2] and piece[0] <= box[2] + reach:
                large[k] = (min(box[0], piece[0]), box[1], max(box[2], piece[2]), box[3])
                break
    return large


def words_to_lines(boxes: Sequence[PixelBox]) -> list[list[PixelBox]]:
    """Lines from top to bottom of the boxes that stand side by side."""
    lines: list[list[PixelBox]] = []
    for box in sorted(boxes, key=lambda box: (box[1] + box[3]) / 2):
        for line in lines[-3:]:
            top, bottom = min(other[1] for other in line), max(other[3] for other in line)
            overlap = min(bottom, box[3]) - max(top, box[1])
            touch = _TOUCH * (box[3] - box[1])
            apart = all(box[0] >= other[2] - touch or box[2] <= other[0] + touch for other in line)
            if apart and overlap >= _SAME_LINE * min(bottom - top, box[3] - box[1]):
                line.append(box)
                break
        else:
            lines.append([box])
    return sorted((sorted(line) for line in lines), key=lambda line: min(box[1] for box in line))


def lines_in_cell(ink: Ink, unit: float) -> list[PixelBox]:
    """The boxes of the lines of text in a cell's picture, from top to bottom; none where it is empty."""
    mask = ink > DARK
    inner = _without_edges(mask, unit)
    filled = inner.sum(axis=1) > _EMPTY_ROW * unit
    padded = np.concatenate(([0], filled.astype(np.int8), [0]))
    starts, ends = np.nonzero(np.diff(padded) == 1)[0], np.nonzero(np.diff(padded) == -1)[0]
    bands = _join_bands([(int(a), int(b)) for a, b in zip(starts, ends, strict=True)], unit)
    boxes = []
    for top, bottom in bands:
        columns = np.nonzero(inner[top:bottom].any(axis=0))[0]
        if bottom - top >= _LOWEST_INK * unit and len(columns):
            start, end = _without_stray(inner[top:bottom], columns)
            boxes.append((start, top, end, bottom))
    return boxes


def _without_stray(line: Any, columns: Any) -> tuple[int, int]:
    """From the first to behind the last of the inked columns of a line, but for specks that lie apart at its ends."""
    height = len(line)
    groups = np.split(columns, np.nonzero(np.diff(columns) > _STRAYED * height)[0] + 1)
    printed = [
        own
        for own in groups
        if own[-1] + 1 - own[0] >= _DIRT * height or line[:, own].any(axis=1).sum() >= _DIRT * height
    ]
    groups = printed or groups
    return int(groups[0][0]), int(groups[-1][-1]) + 1


def _without_edges(mask: Any, unit: float) -> Any:
    """The mask without remains of rules: what touches its border along most of a side, or reaches no further in."""
    inner = mask.copy()
    reach = max(1, round(_EDGE * unit))
    for view in (inner, inner[::-1], inner.T, inner.T[::-1]):
        height, width = view.shape
        if width > _SIDES * reach and view[:reach].any(axis=0).mean() > _ALONG:
            view[:reach] = False
        elif height > _SIDES * reach:
            view[:reach, ~view[reach]] = False
    return inner


def _join_bands(bands: list[tuple[int, int]], unit: float) -> list[tuple[int, int]]:
    """Bands with next to nothing between them are one line: 二, 三, the dot of a semicolon, the pieces of a thin 7."""
    joined: list[tuple[int, int]] = []
    for top, bottom in bands:
        if joined:
            height = max(joined[-1][1] - joined[-1][0], bottom - top)
            low = min(joined[-1][1] - joined[-1][0], bottom - top) < _LOW * unit
            nearest = _NEAR_PIECE if low else _NEAR
            nearest = _LOW if height < _LOW * unit else nearest  # two that are low are no two lines
            if top - joined[-1][1] < nearest * unit and height < _HIGHEST_JOINED * unit:
                joined[-1] = (joined[-1][0], bottom)
                continue
        joined.append((top, bottom))
    return joined
