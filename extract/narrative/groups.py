"""The cells that the terms of a clause name as one group; none where they name several, or doubtful ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.narrative.binding import NO_OUTCOMES, Context
from extract.narrative.clauses import ASKED, Span, clause_pattern, has_doubt, is_request, named_in
from extract.narrative.lexicon import Mention, Term
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

_JOINT = re.compile("[、和及与或以并者各也没未无有“”]*")
LAPSED = ("other.not_corrected", "other.fee_unpaid")
"""逾期不补正，不再处理: what 不再处理, or 终止办理, tells is what became of them."""
_CARRIED = ("carried_in", "carried_out", "carry")


def naming_mentions(spoken: Spoken, span: Span) -> list[Mention]:
    """What the span names, but for words that say only that requests are spoken of."""
    rows = [(mention, mention.of_kind("row")) for mention in named_in(spoken, span)]
    rows = [(mention, row) for mention, row in rows if row is None or row.value not in ASKED]
    if any(row and row.value in LAPSED for _, row in rows):
        rows = [(mention, row) for mention, row in rows if not (row and row.value in ("not_processed", "other"))]
    things = [mention for mention, row in rows if not (row and row.near)]
    decided = any((term := m.of_kind("subject")) and term.value in (*DECISIONS, *DOCUMENTS) for m in things)
    return things if decided else [mention for mention, _ in rows]  # 给 in 给予行政处罚 is no outcome


def goes_back(spoken: Spoken, piece: Span, before: Span) -> bool:
    """Whether the piece before may name what the piece counts: not the carry-over in 上年结转已办，本年新收3件."""
    tells = any((row := m.of_kind("row")) and row.value in ASKED for m in named_in(spoken, piece))
    return not tells or all(is_request(mention.terms[0]) for mention in naming_mentions(spoken, before))


def read_group(spoken: Spoken, span: Span, at: int, context: Context) -> Fields:
    """The cells that the span names; `at` is where its number, or its word for none, stands."""
    named = [m for m in naming_mentions(spoken, span) if not m.start <= at < m.end]  # 不存在 as the word for none
    disputed = context.subject in CHALLENGES or any(
        m.of_kind("subject") and m.terms[0].value in CHALLENGES for m in named
    )
    terms = [(disputed and mention.of_kind("result")) or mention.terms[0] for mention in named]
    own = _without_echoes([term for term in terms if not is_request(term)])
    asks_at_all = [term for term in terms if is_request(term)]
    if has_doubt([*own, *asks_at_all], context) or not _are_one_group(named, spoken.text):
        return ()
    if not disputed and any(term.kind == "row" for term in own):
        own = [term for term in own if term.kind != "result"]  # 因不补正而终止办理
    asks = [mention for mention, term in zip(named, terms, strict=True) if is_request(term)]
    if asks and own and own[0].kind == "subject" and asks[-1].start > at >= named[0].end:
        return ()  # 复议中没有提出新的申请
    if any(term.value in (*DECISIONS, *DOCUMENTS, "fees") for term in own):
        more = clause_pattern("more").search(spoken.text, *span) and own[0].value in DECISIONS
        if asks or more:
            return ()  # 没有人就行政处罚提出申请; 没有增加行政许可
    if any(term.kind == "row" for term in own) and clause_pattern("contents").search(spoken.text, *span):
        return ()
    if disputed and any(term.kind == "row" and term.value in _CARRIED for term in own):
        return ()  # of the challenges, not of the requests
    if not own:
        return _all_requests(spoken, span) if asks else ()
    if named[0].start > at and context.subject in CHALLENGES and _is_one_result(own):
        return challenge_fields(context.challenge, (own[0].value,))  # 没有调解、撤诉的
    told = clause_pattern("asking").search(spoken.text, *span) is not None
    asked = bool(asks) or told or context.subject == REQUESTS
    came_in = carry_direction(spoken.text, *span, spoken.year) < 0
    return _group_fields(own, context, asked=asked, came_in=came_in)


def _is_one_result(terms: Sequence[Term]) -> bool:
    return {term.kind for term in terms} == {"result"} and len({term.value for term in terms}) == 1


def _without_echoes(terms: Sequence[Term]) -> list[Term]:
    """Without 未公开 beside its reason (因个人隐私未公开的), which names the row."""
    rows = [term.value for term in terms if term.kind == "row"]
    return [term for term in terms if not (term.near and any(row.startswith(f"{term.value}.") for row in rows))]


def _all_requests(spoken: Spoken, span: Span) -> Fields:
    """What came in, or what was dealt with."""
    mentions = mentions_between(spoken.mentions, *span)
    named = [(mention, term.value) for mention in mentions if (term := mention.of_kind("row"))]
    rows = {value for _, value in named}
    topics = any(mention.of_kind("topic") for mention in mentions)
    if topics or len(rows) > 1:
        return ()
    if rows == {"handled"}:
        vague = clause_pattern("dealt").fullmatch(spoken.text, named[0][0].start, named[0][0].end)
        return () if vague else request_fields(("handled",), ())
    came = clause_pattern("came").search(spoken.text, *span) is not None
    return request_fields(("received",), ()) if came else ()


def _are_one_group(named: Sequence[Mention], text: str) -> bool:
    """Whether rows are joined, or one is the reason of the other: not 不予公开的没有按其他处理."""
    subjects = [m for m in named if (term := m.of_kind("subject")) and not is_request(term)]
    if any(one.end == other.start for one, other in pairwise(subjects)):
        return False  # a heading that ran into its text
    rows = [(mention, term.value) for mention in named if (term := mention.of_kind("row"))]
    return all(
        _JOINT.fullmatch(text[one.end : other.start])
        or first == second
        or first.startswith(f"{second}.")
        or second.startswith(f"{first}.")
        or {first, second} <= set(_CARRIED)
        for (one, first), (other, second) in pairwise(rows)
    )


def _group_fields(own: Sequence[Term], context: Context, *, asked: bool, came_in: bool) -> Fields:
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
    return _request_group(own, kinds, context, asked=asked, came_in=came_in)


def _request_group(own: Sequence[Term], kinds: set[str], context: Context, *, asked: bool, came_in: bool) -> Fields:
    named = dict.fromkeys(term.value for term in own)
    values = tuple(value for value in named if not any(other.startswith(f"{value}.") for other in named))
    if kinds == {"column"}:
        return request_fields(("received",), values) if asked else ()
    if kinds != {"row"} or any(term.near for term in own):
        return ()
    if context.subject in (*DECISIONS, *DOCUMENTS) and not asked:
        return ()  # 规范性文件均公开，无一件不予公开
    if set(values) <= set(_CARRIED):
        return request_fields(("carried_in" if came_in or "carried_in" in values else "carried_out",), ())
    return request_fields(values, ()) if not set(values) & set(NO_OUTCOMES) else ()
