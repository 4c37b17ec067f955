"""A grid and the glyphs of the page → rows of a ruled table; glyphs beside the grid at its height belong to it."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median

from extract.pages.pdf.drawing import INK, Box, Glyph
from extract.pages.pdf.grid import Cell, Grid
from extract.pages.pdf.labels import NUMBERED, is_row_name
from extract.pages.pdf.values import UNSURE
from extract.pages.pdf.words import Word, glyphs_to_lines, glyphs_to_text, hull, is_uneven, line_to_text, split_words
from extract.quick import record, replace

_VALUE = re.compile(r"^[+\-－—–/／\d０-９.,，、\s\ufffc]+$")
_NUMBER = re.compile(r"^[\d０-９.,，\ufffc]+$")
_NUMBERS = re.compile(r"^[\d０-９.,，]+( [\d０-９.,，]+)+$")
_ONE_MORE = 0.95  # digits by which no line of a column is longer than one that is full
_LEADING = 1.8  # type sizes between the base lines of two lines of one cell at most
_LINE = 0.75  # type sizes between two lines at least: what stands closer is one line of which a part is raised
_IN_NUMBER = re.compile(
    r"[+\-－—–/／\d０-９.,，、*※万元件项]"
)  # what a cell of numbers prints, notes and units with them
_LABEL = 4  # characters of a label at least
_SET_IN = 1.5  # type sizes by which a number below a label must be set in to be none of its lines
_NARROWEST = 7.0  # points: an empty column that is narrower is the gap between two frames
_FITS = 0.9  # type sizes: so is one into which no character fits, where two tables of other columns touch
_BESIDE = 0.15  # a grid at least so wide (share of the page) takes the text beside it as unruled columns
_MOST_LABELLED = 10  # columns that a table with labels in its rows has at most, three of them under the labels
_ACROSS = 0.2  # type sizes by which a character may reach over a wall: its box is wider than its ink
_APART = 2.0  # type sizes between the middles of two digits from which on they are surely of two numbers
_STEP = 0.8  # type sizes between the middles of two digits of one number
_HANGING = frozenset("、，。；：）》”")  # a line of a label may end with one of these beyond its cell
_SIGNS = frozenset("+-－−–")  # before a number they may stand beyond its cell
_HANGS = 0.3  # type sizes between such a mark and the character that it stands behind
_FEWEST_EMPTY = 5  # columns of the least group of values of table 4
_MANY_ROWS = 5  # values one below the other that no cell of one row has: a number may be broken into two or three
_SEVERAL = 2  # such cells, or cells with several numbers and words, side by side
_MANY = 3  # value cells that must show the same lines of numbers for a ruled row to be several


@record
class TextCell:
    """Text and box of a cell in upright points; of a number cell in a scan also its readings (RawCell).

    `fixed`: rules stand around it and nothing in its row reaches over one, or each column of its table has its head.
    `unclear`: its words were hard to read in a scan. `page`: of one that a page break parted from its row, its page
    (index).
    """

    text: str
    box: Box
    readings: tuple[tuple[str, float], ...] = ()
    fixed: bool = False
    unclear: bool = False
    page: int | None = None


TableRow = tuple[TextCell, ...]


@record
class Table:
    """Rows of equally many cells; `box` is the area of the page that the table takes.

    `columns` are the x-ranges of all columns of a ruled table, of the value columns of one without ruling, whose rows
    begin with `labels` cells for labels.
    """

    rows: tuple[TableRow, ...]
    box: Box
    columns: tuple[tuple[float, float], ...] = ()
    labels: int = 0


def take_table(grid: Grid, glyphs: Sequence[Glyph], width: float) -> tuple[Table | None, list[Glyph]]:
    """(the table of the grid, the glyphs of the page that are not in it). None where nothing stands in the grid, or
    rows that it does not part.
    """
    grid = _widen(grid, glyphs, width)
    inside: list[Glyph] = []
    outside: list[Glyph] = []
    x0, y0, x1, y1 = grid.box
    for glyph in glyphs:
        (inside if x0 <= glyph.x <= x1 and y0 <= glyph.y <= y1 else outside).append(glyph)
    if not inside:
        return None, outside
    if _holds_rows(grid, inside):
        return None, [*glyphs]
    filled = _fill(grid, inside)
    rows = [row for k, row in enumerate(filled) if any(cell.text for cell in row) or _is_empty_row(filled, k)]
    if rows and (empty := _empty_values(grid, inside, len(rows[0]))):
        rows.append(empty)
    return Table(tuple(rows), grid.box, tuple(pairwise(grid.xs))), outside


def _is_empty_row(rows: Sequence[TableRow], k: int) -> bool:
    """Whether a row between others holds nothing and has so many ruled cells that its values may be left empty."""
    return 0 < k < len(rows) - 1 and sum(cell.fixed for cell in rows[k]) >= _FEWEST_EMPTY


def _empty_values(grid: Grid, inside: Sequence[Glyph], width: int) -> TableRow | None:
    """The last row of the grid where each column has a cell and none holds anything: values of a table without labels.

    Rows of fewer cells have a label, and are what a page break cut off below the text.
    """
    last = len(grid.ys) - 2
    columns = range(len(grid.xs) - 1)
    ruled = all(grid.cells[own].closed and grid.cells[own].row0 == last for own in grid.owner[last])
    whole = len(set(grid.owner[last])) == len(columns) == width > _MOST_LABELLED
    if not (ruled and whole) or any(glyph.y >= grid.ys[last] for glyph in inside):
        return None
    return tuple(_empty(grid, last, column) for column in columns)


def _widen(grid: Grid, glyphs: Sequence[Glyph], width: float) -> Grid:
    """The grid with unruled columns to each side where text stands beside it: one of labels, several of values."""
    x0, y0, x1, y1 = grid.box
    if x1 - x0 < _BESIDE * width:
        return grid
    beside = [glyph for glyph in glyphs if y0 <= glyph.y <= y1]
    left = _columns_beside([glyph for glyph in beside if glyph.x < x0])
    right = _columns_beside([glyph for glyph in beside if glyph.x > x1])
    rows, shift = len(grid.owner), 1 if left else 0
    start = [min(x for x, _ in left)] if left else []
    ends = [(a + b) / 2 for (_, a), (b, _) in pairwise(right)] + [max(x for _, x in right)] if right else []
    xs = (*start, *grid.xs, *ends)
    cells = [Cell(c.row0, c.column0 + shift, c.row1, c.column1 + shift, c.closed) for c in grid.cells]
    sides = [0] * shift + [*range(len(xs) - 1 - len(ends), len(xs) - 1)]
    owner = [[-1] * shift + list(row) + [-1] * len(ends) for row in grid.owner]
    for column in sides:
        for row in owner:
            row[column] = len(cells)
        cells.append(Cell(0, column, rows, column + 1, False))
    return Grid(xs, grid.ys, tuple(cells), tuple(map(tuple, owner)))


def _columns_beside(glyphs: Sequence[Glyph]) -> list[tuple[float, float]]:
    """The x-ranges of the columns in which values stand below one another, from left to right; one where none do."""
    if not glyphs:
        return []
    columns: list[tuple[float, float]] = []
    words = [word for line in glyphs_to_lines(glyphs) for word in split_words(line) if _VALUE.match(word.text)]
    for start, end in sorted((word.box[0], word.box[2]) for word in words):
        if columns and start < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(end, columns[-1][1]))
        else:
            columns.append((start, end))
    whole = hull(glyph.box for glyph in glyphs)
    if len(columns) <= 1:
        return [(whole[0], whole[2])]
    return [(whole[0], columns[0][1]), *columns[1:-1], (columns[-1][0], whole[2])]


def _beside(mark: Glyph, glyphs: Sequence[Glyph]) -> Glyph:
    """The character that a mark hangs behind, the digit that a sign stands before, or the mark: it stands in its cell,
    though it may reach over a rule.
    """
    reach = _HANGS * mark.size
    is_sign = mark.text in _SIGNS
    gaps = [
        (abs(glyph.box[0] - mark.box[2] if is_sign else mark.box[0] - glyph.box[2]), k)
        for k, glyph in enumerate(glyphs)
        if abs(glyph.base - mark.base) <= reach and (glyph.text.isdigit() if is_sign else not _VALUE.match(glyph.text))
    ]
    gap, k = min(gaps, default=(math.inf, 0))
    return glyphs[k] if gap <= reach else mark


def _fill(grid: Grid, glyphs: Sequence[Glyph]) -> list[TableRow]:
    """The rows of the grid, each unit column as often as the widest of its unruled cells needs it."""
    content: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        x = _beside(glyph, glyphs).x if glyph.text in _HANGING or glyph.text in _SIGNS else glyph.x
        content[grid.owner[_index(grid.ys, glyph.y)][_index(grid.xs, x)]].append(glyph)
    _lift_heads(grid, content)
    narrowest = max(_NARROWEST, _FITS * median(glyph.size for glyph in glyphs)) if glyphs else _NARROWEST
    torn = _torn_cells(grid, content)
    texts: dict[tuple[int, int], list[TextCell]] = {}
    lines: dict[tuple[int, int], list[list[Glyph]]] = {}
    crossed = {cell.row0 for k, cell in enumerate(grid.cells) if _reach_over(content.get(k, ()), grid.cell_box(cell))}
    for k, cell in enumerate(grid.cells):
        own, place = content.get(k, []), (cell.row0, _first_column(grid, cell, narrowest))
        spread = _spread_numbers(grid, cell, own) if cell.closed else _open_texts(grid, own)
        texts.update(spread)
        if cell.closed and not spread:
            box = grid.cell_box(cell)
            texts[place] = _closed_texts(own, box)
            if k in torn or _is_uneven(own):
                texts[place] = [replace(cell, text=f"{cell.text}{UNSURE}") for cell in texts[place]]
            if len(texts[place]) == 1 and cell.row0 not in crossed:
                texts[place] = [replace(texts[place][0], fixed=True)]
            if own and cell.row1 - cell.row0 == 1:
                lines[place] = glyphs_to_lines(own)
    return _cells_to_rows(grid, texts, lines, narrowest=narrowest)


def _lift_heads(grid: Grid, content: dict[int, list[Glyph]]) -> None:
    """Moves the heads of a row's numbers that a printer pushed down over its upper rule to the cells they began in."""
    moved: dict[int, dict[int, list[Glyph]]] = defaultdict(dict)
    for k, own in content.items():
        cell = grid.cells[k]
        over = min(own, key=lambda glyph: glyph.box[1])
        if not (cell.row0 and cell.closed and over.box[1] < grid.ys[cell.row0] - _ACROSS * over.size):
            continue
        *above, last = glyphs_to_lines(own)
        head = [glyph for line in above for glyph in line]
        if head and all(_NUMBER.match(g.text) for g in last) and not any(_NUMBER.match(g.text) for g in head):
            moved[cell.row0][k] = head
    for row, heads in moved.items():
        for k, head in heads.items() if len(heads) >= _MANY else ():
            content[k] = [glyph for glyph in content[k] if glyph not in head]
            content[grid.owner[row - 1][grid.cells[k].column0]] += head


