"""The one normal form in which labels and headings are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DROP = re.compile(r"[\s#*_`\u200b\ufeff、，,。.．：:；;“”\"'‘’「」『』()（）\[\]【】〔〕<>《》\-—–·•]+")
_NUMBERING = re.compile(
    r"^[\s#*_]*(?:[(（]\s*([一二三四五六七八九十]{1,3}|\d{1,2})\s*[)）]|([一二三四五六七八九十]{1,3})\s*[、.．,，:：]|([一二三四五六七八九十])\s+"
    r"|(\d{1,2})\s*[.．、,，)）:：]|第([一二三四五六])(?:部分|章|节)|([\u2460-\u2473\u2474-\u2487]))"
)
_HAN_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九十")}


@lru_cache(maxsize=20_000)
def squeeze(text: str) -> str:
    """NFKC, without blanks, punctuation, brackets and marks: what two labels are compared by."""
    return _DROP.sub("", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=20_000)
def split_numbering(text: str) -> tuple[int | None, str]:
    """The leading number of a label or heading, whatever its style (一、 （一） 1. ①), and the rest, unsqueezed."""
    match = _NUMBERING.match(text)
    if not match:
        return None, text
    mark = next(group for group in match.groups() if group)
    return _mark_to_number(mark), text[match.end() :]


def _mark_to_number(mark: str) -> int:
    if mark.isdecimal():
        return int(mark)
    if 0x2460 <= ord(mark[0]) <= 0x2487:
        return (ord(mark) - 0x2460) % 20 + 1
    if len(mark) == 1:
        return _HAN_DIGITS[mark]
    tens, _, ones = mark.partition("十")
    return (_HAN_DIGITS[tens] if tens else 1) * 10 + (_HAN_DIGITS[ones] if ones else 0)
