"""Among alignments that fit equally well, the one whose sums hold; the first where the sums cannot tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from extract.records import CandidateRow
from extract.rules import LinearRule


def choose_rows(variants: Sequence[Sequence[CandidateRow]], rules: Sequence[LinearRule]) -> Sequence[CandidateRow]:
    """The variant that breaks the fewest sums; cells that are not there count as 0 here and here only."""
    if len(variants) == 1:
        return variants[0]
    return min(variants, key=lambda rows: _broken(_values(rows), rules))


def _values(rows: Sequence[CandidateRow]) -> dict[str, Decimal]:
    values: dict[str, Decimal] = {}
    for row in rows:
        cells = row.placements[0].cells if row.placements else (None,) * len(row.field_ids)
        for field, cell in zip(row.field_ids, cells, strict=True):
            values[field] = cell.value if cell and cell.value is not None else Decimal(0)
    return values


def _broken(values: Mapping[str, Decimal], rules: Sequence[LinearRule]) -> int:
    own = [rule for rule in rules if all(field in values for field in rule.fields)]
    return sum(_total(values, rule.whole) != _total(values, rule.parts) for rule in own)


def _total(values: Mapping[str, Decimal], fields: Sequence[str]) -> Decimal:
    return sum((values[field] for field in fields), Decimal(0))
