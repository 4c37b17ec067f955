"""A cell over several rows or columns of numbers with print in each lacks the rules between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from extract.pages.image.ink import Ink
from extract.pages.image.lattice import INSET, Lattice
from extract.pages.image.lines import DARK, PixelBox
from extract.pages.pdf.grid import Cell, Grid
from extract.quick import record, replace

_FEWEST = 2  # numbers in cells of their own from which a row is one of numbers
_FEWEST_IN = 3  # and a column
_RULE = (1.0, 2.5)  # points from a border: nearer lies what is left of its rule; print on both sides stands across it
_INSET = 1.5  # points from the borders of a unit within which its print stands
_LEAST = 1.5  # points of ink one below the other that are print
Unit = tuple[int, int]


@record
class _Print:
    """Of the units (row, column) of cells over several of them: their boxes, in pixels, which of them hold print, and
    which a number; the columns of numbers.
    """

    boxes: dict[Unit, PixelBox]
    printed: frozenset[Unit]
    numbers: frozenset[Unit]
    columns: frozenset[int]


def divide_cells(
    lattice: Lattice,
    ink: Ink,
    numbers: Sequence[Unit],
    unit: float,
    *,
    are_numbers: Callable[[Sequence[PixelBox]], list[bool]],
) -> Lattice | None:
    """The grid with the cells parted that hold numbers in several units of rows of numbers; None where none does.

    A label is parted from the first number of its row.

    `numbers` are (row, column) of those found; `are_numbers` reads what stands in boxes.
    """
    grid = lattice.grid
    single = [(row, column) for row, column in numbers if _is_unit(grid.cells[grid.owner[row][column]])]
    rows = {row for row, count in Counter(row for row, _ in single).items() if count >= _FEWEST}
    cells = [k for k, cell in enumerate(grid.cells) if not _is_unit(cell) and rows & set(range(cell.row0, cell.row1))]
    units = {k: _units(grid, k) for k in cells}
    boxes = {place: _unit_box(grid, place, unit) for own in units.values() for place in own}
    printed = [place for place, box in boxes.items() if _is_printed(ink, box, unit)]
    inner = [place for place in printed if place[0] in rows]
    read = are_numbers([_inside(boxes[place], unit) for place in inner])
    own = _Print(
        boxes,
        frozenset(printed),
        frozenset(place for place, is_one in zip(inner, read, strict=True) if is_one),
        frozenset(column for column, count in Counter(column for _, column in single).items() if count >= _FEWEST_IN),
    )
    made = {k: _apart(units[k], own, ink, unit) for k in cells}
    parts = {k: own for k, own in made.items() if len(own) > 1}
    return _with_parts(lattice, parts, unit) if parts else None


def _is_unit(cell: Cell) -> bool:
    return cell.row1 - cell.row0 == 1 == cell.column1 - cell.column0


def _units(grid: Grid, k: int) -> list[Unit]:
    cell = grid.cells[k]
    return [
        (row, column)
        for row in range(cell.row0, cell.row1)
        for column in range(cell.column0, cell.column1)
        if grid.owner[row][column] == k
    ]


def _unit_box(grid: Grid, place: Unit, unit: float) -> PixelBox:
    row, column = place
    x0, x1 = (round(x * unit) for x in grid.xs[column : column + 2])
    y0, y1 = (round(y * unit) for y in grid.ys[row : row + 2])
    return max(0, x0), max(0, y0), max(0, x1), max(0, y1)


def _apart(units: Sequence[Unit], own: _Print, ink: Ink, unit: float) -> list[list[Unit]]:
    """The units of a cell, those together that no lost border parts."""
    parts: list[list[Unit]] = []
    below = {row for row in {row for row, _ in units} if _are_below(units, row, own, ink, unit)}
    for row, column in units:
        beside = _are_beside(units, (row, column), own) and _is_free(ink, own.boxes[row, column], unit)
        near = {(row, column - 1)} if not beside else set[Unit]()
        near |= {(row - 1, column)} if row not in below else set[Unit]()
        joined = [part for part in parts if near & set(part)]
        parts = [part for part in parts if part not in joined]
        parts.append([place for part in joined for place in part] + [(row, column)])
    return parts


def _are_beside(units: Sequence[Unit], place: Unit, own: _Print) -> bool:
    """Whether a unit and the one at its left are two cells: numbers, or one of them in a cell that is no middle of a
    common one, or a label and the first number of its row.
    """
    pair = {place, (place[0], place[1] - 1)}
    columns = [column for row, column in units if row == place[0]]
    alone = own.printed & {(place[0], column) for column in columns}
    off_middle = all(2 * column != columns[0] + columns[-1] for _, column in alone)
    in_one = len(alone) == 1 and off_middle and len(pair & own.numbers) == 1
    begins = place[1] in own.columns and place[1] - 1 not in own.columns
    behind_label = begins and place in own.numbers
    return pair <= own.numbers or in_one or behind_label


def _are_below(units: Sequence[Unit], row: int, own: _Print, ink: Ink, unit: float) -> bool:
    """Whether the units of a row are other cells than those above: a number below print, or numbers side by side, and
    nothing across the border.

    A line in the heads that is none leaves units beside these that are empty.
    """
    columns = {column for other, column in units if other == row}
    numbers = [column for column in columns if (row, column) in own.numbers]
    apart = len(numbers) > 1 or any((row - 1, column) in own.printed for column in numbers)
    return apart and all(_is_free(ink.T, _turned(own.boxes[row, column]), unit) for column in columns)


def _inside(box: PixelBox, unit: float) -> PixelBox:
    inset = max(2, round(INSET * unit))
    return (
        box[0] + inset,
        box[1] + inset,
        max(box[2] - inset, box[0] + inset + 1),
        max(box[3] - inset, box[1] + inset + 1),
    )


def _turned(box: PixelBox) -> PixelBox:
    return box[1], box[0], box[3], box[2]


def _is_free(ink: Ink, box: PixelBox, unit: float) -> bool:
    """Whether nothing stands across the left border of the box."""
    near, far = (round(length * unit) for length in _RULE)
    x, y0, y1 = box[0], box[1] + far, box[3] - far
    left, right = ink[y0:y1, max(0, x - far) : max(0, x - near)], ink[y0:y1, x + near : x + far]
    return not ((left > DARK).any(axis=1) & (right > DARK).any(axis=1)).any()


def _is_printed(ink: Ink, box: PixelBox, unit: float) -> bool:
    inset = round(_INSET * unit)
    inside = ink[box[1] + inset : box[3] - inset, box[0] + inset : box[2] - inset] > DARK
    return int(inside.any(axis=1).sum()) >= _LEAST * unit


def _with_parts(lattice: Lattice, parts: dict[int, list[list[Unit]]], unit: float) -> Lattice:
    """The grid with these cells in parts."""
    grid = lattice.grid
    cells, boxes = list(grid.cells), list(lattice.boxes)
    owner = [list(row) for row in grid.owner]
    for k, own in parts.items():
        for number, units in enumerate(own):
            place = k if number == 0 else len(cells)
            row0, row1 = min(row for row, _ in units), max(row for row, _ in units) + 1
            column0, column1 = min(column for _, column in units), max(column for _, column in units) + 1
            full = len(units) == (row1 - row0) * (column1 - column0)
            x0, y0, *_ = _unit_box(grid, (row0, column0), unit)
            *_, x1, y1 = _unit_box(grid, (row1 - 1, column1 - 1), unit)
            box = _inside((x0, y0, x1, y1), unit)
            if place == len(cells):
                cells.append(Cell(row0, column0, row1, column1, full))
                boxes.append(box)
            else:
                cells[k], boxes[k] = Cell(row0, column0, row1, column1, full), box
            for row, column in units:
                owner[row][column] = place
    return replace(lattice, grid=Grid(grid.xs, grid.ys, tuple(cells), tuple(map(tuple, owner))), boxes=tuple(boxes))
