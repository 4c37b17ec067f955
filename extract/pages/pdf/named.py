"""Rows below printed heads of which only the name is printed: their cells are blank."""

from __future__ import annotations

from collections.abc import Sequence

from extract.pages.pdf.columns import empty_cells
from extract.pages.pdf.heads import Range, Slot, begins_table, column_heads, nearest_heads, stacked_heads
from extract.pages.pdf.labels import (
    NUMBERED,
    Label,
    blank_rows,
    chain_labels,
    is_group_part,
    is_label_part,
    is_row_name,
    names_row,
    nearest_row,
)
from extract.pages.pdf.ruled import Table, TextCell
from extract.pages.pdf.values import PROSE, value_words
from extract.pages.pdf.words import Word, hull
from extract.quick import replace

Line = tuple[Word, ...]
_HEAD_LINES = 6  # lines above the first name in which heads stand
_FEWEST_NAMED = 3  # rows of names under heads of several lines
_CLOSE = 1.5  # type sizes between the base lines of a name and of values that a cell's alignment moved down


def split_named(lines: Sequence[Line], before: Sequence[Line]) -> list[tuple[int, Table | Line]]:
    """(place of its first line, table or line): rows of names right below heads, one of them with a blank, are a table.

    The heads may be the last line `before`, on the page before.
    """
    pieces: list[tuple[int, Table | Line]] = []
    heads, start = (_column_heads(before[-1]) if before else []), 0
    while start < len(lines):
        if names := _take_names(lines, start):
            pieces.append((start, names))
            start += _count_named(lines, start, names.columns[0][0])
            heads = []
            continue
        end = start
        while heads and end < len(lines) and _is_named(lines[end], heads):
            end += 1
        if start < end < len(lines) and _may_be_values_of(lines[end - 1], lines[end], heads):
            end -= 1
        if any(len(value_words(line)) < len(heads) for line in lines[start:end]):
            pieces.append((start, _to_table(lines[start:end], heads)))
        else:
            end = start + 1
            pieces.append((start, lines[start]))
        heads = _column_heads(lines[end - 1])
        start = end
    return pieces


def _take_names(lines: Sequence[Line], start: int) -> Table | None:
    """The lines from `start` on as rows of blanks: nothing but names, of several lines and in groups, under heads that
    are broken into lines; None where they are not.
    """
    if not start or not NUMBERED.match(lines[start][0].text):
        return None
    heads = stacked_heads(lines[max(0, start - _HEAD_LINES) : start])
    end = start + _count_named(lines, start, heads[0].box[0]) if heads else start
    labels = chain_labels([word for line in lines[start:end] for word in line], [])
    named = sorted(blank_rows(labels, []), key=lambda label: label.middle)
    if len(named) < _FEWEST_NAMED or not all(map(_is_of_form, labels)):
        return None
    middles = [label.middle for label in named]
    slots = [Slot((head.box[0], head.box[2]), None, head, sure=True) for head in heads]
    near = [[own for own in labels if nearest_row(own, middles) == k] for k in range(len(named))]
    depth = max(map(len, near))
    box = hull(word.box for line in lines[start:end] for word in line)
    pad = [TextCell("", box)] * depth
    rows = [(*pad, *(TextCell(head.text, head.box) for head in heads))]
    for label, beside in zip(named, near, strict=True):
        own = [TextCell(part.text, part.box) for part in sorted(beside, key=lambda part: part.box[0])]
        rows.append((*own, *pad[len(own) :], *empty_cells(label.box, slots)))
    return Table(tuple(rows), (box[0], box[1], heads[-1].box[2], box[3]), tuple(slot.x for slot in slots), depth)


def _count_named(lines: Sequence[Line], start: int, left: float) -> int:
    """How many lines hold nothing but labels, which end at `left`."""
    end = start
    while end < len(lines) and all(word.box[2] <= left for word in lines[end]) and not begins_table(lines[end]):
        if PROSE.search(lines[end][-1].text):
            break
        end += 1
    return end - start


def _is_of_form(label: Label) -> bool:
    return names_row(label.text) or is_group_part(label.text) or is_label_part(label.text)


def take_blank_rows(lines: Sequence[Line], frame: Sequence[Range]) -> Table | None:
    """The lines at the top that are whole names of rows and nothing else, as rows of blanks in the value columns of a
    `frame`, the table that ends right above; None where there are none.
    """
    end = 0
    while frame and end < len(lines) and len(lines[end]) == 1 and _names_blank(lines[end][0], frame):
        end += 1
    if 0 < end < len(lines) and _may_be_values_of(lines[end - 1], lines[end], frame):
        end -= 1
    if not end:
        return None
    slots = [Slot(x, None, sure=True) for x in frame]
    rows = [(TextCell(word.text, word.box), *empty_cells(word.box, slots)) for (word,) in lines[:end]]
    return Table(tuple(rows), hull(word.box for (word,) in lines[:end]), tuple(frame), 1)


def _names_blank(word: Word, frame: Sequence[Range]) -> bool:
    return is_row_name(word.text) and word.box[2] <= frame[0][0]


def _column_heads(line: Line) -> list[Word]:
    """The heads of columns in a line that has but one over the labels beside; none in any other."""
    heads = column_heads(line)
    others = [word for word in line if heads and word.box[2] <= heads[0].box[0]]
    whole = sum(len(word.glyphs) for word in (*others, *heads)) == sum(len(word.glyphs) for word in line)
    return heads if whole and len(others) <= 1 else []


def _is_named(line: Line, heads: Sequence[Word]) -> bool:
    """Whether the line is the whole name of a row, and values that stand each under another head."""
    values = value_words(line)
    label = line[: len(line) - len(values)]
    left = len(label) == 1 and is_row_name(label[0].text) and label[0].box[2] < heads[0].box[0]
    return left and nearest_heads([(word.box[0], word.box[2]) for word in values], heads) is not None


def _may_be_values_of(named: Line, below: Line, heads: Sequence[Word] | Sequence[Range]) -> bool:
    """Whether a line of nothing but values stands so close below a row that they may fill its blank."""
    close = below[0].base - named[0].base < _CLOSE * named[0].size
    return close and len(value_words(named)) < len(heads) and len(value_words(below)) == len(below)


def _to_table(lines: Sequence[Line], heads: Sequence[Word]) -> Table:
    slots = [Slot((head.box[0], head.box[2]), None, Label([head]), sure=True) for head in heads]
    box = hull(word.box for line in lines for word in line)
    rows = [(TextCell("", box), *(TextCell(head.text, head.box) for head in heads))]
    for line in lines:
        values = value_words(line)
        cells = empty_cells(line[0].box, slots)
        for word, k in zip(values, nearest_heads([(w.box[0], w.box[2]) for w in values], heads) or (), strict=True):
            cells[k] = replace(cells[k], text=word.text, box=word.box)
        rows.append((TextCell(line[0].text, line[0].box), *cells))
    return Table(tuple(rows), box, tuple(slot.x for slot in slots), 1)
