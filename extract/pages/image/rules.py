"""Ink → ruled lines: darkness is averaged along a line before anything is decided, so faint and dotted rules show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from extract.pages.image.ink import Ink
from extract.quick import record

_ALONG = 24.0  # points over which darkness is averaged along the line
_BESIDE = 3.0  # points from the line's middle to where its surroundings are measured
_FAINTEST = 0.03  # how much darker than its surroundings the faintest rule is
_SHORTEST = (40.0, 22.0)  # points of a horizontal and a vertical piece of rule
_GAP = 10.0  # points that a piece of rule may be interrupted
_THICKEST = 5.0  # points
_SMOOTH = 6.0  # points between the dots or dashes of a rule, at most
_HOLDS, _COVERED = 0.45, 0.85  # a rule has that share of its darkness over that share of its length
_DARKER = 75  # percentile of the ink of a piece that is dark in parts only: about its rules' darkness
_FEWEST_CRESTS, _ROUGH_SHARE = 10, 90  # crests that tell how rough a piece is, and the percentile of their distances
_LIGHT_BESIDE = 0.38  # and beside it at most that share of its ink


@record
class Rule:
    """A piece of ruled line in pixels: from `start` to `end`; across it lies at `at + slope * (p - middle)`.

    `rough`: by how many pixels a tenth of its crests lies off the curve through them: print drew them away.
    """

    horizontal: bool
    start: float
    end: float
    at: float
    slope: float
    rough: float = 0.0

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2

    @property
    def length(self) -> float:
        return self.end - self.start

    def across(self, along: float) -> float:
        return self.at + self.slope * (along - self.middle)


def ridges(ink: Ink, unit: float, *, horizontal: bool, along: float = _ALONG) -> Ink:
    """How much darker each pixel's stretch of line is than the stretches beside it. `unit` is pixels a point."""
    import cv2

    length, beside = max(5, round(along * unit)), max(2, round(_BESIDE * unit))
    size = (length, 1) if horizontal else (1, length)
    mean: Any = cv2.blur(ink, size, borderType=cv2.BORDER_REPLICATE)
    axis = 0 if horizontal else 1
    before, after = np.roll(mean, beside, axis), np.roll(mean, -beside, axis)
    return np.asarray(mean - (before + after) / 2, dtype=np.float32)


def find_rules(ink: Ink, unit: float, *, whole: bool = False) -> list[Rule]:
    """All pieces of rule of the page, horizontal and vertical; `whole`: only those that no gap parts, for their slopes.

    Rules of tables that stand close together, one below the other, are seen as one piece first, and then parted.
    """
    turned = {True: ink, False: np.ascontiguousarray(ink.T)}
    return [
        part
        for horizontal in (True, False)
        for rule in _find(ink, unit, horizontal)
        for part in _drawn_parts(turned[horizontal], rule, unit, whole=whole)
    ]


