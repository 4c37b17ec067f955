"""A cell whose darkest spot is far lighter than the numbers of its table holds the paper's grain, and no number."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from extract.celltext import merge_readings, parse_cell
from extract.pages.image.crops import Crop, darkest_spot, darkness
from extract.records import State
from extract.rules import load_rules

Texts = tuple[tuple[str, float], ...]

_FEWEST = 3  # numbers that tell how dark those of the table are
_SURE = 0.99  # probability from which a reading shows that
_MOST_FAINT = 1  # of them that are as faint as an empty cell, by mistake


def weigh_grain(found: Sequence[Texts], spots: Sequence[float]) -> list[Texts]:
    """The texts of the cells of one table; those of cells that are hardly darker than their paper with other weights.

    `spots` are the cells' darkest ones. Where numbers that are sure are as faint, nothing is told: a table may print
    its zeros grey.
    """
    known = [spot for texts, spot in zip(found, spots, strict=True) if _is_sure(texts)]
    if len(known) < _FEWEST:
        return list(found)
    usual, faint = median(known), load_rules("witness.toml")["grain"]["faint"]
    if sum(spot < faint * usual for spot in known) > _MOST_FAINT:
        return list(found)
    return [_weigh(texts, spot / usual) for texts, spot in zip(found, spots, strict=True)]


def are_grain(crops: Sequence[Crop], numbers: Sequence[Crop], digit_height: float) -> list[bool]:
    """Whether nothing as dark as print stands in each of the crops, beside those of sure numbers of their table."""
    if len(numbers) < _FEWEST:
        return [False] * len(crops)
    usual = median(darkest_spot(darkness(crop), digit_height) for crop in numbers)
    faint = load_rules("witness.toml")["grain"]["faint"]
    return [darkest_spot(darkness(crop), digit_height) < faint * usual for crop in crops]


def _is_sure(texts: Texts) -> bool:
    text, probability = next(iter(merge_readings(texts)), ("", 0.0))
    return probability >= _SURE and text[:1].isdigit() and parse_cell(text).state is State.READ


def _weigh(texts: Texts, depth: float) -> Texts:
    limits = load_rules("witness.toml")["grain"]
    if depth >= limits["faint"] or not texts:
        return texts
    own = limits["between" if depth >= limits["hardly"] else "below"]
    weights = {State.BLANK: 1.0, State.DASH: own["dash"]}
    weighed = [(text, score * weights.get(parse_cell(text).state, own["other"])) for text, score in texts]
    untold = max(0.0, 1 - sum(score for _, score in texts)) * own["other"]
    total = sum(score for _, score in weighed) + untold
    return tuple(sorted(((text, score / total) for text, score in weighed), key=lambda entry: -entry[1]))
