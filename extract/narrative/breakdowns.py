"""T002 for a list of parts that does not make its whole, where one slip of the pen explains what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import takewhile

from extract.narrative.analysis import Analysis
from extract.narrative.likely import find_slip
from extract.narrative.numbers import COUNTED_FILE, Number
from extract.quick import record
from extract.records import Claim, Qualifier
from extract.rules import load_rules

_LEAST_PARTS = 2
_LONG = 100  # of smaller wholes two digits change places by chance, where parts may be left out
_DIGITS = "零一二三四五六七八九十"


@record
class _Part:
    number: Number
    name: str


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(load_rules(COUNTED_FILE)["breakdown"][name])


def find_breakdowns(
    analyses: Sequence[Analysis], claims: Sequence[Sequence[Claim]]
) -> Iterator[tuple[Claim, tuple[Claim, ...]]]:
    """(whole, parts) of each list whose parts do not make the whole; it may begin the sentence behind its whole."""
    last: tuple[Analysis, Sequence[Claim]] | None = None
    for analysis, own in zip(analyses, claims, strict=True):
        text, numbers = analysis.plain.text, _numbers(analysis)
        for mark in _pattern("begins").finditer(text) if len(numbers) >= _LEAST_PARTS else ():
            parts = _read_parts(text, mark.end(), [number for number in numbers if number.start >= mark.end()])
            told, of = (analysis, own) if mark.start() or not last else last
            whole = _find_whole(told, mark.start() if told is analysis else len(told.plain.text), parts)
            if whole and _are_at_odds(_words_before(told, whole), whole, parts):
                yield from _as_claims((told, of, [whole]), (analysis, own, [part.number for part in parts]))
        if numbers:
            last = analysis, own


def _numbers(analysis: Analysis) -> list[Number]:
    return [bound.number for bound in analysis.bounds]


def _read_parts(text: str, start: int, numbers: Sequence[Number]) -> list[_Part]:
    """The parts of the list that begins at `start`: names and counts of one unit, all parted in the same way."""
    parts: list[_Part] = []
    between = ""
    for number in numbers:
        gap = _pattern("gap").fullmatch(text, start, number.start)
        if not gap or not _pattern("ends").match(text, number.end) or _pattern("no_part").search(gap["name"]):
            break
        if number.qualifier is not Qualifier.EXACT or (parts and number.unit != parts[0].number.unit):
            break
        if parts and not gap["joint"]:
            between = between or gap["mark"]
            if gap["mark"] != between:
                break
        parts.append(_Part(number, gap["name"]))
        start = number.end
    twice = _pattern("told_twice").search(text[start:]) is not None
    listed = between == "、" or _are_parallel([part.name for part in parts])
    return parts if len(parts) >= _LEAST_PARTS and listed and not twice else []


def _are_parallel(names: Sequence[str]) -> bool:
    """Whether all names begin or end with the same words: 主动公开52件，不予公开27件."""
    ends = (zip(*names, strict=False), zip(*(reversed(name) for name in names), strict=False))
    shared = [len(list(takewhile(lambda column: len(set(column)) == 1, columns))) for columns in ends]
    return max(shared) >= _LEAST_PARTS or all(name.endswith("类") for name in names)


def _find_whole(told: Analysis, end: int, parts: Sequence[_Part]) -> Number | None:
    """The one count of the parts' unit before the list, or the last where nothing stands between."""
    if not parts:
        return None
    before = [number for number in _numbers(told) if number.end <= end and number.unit == parts[0].number.unit]
    sure = before and (len(before) == 1 or before[-1].end == end)
    whole = before[-1] if sure else None
    if whole is None or whole.qualifier is not Qualifier.EXACT:
        return None
    return None if _pattern("no_whole").search(_words_before(told, whole)) else whole


def _words_before(told: Analysis, number: Number) -> str:
    """The words of the piece that stand before the number."""
    return re.split("[，。；：（]", told.plain.text[: number.start])[-1]


def _are_at_odds(words: str, whole: Number, parts: Sequence[_Part]) -> bool:
    """Whether the parts do not make the whole although they are all there is, or are more than it."""
    total = sum((part.number.value for part in parts), Decimal(0))
    excess = total - whole.value
    if not excess or not _is_slip_among(whole.value, total, parts):
        return False
    if _are_all(words, parts):
        return True
    if excess > 0:
        return not any(_pattern("overlapping").search(part.name + part.number.unit) for part in parts)
    return whole.value >= _LONG and find_slip(whole.value, total) == "swapped"


def _is_slip_among(whole: Decimal, total: Decimal, parts: Sequence[_Part]) -> bool:
    """Whether one number of the list, mistyped, explains why it does not add up."""
    pairs = [(whole, total), *((part.number.value, part.number.value - (total - whole)) for part in parts)]
    slips = ("swapped", "digit", "added", "lost")
    return any(meant > 0 and find_slip(said, meant) in slips for said, meant in pairs)


def _are_all(words: str, parts: Sequence[_Part]) -> bool:
    """Whether nothing is left out: the last part is the rest, or the words say how many parts there are."""
    names = [part.name for part in parts]
    told = [_DIGITS.find(match[1].replace("两", "二")) for match in _pattern("so_many").finditer(words)]
    return _pattern("rest").match(names[-1]) is not None or told[-1:] == [len(parts)] or _are_quarters(names)


def _are_quarters(names: Sequence[str]) -> bool:
    return any(len(names) == size and all(unit in name for name in names) for unit, size in (("季度", 4), ("半年", 2)))


def _as_claims(
    *lists: tuple[Analysis, Sequence[Claim], Sequence[Number]],
) -> Iterator[tuple[Claim, tuple[Claim, ...]]]:
    """The whole and its parts as claims; nothing where one of them is none."""
    found: list[Claim] = []
    for analysis, own, numbers in lists:
        claims = {claim.start: claim for claim in own}
        places = [analysis.plain.printed_span(number.start, number.end)[0] for number in numbers]
        found += [claims[place] for place in places if place in claims]
    if len(found) == sum(len(numbers) for _, _, numbers in lists):
        yield found[0], tuple(found[1:])
