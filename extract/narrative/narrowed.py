"""What the words around a number or a word for none or all leave of its cells, by the table of `rules/scopes.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, partial
from typing import Any

from extract.narrative.clauses import Span, piece_before
from extract.narrative.lexicon import Mention
from extract.narrative.spoken import Spoken, words_of
from extract.narrative.targets import Fields, request_fields
from extract.narrative.windows import mentions_between
from extract.quick import record
from extract.rules import fill_names, load_rules, needed_characters, refuse_unknown

SCOPES_FILE = "scopes.toml"
_KEYS = {"name", "says", "cells", "words", "lacking", "names", "unnamed", "beside", "kind"}
_SPANS = {"sentence", "statement", "before", "piece", "behind", "word_behind", "clause", "told", "rest"}
_HAN = re.compile("[\u4e00-\u9fff]")
Patterns = tuple[tuple[str, re.Pattern[str]], ...]
Terms = tuple[tuple[str, tuple[str, ...]], ...]


@record
class _Scope:
    """One entry of the table; spans by their names, terms as "kind" or "kind value"."""

    cells: re.Pattern[str]
    words: Patterns
    lacking: Patterns
    names: Terms
    unnamed: Terms
    beside: str
    kind: bool
    needed: tuple[frozenset[str], ...]  # a sentence without any of one of these has not the words


@cache
def _scopes(says: str) -> tuple[_Scope, ...]:
    """The scopes that narrow these. Raises: DataFileError on an unknown key, span or {name}."""
    scopes = []
    for entry in load_rules(SCOPES_FILE)["scope"]:
        refuse_unknown(SCOPES_FILE, entry, _KEYS)
        for key in ("words", "lacking", "names", "unnamed"):
            refuse_unknown(SCOPES_FILE, entry.get(key, {}), _SPANS)
        if says in entry["says"]:
            words, lacking = (_compile(entry.get(key, {}), entry["name"]) for key in ("words", "lacking"))
            names, unnamed = (_terms(entry.get(key, {})) for key in ("names", "unnamed"))
            cells = re.compile(entry.get("cells", ""))
            needed = tuple(filter(None, (needed_characters(pattern.pattern) for _, pattern in words)))
            beside, kind = entry.get("beside", ""), entry.get("kind", False)
            scopes.append(_Scope(cells, words, lacking, names, unnamed, beside, kind, needed))
    return tuple(scopes)


def _compile(patterns: Mapping[str, str], name: str) -> Patterns:
    fill = partial(fill_names, expressions=load_rules(SCOPES_FILE)["expressions"], place=f"{SCOPES_FILE}: {name}")
    return tuple((span, re.compile(fill(pattern))) for span, pattern in patterns.items())


def _terms(terms: Mapping[str, Any]) -> Terms:
    return tuple((span, tuple(names)) for span, names in terms.items())


def narrow_fields(spoken: Spoken, says: str, piece: Span, word: Span, fields: Fields) -> Fields:
    """The cells that the word speaks of; none where it speaks of another matter, time or part than any cell counts.

    `says` is "none" or "all", or "number" where the word is one. `piece` is that of the word, and `fields` are the
    cells that it names. What is said of the requests of one kind of applicant is said of the cells of that kind.
    """
    if not fields:
        return ()
    characters = set(spoken.text)
    may_apply = [scope for scope in _scopes_of(says, fields[0]) if not any(map(characters.isdisjoint, scope.needed))]
    spans = _find_spans(spoken, piece, word) if may_apply else {}
    narrowing = next((scope for scope in may_apply if _applies(scope, spoken, spans)), None)
    if narrowing is None:
        return fields
    return _of_kind(spoken, spans["statement"], fields) if narrowing.kind else ()


def _of_kind(spoken: Spoken, statement: Span, fields: Fields) -> Fields:
    """The cells of the kind of applicant that was named last, where cells of all kinds were meant."""
    named = [
        term.value for mention in mentions_between(spoken.mentions, *statement) if (term := mention.of_kind("column"))
    ]
    if not named or not all(field.endswith(".total") for field in fields):
        return ()
    rows = tuple(field.removeprefix("requests.").removesuffix(".total") for field in fields)
    return request_fields(rows, (named[-1],))


@cache
def _scopes_of(says: str, cell: str) -> tuple[_Scope, ...]:
    return tuple(scope for scope in _scopes(says) if scope.cells.search(cell))


def _find_spans(spoken: Spoken, piece: Span, word: Span) -> dict[str, Span]:
    (start, end), (first, last) = piece, word
    statement = max(spoken.text.rfind(mark, 0, min(start, first)) for mark in "；。") + 1
    ends = min((at for mark in "；。" if (at := spoken.text.find(mark, last)) >= 0), default=len(spoken.text))
    return {
        "sentence": (0, first),
        "statement": (statement, first),
        "before": piece_before(spoken, start) or (start, start),
        "piece": (start, first),
        "word_behind": (first, max(end, last)),
        "behind": (last, max(end, last)),
        "clause": (start, max(end, last)),
        "told": (statement, max(end, last)),
        "rest": (last, ends),
    }


def _applies(scope: _Scope, spoken: Spoken, spans: Mapping[str, Span]) -> bool:
    text = spoken.text
    if not all(pattern.search(text[slice(*spans[span])]) for span, pattern in scope.words):
        return False
    if any(pattern.search(text[slice(*spans[span])]) for span, pattern in scope.lacking):
        return False
    if not all(_names(spoken, spans[span], terms) for span, terms in scope.names):
        return False
    if any(_names(spoken, spans[span], terms) for span, terms in scope.unnamed):
        return False
    return not scope.beside or _has_strange_beside(spoken, spans[scope.beside])


def _names(spoken: Spoken, span: Span, terms: tuple[str, ...]) -> bool:
    return any(_is_one_of(mention, terms) for mention in mentions_between(spoken.mentions, *span))


def _is_one_of(mention: Mention, terms: tuple[str, ...]) -> bool:
    """Whether one of its terms is named, by its kind, its value or the outcome that it is a reason of."""
    own = {name for term in mention.terms for name in (term.kind, f"{term.kind} {term.value.partition('.')[0]}")}
    own |= {f"{term.kind} {term.value}" for term in mention.terms}
    return not own.isdisjoint(terms)


def _has_strange_beside(spoken: Spoken, span: Span) -> bool:
    """Whether a word that nobody knows stands right behind a thing of the form."""
    unknown = words_of(spoken).unknown
    named = (m for m in mentions_between(spoken.mentions, *span) if m.of_kind("subject"))
    return any(mention.end < span[1] and _HAN.match(unknown, mention.end) for mention in named)
