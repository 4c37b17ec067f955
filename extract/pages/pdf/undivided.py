"""Columns of a ruled table without rules between them, told by the values that stand side by side in its cells."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from extract.pages.pdf.columns import loosen_value, merge_columns
from extract.pages.pdf.drawing import Glyph
from extract.pages.pdf.grid import Cell, Grid
from extract.pages.pdf.heads import Range, leaf_heads, match_heads
from extract.pages.pdf.values import is_value, value_words
from extract.pages.pdf.words import Word, glyphs_to_lines, split_words
from extract.quick import record

_FEWEST_ROWS = 2  # rows with values side by side in one ruled column
_FEWEST_VALUES = 5  # values of a row that is the only one: those of a group of table 4
_TOUCH = 0.3  # type sizes that a label may reach over the first column
_APART = 1.0  # type sizes between two digits of a cell that may be two values

_Lines = Sequence[Sequence[Word]]


@record
class _Found:
    """`walls` to be added to the grid, and where the values begin that they part."""

    walls: tuple[float, ...]
    start: float


def divide_columns(grid: Grid, glyphs: Sequence[Glyph]) -> Grid:
    """The grid with a column for each value, where only its rows are ruled; the grid itself elsewhere."""
    content: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        row, column = bisect_right(grid.ys, glyph.y) - 1, bisect_right(grid.xs, glyph.x) - 1
        if 0 <= row < len(grid.owner) and 0 <= column < len(grid.xs) - 1:
            content[grid.owner[row][column]].append(glyph)
    abreast = [k for k, own in content.items() if grid.cells[k].closed and _may_hold_values(own)]
    if not abreast:
        return grid
    order = {id(glyph): k for k, glyph in enumerate(glyphs)}
    lines = {k: [split_words(line, order=order) for line in glyphs_to_lines(own)] for k, own in content.items()}
    found = _find_walls(grid, [lines[k] for k in abreast], lines.values())
    return _add_walls(grid, found, lines) if found and found.walls else grid


def _may_hold_values(glyphs: Sequence[Glyph]) -> bool:
    """Whether digits and marks for none stand so far apart that they may be several values; most cells hold one."""
    marks = sorted(
        (glyph for glyph in glyphs if glyph.text.isdigit() or is_value(glyph.text)), key=lambda glyph: glyph.x
    )
    return any(right.box[0] - left.box[2] > _APART * left.size for left, right in pairwise(marks))


def _find_walls(grid: Grid, cells: Sequence[_Lines], content: Iterable[_Lines]) -> _Found | None:
    """Walls between the values of all cells, and between them and what stands before them; None where they are few, or
    stand in no columns. Heads in the `content` of one cell show the columns that are left blank.
    """
    rows = [values for lines in cells for line in lines if _share_column(grid, values := value_words(line))]
    if len(rows) < _FEWEST_ROWS and not any(len(values) >= _FEWEST_VALUES for values in rows):
        return None
    columns: list[Range] = []
    for values in sorted(rows, key=len, reverse=True):
        ranges = [(word.box[0], word.box[2]) for word in values]
        merged = merge_columns(columns, ranges) if columns else ranges
        if merged is None:
            return None
        columns = merged
    first = columns[0][0]
    labels = [
        word.box[2] for lines in cells for line in lines for word in loosen_value(line, columns) if word.x < first
    ]
    columns = _add_blank_columns(columns, content, max(labels, default=0.0))
    ends = [max(labels, default=first), *(end for _, end in columns[:-1])]
    gaps = [*zip(ends, (start for start, _ in columns), strict=True)]
    size = max(word.size for values in rows for word in values)
    if any(end - start > _TOUCH * size for end, start in gaps):
        return None
    walls = [next((x for x in grid.xs if end <= x <= start), (end + start) / 2) for end, start in gaps]
    return _Found(tuple(x for x in walls[not labels :] if x not in grid.xs), walls[0])


def _add_blank_columns(columns: Sequence[Range], content: Iterable[_Lines], left: float) -> list[Range]:
    """The columns of the values and those of heads without values, where several heads stand in one cell; `left` is
    where the labels end.
    """
    for lines in content:
        named = not any(map(value_words, lines)) and all(word.box[0] >= left for line in lines for word in line)
        heads = leaf_heads(lines, columns, None) if named and lines else []
        if len(heads) > len(columns):
            return [slot.x for slot in match_heads(columns, heads)]
    return [*columns]


def _share_column(grid: Grid, values: Sequence[Word]) -> bool:
    columns = [bisect_right(grid.xs, word.x) for word in values]
    return len(set(columns)) < len(columns)


def _add_walls(grid: Grid, found: _Found, lines: Mapping[int, _Lines]) -> Grid:
    """The grid with the walls in the cells of values and blanks, but for those below a head that they do not part.

    Where no rules part its heads, a cell is an area without ruling.
    """
    xs = tuple(sorted((*grid.xs, *found.walls)))
    place = [xs.index(x) for x in grid.xs]
    cells: list[Cell] = []
    owner = [[-1] * (len(xs) - 1) for _ in grid.owner]
    parted = True  # whether the heads above are
    for k, cell in enumerate(grid.cells):
        start, end = place[cell.column0], place[cell.column1]
        own, walls = lines.get(k, ()), [wall for wall in range(start + 1, end) if xs[wall] in found.walls]
        is_head = any(word.x > found.start for line in own for word in line if word not in value_words(line))
        if walls and is_head:
            parted = any(len([word for word in line if word.x > found.start]) > 1 for line in own)
        closed = cell.closed and not (walls and is_head and parted)
        cuts = [wall for wall in range(start + 1, end) if xs[wall] in found.walls or xs[wall] >= found.start]
        borders = [start, *(cuts if walls and closed and not is_head and parted else ()), end]
        for left, right in pairwise(borders):
            for row in range(cell.row0, cell.row1):
                for column in range(left, right):
                    if grid.owner[row][bisect_right(place, column) - 1] == k:
                        owner[row][column] = len(cells)
            cells.append(Cell(cell.row0, left, cell.row1, right, closed))
    divided = len(cells) > len(grid.cells)
    return Grid(xs, grid.ys, tuple(cells), tuple(map(tuple, owner))) if divided else grid
