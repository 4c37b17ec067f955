"""The limits of the reading by name, from reading.toml, where each stands with its reason."""

from __future__ import annotations

from functools import cache
from typing import TypeVar

from extract.errors import DataFileError
from extract.quick import record, required_fields
from extract.rules.load import load_rules, refuse_unknown

_FILE = "reading.toml"
Limits = TypeVar("Limits")


@record
class LayoutLimits:
    """How the cells of a row are laid over the columns; costs as those of `Placement`."""

    rule_weight: float
    own_sum: float
    claim_weight: float
    decided: float
    far: float
    alike: float
    unread: float
    wide_row: int
    habit: int
    several: int
    one_cell: int


@record
class MarkLimits:
    """What an empty cell, a dash or a 0 is taken for by the habit of its table; cells, and shares of probabilities."""

    rounds: int
    seen_before: float
    untold: float
    more: float


@record
class JointLimits:
    """How the candidates of scanned cells are weighed with the sums and the prose; probabilities, and counts (int)."""

    misprint: float
    misprint_any: float
    misprint_again: float
    misprint_found: float
    misprints_most: int
    contradiction: float
    coincidence: float
    unlisted: float
    doubt: float
    certain: float
    likely: float
    usual_mark: float
    odd: float
    least: float
    told: float
    settled: float
    doubt_per_risk: float
    combinations_most: int
    likeliest_most: int
    gaps_most: int
    supported: float
    clear: float
    clear_by_prose: float


@cache
def layout_limits() -> LayoutLimits:
    """Raises: DataFileError where a limit is unknown or missing; so do the two below."""
    return _load("layout", LayoutLimits)


@cache
def mark_limits() -> MarkLimits:
    """Those of the table `marks`."""
    return _load("marks", MarkLimits)


@cache
def joint_limits() -> JointLimits:
    """Those of the table `joint`."""
    return _load("joint", JointLimits)


def _load(table: str, kind: type[Limits]) -> Limits:
    entries, names = load_rules(_FILE)[table], required_fields(kind)
    refuse_unknown(_FILE, entries, names)
    if missing := [name for name in names if name not in entries]:
        raise DataFileError(f"{_FILE}: {table} lacks {', '.join(missing)}")
    return kind(**entries)
