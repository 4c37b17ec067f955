"""A grid and the page's picture → a table: which cells hold numbers is told by rows and columns, then each is read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extract.celltext import merge_readings, parse_cell
from extract.pages.image.grain import are_grain
from extract.pages.image.ink import Grey, Ink, grey_to_ink
from extract.pages.image.lattice import INSET, Lattice
from extract.pages.image.lettering import read_lines
from extract.pages.image.lines import DARK, PixelBox, lines_in_cell
from extract.pages.image.overlaid import agree, print_of, without_seal
from extract.pages.image.parted import join_columns, part_columns, part_spaced
from extract.pages.image.recognise import CellReading, read_cell_images
from extract.pages.image.stacked import headed_lines, lost_border, lost_borders, part_row, stacked_lines
from extract.pages.image.undivided import divide_cells
from extract.pages.pdf.drawing import Box
from extract.pages.pdf.grid import Cell
from extract.pages.pdf.ruled import Table, TableRow, TextCell
from extract.quick import record, replace
from extract.records import State

ILLEGIBLE = "?"
"""What stands for a number that is there and cannot be read."""

_CHARACTER = re.compile(r"[\u4e00-\u9fff]")
_STRAY = re.compile(r"^[+·|~^_=-]+|[+·|~^_=-]+$")  # beside words: pieces of rules and seals
_WORDS = 0.5  # share of a text's characters that are Chinese in words
_MOST_WORDS = 2  # places at which print begins in a cell of neither a number nor words
_LEAST_CROP = 4  # pixels; in a smaller picture nothing can be read
_LONGEST_NUMBER = 6.5  # heights of its digits that a number is wide
_SURE = 0.99  # probability from which a reading shows what the numbers of its table look like
_READABLE = 0.5  # probability from which the best reading of a cell is taken
_GARBLED = 4  # characters, at most, of what a number hard to read is taken for
_CLEAR = 0.85  # probability of each character of words that were clear to read
_LEGIBLE = 0.7  # mean probability of a line's characters from which it is words
_NUMERIC_SHARE = 0.5  # share of a row's cells that are numbers or empty, in a row of numbers
_MOST_AMID = 0.6  # share of the columns between the first and the last with a number that are of numbers: then all are
_FEWEST_AMID = 2  # numbers in a row between rows of numbers that is one, too, whatever else was read in it
_RULE_INSIDE = 1.5  # points from where a rule should be within which its remainder lies
_RULE_REMAINS = 1.5  # points from the edge of a cell within which ink may be left of its rules
# Cells with several numbers, and their share of the others; beyond both a grid lacks rules.
_MOST_SHARED, _SHARED = 3, 0.4
_FEWEST_BESIDE = 3  # numbers in each row beside a cell over several rows that is one in each
_MOST_HEADS = 4  # rows of heads over one another
_PAD = 0.16  # heights of a line that its picture reaches beyond it
_GAP = 1.5  # points of paper between two numbers in one cell, at least; and so many heights of them
_GAP_HEIGHTS = 1.2
_LOWEST = 4.5  # points of a number's height: where it seems lower, it is faint and pieces of it are dark alone
_BESIDE_LINE = 1.5  # points around a line that is looked at by itself
_SPECK = 0.5  # heights of the highest line of a cell below which another one, as wide as high, is no print
_TORN = 1.2  # heights of a number up to which lines one below the other are pieces of one
_REMAINS, _REMAINS_EDGE = 0.25, 2.5  # heights of its line that a remainder of a rule is wide, points from the edge
_LEAST_NUMBER = 0.4  # heights of its line that a number is high, or a dash wide; specks are smaller


@record
class _Piece:
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


def lattice_to_table(lattice: Lattice, flat: Grey, unit: float) -> Table | None:
    """The rows of the table with their texts and readings; boxes in points.

    None where nothing that can be read stands in it, or where so many rules were not found that its cells hold several
    numbers.
    """
    pieces, readings = _read_short(lattice, flat, unit)
    if ruled := _find_lost_rules(lattice, flat, pieces, readings, unit):
        return lattice_to_table(ruled, flat, unit)
    pieces, readings = _split_spread(pieces, readings, lattice, flat, unit)
    pieces, readings = _split_merged(pieces, readings, lattice, flat, unit)
    pieces, readings = _without_grain(pieces, readings, flat)
    flat, pieces, readings = _without_seal(pieces, readings, flat, unit)
    belonging = _number_cells(pieces, readings)
    numbers = belonging & set(readings)
    readings |= {k: CellReading(()) for k in numbers if len(_starts(pieces[k], flat, unit)) > 1}
    pieces = _part_shared(pieces, numbers, lattice, flat, unit)
    words = [k for k, piece in enumerate(pieces) if k not in numbers and piece.lines]
    read = dict(zip(words, _read_words([pieces[k] for k in words], flat), strict=True))
    starts = {k: len(_starts(pieces[k], flat, unit)) for k in words}
    texts = {k: _join_digits(own.text) if starts[k] == 1 else own.text for k, own in read.items()}
    several = sum(_more_numbers(text, starts[k]) for k, text in texts.items() if starts[k] > 1)
    dirt = _is_dirt([own.score for own in read.values()], [readings[k] for k in numbers])
    if dirt or several > max(_MOST_SHARED, _SHARED * len(numbers)):
        return None
    places = {(pieces[k].row, pieces[k].column) for k in belonging}
    for k, text in texts.items():
        piece = pieces[k]  # what lies over a number makes lines that are no number, and two numbers are not one
        covered = (piece.row, piece.column) in places and _is_garbled(text, len(piece.lines))
        if covered or (starts[k] > 1 and _is_number(text) and _joins_several(text, piece, flat, unit)):
            readings[k] = CellReading(())
            numbers.add(k)
    cells = {
        (piece.row, piece.column): _to_cell(piece, readings[k], unit)
        if k in numbers
        else replace(
            _to_text_cell(piece, readings.get(k), texts.get(k, ""), unit, belongs=k in belonging),
            unclear=k in read and read[k].least < _CLEAR,
        )
        for k, piece in enumerate(pieces)
    }
    return _to_table(cells, lattice)


def _read_short(lattice: Lattice, flat: Grey, unit: float) -> tuple[list[_Piece], dict[int, CellReading]]:
    """The cells of the grid, and by their places what those are read as that may be numbers."""
    pieces = [piece for k in range(len(lattice.boxes)) for piece in _to_pieces(lattice, k, flat, unit)]
    short = [k for k, piece in enumerate(pieces) if not piece.wordy]
    crops = [_crop(flat, pieces[k].box) for k in short]
    readings = dict(zip(short, read_cell_images(crops, line_height=_line_height(pieces)), strict=True))
    return _join_torn(pieces, readings, flat)


def _find_lost_rules(
    lattice: Lattice, flat: Grey, pieces: Sequence[_Piece], readings: Mapping[int, CellReading], unit: float
) -> Lattice | None:
    """The grid with more of its rules, or without what was taken for some; None where it is as it should be."""
    ink = grey_to_ink(flat)
    found = [(pieces[k].row, pieces[k].column) for k, reading in readings.items() if _kind(reading) == "number"]

    def are_numbers(boxes: Sequence[PixelBox]) -> list[bool]:
        return _are_numbers(boxes, flat)

    def are_counts(boxes: Sequence[PixelBox]) -> list[bool]:  # what is left of a rule seems a dash
        return _are_numbers(boxes, flat, dashes=False)

    return (
        part_columns(lattice, ink, found, unit)
        or join_columns(lattice, ink, found, unit)
        or divide_cells(lattice, ink, found, unit, are_numbers=are_numbers)
        or part_spaced(lattice, ink, unit, are_numbers=are_counts)
        or _part_stacked(lattice, flat, ink, unit)
    )


def _line_height(pieces: Sequence[_Piece]) -> float | None:
    """Pixels that the lines of words of a table are usually high, None where there are none."""
    heights = [y1 - y0 for own in pieces if own.wordy for _, y0, _, y1 in own.lines if y1 - y0 >= own.lowest]
    return float(np.median(heights)) if heights else None


def _crop(flat: Grey, box: PixelBox) -> Grey:
    x0, y0, x1, y1 = (max(0, value) for value in box)
    part = flat[y0:y1, x0:x1]
    return part if min(part.shape) >= _LEAST_CROP else np.full((_LEAST_CROP, _LEAST_CROP), 255, dtype=np.uint8)


def _to_pieces(lattice: Lattice, k: int, flat: Grey, unit: float) -> list[_Piece]:
    """A cell; where its walls were not all found, its part in each row of the grid."""
    cell, box = lattice.grid.cells[k], lattice.boxes[k]
    if cell.closed or cell.row1 - cell.row0 == 1:
        return [_to_piece(cell, box, flat, unit)]
    inset = max(1, round(unit))
    pieces = []
    for row in range(cell.row0, cell.row1):
        own = [column for column in range(cell.column0, cell.column1) if lattice.grid.owner[row][column] == k]
        if own:
            x0, x1 = round(lattice.grid.xs[own[0]] * unit), round(lattice.grid.xs[own[-1] + 1] * unit)
            y0, y1 = round(lattice.grid.ys[row] * unit), round(lattice.grid.ys[row + 1] * unit)
            part = (x0 + inset, y0 + inset, max(x1 - inset, x0 + inset + 2), max(y1 - inset, y0 + inset + 2))
            pieces.append(_to_piece(Cell(row, own[0], row + 1, own[-1] + 1, False), part, flat, unit))
    return pieces


def _to_piece(cell: Cell, box: PixelBox, flat: Grey, unit: float) -> _Piece:
    lines = _without_specks(lines_in_cell(grey_to_ink(_crop(flat, box)), unit))
    columns, rows = cell.column1 - cell.column0, cell.row1 - cell.row0
    return _Piece(cell.row0, cell.column0, columns, rows, box, lines, _LOWEST * unit)


def _without_specks(lines: Sequence[PixelBox]) -> tuple[PixelBox, ...]:
    """The lines of a cell, but for what is a speck beside the highest of them."""
    highest = max((y1 - y0 for _, y0, _, y1 in lines), default=0)
    return tuple(line for line in lines if max(line[2] - line[0], line[3] - line[1]) >= _SPECK * highest)


# ---------------------------------------------------------------- which cells hold numbers


def _kind(reading: CellReading | None) -> str:
    """number, blank, or words, by the best reading."""
    merged = merge_readings(reading.candidates) if reading else ()
    if not merged or merged[0][1] < _READABLE:
        return "words"
    text = merged[0][0]
    if not text:
        return "blank"
    return "number" if _is_number(text) else "words"


def _is_number(text: str) -> bool:
    return parse_cell(text).state in (State.READ, State.DASH)


def _are_numbers(boxes: Sequence[PixelBox], flat: Grey, *, dashes: bool = True) -> list[bool]:
    read = read_cell_images([_crop(flat, box) for box in boxes])
    return [_kind(own) == "number" and (dashes or own.candidates[0][0][-1:].isdigit()) for own in read]


def _number_cells(pieces: Sequence[_Piece], readings: dict[int, CellReading]) -> set[int]:
    """Indexes of the cells where numbers belong: in rows and columns in which most cells hold numbers or nothing.

    A row without a number whose cells all reach over several columns is one of heads.
    """
    kinds = {k: _kind(readings.get(k)) for k in range(len(pieces))}
    rows: dict[int, list[int]] = {}
    for k, piece in enumerate(pieces):
        rows.setdefault(piece.row, []).append(k)
    number_rows = [
        row
        for row, own in rows.items()
        if sum(kinds[k] != "words" for k in own) >= _NUMERIC_SHARE * len(own)
        and (len(own) > 1 or kinds[own[0]] == "number")
        and any(kinds[k] == "number" or pieces[k].columns == 1 for k in own)
    ]
    between = (
        set(rows) & {row + 1 for row in number_rows} & {row - 1 for row in (*number_rows, max(rows, default=0) + 1)}
    )
    number_rows += [  # a seal covers the others
        row
        for row in sorted(between - set(number_rows))
        if sum(kinds[k] == "number" for k in rows[row]) >= _FEWEST_AMID
    ]
    columns: dict[int, list[str]] = {}
    for row in number_rows:
        for k in rows[row]:
            columns.setdefault(pieces[k].column, []).append(kinds[k])
    number_columns = {column for column, own in columns.items() if _is_of_numbers(own)}
    first, last = min(number_columns, default=0), max(number_columns, default=0)
    inner = {column for column in columns if first < column < last}
    printed = [column for column in number_columns if "number" in columns[column]]
    amid = {column for column in columns if min(printed, default=0) < column < max(printed, default=0)}
    full = len(amid & number_columns) >= _MOST_AMID * len(amid)  # then what is left is hard to read
    number_columns |= amid if full else set()
    number_columns |= {  # nothing but numbers is left out between numbers
        column for column in inner if 2 * columns[column].count("blank") > len(columns[column])
    }
    return {k for row in number_rows for k in rows[row] if pieces[k].column in number_columns}


def _is_of_numbers(kinds: Sequence[str]) -> bool:
    """Whether a column's cells in rows of numbers are numbers; the empty ones beside a label tell nothing."""
    words = kinds.count("words")
    return 2 * words <= len(kinds) and words <= kinds.count("number")


