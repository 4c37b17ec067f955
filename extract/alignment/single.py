"""A table with one row of numbers: whatever rows and lines its cells were torn into are put in sequence again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby, pairwise
from operator import itemgetter

from extract.alignment.cost import NAMES, label_costs
from extract.alignment.strips import count_printed, is_legible, locate_cells
from extract.celltext import parse_cell
from extract.quick import record, replace
from extract.records import Block, Item, RawCell, Row, Strip
from extract.rules import load_rules
from extract.textform import squeeze

_MOST_SURPLUS = 2  # values that a row may have beyond its columns; among more, sums hold by chance
_PIECES = 2  # a row in fewer is no row in pieces
_BEGIN_LEAST = 3  # characters of the beginning of a group's label: of 行政 and 复议 there are two each
_ASTRAY = 1  # columns off that a head may begin where a rule was lost
_NAMED = 0.2  # a row label that near (0..1) to a group's label names the group


@record
class SingleRow:
    """The strip of all value cells (None: not found), the head texts, and whether more than one row may be it.

    `columns` are those of the block in the order in which they are printed; `turned` are the labels or the groups, as
    printed, whose order is not the form's.
    """

    strip: Strip | None
    heads: tuple[str, ...]
    columns: tuple[int, ...]
    rival: bool = False
    turned: tuple[str, ...] = ()


@record
class _Grid:
    """The groups of columns, each with columns of the same labels; `over` are the heads that stand over groups.

    `firsts` holds for each group and then each of `over` the first group under the same head.
    """

    groups: tuple[str, ...]
    labels: tuple[str, ...]
    over: tuple[str, ...]
    firsts: tuple[int, ...]

    @property
    def statutory(self) -> tuple[int, ...]:
        return tuple(range(len(self.groups) * len(self.labels)))


def match_single_row(
    strips: Sequence[Strip], block: Block, over: Sequence[tuple[str, Sequence[str]]], *, placed: bool = False
) -> SingleRow:
    """A strip that alone has as many values as the block has columns is the row; else all values, in order.

    Rows that bear the label of a group of columns stand for that group, in whatever order they are printed, and rows
    that bear the labels of columns for these, in every group. `placed`: heads of a scan stand over their own groups.
    """
    grid = _to_grid(block, over)
    heads = tuple(text for strip in strips for text in strip.texts)
    valued = _of_numbers([strip for strip in strips if any(cell.text for cell in strip.cells)])
    if stated := _join_stated(strips, valued, grid):
        return SingleRow(stated, heads, grid.statutory, bool(_turned_groups(heads, grid)))
    if not valued:
        blank = [strip for strip in strips if not strip.texts and len(strip.cells) >= len(block.columns)]
        return SingleRow(blank[-1] if blank else None, heads, grid.statutory)
    whole = [strip for strip in valued if count_printed(strip) == len(block.columns)]
    if not whole and (transposed := _transpose(valued, grid)):
        return SingleRow(transposed, heads, grid.statutory, bool(_turned_groups(heads, grid)))
    if whole:
        years = load_rules("sections.toml")["other_year_rows"]
        own = [strip for strip in whole if not any(year in text for text in strip.texts for year in years)]
        rival = len({tuple(cell.text for cell in strip.cells if cell.text) for strip in own}) > 1 or not own
        row = replace((own or whole)[0], texts=())
    else:
        row = _join_strips([strip for strip in valued if is_legible(strip)] or valued, grid)
        rival = count_printed(row) > len(block.columns) + _MOST_SURPLUS
        open_order = _is_interleaved(strips) and not _are_headed_groups(strips, grid)
        rival = rival or (open_order and not _adds_up(row, _chunks(grid.statutory, grid), grid))
    if count_printed(row) >= len(block.columns) and len({cell.text for cell in row.cells if cell.text}) == 1:
        # then no order reads otherwise
        return SingleRow(row, heads, grid.statutory, rival)
    columns, sure = _read_order(strips, row, grid)
    scanned = any(cell.readings for cell in row.cells)
    if not sure and scanned and _is_in_order(strips, row, grid):
        columns, sure = grid.statutory, True
    turned = [] if placed else _turned_groups(heads, grid, first=_NAMED if scanned else NAMES)
    shown = [grid.labels[column] for column in columns[: len(grid.labels)]] if columns != grid.statutory else turned
    return SingleRow(row, heads, columns, rival or not sure or bool(turned), tuple(shown))


def _of_numbers(valued: Sequence[Strip]) -> list[Strip]:
    """The strips; where most cells were read as numbers in a scan, without strips of which none was: words, misread."""
    read = [strip for strip in valued if any(cell.readings for cell in strip.cells)]
    mostly = 2 * sum(map(count_printed, read)) > sum(map(count_printed, valued))
    return read if mostly else list(valued)


def are_groups_in_place(items: Sequence[Item], block: Block) -> bool:
    """Whether heads over groups that were read in a scan stand over the columns of these, and none over others'."""
    rows = [item for item in items if isinstance(item, Row) and len(item.cells) == len(block.columns)]
    if not any(cell.readings for row in rows for cell in row.cells):
        return False
    groups = list(dict.fromkeys(column.group for column in block.columns))
    firsts = [next(k for k, column in enumerate(block.columns) if column.group == group) for group in groups]
    heads = [(k, cell.text) for row in rows for k, cell in enumerate(row.cells) if cell.text and not cell.readings]
    costs = label_costs([text for _, text in heads], groups).tolist() if heads else []
    named = [(k, own.index(min(own))) for (k, _), own in zip(heads, costs, strict=True) if min(own) <= _NAMED]
    return bool(named) and all(abs(k - firsts[place]) <= _ASTRAY for k, place in named)


