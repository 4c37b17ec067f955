"""Columns of tables that are laid out without ruling: the x-ranges of their values and heads."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.pages.pdf.drawing import Box, Glyph
from extract.pages.pdf.heads import Range, Slot
from extract.pages.pdf.ruled import TextCell
from extract.pages.pdf.values import UNSURE, is_value, value_words
from extract.pages.pdf.words import Word, is_uneven, line_to_text, make_word, wide_gaps
from extract.quick import replace

_DIGITS = re.compile(r"^[\d,，. ]+$")
_NEW_COLUMNS = 2  # columns that a row may add to a table and still belong to it
_CUT_GAP = 0.7  # type sizes between what may be two halves of a number: a blank and some air
_BEFORE = 0.3  # type sizes that a value may begin before its column


def merge_columns(
    columns: Sequence[tuple[float, float]], ranges: Sequence[tuple[float, float]]
) -> list[tuple[float, float]] | None:
    """The columns widened by a row's values, or None where the row has other columns.

    It may have many more where it fills all others: in rows above it zeros were left blank.
    """
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
    fills_all = 1 < len(columns) == len(taken)
    if (len(added) > _NEW_COLUMNS and not fills_all) or (added and not taken):
        return None
    return sorted(merged + added)


def rejoin_cut(line: Sequence[Word], columns: Sequence[Range]) -> tuple[Word, ...]:
    """The words of a row; numbers as close as the digits of one are two where each has a column of its own.

    Otherwise they may be one number that is spaced unevenly: they are put together so that nobody reads it.
    """
    words: list[Word] = []
    for word in line:
        if words and _is_cut(words[-1], word, columns):
            whole = make_word([*words[-1].glyphs, *word.glyphs])
            words[-1] = replace(whole, text=f"{words[-1].text.rstrip(UNSURE)} {word.text}{UNSURE}")
        else:
            words.append(word)
    return tuple(words)


def _is_cut(left: Word, right: Word, columns: Sequence[Range]) -> bool:
    """Whether the words are digits close together of which one stands in a column, and the other in none but that."""
    if left.readings or right.readings or right.box[0] - left.box[2] > _CUT_GAP * min(left.size, right.size):
        return False
    if not (_DIGITS.match(left.text.rstrip(UNSURE)) and _DIGITS.match(right.text)):
        return False
    first, second = (
        {k for k, (x0, x1) in enumerate(columns) if word.box[0] < x1 and word.box[2] > x0} for word in (left, right)
    )
    return first == second != set() or bool(first) != bool(second)


def join_staggered(lines: Sequence[Sequence[Word]]) -> list[tuple[Word, ...]]:
    """The lines; where numbers were broken over the lines above and below their row, they are put back into it.

    In a row whose cells are centred, a number of two lines stands half a line above and half a line below the others.
    """
    joined: list[tuple[Word, ...]] = []
    for line in lines:
        joined.append(tuple(line))
        upper, row, lower = joined[-3:] if len(joined) >= 3 else ((), (), ())
        if row and _is_broken(upper, row, lower):
            numbers = [make_word([*a.glyphs, *b.glyphs]) for a, b in zip(upper, lower, strict=True)]
            words = sorted([*row, *(replace(word, base=row[0].base) for word in numbers)], key=lambda word: word.box[0])
            joined[-3:] = [tuple(words)]
    return joined


def _is_broken(upper: Sequence[Word], row: Sequence[Word], lower: Sequence[Word]) -> bool:
    """Whether the lines above and below hold nothing but the two halves of numbers that the row has a gap for."""
    size = min(row[0].size, upper[0].size)
    close = all(0 < b[0].base - a[0].base < size for a, b in ((upper, row), (row, lower)))
    if not close or len(upper) != len(lower) or not all(_DIGITS.match(word.text) for word in (*upper, *lower)):
        return False
    return all(_overlap(a, b) and not any(_overlap(a, c) for c in row) for a, b in zip(upper, lower, strict=True))


def _overlap(one: Word, other: Word) -> bool:
    return one.box[0] < other.box[2] and one.box[2] > other.box[0]


def loosen_value(line: Sequence[Word], columns: Sequence[tuple[float, float]]) -> list[Word]:
    """The words of a row; a value glued to the label before it comes off where a column without value begins."""
    words: list[Word] = []
    values = value_words(line)
    free = [x0 for x0, x1 in columns if not any(word.box[0] < x1 and word.box[2] > x0 for word in values)]
    for word in line:
        for x0 in free:
            cut = _start_of_number(word.glyphs, sum(glyph.box[0] < x0 - _BEFORE * word.size for glyph in word.glyphs))
            label, rest = word.glyphs[:cut], word.glyphs[cut:]
            if label and rest and is_value(line_to_text(rest)):
                words += [make_word(label), make_word(rest)]
                break
        else:
            words.append(word)
    return words


def _start_of_number(glyphs: Sequence[Glyph], cut: int) -> int:
    """The place of the cut; one that would go through digits evenly spaced moves before the first of them."""
    start, end = cut, cut
    while start > 0 and glyphs[start - 1].text.isdigit():
        start -= 1
    while end < len(glyphs) and glyphs[end].text.isdigit():
        end += 1
    return start if start < cut < end and cut - start not in wide_gaps(glyphs[start:end]) else cut


def slot_cells(values: Sequence[Word], columns: Sequence[Range], slots: Sequence[Slot]) -> list[TextCell]:
    """A row's cell in every column of its table; empty where it has no value.

    What reaches over the middles of several columns is several numbers or none: no cell of them can be read. Nor can
    the one beside which a second value stands that has no column of its own.
    """
    empty = empty_cells(values[0].box, slots)
    ranges = [columns[slot.value] if slot.value is not None else (0.0, 0.0) for slot in slots]
    owners = [next((word for word in values if word.box[0] < x1 and word.box[2] > x0), None) for x0, x1 in ranges]
    cells = [
        replace(blank, text=_sure_text(own), box=own.box, readings=own.readings) if own else blank
        for own, blank in zip(owners, empty, strict=True)
    ]
    for word in values:
        if all(own is not word for own in owners):
            k = min(range(len(ranges)), key=lambda k: max(ranges[k][0] - word.box[2], word.box[0] - ranges[k][1]))
            cells[k] = replace(cells[k], text=f"{cells[k].text.removesuffix(UNSURE)} {word.text}{UNSURE}")
    for k, cell in enumerate([*cells]):
        if cell.text.endswith(UNSURE) and " " in cell.text:  # one of its numbers may be what stands in the next cell
            for j in (k - 1, k + 1):
                if 0 <= j < len(cells) and not cells[j].text:
                    cells[j] = replace(cells[j], text=f"0{UNSURE}", fixed=False)
    middles = [sum(slot.head.box[::2] if slot.head else slot.x) / 2 for slot in slots]
    for k in _unsure_slots(owners, columns, slots):
        cells[k] = replace(cells[k], text=f"{cells[k].text.removesuffix(UNSURE) or '0'}{UNSURE}", fixed=False)
    for word in values:
        under = [k for k, middle in enumerate(middles) if word.box[0] < middle < word.box[2]]
        if len(under) > 1 and not word.readings and all(owners[k] in (word, None) for k in under):
            for k in under:
                near = [own for own in word.glyphs if min(under, key=lambda j: abs(middles[j] - own.x)) == k]
                cells[k] = replace(empty[k], text=line_to_text(near) + UNSURE, box=word.box)
    return cells


def _unsure_slots(owners: Sequence[Word | None], columns: Sequence[Range], slots: Sequence[Slot]) -> set[int]:
    """The slots under whose heads the values of one column stand, where a row's value is nearer to another head than to
    its own, and that one has no values: it may be of either.
    """
    unsure: set[int] = set()
    for k, (word, slot) in enumerate(zip(owners, slots, strict=True)):
        if word is None or word.readings or slot.value is None:
            continue
        x0, x1 = columns[slot.value]
        heads = [(j, own.head) for j, own in enumerate(slots) if own.head and (j == k or own.value is None)]
        under = {j: abs(sum(head.box[::2]) / 2 - word.x) for j, head in heads if head.box[0] < x1 and x0 < head.box[2]}
        if len(under) > 1 and min(under, key=under.__getitem__) != k:
            unsure |= under.keys()
    return unsure


def _sure_text(word: Word) -> str:
    """The text of a value; of one whose digits may not all be its own, marked as unsure."""
    joined = (
        word.base not in (bases := {glyph.base for glyph in word.glyphs}) and len(bases) > 1
    )  # from the lines above and below its row
    if word.readings or joined or not is_uneven(word.glyphs):
        return word.text
    return f"{word.text.rstrip(UNSURE)}{UNSURE}"


def empty_cells(box: Box, slots: Sequence[Slot]) -> list[TextCell]:
    """The cells of a row without values, at the height of its label's `box`."""
    fixed = all(slot.sure for slot in slots)
    return [TextCell("", (slot.x[0], box[1], slot.x[1], box[3]), fixed=fixed) for slot in slots]
