"""Counts that no cell shows, with the words around them, and what two of them have in common."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from extract.narrative.analysis import Analysis
from extract.narrative.counted import find_channels
from extract.narrative.likely import find_slip
from extract.narrative.numbers import CLAIMS_FILE, COUNTED_FILE
from extract.narrative.windows import split_pieces
from extract.narrative.years import say_whole_year
from extract.quick import record
from extract.records import Claim, Qualifier
from extract.rules import load_rules, rule_patterns

_LEAST = 2  # characters that two statements must share in a row
_TELLING_DIGITS = 2  # fewer change places by chance
_SIGNS = re.compile(r"[“”《》〈〉【】（）\s]")


@record
class Told:
    """A count; `lead` is what its sentence says before the piece of the number, `before` and `behind` its own words."""

    claim: Claim
    unit: str
    lead: str
    before: str
    behind: str
    listed: bool = False  # one of the parts of a whole


@cache
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = load_rules(COUNTED_FILE)["recalled"]
    return rules


_pattern = rule_patterns(COUNTED_FILE, "recalled")


def read_told(analysis: Analysis, own: Sequence[Claim], year: int | None) -> Iterator[Told]:
    """The free counts of a sentence that may be of the whole year and of all there is, or of a part in a list."""
    text = analysis.plain.text
    claims = {claim.start: claim for claim in own if _is_free(claim)}
    if not claims:
        return
    spans = [(bound.number.start, bound.number.end) for bound in analysis.bounds]
    for left, right in split_pieces(text):
        numbers = [span for span in spans if left <= span[0] < right]
        begin = left
        for place, (start, end) in enumerate(numbers):
            claim = claims.get(analysis.plain.printed_span(start, end)[0])
            stop = numbers[place + 1][0] if place + 1 < len(numbers) else right
            lead, before = (
                _say_year(words, year)
                for words in (text[:begin].rpartition("；")[2], text[begin:start].lstrip("、和及与，"))
            )
            begin = end
            other = _pattern("other_behind").match(text, end) is not None
            if claim and not other and not _is_of_part(lead, before) and _is_exact(claim, text[end:]):
                behind = "" if text.startswith(("、", "和", "及"), end) else text[end:stop]  # that of the next one
                yield Told(claim, unit_of(claim), _bare(lead), _bare(before), _bare(behind), "其中" in lead + before)


def unit_of(claim: Claim) -> str:
    """The unit by which counts are held against one another: people are counted in several."""
    return "人" if claim.unit in _rules()["people"] else str(claim.unit)


def _is_free(claim: Claim) -> bool:
    bound = claim.field or claim.sum_of or claim.share_of
    return not bound and claim.note != "none" and claim.unit in _units()


@cache
def _units() -> frozenset[str]:
    """The units of counts that no cell shows."""
    return frozenset((*load_rules(CLAIMS_FILE)["restated"]["units"], *_rules()["units"]))


def _is_exact(claim: Claim, behind: str) -> bool:
    """52场之多 are 52."""
    return claim.qualifier is Qualifier.EXACT or _pattern("exact").match(behind) is not None


def _is_of_part(lead: str, before: str) -> bool:
    """Whether the number may be of a part, one in a list aside, or of another year."""
    lead, before = lead.replace("其中", ""), before.replace("其中", "")
    if lead and _pattern("known").search(drop_passing(before)):
        lead = ""  # 这24场 are those that were told
    dated = (lead.replace("以来", "") if _pattern("own_year").search(before) else lead) + before
    return _pattern("other_year").search(dated) is not None or _pattern("part").search(before) is not None


def _say_year(words: str, year: int | None) -> str:
    """The words, the report's own year in them said as 全年, and its own district left out."""
    return _pattern("own_area").sub("", say_whole_year(words, year)) if words else words


def _bare(words: str) -> str:
    return _SIGNS.sub("", words)


def is_near(one: Claim, other: Claim) -> bool:
    """Whether both numbers may count the same, one of them wrong."""
    less, more = sorted((one.value, other.value))
    return float(more) <= float(less) * float(_rules()["most_apart"])


def is_slip(one: Claim, other: Claim) -> bool:
    """Whether one number may be the other mistyped."""
    left, right = f"{one.value:f}", f"{other.value:f}"
    if len(min(left, right, key=len)) < _TELLING_DIGITS:
        return False
    return sorted(left) == sorted(right) or (
        len(left) > _TELLING_DIGITS and find_slip(one.value, other.value) in ("digit", "added", "lost")
    )


def tell(parts: Sequence[str]) -> int:
    """How many characters of the words are not of those that are counted under many heads."""
    return sum(len(_pattern("general").sub("", part)) for part in parts)


def are_apart(one: str, other: str) -> bool:
    """Whether the words before two numbers count what came in, and what was done with it, or channels of their own."""
    first, second = find_channels(one), find_channels(other)
    if first and second and not first & second:
        return True
    return are_of_stages_apart(one, other)


def are_of_stages_apart(one: str, other: str) -> bool:
    """Whether the words before the one number count what came in, those before the other what was done with it."""
    (came, done), (came_too, done_too) = _tell_stage(one), _tell_stage(other)
    return (came and done_too) or (came_too and done)


@lru_cache(maxsize=256)  # as the channels
def _tell_stage(before: str) -> tuple[bool, bool]:
    """Whether the words before a number count what came in, and whether they count what was done with it."""
    return _pattern("came").search(before) is not None, _pattern("done").search(before) is not None


def cover(words: str, around: str) -> list[str] | None:
    """The runs of the words that stand around the other number; None where one is left that says something."""
    parts, place = [], 0
    while place < len(words):
        end = next(
            (
                end
                for end in range(len(words), place + _LEAST - 1, -1)
                if words[place:end] in around and "\0" not in words[place:end]
            ),
            place,
        )
        if end > place:
            parts.append(words[place:end])
            place = end
        elif match := _pattern("particles").match(words, place) or _pattern("vague").match(words, place):
            place = match.end()
        else:
            return None
    return parts


def drop_passing(words: str) -> str:
    """The words without those that say when, who and how."""
    return _pattern("passing").sub("", words)
