"""Prose in one frame with a table is cut off; a cell that goes on beyond the cut keeps its table whole."""

from __future__ import annotations

import numpy as np

from extract.pages.image.ink import Ink
from extract.pages.image.lattice import Lattice
from extract.pages.image.prose import cut_prose
from extract.pages.pdf.grid import Cell, Grid

LINES = 5
WIDE, HIGH = 300, 200


def _paragraph() -> Ink:
    """Lines of print over the upper half of a page of 300 × 200 pixels, one pixel a point."""
    ink = np.zeros((HIGH, WIDE), dtype=np.float32)
    for line in range(LINES):
        for word in range(20, WIDE - 20, 12):
            ink[8 + 18 * line : 18 + 18 * line, word : word + 10] = 1.0
    return ink


def _lattice(owner: tuple[tuple[int, ...], ...], cells: tuple[Cell, ...]) -> Lattice:
    boxes = tuple((150 * own.column0, 100 * own.row0, 150 * own.column1, 100 * own.row1) for own in cells)
    return Lattice(Grid((0, 150, 300), (0, 100, 200), cells, owner), boxes, (0, 0, WIDE, HIGH))


def test_a_row_of_prose_alone_is_cut_off() -> None:
    cells = (Cell(0, 0, 1, 2, True), Cell(1, 0, 2, 1, True), Cell(1, 1, 2, 2, True))
    (part,) = cut_prose(_lattice(((0, 0), (1, 2)), cells), _paragraph(), 1.0)
    assert part.grid.owner == ((0, 1),)


def test_a_row_whose_cell_goes_on_beside_the_next_is_not_cut_off() -> None:
    lattice = _lattice(((0, 0), (1, 0)), (Cell(0, 0, 2, 2, False), Cell(1, 0, 2, 1, True)))
    assert cut_prose(lattice, _paragraph(), 1.0) == [lattice]
