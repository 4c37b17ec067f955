"""D002: placeholders of a template that were left in (XX, ××, ＿＿, 年 月 日, 【】)."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from extract.metadata.lines import item_text, squeeze_text
from extract.records import Deviation, SectionedDocument, Sentence
from extract.rules import load_rules

_AROUND = 16  # characters quoted on each side


def find_placeholders(sectioned: SectionedDocument, sentences: tuple[Sentence, ...]) -> tuple[Deviation, ...]:
    """One D002 per sentence or line that holds placeholders; a line that a sentence covers is not named again."""
    found = [
        Deviation("D002", sentence.text.strip(), _marks(sentence.text), page=sentence.page, note=sentence.id)
        for sentence in sentences
        if _marks(sentence.text)
    ]
    covered = squeeze_text("".join(item.found for item in found))
    prose = [section for section in sectioned.sections if section.number in (1, 5, 6)]
    for item in (*sectioned.front, *(item for section in prose for item in section.items)):
        text = item_text(item)
        marks = _marks(text)
        if marks and _quote(text) not in covered:
            found.append(Deviation("D002", text.strip(), marks, page=item.page))
    return tuple(found)


@lru_cache(maxsize=2000)
def _marks(text: str) -> str:
    """The placeholders of a text, joined by 、; an empty string where it has none."""
    plain = squeeze_text(text)
    for word in load_rules("metadata.toml")["d002"]["not_placeholder"]:
        plain = plain.replace(word, "")
    spaced = [match.group() for match in _pattern("spaced").finditer(text)]
    found = [match.group() for match in _pattern("patterns").finditer(plain)]
    return "、".join(dict.fromkeys((*found, *spaced)))


def _quote(text: str) -> str:
    plain = squeeze_text(text)
    match = _pattern("patterns").search(plain)
    start = match.start() if match else 0
    return plain[max(0, start - _AROUND) : start + _AROUND]


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(load_rules("metadata.toml")["d002"][kind]))
