"""Which cells of a grid hold numbers: told by what each is read as, and by its row and column."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.celltext import merge_readings, parse_cell
from extract.pages.image.ink import Grey
from extract.pages.image.lines import PixelBox
from extract.pages.image.pieces import Piece, crop_box
from extract.pages.image.recognise import CellReading, read_cell_images
from extract.records import State

_COUNT = re.compile(r"\d|[-+][1-9]")  # how a number begins: 本年增/减 prints a sign before it
_SURE = 0.99  # probability from which a reading shows what the numbers of its table look like
READABLE = 0.5  # probability from which the best reading of a cell is taken
_NUMERIC_SHARE = 0.5  # share of a row's cells that are numbers or empty, in a row of numbers
_MOST_AMID = 0.6  # share of the columns between the first and the last with a number that are of numbers: then all are
_FEWEST_AMID = 2  # numbers in a row between rows of numbers that is one, too, whatever else was read in it


def tell_kind(reading: CellReading | None) -> str:
    """number, blank, or words, by the best reading."""
    merged = merge_readings(reading.candidates) if reading else ()
    if not merged or merged[0][1] < READABLE:
        return "words"
    text = merged[0][0]
    if not text:
        return "blank"
    return "number" if is_number(text) else "words"


def _kind_of(piece: Piece, reading: CellReading | None) -> str:
    """The same of a cell; what seems a dash where no line of print is seen is left of a seal."""
    kind = tell_kind(reading)
    seems_dash = kind == "number" and reading is not None and not reading.candidates[0][0][-1:].isdigit()
    return "blank" if seems_dash and not piece.lines else kind


def is_number(text: str) -> bool:
    """Whether a cell that prints the text holds a number, or a dash for none."""
    return parse_cell(text).state in (State.READ, State.DASH)


def read_as_numbers(boxes: Sequence[PixelBox], flat: Grey, *, dashes: bool = True) -> list[bool]:
    """Whether each box holds a number; or a dash, which what is left of a rule looks like, where `dashes` count."""
    read = read_cell_images([crop_box(flat, box) for box in boxes])
    return [tell_kind(own) == "number" and (dashes or own.candidates[0][0][-1:].isdigit()) for own in read]


def find_number_cells(pieces: Sequence[Piece], readings: dict[int, CellReading]) -> set[int]:
    """Indexes of the cells where numbers belong: in rows and columns in which most cells hold numbers or nothing.

    A row without a number whose cells all reach over several columns is one of heads.
    """
    kinds = {k: _kind_of(piece, readings.get(k)) for k, piece in enumerate(pieces)}
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
    mostly = [column for column in number_columns if columns[column].count("number") > columns[column].count("words")]
    number_columns = {
        column for column in number_columns if column >= min(mostly, default=0)
    }  # labels: dirt beside them
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


def is_sure(reading: CellReading) -> bool:
    """Whether a cell surely holds a number, so that it shows what those of its table look like."""
    text, probability = next(iter(merge_readings(reading.candidates)), ("", 0.0))
    return probability >= _SURE and bool(_COUNT.match(text)) and is_number(text)
