"""What a clause of known words says there was none of, wherever in it the word for none stands."""

from __future__ import annotations

import re

from extract.narrative.binding import PARENTS, Context
from extract.narrative.clauses import (
    clause_pattern,
    goes_on_behind_bracket,
    is_free_before,
    piece_before,
    strange_words,
)
from extract.narrative.groups import goes_back, naming_mentions, read_group
from extract.narrative.lexicon import Mention
from extract.narrative.numbers import CLAIMS_FILE
from extract.narrative.spoken import Spoken
from extract.narrative.targets import FEE_FIELDS, Fields
from extract.quick import record
from extract.rules import load_rules

_HANDLED = ("requests.handled.total",)
_OUTCOMES = tuple(f"requests.{row}." for row in ("granted", "partially_granted", *PARENTS))


@record
class Denial:
    """The word for none (end exclusive), the cells, and where the words begin that name them.

    `strange` are the words that are not known; they may be the agency's name.
    """

    start: int
    end: int
    fields: Fields
    at: int
    strange: tuple[str, ...]


def has_none(text: str) -> bool:
    """Whether any word for none stands in the text."""
    return clause_pattern("none").search(text) is not None


def read_denial(spoken: Spoken, piece: tuple[int, int], context: Context) -> Denial | None:
    """What the piece denies, alone or with the piece before, which names it; None where anything is not understood."""
    start, end = piece
    match = _find_none(spoken, start, end)
    if match is None or goes_on_behind_bracket(spoken, start):
        return None
    if re.compile(load_rules(CLAIMS_FILE)["beside"]["yet"]).match(spoken.text, max(0, match.start() - 1)):
        return None  # 复议决定还没有作出
    if clause_pattern("befell").match(spoken.text, match.end()):
        return None  # 一件复议也没有被责令重新答复
    if clause_pattern("label").search(spoken.text[match.end() : end + 1]):
        return None
    whole = clause_pattern("counted_in").match(spoken.text, start, match.start())
    begin = whole.end() if whole else start
    if not naming_mentions(spoken, piece):
        before = piece_before(spoken, start)
        if before is None or not goes_back(spoken, piece, before):
            return None
        begin = before[0]
    elif not is_free_before(spoken, start):
        return None
    strange = strange_words(spoken, (begin, end), match.span())
    fields = _denied_fields(spoken, (begin, end), match, context) if strange is not None else ()
    if begin < start and fields and fields[0].startswith(_OUTCOMES):
        asked = clause_pattern("asking").search(spoken.text, start, end)
        fields = () if asked else fields  # 告知无法提供，申请人未再提出
    return Denial(match.start(), match.end(), fields, begin, strange or ()) if fields else None


def _find_none(spoken: Spoken, start: int, end: int) -> re.Match[str] | None:
    """The only word for none of the span: two of them make a yes."""
    found = [
        match
        for match in clause_pattern("none").finditer(spoken.text, start, end)
        if not any(_holds(m, match) or _begins_inside(m, match) for m in spoken.mentions)
    ]
    if len(found) != 1 or clause_pattern("no_fact").search(spoken.text[start : found[0].start()]):
        return None
    word, rules = found[0], load_rules(CLAIMS_FILE)["clause"]
    if word[0].endswith(tuple(rules["other_than"])) and not clause_pattern("all").search(
        spoken.text, start, word.end()
    ):
        return None  # 不属于 says there is none only of all of them
    return word


def _holds(mention: Mention, match: re.Match[str]) -> bool:
    """Whether the word for none belongs to a longer phrase; one that counts only beside a number is none here."""
    inside = mention.start <= match.start() < mention.end
    return inside and not _is_absence(mention, match) and not all(term.near for term in mention.terms)


def _begins_inside(mention: Mention, match: re.Match[str]) -> bool:
    """一件未予公开: one, or not one; 均无法提供: the 无 is that of the outcome."""
    inside = match.start() < mention.start < match.end() < mention.end
    own = match[0].endswith("无") and mention.start == match.end() - 1
    return inside and (own or match[0].startswith("一")) and mention.of_kind("row") is not None


def _is_absence(mention: Mention, match: re.Match[str]) -> bool:
    """不存在 before what there is none of, not the reason of an answer."""
    return mention.end == match.end() and re.match(r"[^，。；：、）”的\d]", match.string[mention.end :]) is not None


def _denied_fields(spoken: Spoken, span: tuple[int, int], match: re.Match[str], context: Context) -> Fields:
    """The cells that the span names as one group."""
    fields = read_group(spoken, span, match.start(), context)
    if fields == _HANDLED:
        return ()  # 没有按申请处理
    fee = match[0].endswith(tuple(load_rules(CLAIMS_FILE)["clause"]["fee_words"]))
    return () if fee and fields != FEE_FIELDS else fields
