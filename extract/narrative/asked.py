"""The candidates of a sentence with what they are judged by: the words around them, what was spoken of before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import Any

from extract.narrative.analysis import Analysis
from extract.narrative.concepts import ENDS, GROUPS, MEANINGS_FILE, TOPICS, Token, list_quantifiers, read_tokens
from extract.narrative.lexicon import Mention
from extract.narrative.meanings import Candidate, find_candidates
from extract.narrative.plain import KEPT_SENTENCES
from extract.narrative.spoken import Spoken
from extract.narrative.windows import split_pieces
from extract.quick import record
from extract.records import Sentence
from extract.rules import load_rules
from extract.textform import any_word

NUMBER = re.compile(r"[\d〇一二两三四五六七八九十百千]+余?(?:[件起份例宗家个人次条笔项位名户])")
_HAN = re.compile("[\u4e00-\u9fff]")
_BACK = 3  # sentences before, from which on the matter is forgotten
MATTER_OF = {
    "no request": "requests", "no applicant": "requests", "one applicant": "requests", "none came over": "requests",
    "none left": "requests", "all done": "requests", "done idiom": "requests", "no outcome": "requests",
    "one outcome": "requests", "no challenge": "challenges", "one end": "challenges", "no end": "challenges",
    "all closed": "challenges", "no document": "documents", "no decision": "decisions", "no fee": "fees",
}  # fmt: skip
"""Family of meanings → the matter that it belongs to."""


@record
class Asked:
    """A candidate of a sentence, with its text cut into tokens and pieces, and the matters spoken of before it."""

    candidate: Candidate
    text: str
    tokens: tuple[Token, ...]
    pieces: tuple[tuple[int, int], ...]
    section: int
    matters: tuple[str, ...]
    spoken: Spoken


_Read = tuple[tuple[Token, ...], dict[tuple[str, ...], tuple[Candidate, ...]]]  # tokens, candidates by challenges


@cache
def judging_rules() -> dict[str, Any]:
    """What candidates are judged by, as meanings.toml has it."""
    rules: dict[str, Any] = load_rules(MEANINGS_FILE)["judging"]
    return rules


def list_asked(
    analyses: Sequence[Analysis], sentences: Sequence[Sentence], place: int, year: int | None
) -> list[Asked]:
    """The candidates of the sentence at the place."""
    analysis, section = analyses[place], sentences[place].section
    text = analysis.plain.text
    if not _may_state(text):
        return []
    tokens, known = _read_text(text, analysis.mentions, year)
    before = tuple(
        analyses[place - back].mentions
        for back in range(1, _BACK + 1)
        if place >= back and sentences[place - back].section == section
    )
    groups = _named_groups(before) if any_of(tokens, *ENDS, "closed") else ()
    if groups not in known:
        known[groups] = tuple(find_candidates(text, tokens, groups))
    candidates = known[groups]
    matters = _named_matters(before) if candidates else ()
    pieces = split_pieces(text)
    numbers = tuple(bound.number for bound in analysis.bounds)
    spoken = Spoken(text, analysis.mentions, numbers, year)
    return [Asked(candidate, text, tokens, pieces, section, matters, spoken) for candidate in candidates]


def _read_text(text: str, mentions: tuple[Mention, ...], year: int | None) -> _Read:
    """What a text says by itself. Kept of some thousands, by the text alone, which its mentions follow from."""
    kept = _kept_texts()
    if (text, year) not in kept:
        if len(kept) > KEPT_SENTENCES:
            kept.clear()
        kept[text, year] = read_tokens(text, mentions, year), {}
    return kept[text, year]


@cache
def _kept_texts() -> dict[tuple[str, int | None], _Read]:
    return {}


def _named(before: Sequence[Sequence[Mention]]) -> Iterator[str]:
    """The concepts of the sentences before, the last first."""
    for mentions in before:
        for mention in reversed(mentions):
            yield from ("foreign" if term.kind == "foreign" else term.value for term in mention.terms)


def _named_groups(before: Sequence[Sequence[Mention]]) -> tuple[str, ...]:
    """The kind of challenge that was spoken of last."""
    return tuple(islice((concept for concept in _named(before) if concept in GROUPS), 1))


def _named_matters(before: Sequence[Sequence[Mention]]) -> tuple[str, ...]:
    """The matters that were spoken of, the last first."""
    return tuple(dict.fromkeys(matter for concept in _named(before) if (matter := matter_of(concept))))


@lru_cache(maxsize=KEPT_SENTENCES)
def _may_state(text: str) -> bool:
    """Whether the text has a word for what may be said of none or all, and one for none or all."""
    about, words = _hints()
    return any(word in text for word in about) and words.search(text) is not None


@cache
def _hints() -> tuple[tuple[str, ...], re.Pattern[str]]:
    return tuple(judging_rules()["about"]), re.compile(any_word(list_quantifiers()))


def matter_of(concept: str) -> str:
    """The matter that a concept makes the one spoken of; empty where it makes none."""
    if concept in ("foreign", "requests"):
        return concept
    return next((matter for matter, concepts in TOPICS.items() if concept in concepts), "")


def any_of(tokens: Sequence[Token], *concepts: str) -> bool:
    return any(token.is_of(concepts) for token in tokens)


def words_between(asked: Asked) -> list[Token]:
    """The words from the word for none or all to the other."""
    first, last = sorted((asked.candidate.quantifier, asked.candidate.key), key=lambda token: token.start)
    return [token for token in asked.tokens if first.end <= token.start < last.start]


def count_unknown(text: str, tokens: Sequence[Token], span: tuple[int, int]) -> int:
    """How many Han characters of the span belong to no known word."""
    start, end = span
    if end <= start:
        return 0
    known = sum(
        min(token.end, end) - max(token.start, start) for token in tokens if token.start < end and start < token.end
    )
    return max(0, len(_HAN.findall(text, start, end)) - known)


def is_of_last_year(text: str, tokens: Sequence[Token], place: int) -> bool:
    """Whether the words before speak of last year, and of this one no more."""
    dated = [token for token in tokens if token.end <= place and token.is_of(("last", "carried_in", "year"))]
    dated = [token for token in dated if text[token.start : token.end] != "当年"]
    if not dated or not dated[-1].is_of(("last", "carried_in")):
        return False
    around = text[max(0, dated[-1].start - 1) : place]
    return re.search(judging_rules()["like_last_year"], around) is None


def is_of_other_kind(text: str, tokens: Sequence[Token], request: Token) -> bool:
    """奖学金申请: unknown words right before 申请 may say that other things are asked for."""
    last = max((token.end for token in tokens if token.end <= request.start), default=0)
    return last < request.start and _HAN.fullmatch(text[request.start - 1]) is not None


def behind_name(text: str, start: int) -> int:
    """Where the words go on behind what may be the agency's name: 水利站全年没有…"""
    match = re.compile(judging_rules()["name"]).match(text, start)
    return match.end() if match else start
