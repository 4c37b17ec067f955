"""A flowing document some of whose tables are pictures: what can be read in these stands where the pictures stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extract.pages.attached import TABLE_WORDS, join_pages
from extract.pages.flow import Paragraph, Piece, pieces_to_items
from extract.pages.marks import is_statutory
from extract.pages.presence import count_named_tables
from extract.records import Page, Row

_MOST = 20  # pictures that are looked at: a report has few, each takes seconds


def read_pictured(pieces: Sequence[Piece], read: Callable[[str], tuple[Page, ...]]) -> tuple[Page, ...]:
    """The text as pages and each picture that holds a table as pages of its own, in printed order.

    `read` gives the pages of a picture by its source. No pages where every statutory table is there as text, or where
    no picture holds a table.
    """
    if count_named_tables(pieces) == len(TABLE_WORDS):
        return ()
    pages: tuple[Page, ...] = ()
    run: list[Piece] = []
    left = _MOST
    for piece in pieces:
        own = _read_tables(piece, read) if left else ()
        left -= left > 0 and isinstance(piece.block, Paragraph) and piece.block.picture
        if own:
            pages = join_pages(_join_run(pages, run), own)
            run = []
        else:
            run.append(piece)
    return _join_run(pages, run) if pages else ()


def _read_tables(piece: Piece, read: Callable[[str], tuple[Page, ...]]) -> tuple[Page, ...]:
    """The pages of a picture, where it is one and holds a statutory table or a part of one."""
    if not isinstance(piece.block, Paragraph) or not piece.block.source:
        return ()
    pages = read(piece.block.source)
    rows = (item for page in pages for item in page.items if isinstance(item, Row))
    return pages if is_statutory([cell.text for cell in row.cells] for row in rows) else ()


def _join_run(pages: tuple[Page, ...], run: Sequence[Piece]) -> tuple[Page, ...]:
    """The pages and, behind them, what stands between two pictures; pictures that nobody has read are counted."""
    items = pieces_to_items(run)
    left = sum(isinstance(piece.block, Paragraph) and piece.block.picture for piece in run)
    return join_pages(pages, (Page(1, items, left),)) if items else pages
