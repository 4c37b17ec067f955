"""The one normal form in which labels and headings are compared, and the radicals that fonts put for ideographs."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from extract.numerals import CHINESE_DIGITS

BLANKS = "".join(character for character in map(chr, range(0x3001)) if character.isspace())
"""All that Unicode has."""
_NO_UTF8 = re.compile("[\udc80-\udcff]")
_STEERING = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+"
)  # a terminal, or the direction of text
_DROP = re.compile(r"[\s#*_`\u200b\ufeff、，,。.．：:；;“”\"'‘’「」『』()（）\[\]【】〔〕<>《》\-—–·•]")
_CHANGED = re.compile("[^ -~\u4e00-\u9fff、。《》“”‘’—，；：（）]")  # all else NFKC leaves, but for the last five
_NUMBERING = re.compile(
    r"^[\s#*_]*(?:[(（]\s*([一二三四五六七八九十]{1,3}|\d{1,2})\s*[)）]|([一二三四五六七八九十]{1,3})\s*[、.．,，:：]|([一二三四五六七八九十])\s+"
    r"|(\d{1,2})\s*[.．、,，)）:：]|第([一二三四五六])(?:部分|章|节)|([\u2460-\u2473\u2474-\u2487]))"
)
_RADICAL = re.compile("[\u2e80-\u2fdf]")
_HAN_DIGITS = {character: value for value, character in enumerate(CHINESE_DIGITS)}


@cache
def _radicals() -> dict[int, str]:
    entry = tomllib.loads(files("extract").joinpath("radicals.toml").read_text(encoding="utf-8"))
    table = dict(zip(map(ord, entry["radicals"]), entry["ideographs"], strict=True))
    kangxi = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    return table | kangxi


def any_word(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first.

    Words that begin alike are one branch of it: of hundreds of words, few are looked at then at each place of a text.
    """
    endings: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        endings.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(own)})" for first, own in endings.items())


class WordHeads(NamedTuple):
    """Words, the longest first, by their first two characters, those of one character by that one; and a pattern of any
    character that begins one of them.
    """

    words: Mapping[str, Sequence[str]]
    begins: re.Pattern[str]


def word_heads(words: Iterable[str]) -> WordHeads:
    """The words made ready for `find_words`."""
    heads: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        heads.setdefault(word[:2], []).append(word)
    first = re.escape("".join(sorted({head[0] for head in heads})))
    return WordHeads({head: tuple(own) for head, own in heads.items()}, re.compile(f"[{first}]" if first else "(?!)"))


def find_words(text: str, heads: WordHeads) -> Iterator[tuple[int, int]]:
    """Where the words of `word_heads` stand, end exclusive: the longest at each place, none within another.

    Of many short words it is four times as fast as a pattern of them.
    """
    end = 0
    for begin in heads.begins.finditer(text):
        place = begin.start()
        if place < end:
            continue
        for word in heads.words.get(text[place : place + 2], ()):
            if text.startswith(word, place):
                break
        else:
            word = begin[0]
            if word not in heads.words:
                continue
        end = place + len(word)
        yield place, end


def fold_radicals(text: str) -> str:
    """The text with CJK radicals (U+2E80 to U+2FD5) as the ideographs that look the same; all else as printed."""
    return text.translate(_radicals()) if _RADICAL.search(text) else text


def is_unreadable(character: str) -> bool:
    """Whether the character stands for a shape without meaning: private use, replacement, unassigned."""
    return character == "\ufffd" or unicodedata.category(character[0]) in ("Co", "Cn", "Cs")


def to_half_width(text: str) -> str:
    """NFKC; of plain Chinese, which is most of a report, in a quarter of the time."""
    if _CHANGED.search(text):
        return unicodedata.normalize("NFKC", text)
    return text.replace("，", ",").replace("；", ";").replace("：", ":").replace("（", "(").replace("）", ")")


@lru_cache(maxsize=2048)
def squeeze(text: str) -> str:
    """NFKC, without blanks, punctuation, brackets and marks: what two labels are compared by."""
    return _DROP.sub("", unicodedata.normalize("NFKC", text) if _CHANGED.search(text) else text)


def split_numbering(text: str) -> tuple[int | None, str]:
    """The leading number of a label or heading, whatever its style (一、 （一） 1. ①), and the rest, unsqueezed."""
    match = _NUMBERING.match(text)
    if not match:
        return None, text
    mark = next(group for group in match.groups() if group)
    return _mark_to_number(mark), text[match.end() :]


@lru_cache(maxsize=1024)
def bare_label(text: str) -> str:
    """The label squeezed, without its number, which tables often leave out."""
    return squeeze(split_numbering(text)[1])


def _mark_to_number(mark: str) -> int:
    if mark.isdecimal():
        return int(mark)
    if 0x2460 <= ord(mark[0]) <= 0x2487:
        return (ord(mark) - 0x2460) % 20 + 1
    tens, ten, ones = mark.partition("十")
    if not ten:  # 一二 stands for 12 where a converter lost the 十
        return int("".join(str(_HAN_DIGITS[digit]) for digit in mark))
    return (_HAN_DIGITS.get(tens, 0) if tens else 1) * 10 + (_HAN_DIGITS.get(ones, 0) if ones else 0)


def spell_name(name: str) -> str:
    """A file's name; its bytes that are no UTF-8, as unpacked archives have them, and characters that would break or
    steer the line it stands in, as they are written in addresses.
    """
    name = _STEERING.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), name)
    return _NO_UTF8.sub(lambda found: f"%{ord(found[0]) - 0xDC00:02X}", name)


def abbreviates(short: str, name: str) -> bool:
    """True where the characters of the short name stand in the long one in the same order."""
    rest = iter(name)
    return all(character in rest for character in short)
