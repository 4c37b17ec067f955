"""A table that goes on over a page break: its repeated head is dropped, its pieces get one number."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from extract.pages.pdf.labels import is_row_name, names_row
from extract.pages.pdf.ruled import Table, TableRow, TextCell
from extract.pages.pdf.words import Word
from extract.quick import replace
from extract.textform import split_numbering

Piece = Table | tuple[Word, ...]

_VALUE = re.compile(r"^[\d.,，/／—\-－]+$")
_DIGITS = re.compile(r"^\d[\d ]*$")
_FEWEST_DIGITS = 2  # that the narrowest column has room for
_FULL_ROW = 7  # numbers of a row of table 3
_FEW_ENDS = 3  # of numbers alone on a page: no row of its own has so few cells
_MOST_READINGS = 4  # of a cell
_SURE = 0.9  # probability from which a scan shows a number; print does with more (0.98)


def join_tables(pages: Sequence[Sequence[Piece]], *, lost: Collection[int] = ()) -> list[list[tuple[int, Piece]]]:
    """Per page its pieces, each with the number of its table (of the last one before it, where it is none).

    No table goes on over the `lost` pages (indexes), of which nobody could tell what they hold.
    """
    joined: list[list[tuple[int, Piece]]] = []
    number = 0
    origin: Table | None = None  # the first piece of the table that ends the page before
    begun: list[Table] = []  # the first pieces of all tables
    for index, unjoined in enumerate(pages):
        own: list[tuple[int, Piece]] = []
        pieces = _join_cut_label(joined[-1] if joined else [], unjoined)
        origin = None if index in lost else origin
        for place, piece in enumerate(pieces):
            if not isinstance(piece, Table):
                own.append((number, piece))
                origin = None
                continue
            if origin is not None and place == 0:
                piece = _without_stains(joined[-1], _drop_head(piece, begun))
                piece = _doubt_cut(joined[-1], _join_wrapped(joined[-1], piece))
                goes_on = _width(piece) == _width(origin)
            else:
                goes_on = False
            if not goes_on:
                number, origin = number + 1, piece
                begun.append(piece)
            elif joined[-1]:
                piece = _mend_cut_row(joined[-1], piece, index)
            if piece.rows:
                own.append((number, piece))
        joined.append(own)
    return _even_labels(joined)


def _join_cut_label(above: list[tuple[int, Piece]], pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The pieces of a page; the rest of a row's name, in its first unruled table, goes to the row that ends the page
    before, where both are the whole name.
    """
    number, last = above[-1] if above else (0, None)
    place = next((k for k, piece in enumerate(pieces) if isinstance(piece, Table)), None)
    piece = pieces[place] if place is not None else None
    if not isinstance(last, Table) or not isinstance(piece, Table) or not last.labels or not piece.labels:
        return pieces
    row = next((k for k, own in enumerate(piece.rows) if any(cell.text for cell in own[: piece.labels])), None)
    begun = next((k for k in range(last.labels - 1, -1, -1) if last.rows[-1][k].text), None)
    if row is None or begun is None:
        return pieces
    upper, lower = list(last.rows[-1]), list(piece.rows[row])
    for k, rest in enumerate(lower[: piece.labels]):
        if rest.text and not names_row(rest.text) and is_row_name(upper[begun].text + rest.text):
            upper[begun] = replace(upper[begun], text=upper[begun].text + rest.text)
            lower[k] = replace(rest, text="")
            above[-1] = (number, replace(last, rows=(*last.rows[:-1], tuple(upper))))
            kept = (tuple(lower),) if any(cell.text for cell in lower) else ()
            mended = replace(piece, rows=(*piece.rows[:row], *kept, *piece.rows[row + 1 :]))
            return [mended if own is piece else own for own in pieces]
    return pieces


