"""Other places for rows that no label on their own line names: order leaves them open, only the sums can tell."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, groupby

from extract.alignment.cost import UNLIKE
from extract.alignment.strips import count_printed
from extract.quick import replace
from extract.records import AlignedRow, AlignedTable

_UNSURE = 0.2  # a label that far from its row's may hold the next row's as well
_PIECE = 0.4  # a label that far from its row's may be a piece of the one next to it
_MOST_VARIANTS = 60


def mark_contested(rows: tuple[AlignedRow, ...]) -> tuple[AlignedRow, ...]:
    """The rows, those marked whose place only order tells while order leaves more than one."""
    contested = (
        {k for gap in _gaps(rows) for k in gap} | _borrowed(rows) | _stacked_beside_lost(rows) | _beside_empty(rows)
    )
    return tuple(replace(row, contested=True) if k in contested else row for k, row in enumerate(rows))


def other_alignments(table: AlignedTable) -> tuple[AlignedTable, ...]:
    """The table with its unlabelled rows in every other place that keeps the order, and with rows whose labels stand on
    lines of their own beside the labels on the other side; empty where none is open.
    """
    variants = [replace(table, rows=rows) for rows in _turned(table.rows)]
    for gap in _gaps(table.rows):
        for rows in _arrange(table, gap):
            if len(variants) == _MOST_VARIANTS:
                return tuple(variants)
            variants.append(replace(table, rows=rows))
    return tuple(variants)


def _turned(rows: tuple[AlignedRow, ...]) -> Iterator[tuple[AlignedRow, ...]]:
    """The rows, those of a run whose labels stand apart each one row further: numbers are read with the labels before
    them or behind them, and where the last or the first label has none, either may be meant.
    """
    for _, group in groupby(range(len(rows)), key=lambda k: (rows[k].block, _is_apart(rows[k]))):
        run = list(group)
        lost = [rows[k].strip is None for k in (run[0], run[-1])]
        if len(run) > 1 and _is_apart(rows[run[0]]) and lost[0] != lost[1]:
            strips = [rows[k].strip for k in run]
            moved = [*strips[1:], None] if lost[0] else [None, *strips[:-1]]
            turned = list(rows)
            for k, strip in zip(run, moved, strict=True):
                turned[k] = replace(rows[k], strip=strip)
            yield tuple(turned)


def _is_apart(row: AlignedRow) -> bool:
    return row.strip is None or row.strip.apart or (bool(row.label) and not row.strip.texts)


def _borrowed(rows: tuple[AlignedRow, ...]) -> set[int]:
    """Rows whose label stands on a line beside their values, next to one without values, which may be that one's: where
    most rows have theirs on their line, both rows, if that one has no label either; else those whose label fits badly,
    or stands together with that one's.
    """
    apart = {k for k, row in enumerate(rows) if row.strip is not None and not row.strip.texts}
    lost = {k for k, row in enumerate(rows) if row.strip is None}
    pairs = [(k, k + step) for k in apart for step in (-1, 1) if k + step in lost]
    pairs = [(k, other) for k, other in pairs if rows[k].block == rows[other].block]
    if 2 * len(apart) >= sum(row.strip is not None for row in rows):
        return {k for k, other in pairs if rows[k].label_cost >= _UNSURE or rows[other].label_seen}
    return {k for pair in pairs for k in pair if not rows[pair[1]].label_seen}


def _beside_empty(rows: tuple[AlignedRow, ...]) -> set[int]:
    """Rows whose label fits badly, each next to one that is there and prints nothing, with that one: the numbers may be
    its, where their own row is lost and only a piece of a label is left beside them.
    """
    unsure = {k for k, row in enumerate(rows) if row.strip is not None and row.label_cost >= _PIECE}
    if not unsure:  # as in most tables
        return set()
    empty = {k for k, row in enumerate(rows) if row.strip is not None and not count_printed(row.strip)}
    unsure -= empty
    pairs = [(k, k + step) for k in unsure for step in (-1, 1) if k + step in empty]
    return {k for pair in pairs for k in pair if rows[pair[0]].block == rows[pair[1]].block}


def _stacked_beside_lost(rows: tuple[AlignedRow, ...]) -> set[int]:
    """Rows of a stack among which, or next to which, one is not there: a label and the numbers of another may be lost,
    so that as many of both are left.
    """
    stacks: dict[tuple[int, int], list[int]] = {}
    for k, row in enumerate(rows):
        if row.strip is not None and row.strip.stack:
            stacks.setdefault((row.block, row.strip.stack), []).append(k)
    lost = {k for k, row in enumerate(rows) if row.strip is None}
    return {k for own in stacks.values() if not lost.isdisjoint(range(own[0] - 1, own[-1] + 2)) for k in own}


def _gaps(rows: tuple[AlignedRow, ...]) -> Iterator[list[int]]:
    """Runs of neighbouring rows of one block, each without a strip or without a readable label, of both kinds."""
    run: list[int] = []
    for k, row in enumerate(rows):
        if row.strip is not None and row.label_cost < UNLIKE:
            yield from _mixed(rows, run)
            run = []
        else:
            run.append(k)
    yield from _mixed(rows, run)


def _mixed(rows: tuple[AlignedRow, ...], run: list[int]) -> Iterator[list[int]]:
    found = sum(rows[k].strip is not None for k in run)
    if 0 < found < len(run) and len({rows[k].block for k in run}) == 1:
        yield run


def _arrange(table: AlignedTable, gap: list[int]) -> Iterator[tuple[AlignedRow, ...]]:
    strips = [table.rows[k].strip for k in gap if table.rows[k].strip is not None]
    now = [k for k in gap if table.rows[k].strip is not None]
    for places in combinations(gap, len(strips)):
        if list(places) == now:
            continue
        rows = list(table.rows)
        for k in gap:
            rows[k] = replace(rows[k], strip=None, label="", label_cost=1.0, margin=0.0, forced=False)
        for k, strip in zip(places, strips, strict=True):
            rows[k] = replace(rows[k], strip=strip)
        yield tuple(rows)
