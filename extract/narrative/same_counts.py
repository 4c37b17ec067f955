"""T002 for counts that no cell shows: two statements count one thing, and the one number is a slip of the other.

Whether two counts are of one thing is learned: what their words share, and in which place; whether the later one
speaks of what is known already (26名联络员负责…), or tells of something new (新聘联络员26名); whether either
may be of a part or of another year. The numbers say whether a slip parts them, what adds up, and whether they are the
largest of their unit, which are told again most often.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from itertools import combinations
from typing import Any

from extract.artifacts import load_session
from extract.narrative.analysis import Analysis
from extract.narrative.counted import drop_kinds, find_channels, find_kinds
from extract.narrative.likely import find_slip
from extract.narrative.numbers import COUNTED_FILE
from extract.narrative.recalled import are_of_stages_apart, is_hedged, is_of_others
from extract.narrative.windows import split_pieces
from extract.quick import record
from extract.records import Claim, Qualifier
from extract.rules import load_rules, rule_patterns

MODEL = "same-counts"
_LEAST = 2  # characters in a row that two counts must share
_TELLING_RUN = 4  # characters in a row that may name one thing
_LONGEST = 12  # characters from which on longer words tell no more
_LEAD, _REST, _NEAR = 40, 30, 25  # characters of the words before and behind that are looked at
_FAR = 40  # sentences between two counts, from which on the later one recalls no more
_CORE = 8  # characters behind a number that may be a noun
_NAME = 6  # characters behind a number that may say what is counted
_FEW = 10  # numbers of one digit differ by chance
_CLAUSE = re.compile("[，；：]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SIGNS = re.compile(r"[“”《》〈〉（）\s]")
_END = "\0"  # between words that do not stand together


@record
class Count:
    """A count that no cell was found for: `lead` is what its sentence says before the words `before` its number,
    `behind` goes up to the next number, `rest` to the end of the piece and `after` beyond it. `is_dated`: it is of
    another year."""

    claim: Claim
    is_dated: bool
    place: int
    section: int
    unit: str
    lead: str
    before: str
    behind: str
    rest: str
    after: str


@record
class Beside:
    """The counts of a text: those of each number of a unit, of each sentence and unit, and of each sentence."""

    counts: tuple[Count, ...]
    stated: Mapping[tuple[str, Decimal], Sequence[Count]]
    by_sentence: Mapping[tuple[int, str], Sequence[Count]]
    of_sentence: Mapping[int, Sequence[Count]]


@record
class Likened:
    """Two counts of a text, the earlier one first. `doubts` say what may tell them apart, each as 0 or 1; from the
    log-odds `needed` on they are told, `inf` where they never are."""

    earlier: Count
    later: Count
    doubts: Mapping[str, float]
    needed: float


def find_slips(counts: Sequence[Count]) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of claims that count one thing and differ by a slip of the pen, the surest first; no claim in two of them.

    Raises: ModelError where the model is missing or damaged.
    """
    least, beside = least_odds(), look_around(counts)
    near = (pair for pair in pair_counts(counts) if name_slip(*pair) in least)
    pairs = [pair for pair in (liken(one, other, beside) for one, other in near) if pair.needed < math.inf]
    if not pairs:
        return
    common = common_words()
    logits = _judge([describe_pair(pair, beside, common) for pair in pairs])
    taken: set[str] = set()
    for pair, logit in sorted(zip(pairs, logits, strict=True), key=lambda own: -own[1]):
        claims = (pair.earlier.claim, pair.later.claim)
        if logit >= pair.needed and not taken & {claim.id for claim in claims}:
            taken |= {claim.id for claim in claims}
            yield claims


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


def liken(earlier: Count, later: Count, beside: Beside) -> Likened:
    """The two with what may tell them apart, and the log-odds that this needs."""
    doubts = _find_doubts(earlier, later, beside)
    needed = least_odds().get(name_slip(earlier, later), math.inf)
    needed += sum(float(odds) for name, odds in _rules()["doubts"].items() if doubts[name])
    if _says_more(earlier, later):
        needed += float(_rules()["said_of_later" if later.claim.value < earlier.claim.value else "said_of_less"])
    return Likened(earlier, later, doubts, needed)


def _says_more(earlier: Count, later: Count) -> bool:
    """Whether the smaller number is of things that more is said of: it may be some of the others."""
    less, more = sorted((earlier, later), key=lambda count: count.claim.value)
    return _count_said(less, more) >= int(_rules()["more_said"])


