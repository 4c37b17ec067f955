"""Labels of tables without ruling: their lines are chained, and each goes to the row that it stands beside."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from extract.forms import form_ids, load_form
from extract.pages.pdf.drawing import Box
from extract.pages.pdf.words import Word, hull
from extract.quick import replace
from extract.textform import squeeze

NUMBERED = re.compile(r"^([（(][一二三四五六七八九十]{1,2}[）)]|[一二三四五六七八九十]{1,2}、|\d{1,2}\s*[.．、])")
LINE_GAP = 0.75  # type sizes between the lines of one label
WIDE_GAP = 1.8  # the same where the form knows them as one name
_SAME_BASE = 0.3  # type sizes that baselines of one row differ
_OFF_ROW = 1.2  # type sizes between the middles of a label and of values that may be its own
_GROUP_LINE = 4  # characters of a line of a group's label
_FIRST_LINE = 5  # characters at least, the number of the label with them
_NONE, _HAN = "无", re.compile(r"[\u4e00-\u9fff](?<!无)")
_LINES_BELOW = 3  # lines of other cells may stand between two of a label
_RECENT = 24  # labels begun last, among which the one that goes on is looked for


@dataclass(slots=True)
class Label:
    """Words one below the other that are one label."""

    words: list[Word]
    row: int | None = None

    @property
    def text(self) -> str:
        return "".join(word.text for word in self.words)

    @property
    def box(self) -> Box:
        return hull(word.box for word in self.words)

    @property
    def middle(self) -> float:
        return (self.box[1] + self.box[3]) / 2


def mark_labels(lines: Sequence[Sequence[Word]]) -> list[tuple[Word, ...]]:
    """The lines; a 无 with another character right below begins a label that is broken into lines, and is no value."""
    marked = [tuple(line) for line in lines]
    for k, line in enumerate(marked):
        if any(word.text == _NONE for word in line):
            below = [word for other in marked[k + 1 : k + 1 + _LINES_BELOW] for word in other]
            marked[k] = tuple(replace(word, is_label=True) if _goes_down(word, below) else word for word in line)
    return marked


def _goes_down(word: Word, below: Sequence[Word]) -> bool:
    reach = (1 + LINE_GAP) * word.size
    return word.text == _NONE and any(
        _HAN.match(other.text) and other.base - word.base < reach and abs(other.box[0] - word.box[0]) < word.size / 2
        for other in below
    )


def chain_labels(words: Sequence[Word], bases: Sequence[float]) -> list[Label]:
    """Label words, those below one another without a gap as one; a numbered word begins a new one."""
    labels: list[Label] = []
    ordered = sorted(words, key=lambda word: (word.base, word.box[0]))
    all_bases = [word.base for word in ordered]
    rows = sorted(bases)
    for word in ordered:
        reach = _SAME_BASE * word.size
        line = ordered[bisect_left(all_bases, word.base - reach) : bisect_right(all_bases, word.base + reach)]
        beside = any(other.x > word.x for other in line)
        label = next((label for label in labels[: -_RECENT - 1 : -1] if _goes_on(label, word, rows, beside)), None)
        if label:
            label.words.append(word)
        else:
            labels.append(Label([word]))
    return labels


def _goes_on(label: Label, word: Word, bases: Sequence[float], beside: bool) -> bool:
    """Whether the word is the next line of the label. One line of a label stands on a row at most; only a group's label
    that has others `beside` it runs over several rows.
    """
    above = label.words[-1]
    size = min(above.size, word.size)
    gap = word.box[1] - above.box[3]
    overlap = min(above.box[2], word.box[2]) - max(above.box[0], word.box[0])
    narrow = min(above.box[2] - above.box[0], word.box[2] - word.box[0])
    if (
        NUMBERED.match(word.text)
        or (is_row_name(label.text) and is_row_name(word.text))
        or not -_SAME_BASE * size < gap < _reach_of(label, word) * size
        or overlap < narrow / 2
    ):
        return False
    if is_row_name(label.text + word.text):
        return True
    lines = [*label.words, word]
    reach = _SAME_BASE * size
    on_row = [bisect_left(bases, line.base - reach) < bisect_right(bases, line.base + reach) for line in lines]
    return sum(on_row) <= 1 or (beside and len(label.text) <= _GROUP_LINE * len(label.words))


def _reach_of(label: Label, word: Word) -> float:
    """Type sizes between the lines of a label: more where the form knows both lines as parts of one name."""
    both = label.text + word.text
    return WIDE_GAP if len(both) >= _FIRST_LINE and is_label_part(both) and not is_row_name(label.text) else LINE_GAP


def blank_rows(labels: Sequence[Label], rows: Sequence[float]) -> list[Label]:
    """The labels beside which no value stands: rows that are printed empty. `rows` are the middles of all others.

    Each has a number or is the whole name of a row, and no other label stands to its right, as beside a group's.
    """
    return [
        label for label in labels if names_row(label.text) and not _is_beside(label, rows) and _is_last(label, labels)
    ]


def nameless_rows(labels: Sequence[Label], rows: Sequence[float]) -> dict[int, list[Label]]:
    """Row without a label of its own beside it → the labels close above or below that are no row's: one may be its own.

    A label beside several rows, and one with another to its right, is their group's.
    """
    beside = [_rows_beside(label, rows) for label in labels]
    free = [label for label, own in zip(labels, beside, strict=True) if not own and names_row(label.text)]
    near = {k: [own for own in free if abs(own.middle - y) < _OFF_ROW * own.words[0].size] for k, y in enumerate(rows)}

    def is_named(row: int) -> bool:
        return any(
            own == [row] and ((is_row_name(label.text) and not is_group_name(label.text)) or _is_last(label, labels))
            for label, own in zip(labels, beside, strict=True)
        )

    return {k: own for k, own in near.items() if own and not is_named(k)}


def contested_rows(nameless: Mapping[int, Sequence[Label]]) -> list[int]:
    """The rows of `nameless_rows` that have several labels to choose from, or one that is another's as well."""
    shared = Counter(id(label) for near in nameless.values() for label in near)
    return [k for k, near in nameless.items() if len(near) > 1 or any(shared[id(label)] > 1 for label in near)]


