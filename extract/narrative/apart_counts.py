"""What may tell two counts apart: they are of two kinds, one is a part of the other, or other counts explain both."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache

from extract.narrative.counted import find_channels, find_kinds
from extract.narrative.recalled import are_of_stages_apart, is_of_others
from extract.narrative.told_counts import (
    END,
    HAN,
    NEAR,
    Beside,
    Count,
    all_words,
    clause_before,
    drop_deeds,
    is_nameless,
    left_of,
    longest_shared,
    name_of,
    share_core,
    slip_pattern,
    slip_rules,
    words_around,
)

_TELLING_RUN = 4  # characters in a row that may name one thing
_SHORT = 2  # characters of a name such as 市局
_NOUN = 4  # characters behind a measure word that are its noun, and not what is said of it
_FEW_WORDS = 3  # characters of a noun that many things have
_SEVERAL = 2
_FEW = 10  # numbers of one digit differ by chance


def _is_told_beside(one: Count, beside: Sequence[Count]) -> bool:
    """41次是三年的总数，今年14次: the sentence of the other number repeats this one, and so counts something else."""
    return any(count.claim.value == one.claim.value and count is not one for count in beside)


def _are_few_of_one_sentence(one: Count, other: Count) -> bool:
    """2件要地，写要地的两件公开了一件: small numbers of one sentence tell one part from another."""
    return one.place == other.place and min(one.claim.value, other.claim.value) < _FEW


def find_doubts(earlier: Count, later: Count, beside: Beside) -> dict[str, float]:
    """What may tell one thing from another: what came in from what was done, a part from all there is …"""
    others = _find_others_beside(earlier, later, beside)
    shares = _find_shares(earlier, later)
    if others["alike_shared"]:  # what is told again beside it was told of all the year, too
        shares |= {"may_hold": False, "may_hold_few": False}
    return {**_find_kinds_apart(earlier, later), **shares, **others}


def _find_kinds_apart(earlier: Count, later: Count) -> dict[str, float]:
    """Whether their words name two kinds, or only the one names a kind."""
    narrowed = [_is_narrowed(own) for own in (earlier, later)]
    yearly = slip_pattern("all_year").search(later.before) is not None
    return {
        "stages_apart": are_of_stages_apart(earlier.before, later.before),
        "channels_apart": _are_of_channels_apart(earlier, later),
        "hosts_apart": _are_of_hosts_apart(earlier, later),
        "names_apart": _are_of_names_apart(earlier, later),
        "events_apart": _are_of_events_apart(earlier, later),
        "opposed": _are_opposed(all_words(earlier), all_words(later)),
        "others": _are_others(earlier, later),
        "other_behind": is_of_others(later.rest),
        "offices_apart": _are_of_offices_apart(earlier, later),
        "kinds_apart": _are_of_kinds_apart(earlier, later),
        "one_narrowed": narrowed[0] != narrowed[1],
        "may_be_narrower": narrowed[0] != narrowed[1]
        and (yearly or not _is_definite(later, few=False))
        and not (_is_less_of_all(later, earlier) if narrowed[0] else _is_less_of_all(earlier, later)),
        "earlier_of_topic": _are_of_topics_apart(earlier, later),
        "later_of_topic": _are_of_topics_apart(later, earlier),
    }


def _is_narrowed(count: Count) -> bool:
    """Whether it may be of a part; not where it is of all the year (1至6月发布26条，全年发布58条)."""
    words = count.before if slip_pattern("all_year").search(count.before) else count.lead[-NEAR:] + count.before
    return slip_pattern("narrowed").search(words) is not None


def _is_part_of_all(earlier: Count, later: Count) -> bool:
    """Whether only the smaller one may be of a part, and the larger one is of all the year."""
    less, more = sorted((earlier, later), key=lambda count: count.claim.value)
    return _is_narrowed(less) and not _is_narrowed(more) and slip_pattern("all_year").search(more.before) is not None


def _is_less_of_all(whole: Count, part: Count) -> bool:
    """Whether it is of all the year, and less than what would be a part of it: 面向企业培训7期, 全年培训5期."""
    return whole.claim.value < part.claim.value and slip_pattern("all_year").search(whole.before) is not None


def _find_shares(earlier: Count, later: Count) -> dict[str, float]:
    """Whether the smaller number may be of some of what the larger one counts."""
    less = later.claim.value < earlier.claim.value
    few, definite = later.claim.value < _FEW, _is_definite(later, few=False)
    both_few = min(earlier.claim.value, later.claim.value) < _FEW
    unlike = both_few and _are_unlike(earlier, later)
    return {
        "few": both_few,
        "few_unlike": unlike,
        "few_nameless": unlike and is_nameless(later),
        "definite": definite,
        "rest_follows": less and slip_pattern("rest_follows").match(later.after) is not None,
        "of_part": slip_pattern("of_part").search(later.before) is not None,
        "of_which": less and slip_pattern("of_which").match(later.before) is not None,
        "may_be_some": less and _may_be_some(earlier, later),
        "may_hold": not less and not definite and _may_hold(earlier, later),
        "may_hold_few": not less and few and _may_hold(earlier, later),
        "later_nameless": is_nameless(later),
    }


def _are_unlike(earlier: Count, later: Count) -> bool:
    """Whether their nouns share nothing, nor stands what the one counts around the other."""
    names = ((earlier, later), (later, earlier))
    return not share_core(earlier, later).words and all(
        len(longest_shared(name_of(one), words_around(other))) < _TELLING_RUN for one, other in names
    )


def _find_others_beside(earlier: Count, later: Count, beside: Beside) -> dict[str, float]:
    """Whether other statements have one of the numbers, or tell the two apart."""
    own = [beside.by_sentence[count.place, count.unit] for count in (earlier, later)]
    again = [other for other in beside.stated[later.unit, later.claim.value] if other is not later]
    summed = is_sum(earlier, own[1]) or is_sum(later, own[0])
    alike = [other for other in again if share_core(other, later).words]
    unlike = [other for other in again if not share_core(other, later).words]
    return {
        "later_again_before": any(_place(other) < _place(later) for other in unlike),
        "later_again_behind": any(_place(other) > _place(later) for other in unlike),
        "later_alike_before": any(_place(other) < _place(later) for other in alike),
        "later_alike_behind": any(_place(other) > _place(later) for other in alike),
        "earlier_again": len(beside.stated[earlier.unit, earlier.claim.value]) > 1,
        **_compare_beside(earlier, later, beside),
        "summed": summed,
        "summed_of_more": summed and not share_core(earlier, later).earlier_whole,
        "difference_told": is_difference_told(earlier, later, own),
        "rest_told": is_difference_told(earlier, later, own, called="rest"),
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
            same, words = one.claim.value == other.claim.value, share_core(one, other).words
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
    told = slip_pattern("others").match(later.behind)
    return told is not None and told[1] not in words_around(earlier)


def are_surely_apart(earlier: Count, later: Count) -> bool:
    """Whether no likeness of their words outweighs what tells them apart: opposed words, two events, a part that is
    less than all, or that a rest is told of.
    """
    opposed = any(_are_opposed(all_words(earlier), all_words(later), kinds=own) for own in ("opposed", "never_one"))
    less = later.claim.value < earlier.claim.value
    rest_follows = less and slip_pattern("rest_follows").match(later.after) is not None
    return opposed or rest_follows or _is_part_of_all(earlier, later) or _are_of_events_apart(earlier, later)


def are_other_things(earlier: Count, later: Count) -> bool:
    """20个村, 29个例子: whether what stands behind a measure word of any thing shares nothing with the other."""
    if earlier.unit != later.unit or earlier.unit not in slip_rules()["of_any_thing"]:
        return False
    nouns = [{*HAN.findall(slip_pattern("ends").split(count.behind)[0][:_NOUN])} for count in (earlier, later)]
    around = [{*words_around(count)} for count in (later, earlier)]
    return all(nouns) and all(noun.isdisjoint(words) for noun, words in zip(nouns, around, strict=True))


def _are_opposed(one: str, other: str, *, kinds: str = "opposed") -> bool:
    """Whether the words name two kinds of which none is the other: 线上 and 线下, what was found and what was done."""
    mine, theirs = _opposed_kinds(one, kinds), _opposed_kinds(other, kinds)
    return any(mine[place].isdisjoint(theirs[place]) for place in mine.keys() & theirs.keys())


@lru_cache(maxsize=256)  # the words of a count are held against those of every other one
def _opposed_kinds(words: str, listed: str) -> Mapping[int, frozenset[int]]:
    """Place in the list → the kinds of it that the words name, where they name any."""
    return {
        place: frozenset(nth for nth, kind in enumerate(kinds) if kind.search(words))
        for place, (any_kind, kinds) in enumerate(_opposed(listed))
        if any_kind.search(words)
    }


@cache
def _opposed(listed: str) -> tuple[tuple[re.Pattern[str], tuple[re.Pattern[str], ...]], ...]:
    """Of each place in the list a pattern of any of its kinds, which most words have none of, and those of each."""
    return tuple((re.compile("|".join(kinds)), tuple(map(re.compile, kinds))) for kinds in slip_rules()[listed])


@cache
def _told_apart() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, slip_rules()["told_apart"]))


def _are_of_kinds_apart(earlier: Count, later: Count) -> bool:
    """Whether only one of them says that its things are new, planned, or taken over by others; or the one is of the
    first, the other of the second half.
    """
    if _are_opposed(all_words(earlier), all_words(later), kinds="never_one"):
        return True
    one, other = (count.before + END + name_of(count) for count in (earlier, later))
    return any((kind.search(one) is None) != (kind.search(other) is None) for kind in _told_apart())


def _are_of_channels_apart(earlier: Count, later: Count) -> bool:
    """Whether their words name channels of which none is the other's."""
    channels = [find_kinds(count.before + END + count.behind)["channels"] for count in (earlier, later)]
    return bool(channels[0] and channels[1]) and not channels[0] & channels[1]


