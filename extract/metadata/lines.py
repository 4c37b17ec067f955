"""Printed lines as the metadata readers see them: squeezed text with its place."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from operator import attrgetter

from extract.quick import record
from extract.records import Item, Line, SectionedDocument
from extract.textform import BLANKS, to_half_width

_START = 60  # lines from the top in which title, period and day of publication stand
_BEFORE, _BEHIND = "#>*" + BLANKS, "*" + BLANKS  # blanks and markdown marks around a line


@record
class Printed:
    """One non-empty line in half width, without blanks and markdown marks, and where it stands."""

    text: str
    page: int
    line: int


@lru_cache(maxsize=512)  # a line is asked about by several
def squeeze_text(text: str) -> str:
    """NFKC without blanks; punctuation stays."""
    plain = to_half_width(text).replace("\u200b", "").replace("\ufeff", "")
    return "".join(plain.split())


def read_lines(items: Iterable[Item]) -> tuple[Printed, ...]:
    """The items with text; a row of cells is its cells' text joined."""
    lines = ((squeeze_text(item_text(item).lstrip(_BEFORE).rstrip(_BEHIND)), item) for item in items)
    return tuple([Printed(text, item.page, item.number) for text, item in lines if text])


def item_text(item: Item) -> str:
    return item.text if isinstance(item, Line) else " ".join([cell.text for cell in item.cells])


def read_start(sectioned: SectionedDocument) -> tuple[Printed, ...]:
    """The first lines of the document, whatever section they were counted to."""
    items = [*sectioned.front, *(item for section in sectioned.sections for item in section.items[:_START])]
    return read_lines(sorted(items, key=attrgetter("page", "number"))[:_START])


def read_end(sectioned: SectionedDocument) -> tuple[Printed, ...]:
    """The lines of the last section that has any: there the signature and the date stand."""
    for section in reversed(sectioned.sections):
        lines = read_lines(section.items)
        if lines:
            return lines
    return read_lines(sectioned.front)
