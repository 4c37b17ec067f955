"""Ruled edges → groups that belong together: those on one line are joined, those that touch make a table."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from extract.pages.pdf.drawing import Box, Edge

SNAP = 2.5  # points: lines no farther apart are one (double borders, borders of neighbouring cells)
TOUCH = 4.0  # points that two edges may miss one another and still meet
_GAP = 3.0  # points that a ruled line may be interrupted
_FRAME_GAP = 6.0  # points between the frames of neighbouring cells
_MOST_FRAMES = 1500
_MIN_RULED = 4  # edges of a table at least


def join_edges(edges: Sequence[Edge]) -> list[Edge]:
    """Edges of one direction: those on one line made one, their gaps closed."""
    joined: list[Edge] = []
    for line in _cluster(edges):
        at = sum(edge.at for edge in line) / len(line)
        start = end = None
        for edge in sorted(line, key=lambda edge: edge.start):
            if end is not None and start is not None and edge.start - end > _GAP:
                joined.append(Edge(edge.horizontal, at, start, end))
                start = end = None
            start = edge.start if start is None else start
            end = edge.end if end is None else max(end, edge.end)
        if start is not None and end is not None:
            joined.append(Edge(line[0].horizontal, at, start, end))
    return joined


def _cluster(edges: Sequence[Edge]) -> list[list[Edge]]:
    groups: list[list[Edge]] = []
    for edge in sorted(edges, key=lambda edge: edge.at):
        if groups and edge.at - groups[-1][0].at <= SNAP:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    return groups


def touching_groups(edges: Sequence[Edge]) -> list[list[Edge]]:
    """Edges that cross or meet, directly or over others."""
    across = sorted((edge for edge in edges if edge.horizontal), key=lambda edge: edge.at)
    ats = [edge.at for edge in across]
    group = {id(edge): k for k, edge in enumerate(edges)}
    parent = list(range(len(edges)))

    def find(k: int) -> int:
        while parent[k] != k:
            parent[k] = parent[parent[k]]
            k = parent[k]
        return k

    for down in (edge for edge in edges if not edge.horizontal):
        for edge in across[bisect_left(ats, down.start - TOUCH) :]:
            if edge.at > down.end + TOUCH:
                break
            if edge.start - TOUCH <= down.at <= edge.end + TOUCH:
                parent[find(group[id(edge)])] = find(group[id(down)])
    groups: dict[int, list[Edge]] = defaultdict(list)
    for k, edge in enumerate(edges):
        groups[find(k)].append(edge)
    return _merge_near([found for found in groups.values() if len(found) >= _MIN_RULED])


def _merge_near(groups: list[list[Edge]]) -> list[list[Edge]]:
    """Frames with a narrow gap between them are the cells of one table; a page full of frames is a drawing."""
    if len(groups) > _MOST_FRAMES:
        return groups
    merged: list[tuple[Box, list[Edge]]] = []
    for group in groups:
        box, own = _hull(group), list(group)
        apart = []
        for other, edges in merged:
            near = all(box[k] - _FRAME_GAP <= other[k + 2] and other[k] - _FRAME_GAP <= box[k + 2] for k in (0, 1))
            if near:
                own += edges
                box = (min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3]))
            else:
                apart.append((other, edges))
        merged = [*apart, (box, own)]
    return [own for _, own in merged]


def _hull(edges: Sequence[Edge]) -> Box:
    xs = [x for edge in edges for x in ((edge.start, edge.end) if edge.horizontal else (edge.at, edge.at))]
    ys = [y for edge in edges for y in ((edge.at, edge.at) if edge.horizontal else (edge.start, edge.end))]
    return min(xs), min(ys), max(xs), max(ys)
