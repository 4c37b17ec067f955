"""A grid and the page's picture → a table: its numbers are read, what hides them is wiped off, then its words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from extract.celltext import merge_readings, parse_cell
from extract.pages.image.counts import READABLE, find_number_cells, is_number, is_sure, read_as_numbers, tell_kind
from extract.pages.image.faint import stretch_print
from extract.pages.image.grain import are_grain
from extract.pages.image.ink import Grey, grey_to_ink
from extract.pages.image.lattice import Lattice
from extract.pages.image.lettering import read_lines
from extract.pages.image.lines import PixelBox, lines_in_cell
from extract.pages.image.overlaid import agree, print_of, without_seal
from extract.pages.image.parted import join_columns, part_columns, part_spaced
from extract.pages.image.pieces import (
    Piece,
    box_around,
    cell_to_pieces,
    crop_box,
    find_starts,
    first_line,
    usual_line_height,
)
from extract.pages.image.recognise import CellReading, mean_texts, read_cell_images
from extract.pages.image.several import part_shared_labels, part_stacks, split_merged, split_spread
from extract.pages.image.specks import without_cell_specks
from extract.pages.image.undivided import divide_cells
from extract.pages.pdf.drawing import Box
from extract.pages.pdf.ruled import Table, TableRow, TextCell
from extract.quick import record, replace
from extract.records import State

ILLEGIBLE = "?"
"""What stands for a number that is there and cannot be read."""

_CHARACTER = re.compile(r"[\u4e00-\u9fff]")
_STRAY = re.compile(r"^[+·|~^_=-]+|[+·|~^_=-]+$")  # beside words: pieces of rules and seals
_WORDS = 0.5  # share of a text's characters that are Chinese in words
_MOST_WORDS = 2  # places at which print begins in a cell of neither a number nor words
_GARBLED = 4  # characters, at most, of what a number hard to read is taken for
_CLEAR = 0.85  # probability of each character of words that were clear to read
_LEGIBLE = 0.7  # mean probability of a line's characters from which it is words
# Cells with several numbers, and their share of the others; beyond both a grid lacks rules.
_MOST_SHARED, _SHARED = 3, 0.4
_MOST_HEADS = 4  # rows of heads over one another
_HINTED = 0.25  # probability of numbers in what looks at a cell see from which they tell one: of words they tell none
_PAD = 0.16  # heights of a line that its picture reaches beyond it
_TORN = 1.2  # heights of a number up to which lines one below the other are pieces of one


def lattice_to_table(lattice: Lattice, flat: Grey, unit: float) -> Table | None:
    """The rows of the table with their texts and readings; boxes in points.

    None where nothing that can be read stands in it, or where so many rules were not found that its cells hold several
    numbers.
    """
    flat = without_cell_specks(stretch_print(flat, lattice.box, lattice.boxes), lattice.boxes, unit)
    pieces, readings = _read_short(lattice, flat, unit)
    if ruled := _find_lost_rules(lattice, flat, pieces, readings, unit):
        return lattice_to_table(ruled, flat, unit)
    pieces, readings = split_spread(pieces, readings, lattice, flat, unit)
    pieces, readings = split_merged(pieces, readings, lattice, flat, unit)
    pieces, readings = _without_grain(pieces, readings, flat)
    flat, pieces, readings, hidden = _without_seal(pieces, readings, flat, unit)
    belonging = find_number_cells(pieces, readings)
    numbers = belonging & set(readings)
    readings |= {k: CellReading(()) for k in numbers if len(find_starts(pieces[k], flat, unit)) > 1}
    readings |= {
        k: own for k, own in hidden.items() if k in belonging and not (k in numbers and readings[k].candidates)
    }
    numbers |= belonging & set(hidden)
    pieces = part_shared_labels(pieces, numbers, lattice, flat, unit)
    words = [k for k, piece in enumerate(pieces) if k not in numbers and piece.lines]
    read = dict(zip(words, _read_words([pieces[k] for k in words], flat), strict=True))
    starts = {k: len(find_starts(pieces[k], flat, unit)) for k in words}
    texts = {k: _join_digits(own.text) if starts[k] == 1 else own.text for k, own in read.items()}
    several = sum(_more_numbers(text, starts[k]) for k, text in texts.items() if starts[k] > 1)
    dirt = _is_dirt([own.score for own in read.values()], [readings[k] for k in numbers])
    if dirt or several > max(_MOST_SHARED, _SHARED * len(numbers)):
        return None
    places = {(pieces[k].row, pieces[k].column) for k in belonging}
    for k, text in texts.items():
        piece = pieces[k]  # what lies over a number makes lines that are no number, and two numbers are not one
        covered = (piece.row, piece.column) in places and _is_garbled(text, len(piece.lines))
        if covered or (starts[k] > 1 and is_number(text) and _joins_several(text, piece, flat, unit)):
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


def _read_short(lattice: Lattice, flat: Grey, unit: float) -> tuple[list[Piece], dict[int, CellReading]]:
    """The cells of the grid, and by their places what those are read as that may be numbers."""
    pieces = [piece for k in range(len(lattice.boxes)) for piece in cell_to_pieces(lattice, k, flat, unit)]
    short = [k for k, piece in enumerate(pieces) if not piece.wordy]
    crops = [crop_box(flat, pieces[k].box) for k in short]
    readings = dict(zip(short, read_cell_images(crops, line_height=usual_line_height(pieces)), strict=True))
    return _join_torn(pieces, readings, flat)


def _find_lost_rules(
    lattice: Lattice, flat: Grey, pieces: Sequence[Piece], readings: Mapping[int, CellReading], unit: float
) -> Lattice | None:
    """The grid with more of its rules, or without what was taken for some; None where it is as it should be."""
    ink = grey_to_ink(flat)
    found = [(pieces[k].row, pieces[k].column) for k, reading in readings.items() if tell_kind(reading) == "number"]

    def are_numbers(boxes: Sequence[PixelBox]) -> list[bool]:
        return read_as_numbers(boxes, flat)

    def are_counts(boxes: Sequence[PixelBox]) -> list[bool]:  # what is left of a rule seems a dash
        return read_as_numbers(boxes, flat, dashes=False)

    return (
        part_columns(lattice, ink, found, unit)
        or join_columns(lattice, ink, found, unit)
        or divide_cells(lattice, ink, found, unit, are_numbers=are_numbers)
        or part_spaced(lattice, ink, unit, are_numbers=are_counts)
        or part_stacks(lattice, flat, ink, unit)
    )


def _join_torn(
    pieces: Sequence[Piece], readings: dict[int, CellReading], flat: Grey
) -> tuple[list[Piece], dict[int, CellReading]]:
    """The pieces and readings; what seemed to be lines one below the other is one where it is no higher than a digit:
    its ink is so faint that it seems torn.
    """
    heights = [own[3] - own[1] for k in readings if is_sure(readings[k]) for own in pieces[k].lines]
    if not heights:
        return list(pieces), readings
    height = float(np.median(heights))
    joined = {k: replace(piece, lines=(box_around(piece.lines),)) for k, piece in enumerate(pieces) if piece.lines[1:]}
    torn = [k for k, own in joined.items() if own.lines[0][3] - own.lines[0][1] <= _TORN * height and not own.wordy]
    read = read_cell_images([crop_box(flat, pieces[k].box) for k in torn], digit_height=height)
    again = {k: own for k, own in zip(torn, read, strict=True) if tell_kind(own) == "number"}
    return [joined[k] if k in again else piece for k, piece in enumerate(pieces)], readings | again


def _without_grain(
    pieces: Sequence[Piece], readings: dict[int, CellReading], flat: Grey
) -> tuple[list[Piece], dict[int, CellReading]]:
    """The pieces and readings; what seemed to be lines of print in cells with nothing as dark as print is none."""
    sure = [k for k in sorted(readings) if is_sure(readings[k]) and pieces[k].lines]
    if not sure:
        return list(pieces), readings
    height = float(np.median([pieces[k].lines[0][3] - pieces[k].lines[0][1] for k in sure]))
    numbers = [crop_box(flat, pieces[k].box) for k in sure]
    lined = [
        k for k, piece in enumerate(pieces) if piece.lines and (k not in readings or tell_kind(readings[k]) != "number")
    ]
    grain = are_grain([crop_box(flat, pieces[k].box) for k in lined], numbers, height)
    faint = [k for k, is_grain in zip(lined, grain, strict=True) if is_grain]
    read = (
        read_cell_images([*numbers, *(crop_box(flat, pieces[k].box) for k in faint)], digit_height=height)
        if faint
        else []
    )
    empty = {k: own for k, own in zip(faint, read[len(sure) :], strict=True) if tell_kind(own) == "blank"}
    return [replace(piece, lines=()) if k in empty else piece for k, piece in enumerate(pieces)], readings | empty


def _without_seal(
    pieces: list[Piece], readings: dict[int, CellReading], flat: Grey, unit: float
) -> tuple[Grey, list[Piece], dict[int, CellReading], dict[int, CellReading]]:
    """The page, its pieces and readings; what a grey seal laid over numbers in doubt is wiped off. Last, what cells may
    print in which it hides too much.
    """
    sure = {k for k in readings if is_sure(readings[k]) and len(find_starts(pieces[k], flat, unit)) == 1}
    known = print_of([(pieces[k].row, first_line(pieces[k]), pieces[k].box) for k in sorted(sure)], flat)
    if known is None:
        return flat, pieces, readings, {}
    columns = {pieces[k].column for k in sure}
    in_doubt = [
        k
        for k, piece in enumerate(pieces)
        if k not in sure and piece.lines and known.band(piece.row, piece.box) and piece.column in columns
    ]
    in_doubt = sorted({*in_doubt, *(k for k in find_number_cells(pieces, readings) - sure if pieces[k].lines)})
    looks = {k: seen for k in in_doubt if (seen := without_seal(flat, pieces[k].box, pieces[k].row, known, unit))}
    wiped, made, own = flat.copy() if looks else flat, list(pieces), dict(readings)
    hidden: dict[int, CellReading] = {}
    read = iter(read_cell_images([look for seen in looks.values() for look in seen], digit_height=known.height))
    for k, seen in looks.items():
        found = [next(read) for _ in seen]
        reading = agree(readings.get(k), found)
        x0, y0, x1, y1 = pieces[k].box
        wiped[y0:y1, x0:x1] = seen[len(seen) // 2]
        piece = replace(pieces[k], lines=tuple(lines_in_cell(grey_to_ink(crop_box(wiped, pieces[k].box)), unit)))
        if reading and len(find_starts(piece, wiped, unit)) <= 1:
            made[k], own[k] = piece, reading
        else:  # not all of it is the seal's
            wiped[y0:y1, x0:x1] = flat[y0:y1, x0:x1]
            told = mean_texts([look.candidates for look in found])
            if sum(probability for text, probability in told if is_number(text)) >= _HINTED:
                hidden[k] = CellReading(told)
    return wiped, made, own, hidden


def _more_numbers(text: str, starts: int) -> int:
    """How many numbers more than one a cell with that text may hold in which print begins at so many places.

    Dirt beside a digit is no number, nor is what lies beside words.
    """
    if text and len(_CHARACTER.findall(text)) >= _WORDS * len(text):
        return 0
    return min(starts, len(text)) - 1 if is_number(text) else int(starts > _MOST_WORDS)


def _is_garbled(text: str, lines: int) -> bool:
    """Whether what stands where a number belongs is none, and no words either."""
    return not is_number(text) and (lines > 1 or (0 < len(text) <= _GARBLED and not _CHARACTER.search(text)))


def _joins_several(text: str, piece: Piece, flat: Grey, unit: float) -> bool:
    """Whether the text of a cell with one line is that of the numbers in it, set side by side; a seal beside one is
    no number.
    """
    x0, y0, x1, y1 = piece.box
    places = [start - round(unit) for start in find_starts(piece, flat, unit)]
    boxes = [(x0 + max(0, a), y0, x0 + b, y1) for a, b in pairwise([*places, x1 - x0])]
    read = [merge_readings(own.candidates) for own in read_cell_images([crop_box(flat, box) for box in boxes])]
    parts = [merged[0][0] for merged in read if merged]
    return all(parts) and "".join(parts) == text.replace(" ", "")


# ---------------------------------------------------------------- texts


@record
class _Words:
    """The text of a cell, its lines joined; the mean probability (0..1) of the characters of its best line, and the
    least probability of any of its characters.
    """

    text: str
    score: float
    least: float


def _read_words(pieces: Sequence[Piece], flat: Grey) -> list[_Words]:
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
    legible = sum(score >= _LEGIBLE for score in scores) + sum(tell_kind(reading) == "number" for reading in numbers)
    return len(scores) - sum(score >= _LEGIBLE for score in scores) > legible


def _join_digits(text: str) -> str:
    """The text; digits between which the recogniser saw gaps are one number."""
    joined = text.replace(" ", "")
    return joined if joined.isdecimal() else text


def _line_crop(flat: Grey, box: PixelBox, line: PixelBox) -> Grey:
    pad = max(1, round(_PAD * (line[3] - line[1])))
    x0, y0 = max(0, line[0] - pad) + box[0], max(0, line[1] - pad) + box[1]
    x1, y1 = min(box[2], line[2] + pad + box[0]), min(box[3], line[3] + pad + box[1])
    return crop_box(flat, (x0, y0, x1, y1))


def _to_cell(piece: Piece, reading: CellReading, unit: float) -> TextCell:
    merged = merge_readings(reading.candidates)
    best, probability = merged[0] if merged else (ILLEGIBLE, 0.0)
    readable = probability >= READABLE and parse_cell(best).state is not State.ILLEGIBLE
    return TextCell(best if readable else ILLEGIBLE, _in_points(piece, unit), merged or ((ILLEGIBLE, 0.0),))


def _to_text_cell(piece: Piece, reading: CellReading | None, text: str, unit: float, *, belongs: bool) -> TextCell:
    """A cell of words; of a number among them, what the recogniser of cells makes of it is told as well.

    What is read as one line, or as nothing, among lines of dirt where a number belongs, is as likely as not.
    """
    merged = merge_readings(reading.candidates) if reading and is_number(text) else ()
    if belongs and not merged:
        merged = ((text, READABLE),)
    return TextCell(text, _in_points(piece, unit), merged)


def _in_points(piece: Piece, unit: float) -> Box:
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
