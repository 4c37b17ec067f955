"""The mark of a footnote behind a number, small and raised, is no digit of that number: it is left out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from extract.pages.pdf.drawing import Glyph

_MARK = re.compile(r"^[\d①-⑳*※注\[\]()（）【】]$")
_COUNTED = re.compile(r"^[\d元件份项]$")  # what a mark stands behind: a number, or its unit
_MOST = 4  # characters of a mark: [12]
_SMALLER = 0.87  # of the number's type size: what editors raise they make 0.58 to 0.83 as large
_RAISED = (0.2, 0.9)  # type sizes of the number from its baseline up to that of the mark
_BESIDE = 0.4  # type sizes between the number and its mark
_LEVEL = 0.1  # type sizes that the baselines of two characters of one mark differ


def drop_note_marks(glyphs: Sequence[Glyph]) -> tuple[Glyph, ...]:
    """The characters of a page without the marks of notes that stand behind numbers."""
    marks = sorted((glyph for glyph in glyphs if _MARK.match(glyph.text)), key=lambda glyph: glyph.base)
    bases = [glyph.base for glyph in marks]
    dropped: set[int] = set()
    for number in glyphs if marks else ():
        if not _COUNTED.match(number.text):
            continue
        lowest, highest = (number.base - share * number.size for share in _RAISED)
        near = marks[bisect_left(bases, highest) : bisect_right(bases, lowest)]
        first = min((mark for mark in near if _is_raised(number, mark)), key=_end, default=None)
        mark = _run_from(first, marks, bases) if first else []
        if len(mark) <= _MOST:
            dropped.update(map(id, mark))
    return tuple(glyph for glyph in glyphs if id(glyph) not in dropped)


def _is_raised(number: Glyph, mark: Glyph) -> bool:
    """Whether the second stands smaller and higher right behind the first."""
    if abs(mark.box[0] - number.box[2]) > _BESIDE * number.size or mark.box[2] < number.box[2]:
        return False
    raised = _RAISED[0] * number.size <= number.base - mark.base <= _RAISED[1] * number.size
    return raised and mark.size <= _SMALLER * number.size


def _end(glyph: Glyph) -> float:
    return glyph.box[2]


def _run_from(mark: Glyph, marks: Sequence[Glyph], bases: Sequence[float]) -> list[Glyph]:
    """The mark and the characters of its size that follow it on its baseline; one more than a mark has is enough."""
    run = [mark]
    while len(run) <= _MOST:
        last = run[-1]
        off = _LEVEL * last.size
        near = marks[bisect_left(bases, last.base - off) : bisect_right(bases, last.base + off)]
        following = [own for own in near if last.box[2] <= own.box[2] and _follows(last, own) and own not in run]
        if not following:
            break
        run.append(min(following, key=_end))
    return run


def _follows(last: Glyph, mark: Glyph) -> bool:
    level = abs(mark.base - last.base) <= _LEVEL * last.size
    return level and abs(mark.box[0] - last.box[2]) <= _BESIDE * last.size and mark.size <= last.size / _SMALLER
