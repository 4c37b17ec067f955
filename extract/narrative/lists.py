"""Lists with 分别: 企业、科研机构和其他组织分别为21件、2件和4件 gives each number its own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.narrative.lexicon import Mention, Term
from extract.narrative.windows import Window, mentions_between

_RESPECTIVELY = re.compile(r"分别(?:为|是|有|达|达到|共|占)?|依次(?:为|是)?|各为")
_LINKS = re.compile(r"[、，和及与]*")
_PIECE_MARKS = "，；：（。"
_LABEL_END = re.compile(r"$|[，；。、/）]|[^，；。：\d]{2,16}：")  # behind the number of a label: an end, or a label
_LABEL_LENGTH = 20
_LISTED = ("subject", "row", "column", "result", "action", "rest")
_MEMBERS = {"subject": "", "row": "other", "column": "other_organisation", "result": "other", "action": ""}
"""Kinds of which a list has the members, each with what 其他 means in it; empty where it is no member."""


def find_lists(text: str, mentions: Sequence[Mention], windows: Sequence[Window]) -> dict[int, tuple[Mention, ...]]:
    """Position of a number → the words it belongs to; none where the list cannot be shared out."""
    owners: dict[int, tuple[Mention, ...]] = {}
    for match in _RESPECTIVELY.finditer(text):
        run = _run_behind(text, match.end(), windows)
        listed = _listed_before(text, mentions, match.start())
        if len(run) >= 2 and listed:
            owners.update(zip(run, _share_out(text, listed, len(run)), strict=True))
    return owners


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
        label = [mention for mention in mentions_between(mentions, start, colon) if mention.of_kind(*_LISTED)]
        if label and colon - start <= _LABEL_LENGTH:
            owners[position] = tuple(label)
    return owners


def _listed_before(text: str, mentions: Sequence[Mention], end: int) -> list[Mention]:
    """What the piece before 分别 lists, or, where 分别 begins its piece, the piece before that."""
    start = max(text.rfind(mark, 0, end) for mark in _PIECE_MARKS) + 1
    if start == end and text[start - 1 : start] == "，":
        start = max(text.rfind(mark, 0, end - 1) for mark in _PIECE_MARKS) + 1
    return [mention for mention in mentions_between(mentions, start, end) if mention.of_kind(*_LISTED)]


def _share_out(text: str, listed: Sequence[Mention], count: int) -> list[tuple[Mention, ...]]:
    """For each number the mention of the one kind that has as many members, with the words of other kinds."""
    for kind, rest in _MEMBERS.items():
        members = _last_list(text, [m for m in listed if m.of_kind(kind) or (rest and m.of_kind("rest"))], count)
        if len(members) == count:
            others = tuple(mention for mention in listed if mention not in members)
            return [(*others, _as_member(member, kind, rest)) for member in members]
    return [()] * count


def _as_member(mention: Mention, kind: str, rest: str) -> Mention:
    """The mention; 其他 as the member of its list."""
    return mention if mention.of_kind(kind) else replace(mention, terms=(Term(kind, rest),))


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
