"""What the words of a line are: values of a row, prose, captions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.pages.pdf.words import Word

PROSE = re.compile(r"[。；]")
CAPTION = re.compile(r"^第[一二三四五六七八九十\d]{1,4}条")
_VALUE = re.compile(
    r"^((?:[+\-－–—−]|增加?|减少?)?[\d\ufffc][\d\ufffc.．,，]*(?:[\d ]*…)?(万元|元|件|项)?|[-－‐‒–—―─−/／\\]+|无)$"
)
UNSURE = "…"  # behind digits of which nobody can tell what number they are
_BARE_NUMBER = re.compile(r"^\d{1,2}\s*[.．、]$")


def is_value(text: str) -> bool:
    return bool(_VALUE.match(text))


def value_words(line: Sequence[Word]) -> list[Word]:
    """The values at the end of a line."""
    values: list[Word] = []
    for word in reversed(line):
        if word.is_label or not is_value(word.text) or _BARE_NUMBER.match(word.text):
            break
        values.insert(0, word)
    return values
