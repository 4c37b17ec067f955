"""What a clause of known words says there was none of, wherever in it the word for none stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.narrative.binding import NO_OUTCOMES, Context
from extract.narrative.clauses import (
    ASKED,
    clause_pattern,
    goes_on_behind_bracket,
    has_doubt,
    is_free_before,
    is_request,
    named_in,
    piece_before,
    strange_words,
)
from extract.narrative.lexicon import Mention, Term
from extract.narrative.numbers import CLAIMS_FILE
from extract.narrative.spoken import Spoken
from extract.narrative.targets import (
    CHALLENGES,
    DECISIONS,
    DOCUMENTS,
    FEE_FIELDS,
    REQUESTS,
    Fields,
    challenge_fields,
    decision_fields,
    document_fields,
    request_fields,
)
from extract.narrative.windows import mentions_between
from extract.narrative.years import carry_direction
from extract.rules import load_rules

_JOINT = re.compile("[、和及与或以并者各也没未无有“”]*")
_CARRIED = ("carried_in", "carried_out", "carry")


@dataclass(frozen=True, slots=True)
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
    if clause_pattern("label").search(spoken.text[match.end() : end + 1]):
        return None
    begin = start
    if not _named(spoken, piece):
        before = piece_before(spoken, start)
        if before is None:
            return None
        begin = before[0]
    elif not is_free_before(spoken, start):
        return None
    strange = strange_words(spoken, (begin, end), match.span())
    fields = _denied_fields(spoken, (begin, end), match, context) if strange is not None else ()
    return Denial(match.start(), match.end(), fields, begin, strange or ()) if fields else None


def _find_none(spoken: Spoken, start: int, end: int) -> re.Match[str] | None:
    """The only word for none of the span: two of them make a yes."""
    found = [
        match
        for match in clause_pattern("none").finditer(spoken.text, start, end)
        if not any(m.start <= match.start() < m.end and not _is_absence(m, match) for m in spoken.mentions)
    ]
    if len(found) != 1 or clause_pattern("no_fact").search(spoken.text[start : found[0].start()]):
        return None
    word, rules = found[0], load_rules(CLAIMS_FILE)["clause"]
    if word[0].endswith(tuple(rules["other_than"])) and not clause_pattern("all").search(
        spoken.text, start, word.end()
    ):
        return None  # 不属于 says there is none only of all of them
    return word


def _is_absence(mention: Mention, match: re.Match[str]) -> bool:
    """不存在 before what there is none of, not the reason of an answer."""
    return mention.end == match.end() and re.match(r"[^，。；：、）的\d]", match.string[mention.end :]) is not None


def _named(spoken: Spoken, span: tuple[int, int]) -> list[Mention]:
    """What the span names, but for words that say only that requests are spoken of."""
    rows = ((mention, mention.of_kind("row")) for mention in named_in(spoken, span))
    return [mention for mention, row in rows if row is None or row.value not in ASKED]


def _denied_fields(spoken: Spoken, span: tuple[int, int], match: re.Match[str], context: Context) -> Fields:
    """The cells that the span names as one group; none where it names several, or doubtful ones."""
    named = _named(spoken, span)
    disputed = context.subject in CHALLENGES or any(
        m.of_kind("subject") and m.terms[0].value in CHALLENGES for m in named
    )
    terms = [(disputed and mention.of_kind("result")) or mention.terms[0] for mention in named]
    if has_doubt(terms, context) or not _are_one_group(named, spoken.text):
        return ()
    own = [term for term in terms if not is_request(term)]
    asks = [mention for mention, term in zip(named, terms, strict=True) if is_request(term)]
    if asks and own and own[0].kind == "subject" and asks[-1].start > match.start() >= named[0].end:
        return ()  # 复议中没有提出新的申请
    if match[0].endswith(tuple(load_rules(CLAIMS_FILE)["clause"]["fee_words"])):
        return FEE_FIELDS if [term.value for term in own] == ["fees"] else ()
    if not own:
        topics = any(mention.of_kind("topic") for mention in mentions_between(spoken.mentions, *span))
        came = clause_pattern("came").search(spoken.text, *span) is not None
        return request_fields(("received",), ()) if terms and came and not topics else ()
    if any(term.value in (*DECISIONS, *DOCUMENTS) for term in own):
        more = clause_pattern("more").search(spoken.text, *span) and own[0].value in DECISIONS
        if asks or more:
            return ()  # 没有人就行政处罚提出申请; 没有增加行政许可
    if any(term.kind == "row" for term in own) and clause_pattern("contents").search(spoken.text, *span):
        return ()
    asked = bool(asks) or context.subject == REQUESTS
    came_in = carry_direction(spoken.text, *span, spoken.year) < 0
    return _group_fields(own, asked=asked, came_in=came_in)


def _are_one_group(named: Sequence[Mention], text: str) -> bool:
    """Whether rows are joined, or one is the reason of the other: not 不予公开的没有按其他处理."""
    rows = [(mention, term.value) for mention in named if (term := mention.of_kind("row"))]
    return all(
        _JOINT.fullmatch(text[one.end : other.start])
        or first == second
        or first.startswith(f"{second}.")
        or second.startswith(f"{first}.")
        or {first, second} <= set(_CARRIED)
        for (one, first), (other, second) in pairwise(rows)
    )


def _group_fields(own: Sequence[Term], *, asked: bool, came_in: bool) -> Fields:
    kinds = {term.kind for term in own}
    subjects = tuple(dict.fromkeys(term.value for term in own if term.kind == "subject"))
    if subjects and all(value in CHALLENGES for value in subjects) and kinds <= {"subject", "result"}:
        ends = tuple(dict.fromkeys(term.value for term in own if term.kind == "result"))
        return challenge_fields(subjects, ends) if len(ends) <= 1 else ()
    if subjects and all(value in DECISIONS for value in subjects) and kinds <= {"subject", "action"}:
        return decision_fields(subjects)
    if subjects and all(value in DOCUMENTS for value in subjects) and kinds == {"subject", "action"}:
        actions = {term.value for term in own if term.kind == "action"}
        return document_fields(subjects, actions.pop()) if len(actions) == 1 else ()
    if subjects == ("fees",) and kinds == {"subject"}:
        return FEE_FIELDS
    return _request_group(own, kinds, asked=asked, came_in=came_in)


def _request_group(own: Sequence[Term], kinds: set[str], *, asked: bool, came_in: bool) -> Fields:
    values = tuple(dict.fromkeys(term.value for term in own))
    if kinds == {"column"}:
        return request_fields(("received",), values) if asked else ()
    if kinds != {"row"} or any(term.near for term in own):
        return ()
    if set(values) <= set(_CARRIED):
        return request_fields(("carried_in" if came_in or "carried_in" in values else "carried_out",), ())
    return request_fields(values, ()) if not set(values) & set(NO_OUTCOMES) else ()
