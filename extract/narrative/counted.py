"""T002 for counts that no cell shows: two statements whose channel, deed and noun are the same, in whatever words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import combinations
from typing import Any

from extract.narrative.analysis import Analysis
from extract.narrative.likely import find_slip
from extract.narrative.numbers import CLAIMS_FILE, COUNTED_FILE, COUNTED_KINDS
from extract.narrative.windows import split_pieces
from extract.narrative.years import say_whole_year
from extract.quick import record
from extract.records import Claim
from extract.rules import load_rules, quick_pattern, rule_pattern, rule_patterns
from extract.textform import any_word

_QUOTED = re.compile(r"“([^”]*)”")
_LIST_OF = re.compile(r"[^、]{1,8}(?:、[^、]{1,8})+等")  # 停电、停水、检修等公告
_NOUN = re.compile(r"[\u4e00-\u9fff]{2,6}$")  # behind a number
_TELLING_DIGITS = 3  # fewer are alike by chance
_FINER = "page"  # a channel that is a part of another one


@record
class Counted:
    """What a claim counts, as keys of counted.toml; `rest` are the words that have none, their characters in order."""

    channels: frozenset[str]
    owner: str
    name: str  # of an account
    deed: str
    nouns: frozenset[str]
    rest: str
    yearly: bool
    claim: Claim


@cache
def _rules() -> dict[str, Any]:
    return load_rules(COUNTED_FILE)


@cache
def _keys() -> Mapping[str, tuple[str, str]]:
    """(kind, key) of each word."""
    return {word: (kind, key) for kind in COUNTED_KINDS for key, words in _rules()[kind].items() for word in words}


@cache
def _words() -> re.Pattern[str]:
    """Any known word, the longest first."""
    return quick_pattern(f"(?P<word>{any_word(_keys())})|(?P<passing>{_rules()['passing']['words']})")


_pattern = rule_patterns(COUNTED_FILE)


def find_counted(
    analyses: Sequence[Analysis], free: Sequence[Sequence[Claim]], year: int | None
) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of claims of the same thing that differ; one of them at least says that it is of the year.

    `free` are the claims of each sentence that no cell was found for. Where three numbers differ none is told.
    """
    stated = [
        counted
        for analysis, own in zip(analyses, free, strict=True)
        if own
        for counted in read_counted(analysis, own, year)
    ]
    pairs = [pair for pair in combinations(stated, 2) if _contradict(*pair, stated)]
    told: set[str] = set()
    for one, other in pairs:
        linked = {item.claim.value for pair in pairs for item in pair if {one, other} & set(pair)}
        if len(linked) == len({one.claim.value, other.claim.value}) and not told & {one.claim.id, other.claim.id}:
            told |= {one.claim.id, other.claim.id}
            yield one.claim, other.claim


def read_counted(analysis: Analysis, own: Sequence[Claim], year: int | None) -> Iterator[Counted]:
    """What each free claim of a sentence counts; none for those that may be of a part, or of another year."""
    text = analysis.plain.text
    claims = {claim.start: claim for claim in own}
    dated, lead = False, ""
    for left, right in split_pieces(text):
        numbers = [bound.number for bound in analysis.bounds if left <= bound.number.start < right]
        if text[left - 1 : left] == "（":
            continue
        if text[left - 1 : left] in ("；", "。"):
            lead = ""
        if not numbers:
            lead += "，" + text[left:right]
            continue
        begin = left
        for number in numbers:
            claim = claims.get(analysis.plain.printed_span(number.start, number.end)[0])
            words = text[begin : number.start].lstrip("、和及与")
            said = say_whole_year(lead + words, year)
            dated = dated or _is_yearly(said)
            behind = text[number.end : right] if number is numbers[-1] else ""
            if claim and not _pattern("passing", "refused").search(said) and _is_framing(say_whole_year(lead, year)):
                yield _read(say_whole_year(words, year), behind, claim, yearly=dated)
            begin = number.end
        lead = ""


def _is_yearly(words: str) -> bool:
    return rule_pattern(CLAIMS_FILE, "restated", "yearly").search(words) is not None


def _is_framing(lead: str) -> bool:
    """Whether the pieces before that of the number say nothing of what is counted."""
    rest = lead and _pattern("passing", "framing").sub("", _pattern("passing", "words").sub("", lead))
    return not rest.strip("，")


def _read(words: str, behind: str, claim: Claim, *, yearly: bool) -> Counted:
    quoted = ""
    if "“" in words:
        quoted, words = "".join(_QUOTED.findall(words)), _QUOTED.sub("", words)
    words = _LIST_OF.sub("", words) if "等" in words else words
    if _NOUN.match(behind) and not any(kind == "nouns" for _, kind, _ in _find_keys(words)):
        words += behind
    channels: list[str] = []
    deeds: list[str] = []
    nouns: list[str] = []
    rest, owner, start = "", "", 0
    for match, kind, key in _find_keys(words):
        gap = words[start : match.start()]
        start = match.end()
        if kind == "channels":  # what stands before it says whose it is
            own = _owner(words[:start])
            gap, owner = "" if own else gap, own or owner
            rest += gap
            channels.append(key)
            continue
        rest += gap
        (deeds if kind == "deeds" else nouns).append(key)
    rest = _words().sub("", rest + words[start:]).replace("、", "").replace("，", "")
    if not channels:
        rest, quoted = rest + quoted, ""
    return Counted(frozenset(channels), owner, quoted, "".join(deeds[:1]), frozenset(nouns), rest, yearly, claim)


