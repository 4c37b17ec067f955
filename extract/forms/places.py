"""Field ids → the words a reader of the form knows them by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from extract.forms.load import load_form
from extract.numerals import CHINESE_DIGITS
from extract.quick import record
from extract.records import Block, Form

_REMARK = re.compile(r"（[^（）]{8,}）$")  # （区分处理的，只计这一情形，不计其他情形）
_BETWEEN = "—"  # of a group of columns and its column
_SHOWN = 6  # so many cells are named one by one
_OF_MANY = 2  # of more than that only the first are named


@record
class Place:
    """Where a field stands in its table. `row` carries its group, where the row label alone is ambiguous."""

    field: str
    table: int
    row_id: str
    row: str
    column_id: str
    column: str


@cache
def places(form_id: str) -> dict[str, Place]:
    """Field id → place, for every field of the form."""
    form = load_form(form_id)
    blocks = ((table.number, block) for table in form.tables for block in table.blocks)
    return {place.field: place for number, block in blocks for place in _block_places(number, block)}


def _block_places(table: int, block: Block) -> list[Place]:
    found = []
    for row in block.rows:
        group = f"{row.group} " if row.group.startswith(("（三", "（四", "（五", "（六")) else ""
        label = _REMARK.sub("", row.label)
        for column in block.columns:
            name = f"{column.group}{_BETWEEN}{column.label}" if table == 4 else column.label
            found.append(Place(f"{row.id}.{column.id}", table, row.id, group + label, column.id, name))
    return found


def tables_of(form: Form, fields: Iterable[str]) -> set[int]:
    """The numbers of the tables that the fields stand in."""
    known = places(form.id)
    return {known[field].table for field in fields if field in known}


def name_cell(form: Form, field: str) -> str:
    """表三“（一）予以公开”行“自然人”列."""
    place = places(form.id).get(field)
    if place is None:
        return f"“{field}”"
    head = f"表{CHINESE_DIGITS[place.table]}"
    return f"{head}“{place.column}”" if not place.row else f"{head}“{place.row}”行“{place.column}”列"


def name_cells(form: Form, fields: Sequence[str]) -> str:
    """The shortest true name of a set of cells: one cell, a row, a column, a few cells, or counts by table."""
    known = [place for field in fields if (place := places(form.id).get(field))]
    if len(known) <= 1:
        return name_cell(form, fields[0]) if fields else ""
    tables = sorted({place.table for place in known})
    if len(tables) > 1:
        return "、".join(name_cells(form, [p.field for p in known if p.table == table]) for table in tables)
    head = f"表{CHINESE_DIGITS[tables[0]]}"
    rows = list(dict.fromkeys(place.row for place in known))
    columns = list(dict.fromkeys(place.column for place in known))
    groups = list(dict.fromkeys(_group_of(place) for place in known))
    if all(groups) and all(_is_group(form, group, columns) for group in groups):
        return head + "".join(f"“{group}”" for group in groups)
    if len(rows) == 1:
        whole = bool(rows[0]) and _is_whole(form, known, "row_id")
        return (f"{head}“{rows[0]}”行" if rows[0] else head) + ("" if whole else f"（{_list(columns)}）")
    if len(columns) == 1:
        return f"{head}“{columns[0]}”列" + ("" if _is_whole(form, known, "column_id") else f"（{_list(rows)}）")
    if len(known) <= _SHOWN:
        return "、".join(name_cell(form, place.field) for place in known)
    return f"{head} {len(known)} 格"


def _group_of(place: Place) -> str:
    """行政复议, of a column of a table whose columns have groups; else empty."""
    group, between, _ = place.column.partition(_BETWEEN)
    return group if between else ""


def _is_group(form: Form, group: str, columns: Sequence[str]) -> bool:
    """Whether these are all columns of the group, and perhaps others."""
    own = {place.column for place in places(form.id).values() if _group_of(place) == group}
    return own.issubset(columns)


def _is_whole(form: Form, known: Sequence[Place], axis: str) -> bool:
    """Whether the cells are all those of their row (`row_id`) or column (`column_id`)."""
    own = getattr(known[0], axis)
    others = {place.field for place in places(form.id).values() if getattr(place, axis) == own}
    return {place.field for place in known} == others


def _list(names: Sequence[str]) -> str:
    """A few names in full; of many the first, and how many there are."""
    return "、".join(names) if len(names) <= _SHOWN else f"{'、'.join(names[:_OF_MANY])}等 {len(names)} 处"


def number_text(value: object) -> str:
    """A number as people write it: 3, 89.343; other values as they are; — for None."""
    if value is None:
        return "—"
    if isinstance(value, str):
        return value
    text = f"{value:f}" if hasattr(value, "as_tuple") else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def share_sides(share_of: tuple[tuple[str, ...], tuple[str, ...]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The cells of the part and of the whole; where the text names no whole, the total that the part belongs to."""
    part, whole = share_of
    if whole or not part or not part[0].startswith("requests."):
        return share_of
    received = part[0].startswith("requests.received.")
    return part, ("requests.received.total" if received else "requests.handled.total",)
