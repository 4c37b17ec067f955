"""The texts of the pages, Chinese first, English beside it, from rules/webpage.toml."""

from __future__ import annotations

from typing import Any

from extract.outputs.webpage.markup import Markup, join, tag
from extract.rules import load_rules


def page_rules() -> dict[str, Any]:
    """The entries of webpage.toml."""
    return load_rules("webpage.toml")


def word(key: str, **filled: object) -> str:
    """The Chinese text."""
    return str(page_rules()["words"][key][0]).format(**filled)


def word_en(key: str, **filled: object) -> str:
    """The English text."""
    return str(page_rules()["words"][key][1]).format(**filled)


def both(key: str, **filled: object) -> Markup:
    """The Chinese text and the English, smaller, behind it."""
    return with_english(word(key, **filled), word_en(key, **filled))


def with_english(chinese: str, english: str) -> Markup:
    return join([chinese, " ", tag("span", english, class_="en", lang="en")])
