"""Fields → one score of the report, and the doubtful cells whose check settles most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, log

from extract.artifacts import model_entry
from extract.fields.grade import MODEL
from extract.records import Field
from extract.rules import LinearRule

_PAIR = 2  # doubtful cells of a sum, of which the check of one tells the other
_MOST = 10  # cells in the list; who has checked them looks at the report again


def score_accepted(fields: Mapping[str, Field]) -> float:
    """Probability (0..1) that every accepted field is right; 1 where none is accepted.

    Wrong cells of one report come together: the product of the confidences is raised to a power below 1, which was
    fitted to whole documents when the model was trained.
    """
    together = sum(log(field.confidence) for field in fields.values() if field.accepted)
    return exp(model_entry(MODEL)["together"] * together)


def check_first(fields: Mapping[str, Field], rules: Sequence[LinearRule]) -> tuple[str, ...]:
    """The cells that are not accepted, those first whose check takes away most doubt; at most ten.

    A check takes away the cell's own doubt and that of the cells which share a sum with it: all of it where only one
    is left, of several a part each. What a sum then tells is not in the list.
    """
    doubts = {name: 1.0 - field.confidence for name, field in fields.items() if not field.accepted}
    chosen: list[str] = []
    sums: Sequence[Sequence[str]] = [rule.fields for rule in rules]
    while doubts and len(chosen) < _MOST:
        sums = [left for own in sums if (left := [name for name in own if name in doubts])]
        open_sums = _open_sums(sums)
        best = max(doubts, key=lambda name: _settled(name, open_sums.get(name, ()), doubts))
        chosen.append(best)
        told = {name for own in open_sums.get(best, ()) if len(own) == _PAIR for name in own}
        for name in {best, *told}:
            del doubts[name]
    return tuple(chosen)


def _open_sums(sums: Sequence[Sequence[str]]) -> dict[str, list[Sequence[str]]]:
    """Doubtful cell → the doubtful cells of each sum that it stands in, itself among them."""
    standing: dict[str, list[Sequence[str]]] = {}
    for own in sums:
        for name in own:
            standing.setdefault(name, []).append(own)
    return standing


def _settled(name: str, open_sums: Sequence[Sequence[str]], doubts: Mapping[str, float]) -> float:
    """The doubt that the check of the cell takes away; `open_sums` are those that it stands in."""
    shared = (
        sum(doubts[other] for other in own if other != name) / (len(own) - 1) for own in open_sums if len(own) > 1
    )
    return doubts[name] + sum(shared)
