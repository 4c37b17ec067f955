"""The user's own additions to the data files, in use for the whole process."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import msgspec

from extract.quick import record, replace
from extract.records import Axis, Form, SectionSpec, TableSpec


@record
class OwnRules:
    """What a file of the user's adds. Without a file nothing, and `digest` is None.

    `aliases`: (template, id of a row or column, or `section.` and a number) → more wordings. `sums`: entries like those
    of arithmetic.toml. `numbers`: name of a data file → its entries in other words, merged over the built-in ones.
    """

    aliases: Mapping[tuple[str, str], tuple[str, ...]] = msgspec.field(default_factory=dict)
    sums: tuple[Mapping[str, Any], ...] = ()
    numbers: Mapping[str, Mapping[str, Mapping[str, Any]]] = msgspec.field(default_factory=dict)
    digest: str | None = None


_NONE = OwnRules()
_in_use = _NONE


def own_rules() -> OwnRules:
    """Those in use."""
    return _in_use


def use_own_rules(own: OwnRules = _NONE) -> None:
    """From now on data files are read with these additions, in this process; what was read of them is forgotten."""
    global _in_use
    if own != _in_use:
        _in_use = own
        _forget()


@contextmanager
def own_rules_in_use(own: OwnRules) -> Iterator[None]:
    """Inside the block these are in use, after it those of before."""
    before = _in_use
    use_own_rules(own)
    try:
        yield
    finally:
        use_own_rules(before)


def _forget() -> None:
    """Empties the caches of gouji's modules: much of what they hold was made of data files."""
    modules = [module for name, module in sys.modules.items() if name.split(".")[0] == "extract"]
    for module in modules:
        for value in list(vars(module).values()):
            if hasattr(value, "cache_clear"):
                value.cache_clear()


def add_aliases(form: Form) -> Form:
    """The form with the user's wordings behind its own."""
    if not any(template == form.id for template, _ in _in_use.aliases):
        return form
    sections = tuple(_add_to_section(section, form.id) for section in form.sections)
    return replace(form, sections=sections, tables=tuple(_add_to_table(table, form.id) for table in form.tables))


def _add_to_section(section: SectionSpec, template: str) -> SectionSpec:
    more = _in_use.aliases.get((template, f"section.{section.number}"), ())
    return replace(section, aliases=(*section.aliases, *more))


def _add_to_table(table: TableSpec, template: str) -> TableSpec:
    def with_aliases(axis: Axis) -> Axis:
        return replace(axis, aliases=(*axis.aliases, *_in_use.aliases.get((template, axis.id), ())))

    blocks = (
        replace(block, rows=tuple(map(with_aliases, block.rows)), columns=tuple(map(with_aliases, block.columns)))
        for block in table.blocks
    )
    return replace(table, blocks=tuple(blocks))


def merge_numbers(name: str, entries: dict[str, Any]) -> dict[str, Any]:
    """The entries of the data file of that name, those of the user's in place of the built-in ones."""
    own = _in_use.numbers.get(name, {})
    return entries | {table: {**entries.get(table, {}), **given} for table, given in own.items()}
