"""One statutory table: its section's items → AlignedTable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from itertools import groupby

from extract.alignment.columns import compare_heads, match_columns, split_fused, split_heads
from extract.alignment.cost import label_costs
from extract.alignment.displaced import find_displaced
from extract.alignment.exchange import Order, tell_order
from extract.alignment.gaps import mark_contested
from extract.alignment.heads import drop_repeated_heads
from extract.alignment.misheaded import find_crowded, find_misheaded, is_moved_left, is_unplaced
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
from extract.alignment.rows import Match, is_crowded, match_rows
from extract.alignment.runon import rejoin_labels
from extract.alignment.serials import drop_serials
from extract.alignment.single import are_groups_in_place, lift_groups, match_single_row
from extract.alignment.spacers import drop_spacers
from extract.alignment.stacked import is_stack, unstack
from extract.alignment.strips import count_printed, holds_number, items_to_strips
from extract.alignment.torn import join_torn_rows
from extract.alignment.totals import lacks_totals
from extract.alignment.worded import mark_words
from extract.alignment.wording import Change, is_scrambled, tell_change
from extract.celltext import parse_cell
from extract.quick import replace
from extract.records import AlignedRow, AlignedTable, Axis, Block, Deviation, Item, Line, Row, State, Strip, TableSpec
from extract.textform import bare_label, squeeze

_NOISY_LABELS = 4  # that many damaged labels are the work of OCR, not of the agency
_SHORT_RUN = 3  # a run of values that many cells short is a short row, not one with blanks
_WIDE_ROW = 7  # columns; in a narrower row a cell that reaches over two is as likely as one that is lacking
_ROW_NAME_LEAST = 3  # characters of a row's label that names another row
_FUSED_LEAST = 5  # characters of a label that may be told within a longer text
_MOST_TWICE = 3  # rows that a table prints twice; more are those of another table, of last year's or of another unit
_UNREAD = 0.5  # a label that far (0..1) from its row's did not place it
_READ = 0.2  # a label of a scan that near to its row's was read
_DEVIATES_BELOW = 0.5  # beyond that distance the text is no wording of the label at all


def align_table(
    items: Sequence[Item], spec: TableSpec, *, noisy: bool = False, year: int | None = None
) -> AlignedTable:
    """The rows of the table in canonical order, found or not; never raises on content.

    A table under another `year` than the report's is none of its own.

    In a `noisy` document no label that resembles the form's is taken for one that says something else.
    """
    width = max(len(block.columns) for block in spec.blocks)
    items = drop_other_years(items, spec, year)
    items = drop_repeated_heads(drop_spacers(drop_serials(items, spec), spec), spec)
    pairs = [(b, r) for b, block in enumerate(spec.blocks) for r in range(len(block.rows))]
    if len(pairs) == 1:
        return _align_single(_from_left(items), spec, noisy=noisy)
    rows = [spec.blocks[b].rows[r] for b, r in pairs]
    items = mark_words(items, spec)
    if width >= _WIDE_ROW:
        items = join_torn_rows(items, rows, width)
    strips: Sequence[Strip] = items_to_strips(items, width=width)
    widths = [len(spec.blocks[b].columns) for b, _ in pairs]
    known = known_labels(spec)
    strips = unstack(rejoin_labels(strips, rows), rows, widths, known)
    matches = match_rows(strips, rows, widths)
    found = tuple(_to_row(b, r, match, strips) for (b, r), match in zip(pairs, matches, strict=True))
    changes = [_tell_change(row, axis, known) for row, axis in zip(found, rows, strict=True)]
    is_scan = any(_is_scanned(row) for row in found)
    is_damaged = changes.count(Change.DAMAGED) >= _NOISY_LABELS or is_scan
    noise = Change.OTHER if noisy else Change.SLIP if is_damaged else Change.DAMAGED
    unclear = _unclear_words(items) if is_scan else frozenset()
    names = [
        "" if is_scan and _is_misread(found, k, rows[k], unclear) else _other_name(row, change, known, noise)
        for k, (row, change) in enumerate(zip(found, changes, strict=True))
    ]
    beside = _are_beside(strips, matches) and _have_amounts(found, spec)
    claimed = Counter(match.label for match in matches if match.label)
    doubtful = _find_doubtful_places(strips, matches, widths) | _find_displaced(strips, rows, matches, known)
    doubtful |= {k for k, row in enumerate(found) if row.strip and _bears_lost_name(row.strip, rows, found, k)}
    misnamed = {} if noisy else _misnamed_groups(strips, rows, matches, known)
    misnamed = {group: text for group, text in misnamed.items() if text not in unclear}
    aligned = mark_contested(
        tuple(
            replace(row, contested=True)
            if name or k in doubtful or axis.group in misnamed or _is_unsure(row, spec, claimed, beside=beside)
            else row
            for k, (row, axis, name) in enumerate(zip(found, rows, names, strict=True))
        )
    )
    no_totals = tuple(
        lacks_totals((row for row in aligned if row.block == b), block.columns) for b, block in enumerate(spec.blocks)
    )
    orders, head_cost, deviations = _align_columns(strips, spec, aligned, matches, no_totals)
    columns, sure = tuple(order.columns for order in orders), tuple(order.sure for order in orders)
    used = {match.strip for match in matches}
    heads = [text for k, strip in enumerate(strips) if k not in used for text in strip.texts]
    crowded = find_crowded(aligned, heads, columns)
    aligned = _doubt_places(aligned, spec.blocks, columns, no_totals, find_misheaded(items), crowded)
    renamed: list[tuple[Renamed, ...]] = [() for _ in spec.blocks]
    if not noisy:
        renamed = _renamed_columns(strips, matches, [b for b, _ in pairs], spec, noise)
        renamed = [tuple(own for own in found if own.found not in unclear) for found in renamed]
    leftover = sum(1 for k, strip in enumerate(strips) if k not in used and count_printed(strip) > 1)
    is_short = any(row.strip is None for row in aligned)
    strays = _find_strays([strip for k, strip in enumerate(strips) if k not in used], rows) if is_short else set()
    deviations += _row_deviations(rows, aligned, spec, names, no_totals, strays)
    deviations += _twice_deviations(aligned, matches, spec)
    quiet = _quiet_noise(deviations, spec, {*names, *misnamed.values()})
    quiet += _column_deviations(spec, renamed) + _group_deviations(rows, spec.blocks[0], misnamed)
    contested = _columns_of(renamed)
    return AlignedTable(spec.number, aligned, columns, head_cost, leftover, tuple(quiet), sure, contested, no_totals)


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


def _are_beside(strips: Sequence[Strip], matches: Sequence[Match]) -> bool:
    """Whether the labels of all rows whose numbers stand on other lines are right before them, or right behind."""
    apart = [(match.label, match.strip) for match in matches if match.strip is not None and strips[match.strip].apart]
    lines = [
        strip.texts[-1] if strip.texts and not count_printed(strip) else ""
        for strip in (*strips, Strip((), (), 0, 0, 0, 0))
    ]
    before = all(lines[k - 1] and label.endswith(lines[k - 1]) for label, k in apart)
    return before or all(lines[k + 1] and label.startswith(lines[k + 1]) for label, k in apart)


def _find_doubtful_places(strips: Sequence[Strip], matches: Sequence[Match], widths: Sequence[int]) -> set[int]:
    """The rows whose numbers stand on lines without words and may be those of the label on their other side.

    All, of numbers one to a line, where a whole row of them is left over above or below, or where some have their label
    before them, others behind, and a row is short or not there. Where a row is not there, those that have their label
    on the side where few have it, and those that stand one below the other between labelled rows. Where most have it
    beside them, those that only order places although their label stands somewhere: another may be lost or printed
    twice. Where only order places most, all, if one is not there or prints nothing.
    """
    alone = {k: match for k, match in enumerate(matches) if match.strip is not None and not strips[match.strip].texts}
    places = [match.strip for match in alone.values() if match.strip is not None]
    if not places:
        return set()
    beyond = [strip for k, strip in enumerate(strips) if not min(places) <= k <= max(places) and strip.apart]
    before, behind = ({k for k, match in alone.items() if match.side == side} for side in (-1, 1))
    lost = any(match.strip is None for match in matches)
    apart = {k for k, match in alone.items() if strips[match.strip or 0].apart}
    short = lost or any(count_printed(strips[match.strip or 0]) != widths[k] for k, match in alone.items())
    mixed = not apart.isdisjoint(before) and not apart.isdisjoint(behind)
    mostly = 2 * max(len(before), len(behind)) > sum(match.strip is not None for match in matches)
    doubtful = min(before, behind, key=len) if lost or mostly else set()
    if (short and mixed) or any(count_printed(strip) in widths for strip in beyond):
        doubtful |= apart
    doubtful |= _heaped_beside_lost(strips, matches)
    ordered = {k for k, match in alone.items() if match.cost >= _UNREAD and match.seen}
    found = [strips[match.strip] for match in matches if match.strip is not None]
    if 2 * len(ordered) > len(found) and (lost or any(not count_printed(strip) for strip in found)):
        doubtful |= alone.keys()  # labels are rows without numbers, and one of them was taken for a row left empty
    return doubtful | (ordered if mostly else set())


def _find_displaced(
    strips: Sequence[Strip], rows: Sequence[Axis], matches: Sequence[Match], known: KnownLabels
) -> set[int]:
    own = {k: strips[match.strip] for k, match in enumerate(matches) if match.strip is not None}
    lines = {k: strip.number for k, strip in own.items() if not strip.texts}
    return find_displaced(strips, rows, known, lines)


def _bears_lost_name(strip: Strip, rows: Sequence[Axis], found: Sequence[AlignedRow], k: int) -> bool:
    """Whether the words on the line of row `k` are the label of a row next to it that is not there."""
    beside = [rows[other] for other in (k - 1, k + 1) if 0 <= other < len(rows) and found[other].strip is None]
    if not beside or not strip.texts:
        return False
    lost = [label for axis in beside for label in axis.labels]
    own, other = (label_costs([strip.texts[-1]], labels).min() for labels in (rows[k].labels, lost))
    return bool(other < min(own, _DEVIATES_BELOW))


def _heaped_beside_lost(strips: Sequence[Strip], matches: Sequence[Match]) -> set[int]:
    """Rows without words on their lines that stand right below one another, and those from them to one that is lost;
    all of a run where most stand so and one is lost, or where one is left over.
    """
    found: set[int] = set()
    used = {match.strip for match in matches}
    spare = any(k not in used and not strip.texts and count_printed(strip) > 1 for k, strip in enumerate(strips))
    for labelled, run in groupby(enumerate(matches), key=lambda each: _bears_words(strips, each[1])):
        own = {k: match.strip for k, match in run}
        there = {k: strip for k, strip in own.items() if strip is not None}
        lost = own.keys() - there.keys()
        heaped = {k for k, strip in there.items() if is_crowded(strips, strip)}
        if labelled or not heaped:
            continue
        if spare or (lost and 2 * len(heaped) > len(there)):
            found |= there.keys()
        elif lost:
            ends = lost | heaped
            found |= {k for k in there if min(ends) <= k <= max(ends)}
    return found


def _bears_words(strips: Sequence[Strip], match: Match) -> bool:
    return match.strip is not None and bool(strips[match.strip].texts)


def _have_amounts(rows: Sequence[AlignedRow], spec: TableSpec) -> bool:
    """Whether all amounts are printed: then no fraction elsewhere is one of them."""
    return all(
        count_printed(row.strip) == len(spec.blocks[row.block].columns) for row in rows if spec.blocks[row.block].amount
    )


def _is_unsure(row: AlignedRow, spec: TableSpec, claimed: Mapping[str, int], *, beside: bool) -> bool:
    """Whether its numbers may be another's: its words hold a number or the labels of several rows, or of those on lines
    of their own several claim its label or are in no order that labels `beside` them show.
    """
    if (strip := row.strip) is not None and (
        holds_number(strip) or is_stack(strip.texts, spec, row.block) or (strip.apart and claimed[row.label] > 1)
    ):
        return True
    return not beside and _is_exchanged(row, spec.blocks[row.block])


def _is_exchanged(row: AlignedRow, block: Block) -> bool:
    """Whether values on lines of their own may be in another order: one that is no whole number where counts stand."""
    cells = [cell for cell in row.strip.cells if cell.text] if row.strip and row.strip.apart else []
    if block.amount or len(cells) != len(block.columns):
        return False
    values = [
        parse_cell(cell.text, amount=column.amount).value for cell, column in zip(cells, block.columns, strict=True)
    ]
    fractions = [value is not None and value != value.to_integral_value() for value in values]
    return any(fraction and not column.amount for fraction, column in zip(fractions, block.columns, strict=True))


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
    deviations = _run_deviation(strip, block.rows[0], block) if strip else []
    if found.turned:
        ids = _ids(block.rows[0], block)
        deviations.append(Deviation("S005", "、".join(found.turned), "", ids, note="columns out of order"))
    last = max((k for k, own in enumerate(strips) if count_printed(own)), default=-1)
    texts = tuple(text for own in strips[: last + 1] for text in split_fused(own.texts, spec))
    found_names = () if noisy else find_renamed(texts, head_names(spec)[0], known_labels(spec))
    if _is_scanned(row):  # a head that stands over another group as it should was hard to read over this one
        unclear = _unclear_words(items)
        found_names = tuple(own for own in found_names if own.expected not in texts and own.found not in unclear)
    renamed = [found_names]
    deviations += _column_deviations(spec, renamed)
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
        if no_totals[b] and len(block.columns) - 1 in present:  # then the rows are short for want of nothing else
            present = tuple(range(len(block.columns)))
        order = tell_order(heads, present, _full_rows(aligned, b, len(present)))
        if order.columns != present:
            names, due = ("、".join(block.columns[k].label for k in own) for own in (order.columns, present))
            ids = tuple(f"{row.id}.{column.id}" for row in block.rows for column in block.columns)
            deviations.append(Deviation("S005", names, due, ids, note="columns out of order"))
        orders.append(order)
        costs.append(sum(cost for _, _, cost in found) / len(found) if found else 1.0)
        deviations += _head_deviations(block, found, {head for row in beside for head in row})
        for column in set(range(len(block.columns))) - set(present):
            ids = tuple(f"{row.id}.{block.columns[column].id}" for row in block.rows)
            deviations.append(Deviation("S002", "", block.columns[column].label, ids, note="column"))
    return orders, tuple(costs), deviations


def _head_rows(texts: tuple[str, ...], spec: TableSpec) -> list[tuple[str, ...]]:
    """The heads of a row; each by itself where a converter ran those of two rows together: they come in any order."""
    heads = split_heads(texts, spec)
    if heads == texts:
        return [texts]
    groups = {squeeze(column.group) for block in spec.blocks for column in block.columns if column.group}
    return [heads] if groups.isdisjoint(heads) else [(head,) for head in heads]


def _full_rows(aligned: Sequence[AlignedRow], block: int, width: int) -> list[list[Decimal | None]]:
    """The values of the block's rows that print just `width` numbers, None for a dash; without those cut from a run."""
    rows = []
    for row in aligned:
        strip = row.strip if row.block == block and row.strip and not row.strip.heaped else None
        cells = [parse_cell(cell.text) for cell in strip.cells if cell.text] if strip else []
        if strip and len(cells) == width and all(cell.state is not State.ILLEGIBLE for cell in cells):
            rows.append([cell.value for cell in cells])
    return rows


