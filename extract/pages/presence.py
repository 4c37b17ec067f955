"""Whether a flowing document holds the report's tables as text, and how many headings and pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extract.pages.attached import TABLE_WORDS
from extract.pages.flow import Paragraph, Piece
from extract.pages.marks import is_figure, is_heading, is_statutory

FEWEST_HEADINGS = 2
"""A file with fewer section headings is no report, or is one only to the eye."""

_PROSE = re.compile("[，。；]")  # a sentence names the rows of a table, too: 结转下年度继续办理2件
_FEWEST_FIGURES = 20  # figures on lines of their own: a table that the source has flattened


def has_tables(pieces: Iterable[Piece]) -> bool:
    """Whether the statutory tables are there as text: as tables, or as many figures on lines."""
    figures = 0
    for piece in pieces:
        if not isinstance(piece.block, Paragraph):
            if is_statutory(piece.block):
                return True
            figures += sum(1 for row in piece.block for text in row if text and is_figure(text))
        else:
            figures += sum(1 for word in piece.block.text.split() if is_figure(word))
    return figures >= _FEWEST_FIGURES


def count_named_tables(pieces: Iterable[Piece]) -> int:
    """How many of the statutory tables print a label that is theirs alone, outside of sentences."""
    left = set(TABLE_WORDS)
    for text in _texts(pieces):
        left -= {word for word in left if word in text}
        if not left:
            break
    return len(TABLE_WORDS) - len(left)


def _texts(pieces: Iterable[Piece]) -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece.block, Paragraph):
            yield from (line for line in piece.block.text.split("\n") if not _PROSE.search(line))
        else:
            yield from (text for row in piece.block for text in row)


def count_headings(pieces: Iterable[Piece]) -> int:
    """How many section headings stand on lines of their own."""
    paragraphs = (piece.block for piece in pieces if isinstance(piece.block, Paragraph))
    return sum(1 for paragraph in paragraphs for line in paragraph.text.split("\n") if is_heading(line))


def count_pictures(pieces: Iterable[Piece]) -> int:
    return sum(1 for piece in pieces if isinstance(piece.block, Paragraph) and piece.block.picture)
