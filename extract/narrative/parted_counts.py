"""The counts of sentences with the words around each, and which of them may be the parts of which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from extract.narrative.analysis import Analysis
from extract.narrative.numbers import COUNTED_FILE
from extract.quick import record
from extract.records import Claim, Qualifier
from extract.rules import load_rules

LEAST = 2  # parts of a whole
_MOST = 12
_FAR = 3  # sentences between the parts and the sum that follows them
_BACK = 2  # sentences before the parts, of which the last that counts anything may tell their whole
_SIGNS = re.compile(r"[“”《》〈〉\s]")
_GAP = re.compile(r"(?P<behind>[^、，；：。（）]*)(?P<marks>[、，；：。（）]*)(?P<name>.*)", re.DOTALL)
_JOINT = re.compile("^(?:以?及|[和与])")
PARTING = re.compile("[、，；：。（）]")


@record
class Item:
    """A count. Its `gap` are all words since the number before; `name` those behind the last mark of them, `marks` the
    first one, and `clauses` how many marks stand in between. `behind` are the words right behind the number, `after`
    all up to the next number; `order` is its place among the numbers of its sentence. `is_exact` where it is no bound
    and is not told of each of several."""

    claim: Claim
    value: Decimal
    unit: str
    place: int
    section: int
    order: int
    gap: str
    marks: str
    name: str
    clauses: int
    behind: str
    after: str
    is_exact: bool


@record
class Division:
    """A whole and counts that may be all its parts; `rest` are the counts of its unit in the sentence of the parts."""

    whole: Item
    parts: tuple[Item, ...]
    rest: tuple[Item, ...]

    def total(self) -> Decimal:
        return sum((part.value for part in self.parts), Decimal(0))

    def is_behind(self) -> bool:
        """Whether the whole follows its parts."""
        return (self.whole.place, self.whole.order) > (self.parts[0].place, self.parts[0].order)


@cache
def part_rules() -> dict[str, Any]:
    """What `counted.toml` has of wholes and their parts."""
    rules: dict[str, Any] = load_rules(COUNTED_FILE)["parts"]
    return rules


@cache
def part_pattern(name: str) -> re.Pattern[str]:
    """The pattern of that name among them."""
    return re.compile(part_rules()[name])


def read_items(
    analyses: Sequence[Analysis], claims: Sequence[Sequence[Claim]], sections: Sequence[int]
) -> list[list[Item]]:
    """The counts of each sentence, those of other units than wholes and parts have left out.

    `claims` and `sections` are those of each sentence.
    """
    return [
        list(_read_sentence(analysis, own, place, section)) if own else []
        for place, (analysis, own, section) in enumerate(zip(analyses, claims, sections, strict=True))
    ]


def _read_sentence(analysis: Analysis, own: Sequence[Claim], place: int, section: int) -> Iterator[Item]:
    claims = {claim.start: claim for claim in own if claim.note != "none"}
    text = analysis.plain.text
    spans = [(bound.number.start, bound.number.end) for bound in analysis.bounds]
    last = 0
    for order, (start, end) in enumerate(spans):
        claim = claims.get(analysis.plain.printed_span(start, end)[0])
        following = spans[order + 1][0] if order + 1 < len(spans) else len(text)
        gap, after = _bare(text[last:start]), _bare(text[end:following])
        last = end
        if claim is None or claim.unit in part_rules()["no_parts"] or part_pattern("period").match(after):
            continue
        told = _GAP.fullmatch(gap if order else "，" + gap)
        if told is None:
            continue
        unit = part_rules()["same_units"].get(claim.unit, claim.unit or "")
        joint = _JOINT.match(told["behind"])
        name = told["name"] if told["marks"] else told["behind"][joint.end() if joint else 0 :]
        clauses = len(PARTING.findall(name))
        marks = told["marks"] if told["marks"] else "和" if joint else ""
        behind = PARTING.split(after)[0]
        short = PARTING.split(name)[-1]
        of_each = after != "、" and part_pattern("of_each").search(short)  # 各发布45条、13条 are those of two
        is_exact = claim.qualifier is Qualifier.EXACT and not of_each
        yield Item(claim, claim.value, unit, place, section, order, gap, marks, short, clauses, behind, after, is_exact)


def _bare(words: str) -> str:
    return _SIGNS.sub("", words)


def list_divisions(sentences: Sequence[Sequence[Item]]) -> list[Division]:
    """Each run of counts of one unit in a sentence with each count beside it that may be their whole."""
    return [division for place in range(len(sentences)) for division in _list_sentence(sentences, place)]


def _list_sentence(sentences: Sequence[Sequence[Item]], place: int) -> Iterator[Division]:
    by_unit: dict[str, list[Item]] = {}
    for item in sentences[place]:
        by_unit.setdefault(item.unit, []).append(item)
    for unit, alike in by_unit.items():
        for start in range(len(alike) - LEAST + 1):
            for end in range(start + LEAST, min(len(alike), start + _MOST) + 1):
                parts = tuple(alike[start:end])
                if not parts[-1].is_exact:
                    break
                if parts[0].is_exact:
                    for whole in _list_wholes(sentences, place, unit, alike, start, end):
                        yield Division(whole, parts, tuple(alike))


def _list_wholes(
    sentences: Sequence[Sequence[Item]], place: int, unit: str, alike: Sequence[Item], start: int, end: int
) -> Iterator[Item]:
    near = [*alike[max(start - 2, 0) : start], *alike[end : end + 1]]
    if not start:
        told = next((own for own in reversed(sentences[max(place - _BACK, 0) : place]) if own), ())
        before = [item for item in told if item.unit == unit]
        near += [*before[:1], *before[1:][-1:]]
    if end == len(alike):
        for later in sentences[place + 1 : place + 1 + _FAR]:
            near += [item for item in later if item.unit == unit][:1]
    section = alike[start].section
    for whole in near:
        if whole.is_exact and whole.section == section:
            yield whole


def is_bound(claim: Claim) -> bool:
    """Whether a cell, or several, show what the claim counts."""
    return bool(claim.field or claim.sum_of or claim.share_of)
