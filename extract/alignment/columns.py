"""Which of a block's columns are printed, told by the head texts that stand before its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from extract.alignment.cost import Matrix, label_costs
from extract.records import Axis, Block
from extract.textform import squeeze

_SAME = 0.34  # a head cell that far from a column label (0..1) still names it
_NAMED, _UNNAMED = 0.2, 0.45  # mean distance of the columns that are there, least distance of one that is not
_ORDERED, _FEWEST_ORDERED = 0.1, 3
_MIN_ROWS = 4
_MOST_ROWS = 0.7
_MOST_ABSENT = 2


def match_columns(
    block: Block,
    heads: Sequence[str],
    printed: Sequence[int],
    *,
    cells: Sequence[int] = (),
    head_labels: Sequence[str] = (),
) -> tuple[tuple[int, ...], list[tuple[int, str, float]]]:
    """(indexes of the columns that are printed, [(column, printed head, cost)]).

    A column counts as absent where its label is nowhere among the heads and the rows (`printed` is their number of
    filled cells, `cells` of all) are that much shorter: most of them just so, or none longer while every other label
    is there. A label that stands inside a longer head is there too, unless it is part of one of the `head_labels`.
    """
    everything = tuple(range(len(block.columns)))
    found = name_columns(block.columns, heads)
    if len(printed) < _MIN_ROWS or not heads or len(everything) <= _MOST_ABSENT:
        return everything, found
    nearest = _head_costs(block.columns, list(dict.fromkeys(heads))).min(axis=0)
    nearest[_named_inside(block.columns, heads, head_labels)] = 0.0
    absent = _count_absent(len(everything), printed) or _count_absent(len(everything), cells)
    if not absent:
        absent = sum(1 for cost in nearest if cost > _UNNAMED)
        others = sorted(nearest)[: len(everything) - absent]
        if not 0 < absent <= _MOST_ABSENT or max(printed) > len(others) or max(others) > _NAMED:
            return everything, found
    ranked = np.argsort(-nearest)[:absent]
    if nearest[ranked].min() <= _UNNAMED:
        return everything, found
    return tuple(column for column in everything if column not in set(ranked.tolist())), found


def _count_absent(width: int, sizes: Sequence[int]) -> int:
    """How many cells fewer than `width` most rows have; 0 where they have not."""
    if not sizes:
        return 0
    typical, count = Counter(sizes).most_common(1)[0]
    absent = width - typical
    return absent if 0 < absent <= _MOST_ABSENT and count >= _MOST_ROWS * len(sizes) else 0


def printed_order(block: Block, present: tuple[int, ...], head_rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """The present columns in the order in which a row of heads prints them, where each names one for sure.

    A row of all heads in the template's own order settles it, wherever it stands. So does that order rotated, among
    stacked heads: where one page's follow another's, a run over the seam is just so.
    """
    if len(block.columns) < _FEWEST_ORDERED:
        return present
    orders = [order for texts in head_rows if (order := _clear_order(block, texts))]
    stacked = [order for texts in _stacked_heads(head_rows, len(present)) if (order := _clear_order(block, texts))]
    if list(present) in orders or any(_is_rotated(order, present) for order in stacked):
        return present
    order = next((own for own in (*orders, *stacked) if own != sorted(own)), [])
    places = iter(order)
    return tuple(next(places) if column in order else column for column in present)


def _is_rotated(order: Sequence[int], present: Sequence[int]) -> bool:
    """Whether the order is `present` begun anywhere, its end followed by its beginning."""
    first = order.index(present[0]) if present[0] in order else 0
    return [*order[first:], *order[:first]] == list(present)


def _clear_order(block: Block, texts: Sequence[str]) -> list[int]:
    """The columns that the heads name, in their order; empty where one of them names none for sure."""
    if len(texts) < _FEWEST_ORDERED:
        return []
    clear = {head: column for column, head, cost in name_columns(block.columns, texts) if cost <= _ORDERED}
    first = next((k for k, text in enumerate(texts) if text in clear), 0)
    heads = texts[first:]  # without the head of the row labels
    order = [clear[text] for text in heads if text in clear]
    return order if len(order) >= _FEWEST_ORDERED and len(order) == len(heads) else []


def _stacked_heads(head_rows: Sequence[Sequence[str]], width: int) -> list[list[str]]:
    """Runs of so many different texts that stand one to a line: heads in a text of one cell a line."""
    runs = []
    for start in range(len(head_rows) - width + 1):
        texts = [texts[0] for texts in head_rows[start : start + width] if len(texts) == 1]
        if len(set(texts)) == width:
            runs.append(texts)
    return runs


def _named_inside(columns: Sequence[Axis], heads: Sequence[str], head_labels: Sequence[str]) -> list[int]:
    """The columns whose label stands within a head that a converter ran together with others."""
    texts = [squeeze(head) for head in heads]
    others = [squeeze(label) for label in head_labels]
    labels = [(k, squeeze(column.label)) for k, column in enumerate(columns)]
    own = [(k, label) for k, label in labels if not any(label in other for other in others)]
    return [k for k, label in own if any(label in text for text in texts)]


def _head_costs(columns: Sequence[Axis], texts: Sequence[str]) -> Matrix:
    """Distance of every head text to every column's nearest wording, shape (n_texts, n_columns)."""
    wordings = [label for column in columns for label in column.labels]
    firsts = list(accumulate((len(column.labels) for column in columns[:-1]), initial=0))
    nearest: Matrix = np.minimum.reduceat(label_costs(texts, wordings), firsts, axis=1)
    return nearest


def name_columns(columns: Sequence[Axis], heads: Sequence[str]) -> list[tuple[int, str, float]]:
    """Each column label that stands among the head texts: (column, head as printed, cost 0..1)."""
    texts = [text for text in dict.fromkeys(heads) if text]
    if not texts:
        return []
    found = []
    both = _head_costs(columns, texts)
    for k in range(len(columns)):
        best = int(both[:, k].argmin())
        if both[best, k] <= _SAME and both[best].argmin() == k:
            found.append((k, texts[best], float(both[best, k])))
    return found
