"""Template files → Form records, checked: unknown keys, missing parts and duplicate ids are refused."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from extract.errors import DataFileError
from extract.own import add_aliases
from extract.records import Axis, Block, Form, SectionSpec, TableSpec

_KEYS = {
    "form": {"id", "notice", "years", "section", "table"},
    "section": {"number", "heading", "aliases"},
    "table": {"number", "head_labels", "corner", "over", "block"},
    "block": {"caption", "unit", "amount", "rows", "columns"},
    "axis": {"id", "label", "aliases", "group", "group_aliases", "unit", "amount"},
}


@cache
def form_ids() -> tuple[str, ...]:
    """The ids of the templates that gouji knows, newest first."""
    names = (path.name for path in files("extract.forms").iterdir())
    ids = (name.removeprefix("template-").removesuffix(".toml") for name in names if name.startswith("template-"))
    return tuple(sorted(ids, reverse=True))


@cache
def load_form(form_id: str) -> Form:
    """The template of that id, with the wordings that the user's own rules add.

    Raises: DataFileError where the file is not there, has an unknown key, or names a field twice.
    """
    name = f"template-{form_id}.toml"
    path = files("extract.forms").joinpath(name)
    if not path.is_file():
        raise DataFileError(f"{name}: there is no such template; known are {', '.join(form_ids())}")
    try:
        return add_aliases(parse_form(tomllib.loads(path.read_text(encoding="utf-8"))))
    except (KeyError, ValueError) as error:
        raise DataFileError(f"{name}: {error}") from error


def parse_form(entry: Mapping[str, Any]) -> Form:
    """A parsed template file → Form. Raises: KeyError, ValueError."""
    _refuse_unknown(entry, "form")
    tables = tuple(_parse_table(table) for table in entry["table"])
    field_ids = tuple(
        f"{row.id}.{column.id}"
        for table in tables
        for block in table.blocks
        for row in block.rows
        for column in block.columns
    )
    twice = {field_id for field_id in field_ids if field_ids.count(field_id) > 1}
    if twice:
        raise ValueError(f"fields named twice: {sorted(twice)}")
    first, last = entry["years"]
    sections = tuple(_parse_section(section) for section in entry["section"])
    return Form(entry["id"], entry["notice"], sections, tables, field_ids, (first, last))


def _parse_section(entry: Mapping[str, Any]) -> SectionSpec:
    _refuse_unknown(entry, "section")
    return SectionSpec(entry["number"], entry["heading"], tuple(entry.get("aliases", ())))


def _parse_table(entry: Mapping[str, Any]) -> TableSpec:
    _refuse_unknown(entry, "table")
    blocks = tuple(_parse_block(block) for block in entry["block"])
    over = tuple((head["label"], tuple(head["groups"])) for head in entry.get("over", ()))
    return TableSpec(entry["number"], blocks, tuple(entry["head_labels"]), entry.get("corner", ""), over)


def _parse_block(entry: Mapping[str, Any]) -> Block:
    _refuse_unknown(entry, "block")
    rows = tuple(_parse_axis(axis) for axis in entry["rows"])
    columns = tuple(_parse_axis(axis) for axis in entry["columns"])
    return Block(entry["caption"], rows, columns, entry["unit"], entry.get("amount", False))


def _parse_axis(entry: Mapping[str, Any]) -> Axis:
    _refuse_unknown(entry, "axis")
    return Axis(
        entry["id"],
        entry["label"],
        tuple(entry.get("aliases", ())),
        entry.get("group", ""),
        tuple(entry.get("group_aliases", ())),
        entry.get("unit", ""),
        entry.get("amount", False),
    )


def _refuse_unknown(entry: Mapping[str, Any], kind: str) -> None:
    unknown = set(entry) - _KEYS[kind]
    if unknown:
        raise ValueError(f"unknown key in {kind}: {', '.join(sorted(unknown))}")
