"""Fields that mean the same in two templates, from comparable.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable
from functools import cache
from importlib.resources import files

from extract.errors import DataFileError
from extract.forms.load import form_ids, load_form
from extract.quick import replace
from extract.records import Axis, Claim, Form

Sums = tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
"""Pairs (cells of the first template, cells of the second) whose sums mean the same."""

_FILE = "comparable.toml"
_TABLE_OF = {"{column}": 3, "{outcome}": 4}


@cache
def comparable_fields(first: str, second: str) -> Sums:
    """What reports on the templates `first` and `second` can be compared by; every field where they are the same.

    Raises: DataFileError where the file names an unknown template or field.
    """
    if first == second:
        return tuple(((field,), (field,)) for field in load_form(first).field_ids)
    entries = tomllib.loads(files("extract.forms").joinpath(_FILE).read_text(encoding="utf-8"))
    return tuple(pair for entry in entries["same"] for pair in _expand(entry, first, second))


def translate_fields(fields: Collection[str], form: Form) -> tuple[str, ...] | None:
    """The cells of the form that together count what `fields`, of any template, count; None where it has none."""
    known, left = set(form.field_ids), [field for field in fields if field not in form.field_ids]
    found = [field for field in fields if field in known]
    for other in form_ids() if left else ():
        for theirs, ours in comparable_fields(other, form.id):
            if left and set(theirs) <= set(left):
                left = [field for field in left if field not in theirs]
                found += ours
    return None if left else tuple(found)


def bind_claims(claims: Iterable[Claim], form: Form) -> tuple[Claim, ...]:
    """The claims, bound to cells of this form; a claim about cells that it does not have is bound to none."""
    known = frozenset(form.field_ids)
    return tuple(_bind_claim(claim, form, known) for claim in claims)


def _bind_claim(claim: Claim, form: Form, known: frozenset[str]) -> Claim:
    named = (claim.field,) if claim.field else claim.sum_of
    share = sum(claim.share_of or ((), ()), ())
    if known.issuperset(named) and known.issuperset(share):
        return claim
    fields = (not share and translate_fields(named, form)) or ()
    if len(fields) == 1:
        return replace(claim, field=fields[0], sum_of=(), share_of=None)
    return replace(claim, field=None, sum_of=fields, share_of=None)


def _expand(entry: dict[str, list[str]], first: str, second: str) -> Sums:
    if not set(entry) <= set(form_ids()):
        raise DataFileError(f"{_FILE}: unknown template in {sorted(entry)}")
    if first not in entry or second not in entry:
        return ()
    mark = next((mark for mark in _TABLE_OF if mark in entry[first][0]), None)
    names = [column.id for column in _columns(first, _TABLE_OF[mark])] if mark else [""]
    pairs = []
    for name in names:
        theirs, ours = (_name_fields(entry[form_id], mark, name, form_id) for form_id in (first, second))
        pairs.append((theirs, ours))
    return tuple(pairs)


def _name_fields(patterns: list[str], mark: str | None, name: str, form_id: str) -> tuple[str, ...]:
    fields = tuple(pattern.replace(mark, name) if mark else pattern for pattern in patterns)
    unknown = set(fields) - set(load_form(form_id).field_ids)
    if unknown:
        raise DataFileError(f"{_FILE}: template {form_id} has no {', '.join(sorted(unknown))}")
    return fields


def _columns(form_id: str, table: int) -> tuple[Axis, ...]:
    return next(spec.blocks[0].columns for spec in load_form(form_id).tables if spec.number == table)
