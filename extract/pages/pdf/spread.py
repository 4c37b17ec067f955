"""Two pages that were printed side by side on one sheet → two drawings, read one after the other."""

from __future__ import annotations

from extract.pages.pdf.drawing import Box, Drawing, Edge, Mark
from extract.quick import replace

_ABREAST = 1.2  # width to height: a sheet of two upright pages is wider than high
_MIDDLE = (0.44, 0.56)  # shares of the width between which the gutter lies
_GUTTER = 0.03  # share of the width that is free of print from top to bottom: the margins of two pages
_FEWEST = 120  # Chinese characters of a page of a report; the numbers of a table without rules have but their heads
_CHINESE = "\u2e80"  # characters from here on


def split_spread(drawing: Drawing) -> tuple[Drawing, ...]:
    """The halves of the sheet, each at the left of the whole sheet's paper, so that a table goes on in the columns that
    it had on the page before; the drawing itself where it is one page.

    Nothing that is printed on two pages goes through the gutter between them; a table or lines of prose do.
    """
    if drawing.unread or drawing.width < _ABREAST * drawing.height:
        return (drawing,)
    at = _gutter(drawing)
    if at is None:
        return (drawing,)
    left = tuple(glyph for glyph in drawing.glyphs if glyph.x < at)
    right = tuple(glyph for glyph in drawing.glyphs if glyph.x >= at)
    if any(sum(glyph.text >= _CHINESE for glyph in half) < _FEWEST for half in (left, right)):
        return (drawing,)
    pitch = drawing.width / 2
    first = [edge for edge in drawing.edges if (edge.end if edge.horizontal else edge.at) < at]
    second = [edge for edge in drawing.edges if (edge.end if edge.horizontal else edge.at) >= at]
    return (
        replace(
            drawing,
            glyphs=left,
            edges=tuple(first),
            marks=tuple(mark for mark in drawing.marks if mark.box[0] < at),
        ),
        replace(
            drawing,
            glyphs=tuple(replace(glyph, box=_moved(glyph.box, pitch)) for glyph in right),
            edges=tuple(_moved_edge(edge, pitch) for edge in second),
            marks=tuple(Mark(_moved(mark.box, pitch), mark.fills) for mark in drawing.marks if mark.box[0] >= at),
            shift=pitch,
        ),
    )


def _moved(box: Box, left: float) -> Box:
    return box[0] - left, box[1], box[2] - left, box[3]


def _moved_edge(edge: Edge, left: float) -> Edge:
    if edge.horizontal:
        return replace(edge, start=edge.start - left, end=edge.end - left)
    return replace(edge, at=edge.at - left)


def _gutter(drawing: Drawing) -> float | None:
    """The middle of the widest stripe near the sheet's middle that nothing is printed in."""
    start, end = (share * drawing.width for share in _MIDDLE)
    spans = [(glyph.box[0], glyph.box[2]) for glyph in drawing.glyphs]
    spans += [(edge.start, edge.end) if edge.horizontal else (edge.at, edge.at) for edge in drawing.edges]
    free, best = start, (0.0, 0.0)
    for x0, x1 in sorted(span for span in spans if span[1] > start and span[0] < end):
        best = max(best, (x0 - free, (free + x0) / 2))
        free = max(free, x1)
    best = max(best, (end - free, (free + end) / 2))
    return best[1] if best[0] >= _GUTTER * drawing.width else None
