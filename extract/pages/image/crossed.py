"""Grids that strokes of prose made up: characters stand across their lines, as they do across no rule."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extract.pages.image.ink import Ink
from extract.pages.image.lattice import Lattice
from extract.pages.image.lines import DARK, without_long_strokes
from extract.rules import load_rules


def without_crossed(lattices: Sequence[Lattice], ink: Ink, unit: float) -> list[Lattice]:
    """The grids whose lines are rules; `unit` is pixels a point."""
    most = load_rules("scans.toml")["crossed"]["most"]
    return [own for own in lattices if crossed_share(own, ink, unit) <= most]


def crossed_share(lattice: Lattice, ink: Ink, unit: float) -> float:
    """The share (0..1) of the length of a grid's lines along which characters stand at both their sides."""
    import cv2

    limits = load_rules("scans.toml")["crossed"]
    margin = limits["highest"] * unit  # characters on its outer lines are seen whole
    left, top = (max(0, round(value - margin)) for value in lattice.box[:2])
    right, bottom = (round(value + margin) for value in lattice.box[2:])
    part = without_long_strokes(np.ascontiguousarray(ink[top:bottom, left:right]), unit)
    lines, near = (
        _drawn(lattice, (left, top), part.shape, unit, thick) for thick in (1, round(limits["thick"] * unit))
    )
    _, labels, stats, _ = cv2.connectedComponentsWithStats((part > DARK).astype(np.uint8), connectivity=8)
    on_line = np.bincount(labels[near > 0], minlength=len(stats)) / np.maximum(1, stats[:, 4])
    printed, off = np.zeros(part.shape, np.uint8), limits["off"] * unit
    for (x, y, width, height, _), own in zip(stats[1:], on_line[1:], strict=True):
        is_high = limits["lowest"] * unit <= height <= margin
        if is_high and width >= limits["narrowest"] * unit and own <= limits["along"]:
            inner = (round(x + off), round(y + off)), (round(x + width - off), round(y + height - off))
            cv2.rectangle(printed, *inner, 1, cv2.FILLED)
    return float(printed[lines > 0].mean())


def _drawn(
    lattice: Lattice, corner: tuple[int, int], shape: tuple[int, ...], unit: float, thick: int
) -> NDArray[np.uint8]:
    """The lines of a grid in a picture of that shape, so many pixels thick; `corner` is where it begins on the page."""
    import cv2

    lines = np.zeros(shape, np.uint8)
    xs, ys = (
        [round(at * unit) - start for at in own]
        for own, start in zip((lattice.grid.xs, lattice.grid.ys), corner, strict=True)
    )
    for cell in lattice.grid.cells:
        cv2.rectangle(lines, (xs[cell.column0], ys[cell.row0]), (xs[cell.column1], ys[cell.row1]), 1, thick)
    return lines
