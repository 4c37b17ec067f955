"""Sentences that a report prints above or below one of its tables: lines of sections 2 to 4 that are no table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from extract.narrative.lines import LAYOUT_FILE
from extract.records import Item, Line
from extract.rules import load_rules, rule_patterns

_pattern = rule_patterns(LAYOUT_FILE, "beside_tables")


def find_table_prose(items: Sequence[Item]) -> tuple[Item, ...]:
    """The lines that make sentences which say how many; notes on the table (注：…) and its labels are none."""
    found: list[Item] = []
    for is_line, run in groupby(items, key=lambda item: isinstance(item, Line)):
        if is_line:
            found += _find_told([item for item in run if isinstance(item, Line)])
    return tuple(found)


def cut_table_prose(items: Sequence[Item]) -> tuple[Item, ...]:
    """The items of a table's section without these lines: no label begins with what is left of a sentence."""
    told = {id(item) for item in find_table_prose(items)}
    return tuple(item for item in items if id(item) not in told) if told else tuple(items)


def _find_told(lines: Sequence[Line]) -> list[Line]:
    """The lines of each paragraph that ends in a full stop and holds a number or a word for none."""
    told: list[Line] = []
    own: list[Line] = []
    for line in lines:
        text = "".join(line.text.split())
        if not _pattern("text").search(text) or _pattern("row").search(line.text) or _pattern("label").match(text):
            own = []
            continue
        own.append(line)
        if _pattern("end").search(text):
            whole = "".join("".join(part.text.split()) for part in own)
            told += own if _pattern("counts").search(whole) and not _pattern("note").match(whole) else []
            own = []
        elif len(text) < int(load_rules(LAYOUT_FILE)["beside_tables"]["broken"]):
            own = []
    return told