def _are_of_hosts_apart(earlier: Count, later: Count) -> bool:
    """Whether their words say whose doing they are, and name two offices (镇政府主办, 县里组织; 我局, 市局)."""
    found = [slip_pattern("host").match(count.before) for count in (earlier, later)]
    hosts = [match["host"] for match in found if match]
    if len(hosts) < len(found):
        return False
    own = [slip_pattern("self").match(host) is not None for host in hosts]
    above = [slip_pattern("level").match(host) is not None and len(host) == _SHORT for host in hosts]
    one, other = ({*slip_pattern("self").sub("", host)} for host in hosts)
    return one.isdisjoint(other) or (own[0] and above[1]) or (own[1] and above[0])


def _are_of_names_apart(earlier: Count, later: Count) -> bool:
    """Whether both stand beside names in quotation marks, and the words of neither hold one of the other's."""
    return bool(earlier.names and later.names) and not any(
        name in words_around(other) for one, other in ((earlier, later), (later, earlier)) for name in one.names
    )


def _are_of_events_apart(earlier: Count, later: Count) -> bool:
    """Whether the same words count what came of two events, one told after the other: 召开座谈会3次，收集意见42条。发放
    问卷2轮，收集意见24条.
    """
    near = earlier.section == later.section and 0 < later.place - earlier.place <= slip_rules()["near_events"]
    if not near or earlier.before != later.before or _is_definite(later, few=False):
        return False
    events = [clause_before(own) for own in (earlier, later)]
    return all(HAN.search(event) for event in events) and events[0] not in events[1] and events[1] not in events[0]


