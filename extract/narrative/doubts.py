"""Contradictions that rest on cells which may have been misread: the text is then not to blame."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from extract.narrative.numbers import CLAIMS_FILE
from extract.quick import replace
from extract.records import Claim, Discrepancy, Field, State, Verdict
from extract.rules import load_rules

_AGAINST_TABLE = ("T001", "T004", "T005")


@cache
def _rules() -> dict[str, float]:
    rules: dict[str, Any] = load_rules(CLAIMS_FILE)["doubt"]
    return rules


def withdraw_doubtful(
    claims: Iterable[Claim],
    discrepancies: Iterable[Discrepancy],
    fields: Mapping[str, Field],
    contested: Collection[str] = (),
    alone: Mapping[str, Field] = MappingProxyType({}),
) -> tuple[tuple[Claim, ...], tuple[Discrepancy, ...]]:
    """Both without the contradictions whose cells were not read with confidence.

    `contested` fields have a rival row with other values, such as last year's: nothing rests on them. `alone` are
    fields as they are graded where the text does not speak against them. Where most contradictions of a report fall,
    its tables were misread: the others then need more confidence to stay.
    """
    discrepancies = tuple(discrepancies)
    weighed = {
        name: _weigh(fields[name], alone.get(name), name in contested) for name in fields.keys() & {*contested, *alone}
    }
    fields = {**fields, **weighed}
    least = _rules()["least"]
    against = [item for item in discrepancies if item.code in _AGAINST_TABLE]
    fallen = sum(1 for item in against if not _stands(item, fields, least))
    if fallen * 2 > len(against):
        least = _rules()["least_in_doubt"]
    kept = tuple(item for item in discrepancies if item.code not in _AGAINST_TABLE or _stands(item, fields, least))
    return tuple(_withdraw(claim, fields, least) for claim in claims), kept


def _weigh(field: Field, alone: Field | None, contested: bool) -> Field:
    """The field, contested or graded alone, with the confidence that counts against the text."""
    own = alone.confidence if alone and not contested else 0.0
    return replace(field, confidence=own if own > _rules()["open_place"] else 0.0)


def _stands(item: Discrepancy, fields: Mapping[str, Field], least: float) -> bool:
    """A share has its own figures beside it; 均已办结 is denied by any cell of a row, whatever column it stands in."""
    if item.code == "T004":
        return _is_firm(item.fields, fields, _rules()["least_of_share"])
    if item.code == "T005":
        return _is_any_firm(item.fields, fields, least)
    return _is_firm(item.fields, fields, least)


def _is_any_firm(names: tuple[str, ...], fields: Mapping[str, Field], least: float) -> bool:
    unread = any(fields[name].state is not State.READ for name in names if name in fields)
    row = _rules()["least_where_lost"] if unread else least
    return any(_is_firm((name,), fields, row) for name in (*names, *_ends(names, fields)))


def _ends(names: tuple[str, ...], fields: Mapping[str, Field]) -> list[str]:
    """The cells beside the totals that are named: where one of them shows a number, there were some."""
    groups = {name.removesuffix("total") for name in names if name.endswith(".total")}
    return [name for name, field in fields.items() if field.value and name.rpartition(".")[0] + "." in groups]


def _withdraw(claim: Claim, fields: Mapping[str, Field], least: float) -> Claim:
    if claim.verdict is not Verdict.CONTRADICTED:
        return claim
    own = (claim.field,) if claim.field else claim.sum_of or sum(claim.share_of or ((), ()), ())
    needed = _rules()["least_of_share"] if claim.share_of else least
    firm = _is_any_firm(own, fields, least) if claim.note == "none" else _is_firm(own, fields, needed)
    return claim if firm else replace(claim, verdict=Verdict.UNVERIFIABLE)


def _is_firm(names: Iterable[str], fields: Mapping[str, Field], least: float) -> bool:
    """True where every cell that was read is beyond doubt, and one was; of a lost part of table 4 less is asked."""
    own = [(name, fields[name]) for name in names if name in fields]
    read = [field.confidence for _, field in own if field.state is State.READ]
    lost = len(read) < len(own) and all(name.startswith("challenges.") for name, _ in own)
    return not own or (bool(read) and min(read) >= (_rules()["least_where_lost"] if lost else least))