def _head_deviations(block: Block, found: Sequence[tuple[int, str, float]], heads: Container[str]) -> list[Deviation]:
    """L001 for column labels that are worded otherwise; `heads` are all texts that may name a column."""
    deviations = []
    for column, head, cost in found:
        axis = block.columns[column]
        if _differs(head, axis) and cost < _DEVIATES_BELOW and not _is_broken_up(head, axis.label, heads):
            ids = tuple(f"{row.id}.{axis.id}" for row in block.rows)
            deviations.append(Deviation("L001", head, axis.label, ids, note="column"))
    return deviations


def _is_broken_up(head: str, label: str, heads: Container[str]) -> bool:
    """Whether `head` is a piece of the label and what is missing stands on lines of its own: 商业企 | 业."""
    before, piece, behind = label.partition(head)
    return piece != label and bool(piece) and all(not part or part in heads for part in (before, behind))


def _row_deviations(
    rows: Sequence[Axis],
    aligned: Sequence[AlignedRow],
    spec: TableSpec,
    names: Sequence[str],
    no_totals: Sequence[bool],
    strays: Container[int],
) -> list[Deviation]:
    """L001 for labels worded otherwise (`names`: those that say something else), S002 for absent rows, S005 for rows
    out of order, S003 for width. No row is absent where one of `strays` numbers may be it.
    """
    deviations: list[Deviation] = []
    found_any = any(row.strip for row in aligned)
    for axis, row, name in zip(rows, aligned, names, strict=True):
        block = spec.blocks[row.block]
        width = len(block.columns)
        if row.strip is None:
            if found_any and not row.label_seen and not row.contested and width not in strays:
                deviations.append(Deviation("S002", "", axis.label, _ids(axis, block), note="row"))
            continue
        page = row.strip.page
        worded = row.label if row.label_cost < _DEVIATES_BELOW and _differs(row.label, axis) else ""
        if name or worded:
            deviations.append(Deviation("L001", name or worded, axis.label, _ids(axis, block), page, note="row"))
        if row.moved:
            found = Deviation("S005", row.label, axis.label, _ids(axis, block), page, note="row out of order")
            deviations.append(found)
        if not (no_totals[row.block] and count_printed(row.strip) == width - 1):
            deviations += _width_deviation(row.strip, axis, block)
    return deviations


