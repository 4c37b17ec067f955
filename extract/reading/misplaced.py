"""Rows whose values may stand in other columns than they were read in, told by the sums and by the table's habits."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from extract.quick import replace
from extract.reading.gaps import blank_end, ends_in_total, leaves_gaps
from extract.records import CandidateRow, Cells, ParsedCell, State
from extract.rules import LinearRule, layout_limits

_TOTAL = "total"  # the column of the rows' totals
_MOST_FAILED = 0.5  # of all sums; where more fail, one less says nothing
_NOTHING, _UNBOUNDED = Decimal(0), Decimal("Infinity")

Values = dict[str, ParsedCell | None]
Gaps = Sequence[tuple[LinearRule, Decimal]]
"""The sums that fail, and by how much each does."""


def open_misplaced(
    cells: Cells, rows: Sequence[CandidateRow], chosen: Sequence[int], rules: Sequence[LinearRule], values: Values
) -> Cells:
    """The cells, those left open whose row breaks sums that would hold if its values stood in other columns, or is
    blank at one end alone.

    Sums tell of a row without a readable label, where what one has too much another lacks; of blanks among zeros; and
    of a number that stands twice while another is lost.
    """
    zeros = {field for field, cell in values.items() if cell and not cell.value and cell.state is not State.ILLEGIBLE}
    open_sums = (rule for rule in rules if not zeros.issuperset(rule.fields))  # most add up zeros
    gaps = [(rule, gap) for rule in open_sums if (gap := sum_gap(rule, values))]
    doubtful = _lonely_ends(rows, chosen) | _without_own_words(rows, _tables_of_lost_rows(gaps))
    for row, choice in zip(rows, chosen, strict=True):
        is_found = row.placements and row.aligned.strip is not None
        if is_found and _may_stand_elsewhere(row, choice, gaps, rules, values):
            doubtful.update(row.field_ids)
    if not doubtful:
        return cells
    opened = {"unsettled": 1.0, "row_open": 1.0}
    return {
        field: replace(cell, scores={**cell.scores, **opened}) if field in doubtful else cell
        for field, cell in cells.items()
    }


def _may_stand_elsewhere(
    row: CandidateRow, choice: int, gaps: Gaps, rules: Sequence[LinearRule], values: Values
) -> bool:
    limits = layout_limits()
    return (
        (row.aligned.label_cost >= limits.unread and _is_offset(row, gaps))
        or (len(gaps) > limits.several and _is_broken_across(row, gaps))
        or (bool(gaps) and _is_doubled(row, choice, gaps, rules, values))
        or (0 < len(gaps) < _MOST_FAILED * len(rules) and _is_better_laid(row, choice, gaps, rules, values))
        or (leaves_gaps(row.placements[choice]) and _fits_better_shifted(row, choice, rules, values))
    )


def _lonely_ends(rows: Sequence[CandidateRow], chosen: Sequence[int]) -> set[str]:
    """The fields of rows whose first or last cell alone is blank among zeros, as few rows of the table are: a value may
    be lost, and the others stand one column off. Not where the file's own grid states each cell and the last number may
    be their total.
    """
    found: dict[str, dict[int, list[CandidateRow]]] = {}
    limits = layout_limits()
    for row, choice in zip(rows, chosen, strict=True):
        placement = row.placements[choice] if row.placements and row.expected >= limits.wide_row else None
        if placement is None or (placement.stated and ends_in_total(row, placement)):
            continue
        if (end := blank_end(placement)) is not None:
            found.setdefault(row.field_ids[0].partition(".")[0], {}).setdefault(end, []).append(row)
    few = [own for ends in found.values() for own in ends.values() if len(own) < limits.habit]
    return {field for own in few for row in own for field in row.field_ids}


def _tables_of_lost_rows(gaps: Gaps) -> set[str]:
    """The tables of which columns fail, in one kind of sum, by numbers that add up as those of a row do: just such a
    row may be lost, or said twice.
    """
    by_column: dict[tuple[str, str], dict[str, Decimal]] = {}
    for rule, gap in gaps:
        columns = {field.rpartition(".")[2] for field in rule.fields}
        if len(columns) == 1:
            by_column.setdefault((rule.fields[0].partition(".")[0], rule.code), {})[columns.pop()] = gap
    return {
        table
        for (table, _), own in by_column.items()
        if len(own) > layout_limits().one_cell
        and 2 * own.get(_TOTAL, _NOTHING) == sum(own.values())
        and len({gap > 0 for gap in own.values()}) == 1
    }


def _without_own_words(rows: Sequence[CandidateRow], tables: Container[str]) -> set[str]:
    """The fields of the rows of these tables whose label stands on another line than their numbers."""
    strips = ((row, row.aligned.strip) for row in rows if row.field_ids[0].partition(".")[0] in tables)
    apart = (row for row, strip in strips if strip is not None and (not strip.texts or strip.stack))
    return {field for row in apart for field in row.field_ids}


def _is_offset(row: CandidateRow, gaps: Gaps) -> bool:
    """Whether the gaps of the row's sums that fail offset each other."""
    own = set(row.field_ids)
    touched: dict[str, list[Decimal]] = {}
    for rule, gap in gaps:
        if not own.isdisjoint(rule.fields):
            touched.setdefault(rule.code, []).append(gap)
    return any(not sum(own_gaps) for own_gaps in touched.values())


