"""Lines of the page's margins that are no part of the report: running heads, feet, page numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from extract.pages.pdf.values import value_words
from extract.pages.pdf.words import Word

_MARGIN = 0.12  # share of the page's height, above and below, where they stand
_SAME_PLACE = 4.0  # points that a running line may move from page to page
_FEWEST = 2  # pages that show it
_CLOSE = 1.5  # type sizes between the baselines of a page number and the text above or below it, at least
_LEADING = 2.5  # type sizes between the base lines of two lines of a number at most
_DEEPEST = 3  # lines from the edge of the page
_PAGE_MARK = re.compile(
    r"^\s*([-—–─―－~·•]*\s*\d{1,3}\s*[-—–─―－~·•]*|第\s*[\d一二三四五六七八九十]{1,3}\s*页\s*([,，/]?\s*共\s*[\d一二三四五六七八九十]{1,3}\s*页)?"
    r"|[\[〔【]\s*\d{1,3}\s*[\]〕】]|\d{1,3}\s*/\s*\d{1,3}|[Pp]age\s*\d{1,3}(\s*of\s*\d{1,3})?|[-—–]{3,})\s*$"
)
_NUMBER = re.compile(r"^[\d０-９.,，]+$")
_DIGITS = re.compile(r"\d+")

TextLine = Sequence[Word]


def find_running_lines(pages: Sequence[Sequence[TextLine]], heights: Sequence[float]) -> list[frozenset[int]]:
    """Per page the indexes of its lines to be left out."""
    seen: dict[tuple[str, bool], list[tuple[int, int, float]]] = defaultdict(list)
    dropped: list[set[int]] = [set() for _ in pages]
    for page, (lines, height) in enumerate(zip(pages, heights, strict=True)):
        for k in _margin_lines(lines, height):
            text = "".join(word.text for word in lines[k]).replace(" ", "")
            if _is_of_number(lines, k):
                continue
            below = lines[k][0].y > height / 2
            if _PAGE_MARK.match(" ".join(word.text for word in lines[k])) and not _is_between(lines, k):
                dropped[page].add(k)
            if len(lines[k]) > 1 and all(_NUMBER.match(word.text) for word in lines[k]):
                continue  # a row of values
            seen[_DIGITS.sub("#", text), below].append((page, k, lines[k][0].base))
    for places in seen.values():
        for page, k, base in places:
            same = {other for other, _, at in places if abs(at - base) <= _SAME_PLACE}
            if len(same) >= _FEWEST:
                dropped[page].add(k)
    return [frozenset(own) for own in dropped]


def _is_between(lines: Sequence[TextLine], k: int) -> bool:
    """Whether the line stands as close to the one above as to the one below as the lines of one text: the value of a
    row, beside its label.
    """
    near = [lines[j] for j in (k - 1, k + 1) if 0 <= j < len(lines)]
    reach = _CLOSE * lines[k][0].size
    return len(near) > 1 and all(abs(line[0].base - lines[k][0].base) < reach for line in near)


def _is_of_number(lines: Sequence[TextLine], k: int) -> bool:
    """Whether the line is digits close above or below a value of a row: a part of a number that its column broke."""
    if len(lines[k]) > 1 or not lines[k][0].text.isdigit():
        return False
    (word,) = lines[k]
    near = (value_words(lines[j]) for j in (k - 1, k + 1) if 0 <= j < len(lines))
    rows = (own for own in near if len(own) > 1 and abs(own[0].base - word.base) < _LEADING * word.size)
    return any(own.box[0] < word.box[2] and word.box[0] < own.box[2] for row in rows for own in row)


def _margin_lines(lines: Sequence[TextLine], height: float) -> list[int]:
    """The outermost lines within the margins, and whatever stands alone far from the body."""
    edge = [*range(min(_DEEPEST, len(lines))), *range(max(0, len(lines) - _DEEPEST), len(lines))]
    return [k for k in dict.fromkeys(edge) if not _MARGIN * height < lines[k][0].y < (1 - _MARGIN) * height]