def _without_stains(above: list[tuple[int, Piece]], piece: Table) -> Table:
    """The piece; where its first row may be the rest of a row that the page break cut, what a scan hardly shows in the
    cells of one part is no number if the other part has all numbers, and surely: a row has each of them once.
    """
    number, last = above[-1] if above else (0, None)
    if not isinstance(last, Table) or not last.rows or not piece.rows or _is_new(piece.rows[0]):
        return piece
    upper, lower = last.rows[-1], piece.rows[0]
    if _is_surely_full(upper):
        return replace(piece, rows=(_cleared(lower), *piece.rows[1:]))
    if _is_surely_full(lower):
        above[-1] = (number, replace(last, rows=(*last.rows[:-1], _cleared(upper))))
    return piece


def _is_surely_full(row: TableRow) -> bool:
    sure = [cell for cell in row if cell.readings and cell.readings[0][1] >= _SURE and _VALUE.match(cell.text)]
    return len(sure) >= _FULL_ROW


def _cleared(row: TableRow) -> TableRow:
    """The row without its readings where none of them is sure, and some cells have none: else it is a row itself."""
    read = [cell for cell in row if cell.readings and cell.text]
    if len(read) >= _FULL_ROW or any(cell.readings[0][1] >= _SURE for cell in read):
        return row
    return tuple(replace(cell, text="", readings=()) if cell.readings else cell for cell in row)


def _doubt_cut(above: list[tuple[int, Piece]], piece: Table) -> Table:
    """The piece; where its first row may be the rest of a row that the page break cut, the part without values says
    nothing of blank cells when the other part has the values.
    """
    number, last = above[-1] if above else (0, None)
    if not isinstance(last, Table) or not last.rows or not piece.rows or _is_new(piece.rows[0]):
        return piece
    upper, lower = last.rows[-1], piece.rows[0]
    if _has_values(upper) == _has_values(lower):
        return piece
    if _has_values(upper):
        return replace(piece, rows=(_unfix(lower), *piece.rows[1:]))
    above[-1] = (number, replace(last, rows=(*last.rows[:-1], _unfix(upper))))
    return piece


def _has_values(row: TableRow) -> bool:
    return any(_VALUE.match(cell.text) for cell in row)


def _unfix(row: TableRow) -> TableRow:
    return tuple(replace(cell, fixed=False) for cell in row)


def _is_new(row: TableRow) -> bool:
    """Whether one of the row's labels has a number, which the rest of a label has not."""
    return any(split_numbering(text)[0] is not None for text in _texts(row) if not _VALUE.match(text))


def _even_labels(pages: list[list[tuple[int, Piece]]]) -> list[list[tuple[int, Piece]]]:
    """All pieces of one table with equally many cells for labels."""
    most: dict[int, int] = {}
    for number, piece in (pair for own in pages for pair in own):
        if isinstance(piece, Table):
            most[number] = max(piece.labels, most.get(number, 0))
    return [
        [(number, _widen_labels(piece, most[number]) if isinstance(piece, Table) else piece) for number, piece in own]
        for own in pages
    ]


def _widen_labels(piece: Table, labels: int) -> Table:
    blanks = (TextCell("", piece.box),) * (labels - piece.labels)
    if not blanks:
        return piece
    rows = tuple((*row[: piece.labels], *blanks, *row[piece.labels :]) for row in piece.rows)
    return replace(piece, rows=rows, labels=labels)


def _drop_head(piece: Table, begun: Sequence[Table]) -> Table:
    """The piece without the rows that it repeats from the top of a table; not always of the one right before it, where
    a row that a page break cut seemed to begin another.
    """
    repeated = max((_count_repeated(piece, origin) for origin in begun), default=0)
    return replace(piece, rows=piece.rows[repeated:])


def _count_repeated(piece: Table, origin: Table) -> int:
    repeated = 0
    for row, first in zip(piece.rows, origin.rows, strict=False):
        if _texts(row) != _texts(first) or any(_VALUE.match(text) for text in _texts(row)):
            break
        repeated += 1
    return repeated