def _part_stacked(lattice: Lattice, flat: Grey, ink: Ink, unit: float) -> Lattice | None:
    """The grid with the borders that a row lacks in which numbers stand one below the other; None where none does."""
    for row in range(len(lattice.grid.ys) - 1):
        stacks = stacked_lines(lattice, row, ink, unit)
        read = iter(read_cell_images([_amid_stack(flat, line, unit) for own in stacks for line in own]))
        kinds = [[_kind(next(read)) for _ in own] for own in stacks]
        numbers = [own for own, kind in zip(stacks, kinds, strict=True) if set(kind) == {"number"}]
        borders = lost_borders(numbers, unit) if 2 * len(numbers) > len(stacks) else []
        if borders := borders or _below_heads(headed_lines(lattice, row, ink, unit), flat, unit):
            return part_row(lattice, row, borders, ink, unit)
    return None


def _below_heads(lines: Sequence[Sequence[PixelBox]], flat: Grey, unit: float) -> list[float]:
    """Where the rule was lost between the heads of a row, the first one that of its labels, and the numbers below."""
    upper, lower = ([own[k] for own in lines[1:]] for k in range(2))
    read = read_cell_images([_amid_stack(flat, line, unit) for line in (*upper, *lower)])
    kinds = [_kind(own) for own in read]
    heads, numbers = kinds[: len(upper)], kinds[len(upper) :]
    return lost_border(lines, unit) if set(heads) == {"words"} and set(numbers) == {"number"} else []


