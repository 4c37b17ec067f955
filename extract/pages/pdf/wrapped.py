"""Numbers that a narrow column without ruling broke over two lines → whole numbers on the line of their row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from extract.pages.pdf.heads import begins_table
from extract.pages.pdf.labels import names_row
from extract.pages.pdf.values import PROSE, UNSURE, value_words
from extract.pages.pdf.words import Word
from extract.quick import replace

_LEADING = 1.7  # type sizes between the base lines of two lines of one number at most
_CLOSER = 0.9  # of the least distance between two rows: what stands farther apart is no number's two lines
_ALIGNED = 0.3  # type sizes that edges or middles of two lines in one cell differ
_ONE_MORE = 0.95  # digits by which no other line of the column is longer: then there was no room for one more
_FEWEST = 2  # numbers of a row that shows how far rows are apart

_MOST = 40  # values of a line of a table at most
_NEAR = 60  # lines above and below that show how wide a column is

TextLine = tuple[Word, ...]


def join_wrapped(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines; digits that are nothing but the ends, or the beginnings, of numbers of the next line stand with them.

    They do where rows are farther apart and the first part fills its column, as told by all that stands in it; where it
    does not, nobody knows what the digits are.
    """
    joined: list[TextLine] = []
    for part in _tables_of(lines):
        joined += _join_part(part)
    return joined


def _tables_of(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    """The lines, cut before those that begin another table and behind prose."""
    part: list[TextLine] = []
    for line in lines:
        if part and (begins_table(line) or PROSE.search(part[-1][-1].text)):
            yield part
            part = []
        part.append(line)
    yield part


def _join_part(lines: Sequence[TextLine]) -> list[TextLine]:
    joined = list(lines)
    apart = _row_distance(joined)
    for k in range(1, len(joined)):
        pairs = _find_pairs(joined, k, apart)
        near, values = joined[max(0, k - _NEAR) : k + _NEAR], [value_words(line) for line in joined[k - 1 : k + 1]]
        row = max(values, key=len)
        if not all(_fills_column(upper, near, row) for upper, _ in pairs):
            doubtful = {id(word): f"{word.text}{UNSURE}" for pair in pairs for word in pair}
            joined[k - 1 : k + 1] = [_with_texts(line, doubtful) for line in joined[k - 1 : k + 1]]
        elif pairs:
            at = values.index(row)  # the line that is the row
            whole = {id(pair[at]): pair[0].text + pair[1].text for pair in pairs}
            gone = {id(pair[1 - at]) for pair in pairs}
            joined[k - 1 + at] = _with_texts(joined[k - 1 + at], whole)
            joined[k - at] = tuple(word for word in joined[k - at] if id(word) not in gone)
    return [line for line in joined if line]


def _with_texts(line: TextLine, texts: Mapping[int, str]) -> TextLine:
    """The line; the words of these ids with other texts."""
    return tuple(replace(word, text=texts[id(word)]) if id(word) in texts else word for word in line)


def _find_pairs(lines: Sequence[TextLine], k: int, apart: float) -> list[tuple[Word, Word]]:
    """(first part, second part) of each number of the lines k - 1 and k; none where one of the lines is no rest of the
    other.
    """
    upper, lower = value_words(lines[k - 1]), value_words(lines[k])
    if not upper or not lower or len(upper) == len(lower) or upper[0].readings:
        return []
    if max(len(upper), len(lower)) > _MOST:
        return []
    gap = lower[0].base - upper[0].base
    if not 0 < gap < min(_LEADING * min(upper[0].size, lower[0].size), _CLOSER * apart):
        return []
    below = len(lower) < len(upper)  # the rest stands below its row
    fragment, beyond = (lines[k], lines[k + 1 : k + 2]) if below else (lines[k - 1], lines[max(0, k - 2) : k - 1])
    if any(names_row(word.text) for word in fragment if not word.text.isdigit()):
        return []
    own = lower if below else upper
    if any(abs(other[0].base - own[0].base) < gap for line in beyond if (other := value_words(line))):
        return []  # it stands nearer to another row
    pairs = [(a, b) for a in upper for b in lower if _are_aligned(a, b)]
    return pairs if len(pairs) == min(len(upper), len(lower)) == len({id(a) for a, _ in pairs}) else []


def _are_aligned(upper: Word, lower: Word) -> bool:
    """Whether both are digits that stand below one another as two lines of one cell do."""
    if not (upper.text.isdigit() and lower.text.isdigit()) or len(upper.text) < len(lower.text):
        return False
    (x0, _, x1, _), (u0, _, u1, _) = upper.box, lower.box
    apart = min(abs(x0 - u0), abs(x1 - u1), abs(upper.x - lower.x))
    return upper.text[0] != "0" and apart < _ALIGNED * upper.size and x0 < u1 and u0 < x1


def _fills_column(word: Word, lines: Sequence[TextLine], row: Sequence[Word]) -> bool:
    """Whether nothing that stands in the word's column shows that one more digit had room; heads over several values of
    the `row` do not.
    """
    width = word.box[2] - word.box[0]
    widest = width + _ONE_MORE * width / len(word.glyphs)
    wide = (other for line in lines for other in line if other.box[2] - other.box[0] > widest)
    return not any(_stands_in(other, word) and sum(_overlap(other, own) for own in row) < _FEWEST for other in wide)


def _overlap(one: Word, other: Word) -> bool:
    return one.box[0] < other.box[2] and other.box[0] < one.box[2]


def _stands_in(other: Word, word: Word) -> bool:
    """Whether the other is a number or a head of the same column: set to the same edge or middle."""
    apart = min(abs(other.box[0] - word.box[0]), abs(other.box[2] - word.box[2]), abs(other.x - word.x))
    return apart < _ALIGNED * word.size and _overlap(other, word)


def _row_distance(lines: Sequence[TextLine]) -> float:
    """The least distance between the base lines of two rows that bear names; more than any where there are no two."""
    rows = [
        values[0].base
        for line in lines
        if len(values := value_words(line)) >= _FEWEST and any(names_row(word.text) for word in line)
    ]
    return min(_steps(rows), default=float("inf"))


def _steps(bases: Sequence[float]) -> Iterator[float]:
    return (below - above for above, below in pairwise(bases) if below > above)
