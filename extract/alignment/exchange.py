"""The order in which columns are printed: told by the heads, checked by where the rows' totals stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import chain

from extract.alignment.columns import Heads
from extract.alignment.cost import NAMES, label_costs
from extract.alignment.totals import total_of
from extract.quick import record, replace
from extract.records import Block

_CLEAR = 0.1  # a head that near to a column label (0..1) names it for sure
_GROUP = 0.2  # a head that near to the label of a group of columns is that label
_FEWEST = 3  # columns, and heads that name one, below which nothing can be out of order
_KEPT = 256  # heads of blocks, as the tables' are kept
_ROWS_AGAINST = 2  # rows that must add up only with the total in another place before the heads are doubted

_MOST_SURE_POSITION = 4  # heads that name a column, from which on a first head that names none is a column's, too

Values = Sequence[Decimal | None]
"""The values of a row, None for a dash."""


@record
class Order:
    """The present columns as printed; not `sure` where heads or sums leave open which is which."""

    columns: tuple[int, ...]
    sure: bool = True


def tell_order(heads: Heads, present: tuple[int, ...], rows: Sequence[Values]) -> Order:
    """The order of the present columns; `rows` are the values of rows with as many cells, in printed order.

    Where heads stand one to a line, those of two rows (自然人 and 总计 reach over both) come in any order: only those
    within the group tell. One row of all heads in the form's order settles it, wherever it stands. What stands beside
    the group in another order was moved or stands on a line of its own: no sum can tell, a person has to.
    """
    block, order, clearly, whole = heads.block, Order(present), True, False
    if len(block.columns) < _FEWEST:
        return order
    named = _name_heads(heads)
    stacks = [_levels([named[text] for text in run])[-1:] for run in _stacked(heads.rows, named, len(present))]
    levels = [_levels([named[text] for text in texts if text]) for texts in heads.rows]
    sequences = list(chain.from_iterable((*levels, *stacks)))
    if not any(_is_statutory(sequence, present) for sequence in sequences):
        for sequence in sequences:
            moved = _follow(Order(order.columns), sequence, present, block, named.values())
            clearly = clearly and moved.sure
            over_group = any(len(head.columns) > 1 for head in sequence)
            sure = moved.sure and (moved.columns == order.columns or not over_group)
            order = Order(moved.columns, order.sure and sure)
        if order.columns != present and any(_speaks_against(sequence, order.columns) for sequence in sequences):
            order = replace(order, sure=False)
        whole = any({head.columns for head in sequence} >= {(column,) for column in present} for sequence in sequences)
    order = _settle_total(order, present, block, rows, clearly=clearly, whole=whole)
    return Order(order.columns, order.sure or _are_all_alike(rows))


@record
class _Head:
    """What a head text names: one column, the columns of a group, or (empty) nothing that is known."""

    columns: tuple[int, ...]
    clear: bool


def _are_all_alike(rows: Sequence[Values]) -> bool:
    """Whether no row has two values: then no order of columns reads otherwise."""
    return bool(rows) and all(len(set(row)) == 1 for row in rows)


def _groups(block: Block) -> dict[str, tuple[int, ...]]:
    """Label of a group of columns → its columns."""
    labels = dict.fromkeys(column.group for column in block.columns if column.group)
    return {label: tuple(k for k, column in enumerate(block.columns) if column.group == label) for label in labels}


@lru_cache(maxsize=_KEPT)
def _name_heads(heads: Heads) -> Mapping[str, _Head]:
    groups, texts = _groups(heads.block), heads.texts
    over = label_costs(texts, list(groups)).tolist() if groups and texts else [[]] * len(texts)
    named = {}
    for (text, costs), own in zip(heads.costs.items(), over, strict=True):
        cost, of_group = min(costs), min(own, default=1.0)
        if of_group <= min(cost, _GROUP):
            named[text] = _Head(tuple(groups.values())[own.index(of_group)], of_group <= _CLEAR)
        else:
            named[text] = _Head((costs.index(cost),) if cost <= NAMES else (), cost <= _CLEAR)
    return named


def _stacked(head_rows: Sequence[Sequence[str]], named: Mapping[str, _Head], width: int) -> list[list[str]]:
    """Runs of heads that stand one to a line, with at most one unreadable between two, that name nearly all columns."""
    runs: list[list[str]] = [[]]
    for texts in head_rows:
        lone = texts[0] if len(texts) == 1 else ""
        known = bool(lone) and bool(named[lone].columns)
        if not lone or (not known and runs[-1] and not named[runs[-1][-1]].columns):
            runs.append([])
        elif known or runs[-1]:
            runs[-1].append(lone)
    trimmed = [run if not run or named[run[-1]].columns else run[:-1] for run in runs]
    return [run for run in trimmed if sum(len(named[text].columns) == 1 for text in run) >= max(_FEWEST, width - 1)]


def _levels(heads: Sequence[_Head]) -> list[list[_Head]]:
    """The heads; where the label of a group stands among them, those beside the group and those within it apart."""
    groups = [head.columns for head in heads if len(head.columns) > 1]
    if not groups:
        return [list(heads)]
    columns = {column for group in groups for column in group}
    beside = [head for head in heads if head.columns and (len(head.columns) > 1 or head.columns[0] not in columns)]
    within = [head for head in heads if len(head.columns) == 1 and head.columns[0] in columns]
    unread = [head for head in heads if not head.columns]
    if within and len(within) + len(unread) == len(columns):
        within = [head for head in heads if not head.columns or head in within]
    return [beside, within]


def _is_statutory(heads: Sequence[_Head], present: tuple[int, ...]) -> bool:
    return [head.columns for head in heads if head.columns] == [(column,) for column in present]


def _speaks_against(heads: Sequence[_Head], columns: tuple[int, ...]) -> bool:
    """Whether enough of these heads to tell an order name columns in another one than this."""
    named = [head.columns[0] for head in heads if len(head.columns) == 1 and head.columns[0] in columns]
    places = list(map(columns.index, dict.fromkeys(named)))
    return len(places) >= _FEWEST and places != sorted(places)


def _follow(
    order: Order, heads: Sequence[_Head], present: tuple[int, ...], block: Block, everywhere: Collection[_Head]
) -> Order:
    """The order after these heads; an unreadable one stands for what is left where their number fits, and where none of
    what is left is named by some other head of the table, `everywhere`.
    """
    names = [head.columns for head in heads if head.columns]
    if len(heads) < _FEWEST or len(names) < _FEWEST - 1 or len(set(names)) != len(names):
        return order
    filled, guessed = _fill(heads, present, block, everywhere)
    columns = [column for head in filled for column in head.columns if column in present]
    total = total_of(block.columns)
    parts = [column for column in columns if column != total]
    if columns == sorted(columns) or (parts == sorted(parts) and len(columns) < len(present)):
        return order  # a total beside the heads of another row, of which some are lost, tells no place of theirs
    places = iter(columns)
    printed = tuple(next(places) if column in columns else column for column in order.columns)
    return Order(printed, order.sure and not guessed and all(head.clear for head in filled))


def _fill(
    heads: Sequence[_Head], present: tuple[int, ...], block: Block, everywhere: Collection[_Head]
) -> tuple[list[_Head], bool]:
    """The heads that name something, in order, and whether others stand among them.

    Where there are just as many as columns, an unreadable one is one of the rest; the first only where most can be
    read and no head elsewhere resembles one of the rest, for it may be the head of the row labels. Several among others
    in the form's order tell nothing.
    """
    known = [k for k, head in enumerate(heads) if head.columns]
    names = [heads[k].columns for k in known]
    named = {column for k in known for column in heads[k].columns}
    for universe in (present, *_groups(block).values()):
        first = len(heads) - len(universe)
        own = heads[max(0, first) :]
        if first not in (0, 1) or len(known) != len(named) or not named <= set(universe) or known[0] < first:
            continue
        is_first = known[0] != first
        elsewhere = {other.columns[0] for other in everywhere if len(other.columns) == 1 and (is_first or other.clear)}
        if not elsewhere.isdisjoint(set(universe) - named):
            continue
        if len(known) < len(own) - 1 and names == sorted(names):
            continue
        if not is_first or len(known) >= _MOST_SURE_POSITION:
            rest = iter(column for column in universe if column not in named)
            filled = [head if head.columns else _Head((next(rest),), clear=False) for head in own]
            return filled, len(known) < len(own)
    inner = heads[known[0] : known[-1] + 1]
    return [head for head in inner if head.columns], len(known) < len(inner)


def _settle_total(
    order: Order, present: tuple[int, ...], block: Block, rows: Sequence[Values], *, clearly: bool, whole: bool
) -> Order:
    """The order, with the total last unless the sums prove it moved; not sure where they contradict or cannot tell.

    `clearly`: every head that tells the order names its column for sure. `whole`: one run of heads names all columns,
    surely or not; where the total's is alone out of order in it, the sums of several rows settle its place.
    """
    total = total_of(block.columns)
    if total is None or total not in present or not rows:
        return order
    own, last = order.columns.index(total), len(present) - 1
    if own == last and all(_adds_up(row, last) for row in rows):
        return order  # as most tables: no other place can be better
    holds = [_places_of_total(row) for row in rows]
    proven = _rows_for(own, last, holds) - _rows_for(last, own, holds)
    if own != last and proven <= 0:
        back = (*(column for column in order.columns if column != total), total)
        settled = whole and back == present and proven <= -_ROWS_AGAINST
        return Order(back, settled or (order.sure and proven < 0))
    parts = [column for column in order.columns if column != total]
    if own != last and clearly and proven >= _ROWS_AGAINST and parts == sorted(parts):
        order = Order(order.columns)
    against = [_rows_for(place, own, holds) - _rows_for(own, place, holds) for place in range(len(present))]
    best = max(range(len(present)), key=against.__getitem__)
    if against[best] < _ROWS_AGAINST:
        return order
    return Order((*parts[:best], total, *parts[best:]), sure=False)


def _adds_up(row: Values, total: int) -> bool:
    """Whether the row adds up with the total at that place."""
    return 2 * (row[total] or 0) == sum(filter(None, row))


def _places_of_total(row: Values) -> list[bool]:
    """Whether the row adds up with the total at each of its places."""
    whole = sum(filter(None, row))
    return [2 * (value or 0) == whole for value in row]


def _rows_for(place: int, other: int, holds: Sequence[Sequence[bool]]) -> int:
    """Rows that add up with the total at that place and not with it at the other."""
    return sum(own[place] and not own[other] for own in holds)
