"""A table of another year beside the report's own, each under a caption that names its year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.alignment.naming import known_labels
from extract.records import Item, Line, Row, TableSpec
from extract.textform import bare_label

_CAPTION = re.compile(r"^\W*(?:附[件表]?|表)?[\d一二三四]{0,2}\W*(20\d\d)\s*年[^。；]{0,30}$")
_MOST_ROWS = 0.6  # of the form's rows bear their names in a table


def drop_other_years(items: Sequence[Item], spec: TableSpec, year: int | None) -> Sequence[Item]:
    """The items without the tables whose captions name another year than the report's.

    All are kept where the captions do not part just one table that is the report's from others: that under its year,
    or under no year.
    """
    captions = [(k, int(found[1])) for k, item in enumerate(items) if (found := _CAPTION.match(_alone(item)))]
    if year is None or all(own == year for _, own in captions):
        return items
    starts = [(0, None), *captions, (len(items), None)]
    parts = [(start, end, own) for (start, own), (end, _) in pairwise(starts)]
    tables = [part for part in parts if _is_table(items[part[0] : part[1]], spec)]
    if sum(own in (year, None) for *_, own in tables) != 1:
        return items
    gone = {k for start, end, own in tables if own not in (year, None) for k in range(start, end)}
    return [item for k, item in enumerate(items) if k not in gone]


def _alone(item: Item) -> str:
    """The text of a line, or of the only cell of a row that is not empty."""
    if isinstance(item, Line):
        return item.text.strip()
    alone = ""
    for cell in item.cells:  # of hundreds of rows most have a second one right behind the first
        if cell.text and alone:
            return ""
        alone = alone or cell.text
    return alone.strip()


def _is_table(items: Sequence[Item], spec: TableSpec) -> bool:
    """Whether most rows of the form are named here."""
    names = known_labels(spec).rows
    texts = (cell.text for item in items if isinstance(item, Row) for cell in item.cells)
    lines = (item.text.split()[0] for item in items if isinstance(item, Line) and item.text.strip())
    found = {bare for text in (*texts, *lines) if (bare := bare_label(text)) in names}
    return len(found) >= _MOST_ROWS * len(names)
