"""Rows of a table whose numbers may all be those of rows further up or down: the sums hold only there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby

from extract.quick import replace
from extract.reading.misplaced import Values, sum_gap
from extract.records import CandidateRow, Cells, ParsedCell, State
from extract.rules import LinearRule, layout_limits

_STEPS = (1, -1, 2, -2)  # rows that numbers may stand below their own
_FEWEST_ROWS = 8  # of a table whose columns add up; where each row has sums of its own, no row tells of others

_BLANK = ParsedCell(State.BLANK, None, "", 1.0)  # as are all of a row that prints nothing

_Order = Mapping[int, int]
"""Row → the row whose numbers are its own; a row is left out where they are lost."""


def open_moved(cells: Cells, rows: Sequence[CandidateRow], rules: Sequence[LinearRule], values: Values) -> Cells:
    """The cells, those of a table left open of which several columns fail, while all hold with the numbers of each row
    taken from one or two rows on, or, where these have no words beside them, from the last row to the first.
    """
    opened: set[str] = set()
    for _, group in groupby(rows, key=lambda row: (row.field_ids[0].partition(".")[0], row.aligned.block)):
        own = list(group)
        if len(own) >= _FEWEST_ROWS and _may_have_moved(own, rules, values):
            opened.update(field for row in own for field in row.field_ids)
    if not opened:
        return cells
    return {
        field: replace(cell, scores={**cell.scores, "unsettled": 1.0, "row_open": 1.0}) if field in opened else cell
        for field, cell in cells.items()
    }


def _may_have_moved(rows: Sequence[CandidateRow], rules: Sequence[LinearRule], values: Values) -> bool:
    fields = {field for row in rows for field in row.field_ids}
    values = values | {
        field: _BLANK for row in rows if row.aligned.strip and not row.printed for field in row.field_ids
    }
    columns = [rule for rule in rules if fields.issuperset(rule.fields) and _is_of_column(rule)]
    failed = [rule for rule in columns if sum_gap(rule, values, blanks_count=True)]
    several = layout_limits().several
    if len(failed) < several:
        return False
    none_holds = not any(_holds(rule, values) for rule in columns)
    empty = {k for k, row in enumerate(rows) if not row.printed}
    for order in _orders(rows):
        laid = _lay(rows, order, values)
        if any(sum_gap(rule, laid, blanks_count=True) for rule in columns):
            continue
        left = set(range(len(rows))) - {*order.values()}
        lost = left == empty or (none_holds and left and left <= empty)  # what stood in the last rows was cut off
        if lost or sum(_holds(rule, laid) for rule in failed) >= several:
            return True
    return False


@cache  # of the sums of all templates
def _is_of_column(rule: LinearRule) -> bool:
    return len({field.rpartition(".")[2] for field in rule.fields}) == 1


def _holds(rule: LinearRule, values: Values) -> bool:
    """Whether the sum holds, and is not one of zeros alone."""
    own = [cell for field in rule.fields if (cell := values.get(field)) and cell.value]
    return bool(own) and sum_gap(rule, values, blanks_count=True) == 0


def _orders(rows: Sequence[CandidateRow]) -> Iterator[_Order]:
    count = len(rows)
    for step in _STEPS:
        yield {k: k + step for k in range(count) if 0 <= k + step < count}
    if not any(row.aligned.strip.texts for row in rows if row.aligned.strip):
        yield {k: count - 1 - k for k in range(count)}


def _lay(rows: Sequence[CandidateRow], order: _Order, values: Values) -> Values:
    laid: Values = {}
    for k, row in enumerate(rows):
        source = rows[order[k]].field_ids if k in order else ()
        laid |= {field: values.get(other) for field, other in zip(row.field_ids, source, strict=False)}
    return laid