def _fits_better_shifted(row: CandidateRow, choice: int, rules: Sequence[LinearRule], values: Values) -> bool:
    """Whether sums fail by less with an empty cell elsewhere in the row and what lies between one column on."""
    cells = row.placements[choice].cells
    own = set(row.field_ids)
    touched = [rule for rule in rules if not own.isdisjoint(rule.fields)]

    now = _add_gaps(touched, values, _UNBOUNDED)
    empty = [k for k, cell in enumerate(cells) if cell and cell.state is State.BLANK]
    for k in empty if now else ():
        rest = [*cells[:k], *cells[k + 1 :]]
        for place in range(len(cells)):
            laid = [*rest[:place], cells[k], *rest[place:]]
            shifted = values | dict(zip(row.field_ids, laid, strict=True))
            if place != k and _add_gaps(touched, shifted, now) < now:
                return True
    return False


def _add_gaps(touched: Sequence[LinearRule], values: Values, most: Decimal) -> Decimal:
    """By how much the sums fail in all; no further than to `most`."""
    added = _NOTHING
    for rule in touched:
        added += abs(sum_gap(rule, values, blanks_count=True) or _NOTHING)
        if added >= most:
            break
    return added


def _is_broken_across(row: CandidateRow, gaps: Gaps) -> bool:
    """Whether the row's own sum fails by just what several columns fail in all: one misprint breaks one column."""
    own, last = set(row.field_ids), row.field_ids[-1]
    within = [gap for rule, gap in gaps if own.issuperset(rule.fields)]
    columns: dict[str, list[Decimal]] = {}
    for rule, gap in gaps:
        if len(own.intersection(rule.fields)) == 1 and last not in rule.fields:
            columns.setdefault(rule.code, []).append(gap)
    several = [abs(sum(found)) for found in columns.values() if len(found) >= layout_limits().several]
    return any(abs(gap) in several for gap in within)


def _is_doubled(row: CandidateRow, choice: int, gaps: Gaps, rules: Sequence[LinearRule], values: Values) -> bool:
    """Whether all sums of a full row, its total's and others that fail, would hold if one of two like neighbours were
    not there and another number, no 0, were lost, while no other number in a single cell would mend them.
    """
    cells, own = row.placements[choice].cells, set(row.field_ids)
    failed = [rule for rule, _ in gaps if not own.isdisjoint(rule.fields)]
    if not any(own.issuperset(rule.fields) for rule in failed):
        return False  # two numbers that offset each other in print
    is_full = all(cell is not None and cell.value is not None for cell in cells)
    if not is_full or len(failed) < layout_limits().several:
        return False
    touched = [rule for rule in rules if not own.isdisjoint(rule.fields)]
    if any(_mending(field, touched, values) is not None for field in row.field_ids):
        return False
    return any(
        _mending(row.field_ids[lost], touched, values | dict(zip(row.field_ids, laid, strict=True)))
        for laid, lost in _without_doubles(cells)
    )


