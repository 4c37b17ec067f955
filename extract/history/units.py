"""Agencies across years: names that mean the same one, and which units a government's figures are made of."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from extract.errors import UsageError, say_of_system
from extract.quick import record, replace
from extract.rules import load_rules

_BLANK, _BRACKET = re.compile(r"\s"), re.compile(r"\([^()]*\)")
_DROP = re.compile(r"[\s“”\"'《》]|[（(][^（）()]*[）)]")


@record
class AgencyNames:
    """Normal form of a name → that of the agency's first name; `official`: that → the name as the file has it;
    `apart`: normal forms that brackets tell apart.
    """

    aliases: Mapping[str, str]
    official: Mapping[str, str] = msgspec.field(default_factory=dict)
    apart: Container[str] = frozenset()

    def key(self, name: str) -> str:
        """What all names of one agency have in common."""
        plain = normalize_agency(name)
        return self.aliases.get(plain, plain + _bracket(name) * (plain in self.apart))

    def unit(self, name: str) -> str:
        """The agency's name in the file of aliases; of one that is not there its normal form with its brackets."""
        plain = normalize_agency(name)
        first = self.aliases.get(plain)
        return self.official[first] if first else plain + _bracket(name)

    def tell_apart(self, reported: Iterable[tuple[str, object]]) -> AgencyNames:
        """The same for reports, each by agency and year. Names that differ in their brackets are two: 某局（城东分局）,
        某局（城西分局）. So are names of the file that report on one year: they became one agency later.
        """
        brackets: dict[str, set[str]] = {}
        together: dict[tuple[str, object], set[str]] = {}
        for name, year in reported:
            plain = normalize_agency(name)
            brackets.setdefault(plain, set()).add(_bracket(name))
            together.setdefault((self.aliases.get(plain, ""), year), set()).add(plain)
        merged = {plain for (first, _), own in together.items() if len(own) > 1 for plain in own - {first}}
        aliases = {plain: first for plain, first in self.aliases.items() if plain not in merged}
        apart = frozenset(plain for plain, own in brackets.items() if len(own - {""}) > 1)
        return replace(self, aliases=aliases, apart=apart)

    def merged(self, told: AgencyNames) -> Iterator[tuple[str, list[str]]]:
        """(official name, the other names that `tell_apart` made agencies of their own)."""
        for first, name in self.official.items():
            if own := [plain for plain, one in self.aliases.items() if one == first and plain not in told.aliases]:
                yield name, own


def _bracket(name: str) -> str:
    """The bracketed remarks of a name, in half width and without blanks."""
    return "".join(_BRACKET.findall(_BLANK.sub("", unicodedata.normalize("NFKC", name))))


def normalize_agency(name: str) -> str:
    """The name in half width, without blanks and bracketed remarks, in its short form; of a place its government."""
    plain = _DROP.sub("", unicodedata.normalize("NFKC", name))
    for long, short in _short_forms():
        plain = plain.replace(long, short)
    return plain + "政府" * plain.endswith(_places())


def without_place(plain: str) -> Iterator[str]:
    """What is left of a normal form without what may be a place before it: 望溪区政府 of 溪陵市望溪区政府."""
    ends = _places()
    return (plain[k:] for k in range(2, len(plain)) if plain[:k].endswith(ends))


@cache
def _places() -> tuple[str, ...]:
    return tuple(load_rules("history.toml")["agency"]["places"])


@cache
def _short_forms() -> tuple[tuple[str, str], ...]:
    return tuple((entry["long"], entry["short"]) for entry in load_rules("history.toml")["agency"]["short"])


def load_names(path: Path | None) -> AgencyNames:
    """The names of a file of aliases: `[[agency]]` with `name` and `also`, its other names. None: no aliases.

    Raises: UsageError where the file cannot be read, has another key, or gives one name to two agencies.
    """
    aliases: dict[str, str] = {}
    official: dict[str, str] = {}
    for entry in _entries(path, "agency", "also") if path else ():
        first = normalize_agency(entry["name"])
        official.setdefault(first, entry["name"])
        for name in (entry["name"], *entry["also"]):
            known = aliases.setdefault(normalize_agency(name), first)
            if known != first:
                raise UsageError(f"{path}: {name}: 属于两个机关 / stands for two agencies ({known}, {first})")
    return AgencyNames(aliases, official)


def load_parts(path: Path | None) -> Mapping[str, tuple[str, ...]]:
    """Government → the units whose figures add up to its own: `[[unit]]` with `name` and `parts`. None: none.

    Raises: UsageError where the file cannot be read, has another key, or counts one agency twice.
    """
    found: dict[str, tuple[str, ...]] = {}
    for number, entry in enumerate(_entries(path, "unit", "parts") if path else (), 1):
        place = f"{path}: 第 {number} 个 [[unit]] {entry['name']}"
        if not entry["parts"]:
            raise UsageError(f"{place}: 没有列出下级（parts） / has no parts")
        names = [normalize_agency(name) + _bracket(name) for name in (entry["name"], *entry["parts"])]
        if twice := [name for name, plain in zip(entry["parts"], names[1:], strict=True) if names.count(plain) > 1]:
            raise UsageError(f"{place}: {twice[0]} 会重复计算 / would be counted twice")
        if entry["name"] in found:
            raise UsageError(f"{place}: 已有同名的一项 / stands there already")
        found[entry["name"]] = tuple(entry["parts"])
    return found


def _entries(path: Path, table: str, others: str) -> list[dict[str, Any]]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError(f"{path}: 无法读取 / cannot be read: {say_of_system(error)}") from error
    except ValueError as error:
        raise UsageError(f"{path}: 不是 UTF-8 的 TOML / is no TOML in UTF-8 ({error})") from error
    entries = content.get(table)
    if set(content) != {table} or not isinstance(entries, list):
        raise UsageError(f"{path}: 应为若干 [[{table}]] / must hold [[{table}]] entries and nothing else")
    for number, entry in enumerate(entries, 1):
        if (
            not isinstance(entry, dict)
            or set(entry) != {"name", others}
            or not _is_well_formed(entry["name"], entry[others])
        ):
            what = f"第 {number} 个 [[{table}]] 应有 name 和 {others}（名称的列表），别无其他"
            raise UsageError(
                f"{path}: {what} / entry {number} needs name and {others}, a list of names, and nothing else"
            )
    return entries


def _is_well_formed(name: object, others: object) -> bool:
    return isinstance(name, str) and isinstance(others, list) and all(isinstance(other, str) for other in others)
