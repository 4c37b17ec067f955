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
    together = sum(map(log, [field.confidence for field in fields.values() if field.accepted]))
    return exp(model_entry(MODEL)["together"] * together)


def check_first(fields: Mapping[str, Field], rules: Sequence[LinearRule]) -> tuple[str, ...]:
    """The cells that are not accepted, those first whose check takes away most doubt; at most ten.

    A check takes away the cell's own doubt and that of the cells which share a sum with it: all of it where only one
    is left, of several a part each. What a sum then tells is not in the list.
    """
    doubts = {name: 1.0 - field.confidence for name, field in fields.items() if not field.accepted}
    open_sums = _open_sums(rules, doubts)
    settled = {name: _settled(name, own, doubts) for name, own in open_sums.items()}
    chosen: list[str] = []
    while settled and len(chosen) < _MOST:
        best = max(settled, key=settled.__getitem__)
        chosen.append(best)
        told = {best, *(name for own in open_sums[best] if len(own) == _PAIR for name in own)}
        beside = {other for name in told for own in open_sums[name] for other in own} - told
        for name in told:
            del settled[name]
            for own in open_sums[name]:
                own.remove(name)
        settled |= {name: _settled(name, open_sums[name], doubts) for name in beside}
    return tuple(chosen)


def _open_sums(rules: Sequence[LinearRule], doubts: Mapping[str, float]) -> dict[str, list[list[str]]]:
    """Doubtful cell → the doubtful cells of each sum that it stands in, itself among them."""
    standing: dict[str, list[list[str]]] = {name: [] for name in doubts}
    for rule in rules if doubts else ():
        own = [name for name in rule.fields if name in doubts]
        for name in own:
            standing[name].append(own)
    return standing


def _settled(name: str, open_sums: Sequence[Sequence[str]], doubts: Mapping[str, float]) -> float:
    """The doubt that the check of the cell takes away; `open_sums` are those that it stands in."""
    shared = (
        sum(doubts[other] for other in own if other != name) / (len(own) - 1) for own in open_sums if len(own) > 1
    )
    return doubts[name] + sum(shared)