def _without_doubles(cells: Sequence[ParsedCell | None]) -> Iterator[tuple[list[ParsedCell | None], int]]:
    """The cells without one of two like neighbours, a place left free; and the index of that place."""
    for k, (left, right) in enumerate(pairwise(cells)):
        if left and right and left.value == right.value:
            rest = [*cells[:k], *cells[k + 1 :]]
            yield from (([*rest[:place], None, *rest[place:]], place) for place in range(len(cells)))


def _is_better_laid(row: CandidateRow, choice: int, gaps: Gaps, rules: Sequence[LinearRule], values: Values) -> bool:
    """Whether a full row whose own sum fails would break fewer sums, and none that holds, if it stood one column off or
    if two of its cells were the digits of one number. It must mend a sum of a column: its own is made to hold.
    """
    cells, own = row.placements[choice].cells, set(row.field_ids)
    known = [cell.value for cell in cells if cell is not None and cell.value is not None]
    if row.field_ids[-1].rpartition(".")[2] != _TOTAL or len(known) < len(cells):
        return False
    failed = {rule.id for rule, _ in gaps if not own.isdisjoint(rule.fields)}
    if not any(rule.id in failed and own.issuperset(rule.fields) for rule in rules):
        return False
    touched = [rule for rule in rules if not own.isdisjoint(rule.fields)]
    across = {rule.id for rule in touched if not own.issuperset(rule.fields)} & failed
    return any(
        (left := {rule.id for rule in touched if sum_gap(rule, values | _to_values(row, laid))}) < failed
        and bool(across - left)
        for laid in (*_one_column_off(known), *_with_digits_joined(known))
    )


def _to_values(row: CandidateRow, numbers: Sequence[Decimal]) -> Values:
    return {
        field: ParsedCell(State.READ, number, "", 1.0) for field, number in zip(row.field_ids, numbers, strict=True)
    }


def _one_column_off(numbers: Sequence[Decimal]) -> Iterator[list[Decimal]]:
    """The numbers of a row that begins or ends with a 0 as if that were none of its own, and the one at the other end,
    which is lost, what the row's sum asks for.
    """
    if not numbers[0]:
        yield [*numbers[1:], sum(numbers, _NOTHING)]
    lost = numbers[-2] - sum(numbers[:-2])
    if not numbers[-1] and lost > 0:
        yield [lost, *numbers[:-1]]


def _with_digits_joined(numbers: Sequence[Decimal]) -> Iterator[list[Decimal]]:
    """The numbers with those in two cells side by side as the digits of one, and nothing in the second cell."""
    for k, (left, right) in enumerate(pairwise(numbers)):
        if left > 0 and left == int(left) and right >= 0 and right == int(right):  # a misprint may be negative
            yield [*numbers[:k], Decimal(f"{int(left)}{int(right)}"), _NOTHING, *numbers[k + 2 :]]


def _mending(field: str, touched: Sequence[LinearRule], values: Values) -> Decimal | None:
    """The one count in that field, whatever it holds now, with which all these sums hold; None where there is none."""
    tried = values | {field: ParsedCell(State.READ, _NOTHING, "", 1.0)}
    needed: set[Decimal] = set()
    for rule in touched:
        gap = sum_gap(rule, tried) or _NOTHING
        if field in rule.fields:
            needed.add(-gap if field in rule.whole else gap)
        elif gap:
            return None
    return needed.pop() if len(needed) == 1 and min(needed) >= 0 else None


def sum_gap(rule: LinearRule, values: Values, *, blanks_count: bool = False) -> Decimal | None:
    """How much more the whole is than its parts, blanks and dashes as 0; None where a cell is missing or illegible.

    Where zeros are printed, a blank is a gap and may be what breaks the sum: unless `blanks_count`, no evidence either.
    """
    gap = _NOTHING
    blank = zero = False
    wholes = len(rule.whole)
    for k, field in enumerate(rule.fields):
        cell = values.get(field)
        if cell is None or cell.state is State.ILLEGIBLE:
            return None
        if cell.value:
            gap = gap + cell.value if k < wholes else gap - cell.value
        elif cell.value is not None:
            zero = True
        elif cell.state is State.BLANK:
            blank = True
    return None if gap and blank and zero and not blanks_count else gap
