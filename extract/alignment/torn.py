"""Words of no row between the numbers of one, where every cell stands on its own line: they part what is one row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from extract.alignment.cost import label_costs
from extract.celltext import stands_for_value
from extract.records import Axis, Item, Line
from extract.textform import squeeze

_MOST_WORDS = 4  # lines that may stand between the numbers of one row
_NAMES_ROW = 0.5  # words that near (0..1) to a row's label, or a group's, may be it
_PIECE_LEAST = 3  # characters of a piece of a label


def join_torn_rows(items: Sequence[Item], rows: Sequence[Axis], width: int) -> list[Item]:
    """The items without lines of words that name no row, where as many numbers stand before and behind them as one row
    has, and neither are a row by themselves.
    """
    runs = [(lone, list(group)) for lone, group in groupby(items, key=_is_lone)]
    kept: list[Item] = []
    before = 0  # numbers of the run that goes on
    for k, (lone, run) in enumerate(runs):
        if lone:
            before += len(run)
            kept += run
            continue
        behind = len(runs[k + 1][1]) if k + 1 < len(runs) else 0
        if 0 < before < width and before + behind == width and not _name_row(run, rows):
            continue
        kept += run
        before = 0
    return kept


def _is_lone(item: Item) -> bool:
    return isinstance(item, Line) and stands_for_value(item.text.strip())


def _name_row(items: Sequence[Item], rows: Sequence[Axis]) -> bool:
    """Whether one of the items may be the label of a row or a group of rows, or a piece of one; rows of a table may."""
    if len(items) > _MOST_WORDS or not all(isinstance(item, Line) for item in items):
        return True
    labels = [label for row in rows for label in (*row.labels, row.group) if label]
    texts = [item.text for item in items if isinstance(item, Line)]
    pieces = [squeeze(text) for text in texts]
    is_piece = any(len(piece) >= _PIECE_LEAST and piece in squeeze(label) for piece in pieces for label in labels)
    return is_piece or bool(label_costs(texts, labels).min() < _NAMES_ROW)
