"""When two pieces of text speak of the same sentence, whatever noise and page width did to them."""

from __future__ import annotations

import re
import unicodedata

ALIKE = 0.85  # similarity from which two sentences are one
RELATED = 0.6  # similarity from which a finding's quotation speaks of a sentence
SHORTEST_QUOTE = 6  # characters from which a quotation inside a longer text identifies it

_SPACE = re.compile(r"[\s\u200b\ufeff]")
_BULLET = re.compile(r"^[-•·#*]+")
_NUMBERING = re.compile(
    r"^(?:\(?[一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}[、是]|\(?\d{1,2}[.、)](?!\d)|第[一二三四五六七八九十],)"
)
_MARKS = re.compile(r"[,，。.;；:：、!！?？\"“”'‘’()《》<>〈〉\-—]")


def plain_text(text: str) -> str:
    """The text in one width, without spaces, bullets, numbering and punctuation."""
    text = _BULLET.sub("", _SPACE.sub("", unicodedata.normalize("NFKC", text)))
    for _ in range(2):  # （一）一是…
        text = _NUMBERING.sub("", text)
    return _MARKS.sub("", text)


def similarity(first: str, second: str) -> float:
    """How alike two plain texts are, 0..1; an empty one is like nothing."""
    from rapidfuzz import fuzz

    return fuzz.ratio(first, second) / 100 if first and second else 0.0


def quotes(longer: str, shorter: str) -> bool:
    """Whether the plain text `longer` contains `shorter`, which is long enough to mean it."""
    return len(shorter) >= SHORTEST_QUOTE and shorter in longer


def texts_meet(first: str, second: str) -> bool:
    """Whether two texts speak of the same sentence."""
    one, other = plain_text(first), plain_text(second)
    return quotes(one, other) or quotes(other, one) or similarity(one, other) >= RELATED