def _are_of_offices_apart(earlier: Count, later: Count) -> bool:
    """Whether their words name offices of which none is the other's."""
    offices = [{*slip_pattern("offices").findall(count.before + count.behind)} for count in (earlier, later)]
    return bool(offices[0] and offices[1]) and not offices[0] & offices[1]


def _are_of_topics_apart(one: Count, other: Count) -> bool:
    """Whether the one is of a topic (廉政建设方面，) that the other does not speak of; 公开 is the topic of all."""
    topic = slip_pattern("topic").search(one.lead)
    return topic is not None and left_of(topic["topic"], words_around(other)) == topic["topic"]


def _is_definite(later: Count, *, few: bool) -> bool:
    """Whether it speaks of things that were told of (这14场), or, unless they are `few`, of all (153条信息里)."""
    if slip_pattern("known").search(later.before):
        return True
    return not few and (later.before.endswith("的") or slip_pattern("of_all").match(later.rest) is not None)


def _may_hold(earlier: Count, later: Count) -> bool:
    """Whether the later count may be of more than the earlier one: 局网站公开信息657条, 全年公开信息675条."""
    around = later.lead + END + later.before + END + later.behind
    if find_channels(earlier.before) and not find_channels(around):
        return True
    if not slip_pattern("all_year").search(later.before) or _is_list_recalled(earlier, later):
        return False
    if _is_headed(earlier, later):
        return False
    return bool(drop_deeds(left_of(name_of(earlier), around)))


