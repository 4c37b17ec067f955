"""Stated cells with their spans → columns of a grid, although spans may be wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extract.quick import record

Spans = Sequence[Sequence[tuple[int, int]]]
"""Per row and stated cell: (columns, rows) that it covers."""

MOST_COLUMNS = 120  # no statutory table has a fifth of that; a span beyond it is an error of the page


@record
class Grid:
    """`columns[r][k]` is the column of stated cell k of row r. Columns in which no cell begins are left out.

    `stated[c]` is the number of column c, from 1, where they are not left out.
    """

    columns: tuple[tuple[int, ...], ...]
    width: int
    stated: tuple[int, ...] = ()


@record
class _Cover:
    """A cell that reaches into rows below: `left` more of them; 0 where the row above was its last."""

    column: int
    columns: int
    left: int


def span_rows(spans: Spans) -> Grid:
    """Where every stated cell begins. Spans that push a row beyond the table's usual width are cut back."""
    usual = _usual_width(spans)
    covers: list[_Cover] = []
    placed: list[tuple[int, ...]] = []
    for row in spans:
        own = min(sum(columns for columns, _ in row), MOST_COLUMNS)
        covers = _mend_covers(covers, own, usual)
        starts, begun = _place_row(row, covers)
        covers = [_Cover(cover.column, cover.columns, cover.left - 1) for cover in covers if cover.left >= 0] + begun
        placed.append(tuple(starts))
    return _close_gaps(placed)


def _usual_width(spans: Spans) -> int:
    """The width that most rows have once the cells above reach into them."""
    widths: Counter[int] = Counter()
    reaching, ends = 0, Counter[int]()  # columns of the cells that reach into this row; row → how many end above it
    for number, row in enumerate(spans):
        reaching -= ends[number]
        widths[reaching + sum(columns for columns, _ in row)] += 1
        for columns, rows in row:
            if rows > 1:
                reaching += columns
                ends[number + rows] += columns
    stated = max((sum(columns for columns, _ in row) for row in spans), default=0)  # the first row states all columns
    return min(stated, widths.most_common(1)[0][0], MOST_COLUMNS) if widths else 0


def _mend_covers(covers: Sequence[_Cover], own: int, usual: int) -> list[_Cover]:
    """The covers that reach into a row of `own` columns.

    Those, innermost first, that leave it no room end here; one that ended just above goes on where the row is short
    by its width. A row that is too wide by itself proves nothing.
    """
    kept = sorted((cover for cover in covers if cover.left > 0), key=lambda cover: cover.column)
    while kept and own <= usual < own + sum(cover.columns for cover in kept):
        kept.pop()
    for ended in (cover for cover in covers if cover.left == 0):
        if own and own + sum(cover.columns for cover in kept) + ended.columns == usual:
            kept.append(ended)
    return kept


def _place_row(row: Sequence[tuple[int, int]], covers: Sequence[_Cover]) -> tuple[list[int], list[_Cover]]:
    taken = {column for cover in covers for column in range(cover.column, cover.column + cover.columns)}
    starts: list[int] = []
    begun: list[_Cover] = []
    column = 0
    for columns, rows in row:
        while column in taken:
            column += 1
        start = min(column, MOST_COLUMNS)
        starts.append(start)
        columns = max(1, min(columns, MOST_COLUMNS - start))
        if rows > 1 and start < MOST_COLUMNS:
            begun.append(_Cover(start, columns, rows - 1))
        column = start + columns
    return starts, begun


def _close_gaps(placed: Sequence[tuple[int, ...]]) -> Grid:
    used = sorted({start for starts in placed for start in starts})
    place = {column: k for k, column in enumerate(used)}
    columns = tuple(tuple(place[start] for start in starts) for starts in placed)
    return Grid(columns, len(used), tuple(column + 1 for column in used))
