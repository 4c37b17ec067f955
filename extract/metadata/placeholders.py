"""D002: placeholders of a template that were left in (XX, ××, ＿＿, 年 月 日, 【】)."""

from __future__ import annotations

import re
from functools import cache

from extract.metadata.lines import item_text, squeeze_text
from extract.records import Deviation, SectionedDocument, Sentence
from extract.rules import load_rules

_AROUND = 16  # characters quoted on each side
_ENDS = re.compile("[。！？]")  # a line may hold the ends of two sentences


def find_placeholders(sectioned: SectionedDocument, sentences: tuple[Sentence, ...]) -> tuple[Deviation, ...]:
    """One D002 per sentence or line of the front or the prose that holds placeholders; a line that a sentence covers
    is not named again.
    """
    found = [
        Deviation("D002", sentence.text.strip(), marks, page=sentence.page, note=sentence.id)
        for sentence in sentences
        if (marks := _marks(sentence.text))
    ]
    covered = squeeze_text("".join(item.found for item in found))
    prose = [section for section in sectioned.sections if section.number in (1, 5, 6)]
    items = (*sectioned.front, *(item for section in prose for item in section.items))
    lines = ((text, marks, item.page) for item in items for text in [item_text(item)] if (marks := _marks(text)))
    left = ((text.strip(), marks, page) for text, marks, page in lines if _quote(text) not in covered)
    return (*found, *(Deviation("D002", text, marks, page=page) for text, marks, page in left))


def _marks(text: str) -> str:
    """The placeholders of a text, joined by 、; an empty string where it has none."""
    plain = squeeze_text(text)
    found: list[str] = []
    if _signs().search(plain):
        for word in load_rules("metadata.toml")["d002"]["not_placeholder"]:
            plain = plain.replace(word, "")
        pattern = _pattern(plain)
        found = [_whole_row(match, plain) for match in pattern.finditer(plain)] if pattern else []
    spaced = [match.group() for match in _spaced().finditer(text)]
    return "、".join(dict.fromkeys((*found, *spaced)))


def _whole_row(match: re.Match[str], plain: str) -> str:
    """The placeholder with its neighbours of the same character: all of 0571-×××, where the pattern leaves one."""
    repeated, (start, end) = load_rules("metadata.toml")["d002"]["repeated"], match.span()
    while start and plain[start] == plain[start - 1] and plain[start] in repeated:
        start -= 1
    while end < len(plain) and plain[end] == plain[end - 1] and plain[end] in repeated:
        end += 1
    return plain[start:end]


def _quote(text: str) -> str:
    """The words of the sentence around the first placeholder, by which the line is known."""
    plain = squeeze_text(text)
    pattern = _pattern(plain)
    match = pattern.search(plain) if pattern else None
    start = match.start() if match else 0
    before = _ENDS.split(plain[max(0, start - _AROUND) : start])[-1]
    return before + _ENDS.split(plain[start : start + _AROUND])[0]


@cache
def _spaced() -> re.Pattern[str]:
    return re.compile("|".join(load_rules("metadata.toml")["d002"]["spaced"]))


def _pattern(plain: str) -> re.Pattern[str] | None:
    """The patterns that may be found in a squeezed text, told by its characters; None where there are none."""
    return _of_signs(frozenset(_signs().findall(plain)))


@cache
def _signs() -> re.Pattern[str]:
    """A character that one of the patterns needs."""
    return re.compile(f"[{re.escape(''.join(signs for signs, _ in _patterns()))}]")


@cache
def _of_signs(found: frozenset[str]) -> re.Pattern[str] | None:
    patterns = [pattern for signs, pattern in _patterns() if not found.isdisjoint(signs)]
    return re.compile("|".join(patterns)) if patterns else None


def _patterns() -> list[list[str]]:
    """The characters that a pattern needs, and the pattern, of each."""
    patterns: list[list[str]] = load_rules("metadata.toml")["d002"]["patterns"]
    return patterns
