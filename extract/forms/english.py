"""Field ids → the words of the glossary, for the English message."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from extract.forms.places import places
from extract.records import Form
from extract.rules import load_rules

_FILE = "english.toml"
_SHOWN = 4
_Thing = TypeVar("_Thing")


def name_row_en(form: Form, row: str) -> str:
    """requests.granted → granted in full; an id without a name as it is."""
    return _name("rows", row, form)


def name_column_en(form: Form, column: str) -> str:
    """research → research institutions; in table 4 litigation_direct.upheld → group: outcome."""
    group, dot, outcome = column.rpartition(".")
    name = _name("columns", outcome, form)
    return f"{name_group_en(form, group)}: {name}" if dot else name


def name_group_en(form: Form, group: str) -> str:
    """litigation_direct → litigation without prior reconsideration."""
    return _name("groups", group, form)


def name_cell_en(form: Form, field: str) -> str:
    """table 3, row “granted in full”, column “total”."""
    place = places(form.id).get(field)
    if place is None:
        return field
    column = name_column_en(form, place.column_id)
    row = f"row “{name_row_en(form, place.row_id)}”, column " if place.table != 4 else ""
    return f"table {place.table}, {row}“{column}”"


def name_cells_en(form: Form, fields: Sequence[str]) -> str:
    """The first few cells; a row or a column as such where the cells share it."""
    known = [place for field in fields if (place := places(form.id).get(field))]
    rows = dict.fromkeys((place.table, place.row_id) for place in known)
    columns = dict.fromkeys((place.table, place.column_id) for place in known)
    if len(known) > 1 and len(rows) == 1 and known[0].table != 4:
        columns_en = _listed([*columns], lambda column: name_column_en(form, column[1]))
        return f"table {known[0].table}, row “{name_row_en(form, known[0].row_id)}” ({columns_en})"
    if len(known) > 1 and len(columns) == 1:
        rows_en = _listed([*rows], lambda row: name_row_en(form, row[1]))
        return f"table {known[0].table}, column “{name_column_en(form, known[0].column_id)}” ({rows_en})"
    return _listed(fields, lambda field: name_cell_en(form, field), "; ")


def count_en(n: int, noun: str, *, one: str = "is", several: str = "are") -> str:
    """1 cell is, 2 cells are: the count, its noun and its verb."""
    return f"{n} {noun} {one}" if n == 1 else f"{n} {noun}s {several}"


def _name(kind: str, name: str, form: Form) -> str:
    names = load_rules(_FILE)
    own: str | None = names.get(f"{kind}-{form.id}", {}).get(name)
    return own or str(names[kind].get(name, name))


def _listed(things: Sequence[_Thing], name: Callable[[_Thing], str], between: str = ", ") -> str:
    """The names of the first few, and how many more there are."""
    more = f" and {len(things) - _SHOWN} more" if len(things) > _SHOWN else ""
    return between.join(map(name, things[:_SHOWN])) + more
