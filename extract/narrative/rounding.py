"""Numbers that the prose gives in larger units, rounded: 2.18万件 for 21764, 0.196亿元 for 1960.37万元."""

from __future__ import annotations

import re
from decimal import Decimal

from extract.narrative.numbers import CLAIMS_FILE
from extract.numerals import parse_number
from extract.quick import replace
from extract.records import Cells, Claim, Qualifier
from extract.rules import load_rules

_DIGITS = re.compile(r"\d[\d,，]*(?:\.(?P<decimals>\d+))?\s*(?P<scale>[万亿]?)")


def in_unit_of_cells(claim: Claim, fields: tuple[str, ...], cells: Cells) -> Claim:
    """The claim with an amount in the unit that the cells print; the form's is 万元."""
    if claim.unit not in load_rules(CLAIMS_FILE)["numbers"]["money"] or len(fields) != 1:
        return claim
    raw = cells[fields[0]].raw
    printed = next((unit for unit in ("亿元", "万元", "元") if unit in raw), "万元")
    return replace(claim, value=claim.value * _worth(claim.unit) / _worth(printed))


def _worth(unit: str) -> Decimal:
    """The unit in 元."""
    return parse_number("1" + unit.removesuffix("元")) or Decimal(1)


def is_rounded(claim: Claim, shown: Decimal) -> bool:
    """Whether the claim is the shown number, rounded to its last digit; only where it is in 万 or 亿, or an amount."""
    digits = _DIGITS.search(claim.text)
    money = claim.unit in load_rules(CLAIMS_FILE)["numbers"]["money"]
    if digits is None or claim.qualifier is not Qualifier.EXACT or not claim.value or not (digits["scale"] or money):
        return False
    printed = parse_number(digits.group().rstrip("万亿").strip())
    if not printed:
        return False
    step = claim.value / printed / Decimal(10 ** len(digits["decimals"] or ""))
    return abs(shown - claim.value) * 2 <= step
