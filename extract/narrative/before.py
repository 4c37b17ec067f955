"""The words that say what a number counts where its own piece of the sentence does not: those of the pieces before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extract.narrative.binding import NAMING, NO_OUTCOMES
from extract.narrative.lexicon import Mention
from extract.narrative.numbers import CLAIMS_FILE
from extract.narrative.spoken import Bound, Spoken, is_understood
from extract.narrative.windows import Window, beside, mentions_between, split_pieces
from extract.rules import load_rules

_MOST_PIECES = 3  # pieces without a number that may stand between a number and the noun it counts
Span = tuple[int, int]


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(load_rules(CLAIMS_FILE)["join"][name])


def words_before(spoken: Spoken, window: Window, bounds: Sequence[Bound]) -> list[Mention]:
    """以自然人为主，共454件, 新收申请（92件）, 无法提供的（合计）3件: the words that name what the number counts."""
    text, start = spoken.text, window.piece[0]
    words = text[start : window.number.start]
    if names_such(text, window):
        return _told_last(spoken, start)  # 对无法提供的申请耐心解释，这类申请有6件
    used = max((bound.number.end for bound in bounds), default=0)
    if text[:start].endswith("）") and (len(words) <= len("合计") or _pattern("yearly").fullmatch(words)):
        opening = text.rfind("（", 0, start)
        named = beside(text, mentions_between(spoken.mentions, _piece_start(text, opening), opening), window.number)
        joined = (
            _pattern("joined").match(text, opening + 1) is not None
        )  # 公升（含部分公开）的3件: not the latter alone
        return named or (
            [] if joined else mentions_between(spoken.mentions, opening, start)
        )  # 没有同意公开（不予公开）的有4件
    if window.left != start or used > start:
        return []
    if text[:start].endswith("（"):
        return _before_bracket(spoken, window, used) if _pattern("bracketed").fullmatch(words) else []
    return _pieces_before(spoken, window, used, words)


def names_such(text: str, window: Window) -> bool:
    """Whether the words of the number refer to what was named before: 年内这类决定有2件."""
    return _pattern("such").search(text, window.piece[0], window.number.start) is not None


def _told_last(spoken: Spoken, end: int) -> list[Mention]:
    """The outcomes that the last piece before names that names any, in the same statement."""
    begin = max(spoken.text.rfind(mark, 0, end) for mark in "；。") + 1
    for left, right in reversed([piece for piece in split_pieces(spoken.text) if begin <= piece[0] and piece[1] < end]):
        said = [m for m in mentions_between(spoken.mentions, left, right) if not any(term.near for term in m.terms)]
        if any(_is_outcome(mention) for mention in said):
            return [mention for mention in said if _is_outcome(mention)]
    return []


def _is_outcome(mention: Mention) -> bool:
    term = mention.of_kind("row")
    return term is not None and term.value not in NO_OUTCOMES


def words_of_changed(spoken: Spoken, window: Window, bounds: Sequence[Bound]) -> list[Mention]:
    """新收申请由上年的80件增至92件: the words that name the number before the change name the one behind it, too."""
    before = bounds[-1] if bounds else None
    if before is None or before.fields or before.number.unit != window.number.unit:
        return []
    if not _pattern("changed").match(spoken.text[before.number.end : window.number.start]):
        return []
    begin = next(left for left, right in split_pieces(spoken.text) if left <= before.number.start <= right)
    start = max([begin, *(bound.number.end for bound in bounds[:-1])])
    said = mentions_between(spoken.mentions, start, before.number.start)
    return [mention for mention in said if not mention.of_kind("change")]


def _piece_start(text: str, end: int) -> int:
    return next((left for left, right in split_pieces(text) if right == end), end)


def _before_bracket(spoken: Spoken, window: Window, used: int) -> list[Mention]:
    """The words right before the bracket that the number stands in."""
    opening = window.piece[0] - 1
    start = max(used, _piece_start(spoken.text, opening))
    said = mentions_between(spoken.mentions, start, opening)
    named = bool(said) and said[-1].end == opening and said[-1].of_kind(*NAMING) is not None
    return said if named and is_understood(spoken, start, opening) else []


def _ends_piece(spoken: Spoken, window: Window) -> bool:
    """被撤销的，4件。"""
    behind = spoken.text[window.number.end : window.number.end + 1]
    return behind in ("", *"，；。") and spoken.text[: window.piece[0]].endswith("的，")


def _pieces_before(spoken: Spoken, window: Window, used: int, words: str) -> list[Mention]:
    """The words of the last piece without a number that names something, where nothing but 全年共 follows it."""
    join, start = load_rules(CLAIMS_FILE)["join"], window.piece[0]
    same = words in (*join["same"], *(() if used else join["sum"]))
    if not words and not _ends_piece(spoken, window):
        return []
    if words and not same and not _pattern("yearly").fullmatch(words):
        return []
    before = [piece for piece in split_pieces(spoken.text) if used <= piece[0] and piece[1] < start]
    for left, right in reversed(before[-_MOST_PIECES:]):
        piece = spoken.text[left:right]
        if not same and not _pattern("named").search(piece):
            return []
        share = piece.find("占")
        said = mentions_between(spoken.mentions, left, left + share if share >= 0 else right)
        if any(mention.of_kind(*NAMING, "foreign") for mention in said):
            return _as_said(spoken, (left, right), said, shared=share >= 0)
        if spoken.text[right : right + 1] != "，" or not _pattern("passed").fullmatch(piece):
            return []
    return []


def _as_said(spoken: Spoken, span: Span, said: list[Mention], *, shared: bool) -> list[Mention]:
    """The mentions; none where one that counts only beside a number may be the kind of applicant meant."""
    ranked = _pattern("ranked")
    said = [mention for mention in said if not (mention.of_kind("detail") and ranked.match(spoken.text, mention.start))]
    near = [m for m in said if any(term.near for term in m.terms) and not ranked.match(spoken.text, m.end)]
    kinds = [mention for mention in said if mention.of_kind("column")]
    if not is_understood(spoken, *span) or (kinds and not shared and all(mention in near for mention in kinds)):
        return []
    return said if shared else [mention for mention in said if mention not in near]
