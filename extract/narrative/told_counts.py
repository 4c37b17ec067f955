"""The counts of sentences that no table shows, with the words around each, and how the words of two are alike."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from itertools import combinations
from typing import Any

from extract.narrative.analysis import Analysis
from extract.narrative.counted import drop_kinds, find_kinds
from extract.narrative.numbers import COUNTED_FILE
from extract.narrative.windows import split_pieces
from extract.quick import record
from extract.records import Claim, Qualifier
from extract.rules import load_rules, rule_patterns

_LEAST = 2  # characters in a row that two counts must share
TELLING_LENGTH = 12  # characters from which on longer words tell no more
_LEAD, _REST, NEAR = 40, 30, 25  # characters of the words before and behind that are looked at
_FAR = 40  # sentences between two counts, from which on the later one recalls no more
_CORE = 8  # characters behind a number that may be a noun
NAME_LENGTH = 6  # characters behind a number that may say what is counted
_CLAUSE = re.compile("[，；：]")
HAN = re.compile(r"[\u4e00-\u9fff]")
_PAIR = re.compile(r"(?=([\u4e00-\u9fff]{2}))")
_NO_BRACKETS = r"\1“\2”"  # signs that part nothing
_NAME = re.compile(r"“([^“”]{2,12})”")
_SIGNS = re.compile(r"[“”《》〈〉（）\s]")
END = "\0"  # between words that do not stand together


@record
class Count:
    """A count that no cell was found for: `lead` is what its sentence says before the words `before` its number,
    `behind` goes up to the next number, `rest` to the end of the piece and `after` beyond it; `names` stand in
    quotation marks in its piece. `is_dated`: it is of another year."""

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
    names: frozenset[str]


@record
class Beside:
    """The counts of a text: those of each number of a unit, of each sentence and unit, and of each sentence."""

    counts: tuple[Count, ...]
    stated: Mapping[tuple[str, Decimal], Sequence[Count]]
    by_sentence: Mapping[tuple[int, str], Sequence[Count]]
    of_sentence: Mapping[int, Sequence[Count]]


@cache
def slip_rules() -> dict[str, Any]:
    """What `counted.toml` has of two counts that a slip parts."""
    rules: dict[str, Any] = load_rules(COUNTED_FILE)["slips"]
    return rules


def count_said(count: Count, other: Count) -> int:
    """How many characters stand before its number that the other one's words have not."""
    known = set(other.lead + other.before + other.behind)
    return sum(character not in known for character in HAN.findall(_bare_of_nothing(count.before)))


@lru_cache(maxsize=256)  # as the nouns
def _bare_of_nothing(before: str) -> str:
    return slip_pattern("says_nothing").sub("", before)


slip_pattern = rule_patterns(COUNTED_FILE, "slips")


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
    text = slip_pattern("bracketed").sub(_NO_BRACKETS, analysis.plain.text)
    spans = [(bound.number.start, bound.number.end) for bound in analysis.bounds]
    mark = slip_pattern("mark").match(text)
    floor = mark.end() if mark else 0
    for left, right in split_pieces(text):
        mark = slip_pattern("mark").match(text, left) if text[left - 1 : left] == "；" else None
        begin = mark.end() if mark else max(left, floor)
        numbers = [span for span in spans if left <= span[0] < right]
        for nth, (start, end) in enumerate(numbers, 1):
            following = numbers[nth][0] if nth < len(numbers) else right
            claim = claims.get(analysis.plain.printed_span(start, end)[0])
            if claim and not slip_pattern("changed").search(text[begin:start]):
                unit = slip_rules()["same_units"].get(claim.unit, claim.unit or "")
                lead, before = _bare(text[floor:begin])[-_LEAD:], _bare(text[begin:start])
                behind, rest = _bare(text[end:following]), _bare(text[end:right])[:_REST]
                after = _bare(text[end:])[:_LEAD]
                is_raised = slip_pattern("raised").match(before) is not None
                is_dated = _is_to_be(lead, year) if is_raised else _is_dated(lead + before, behind, year)
                names = frozenset(_NAME.findall(text[begin:right]))
                yield Count(claim, is_dated, *where, unit, lead, before, behind, rest, after, names)
            begin = end


def _is_dated(words: str, behind: str, year: int | None) -> bool:
    """Whether the last year that the words name is another one than the report's; where they name none, a number that
    was raised, and is not to be, is that of last year.
    """
    named = [match[0] for match in slip_pattern("years").finditer(words)]
    if not named:
        return slip_pattern("raised").match(behind) is not None and not slip_pattern("to_be").search(words[-NEAR:])
    return named[-1] not in (*slip_rules()["own_years"], f"{year}年")


def _is_to_be(lead: str, year: int | None) -> bool:
    """Whether the number to which another one is raised is of another year than the report's."""
    named = slip_pattern("years").search(lead) is not None
    return slip_pattern("to_be").search(lead[-NEAR:]) is not None or (named and not _is_dated(lead, "", year))


def _is_count(claim: Claim) -> bool:
    bound = claim.field or claim.sum_of or claim.share_of or claim.note == "none"
    return not bound and claim.qualifier is Qualifier.EXACT and claim.unit not in slip_rules()["no_counts"]


def _bare(words: str) -> str:
    return _SIGNS.sub("", words)


