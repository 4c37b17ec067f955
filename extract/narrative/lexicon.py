"""The words of `rules/claims-terms.toml`, found in text by spaCy's phrase matcher."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from extract.errors import DataFileError
from extract.narrative.lean import without_commands
from extract.narrative.plain import plain_text
from extract.quick import record
from extract.rules import load_rules, refuse_unknown

TERMS_FILE = "claims-terms.toml"
_KEYS = {"kind", "value", "phrases", "weak", "needs", "loose", "near"}
_KINDS = {"subject", "row", "column", "result", "action", "rest", "foreign", "detail", "change", "scope", "topic"}
_KINDS |= {"name", "filler"}


@record
class Term:
    """What a phrase means. `weak`: never called contradicted. `loose`: may honestly differ from the table."""

    kind: str
    value: str
    weak: bool = False
    loose: bool = False
    near: bool = False
    needs: str = ""


@record
class Mention:
    """A term where it stands in the plain text; end exclusive. A phrase may have several terms."""

    start: int
    end: int
    terms: tuple[Term, ...]

    def of_kind(self, *kinds: str) -> Term | None:
        for term in self.terms:  # asked a thousand times a report: a loop is twice as fast as next() here
            if term.kind in kinds:
                return term
        return None


@cache
def load_terms() -> dict[str, tuple[Term, ...]]:
    """Phrase → its terms. Raises: DataFileError on an unknown key or kind, or a phrase given twice for one kind."""
    phrases: dict[str, list[Term]] = {}
    for entry in load_rules(TERMS_FILE)["term"]:
        refuse_unknown(TERMS_FILE, entry, _KEYS)
        if entry["kind"] not in _KINDS:
            raise DataFileError(f"{TERMS_FILE}: unknown kind: {entry['kind']}")
        term = Term(**{key: value for key, value in entry.items() if key != "phrases"})
        for phrase in dict.fromkeys(entry["phrases"]):
            same = phrases.setdefault(plain_text(phrase), [])
            if any(other.kind == term.kind for other in same):
                raise DataFileError(f"{TERMS_FILE}: {phrase} is given twice as {term.kind}")
            same.append(term)
    return {phrase: tuple(terms) for phrase, terms in phrases.items()}


@cache
def _load_matcher() -> tuple[Any, Any, dict[int, tuple[Term, ...]], frozenset[int]]:
    """(vocabulary, matcher, terms by their key, the keys of those that name nothing by themselves).

    Phrases of the same terms share a key: each key takes its time. A phrase is given by the numbers of its characters,
    which takes a fraction of the time of a document for each.
    """
    with without_commands():
        from spacy.matcher import PhraseMatcher
        from spacy.vocab import Vocab

    vocab = Vocab()  # bare: a language's own asks of each character what nobody reads here, and takes 30 ms to load
    matcher = PhraseMatcher(vocab)
    phrases: dict[tuple[Term, ...], list[list[int]]] = {}
    numbers = {character: vocab.strings.add(character) for character in set().union(*load_terms())}
    for phrase, own in load_terms().items():  # spaCy keeps the numbers: as objects of their own they are 3 MB
        phrases.setdefault(own, []).append([numbers[character] for character in phrase])
    for number, same in enumerate(phrases.values()):
        matcher.add(str(number), same)
    terms = {vocab.strings[str(number)]: own for number, own in enumerate(phrases)}
    return vocab, matcher, terms, frozenset(key for key, (first, *_) in terms.items() if _is_vague(first))


@cache
def _number_of(character: str) -> int:
    """The number by which the vocabulary knows it: a document of numbers is made in a sixth of the time."""
    number: int = _load_matcher()[0].strings.add(character)
    return number


def _is_vague(term: Term) -> bool:
    return term.kind == "filler" or term.near


def find_mentions(texts: Sequence[str]) -> list[tuple[Mention, ...]]:
    """For each plain text its mentions in order: the longest phrase wins, the earlier one where two overlap.

    Of two as long one that names something by itself wins: 没有其他 says nothing in 没有其他处理.
    """
    vocab, matcher, terms, vague = _load_matcher()
    from spacy.tokens import Doc  # of what has been imported by now

    words = [*map(_number_of, "".join([text + "\n" for text in texts]))]
    found = matcher(Doc(vocab, words=words, spaces=[False] * len(words))) if words else []
    taken = bytearray(len(words))
    kept = []
    for _, _, start, end, key in sorted((start - end, key in vague, start, end, key) for key, start, end in found):
        if taken.find(1, start, end) < 0:
            taken[start:end] = b"\1" * (end - start)
            kept.append((start, end, terms[key]))
    return _share_out(sorted(kept, key=itemgetter(0)), texts)


def _share_out(found: Sequence[tuple[int, int, tuple[Term, ...]]], texts: Sequence[str]) -> list[tuple[Mention, ...]]:
    """What was found in the texts, which stand one after the other with a line end behind each, as each text's own."""
    mentions, base, position = [], 0, 0
    for text in texts:
        own = []
        while position < len(found) and found[position][0] < base + len(text):
            start, end, terms = found[position]
            own.append(Mention(start - base, end - base, terms))
            position += 1
        own = _join_glosses(own, text) if "（" in text else own
        mentions.append(tuple(_join_lawsuits(own, text) if "复议" in text else own))
        base += len(text) + 1
    return mentions


def _join_glosses(mentions: Sequence[Mention], text: str) -> list[Mention]:
    """公民个人（自然人）: a bracket that holds nothing but the same in other words belongs to what it explains."""
    joined: list[Mention] = []
    for mention in mentions:
        before = joined[-1] if joined else None
        if (
            before is not None
            and text[before.end : mention.start] == "（"
            and text.startswith("）", mention.end)
            and (before.terms[0].kind, before.terms[0].value) == (mention.terms[0].kind, mention.terms[0].value)
        ):
            joined[-1] = Mention(before.start, mention.end + 1, before.terms)
        else:
            joined.append(mention)
    return joined


def _join_lawsuits(mentions: Sequence[Mention], text: str) -> list[Mention]:
    """复议维持后又到法院起诉, 绕过复议起诉: words of two kinds of challenges that together name a kind of lawsuit."""
    for subject, pattern in _lawsuits():
        for match in pattern.finditer(text):
            inside = [m for m in mentions if m.start < match.end() and match.start() < m.end]
            if any((term := m.of_kind("subject")) and term.value == "litigation_direct" for m in inside):
                continue  # 未经复议起诉
            ends = (match.span(), *((m.start, m.end) for m in inside))
            whole = Mention(min(start for start, _ in ends), max(end for _, end in ends), (Term("subject", subject),))
            mentions = sorted([*(m for m in mentions if m not in inside), whole], key=lambda m: m.start)
    return list(mentions)


@cache
def _lawsuits() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rules = load_rules("claims.toml")["courts"]
    names = {"direct": "litigation_direct", "after": "litigation_after_reconsideration"}
    return tuple((names[key], re.compile(pattern)) for key, pattern in rules.items())