def _is_uneven(glyphs: Sequence[Glyph]) -> bool:
    """Whether a cell holds digits of which nobody can tell whether all are its number's."""
    if len(glyphs) < 2 or not all(_IN_NUMBER.match(glyph.text) for glyph in glyphs):
        return False
    lines = glyphs_to_lines(glyphs)
    close = any(b[0].base - a[0].base < _LINE * min(a[0].size, b[0].size) for a, b in pairwise(lines))
    return close or any(map(is_uneven, lines))


def _torn_cells(grid: Grid, content: Mapping[int, Sequence[Glyph]]) -> set[int]:
    """The cells that share a number: a digit on the wall between them stands off the others of its own cell."""
    torn: set[int] = set()
    for k, own in content.items():
        if not grid.cells[k].closed or not all(_NUMBER.match(glyph.text) for glyph in own):
            continue
        for other, end in _across_walls(grid, grid.cells[k], glyphs_to_lines(own)):
            if any(glyph.text.isdigit() and _may_be_one(glyph, end) for glyph in content.get(other, ())):
                torn |= {k, other}
    return torn


def _may_be_one(one: Glyph, other: Glyph) -> bool:
    """Whether two digits on either side of a wall stand as close as those of one number may."""
    size = min(one.size, other.size)
    return abs(one.base - other.base) < _LINE * size and abs(one.x - other.x) < _APART * size


