"""Phrase templates → sentences with their claims.

`[a|b]` is a choice, may nest. A slot stands in braces:

    {we} {year} …              a word of the context
    {n:received:件}            a number of the table; the claim is bound to its cells
    {z:recon,lit:未发生}       words that mean none: a claim of 0 for each target
    {p:granted:received}       the share of the first in the second, in per cent
    {d:20-400:条}              a number of something else; a fourth part is 余, 多, 近, 约, 超 …
    {o:三:3:个}                a small count in words that need not be found
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from extract.numerals import CHINESE_DIGITS
from training.synthesis.draft import Draft, Statement
from training.synthesis.figures import Number
from training.synthesis.targets import targets

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{([^{}]*)\}")
_CONDITION = re.compile(r"(\w+)(>=|<=|=|>|<|!=)(\w+)")
_BEFORE = {"近": "about", "约": "about", "超": "at_least", "超过": "at_least", "不足": "at_most"}
_AFTER = {"余": "at_least", "多": "at_least", "以上": "at_least"}


@dataclass(slots=True)
class Voice:
    """How this document words things, and what it may still get wrong."""

    draft: Draft
    words: Mapping[str, str]
    chinese_numerals: float = 0.0  # share of small numbers written in Chinese numerals
    thousands: bool = False
    wrong_number: bool = False  # the next bound number is printed wrong
    wrong_share: bool = False  # the next percentage is printed wrong
    told: dict[str, int] = field(default_factory=dict)  # targets that have been stated

    @property
    def rng(self) -> random.Random:
        return self.draft.rng


def choose(rng: random.Random, template: str) -> str:
    """The template with every choice made."""
    while "[" in template:
        template = _CHOICE.sub(lambda match: rng.choice(match[1].split("|")), template)
    return template


def holds(draft: Draft, when: str) -> bool:
    """Whether the printed figures meet the conditions: `received>0 carried_out=0`, `handled=received`."""
    return all(_meets(draft, *match.groups()) for match in _CONDITION.finditer(when))


def can_tell(draft: Draft, template: str) -> bool:
    """Whether every number that the template speaks of is printed, as one that a sentence can state."""
    values = [(name, draft.number(targets()[name])) for name in named_targets(template)]
    return all(value is not None and value >= 0 and (name == "fees" or value == int(value)) for name, value in values)


def named_targets(template: str) -> list[str]:
    """The targets that the template tells something of."""
    return [name for slot in _SLOT.findall(template) for name in _names(slot.split(":"))]


def _names(slot: list[str]) -> list[str]:
    if slot[0] == "n":
        return [slot[1]]
    if slot[0] == "p":
        return slot[1:]
    return [name for name in slot[1].split(",") if name != "-"] if slot[0] == "z" else []


def _meets(draft: Draft, name: str, relation: str, other: str) -> bool:
    left = draft.number(targets()[name])
    right = int(other) if other.isdigit() else draft.number(targets()[other])
    if left is None or right is None:
        return False
    return {
        "=": left == right,
        "!=": left != right,
        ">": left > right,
        "<": left < right,
        ">=": left >= right,
        "<=": left <= right,
    }[relation]


def expand(template: str, voice: Voice) -> tuple[str, tuple[Statement, ...]]:
    """The text of the sentence and its claims, in order."""
    text, statements, end = "", [], 0
    chosen = choose(voice.rng, template)
    for match in _SLOT.finditer(chosen):
        printed, found = _fill(match[1].split(":"), voice)
        text += chosen[end : match.start()] + printed
        statements += found
        end = match.end()
    return text + chosen[end:], tuple(statements)


def _fill(slot: list[str], voice: Voice) -> tuple[str, list[Statement]]:
    kind, rest = slot[0], slot[1:]
    if not rest:
        return voice.words[kind], []
    makers = {"n": _bound, "z": _none, "p": _share, "d": _distractor, "o": _optional}
    return makers[kind](rest, voice)


def _bound(slot: list[str], voice: Voice) -> tuple[str, list[Statement]]:
    name, unit = slot[0], slot[1]
    fields = targets()[name]
    value = voice.draft.number(fields)
    if value is None:
        raise ValueError(f"{name} is not printed as a number")
    if voice.wrong_number:
        voice.wrong_number = False
        value = max(Decimal(0), value + voice.rng.choice((1, 2, 3, -1, 10))) if value else voice.rng.randint(1, 5)
        value = int(value) if value == int(value) else value
    voice.told[name] = voice.told.get(name, 0) + 1
    text = _spell(value, voice, unit) + unit
    return text, [Statement(text, _json_number(value), unit, "exact", fields)]


def _none(slot: list[str], voice: Voice) -> tuple[str, list[Statement]]:
    names, words = slot[0].split(","), slot[1]
    found = []
    for place, name in enumerate(names):
        fields = targets()[name] if name != "-" else ()
        optional = place > 0 or name == "-"
        found.append(Statement(words, 0, "件", "exact", fields, optional=optional, words=True))
        voice.told[name] = voice.told.get(name, 0) + 1
    return words, found


def _share(slot: list[str], voice: Voice) -> tuple[str, list[Statement]]:
    part, whole = targets()[slot[0]], targets()[slot[1]]
    share = Decimal(voice.draft.number(part) or 0) * 100 / Decimal(voice.draft.number(whole) or 1)
    wrong = voice.wrong_share
    if wrong:
        voice.wrong_share = False
        share = share + 17 if share < 60 else share - 23
    places = Decimal(1).scaleb(-voice.rng.choice((0, 1, 1, 2, 2)))
    shown = share.quantize(places, ROUND_HALF_UP)
    text = f"{shown}%"
    return text, [Statement(text, float(shown), "%", "exact", (), (part, whole), wrong_share=wrong)]


def _distractor(slot: list[str], voice: Voice) -> tuple[str, list[Statement]]:
    low, high = slot[0].split("-")
    unit = slot[1]
    word = slot[2] if len(slot) > 2 else ""
    if unit == "%":
        value: Number = Decimal(voice.rng.randint(int(low) * 10, int(high) * 10)) / 10
    else:
        value = voice.rng.randint(int(low), int(high))
    if word in _AFTER and isinstance(value, int) and value > 20:
        value = value // 10 * 10
    if unit != "%" and isinstance(value, int) and value >= 20000 and voice.rng.random() < 0.5:
        shown = Decimal(value) / 10000
        value = int(shown.quantize(Decimal("0.01")) * 10000)
        number = f"{shown.quantize(Decimal('0.01'))}万"
    else:
        number = _spell(value, voice, unit) if word not in _AFTER else str(value)
    before, after = (word, "") if word in _BEFORE else ("", word)
    text = f"{number}{unit}以上" if after == "以上" else f"{before}{number}{after}{unit}"
    qualifier = _BEFORE.get(before) or _AFTER.get(after) or "exact"
    return text, [Statement(text, _json_number(value), unit, qualifier)]


def _optional(slot: list[str], voice: Voice) -> tuple[str, list[Statement]]:
    word, value, unit = slot
    text = word + unit
    return text, [Statement(text, int(value), unit, optional=True)]


def _spell(value: Number, voice: Voice, unit: str) -> str:
    small = isinstance(value, int) and 1 <= value <= 99 and unit not in ("元", "万元", "%")
    if small and voice.rng.random() < voice.chinese_numerals:
        return "两" if value == 2 else to_chinese(int(value))
    if voice.thousands and isinstance(value, int) and value >= 1000:
        return f"{value:,}"
    return str(value)


def to_chinese(value: int) -> str:
    """0..99 in Chinese numerals."""
    tens, ones = divmod(value, 10)
    if not tens:
        return CHINESE_DIGITS[ones]
    return ("" if tens == 1 else CHINESE_DIGITS[tens]) + "十" + (CHINESE_DIGITS[ones] if ones else "")


def _json_number(value: Number) -> float | int:
    return int(value) if value == int(value) else float(value)
