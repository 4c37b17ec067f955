"""The words that belong to each number of a sentence: before it, behind it, and its piece of the sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from extract.narrative.lexicon import Mention
from extract.narrative.numbers import CLAIMS_FILE, Number
from extract.quick import record
from extract.rules import load_rules, rule_pattern

_PIECE_END = re.compile(r"[，；：（）】。！？]")
_NOT = re.compile("(?:未|没有|没)被?$")
_LINK = re.compile(r"[、和及与]")


@record
class Window:
    """Where a number stands. Ends are exclusive; `left` and `right` bound the words that can be its own."""

    number: Number
    piece: tuple[int, int]
    left: int
    right: int


@lru_cache(maxsize=256)
def split_pieces(text: str, mentions: tuple[Mention, ...] = ()) -> tuple[tuple[int, int], ...]:
    """The spans between commas, semicolons, colons, brackets and full stops that are not inside a mention."""
    pieces, start = [], 0
    for match in _PIECE_END.finditer(text):
        place = match.start()
        if mentions and any(own.start < place < own.end - 1 or own.end == place + 1 for own in mentions):
            continue
        pieces.append((start, match.start()))
        start = match.end()
    return (*pieces, (start, len(text)))


def find_windows(text: str, numbers: Sequence[Number], mentions: Sequence[Mention]) -> tuple[Window, ...]:
    """One window per number, in order."""
    bracketed = [own for own in mentions if "（" in text[own.start : own.end]] if "（" in text else []
    pieces = split_pieces(text, tuple(bracketed)) if bracketed else split_pieces(text)
    windows = []
    for position, number in enumerate(numbers):
        piece = next(piece for piece in pieces if piece[0] <= number.start < max(piece[1], piece[0] + 1))
        before = numbers[position - 1] if position and numbers[position - 1].end > piece[0] else None
        behind = (
            numbers[position + 1] if position + 1 < len(numbers) and numbers[position + 1].start < piece[1] else None
        )
        left = _border(text, before, number)[1] if before else piece[0]
        right = _border(text, number, behind)[0] if behind else piece[1]
        windows.append(Window(number, piece, left, right))
    return tuple(windows)


def _border(text: str, before: Number, behind: Number) -> tuple[int, int]:
    """(where the words of the number before end, where those of the number behind begin)."""
    if is_whole_of_next(text, before):
        return before.end, before.end
    gap = text[before.end : behind.start]
    link = _LINK.search(gap)
    told = link and gap.startswith(tuple(load_rules(CLAIMS_FILE)["beside"]["is"]))  # 两件是企业的、一件是个人的
    if link and (told or link.end() < len(gap)):
        return before.end + link.start(), before.end + link.end()
    return behind.start, before.end


def is_whole_of_next(text: str, number: Number) -> bool:
    """12件中予以公开、部分公开7件: what stands behind the number is said of some of what it counts."""
    return text.startswith(_within_words(), number.end)


@cache
def _within_words() -> tuple[str, ...]:
    """What stands behind a number where some of what it counts follow."""
    return tuple(load_rules(CLAIMS_FILE)["beside"]["within"])


def mentions_between(mentions: Sequence[Mention], start: int, end: int) -> list[Mention]:
    """The mentions that lie in the span."""
    return [mention for mention in mentions if mention.start >= start and mention.end <= end]


def beside(text: str, mentions: Sequence[Mention], number: Number) -> list[Mention]:
    """Without those that count only right beside the number and are not there; 公开率 is a rate of its own.

    Nor those that are denied (没有同意公开的), nor results of which a rate is told (15件诉讼案件败诉率6.7%).
    """
    links = load_rules(CLAIMS_FILE)["beside"]["words"]
    mentions = [
        m for m in mentions if not _is_denied(text, m) and not (m.of_kind("result") and text.startswith("率", m.end))
    ]
    return [
        mention
        for place, mention in enumerate(mentions)
        if not any(term.near for term in mention.terms)
        or any(_are_joined(text, mention, other) for other in mentions[place + 1 : place + 2])
        or (mention.end <= number.start and text[mention.end : number.start] in links)
        or (
            mention.start >= number.end
            and text[number.end : mention.start] in links
            and not text.startswith("率", mention.end)
        )
    ]


def _are_joined(text: str, one: Mention, other: Mention) -> bool:
    """企业和科研机构28件: whether two kinds of applicants are named together."""
    kinds = one.of_kind("column") and other.of_kind("column")
    return bool(kinds) and _LINK.fullmatch(text, one.end, other.start) is not None


def _is_denied(text: str, mention: Mention) -> bool:
    """未能公开, 没有同意公开: what was not opened is no row of those that were."""
    if mention.of_kind("result") and _NOT.search(text[: mention.start]):
        return True  # 复议未纠正的9件
    rules, term = load_rules(CLAIMS_FILE)["beside"], mention.of_kind("row")
    opened = term is not None and term.value in rules["opened"]
    return opened and rule_pattern(CLAIMS_FILE, "beside", "not_opened").search(text[: mention.start]) is not None
