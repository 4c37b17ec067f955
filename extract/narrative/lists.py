"""Lists with 分别: 企业、科研机构和其他组织分别为21件、2件和4件 gives each number its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.narrative.lexicon import Mention, Term
from extract.narrative.numbers import CLAIMS_FILE
from extract.narrative.targets import expand_rows
from extract.narrative.windows import Window, mentions_between
from extract.narrative.year_lists import find_year_lists
from extract.quick import replace
from extract.rules import load_rules

_RESPECTIVELY = re.compile(
    r"(?:分别|依次)(?:为|是|有|达|达到|共|占|共计)?：?(?P<verb>[^，。；：、（\d]{2,10}?(?=\d+[件份起宗人次、]))?"
    r"|各为|：(?<=[^，。；：]：)(?=\d+[件份起宗]?[/、])"
)
_LINKS = re.compile(r"[、，和及与/]*")
_CUTS = re.compile(r"[、和及与/]")
_PIECE_MARKS = "，；：（。"
_LABEL_END = re.compile(r"$|[，；。、/）]|[^，；。：\d]{2,16}：")  # behind the number of a label: an end, or a label
_LABEL_LENGTH = 20
_LEAST_MEMBERS = 2
_JOINED = ("disclosed",)  # one word that names the members of a list
_LISTED = ("subject", "row", "column", "result", "action", "rest")
_MEMBERS = {"subject": "", "row": "other", "column": "other_organisation", "result": "other", "action": ""}
"""Kinds of which a list has the members, each with what 其他 means in it; empty where it is no member."""


def find_all_lists(text: str, mentions: Sequence[Mention], windows: Sequence[Window]) -> dict[int, tuple[Mention, ...]]:
    """Position of a number → the words that a label, a list with 分别, or 前者 and 后者 give it."""
    owners = find_labelled(text, mentions, windows) | find_lists(text, mentions, windows)
    return owners | _find_dated(text, mentions, windows) | _find_former(text, mentions, windows)


def _find_dated(text: str, mentions: Sequence[Mention], windows: Sequence[Window]) -> dict[int, tuple[Mention, ...]]:
    """2023年、2024年分别收到申请66件和87件: the words between the years and the numbers are those of each."""
    positions = {window.number.start: position for position, window in enumerate(windows)}
    owners: dict[int, tuple[Mention, ...]] = {}
    for own in find_year_lists(text):
        named = [mention for mention in mentions_between(mentions, *own.words) if not mention.of_kind("name", "filler")]
        if named and all(mention.of_kind(*_LISTED) for mention in named):
            owners |= {positions[place]: tuple(named) for place in own.places if place in positions}
    return owners


def _find_former(text: str, mentions: Sequence[Mention], windows: Sequence[Window]) -> dict[int, tuple[Mention, ...]]:
    """自然人居多，法人和其他组织为辅：前者61件，后者31件: the last two of a kind before 前者."""
    join = load_rules(CLAIMS_FILE)["join"]
    words, end = (join["former"], join["latter"]), text.find(join["former"])
    if end < 0 or text.find(join["latter"], end) < 0:
        return {}
    listed = mentions_between(mentions, 0, end)
    kinds = [[mention for mention in listed if mention.of_kind(kind)][-_LEAST_MEMBERS:] for kind in _MEMBERS]
    pair = max((own for own in kinds if len(own) == _LEAST_MEMBERS), key=lambda own: own[-1].end, default=[])
    owners: dict[int, tuple[Mention, ...]] = {}
    for position, window in enumerate(windows):
        place = max(text.rfind(word, end, window.number.start) for word in words)
        own = mentions_between(mentions, place, window.number.start) if place >= window.left else []
        for word, member in zip(words, pair, strict=False):
            if place >= window.left and text.startswith(word, place):
                owners[position] = (*(m for m in own if m.of_kind(*_LISTED)), member)
    return owners


def find_lists(text: str, mentions: Sequence[Mention], windows: Sequence[Window]) -> dict[int, tuple[Mention, ...]]:
    """Position of a number → the words it belongs to; none where the list cannot be shared out."""
    owners: dict[int, tuple[Mention, ...]] = {}
    for match in _RESPECTIVELY.finditer(text):
        run = _run_behind(text, match.end(), windows)
        if len(run) >= _LEAST_MEMBERS and (shared := _share_before(text, mentions, match.start(), len(run))):
            verb = tuple(m for m in mentions_between(mentions, *match.span("verb")) if m.of_kind(*_LISTED))
            owners.update((position, (*verb, *own)) for position, own in zip(run, shared, strict=True))
    return owners


def _share_before(text: str, mentions: Sequence[Mention], end: int, count: int) -> list[tuple[Mention, ...]]:
    """The words of each number, from what the piece before 分别 lists, or the last piece that lists anything."""
    for start, stop in _pieces_before(text, end):
        listed = [mention for mention in mentions_between(mentions, start, stop) if mention.of_kind(*_LISTED)]
        if listed:
            shared = _share_out(text, listed, count)
            labels = [] if any(shared) else _share_labels(text, mentions, (start, stop), count)
            return labels or shared
    return []


def _pieces_before(text: str, end: int) -> Iterator[tuple[int, int]]:
    """The spans of the pieces up to `end`, the last first, as far as the sentence and its semicolons allow."""
    while end > 0:
        start = max(text.rfind(mark, 0, end) for mark in _PIECE_MARKS) + 1
        if start < end:
            yield start, end
        if not start or text[start - 1] in "；。":
            return
        end = start - 1


def _share_labels(
    text: str, mentions: Sequence[Mention], span: tuple[int, int], count: int
) -> list[tuple[Mention, ...]]:
    """收件/办结/留存：12/11/1件: the words between the links are of as many kinds as there are numbers.

    The verb of 办理建议、提案分别为59件、57件 is none of them.
    """
    cuts = [match.start() for match in _CUTS.finditer(text, *span) if not _is_inside(mentions, match.start())]
    if len(cuts) != count - 1 or any(m.of_kind("foreign") for m in mentions_between(mentions, *span)):
        return []
    labels = pairwise([span[0], *cuts, span[1]])
    return [tuple(m for m in mentions_between(mentions, *label) if m.of_kind(*_LISTED)) for label in labels]


def _is_inside(mentions: Sequence[Mention], place: int) -> bool:
    return any(mention.start <= place < mention.end for mention in mentions)


def find_labelled(text: str, mentions: Sequence[Mention], windows: Sequence[Window]) -> dict[int, tuple[Mention, ...]]:
    """Position of a number → the words of the label before its colon: 新收申请数：13件上年结转数：0件."""
    owners: dict[int, tuple[Mention, ...]] = {}
    end = 0
    for position, window in enumerate(windows):
        start, colon = end, window.number.start - 1
        end = window.number.end
        if not text[: colon + 1].endswith("：") or not _LABEL_END.match(text, end):
            continue
        start = max(start, *(text.rfind(mark, 0, colon) + 1 for mark in _PIECE_MARKS))
        words = mentions_between(mentions, start, colon)
        label = [mention for mention in words if mention.of_kind(*_LISTED)]
        if any(mention.of_kind("foreign") for mention in words):
            continue  # 收到留言数：90
        if label and colon - start <= _LABEL_LENGTH:
            owners[position] = tuple(label)
    return owners


def _share_out(text: str, listed: Sequence[Mention], count: int) -> list[tuple[Mention, ...]]:
    """For each number the mention of the one kind that has as many members, with the words of other kinds."""
    for kind, rest in _MEMBERS.items():
        members = _last_list(text, [m for m in listed if m.of_kind(kind) or (rest and m.of_kind("rest"))], count)
        if len(members) == count:
            others = tuple(mention for mention in listed if mention not in members)
            return [(*others, _as_member(member, kind, rest)) for member in members]
    joined = next((m for m in listed if (term := m.of_kind("row")) and term.value in _JOINED), None)
    if joined and len(parts := expand_rows((joined.terms[0].value,))) == count:
        return [(replace(joined, terms=(Term("row", part),)),) for part in parts]  # 公开和部分公开分别为8件和3件
    return [()] * count


def _as_member(mention: Mention, kind: str, rest: str) -> Mention:
    """The mention; 其他 as the member of its list, 未结 as a result among results."""
    if not mention.of_kind(kind):
        return replace(mention, terms=(Term(kind, rest),))
    return replace(mention, terms=tuple(term for term in mention.terms if term.kind in (kind, "subject")))


def _last_list(text: str, members: list[Mention], count: int) -> list[Mention]:
    """The members that are joined, where what stands before or behind them (不予公开的理由是) names the whole."""
    runs = (members[first : first + count] for first in range(len(members) - count, -1, -1))
    joined = (run for run in runs if all(_is_link(text[one.end : other.start]) for one, other in pairwise(run)))
    return next(joined, members) if len(members) > count else members


def _is_link(gap: str) -> bool:
    return bool(gap) and _LINKS.fullmatch(gap) is not None


def _run_behind(text: str, start: int, windows: Sequence[Window]) -> list[int]:
    """The positions of the numbers that follow one another with nothing but 、 and 和 between them."""
    run: list[int] = []
    for position, window in enumerate(windows):
        if window.number.start >= start:
            if not _LINKS.fullmatch(text[start : window.number.start]):
                break
            run.append(position)
            start = window.number.end
    return run
