"""One statutory table: its section's items → AlignedTable."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from extract.alignment.columns import compare_heads, match_columns, split_fused, split_heads
from extract.alignment.cost import UNLIKE
from extract.alignment.deviations import (
    NOISY_LABELS,
    WIDE_ROW,
    column_deviations,
    group_deviations,
    head_deviations,
    quiet_noise,
    row_deviations,
    row_ids,
    run_deviation,
    twice_deviations,
)
from extract.alignment.doubts import find_doubtful
from extract.alignment.emptied import find_emptied
from extract.alignment.exchange import Order, tell_order
from extract.alignment.gaps import mark_contested
from extract.alignment.heads import drop_repeated_heads
from extract.alignment.misheaded import (
    find_crowded,
    find_misheaded,
    is_moved_left,
    is_unplaced,
    states_cells,
)
from extract.alignment.naming import (
    KnownLabels,
    Renamed,
    find_misnamed,
    find_renamed,
    head_names,
    is_other_name,
    known_labels,
)
from extract.alignment.other_years import drop_other_years
from extract.alignment.rows import Match, match_rows
from extract.alignment.runon import rejoin_labels
from extract.alignment.serials import drop_serials
from extract.alignment.single import are_groups_in_place, lift_groups, match_single_row
from extract.alignment.spacers import drop_spacers
from extract.alignment.stacked import unstack
from extract.alignment.strips import count_printed, items_to_strips
from extract.alignment.torn import join_torn_rows
from extract.alignment.totals import end_in_totals, lacks_totals
from extract.alignment.worded import mark_words
from extract.alignment.wording import Change, is_scrambled, tell_change
from extract.celltext import parse_cell
from extract.quick import replace
from extract.records import AlignedRow, AlignedTable, Axis, Block, Deviation, Item, Line, Row, State, Strip, TableSpec
from extract.textform import bare_label, split_numbering, squeeze

_ROW_NAME_LEAST = 3  # characters of a row's label that names another row
_FUSED_LEAST = 5  # characters of a label that may be told within a longer text
_READ = 0.2  # a label of a scan that near to its row's was read


def align_table(
    items: Sequence[Item], spec: TableSpec, *, noisy: bool = False, year: int | None = None
) -> AlignedTable:
    """The rows of the table in canonical order, found or not; never raises on content.

    A table under another `year` than the report's is none of its own.

    In a `noisy` document no label that resembles the form's is taken for one that says something else.
    """
    items = drop_other_years(items, spec, year)
    items = drop_repeated_heads(drop_spacers(drop_serials(items, spec), spec), spec)
    pairs = [(b, r) for b, block in enumerate(spec.blocks) for r in range(len(block.rows))]
    if len(pairs) == 1:
        return _align_single(_from_left(items), spec, noisy=noisy)
    rows, widths = [spec.blocks[b].rows[r] for b, r in pairs], [len(spec.blocks[b].columns) for b, _ in pairs]
    items, known = mark_words(items, spec), known_labels(spec)
    if max(widths) >= WIDE_ROW:
        items = join_torn_rows(items, rows, max(widths))
    strips = unstack(rejoin_labels(items_to_strips(items, width=max(widths)), rows), rows, widths, known)
    matches = match_rows(strips, rows, widths)
    found = tuple(_to_row(b, r, match, strips) for (b, r), match in zip(pairs, matches, strict=True))
    unclear = _unclear_words(items) if any(map(_is_scanned, found)) else frozenset()
    names, noise = _name_rows(found, rows, known, unclear, noisy=noisy)
    misnamed = {} if noisy else _misnamed_groups(strips, rows, matches, known, unclear=unclear)
    doubtful = find_doubtful(strips, matches, found, spec) | find_emptied(items, strips, matches)
    doubtful |= {k for k, axis in enumerate(rows) if names[k] or axis.group in misnamed}
    aligned = mark_contested(
        tuple(replace(row, contested=True) if k in doubtful else row for k, row in enumerate(found))
    )
    no_totals = tuple(
        lacks_totals((row for row in aligned if row.block == b), block.columns) for b, block in enumerate(spec.blocks)
    )
    orders, head_cost, deviations = _align_columns(strips, spec, aligned, matches, no_totals)
    columns, sure = tuple(order.columns for order in orders), tuple(order.sure for order in orders)
    used = {match.strip for match in matches}
    spare = [strip for k, strip in enumerate(strips) if k not in used]
    if states_cells(aligned):
        crowded = find_crowded(aligned, [text for strip in spare for text in strip.texts], columns)
        aligned = _doubt_places(aligned, spec.blocks, columns, no_totals, find_misheaded(items), crowded)
    renamed = _renamed_columns(strips, found, matches, spec, noise, unclear=unclear)
    leftover = sum(count_printed(strip) > 1 for strip in spare)
    deviations += row_deviations(rows, aligned, spec, names, no_totals, spare)
    deviations += twice_deviations(aligned, matches, spec)
    quiet = quiet_noise(deviations, spec, {*names, *misnamed.values()})
    quiet += column_deviations(spec, renamed) + group_deviations(rows, spec.blocks[0], misnamed)
    contested = _columns_of(renamed)
    return AlignedTable(spec.number, aligned, columns, head_cost, leftover, tuple(quiet), sure, contested, no_totals)


def _name_rows(
    found: Sequence[AlignedRow], rows: Sequence[Axis], known: KnownLabels, unclear: Container[str], *, noisy: bool
) -> tuple[list[str], Change]:
    """What stands as the name of each row and says something else, empty in most; the most that noise has changed."""
    changes = [_tell_change(row, axis, known) for row, axis in zip(found, rows, strict=True)]
    is_scan = any(map(_is_scanned, found))
    is_damaged = changes.count(Change.DAMAGED) >= NOISY_LABELS or is_scan
    noise = Change.OTHER if noisy else Change.SLIP if is_damaged else Change.DAMAGED
    names = [
        "" if is_scan and _is_misread(found, k, rows[k], unclear) else _other_name(row, change, known, noise)
        for k, (row, change) in enumerate(zip(found, changes, strict=True))
    ]
    return names, noise


def _doubt_places(
    rows: Sequence[AlignedRow],
    blocks: Sequence[Block],
    columns: Sequence[Sequence[int]],
    no_totals: Sequence[bool],
    misheaded: Mapping[tuple[int, int], int],
    crowded: Container[tuple[int, int]],
) -> tuple[AlignedRow, ...]:
    """The rows, those with blanks contested whose cells may be those of other columns."""
    return tuple(
        replace(row, contested=True)
        if row.strip
        and (
            is_unplaced(row.strip, blocks[row.block], len(columns[row.block]), misheaded)
            or (not no_totals[row.block] and is_moved_left(row, blocks[row.block]))
            or (row.block, row.row) in crowded
        )
        else row
        for row in rows
    )


def _to_row(block: int, row: int, match: Match, strips: Sequence[Strip]) -> AlignedRow:
    strip = strips[match.strip] if match.strip is not None else None
    if strip and strip.apart and match.label:
        strip = replace(strip, texts=(match.label,))
    evidence = (match.label, match.cost, match.margin, match.forced, match.moved, match.seen)
    return AlignedRow(block, row, strip, *evidence, contested=match.rival)


def _from_left(items: Sequence[Item]) -> list[Item]:
    """The items, the left one first of two lines side by side: a head as tall as two others stands between these."""
    ordered = list(items)
    for k in range(1, len(ordered)):
        if _is_left_of(ordered[k], ordered[k - 1]):
            ordered[k - 1], ordered[k] = ordered[k], ordered[k - 1]
    return ordered


def _is_left_of(item: Item, before: Item) -> bool:
    if not isinstance(item, Line) or not isinstance(before, Line) or item.page != before.page:
        return False
    own, other = item.bbox, before.bbox
    return own is not None and other is not None and own[2] <= other[0] and own[1] - other[3] < own[3] - own[1]


def _align_single(items: Sequence[Item], spec: TableSpec, *, noisy: bool) -> AlignedTable:
    """A table of one row of numbers (table 4): all value cells of the section, in order, are that row."""
    block = spec.blocks[0]
    strips, misheaded = items_to_strips(items, width=len(block.columns)), find_misheaded(items)
    found = match_single_row(
        [replace(strip, texts=split_heads(strip.texts, spec)) for strip in lift_groups(strips, block, spec.over)],
        block,
        spec.over,
        placed=are_groups_in_place(items, block),
    )
    strip, seen = found.strip, bool(found.heads)
    cost = 0.0 if strip else 1.0
    contested = found.rival or (strip is not None and is_unplaced(strip, block, len(block.columns), misheaded))
    row = AlignedRow(0, 0, strip, "", cost, 1.0, forced=True, label_seen=seen, contested=contested)
    deviations = run_deviation(strip, block.rows[0], block) if strip else []
    if found.turned:
        ids = row_ids(block.rows[0], block)
        deviations.append(Deviation("S005", "、".join(found.turned), "", ids, note="columns out of order"))
    last = max((k for k, own in enumerate(strips) if count_printed(own)), default=-1)
    texts = tuple(text for own in strips[: last + 1] for text in split_fused(own.texts, spec))
    found_names = () if noisy else find_renamed(texts, head_names(spec)[0], known_labels(spec))
    if _is_scanned(row):  # a head that stands over another group as it should was hard to read over this one
        unclear = _unclear_words(items)
        found_names = tuple(own for own in found_names if own.expected not in texts and own.found not in unclear)
    renamed = [found_names]
    deviations += column_deviations(spec, renamed)
    head_cost = (0.0 if seen else 1.0,)
    return AlignedTable(
        spec.number, (row,), (found.columns,), head_cost, 0, tuple(deviations), renamed=_columns_of(renamed)
    )


def _columns_of(renamed: Sequence[Sequence[Renamed]]) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(column for own in found for column in own.columns) for found in renamed)


def _align_columns(
    strips: Sequence[Strip],
    spec: TableSpec,
    aligned: Sequence[AlignedRow],
    matches: Sequence[Match],
    no_totals: Sequence[bool],
) -> tuple[list[Order], tuple[float, ...], list[Deviation]]:
    """Per block: printed columns, head cost; and the L001, S002 and S005 of columns."""
    orders, costs, deviations = [], [], []
    used = {match.strip for match in matches if match.strip is not None}
    beside = tuple(row for k, strip in enumerate(strips) if k not in used for row in _head_rows(strip.texts, spec))
    for b, (block, heads) in enumerate(zip(spec.blocks, compare_heads(spec, beside), strict=True)):
        printed = [count_printed(row.strip) for row in aligned if row.block == b and row.strip]
        cells = [len(row.strip.cells) for row in aligned if row.block == b and row.strip]
        over_rows = tuple(dict.fromkeys(bare_label(row.group) for row in block.rows if row.group))
        present, found = match_columns(heads, printed, cells=cells, other_labels=(*spec.head_labels, *over_rows))
        full = _full_rows(aligned, b, len(present))
        if no_totals[b] if len(block.columns) - 1 in present else end_in_totals(full):
            present = tuple(range(len(block.columns)))  # rows short for want of their totals, or of a total's head
        reached = len(present) < len(block.columns) and _reach(aligned, b) > len(present)
        if reached:
            present = tuple(range(len(block.columns)))
        full, shown = (_full_rows(aligned, b, len(present), blanks=blanks) for blanks in (False, True))
        order = tell_order(heads, present, full)
        moved = (
            len(shown) > len(full)
            and tell_order(heads, present, shown).columns != order.columns
            and not _leave_out_totals(aligned, b, len(present))
        )
        if reached or moved:  # a head was lost, a column moved, or cells of rows with blanks
            order = replace(order, sure=False)
        if order.columns != present:
            names, due = ("、".join(block.columns[k].label for k in own) for own in (order.columns, present))
            ids = tuple(f"{row.id}.{column.id}" for row in block.rows for column in block.columns)
            deviations.append(Deviation("S005", names, due, ids, note="columns out of order"))
        orders.append(order)
        costs.append(sum(cost for _, _, cost in found) / len(found) if found else 1.0)
        deviations += head_deviations(block, found, {head for row in beside for head in row})
        for column in set(range(len(block.columns))) - set(present):
            ids = tuple(f"{row.id}.{block.columns[column].id}" for row in block.rows)
            deviations.append(Deviation("S002", "", block.columns[column].label, ids, note="column"))
    return orders, tuple(costs), deviations


def _head_rows(texts: tuple[str, ...], spec: TableSpec) -> list[tuple[str, ...]]:
    """The heads of a row; each by itself where a converter ran those of two rows together: they come in any order.

    A row's label on a line of its own is none: 3.其他 is not the column 其他.
    """
    texts = tuple(text for text in texts if not _is_row_label(text, spec))
    heads = split_heads(texts, spec)
    if heads == texts:
        return [texts] if texts else []
    groups = {squeeze(column.group) for block in spec.blocks for column in block.columns if column.group}
    return [heads] if groups.isdisjoint(heads) else [(head,) for head in heads]


@lru_cache(maxsize=1024)  # all reports print the same labels
def _is_row_label(text: str, spec: TableSpec) -> bool:
    """Whether the text is the label of a row with its number, or begins it."""
    number, label = split_numbering(text)
    rows = (row for block in spec.blocks for row in block.rows)
    return number is not None and any(bare_label(row.label).startswith(squeeze(label)) for row in rows)


def _full_rows(
    aligned: Sequence[AlignedRow], block: int, width: int, *, blanks: bool = False
) -> list[list[Decimal | None]]:
    """The values of the block's rows that print just `width` numbers, None for a dash; without those cut from a run.

    With `blanks` also of those whose last cells, just as many, hold all that they print: None for an empty one.
    """
    rows = []
    for row in aligned:
        if row.block != block or not row.strip or row.strip.heaped:
            continue
        every = [cell.text for cell in row.strip.cells]
        texts = list(filter(None, every))
        if blanks and texts and len(texts) < width <= len(every):
            last = every[-width:]
            texts = last if len(list(filter(None, last))) == len(texts) else []
        if len(texts) != width:
            continue
        cells = list(map(parse_cell, texts))
        if State.ILLEGIBLE not in [cell.state for cell in cells]:
            rows.append([cell.value for cell in cells])
    return rows


def _reach(aligned: Sequence[AlignedRow], block: int) -> int:
    """The most columns from the first to the last in which rows of one raw table print numbers; 0 where none is one."""
    places: dict[tuple[int, int], list[int]] = {}
    for row in aligned:
        if row.block == block and row.strip and row.strip.texts and row.strip.table:
            own = [row.strip.first + k for k, cell in enumerate(row.strip.cells) if cell.text]
            places.setdefault((row.strip.table, row.strip.page), []).extend(own)
    return max((max(own) - min(own) + 1 for own in places.values() if own), default=0)


def _leave_out_totals(aligned: Sequence[AlignedRow], block: int, width: int) -> bool:
    """Whether the last column is empty in all rows that print 0 for none: of these each leaves out its total only."""
    rows = [row.strip.cells[-width:] for row in aligned if row.block == block and row.strip]
    full = [[cell.text for cell in cells] for cells in rows if len(cells) == width and all(c.text for c in cells[:-1])]
    return len(full) * 2 > len(rows) and not any(texts[-1] for texts in full)


def _is_scanned(row: AlignedRow) -> bool:
    return row.strip is not None and any(cell.readings for cell in row.strip.cells)


def _tell_change(row: AlignedRow, axis: Axis, known: KnownLabels) -> Change:
    """The change of the row's label, where one is printed that resembles it."""
    if row.strip is None or row.label_cost >= UNLIKE:
        return Change.NONE
    return _least_change((row.label, *row.strip.texts[-1:]), axis, known)


