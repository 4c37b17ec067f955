"""Words in a cell where a number should stand (免收, 详见附件): they are printed there, so the cell is not empty."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extract.alignment.naming import known_labels
from extract.alignment.strips import NARROW, tell_kinds
from extract.quick import record, replace
from extract.records import Item, Row, TableSpec
from extract.rules import load_rules
from extract.textform import bare_label, squeeze

_WORDS = re.compile(r"[\u4e00-\u9fff][^\d０-９]*")  # not a unit in brackets, and nothing that holds a number
_LONGEST = 20  # characters; longer ones are a note or a label that ran on


@record
class _Names:
    widths: dict[str, int]  # label of a row, without its number → columns of its block
    every: frozenset[str]  # all that the form prints, squeezed


def mark_words(items: Sequence[Item], spec: TableSpec) -> Sequence[Item]:
    """The items; words behind the whole label of a row, in one of its cells, are marked as standing for a value.

    What stands behind a damaged label may be the rest of it, and of two words alone in a wide row both may be heads.
    """
    names = _names(spec)
    return [_mark(item, names) if isinstance(item, Row) else item for item in items]


@cache
def _names(spec: TableSpec) -> _Names:
    rows = [(row, len(block.columns)) for block in spec.blocks for row in block.rows]
    widths = {bare_label(label): width for row, width in rows for label in row.labels}
    return _Names(widths, known_labels(spec).every)


def _mark(row: Row, names: _Names) -> Row:
    texts = [cell.text for cell in row.cells]
    kinds = tell_kinds(tuple(texts))
    words = [k for k, kind in enumerate(kinds) if kind == "text"]
    if len(words) < 2 or row.cells[words[-1]].readings or not _stands_for_number(texts[words[-1]], names):
        return row
    label, last = words[-2:]
    width = names.widths.get(bare_label(texts[label]), 0)
    if last - label > width or "value" in kinds[:label] or (width > NARROW and "value" not in kinds):
        return row
    cells = (*row.cells[:last], replace(row.cells[last], worded=True), *row.cells[last + 1 :])
    return replace(row, cells=cells)


def _stands_for_number(text: str, names: _Names) -> bool:
    plain = text.strip()
    return (
        len(plain) <= _LONGEST
        and _WORDS.fullmatch(plain) is not None
        and plain not in load_rules("cells.toml")["units"]
        and squeeze(plain) not in names.every
    )
