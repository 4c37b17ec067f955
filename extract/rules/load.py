"""A TOML file of this folder → its entries."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from functools import cache, partial
from importlib.resources import files
from typing import Any

from extract.errors import DataFileError
from extract.own import merge_numbers
from extract.rules.needed import quick_pattern


@cache
def load_rules(name: str) -> dict[str, Any]:
    """The parsed file `extract/rules/<name>`, with what the user's own rules change; shared, so never to be changed.

    Raises: DataFileError where the file is not there or is no TOML (a key given twice is no TOML).
    """
    path = files("extract.rules").joinpath(name)
    if not path.is_file():
        raise DataFileError(f"{name}: there is no such file in extract/rules")
    try:
        return merge_numbers(name, tomllib.loads(path.read_text(encoding="utf-8")))
    except ValueError as error:
        raise DataFileError(f"{name}: {error}") from error


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


def refuse_unknown(name: str, keys: Iterable[str], known: Iterable[str]) -> None:
    """Raises: DataFileError where a key of the file `name` is not known."""
    unknown = sorted(set(keys) - set(known))
    if unknown:
        raise DataFileError(f"{name}: unknown key: {', '.join(unknown)}")
