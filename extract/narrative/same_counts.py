"""T002 for counts that no cell shows: two statements count one thing, and the one number is a slip of the other.

Whether two counts are of one thing is learned: what their words share, and in which place; whether the later one
speaks of what is known already (26名联络员负责…), or tells of something new (新聘联络员26名); whether either
may be of a part or of another year. The numbers themselves are not looked at: they say only whether a slip parts them.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import combinations
from typing import Any

from extract.artifacts import load_session
from extract.narrative.analysis import Analysis
from extract.narrative.counted import find_channels
from extract.narrative.likely import find_slip
from extract.narrative.numbers import COUNTED_FILE
from extract.narrative.recalled import are_apart
from extract.narrative.windows import split_pieces
from extract.quick import record
from extract.records import Claim, Qualifier
from extract.rules import load_rules, rule_pattern

MODEL = "same-counts"
_LEAST = 2  # characters in a row that two counts must share
_LONGEST = 12  # characters from which on longer words tell no more
_LEAD, _REST, _NEAR = 40, 30, 25  # characters of the words before and behind that are looked at
_FAR = 40  # sentences between two counts, from which on the later one recalls no more
_FEW = 10  # numbers of one digit differ by chance
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SIGNS = re.compile(r"[“”《》〈〉（）\s]")
_END = "\0"  # between words that do not stand together


@record
class Count:
    """A count that no cell was found for: `lead` is what its sentence says before the words `before` its number,
    `behind` goes up to the next number and `rest` to the end of the piece. `is_dated`: it is of another year."""

    claim: Claim
    is_dated: bool
    place: int
    section: int
    unit: str
    lead: str
    before: str
    behind: str
    rest: str


def find_slips(
    analyses: Sequence[Analysis], claims: Sequence[Sequence[Claim]], sections: Sequence[int], year: int | None
) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of claims that count one thing and differ by a slip of the pen, the surest first; no claim in two of them.

    `claims` and `sections` are those of each sentence.

    Raises: ModelError where the model is missing or damaged.
    """
    counts = read_counts(analyses, claims, sections, year)
    pairs = [
        (one, other, slip) for one, other in pair_counts(counts) if (slip := name_slip(one, other)) in least_odds()
    ]
    if not pairs:
        return
    common = common_words()
    described = [describe_pair(one, other, counts, common) for one, other, _ in pairs]
    taken: set[str] = set()
    for (one, other, slip), logit in sorted(zip(pairs, _judge(described), strict=True), key=lambda own: -own[1]):
        if logit >= least_odds()[slip] and not taken & {one.claim.id, other.claim.id}:
            taken |= {one.claim.id, other.claim.id}
            yield one.claim, other.claim


def _judge(described: Sequence[Sequence[float]]) -> list[float]:
    """The log-odds that each pair counts one thing."""
    import numpy as np

    (logits,) = load_session(MODEL).run(None, {"pairs": np.array(described, dtype=np.float32)})  # (n_pairs,)
    return [float(value) for value in logits]


@cache
def common_words() -> Mapping[str, float]:
    """Two characters in a row → how much they tell, as the model's file has it; "" for those that are not there."""
    weights: dict[str, float] = json.loads(load_session(MODEL).get_modelmeta().custom_metadata_map["telling"])
    return weights


@cache
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = load_rules(COUNTED_FILE)["slips"]
    return rules


def least_odds() -> Mapping[str, float]:
    """Kind of slip → the log-odds from which on two counts that it parts are told."""
    least: dict[str, float] = _rules()["least"]
    return least


_pattern = partial(rule_pattern, COUNTED_FILE, "slips")


def read_counts(
    analyses: Sequence[Analysis], claims: Sequence[Sequence[Claim]], sections: Sequence[int], year: int | None
) -> list[Count]:
    """The exact counts of the sentences that speak of no cell."""
    return [
        count
        for place, (analysis, own, section) in enumerate(zip(analyses, claims, sections, strict=True))
        for count in _read_sentence(analysis, own, (place, section), year)
    ]


def _read_sentence(
    analysis: Analysis, own: Sequence[Claim], where: tuple[int, int], year: int | None
) -> Iterator[Count]:
    claims = {claim.start: claim for claim in own if _is_count(claim)}
    if not claims:
        return
    text = analysis.plain.text
    spans = [(bound.number.start, bound.number.end) for bound in analysis.bounds]
    for left, right in split_pieces(text):
        begin = left
        numbers = [span for span in spans if left <= span[0] < right]
        for nth, (start, end) in enumerate(numbers, 1):
            following = numbers[nth][0] if nth < len(numbers) else right
            claim = claims.get(analysis.plain.printed_span(start, end)[0])
            if claim and not _pattern("changed").search(text[begin:start]):
                unit = _rules()["same_units"].get(claim.unit, claim.unit or "")
                lead, before = _bare(text[:begin])[-_LEAD:], _bare(text[begin:start])
                words = _bare(text[end:following]), _bare(text[end:right])[:_REST]
                yield Count(claim, _is_dated(lead + before, year), *where, unit, lead, before, *words)
            begin = end


