"""What counts that no cell shows are of: channels, deeds and nouns, in whatever words, as keys of counted.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from extract.narrative.numbers import COUNTED_FILE, COUNTED_KINDS
from extract.rules import load_rules, quick_pattern
from extract.textform import any_word


@cache
def _rules() -> dict[str, Any]:
    return load_rules(COUNTED_FILE)


@cache
def _keys() -> Mapping[str, tuple[str, str]]:
    """(kind, key) of each word."""
    return {word: (kind, key) for kind in COUNTED_KINDS for key, words in _rules()[kind].items() for word in words}


@cache
def _words() -> re.Pattern[str]:
    """Any known word, the longest first."""
    return quick_pattern(f"(?P<word>{any_word(_keys())})|(?P<passing>{_rules()['passing']['words']})")


@lru_cache(maxsize=256)  # the words before a count are held against those of every other one
def find_channels(words: str) -> frozenset[str]:
    """The channels that the words name, as keys of counted.toml; none of those that are parts of others, or several."""
    return frozenset(key for _, kind, key in _find_keys(words) if kind == "channels").difference(
        _rules()["unsure_channels"]
    )


@lru_cache(maxsize=256)  # as the channels
def find_kinds(words: str) -> Mapping[str, frozenset[str]]:
    """Kind of words (`channels`, `deeds`, `nouns`) → what of it the words name, as keys of counted.toml.

    Deeds that may mean the same have one key.
    """
    kinds: dict[str, set[str]] = {kind: set() for kind in COUNTED_KINDS}
    for _, kind, key in _find_keys(words):
        kinds[kind].add(_same_deeds().get(key, key) if kind == "deeds" else key)
    return {kind: frozenset(keys) for kind, keys in kinds.items()}


def drop_kinds(words: str, kinds: Mapping[str, frozenset[str]]) -> str:
    """The words without those whose key stands in `kinds`, as `find_kinds` gives them."""
    for match, kind, key in reversed([*_find_keys(words)]):
        if (_same_deeds().get(key, key) if kind == "deeds" else key) in kinds.get(kind, ()):
            words = words[: match.start()] + words[match.end() :]
    return words


@cache
def _same_deeds() -> Mapping[str, str]:
    """Key of a deed → the first of those that may mean the same."""
    return {key: same[0] for same in reversed(_rules()["deed_groups"]["same"]) for key in same}


def _find_keys(words: str) -> Iterator[tuple[re.Match[str], str, str]]:
    """The words that have a key, each with its kind and key."""
    return ((match, *_keys()[match["word"]]) for match in _words().finditer(words) if match["word"])