def _ids(axis: Axis, block: Block) -> tuple[str, ...]:
    """The fields of a row of the block."""
    return tuple(f"{axis.id}.{column.id}" for column in block.columns)


def _find_strays(strips: Sequence[Strip], rows: Sequence[Axis]) -> set[int]:
    """How many numbers rows have that found no place and bear no row's label: each may be a row that seems absent."""
    own = {squeeze("".join(strip.texts)): count for strip in strips if (count := count_printed(strip)) > 1}
    costs = label_costs(list(own), [row.label for row in rows]).min(axis=1) if own else ()
    return {count for count, cost in zip(own.values(), costs, strict=True) if cost > _READ}


def _twice_deviations(aligned: Sequence[AlignedRow], matches: Sequence[Match], spec: TableSpec) -> list[Deviation]:
    """S005 for rows that are printed twice; none where there are so many that they are another table's."""
    twice = [(row, match) for row, match in zip(aligned, matches, strict=True) if match.twice and row.strip]
    if len(twice) > _MOST_TWICE:
        return []
    found = []
    for row, match in twice:
        block = spec.blocks[row.block]
        axis = block.rows[row.row]
        ids = _ids(axis, block)
        note = "row printed twice with other numbers" if match.rival else "row printed twice"
        found.append(Deviation("S005", axis.label, "", ids, row.strip.page if row.strip else 1, note=note))
    return found


