"""A file with several reports under one another → the first of them, and where which others stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from extract.forms import form_ids, load_form
from extract.quick import replace
from extract.records import OTHER_REPORT, Deviation, Document, Item, Line, Page, Row
from extract.rules import load_rules
from extract.sections.affinity import match_heading
from extract.textform import any_word, split_numbering

_SURE = 0.85  # similarity (0..1) from which on a line is a heading
_FEWEST_HEADINGS = 3  # sections whose headings must stand on both sides: fewer are a table of contents or an annex
_LAST_BEGUN = 4  # a report that has come so far may be over
_FIRST_AGAIN = 2  # the next one begins with section 1, or with section 2 where its first heading is lost
_SENTENCE = re.compile(r"[。；，：]")
_PROSE = re.compile(r"[。；，]")
_DATE = re.compile(r"\d月\d{1,2}日|月.{1,3}日$|\d-\d")
_LONGEST_LINE, _MOST_LINES = 44, 3  # characters of a line of a title, lines of a title
_SHORT = 5  # characters; numbers have no more, that row's label has
_MOST_NAMED = 3  # reports that a message names


def first_report(document: Document) -> tuple[Document, tuple[Deviation, ...]]:
    """The document up to where another report begins, and a Q002 that names what was left out; else as it is."""
    items = document.items
    words = _words("once_rows")
    ends = [k for k, item in enumerate(items) if _closes_table(item, words)]
    starts = list(_find_starts(items, ends)) if len(ends) > 1 else []
    if not starts:
        return document, ()
    cut = starts[0][0]
    names = [f"《{name}》" for _, name in starts if name][:_MOST_NAMED]
    found = "、".join(names) + (f"等 {len(starts)} 份" if len(starts) > max(1, len(names)) else "")
    unit, number = _place(items[cut:], document.source.format)
    left_out = Deviation("Q002", found, str(number), page=items[cut].page, note=f"{OTHER_REPORT}{unit}")
    return replace(document, pages=tuple(_pages_before(document, cut))), (left_out,)


def _pages_before(document: Document, cut: int) -> Iterator[Page]:
    """The pages with the first `cut` items of the document."""
    for page in document.pages:
        if cut > 0:
            yield replace(page, items=page.items[:cut])
        cut -= len(page.items)


def _closes_table(item: Item, words: tuple[str, ...]) -> bool:
    """Whether it is the last row of a table 3, which each report has once and which begins with one of the words; a
    line of prose may begin so, too.
    """
    if isinstance(item, Line) and _PROSE.search(item.text):
        return False
    texts = [item.text] if isinstance(item, Line) else [cell.text for cell in item.cells if len(cell.text) > _SHORT]
    for text in texts:
        for word in words:
            if word in text and split_numbering(text)[1].startswith(word):
                return True
    return False


def _find_starts(items: Sequence[Item], ends: Sequence[int]) -> Iterator[tuple[int, str]]:
    """(where each report after the first begins, its title): with the title, or without one its first heading."""
    headings = [(k, section) for k, item in enumerate(items) if (section := _section_of(item))]
    first = 0  # of the headings of the report that is open
    for k, (start, section) in enumerate(headings):
        own = {number for _, number in headings[first:k]}
        again = {number for _, number in headings[k:]}
        if section > _FIRST_AGAIN or max(own, default=0) < _LAST_BEGUN:
            continue
        both = min(len(own), len(again)) >= _FEWEST_HEADINGS
        if both and any(headings[first][0] < end < start for end in ends) and any(end > start for end in ends):
            yield _title_above(items, start)
            first = k


def _section_of(item: Item) -> int:
    """The section that the line is the heading of, 0 for none."""
    if isinstance(item, Row) and sum(bool(cell.text) for cell in item.cells) != 1:
        return 0
    text = item.text if isinstance(item, Line) else next(cell.text for cell in item.cells if cell.text)
    heading = match_heading(text, load_form(form_ids()[0]))
    return heading.section if heading and heading.similarity >= _SURE else 0


def _title_above(items: Sequence[Item], heading: int) -> tuple[int, str]:
    """(where the title above a heading begins, the title); the heading itself and no title where there is none."""
    texts = [_squeeze_line(item) for item in items[:heading]]
    last = next(
        (
            k
            for k in range(heading - 1, -1, -1)
            if _section_of(items[k]) or _closes_table(items[k], _words("once_rows"))
        ),
        0,
    )
    end = next((k for k in range(heading - 1, last, -1) if _title_end().search(texts[k])), None)
    if end is None:
        return heading, ""
    start = end
    while start - 1 > last and end - start + 1 < _MOST_LINES and _goes_on(texts[start - 1], texts[start : end + 1]):
        start -= 1
    return start, "".join(texts[start : end + 1])


def _goes_on(above: str, below: Sequence[str]) -> bool:
    """Whether a line belongs to the title that goes on below: what is there names no agency yet, and it is no date."""
    nameless = "".join(below).startswith(_words("title_begins"))
    return nameless and 1 < len(above) <= _LONGEST_LINE and not _SENTENCE.search(above) and not _DATE.search(above)


def _squeeze_line(item: Item) -> str:
    """The printed line without blanks; empty for a row of a table, or for one too long for a title."""
    text = "".join(item.text.split()) if isinstance(item, Line) else ""
    return text if len(text) <= _LONGEST_LINE and not _SENTENCE.search(text) else ""


def _words(name: str) -> tuple[str, ...]:
    return tuple(load_rules("sections.toml")[name])


@cache
def _title_end() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_word(_words('title_ends'))})(?:[（(].{{0,12}}[)）])?$")


def _place(items: Sequence[Item], kind: str) -> tuple[str, int]:
    """How a person counts to where the items begin: the line of a text, the table of a web page, the page of others."""
    places = (cell.place for item in items if isinstance(item, Row) for cell in item.cells if cell.place)
    first = next(places, None) if kind in ("html", "docx") else None
    if first is not None:
        return "table", first.table
    return ("line", items[0].number) if kind == "text" else ("page", items[0].page)
