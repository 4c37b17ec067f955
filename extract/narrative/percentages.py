"""Percentages × cells → verdicts: does the share follow from the figures?"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from extract.narrative.numbers import CLAIMS_FILE
from extract.narrative.targets import expand_rows
from extract.quick import replace
from extract.records import Cells, Claim, Qualifier, Verdict
from extract.rules import load_rules

_WHOLES = (
    ("requests.received.total",),
    ("requests.handled.total",),
    ("requests.received.total", "requests.carried_in.total"),
)
_PAIR = 2  # counts that make a run
_ALL = 100  # per cent: no part is more
_DISCLOSED = ("requests.granted.total", "requests.partially_granted.total")
_CLOSED = ("upheld", "corrected", "other")
_CHALLENGE_GROUPS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")


def judge_share(claim: Claim, claims: tuple[Claim, ...], cells: Cells) -> Claim:
    """The percentage with its verdict: contradicted only where no whole that could be meant gives it."""
    if claim.share_of is None:
        return claim
    part, whole = claim.share_of
    meant = [part, _DISCLOSED] if part == _DISCLOSED[:1] else [part]
    parts = {
        value for fields in meant for value in (_sum(fields, cells), *_stated(fields, claims)) if value is not None
    }
    parts |= set(_runs(claim, claims))
    wholes = {value for value in _whole_values(whole, part, claims, cells) if value}
    percent = load_rules(CLAIMS_FILE)["numbers"]["percent"]
    own = [other for other in claims if other.sentence == claim.sentence and not other.share_of]
    wholes |= {other.value for other in own if other.value and other.unit not in percent}
    if not parts or not wholes:
        return claim
    if any(follows(claim, one, all_) for one in parts for all_ in wholes):
        return replace(claim, verdict=Verdict.SUPPORTED)
    if claim.value > _ALL and any(_lost_its_point(claim, one, all_) for one in parts for all_ in wholes):
        return claim
    known = bool(whole) or part[0].startswith("requests.") or _names_total(claim, claims, part)
    return replace(claim, verdict=Verdict.CONTRADICTED) if known and claim.certain else claim


def _runs(claim: Claim, claims: tuple[Claim, ...]) -> Iterable[Decimal]:
    """予以公开7件，部分公开3件，占比55.6%: what the counts right before the percentage make together."""
    own = [other for other in claims if other.sentence == claim.sentence and other.end <= claim.start]
    run = [other.value for other in own if (other.field or other.sum_of) and not other.share_of]
    return (sum(run[-length:], Decimal(0)) for length in range(_PAIR, len(run) + 1))


def _names_total(claim: Claim, claims: tuple[Claim, ...], part: tuple[str, ...]) -> bool:
    """复议126件，维持45件，占45%: the sentence says how many challenges of the kind there were."""
    if any(field.endswith(".total") for field in part):
        return False
    totals = {f"{field.rsplit('.', 1)[0]}.total" for field in part}
    own = (other for other in claims if other.sentence == claim.sentence and other.certain)
    return any(totals == {other.field, *other.sum_of} - {None} for other in own)


def _lost_its_point(claim: Claim, part: Decimal, whole: Decimal) -> bool:
    """占500%, where the figures give 50.0%."""
    return any(follows(replace(claim, value=claim.value / size), part, whole) for size in (10, _ALL))


def _whole_values(
    whole: tuple[str, ...], part: tuple[str, ...], claims: tuple[Claim, ...], cells: Cells
) -> list[Decimal | None]:
    """The wholes that can be meant: the one that is named, or else any that the part belongs to."""
    named = [whole] if whole else []
    if part[0].startswith("challenges."):
        named += [(f"challenges.{group}.total",) for group in _CHALLENGE_GROUPS]
        named += [tuple(f"challenges.{group}.total" for group in _CHALLENGE_GROUPS[1:])]
        groups = list(dict.fromkeys(field.split(".")[1] for field in part))
        named += [tuple(f"challenges.{group}.{end}" for group in groups for end in _CLOSED)]
    else:
        named += [*_WHOLES, *_parents(part)]
    values = [_sum(fields, cells) for fields in named]
    return [*values, *(value for fields in named for value in _stated(fields, claims))]


def _parents(part: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The total of the row of table 3, and the group of rows that it stands in (不掌握 in 无法提供)."""
    row, column = part[0].rsplit(".", 1)
    group = row.split(".")[1]
    siblings = tuple(f"requests.{name}.{column}" for name in expand_rows((group,))) if row.count(".") > 1 else ()
    return [*([(f"{row}.total",)] if column != "total" else []), *([siblings] if siblings else [])]


def _sum(fields: tuple[str, ...], cells: Cells) -> Decimal | None:
    values = [cells[field].value if field in cells else None for field in fields]
    return None if any(value is None for value in values) else sum((value for value in values if value), Decimal(0))


def _stated(fields: tuple[str, ...], claims: Iterable[Claim]) -> list[Decimal]:
    return [claim.value for claim in claims if fields and ((claim.field,) == fields or claim.sum_of == fields)]


def follows(claim: Claim, part: Decimal, whole: Decimal) -> bool:
    """True where part / whole is the percentage, to within one unit of its last digit."""
    share, stated = 100 * part / whole, claim.value
    step = Decimal(1).scaleb(min(0, int(stated.normalize().as_tuple().exponent)))
    slack = {Qualifier.EXACT: step, Qualifier.ABOUT: Decimal(5)}.get(claim.qualifier, Decimal(0))
    if claim.qualifier is Qualifier.AT_LEAST:
        return share >= stated
    return share <= stated if claim.qualifier is Qualifier.AT_MOST else abs(share - stated) < slack
