"""T002 for counts that a later statement recalls, its number first: 新闻发布会63场, 36场发布会中民生领域仅11场."""

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
from extract.quick import record, replace
from extract.records import Claim, Qualifier
from extract.rules import load_rules, rule_patterns

_LEAST = 2  # characters that two statements must share in a row
_LONG = 10  # shared characters from which on the same words mean the same thing, whoever recalls it
_LONG_DIGITS = 3
_NAME_LENGTH = 4  # characters of a name that the other statement does not say
_TELLING_DIGITS = 2  # fewer change places by chance
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_SIGNS = re.compile(r"[“”《》〈〉【】（）\s]")


@record
class Told:
    """A count; `lead` is what its sentence says before the piece of the number, `before` and `behind` its own words."""

    claim: Claim
    unit: str
    lead: str
    before: str
    behind: str


@cache
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = load_rules(COUNTED_FILE)["recalled"]
    return rules


_pattern = rule_patterns(COUNTED_FILE, "recalled")


def find_recalled(
    analyses: Sequence[Analysis], claims: Sequence[Sequence[Claim]], year: int | None, *, wide: bool
) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of claims of which the second recalls the first with another number; none where several may be meant.

    `wide`: the agency's own matters are those of the whole district.
    """
    told = [
        item
        for before, analysis, own in zip((None, *analyses), analyses, claims, strict=False)
        if own
        for item in _with_sentence_before(before, analysis, _read_told(analysis, own, year, wide=wide))
    ]
    taken: set[str] = set()
    for later in told:
        earlier = _find_earlier(later, told)
        if earlier and not taken & {earlier.claim.id, later.claim.id}:
            taken |= {earlier.claim.id, later.claim.id}
            yield earlier.claim, later.claim


def _with_sentence_before(before: Analysis | None, analysis: Analysis, told: Iterator[Told]) -> Iterator[Told]:
    """宣讲进小区。15场。: what a sentence counts that is nothing but a number is told by the one before."""
    bare = before is not None and not before.bounds and len(analysis.bounds) == 1
    number = analysis.bounds[0].number if bare else None
    alone = number is not None and not _HAN.search(
        analysis.plain.text[: number.start] + analysis.plain.text[number.end :]
    )
    for item in told:
        yield replace(item, before=_bare(before.plain.text.strip("。"))) if before and alone else item


def _read_told(analysis: Analysis, own: Sequence[Claim], year: int | None, *, wide: bool) -> Iterator[Told]:
    """The free counts of a sentence that may be of the whole year and of all there is."""
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
                _say_year(words, year, wide=wide)
                for words in (text[:begin].rpartition("；")[2], text[begin:start].lstrip("、和及与，"))
            )
            begin = end
            own_all = not is_of_others(text[end:]) and not _is_of_part(lead, before)
            if claim and own_all and _is_exact(claim, text[end:]):
                behind = "" if text.startswith(("、", "和", "及"), end) else text[end:stop]  # that of the next one
                yield Told(claim, unit_of(claim), _bare(lead), _bare(before), _bare(behind))


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
    """Whether the number may be of a part, or of another year."""
    if lead and _pattern("known").search(_drop_passing(before)):
        lead = ""  # 这24场 are those that were told
    listed = ("其中" in lead and not _pattern("total").search(before)) or _pattern("some").search(f"{lead}\0{before}")
    dated = (lead.replace("以来", "") if _pattern("own_year").search(before) else lead) + before
    return (
        bool(listed) or _pattern("other_year").search(dated) is not None or _pattern("part").search(before) is not None
    )


def _say_year(words: str, year: int | None, *, wide: bool) -> str:
    """The words, the report's own year in them said as 全年, and its own district left out."""
    words = say_whole_year(words, year) if words else words
    return _pattern("own_area").sub("", words) if wide and words else words


def _bare(words: str) -> str:
    return _SIGNS.sub("", words)


@record
class Shared:
    """What a statement shares with the one that it recalls.

    `noun` are the words right behind its number, `words` how many characters of it are shared, `telling` how many of
    these are not of words that are counted under many heads. `definite`: it speaks of all of what is known already
    (36场发布会中). `subject`: its number may begin what it says, which may be told of a part (36场发布会采用直播).
    """

    noun: str
    words: int
    telling: int
    definite: bool
    subject: bool