def lift_groups(strips: Sequence[Strip], block: Block, over: Sequence[tuple[str, Sequence[str]]]) -> list[Strip]:
    """The strips; heads over groups that were read in the row of labels below them stand before that row.

    A group's label may have been read as one with a label of its columns (行政复议其他结果), or what is over groups
    as a column.
    """
    grid = _to_grid(block, over)
    lifted: list[Strip] = []
    lowered = []
    for strip in strips:
        labels = [text for text in strip.texts if text not in grid.over]
        if len(labels) != len(grid.statutory):
            lowered.append(strip)
            continue
        for place, text in enumerate(labels):
            group = grid.groups[place // len(grid.labels)]
            if text.startswith(group) and text != group:
                labels[place] = text.removeprefix(group)
                lifted.append(replace(strip, texts=(group,), cells=()))
        lifted += [replace(strip, texts=(text,), cells=()) for text in strip.texts if text in grid.over]
        lowered.append(replace(strip, texts=tuple(labels)))
    return [*lifted, *lowered]


def _to_grid(block: Block, over: Sequence[tuple[str, Sequence[str]]]) -> _Grid:
    groups = tuple(dict.fromkeys(column.group for column in block.columns))
    labels = tuple(column.label for column in block.columns if column.group == groups[0])
    under = {group: own[0] for _, own in over for group in own}
    firsts = [groups.index(under.get(group, group)) for group in (*groups, *(own[0] for _, own in over))]
    return _Grid(groups, labels, tuple(head for head, _ in over), tuple(firsts))


def _join_stated(strips: Sequence[Strip], valued: Sequence[Strip], grid: _Grid) -> Strip | None:
    """The row in several pieces of whole groups, blank cells among them, as the file's own grid states them; None where
    it does not, where the pieces are not as many cells as the row, or where the order of the groups is not plain.
    """
    pieces = {id(strip): [cell for cell in locate_cells(strip) if cell.stated] for strip in strips}
    own = [strip for strip in strips if pieces[id(strip)] and len(pieces[id(strip)]) % len(grid.labels) == 0]
    blanks = any(not cell.text for strip in own for cell in pieces[id(strip)])
    count = sum(len(pieces[id(strip)]) for strip in own)
    if len(own) < _PIECES or not blanks or count != len(grid.statutory) or any(strip not in own for strip in valued):
        return None
    if any(strip.texts for strip in own):
        places = _name_strips(own, grid.groups)
        if places is None:
            return None
        own = [strip for _, strip in sorted(zip(places, own, strict=True), key=itemgetter(0))]
    cells = tuple(cell for strip in own for cell in pieces[id(strip)])
    first = next((strip for strip in own if strip in valued), own[0])
    return Strip((), cells, first.first, first.table, first.page, first.number)


def _join_strips(strips: list[Strip], grid: _Grid) -> Strip:
    """All values of the strips as one strip."""
    first = strips[0]
    if (places := _name_strips(strips, grid.groups)) is not None:
        strips = [strip for _, strip in sorted(zip(places, strips, strict=True), key=itemgetter(0))]
    cells = first.cells if len(strips) == 1 else tuple(cell for strip in strips for cell in _trim(locate_cells(strip)))
    return Strip((), cells, first.first, first.table, first.page, first.number)


def _transpose(strips: Sequence[Strip], grid: _Grid) -> Strip | None:
    """The row whose columns are printed as rows, one value for each group; None where they are not."""
    places, first = _name_strips(strips, grid.labels), strips[0]
    rows = [[cell for cell in locate_cells(strip) if cell.text] for strip in strips]
    if places is None or any(len(row) != len(grid.groups) for row in rows):
        return None
    cells = tuple(rows[places.index(k)][g] for g in range(len(grid.groups)) for k in range(len(rows)))
    return Strip((), cells, first.first, first.table, first.page, first.number)


def _name_strips(strips: Sequence[Strip], labels: Sequence[str]) -> list[int] | None:
    """The label that each strip bears, where each bears another and all are borne."""
    if len(strips) != len(labels) or not all(strip.texts for strip in strips):
        return None
    costs = label_costs([strip.texts[-1] for strip in strips], labels).tolist()
    named = [own.index(min(own)) for own in costs]
    return named if sorted(named) == list(range(len(labels))) and max(map(min, costs)) <= _NAMED else None


def _turned_groups(heads: Sequence[str], grid: _Grid, first: float = NAMES) -> list[str]:
    """The groups as printed where their order is another than the form's, or may be: another stands first of all.

    `first` is how far (0..1) from a group's label the first head may be that names it.
    """
    texts = [head for head in heads if squeeze(head)]
    if not texts:
        return []
    labels = [*grid.groups, *grid.over]
    costs = label_costs(texts, labels).tolist()  # (n_texts, n_groups and what is over)
    places = [
        own.index(min(own)) if min(own) <= NAMES else _find_begun(text, labels)
        for text, own in zip(texts, costs, strict=True)
    ]
    named = [place for place in places if place is not None]
    groups = list(dict.fromkeys(place for place in named if place < len(grid.groups)))
    firsts = list(dict.fromkeys(grid.firsts[place] for place in named))
    other_first = 0 not in firsts and min(costs[0]) <= first
    is_turned = other_first or groups != sorted(groups) or firsts != sorted(firsts)
    return [grid.groups[place] for place in groups] if is_turned else []


def _find_begun(text: str, labels: Sequence[str]) -> int | None:
    """The place of the label that begins with the text, as those do that a narrow column broke; None for others."""
    piece = squeeze(text)
    if len(piece) < _BEGIN_LEAST:
        return None
    return next((k for k, label in enumerate(labels) if squeeze(label).startswith(piece)), None)


def _read_order(strips: Sequence[Strip], row: Strip, grid: _Grid) -> tuple[tuple[int, ...], bool]:
    """The columns in the order in which heads name them, and whether that is sure."""
    statutory, width = grid.statutory, len(grid.labels)
    named, clear = [], True
    for texts in _head_rows(strips):
        costs = label_costs(texts, grid.labels).tolist()
        kinds = [own.index(min(own)) if min(own) <= NAMES else None for own in costs]
        clear = clear and not any(_NAMED < min(own) <= NAMES for own in costs)
        named.append(kinds)
    order = [kind for kinds in named for kind in kinds if kind is not None]
    if not any(_is_out_of_order(kinds, width) for kinds in named) and not _is_rotated(order, width):
        return statutory, True
    order = order * len(grid.groups) if len(order) == width else order
    chunks = _chunks(order, grid)
    if len(order) != len(statutory) or any(sorted(chunk) != list(range(width)) for chunk in chunks):
        return statutory, False
    columns = tuple(width * group + kind for group, chunk in enumerate(chunks) for kind in chunk)
    return columns, clear and _adds_up(row, chunks, grid)


def _is_in_order(strips: Sequence[Strip], row: Strip, grid: _Grid) -> bool:
    """Whether the heads of a scan that were read without a fault, as many as a group has, stand as in the form, and
    its sums hold: what was hard to read names no other order.
    """
    places = {label: k for k, label in enumerate(grid.labels)}
    named = [[places.get(squeeze(text)) for text in texts] for texts in _head_rows(strips)]
    order, width = [kind for kinds in named for kind in kinds if kind is not None], len(grid.labels)
    in_order = not any(_is_out_of_order(kinds, width) for kinds in named) and not _is_rotated(order, width)
    return len(order) >= width and in_order and _adds_up(row, _chunks(grid.statutory, grid), grid)


def _chunks(order: Sequence[int], grid: _Grid) -> list[list[int]]:
    """The labels of each group, as their places among all of one group's."""
    width = len(grid.labels)
    return [[kind % width for kind in order[k : k + width]] for k in range(0, len(order), width)]


def _is_interleaved(strips: Sequence[Strip]) -> bool:
    """Whether heads stand between numbers on lines of their own: then nobody knows which number stood below which."""
    valued = [k for k, strip in enumerate(strips) if count_printed(strip)]
    between = strips[valued[0] : valued[-1]] if valued else ()
    lone = all(not strips[k].texts for k in valued)
    return lone and any(strip.texts and not count_printed(strip) for strip in between)


def _are_headed_groups(strips: Sequence[Strip], grid: _Grid) -> bool:
    """Whether the numbers are as many rows as there are groups, right before each the labels of all its columns."""
    valued = [k for k, strip in enumerate(strips) if count_printed(strip)]
    width = len(grid.labels)
    if len(valued) != len(grid.groups) or any(k == 0 or count_printed(strips[k]) != width for k in valued):
        return False
    rows = [strips[k - 1].texts for k in valued]
    return all(len(texts) == width and _name_all(texts, grid.labels) for texts in rows)


def _name_all(texts: Sequence[str], labels: Sequence[str]) -> bool:
    costs = label_costs(texts, labels).tolist()
    return all(own.index(min(own)) == k and min(own) <= NAMES for k, own in enumerate(costs))


def _is_out_of_order(kinds: Sequence[int | None], width: int) -> bool:
    """Whether the labels of a group follow one another otherwise than in the form, over and over."""
    pairs = [(a, b) for a, b in pairwise(kinds) if a is not None and b is not None and a != b]
    return any(b != (a + 1) % width for a, b in pairs)


def _is_rotated(order: Sequence[int], width: int) -> bool:
    """Whether the labels begin with another than the form's first, and end with the one before it."""
    return bool(order) and order[0] != 0 and order[-1] == order[0] - 1 and len(order) >= width


def _adds_up(row: Strip, chunks: Sequence[Sequence[int]], grid: _Grid) -> bool:
    """Whether in each group the column that is named last in the form holds the sum of the others."""
    values = [parse_cell(cell.text).value or Decimal(0) for cell in row.cells if cell.text]
    total, width = len(grid.labels) - 1, len(grid.labels)
    if len(values) != len(grid.statutory):
        return False
    groups = [values[k : k + width] for k in range(0, len(values), width)]
    return all(2 * group[chunk.index(total)] == sum(group) for group, chunk in zip(groups, chunks, strict=True))


def _head_rows(strips: Sequence[Strip]) -> Iterator[list[str]]:
    """The texts of each row; those that stand one to a line, line after line, are one row."""
    for lone, group in groupby(strips, key=lambda strip: len(strip.texts) == 1):
        rows = [list(strip.texts) for strip in group if strip.texts]
        yield from [[text for row in rows for text in row]] if lone else rows


def _trim(cells: tuple[RawCell, ...]) -> tuple[RawCell, ...]:
    """Without the blank cells at both ends, which pad a torn row."""
    filled = [k for k, cell in enumerate(cells) if cell.text]
    return cells[filled[0] : filled[-1] + 1] if filled else ()