@lru_cache(maxsize=1024)  # all reports print the same labels
def _least_change(texts: tuple[str, ...], axis: Axis, known: KnownLabels) -> Change:
    """The change of that text which differs least from the label."""
    wordings = axis.labels + tuple(axis.group + label for label in axis.labels) if axis.group else axis.labels
    if any(_is_fused(squeeze(text), axis, known) for text in texts):
        return Change.DAMAGED
    return min((tell_change(text, wordings, known.woven) for text in texts if text), default=Change.NONE)


def _is_fused(text: str, axis: Axis, known: KnownLabels) -> bool:
    """务信息6.属于四类过程性信息: the whole label, and a piece of another that a torn line left beside it."""
    own = bare_label(axis.label)
    if len(own) < _FUSED_LEAST or own not in text or own == text:
        return False
    rest = text.replace(own, "", 1).strip("0123456789")
    return bool(rest) and any(rest in label for label in known.every)


def _other_name(row: AlignedRow, change: Change, known: KnownLabels, noise: Change) -> str:
    """What stands as its name in a row and says something else: words for the label's, another row's label, or others.

    Labels of groups, captions and parts of labels are no names: these stand beside values where lines were torn.
    `noise` is the greatest change that noise may have made.
    """
    own = row.strip.texts[-1] if row.strip and row.strip.texts else ""
    if row.strip is None or row.label_cost < UNLIKE:
        return (own or row.label) if change > noise else ""
    words = bare_label(own)
    is_rows = words in known.rows and len(words) >= _ROW_NAME_LEAST
    return own if is_rows or is_other_name(own, known.every) else ""


