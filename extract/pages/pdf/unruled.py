"""Text lines outside ruled tables → tables that are laid out without ruling.

Rows are the baselines on which values stand, columns the x-ranges of the values; label pieces above and below a
baseline are gathered into the label of the nearest row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extract.pages.pdf.columns import empty_cells, join_staggered, loosen_value, merge_columns, rejoin_cut, slot_cells
from extract.pages.pdf.drawing import INK, Box, Glyph
from extract.pages.pdf.heads import (
    Range,
    Slot,
    begins_table,
    fit_columns,
    is_headed,
    leaf_heads,
    match_heads,
    merge_under,
)
from extract.pages.pdf.labels import (
    LINE_GAP,
    NUMBERED,
    Label,
    begins_row_name,
    blank_rows,
    chain_labels,
    contested_rows,
    is_group_name,
    is_group_part,
    is_label_part,
    mark_labels,
    nameless_rows,
    nearest_row,
)
from extract.pages.pdf.named import split_named, take_blank_rows
from extract.pages.pdf.ruled import Table, TextCell
from extract.pages.pdf.values import CAPTION, PROSE, UNSURE, value_words
from extract.pages.pdf.words import Word, hull, make_word
from extract.pages.pdf.wrapped import join_wrapped
from extract.quick import replace

_HEAD_LINES = 8  # lines above the first values in which column heads stand
_FEWEST_ROWS = 2  # lines with values that make a table
_LOOSE_LINES = 5  # lines of one label that may stand between two lines with values
_LABEL_LINES = 2.0  # type sizes between the baselines of two lines of a label
_HALVES = (
    1.8  # type sizes between two base lines that may be one row: numbers at the top and at the bottom of their cells
)
_ONE_LINE = 1.1  # the same where no two rows can be
_ROW_GAP = 4.0  # type sizes between the base lines of two rows of which one is left blank
_BESIDE = 0.5  # type sizes between the base lines of a row's values and a line of its label beside them
_ON_ROW = 0.3  # type sizes between the base lines of a row's values and its label
_MOST_LOST = 100  # values in no table beside those of tables; a page of more holds none
_FEWEST_GAPS = 3  # between the lines of a table that tell how far they stand apart
_STANDS_OFF = 1.7  # times the widest of them, by which a line stands off it
_DIGIT = re.compile(r"\d")
_WIDE = 0.75  # a word wider than this share of the page is prose


@dataclass(slots=True)
class _Block:
    """Consecutive lines of one column structure: `first` and `last` index lines, `columns` are x-ranges."""

    first: int
    last: int
    columns: list[tuple[float, float]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)


def lines_to_pieces(
    lines: Sequence[Sequence[Word]],
    width: float,
    frame: Sequence[Range] = (),
    heads_before: Sequence[tuple[Word, ...]] = (),
    *,
    scanned: bool = False,
) -> list[tuple[float, Table | tuple[Word, ...]]]:
    """(height on the page, unruled table or line) in order; `width` is that of the page.

    `frame` are the columns of a table that ends right above the lines: rows at their very top may belong to it, or to
    the `heads_before` at the end of the page before. Of a `scanned` page no row is known to be blank: its values may
    not have been seen.
    """
    pieces: list[tuple[float, Table | tuple[Word, ...]]] = []
    lines = rest = mark_labels(join_wrapped(join_staggered(lines)))
    start, before = 0, frame
    for block in _find_blocks(lines, width, frame):
        alone = len(block.rows) < _FEWEST_ROWS and len(block.columns) < _FEWEST_ROWS
        above = lines[block.first - 1] if block.first else heads_before[-1] if heads_before else ()
        goes_on = all(_is_of_labels(line) for line in rest[start : block.first]) and block.first > start
        in_frame = goes_on and fit_columns(block.columns, before, None)
        if alone and not in_frame and not is_headed(above, value_words(lines[block.first])[0]):
            continue
        first, last, table, heads = _block_to_table(rest, block, before, start, () if start else heads_before)
        top = () if start else frame
        pieces += _lines_to_pieces(rest[start:first], heads, () if start else heads_before, top, scanned=scanned)
        pieces.append((rest[first][0].y if first < len(rest) else table.box[1], table))
        start, before = max(start, last), table.columns
    pieces += _lines_to_pieces(rest[start:], (), () if start else heads_before, () if start else frame, scanned=scanned)
    return pieces if scanned else _doubt_lost(pieces)


def _doubt_lost(
    pieces: Sequence[tuple[float, Table | tuple[Word, ...]]],
) -> list[tuple[float, Table | tuple[Word, ...]]]:
    """The pieces; an empty cell at the height of a line that is in no table is in doubt where a value of that line
    stands in its column: it may be the cell's.
    """
    lost = [word for _, line in pieces if not isinstance(line, Table) for word in value_words(line)]
    if not 0 < len(lost) <= _MOST_LOST:
        return [*pieces]
    return [(y, _doubt_beside(own, lost) if isinstance(own, Table) else own) for y, own in pieces]


def _doubt_beside(table: Table, lost: Sequence[Word]) -> Table:
    x0, y0, x1, y1 = table.box
    near = [word for word in lost if y0 - word.size < word.base < y1 + word.size and x0 < word.x < x1]
    if not near:
        return table
    rows = tuple(
        tuple(
            replace(cell, text=INK, fixed=False)
            if k >= table.labels and not cell.text and any(_is_beside(cell, own) for own in near)
            else cell
            for k, cell in enumerate(row)
        )
        for row in table.rows
    )
    return replace(table, rows=rows)


def _is_beside(cell: TextCell, word: Word) -> bool:
    x0, y0, x1, y1 = cell.box
    return x0 < word.box[2] and word.box[0] < x1 and y0 - _BESIDE * word.size < word.y < y1 + _BESIDE * word.size


def _lines_to_pieces(
    lines: Sequence[tuple[Word, ...]],
    taken: Sequence[Glyph],
    before: Sequence[tuple[Word, ...]],
    frame: Sequence[Range],
    *,
    scanned: bool,
) -> list[tuple[float, Table | tuple[Word, ...]]]:
    """The lines without the characters that are in a table's head, and rows of names alone; see split_named and
    take_blank_rows.
    """
    gone = {id(glyph) for glyph in taken}
    pieces: list[tuple[float, Table | tuple[Word, ...]]] = []
    blank = None if scanned else take_blank_rows(lines, frame)
    if blank:
        pieces.append((lines[0][0].y, blank))
        lines = lines[len(blank.rows) :]
    named = [*enumerate(lines)] if scanned else split_named(lines, before)
    for place, piece in named:
        if isinstance(piece, Table):
            pieces.append((lines[place][0].y, piece))
            continue
        kept = [[glyph for glyph in word.glyphs if id(glyph) not in gone] for word in piece] if gone else []
        words = tuple(make_word(glyphs) for glyphs in kept if glyphs) if gone else piece
        if words:
            pieces.append((piece[0].y, words))
    return pieces


def _find_blocks(lines: list[tuple[Word, ...]], width: float, frame: Sequence[Range]) -> list[_Block]:
    """Blocks of lines with values, and the loose label lines between them; numbers cut in two are put together."""
    blocks: list[_Block] = []
    for k, line in enumerate(lines):
        values = value_words(line)
        block = blocks[-1] if blocks else None
        columns = block.columns if block else frame
        if not values or not (_is_row(line, values) or (columns and _is_lone(lines, k, columns[0][0]))):
            continue
        if block and _is_label_piece(values, block):
            continue
        ranges = [(word.box[0], word.box[2]) for word in values]
        between = lines[block.last + 1 : k] if block else []
        if (
            block
            and _loose_lines(between) <= _LOOSE_LINES
            and not _parted(between, block, width)
            and not _stands_off(lines, block, k)
        ):
            line = rejoin_cut(line, block.columns)
            own = [(word.box[0], word.box[2]) for word in value_words(line)]
            merged = merge_columns(block.columns, own)
            if merged is None and _may_be_half(value_words(lines[block.last]), value_words(line), block.columns):
                merged = sorted([*block.columns, *own])
            if merged is None and block.first:
                merged = merge_under(lines[block.first - 1], block.columns, own)
            if merged is not None:
                lines[k] = line
                block.last, block.columns = k, merged
                block.rows.append(k)
                continue
        blocks.append(_Block(k, k, ranges, [k]))
    return blocks


def _loose_lines(between: Sequence[Sequence[Word]]) -> int:
    """The most lines that follow one another, begin no label and are no part of one that the form knows."""
    runs = "".join("|" if _is_of_labels(line) else "." for line in between).split("|")
    return max(map(len, runs))


def _is_of_labels(line: Sequence[Word]) -> bool:
    return any(NUMBERED.match(word.text) for word in line) or all(is_label_part(word.text) for word in line)


def _stands_off(lines: Sequence[Sequence[Word]], block: _Block, k: int) -> bool:
    """Whether more paper parts line k from the block than any two lines within it: another table begins."""
    bases = [line[0].base for line in lines[block.first : k + 1]]
    gaps = [lower - upper for upper, lower in pairwise(bases)]
    within, beyond = gaps[: block.last - block.first], gaps[block.last - block.first :]
    return len(within) >= _FEWEST_GAPS and max(beyond) > _STANDS_OFF * max(*within, lines[k][0].size)


def _may_be_half(upper: Sequence[Word], lower: Sequence[Word], columns: Sequence[Range]) -> bool:
    """Whether the values close below those of a row stand in none of the columns of its table: they may be its own."""
    if not upper or lower[0].base - upper[0].base >= _HALVES * min(upper[0].size, lower[0].size):
        return False
    return not any(word.box[0] < x1 and word.box[2] > x0 for word in lower for x0, x1 in columns)


def _is_row(line: Sequence[Word], values: Sequence[Word]) -> bool:
    """Several values, or a label with a value well behind it."""
    if len(values) > 1:
        return True
    return len(line) > 1 and not PROSE.search("".join(word.text for word in line[:-1]))


def _is_label_piece(values: Sequence[Word], block: _Block) -> bool:
    """Whether what looks like a mark for none stands left of all values: 无 of a label that is broken into lines."""
    marks = not any(character.isdigit() for word in values for character in word.text)
    return marks and all(word.box[2] < block.columns[0][0] for word in values)


def _is_lone(lines: Sequence[Sequence[Word]], k: int, left: float) -> bool:
    """Whether the one value of a row stands level with the gap between two lines of the row's label, which end at
    `left`.
    """
    if k == 0 or k + 1 == len(lines) or len(lines[k]) != 1:
        return False
    upper, lower = lines[k - 1], lines[k + 1]
    apart = lower[0].base - upper[0].base
    return all(word.box[2] <= left for word in (*upper, *lower)) and apart < _LABEL_LINES * upper[0].size


def _parted(between: Sequence[Sequence[Word]], block: _Block, width: float) -> bool:
    return any(_parts_tables(line, block, width) for line in between)


def _parts_tables(line: Sequence[Word], block: _Block, width: float) -> bool:
    """Prose, headings, and heads or captions that stand over the values: no label goes there, but the name of a group
    alone on its line may be centred over the whole row.
    """
    if PROSE.search("".join(word.text for word in line)) or CAPTION.match(line[0].text) or begins_table(line):
        return True
    left = block.columns[0][0]
    return not _is_banner(line) and any(word.box[2] - word.box[0] > _WIDE * width or word.x > left for word in line)


def _is_banner(line: Sequence[Word]) -> bool:
    return len(line) == 1 and is_group_name(line[0].text)


def _block_to_table(
    lines: Sequence[Sequence[Word]],
    block: _Block,
    frame: Sequence[Range],
    start: int,
    heads_before: Sequence[Sequence[Word]],
) -> tuple[int, int, Table, list[Glyph]]:
    """(first line, line after the last, table, characters of its head above the first line).

    Label lines right above the first row, from line `start` on, and below the last one are taken along.
    """
    lines = [*lines]
    for k in block.rows:
        lines[k] = loosen_value(lines[k], block.columns)
    first, last = _reach(lines, block, start)
    values = {k: value_words(lines[k]) for k in block.rows}
    words = [word for k in range(first, last) for word in lines[k] if word not in values.get(k, ())]
    slots = _find_slots([*heads_before, *lines[start:first]], block, words, frame)
    labels = chain_labels(words, [values[k][0].base for k in block.rows])
    near = [k for k in range(max(start, first - 1), min(len(lines), last + 1)) if k not in values]
    alone = [value_words(lines[k]) for k in near if len(value_words(lines[k])) == len(lines[k])]
    stray = [word for own in alone for word in own if _DIGIT.search(word.text)]
    rows = _to_rows(labels, [values[k] for k in block.rows], block, slots, stray)
    depth = max(len(cells) for cells, _ in rows)
    box = hull(word.box for k in range(first, last) for word in lines[k])
    heads = [slot.head for slot in slots if slot.head]
    if heads:
        rows.insert(0, ([], [_head_cell(slot, box) for slot in slots]))
    padded = [(*cells, *[TextCell("", box)] * (depth - len(cells)), *own) for cells, own in rows]
    table = Table(tuple(padded), box, tuple(slot.x for slot in slots), depth)
    return first, last, table, [glyph for head in heads for word in head.words for glyph in word.glyphs]


def _to_rows(
    labels: Sequence[Label],
    values: Sequence[Sequence[Word]],
    block: _Block,
    slots: Sequence[Slot],
    stray: Sequence[Word],
) -> list[tuple[list[TextCell], list[TextCell]]]:
    """The rows from top to bottom, each its labels and its cells, empty where only labels are printed.

    A number of no row (`stray`) right above or below a cell may be a part of that cell's, which then is unsure.
    In a scan the values of such a row may not have been seen.
    """
    scanned = any(word.readings for own in values for word in own)
    heights = [own[0].y for own in values]
    nameless = {} if scanned else nameless_rows(labels, heights)
    taken = [label for near in nameless.values() for label in near]
    blank = [] if scanned else [label for label in blank_rows(labels, heights) if label not in taken]
    cells = [(own[0].y, slot_cells(own, block.columns, slots)) for own in values]
    if not scanned:
        _doubt_halves(cells, values, labels)
        _doubt_wrapped(cells, values, stray)
    for k in contested_rows(nameless):
        cells[k] = (cells[k][0], [_doubted(cell) for cell in cells[k][1]])
    cells += [(label.middle, empty_cells(label.box, slots)) for label in blank]
    cells.sort(key=lambda pair: pair[0])
    middles = [middle for middle, _ in cells]
    for label in labels:
        label.row = nearest_row(label, middles)
    rows = []
    for place, (_, own_cells) in enumerate(cells):
        own = sorted((label for label in labels if label.row == place), key=lambda label: label.box[0])
        rows.append(([TextCell(label.text, label.box) for label in own], own_cells))
    return rows


def _doubt_wrapped(
    cells: Sequence[tuple[float, list[TextCell]]], values: Sequence[Sequence[Word]], stray: Sequence[Word]
) -> None:
    """Marks the cells right above or below which a number of no row stands."""
    for (_, row), own in zip(cells, values, strict=True):
        near = [word for word in stray if abs(word.base - own[0].base) < _HALVES * word.size]
        for k, cell in enumerate(row):
            if any(word.box[0] < cell.box[2] and cell.box[0] < word.box[2] for word in near):
                row[k] = _doubted(cell)


def _doubt_halves(
    cells: list[tuple[float, list[TextCell]]], values: Sequence[Sequence[Word]], labels: Sequence[Label]
) -> None:
    """Marks what may be one row, printed on two base lines: close together, in different columns, no label each. Of one
    whose other columns hold parts of broken numbers only the blanks are in doubt.
    """
    words = [(id(label), word) for label in labels if not is_group_part(label.text) for word in label.words]
    named = [{own for own, word in words if abs(word.base - row[0].base) <= _ON_ROW * word.size} for row in values]
    halves: set[int] = set()
    for k, (upper, lower) in enumerate(pairwise(values)):
        gap = (lower[0].base - upper[0].base) / min(upper[0].size, lower[0].size)
        over = [(a, b) for a in upper for b in lower if a.box[0] < b.box[2] and b.box[0] < a.box[2]]
        named_apart = named[k] - named[k + 1] and named[k + 1] - named[k]
        broken = all(a.text.endswith(UNSURE) and b.text.endswith(UNSURE) for a, b in over)
        if not over and (gap < _ONE_LINE or (gap < _HALVES and not named_apart)):
            halves |= {k, k + 1}
        elif broken and not named_apart and gap < _LABEL_LINES:
            _doubt_blanks(cells[k][1], cells[k + 1][1])
    merged = {k: [j for j in (k - 1, k, k + 1) if j in halves] for k in halves}
    rows = {
        k: [
            replace(own, text="".join(cells[j][1][i].text for j in near) + UNSURE, fixed=False)
            for i, own in enumerate(cells[k][1])
        ]
        for k, near in merged.items()
    }
    for k, row in rows.items():
        cells[k] = (cells[k][0], [replace(own, text=f"0{UNSURE}") if own.text == UNSURE else own for own in row])


def _doubt_blanks(upper: list[TextCell], lower: list[TextCell]) -> None:
    """Marks the blanks of each row where the other has a value."""
    for k, (one, other) in enumerate(zip(upper, lower, strict=True)):
        if one.text and not other.text:
            lower[k] = replace(other, text=INK, fixed=False)
        elif other.text and not one.text:
            upper[k] = replace(one, text=INK, fixed=False)


def _doubted(cell: TextCell) -> TextCell:
    return replace(cell, text=f"{cell.text.removesuffix(UNSURE) or '0'}{UNSURE}", fixed=False)


def _head_cell(slot: Slot, box: Box) -> TextCell:
    return (
        TextCell(slot.head.text, slot.head.box) if slot.head else TextCell("", (slot.x[0], box[1], slot.x[1], box[1]))
    )


def _find_slots(
    above: Sequence[Sequence[Word]], block: _Block, labels: Sequence[Word], frame: Sequence[Range]
) -> list[Slot]:
    """The columns of the table: by its frame, where at most the rest of a label parts them, otherwise by its heads."""
    block.columns.sort()
    left = max((word.box[2] for word in labels if not is_group_name(word.text)), default=None)
    headed = any(begins_table(line) or CAPTION.match(line[0].text) for line in above)
    below_frame = not headed and all(word.box[2] <= block.columns[0][0] for line in above for word in line)
    fitted = fit_columns(block.columns, frame, left) if below_frame else []
    return fitted or match_heads(block.columns, leaf_heads(above[-_HEAD_LINES:], block.columns, left))


def _reach(lines: Sequence[Sequence[Word]], block: _Block, start: int) -> tuple[int, int]:
    """The lines of the block with the label lines above its first and below its last row: symmetric about a row."""
    left = block.columns[0][0]

    def loose(k: int) -> bool:
        return all(word.box[2] <= left + 1 for word in lines[k]) and not PROSE.search(lines[k][-1].text)

    first, last = block.first, block.last + 1
    blank = not any(word.readings for k in block.rows for word in lines[k])
    while first > start and loose(first - 1) and _goes_with(lines[first - 1], lines[first], lines[first - 1], blank):
        first -= 1
    while last < len(lines) and loose(last) and _goes_with(lines[last - 1], lines[last], lines[last], blank):
        last += 1
    return first, last


def _goes_with(upper: Sequence[Word], lower: Sequence[Word], label: Sequence[Word], blank: bool) -> bool:
    """Whether the `label` line is another line of a row, or where rows may be `blank` of the name of one."""
    gap = lower[0].base - upper[0].base
    named = begins_row_name(label[-1].text) or all(is_label_part(word.text) for word in label)
    return _close(upper, lower) or (blank and named and gap < _ROW_GAP * label[-1].size)


def _close(upper: Sequence[Word], lower: Sequence[Word]) -> bool:
    """Whether two lines may be of one row: what stands beside is, what stands below begins no other row."""
    size = min(upper[0].size, lower[0].size)
    gap = lower[0].base - upper[0].base
    begins = NUMBERED.match(lower[0].text) or CAPTION.match(lower[0].text)
    return gap < _BESIDE * size or (gap < (1 + LINE_GAP) * size and not begins)
