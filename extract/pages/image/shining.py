"""Rules of the back of the sheet, or of the next one, shine through: far lighter than the page's own, and broader."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extract.pages.image.ink import Ink
from extract.pages.image.rules import Rule
from extract.quick import record
from extract.rules import load_rules


@record
class _Look:
    """A rule as it is drawn: the pixels `along` it and where it lies `across`, shape (length,) both; how much darker
    than the paper beside it it is on the whole, how many pixels broad, and along which share of it print lies.
    """

    rule: Rule
    along: NDArray[np.int64]
    across: NDArray[np.int64]
    level: float
    breadth: float
    printed: float


def without_back(ink: Ink, rules: Sequence[Rule], unit: float) -> tuple[Ink, list[Rule]]:
    """(the ink, the rules) without what shines through, as light; as they are where no rule does.

    `unit` is pixels a point.
    """
    most = load_rules("scans.toml")["back"]
    looks = [_look_at(rule, ink, unit) for rule in rules]
    long = [look for look in looks if look.rule.length >= most["long"] * unit]
    inner = sorted(look.level for look in long if _is_within(look.rule, ink.shape))
    least = min(most["darkest"], most["share"] * inner[-most["fewest"]]) if len(inner) >= most["fewest"] else 0.0
    shining = [look for look in long if look.level < least and look.printed <= most["printed"]]
    own = [look for look in long if look.level >= least]
    if not shining or _breadth(shining) < most["broader"] * _breadth(own) or not _are_apart(own, shining):
        return ink, list(rules)
    wiped = ink.copy()
    for look in looks:
        if look.level < least:
            _wipe(wiped if look.rule.horizontal else wiped.T, look, unit)
    rest = np.maximum(wiped - np.float32(least), 0)  # what is left of them where print crosses them
    return rest, [look.rule for look in looks if look.level >= least]


def _is_within(rule: Rule, shape: tuple[int, ...]) -> bool:
    """Whether it lies inside the page's margin."""
    size, margin = shape[0] if rule.horizontal else shape[1], load_rules("scans.toml")["back"]["margin"]
    return bool(margin * size <= rule.at <= (1 - margin) * size)


def _look_at(rule: Rule, ink: Ink, unit: float) -> _Look:
    lying = ink if rule.horizontal else ink.T
    along = np.arange(max(0, int(rule.start)), min(lying.shape[1], int(rule.end) + 1))
    across = np.rint(rule.at + rule.slope * (along - rule.middle)).astype(int)
    last, beside = lying.shape[0] - 1, max(2, round(load_rules("scans.toml")["back"]["beside"] * unit))
    shifts = range(-beside, beside + 1)
    inks = np.array([lying[np.clip(across + shift, 0, last), along] for shift in shifts])  # shifts × length
    means = inks.mean(axis=1)
    drawn = inks[int(means.argmax())]
    means = np.maximum(means - np.median(means), 0)
    mean = float(means.max())
    between = float(np.median(drawn) - np.median(inks[[0, -1]]))  # where print stands right beside, the mean tells less
    breadth = float(means.sum()) / max(mean, 1e-6)
    return _Look(
        rule,
        along,
        across,
        max(mean, between),
        breadth,
        float((drawn > load_rules("scans.toml")["back"]["print"]).mean()),
    )


def _are_apart(own: Sequence[_Look], shining: Sequence[_Look]) -> bool:
    """Whether hardly any of the page's own rules is nearly as light as those that shine through: else all are its own,
    and faint.
    """
    apart, alike = load_rules("scans.toml")["back"]["apart"], load_rules("scans.toml")["back"]["alike"]
    lightest = float(np.percentile([look.level for look in own], alike))
    return bool(lightest >= apart * float(np.percentile([look.level for look in shining], 100 - alike)))


def _breadth(looks: Sequence[_Look]) -> float:
    """The mean breadth of rules, longer ones counting more."""
    return float(np.average([look.breadth for look in looks], weights=[look.rule.length for look in looks]))


def _wipe(ink: Ink, look: _Look, unit: float) -> None:
    """Makes the rule as light as the paper beside it, but where print stands on it; `ink` has it horizontal."""
    most = load_rules("scans.toml")["back"]
    last, wide, beside = ink.shape[0] - 1, max(1, round(most["wide"] * unit)), max(2, round(most["beside"] * unit))
    sides = [ink[np.clip(look.across + shift, 0, last), look.along] for shift in (-beside, beside)]
    paper = np.minimum(*sides)
    for shift in range(-wide, wide + 1):
        place = np.clip(look.across + shift, 0, last), look.along
        there = ink[place]
        ink[place] = np.where(there < most["print"], np.minimum(there, paper), there)