def _amid_stack(flat: Grey, line: PixelBox, unit: float) -> Grey:
    """The picture of a line with some paper around it."""
    beside = round(_BESIDE_LINE * unit)
    return _crop(flat, (line[0] - beside, line[1] - beside, line[2] + beside, line[3] + beside))


def _split_spread(
    pieces: Sequence[_Piece], readings: dict[int, CellReading], lattice: Lattice, flat: Grey, unit: float
) -> tuple[list[_Piece], dict[int, CellReading]]:
    """Numbers side by side in one cell that stand under several columns: the rules between them were not found."""
    made: list[_Piece] = []
    own: dict[int, CellReading] = {}
    for k, piece in enumerate(pieces):
        parts = _parts(piece, lattice, flat, unit) if piece.columns > 1 else []
        read = read_cell_images([_crop(flat, part.box) for part in parts]) if parts else []
        if 2 * sum(_kind(reading) == "number" for reading in read) > len(read):
            own.update(enumerate(read, len(made)))
            made += parts
            continue
        if k in readings:
            own[len(made)] = readings[k]
        made.append(piece)
    return made, own


def _split_merged(
    pieces: Sequence[_Piece], readings: dict[int, CellReading], lattice: Lattice, flat: Grey, unit: float
) -> tuple[list[_Piece], dict[int, CellReading]]:
    """The pieces and readings; a cell over several rows or columns, all of numbers beside it, is one in each where
    nothing stands across a border: the rules between them were not found.
    """
    belonging = _number_cells(pieces, readings)
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
        own |= zip(places, read_cell_images([_crop(flat, made[place].box) for place in places]), strict=True)
    return made, own


