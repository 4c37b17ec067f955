"""A printed page → the row that fields were read from, drawn anew from the file's own characters and lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from extract.outputs.webpage.markup import Markup, join, tag
from extract.records import BBox, PrintedPage

_EDGE = 4.0  # pixels left beside the outermost character or line
_PLACES = 1  # decimals of a pixel


def draw_rows(page: PrintedPage, scale: float, upper: float, lower: float) -> tuple[Markup, float, float]:
    """(what the page prints between two heights, where it begins and ends across); all in pixels, `scale` a point.

    The drawing begins at its own upper left corner.
    """
    shown = [own for own in page.characters if upper <= (own[1][1] + own[1][3]) / 2 * scale <= lower]
    lines = [line for line in page.lines if line[1] * scale <= lower and line[3] * scale >= upper]
    boxes = [*(box for _, box, _ in shown), *lines]
    left = min((box[0] for box in boxes), default=0.0) * scale - _EDGE
    right = max((box[2] for box in boxes), default=page.width) * scale + _EDGE
    moved = [(text, _move(box, scale, left, upper), base * scale - upper) for text, box, base in shown]
    ruled = _ruled([_move(line, scale, left, upper) for line in lines], lower - upper)
    return join([ruled, *_texts(moved)]), left, right


def _move(box: BBox, scale: float, left: float, upper: float) -> BBox:
    return box[0] * scale - left, box[1] * scale - upper, box[2] * scale - left, box[3] * scale - upper


def _ruled(lines: Sequence[BBox], height: float) -> Markup:
    """All lines as one path, cut at the edges of the row."""
    parts = [f"M{_round(x0)} {_round(max(0.0, y0))}L{_round(x1)} {_round(min(height, y1))}" for x0, y0, x1, y1 in lines]
    return tag("path", d="".join(parts), stroke="#000", fill="none")


def _texts(characters: Sequence[tuple[str, BBox, float]]) -> Iterator[Markup]:
    """One element for each run of characters of one line and size, each character at its own place."""
    order = sorted(characters, key=lambda own: (_line_and_size(own), own[1][0]))
    for (base, size), run in groupby(order, key=_line_and_size):
        own = list(run)
        places = " ".join(_round(box[0]) for _, box, _ in own)
        yield tag("text", "".join(text[:1] for text, _, _ in own), x=places, y=_round(base), font_size=_round(size))


def _line_and_size(character: tuple[str, BBox, float]) -> tuple[float, float]:
    _, box, base = character
    return round(base, _PLACES), round(box[3] - box[1], _PLACES)


def _round(pixels: float) -> str:
    return f"{pixels:.{_PLACES}f}"
