"""What a text must hold for a pattern to be found in it, read off the pattern."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT)


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
