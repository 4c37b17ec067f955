"""Which columns a table without ruling has: those of its values, and those that only its head or its frame shows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from statistics import median

from extract.forms import form_ids, load_form
from extract.pages.pdf.labels import NUMBERED, Label
from extract.pages.pdf.values import CAPTION, PROSE, value_words
from extract.pages.pdf.words import Word, make_word
from extract.quick import record
from extract.textform import bare_label, squeeze

Range = tuple[float, float]
"""From x to x, in points."""

_SEAM = 0.15  # type sizes between two heads that stand so close that they look like one word
_TIGHT = 0.05  # type sizes between the characters of a word; text that is set wider has no seams
_LITTLE_WIDER = 1.3  # times the widest step between two columns, that the head of one may be wide
_FEWEST_STACKED = 3  # heads of several lines that name the columns of a table
_SLACK = 2.0  # points that a head may begin before the labels end
_NO_HEAD, _NO_VALUE = (
    3.0,
    0.5,
)  # costs, in widths of a column, of a column without head (rare) and of one without values
_OVER = 0.45  # widths of a column that values may stand beside their head; from half of one on they may be another's
_OFF_CENTRE = 0.1  # of the distance between the middles of a head and its values; left and right heads are usual


@record
class Slot:
    """A column of an unruled table. `value` is the index of its value column, None where no row has a value in it.

    `sure`: it has a head that stands over its values, or it is a column of the frame.
    """

    x: Range
    value: int | None
    head: Label | None = None
    sure: bool = False


def leaf_heads(lines: Sequence[Sequence[Word]], columns: Sequence[Range], left: float | None) -> list[Label]:
    """The lowest heads over the value columns, from left to right; `left` is where the labels end, None without any.

    `lines` are those above the first row. A head over the labels is none; where none is seen to stand over them, the
    first one does, unless it is the form's head of a column.
    """
    widest = max((b[0] - a[0] for a, b in pairwise(columns)), default=math.inf)
    leaves: list[Label] = []
    over_labels = left is None
    for line in reversed(lines):
        if value_words(line) or PROSE.search(line[-1].text) or any(p.match(line[0].text) for p in (CAPTION, NUMBERED)):
            break
        for head in (part for word in line for part in _split_at_seams(word)):
            if (left is not None and head.box[0] < left - _SLACK and head.box[2] < columns[0][0]) or squeeze(
                head.text
            ) in _corners():
                over_labels = True
            elif _is_over_one(head, columns, widest) and squeeze(head.text) not in _group_heads():
                _add_head(leaves, head)
    leaves.sort(key=lambda leaf: leaf.box[0])
    over_labels = over_labels or (bool(leaves) and squeeze(leaves[0].text) in _column_heads())
    return leaves if over_labels else leaves[1:]


def _is_over_one(head: Word, columns: Sequence[Range], widest: float) -> bool:
    """Whether a head stands over one column: narrower than the widest step between two, or little wider."""
    width = head.box[2] - head.box[0]
    over = sum(head.box[0] < end and start < head.box[2] for start, end in columns)
    return width < widest or (width < _LITTLE_WIDER * widest and over == 1)


def begins_table(line: Sequence[Word]) -> bool:
    """Whether a line is the heading of a section, or holds heads that stand over several columns or the labels."""
    return bare_label("".join(word.text for word in line)) in _headings() or any(
        squeeze(word.text) in _group_heads() for word in line
    )


@cache
def _headings() -> frozenset[str]:
    """The headings of the sections, without their numbers."""
    sections = (section for form in form_ids() for section in load_form(form).sections)
    return frozenset(squeeze(text) for section in sections for text in (section.heading, *section.aliases))


@cache
def _corners() -> frozenset[str]:
    """What stands over the labels of the statutory tables."""
    return frozenset(squeeze(spec.corner) for form in form_ids() for spec in load_form(form).tables)


@cache
def _group_heads() -> frozenset[str]:
    """The heads of the statutory tables that stand over several columns."""
    return frozenset(
        squeeze(label) for form in form_ids() for spec in load_form(form).tables for label in spec.head_labels
    )


def column_heads(line: Sequence[Word]) -> list[Word]:
    """The words of a line that are whole heads of columns, also where they stand so close that they look like one."""
    return [part for word in line for part in _split_at_seams(word) if _is_column_head(part)]


def _is_column_head(word: Word) -> bool:
    return squeeze(word.text) in _column_heads()


def stacked_heads(lines: Sequence[Sequence[Word]]) -> list[Label]:
    """The heads of columns that are broken into the last of these lines, from left to right; none where they
    are fewer than three or something else stands among them.
    """
    heads: list[Label] = []
    for line in reversed(lines):
        if value_words(line) or PROSE.search(line[-1].text) or CAPTION.match(line[0].text):
            break
        for word in (part for whole in line for part in _split_at_seams(whole)):
            if squeeze(word.text) not in _group_heads() | _corners():
                _add_head(heads, word)
    heads.sort(key=lambda head: head.box[0])
    known = [squeeze(head.text) in _column_heads() for head in heads]
    first = max((k + 1 for k, own in enumerate(known) if not own), default=0)
    return heads[first:] if len(heads) - first >= _FEWEST_STACKED else []


def is_headed(above: Sequence[Word], value: Word) -> bool:
    """Whether the line above a row with one value holds the heads of several columns, one of them over the value."""
    heads = column_heads(above)
    over = any(word.box[0] < value.box[2] and value.box[0] < word.box[2] for word in heads)
    return over and len(heads) > 1


def merge_under(above: Sequence[Word], columns: Sequence[Range], ranges: Sequence[Range]) -> list[Range] | None:
    """The columns and those of a row that stand each under another head of the line above; None where they do not."""
    heads = column_heads(above)
    merged: dict[int, Range] = {}
    for group in (columns, ranges):
        nearest = nearest_heads(group, heads) if len(heads) > 1 else None
        if nearest is None:
            return None
        for k, own in zip(nearest, group, strict=True):
            merged[k] = _join(merged.get(k, own), own)
    return sorted(merged.values())


def nearest_heads(ranges: Sequence[Range], heads: Sequence[Word]) -> list[int] | None:
    """The place of the head that each range stands under, another one each; None where they do not."""
    reach = min((b.x - a.x for a, b in pairwise(heads)), default=math.inf) / 2
    middles = [(start + end) / 2 for start, end in ranges]
    nearest = [min(range(len(heads)), key=lambda k: abs(heads[k].x - middle)) for middle in middles]
    far = any(abs(heads[k].x - middle) >= reach for k, middle in zip(nearest, middles, strict=True))
    return None if far or len(set(nearest)) < len(nearest) else nearest


@cache
def _column_heads() -> frozenset[str]:
    """The heads of the columns of the statutory tables."""
    blocks = (block for form in form_ids() for spec in load_form(form).tables for block in spec.blocks)
    return frozenset(squeeze(label) for block in blocks for column in block.columns for label in column.labels)


def _add_head(leaves: list[Label], head: Word) -> None:
    """A head over none is a leaf, one over a single leaf another line of it, one over several their group's."""
    hits = [leaf for leaf in leaves if head.box[0] < leaf.box[2] and head.box[2] > leaf.box[0]]
    if not hits:
        leaves.append(Label([head]))
    elif len(hits) == 1:
        hits[0].words.insert(0, head)


