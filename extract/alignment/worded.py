"""What stands in a cell in place of a number (免收, 详见附件, XX): it is printed there, so the cell is not empty."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from extract.alignment.naming import known_labels
from extract.alignment.strips import NARROW, make_alike, tell_kinds
from extract.quick import record, replace
from extract.records import Item, Row, TableSpec
from extract.rules import load_rules
from extract.textform import bare_label, squeeze

_NUMBERED = re.compile(r"[(（]?[\d一二三四五六七八]{1,2}[)）.．、]\s*[\u4e00-\u9fff]")  # another row's label
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LONGEST = 20  # characters; longer ones are a note or a label that ran on
_LABEL_AND_WORDS = 2


@record
class _Names:
    widths: dict[str, int]  # label of a row, without its number → columns of its block
    every: frozenset[str]  # all that the form prints, squeezed


def mark_words(items: Sequence[Item], spec: TableSpec) -> Sequence[Item]:
    """The items; what is no number and stands behind the whole label of a row, in one of its cells, is marked as
    standing for a value.

    Words behind a damaged label may be the rest of it, and of two words alone in a wide row both may be heads; marks
    and broken numbers (XX, 12.) stand for a value where they and the numbers beside them are as many as the columns.
    """
    return [_mark(item, spec) if isinstance(item, Row) else item for item in items]


@cache
def _names(spec: TableSpec) -> _Names:
    rows = [(row, len(block.columns)) for block in spec.blocks for row in block.rows]
    widths = {bare_label(label): width for row, width in rows for label in row.labels}
    return _Names(widths, known_labels(spec).every)


def _mark(row: Row, spec: TableSpec) -> Row:
    texts = [cell.text for cell in row.cells]
    if len([text for text in texts if text and not text.isdecimal()]) < _LABEL_AND_WORDS:  # as most rows
        return row
    odd = _find_words(make_alike(texts), spec)
    if not odd or any(row.cells[k].readings for k, kind in enumerate(tell_kinds(texts)) if kind == "text"):
        return row
    cells = (replace(cell, worded=True) if k in odd else cell for k, cell in enumerate(row.cells))
    return replace(row, cells=tuple(cells))


@lru_cache(maxsize=2048)  # most rows of all reports print the same labels, whatever their numbers
def _find_words(texts: tuple[str, ...], spec: TableSpec) -> tuple[int, ...]:
    """Which cells of a row hold words that stand for a value."""
    names = _names(spec)
    kinds = tell_kinds(texts)
    words = [k for k, kind in enumerate(kinds) if kind == "text"]
    if len(words) < _LABEL_AND_WORDS:
        return ()
    value = kinds.index("value") if "value" in kinds else None
    labels = [k for k in words[:-1] if (value is None or k < value) and bare_label(texts[k]) in names.widths]
    if labels:
        label = labels[-1]
        width = names.widths[bare_label(texts[label])]
        odd = [k for k in words if k > label]
        is_row = (value is not None or width <= NARROW) and (
            odd[-1] - label <= width or _count_filled(texts[label + 1 :]) == width
        )
        is_row = is_row and all(_stands_for_number(texts[k], names) for k in odd)
    else:
        odd = [k for k in words if value is not None and k > value]
        is_row = words[0] not in odd and _count_filled(texts[value:]) == max(names.widths.values())
        is_row = is_row and not any(_HAN.search(texts[k]) for k in odd)
    return tuple(odd) if is_row else ()


def _count_filled(texts: Sequence[str]) -> int:
    return len([text for text in texts if text])


def _stands_for_number(text: str, names: _Names) -> bool:
    plain = text.strip()
    return (
        len(plain) <= _LONGEST
        and _NUMBERED.match(plain) is None
        and plain not in load_rules("cells.toml")["units"]
        and squeeze(plain) not in names.every
    )
