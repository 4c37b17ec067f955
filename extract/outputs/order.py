"""Names → the order in which Chinese offices look for them: that of the Latin spelling."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from extract.outputs.panel import NameUnit
from extract.records import Report
from extract.rules import load_rules

Key = tuple[bytes, str]


def name_key(name: str) -> Key:
    """By what to sort names.

    GB 18030 has the 3755 characters in common use in the order of their spelling; a rarer one goes with one of these
    that sounds like it, where the data have it, and else behind them all.
    """
    return "".join(_sounds().get(character, character) for character in name).encode("gb18030", "replace"), name


def sort_reports(reports: Iterable[Report], name_unit: NameUnit = str) -> list[Report]:
    """By agency (its names are one where `name_unit` makes them one), year and file; without an agency by the file."""

    def key(report: Report) -> tuple[Key, int, Key]:
        agency, year = report.report["agency"].value, report.report["year"].value
        file = report.source.file
        unit = name_unit(str(agency)) if agency else file
        return name_key(unit), year if isinstance(year, int) else 0, name_key(file)

    return sorted(reports, key=key)


@cache
def _sounds() -> dict[str, str]:
    """Rarer character → the one in common use that sounds like it."""
    groups = load_rules("sounds.toml")["groups"]
    return {rare: group[0] for group in groups for rare in group[1:]}
