"""Rows of numbers whose labels stand on lines of their own: whether each stands beside its own label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from extract.alignment.naming import KnownLabels
from extract.alignment.stacked import find_labels
from extract.alignment.strips import has_values
from extract.quick import record
from extract.records import Axis, Strip

Lines = Mapping[int, int]
"""Row → the line on which its label stands, or its numbers begin."""


def find_displaced(
    strips: Sequence[Strip], rows: Sequence[Axis], known: KnownLabels, numbers: Lines, *, one_sided: bool = False
) -> set[int]:
    """The rows that may have moved, of those whose `numbers` stand without words on their lines.

    All, where one has its label neither right before its numbers nor right behind, or, if they are to be `one_sided`,
    where some have it before them and others behind. Those around the labels of a group of rows, all in one run, if
    its numbers are partly before these and partly behind. For labels one after the other belong to the numbers beside
    all of them: a row of numbers that is lost among them, and another said twice elsewhere, make up for one another by
    their count, and all rows between them have moved.
    """
    if not numbers:
        return set()
    labels = _label_lines(strips, rows, known)
    runs = _Runs.of(labels, numbers)
    steps = {row: runs.numbers[row] - place for row, place in runs.labels.items() if row in runs.numbers}
    if not {1, -1}.issuperset(steps.values()) or (one_sided and len({*steps.values()}) > 1):
        return set(numbers)
    torn: set[int] = set()
    for name, group in groupby(range(len(rows)), key=lambda row: rows[row].group):
        own = set(group)
        told = own & steps.keys()
        places = {runs.labels[row] for row in told}
        if name and own <= numbers.keys() and len(places) == 1 and len({steps[row] for row in told}) > 1:
            torn |= places | {place + step for place in places for step in (-1, 1)}
    return {row for row in numbers if not torn.isdisjoint({runs.numbers[row], runs.labels.get(row)})}


@record
class _Runs:
    """Row → the run that holds its label, its numbers; runs of labels and runs of numbers stand in turns."""

    labels: Mapping[int, int]
    numbers: Mapping[int, int]

    @classmethod
    def of(cls, labels: Lines, numbers: Lines) -> _Runs:
        marks = sorted((line, kind, row) for kind, lines in enumerate((labels, numbers)) for row, line in lines.items())
        found: tuple[dict[int, int], dict[int, int]] = ({}, {})
        for place, (kind, run) in enumerate(groupby(marks, key=itemgetter(1))):
            found[kind].update({row: place for *_, row in run})
        return cls(*found)


def _label_lines(strips: Sequence[Strip], rows: Sequence[Axis], known: KnownLabels) -> dict[int, int]:
    """Those of the labels that stand whole on lines without numbers."""
    found: dict[int, int] = {}
    last = -1
    for are_words, group in groupby(strips, key=_are_words):
        run = list(group)
        for label in find_labels(run, rows, last, known) if are_words else ():
            found[label.row], last = run[label.first].number, label.row
    return found


def _are_words(strip: Strip) -> bool:
    return bool(strip.texts) and not has_values(strip)
