"""Numbers of damaged prose that may have lost a stroke, a digit or their point: 二件 for 三件, 十件 for 十三件."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from extract.narrative.analysis import analyse_sentences, is_damaged
from extract.narrative.numbers import CLAIMS_FILE
from extract.quick import replace
from extract.records import Cells, Claim, Sentence, Verdict
from extract.rules import load_rules

_STROKES = "123"  # 一二三
_ONES: tuple[str, ...] = ("", *"一二三四五六七八九")
_HUNDRED = 100


def leave_torn(
    claims: Iterable[Claim], sentences: tuple[Sentence, ...], cells: Cells, year: int | None
) -> Iterator[Claim]:
    """The claims; in damaged prose a number contradicts nothing of which the cell's may have been left."""
    noisy: bool | None = None
    for claim in claims:
        if claim.verdict is Verdict.CONTRADICTED and claim.field and not claim.note and _may_be_torn(claim, cells):
            noisy = is_damaged(analyse_sentences(sentences, year)) if noisy is None else noisy
            claim = replace(claim, verdict=Verdict.UNVERIFIABLE, certain=False) if noisy else claim
        yield claim


def _may_be_torn(claim: Claim, cells: Cells) -> bool:
    shown = cells[claim.field].value if claim.field else None
    if shown is None:
        return False
    if claim.unit in load_rules(CLAIMS_FILE)["numbers"]["money"]:
        return _digits(claim.value) == _digits(shown)  # 165万元 for 1.65
    if claim.text[:1].isdecimal():
        return False
    return _lacks_numeral(claim.value, shown) or _differ_by_strokes(f"{claim.value:f}", f"{shown:f}")


def _lacks_numeral(said: Decimal, shown: Decimal) -> bool:
    """Whether the numeral is the cell's without one of its characters: 十五 of 八十五, 八十 of 八十五."""
    if not said < shown < _HUNDRED:
        return False
    whole, rest = _spell(int(shown)), _spell(int(said))
    return any(whole[:place] + whole[place + 1 :] == rest for place in range(len(whole)))


def _spell(number: int) -> str:
    """A number below 100 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    return (_ONES[tens] if tens > 1 else "") + ("十" if tens else "") + _ONES[ones]


def _digits(amount: Decimal) -> str:
    return f"{amount:f}".replace(".", "").strip("0")


def _differ_by_strokes(said: str, shown: str) -> bool:
    """Whether the digits are as many, and where they differ are both of strokes only, or the one said is not there."""
    if len(said) != len(shown):
        return False
    differing = [(one, other) for one, other in zip(said, shown, strict=True) if one != other]
    return all(one == "0" or (one in _STROKES and other in _STROKES) for one, other in differing)
