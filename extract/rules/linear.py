"""The sums of a template: arithmetic.toml's patterns → linear rules over its field ids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from extract.errors import DataFileError
from extract.forms import load_form
from extract.own import own_rules
from extract.records import Form
from extract.rules.load import load_rules, refuse_unknown

_FILE = "arithmetic.toml"
_CATALOGUE = "findings.toml"
OWN_CODE = "U001"
"""What a sum of the user's own rules is reported as."""

_KEYS = {"code", "templates", "table", "over", "whole", "parts"}


@dataclass(frozen=True, slots=True)  # no record: it sets a field of its own
class LinearRule:
    """The cells of `whole` add up to the same as those of `parts`. `id` is the code and the row, column or group.

    A sum of the user's own rules has a name, words that say what it means, and a severity.
    """

    id: str
    code: str
    whole: tuple[str, ...]
    parts: tuple[str, ...]
    name: str = ""
    says: str = ""
    says_en: str = ""
    severity: str = ""
    fields: tuple[str, ...] = field(init=False, repr=False, compare=False)  # of both sides

    def __post_init__(self) -> None:
        object.__setattr__(self, "fields", (*self.whole, *self.parts))


def linear_rules(form: Form) -> tuple[LinearRule, ...]:
    """Every sum that the form prescribes, in the order of arithmetic.toml.

    Raises: DataFileError where a rule has an unknown key or a pattern that fits no field of the form.
    """
    return _rules_of(form.id) if form is load_form(form.id) else _expand_all(form)


def own_sums(form: Form) -> tuple[LinearRule, ...]:
    """The sums that the user's own rules add to the form: they are checked, and have no part in the reading."""
    entries = (entry for entry in own_rules().sums if form.id in entry["templates"])
    return tuple(rule for entry in entries for rule in expand_sums(entry, form))


def expand_sums(entry: Mapping[str, Any], form: Form) -> tuple[LinearRule, ...]:
    """An entry of the user's own rules → its sum, or, where it has `over`, one for every row, column or group.

    Raises: DataFileError where a pattern fits no field of the form.
    """
    texts = [entry[key] for key in ("name", "says", "says_en", "severity")]
    rules = []
    for each in _names(entry, form) if "over" in entry else ("",):
        whole, parts = _sides(entry, each, form)
        rules.append(LinearRule(f"{OWN_CODE}:{entry['name']}:{each}", OWN_CODE, whole, parts, *texts))
    return tuple(rules)


@cache
def _rules_of(form_id: str) -> tuple[LinearRule, ...]:
    rules = _expand_all(load_form(form_id))
    _refuse_unexplained(rules)
    return rules


def _expand_all(form: Form) -> tuple[LinearRule, ...]:
    entries = [entry for entry in load_rules(_FILE)["rule"] if form.id in entry["templates"]]
    return tuple(rule for entry in entries for rule in _expand(entry, form))


def _expand(entry: Mapping[str, Any], form: Form) -> Iterator[LinearRule]:
    refuse_unknown(_FILE, entry, _KEYS)
    patterns = [*entry["whole"], *entry["parts"]]
    if not any("{each}" in pattern for pattern in patterns):
        raise DataFileError(f"{_FILE}: {entry['code']} has over = {entry['over']!r}, but no pattern holds {{each}}")
    for name in _names(entry, form):
        yield LinearRule(f"{entry['code']}:{name}", entry["code"], *_sides(entry, name, form))


def _sides(entry: Mapping[str, Any], name: str, form: Form) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(cells of the whole, cells of the parts); a cell of the whole is no part."""
    whole = _match_all(entry["whole"], name, form)
    return whole, tuple(field for field in _match_all(entry["parts"], name, form) if field not in whole)


def _refuse_unexplained(rules: tuple[LinearRule, ...]) -> None:
    """Raises: DataFileError for a rule whose code the catalogue does not explain."""
    for code in dict.fromkeys(rule.code for rule in rules):
        if code not in load_rules(_CATALOGUE):
            raise DataFileError(f"{_FILE}: rule {code} has no entry [{code}] in {_CATALOGUE}")


def _names(entry: Mapping[str, Any], form: Form) -> tuple[str, ...]:
    """What `{each}` stands for: the ids of the table's rows, of its columns, or of the groups of its columns."""
    blocks = next((table.blocks for table in form.tables if table.number == entry["table"]), ())
    if not blocks:
        raise DataFileError(f"{_FILE}: table = {entry['table']!r}; known are 2, 3, 4")
    if entry["over"] == "rows":
        return tuple(row.id for block in blocks for row in block.rows)
    names = (column.id for block in blocks for column in block.columns)
    if entry["over"] == "columns":
        return tuple(names)
    if entry["over"] == "groups":
        return tuple(dict.fromkeys(name.split(".")[0] for name in names))
    raise DataFileError(f"{_FILE}: over = {entry['over']!r}; known are rows, columns, groups")


def _match_all(patterns: list[str], name: str, form: Form) -> tuple[str, ...]:
    return tuple(field for pattern in patterns for field in _match(pattern.replace("{each}", name), form))


def _match(pattern: str, form: Form) -> tuple[str, ...]:
    """The field ids that fit; `*` stands for one part between dots."""
    regex = re.compile(re.escape(pattern).replace(r"\*", r"[^.]+"))
    fields = tuple(field for field in form.field_ids if regex.fullmatch(field))
    if not fields:
        raise DataFileError(f"{_FILE}: {pattern} fits no field of template {form.id}")
    return fields
