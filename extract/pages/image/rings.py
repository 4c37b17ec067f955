"""The ring of a round seal is wiped off the page: its arcs seem rules of tables, and strokes of what they cross."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extract.pages.image.ink import Grey, Ink
from extract.quick import record

_RADII = range(24, 78, 2)  # points; official seals are 38 to 50 mm wide, others may be smaller
_STEEP = 4.0  # grey levels a point from which the slope of ink is an edge
_LEAN = 0.05  # of its slope each way: the edges of rules are level or upright, and tell no circle
_VOTES = 2.5  # edges a point of radius that point at a circle's middle, at least: those of print are up to 1.6
_SAME = 16.0  # points by which the middles of two rings lie apart
_ON, _BESIDE = 1.5, 4.5  # points off a circle in which its ring lies, and where there is none any more
_DARKER, _COVERED = 12, 0.7  # grey levels by which a ring is darker than what is beside it, along this share of it
_STRAY = 3.0  # points that a ring may lie off its circle, as the sheet is bent or seen at an angle ...
_OFF = 1.0  # ... and that a place of it may lie off what the others tell
_EDGES = 0.2  # share of a ring's darkness that its soft edges have
_BLOCKS, _NEAR = 40, 3  # pieces of a ring, and how many at both sides of one tell how dark it is there ...
_USUAL = 75  # ... at most as dark as this percentile of all: print may lie along it
_UPRIGHT = 0.05  # of a turn at both sides of its uppermost place, and of the like, where rules may lie along it
_GRAIN = 6  # grey levels by which a ring's darkness differs from pixel to pixel
_LEAST_LIGHT = 0.4  # share of the light of what is below it that a ring lets through, at least
_THROUGH = 7.0  # points over which a stroke is drawn on through it


@record
class _Ring:
    """Where a ring lies, in pixels of the page: its middle (x, y), its radius and its darkness at equal steps of a
    turn, both of shape (steps,), and the share of that darkness at places across it, the middle one at its radius.
    """

    x: float
    y: float
    radius: NDArray[np.float32]
    level: NDArray[np.float32]
    profile: NDArray[np.float32]


def without_rings(flat: Grey, unit: float) -> Grey:
    """The page, its paper white, without the rings of seals; what they cross stays. `unit` is pixels a point."""
    wiped = flat
    for x, y, radius in find_circles(flat, unit):
        wiped = _wipe(wiped, _follow(wiped, (x * unit, y * unit, radius * unit), unit), unit)
    return wiped


def find_circles(flat: Grey, unit: float) -> list[tuple[float, float, float]]:
    """The middle and the radius (x, y, r) of each ring on the page, in points."""
    import cv2

    size = max(1, round(flat.shape[1] / unit)), max(1, round(flat.shape[0] / unit))
    dark = np.asarray(255 - cv2.resize(flat, size, interpolation=cv2.INTER_AREA), np.float32)
    found: list[tuple[float, float, float]] = []
    for _, x, y, radius in sorted(_vote(dark), reverse=True):
        apart = all(np.hypot(x - a, y - b) >= _SAME for a, b, _ in found)
        own = _true_radius(dark, x, y, radius)
        if apart and _is_ring(dark, x, y, own):
            found.append((x, y, own))
    return found


def _vote(dark: Ink) -> Iterator[tuple[float, float, float, float]]:
    """(votes, x, y, radius) of circles that many edges may belong to; `dark` has a pixel a point.

    Source: Hough's transform for circles with the slopes of edges (Kimme, Ballard, Sklansky 1975).
    """
    import cv2

    smooth = cv2.GaussianBlur(dark, (0, 0), 0.8)
    across, down = (cv2.Sobel(smooth, cv2.CV_32F, *order, scale=1 / 8) for order in ((1, 0), (0, 1)))
    steep = np.hypot(across, down)
    y, x = np.nonzero((steep > _STEEP) & (np.minimum(np.abs(across), np.abs(down)) > _LEAN * steep))
    towards = np.stack((across[y, x], down[y, x])) / steep[y, x]
    pad = _RADII.stop  # a seal may reach beyond the page
    rows, columns = dark.shape[0] + 2 * pad, dark.shape[1] + 2 * pad
    for radius in _RADII:
        away = np.multiply.outer((-radius, radius), towards)  # turns × 2 × edges
        places = np.rint(away + np.stack((x, y)) + pad).astype(np.int32)
        votes = np.bincount((places[:, 1] * columns + places[:, 0]).ravel(), minlength=rows * columns)
        near = cv2.boxFilter(votes.astype(np.float32).reshape(rows, columns), -1, (3, 3), normalize=False) / radius
        _, most, _, (left, top) = cv2.minMaxLoc(near)
        while most >= _VOTES:
            yield most, float(left - pad), float(top - pad), float(radius)
            cv2.circle(near, (left, top), 8, 0.0, cv2.FILLED)
            _, most, _, (left, top) = cv2.minMaxLoc(near)


def _true_radius(dark: Ink, x: float, y: float, radius: float) -> float:
    """The radius at which it is darkest near the one at which most edges are: those of a ring's one side."""
    rays = _rays(dark, (x, y), np.full(round(2 * np.pi * radius), radius, np.float32), _BESIDE)
    darkest = int(np.argmax(np.nan_to_num(rays).mean(axis=0)))
    return float(radius + darkest - rays.shape[1] // 2)


def _is_ring(dark: Ink, x: float, y: float, radius: float) -> bool:
    """Whether ink lies along the circle, with less at both sides of it, as far as it lies on the page."""
    rays = _rays(dark, (x, y), np.full(round(2 * np.pi * radius), radius, np.float32), _BESIDE)
    width = round(_ON)
    middle = rays.shape[1] // 2
    on = rays[:, middle - width : middle + width + 1].max(axis=1)
    seen = np.isfinite(on)
    beside = np.minimum(rays[:, 0], rays[:, -1])
    return bool(seen.any()) and float((on > beside + _DARKER)[seen].mean()) >= _COVERED


def _rays(dark: Ink, middle: tuple[float, float], radius: NDArray[np.float32], reach: float) -> Ink:
    """What lies along rays from the middle, from `reach` pixels before the radius of each to `reach` behind it; shape
    (rays, places). Not a number where that is not on the page.
    """
    import cv2

    turn = np.linspace(0, 2 * np.pi, len(radius), endpoint=False)
    away = radius[:, None] + np.arange(-round(reach), round(reach) + 1)[None, :]
    places = [middle[k] + away * own(turn)[:, None] for k, own in enumerate((np.cos, np.sin))]
    across, down = (np.asarray(own, np.float32) for own in places)
    rays = cv2.remap(dark, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    outside = (across < 0) | (across > dark.shape[1] - 1) | (down < 0) | (down > dark.shape[0] - 1)
    return np.where(outside, np.float32(np.nan), rays)


def _follow(flat: Grey, circle: tuple[float, float, float], unit: float) -> _Ring:
    """The ring near a circle, given in pixels."""
    x, y, radius = circle
    dark = np.asarray(255 - flat, np.float32)
    steps = round(2 * np.pi * radius)
    own = _rays(dark, (x, y), np.full(steps, radius, np.float32), _STRAY * unit)
    own = np.nan_to_num(own)
    places = radius + own.argmax(axis=1) - own.shape[1] // 2
    course = _smooth_course(places, own.max(axis=1), _OFF * unit)
    rays = _rays(dark, (x, y), course, (_STRAY + _OFF) * unit)
    profile = np.nanmedian(rays, axis=0)
    profile = np.clip((profile - profile.min()) / max(1.0, float(np.ptp(profile))), 0, 1)
    middle = len(profile) // 2
    drawn = np.nan_to_num(rays[:, middle - 1 : middle + 2]).max(axis=1)
    return _Ring(x, y, course, _levels(drawn), _widened(profile))


def _levels(drawn: Ink) -> NDArray[np.float32]:
    """How dark a ring is at each step, told by what is `drawn` around it there."""
    quarter = np.arange(len(drawn)) * 4 / len(drawn)
    told = np.where(np.abs(quarter - np.rint(quarter)) < 4 * _UPRIGHT, np.nan, drawn)
    blocks = np.array_split(told, _BLOCKS)
    near = range(-_NEAR, _NEAR + 1)
    levels = [float(np.nanmedian(np.concatenate([blocks[(k + d) % _BLOCKS] for d in near]))) for k in range(_BLOCKS)]
    most = float(np.percentile(levels, _USUAL))
    return np.repeat(np.minimum(levels, most), [len(block) for block in blocks]).astype(np.float32)


def _widened(profile: NDArray[Any]) -> NDArray[np.float32]:
    """The share of a ring's darkness at places across it, told a pixel broader; 0 from its edges on."""
    middle = len(profile) // 2
    light = np.nonzero(profile < _EDGES)[0] - middle
    first, last = light[light < 0].max(initial=-middle), light[light > 0].min(initial=middle)
    own = np.where(np.abs(np.arange(len(profile)) - middle - (first + last) / 2) < (last - first) / 2, profile, 0)
    padded = np.pad(own, 1)
    return np.asarray(np.maximum.reduce([padded[:-2], padded[1:-1], padded[2:]]), np.float32)


def _smooth_course(places: NDArray[Any], weights: NDArray[Any], off: float) -> NDArray[np.float32]:
    """The radius at each step, as that of an ellipse nearly: what the places tell but for those far off the rest."""
    turn = np.linspace(0, 2 * np.pi, len(places), endpoint=False)
    waves = np.stack([np.ones_like(turn), *(own(k * turn) for k in (1, 2) for own in (np.cos, np.sin))], axis=1)
    course = np.full(len(places), float(np.median(places)))
    for most in (3 * off, 2 * off, off):
        held = (np.abs(places - course) <= most) * weights
        course = waves @ np.linalg.lstsq(waves * held[:, None], places * held, rcond=None)[0]
    return np.asarray(course, np.float32)


def _wipe(flat: Grey, ring: _Ring, unit: float) -> Grey:
    """The page as it is below the ring, which lets through less light than the paper; strokes go on through it that are
    seen at both its sides.
    """
    import cv2

    middle = len(ring.profile) // 2
    reach = float(ring.radius.max()) + middle + _THROUGH * unit
    left, top = max(0, int(ring.x - reach)), max(0, int(ring.y - reach))
    own = flat[top : int(ring.y + reach) + 1, left : int(ring.x + reach) + 1]
    rows, columns = np.indices(own.shape, dtype=np.float32)
    across, down = columns + (left - ring.x), rows + (top - ring.y)
    steps = len(ring.radius)
    step = (np.arctan2(down, across) * (steps / (2 * np.pi))).astype(np.intp) % steps
    place = np.clip(np.rint(np.hypot(across, down) - ring.radius[step]).astype(np.intp) + middle, 0, 2 * middle)
    level = ring.level[step] * ring.profile[place]
    band = ring.profile[place] > 0
    dark = 255 - own
    lifted = np.clip((dark - level - _GRAIN) / np.maximum(1 - level / 255, _LEAST_LIGHT), 0, dark)
    outside = np.where(band, np.uint8(0), dark)
    long = 2 * round(_THROUGH * unit / 2) + 1
    through = [cv2.morphologyEx(outside, cv2.MORPH_CLOSE, np.ones(k, np.uint8)) for k in ((1, long), (long, 1))]
    rest = np.maximum(lifted, np.minimum(dark, np.maximum(*through)))
    wiped = flat.copy()
    wiped[top : top + own.shape[0], left : left + own.shape[1]] = np.where(band, 255 - rest, own).astype(np.uint8)
    return wiped
