"""Columns of tables that are laid out without ruling: the x-ranges of their values and heads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.pages.pdf.ruled import TextCell
from extract.pages.pdf.words import Word, line_to_text, make_word

PROSE = re.compile(r"[。；]")
CAPTION = re.compile(r"^第[一二三四五六七八九十\d]{1,4}条")
_VALUE = re.compile(r"^((?:[+\-－]|增加?|减少?)?\d[\d.,，]*(万元|元|件|项)?|[-—–/／]+|无)$")
_BARE_NUMBER = re.compile(r"^\d{1,2}\s*[.．、]$")
_NEW_COLUMNS = 2  # columns that a row may add to a table and still belong to it
_BEFORE = 0.3  # type sizes that a value may begin before its column


def value_words(line: Sequence[Word]) -> list[Word]:
    """The values at the end of a line."""
    values: list[Word] = []
    for word in reversed(line):
        if not _VALUE.match(word.text) or _BARE_NUMBER.match(word.text):
            break
        values.insert(0, word)
    return values


def merge_columns(
    columns: Sequence[tuple[float, float]], ranges: Sequence[tuple[float, float]]
) -> list[tuple[float, float]] | None:
    """The columns widened by a row's values, or None where the row has other columns."""
    merged = list(columns)
    taken: set[int] = set()
    added = []
    for start, end in ranges:
        hits = [k for k, (x0, x1) in enumerate(columns) if start < x1 and end > x0]
        if len(hits) > 1 or taken & set(hits):
            return None
        if hits:
            x0, x1 = merged[hits[0]]
            merged[hits[0]] = (min(x0, start), max(x1, end))
            taken.add(hits[0])
        else:
            added.append((start, end))
    if len(added) > _NEW_COLUMNS or (added and not taken):
        return None
    return sorted(merged + added)


def loosen_value(line: Sequence[Word], columns: Sequence[tuple[float, float]]) -> list[Word]:
    """The words of a row; a value glued to the label before it comes off where a column without value begins."""
    words: list[Word] = []
    values = value_words(line)
    free = [x0 for x0, x1 in columns if not any(word.box[0] < x1 and word.box[2] > x0 for word in values)]
    for word in line:
        for x0 in free:
            label = [glyph for glyph in word.glyphs if glyph.box[0] < x0 - _BEFORE * word.size]
            rest = word.glyphs[len(label) :]
            if label and rest and _VALUE.match(line_to_text(rest)):
                words += [make_word(label), make_word(rest)]
                break
        else:
            words.append(word)
    return words


def head_columns(
    heads: Sequence[Sequence[Word]], columns: Sequence[tuple[float, float]], labelled: bool
) -> list[tuple[float, float]]:
    """The columns, and those under whose head no value stands at all; the lowest head words count, back to prose.

    Left of the first value there are columns only where the rows have no labels.
    """
    found = sorted(columns)
    widest = max((b[0] - a[0] for a, b in pairwise(found)), default=0.0)
    for line in reversed(heads):
        if value_words(line) or PROSE.search(line[-1].text) or CAPTION.match(line[0].text):
            break
        for word in line:
            x0, x1 = word.box[0], word.box[2]
            left = found[0][0] if labelled else found[0][0] - 2 * widest
            free = all(x1 < c0 or x0 > c1 for c0, c1 in found)
            if free and x0 > left and x1 - x0 < widest:
                found = sorted([*found, (x0, x1)])
    return found


def value_cell(values: Sequence[Word], column: tuple[float, float]) -> TextCell:
    for word in values:
        if word.box[0] < column[1] and word.box[2] > column[0]:
            return TextCell(word.text, word.box)
    y0, y1 = values[0].box[1], values[0].box[3]
    return TextCell("", (column[0], y0, column[1], y1))
