"""Rows of numbers that may stand a line off their labels: among them a label has no numbers, and numbers no label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum, auto

from extract.alignment.cost import label_costs
from extract.alignment.rows import SOLID, Match, row_names
from extract.alignment.strips import count_printed
from extract.records import Axis, Strip
from extract.textform import squeeze

_FEWEST = 2  # numbers on a line without words that are a row's: its total is one of them


class _Kind(Enum):
    LABEL = auto()  # the whole label of a row, and no numbers
    NUMBERS = auto()  # numbers to which no label belongs
    BOTH = auto()


def find_staggered(strips: Sequence[Strip], matches: Sequence[Match], rows: Sequence[Axis]) -> set[int]:
    """The rows from a label without numbers to numbers without a label, or the other way, where rows with both stand
    between: all numbers may have moved by a line, and as each row of a column counts as much as any other no sum tells.

    A label and numbers with nothing between them belong together.
    """
    places = {match.strip: row for row, match in enumerate(matches) if match.strip is not None}
    if not places:
        return set()
    kinds = _tell_kinds(strips, places, matches, rows)
    if len(set(kinds.values())) < len(_Kind):
        return set()
    found: set[int] = set()
    waiting: list[int] = []  # strips of one kind that miss the other
    for k in sorted(kinds):
        if kinds[k] is _Kind.BOTH:
            continue
        if not waiting or kinds[waiting[-1]] is kinds[k]:
            waiting.append(k)
            continue
        other = waiting.pop()
        if any(kinds.get(between) is _Kind.BOTH for between in range(other, k)):
            found |= {row for place, row in places.items() if other <= place <= k}
    return found


def _tell_kinds(
    strips: Sequence[Strip], places: Mapping[int, int], matches: Sequence[Match], rows: Sequence[Axis]
) -> dict[int, _Kind]:
    """What those of the strips print that are of one of the kinds, from the one before the first row on to the one
    behind the last.
    """
    first, last = min(places), max(places)
    run = range(max(0, first - 1), min(len(strips), last + 2))
    over = {squeeze(row.group) for row in rows}
    words = [k for k in run if strips[k].texts and not count_printed(strips[k])]
    beside = {k for k in words if first <= k <= last and squeeze(strips[k].texts[-1]) not in over}
    kinds: dict[int, _Kind] = {}
    for k in run:
        if printed := count_printed(strips[k]):
            if strips[k].texts:
                kinds[k] = _Kind.BOTH
            elif beside.isdisjoint((k - 1, k + 1)) and (k in places or printed >= _FEWEST):
                kinds[k] = _Kind.NUMBERS
    given = [matches[places[k]].label for k in places if not strips[k].texts]
    if words and _Kind.NUMBERS in kinds.values():
        named = dict(zip(words, _name_rows([strips[k].texts[-1] for k in words], rows), strict=True))
        pieces = {k for k in beside if named[k] is None}
        kinds |= {
            k: _Kind.LABEL
            for k, row in named.items()
            if row is not None
            and _is_in_order(k, row, places)
            and pieces.isdisjoint((k - 1, k + 1))
            and not any(strips[k].texts[-1] in label for label in given)
        }
    return kinds


def _name_rows(texts: Sequence[str], rows: Sequence[Axis]) -> list[int | None]:
    """The row that each text names, None for one that names none."""
    costs = label_costs(texts, *row_names(tuple(rows)))
    return [int(own.argmin()) if own.min() < SOLID else None for own in costs]


def _is_in_order(k: int, row: int, places: Mapping[int, int]) -> bool:
    """Whether a strip stands between the rows that the one which it names belongs between: 总计 above all is a head."""
    return all((place - k) * (other - row) >= 0 for place, other in places.items())
