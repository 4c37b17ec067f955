"""Two counts whose numbers a slip of the pen parts → what the learned model tells by whether they are of one thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extract.narrative.apart_counts import is_sum
from extract.narrative.counted import drop_kinds, find_kinds
from extract.narrative.recalled import is_hedged
from extract.narrative.told_counts import (
    END,
    HAN,
    NAME_LENGTH,
    NEAR,
    TELLING_LENGTH,
    Beside,
    Count,
    are_same_letters,
    begins_word,
    clause_before,
    count_said,
    drop_deeds,
    is_nameless,
    left_of,
    list_pairs,
    longest_end,
    longest_run,
    longest_shared,
    name_of,
    share_core,
    share_covered,
    slip_pattern,
    slip_rules,
    weigh_words,
    words_around,
)
from extract.quick import record


@record
class Likened:
    """Two counts of a text, the earlier one first. `doubts` say what may tell them apart, each as 0 or 1; from the
    log-odds `needed` on they are told, `inf` where they never are."""

    earlier: Count
    later: Count
    doubts: Mapping[str, float]
    needed: float


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
    one, other = earlier.before + END + earlier.behind, later.before + END + later.behind
    around_one, around_other = words_around(earlier), words_around(later)
    own, its = (slip_pattern("passing").sub("", count.before) for count in (later, earlier))
    noun = longest_run(later.behind, one)
    ending, recalled = longest_end(earlier.before, other), longest_end(later.before, one)
    run = longest_shared(other, one)
    covered, covers = share_covered(other, around_one, common), share_covered(one, around_other, common)
    return {
        "shared_run": min(len(run), 8) / 4,
        "shared_run_telling": min(weigh_words(run, common), 40) / 10,
        "later_covered": covered,
        "earlier_covered": covers,
        "both_covered": covered * covers,
        "later_before_covered": share_covered(own, around_one, common),
        "later_own_words": min(len(HAN.findall(own)), TELLING_LENGTH) / 6,
        "earlier_own_words": min(len(HAN.findall(its)), TELLING_LENGTH) / 6,
        "later_ends_telling": min(weigh_words(recalled, common), 25) / 10,
        "earlier_ends": min(len(ending), 6) / 3,
        "noun_recalled": min(len(noun), 6) / 3,
        "noun_recalled_telling": min(weigh_words(noun, common), 25) / 10,
        "noun_goes_on": bool(noun)
        and begins_word(later.behind[len(noun) :])
        and not slip_pattern("ends").match(later.behind, len(noun)),
        "same_words": bool(own) and own == its,
        "same_letters": are_same_letters(earlier, later),
        "said_again_telling": min(weigh_words(own, common), 25) / 10 if its.endswith(own) else 0,
    }


def _describe_places(earlier: Count, later: Count, counts: Sequence[Count]) -> dict[str, float]:
    """Where both stand, and how the later one speaks."""
    alike = [count for count in counts if count.unit == later.unit and count is not later and count is not earlier]
    more = later.claim.value > earlier.claim.value
    known = slip_pattern("known").search(later.before) is not None
    return {
        "other_section": earlier.section != later.section,
        "next_sentence": later.place == earlier.place + 1 and later.section == earlier.section,
        "same_sentence": later.place == earlier.place,
        "common_unit": later.unit in slip_rules()["common_units"],
        "rivals": min(len(alike), 6) / 3,
        "later_of_part": slip_pattern("part").search(later.before) is not None,
        "earlier_of_part": slip_pattern("part").search(earlier.before) is not None,
        "later_lead_of_part": slip_pattern("part").search(later.lead[-NEAR:]) is not None,
        "earlier_of_other_year": slip_pattern("other_year").search(earlier.lead[-NEAR:] + earlier.before) is not None,
        "later_planned": slip_pattern("planned").search(later.lead[-NEAR:] + later.before) is not None,
        "later_deed": slip_pattern("deed").search(later.before) is not None,
        "of_all": slip_pattern("of_all").match(later.rest) is not None,
        "known": known,
        "known_alone": known and not alike,
        "these": slip_pattern("these").search(later.before) is not None,
        "later_total": slip_pattern("total").search(later.before) is not None,
        "later_more": more,
        "later_hedged": is_hedged(later.before),
        "later_built_on": slip_pattern("built_on").match(later.rest) is not None,
        **_compare_clauses(earlier, later),
    }


def _compare_clauses(earlier: Count, later: Count) -> dict[str, float]:
    """Whether what stands in the clauses before those of the numbers is the same business."""
    one, other = (clause_before(count) for count in (earlier, later))
    pairs = list_pairs(other)
    around = words_around(earlier)
    shared = sum(pair in around for pair in pairs)
    return {
        "clause_covered": shared / len(pairs) if pairs else 0.0,
        "clauses_apart": bool(one and pairs) and not any(pair in one for pair in pairs),
        "clause_of_one": bool(one) != bool(other),
    }


def _describe_keys(earlier: Count, later: Count) -> dict[str, float]:
    """What their channels, deeds and nouns, in whatever words, have in common."""
    one, other = (find_kinds(count.before + END + count.behind) for count in (earlier, later))
    around = find_kinds(earlier.lead + END + earlier.rest)
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
    others = [words_around(count) for count in (later, earlier)]
    keys = [find_kinds(around) for around in others]
    shared = {kind: keys[0][kind] & keys[1][kind] for kind in keys[0]}
    one, other = (
        drop_kinds(left_of(name_of(count), around), shared) for count, around in zip(counts, others, strict=True)
    )
    said_one, said_other = (drop_deeds(words) for words in (one, other))
    nouns = [left_of(count.behind[:NAME_LENGTH], around) for count, around in zip(counts, others, strict=True)]
    few, more = sorted((len(one), len(other)))
    few_said = min(len(said_one), len(said_other))
    more_of_earlier, more_of_later = count_said(earlier, later), count_said(later, earlier)
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
    core = share_core(earlier, later)
    rivals = sum(
        bool(share_core(count, later).words)
        for count in beside.counts
        if count.unit == later.unit and count is not earlier and count is not later
    )
    shared = bool(core.words)
    return {
        "cores_same": core.earlier_whole and core.later_whole,
        "core_shared": shared,
        "core_telling": min(weigh_words(core.words, common), 25) / 10,
        "later_core_ends": core.later_whole and not core.earlier_whole,
        "earlier_core_ends": core.earlier_whole and not core.later_whole,
        "cores_unlike": not shared and not is_nameless(earlier) and not is_nameless(later),
        "rivals_alike": min(rivals, 3) / 2,
        "rival_better": rivals > 0 and not shared,
    }


def _describe_totals(earlier: Count, later: Count, beside: Beside, common: Mapping[str, float]) -> dict[str, float]:
    """Whether both may be the total of all, or are sums of what stands beside them; what one without a name (合计765条)
    shares with the other by its parts.
    """
    own = {earlier.claim.value, later.claim.value}
    others = [count.claim.value for count in beside.counts if count.unit == later.unit and not count.is_dated]
    parts = [_list_parts(count, beside) if is_nameless(count) else [] for count in (earlier, later)]
    named = later if parts[0] else earlier
    words = END.join(part.lead + END + part.before + part.behind[:NAME_LENGTH] for part in parts[0] or parts[1])
    return {
        "largest": not any(value > min(own) for value in others if value not in own),
        "earlier_summed": is_sum(earlier, beside.by_sentence[earlier.place, earlier.unit]),
        "later_summed": is_sum(later, beside.by_sentence[later.place, later.unit]),
        "earlier_of_parts": bool(parts[0]),
        "later_of_parts": bool(parts[1]),
        "parts_cover": share_covered(slip_pattern("passing").sub("", named.before), words, common) if words else 0.0,
    }


def _list_parts(total: Count, beside: Beside) -> list[Count]:
    """The counts of its unit before it in its sentence, or else in the sentence before."""
    own = [count for count in beside.by_sentence[total.place, total.unit] if count.claim.start < total.claim.start]
    before = beside.by_sentence.get((total.place - 1, total.unit), ())
    return own or [count for count in before if count.section == total.section]