def _is_headed(earlier: Count, later: Count) -> bool:
    """Whether the later one names again under what head the earlier one stands: 防疫信息最多：通告、点位等信息613条."""
    head, colon, _ = earlier.lead.rpartition("：")
    words = drop_deeds(name_of(later))
    return bool(colon) and len(words) > _FEW_WORDS and words in head


def _is_list_recalled(earlier: Count, later: Count) -> bool:
    """Whether the later one names several things again, if shorter: 办税指南、政策问答46条, 指南和问答共64条."""
    own, joints = name_of(later), slip_pattern("joints")
    left = joints.sub("", left_of(own, words_around(earlier)))
    return joints.search(own) is not None and not drop_deeds(left)


def _may_be_some(earlier: Count, later: Count) -> bool:
    """Whether fewer are spoken of because something was done with these: 5条短视频被市局转载."""
    is_definite = _is_definite(later, few=earlier.claim.value < _FEW)
    return not is_definite and slip_pattern("of_some").match(later.rest) is not None


def is_sum(whole: Count, beside: Sequence[Count]) -> bool:
    """Whether it is the sum of the counts beside; 推进会3次，第三方评估2次 do not make 5 of the one."""
    parts = [count for count in beside if count is not whole]
    if len(parts) < _SEVERAL or sum(count.claim.value for count in parts) != whole.claim.value:
        return False
    held = any(slip_pattern("of_which").match(part.before) for part in parts[1:])  # 2期，其中1期合办
    return not held and not any(_is_other_thing(part, whole) for part in parts)


def is_difference_told(
    one: Count, other: Count, beside: Sequence[Sequence[Count]], *, called: str | None = None
) -> bool:
    """共有栏目45个, 44个栏目按时更新，1个栏目超期: what they differ by is counted beside one of them; `called` so.

    What is a part of the smaller one (2期，其中1期合办), or bears another name, is no difference to the larger.
    """
    difference = abs(one.claim.value - other.claim.value)
    smaller = min(one, other, key=lambda count: count.claim.value)
    return any(
        part.claim.value == difference
        and part.claim.start > count.claim.start
        and not slip_pattern("each").search(part.before)
        and not (count is smaller and slip_pattern("of_which").match(part.before))
        and not _is_other_thing(part, count)
        and (called is None or slip_pattern(called).search(part.before) is not None)
        for count, own in zip((one, other), beside, strict=True)
        for part in own
    )


def _is_other_thing(part: Count, whole: Count) -> bool:
    """Whether a small number has a name of some length that shares nothing with the other's: it adds up by chance."""
    if max(part.claim.value, whole.claim.value) >= _FEW:
        return False
    named = len(part.before) >= _TELLING_RUN and len(HAN.findall(whole.before + whole.behind)) >= _FEW_WORDS
    return named and len(longest_shared(part.before, words_around(whole))) < _SHORT