def _borders(piece: _Piece, lattice: Lattice, unit: float) -> tuple[list[int], list[int]]:
    """The borders of the grid within a cell, in pixels of the page: those of columns, and those of rows."""
    xs = lattice.grid.xs[piece.column + 1 : piece.column + piece.columns]
    ys = lattice.grid.ys[piece.row + 1 : piece.row + piece.rows]
    return [round(x * unit) for x in xs], [round(y * unit) for y in ys]


def _to_units(piece: _Piece, lattice: Lattice, flat: Grey, unit: float) -> list[_Piece]:
    """The parts of a cell in each row and column of the grid, without what may be left of the rules between them."""
    (x0, y0, x1, y1), inset = piece.box, round(_RULE_INSIDE * unit)
    inner_x, inner_y = _borders(piece, lattice, unit)
    xs, ys = [x0 - inset, *inner_x, x1 + inset], [y0 - inset, *inner_y, y1 + inset]
    return [
        _to_piece(
            Cell(row, column, row + 1, column + 1, True),
            (left + inset, top + inset, max(right - inset, left + inset + 1), max(bottom - inset, top + inset + 1)),
            flat,
            unit,
        )
        for row, (top, bottom) in enumerate(pairwise(ys), piece.row)
        for column, (left, right) in enumerate(pairwise(xs), piece.column)
    ]