@lru_cache(maxsize=256)  # the words before a count are held against those of every other one
def find_channels(words: str) -> frozenset[str]:
    """The channels that the words name, as keys of counted.toml; none of those that are parts of others, or several."""
    return frozenset(key for _, kind, key in _find_keys(words) if kind == "channels").difference(
        _rules()["unsure_channels"]
    )


@lru_cache(maxsize=256)  # as the channels
def find_kinds(words: str) -> Mapping[str, frozenset[str]]:
    """Kind of words (`channels`, `deeds`, `nouns`) → what of it the words name, as keys of counted.toml.

    Deeds that may mean the same have one key.
    """
    kinds: dict[str, set[str]] = {kind: set() for kind in COUNTED_KINDS}
    for _, kind, key in _find_keys(words):
        kinds[kind].add(_same_deeds().get(key, key) if kind == "deeds" else key)
    return {kind: frozenset(keys) for kind, keys in kinds.items()}


def drop_kinds(words: str, kinds: Mapping[str, frozenset[str]]) -> str:
    """The words without those whose key stands in `kinds`, as `find_kinds` gives them."""
    for match, kind, key in reversed([*_find_keys(words)]):
        if (_same_deeds().get(key, key) if kind == "deeds" else key) in kinds.get(kind, ()):
            words = words[: match.start()] + words[match.end() :]
    return words


@cache
def _same_deeds() -> Mapping[str, str]:
    """Key of a deed → the first of those that may mean the same."""
    return {key: same[0] for same in reversed(_rules()["deed_groups"]["same"]) for key in same}


def _find_keys(words: str) -> Iterator[tuple[re.Match[str], str, str]]:
    """The words that have a key, each with its kind and key."""
    return ((match, *_keys()[match["word"]]) for match in _words().finditer(words) if match["word"])


def _owner(before: str) -> str:
    """Whose channel it is, as a key of counted.toml; nothing where that is not told."""
    site = _pattern("owners", "channel").sub("", before)
    return next((name for name in _rules()["owners"]["of"] if _pattern("owners", "of", name).search(site)), "")


def _contradict(one: Counted, other: Counted, stated: Sequence[Counted]) -> bool:
    if one.claim.value == other.claim.value or one.claim.unit != other.claim.unit:
        return False
    if one.claim.sentence == other.claim.sentence or not (one.yearly or other.yearly or _are_crossed(one, other)):
        return False
    less, more = sorted((one.claim.value, other.claim.value))
    if more > less * _rules()["most_apart"]:
        return False
    if one.rest != other.rest or not _are_channels(one, other, stated) or not _are_deeds(one, other):
        return False
    return _are_nouns(one, other)


def _are_crossed(one: Counted, other: Counted) -> bool:
    """Whether so many digits stand in another order that it is no chance."""
    left, right = (f"{item.claim.value:f}" for item in (one, other))
    return sorted(left) == sorted(right) and len(left) >= _TELLING_DIGITS


def _are_channels(one: Counted, other: Counted, stated: Sequence[Counted]) -> bool:
    fewer, more = sorted((one.channels, other.channels), key=len)
    if fewer != more and not (_FINER in fewer and fewer < more):
        return False
    if one.owner and other.owner and one.owner != other.owner:
        return False
    names = {item.name for item in stated if item.name and item.channels & one.channels}
    return one.name == other.name or len(names) == 1


def _are_deeds(one: Counted, other: Counted) -> bool:
    rules = _rules()["deed_groups"]
    if one.deed == other.deed:
        return True
    if not one.deed or not other.deed:
        return (one.deed or other.deed) in rules["spoken"]
    return any({one.deed, other.deed} == set(same) for same in rules["same"])


def _are_nouns(one: Counted, other: Counted) -> bool:
    """Whether the nouns are the same; those of a channel may go without saying."""
    if not one.channels:
        general = one.nouns == {"info"} and not one.rest
        return bool(one.nouns) and one.nouns == other.nouns and (not general or _is_slip(one.claim, other.claim))
    rules = _rules()["channel_nouns"]
    usual = set(rules["same"])
    if one.nouns == other.nouns or (one.claim.unit in rules["units"] and one.nouns | other.nouns <= usual):
        return True
    return (not one.nouns or not other.nouns) and one.nouns | other.nouns <= set(rules["unsaid"])


def _is_slip(one: Claim, other: Claim) -> bool:
    """Whether one number may be the other mistyped: one digit is another, or the digits stand in another order."""
    left, right = str(one.value), str(other.value)
    is_slip = sorted(left) == sorted(right) or find_slip(one.value, other.value) == "digit"
    return is_slip and len(left) >= _TELLING_DIGITS