def _is_scanned(row: AlignedRow) -> bool:
    return row.strip is not None and any(cell.readings for cell in row.strip.cells)


def _tell_change(row: AlignedRow, axis: Axis, known: KnownLabels) -> Change:
    """The change of the row's label, where one is printed that resembles it."""
    if row.strip is None or row.label_cost >= _DEVIATES_BELOW:
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
    if row.strip is None or row.label_cost < _DEVIATES_BELOW:
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
    is_placed = row.label_cost < _DEVIATES_BELOW or all(other.strip and other.label_cost < _READ for other in beside)
    return own in unclear and is_placed


def _misnamed_groups(
    strips: Sequence[Strip], rows: Sequence[Axis], matches: Sequence[Match], known: KnownLabels
) -> dict[str, str]:
    """Label of a group of rows → what is printed under its number before its first row and says something else."""
    groups = list(dict.fromkeys(axis.group for axis in rows if axis.group))
    used = {match.strip for match in matches}
    misnamed = {}
    for group in groups:
        first = next(k for k, axis in enumerate(rows) if axis.group == group)
        place = matches[first].strip
        if place is None:
            continue
        above = strips[place - 1].texts if place and place - 1 not in used else ()
        if found := find_misnamed((*above, *strips[place].texts[:-1]), group, groups, known):
            misnamed[group] = found
    return misnamed


