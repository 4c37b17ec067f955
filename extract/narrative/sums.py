"""合计, 共计, 总数: a number that adds up the numbers before it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from extract.narrative.numbers import CLAIMS_FILE, Number
from extract.narrative.targets import Fields
from extract.narrative.windows import Window
from extract.rules import load_rules

Counted = Sequence[tuple[Number, Fields]]
_OUTCOME_KINDS = 3
_ENDS = ("upheld", "corrected", "other", "pending")


@cache
def _sum_words() -> tuple[str, ...]:
    return tuple(load_rules(CLAIMS_FILE)["join"]["sum"])


def read_sum(text: str, window: Window, before: Counted) -> Fields:
    """The cells that the number adds up; none where its words name no sum."""
    if before and before[-1][0].end == window.left and before[-1][0].unit in _items():
        before = before[:-1]  # 两项共81件: 两项 counts the numbers before
    return sum_before(text[window.left : window.number.start], before)


@cache
def _items() -> tuple[str, ...]:
    return tuple(load_rules(CLAIMS_FILE)["join"]["items"])


def sum_before(words: str, before: Counted) -> Fields:
    """The cells that words such as 两项合计 add up; none where they name no sum."""
    words = words.removesuffix("是")
    if not words or len(words) > 8 or not words.endswith(_sum_words()):
        return ()
    parts = _trailing(before)
    if len(parts) < 2:
        return _with_carry(parts)
    fields = tuple(dict.fromkeys(field for fields in parts for field in fields))
    return _as_total(fields)


def _trailing(before: Counted) -> list[Fields]:
    """The cells of the numbers right before that are of one kind (all outcomes, all results, all applicants)."""
    parts: list[Fields] = []
    for _, fields in reversed(before):
        if parts and set(fields) > set(parts[0]):
            break  # the whole that the parts are of
        if not fields or (parts and not _may_add(fields[0], parts[0][0])):
            break
        parts.insert(0, fields)
    return parts


def _may_add(one: str, other: str) -> bool:
    """复议后起诉尚有2件未审结，直接起诉未审结5件，合计7件: the same result of several groups, too."""
    same_result = one.startswith("challenges.") and one.rpartition(".")[2] == other.rpartition(".")[2]
    return _kind(one) == _kind(other) or (same_result and other.startswith("challenges."))


def _kind(field: str) -> str:
    """What may be added up: the results of one group, the rows or the applicants of table 3, the totals of table 4."""
    table, *middle, column = field.split(".")
    if table == "challenges":
        return f"{middle[0]}.result" if column in _ENDS else "challenges"
    if table == "disclosure":
        return "decisions" if column == "decisions" else field
    if middle[0] in ("received", "carried_in") and column == "total":
        return "carried"
    if middle[0] == "handled":
        return field
    return "outcomes" if column == "total" else f"{'.'.join(middle)}.column"


def _with_carry(parts: Sequence[Fields]) -> Fields:
    """加上上年结转2件，共20件: received and carried in, where only one of them stands in the sentence."""
    if parts and parts[0] == ("requests.carried_in.total",):
        return ("requests.received.total", "requests.carried_in.total")
    return ()


def _as_total(fields: Fields) -> Fields:
    """All four results of a group are its total; so are the applicants with 自然人, and outcomes of three kinds."""
    if all(field.startswith("requests.received.") for field in fields) and "requests.received.natural_person" in fields:
        return ("requests.received.total",)
    if "requests.granted.total" in fields and len({field.split(".")[1] for field in fields}) >= _OUTCOME_KINDS:
        return ("requests.handled.total",)
    groups = {field.rsplit(".", 1)[0] for field in fields}
    ends = {field.rsplit(".", 1)[1] for field in fields}
    if fields[0].startswith("challenges.") and set(_ENDS) <= ends:
        return tuple(f"{group}.total" for group in sorted(groups))
    return fields
