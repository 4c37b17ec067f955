"""Empty lines among the rows of a table that leaves zeros blank: each may be a row of zeros that lost its label."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from extract.alignment.rows import Match
from extract.alignment.strips import count_printed
from extract.records import Item, Row, Strip

_Place = tuple[int, int]  # page and line


def find_emptied(items: Sequence[Item], strips: Sequence[Strip], matches: Sequence[Match]) -> set[int]:
    """The rows between an empty line of the raw table and the farthest row that prints nothing, on either side: the
    numbers between may stand a line off, as beside numbers without a label.
    """
    placed = {k: strips[match.strip] for k, match in enumerate(matches) if match.strip is not None and match.cost < 1}
    lines = {k: (strip.page, strip.number) for k, strip in placed.items()}
    blank = sorted(lines[k] for k, strip in placed.items() if not count_printed(strip))
    grids = {(strip.table, strip.page) for strip in placed.values() if strip.table}
    empty = [place for item in items if (place := _empty_place(item, grids))] if blank else []
    found: set[int] = set()
    for place, end in product(empty, {*blank[:1], *blank[-1:]}):
        own = {k for k, line in lines.items() if min(place, end) <= line <= max(place, end)}
        if any(count_printed(placed[k]) for k in own) and min(lines.values()) < place < max(lines.values()):
            found |= own
    return found


def _empty_place(item: Item, grids: set[tuple[int, int]]) -> _Place | None:
    """Where a row of those raw tables stands all of whose cells are empty; None for others, and for those of a page's
    picture, whose lines are seen.
    """
    if not isinstance(item, Row) or (item.table, item.page) not in grids:
        return None
    if any(cell.text or cell.bbox or cell.readings for cell in item.cells):
        return None
    return item.page, item.number
