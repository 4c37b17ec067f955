"""Labels of several rows one after the other and then as many rows of numbers: each row gets the label that is its own.

A converter writes so what it takes for blocks of a page. Count and order prove which numbers are whose, unless a label
or a row was lost: then all stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, groupby, pairwise
from operator import itemgetter

from extract.alignment.cost import label_costs
from extract.alignment.naming import KnownLabels
from extract.alignment.strips import count_printed, has_values
from extract.quick import record, replace
from extract.records import Axis, Strip, TableSpec
from extract.textform import bare_label, split_numbering, squeeze

_NAMED = 0.15  # words that near (0..1) to a row's label are it
_MOST_PIECES = 4  # lines of one label
_SHORTEST = 4  # characters of a label that no other wording holds by chance
_FEWEST = 2  # rows in one stack at least


def unstack(strips: Sequence[Strip], rows: Sequence[Axis], widths: Sequence[int], known: KnownLabels) -> list[Strip]:
    """The strips, each row of numbers of a stack with its label; all as they are where one stack is not whole."""
    kinds = list(map(_kind, strips))
    if 1 not in widths and ("numbers", "numbers") not in pairwise(kinds):
        return list(strips)  # no two rows of numbers that labels could be stacked before
    found: list[Strip] = []
    labels: list[Strip] = []
    last, largest, count = -1, 0, 0
    for kind, group in groupby(zip(kinds, strips, strict=True), key=itemgetter(0)):
        run = [strip for _, strip in group]
        if kind != "numbers":
            found += labels
            labels = run if kind == "words" else []
            found += [] if kind == "words" else run
            continue
        named, rest = _name(labels, rows, last, known)
        own = _split(run, [widths[row] for row, _ in named])
        if len(named) != len(own) or any(
            count_printed(strip) != widths[row] or strip.heaped for strip, (row, _) in zip(own, named, strict=True)
        ):
            return list(strips)
        count += 1
        found += rest
        found += [
            replace(strip, texts=(text,), apart=False, stack=count) for strip, (_, text) in zip(own, named, strict=True)
        ]
        last, largest, labels = named[-1][0], max(largest, len(named)), []
    if largest < _FEWEST or _name(labels, rows, last, known)[0]:
        return list(strips)
    return [*found, *labels]


@lru_cache(maxsize=1024)  # all reports print the same labels
def is_stack(texts: tuple[str, ...], spec: TableSpec, block: int) -> bool:
    """Whether a row's label is several labels of rows of its block in one cell: then its numbers are theirs, too."""
    text = squeeze("".join(texts))
    labels = {bare_label(row.label) for row in spec.blocks[block].rows}
    return sum(len(label) >= _SHORTEST and label in text for label in labels) >= _FEWEST


@record
class FoundLabel:
    """A row's label as printed, on `count` lines from the one at `first` on."""

    row: int
    text: str
    first: int
    count: int


def _kind(strip: Strip) -> str:
    if not has_values(strip):
        return "words" if strip.texts else ""
    return "row" if strip.texts else "numbers"


def _split(run: Sequence[Strip], widths: Sequence[int]) -> list[Strip]:
    """The rows of numbers; numbers one to a line that were taken for one row are one each, where all rows have one."""
    if len(run) > 1 or set(widths) != {1}:
        return list(run)
    return [replace(strip, cells=(cell,)) for strip in run for cell in strip.cells if cell.text]


def _name(
    labels: Sequence[Strip], rows: Sequence[Axis], last: int, known: KnownLabels
) -> tuple[list[tuple[int, str]], list[Strip]]:
    """(row, its printed label) for each label that stands whole in these lines, and the other lines; none where the
    rows do not follow those before, or words stand among the labels that are none of the table's.
    """
    found = list(find_labels(labels, rows, last, known))
    taken = {k for label in found for k in range(label.first, label.first + label.count)}
    rest = [strip for k, strip in enumerate(labels) if k not in taken]
    behind = labels[found[0].first :] if found else []
    if any(strip in rest and squeeze("".join(strip.texts)) not in known.every for strip in behind):
        return [], []
    return [(label.row, label.text) for label in found], rest


def find_labels(labels: Sequence[Strip], rows: Sequence[Axis], last: int, known: KnownLabels) -> Iterator[FoundLabel]:
    """The labels that stand whole in these lines, in the order of their rows, of rows behind row `last`."""
    texts = ["".join(strip.texts) for strip in labels]
    names = [row.label for row in rows]
    torn = (place for place, text in enumerate(texts) if text not in names)
    label_costs([joined for place in torn for joined in _join(texts, place)], names)  # at once, and kept: see below
    costs = label_costs(texts, names)  # (n_lines, n_rows)
    k = 0
    for place, (row, least) in enumerate(zip(costs.argmin(axis=1).tolist(), costs.min(axis=1).tolist(), strict=True)):
        if place < k or _is_head(texts[place], known):
            continue
        alone = row > last and not least
        found = FoundLabel(row, texts[place], place, 1) if alone else _read_label(texts, place, names, last)
        if found:
            yield found
            last, k = found.row, place + found.count


def _join(texts: Sequence[str], first: int) -> list[str]:
    """What may be the label that begins with that line: it alone, with the next, with the next two …"""
    return list(accumulate(texts[first : first + _MOST_PIECES]))


def _is_head(text: str, known: KnownLabels) -> bool:
    """Whether the words stand in the table's head: 其他 without a number is a column's name, and 3.其他 a row's."""
    return squeeze(text) in known.woven and split_numbering(text)[0] is None


def _read_label(texts: Sequence[str], first: int, names: Sequence[str], last: int) -> FoundLabel | None:
    """The label that begins with that line, on the number of lines with which it is nearest to a row's."""
    joined = _join(texts, first)
    costs = label_costs(joined, names).tolist()  # (n_joined, n_rows)
    near = ((min(own), count, own.index(min(own))) for count, own in enumerate(costs, 1))
    cost, count, row = min((reading for reading in near if reading[2] > last), default=(1.0, 1, last))
    return FoundLabel(row, joined[count - 1], first, count) if cost <= _NAMED else None
