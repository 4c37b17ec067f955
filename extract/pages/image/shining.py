"""Rules of the back of the sheet, or of the next one, shine through: far lighter than the page's own, and broader."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extract.pages.image.ink import Ink
from extract.pages.image.rules import Rule
from extract.quick import record

_LONG = 60.0  # points of a rule that is no stroke of a character
_FEWEST = 3  # long rules of the page's own, at least: by the lightest of so many the others are judged
_LIGHTEST, _LIGHTER = 0.12, 0.35  # ink, and share of that of the page's own rules, below which a rule shines through
_BROADER = 1.18  # times as broad as the page's own are those that shine through paper
_APART, _MOST_ALIKE = 2.2, 15  # times as dark are the page's own, but for this per cent of both
_MARGIN = 0.03  # share of the page at its sides: the edge of the sheet, no rule of it
_BESIDE = 3.0  # points from a rule to where the paper beside it is seen
_WIDE = 2.0  # points from the middle of such a rule to where its soft border ends
_PRINT = 0.3  # ink that is print over such a rule ...
_MOST_PRINT = 0.1  # ... and share of its length along which it lies at most: on a line of text it is a third and more


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
    looks = [_look_at(rule, ink, unit) for rule in rules]
    long = [look for look in looks if look.rule.length >= _LONG * unit]
    inner = sorted(look.level for look in long if _is_within(look.rule, ink.shape))
    least = min(_LIGHTEST, _LIGHTER * inner[-_FEWEST]) if len(inner) >= _FEWEST else 0.0
    shining = [look for look in long if look.level < least and look.printed <= _MOST_PRINT]
    own = [look for look in long if look.level >= least]
    if not shining or _breadth(shining) < _BROADER * _breadth(own) or not _are_apart(own, shining):
        return ink, list(rules)
    wiped = ink.copy()
    for look in looks:
        if look.level < least:
            _wipe(wiped if look.rule.horizontal else wiped.T, look, unit)
    rest = np.maximum(wiped - np.float32(least), 0)  # what is left of them where print crosses them
    return rest, [look.rule for look in looks if look.level >= least]


def _is_within(rule: Rule, shape: tuple[int, ...]) -> bool:
    """Whether it lies inside the page's margin."""
    size = shape[0] if rule.horizontal else shape[1]
    return _MARGIN * size <= rule.at <= (1 - _MARGIN) * size


def _look_at(rule: Rule, ink: Ink, unit: float) -> _Look:
    lying = ink if rule.horizontal else ink.T
    along = np.arange(max(0, int(rule.start)), min(lying.shape[1], int(rule.end) + 1))
    across = np.rint(rule.at + rule.slope * (along - rule.middle)).astype(int)
    last, beside = lying.shape[0] - 1, max(2, round(_BESIDE * unit))
    shifts = range(-beside, beside + 1)
    inks = np.array([lying[np.clip(across + shift, 0, last), along] for shift in shifts])  # shifts × length
    means = inks.mean(axis=1)
    drawn = inks[int(means.argmax())]
    means = np.maximum(means - np.median(means), 0)
    mean = float(means.max())
    between = float(np.median(drawn) - np.median(inks[[0, -1]]))  # where print stands right beside, the mean tells less
    breadth = float(means.sum()) / max(mean, 1e-6)
    return _Look(rule, along, across, max(mean, between), breadth, float((drawn > _PRINT).mean()))


def _are_apart(own: Sequence[_Look], shining: Sequence[_Look]) -> bool:
    """Whether hardly any of the page's own rules is nearly as light as those that shine through: else all are its own,
    and faint.
    """
    lightest = float(np.percentile([look.level for look in own], _MOST_ALIKE))
    return lightest >= _APART * float(np.percentile([look.level for look in shining], 100 - _MOST_ALIKE))


def _breadth(looks: Sequence[_Look]) -> float:
    """The mean breadth of rules, longer ones counting more."""
    return float(np.average([look.breadth for look in looks], weights=[look.rule.length for look in looks]))


def _wipe(ink: Ink, look: _Look, unit: float) -> None:
    """Makes the rule as light as the paper beside it, but where print stands on it; `ink` has it horizontal."""
    last, wide, beside = ink.shape[0] - 1, max(1, round(_WIDE * unit)), max(2, round(_BESIDE * unit))
    sides = [ink[np.clip(look.across + shift, 0, last), look.along] for shift in (-beside, beside)]
    paper = np.minimum(*sides)
    for shift in range(-wide, wide + 1):
        place = np.clip(look.across + shift, 0, last), look.along
        there = ink[place]
        ink[place] = np.where(there < _PRINT, np.minimum(there, paper), there)
