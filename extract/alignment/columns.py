"""Which of a block's columns are printed, told by the head texts that stand before its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from extract.alignment.cost import label_costs
from extract.records import Axis, Block

_SAME = 0.34  # a head cell that far from a column label (0..1) still names it
_CERTAIN = 0.2
_MIN_ROWS = 4


def match_columns(
    block: Block, heads: Sequence[str], printed: Sequence[int]
) -> tuple[tuple[int, ...], list[tuple[int, str, float]]]:
    """(indexes of the columns that are printed, [(column, printed head, cost)]).

    A column counts as absent only where its label is nowhere, every other is there, and most rows (`printed` is
    their number of cells) have just that many cells fewer.
    """
    everything = tuple(range(len(block.columns)))
    found = name_columns(block.columns, heads)
    named = {column for column, _, _ in found}
    absent = [column for column in everything if column not in named]
    if not absent or len(absent) > 2 or len(printed) < _MIN_ROWS:
        return everything, found
    typical, count = Counter(printed).most_common(1)[0]
    if typical == len(block.columns) - len(absent) and count >= 0.7 * len(printed):
        return tuple(column for column in everything if column in named), found
    return everything, found


def name_columns(columns: Sequence[Axis], heads: Sequence[str]) -> list[tuple[int, str, float]]:
    """Each column label that stands among the head texts: (column, head as printed, cost 0..1)."""
    texts = [text for text in dict.fromkeys(heads) if text]
    if not texts:
        return []
    found = []
    costs = label_costs(texts, [column.label for column in columns])
    aliases = np.full_like(costs, 1.0)
    for k, column in enumerate(columns):
        if column.aliases:
            aliases[:, k] = label_costs(texts, column.aliases).min(axis=1)
    both = np.minimum(costs, aliases)
    for k in range(len(columns)):
        best = int(both[:, k].argmin())
        if both[best, k] <= _SAME and both[best].argmin() == k:
            found.append((k, texts[best], float(both[best, k])))
    return found
