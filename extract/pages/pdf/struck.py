"""Text that is struck through is no longer meant: it is left out, and the line through it is no ruling."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence

from extract.pages.pdf.drawing import Edge, Glyph

_BUCKET = 2.0  # points
_MIDDLE = 0.34  # type sizes above the baseline at which a line strikes text through
_OFF = 0.16  # type sizes that it may lie higher or lower; an underline and the rules of a table lie farther off
_TOUCH = 1.0  # points between the end of a rule and the one that it reaches
_BEYOND = 0.35  # type sizes that it may stand out; a rule that crosses text by accident is longer


def drop_struck(glyphs: Sequence[Glyph], edges: Sequence[Edge]) -> tuple[tuple[Glyph, ...], tuple[Edge, ...]]:
    """The characters and edges of a page without struck text and the lines that strike it."""
    rows: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in sorted(glyphs, key=lambda glyph: glyph.x):
        rows[int(_middle(glyph) // _BUCKET)].append(glyph)
    places = {row: [glyph.x for glyph in own] for row, own in rows.items()}
    sides = sorted((edge for edge in edges if not edge.horizontal), key=_at)
    struck: set[int] = set()
    strikes: set[int] = set()
    for edge in edges:
        if not edge.horizontal:
            continue
        row = int(edge.at // _BUCKET)
        covered = [
            glyph
            for k in (row - 1, row, row + 1)
            if (own := places.get(k))
            for glyph in rows[k][bisect_left(own, edge.start - 1) : bisect_right(own, edge.end + 1)]
            if _is_crossed(glyph, edge)
        ]
        if covered and _spans(covered, edge) and not _parts_cells(edge, sides):
            struck.update(map(id, covered))
            strikes.add(id(edge))
    if not struck:
        return tuple(glyphs), tuple(edges)
    kept = tuple(glyph for glyph in glyphs if id(glyph) not in struck)
    return kept, tuple(edge for edge in edges if id(edge) not in strikes)


def _middle(glyph: Glyph) -> float:
    return glyph.base - _MIDDLE * glyph.size


def _is_crossed(glyph: Glyph, edge: Edge) -> bool:
    """Whether the edge lies at the height of the middle of a character."""
    return abs(_middle(glyph) - edge.at) <= _OFF * glyph.size


def _spans(glyphs: Sequence[Glyph], edge: Edge) -> bool:
    """Whether the edge is as long as the characters that it crosses."""
    beyond = _BEYOND * glyphs[0].size
    left, right = min(glyph.box[0] for glyph in glyphs), max(glyph.box[2] for glyph in glyphs)
    return abs(edge.start - left) <= beyond and abs(edge.end - right) <= beyond


def _parts_cells(edge: Edge, sides: Sequence[Edge]) -> bool:
    """Whether the edge reaches from one upright rule to another, as the rule below a cell that is drawn by itself does.

    `sides` are the upright rules of the page from left to right.
    """
    return all(
        any(
            side.start - _TOUCH <= edge.at <= side.end + _TOUCH
            for side in sides[bisect_left(sides, end - _TOUCH, key=_at) : bisect_right(sides, end + _TOUCH, key=_at)]
        )
        for end in (edge.start, edge.end)
    )


def _at(edge: Edge) -> float:
    return edge.at
