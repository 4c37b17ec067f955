"""Text lines outside ruled tables → paragraph lines, and rows of tables that are laid out without ruling.

Rows are the baselines on which values stand, columns the x-ranges of the values; label pieces above and below a
baseline are gathered into the label of the nearest row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.pages.pdf.drawing import Box
from extract.pages.pdf.ruled import Table, TextCell
from extract.pages.pdf.words import Word, hull

_VALUE = re.compile(r"^([+\-－]?\d[\d.,，]*(万元|元|件)?|[-—–/／]+|无)$")
_NUMBERED = re.compile(r"^([（(][一二三四五六七八九十]{1,2}[）)]|[一二三四五六七八九十]{1,2}、|\d{1,2}\s*[.．、])")
_BARE_NUMBER = re.compile(r"^\d{1,2}\s*[.．、]$")
_PROSE = re.compile(r"[。；]")
_FEWEST_ROWS = 2  # lines with values that make a table
_LOOSE_LINES = 5  # label lines that may stand between two lines with values
_NEW_COLUMNS = 2  # columns that a row may add to a table and still belong to it
_LINE_GAP = 0.75  # type sizes between the lines of one label
_SAME_BASE = 0.3
_WIDE = 0.75  # a word wider than this share of the text is prose


@dataclass(slots=True)
class _Label:
    """Words one below the other that are one label."""

    words: list[Word]
    row: int | None = None

    @property
    def text(self) -> str:
        return "".join(word.text for word in self.words)

    @property
    def box(self) -> Box:
        return hull(word.box for word in self.words)


@dataclass(slots=True)
class _Block:
    """Consecutive lines of one column structure: `first` and `last` index lines, `columns` are x-ranges."""

    first: int
    last: int
    columns: list[tuple[float, float]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)


def lines_to_tables(lines: Sequence[Sequence[Word]], width: float) -> list[tuple[int, int, Table]]:
    """(first line, line after the last, table) for every unruled table; `width` is that of the page."""
    tables = []
    for block in _find_blocks(lines, width):
        if len(block.rows) < _FEWEST_ROWS and len(block.columns) < _FEWEST_ROWS:
            continue
        tables.append(_block_to_table(lines, block))
    return tables


def _find_blocks(lines: Sequence[Sequence[Word]], width: float) -> list[_Block]:
    """Blocks of lines with values, and the loose label lines between them."""
    blocks: list[_Block] = []
    for k, line in enumerate(lines):
        values = value_words(line)
        if not values or not _is_row(line, values):
            continue
        ranges = [(word.box[0], word.box[2]) for word in values]
        block = blocks[-1] if blocks else None
        between = lines[block.last + 1 : k] if block else ()
        if block and len(between) <= _LOOSE_LINES and not any(_parts_tables(own, block, width) for own in between):
            columns = merge_columns(block.columns, ranges)
            if columns is not None:
                block.last, block.columns = k, columns
                block.rows.append(k)
                continue
        blocks.append(_Block(k, k, ranges, [k]))
    return blocks


def value_words(line: Sequence[Word]) -> list[Word]:
    """The values at the end of a line."""
    values: list[Word] = []
    for word in reversed(line):
        if not _VALUE.match(word.text) or _BARE_NUMBER.match(word.text):
            break
        values.insert(0, word)
    return values


def _is_row(line: Sequence[Word], values: Sequence[Word]) -> bool:
    """Several values, or a label with a value well behind it."""
    if len(values) > 1:
        return True
    return len(line) > 1 and not _PROSE.search("".join(word.text for word in line[:-1]))


def _parts_tables(line: Sequence[Word], block: _Block, width: float) -> bool:
    """Prose, and heads or captions that stand over the values: no label goes there."""
    if _PROSE.search("".join(word.text for word in line)):
        return True
    left = block.columns[0][0]
    return any(word.box[2] - word.box[0] > _WIDE * width or word.x > left for word in line)


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


def _block_to_table(lines: Sequence[Sequence[Word]], block: _Block) -> tuple[int, int, Table]:
    """The table of a block; label lines right above its first row and below its last one are taken along."""
    first, last = _reach(lines, block)
    values = {k: value_words(lines[k]) for k in block.rows}
    bases = [values[k][0].base for k in block.rows]
    labels = _chain_labels(
        [word for k in range(first, last) for word in lines[k] if word not in values.get(k, ())], bases
    )
    for label in labels:
        label.row = _nearest_row(label, [values[k][0] for k in block.rows])
    rows = []
    for place, k in enumerate(block.rows):
        own = sorted((label for label in labels if label.row == place), key=lambda label: label.box[0])
        cells = [TextCell(label.text, label.box) for label in own]
        rows.append((cells, [_value_cell(values[k], column) for column in block.columns]))
    depth = max(len(cells) for cells, _ in rows)
    box = hull(word.box for k in range(first, last) for word in lines[k])
    padded = [tuple(cells + [TextCell("", box)] * (depth - len(cells)) + own) for cells, own in rows]
    return first, last, Table(tuple(padded), box)


def _value_cell(values: Sequence[Word], column: tuple[float, float]) -> TextCell:
    for word in values:
        if word.box[0] < column[1] and word.box[2] > column[0]:
            return TextCell(word.text, word.box)
    y0, y1 = values[0].box[1], values[0].box[3]
    return TextCell("", (column[0], y0, column[1], y1))


def _reach(lines: Sequence[Sequence[Word]], block: _Block) -> tuple[int, int]:
    """The lines of the block with the label lines above its first and below its last row: symmetric about a row."""
    left = block.columns[0][0]

    def loose(k: int) -> bool:
        return all(word.box[2] <= left + 1 for word in lines[k])

    first, last = block.first, block.last + 1
    while first > 0 and loose(first - 1) and _close(lines[first - 1], lines[first]):
        first -= 1
    while last < len(lines) and loose(last) and _close(lines[last - 1], lines[last]):
        last += 1
    return first, last


def _close(upper: Sequence[Word], lower: Sequence[Word]) -> bool:
    size = min(upper[0].size, lower[0].size)
    return lower[0].base - upper[0].base < (1 + _LINE_GAP) * size and not _NUMBERED.match(lower[0].text)


def _chain_labels(words: Sequence[Word], bases: Sequence[float]) -> list[_Label]:
    """Label words, those below one another without a gap as one; a numbered word begins a new one."""
    labels: list[_Label] = []
    for word in sorted(words, key=lambda word: (word.base, word.box[0])):
        beside = any(abs(other.base - word.base) < _SAME_BASE * word.size and other.x > word.x for other in words)
        label = next((label for label in reversed(labels) if _goes_on(label, word, bases, beside)), None)
        if label:
            label.words.append(word)
        else:
            labels.append(_Label([word]))
    return labels


def _goes_on(label: _Label, word: Word, bases: Sequence[float], beside: bool) -> bool:
    """Whether the word is the next line of the label. One line of a label stands on a row at most; only a group's label
    that has others `beside` it runs over several rows.
    """
    above = label.words[-1]
    size = min(above.size, word.size)
    gap = word.box[1] - above.box[3]
    overlap = min(above.box[2], word.box[2]) - max(above.box[0], word.box[0])
    narrow = min(above.box[2] - above.box[0], word.box[2] - word.box[0])
    if _NUMBERED.match(word.text) or not -_SAME_BASE * size < gap < _LINE_GAP * size or overlap < narrow / 2:
        return False
    lines = [*label.words, word]
    on_row = [any(abs(line.base - base) <= _SAME_BASE * size for base in bases) for line in lines]
    return sum(on_row) <= 1 or (beside and len(label.text) <= 4 * len(label.words))


def _nearest_row(label: _Label, rows: Sequence[Word]) -> int:
    middle = (label.box[1] + label.box[3]) / 2
    return min(range(len(rows)), key=lambda k: abs(rows[k].y - middle))
