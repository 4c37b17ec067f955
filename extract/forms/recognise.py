"""Which statutory template a document is printed on, told by the labels that only one template has."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from extract.errors import DataFileError
from extract.forms.load import form_ids, load_form
from extract.records import Axis, Form, Item, Line
from extract.textform import bare_label, squeeze

_CERTAIN = 0.5  # where one template leads by that share of its own labels, nothing is open
_READS_AS = 85.0  # rapidfuzz scale: a damaged label that near still counts
_SHORTEST_MARK = 4  # characters; shorter labels stand in running text too
_HEAD_ITEMS = 20
_YEAR = re.compile(r"(20[0-4]\d)\s*年?度?")


def recognise_form(items: Sequence[Item]) -> tuple[Form, float]:
    """(the template, confidence 0..1). Where no label tells, the year at the head does, and the confidence is 0.5."""
    text = _squeeze_all(items)
    shares = {form_id: _share(mark in text for mark in own_labels(form_id)) for form_id in form_ids()}
    if _lead(shares) < _CERTAIN:
        shares = {form_id: _share(_reads(mark, text) for mark in _distinct_labels(form_id)) for form_id in form_ids()}
    best = max(shares, key=shares.__getitem__)
    if not shares[best]:
        return load_form(_form_of_year(items)), 0.5
    return load_form(best), round(min(1.0, 0.5 + 0.5 * _lead(shares) / _CERTAIN), 3)


@cache
def own_labels(form_id: str) -> tuple[str, ...]:
    """The statutory labels and captions that stand in no other template, squeezed."""
    others = "\n".join(label for other in form_ids() if other != form_id for label in _all_labels(load_form(other)))
    own = dict.fromkeys(_statutory_labels(load_form(form_id)))
    return tuple(label for label in own if len(label) >= _SHORTEST_MARK and label not in others)


@cache
def _distinct_labels(form_id: str) -> tuple[str, ...]:
    """Those of its own labels that no label of another template reads as: 第二十条第（九）项 reads as 第（八）项."""
    others = {label for other in form_ids() if other != form_id for label in _all_labels(load_form(other)) if label}
    return tuple(mark for mark in own_labels(form_id) if not any(_reads(mark, label) for label in others))


def is_older_than_forms(items: Sequence[Item]) -> bool:
    """Whether the document holds the indicators of the years before the first template."""
    text = _squeeze_all(items)
    labels, least = _older()
    return sum(label in text for label in labels) >= least


@cache
def _older() -> tuple[tuple[str, ...], int]:
    """(labels, how many of them make a report an older one). Raises: DataFileError."""
    entry = tomllib.loads(files("extract.forms").joinpath("before-2019.toml").read_text(encoding="utf-8"))
    if set(entry) != {"labels", "labels_least"}:
        raise DataFileError("before-2019.toml: it has the keys labels and labels_least, and no other")
    return tuple(map(squeeze, entry["labels"])), int(entry["labels_least"])


def _squeeze_all(items: Sequence[Item]) -> str:
    texts: list[str] = []
    for item in items:
        texts += [item.text] if isinstance(item, Line) else [cell.text for cell in item.cells]
    return "".join(map(squeeze, texts))


def _statutory_labels(form: Form) -> Iterable[str]:
    for block in (block for table in form.tables for block in table.blocks):
        yield squeeze(block.caption)
        yield from (bare_label(axis.label) for axis in (*block.rows, *block.columns))


def _all_labels(form: Form) -> Iterable[str]:
    """Every wording of the form, those of groups and heads too."""
    yield from _statutory_labels(form)
    for table in form.tables:
        yield from map(squeeze, table.head_labels)
        for block in table.blocks:
            yield from (wording for axis in (*block.rows, *block.columns) for wording in _wordings(axis))


def _wordings(axis: Axis) -> Iterable[str]:
    return (bare_label(text) for text in (*axis.labels, axis.group, *axis.group_aliases))


def _share(found: Iterable[bool]) -> float:
    seen = list(found)
    return sum(seen) / max(1, len(seen))


def _lead(shares: dict[str, float]) -> float:
    """By how much the best share is greater than the next."""
    best, *others = sorted(shares.values(), reverse=True)
    return best - max(others, default=0.0)


def _reads(mark: str, text: str) -> bool:
    """Whether the label stands in the text, a few of its characters damaged."""
    from rapidfuzz import fuzz

    return len(text) >= len(mark) and fuzz.partial_ratio(mark, text) >= _READS_AS


def _form_of_year(items: Sequence[Item]) -> str:
    """The template prescribed for the first year that is printed; the newest where none is."""
    for item in items[:_HEAD_ITEMS]:
        match = _YEAR.search(item.text) if isinstance(item, Line) else None
        for form_id in form_ids() if match else ():
            first, last = load_form(form_id).years
            if match and first <= int(match[1]) <= last:
                return form_id
    return form_ids()[0]
