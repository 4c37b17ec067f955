"""Tables ruled between their rows alone: their columns are told by the paper that parts what stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extract.pages.image.ink import Ink
from extract.pages.image.lattice import Lattice, edges_to_lattice, rule_to_edge
from extract.pages.image.lines import DARK
from extract.pages.image.rules import Rule
from extract.pages.image.traces import trace_lines
from extract.pages.pdf.drawing import Edge
from extract.pages.pdf.edges import join_edges
from extract.quick import record

_LONG = 90.0  # points of a rule that is no stroke in a line of text
_WIDE = 0.9  # share of its table's width that a rule has which runs all across
_TALLEST = 60.0  # points of a row, between two rules
_BROKEN = 0.1  # share of the rules of a page that are in pieces, at most: else those between columns were not seen
_SHARED = 0.8  # share of the shorter one's length that two rules of a table have in common
_FEWEST_ROWS = 3
_AT_RULE = 2.0  # points from a rule in which its own ink lies
_LEAST_INK = 0.5  # points of ink in a row's column of pixels that are no speck
_GAP = 6.0  # points of paper that part two columns
_FULL = 0.6  # share of the most texts in a row that one has which tells the columns
_CROSSED = 0.1  # share of these rows in which print may stand between two columns
_OFF_MIDDLE = 0.12  # share of its height by which the print of a row stands off its middle, at most; a heading stands
# nearer to the table that it heads
_STACKED, _FEWEST_BESIDE = 2, 4  # lines of numbers in a row, and columns that have them, by which rules were lost
_NARROW = 1.2  # widths of a line by its height, up to which most are numbers, not words
_LOWEST = 3.0  # points of a line that is no speck
_SAME_END = 2.0  # points by which the ends of two rules differ that end at one column
_FEWEST_ENDS = 2  # rules that end at a column
_BESIDE = 1.0  # points beside a column's border that are paper, and beside a rule that are its own
_OFF = 2.5  # points above and below a rule where print that crosses it stands
_DRAWN = 0.2  # share of a rule's length that is dark, at least, ...
_HALF, _ALL_BUT_SPECKS = 0.5, 97  # ... by that share of the darkness of this percentile


def find_sideless(ink: Ink, rules: Sequence[Rule], found: Sequence[Lattice], unit: float) -> list[Lattice]:
    """The tables of a page without rules between their columns, but for what lies in those `found`.

    `unit` is pixels a point.
    """
    edges = [rule_to_edge(rule, unit) for rule in rules if rule.horizontal]
    edges = [edge for edge in edges if edge.end - edge.start >= _LONG and not is_taken(edge, found, unit)]
    edges = [edge for edge in edges if is_drawn(edge, ink, unit)]
    dark = ink > DARK
    rows = [edge for group in _groups(join_edges(edges)) for edge in _lengthened(group, dark, unit)]
    if len(edges) - len(rows) > _BROKEN * len(rows) or len(_heights(rows)) < (1 - _BROKEN) * len(rows):
        return []
    tables = [table for group in _groups(rows) for table in _without_headings(group, dark, unit)]
    lattices = [_to_lattice(table, ink, dark, unit) for table in tables if len(table) > _FEWEST_ROWS]
    return [lattice for lattice in lattices if lattice]


def rules_within(rules: Sequence[Rule], lattices: Sequence[Lattice], unit: float) -> list[Rule]:
    """The horizontal rules of these grids, between their outermost vertical ones."""
    near = _AT_RULE * unit
    return [
        Rule(horizontal=True, start=start, end=end, at=rule.across((start + end) / 2), slope=rule.slope)
        for x0, y0, x1, y1 in (own.box for own in lattices)
        for rule in rules
        for start, end in [(max(rule.start, x0 + near), min(rule.end, x1 - near))]
        if rule.horizontal and y0 - near <= rule.at <= y1 + near and start < end
    ]


def _heights(rows: Sequence[Edge]) -> list[float]:
    """Where rules lie, pieces of one counted once."""
    ats = sorted(edge.at for edge in rows)
    return [at for k, at in enumerate(ats) if k == 0 or at - ats[k - 1] > _AT_RULE]


def is_taken(edge: Edge, found: Sequence[Lattice], unit: float) -> bool:
    """Whether a rule lies within one of the tables."""
    at, middle = edge.at * unit, (edge.start + edge.end) / 2 * unit
    near = _AT_RULE * unit
    return any(x0 <= middle <= x1 and y0 - near <= at <= y1 + near for x0, y0, x1, y1 in (own.box for own in found))


def is_drawn(edge: Edge, ink: Ink, unit: float) -> bool:
    """Whether there is ink along the line, and no print across it: the tops of numbers in a row are dark at their
    middles alone, and the strokes of a heading go on above and below.
    """
    along = _strip(ink, edge.at, 0.0, (edge.start, edge.end), unit)
    if not along.size or _crossed(ink > DARK, edge.at, (edge.start, edge.end), unit) > _CROSSED:
        return False
    darkest = along.max(axis=0)
    return float(np.mean(darkest > _HALF * np.percentile(darkest, _ALL_BUT_SPECKS))) >= _DRAWN


def _strip(page: NDArray[Any], at: float, off: float, across: tuple[float, float], unit: float) -> NDArray[Any]:
    """The pixels of a line `off` points below, as thick as a rule and what blurs it."""
    top, bottom = round((at + off - _BESIDE) * unit), round((at + off + _BESIDE) * unit) + 1
    return page[max(0, top) : max(0, bottom), round(across[0] * unit) : round(across[1] * unit)]


def _crossed(dark: NDArray[np.bool_], at: float, across: tuple[float, float], unit: float) -> float:
    """The share of a line's length over which something is printed both above and below."""
    above, below = (_strip(dark, at, off, across, unit).any(axis=0) for off in (-_OFF, _OFF))
    return float(np.mean(above & below)) if above.size and above.shape == below.shape else 0.0


