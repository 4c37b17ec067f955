"""Prose that is set in two columns side by side, and is read down the left one first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.pages.pdf.heads import Range, begins_table
from extract.pages.pdf.words import Word, hull

Line = tuple[Word, ...]
_GUTTER = 1.2  # type sizes of paper between the columns; gaps within a line of prose are narrower
_MIDDLE = (0.4, 0.6)  # of the width of both columns, between which the gutter lies
_FEWEST = 3  # lines that go on behind the gutter
_PUNCTUATION = re.compile(r"[，。；、：]")
_PROSE = 0.5  # share of the lines of a column that hold a mark of punctuation


def split_columns(lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    """Runs of the lines in the order in which they are read: of prose in two columns each column is one."""
    runs: list[tuple[Line, ...]] = []
    start = k = 0
    while k < len(lines):
        end, gutter = _follow(lines, k)
        if gutter is not None and _is_prose(lines[k:end], sum(gutter) / 2):
            at = sum(gutter) / 2
            left = [tuple(word for word in line if word.x < at) for line in lines[k:end]]
            right = [tuple(word for word in line if word.x >= at) for line in lines[k:end]]
            runs += [tuple(lines[start:k]), tuple(filter(None, left)), tuple(filter(None, right))]
            start = k = end
        else:
            k += 1
    return [run for run in (*runs, tuple(lines[start:])) if run]


def _follow(lines: Sequence[Line], start: int) -> tuple[int, Range | None]:
    """The line behind those that leave the gutter free which line `start` has, and the gutter; None without one.

    A heading behind the last line that has both columns is no part of them.
    """
    gutter, end, last = _find_gap(lines[start], None), start + 1, start
    while gutter is not None and end < len(lines):
        free = _find_gap(lines[end], gutter)
        if free is None:
            break
        gutter, end = free, end + 1
    if gutter is not None:
        last = max(k for k in range(start, end) if _has_both(lines[k], sum(gutter) / 2))
    return next((k for k in range(last + 1, end) if begins_table(lines[k])), end), gutter


def _find_gap(line: Line, gutter: Range | None) -> Range | None:
    """The part of the gutter (of any, where None is given) that the line leaves free."""
    size = line[0].size
    gaps = [(a.box[2], b.box[0]) for a, b in pairwise(line)]
    if gutter is not None:
        gaps = [(0.0, line[0].box[0]), *gaps, (line[-1].box[2], gutter[1])]
        gaps = [(max(x0, gutter[0]), min(x1, gutter[1])) for x0, x1 in gaps]
    wide = [gap for gap in gaps if gap[1] - gap[0] > _GUTTER * size]
    return wide[0] if len(wide) == 1 else None


def _has_both(line: Line, at: float) -> bool:
    return line[0].x < at < line[-1].x


def _is_prose(lines: Sequence[Line], at: float) -> bool:
    """Whether what stands on both sides of the middle of the gutter is prose."""
    box = hull(word.box for line in lines for word in line)
    if not _MIDDLE[0] < (at - box[0]) / (box[2] - box[0]) < _MIDDLE[1]:
        return False
    both = [line for line in lines if _has_both(line, at)]
    marked = [
        sum(any(_PUNCTUATION.search(word.text) for word in line if (word.x < at) == left) for line in both)
        for left in (True, False)
    ]
    return len(both) >= _FEWEST and min(marked) >= _PROSE * len(both)
