"""Whether a value of a row may be lost, so that its cells may stand in other columns than they were read in."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extract.records import CandidateRow, ParsedCell, Placement, State
from extract.rules import layout_limits

_ROWS = 2  # as many values as so many rows have

Group = Sequence[ParsedCell | None]
"""The cells of a group of columns, its total last."""


def has_gap(row: CandidateRow, placement: Placement) -> bool:
    """Whether a column has no cell, a cell is blank among zeros, a row stands in two pieces or is cut from a run.

    Where the file's own grid states each cell, only one that the sums contradict.
    """
    if placement.stated:
        return leaves_gaps(placement) and any(map(_is_contradicted, _groups(row, placement)))
    if _is_short(row) or len(placement.cells) - placement.cells.count(None) < row.expected:
        return True
    if row.expected > 1 and row.printed >= _ROWS * row.expected:
        return True  # another row's values stand behind its own, or before them
    if row.expected == 1 and row.aligned.label_cost >= layout_limits().unread:
        return True  # a value that stands alone, and no label says whose it is
    strip = row.aligned.strip
    if strip is not None and strip.pieced:
        stray = row.printed - strip.pieced == 1  # one number alone may be no cell of the row at all
        return stray or not _adds_up(row, placement)
    if strip is not None and strip.heaped:
        return True
    return row.printed < row.expected and any(cell.value == 0 for cell in placement.cells if cell)


def leaves_gaps(placement: Placement) -> bool:
    """Whether some cells are blank while zeros are printed beside them."""
    cells = [cell for cell in placement.cells if cell]
    return any(cell.state is State.BLANK for cell in cells) and any(cell.value == 0 for cell in cells)


def blank_end(placement: Placement) -> int | None:
    """The index of the one blank cell of a row that prints zeros, where it is its first or last; None for others."""
    blank = [k for k, cell in enumerate(placement.cells) if cell is None or cell.state is State.BLANK]
    is_end = len(blank) == 1 and blank[0] in (0, len(placement.cells) - 1) and leaves_gaps(placement)
    return blank[0] if is_end else None


def _is_short(row: CandidateRow) -> bool:
    """Whether the file's own grid states fewer cells than the row has columns."""
    strip = row.aligned.strip
    stated = len(strip.cells) - [cell.place for cell in strip.cells].count(None) if strip else 0
    return 0 < stated < row.expected


def _is_contradicted(group: Group) -> bool:
    """Whether the parts are more than the total, which no number in a blank part explains; nor a blank total, where
    the last number is the sum of those before it and may be the total, one column off.
    """
    *parts, whole = [cell.value if cell else None for cell in group]
    known = [value for value in parts if value is not None]
    total_is_blank = group[-1] is not None and group[-1].state is State.BLANK
    one_off = len(known) > 1 and 2 * known[-1] == sum(known)
    return sum(known) > (whole or 0) and (one_off or not total_is_blank)


def ends_in_total(row: CandidateRow, placement: Placement) -> bool:
    """Whether the last number is no less than all others, and not 0: one column off it would be one of its parts."""
    groups = [[_value(cell.value) if cell else _value(None) for cell in group] for group in _groups(row, placement)]
    return bool(groups) and all(0 < sum(own) <= 2 * own[-1] for own in groups)


def _adds_up(row: CandidateRow, placement: Placement) -> bool:
    """Whether every total of the row is what the cells before it make: its pieces were put together right."""
    groups = [[cell.value if cell else None for cell in group] for group in _groups(row, placement)]
    return bool(groups) and all(None not in own and 2 * _value(own[-1]) == sum(map(_value, own)) for own in groups)


def _value(value: Decimal | None) -> Decimal:
    return value or Decimal(0)


def _groups(row: CandidateRow, placement: Placement) -> list[Group]:
    """The cells of each group of columns that has a total; none where the row has no totals."""
    groups: dict[str, list[ParsedCell | None]] = {}
    for field, cell in zip(row.field_ids, placement.cells, strict=True):
        groups.setdefault(field.rpartition(".")[0], []).append(cell)
    return list(groups.values()) if row.field_ids[-1].endswith(".total") else []
