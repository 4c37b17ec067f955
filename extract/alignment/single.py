"""A table with one row of numbers: whatever rows and lines its cells were torn into are put in sequence again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from extract.alignment.cost import NAMES, label_costs
from extract.records import Block, RawCell, Strip
from extract.rules import load_rules
from extract.textform import squeeze

_MOST_SURPLUS = 2  # values that a row may have beyond its columns; among more, sums hold by chance
_NAMED = 0.2  # a row label that near (0..1) to a group's label names the group


@dataclass(frozen=True, slots=True)
class SingleRow:
    """The strip of all value cells (None: not found), the head texts, and whether more than one row may be it."""

    strip: Strip | None
    heads: tuple[str, ...]
    rival: bool = False


def match_single_row(strips: Sequence[Strip], block: Block) -> SingleRow:
    """A strip that alone has as many values as the block has columns is the row; else all values, in order.

    Rows that bear the label of a group of columns stand for that group, in whatever order they are printed.
    """
    width = len(block.columns)
    heads = tuple(text for strip in strips for text in strip.texts)
    valued = [strip for strip in strips if any(cell.text for cell in strip.cells)]
    if not valued:
        blank = [strip for strip in strips if not strip.texts and len(strip.cells) >= width]
        return SingleRow(blank[-1] if blank else None, heads)
    whole = [strip for strip in valued if _printed(strip) == width]
    if whole:
        years = load_rules("sections.toml")["other_year_rows"]
        own = [strip for strip in whole if not any(year in text for text in strip.texts for year in years)]
        rival = len({tuple(cell.text for cell in strip.cells if cell.text) for strip in own}) > 1
        turned = _is_turned(heads, block) or _is_shuffled(strips, whole[0], block)
        return SingleRow(replace((own or whole)[0], texts=()), heads, rival or not own or turned)
    chosen = _order_by_group(valued, block)
    first = chosen[0]
    cells = first.cells if len(chosen) == 1 else tuple(cell for strip in chosen for cell in _trim(strip.cells))
    strip = Strip((), cells, first.first, first.table, first.page, first.number)
    heaped = _printed(strip) > width + _MOST_SURPLUS
    return SingleRow(strip, heads, heaped or _is_turned(heads, block))


def _order_by_group(strips: list[Strip], block: Block) -> list[Strip]:
    """The strips in the order of the groups that they name, where each names another; else as printed."""
    groups = list(dict.fromkeys(column.group for column in block.columns))
    if len(strips) != len(groups) or not all(strip.texts for strip in strips):
        return strips
    costs = label_costs([strip.texts[-1] for strip in strips], groups)
    named = costs.argmin(axis=1).tolist()
    if sorted(named) != list(range(len(groups))) or costs.min(axis=1).max() > _NAMED:
        return strips
    return [strip for _, strip in sorted(zip(named, strips, strict=True), key=lambda pair: pair[0])]


def _is_turned(heads: Sequence[str], block: Block) -> bool:
    """Whether the heads print the groups in another order than the form, or may: another group stands first of all."""
    groups = list(dict.fromkeys(column.group for column in block.columns))
    texts = [head for head in heads if squeeze(head)]
    if not texts:
        return False
    costs = label_costs(texts, groups)  # (n_texts, n_groups)
    places = list(dict.fromkeys(int(own.argmin()) for own in costs if own.min() <= NAMES))
    other_first = 0 not in places and bool(costs[0].min() <= NAMES)
    return other_first or places != sorted(places)


def _is_shuffled(strips: Sequence[Strip], row: Strip, block: Block) -> bool:
    """Whether the heads of a group print its columns in another order than the form; no matter where all are alike."""
    if len({cell.text for cell in row.cells if cell.text}) == 1:
        return False
    labels = [column.label for column in block.columns if column.group == block.columns[0].group]
    for texts in _head_rows(strips):
        places = [int(own.argmin()) if own.min() <= NAMES else None for own in label_costs(texts, labels)]
        pairs = [(a, b) for a, b in pairwise(places) if a is not None and b is not None and a != b]
        if any(b != (a + 1) % len(labels) for a, b in pairs):
            return True
    return False


def _head_rows(strips: Sequence[Strip]) -> Iterator[list[str]]:
    """The texts of each row; those that stand one to a line, line after line, are one row."""
    for lone, group in groupby(strips, key=lambda strip: len(strip.texts) == 1):
        rows = [list(strip.texts) for strip in group if strip.texts]
        yield from [[text for row in rows for text in row]] if lone else rows


def _printed(strip: Strip) -> int:
    return sum(1 for cell in strip.cells if cell.text)


def _trim(cells: tuple[RawCell, ...]) -> tuple[RawCell, ...]:
    """Without the blank cells at both ends, which pad a torn row."""
    filled = [k for k, cell in enumerate(cells) if cell.text]
    return cells[filled[0] : filled[-1] + 1] if filled else ()