def _is_dated(words: str, year: int | None) -> bool:
    """Whether the last year that the words name is another one than the report's."""
    named = [match[0] for match in _pattern("years").finditer(words)]
    return bool(named) and named[-1] not in (*_rules()["own_years"], f"{year}年")


def _is_count(claim: Claim) -> bool:
    bound = claim.field or claim.sum_of or claim.share_of or claim.note == "none"
    return not bound and claim.qualifier is Qualifier.EXACT and claim.unit not in _rules()["no_counts"]


def _bare(words: str) -> str:
    return _SIGNS.sub("", words)


def pair_counts(counts: Sequence[Count]) -> Iterator[tuple[Count, Count]]:
    """Counts of one unit that differ and may be of one thing, the earlier first; the later number stands once only."""
    stated = Counter((count.unit, count.claim.value) for count in counts)
    by_sentence: dict[tuple[int, str], list[Count]] = {}
    for count in counts:
        by_sentence.setdefault((count.place, count.unit), []).append(count)
    for one, other in combinations(counts, 2):
        alike = one.unit == other.unit and one.claim.value != other.claim.value and other.place - one.place <= _FAR
        once = stated[other.unit, other.claim.value] == 1
        if alike and once and not (one.is_dated or other.is_dated) and not _are_apart(one, other):
            beside = [by_sentence[count.place, count.unit] for count in (one, other)]
            summed = _is_sum(one, beside[1]) or _is_sum(other, beside[0])
            if not (summed or _is_told_beside(one, beside[1]) or _are_few_of_one_sentence(one, other)):
                yield one, other


def _is_told_beside(one: Count, beside: Sequence[Count]) -> bool:
    """41次是三年的总数，今年14次: the sentence of the other number repeats this one, and so counts something else."""
    return any(count.claim.value == one.claim.value and count is not one for count in beside)


def _are_few_of_one_sentence(one: Count, other: Count) -> bool:
    """2件要地，写要地的两件公开了一件: small numbers of one sentence tell one part from another."""
    return one.place == other.place and min(one.claim.value, other.claim.value) < _FEW


def _are_apart(earlier: Count, later: Count) -> bool:
    """Whether their words tell one thing from another: what is new from all there is, what is of two offices …"""
    words = (earlier.before, later.before)
    told = (
        _pattern("of_part").search(later.before),
        _pattern("others").match(later.behind),
        _pattern("other_behind").match(later.rest),
    )
    if any(told) or are_apart(*words):
        return True
    if any(len({re.search(kind, before) is None for before in words}) > 1 for kind in _rules()["told_apart"]):
        return True
    offices = [{*_pattern("offices").findall(count.before + count.behind)} for count in (earlier, later)]
    apart = bool(offices[0] and offices[1]) and not offices[0] & offices[1]
    return apart or (_may_hold(earlier, later) if later.claim.value > earlier.claim.value else _may_be_some(later))


def _may_hold(earlier: Count, later: Count) -> bool:
    """Whether the later count may be of more than the earlier one: 局网站公开信息657条, 全年公开信息675条."""
    if find_channels(earlier.before) and not find_channels(later.before + later.behind):
        return True
    noun = _longest(later.behind, earlier.before)
    narrow = _pattern("deed").sub("", earlier.before.removesuffix(noun)) if noun else ""
    return earlier.before.endswith(noun) and _pattern("all_year").search(later.before) is not None and bool(narrow)


def _may_be_some(later: Count) -> bool:
    """Whether fewer are spoken of because something was done with these: 5条短视频被市局转载."""
    return _pattern("of_some").match(later.rest) is not None


def _is_sum(whole: Count, beside: Sequence[Count]) -> bool:
    """Whether it is the sum of the counts of the other's sentence."""
    parts = [count.claim.value for count in beside if count is not whole]
    return len(parts) > 1 and sum(parts) == whole.claim.value


def name_slip(one: Count, other: Count) -> str:
    """How the numbers differ, as `find_slip` names it; `by one` where one digit is 1 more than the other."""
    slip = find_slip(one.claim.value, other.claim.value)
    return "by one" if slip == "single" and abs(one.claim.value - other.claim.value) == 1 else slip


