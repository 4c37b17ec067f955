"""Ruled lines of a page → its tables as grids. What is a line is decided for the whole table, never for one row.

A candidate line is followed across the table; then each step of it between two crossing lines is a wall or none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from extract.pages.image.ink import Ink
from extract.pages.image.rules import Rule, ridges
from extract.pages.pdf.drawing import Edge
from extract.pages.pdf.edges import join_edges, touching_groups
from extract.pages.pdf.grid import Cell, Grid, group_to_grid

_NARROWEST_TABLE = 100.0  # points
_MARGIN = 5.0  # points around a table that belong to its picture
_APART = 4.0  # points between two lines at least
_ACROSS_LEAST = 0.12  # share of the table's width that a horizontal line covers
_DOWN_LEAST = 11.0  # points of the table's height that a vertical line covers
_BAND = 40.0  # points of line that are followed at a time
_DRIFT = 1.5  # points that a line may stray from band to band
_BESIDE = 2.3  # points from a line to where its surroundings are measured
_SMOOTH = (4.0, 2.5)  # points over which a horizontal and a vertical line are smoothed: dotted rules have gaps
_FAINTEST = 0.05  # ink of the faintest rule, averaged along a wall
_HOLDS = 0.4  # share of the table's usual darkness that a wall has ...
_COVERED = 0.82  # ... over that share of its length
_LIGHT_BESIDE = 0.5  # share of its ink that there may be beside it
_PAPER_BESIDE, _EVEN = 0.32, 0.15  # share of its ink beside a long run of rule, and by how much its darkness spreads
_FIRM = 0.2  # share of the table's height along which a line is ruled that is no arc or stroke
_FEWEST_STEPS = 3  # and so many steps
_DARKEST = 2.0  # times the usual darkness
_BEND = 0.55  # points that the thirds of a step of rule may lie apart
_RUN, _LONG_RUN = 24.0, 90.0  # points of a run of horizontal rule, and of one longer than any in a line of text
_ENDLESS = 200.0  # points of a run that no line of text is dark all along
_CLEAN = 0.18  # share of its ink beside a shorter one
_END = 1.2  # points at both ends of a wall where the crossing line is

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Line:
    """A line followed through the picture: `across[k]` is where it lies at pixel k along it."""

    across: npt.NDArray[np.float32]
    at: float  # the median of it


@dataclass(frozen=True, slots=True)
class Profile:
    """The ink on a line and at both sides of it, each of shape (length,)."""

    line: Line
    on: Ink
    before: Ink
    after: Ink
    certain: bool  # it is a rule in most of the table

    def beside(self, span: slice) -> float:
        """Ink beside it, as a share of that on it."""
        return float((self.before[span] + self.after[span]).mean()) / 2 / max(1e-6, float(self.on[span].mean()))

    def on_lighter_side(self, span: slice) -> float:
        """The same on the side where less is printed."""
        least = min(float(self.before[span].mean()), float(self.after[span].mean()))
        return least / max(1e-6, float(self.on[span].mean()))


@dataclass(frozen=True, slots=True)
class Lattice:
    """A table of the page. The grid is in points of the page; `downs` and `acrosses` lie at grid.xs and grid.ys."""

    grid: Grid
    boxes: tuple[tuple[int, int, int, int], ...]  # of grid.cells, inside their rules: x0, y0, x1, y1 in pixels
    box: tuple[float, float, float, float]  # the table, in pixels


def find_lattices(ink: Ink, rules: Sequence[Rule], unit: float) -> list[Lattice]:
    """The ruled tables of a page from top to bottom. `unit` is pixels a point."""
    edges = [_to_edge(rule, unit) for rule in rules]
    groups = touching_groups(edges)
    lattices = [lattice for group in groups for lattice in _group_to_lattices(group, ink, unit)]
    return sorted(_drop_inner(lattices), key=lambda lattice: lattice.box[1])


def _to_edge(rule: Rule, unit: float) -> Edge:
    return Edge(rule.horizontal, rule.at / unit, rule.start / unit, rule.end / unit)


def _drop_inner(lattices: list[Lattice]) -> list[Lattice]:
    """Without tables that lie in another."""
    return [
        own
        for own in lattices
        if not any(
            other is not own
            and other.box[0] <= own.box[0]
            and other.box[1] <= own.box[1]
            and own.box[2] <= other.box[2]
            and own.box[3] <= other.box[3]
            for other in lattices
        )
    ]


def _group_to_lattices(group: Sequence[Edge], ink: Ink, unit: float, *, again: bool = True) -> list[Lattice]:
    """The tables in the hull of the pieces.

    What only seemed to join two of them is no wall when looked at closely; then each is looked at by itself.
    """
    hull = _hull(group)
    if hull is None or hull[2] - hull[0] < _NARROWEST_TABLE:
        return []
    x0, y0 = (max(0, int((value - _MARGIN) * unit)) for value in hull[:2])
    x1, y1 = (int((value + _MARGIN) * unit) + 1 for value in hull[2:])
    part = np.ascontiguousarray(ink[y0:y1, x0:x1])
    if min(part.shape) < 3 * _MARGIN * unit:
        return []
    lines = (_lines(part, unit, horizontal=True), _lines(part, unit, horizontal=False))
    groups = touching_groups(_walls(part, *lines, unit))
    if len(groups) > 1 and again:
        moved = [[_shifted(edge, x0 / unit, y0 / unit) for edge in own] for own in groups]
        return [lattice for own in moved for lattice in _group_to_lattices(own, ink, unit, again=False)]
    lattices = [_edges_to_lattice(edges, lines, (x0, y0), unit) for edges in groups]
    return [lattice for lattice in lattices if lattice and lattice.box[2] - lattice.box[0] >= _NARROWEST_TABLE * unit]


def _hull(group: Sequence[Edge]) -> tuple[float, float, float, float] | None:
    """x0, y0, x1, y1 in points; None where the pieces run in one direction only."""
    across, down = [edge for edge in group if edge.horizontal], [edge for edge in group if not edge.horizontal]
    if not across or not down:
        return None
    return (
        min(min(edge.start for edge in across), min(edge.at for edge in down)),
        min(min(edge.start for edge in down), min(edge.at for edge in across)),
        max(max(edge.end for edge in across), max(edge.at for edge in down)),
        max(max(edge.end for edge in down), max(edge.at for edge in across)),
    )


def _shifted(edge: Edge, x: float, y: float) -> Edge:
    along, across = (x, y) if edge.horizontal else (y, x)
    return Edge(edge.horizontal, edge.at + across, edge.start + along, edge.end + along)


# ---------------------------------------------------------------- candidate lines


def _lines(part: Ink, unit: float, *, horizontal: bool) -> list[Line]:
    """The lines that may be rules, in order, each followed through the table's picture."""
    response = ridges(part, unit, horizontal=horizontal, along=24.0 if horizontal else 10.0)
    response = response if horizontal else np.ascontiguousarray(response.T)
    least = _ACROSS_LEAST * response.shape[1] if horizontal else _DOWN_LEAST * unit
    support = _support(response)
    strength = np.clip(response, 0, 1).mean(axis=1)
    apart = max(2, round(_APART * unit / 2))
    score = support + strength * response.shape[1]
    bands = _bands(response, unit)
    taken = np.zeros(len(score), dtype=bool)
    found: list[Line] = []
    for at in np.argsort(-score):
        if support[at] < least or taken[at]:
            continue
        taken[max(0, at - 2 * apart) : at + 2 * apart + 1] = True
        across = _follow(bands, int(at), unit)
        line = Line(across, float(np.median(across)))
        if all(abs(line.at - other.at) > apart for other in found):
            found.append(line)
    return sorted(found, key=lambda line: line.at)