def _renamed_columns(
    strips: Sequence[Strip],
    matches: Sequence[Match],
    blocks: Sequence[int],
    spec: TableSpec,
    noise: Change,
) -> list[tuple[Renamed, ...]]:
    """Per block the columns under another name, told by the texts between its first row and the last one before it."""
    renamed, start = [], 0
    for b, names in enumerate(head_names(spec)):
        own = [
            match.strip for match, block in zip(matches, blocks, strict=True) if block == b and match.strip is not None
        ]
        over = strips[start : min(own)] if own else ()
        heads = [strip.texts for strip in over if strip.texts and not count_printed(strip)]
        texts = tuple(text for own in heads for text in split_fused(own, spec))
        renamed.append(find_renamed(texts, names, known_labels(spec), noise))
        start = max([start, *(place + 1 for place in own)])
    return renamed


def _column_deviations(spec: TableSpec, renamed: Sequence[Sequence[Renamed]]) -> list[Deviation]:
    """L001 for columns under another name."""
    return [
        Deviation(
            "L001",
            own.found,
            own.expected,
            tuple(f"{row.id}.{block.columns[column].id}" for row in block.rows for column in own.columns),
            note="column",
        )
        for block, found in zip(spec.blocks, renamed, strict=True)
        for own in found
    ]


