"""Text lines outside ruled tables → tables that are laid out without ruling.

Rows are the baselines on which values stand, columns the x-ranges of the values; label pieces above and below a
baseline are gathered into the label of the nearest row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.pages.pdf.columns import (
    CAPTION,
    PROSE,
    head_columns,
    loosen_value,
    merge_columns,
    value_cell,
    value_words,
)
from extract.pages.pdf.labels import LINE_GAP, NUMBERED, chain_labels, nearest_row
from extract.pages.pdf.ruled import Table, TextCell
from extract.pages.pdf.words import Word, hull

_HEAD_LINES = 8  # lines above the first values in which column heads stand
_FEWEST_ROWS = 2  # lines with values that make a table
_LOOSE_LINES = 5  # label lines that may stand between two lines with values
_WIDE = 0.75  # a word wider than this share of the page is prose


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
        if block and k - block.last - 1 <= _LOOSE_LINES and not _parted(lines[block.last + 1 : k], block, width):
            columns = merge_columns(block.columns, ranges)
            if columns is not None:
                block.last, block.columns = k, columns
                block.rows.append(k)
                continue
        blocks.append(_Block(k, k, ranges, [k]))
    return blocks


def _is_row(line: Sequence[Word], values: Sequence[Word]) -> bool:
    """Several values, or a label with a value well behind it."""
    if len(values) > 1:
        return True
    return len(line) > 1 and not PROSE.search("".join(word.text for word in line[:-1]))


def _parted(between: Sequence[Sequence[Word]], block: _Block, width: float) -> bool:
    return any(_parts_tables(line, block, width) for line in between)


def _parts_tables(line: Sequence[Word], block: _Block, width: float) -> bool:
    """Prose, and heads or captions that stand over the values: no label goes there."""
    if PROSE.search("".join(word.text for word in line)) or CAPTION.match(line[0].text):
        return True
    left = block.columns[0][0]
    return any(word.box[2] - word.box[0] > _WIDE * width or word.x > left for word in line)


def _block_to_table(lines: Sequence[Sequence[Word]], block: _Block) -> tuple[int, int, Table]:
    """The table of a block; label lines right above its first row and below its last one are taken along."""
    lines = [*lines]
    for k in block.rows:
        lines[k] = loosen_value(lines[k], block.columns)
    first, last = _reach(lines, block)
    labelled = any(len(value_words(lines[k])) < len(lines[k]) for k in block.rows) or last - first > len(block.rows)
    block.columns = head_columns(lines[max(0, first - _HEAD_LINES) : first], block.columns, labelled)
    values = {k: value_words(lines[k]) for k in block.rows}
    bases = [values[k][0].base for k in block.rows]
    labels = chain_labels(
        [word for k in range(first, last) for word in lines[k] if word not in values.get(k, ())], bases
    )
    for label in labels:
        label.row = nearest_row(label, [values[k][0] for k in block.rows])
    rows = []
    for place, k in enumerate(block.rows):
        own = sorted((label for label in labels if label.row == place), key=lambda label: label.box[0])
        cells = [TextCell(label.text, label.box) for label in own]
        rows.append((cells, [value_cell(values[k], column) for column in block.columns]))
    depth = max(len(cells) for cells, _ in rows)
    box = hull(word.box for k in range(first, last) for word in lines[k])
    padded = [tuple(cells + [TextCell("", box)] * (depth - len(cells)) + own) for cells, own in rows]
    return first, last, Table(tuple(padded), box)


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
    return lower[0].base - upper[0].base < (1 + LINE_GAP) * size and not (
        NUMBERED.match(lower[0].text) or CAPTION.match(lower[0].text)
    )
