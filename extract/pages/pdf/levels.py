"""Values of one row that stand on several base lines, as cells with alignments of their own print them."""

from __future__ import annotations

import math
from collections.abc import Sequence, Set
from itertools import pairwise

from extract.pages.pdf.labels import chain_labels, is_group_name, is_row_name
from extract.pages.pdf.values import value_words
from extract.pages.pdf.words import Word, is_uneven
from extract.quick import replace

Line = tuple[Word, ...]
_NO_LINE = 0.85  # type sizes between two base lines that are too close for two lines of print
_HIGHEST = 8.0  # type sizes between two base lines beside one label
_STANDS_OFF = 1.5  # times the height of what is joined, that all else stands off it
_NEAREST = 2.0  # times as near as the next line a lone value's label is
_SAME_SIZE = 0.1  # share that the type sizes of the values of one row differ; marks of notes are smaller
_OTHER_FONT = 0.25  # the same of a label and its value, where the digits of another font look smaller than they are


def join_levels(lines: Sequence[Line]) -> list[Line]:
    """The lines; values that stand too close above one another to be of two rows, each in another column, are put on
    one line, and a lone value on that of the one label near it.
    """
    joined = [*lines]
    rows = [k for k, line in enumerate(lines) if _is_row(line)]
    close = _groups(lines, rows)
    for group in [*close, *_beside_one_name(lines, rows, {k for own in close for k in own})]:
        words = [word for k in group for word in value_words(lines[k])]
        target = max(group, key=lambda k: (len(lines[k]) > len(value_words(lines[k])), len(value_words(lines[k]))))
        for k in group:
            joined[k] = lines[k][: len(lines[k]) - len(value_words(lines[k]))]
        joined[target] = _on_line(joined[target], words, lines[target][0].base)
    return _join_lone([line for line in joined if line])


def _is_row(line: Line) -> bool:
    values = value_words(line)
    return bool(values) and not any(word.readings or is_uneven(word.glyphs) for word in values)


def _groups(lines: Sequence[Line], rows: Sequence[int]) -> list[list[int]]:
    """The lines whose values are one row's, where they are several: all others with values stand well off them."""
    groups: list[list[int]] = []
    for k in rows:
        if groups and _is_close(lines[groups[-1][-1]], lines[k]):
            groups[-1].append(k)
        else:
            groups.append([k])
    spans = [(lines[group[0]][0].base, lines[group[-1]][0].base) for group in groups]
    sure = []
    for k, (group, (top, end)) in enumerate(zip(groups, spans, strict=True)):
        off = _STANDS_OFF * (end - top)
        apart = (k == 0 or top - spans[k - 1][1] > off) and (k + 1 == len(spans) or spans[k + 1][0] - end > off)
        if len(group) > 1 and apart and _fit_one_row([lines[j] for j in group]):
            sure.append(group)
    return sure


def _beside_one_name(lines: Sequence[Line], rows: Sequence[int], joined: Set[int]) -> list[list[int]]:
    """The lines whose values stand beside the lines of one label that is the whole name of a row, where several do."""
    pairs = [(a, b) for a, b in pairwise(rows) if lines[b][0].base - lines[a][0].base < _HIGHEST * lines[a][0].size]
    if not any(_fit_one_row([lines[a], lines[b]]) for a, b in pairs):
        return []
    words = [word for line in lines for word in line[: len(line) - len(value_words(line))]]
    groups = []
    for label in chain_labels(words, [value_words(lines[k])[0].base for k in rows]):
        _, top, _, end = label.box
        own = [k for k in rows if top < value_words(lines[k])[0].y < end]
        named = len(label.words) > 1 and is_row_name(label.text) and not is_group_name(label.text)
        if named and len(own) > 1 and joined.isdisjoint(own) and _fit_one_row([lines[k] for k in own]):
            groups.append(own)
    return groups


def _is_close(upper: Line, lower: Line) -> bool:
    one, other = value_words(upper)[0], value_words(lower)[0]
    size = min(one.size, other.size)
    return other.base - one.base < _NO_LINE * size and abs(one.size - other.size) <= _SAME_SIZE * size


def _fit_one_row(lines: Sequence[Line]) -> bool:
    """Whether no two values stand one above the other, and all labels left of all values."""
    values = sorted((word.box for line in lines for word in value_words(line)), key=lambda box: box[0])
    labels = [word.box[2] for line in lines for word in line[: len(line) - len(value_words(line))]]
    return all(a[2] < b[0] for a, b in pairwise(values)) and max(labels, default=0) < values[0][0]


def _on_line(labels: Line, values: Sequence[Word], base: float) -> Line:
    return (*labels, *sorted((replace(word, base=base) for word in values), key=lambda word: word.box[0]))


def _join_lone(lines: Sequence[Line]) -> list[Line]:
    """The lines; one of a value alone is put on that of the label close above or below, where no other line is near."""
    joined = [*lines]
    for k, line in enumerate(lines):
        if len(line) != 1 or not _is_row(line):
            continue
        (off, place), (other, _) = _nearest(lines, k)
        label = lines[place]
        if off < min(_NO_LINE * label[0].size, other / _NEAREST) and _is_label_of(label, line[0]):
            joined[place] = _on_line(label, line, label[0].base)
            joined[k] = ()
    return [line for line in joined if line]


def _nearest(lines: Sequence[Line], k: int) -> list[tuple[float, int]]:
    """(distance, place) of the two lines nearest to the k-th; it is itself one, endlessly far, where others are few."""
    near = range(max(0, k - 2), min(len(lines), k + 3))
    offs = [(abs(lines[j][0].base - lines[k][0].base) if j != k else math.inf, j) for j in near]
    return (sorted(offs) * 2)[:2]


def _is_label_of(label: Line, value: Word) -> bool:
    same = abs(label[0].size - value.size) <= _OTHER_FONT * value.size
    return same and not value_words(label) and all(word.box[2] < value.box[0] for word in label)