def look_around(counts: Sequence[Count]) -> Beside:
    """What stands beside the pairs of a text."""
    stated: dict[tuple[str, Decimal], list[Count]] = {}
    of_sentence: dict[int, list[Count]] = {}
    for count in counts:
        stated.setdefault((count.unit, count.claim.value), []).append(count)
        of_sentence.setdefault(count.place, []).append(count)
    return Beside(tuple(counts), stated, by_sentence(counts), of_sentence)


def by_sentence(counts: Sequence[Count]) -> Mapping[tuple[int, str], Sequence[Count]]:
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


def all_words(count: Count) -> str:
    """The words before the number and its noun; what became of all of them, too (发现的24个问题均已整改)."""
    words = count.before + END + name_of(count)
    return words + END + count.rest if slip_pattern("of_all").match(count.rest) else words


def clause_before(count: Count) -> str:
    """The clause before that of the number."""
    return _CLAUSE.split(count.lead.rstrip("，；：、"))[-1]


@record
class Core:
    """The words of the nouns that two counts share, and whether they are the whole noun of each."""

    words: str
    earlier_whole: bool
    later_whole: bool


def share_core(earlier: Count, later: Count) -> Core:
    """What the nouns of two counts share."""
    return _find_core(*_cores(earlier.before, earlier.behind), *_cores(later.before, later.behind))


def is_nameless(count: Count) -> bool:
    """Whether no words say what it counts: 合计765条."""
    return not any(_cores(count.before, count.behind))


@lru_cache(maxsize=256)  # the counts of a text are held against one another
def _cores(before: str, behind: str) -> tuple[str, str]:
    """The words before a number, without the deed, and those right behind it; each may end, or begin, with the noun."""
    own = slip_pattern("passing").sub("", before)
    own = slip_pattern("led_by").sub("", drop_deeds(slip_pattern("deed").sub("", own)))
    noun = slip_pattern("core_ends").split(behind)[0][:_CORE]
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


def words_around(count: Count) -> str:
    """All words of its sentence up to the end of its piece."""
    return END.join((count.lead, count.before, count.behind, count.rest))


def drop_deeds(words: str) -> str:
    """The words but for those that say what was done."""
    return drop_kinds(words, {"deeds": find_kinds(words)["deeds"]})


def name_of(count: Count) -> str:
    """The words that say what is counted: those before the number, or, where these say nothing, those behind it."""
    own = slip_pattern("passing").sub("", count.before)
    return own if len(HAN.findall(own)) > 1 else slip_pattern("ends").split(count.behind)[0][:NAME_LENGTH]


def are_same_letters(earlier: Count, later: Count) -> bool:
    """Whether both are told in the same characters, in whatever order: 修订内部制度6项, 内部制度修订9项."""
    one, other = (sorted(HAN.findall(name_of(count))) for count in (earlier, later))
    return len(one) > _LEAST and one == other


def left_of(words: str, around: str) -> str:
    """The Han characters of the words that stand in no run of two that the others have, too."""
    known = [False] * (len(words) + 1)
    for place in range(len(words) - 1):
        if words[place : place + 2] in around:
            known[place] = known[place + 1] = True
    return "".join(words[k] for k in range(len(words)) if not known[k] and begins_word(words[k]))


def begins_word(words: str) -> bool:
    """Whether they begin with a Han character."""
    return HAN.match(words) is not None


def list_pairs(words: str) -> list[str]:
    """Two Han characters in a row, one after the other."""
    return _PAIR.findall(words)


def weigh_words(words: str, common: Mapping[str, float]) -> float:
    """How much the words tell: the less often their characters stand together, the more."""
    return sum(common.get(pair, common[""]) for pair in list_pairs(words))


def share_covered(words: str, around: str, common: Mapping[str, float]) -> float:
    """The share of what the words tell that stands in the others; 0 where they tell nothing."""
    told = weigh_words(words, common)
    shared = sum(common.get(pair, common[""]) for pair in list_pairs(words) if pair in around)
    return shared / told if told else 0.0


def longest_run(words: str, around: str) -> str:
    """The longest beginning of the words that stands in the others; nothing below two characters."""
    return next((words[:k] for k in range(min(len(words), TELLING_LENGTH), _LEAST - 1, -1) if words[:k] in around), "")


def longest_end(words: str, around: str) -> str:
    """The longest end of the words that stands in the others."""
    return next(
        (words[-k:] for k in range(min(len(words), TELLING_LENGTH), _LEAST - 1, -1) if words[-k:] in around), ""
    )


def longest_shared(words: str, around: str) -> str:
    """The longest run of the words that stands in the others, and does not reach over a number."""
    best = ""
    for start in range(len(words)):
        end = start + max(_LEAST, len(best) + 1)
        while end <= len(words) and END not in words[start:end] and words[start:end] in around:
            best = words[start:end]
            end += 1
    return best


def learn_telling(texts: Sequence[str]) -> dict[str, float]:
    """Two characters in a row → how much they tell, by the number of texts that hold them; "" for those of none."""
    found = Counter(pair for text in texts for pair in {*list_pairs(text)})
    total = len(texts) + 1
    least = int(slip_rules()["least_common"])
    weights = {pair: round(math.log(total / (count + 1)), 3) for pair, count in found.items() if count >= least}
    return {"": round(math.log(total), 3), **dict(sorted(weights.items()))}