def _group_deviations(rows: Sequence[Axis], block: Block, misnamed: dict[str, str]) -> list[Deviation]:
    """L001 for groups of rows under another name."""
    return [
        Deviation(
            "L001",
            found,
            group,
            tuple(f"{axis.id}.{column.id}" for axis in rows if axis.group == group for column in block.columns),
            note="row",
        )
        for group, found in misnamed.items()
    ]


def _width_deviation(strip: Strip, axis: Axis, block: Block) -> list[Deviation]:
    """S003 where more cells are printed than the row has columns, or fewer with no blank cell in their place.

    A web page or a Word file states its cells: what stands behind the last one is no blank cell.
    """
    printed, width = count_printed(strip), len(block.columns)
    if not printed or printed == width:
        return []
    stated = sum(cell.place is not None for cell in strip.cells)
    lacks_one = width >= _WIDE_ROW and stated == width - 1
    if printed < width <= len(strip.cells) and not lacks_one:
        return []
    return [Deviation("S003", str(printed), str(width), _ids(axis, block), strip.page, note=axis.label)]


def _run_deviation(strip: Strip, axis: Axis, block: Block) -> list[Deviation]:
    """S003 also where the values stand in one run that is several short: its blanks are no cells of the row."""
    printed, width = count_printed(strip), len(block.columns)
    filled = [k for k, cell in enumerate(strip.cells) if cell.text]
    short_run = printed == filled[-1] - filled[0] + 1 and width - printed >= _SHORT_RUN if filled else False
    if short_run and printed > _SHORT_RUN:
        return [Deviation("S003", str(printed), str(width), _ids(axis, block), strip.page, note=axis.label)]
    return _width_deviation(strip, axis, block)


def _differs(printed: str, axis: Axis) -> bool:
    """Whether the statutory label does not stand in the printed one; what stands around it is a neighbour's."""
    return bare_label(axis.label) not in squeeze(printed)


def _is_alias(deviation: Deviation, spec: TableSpec) -> bool:
    return bare_label(deviation.found) in _aliases(spec)


@cache
def _aliases(spec: TableSpec) -> frozenset[str]:
    axes = (axis for block in spec.blocks for axis in (*block.rows, *block.columns))
    return frozenset(bare_label(alias) for axis in axes for alias in axis.aliases)


def _quiet_noise(deviations: list[Deviation], spec: TableSpec, names: Container[str]) -> list[Deviation]:
    """Where many labels are damaged, reading damaged them: then only other words and known wordings stand as L001."""
    labels = [item for item in deviations if item.code == "L001" and item.found not in names]
    if len(labels) < _NOISY_LABELS:
        return deviations
    return [item for item in deviations if item not in labels or _is_alias(item, spec)]