def _across_walls(grid: Grid, cell: Cell, lines: Sequence[Sequence[Glyph]]) -> Iterator[tuple[int, Glyph]]:
    """(cell beside this one, end of a line that reaches over its wall and stands off the rest of the line)."""
    x0, _, x1, _ = grid.cell_box(cell)
    for line in lines:
        for edge, end, rest, column in (
            (x0 - line[0].box[0], line[0], line[1:2], cell.column0 - 1),
            (line[-1].box[2] - x1, line[-1], line[-2:-1], cell.column1),
        ):
            alone = not rest or abs(rest[0].x - end.x) > _STEP * end.size
            if edge > _ACROSS * end.size and alone and 0 <= column < len(grid.xs) - 1:
                yield grid.owner[cell.row0][column], end


def _first_column(grid: Grid, cell: Cell, narrowest: float) -> int:
    """The first column of the cell into which a character fits: one before it belongs to a table that touches."""
    columns = range(cell.column0, cell.column1)
    return next((k for k in columns if grid.xs[k + 1] - grid.xs[k] >= narrowest), cell.column0)


def _reach_over(glyphs: Sequence[Glyph], box: Box) -> bool:
    """Whether a character stands across a side wall of its cell: what follows it may be in the next one."""
    return any(
        glyph.box[0] < box[0] - _ACROSS * glyph.size or glyph.box[2] > box[2] + _ACROSS * glyph.size for glyph in glyphs
    )