def _lengthened(group: Sequence[Edge], dark: NDArray[np.bool_], unit: float) -> list[Edge]:
    """The rules, those of which both ends are missing as long as the shorter one of their neighbours, where no print
    is in the way: below a shaded row the rest of a rule is not seen.
    """
    longer = [*group[:1]]
    for above, edge, below in zip(group, group[1:], group[2:], strict=False):
        start, end = max(above.start, below.start), min(above.end, below.end)
        is_piece = start + _SAME_END < edge.start and edge.end < end - _SAME_END
        is_free = is_piece and _crossed(dark, edge.at, (start, end), unit) <= _CROSSED
        longer.append(Edge(edge.horizontal, edge.at, start, end) if is_free else edge)
    return [*longer, *group[-1:]] if len(group) > 1 else longer


def _groups(edges: Sequence[Edge]) -> list[list[Edge]]:
    """Rules one right below the other and as wide as one."""
    groups: list[list[Edge]] = []
    for edge in sorted(edges, key=lambda own: own.at):
        last = groups[-1] if groups else []
        start, end = _extent(last) if last else (0.0, 0.0)
        shared = min(edge.end, end) - max(edge.start, start)
        if last and edge.at - last[-1].at <= _TALLEST and shared >= _SHARED * min(edge.end - edge.start, end - start):
            last.append(edge)
        else:
            groups.append([edge])
    return groups


def _extent(edges: Sequence[Edge]) -> tuple[float, float]:
    return min(edge.start for edge in edges), max(edge.end for edge in edges)


def _without_headings(group: Sequence[Edge], dark: NDArray[np.bool_], unit: float) -> list[list[Edge]]:
    """The tables that follow one another, with a heading between the last rule of one and the first of the next."""
    start, end = _extent(group)
    tables = [[group[0]]]
    for above, below in pairwise(group):
        whole = all(edge.end - edge.start >= _WIDE * (end - start) for edge in (above, below))
        rows = np.nonzero(_between(dark, (above.at, below.at), (start, end), unit).any(axis=1))[0]
        middle = (rows[0] + rows[-1] + 1) / 2 / unit + _AT_RULE if len(rows) else 0.0
        height = below.at - above.at
        if whole and len(rows) and abs(middle - height / 2) > _OFF_MIDDLE * height:
            tables.append([])
        tables[-1].append(below)
    return tables


def _between(
    dark: NDArray[np.bool_], rows: tuple[float, float], columns: tuple[float, float], unit: float
) -> NDArray[np.bool_]:
    """What is printed between two rules (points)."""
    top, bottom = round((rows[0] + _AT_RULE) * unit), round((rows[1] - _AT_RULE) * unit)
    return dark[max(0, top) : max(top, bottom, 1), max(0, round(columns[0] * unit)) : round(columns[1] * unit)]


