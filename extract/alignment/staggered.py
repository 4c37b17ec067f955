"""Rows of numbers that may stand a line off their labels: among them a label has no numbers, and numbers no label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from functools import cache
from itertools import product

from extract.alignment.cost import UNLIKE, label_costs
from extract.alignment.rows import SOLID, Match, row_names
from extract.alignment.strips import count_printed
from extract.records import Axis, Strip, TableSpec
from extract.textform import squeeze

_FEWEST = 2  # numbers on a line without words that are those of a row that has as many: its total is one of them


class _Kind(Enum):
    LABEL = auto()  # the whole label of a row, and no numbers
    NUMBERS = auto()  # numbers without a label, and none is lost that may have been theirs
    BOTH = auto()


def find_staggered(strips: Sequence[Strip], matches: Sequence[Match], spec: TableSpec) -> set[int]:
    """The rows from a label without numbers to numbers without a label, or the other way, where rows with both stand
    between: all numbers may have moved by a line, and as each row of a column counts as much as any other no sum tells.

    A label and numbers with nothing between them belong together: where all stand in such pairs, the label above, and
    no row is lost, none has moved. Of several labels without numbers, as rows of zeros left blank have them, the
    farthest may be the one. The heads of a table's blocks stand between no rows.
    """
    if all(strip.texts or not strip.cells for strip in strips):  # as in most tables: no numbers alone
        return set()
    heads = _head_words(spec)
    kept = [k for k, strip in enumerate(strips) if count_printed(strip) or not _is_head(strip, heads)]
    strips, where = [strips[k] for k in kept], {k: place for place, k in enumerate(kept)}
    places = {where[match.strip]: row for row, match in enumerate(matches) if match.strip in where}
    if not places:
        return set()
    kinds = _tell_kinds(strips, places, matches, spec)
    labels, numbers, whole = ([k for k, kind in kinds.items() if kind is own] for own in _Kind)
    found: set[int] = set()
    for k, end in product(numbers, {min(labels), max(labels)} if labels else ()):
        if any(min(k, end) < between < max(k, end) for between in whole):
            found |= {row for place, row in places.items() if min(k, end) <= place <= max(k, end)}
    if found and len(places) == len(matches) and _are_paired(strips, places, labels, numbers, spec):
        return set()
    return found


def _are_paired(
    strips: Sequence[Strip], places: Mapping[int, int], labels: Sequence[int], numbers: Sequence[int], spec: TableSpec
) -> bool:
    """Whether the numbers without a label stand right below their own, and the labels without numbers above theirs."""
    above = sorted({*labels, *(k - 1 for k in numbers)})
    if above[0] < 0 or not all(strips[k].texts for k in above):
        return False
    named = _name_rows([strips[k].texts[-1] for k in above], _rows(spec))
    return all(
        row is not None and places.get(k + 1) == row and not strips[k + 1].texts
        for k, row in zip(above, named, strict=True)
    )


def _rows(spec: TableSpec) -> list[Axis]:
    return [row for block in spec.blocks for row in block.rows]


@cache
def _head_words(spec: TableSpec) -> tuple[str, ...]:
    """What the heads of a table of several blocks say, the longest first: they stand between its rows."""
    if len(spec.blocks) == 1:
        return ()
    columns = [column for block in spec.blocks for column in block.columns]
    labels = [label for column in columns for label in (*column.labels, column.group)]
    words = {squeeze(word) for word in (*spec.head_labels, *(block.caption for block in spec.blocks), *labels)}
    return tuple(sorted(words - {""}, key=len, reverse=True))


def _is_head(strip: Strip, heads: Sequence[str]) -> bool:
    """Whether all that it says are heads, or a piece of one that a narrow column broke."""
    words = rest = squeeze("".join(strip.texts))
    for word in heads:
        rest = rest.replace(word, "")
    return bool(words) and (not rest or any(rest in word for word in heads))


def _tell_kinds(
    strips: Sequence[Strip], places: Mapping[int, int], matches: Sequence[Match], spec: TableSpec
) -> dict[int, _Kind]:
    """What those of the strips print that are of one of the kinds, from the one before the first row on to the one
    behind the last.
    """
    rows = _rows(spec)
    fewest = min(_FEWEST, *(len(block.columns) for block in spec.blocks))
    first, last = min(places), max(places)
    matched = {k: matches[row] for k, row in places.items()}
    run = range(max(0, first - 1), min(len(strips), last + 2))
    words = [k for k in run if strips[k].texts and not count_printed(strips[k])]
    named = dict(zip(words, _name_rows([strips[k].texts[-1] for k in words], rows), strict=True))
    over = " ".join({squeeze(row.group) for row in rows})
    pieces = {k for k in words if first <= k <= last and named[k] is None and squeeze(strips[k].texts[-1]) not in over}
    lone = {k for k in run if pieces.isdisjoint((k - 1, k + 1))}
    kinds = {k: _Kind.BOTH for k in run if strips[k].texts and k not in named}
    kinds |= {k: _Kind.NUMBERS for k in lone if not strips[k].texts and _lacks_label(strips[k], matched.get(k), fewest)}
    given = [match.label for k, match in matched.items() if not strips[k].texts]
    kinds |= {
        k: _Kind.LABEL
        for k, row in named.items()
        if row is not None
        and k in lone
        and _is_in_order(k, row, places)
        and not any(strips[k].texts[-1] in label for label in given)
    }
    return kinds


def _lacks_label(strip: Strip, match: Match | None, fewest: int) -> bool:
    """Whether numbers without words were given no label, although their row's is printed somewhere, or no row."""
    return match.seen and match.cost >= UNLIKE if match else count_printed(strip) >= fewest


def _name_rows(texts: Sequence[str], rows: Sequence[Axis]) -> list[int | None]:
    """The row that each text names, None for one that names none."""
    costs = label_costs(texts, *row_names(tuple(rows))) if texts else ()
    return [int(own.argmin()) if own.min() < SOLID else None for own in costs]


def _is_in_order(k: int, row: int, places: Mapping[int, int]) -> bool:
    """Whether a strip stands between the rows that the one which it names belongs between: 总计 above all is a head."""
    return all((place - k) * (other - row) >= 0 for place, other in places.items())
