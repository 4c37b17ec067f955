"""Glyphs → text lines by baseline, lines → words by gaps, words → text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median, median_low

from extract.pages.pdf.drawing import Box, Glyph
from extract.quick import record

_OVER = 0.22  # type sizes between the middles of two digits that stand over one another; those of one number have 0.3
_LEVEL = 0.12  # type sizes that their baselines and sizes differ
_PAIR, _PAIR_LEVEL = 2, 0.28  # the same of two digits alone, which a worn printer may set so
_NEXT_LINE = 0.9  # and from here on they are of two lines
_DOUBLE = 0.17  # type sizes that an overprinted character is shifted
_SAME_BASE = 0.45  # type sizes that baselines within one line may differ
_SUNK = 0.3  # of the smaller size: a superscript or a line of its own
_WORD_GAP = 1.2  # type sizes between two words of one line, where both are Chinese
_SEAM_GAP = 0.2  # type sizes between two words that were drawn apart
_BLANK_GAP = 0.18  # type sizes between two Latin words
_DIGIT_GAP = 0.45  # type sizes between digits of one number
_EXTRA_GAP = 0.12  # type sizes that a gap between two numbers is wider than those between their digits
_CELL_DIGIT_GAP = 0.9  # the same inside a ruled cell, where no other number stands
_DOWNWARD = 0.6  # share of steps from glyph to glyph that lead down, in vertical text
_LATIN = re.compile(r"[!-~]")
_NUMERIC = re.compile(r"[\d.,，\ufffc]")  # a mark that nobody has read stands in a number's place
_HALF = 0.5  # type sizes of a bracket that are blank: two words drawn apart may overlap so far
_ENDS = re.compile(r"[\u4e00-\u9fff）、”]")  # of the first of two labels that were drawn side by side
_BEGINS = re.compile(r"[\u4e00-\u9fff（“\d]")  # of the second
_DASHES = re.compile(r"[-－‒–—―]")
_THOUSANDS = re.compile(r"^\d{1,3}( \d{3})+$")


@record
class Word:
    """Glyphs that stand together on one line; of a number in a scan also its readings (RawCell).

    `score` (0..1): how surely they were recognised, where they had to be. `is_label`: whether it is a part of a label,
    though it may look like a value.
    """

    glyphs: tuple[Glyph, ...]
    text: str
    box: Box
    base: float
    readings: tuple[tuple[str, float], ...] = ()
    score: float = 1.0
    is_label: bool = False

    @property
    def x(self) -> float:
        return (self.box[0] + self.box[2]) / 2

    @property
    def y(self) -> float:
        return (self.box[1] + self.box[3]) / 2

    @property
    def size(self) -> float:
        return median(glyph.size for glyph in self.glyphs)


def drop_doubles(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs without those that are printed twice on one place: shadows, bold by overprinting."""
    kept: list[Glyph] = []
    seen: dict[tuple[str, int, int], Glyph] = {}
    step = max(median(glyph.size for glyph in glyphs) * _DOUBLE, 0.1) if glyphs else 1.0
    for glyph in glyphs:
        column, row = int(glyph.x // step), int(glyph.base // step)
        near = (seen.get((glyph.text, column + i, row + j)) for i in (-1, 0, 1) for j in (-1, 0, 1))
        if any(own and max(abs(own.x - glyph.x), abs(own.base - glyph.base)) <= step for own in near):
            continue
        seen[glyph.text, column, row] = glyph
        kept.append(glyph)
    return kept


def is_uneven(line: Sequence[Glyph]) -> bool:
    """Whether some digits of a line are no part of its number, and nobody knows which: marks of notes, stamps, shadows.

    They stand over one another, or those at one end are higher, lower, larger or smaller than those at the other.
    """
    digits = [glyph for glyph in line if glyph.text.isdigit()]
    level = _LEVEL if len(digits) > _PAIR else _PAIR_LEVEL
    changes = 0
    for left, right in pairwise(digits):
        size = min(left.size, right.size)
        if right.x - left.x < _OVER * size:
            return True
        apart = max(abs(left.base - right.base), abs(left.size - right.size)) / size
        changes += level < apart < _NEXT_LINE
    return changes == 1


def glyphs_to_lines(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Glyphs of one baseline together, from left to right; lines from top to bottom."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.base):
        if lines and _same_line(lines[-1], glyph):
            lines[-1].append(glyph)
        else:
            lines.append([*_cut_nearer(lines[-1] if lines else [], glyph), glyph])
    return [sorted(line, key=lambda glyph: glyph.box[0]) for line in lines]


def _cut_nearer(line: list[Glyph], glyph: Glyph) -> list[Glyph]:
    """The glyphs of the line, cut off it, that stand nearer to the baseline of the next: its numbers, in another font.

    The line itself began a little higher, with a word beside that is centred over several rows.
    """
    start = len(line)
    while start > 1 and _is_nearer(line[start - 1].base - line[0].base, glyph, line[start - 1]):
        start -= 1
    cut = line[start:]
    del line[start:]
    return cut


def _is_nearer(above: float, glyph: Glyph, other: Glyph) -> bool:
    below = glyph.base - other.base
    return below < above and below <= _SUNK * min(glyph.size, other.size)


def _same_line(line: list[Glyph], glyph: Glyph) -> bool:
    """Whether the glyph stands on the line's baseline, or is a small one raised or sunk beside it."""
    size = min(line[-1].size, glyph.size)
    return glyph.base - line[0].base <= _SAME_BASE * size and glyph.base - line[-1].base <= _SUNK * size


def split_words(line: Sequence[Glyph], *, order: dict[int, int] | None = None) -> list[Word]:
    """The words of a line. With `order` (id of glyph → place in the drawing) pieces drawn apart are words too."""
    parts: list[list[Glyph]] = []
    for glyph in line:
        if parts and not _gap_is_wide(parts[-1][-1], glyph, order):
            parts[-1].append(glyph)
        else:
            parts.append([glyph])
    return [make_word(number) for part in parts for number in _part_numbers(part)]


def _part_numbers(part: Sequence[Glyph]) -> list[Sequence[Glyph]]:
    """The part; one of digits and their marks is cut at gaps wider than its usual ones that set off no thousands."""
    if not all(_NUMERIC.match(glyph.text) for glyph in part):
        return [part]
    ends = [0, *wide_gaps(part), len(part)]
    numbers = [part[start:end] for start, end in pairwise(ends)]
    text = " ".join("".join(glyph.text for glyph in number) for number in numbers)
    return [part] if _THOUSANDS.match(text) else numbers


def wide_gaps(number: Sequence[Glyph]) -> list[int]:
    """The digits before which the gap is clearly wider than is usual in the number, by edges and by middles.

    Digits are drawn narrow (1) and wide (0): a gap is one only if both are.
    """
    pairs = [*pairwise(number)]
    gaps = [right.box[0] - left.box[2] for left, right in pairs]
    steps = [right.x - left.x for left, right in pairs]
    usual = (max(median_low(gaps), 0), median_low(steps)) if pairs else (0, 0)
    wide = []
    for k, (left, right) in enumerate(pairs):
        extra = min(gaps[k] - usual[0], steps[k] - usual[1])
        if left.text.isdigit() and right.text.isdigit() and extra > _EXTRA_GAP * min(left.size, right.size):
            wide.append(k + 1)
    return wide


def _gap_is_wide(left: Glyph, right: Glyph, order: dict[int, int] | None) -> bool:
    gap, size = right.box[0] - left.box[2], min(left.size, right.size)
    if gap > _WORD_GAP * size:
        return True
    if gap > _DIGIT_GAP * size and _are_values(left.text, right.text):
        return True
    if order is None:
        return False
    if gap <= _SEAM_GAP * size:
        apart = order[id(right)] != order[id(left)] + 1 and gap > -_HALF * size
        return apart and bool(_ENDS.match(left.text) and _BEGINS.match(right.text))
    both_numeric = bool(_NUMERIC.match(left.text) and _NUMERIC.match(right.text))
    return order[id(right)] != order[id(left)] + 1 or (both_numeric and gap > _DIGIT_GAP * size)


def _are_values(left: str, right: str) -> bool:
    """Whether one is a dash and the other a dash or a digit: so far apart, they are two values."""
    pair = f"{left}{right}"
    return bool(_DASHES.search(pair)) and all(character.isdigit() or _DASHES.match(character) for character in pair)


def join_words(words: Sequence[Word]) -> str:
    """The text of a line: a blank between words, none where they touch."""
    text = words[0].text
    for left, right in pairwise(words):
        touch = right.box[0] - left.box[2] <= _SEAM_GAP * min(left.size, right.size)
        text += right.text if touch and not _NUMERIC.match(right.text) else f" {right.text}"
    return text


def make_word(glyphs: Sequence[Glyph]) -> Word:
    return Word(tuple(glyphs), line_to_text(glyphs), hull(glyph.box for glyph in glyphs), glyphs[0].base)


def line_to_text(line: Sequence[Glyph], *, in_cell: bool = False) -> str:
    """The text of a line, with a blank where two words or two numbers stand apart."""
    text = ""
    for left, right in pairwise((None, *line)):
        if right is None:
            continue
        text += (" " if left and _is_apart(left, right, in_cell) else "") + right.text
    return text


def _is_apart(left: Glyph, right: Glyph, in_cell: bool) -> bool:
    gap, size = right.box[0] - left.box[2], min(left.size, right.size)
    if _NUMERIC.match(left.text) and _NUMERIC.match(right.text):
        return gap > (_CELL_DIGIT_GAP if in_cell else _DIGIT_GAP) * size
    if _LATIN.match(left.text[-1]) and _LATIN.match(right.text[0]):
        return gap > _BLANK_GAP * size
    return gap > _WORD_GAP * size


def glyphs_to_text(glyphs: Sequence[Glyph], width: float) -> str:
    """The text of a ruled cell of `width` points: its lines joined, vertical text top-down and right to left."""
    if _is_vertical(glyphs):
        return "".join(glyph.text for glyph in glyphs)
    text, previous = "", None
    for line in glyphs_to_lines(glyphs):
        piece = line_to_text(line, in_cell=True)
        blank = previous is not None and _needs_blank(text, piece, previous, line, width)
        text += (" " if blank else "") + piece
        previous = line
    return text


def _needs_blank(text: str, piece: str, previous: Sequence[Glyph], line: Sequence[Glyph], width: float) -> bool:
    """A number or word that fills its cell goes on in the next line; otherwise the next line holds another one."""
    if not (_LATIN.match(text[-1]) and _LATIN.match(piece[0])):
        return False
    filled = previous[-1].box[2] - previous[0].box[0]
    return filled + line[0].box[2] - line[0].box[0] < 0.7 * width


def _is_vertical(glyphs: Sequence[Glyph]) -> bool:
    """Whether the glyphs were drawn one below the other, several columns of them."""
    if len(glyphs) < 4:
        return False
    return sum(_leads_down(a, b) for a, b in pairwise(glyphs)) >= _DOWNWARD * (len(glyphs) - 1)


def _leads_down(above: Glyph, below: Glyph) -> bool:
    """Whether the second stands below the first; a bracket that lies on its side is a small one."""
    size = max(above.size, below.size)
    return abs(below.x - above.x) < 0.4 * size and 0.25 * size < below.y - above.y < 2.5 * size


def hull(boxes: Iterable[Box]) -> Box:
    x0s, y0s, x1s, y1s = zip(*boxes, strict=True)
    return min(x0s), min(y0s), max(x1s), max(y1s)
