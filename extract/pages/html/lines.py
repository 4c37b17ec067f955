"""The markup of a table in a text → on which of its lines the text of each cell begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

_TABLE, _ROW = re.compile(r"<table\b", re.IGNORECASE), re.compile(r"<tr\b", re.IGNORECASE)
_CELL = re.compile(r"<t[dh]\b[^<>]*>(?:\s|<(?!/?t[dhr]\b|/?table\b)[^<>]*>)*", re.IGNORECASE)

CellLines = Sequence[Sequence[int]]
"""Per row of a table and cell that it states: how many lines below the first the cell's text begins."""


def cell_lines(markup: str) -> CellLines:
    """The lines of the cells of the only table; none where that stands on one line, or holds another one."""
    if "\n" not in markup or len(_TABLE.findall(markup)) != 1:
        return ()
    starts = [row.start() for row in _ROW.finditer(markup)]
    return [
        [markup.count("\n", 0, cell.end()) for cell in _CELL.finditer(markup, start, end)]
        for start, end in zip(starts, [*starts[1:], len(markup)], strict=True)
    ]
