"""A cell of the grid as it is read: its place, its box, the lines of print in it, and where numbers begin."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extract.pages.image.ink import Grey, grey_to_ink
from extract.pages.image.lattice import Lattice
from extract.pages.image.lines import DARK, PixelBox, lines_in_cell
from extract.pages.pdf.grid import Cell
from extract.quick import record

_LEAST_CROP = 4  # pixels; in a smaller picture nothing can be read
_LONGEST_NUMBER = 6.5  # heights of its digits that a number is wide
RULE_REMAINS = 1.5  # points from the edge of a cell within which ink may be left of its rules
GAP = 1.5  # points of paper between two numbers in one cell, at least; and so many heights of them
_GAP_HEIGHTS = 1.2
_LOWEST = 4.5  # points of a number's height: where it seems lower, it is faint and pieces of it are dark alone
_SPECK = 0.5  # heights of the highest line of a cell below which another one, as wide as high, is no print
_REMAINS, _REMAINS_EDGE = 0.25, 2.5  # heights of its line that a remainder of a rule is wide, points from the edge
_LEAST_NUMBER = 0.4  # heights of its line that a number is high, or a dash wide; specks are smaller


@record
class Piece:
    """A cell of the grid, or one unit of it: its place, its box in pixels, the text lines in it (pixels of the box).

    `lowest`: pixels that a number is high at least; a lower line is a dash.
    """

    row: int
    column: int
    columns: int
    rows: int
    box: PixelBox
    lines: tuple[PixelBox, ...]
    lowest: float

    @property
    def wordy(self) -> bool:
        """Whether no number is printed so: several lines, or a long one."""
        longest = max((x1 - x0) / max(self.lowest, y1 - y0) for x0, y0, x1, y1 in self.lines) if self.lines else 0.0
        return len(self.lines) > 1 or longest > _LONGEST_NUMBER


def usual_line_height(pieces: Sequence[Piece]) -> float | None:
    """Pixels that the lines of words of a table are usually high, None where there are none."""
    heights = [y1 - y0 for own in pieces if own.wordy for _, y0, _, y1 in own.lines if y1 - y0 >= own.lowest]
    return float(np.median(heights)) if heights else None


def crop_box(flat: Grey, box: PixelBox) -> Grey:
    """The picture of a box of the page; white where it is too small to be read."""
    x0, y0, x1, y1 = (max(0, value) for value in box)
    part = flat[y0:y1, x0:x1]
    return part if min(part.shape) >= _LEAST_CROP else np.full((_LEAST_CROP, _LEAST_CROP), 255, dtype=np.uint8)


def cell_to_pieces(lattice: Lattice, k: int, flat: Grey, unit: float) -> list[Piece]:
    """A cell; where its walls were not all found, its part in each row of the grid."""
    cell, box = lattice.grid.cells[k], lattice.boxes[k]
    if cell.closed or cell.row1 - cell.row0 == 1:
        return [to_piece(cell, box, flat, unit)]
    inset = max(1, round(unit))
    pieces = []
    for row in range(cell.row0, cell.row1):
        own = [column for column in range(cell.column0, cell.column1) if lattice.grid.owner[row][column] == k]
        if own:
            x0, x1 = round(lattice.grid.xs[own[0]] * unit), round(lattice.grid.xs[own[-1] + 1] * unit)
            y0, y1 = round(lattice.grid.ys[row] * unit), round(lattice.grid.ys[row + 1] * unit)
            part = (x0 + inset, y0 + inset, max(x1 - inset, x0 + inset + 2), max(y1 - inset, y0 + inset + 2))
            pieces.append(to_piece(Cell(row, own[0], row + 1, own[-1] + 1, False), part, flat, unit))
    return pieces


def to_piece(cell: Cell, box: PixelBox, flat: Grey, unit: float) -> Piece:
    lines = _without_specks(lines_in_cell(grey_to_ink(crop_box(flat, box)), unit))
    columns, rows = cell.column1 - cell.column0, cell.row1 - cell.row0
    return Piece(cell.row0, cell.column0, columns, rows, box, lines, _LOWEST * unit)


def _without_specks(lines: Sequence[PixelBox]) -> tuple[PixelBox, ...]:
    """The lines of a cell, but for what is a speck beside the highest of them."""
    highest = max((y1 - y0 for _, y0, _, y1 in lines), default=0)
    return tuple(line for line in lines if max(line[2] - line[0], line[3] - line[1]) >= _SPECK * highest)


def box_around(lines: Sequence[PixelBox]) -> PixelBox:
    """The box around lines."""
    x0, y0, x1, y1 = zip(*lines, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def first_line(piece: Piece) -> PixelBox:
    """The first line of a cell, in pixels of the page."""
    x, y = piece.box[:2]
    x0, y0, x1, y1 = piece.lines[0]
    return x + x0, y + y0, x + x1, y + y1


def find_starts(piece: Piece, flat: Grey, unit: float) -> list[int]:
    """Where the numbers of a cell with one line begin, in its pixels: a cell of one number has one."""
    if len(piece.lines) != 1:
        return []
    x0, y0, x1, y1 = piece.lines[0]
    inked = grey_to_ink(crop_box(flat, piece.box))[y0:y1, x0:x1] > DARK
    edge = RULE_REMAINS * unit
    columns = np.nonzero(inked.any(axis=0))[0]
    columns = columns[(columns + x0 >= edge) & (columns + x0 <= piece.box[2] - piece.box[0] - edge)]
    if not len(columns):
        return []
    height = max(y1 - y0, _LOWEST * unit)
    wide = max(GAP * unit, _GAP_HEIGHTS * height)
    groups = np.split(columns, np.nonzero(np.diff(columns) > wide)[0] + 1)
    least = _LEAST_NUMBER * (y1 - y0)
    printed = [own for own in groups if max(_extent(inked[:, own]), own[-1] + 1 - own[0]) >= least]
    if len(printed) > 1:
        near = _REMAINS_EDGE * unit - x0, piece.box[2] - piece.box[0] - _REMAINS_EDGE * unit - x0
        thin = _REMAINS * (y1 - y0)
        printed = [own for own in printed if own[-1] - own[0] >= thin or near[0] <= own[0] <= near[1]] or printed
    if len(printed) > 1:  # a speck beside a number is one small piece
        printed = [own for own in printed if _largest_piece(inked[:, own[0] : own[-1] + 1]) >= piece.lowest] or printed
    return [x0 + int(own[0]) for own in printed]


def _largest_piece(inked: NDArray[np.bool_]) -> int:
    """The height or width, in pixels, of the largest piece of connected ink."""
    import cv2

    _, _, stats, _ = cv2.connectedComponentsWithStats(inked.astype(np.uint8), connectivity=8)
    return int(np.max(stats[1:, 2:4], initial=0))


def _extent(inked: NDArray[np.bool_]) -> int:
    """From the first inked row to the last, in rows."""
    rows = np.nonzero(inked.any(axis=1))[0]
    return int(rows[-1] + 1 - rows[0])