def _closed_texts(glyphs: Sequence[Glyph], box: Box) -> list[TextCell]:
    """The text of a ruled cell; a number set in by itself below a label is a value that a printer pushed in there."""
    lines = glyphs_to_lines(glyphs)
    width = box[2] - box[0]
    if len(lines) > 1:
        above, below = [line_to_text(line) for line in lines[:-1]], line_to_text(lines[-1])
        set_in = lines[-1][0].box[0] - min(line[0].box[0] for line in lines[:-1])
        number = _NUMBER.match(below) and INK not in below and set_in > _SET_IN * lines[-1][0].size
        if number and len(above[0]) >= _LABEL and not any(map(_VALUE.match, above)):
            label = [glyph for line in lines[:-1] for glyph in line]
            return [TextCell(glyphs_to_text(own, width), hull(g.box for g in own)) for own in (label, lines[-1])]
    return [TextCell(glyphs_to_text(glyphs, width), box)]


def _cells_to_rows(
    grid: Grid,
    texts: dict[tuple[int, int], list[TextCell]],
    lines: dict[tuple[int, int], list[list[Glyph]]],
    *,
    narrowest: float,
) -> list[TableRow]:
    rows = range(len(grid.ys) - 1)
    filled = {column for (_, column), own in texts.items() if any(cell.text for cell in own)}
    columns = [k for k in range(len(grid.xs) - 1) if k in filled or grid.xs[k + 1] - grid.xs[k] >= narrowest]
    columns = columns or [0]
    widths = {k: max((len(texts.get((row, k), ())) for row in rows), default=1) or 1 for k in columns}
    room: dict[int, float] = defaultdict(float)  # column → points of its longest line
    for (_, k), own in lines.items():
        room[k] = max(room[k], *map(_length, own))
    made = []
    for row in rows:
        cells: list[TextCell] = []
        own_lines: dict[int, list[list[Glyph]]] = {}
        wrapped: dict[int, bool] = {}
        for k in columns:
            own_texts = texts.get((row, k), [])
            if (row, k) in lines:
                own_lines[len(cells)] = lines[row, k]
                wrapped[len(cells)] = _is_wrapped(lines[row, k], room[k])
            pad = [_empty(grid, row, k)] * (widths[k] - len(own_texts))
            cells += [*own_texts, *pad] if own_texts and own_lines.get(len(cells)) else [*pad, *own_texts]
        split = _split_row(tuple(cells), own_lines)
        made += split if len(split) > 1 else [_settle_stacked(split[0], own_lines, wrapped)]
    return made


