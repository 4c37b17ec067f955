"""What a text must hold for a pattern to be found in it, and what begins a match: read off the pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT)
_WIDTHLESS = (_constants.AT, _constants.ASSERT, _constants.ASSERT_NOT)
_KINDS = {_constants.CATEGORY_DIGIT: r"\d", _constants.CATEGORY_SPACE: r"\s", _constants.CATEGORY_WORD: r"\w"}


@cache
def needed_characters(pattern: str) -> frozenset[str]:
    """Characters of which each match of the pattern holds at least one; none where the pattern names no such few.

    A text without them needs no search: that saves most searches where many patterns are tried on one text.
    """
    return frozenset() if "(?i" in pattern else _needed_by_all(_parser.parse(pattern))


def _needed_by_all(items: Iterable[tuple[Any, Any]]) -> frozenset[str]:
    """The fewest that any of the items needs, all of which stand in a match."""
    return min(filter(None, map(_needed_by, items)), key=len, default=frozenset())


def _needed_by(item: tuple[Any, Any]) -> frozenset[str]:
    kind, content = item
    if kind is _constants.LITERAL:
        return frozenset(chr(content))
    if kind is _constants.IN and all(choice is _constants.LITERAL for choice, _ in content):
        return frozenset(chr(character) for _, character in content)
    if kind is _constants.BRANCH:
        choices = [_needed_by_all(choice) for choice in content[1]]
        return frozenset().union(*choices) if all(choices) else frozenset()
    if kind is _constants.SUBPATTERN or (kind in _REPEATS and content[0]):
        return _needed_by_all(content[-1])
    return frozenset()


@cache
def quick_pattern(pattern: str, outline: str = "") -> re.Pattern[str]:
    """The same pattern, which looks closer at a text only where a character stands that may begin a match.

    Worth its while where the choices begin with neither letters nor one set of them: those Python skips by itself.
    `outline` is a shorter pattern that begins alike. Kept: most of what is asked for each year is the same for all.
    """
    begins, may_be_empty = _begin(outline or pattern)
    if begins is None or may_be_empty:
        return re.compile(pattern)
    return re.compile(f"(?=[{''.join(sorted(begins))}])(?:{pattern})")


@cache
def outline_of(pattern: str) -> str:
    """A short pattern that begins like the given one and needs the same characters, to stand for it in longer ones."""
    (begins, may_be_empty), needed = _begin(pattern), needed_characters(pattern)
    first = "." if begins is None else f"[{''.join(sorted(begins))}]" if begins else ""
    rest = f"[{re.escape(''.join(sorted(needed)))}]" if needed else ""
    return f"(?:{first}{rest})" + "?" * may_be_empty


@cache
def _begin(pattern: str) -> tuple[frozenset[str] | None, bool]:
    return (None, True) if "(?i" in pattern else _begin_of_all(_parser.parse(pattern))


def _begin_of_all(items: Iterable[tuple[Any, Any]]) -> tuple[frozenset[str] | None, bool]:
    """(what stands in a set of all that may begin the items, None where anything may; whether they may be empty)."""
    begins: frozenset[str] = frozenset()
    for item in items:
        own, may_be_empty = _begin_of(item)
        if own is None or not may_be_empty:
            return (None if own is None else begins | own), False
        begins |= own
    return begins, True


def _begin_of(item: tuple[Any, Any]) -> tuple[frozenset[str] | None, bool]:
    kind, content = item
    if kind in _WIDTHLESS:
        return frozenset(), True
    if kind is _constants.LITERAL:
        return frozenset({re.escape(chr(content))}), False
    if kind is _constants.IN:
        choices = [_in_set(choice) for choice in content]
        return (frozenset(choices) if all(choices) else None), False
    if kind is _constants.BRANCH:
        each = [_begin_of_all(choice) for choice in content[1]]
        sets = [own for own, _ in each if own is not None]
        together = frozenset[str]().union(*sets) if len(sets) == len(each) else None
        return together, any(may_be_empty for _, may_be_empty in each)
    if kind is _constants.SUBPATTERN or kind in _REPEATS:
        own, may_be_empty = _begin_of_all(content[-1])
        return own, may_be_empty or (kind in _REPEATS and not content[0])
    return None, False


def _in_set(choice: tuple[Any, Any]) -> str:
    """The choice of a set as it is written; nothing where that is not known."""
    kind, content = choice
    if kind is _constants.LITERAL:
        return re.escape(chr(content))
    if kind is _constants.RANGE:
        return "-".join(re.escape(chr(end)) for end in content)
    return _KINDS.get(content, "") if kind is _constants.CATEGORY else ""