def _is_across(piece: _Piece, lattice: Lattice, flat: Grey, unit: float) -> bool:
    """Whether print stands across a border of the grid within a cell: more than what is left of a rule there."""
    xs, ys = _borders(piece, lattice, unit)
    near, (left, top) = _RULE_INSIDE * unit, piece.box[:2]
    if any(top + line[1] < y - near and y + near < top + line[3] for line in piece.lines for y in ys):
        return True
    inked = (grey_to_ink(_crop(flat, piece.box)) > DARK).any(axis=0)
    columns = np.nonzero(inked)[0] + left
    groups = np.split(columns, np.nonzero(np.diff(columns) > 1)[0] + 1) if len(columns) else []
    wide = [(own[0], own[-1]) for own in groups if own[-1] - own[0] > 2 * near]
    return any(first < x < last for first, last in wide for x in xs)


def _join_torn(
    pieces: Sequence[_Piece], readings: dict[int, CellReading], flat: Grey
) -> tuple[list[_Piece], dict[int, CellReading]]:
    """The pieces and readings; what seemed to be lines one below the other is one where it is no higher than a digit:
    its ink is so faint that it seems torn.
    """
    heights = [own[3] - own[1] for k in readings if _is_sure(readings[k]) for own in pieces[k].lines]
    if not heights:
        return list(pieces), readings
    height = float(np.median(heights))
    joined = {k: replace(piece, lines=(_around(piece.lines),)) for k, piece in enumerate(pieces) if piece.lines[1:]}
    torn = [k for k, own in joined.items() if own.lines[0][3] - own.lines[0][1] <= _TORN * height and not own.wordy]
    read = read_cell_images([_crop(flat, pieces[k].box) for k in torn], digit_height=height)
    again = {k: own for k, own in zip(torn, read, strict=True) if _kind(own) == "number"}
    return [joined[k] if k in again else piece for k, piece in enumerate(pieces)], readings | again


