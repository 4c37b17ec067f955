"""Among alignments that fit equally well, the one whose sums hold; the first where the sums cannot tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from extract.quick import replace
from extract.records import CandidateRow, ParsedCell
from extract.rules import LinearRule

_CLEARLY = 2  # a report breaks one sum more than another reading of it by a single misprint
_SURELY = 3  # sums of two kinds of applicants and of the totals: one kind alone may hold, or not, by chance


def choose_rows(variants: Sequence[Sequence[CandidateRow]], rules: Sequence[LinearRule]) -> Sequence[CandidateRow]:
    """The variant that breaks the fewest sums; cells that are not there count as 0 here and here only.

    Rows that another variant reads otherwise are contested where that one breaks hardly more, or where every variant
    breaks several: what is not there was no 0 then, and a table moved by a row may break fewer than the true one. But
    where nothing else is left of rows and the chosen variant breaks no sum whose rows are all there, only those are
    near that break few of theirs.
    """
    if len(variants) == 1:
        return variants[0]
    broken = [_broken(_values(rows), rules) for rows in variants]
    best = broken.index(min(broken))
    near: Sequence[Sequence[CandidateRow]] = variants
    if broken[best] < _CLEARLY:
        near = [rows for rows, count in zip(variants, broken, strict=True) if count < broken[best] + _CLEARLY]
    elif _is_whole(variants[best], rules) and not _broken_whole(variants[best], rules):
        near = [rows for rows in variants if _broken_whole(rows, rules) < _SURELY]
    return [
        row if all(_cells(row) == _cells(rows[k]) for rows in near) else _contest(row)
        for k, row in enumerate(variants[best])
    ]


def _is_whole(rows: Sequence[CandidateRow], rules: Sequence[LinearRule]) -> bool:
    """Whether of what is not there neither label nor numbers are left, and each row beside it stands in a sum with
    other rows that are all there: else it, or a row between, may have another's numbers.
    """
    if any(row.leftover or (row.aligned.label_seen and not row.placements) for row in rows):
        return False
    there = [set(row.field_ids) for row in rows if row.placements]
    whole = [set(rule.fields) for rule in rules if set(rule.fields) <= set().union(*there)]
    down = [fields for fields in whole if not any(fields <= own for own in there)]
    beside = {k + step for k, row in enumerate(rows) if not row.placements for step in (-1, 1)}
    open_ones = [rows[k] for k in beside if 0 <= k < len(rows) and rows[k].placements]
    return all(any(fields & set(row.field_ids) for fields in down) for row in open_ones)


def _broken_whole(rows: Sequence[CandidateRow], rules: Sequence[LinearRule]) -> int:
    """How many sums do not hold of those to which every row is there."""
    return _broken(_values([row for row in rows if row.placements]), rules)


def _contest(row: CandidateRow) -> CandidateRow:
    return replace(row, aligned=replace(row.aligned, contested=True))


def _cells(row: CandidateRow) -> Sequence[ParsedCell | None]:
    return row.placements[0].cells if row.placements else (None,) * len(row.field_ids)


def _values(rows: Sequence[CandidateRow]) -> dict[str, Decimal]:
    values: dict[str, Decimal] = {}
    for row in rows:
        for field, cell in zip(row.field_ids, _cells(row), strict=True):
            values[field] = cell.value if cell and cell.value is not None else Decimal(0)
    return values


def _broken(values: Mapping[str, Decimal], rules: Sequence[LinearRule]) -> int:
    own = [rule for rule in rules if all(field in values for field in rule.fields)]
    return sum(_total(values, rule.whole) != _total(values, rule.parts) for rule in own)


def _total(values: Mapping[str, Decimal], fields: Sequence[str]) -> Decimal:
    return sum((values[field] for field in fields), Decimal(0))