def _unclear_words(items: Sequence[Item]) -> frozenset[str]:
    return frozenset(cell.text for item in items if isinstance(item, Row) for cell in item.cells if cell.unclear)


def _is_misread(rows: Sequence[AlignedRow], k: int, axis: Axis, unclear: Container[str]) -> bool:
    """Whether a label of a scan is another than the form's because it was hard to read: it resembles that one, or its
    row is the only one between two whose labels were read. Lines that touch are read as one, character by character.
    """
    row = rows[k]
    if row.strip is None or not row.strip.texts:
        return False
    own = row.strip.texts[-1]
    if is_scrambled(own, axis.group + axis.label):
        return True
    beside = [rows[place] for place in (k - 1, k + 1) if 0 <= place < len(rows)]
    is_placed = row.label_cost < UNLIKE or all(other.strip and other.label_cost < _READ for other in beside)
    return own in unclear and is_placed


def _misnamed_groups(
    strips: Sequence[Strip],
    rows: Sequence[Axis],
    matches: Sequence[Match],
    known: KnownLabels,
    *,
    unclear: Container[str],
) -> dict[str, str]:
    """Label of a group of rows → what is printed under its number before its first row, clear to read and something
    else.
    """
    groups = list(dict.fromkeys(axis.group for axis in rows if axis.group))
    used = {match.strip for match in matches}
    misnamed = {}
    for group in groups:
        first = next(k for k, axis in enumerate(rows) if axis.group == group)
        place = matches[first].strip
        if place is None:
            continue
        above = strips[place - 1].texts if place and place - 1 not in used else ()
        found = find_misnamed((*above, *strips[place].texts[:-1]), group, groups, known)
        if found and found not in unclear:
            misnamed[group] = found
    return misnamed


def _renamed_columns(
    strips: Sequence[Strip],
    found: Sequence[AlignedRow],
    matches: Sequence[Match],
    spec: TableSpec,
    noise: Change,
    *,
    unclear: Container[str],
) -> list[tuple[Renamed, ...]]:
    """Per block the columns under another name that is clear to read, told by the texts between its first row and the
    last one before it; none where noise may have made every change.
    """
    if noise is Change.OTHER:
        return [() for _ in spec.blocks]
    renamed, start = [], 0
    for b, names in enumerate(head_names(spec)):
        own = [
            match.strip for row, match in zip(found, matches, strict=True) if row.block == b and match.strip is not None
        ]
        over = strips[start : min(own)] if own else ()
        heads = [strip.texts for strip in over if strip.texts and not count_printed(strip)]
        texts = tuple(text for own in heads for text in split_fused(own, spec))
        others = find_renamed(texts, names, known_labels(spec), noise)
        renamed.append(tuple(other for other in others if other.found not in unclear))
        start = max([start, *(place + 1 for place in own)])
    return renamed