def _find(ink: Ink, unit: float, horizontal: bool) -> list[Rule]:
    """Pieces that may be rules."""
    import cv2

    response = ridges(ink, unit, horizontal=horizontal, along=_ALONG if horizontal else _ALONG / 2)
    if not horizontal:
        response = np.ascontiguousarray(response.T)
    mask = ((response > _FAINTEST) & _is_crest(response)).astype(np.uint8)
    mask = cv2.dilate(mask, np.ones((3, max(3, round(_GAP * unit))), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    shortest = _SHORTEST[0 if horizontal else 1] * unit
    grown = round(_GAP * unit)
    rules = []
    for k in range(1, count):
        left, top, width, height = stats[k][:4]
        if width - grown < shortest or height > width * 0.2 + _THICKEST * unit:
            continue
        part = response[top : top + height, left : left + width]
        own = labels[top : top + height, left : left + width] == k
        rules.append(_fit(part, own, (float(left), float(top)), horizontal))
    trim = (_ALONG if horizontal else _ALONG / 2) * unit / 4
    return [_trimmed(rule, trim) for rule in rules if rule.length > shortest]


def _drawn_parts(ink: Ink, rule: Rule, unit: float, *, whole: bool) -> list[Rule]:
    """The piece, or, where it is not dark all along, its parts that are; `ink` has the line horizontal."""
    if _is_drawn(ink, rule, unit):
        return [rule]
    if whole:
        return []
    centre, _ = line_profile(ink, rule, unit)
    dark = (centre > max(_FAINTEST, _HOLDS * float(np.percentile(centre, _DARKER)))).astype(np.int8)
    steps = np.diff(np.concatenate(([0], dark, [0])))
    ends = np.nonzero(steps == -1)[0]
    start, shortest = max(0, int(rule.start)), _SHORTEST[0 if rule.horizontal else 1] * unit
    parts = [
        _part_of(rule, float(start + a), float(start + b))
        for a, b in zip(np.nonzero(steps == 1)[0], ends, strict=True)
        if b - a > shortest
    ]
    return [part for part in parts if _is_drawn(ink, part, unit)]


def _part_of(rule: Rule, start: float, end: float) -> Rule:
    return Rule(rule.horizontal, start, end, rule.across((start + end) / 2), rule.slope)


def _is_drawn(ink: Ink, rule: Rule, unit: float) -> bool:
    """Whether the piece is dark all along and light beside; the strokes of a line of text are neither."""
    centre, beside = line_profile(ink, rule, unit)
    typical = float(np.median(centre))
    if typical <= _FAINTEST:
        return False
    covered = float((centre > _HOLDS * typical).mean())
    return covered >= _COVERED and float(beside.mean()) <= _LIGHT_BESIDE * float(centre.mean())


def line_profile(ink: Ink, rule: Rule, unit: float) -> tuple[Ink, Ink]:
    """(ink on the line, ink beside it), each smoothed along the line, shape (length,).

    `ink` has the line horizontal.
    """
    along = np.arange(max(0, int(rule.start)), min(ink.shape[1], int(rule.end) + 1))
    across = np.rint(rule.at + rule.slope * (along - rule.middle)).astype(int)
    beside = max(2, round(_BESIDE * unit))
    last = ink.shape[0] - 1
    rows = [ink[np.clip(across + shift, 0, last), along] for shift in (-1, 0, 1, -beside, beside)]
    window = np.ones(max(1, round(_SMOOTH * unit)), dtype=np.float32)
    window /= window.size
    centre, side = np.maximum.reduce(rows[:3]), (rows[3] + rows[4]) / 2
    return np.convolve(centre, window, "same"), np.convolve(side, window, "same")


def _is_crest(response: Ink) -> npt.NDArray[np.bool_]:
    """Whether a pixel is the darkest of its neighbours across the line."""
    above, below = np.roll(response, 1, 0), np.roll(response, -1, 0)
    return np.asarray((response >= above) & (response >= below), dtype=np.bool_)


def _fit(part: Ink, own: npt.NDArray[np.bool_], corner: tuple[float, float], horizontal: bool) -> Rule:
    """The straight line through a piece, each column's crest weighted by how dark it is."""
    weights = np.where(own, np.maximum(part, 0), 0)
    weights = np.where(weights >= weights.max(axis=0, keepdims=True) * 0.6, weights, 0)
    mass = weights.sum(axis=0)
    used = np.nonzero(mass > _FAINTEST)[0]
    if len(used) < 2:
        return Rule(horizontal, corner[0], corner[0], corner[1], 0.0)
    centres = (weights * np.arange(part.shape[0])[:, None]).sum(axis=0)[used] / mass[used]
    middle = (used[0] + used[-1]) / 2
    slope, at = np.polyfit(used - middle, centres, 1)
    start, end = corner[0] + used[0], corner[0] + used[-1] + 1
    return Rule(horizontal, start, end, corner[1] + float(at), float(slope), _roughness(used - middle, centres))


def _roughness(along: Any, centres: Any) -> float:
    """By how many pixels a tenth of the crests, at least, lies off the parabola through them: paper may be bent."""
    if len(along) < _FEWEST_CRESTS:
        return 0.0
    off = np.abs(centres - np.polyval(np.polyfit(along, centres, 2), along))
    return float(np.percentile(off, _ROUGH_SHARE))


def _trimmed(rule: Rule, by: float) -> Rule:
    """Without what the averaging added at its ends."""
    by = min(by, rule.length / 4)
    return Rule(rule.horizontal, rule.start + by, rule.end - by, rule.at, rule.slope, rule.rough)


def slopes(rules: Sequence[Rule], *, horizontal: bool, longest: float) -> tuple[float, float] | None:
    """(slope at 0, change of slope per pixel across) of `rules` of one direction so long; None where there are none."""
    own = [rule for rule in rules if rule.horizontal == horizontal and rule.length >= longest]
    if not own:
        return None
    at = np.array([rule.at for rule in own])
    slope = np.array([rule.slope for rule in own])
    weight = np.array([rule.length for rule in own])
    middle = np.median(np.repeat(slope, np.maximum(1, (weight / longest).astype(int))))
    return _line_through(at, slope, weight, float(middle))


def _line_through(at: Any, slope: Any, weight: Any, middle: float) -> tuple[float, float]:
    """A weighted line through slopes against places, stray ones left out twice."""
    kept = np.ones(len(at), dtype=bool)
    constant, change = middle, 0.0
    for _ in range(3):
        spread = at[kept].max() - at[kept].min() if kept.any() else 0.0
        if kept.sum() >= 3 and spread > 0:
            change, constant = np.polyfit(at[kept], slope[kept], 1, w=np.sqrt(weight[kept]))
        residual = np.abs(slope - constant - change * at)
        kept = residual <= max(0.002, 2.5 * float(np.median(residual)))
        if not kept.any():
            return middle, 0.0
    return float(constant), float(change)
