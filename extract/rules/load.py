"""A TOML file of this folder → its entries."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from importlib.resources import files
from typing import Any

from extract.errors import DataFileError
from extract.own import merge_numbers
from extract.rules.needed import quick_pattern

_NAMES = re.compile(r"\{([a-z_]+)\}")
_CHOICES = re.compile(r"\{(?!\d)([^{}]*,[^{}]*)\}")  # {0,8} in a pattern is none


@cache
def load_rules(name: str) -> dict[str, Any]:
    """The parsed file `extract/rules/<name>`, with what the user's own rules change; shared, so never to be changed.

    Raises: DataFileError where the file is not there or is no TOML (a key given twice is no TOML).
    """
    path = files("extract.rules").joinpath(name)
    if not path.is_file():
        raise DataFileError(f"{name}: there is no such file in extract/rules")
    try:
        return merge_numbers(name, _spell_out(tomllib.loads(path.read_text(encoding="utf-8"))))
    except ValueError as error:
        raise DataFileError(f"{name}: {error}") from error


def _spell_out(entry: Any) -> Any:
    """The entry; a word of its lists that holds choices (复议{后,以后}起诉) stands there once for each."""
    if isinstance(entry, dict):
        return {key: _spell_out(value) for key, value in entry.items()}
    if isinstance(entry, list):
        return [word for item in entry for word in (_spell(item) if isinstance(item, str) else (_spell_out(item),))]
    return entry


def _spell(word: str) -> Iterator[str]:
    choices = _CHOICES.search(word) if "{" in word else None
    if choices is None:
        yield word
        return
    for choice in choices[1].split(","):
        yield from _spell(word[: choices.start()] + choice + word[choices.end() :])


@cache
def rule_pattern(name: str, *path: str) -> re.Pattern[str]:
    """The pattern that stands at this place of the file, compiled once.

    Raises: DataFileError as `load_rules` does; KeyError where there is nothing.
    """
    found: Any = load_rules(name)
    for key in path:
        found = found[key]
    return quick_pattern(found)


def rule_patterns(name: str, *path: str) -> Callable[..., re.Pattern[str]]:
    """Gives the patterns that stand below this place of the file, by the rest of their place.

    It keeps them itself: one that is asked for by a single word is found in a third of the time.
    """
    return cache(partial(rule_pattern, name, *path))


def fill_names(pattern: str, expressions: Mapping[str, str], *, place: str) -> str:
    """The pattern with what each {name} in it stands for; `place` is its file and entry.

    Raises: DataFileError, which tells the place, where there is none of that name.
    """

    def fill(match: re.Match[str]) -> str:
        if match[1] not in expressions:
            raise DataFileError(f"{place}: there is no {match[0]}")
        return f"(?:{fill_names(expressions[match[1]], expressions, place=place)})"

    return _NAMES.sub(fill, pattern)


def refuse_unknown(name: str, keys: Iterable[str], known: Iterable[str]) -> None:
    """Raises: DataFileError where a key of the file `name` is not known."""
    unknown = sorted(set(keys) - set(known))
    if unknown:
        raise DataFileError(f"{name}: unknown key: {', '.join(unknown)}")