def _settle_stacked(
    row: TableRow, lines: Mapping[int, Sequence[Sequence[Glyph]]], wrapped: Mapping[int, bool]
) -> TableRow:
    """The row; several numbers one below the other in a cell, which its width does not part, are one where its column
    had no room for more digits, or else unsure.
    """
    stacked = {k for k, own in lines.items() if len(own) > 1 and " " in row[k].text and _NUMBERS.match(row[k].text)}
    return tuple(
        cell
        if k not in stacked
        else replace(cell, text=cell.text.replace(" ", ""))
        if wrapped[k]
        else replace(cell, text=f"{cell.text}{UNSURE}", fixed=False)
        for k, cell in enumerate(row)
    )


def _is_wrapped(lines: Sequence[Sequence[Glyph]], room: float) -> bool:
    """Whether lines of digits are one number: each but the last is as long as any line of the column, `room`."""
    full = all(len(line) > 1 and _length(line) * (1 + _ONE_MORE / len(line)) > room for line in lines[:-1])
    close = all(b[0].base - a[0].base < _LEADING * a[0].size for a, b in pairwise(lines))
    digits = all(glyph.text.isdigit() for line in lines for glyph in line)
    return full and close and digits and lines[0][0].text != "0"


def _length(line: Sequence[Glyph]) -> float:
    return line[-1].box[2] - line[0].box[0]


def _empty(grid: Grid, row: int, column: int) -> TextCell:
    return TextCell("", (grid.xs[column], grid.ys[row], grid.xs[column + 1], grid.ys[row + 1]))


def _index(borders: Sequence[float], value: float) -> int:
    return bisect_right(borders, value, 1, len(borders) - 1) - 1


def _open_texts(grid: Grid, glyphs: Sequence[Glyph]) -> dict[tuple[int, int], list[TextCell]]:
    """Text in an area without ruling: each word to the unit cell of its centre; what stands side by side in one unit
    are cells of their own.
    """
    units: dict[tuple[int, int], list[list[Word]]] = defaultdict(list)
    order = {id(glyph): k for k, glyph in enumerate(glyphs)}
    for line in glyphs_to_lines(glyphs):
        for word in split_words(line, order=order):
            stacks = units[_index(grid.ys, word.y), _index(grid.xs, word.x)]
            stack = next((own for own in stacks if _stands_below(word, own[-1])), None)
            if stack is None:
                stacks.append([word])
            else:
                stack.append(word)
    return {
        place: [
            TextCell("".join(word.text for word in stack), hull(word.box for word in stack))
            for stack in sorted(stacks, key=lambda stack: stack[0].x)
        ]
        for place, stacks in units.items()
    }


def _holds_rows(grid: Grid, glyphs: Sequence[Glyph]) -> bool:
    """Whether values stand one below the other in several columns of an area that no rule parts into rows: one without
    ruling, or cells as high as many rows.
    """
    units: dict[tuple[int, int, int], set[float]] = defaultdict(set)
    content: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        content[grid.owner[_index(grid.ys, glyph.y)][_index(grid.xs, glyph.x)]].append(glyph)
    high: Counter[int] = Counter()  # row of the grid → cells in it that hold what only several rows have
    alone = len(grid.owner) == 1
    least = 1 if alone else 2  # numbers beside words in such a cell
    for k, own in content.items():
        cell = grid.cells[k]
        if cell.closed and max(glyph.base for glyph in own) - min(glyph.base for glyph in own) < own[0].size:
            continue  # one line, as in most cells
        lines = [split_words(line) for line in glyphs_to_lines(own)]
        if alone and sum(map(_begins_row, lines)) >= _SEVERAL:
            return True
        words = [word for line in lines for word in line]
        numbers = [word for word in words if _NUMBER.match(word.text)]
        if cell.closed:
            if _rows_across(grid, cell, lines) >= _SEVERAL:
                return True
            bases = len({word.base for word in numbers})
            high[cell.row0] += bases >= _MANY_ROWS or least <= bases < len({word.base for word in words})
            continue
        abreast = [sum(bool(_NUMBER.match(word.text)) for word in line) >= _MANY for line in lines]
        if sum(abreast) >= _MANY:
            return True
        for word in numbers:
            units[k, _index(grid.ys, word.y), _index(grid.xs, word.x)].add(word.base)
    return sum(len(bases) > 1 for bases in units.values()) >= _MANY or max(high.values(), default=0) >= _SEVERAL