def names_row(text: str) -> bool:
    """Whether the text has a number, or is the whole name of a row, as the rest of a label has and is not."""
    return bool(NUMBERED.match(text)) or is_row_name(text)


def is_row_name(text: str) -> bool:
    """Whether the text is the whole name of a row."""
    return squeeze(text) in _row_names()


def is_group_part(text: str) -> bool:
    """Whether the text is a part of the name of a group of rows, in any form."""
    squeezed = squeeze(text)
    return bool(squeezed) and any(squeezed in name for name in _group_names())


def is_group_name(text: str) -> bool:
    """Whether the text is the whole name of a group of rows, in any form."""
    return squeeze(text) in _group_names()


def begins_row_name(text: str) -> bool:
    """Whether the text is the whole name of a row, or the first line of one."""
    squeezed = squeeze(text)
    return squeezed in _row_names() or (
        len(squeezed) >= _FIRST_LINE and any(n.startswith(squeezed) for n in _row_names())
    )


def is_label_part(text: str) -> bool:
    """Whether the text is a part of the name of a row or of a group of rows, as each line of a label is."""
    squeezed = squeeze(text)
    return bool(squeezed) and squeezed in _all_names()


@cache
def _all_names() -> str:
    """The names of the rows of the statutory tables and of their groups, one a line."""
    return "\n".join(sorted(_group_names() | _row_names()))


@cache
def _group_names() -> frozenset[str]:
    blocks = (block for form in form_ids() for spec in load_form(form).tables for block in spec.blocks)
    return frozenset(squeeze(row.group) for block in blocks for row in block.rows)


@cache
def _row_names() -> frozenset[str]:
    """The names of the rows of the statutory tables."""
    blocks = (block for form in form_ids() for spec in load_form(form).tables for block in spec.blocks)
    return frozenset(squeeze(name) for block in blocks for row in block.rows for name in row.labels)


def _is_beside(label: Label, rows: Sequence[float]) -> bool:
    return bool(_rows_beside(label, rows))


def _rows_beside(label: Label, rows: Sequence[float]) -> list[int]:
    reach, (_, y0, _, y1) = _SAME_BASE * label.words[0].size, label.box
    return [k for k, y in enumerate(rows) if y0 - reach < y < y1 + reach]


def _is_last(label: Label, labels: Sequence[Label]) -> bool:
    size = label.words[0].size
    _, y0, x1, y1 = label.box
    near = (own.box for own in labels if own is not label)
    return not any(box[0] >= x1 and box[1] < y1 + size and box[3] > y0 - size for box in near)


def nearest_row(label: Label, rows: Sequence[float]) -> int:
    """The index of the row whose middle is nearest to the label's."""
    return min(range(len(rows)), key=lambda k: abs(rows[k] - label.middle))
