"""Failed sums that no single cell explains → pairs of cells wrong by the same amount in opposite directions (A005)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from extract.checks.localize import Suspect, find_suspects
from extract.checks.sums import counted
from extract.records import Cells, Violation
from extract.rules import LinearRule, load_rules

Pair = tuple[Suspect, Suspect]


def find_offsets(
    violations: tuple[Violation, ...], rules: Mapping[str, LinearRule], cells: Cells
) -> tuple[Violation, ...]:
    """One A005 per pair of cells that a passed sum hides; its fields are the likeliest pair, then other possible ones.

    Arithmetic alone can't always tell which row or column the two cells stand in: up to `pairs_named` are named.
    """
    unexplained = {item.rule for item in violations if item.passed is False and item.suspect is None}
    near = [
        suspect
        for suspect in find_suspects(violations, rules, cells)
        if suspect.broken <= unexplained and len(suspect.intact | suspect.unknown) >= 1 >= len(suspect.intact)
    ]
    pairs = sorted(_cancelling(near, rules), key=lambda pair: _rank(pair, cells))
    found: list[Violation] = []
    while pairs:
        mends = pairs[0][0].broken | pairs[0][1].broken
        same = [pair for pair in pairs if pair[0].broken | pair[1].broken == mends]
        found.append(_violation(same, mends))
        pairs = [pair for pair in pairs if not (pair[0].broken | pair[1].broken) & mends]
    return tuple(found)


def _cancelling(suspects: list[Suspect], rules: Mapping[str, LinearRule]) -> Iterator[Pair]:
    """Pairs on one side of one sum that did not fail, wrong in opposite directions, so that it holds either way."""
    for one, other in combinations(suspects, 2):
        if one.broken & other.broken or one.change != -other.change:
            continue
        shared = (one.intact | one.unknown) & (other.intact | other.unknown)
        for rule in (rules[rule_id] for rule_id in shared if one.intact | other.intact <= {rule_id}):
            if (one.field in rule.whole) == (other.field in rule.whole):
                yield one, other


def _rank(pair: Pair, cells: Cells) -> tuple[int, bool, int, int, str]:
    """Lower is likelier: more sums mended, a sum that holds, cells that print something, cells that are no totals."""
    mended = len(pair[0].broken | pair[1].broken)
    zeros = sum(not counted(cells.get(suspect.field)) for suspect in pair)
    totals = sum(suspect.field.endswith(".total") for suspect in pair)
    return -mended, not pair[0].intact, zeros, totals, pair[0].field


def _violation(pairs: list[Pair], mends: frozenset[str]) -> Violation:
    named = pairs[: load_rules("arithmetic.toml")["offsets"]["pairs_named"]]
    fields = tuple(dict.fromkeys(suspect.field for pair in named for suspect in pair))
    return Violation("A005", "+".join(sorted(mends)), fields, None, abs(pairs[0][0].change), passed=False)
