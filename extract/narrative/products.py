"""T002 for so many of each that do not make their total: 15个村，每村2名，共35名; 检查12次，每季度4次."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from extract.narrative.likely import find_slip
from extract.narrative.numbers import COUNTED_FILE
from extract.narrative.parted_counts import Item
from extract.records import Claim, Qualifier
from extract.rules import load_rules, rule_patterns

_SLIPS = {"swapped", "digit", "added", "lost", "single"}


@cache
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = load_rules(COUNTED_FILE)["products"]
    return rules


_pattern = rule_patterns(COUNTED_FILE, "products")


def find_wrong_products(sentences: Sequence[Sequence[Item]]) -> Iterator[tuple[Claim, Claim, Decimal]]:
    """(total, count of each, what they make) of each product in a sentence that a slip of the pen keeps from its total.

    `sentences` are the counts of each sentence; how many there are may be told in the one before.
    """
    for place, items in enumerate(sentences):
        for each in items:
            match = _pattern("each").search(each.name)
            if match and _is_plain(each):
                before = [*(sentences[place - 1] if place else ()), *(one for one in items if one.order < each.order)]
                yield from _judge(each, match, before, items)


def _is_plain(item: Item) -> bool:
    exact = item.claim.qualifier is Qualifier.EXACT
    return exact and _pattern("unsure").search(item.gap + "，" + item.behind) is None


def _judge(
    each: Item, match: re.Match[str], before: Sequence[Item], items: Sequence[Item]
) -> Iterator[tuple[Claim, Claim, Decimal]]:
    factor = _find_factor(match["per"], before)
    total = _find_total(each, items, yearly=match["per"] in _rules()["times"])
    if factor is None or total is None or not factor or _pattern("besides").search(total.after):
        return
    made = factor * each.value
    rounded = "平均" in each.gap and abs(made - total.value) < factor
    slips = {find_slip(total.value, made), find_slip(each.value, total.value / factor)}
    if made != total.value and not rounded and slips & _SLIPS:
        yield total.claim, each.claim, made


def _find_factor(per: str, before: Sequence[Item]) -> Decimal | None:
    """How many of them the year has, or the text says that there are; None where it says none, or several numbers."""
    if per in _rules()["times"]:
        return Decimal(_rules()["times"][per])
    told = {item.value for item in before if _is_plain(item) and (item.unit == per or item.behind.startswith(per))}
    told.discard(Decimal(1))  # 每两个月一次 says how often, and not how many there are
    return told.pop() if len(told) == 1 else None


def _find_total(each: Item, items: Sequence[Item], *, yearly: bool) -> Item | None:
    """The one count of its unit that is called a total, behind it or two before it, or that stands right before."""
    alike = [item for item in items if _unit(item) == _unit(each) and item is not each]
    behind = [item for item in alike if item.order > each.order and _pattern("total").search(item.name)]
    if len(alike) != 1 or not _is_plain(alike[0]):
        return None
    if behind:
        return behind[0] if not yearly or _share(each, behind[0]) else None
    if not yearly and alike[0].order == each.order - 2 and _pattern("total").search(alike[0].name):
        return alike[0]  # 公开栏共更换96版，6个社区每社区16版
    right_before = alike[0].order == each.order - 1 and _pattern("right_before").match(each.gap)
    return alike[0] if yearly and right_before else None


def _unit(item: Item) -> str:
    unit: str = _rules()["same_units"].get(item.unit, item.unit)
    return unit


def _share(each: Item, total: Item) -> bool:
    words, others = each.gap + "，" + each.behind, total.gap + "，" + total.behind
    return any(words[k : k + 2] in others for k in range(len(words) - 1) if "，" not in words[k : k + 2])