def _find_earlier(later: Told, told: Sequence[Told]) -> Told | None:
    """The one statement that is recalled with another number; None where one has the same, or several may be meant."""
    alike = (item for item in told if item.unit == later.unit)
    found = [(item, shared) for item in alike if (shared := _share(later, item)) is not None]
    if not found or any(item.claim.value == later.claim.value for item, _ in found):
        return None
    near = [pair for pair in found if _covers(pair[1].noun, f"{pair[0].before}\0{pair[0].behind}")] or found
    totals = [pair for pair in near if _pattern("total").search(pair[0].before)]
    near = totals or near
    item, shared = near[0]
    summed = (not totals and _is_sum(later, item, told)) or _is_sum(item, later, told)
    several = len({other.claim.value for other, _ in near}) > 1
    return item if not (several or summed) and _is_told(later, item, shared) else None


def _is_sum(whole: Told, part: Told, told: Sequence[Told]) -> bool:
    """Whether the one number is the other with one, or with all, of those told beside it."""
    beside = [
        item.claim.value
        for item in told
        if item.claim.sentence == part.claim.sentence and _kind(item) == _kind(part) and item is not part
    ]
    rest = whole.claim.value - part.claim.value
    return rest in (*beside, sum(beside))


def _kind(told: Told) -> str:
    """What is counted in 篇 and what is counted in 条 is added up."""
    return "条" if told.unit in _rules()["added_up"] else told.unit


def _is_told(later: Told, earlier: Told, shared: Shared) -> bool:
    """Whether the shared words, and how the numbers differ, leave no doubt that they count the same."""
    rules, slip, near = _rules(), is_slip(later.claim, earlier.claim), _is_near(later.claim, earlier.claim)
    less = min(later.claim.value, earlier.claim.value)
    if shared.telling >= _LEAST and slip and _is_long(later.claim, earlier.claim):
        return True
    if slip and later.claim.value < earlier.claim.value and _is_bare_total(later, shared):
        return less >= rules["least_of_general"] and (
            _are_crossed(later.claim, earlier.claim) or _is_long(later.claim, earlier.claim)
        )
    if not shared.definite and not (shared.subject and slip):
        framed = any(_pattern("framed").search(item.lead) for item in (later, earlier))
        alike = shared.words >= _LONG and near and _share(earlier, later) is not None
        long = less >= rules["least_of_general"] and shared.words > shared.telling
        telling = shared.telling > _LEAST or (shared.telling == _LEAST and long)
        return not framed and (alike or (slip and telling))
    if shared.telling > _LEAST:
        return slip or near
    if shared.telling == _LEAST:
        return slip or (near and (shared.words > shared.telling or _is_unnarrowed(shared.noun, earlier)))
    return slip and less >= rules["least_of_general"]


def _is_near(one: Claim, other: Claim) -> bool:
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


def _is_bare_total(later: Told, shared: Shared) -> bool:
    """Whether it counts all of the year, in general words alone: no part of it can be more."""
    year = _pattern("own_year").search(later.before) or _pattern("total").search(later.before)
    return not shared.telling and year is not None and not later.lead


def _are_crossed(one: Claim, other: Claim) -> bool:
    """Whether the same digits stand in another order."""
    return sorted(f"{one.value:f}") == sorted(f"{other.value:f}")


def _is_long(one: Claim, other: Claim) -> bool:
    """Whether the numbers have so many digits that no chance makes one of them the other mistyped."""
    return min(len(f"{claim.value:f}") for claim in (one, other)) > _LONG_DIGITS


def _is_unnarrowed(noun: str, earlier: Told) -> bool:
    """Whether no words before the noun say which ones the earlier statement counts."""
    words = earlier.lead + "，" + earlier.before + "，" + earlier.behind
    places = [match.start() for match in re.finditer(re.escape(noun), words)] if noun else []
    return any(not _HAN.search(_drop_passing(words[:place])[-1:]) for place in places)