def _around(lines: Sequence[PixelBox]) -> PixelBox:
    """The box around lines."""
    x0, y0, x1, y1 = zip(*lines, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def _without_grain(
    pieces: Sequence[_Piece], readings: dict[int, CellReading], flat: Grey
) -> tuple[list[_Piece], dict[int, CellReading]]:
    """The pieces and readings; what seemed to be lines of print in cells with nothing as dark as print is none."""
    sure = [k for k in sorted(readings) if _is_sure(readings[k]) and pieces[k].lines]
    if not sure:
        return list(pieces), readings
    height = float(np.median([pieces[k].lines[0][3] - pieces[k].lines[0][1] for k in sure]))
    numbers = [_crop(flat, pieces[k].box) for k in sure]
    lined = [
        k for k, piece in enumerate(pieces) if piece.lines and (k not in readings or _kind(readings[k]) != "number")
    ]
    grain = are_grain([_crop(flat, pieces[k].box) for k in lined], numbers, height)
    faint = [k for k, is_grain in zip(lined, grain, strict=True) if is_grain]
    read = (
        read_cell_images([*numbers, *(_crop(flat, pieces[k].box) for k in faint)], digit_height=height) if faint else []
    )
    empty = {k: own for k, own in zip(faint, read[len(sure) :], strict=True) if _kind(own) == "blank"}
    return [replace(piece, lines=()) if k in empty else piece for k, piece in enumerate(pieces)], readings | empty


def _without_seal(
    pieces: list[_Piece], readings: dict[int, CellReading], flat: Grey, unit: float
) -> tuple[Grey, list[_Piece], dict[int, CellReading]]:
    """The page, its pieces and readings; what a grey seal laid over numbers in doubt is wiped off."""
    sure = {k for k in readings if _is_sure(readings[k]) and len(_starts(pieces[k], flat, unit)) == 1}
    known = print_of([(pieces[k].row, _line_box(pieces[k])) for k in sorted(sure)], flat)
    if known is None:
        return flat, pieces, readings
    columns = {pieces[k].column for k in sure}
    in_doubt = [
        k
        for k, piece in enumerate(pieces)
        if k not in sure and piece.lines and piece.row in known.bands and piece.column in columns
    ]
    in_doubt = sorted({*in_doubt, *(k for k in _number_cells(pieces, readings) - sure if pieces[k].lines)})
    looks = {k: seen for k in in_doubt if (seen := without_seal(flat, pieces[k].box, pieces[k].row, known, unit))}
    wiped, made, own = flat.copy() if looks else flat, list(pieces), dict(readings)
    read = iter(read_cell_images([look for seen in looks.values() for look in seen], digit_height=known.height))
    for k, seen in looks.items():
        reading = agree(readings.get(k), [next(read) for _ in seen])
        if reading:
            x0, y0, x1, y1 = pieces[k].box
            wiped[y0:y1, x0:x1] = seen[len(seen) // 2]
            piece = replace(pieces[k], lines=tuple(lines_in_cell(grey_to_ink(_crop(wiped, pieces[k].box)), unit)))
            if len(_starts(piece, wiped, unit)) > 1:  # not all of it is the seal's
                wiped[y0:y1, x0:x1] = flat[y0:y1, x0:x1]
            else:
                made[k], own[k] = piece, reading
    return wiped, made, own


def _is_sure(reading: CellReading) -> bool:
    text, probability = next(iter(merge_readings(reading.candidates)), ("", 0.0))
    return probability >= _SURE and text[:1].isdigit() and _is_number(text)


def _line_box(piece: _Piece) -> PixelBox:
    """The first line of a cell, in pixels of the page."""
    x, y = piece.box[:2]
    x0, y0, x1, y1 = piece.lines[0]
    return x + x0, y + y0, x + x1, y + y1


def _starts(piece: _Piece, flat: Grey, unit: float) -> list[int]:
    """Where the numbers of a cell with one line begin, in its pixels: a cell of one number has one."""
    if len(piece.lines) != 1:
        return []
    x0, y0, x1, y1 = piece.lines[0]
    inked = grey_to_ink(_crop(flat, piece.box))[y0:y1, x0:x1] > DARK
    edge = _RULE_REMAINS * unit
    columns = np.nonzero(inked.any(axis=0))[0]
    columns = columns[(columns + x0 >= edge) & (columns + x0 <= piece.box[2] - piece.box[0] - edge)]
    if not len(columns):
        return []
    height = max(y1 - y0, _LOWEST * unit)
    wide = max(_GAP * unit, _GAP_HEIGHTS * height)
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


def _more_numbers(text: str, starts: int) -> int:
    """How many numbers more than one a cell with that text may hold in which print begins at so many places.

    Dirt beside a digit is no number, nor is what lies beside words.
    """
    if text and len(_CHARACTER.findall(text)) >= _WORDS * len(text):
        return 0
    return min(starts, len(text)) - 1 if _is_number(text) else int(starts > _MOST_WORDS)


def _is_garbled(text: str, lines: int) -> bool:
    """Whether what stands where a number belongs is none, and no words either."""
    return not _is_number(text) and (lines > 1 or (0 < len(text) <= _GARBLED and not _CHARACTER.search(text)))


def _joins_several(text: str, piece: _Piece, flat: Grey, unit: float) -> bool:
    """Whether the text of a cell with one line is that of the numbers in it, set side by side; a seal beside one is
    no number.
    """
    x0, y0, x1, y1 = piece.box
    places = [start - round(unit) for start in _starts(piece, flat, unit)]
    boxes = [(x0 + max(0, a), y0, x0 + b, y1) for a, b in pairwise([*places, x1 - x0])]
    read = [merge_readings(own.candidates) for own in read_cell_images([_crop(flat, box) for box in boxes])]
    parts = [merged[0][0] for merged in read if merged]
    return all(parts) and "".join(parts) == text.replace(" ", "")


def _extent(inked: NDArray[np.bool_]) -> int:
    """From the first inked row to the last, in rows."""
    rows = np.nonzero(inked.any(axis=1))[0]
    return int(rows[-1] + 1 - rows[0])


def _parts(piece: _Piece, lattice: Lattice, flat: Grey, unit: float) -> list[_Piece]:
    """The unit cells of a cell over several columns, where its numbers stand in several of them.

    What begins at a border between them is a rule that was not seen to be one.
    """
    x0, y0, x1, y1 = piece.box
    borders = [round(x * unit) for x in lattice.grid.xs[piece.column : piece.column + piece.columns + 1]]
    starts = _starts(piece, flat, unit)
    starts = [own for own in starts if all(abs(x0 + own - x) > _RULE_REMAINS * unit for x in borders[1:-1])]
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
        parts.append(_to_piece(Cell(piece.row, column, piece.row + 1, column + 1, True), box, flat, unit))
    return parts


# ---------------------------------------------------------------- labels of several rows in one cell


def _part_shared(
    pieces: Sequence[_Piece], numbers: Set[int], lattice: Lattice, flat: Grey, unit: float
) -> list[_Piece]:
    """The pieces; of those with the labels of several rows the parts, but for the first, stand behind all others."""
    first_numbers = {pieces[k].row: pieces[k].column for k in sorted(numbers, key=lambda k: -pieces[k].column)}
    made = list(pieces)
    for k, piece in enumerate(pieces):
        if k not in numbers and piece.lines and _is_shared(piece, first_numbers):
            made[k], *others = _by_rows(piece, lattice, flat, unit)
            made += others
    return made


def _is_shared(piece: _Piece, first_numbers: dict[int, int]) -> bool:
    """Whether a cell holds the labels of several rows, the rule between them not found: in each of its rows numbers
    follow right behind it.
    """
    rows = range(piece.row, piece.row + piece.rows)
    return piece.rows > 1 and all(first_numbers.get(row) == piece.column + piece.columns for row in rows)


def _by_rows(piece: _Piece, lattice: Lattice, flat: Grey, unit: float) -> list[_Piece]:
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
        _to_piece(Cell(row, piece.column, row + 1, piece.column + piece.columns, True), (x0, a, x1, b), flat, unit)
        for row, (a, b) in enumerate(pairwise(ends), piece.row)
    ]


# ---------------------------------------------------------------- texts


@record
class _Words:
    """The text of a cell, its lines joined; the mean probability (0..1) of the characters of its best line, and the
    least probability of any of its characters.
    """

    text: str
    score: float
    least: float


def _read_words(pieces: Sequence[_Piece], flat: Grey) -> list[_Words]:
    """The words of each cell."""
    crops, owners = [], []
    for k, piece in enumerate(pieces):
        for line in piece.lines:
            crops.append(_line_crop(flat, piece.box, line))
            owners.append(k)
    words = [_Words("", 0.0, 1.0)] * len(pieces)
    for k, read in zip(owners, read_lines(crops), strict=True):
        text = _STRAY.sub("", read.text.strip()) if _CHARACTER.search(read.text) else read.text.strip()
        own = words[k]
        words[k] = _Words(own.text + text, max(own.score, read.score), min(own.least, read.least))
    return words


def _is_dirt(scores: Sequence[float], numbers: Sequence[CellReading]) -> bool:
    """Whether most of what stands in the cells is neither words nor numbers: the paper's grain, or its other side."""
    legible = sum(score >= _LEGIBLE for score in scores) + sum(_kind(reading) == "number" for reading in numbers)
    return len(scores) - sum(score >= _LEGIBLE for score in scores) > legible


def _join_digits(text: str) -> str:
    """The text; digits between which the recogniser saw gaps are one number."""
    joined = text.replace(" ", "")
    return joined if joined.isdecimal() else text


def _line_crop(flat: Grey, box: PixelBox, line: PixelBox) -> Grey:
    pad = max(1, round(_PAD * (line[3] - line[1])))
    x0, y0 = max(0, line[0] - pad) + box[0], max(0, line[1] - pad) + box[1]
    x1, y1 = min(box[2], line[2] + pad + box[0]), min(box[3], line[3] + pad + box[1])
    return _crop(flat, (x0, y0, x1, y1))


def _to_cell(piece: _Piece, reading: CellReading, unit: float) -> TextCell:
    merged = merge_readings(reading.candidates)
    best, probability = merged[0] if merged else (ILLEGIBLE, 0.0)
    readable = probability >= _READABLE and parse_cell(best).state is not State.ILLEGIBLE
    return TextCell(best if readable else ILLEGIBLE, _in_points(piece, unit), merged or ((ILLEGIBLE, 0.0),))


def _to_text_cell(piece: _Piece, reading: CellReading | None, text: str, unit: float, *, belongs: bool) -> TextCell:
    """A cell of words; of a number among them, what the recogniser of cells makes of it is told as well.

    What is read as one line, or as nothing, among lines of dirt where a number belongs, is as likely as not.
    """
    merged = merge_readings(reading.candidates) if reading and _is_number(text) else ()
    if belongs and not merged:
        merged = ((text, _READABLE),)
    return TextCell(text, _in_points(piece, unit), merged)


def _in_points(piece: _Piece, unit: float) -> Box:
    x0, y0, x1, y1 = (value / unit for value in piece.box)
    return x0, y0, x1, y1


def _to_table(cells: Mapping[tuple[int, int], TextCell], lattice: Lattice) -> Table | None:
    """The rows in which something stands; None where there is none."""
    rows = _lower_heads([_to_row(row, cells, lattice) for row in range(len(lattice.grid.ys) - 1)], lattice)
    kept = tuple(row for row in rows if any(cell.text or cell.readings for cell in row))
    return Table(kept, lattice.grid.box) if any(cell.text for row in kept for cell in row) else None


def _lower_heads(rows: list[TableRow], lattice: Lattice) -> list[TableRow]:
    """The rows; a head stands in the lowest row of heads, where nothing stands below it.

    Heads that reach over several rows stand beside those of one row, whichever row they were found in.
    """
    cells, owner = lattice.grid.cells, lattice.grid.owner
    lowered = [list(row) for row in rows]
    kinds = [_row_kind(row) for row in rows]
    for last in range(len(rows) - 1):
        if kinds[last] != "heads" or kinds[last + 1] != "numbers":
            continue
        for row in range(last - 1, max(-1, last - _MOST_HEADS), -1):
            if kinds[row] != "heads":
                break
            for column, cell in enumerate(lowered[row]):
                own = cells[owner[row][column]]
                below = lowered[last][own.column0 : own.column1]
                if cell.text and column == own.column0 and not any(other.text for other in below):
                    lowered[last][column], lowered[row][column] = cell, lowered[last][column]
    return [tuple(row) for row in lowered]


def _row_kind(row: TableRow) -> str:
    """numbers, heads, or none of both: a row with one text is a caption."""
    if any(cell.readings for cell in row):
        return "numbers"
    return "heads" if sum(bool(cell.text) for cell in row) > 1 else ""


def _to_row(row: int, cells: Mapping[tuple[int, int], TextCell], lattice: Lattice) -> TableRow:
    """One cell per unit column; what another cell covers is empty."""
    grid = lattice.grid
    return tuple(
        cells.get((row, k), TextCell("", (grid.xs[k], grid.ys[row], grid.xs[k + 1], grid.ys[row + 1])))
        for k in range(len(grid.xs) - 1)
    )
