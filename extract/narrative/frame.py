"""What frames the prose: the title block above it, date and signature below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from extract.narrative.lines import LAYOUT_FILE
from extract.records import Item, Line
from extract.rules import load_rules
from extract.textform import BLANKS


@cache
def _rules() -> dict[str, Any]:
    return load_rules(LAYOUT_FILE)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_rules()["patterns"][name])


def _matches(name: str, text: str) -> bool:
    return _pattern(name).search(text) is not None


def _text(item: Item) -> str:
    return _strip_marks(item.text if isinstance(item, Line) else "".join(cell.text for cell in item.cells))


@lru_cache(maxsize=512)  # asked several times for each line of a report
def _strip_marks(text: str) -> str:
    return text.lstrip("#*_>" + BLANKS).rstrip("*_" + BLANKS)


def cut_title(items: Sequence[Item]) -> tuple[Item, ...]:
    """The items behind the title block: agency, title (on one line or more), navigation, dates."""
    kept = [item for item in items if not _matches("chrome", _text(item)) and not _matches("date", _text(item))]
    printed = [position for position, item in enumerate(kept) if _text(item)][: _rules()["limits"]["title_lines"]]
    ends = [position for position in printed if _is_title_end(_text(kept[position]))]
    last = ends[-1] if ends else -1
    while last + 1 < len(kept) and (not _text(kept[last + 1]) or _is_title_line(_text(kept[last + 1]))):
        last += 1
    return tuple(kept[last + 1 :])


def _is_title_end(text: str) -> bool:
    """A line that ends in 报告 and holds no sentence."""
    return _matches("title_end", text) and not _matches("sentence_end", text) and "，" not in text


def _is_title_line(text: str) -> bool:
    """An agency or a title on a line of its own."""
    return not _matches("punctuation", text) and (_matches("signature", text) or _is_title_end(text))


def cut_closing(items: Sequence[Item]) -> tuple[Item, ...]:
    """The items of a section without the date and the signature at its end, and without navigation."""
    kept = [item for item in items if not _matches("chrome", _text(item))]
    while kept and (not _text(kept[-1]) or _is_page_mark(_text(kept[-1]))):
        kept.pop()
    dated = bool(kept) and _matches("date", _text(kept[-1]))
    if dated:
        kept.pop()
    while kept and (not _text(kept[-1]) or _matches("date", _text(kept[-1]))):
        kept.pop()
    if kept and _matches("signature", _text(kept[-1])) and not _matches("punctuation", _text(kept[-1])):
        kept.pop()
    return tuple(kept)


def _is_page_mark(text: str) -> bool:
    return _pattern("page_mark").fullmatch(text) is not None