FEATURES = (
    "shared_run", "shared_run_telling", "later_covered", "earlier_covered", "both_covered", "later_before_covered",
    "later_own_words", "later_ends_telling", "earlier_ends", "noun_recalled", "noun_recalled_telling",
    "later_noun_alone", "earlier_noun_alone", "other_section", "next_sentence", "same_sentence",
    "common_unit", "rivals", "later_of_part", "earlier_of_part", "later_lead_of_part", "earlier_of_other_year",
    "later_deed", "of_all", "known", "later_total", "noun_goes_on", "earlier_own_words",
)  # fmt: skip


def describe_pair(
    earlier: Count, later: Count, counts: Sequence[Count], common: Mapping[str, float]
) -> tuple[float, ...]:
    """The pair as numbers of about the size of 1, one for each of FEATURES; capped where more tells no more."""
    one, other = earlier.before + _END + earlier.behind, later.before + _END + later.behind
    around_one = _END.join((earlier.lead, one, earlier.rest))
    around_other = _END.join((later.lead, other, later.rest))
    own_words = _pattern("passing").sub("", later.before)
    noun, named = _longest(later.behind, one), _longest(earlier.behind, other)
    ending, recalled = _longest_end(earlier.before, other), _longest_end(later.before, one)
    run = _longest_shared(other, one)
    covered, covers = _covered(other, around_one, common), _covered(one, around_other, common)
    alike = [count for count in counts if count.unit == later.unit and count is not later and count is not earlier]
    return tuple(
        float(value)
        for value in (
            min(len(run), 8) / 4,
            min(_telling(run, common), 40) / 10,
            covered,
            covers,
            covered * covers,
            _covered(own_words, around_one, common),
            min(len(_HAN.findall(own_words)), _LONGEST) / 6,
            min(_telling(recalled, common), 25) / 10,
            min(len(ending), 6) / 3,
            min(len(noun), 6) / 3,
            min(_telling(noun, common), 25) / 10,
            not noun and _begins(later.behind),
            not named and _begins(earlier.behind),
            earlier.section != later.section,
            later.place == earlier.place + 1,
            later.place == earlier.place,
            later.unit in _rules()["common_units"],
            min(len(alike), 6) / 3,
            _pattern("part").search(later.before) is not None,
            _pattern("part").search(earlier.before) is not None,
            _pattern("part").search(later.lead[-_NEAR:]) is not None,
            _pattern("other_year").search(earlier.lead[-_NEAR:] + earlier.before) is not None,
            _pattern("deed").search(later.before) is not None,
            _pattern("of_all").match(later.rest) is not None,
            _pattern("known").search(later.before) is not None,
            _pattern("total").search(later.before) is not None,
            bool(noun) and _begins(later.behind[len(noun) :]) and not _pattern("ends").match(later.behind, len(noun)),
            min(len(_HAN.findall(_pattern("passing").sub("", earlier.before))), _LONGEST) / 6,
        )
    )


def _begins(words: str) -> bool:
    return _HAN.match(words) is not None


def list_pairs(words: str) -> Iterator[str]:
    """Two Han characters in a row, one after the other."""
    return (words[k : k + 2] for k in range(len(words) - 1) if _begins(words[k]) and _begins(words[k + 1]))


def _telling(words: str, common: Mapping[str, float]) -> float:
    """How much the words tell: the less often their characters stand together, the more."""
    return sum(common.get(pair, common[""]) for pair in list_pairs(words))


def _covered(words: str, around: str, common: Mapping[str, float]) -> float:
    """The share of what the words tell that stands in the others; 0 where they tell nothing."""
    told = _telling(words, common)
    shared = sum(common.get(pair, common[""]) for pair in list_pairs(words) if pair in around)
    return shared / told if told else 0.0


def _longest(words: str, around: str) -> str:
    """The longest beginning of the words that stands in the others; nothing below two characters."""
    return next((words[:k] for k in range(min(len(words), _LONGEST), _LEAST - 1, -1) if words[:k] in around), "")


def _longest_end(words: str, around: str) -> str:
    """The longest end of the words that stands in the others."""
    return next((words[-k:] for k in range(min(len(words), _LONGEST), _LEAST - 1, -1) if words[-k:] in around), "")


def _longest_shared(words: str, around: str) -> str:
    """The longest run of the words that stands in the others, and does not reach over a number."""
    best = ""
    for start in range(len(words)):
        end = start + max(_LEAST, len(best) + 1)
        while end <= len(words) and _END not in words[start:end] and words[start:end] in around:
            best = words[start:end]
            end += 1
    return best


def learn_telling(texts: Sequence[str]) -> dict[str, float]:
    """Two characters in a row → how much they tell, by the number of texts that hold them; "" for those of none."""
    found = Counter(pair for text in texts for pair in {*list_pairs(text)})
    total = len(texts) + 1
    least = int(_rules()["least_common"])
    weights = {pair: round(math.log(total / (count + 1)), 3) for pair, count in found.items() if count >= least}
    return {"": round(math.log(total), 3), **dict(sorted(weights.items()))}
