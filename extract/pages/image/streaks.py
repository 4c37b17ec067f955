"""Streaks: dirt on a scanner's glass draws thin lines along the whole page, straight down or across the picture; a fold
of the sheet throws a broader shadow.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from extract.pages.image.ink import Grey, Ink
from extract.quick import record

_BLOCKS = 48  # of a streak's length: each tells how dark it is there, whatever is printed in it
_SEEN = 0.96  # share of the paper's light that a streak lets through, at most
_THROUGHOUT = 0.8  # share of the blocks in which it is seen: it may be faint or torn in some ...
_AT_ENDS = 0.75  # ... and of the outermost ones, where no table stands
_OUTERMOST = 4  # blocks at each end that are the outermost
_WIDEST = 1 / 250  # share of the page's short side that a streak is wide, at most
_BESIDE = 1 / 100  # share of it within which the paper beside a streak is looked for
_DARK = 60  # grey of the paper from which a block tells nothing: the copier's black edge, a desk
_TELLING = 0.5  # share of the blocks that tell something, at least
_MOST = 12  # streaks of a page; more lines are a pattern
_CROSSING = 3  # lines all across in both directions, from which they are the rules of a table that fills its picture
_LEAST_LIGHT = 0.2  # of the light: nothing is seen below a streak that lets less through
_BESIDE_OWN = 75  # percentile of the light that the columns beside a streak let through which it takes from them: where
# they are darker, a rule of a table stands there
_FOLD = (2.8, 15.0)  # points that the shadow of a fold is wide: no rule of a table is so thick
_MOST_FOLDS = 2  # of a page in each direction
_FEWEST_ROWS = 8  # pixels of a block: a smaller picture is no scanned page


def without_streaks(grey: Grey) -> Grey:
    """The page without its streaks; what is printed below them stays."""
    if min(grey.shape) < _FEWEST_ROWS * _BLOCKS:
        return grey
    turned = np.ascontiguousarray(grey.T)
    down, across = _lines(grey), _lines(turned)
    if min(len(down.spans), len(across.spans)) >= _CROSSING:
        return grey
    clean = _wiped(grey, down, _thin(down))
    return _wiped(np.ascontiguousarray(clean.T), across, _thin(across)).T if _thin(across) else clean


def without_folds(flat: Grey, unit: float) -> Grey:
    """The upright page without the shadows of its folds, which run from edge to edge, and without streaks that had been
    copied with it when it lay askew; what is printed below stays. `unit` is pixels a point.
    """
    if min(flat.shape) < _FEWEST_ROWS * _BLOCKS:
        return flat
    down, across = _lines(flat), _lines(np.ascontiguousarray(flat.T))
    ruled = min(len(down.spans), len(across.spans)) >= _CROSSING
    clean = _wiped(flat, down, sorted({*_folds(down, unit), *([] if ruled else _thin(down))}))
    dark = sorted({*_folds(across, unit), *([] if ruled else _thin(across))})
    return np.ascontiguousarray(_wiped(np.ascontiguousarray(clean.T), across, dark).T) if dark else clean


def _folds(lines: _Lines, unit: float) -> list[tuple[int, int]]:
    """The shadows of folds among the lines; none where so many are broad that they are none."""
    wide = [(a, b) for a, b in lines.spans if _FOLD[0] * unit <= b - a <= _FOLD[1] * unit]
    return wide if len(wide) <= _MOST_FOLDS else []


@record
class _Lines:
    """Lines all along the page: their first column and the one behind the last; how much of the light each column lets
    through, by blocks; how wide a streak is at most.
    """

    spans: tuple[tuple[int, int], ...]
    light: Ink
    widest: int


def _lines(grey: Grey) -> _Lines:
    light, telling = _light(grey)
    told = telling.sum(axis=0)
    seen = (light < _SEEN) & telling
    enough = told >= _TELLING * len(light)
    ends = np.concatenate([seen[:_OUTERMOST] | ~telling[:_OUTERMOST], seen[-_OUTERMOST:] | ~telling[-_OUTERMOST:]])
    dark = enough & (seen.sum(axis=0) >= _THROUGHOUT * told) & (ends.mean(axis=0) >= _AT_ENDS)
    steps = np.diff(np.concatenate(([0], dark.astype(np.int8), [0])))
    spans = zip(np.nonzero(steps == 1)[0].tolist(), np.nonzero(steps == -1)[0].tolist(), strict=True)
    widest = max(2, round(_WIDEST * min(grey.shape)))
    return _Lines(tuple((a, b) for a, b in spans if a > 0 and b < grey.shape[1]), light, widest)


def _thin(lines: _Lines) -> list[tuple[int, int]]:
    """The streaks among the lines; none where so many are thin that they are a pattern."""
    thin = [(a, b) for a, b in lines.spans if b - a <= lines.widest]
    return thin if len(thin) <= _MOST else []


def _light(grey: Grey) -> tuple[Ink, npt.NDArray[np.bool_]]:
    """(share of the light of the paper beside that each column lets through, by blocks; whether a block tells it)."""
    import cv2

    reach = max(3, round(_BESIDE * min(grey.shape)))
    borders = np.linspace(0, len(grey), _BLOCKS + 1).astype(int)
    blocks = [np.median(grey[a:b], axis=0) for a, b in pairwise(borders)]
    own = np.stack(blocks).astype(np.float32)
    window = np.ones((1, 2 * reach + 1), np.uint8)
    paper: Any = cv2.morphologyEx(own, cv2.MORPH_CLOSE, window)
    return np.asarray(own / np.maximum(paper, 1), dtype=np.float32), np.asarray(paper > _DARK, dtype=np.bool_)


def _wiped(grey: Grey, lines: _Lines, streaks: Sequence[tuple[int, int]]) -> Grey:
    """The page with the light given back that these streaks took, and that their soft sides took."""
    if not streaks:
        return grey
    out = grey.astype(np.float32)
    middles = (np.arange(_BLOCKS) + 0.5) * len(grey) / _BLOCKS
    for first, last in streaks:
        soft = last - first
        left, right = max(0, first - soft), min(grey.shape[1], last + soft)
        for column in range(left, right):
            light = lines.light[:, column]
            if not first <= column < last:
                light = np.maximum(light, np.percentile(light, _BESIDE_OWN))
            through = np.interp(np.arange(len(grey)), middles, light)
            out[:, column] /= np.clip(through, _LEAST_LIGHT, 1.0)
        if float(np.median(lines.light[:, first:last])) < _LEAST_LIGHT and left > 0 and right < grey.shape[1]:
            share = (np.arange(left, right) - left + 1) / (right - left + 1)
            out[:, left:right] = out[:, left - 1, None] * (1 - share) + out[:, right, None] * share
    return np.asarray(np.clip(out, 0, 255), dtype=np.uint8)