def _to_lattice(table: Sequence[Edge], ink: Ink, dark: NDArray[np.bool_], unit: float) -> Lattice | None:
    start, end = _extent(table)
    ys = sorted({edge.at for edge in table})
    bands = [(a, b) for a, b in pairwise(ys) if b - a > 2 * _AT_RULE]
    printed = [_between(dark, band, (start, end), unit).sum(axis=0) > _LEAST_INK * unit for band in bands]
    if len(bands) < _FEWEST_ROWS:
        return None
    ends = _shared_ends(table, start, end)
    inner = [*ends, *((a + b) / 2 for a, b in _gaps(printed, unit) if not any(a <= x <= b for x in ends))]
    borders = [start + x for x in sorted([0.0, *inner, end - start])]
    if lost := [edge for band in bands for edge in _lost_rules(dark, band, borders, unit)]:
        return _to_lattice([*table, *lost], ink, dark, unit)
    downs = [
        Edge(False, start + x, *band)
        for band, own in zip(bands, (_closed(own, unit) for own in printed), strict=True)
        for x in (0.0, *inner, end - start)
        if x in (0.0, end - start) or not own[round((x - _BESIDE) * unit) : round((x + _BESIDE) * unit) + 1].any()
    ]
    x0, y0 = max(0, int((start - _AT_RULE) * unit)), max(0, int((ys[0] - _AT_RULE) * unit))
    part = np.ascontiguousarray(ink[y0 : int((ys[-1] + _AT_RULE) * unit) + 1, x0 : int((end + _AT_RULE) * unit) + 1])
    moved = [*(_moved(edge, x0 / unit, y0 / unit) for edge in [*table, *join_edges(downs)])]
    return edges_to_lattice(moved, (trace_lines(part, unit, horizontal=True), []), (x0, y0), unit) if inner else None


def _lost_rules(
    dark: NDArray[np.bool_], band: tuple[float, float], borders: Sequence[float], unit: float
) -> list[Edge]:
    """Rules between lines of numbers that stand side by side in one row: they belong to several rows."""
    columns = list(pairwise(borders))
    lines = [_stacked(_between(dark, band, column, unit), unit) for column in columns]
    last = lines[-1]
    if len(last) < _STACKED:
        return []
    first = len(columns) - 1
    while first and _are_beside(lines[first - 1], last):
        first -= 1
    own = [line for column in lines[first:] for line in column]
    if len(columns) - first < _FEWEST_BESIDE or np.median([line.width / line.height for line in own]) > _NARROW:
        return []
    ats = [band[0] + _AT_RULE + (above.bottom + below.top) / 2 for above, below in pairwise(last)]
    rules = []
    for at in ats:
        left = first
        while left and not _strip(dark, at, 0.0, columns[left - 1], unit).any():
            left -= 1
        rules.append(Edge(True, at, borders[left], borders[-1]))
    return rules


@record
class _Stacked:
    """A line of print in a column of a row, in points from the row's top."""

    top: float
    bottom: float
    width: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


def _stacked(own: NDArray[np.bool_], unit: float) -> list[_Stacked]:
    """The lines of print, one below the other, specks left out."""
    found = []
    for top, bottom in _runs(np.asarray(own.any(axis=1))):
        across = np.nonzero(own[top:bottom].any(axis=0))[0]
        if bottom - top >= _LOWEST * unit:
            found.append(_Stacked(top / unit, bottom / unit, float(across[-1] - across[0] + 1) / unit))
    return found


def _are_beside(lines: Sequence[_Stacked], others: Sequence[_Stacked]) -> bool:
    return len(lines) == len(others) and all(
        abs(line.bottom - other.bottom) <= _SAME_END for line, other in zip(lines, others, strict=True)
    )


def _moved(edge: Edge, x: float, y: float) -> Edge:
    along, across = (x, y) if edge.horizontal else (y, x)
    return Edge(edge.horizontal, edge.at - across, edge.start - along, edge.end - along)


def _gaps(printed: Sequence[NDArray[np.bool_]], unit: float) -> list[tuple[float, float]]:
    """The gaps between columns, in points: nothing stands there in the rows with the most texts."""
    texts = [len(_runs(_closed(own, unit))) for own in printed]
    telling = [own for own, count in zip(printed, texts, strict=True) if count >= _FULL * max(texts)]
    free = np.mean(telling, axis=0) <= _CROSSED
    return [(a / unit, b / unit) for a, b in _runs(free) if b - a >= _GAP * unit and a > 0 and b < len(free)]


def _closed(own: NDArray[np.bool_], unit: float) -> NDArray[np.bool_]:
    """Print with its narrow gaps filled."""
    filled = own.copy()
    for a, b in _runs(~own):
        filled[a:b] = b - a < _GAP * unit
    return filled


def _runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Start and end of each run of True."""
    steps = np.diff(np.concatenate(([0], mask.astype(np.int8), [0])))
    return list(zip(np.nonzero(steps == 1)[0].tolist(), np.nonzero(steps == -1)[0].tolist(), strict=True))


def _shared_ends(table: Sequence[Edge], start: float, end: float) -> list[float]:
    """Where several rules end that do not run all across, in points from `start`: at the border of a column."""
    ends = sorted(x - start for edge in table for x in (edge.start, edge.end) if start + _GAP < x < end - _GAP)
    shared: list[float] = []
    for x in ends:
        near = [other for other in ends if abs(other - x) <= _SAME_END]
        if len(near) >= _FEWEST_ENDS and all(abs(x - other) > _GAP for other in shared):
            shared.append(float(np.median(near)))
    return shared
