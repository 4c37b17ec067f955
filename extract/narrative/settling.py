"""结转 without a year, and 办理 of all that was due: which row of table 3 is meant here."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.narrative.binding import Context
from extract.narrative.lexicon import Mention, Term
from extract.narrative.numbers import CLAIMS_FILE, Number
from extract.narrative.spoken import Bound, Spoken
from extract.narrative.targets import REQUESTS
from extract.narrative.windows import Window
from extract.narrative.years import carry_direction, comes_over
from extract.quick import replace
from extract.rules import load_rules

_INCOMING = ("received", "carried_in", "carried_out")


def is_left_over(spoken: Spoken, number: Number, context: Context) -> bool:
    """另有29件因收到较晚，转入2024年办理: what is left of the requests goes on into the next year."""
    rules, text = load_rules(CLAIMS_FILE)["beside"], spoken.text
    if _is_late(text, number):
        return True
    asked = context.subject == REQUESTS or text.startswith("申请", number.end)
    if not asked or not re.search(rules["left_over"], text[: number.start]):
        return False
    goes_on = re.search(rules["goes_on"], text[number.end :])
    elsewhere = re.search(rules["elsewhere"], text[number.end :])
    return goes_on is not None and (elsewhere is None or goes_on.end() < elsewhere.end())


def _is_late(text: str, number: Number) -> bool:
    """有2件申请因12月下旬才提交，结转下年度办理."""
    late, before = load_rules(CLAIMS_FILE)["beside"]["late"], text[: number.start]
    begins = before.endswith(("有", "，", "；", "。")) or not before
    return begins and "申请" in text and re.match(late, text[number.end :]) is not None


def settle_carry(mentions: list[Mention], spoken: Spoken, window: Window, bounds: Sequence[Bound]) -> list[Mention]:
    """A bare 结转 becomes last year's or next year's."""
    settled = []
    for mention in mentions:
        term = mention.of_kind("row")
        if term and term.value == "carry":
            direction = carry_direction(spoken.text, window.piece[0], window.right, spoken.year)
            if term.weak and not direction and not spoken.noisy:
                continue
            behind = spoken.text[window.number.end :]
            value = {-1: "carried_in", 1: "carried_out"}.get(direction) or _carry_by_place(bounds, behind)
            mention = replace(mention, terms=(_carried(value, direction, bounds),))
        elif term and term.value == "carried_out" and _comes_over(spoken, window, mention.start):
            mention = replace(mention, terms=(Term("row", "carried_in"),))
        elif term and _is_all_due(term, mention, bounds, spoken.text):
            mention = replace(mention, terms=(Term("row", "carried"),))
        settled.append(mention)
    last = settled[-1].of_kind("row") if settled else None
    between = spoken.text[settled[-1].end : window.number.start] if settled else ""
    if last and last.value == "carried_in" and any(word in between for word in ("共", "合计", "总计")):
        return [replace(settled[-1], terms=(Term("row", "carried"),))]
    return settled


def _comes_over(spoken: Spoken, window: Window, start: int) -> bool:
    return comes_over(spoken.text, (window.piece[0], window.right), start, spoken.year)


def _carried(value: str, direction: int, bounds: Sequence[Bound]) -> Term:
    """The row; 办结63件，结转5件 is as clear as it gets without a year, 收到69件，结转5件 is not."""
    after = next((bound.fields for bound in reversed(bounds) if bound.fields), ())
    clear = after[:1] != () and after[0].startswith("requests.") and after[0].split(".")[1] not in _INCOMING
    return Term("row", value, loose=not direction, weak=not direction and not clear)


def _is_all_due(term: Term, mention: Mention, bounds: Sequence[Bound], text: str) -> bool:
    """加上结转的5件，共办理169件: what is dealt with is what came in and what was left over."""
    if term.value != "handled" or not text[mention.start : mention.end].endswith(("办理", "处理")) or not bounds:
        return False
    last = bounds[-1]
    added = re.search(r"加|连同", text[: last.number.start]) or text[: mention.start].endswith(("合计", "共计", "总计"))
    return last.fields == ("requests.carried_in.total",) and bool(added)


def _carry_by_place(bounds: Sequence[Bound], behind: str) -> str:
    """Right behind 收到, or first of all and before 办结, a 结转 came in; behind 办结 and the outcomes it goes out."""
    last = next((bound.fields for bound in reversed(bounds) if bound.fields), ())
    first = not last and re.search(load_rules(CLAIMS_FILE)["years"]["done_behind"], behind) is not None
    return "carried_in" if first or last[:1] == ("requests.received.total",) else "carried_out"
