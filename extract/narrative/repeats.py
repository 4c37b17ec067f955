"""T002 for counts that no cell shows: what is counted is told in the same words twice, the numbers differ."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import Any

from extract.narrative.analysis import Analysis, is_damaged
from extract.narrative.mending import has_sign, is_lookalike
from extract.narrative.numbers import CLAIMS_FILE
from extract.narrative.windows import split_pieces
from extract.quick import record, replace
from extract.records import Claim
from extract.rules import load_rules, rule_patterns

_BREAK = re.compile(r"[，；：（）]")
_DAMAGED = 3  # characters of a statement that may differ from those of the other because noise changed them


@record
class _Total:
    """A claim; `words`, what it counts, are its characters whatever their order."""

    words: Counter[str]
    spelled: str  # the same in their order, with the deed
    yearly: bool
    telling: bool  # long enough to mean one thing even where the other statement does not say that it is of the year
    claim: Claim
    lead: str = ""  # the pieces of the sentence before that of the number
    before: str = ""  # all that stands before the number
    topic: str = ""  # of a piece such as 政策解读方面
    behind: str = ""  # the words behind a number whose noun may stand there: 运行的5个账号


@cache
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = load_rules(CLAIMS_FILE)["restated"]
    return rules


_pattern = rule_patterns(CLAIMS_FILE, "restated")


def find_repeats(
    analyses: Sequence[Analysis],
    free: Sequence[Sequence[Claim]],
    year: int | None,
    *,
    wide: bool = True,
) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of totals in the same words, in whatever order; one of them at least says that it is of the year.

    `free` are the claims of each sentence that no cell was found for. `wide`: the agency's own matters are those of
    the whole district.
    """
    noisy = is_damaged(analyses)
    stated = [
        total
        for analysis, own in zip(analyses, free, strict=True)
        if own
        for total in _read_totals(analysis, own, year)
    ]
    told: set[str] = set()
    for one, other in combinations(stated, 2):
        if one.claim.value == other.claim.value or one.claim.unit != other.claim.unit:
            continue
        if one.claim.sentence == other.claim.sentence or told & {one.claim.id, other.claim.id}:
            continue
        same = _are_same(one.words, other.words, noisy=noisy) or _is_named_before(one, other, noisy=noisy)
        same = same or (noisy and _are_same(Counter(one.spelled), Counter(other.spelled), noisy=True))  # 祖织 for 组织
        same = same or _is_completed(one, other, noisy=noisy) or _is_completed(other, one, noisy=noisy)
        if (
            same
            and _are_of_year(one, other, noisy=noisy)
            and _share_topic(one, other)
            and not _are_parts(one, other, wide=wide)
        ):
            told |= {one.claim.id, other.claim.id}
            yield one.claim, other.claim


def _are_of_year(one: _Total, other: _Total, *, noisy: bool) -> bool:
    if one.yearly and other.yearly:
        return True
    told = (one.telling and other.telling) or _are_same(Counter(one.spelled), Counter(other.spelled), noisy=noisy)
    return told and (one.yearly or other.yearly)


def _share_topic(one: _Total, other: _Total) -> bool:
    """Not 全年组织培训5次 beside 廉政建设方面，年内组织培训2次; long words tell their topic, 公开 is that of all."""
    general = _rules()["general_topic"]
    return min(len(one.spelled), len(other.spelled)) >= _rules()["telling_length"] or all(
        not own.topic or general in own.topic or (Counter(own.topic) & (rest.words + Counter(rest.topic))).total() > 1
        for own, rest in ((one, other), (other, one))
    )


def _are_parts(one: _Total, other: _Total, *, wide: bool) -> bool:
    """我局设立查阅点1处 beside 全县设立查阅点15处; in a bureau's report those of 全县 are never its own alone."""
    whole, own = map(_pattern, ("whole_area", "own_area"))
    wholes = [whole.search(total.before) is not None for total in (one, other)]
    owned = [not wide or own.search(total.before) is not None for total in (one, other)]
    return (wholes[0] and owned[1] and not wholes[1]) or (wholes[1] and owned[0] and not wholes[0])


def _is_named_before(one: _Total, other: _Total, *, noisy: bool) -> bool:
    """党组专题听取汇报2次; 党组高度重视，全年专题听取汇报5次: who did it stands in the piece before."""
    longer, shorter = sorted((one, other), key=lambda total: -len(total.spelled))
    size = len(longer.spelled) - len(shorter.spelled)
    who, rest = longer.spelled[:size], longer.spelled[size:]
    if len(longer.spelled) < _rules()["least_named"] or not who or not _look_same(rest, shorter.spelled, noisy=noisy):
        return False
    places = range(len(shorter.lead) - size + 1)
    return any(_look_same(who, shorter.lead[place : place + size], noisy=noisy) for place in places)


def _look_same(one: str, other: str, *, noisy: bool) -> bool:
    """Whether the words are the same but for characters that noise may have made of one another."""
    if one == other or not noisy or len(one) != len(other):
        return one == other
    differing = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return len(differing) <= _DAMAGED and all(is_lookalike(*pair) for pair in differing)