def _share(later: Told, earlier: Told) -> Shared | None:
    """What both share, of one unit; None where the later statement has words of its own that say more than which year
    it is of.
    """
    if not _may_repeat(later, earlier) or _are_apart(later.before, earlier.before):
        return None
    if (_pattern("new").search(later.before) is None) != (_pattern("new").search(earlier.before) is None):
        return None
    around = "\0".join((earlier.lead, earlier.before, earlier.behind))
    crossed = _are_crossed(later.claim, earlier.claim) and is_slip(later.claim, earlier.claim)
    noun = _noun(later.behind, around) or (_begin_of_noun(later.behind, around) if crossed else "")
    before = _drop_passing(later.before)
    known = _pattern("known").search(before)
    before = before[: known.start()] if known else before
    parts = _cover(before, around)
    if parts is None and known and len(noun) > _LEAST and is_slip(later.claim, earlier.claim):
        parts = []  # 中心负责的这24场直播带岗: whatever else is said of them, they are those that were told
    if parts is None and crossed and _tell([noun]) >= _LEAST and _is_new_name(before, around):
        parts = []  # 教代会57件提案: whose they are, in other words
    if parts is None or not (noun or parts):
        return None
    shared, rest = [*parts, noun], later.behind[len(noun) :]
    hedged = is_hedged(later.before) and (not noun or not rest)
    subject = bool(noun) and not _pattern("verb").search(later.before) and not _pattern("of_some").match(rest)
    if crossed and rest.startswith("的") and not _pattern("of_all").match(rest) and not _is_yearly(later, rest):
        return None  # 61场发布会的要求
    of_all = known or _is_yearly(later, rest) or _pattern("of_all").match(rest)
    telling = _tell(shared)
    definite = hedged or (subject and bool(of_all))
    return Shared(noun or parts[-1], sum(map(len, shared)), telling, definite, subject)


def _is_yearly(later: Told, rest: str) -> bool:
    """座谈会全年14次会议, 全年六期在线访谈的文字实录, 全年8场发布会实录: all of the year."""
    told = _pattern("of_year").search(later.before)
    return told is not None and (bool(told.start()) or _pattern("shown").match(rest) is not None)


def _tell(parts: Sequence[str]) -> int:
    """How many characters of the words are not of those that are counted under many heads."""
    return sum(len(_pattern("general").sub("", part)) for part in parts)


def _may_repeat(later: Told, earlier: Told) -> bool:
    """Whether it stands in another sentence; in the same one only what is called a total repeats what was told."""
    if later.claim.sentence != earlier.claim.sentence:
        return True
    total = later.claim.start > earlier.claim.start and _pattern("all_told").search(later.before)
    return bool(total) and is_slip(later.claim, earlier.claim) and later.claim.value >= _rules()["least_of_general"]


def _are_apart(one: str, other: str) -> bool:
    """Whether the words before two numbers count what came in, and what was done with it, or channels of their own."""
    first, second = find_channels(one), find_channels(other)
    if first and second and not first & second:
        return True
    return are_of_stages_apart(one, other)


def is_of_others(behind: str) -> bool:
    """Whether the words behind a number say that it is of several years, or of others than the agency's own."""
    return _pattern("other_behind").match(behind) is not None


def is_hedged(before: str) -> bool:
    """Whether the words before a number say that it is known: 虽只有3场."""
    return _pattern("hedged").search(before) is not None


def are_of_stages_apart(one: str, other: str) -> bool:
    """Whether the words before the one number count what came in, those before the other what was done with it."""
    (came, done), (came_too, done_too) = _tell_stage(one), _tell_stage(other)
    return (came and done_too) or (came_too and done)


@lru_cache(maxsize=256)  # as the channels
def _tell_stage(before: str) -> tuple[bool, bool]:
    """Whether the words before a number count what came in, and whether they count what was done with it."""
    return _pattern("came").search(before) is not None, _pattern("done").search(before) is not None


def _noun(behind: str, around: str) -> str:
    """The longest words right behind the number that stand around the other one, up to where a noun may end."""
    for end in range(len(behind), _LEAST - 1, -1):
        ends = end == len(behind) or _pattern("ends").match(behind, end) or _pattern("shown").match(behind, end)
        if ends and (_covers(behind[:end], around) or _pattern("general").fullmatch(behind[:end])):
            return behind[:end]
    return ""


def _is_new_name(words: str, around: str) -> bool:
    """Whether the words may name what the other statement names in words of its own; 县长信箱 is not 局长信箱."""
    pairs = (words[place : place + _LEAST] for place in range(len(words) - 1))
    return len(words) <= _NAME_LENGTH and not any(pair in around for pair in pairs)


def _begin_of_noun(behind: str, around: str) -> str:
    """The longest words right behind the number that stand around the other one, wherever they end."""
    ends = range(len(behind), _LEAST - 1, -1)
    return next((behind[:end] for end in ends if behind[:end] in around), "")


def _covers(words: str, around: str) -> bool:
    parts = _cover(words, around)
    return parts is not None and sum(map(len, parts)) == len(words)


def _cover(words: str, around: str) -> list[str] | None:
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


def _drop_passing(words: str) -> str:
    """The words without those that say when, who and how."""
    return _pattern("passing").sub("", words)
