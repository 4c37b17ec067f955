"""What is told of the only case of its kind: 收到行政复议1件，复议机关予以纠正; 收到1件申请，是一位村民提的."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from extract.narrative.all_words import AllWord
from extract.narrative.binding import NO_OUTCOMES
from extract.narrative.clauses import Span, clause_pattern, is_request
from extract.narrative.lexicon import Mention, Term
from extract.narrative.numbers import CLAIMS_FILE, Number
from extract.narrative.scopes import is_other_period, is_part_of_agency
from extract.narrative.spoken import Bound, Spoken
from extract.narrative.targets import Fields, challenge_fields, request_fields
from extract.narrative.windows import mentions_between
from extract.rules import load_rules, rule_patterns

_ONE = Decimal(1)
_RECEIVED: Fields = ("requests.received.total",)
_HANDLED: Fields = ("requests.handled.total",)
_WITH_REASON = 2  # rows named: why, and what became of it


@cache
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = load_rules(CLAIMS_FILE)["lone"]
    return rules


_pattern = rule_patterns(CLAIMS_FILE, "lone")


def read_lone(spoken: Spoken, bounds: Sequence[Bound]) -> tuple[AllWord, ...]:
    """What the words behind a 1 say of it, if it counts all challenges of a kind, or all requests."""
    return tuple(word for fields, span in _find_lone(spoken, bounds) for word in _read_span(spoken, fields, span))


def _find_lone(spoken: Spoken, bounds: Sequence[Bound]) -> Iterator[tuple[Fields, Span]]:
    """(the cells that are 1, where the words about it stand)."""
    for bound in bounds:
        if bound.certain and bound.number.value == _ONE and _is_total(bound.fields):
            yield bound.fields, _span_behind(spoken, bound.fields, bound.number.end)
    if match := _pattern("only").search(spoken.text):
        yield _RECEIVED, _span_behind(spoken, _RECEIVED, match.end())


def _is_total(fields: Fields) -> bool:
    if fields == _RECEIVED:
        return True
    return bool(fields) and all(field.startswith("challenges.") and field.endswith(".total") for field in fields)


def _span_behind(spoken: Spoken, fields: Fields, place: int) -> Span:
    """From the next comma up to the piece of the next number, the next semicolon, or the next kind of challenge.

    Who decided may stand right behind the number, too: 复议后起诉的1件法院维持.
    """
    decided = fields != _RECEIVED and _pattern("decided").match(spoken.text, place)
    start = place if decided else spoken.text.find("，", place)
    stop = _pattern("stop").search(spoken.text, place)
    ends = [stop.start() if stop else len(spoken.text)]
    ends += [spoken.text.rfind("，", 0, n.start) for n in spoken.numbers if n.start > place and _counts_cases(n)]
    ends += [m.start for m in spoken.mentions if m.start >= start and _is_other(spoken, m, fields)]
    return (start, min(ends)) if 0 <= start < min(ends) else (place, place)


def _counts_cases(number: Number) -> bool:
    """一位 in 是一位村民 counts the applicant, no other case."""
    return number.unit not in load_rules(CLAIMS_FILE)["numbers"]["applicant_units"]


def _is_other(spoken: Spoken, mention: Mention, fields: Fields) -> bool:
    """Whether the words name another case: neither the kind of challenge again nor 复议 in 申请人撤回复议申请."""
    term = mention.of_kind("subject")
    if term is None or is_request(term) or set(fields) <= set(challenge_fields((term.value,), ())):
        return False
    return _pattern("same").search(spoken.text[: mention.start]) is None


def _read_span(spoken: Spoken, fields: Fields, span: Span) -> Iterator[AllWord]:
    start, end = span[0], _sure_end(spoken, span)
    if (
        clause_pattern("no_fact").search(spoken.text[:start])
        or is_other_period(spoken.text, start, spoken.year)
        or is_part_of_agency(spoken.text, start)
    ):
        return
    mentions = mentions_between(spoken.mentions, start, end)
    if fields != _RECEIVED:
        subjects = tuple(field.split(".")[1] for field in fields)
        results = {term.value: m for m in mentions if (term := m.of_kind("result"))}
        if len(results) == 1:
            (value, mention), *_ = results.items()
            yield AllWord(mention.start, mention.end, challenge_fields(subjects, (value,)), fields, counted=_ONE)
        return
    kinds = {
        value: match.span()
        for value, words in _rules()["who"].items()
        if (match := re.search(words, spoken.text[start:end])) and not _are_several(spoken.text[start:end], match)
    }
    if len(kinds) == 1:
        (kind, (first, last)), *_ = kinds.items()
        part = request_fields(("received",), (kind,))
        yield AllWord(start + first, start + last, part, _RECEIVED, counted=_ONE)
    yield from _read_outcome(mentions)


def _are_several(text: str, match: re.Match[str]) -> bool:
    """Whether the words around tell of several who usually ask, or of people who belong there: 多为高校师生."""
    before = _pattern("several_before").search(text[: match.start()])
    return before is not None or _pattern("several_behind").match(text, match.end()) is not None


def _sure_end(spoken: Spoken, span: Span) -> int:
    """Where the piece begins whose words may not have come to pass: the words before it tell a fact."""
    for match in _pattern("unsure").finditer(spoken.text, *span):
        if not any(m.start <= match.start() < m.end and m.of_kind("row", "result") for m in spoken.mentions):
            return max(span[0], spoken.text.rfind("，", 0, match.start()))
    return span[1]


def _read_outcome(mentions: Sequence[Mention]) -> Iterator[AllWord]:
    """The one outcome that is told, with its reason or without."""
    rows = {term.value: m for m in mentions if (term := m.of_kind("row")) and _is_outcome(term)}
    values = list(rows)
    parents = [value for value in values if any(other.startswith(f"{value}.") for other in values)]
    own = [value for value in values if value not in parents]
    if len(own) == 1 and len(values) <= _WITH_REASON:
        mention = rows[own[0]]
        yield AllWord(mention.start, mention.end, request_fields((own[0],), ()), _HANDLED, counted=_ONE)


def _is_outcome(term: Term) -> bool:
    return term.value not in NO_OUTCOMES and not (term.near or term.weak or term.loose)