def _support(response: Ink) -> npt.NDArray[np.float32]:
    """Per place across: along how many pixels a line stands out there, give or take a pixel."""
    out = (response > _FAINTEST).astype(np.uint8)
    near = np.maximum.reduce([out, np.roll(out, 1, 0), np.roll(out, -1, 0)])
    crest = (response >= np.roll(response, 1, 0)) & (response >= np.roll(response, -1, 0)) & (out > 0)
    wide = np.maximum.reduce([crest, np.roll(crest, 1, 0), np.roll(crest, -1, 0)])
    return np.asarray((near.astype(bool) & wide).sum(axis=1), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class _Bands:
    """`means` is the response averaged over bands along the line, shape (n_across, n_bands); `borders` are theirs."""

    means: Ink
    borders: npt.NDArray[np.int64]


def _bands(response: Ink, unit: float) -> _Bands:
    length = response.shape[1]
    borders = np.linspace(0, length, max(1, round(length / (_BAND * unit))) + 1).astype(np.int64)
    parts = [response[:, a:b].mean(axis=1) for a, b in pairwise(borders)]
    return _Bands(np.stack(parts, axis=1), borders)


def _follow(bands: _Bands, at: int, unit: float) -> npt.NDArray[np.float32]:
    """The line through `at`, band by band from where it is clearest; shape (length,)."""
    means, borders = bands.means, bands.borders
    reach = max(1, round(_DRIFT * unit))
    start = int(np.argmax(means[max(0, at - reach) : at + reach + 1].max(axis=0)))
    places = np.zeros(means.shape[1])
    places[start] = _nearest_crest(means[:, start], float(at), reach)
    for band in range(start + 1, len(places)):
        places[band] = _nearest_crest(means[:, band], places[band - 1], reach)
    for band in range(start - 1, -1, -1):
        places[band] = _nearest_crest(means[:, band], places[band + 1], reach)
    middles = (borders[:-1] + borders[1:]) / 2
    return np.interp(np.arange(borders[-1]), middles, places).astype(np.float32)


def _nearest_crest(profile: Any, at: float, reach: int) -> float:
    low = max(0, round(at) - reach)
    window = profile[low : round(at) + reach + 1]
    best = int(np.argmax(window))
    if window[best] < _FAINTEST:
        return at
    around = np.maximum(window[max(0, best - 1) : best + 2], 0)
    places = np.arange(max(0, best - 1), max(0, best - 1) + len(around))
    return low + float((around * places).sum() / around.sum())


# ---------------------------------------------------------------- walls


def _walls(part: Ink, acrosses: list[Line], downs: list[Line], unit: float) -> list[Edge]:
    """Every step of a line that is ruled, as an edge in points of the table's picture.

    Horizontal lines are told by their long runs; verticals by reaching from one of these to the next.
    """
    turned = np.ascontiguousarray(part.T)
    tested_across = [_profile(part, line, unit, horizontal=True) for line in acrosses]
    tested_down = [_profile(turned, line, unit, horizontal=False) for line in downs]
    usual = _usual_darkness([*tested_across, *tested_down])
    rules = [own for own in tested_across if _long_runs(own, usual, unit) >= _ACROSS_LEAST * part.shape[1]]
    ys = _ends([own.line.at for own in rules], part.shape[0], unit)
    down_edges = [edge for own in tested_down for edge in _down_steps(own, ys, turned, (usual, unit))]
    xs = _ends([edge.at * unit for edge in down_edges], part.shape[1], unit)
    least = _ACROSS_LEAST * part.shape[1]
    across_edges = [replace(edge, horizontal=True) for own in rules for edge in _steps_of(own, xs, usual, unit, least)]
    return [*join_edges(across_edges), *join_edges(down_edges)]


def _down_steps(profile: Profile, ys: Sequence[float], ink: Ink, scales: tuple[float, float]) -> list[Edge]:
    """The steps of a vertical line; where few are even and straight, only these, and only those no darker than usual.

    The arc of a seal that stands upright bends; strokes of characters one below the other are uneven, and darker than
    faint rules. Beside a line that is one for sure there may be print. `scales` are the usual darkness and the pixels
    a point.
    """
    usual, unit = scales
    least = _DOWN_LEAST * unit
    even, alike = [], []
    for edge in _steps_of(profile, ys, usual, unit, least):
        span = (edge.start * unit, edge.end * unit)
        inside = _inside(span, unit)
        if _is_even(profile, inside) and _bend(profile.line, ink, span, unit) <= _BEND * unit:
            even.append(edge)
            if float(profile.on[inside].mean()) <= _DARKEST * usual:
                alike.append(edge)
    if len(even) < _FEWEST_STEPS or sum(edge.end - edge.start for edge in even) * unit <= _FIRM * ink.shape[1]:
        return alike
    return _steps_of(replace(profile, certain=True), ys, usual, unit, least)


def _inside(span: tuple[float, float], unit: float) -> slice:
    """A step without its ends, where it crosses other lines."""
    return slice(round(span[0] + _END * unit), round(span[1] - _END * unit))


def _bend(line: Line, ink: Ink, span: tuple[float, float], unit: float) -> float:
    """By how many pixels the thirds of a step lie apart across the line."""
    reach = max(2, round(_BESIDE * unit))
    borders = np.linspace(span[0] + _END * unit, span[1] - _END * unit, 4).astype(int)
    places = []
    for first, last in pairwise(borders):
        at = round(float(line.across[first:last].mean())) if last > first else round(line.at)
        low = max(0, at - reach)
        profile = ink[low : at + reach + 1, first : max(last, first + 1)].mean(axis=1)
        peak = np.nonzero(profile >= 0.8 * profile.max())[0]
        places.append(low + float(peak.mean()))
    return max(places) - min(places)


def _long_runs(profile: Profile, usual: float, unit: float) -> float:
    """Along how many pixels the line is ruled in runs that are longer than any stroke of a character."""
    dark = np.concatenate(([0], (profile.on > max(_FAINTEST, _HOLDS * usual)).astype(np.int8), [0]))
    starts, ends = np.nonzero(np.diff(dark) == 1)[0], np.nonzero(np.diff(dark) == -1)[0]
    runs = [slice(int(a), int(b)) for a, b in zip(starts, ends, strict=True) if b - a >= _RUN * unit]
    return float(sum(run.stop - run.start for run in runs if _is_clean(profile, run, unit)))


def _is_clean(profile: Profile, run: slice, unit: float) -> bool:
    """Whether there is paper beside a run of rule; print may stand near a run that is longer than any text's."""
    beside = profile.beside(run)
    length = (run.stop - run.start) / unit
    return beside <= _CLEAN or (beside <= _PAPER_BESIDE and length >= _LONG_RUN) or length >= _ENDLESS


def _is_even(profile: Profile, span: slice) -> bool:
    """Whether a step is a rule and not the strokes of text: evenly dark, with paper on both sides."""
    beside, own = profile.beside(span), profile.on[span]
    spread = float(own.std()) / max(1e-6, float(own.mean()))
    return beside <= _PAPER_BESIDE and (beside <= _PAPER_BESIDE / 2 or spread <= _EVEN)


def _ends(crossing: Sequence[float], length: int, unit: float) -> list[float]:
    """The crossing lines in order, between the ends of the table, which may be open there."""
    first, last = _MARGIN * unit, length - _MARGIN * unit
    return sorted({first, *crossing, last})


def _profile(ink: Ink, line: Line, unit: float, *, horizontal: bool) -> Profile:
    """What lies on the line and beside it, smoothed along it; `ink` is turned so that the line lies.

    A horizontal line is certain: long runs have shown it before.
    """
    along = np.arange(ink.shape[1])
    across = np.rint(line.across).astype(int)
    beside, near = max(2, round(_BESIDE * unit)), max(1, round(0.5 * unit))
    last = ink.shape[0] - 1
    on = np.maximum.reduce([ink[np.clip(across + shift, 0, last), along] for shift in range(-near, near + 1)])
    sides = [ink[np.clip(across + shift, 0, last), along] for shift in (-beside, beside)]
    window = np.ones(max(1, round(_SMOOTH[0 if horizontal else 1] * unit)), dtype=np.float32)
    window /= window.size
    first, second = (np.convolve(side, window, "same") for side in sides)
    return Profile(line, np.convolve(on, window, "same"), first, second, certain=horizontal)


def _usual_darkness(tested: Sequence[Profile]) -> float:
    """The darkness of the table's rules: that of the candidates that are dark nearly all along."""
    levels = []
    for profile in tested:
        middle = float(np.median(profile.on))
        whole = slice(0, len(profile.on))
        if middle > _FAINTEST and float((profile.on > 0.5 * middle).mean()) > 0.7 and profile.beside(whole) < 0.5:
            levels.append(middle)
    return float(np.median(levels)) if levels else 2 * _FAINTEST


def _steps_of(profile: Profile, borders: Sequence[float], usual: float, unit: float, least: float) -> list[Edge]:
    """The ruled steps of a line between its crossing lines; none where they make less than `least` pixels."""
    spans = [
        (a, b)
        for a, b in pairwise(borders)
        if b - a > 2 * _END * unit and _is_wall(profile, _inside((a, b), unit), usual)
    ]
    if sum(b - a for a, b in spans) < least:
        return []
    return [Edge(False, profile.line.at / unit, a / unit, b / unit) for a, b in spans]


def _is_wall(profile: Profile, inside: slice, usual: float) -> bool:
    """Whether the line is ruled from the one crossing line to the next."""
    own = profile.on[inside]
    if not len(own) or float(own.mean()) < max(_FAINTEST, _HOLDS * usual):
        return False
    beside = profile.on_lighter_side(inside) if profile.certain else profile.beside(inside)
    return bool((own > _HOLDS * usual).mean() >= _COVERED and beside <= _LIGHT_BESIDE)


# ---------------------------------------------------------------- grid


def _edges_to_lattice(
    edges: Sequence[Edge], lines: tuple[list[Line], list[Line]], corner: tuple[int, int], unit: float
) -> Lattice | None:
    grid = group_to_grid(edges) if edges else None
    if grid is None:
        return None
    ys = [_nearest(lines[0], y, unit) for y in grid.ys]
    xs = [_nearest(lines[1], x, unit) for x in grid.xs]
    boxes = tuple(_cell_box(cell, (xs, ys), corner, unit) for cell in grid.cells)
    moved = Grid(
        tuple(x + corner[0] / unit for x in grid.xs),
        tuple(y + corner[1] / unit for y in grid.ys),
        grid.cells,
        grid.owner,
    )
    box = (moved.xs[0] * unit, moved.ys[0] * unit, moved.xs[-1] * unit, moved.ys[-1] * unit)
    return Lattice(moved, boxes, box)


def _nearest(lines: Sequence[Line], border: float, unit: float) -> Line | float:
    """The line at a border of the grid; the border itself, in pixels, where the table is open."""
    line = min(lines, key=lambda line: abs(line.at - border * unit), default=None)
    return line if line is not None and abs(line.at - border * unit) < 1.0 else border * unit


def _cell_box(
    cell: Cell, borders: tuple[Sequence[Line | float], Sequence[Line | float]], corner: tuple[int, int], unit: float
) -> tuple[int, int, int, int]:
    """The inside of a cell in pixels of the page, its rules left out."""
    xs, ys = borders
    x = (_at(xs[cell.column0]) + _at(xs[cell.column1])) / 2
    y = (_at(ys[cell.row0]) + _at(ys[cell.row1])) / 2
    inset = max(1.5, 1.1 * unit)
    x0, x1 = _at(xs[cell.column0], y) + inset, _at(xs[cell.column1], y) - inset
    y0, y1 = _at(ys[cell.row0], x) + inset, _at(ys[cell.row1], x) - inset
    return (
        round(x0) + corner[0],
        round(y0) + corner[1],
        max(round(x1), round(x0) + 1) + corner[0],
        max(round(y1), round(y0) + 1) + corner[1],
    )


def _at(border: Line | float, along: float | None = None) -> float:
    if isinstance(border, float):
        return border
    if along is None:
        return border.at
    return float(border.across[int(min(max(along, 0), len(border.across) - 1))])
