"""A PDF or OFD file that is only the cover of a report attached to it: the attachment's pages follow the cover's."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from extract.errors import SourceError, UnsupportedError
from extract.quick import replace
from extract.records import Line, Page

TABLE_WORDS = ("行政事业性收费", "结转下年度", "尚未审结")  # one of each statutory table
_PROSE = re.compile(r"[。；]|(?<!\d)，")
_MOST_SHOWN = 120  # characters of the names in a message


def append_attached(
    pages: tuple[Page, ...],
    attachments: Callable[[], Sequence[tuple[str, bytes]]],
    read: Callable[[bytes, str], tuple[Page, ...]],
    *,
    file: str,
) -> tuple[Page, ...]:
    """The pages; where they hold no statutory table, those of the first attachment that does follow them.

    `attachments` gives (name, bytes) of each, `read` the pages of one, under the name it is given.
    Raises: UnsupportedError where there are attachments and none can be read as a report.
    """
    if _holds_tables(pages):
        return pages
    names = []
    for name, content in attachments():
        names.append(name)
        try:
            own = read(content, f"{file}/{name}")
        except SourceError:
            continue
        if _holds_tables(own):
            return join_pages(pages, own)
    if names:
        shown = "、".join(names)[:_MOST_SHOWN]
        cause = f"no tables in this file itself, and none could be read in its attachments: {shown}"
        raise UnsupportedError(file, cause, "save the attached report from it and give that file")
    return pages


def _holds_tables(pages: Sequence[Page]) -> bool:
    """Whether words of a statutory table stand there, outside of prose, which may speak of what it counts."""
    texts = (
        text
        for page in pages
        for item in page.items
        for text in ((item.text,) if isinstance(item, Line) else (cell.text for cell in item.cells))
    )
    return any(word in text and not _PROSE.search(text) for text in texts for word in TABLE_WORDS)


def join_pages(first: tuple[Page, ...], second: tuple[Page, ...]) -> tuple[Page, ...]:
    """All pages; those of the second, their items and tables are counted on."""
    items = [item for page in first for item in page.items]
    numbers = max((item.number for item in items), default=0)
    tables = max((item.table for item in items if not isinstance(item, Line)), default=0)
    pages = max((page.number for page in first), default=0)
    moved = []
    for page in second:
        own = tuple(
            replace(item, page=item.page + pages, number=item.number + numbers)
            if isinstance(item, Line)
            else replace(item, page=item.page + pages, number=item.number + numbers, table=item.table + tables)
            for item in page.items
        )
        moved.append(replace(page, number=page.number + pages, items=own))
    return (*first, *moved)
