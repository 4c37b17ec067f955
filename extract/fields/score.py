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
    sums = [set(rule.fields) for rule in rules]
    chosen: list[str] = []
    while doubts and len(chosen) < _MOST:
        open_sums = [own for fields_of in sums if (own := fields_of & doubts.keys())]
        best = max(doubts, key=lambda name: _settled(name, open_sums, doubts))
        chosen.append(best)
        told = {name for own in open_sums if best in own and len(own) == _PAIR for name in own}
        for name in {best, *told}:
            del doubts[name]
    return tuple(chosen)


def _settled(name: str, open_sums: Sequence[set[str]], doubts: Mapping[str, float]) -> float:
    """The doubt that the check of the cell takes away."""
    shared = (
        sum(doubts[other] for other in own if other != name) / (len(own) - 1)
        for own in open_sums
        if name in own and len(own) > 1
    )
    return doubts[name] + sum(shared)
