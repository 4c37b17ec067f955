"""Heads that a table repeats after a page break, one head to a line, between its labels and their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from extract.alignment.cost import label_costs
from extract.alignment.strips import split_items
from extract.quick import record
from extract.records import Item, Line, TableSpec
from extract.textform import split_numbering, squeeze

_LEAST = 3  # lines of a head that is said again; of fewer, a row may be called so: 其他, 总计
_WHOLE_LEAST = 8  # the same where a table has one row alone: there each group of columns has the same few heads
_NAMED = 0.2  # a line that near (0..1) to a head is it
_PIECE_LEAST = 6  # characters of a line that is a piece of a long head


@record
class _Head:
    """The table's first head: what its lines name, in order; None for a line that names nothing."""

    names: tuple[int | None, ...]
    least: int


def drop_repeated_heads(items: Sequence[Item], spec: TableSpec) -> Sequence[Item]:
    """The items without the lines below the table's first number that say its head again, or a part of it in order."""
    single = len(spec.blocks) == len(spec.blocks[0].rows) == 1
    least = _WHOLE_LEAST if single else _LEAST
    if sum(isinstance(item, Line) for item in items) < 2 * least:  # of a head and the same again
        return items
    first = next((k for k, item in enumerate(items) if _has_value(item)), len(items))
    if sum(isinstance(item, Line) for item in items[:first]) < least:
        return items
    head = _Head(_name_lines(items[:first], spec), least)
    if sum(name is not None for name in head.names) < head.least:
        return items
    below = _name_lines(items[first:], spec)
    kept = list(items[:first])
    k = 0
    while k < len(below):
        count = _count_repeated(below[k:], head) if below[k] in head.names else 0
        if not count:
            kept.append(items[first + k])
        k += max(1, count)
    return kept


def _has_value(item: Item) -> bool:
    return any(cell.text for strip in split_items([item]) for cell in strip.cells)


def _name_lines(items: Sequence[Item], spec: TableSpec) -> tuple[int | None, ...]:
    """Per item the head that it names, or is a piece of; None for others and for rows of a table."""
    names = _head_names(spec)
    squeezed = [squeeze(name) for name in names]
    found: list[int | None] = [None] * len(items)
    lines = {k: item.text for k, item in enumerate(items) if isinstance(item, Line) and not item.text.isdecimal()}
    costs = label_costs(list(lines.values()), names)  # (n_lines, n_names)
    for (k, text), nearest, cost in zip(lines.items(), costs.argmin(axis=1), costs.min(axis=1), strict=True):
        words = squeeze(text)
        if words and cost <= _NAMED and split_numbering(text)[0] is None:
            found[k] = int(nearest)
        elif len(words) >= _PIECE_LEAST:
            found[k] = next((place for place, name in enumerate(squeezed) if words in name), None)
    return tuple(found)


@cache
def _head_names(spec: TableSpec) -> tuple[str, ...]:
    columns = [column for block in spec.blocks for column in block.columns]
    groups = [column.group for column in columns]
    over = [label for label, _ in spec.over]
    labels = [label for column in columns for label in column.labels]
    return tuple(filter(None, dict.fromkeys((*spec.head_labels, spec.corner, *over, *groups, *labels))))


def _count_repeated(below: Sequence[int | None], head: _Head) -> int:
    """How many of the next lines say the head again from one of its lines on; 0 for fewer than count."""
    most = 0
    for start, name in enumerate(head.names):
        if name is None or name != below[0]:
            continue
        pairs = zip(head.names[start:], below, strict=False)
        count = next((k for k, (own, other) in enumerate(pairs) if own is None or own != other), None)
        most = max(most, min(len(head.names) - start, len(below)) if count is None else count)
    return most if most >= head.least else 0
