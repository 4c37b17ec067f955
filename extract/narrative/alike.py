"""What a clause of known words says that all of something is: 办结的申请只有予以公开一种结果."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extract.narrative.binding import NO_OUTCOMES, Context
from extract.narrative.clauses import (
    ASKED,
    Span,
    clause_pattern,
    goes_on_behind_bracket,
    has_doubt,
    is_free_before,
    is_request,
    named_in,
    names_part,
    piece_before,
    strange_words,
)
from extract.narrative.lexicon import Mention, Term
from extract.narrative.numbers import CLAIMS_FILE
from extract.narrative.spoken import Spoken
from extract.narrative.targets import CHALLENGES, FOREIGN, REQUESTS, Fields, challenge_fields, request_fields
from extract.narrative.windows import mentions_between, split_pieces
from extract.quick import record
from extract.rules import load_rules

_CLOSED = ("closed",)
_DUE = ("carried_in", "carry")


@cache
def _with_new() -> re.Pattern[str]:
    return re.compile(load_rules(CLAIMS_FILE)["all"]["with_new"])


Others = tuple[tuple[Fields, Fields], ...]
Pair = tuple[Fields, Fields, Others]


@record
class Alike:
    """The cells of `part` are all there is of `whole`, or of another of `wholes`; an empty `part` means none of it."""

    start: int
    end: int
    part: Fields
    whole: Fields
    others: Others = ()
    strange: tuple[str, ...] = ()


def read_alike(spoken: Spoken, piece: Span, context: Context) -> Alike | None:
    """What the piece says of all, alone or with the piece before; None where anything is not understood."""
    word = clause_pattern("alike").search(spoken.text, *piece)
    if word is None or goes_on_behind_bracket(spoken, piece[0]):
        return None
    if clause_pattern("no_all").search(spoken.text, *piece):
        return None
    before = piece_before(spoken, piece[0])
    free = is_free_before(spoken, piece[0]) and not (before and names_part(spoken, before))
    spans = [piece] if free else []
    if before:
        spans.append((before[0], piece[1]))
    spans += [
        (piece[0], end) for start, end in split_pieces(spoken.text) if start == piece[1] + 1 and _goes_on(spoken, start)
    ]
    return next((found for span in spans if (found := _read_span(spoken, span, word, context))), None)


def _goes_on(spoken: Spoken, start: int) -> bool:
    """结果只有一种，即予以公开."""
    return clause_pattern("goes_on").match(spoken.text, start) is not None


def _read_span(spoken: Spoken, span: Span, word: re.Match[str], context: Context) -> Alike | None:
    strange = strange_words(spoken, span, word.span())
    if strange is None or clause_pattern("alike_part").search(spoken.text, *span):
        return None
    mentions = named_in(spoken, span)
    terms = [mention.terms[0] for mention in mentions]
    if has_doubt([term for term in terms if term.value not in ASKED], context) or any(
        _is_vague(term) for term in terms
    ):
        return None
    topics = [term.value for m in mentions_between(spoken.mentions, *span) if (term := m.of_kind("topic"))]
    subjects = [term.value for term in terms if term.kind == "subject" and not is_request(term)]
    challenges = tuple(dict.fromkeys([*subjects, *(value for value in topics if value in CHALLENGES)]))
    if challenges and not set(challenges) <= set(CHALLENGES):
        return None
    if challenges:
        pair = _of_challenges(challenges, mentions, spoken, word)
    else:
        pair = _of_requests(mentions, spoken, span, word) if _are_requests(terms, topics, context) else None
    return Alike(word.start(), word.end(), *pair, strange) if pair else None


def _is_vague(term: Term) -> bool:
    """其他, and 公开, which means an outcome only beside a number."""
    return term.kind in ("rest", "action") or (term.kind == "row" and term.near)


def _are_requests(terms: Sequence[Term], topics: Sequence[str], context: Context) -> bool:
    """Whether the clause is about requests: by their name, or by words that are used for nothing else."""
    came_in = any(term.kind == "row" and term.value == "received" and not term.needs for term in terms)
    if any(map(is_request, terms)) or (came_in and REQUESTS in topics):  # 新收申请的申请人
        return True
    if context.subject == FOREIGN or (context.subject in CHALLENGES and not topics):
        return False
    rows = [term.value for term in terms if term.kind == "row"]
    reasons = len(rows) > 1 and any("." in row for row in rows)  # 无法提供的都是因为不掌握
    return REQUESTS in topics or reasons or any(row in ASKED for row in rows)


def _of_challenges(
    subjects: tuple[str, ...], mentions: Sequence[Mention], spoken: Spoken, word: re.Match[str]
) -> Pair | None:
    """行政复议案件一律维持; 行政诉讼都是复议后起诉."""
    results = [(mention, term.value) for mention in mentions if (term := mention.of_kind("result"))]
    rows = [term for m in mentions if not m.of_kind("result") and (term := m.of_kind("row", "column"))]
    if any(term.value not in ASKED for term in rows):
        return None
    if not results and len(subjects) > 1 and subjects[0] == "litigation" and subjects[1].startswith("litigation_"):
        return challenge_fields(subjects[1:2], ()), challenge_fields(("litigation",), ()), ()
    if not results and clause_pattern("closed").search(spoken.text, word.end()):
        return (), challenge_fields(subjects, ("pending",)), ()
    if len({value for _, value in results}) != 1 or results[0][0].end <= word.start():
        return None
    part = challenge_fields(subjects, (results[0][1],))
    closed = ((part, challenge_fields(subjects, _CLOSED)),) if clause_pattern("closed").search(spoken.text) else ()
    return part, challenge_fields(subjects, ()), closed


def _of_requests(mentions: Sequence[Mention], spoken: Spoken, span: Span, word: re.Match[str]) -> Pair | None:
    """收到的申请一概予以公开; 申请人清一色是自然人; 不予公开的都属于内部事务."""
    rows = [(m, t.value) for m in mentions if (t := m.of_kind("row")) and t.value not in ASKED]
    if rows and _with_new().search(spoken.text, *span):
        rows = [(m, value) for m, value in rows if value not in _DUE]
    columns = [(m, t.value) for m in mentions if (t := m.of_kind("column"))]
    if any(mention.of_kind("result") for mention in mentions) or (rows and columns):
        return None
    if columns:
        who = columns[0][0].start
        if who < word.start() or not clause_pattern("is_who").search(spoken.text[span[0] : who]):
            return None
        kinds = tuple(dict.fromkeys(value for _, value in columns))
        return request_fields(("received",), kinds), request_fields(("received",), ()), ()
    if not rows:
        done = clause_pattern("done").search(spoken.text, word.start(), span[1])
        return ((), request_fields(("carried_out",), ()), ()) if done else None
    return _of_outcomes(rows, spoken, word)


def _of_outcomes(rows: Sequence[tuple[Mention, str]], spoken: Spoken, word: re.Match[str]) -> Pair | None:
    values = tuple(dict.fromkeys(value for _, value in rows))
    if set(values) & set(NO_OUTCOMES) or rows[-1][0].end <= word.start():
        return None
    start = rows[0][0].start
    if (
        "." in values[0]
        and start >= word.start()
        and clause_pattern("touches").search(spoken.text, word.end(), start + 1)
    ):
        return None
    if len(values) == 1:
        part = request_fields(values, ())
        return part, request_fields(("handled",), ()), ((part, request_fields(("received",), ())),)
    if len(values) > 2:
        return None
    first, second = values
    if second.startswith(f"{first}."):
        return request_fields((second,), ()), request_fields((first,), ()), ()
    if first.startswith(f"{second}.") and start >= word.start():
        part = request_fields((first,), ())
        return part, request_fields(("handled",), ()), ((part, request_fields(("received",), ())),)
    return None