def _begins_row(line: Sequence[Word]) -> bool:
    """Whether a line of a cell begins the name of a row, and is no rest of one."""
    text = line[0].text
    return bool(NUMBERED.match(text)) or (len(text) >= _LABEL and is_row_name(text))


def _rows_across(grid: Grid, cell: Cell, lines: Sequence[Sequence[Word]]) -> int:
    """How many lines of a cell over several columns have numbers in columns behind their label's, one in each."""
    if cell.column1 - cell.column0 < 2 or cell.row1 - cell.row0 != 1:
        return 0
    wall = grid.xs[cell.column0 + 1]
    numbers = [[word for word in line if _NUMBER.match(word.text)] for line in lines]
    columns = [[_index(grid.xs, word.x) for word in own] for own in numbers]
    apart = all(word.box[0] >= wall for own in numbers for word in own) and all(
        word.box[2] <= wall or word in own for line, own in zip(lines, numbers, strict=True) for word in line
    )
    return sum(1 for own in columns if own and len(set(own)) == len(own)) if apart else 0


def _stands_below(word: Word, above: Word) -> bool:
    overlap = min(above.box[2], word.box[2]) - max(above.box[0], word.box[0])
    return overlap > min(above.box[2] - above.box[0], word.box[2] - word.box[0]) / 2


def _spread_numbers(grid: Grid, cell: Cell, glyphs: Sequence[Glyph]) -> dict[tuple[int, int], list[TextCell]]:
    """Numbers side by side in one cell that stand under several columns: the lines between them are not ruled.

    Before them a label may stand, of several lines: tables with every other row banded rule no columns in the others.
    """
    if cell.column1 - cell.column0 < 2 or cell.row1 - cell.row0 != 1 or len(glyphs) < 2:
        return {}
    order = {id(glyph): k for k, glyph in enumerate(glyphs)}
    words = [word for line in glyphs_to_lines(glyphs) for word in split_words(line, order=order)]
    values = [word for word in words if _VALUE.match(word.text)]
    columns = [_index(grid.xs, word.x) for word in values]
    if len(values) < 2 or len(set(columns)) < len(columns) or not _on_one_line(values):
        return {}
    spread = {(cell.row0, k): [TextCell(word.text, word.box)] for k, word in zip(columns, values, strict=True)}
    label = [word for word in words if word not in values]
    if not label:
        return spread
    start = grid.xs[min(columns)]
    if len(values) < _MANY or any(word.box[2] > start + _ACROSS * word.size for word in label):
        return {}
    own = [glyph for glyph in glyphs if glyph.x < start]
    box = hull(word.box for word in label)
    return spread | {(cell.row0, cell.column0): [TextCell(glyphs_to_text(own, start - grid.xs[cell.column0]), box)]}


def _on_one_line(words: Sequence[Word]) -> bool:
    return max(word.base for word in words) - min(word.base for word in words) < _LINE * words[0].size


def _split_row(row: TableRow, lines: dict[int, list[list[Glyph]]]) -> list[TableRow]:
    """The rows of a ruled row: several where its value cells all show the same baselines of numbers."""
    values = {k: own for k, own in lines.items() if _VALUE.match(row[k].text)}
    counts = {len(own) for own in values.values()}
    if len(values) < _MANY or len(counts) != 1 or counts == {1}:
        return [row]
    first = next(iter(values.values()))
    bases = [line[0].base for line in first]
    size = first[0][0].size
    if any(
        abs(line[0].base - base) > size / 2 for own in values.values() for line, base in zip(own, bases, strict=True)
    ):
        return [row]
    middles = [(a + b) / 2 for a, b in pairwise(bases)]
    cells: list[list[TextCell]] = [[TextCell("", cell.box) for cell in row] for _ in bases]
    for k, cell in enumerate(row):
        for line in lines.get(k, []):
            place = sum(line[0].base > middle for middle in middles)
            text = cells[place][k].text + glyphs_to_text(line, cell.box[2] - cell.box[0])
            cells[place][k] = TextCell(text, cell.box)
        if k not in lines:
            cells[0][k] = cell
    return [tuple(own) for own in cells]