def _split_at_seams(word: Word) -> list[Word]:
    """The heads that stand close together in one word: gaps where the other characters have none."""
    gaps = [b.box[0] - a.box[2] for a, b in pairwise(word.glyphs)]
    if not gaps or _is_column_head(word) or median(gaps) > _TIGHT * word.size:
        return [word]
    parts = [[word.glyphs[0]]]
    for gap, glyph in zip(gaps, word.glyphs[1:], strict=True):
        if gap > _SEAM * word.size:
            parts.append([])
        parts[-1].append(glyph)
    return [make_word(part) for part in parts] if len(parts) > 1 else [word]


def match_heads(columns: Sequence[Range], heads: Sequence[Label]) -> list[Slot]:
    """Value columns and heads joined in their order, at the least distance; what stays alone is a column too.

    Values that all stand to one side of the middles of their heads are taken for set to that side.
    """
    cost, slots = _match_heads(columns, heads, 0.0)
    apart = [_middle(slot.x) - _middle(slot.head.box[::2]) for slot in slots if slot.head and slot.value is not None]
    aside = _match_heads(columns, heads, median(apart)) if apart else (cost, slots)
    return min((cost, slots), aside, key=lambda way: way[0])[1]


def _middle(x: Sequence[float]) -> float:
    return sum(x) / 2


def _match_heads(columns: Sequence[Range], heads: Sequence[Label], aside: float) -> tuple[float, list[Slot]]:
    """(cost, slots) where the values stand so far `aside` of the middles of their heads."""
    ranges = [(head.box[0] + aside, head.box[2] + aside) for head in heads]
    pitch = median(b[0] - a[0] for a, b in pairwise(ranges)) if len(heads) > 1 else 1.0
    best: list[list[tuple[float, list[Slot]]]] = [[(0.0, [])] * (len(heads) + 1) for _ in range(len(columns) + 1)]
    for j in range(len(columns) + 1):
        for k in range(len(heads) + 1):
            ways = []
            if j:
                cost, slots = best[j - 1][k]
                ways.append((cost + _NO_HEAD, [*slots, Slot(columns[j - 1], j - 1)]))
            if k:
                cost, slots = best[j][k - 1]
                ways.append((cost + _NO_VALUE, [*slots, Slot(ranges[k - 1], None, heads[k - 1], sure=True)]))
            if j and k:
                cost, slots = best[j - 1][k - 1]
                distance = _distance(columns[j - 1], ranges[k - 1]) / max(pitch, 1.0)
                slot = Slot(columns[j - 1], j - 1, heads[k - 1], sure=distance < _OVER)
                ways.append((cost + distance, [*slots, slot]))
            if ways:
                best[j][k] = min(ways, key=lambda way: way[0])
    return best[-1][-1]


def _distance(column: Range, head: Range) -> float:
    apart = max(0.0, column[0] - head[1], head[0] - column[1])
    return apart + _OFF_CENTRE * abs(sum(column) - sum(head)) / 2


def fit_columns(columns: Sequence[Range], frame: Sequence[Range], left: float | None) -> list[Slot]:
    """The value columns in those of a `frame`, the columns of the table's head or of its piece on the page before.

    Empty where they do not fit. `left` is where the labels end, None without any.
    """
    frame = [own for own in frame if left is None or own[0] >= left - _SLACK]
    owners: dict[int, int] = {}
    for k, column in enumerate(columns):
        overlaps = [min(column[1], own[1]) - max(column[0], own[0]) for own in frame]
        place = max(range(len(frame)), key=overlaps.__getitem__, default=-1)
        if place < 0 or overlaps[place] <= 0 or place in owners:
            return []
        owners[place] = k
    return [
        Slot(_join(own, columns[owners[k]]) if k in owners else own, owners.get(k), sure=True)
        for k, own in enumerate(frame)
    ]


def _join(one: Range, other: Range) -> Range:
    return min(one[0], other[0]), max(one[1], other[1])
