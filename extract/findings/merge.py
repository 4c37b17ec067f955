"""Deviations with one cause → one deviation."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from extract.forms.places import tables_of
from extract.quick import replace
from extract.records import Deviation, Form

_LISTED = 3  # rows that a merged S003 names
_ROWS_MERGE = ("L001", "S003")  # codes whose note only says where: equal ones are one cause wherever they stand


def merge_deviations(deviations: Iterable[Deviation], form: Form) -> tuple[Deviation, ...]:
    """Deviations that show and expect the same merged into one, with the fields of all: one finding per cause.

    Rows that are one value short because a whole column is missing (S002) are no cause of their own.
    """
    deviations = tuple(deviations)
    absent = _absent_columns(deviations, form)
    groups: dict[tuple[object, ...], list[Deviation]] = defaultdict(list)
    for deviation in deviations:
        tables = tables_of(form, deviation.fields)
        if deviation.code == "S003" and any(_short_by(deviation) == absent[table] for table in tables):
            continue
        note = None if deviation.code in _ROWS_MERGE else deviation.note
        table = min(tables, default=0) if deviation.code == "S003" else 0
        groups[deviation.code, deviation.found, deviation.expected, note, table].append(deviation)
    return tuple(_merge(group) for group in groups.values())


def _absent_columns(deviations: Iterable[Deviation], form: Form) -> Counter[int]:
    """How many columns of each table were not found."""
    columns = (item for item in deviations if item.code == "S002" and item.note == "column")
    return Counter(table for item in columns for table in tables_of(form, item.fields))


def _short_by(deviation: Deviation) -> int | None:
    """By how many values a row is short; None where the deviation gives no numbers or the row is not short."""
    if not (deviation.found.isdecimal() and deviation.expected.isdecimal()):
        return None
    return int(deviation.expected) - int(deviation.found) or None


def _merge(group: list[Deviation]) -> Deviation:
    fields = tuple(dict.fromkeys(field for deviation in group for field in deviation.fields))
    if group[0].code != "S003":
        return replace(group[0], fields=fields)
    notes = list(dict.fromkeys(deviation.note for deviation in group if deviation.note))
    more = f"等 {len(notes)} 行" if len(notes) > _LISTED else ""
    return replace(group[0], fields=fields, note="".join(f"“{note}”" for note in notes[:_LISTED]) + more)
