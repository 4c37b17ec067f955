"""A number in a clause of known words: it counts what the terms of the clause name, in whatever order they stand."""

from __future__ import annotations

from extract.narrative.binding import Context, is_overturned
from extract.narrative.clauses import (
    Span,
    clause_pattern,
    goes_on_behind_bracket,
    is_free_before,
    piece_before,
    strange_words,
)
from extract.narrative.groups import goes_back, naming_mentions, read_group
from extract.narrative.spoken import Spoken
from extract.narrative.targets import Fields
from extract.narrative.windows import Window, mentions_between
from extract.narrative.years import carry_direction
from extract.quick import record

_OTHERS = (("handled",), ("carried_in",))


@record
class Tally:
    """The cells that the number counts, and where the words begin that name them.

    `strange` are the words that are not known; they may be the agency's name.
    """

    fields: Fields
    at: int
    strange: tuple[str, ...]


def read_tally(spoken: Spoken, window: Window, context: Context) -> Tally | None:
    """What the only number of its piece counts, by the piece or by the one before; None where a word is not known."""
    start, end = window.piece
    if goes_on_behind_bracket(spoken, start) or clause_pattern("no_tally").search(spoken.text, start, end):
        return None
    begin = start
    if not naming_mentions(spoken, window.piece):
        before = piece_before(spoken, start)
        if before is None or not goes_back(spoken, window.piece, before):
            return None
        begin = before[0]
    span, number = (begin, end), (window.number.start, window.number.end)
    strange = strange_words(spoken, span, number, counted=True)
    fields = read_group(spoken, span, number[0], context) if strange is not None else ()
    if not fields or not is_free_before(spoken, begin) or _is_of_part(spoken, span, fields):
        return None
    if fields[0].startswith("requests.handled.") and is_overturned(mentions_between(spoken.mentions, *span)):
        return None
    if ".carried_" in fields[0] and not _has_direction(spoken, span):
        return None
    if fields[0].startswith("requests.received.") and _is_of_some(spoken, span, fields, context):
        return None
    return Tally(fields, begin, strange or ())


def _has_direction(spoken: Spoken, span: Span) -> bool:
    """结转3件 may have come in or gone out."""
    bare = any((term := m.of_kind("row")) and term.value == "carry" for m in mentions_between(spoken.mentions, *span))
    return not bare or carry_direction(spoken.text, *span, spoken.year) != 0


def _is_of_some(spoken: Spoken, span: Span, fields: Fields, context: Context) -> bool:
    """费用涉及2件申请; 办结的申请中，自然人12件; 新收9件、上年结转2件，其中公民8件: not of what came in alone."""
    if fields[0].endswith(".total"):
        return clause_pattern("touches").search(spoken.text, *span) is not None
    start = max(spoken.text.rfind(mark, 0, span[0]) for mark in "；。") + 1
    return context.rows in _OTHERS or clause_pattern("dealt_with").search(spoken.text, start, span[1]) is not None


def _is_of_part(spoken: Spoken, span: Span, fields: Fields) -> bool:
    """企业申请5件，予以公开4件: whether what stands before in the statement says of which ones these are."""
    begin, end = span
    start = max(spoken.text.rfind(mark, 0, begin) for mark in "；。") + 1
    columns = fields[0].startswith("requests.") and not fields[0].endswith(".total")
    subject = any(mention.of_kind("subject") for mention in mentions_between(spoken.mentions, begin, end))
    kinds = ("detail", "foreign") if columns else ("column", "detail", "foreign")
    return not subject and any(m.of_kind(*kinds) for m in mentions_between(spoken.mentions, start, begin))
