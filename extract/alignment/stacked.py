"""Labels of several rows one after the other and then as many rows of numbers: each row gets the label that is its own.

A converter writes so what it takes for blocks of a page. Count and order prove which numbers are whose, unless a label
or a row was lost: then all stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, groupby, pairwise

from extract.alignment.cost import label_costs
from extract.alignment.naming import KnownLabels
from extract.alignment.strips import count_printed
from extract.quick import record, replace
from extract.records import Axis, Strip
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
    for kind, group in groupby(strips, key=_kind):
        run = list(group)
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


def is_stack(strip: Strip, rows: Sequence[Axis]) -> bool:
    """Whether a row's label is several rows' labels in one cell: then its numbers are theirs, too."""
    text = squeeze("".join(strip.texts))
    return len(text) >= _FEWEST * _SHORTEST and sum(word in text for word in _bare_labels(tuple(rows))) >= _FEWEST


@record
class FoundLabel:
    """A row's label as printed, on `count` lines from the one at `first` on."""

    row: int
    text: str
    first: int
    count: int


@lru_cache(maxsize=8)  # the rows of all templates
def _bare_labels(rows: tuple[Axis, ...]) -> tuple[str, ...]:
    bare = (bare_label(row.label) for row in rows)
    return tuple(text for text in dict.fromkeys(bare) if len(text) >= _SHORTEST)


def _kind(strip: Strip) -> str:
    if not count_printed(strip):
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
    k = 0
    while k < len(labels):
        is_head = _is_head("".join(labels[k].texts), known)
        cost, count, row, text = min(() if is_head else _readings(labels, k, rows, last), default=(1.0, 1, last, ""))
        if cost <= _NAMED:
            yield FoundLabel(row, text, k, count)
            last = row
        k += count if cost <= _NAMED else 1


def _is_head(text: str, known: KnownLabels) -> bool:
    """Whether the words stand in the table's head: 其他 without a number is a column's name, and 3.其他 a row's."""
    return squeeze(text) in known.woven and split_numbering(text)[0] is None


def _readings(
    labels: Sequence[Strip], k: int, rows: Sequence[Axis], last: int
) -> Iterator[tuple[float, int, int, str]]:
    """(cost, lines, row, text) of the label that may begin at line `k`, each number of lines."""
    texts = list(accumulate("".join(strip.texts) for strip in labels[k : k + _MOST_PIECES]))
    costs = label_costs(texts, [row.label for row in rows]).tolist()  # (n_texts, n_rows)
    for count, (text, own) in enumerate(zip(texts, costs, strict=True), 1):
        row = own.index(min(own))
        if row > last:
            yield own[row], count, row, text
