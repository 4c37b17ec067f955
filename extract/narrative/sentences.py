"""Paragraphs → sentence texts, cut as the labelling guide says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

_ENDS = "。！？!?"
_PAIRS = {"《": "》", "“": "”", "「": "」", "『": "』", "〈": "〉"}
_MARK = re.compile(f"[{_ENDS}{''.join(_PAIRS)}]")
_TAIL = "”’』」）)》〉"
_LONGEST = 1_000
"""Characters of a sentence: the longest of the reports has 400. What is longer has lost its full stops."""
_PART = 200
"""Characters of the parts that such a one is cut into: long sentences take their readers the square of their length."""
_COMMAS = re.compile(r"[；，;,、](?!\d)")
_SPACES = re.compile(r"[ \t\u3000\u00a0]+")
_WORD = re.compile(r"\w")


def cut_sentences(paragraph: str) -> tuple[str, ...]:
    """The sentences of a paragraph: cut behind 。！？ outside 《》 and quotation marks that are closed."""
    sentences, start, place = [], 0, 0
    while mark := _MARK.search(paragraph, place):
        character, place = mark[0], mark.start()
        if character in _PAIRS:
            closing = paragraph.find(_PAIRS[character], place + 1, place + _LONGEST)
            place = closing if closing > 0 else place
        elif character in _ENDS and not _is_inside_address(paragraph, place):
            place = _behind_tail(paragraph, place + 1)
            sentences.append(paragraph[start:place])
            start = place
            continue
        place += 1
    sentences.append(paragraph[start:])
    parts = chain.from_iterable([own] if len(own) <= _LONGEST else _cut_long(own) for own in sentences)
    return tuple([text for part in parts if (text := _trim(part))])


def _cut_long(sentence: str) -> Iterator[str]:
    """The parts of what is longer than any sentence, cut behind commas."""
    start = 0
    while len(sentence) - start > _PART:
        end = max((match.end() for match in _COMMAS.finditer(sentence, start, start + _PART)), default=start + _PART)
        yield sentence[start:end]
        start = end
    yield sentence[start:]


def _is_inside_address(paragraph: str, place: int) -> bool:
    """A half-width ? between Latin characters belongs to a web address."""
    return (
        paragraph[place] in "!?"
        and paragraph[place + 1 : place + 2].isascii()
        and paragraph[place + 1 : place + 2].isalnum()
    )


def _behind_tail(paragraph: str, place: int) -> int:
    while place < len(paragraph) and paragraph[place] in _TAIL + _ENDS:
        place += 1
    return place


def _trim(sentence: str) -> str:
    """The sentence in one line; nothing where it holds no word."""
    text = _SPACES.sub(" ", sentence.strip())
    return text if _WORD.search(text) else ""
