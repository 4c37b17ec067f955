"""Cells that hold what belongs in several: numbers side by side or of several rows, labels of several rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from itertools import pairwise

import numpy as np

from extract.pages.image.counts import find_number_cells, tell_kind
from extract.pages.image.ink import Grey, Ink, grey_to_ink
from extract.pages.image.lattice import INSET, Lattice
from extract.pages.image.lines import DARK, PixelBox
from extract.pages.image.pieces import GAP, RULE_REMAINS, Piece, crop_box, find_starts, to_piece
from extract.pages.image.recognise import CellReading, read_cell_images
from extract.pages.image.stacked import headed_lines, lost_border, lost_borders, part_row, stacked_lines
from extract.pages.pdf.grid import Cell
from extract.quick import replace

_RULE_INSIDE = 1.5  # points from where a rule should be within which its remainder lies
_FEWEST_BESIDE = 3  # numbers in each row beside a cell over several rows that is one in each
_BESIDE_LINE = 1.5  # points around a line that is looked at by itself


def part_stacks(lattice: Lattice, flat: Grey, ink: Ink, unit: float) -> Lattice | None:
    """The grid with the borders that a row lacks in which numbers stand one below the other; None where none does."""
    for row in range(len(lattice.grid.ys) - 1):
        stacks = stacked_lines(lattice, row, ink, unit)
        read = iter(read_cell_images([_amid_stack(flat, line, unit) for own in stacks for line in own]))
        kinds = [[tell_kind(next(read)) for _ in own] for own in stacks]
        numbers = [own for own, kind in zip(stacks, kinds, strict=True) if set(kind) == {"number"}]
        borders = lost_borders(numbers, unit) if 2 * len(numbers) > len(stacks) else []
        if borders := borders or _below_heads(headed_lines(lattice, row, ink, unit), flat, unit):
            return part_row(lattice, row, borders, ink, unit)
    return None


def _below_heads(lines: Sequence[Sequence[PixelBox]], flat: Grey, unit: float) -> list[float]:
    """Where the rule was lost between the heads of a row, the first one that of its labels, and the numbers below."""
    upper, lower = ([own[k] for own in lines[1:]] for k in range(2))
    read = read_cell_images([_amid_stack(flat, line, unit) for line in (*upper, *lower)])
    kinds = [tell_kind(own) for own in read]
    heads, numbers = kinds[: len(upper)], kinds[len(upper) :]
    return lost_border(lines, unit) if set(heads) == {"words"} and set(numbers) == {"number"} else []


def _amid_stack(flat: Grey, line: PixelBox, unit: float) -> Grey:
    """The picture of a line with some paper around it."""
    beside = round(_BESIDE_LINE * unit)
    return crop_box(flat, (line[0] - beside, line[1] - beside, line[2] + beside, line[3] + beside))


def split_spread(
    pieces: Sequence[Piece], readings: dict[int, CellReading], lattice: Lattice, flat: Grey, unit: float
) -> tuple[list[Piece], dict[int, CellReading]]:
    """Numbers side by side in one cell that stand under several columns: the rules between them were not found."""
    made: list[Piece] = []
    own: dict[int, CellReading] = {}
    for k, piece in enumerate(pieces):
        parts = _parts(piece, lattice, flat, unit) if piece.columns > 1 else []
        read = read_cell_images([crop_box(flat, part.box) for part in parts]) if parts else []
        if 2 * sum(tell_kind(reading) == "number" for reading in read) > len(read):
            own.update(enumerate(read, len(made)))
            made += parts
            continue
        if k in readings:
            own[len(made)] = readings[k]
        made.append(piece)
    return made, own


def split_merged(
    pieces: Sequence[Piece], readings: dict[int, CellReading], lattice: Lattice, flat: Grey, unit: float
) -> tuple[list[Piece], dict[int, CellReading]]:
    """The pieces and readings; a cell over several rows or columns, all of numbers beside it, is one in each where
    nothing stands across a border: the rules between them were not found.
    """
    belonging = find_number_cells(pieces, readings)
    single = [pieces[k] for k in belonging if pieces[k].rows == pieces[k].columns == 1]
    beside, columns = Counter(piece.row for piece in single), [piece.column for piece in single] or [0]
    merged = {
        k
        for k in belonging
        if pieces[k].rows * pieces[k].columns > 1
        and min(columns) <= pieces[k].column <= pieces[k].column + pieces[k].columns - 1 <= max(columns)
        and all(beside[row] >= _FEWEST_BESIDE for row in range(pieces[k].row, pieces[k].row + pieces[k].rows))
        and not _is_across(pieces[k], lattice, flat, unit)
    }
    made = list(pieces)
    own = {k: reading for k, reading in readings.items() if k not in merged}
    for k in sorted(merged):
        made[k], *others = _to_units(pieces[k], lattice, flat, unit)
        places = [k, *range(len(made), len(made) + len(others))]
        made += others
        own |= zip(places, read_cell_images([crop_box(flat, made[place].box) for place in places]), strict=True)
    return made, own


def _borders(piece: Piece, lattice: Lattice, unit: float) -> tuple[list[int], list[int]]:
    """The borders of the grid within a cell, in pixels of the page: those of columns, and those of rows."""
    xs = lattice.grid.xs[piece.column + 1 : piece.column + piece.columns]
    ys = lattice.grid.ys[piece.row + 1 : piece.row + piece.rows]
    return [round(x * unit) for x in xs], [round(y * unit) for y in ys]


def _to_units(piece: Piece, lattice: Lattice, flat: Grey, unit: float) -> list[Piece]:
    """The parts of a cell in each row and column of the grid, without what may be left of the rules between them."""
    (x0, y0, x1, y1), inset = piece.box, round(_RULE_INSIDE * unit)
    inner_x, inner_y = _borders(piece, lattice, unit)
    xs, ys = [x0 - inset, *inner_x, x1 + inset], [y0 - inset, *inner_y, y1 + inset]
    return [
        to_piece(
            Cell(row, column, row + 1, column + 1, True),
            (left + inset, top + inset, max(right - inset, left + inset + 1), max(bottom - inset, top + inset + 1)),
            flat,
            unit,
        )
        for row, (top, bottom) in enumerate(pairwise(ys), piece.row)
        for column, (left, right) in enumerate(pairwise(xs), piece.column)
    ]


def _is_across(piece: Piece, lattice: Lattice, flat: Grey, unit: float) -> bool:
    """Whether print stands across a border of the grid within a cell: more than what is left of a rule there."""
    xs, ys = _borders(piece, lattice, unit)
    near, (left, top) = _RULE_INSIDE * unit, piece.box[:2]
    if any(top + line[1] < y - near and y + near < top + line[3] for line in piece.lines for y in ys):
        return True
    inked = (grey_to_ink(crop_box(flat, piece.box)) > DARK).any(axis=0)
    columns = np.nonzero(inked)[0] + left
    groups = np.split(columns, np.nonzero(np.diff(columns) > GAP * unit)[0] + 1) if len(columns) else []
    wide = [(own[0], own[-1]) for own in groups if own[-1] - own[0] > 2 * near]
    return any(first < x < last for first, last in wide for x in xs)


def _parts(piece: Piece, lattice: Lattice, flat: Grey, unit: float) -> list[Piece]:
    """The unit cells of a cell over several columns, where its numbers stand in several of them.

    What begins at a border between them is a rule that was not seen to be one.
    """
    x0, y0, x1, y1 = piece.box
    borders = [round(x * unit) for x in lattice.grid.xs[piece.column : piece.column + piece.columns + 1]]
    starts = find_starts(piece, flat, unit)
    starts = [own for own in starts if all(abs(x0 + own - x) > RULE_REMAINS * unit for x in borders[1:-1])]
    if len(starts) < 2:
        return []
    height = piece.lines[0][3] - piece.lines[0][1]
    places = {sum(border <= x0 + start + height / 4 for border in borders[1:-1]) for start in starts}
    if len(places) < len(starts):
        return []
    inset = max(2, round(INSET * unit))
    borders[0], borders[-1] = x0 - inset, x1 + inset
    parts = []
    for column, (left, right) in enumerate(pairwise(borders), piece.column):
        box = (left + inset, y0, max(right - inset, left + inset + 1), y1)
        parts.append(to_piece(Cell(piece.row, column, piece.row + 1, column + 1, True), box, flat, unit))
    return parts


def part_shared_labels(
    pieces: Sequence[Piece], numbers: Set[int], lattice: Lattice, flat: Grey, unit: float
) -> list[Piece]:
    """The pieces; of those with the labels of several rows the parts, but for the first, stand behind all others."""
    first_numbers = {pieces[k].row: pieces[k].column for k in sorted(numbers, key=lambda k: -pieces[k].column)}
    made = list(pieces)
    for k, piece in enumerate(pieces):
        if k not in numbers and piece.lines and _is_shared(piece, first_numbers):
            made[k], *others = _by_rows(piece, lattice, flat, unit)
            made += others
    return made


def _is_shared(piece: Piece, first_numbers: dict[int, int]) -> bool:
    """Whether a cell holds the labels of several rows, the rule between them not found: in each of its rows numbers
    follow right behind it.
    """
    rows = range(piece.row, piece.row + piece.rows)
    return piece.rows > 1 and all(first_numbers.get(row) == piece.column + piece.columns for row in rows)


def _by_rows(piece: Piece, lattice: Lattice, flat: Grey, unit: float) -> list[Piece]:
    """The parts of a cell in the rows of the grid that it spans: its lines, or what a seal beside them joins, cut."""
    ys = lattice.grid.ys[piece.row : piece.row + piece.rows + 1]
    middles = [piece.box[1] + (line[1] + line[3]) / 2 for line in piece.lines]
    rows = [
        tuple(line for line, middle in zip(piece.lines, middles, strict=True) if top * unit <= middle < bottom * unit)
        for top, bottom in pairwise(ys)
    ]
    if all(rows):
        return [replace(piece, row=piece.row + k, rows=1, lines=lines) for k, lines in enumerate(rows)]
    x0, y0, x1, y1 = piece.box
    ends = [y0, *(round(y * unit) for y in ys[1:-1]), y1]
    return [
        to_piece(Cell(row, piece.column, row + 1, piece.column + piece.columns, True), (x0, a, x1, b), flat, unit)
        for row, (a, b) in enumerate(pairwise(ends), piece.row)
    ]
