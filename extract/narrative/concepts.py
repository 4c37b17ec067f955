"""The concepts that the words of a text stand for, as meanings.toml and claims-terms.toml have them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Any

from extract.narrative.lexicon import Mention, expand_phrase
from extract.narrative.numbers import CLAIMS_FILE
from extract.narrative.targets import APPLICANTS, Fields
from extract.quick import record
from extract.rules import load_rules

MEANINGS_FILE = "meanings.toml"
QUANTIFIERS = ("none", "all", "only")
_NEUTRAL = ("when", "who", "verbs", "nouns", "small")  # lists of [clause]
OUTCOMES = ("granted", "partially_granted", "denied", "unavailable", "not_processed", "other_row", "disclosed")
GROUPS = ("reconsideration", "litigation", "litigation_direct", "litigation_after_reconsideration")
CHALLENGING = (*GROUPS, "challenge")
ENDS = ("upheld", "corrected", "other_result", "pending")
DECISIONS = ("licensing", "penalties", "coercion")
DOCUMENTS = ("normative_documents", "regulations")
ORGANISATIONS: Fields = APPLICANTS[1:]
APPLICANT_CONCEPTS: Mapping[str, str] = {"person": "natural_person"} | {name: name for name in ORGANISATIONS}
_PARTED = (
    "granted", "denied", "unavailable", "done", "upheld", "corrected", "other_result", "closed", "person", "business",
)  # fmt: skip
_YEAR = re.compile("(20[0-9]{2})年度?")
_DATED = {-1: "last", 0: "year", 1: "next"}

TOPICS: Mapping[str, tuple[str, ...]] = {
    "requests": ("request", "applicant", "carried_in", "carried_out", "carry", *OUTCOMES),
    "challenges": (*CHALLENGING, "reviewer"),
    "documents": DOCUMENTS,
    "decisions": DECISIONS,
    "fees": ("fees",),
}
"""What a concept makes the matter that is spoken of."""


@record
class Token:
    """A word of a plain text and the concepts that it stands for; end exclusive."""

    start: int
    end: int
    concepts: tuple[str, ...]

    def is_of(self, concepts: Sequence[str]) -> bool:
        """Whether it stands for one of them."""
        for concept in self.concepts:  # noqa: SIM110 -- any() takes three times as long
            if concept in concepts:
                return True
        return False


@cache
def _vocabulary() -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[int, ...]]]:
    """(word → its concepts, first character → the lengths of the words that begin so, the longest first)."""
    rules: dict[str, Any] = load_rules(MEANINGS_FILE)
    clause: dict[str, Any] = load_rules(CLAIMS_FILE)["clause"]
    lists = [*((name, own) for part in ("quantifiers", "concepts", "against") for name, own in rules[part].items())]
    words: dict[str, tuple[str, ...]] = {}
    for name, phrases in (*lists, *(("neutral", clause[name]) for name in _NEUTRAL)):
        for word in chain.from_iterable(map(expand_phrase, phrases)):
            known = words.get(word, ())
            if name != "neutral" or not known:
                words[word] = (*known, name) if name not in known else known
    lengths: dict[str, set[int]] = {}
    for word in words:
        lengths.setdefault(word[0], set()).add(len(word))
    return words, {first: tuple(sorted(own, reverse=True)) for first, own in lengths.items()}


def list_quantifiers() -> list[str]:
    """The words without one of which no text states that there is none, or that all are alike."""
    words, _ = _vocabulary()
    return [word for word, concepts in words.items() if {*concepts} & {*QUANTIFIERS, "done_idiom"}]


@cache
def _terms() -> Mapping[str, str]:
    terms: dict[str, str] = load_rules(MEANINGS_FILE)["terms"]
    return terms


def _mention_concepts(mention: Mention) -> tuple[str, ...]:
    found = []
    for term in mention.terms:
        if term.near:
            continue  # 公开, which means an outcome only beside a number
        concept = _terms().get(f"{term.kind} {term.value}")
        if concept:
            found.append(concept)
        elif term.kind == "row":
            found.append(f"row {term.value}")
        elif term.kind in ("foreign", "scope", "detail", "change"):
            found.append({"scope": "elsewhere", "detail": "narrow", "change": "doubt"}.get(term.kind, "foreign"))
        elif term.kind in ("filler", "name"):
            found.append("neutral")
    return tuple(dict.fromkeys(found))


def read_tokens(text: str, mentions: tuple[Mention, ...], year: int | None) -> tuple[Token, ...]:
    """The known words of a plain text in order; of those that overlap the longest, then the earlier one.

    2025年 is next year in the report of 2024.
    """
    words, lengths = _vocabulary()
    found: list[tuple[int, int, tuple[str, ...]]] = []
    for start, character in enumerate(text):
        for length in lengths.get(character, ()):
            if concepts := words.get(text[start : start + length]):
                found.append((start, start + length, concepts))
    if year:
        found += [(m.start(), m.end(), (_DATED.get(int(m[1]) - year, "period"),)) for m in _YEAR.finditer(text)]
    found += [(mention.start, mention.end, _mention_concepts(mention)) for mention in mentions]
    found.sort(key=lambda own: own[0] - own[1])  # of two as long the word of meanings.toml
    taken = bytearray(len(text))
    kept: list[Token] = []
    for start, end, concepts in found:
        if taken.find(1, start, end) < 0:
            taken[start:end] = b"\1" * (end - start)
            kept += _parted(text, Token(start, end, concepts))
    return tuple(sorted(kept, key=lambda token: token.start))


def _parted(text: str, token: Token) -> tuple[Token, ...]:
    """均维持, 全部公开: a word for all that another begins with stands by itself."""
    if not token.is_of(_PARTED):
        return (token,)
    words, lengths = _vocabulary()
    for length in lengths.get(text[token.start], ()):
        own = words.get(text[token.start : token.start + length], ())
        if token.start + length < token.end and "all" in own:
            middle = token.start + length
            return Token(token.start, middle, own), Token(middle, token.end, token.concepts)
    return (token,)


def applicant_columns(tokens: Sequence[Token]) -> Fields:
    """The kinds of applicants that the words name, in the order of the form."""
    named = {concept for token in tokens for concept in token.concepts}
    kinds = {column for concept, column in APPLICANT_CONCEPTS.items() if concept in named}
    kinds |= set(ORGANISATIONS) if "organisation" in named else set()
    return tuple(name for name in APPLICANTS if name in kinds)