def _mend_cut_row(above: list[tuple[int, Piece]], piece: Table, page: int) -> Table:
    """The piece of a page without a first row that holds but values which the row cut by the page break lacks: these go
    there.
    """
    number, last = above[-1]
    if not isinstance(last, Table) or not last.rows or not piece.rows or len(last.rows[-1]) != len(piece.rows[0]):
        return piece
    upper, lower = last.rows[-1], piece.rows[0]
    filled = [k for k, cell in enumerate(lower) if cell.text]
    if not filled or any(upper[k].text or not _VALUE.match(lower[k].text) for k in filled):
        return piece
    mended = tuple(own if rest.text == "" else replace(rest, page=page) for own, rest in zip(upper, lower, strict=True))
    above[-1] = (number, replace(last, rows=(*last.rows[:-1], mended)))
    return replace(piece, rows=piece.rows[1:])


def _join_wrapped(above: list[tuple[int, Piece]], piece: Table) -> Table:
    """The piece without a first row that holds but the ends of numbers that were wrapped where the page broke.

    They go to the row above: as numbers where all columns are as wide as one (what was wrapped has as many digits
    there, and what was not has no more), else so that nobody takes the beginning for the number. Then a first row with
    a label stays: it may be one that the form does not know.
    """
    number, last = above[-1] if above else (0, None)
    if not isinstance(last, Table) or not last.rows or not piece.rows:
        return piece
    upper, lower = last.rows[-1], piece.rows[0]
    ends = {k - len(lower): cell for k, cell in enumerate(lower) if _DIGITS.match(cell.text)}
    starts = {k - len(upper): cell for k, cell in enumerate(upper) if _DIGITS.match(cell.text)}
    labels = [cell.text for cell in lower if cell.text and not _DIGITS.match(cell.text)]
    if any(map(names_row, labels)) or not ends or not ends.keys() <= starts.keys():
        return piece
    sure = len(labels) <= 1 and _are_wrapped(starts, ends)
    begun = not any(starts[k].text.startswith("0") for k in ends)
    torn = begun and len(ends) <= _FEW_ENDS and not any(cell.readings for cell in ends.values())
    if not sure and not torn:
        return piece
    mended = list(upper)
    for k, end in ends.items():
        mended[k] = _joined(upper[k], end) if sure else replace(upper[k], text=f"{upper[k].text}…{end.text}")
    above[-1] = (number, replace(last, rows=(*last.rows[:-1], tuple(mended))))
    return piece if labels and not sure else replace(piece, rows=piece.rows[1:])


def _are_wrapped(starts: Mapping[int, TextCell], ends: Mapping[int, TextCell]) -> bool:
    """Whether the digits of a full row, by column, can be the beginnings of numbers that end in the row below."""
    if len(starts) < _FULL_ROW or len(ends) == len(starts):
        return False
    room = max(_count(starts[k]) for k in ends)
    if room < _FEWEST_DIGITS or any(_count(starts[k]) != room or starts[k].text.startswith("0") for k in ends):
        return False
    return all(_count(cell) <= room for cell in (*starts.values(), *ends.values()))


def _count(cell: TextCell) -> int:
    return len(cell.text.replace(" ", ""))


def _joined(start: TextCell, end: TextCell) -> TextCell:
    """A number of which the end stands on the next page; in a scan all that both may be read as."""
    readings = [
        (one + other, first * second)
        for one, first in start.readings
        for other, second in end.readings
        if one and other
    ]
    best = tuple(sorted(readings, key=lambda reading: -reading[1])[:_MOST_READINGS])
    return replace(start, text=start.text + end.text, readings=best)


def _texts(row: TableRow) -> tuple[str, ...]:
    return tuple(cell.text for cell in row if cell.text)


def _width(table: Table) -> int:
    """How many cells a row has, without those for the labels of an unruled table."""
    return len(table.rows[0]) - table.labels if table.rows else 0