def _count_said(count: Count, other: Count) -> int:
    """How many characters stand before its number that the other one's words have not."""
    known = set(other.lead + other.before + other.behind)
    return sum(character not in known for character in _HAN.findall(_bare_of_nothing(count.before)))


@lru_cache(maxsize=256)  # as the nouns
def _bare_of_nothing(before: str) -> str:
    return _pattern("says_nothing").sub("", before)


_pattern = rule_patterns(COUNTED_FILE, "slips")


def read_counts(
    analyses: Sequence[Analysis], claims: Sequence[Sequence[Claim]], sections: Sequence[int], year: int | None
) -> list[Count]:
    """The exact counts of the sentences that speak of no cell; `claims` and `sections` are those of each sentence."""
    return [
        count
        for place, (analysis, own, section) in enumerate(zip(analyses, claims, sections, strict=True))
        if own
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
                behind, rest = _bare(text[end:following]), _bare(text[end:right])[:_REST]
                after = _bare(text[end:])[:_LEAD]
                yield Count(claim, _is_dated(lead + before, year), *where, unit, lead, before, behind, rest, after)
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


def find_parted(counts: Sequence[Count]) -> set[frozenset[str]]:
    """The ids of each two claims that their words, or a count beside them, surely tell apart."""
    beside = _by_sentence(counts)
    return {
        frozenset((one.claim.id, other.claim.id))
        for one, other in combinations(counts, 2)
        if one.unit == other.unit and one.claim.value != other.claim.value
        if are_surely_apart(one, other)
        or _is_difference_told(one, other, [beside[count.place, count.unit] for count in (one, other)])
    }


def look_around(counts: Sequence[Count]) -> Beside:
    """What stands beside the pairs of a text."""
    stated: dict[tuple[str, Decimal], list[Count]] = {}
    of_sentence: dict[int, list[Count]] = {}
    for count in counts:
        stated.setdefault((count.unit, count.claim.value), []).append(count)
        of_sentence.setdefault(count.place, []).append(count)
    return Beside(tuple(counts), stated, _by_sentence(counts), of_sentence)


def _by_sentence(counts: Sequence[Count]) -> Mapping[tuple[int, str], Sequence[Count]]:
    """The counts of each sentence and unit."""
    found: dict[tuple[int, str], list[Count]] = {}
    for count in counts:
        found.setdefault((count.place, count.unit), []).append(count)
    return found


def pair_counts(counts: Sequence[Count]) -> Iterator[tuple[Count, Count]]:
    """Counts of one unit and of the report's year that differ, the earlier first."""
    for one, other in combinations(counts, 2):
        alike = one.unit == other.unit and one.claim.value != other.claim.value and other.place - one.place <= _FAR
        if alike and not (one.is_dated or other.is_dated):
            yield one, other


def _is_told_beside(one: Count, beside: Sequence[Count]) -> bool:
    """41次是三年的总数，今年14次: the sentence of the other number repeats this one, and so counts something else."""
    return any(count.claim.value == one.claim.value and count is not one for count in beside)


def _are_few_of_one_sentence(one: Count, other: Count) -> bool:
    """2件要地，写要地的两件公开了一件: small numbers of one sentence tell one part from another."""
    return one.place == other.place and min(one.claim.value, other.claim.value) < _FEW


def _find_doubts(earlier: Count, later: Count, beside: Beside) -> dict[str, float]:
    """What may tell one thing from another: what came in from what was done, a part from all there is …"""
    others = _find_others_beside(earlier, later, beside)
    shares = _find_shares(earlier, later)
    if others["alike_shared"]:  # what is told again beside it was told of all the year, too
        shares |= {"may_hold": False, "may_hold_few": False}
    return {**_find_kinds_apart(earlier, later), **shares, **others}


def _find_kinds_apart(earlier: Count, later: Count) -> dict[str, float]:
    """Whether their words name two kinds, or only the one names a kind."""
    narrowed = [_is_narrowed(own) for own in (earlier, later)]
    yearly = _pattern("all_year").search(later.before) is not None
    return {
        "stages_apart": are_of_stages_apart(earlier.before, later.before),
        "channels_apart": _are_of_channels_apart(earlier, later),
        "events_apart": _are_of_events_apart(earlier, later),
        "opposed": _are_opposed(_all_words(earlier), _all_words(later)),
        "others": _are_others(earlier, later),
        "other_behind": is_of_others(later.rest),
        "offices_apart": _are_of_offices_apart(earlier, later),
        "kinds_apart": _are_of_kinds_apart(earlier, later),
        "one_narrowed": narrowed[0] != narrowed[1],
        "may_be_narrower": narrowed[0] != narrowed[1] and (yearly or not _is_definite(later, few=False)),
        "earlier_of_topic": _are_of_topics_apart(earlier, later),
        "later_of_topic": _are_of_topics_apart(later, earlier),
    }


def _is_narrowed(count: Count) -> bool:
    """Whether it may be of a part; not where it is of all the year (1至6月发布26条，全年发布58条)."""
    words = count.before if _pattern("all_year").search(count.before) else count.lead[-_NEAR:] + count.before
    return _pattern("narrowed").search(words) is not None


def _find_shares(earlier: Count, later: Count) -> dict[str, float]:
    """Whether the smaller number may be of some of what the larger one counts."""
    less = later.claim.value < earlier.claim.value
    few, definite = later.claim.value < _FEW, _is_definite(later, few=False)
    return {
        "few": min(earlier.claim.value, later.claim.value) < _FEW,
        "few_unlike": min(earlier.claim.value, later.claim.value) < _FEW and _are_unlike(earlier, later),
        "definite": definite,
        "rest_follows": less and _pattern("rest_follows").match(later.after) is not None,
        "of_part": _pattern("of_part").search(later.before) is not None,
        "may_be_some": less and _may_be_some(earlier, later),
        "may_hold": not less and not definite and _may_hold(earlier, later),
        "may_hold_few": not less and few and _may_hold(earlier, later),
        "later_nameless": _is_nameless(later),
    }


def _are_unlike(earlier: Count, later: Count) -> bool:
    """Whether their nouns share nothing, nor stands what the one counts around the other."""
    names = ((earlier, later), (later, earlier))
    return not _share_core(earlier, later).words and all(
        len(_longest_shared(_name(one), _around(other))) < _TELLING_RUN for one, other in names
    )


def _find_others_beside(earlier: Count, later: Count, beside: Beside) -> dict[str, float]:
    """Whether other statements have one of the numbers, or tell the two apart."""
    own = [beside.by_sentence[count.place, count.unit] for count in (earlier, later)]
    again = [other for other in beside.stated[later.unit, later.claim.value] if other is not later]
    summed = _is_sum(earlier, own[1]) or _is_sum(later, own[0])
    alike = [other for other in again if _share_core(other, later).words]
    unlike = [other for other in again if not _share_core(other, later).words]
    return {
        "later_again_before": any(_place(other) < _place(later) for other in unlike),
        "later_again_behind": any(_place(other) > _place(later) for other in unlike),
        "later_alike_before": any(_place(other) < _place(later) for other in alike),
        "later_alike_behind": any(_place(other) > _place(later) for other in alike),
        "earlier_again": len(beside.stated[earlier.unit, earlier.claim.value]) > 1,
        **_compare_beside(earlier, later, beside),
        "summed": summed,
        "summed_of_more": summed and not _share_core(earlier, later).earlier_whole,
        "difference_told": _is_difference_told(earlier, later, own),
        "rest_told": _is_difference_told(earlier, later, own, called="rest"),
        "told_beside": _is_told_beside(earlier, own[1]),
        "later_told_beside": earlier.place != later.place and _is_told_beside(later, own[0]),
        "few_of_sentence": _are_few_of_one_sentence(earlier, later),
        "one_more_beside": earlier.place == later.place and abs(earlier.claim.value - later.claim.value) == 1,
    }


def _compare_beside(earlier: Count, later: Count, beside: Beside) -> dict[str, float]:
    """How many other numbers of a unit both sentences tell, how many of them of one noun, and of how many nouns they
    tell two numbers.
    """
    shared: set[tuple[str, Decimal]] = set()
    alike: set[tuple[str, str]] = set()
    apart: set[tuple[str, str]] = set()
    for one in beside.of_sentence[earlier.place] if earlier.place != later.place else ():
        for other in beside.of_sentence[later.place]:
            if one is earlier or other is later or one.unit != other.unit:
                continue
            same, words = one.claim.value == other.claim.value, _share_core(one, other).words
            if same:
                shared.add((one.unit, one.claim.value))
            if words:
                (alike if same else apart).add((one.unit, words))
    told = {"others_shared": len(shared), "alike_shared": len(alike), "alike_apart": len(apart - alike)}
    return {name: min(found, 2) / 2 for name, found in told.items()}


def _place(count: Count) -> tuple[int, int]:
    return count.place, count.claim.start


def _are_others(earlier: Count, later: Count) -> bool:
    """Whether the later number counts those who speak for what the earlier one counts (代表, 家属)."""
    told = _pattern("others").match(later.behind)
    return told is not None and told[1] not in _around(earlier)


def are_surely_apart(earlier: Count, later: Count) -> bool:
    """Whether no likeness of their words outweighs what tells them apart: opposed words, two events, or that a rest is
    told of.
    """
    opposed = _are_opposed(_all_words(earlier), _all_words(later))
    less = later.claim.value < earlier.claim.value
    rest_follows = less and _pattern("rest_follows").match(later.after) is not None
    return opposed or rest_follows or _are_of_events_apart(earlier, later)


def _all_words(count: Count) -> str:
    """The words before the number and its noun; what became of all of them, too (发现的24个问题均已整改)."""
    words = count.before + _END + _name(count)
    return words + _END + count.rest if _pattern("of_all").match(count.rest) else words


def _are_opposed(one: str, other: str) -> bool:
    """Whether the words name two kinds of which none is the other: 线上 and 线下, what was found and what was done."""
    mine, theirs = _opposed_kinds(one), _opposed_kinds(other)
    return any(mine[place].isdisjoint(theirs[place]) for place in mine.keys() & theirs.keys())


@lru_cache(maxsize=256)  # the words of a count are held against those of every other one
def _opposed_kinds(words: str) -> Mapping[int, frozenset[int]]:
    """Place in `opposed` → the kinds of it that the words name, where they name any."""
    named = {
        place: frozenset(nth for nth, kind in enumerate(kinds) if kind.search(words))
        for place, kinds in enumerate(_opposed())
    }
    return {place: own for place, own in named.items() if own}


@cache
def _opposed() -> tuple[tuple[re.Pattern[str], ...], ...]:
    return tuple(tuple(map(re.compile, kinds)) for kinds in _rules()["opposed"])


def _are_of_kinds_apart(earlier: Count, later: Count) -> bool:
    """Whether only one of them says that its things are new, planned, or taken over by others."""
    one, other = (count.before + _END + _name(count) for count in (earlier, later))
    return any((re.search(kind, one) is None) != (re.search(kind, other) is None) for kind in _rules()["told_apart"])


def _are_of_channels_apart(earlier: Count, later: Count) -> bool:
    """Whether their words name channels of which none is the other's."""
    channels = [find_kinds(count.before + _END + count.behind)["channels"] for count in (earlier, later)]
    return bool(channels[0] and channels[1]) and not channels[0] & channels[1]


def _are_of_events_apart(earlier: Count, later: Count) -> bool:
    """Whether the same words count what came of two events, one told after the other: 召开座谈会3次，收集意见42条。发放
    问卷2轮，收集意见24条.
    """
    near = earlier.section == later.section and 0 < later.place - earlier.place <= _rules()["near_events"]
    if not near or earlier.before != later.before or _is_definite(later, few=False):
        return False
    events = [_clause_before(own) for own in (earlier, later)]
    return all(_HAN.search(event) for event in events) and events[0] not in events[1] and events[1] not in events[0]


def _are_of_offices_apart(earlier: Count, later: Count) -> bool:
    """Whether their words name offices of which none is the other's."""
    offices = [{*_pattern("offices").findall(count.before + count.behind)} for count in (earlier, later)]
    return bool(offices[0] and offices[1]) and not offices[0] & offices[1]


def _are_of_topics_apart(one: Count, other: Count) -> bool:
    """Whether the one is of a topic (廉政建设方面，) that the other does not speak of; 公开 is the topic of all."""
    topic = _pattern("topic").search(one.lead)
    return topic is not None and _left(topic["topic"], _around(other)) == topic["topic"]


def _is_definite(later: Count, *, few: bool) -> bool:
    """Whether it speaks of things that were told of (这14场), or, unless they are `few`, of all (153条信息里)."""
    if _pattern("known").search(later.before):
        return True
    return not few and (later.before.endswith("的") or _pattern("of_all").match(later.rest) is not None)


def _may_hold(earlier: Count, later: Count) -> bool:
    """Whether the later count may be of more than the earlier one: 局网站公开信息657条, 全年公开信息675条."""
    around = later.lead + _END + later.before + _END + later.behind
    if find_channels(earlier.before) and not find_channels(around):
        return True
    if not _pattern("all_year").search(later.before) or _is_list_recalled(earlier, later):
        return False
    return bool(_left_but_deeds(_left(_name(earlier), around)))


def _is_list_recalled(earlier: Count, later: Count) -> bool:
    """Whether the later one names several things again, if shorter: 办税指南、政策问答46条, 指南和问答共64条."""
    own, joints = _name(later), _pattern("joints")
    left = joints.sub("", _left(own, _around(earlier)))
    return joints.search(own) is not None and not _left_but_deeds(left)


def _may_be_some(earlier: Count, later: Count) -> bool:
    """Whether fewer are spoken of because something was done with these: 5条短视频被市局转载."""
    is_definite = _is_definite(later, few=earlier.claim.value < _FEW)
    return not is_definite and _pattern("of_some").match(later.rest) is not None


def _is_sum(whole: Count, beside: Sequence[Count]) -> bool:
    """Whether it is the sum of the counts beside."""
    parts = [count.claim.value for count in beside if count is not whole]
    return len(parts) > 1 and sum(parts) == whole.claim.value


def _is_difference_told(
    one: Count, other: Count, beside: Sequence[Sequence[Count]], *, called: str | None = None
) -> bool:
    """共有栏目45个, 44个栏目按时更新，1个栏目超期: what they differ by is counted beside one of them; `called` so."""
    difference = abs(one.claim.value - other.claim.value)
    return any(
        part.claim.value == difference
        and part.claim.start > count.claim.start
        and not _pattern("each").search(part.before)
        and (called is None or _pattern(called).search(part.before) is not None)
        for count, own in zip((one, other), beside, strict=True)
        for part in own
    )


def name_slip(one: Count, other: Count) -> str:
    """How the numbers differ, as `find_slip` names it, or `by one`.

    `long` behind it where the smaller one has a digit more than such a slip needs, so that chance hardly makes it.
    `near` where no slip explains it, and the numbers are of one size.
    """
    less, more = sorted((one.claim.value, other.claim.value))
    if more - less == 1:
        return "by one"
    slip = find_slip(one.claim.value, other.claim.value)
    if slip == "far":
        return "near" if more <= less * Decimal(str(_rules()["most_apart"])) else slip
    return f"{slip} long" if less >= _rules()["long"].get(slip, math.inf) else slip


FEATURES = (
    "shared_run", "shared_run_telling", "later_covered", "earlier_covered", "both_covered", "later_before_covered",
    "later_own_words", "earlier_own_words", "later_ends_telling", "earlier_ends", "noun_recalled",
    "noun_recalled_telling", "later_noun_alone", "earlier_noun_alone", "noun_goes_on", "same_words", "same_letters",
    "said_again_telling",
    "other_section", "next_sentence", "same_sentence", "common_unit", "rivals", "later_of_part", "earlier_of_part",
    "later_lead_of_part", "earlier_of_other_year", "later_planned", "later_deed", "of_all", "known", "known_alone",
    "these", "later_total", "later_more", "later_hedged", "later_built_on",
    "clause_covered", "clauses_apart", "clause_of_one",
    "same_channel", "channels_apart", "earlier_channel_alone", "later_channel_alone", "same_deed", "deeds_apart",
    "same_noun", "nouns_apart", "later_noun_named", "keys_covered",
    "later_left", "earlier_left", "left_of_both", "both_left", "deeds_left", "one_left", "swapped_words", "nouns_left",
    "stages_apart", "opposed", "others", "other_behind", "offices_apart", "kinds_apart", "one_narrowed",
    "may_be_narrower", "earlier_of_topic", "later_of_topic", "few", "few_unlike", "definite", "rest_follows",
    "of_part", "may_be_some", "may_hold", "may_hold_few", "later_nameless", "later_again_before",
    "later_again_behind", "later_alike_before", "later_alike_behind", "earlier_again", "others_shared", "alike_shared",
    "alike_apart", "summed", "summed_of_more", "difference_told", "told_beside", "later_told_beside", "few_of_sentence",
    "cores_same", "core_shared", "core_telling", "later_core_ends", "earlier_core_ends", "cores_unlike",
    "rivals_alike", "rival_better",
    "largest", "earlier_of_parts", "later_of_parts", "parts_cover", "earlier_summed", "later_summed",
    "earlier_says_more", "later_says_more", "less_says_more",
)  # fmt: skip


def describe_pair(pair: Likened, beside: Beside, common: Mapping[str, float]) -> tuple[float, ...]:
    """The pair as numbers of about the size of 1, one for each of FEATURES; capped where more tells no more."""
    earlier, later = pair.earlier, pair.later
    values = {
        **_describe_words(earlier, later, common),
        **_describe_places(earlier, later, beside.counts),
        **_describe_keys(earlier, later),
        **_describe_left(earlier, later),
        **_describe_cores(earlier, later, beside, common),
        **_describe_totals(earlier, later, beside, common),
        **pair.doubts,
    }
    return tuple(float(values[name]) for name in FEATURES)


def _describe_words(earlier: Count, later: Count, common: Mapping[str, float]) -> dict[str, float]:
    """What the words of both share."""
    one, other = earlier.before + _END + earlier.behind, later.before + _END + later.behind
    around_one, around_other = _around(earlier), _around(later)
    own, its = (_pattern("passing").sub("", count.before) for count in (later, earlier))
    noun = _longest(later.behind, one)
    ending, recalled = _longest_end(earlier.before, other), _longest_end(later.before, one)
    run = _longest_shared(other, one)
    covered, covers = _covered(other, around_one, common), _covered(one, around_other, common)
    return {
        "shared_run": min(len(run), 8) / 4,
        "shared_run_telling": min(_telling(run, common), 40) / 10,
        "later_covered": covered,
        "earlier_covered": covers,
        "both_covered": covered * covers,
        "later_before_covered": _covered(own, around_one, common),
        "later_own_words": min(len(_HAN.findall(own)), _LONGEST) / 6,
        "earlier_own_words": min(len(_HAN.findall(its)), _LONGEST) / 6,
        "later_ends_telling": min(_telling(recalled, common), 25) / 10,
        "earlier_ends": min(len(ending), 6) / 3,
        "noun_recalled": min(len(noun), 6) / 3,
        "noun_recalled_telling": min(_telling(noun, common), 25) / 10,
        "noun_goes_on": bool(noun)
        and _begins(later.behind[len(noun) :])
        and not _pattern("ends").match(later.behind, len(noun)),
        "same_words": bool(own) and own == its,
        "same_letters": _are_same_letters(earlier, later),
        "said_again_telling": min(_telling(own, common), 25) / 10 if its.endswith(own) else 0,
    }


def _describe_places(earlier: Count, later: Count, counts: Sequence[Count]) -> dict[str, float]:
    """Where both stand, and how the later one speaks."""
    alike = [count for count in counts if count.unit == later.unit and count is not later and count is not earlier]
    more = later.claim.value > earlier.claim.value
    known = _pattern("known").search(later.before) is not None
    return {
        "other_section": earlier.section != later.section,
        "next_sentence": later.place == earlier.place + 1 and later.section == earlier.section,
        "same_sentence": later.place == earlier.place,
        "common_unit": later.unit in _rules()["common_units"],
        "rivals": min(len(alike), 6) / 3,
        "later_of_part": _pattern("part").search(later.before) is not None,
        "earlier_of_part": _pattern("part").search(earlier.before) is not None,
        "later_lead_of_part": _pattern("part").search(later.lead[-_NEAR:]) is not None,
        "earlier_of_other_year": _pattern("other_year").search(earlier.lead[-_NEAR:] + earlier.before) is not None,
        "later_planned": _pattern("planned").search(later.lead[-_NEAR:] + later.before) is not None,
        "later_deed": _pattern("deed").search(later.before) is not None,
        "of_all": _pattern("of_all").match(later.rest) is not None,
        "known": known,
        "known_alone": known and not alike,
        "these": _pattern("these").search(later.before) is not None,
        "later_total": _pattern("total").search(later.before) is not None,
        "later_more": more,
        "later_hedged": is_hedged(later.before),
        "later_built_on": _pattern("built_on").match(later.rest) is not None,
        **_compare_clauses(earlier, later),
    }


def _compare_clauses(earlier: Count, later: Count) -> dict[str, float]:
    """Whether what stands in the clauses before those of the numbers is the same business."""
    one, other = (_clause_before(count) for count in (earlier, later))
    pairs = [*list_pairs(other)]
    around = _around(earlier)
    shared = sum(pair in around for pair in pairs)
    return {
        "clause_covered": shared / len(pairs) if pairs else 0.0,
        "clauses_apart": bool(one and pairs) and not any(pair in one for pair in pairs),
        "clause_of_one": bool(one) != bool(other),
    }


def _clause_before(count: Count) -> str:
    return _CLAUSE.split(count.lead.rstrip("，；：、"))[-1]


def _describe_keys(earlier: Count, later: Count) -> dict[str, float]:
    """What their channels, deeds and nouns, in whatever words, have in common."""
    one, other = (find_kinds(count.before + _END + count.behind) for count in (earlier, later))
    around = find_kinds(earlier.lead + _END + earlier.rest)
    values: dict[str, float] = {}
    for kind, name in (("channels", "channel"), ("deeds", "deed"), ("nouns", "noun")):
        mine, theirs = one[kind], other[kind]
        values[f"same_{name}"] = bool(mine & theirs)
        values[f"{name}s_apart"] = bool(mine and theirs) and not mine & theirs
        values[f"earlier_{name}_alone"] = bool(mine) and not theirs
        values[f"later_{name}_alone"] = bool(theirs) and not mine
    named = [(kind, key) for kind in one for key in other[kind]]
    known = [(kind, key) for kind, key in named if key in one[kind] or key in around[kind]]
    values["later_noun_named"] = bool(other["nouns"])
    values["keys_covered"] = len(known) / len(named) if named else 0.0
    return values


def _describe_left(earlier: Count, later: Count) -> dict[str, float]:
    """What each says that the other does not: 线下讲座5场 and 线上讲座15场 are two things."""
    counts = (earlier, later)
    others = [_around(count) for count in (later, earlier)]
    keys = [find_kinds(around) for around in others]
    shared = {kind: keys[0][kind] & keys[1][kind] for kind in keys[0]}
    one, other = (drop_kinds(_left(_name(count), around), shared) for count, around in zip(counts, others, strict=True))
    said_one, said_other = (_left_but_deeds(words) for words in (one, other))
    nouns = [_left(count.behind[:_NAME], around) for count, around in zip(counts, others, strict=True)]
    few, more = sorted((len(one), len(other)))
    few_said = min(len(said_one), len(said_other))
    more_of_earlier, more_of_later = _count_said(earlier, later), _count_said(later, earlier)
    return {
        "earlier_says_more": min(more_of_earlier, 6) / 3,
        "later_says_more": min(more_of_later, 6) / 3,
        "less_says_more": min(more_of_later if later.claim.value < earlier.claim.value else more_of_earlier, 6) / 3,
        "later_left": min(len(said_other), 6) / 3,
        "earlier_left": min(len(said_one), 6) / 3,
        "left_of_both": min(few_said, 4) / 2,
        "both_left": few_said > 0,
        "deeds_left": few > 0,
        "one_left": more > 0 and not few,
        "swapped_words": few > 0 and few == more and more <= 4,
        "nouns_left": min(map(len, nouns)) > 1,
    }


def _describe_cores(earlier: Count, later: Count, beside: Beside, common: Mapping[str, float]) -> dict[str, float]:
    """Whether the nouns that they count are the same, or the one is the end of the other (业务培训, 培训)."""
    core = _share_core(earlier, later)
    rivals = sum(
        bool(_share_core(count, later).words)
        for count in beside.counts
        if count.unit == later.unit and count is not earlier and count is not later
    )
    shared = bool(core.words)
    return {
        "cores_same": core.earlier_whole and core.later_whole,
        "core_shared": shared,
        "core_telling": min(_telling(core.words, common), 25) / 10,
        "later_core_ends": core.later_whole and not core.earlier_whole,
        "earlier_core_ends": core.earlier_whole and not core.later_whole,
        "cores_unlike": not shared and not _is_nameless(earlier) and not _is_nameless(later),
        "rivals_alike": min(rivals, 3) / 2,
        "rival_better": rivals > 0 and not shared,
    }


def _describe_totals(earlier: Count, later: Count, beside: Beside, common: Mapping[str, float]) -> dict[str, float]:
    """Whether both may be the total of all, or are sums of what stands beside them; what one without a name (合计765条)
    shares with the other by its parts.
    """
    own = {earlier.claim.value, later.claim.value}
    others = [count.claim.value for count in beside.counts if count.unit == later.unit and not count.is_dated]
    parts = [_list_parts(count, beside) if _is_nameless(count) else [] for count in (earlier, later)]
    named = later if parts[0] else earlier
    words = _END.join(part.lead + _END + part.before + part.behind[:_NAME] for part in parts[0] or parts[1])
    return {
        "largest": not any(value > min(own) for value in others if value not in own),
        "earlier_summed": _is_sum(earlier, beside.by_sentence[earlier.place, earlier.unit]),
        "later_summed": _is_sum(later, beside.by_sentence[later.place, later.unit]),
        "earlier_of_parts": bool(parts[0]),
        "later_of_parts": bool(parts[1]),
        "parts_cover": _covered(_pattern("passing").sub("", named.before), words, common) if words else 0.0,
    }


def _list_parts(total: Count, beside: Beside) -> list[Count]:
    """The counts of its unit before it in its sentence, or else in the sentence before."""
    own = [count for count in beside.by_sentence[total.place, total.unit] if count.claim.start < total.claim.start]
    before = beside.by_sentence.get((total.place - 1, total.unit), ())
    return own or [count for count in before if count.section == total.section]


@record
class Core:
    """The words of the nouns that two counts share, and whether they are the whole noun of each."""

    words: str
    earlier_whole: bool
    later_whole: bool


def _share_core(earlier: Count, later: Count) -> Core:
    return _find_core(*_cores(earlier.before, earlier.behind), *_cores(later.before, later.behind))


def _is_nameless(count: Count) -> bool:
    return not any(_cores(count.before, count.behind))


@lru_cache(maxsize=256)  # the counts of a text are held against one another
def _cores(before: str, behind: str) -> tuple[str, str]:
    """The words before a number, without the deed, and those right behind it; each may end, or begin, with the noun."""
    own = _pattern("passing").sub("", before)
    own = _pattern("led_by").sub("", _left_but_deeds(_pattern("deed").sub("", own)))
    noun = _pattern("core_ends").split(behind)[0][:_CORE]
    return own if len(own) >= _LEAST else "", noun if len(noun) >= _LEAST else ""


@lru_cache(maxsize=1024)  # as the nouns
def _find_core(before: str, behind: str, its_before: str, its_behind: str) -> Core:
    """The longest noun with which the words before the number end, or with which those behind it begin."""
    found = [
        (_same_end(before, its_before), before, its_before),
        (_end_and_begin(before, its_behind), before, ""),
        (_end_and_begin(its_before, behind), "", its_before),
        (_same_end(behind[::-1], its_behind[::-1])[::-1], "", ""),
    ]
    words, mine, theirs = max(found, key=lambda own: len(own[0]))
    if len(words) < _LEAST:
        return Core("", False, False)
    return Core(words, mine in ("", words), theirs in ("", words))


def _same_end(one: str, other: str) -> str:
    size = 0
    while size < min(len(one), len(other)) and one[-1 - size] == other[-1 - size]:
        size += 1
    return one[len(one) - size :]


def _end_and_begin(one: str, other: str) -> str:
    """The longest words with which the one ends and the other begins."""
    return next((other[:size] for size in range(min(len(one), len(other)), 0, -1) if one.endswith(other[:size])), "")


def _around(count: Count) -> str:
    return _END.join((count.lead, count.before, count.behind, count.rest))


def _left_but_deeds(words: str) -> str:
    return drop_kinds(words, {"deeds": find_kinds(words)["deeds"]})


def _name(count: Count) -> str:
    """The words that say what is counted: those before the number, or, where these say nothing, those behind it."""
    own = _pattern("passing").sub("", count.before)
    return own if len(_HAN.findall(own)) > 1 else _pattern("ends").split(count.behind)[0][:_NAME]


def _are_same_letters(earlier: Count, later: Count) -> bool:
    """Whether both are told in the same characters, in whatever order: 修订内部制度6项, 内部制度修订9项."""
    one, other = (sorted(_HAN.findall(_name(count))) for count in (earlier, later))
    return len(one) > _LEAST and one == other


def _left(words: str, around: str) -> str:
    """The Han characters of the words that stand in no run of two that the others have, too."""
    known = [False] * (len(words) + 1)
    for place in range(len(words) - 1):
        if words[place : place + 2] in around:
            known[place] = known[place + 1] = True
    return "".join(words[k] for k in range(len(words)) if not known[k] and _begins(words[k]))


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
