"""Dots that are drawn one by one beside one another → the dotted rules that they make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from extract.pages.pdf.drawing import Box, Edge

_LARGEST = 3.0  # points
_GAP = 3.0  # points between two dots of a rule
_LEVEL = 0.5  # points that their middles may differ across it
_FEWEST = 5  # dots of a rule
_MOST = 40_000  # dots of a page; more are the pattern of an area


def dots_to_edges(boxes: Iterable[Box]) -> list[Edge]:
    """The rules, across and down, of the boxes that are dots."""
    dots = [box for box in boxes if box[2] - box[0] <= _LARGEST and box[3] - box[1] <= _LARGEST]
    if len(dots) > _MOST:
        return []
    turned = [(y0, x0, y1, x1) for x0, y0, x1, y1 in dots]
    return [
        Edge(across, sum((box[1] + box[3]) / 2 for box in run) / len(run), run[0][0], max(box[2] for box in run))
        for across, boxes in ((True, dots), (False, turned))
        for run in _runs(boxes)
        if len(run) >= _FEWEST
    ]


def _runs(dots: Sequence[Box]) -> Iterator[list[Box]]:
    """Dots of one level, each close behind the one before."""
    ordered = sorted(dots, key=lambda box: box[1] + box[3])
    level: list[Box] = []
    for box in ordered:
        if level and (box[1] + box[3] - level[0][1] - level[0][3]) / 2 > _LEVEL:
            yield from _runs_on_level(level)
            level = []
        level.append(box)
    yield from _runs_on_level(level)


def _runs_on_level(level: Sequence[Box]) -> Iterator[list[Box]]:
    run: list[Box] = []
    for box in sorted(level):
        if run and box[0] - run[-1][2] > _GAP:
            yield run
            run = []
        run.append(box)
    if run:
        yield run
