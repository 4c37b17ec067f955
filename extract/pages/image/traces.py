"""A table's picture → the lines that may be its rules, each followed through the picture where it leans or bends."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from extract.pages.image.ink import Ink
from extract.pages.image.rules import ridges
from extract.quick import record
from extract.rules import load_rules

_APART = 2.0  # points between two lines, the stronger one first ...
_NEAR = 1.0  # ... and to a vertical in its shadow: the stronger one may be strokes of text
ACROSS_LEAST = 0.12
"""Share of the table's width that a horizontal line covers."""
DOWN_LEAST = 11.0
"""Points of the table's height that a vertical line covers."""
FAINTEST = 0.025
"""Ink of the faintest rule, averaged along it."""
_CLEAR = 0.05  # ink of an ordinary one: where two compete for a place, the clearer one is followed first


@record
class Line:
    """A line followed through the picture: `across[k]` is where it lies at pixel k along it.

    `shadowed`: a stronger one lies right beside it, which may be no rule.
    """

    across: npt.NDArray[np.float32]
    at: float  # the median of it
    shadowed: bool = False


def trace_lines(part: Ink, unit: float, *, horizontal: bool) -> list[Line]:
    """The lines that may be rules, in order. `unit` is pixels a point."""
    response = ridges(part, unit, horizontal=horizontal, along=24.0 if horizontal else 10.0)
    response = response if horizontal else np.ascontiguousarray(response.T)
    least = ACROSS_LEAST * response.shape[1] if horizontal else DOWN_LEAST * unit
    support = _support(response, FAINTEST)
    strength = np.clip(response, 0, 1).mean(axis=1)
    apart = max(2, round(_APART * unit))
    near = apart if horizontal else max(2, round(_NEAR * unit))
    score = _support(response, _CLEAR) + strength * response.shape[1]
    if horizontal:
        score = score * _drawn(part, response)
    bands = _bands(response, unit)
    taken = np.zeros(len(score), dtype=bool)
    found: list[Line] = []
    for at in np.argsort(-score):
        if support[at] < least or taken[at]:
            continue
        taken[max(0, at - near) : at + near + 1] = True
        across = _follow(bands, int(at), unit, straight=horizontal)
        if horizontal:
            across = _parted(across, found, unit)
        place = float(np.median(across))
        nearest = min((abs(place - other.at) for other in found), default=np.inf)
        if nearest > near:
            found.append(Line(across, place, shadowed=nearest <= apart))
    return sorted(found, key=lambda line: line.at)


def _support(response: Ink, faintest: float) -> npt.NDArray[np.float32]:
    """Per place across: along how many pixels a line stands out there, give or take a pixel."""
    out = (response > faintest).astype(np.uint8)
    near = np.maximum.reduce([out, np.roll(out, 1, 0), np.roll(out, -1, 0)])
    crest = (response >= np.roll(response, 1, 0)) & (response >= np.roll(response, -1, 0)) & (out > 0)
    wide = np.maximum.reduce([crest, np.roll(crest, 1, 0), np.roll(crest, -1, 0)])
    return np.asarray((near.astype(bool) & wide).sum(axis=1), dtype=np.float32)


def _drawn(part: Ink, response: Ink) -> npt.NDArray[np.float32]:
    """Per place across: on which share of the pixels that a line stands out along there is ink.

    The upper ends of digits side by side stand out as a faint rule right above them does, but with paper between.
    """
    inked, lit = part > FAINTEST, response > _CLEAR
    near = np.logical_or.reduce([inked, np.roll(inked, 1, 0), np.roll(inked, -1, 0)])
    return np.asarray((near & lit).sum(axis=1) / np.maximum(1, lit.sum(axis=1)), dtype=np.float32)


@record
class _Bands:
    """`means` is the response averaged over bands along the line, shape (n_across, n_bands); `borders` are theirs."""

    means: Ink
    borders: npt.NDArray[np.int64]


def _bands(response: Ink, unit: float) -> _Bands:
    length = response.shape[1]
    borders = np.linspace(
        0, length, max(1, round(length / (load_rules("scans.toml")["follow"]["band"] * unit))) + 1
    ).astype(np.int64)
    parts = [response[:, a:b].mean(axis=1) for a, b in pairwise(borders)]
    return _Bands(np.stack(parts, axis=1), borders)


def _follow(bands: _Bands, at: int, unit: float, *, straight: bool) -> npt.NDArray[np.float32]:
    """The line through `at`, band by band from where it is clearest; shape (length,).

    A `straight` one from where it is as dark as usually, as print beside it may be darker; it goes on where it jumped.
    """
    means, borders, most = bands.means, bands.borders, load_rules("scans.toml")["follow"]
    reach = max(1, round(most["drift"] * unit))
    near = 1 if straight else reach
    own = means[max(0, at - near) : at + near + 1].max(axis=0)
    usual = float(np.median(own[own >= FAINTEST])) if straight and own.max() >= FAINTEST else float(own.max())
    start = int(np.argmin(np.abs(own - usual)))
    places = np.zeros(means.shape[1])
    places[start] = _nearest_crest(means[:, start], float(at), reach, FAINTEST)
    least = max(FAINTEST, most["alike"] * usual)
    for band in range(start + 1, len(places)):
        places[band] = _nearest_crest(means[:, band], places[band - 1], reach, least)
    for band in range(start - 1, -1, -1):
        places[band] = _nearest_crest(means[:, band], places[band + 1], reach, least)
    if straight:
        places = _without_jumps(places, start, most["jump"] * unit)
    middles = (borders[:-1] + borders[1:]) / 2
    return np.interp(np.arange(borders[-1]), middles, places).astype(np.float32)


def _without_jumps(places: npt.NDArray[np.float64], start: int, most: float) -> npt.NDArray[np.float64]:
    """The places in each band; where more than half of them follow that of the band `start` without a jump, the others
    lie in line with these.
    """
    pieces = np.split(np.arange(len(places)), np.nonzero(np.abs(np.diff(places)) > most)[0] + 1)
    own = next(piece for piece in pieces if start in piece)
    if len(own) == len(places) or 2 * len(own) <= len(places):
        return places
    every = np.arange(len(places))
    line = np.polyval(np.polyfit(own, places[own], 1), every)
    return np.where(np.isin(every, own), places, line)


def _parted(across: npt.NDArray[np.float32], found: list[Line], unit: float) -> npt.NDArray[np.float32]:
    """A horizontal; where it strayed into a stronger one, from the edge of a blot, it goes straight on instead."""
    joined = np.zeros(len(across), dtype=bool)
    for other in found:
        joined |= np.abs(across - other.across) <= load_rules("scans.toml")["follow"]["same"] * unit
    if not joined.any() or joined.all():
        return across
    along = np.arange(len(across))
    return np.interp(along, along[~joined], across[~joined]).astype(np.float32)


def _nearest_crest(profile: Any, at: float, reach: int, least: float) -> float:
    """Of the crests of at least that ink the one nearest to `at`: print beside a faint rule is darker than it."""
    low = max(0, round(at) - reach)
    window = profile[low : round(at) + reach + 1]
    crests = [k for k in range(len(window)) if window[k] >= least and window[k] >= window[max(0, k - 1) : k + 2].max()]
    if not crests:
        return at
    best = min(crests, key=lambda k: (abs(low + k - at), -window[k]))
    around = np.maximum(window[max(0, best - 1) : best + 2], 0)
    places = np.arange(max(0, best - 1), max(0, best - 1) + len(around))
    return low + float((around * places).sum() / around.sum())