def _is_completed(short: _Total, whole: _Total, *, noisy: bool) -> bool:
    """Whether the topic of the one, or the noun behind its number, makes its words those of the other."""
    missing = whole.words - short.words
    if missing and not short.words - whole.words and missing <= Counter(short.topic):
        return True
    noun = _count_words(short.behind[: max(0, whole.words.total() - short.words.total())])
    return bool(noun) and _are_same(short.words + noun, whole.words, noisy=noisy)


def _are_same(one: Counter[str], other: Counter[str], *, noisy: bool) -> bool:
    """Whether the characters are the same but for those that noise may have made of one another."""
    if one == other:
        return True
    left, right = list((one - other).elements()), list((other - one).elements())
    damaged = noisy or has_sign("".join(left + right))
    if not damaged or len(left) != len(right) or len(left) > _DAMAGED:
        return False
    for character in left:
        twin = next((item for item in right if is_lookalike(character, item)), None)
        if twin is None:
            return False
        right.remove(twin)
    return True


def _read_totals(analysis: Analysis, own: Sequence[Claim], year: int | None) -> Iterator[_Total]:
    """The statements of a sentence: its first number, and each one behind it in a list of such statements."""
    text, pieces = analysis.plain.text, split_pieces(analysis.plain.text)
    claims = {claim.start: claim for claim in own}
    yearly, listed = False, True
    for left, right in pieces:
        numbers = [bound.number for bound in analysis.bounds if left <= bound.number.start < right]
        if not numbers:
            bracketed = "（" in (text[left - 1 : left], text[right : right + 1])  # a note says nothing of the list
            listed = listed and (bracketed or not _words(text[left:right], year)[0])
            continue
        claim = claims.get(analysis.plain.printed_span(numbers[0].start, numbers[0].end)[0])
        start = 0 if listed and not yearly else left
        first = all(bound.number.start >= numbers[0].start for bound in analysis.bounds)
        before = text[0 if first else left : numbers[0].start]
        words = _words(before, year)[0]
        if _pattern("bare").match(words) and len(numbers) == 1:
            before = before.removesuffix(words) + text[numbers[0].end : right]  # 全年共有85人次参加培训
            behind = ""
        else:
            behind = text[numbers[0].end : right] if before.endswith("的") and len(numbers) == 1 else ""
        total = _read_total((before, behind), claim, year, yearly=yearly) if claim and (first or listed) else None
        if total:
            yield total
            yield from _read_parts(analysis, claims, total, right)
        yearly = yearly or (first and _words(text[:start] + before, year)[1])


def _read_parts(analysis: Analysis, claims: Mapping[int, Claim], whole: _Total, start: int) -> Iterator[_Total]:
    """公开信息770条，其中门户网站511条、微信公众号191条: what each part counts is the deed of the whole."""
    text, deed = analysis.plain.text, _pattern("shared_deed").search(whole.spelled)
    begins = _pattern("parts").match(text[start:])
    if not deed or not begins:
        return
    left = start + begins.end()
    for number in (bound.number for bound in analysis.bounds if bound.number.start >= left):
        name, claim = text[left : number.start], claims.get(analysis.plain.printed_span(number.start, number.end)[0])
        if not _pattern("part_name").fullmatch(name) or not claim or claim.unit != whole.claim.unit:
            return
        words = name.lstrip("、，") + deed["deed"]
        yield replace(whole, words=_count_words(words), spelled=words, telling=True, claim=claim)
        left = number.end


def _words(before: str, year: int | None) -> tuple[str, bool]:
    """What is counted, without the words that say when and who, and whether they say that it is of the year."""
    said = before.replace(f"{year}年", "全年")
    return _pattern("passing").sub("", said), _pattern("yearly").search(said) is not None


def _read_total(around: tuple[str, str], claim: Claim, year: int | None, *, yearly: bool) -> _Total | None:
    """The claim with what the words around it count; None where they are too common to mean one thing."""
    rules, (before, behind) = _rules(), around
    before = _pattern("compared").sub("", before.rpartition("：")[2])
    words, dated = _words(before, year)
    lead, comma, rest = words.rpartition("，")
    said = before.rpartition("，")[0]
    if comma and not _pattern("framing").search(lead):
        words = rest  # 加强政策解读，全年发布解读材料29篇
    topic = (_pattern("topic").search(said) or ("", ""))[1]
    noun = _pattern("deeds").sub("", words)
    told = noun + topic + behind
    telling = len(words) >= rules["telling_length"] or _pattern("telling").match(words) is not None
    telling = telling or (len(told) >= rules["telling_noun"] and not _pattern("general").match(told))
    rated = _pattern("rates").search(words) is not None
    if claim.unit == "%" and not rated:
        return None
    telling = telling or rated
    yearly = yearly or dated or (rated and (not said or _pattern("rated").search(said) is not None))
    short = len(words) >= rules["telling_deed"] and noun != words and not _pattern("general").match(noun)
    if not (telling or short or (yearly and len(noun) >= rules["telling_yearly"])):
        return None
    if _pattern("part").search(before) or _BREAK.search(words):
        return None
    spelled = _pattern("trailing").sub("", words)
    return _Total(_count_words(noun), spelled, yearly, telling, claim, said, before, topic, behind)


def _count_words(words: str) -> Counter[str]:
    """The characters of what is counted, without words that may be there or not."""
    return Counter(_pattern("modifiers").sub("", words))
