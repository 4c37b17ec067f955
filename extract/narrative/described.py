"""A candidate as numbers: where its words stand, what stands between and around them, what was spoken of before."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from extract.narrative.asked import (
    MATTER_OF,
    NUMBER,
    Asked,
    any_of,
    behind_name,
    count_unknown,
    is_of_last_year,
    is_of_other_kind,
    matter_of,
)
from extract.narrative.concepts import APPLICANT_CONCEPTS, ENDS, OUTCOMES, TOPICS, Token
from extract.narrative.meanings import FAMILIES, Candidate

_RIVALS = (
    "left", "carry", "carried_in", "carried_out", "organisation", *APPLICANT_CONCEPTS, *OUTCOMES, *ENDS,
    *TOPICS["challenges"], *TOPICS["documents"], *TOPICS["decisions"], "fees",
)  # fmt: skip
_GROUPED = {
    "no request": "requests", "no applicant": "applicants", "one applicant": "applicants", "none came over": "stock",
    "none left": "stock", "done idiom": "all done", "all done": "all done", "no outcome": "outcomes",
    "one outcome": "outcomes", "no challenge": "challenges", "one end": "ends", "no end": "ends", "all closed": "ends",
    "no document": "table 2", "no decision": "table 2", "no fee": "table 2",
}  # fmt: skip
"""Family of meanings → the group whose features weigh alike."""
_WEIGHED = (
    "in piece before", "key behind", "gap", "gap words", "unknown before", "unknown behind", "one thing", "narrow",
    "narrow between", "matter here", "matter in sentence", "matter before", "other matter here",
    "other matter before", "counted before", "counted elsewhere", "counted behind", "only", "outcome here",
    "applicant here", "end here", "ask or receive", "ends at word", "first piece", "colon", "rival key between",
    "rival key here", "of other kind", "counted between", "all covered", "more none", "reviewer or court", "soft",
    "request here", "modal", "elsewhere", "of behind", "of between",
)  # fmt: skip
"""What weighs otherwise in one group of meanings than in another."""
_BASE = (
    *FAMILIES, "in piece before", "key behind", "gap", "gap of applicant", "gap words", "unknown before",
    "unknown behind", "one thing", "narrow", "narrow between", "narrow in piece before", "matter here",
    "matter in sentence", "matter before", "other matter between", "other matter here", "other matter before",
    "foreign here", "foreign in sentence", "foreign before", "period", "elsewhere", "modal", "modal at word",
    "condition", "rule", "doubt", "more none", "denied all", "none before all", "counted before", "counted elsewhere",
    "counted behind", "year", "us", "only", "soft", "outcome here", "applicant here", "end here", "applicant word",
    "ask or receive", "section 5", "section 6", "piece length", "ends at word", "first piece", "of before", "channel",
    "other year", "next year", "quoted", "request here", "reviewer or court", "colon", "rival key between",
    "rival key here", "of other kind", "counted between", "all covered", "of behind", "of between",
)  # fmt: skip
_GROUPS_OF_MEANINGS = tuple(dict.fromkeys(_GROUPED.values()))
FEATURES = (*_BASE, *(f"{group}: {name}" for group in _GROUPS_OF_MEANINGS for name in _WEIGHED))


def describe(asked: Asked) -> tuple[float, ...]:
    """The candidate as numbers of about the size of 1, one for each of FEATURES."""
    values = _describe(asked)
    own = tuple(values[place] for place in _weighed_places())
    group, none = _GROUPED[asked.candidate.family], (0.0,) * len(own)
    return sum((own if name == group else none for name in _GROUPS_OF_MEANINGS), values)


@cache
def _weighed_places() -> tuple[int, ...]:
    return tuple(_BASE.index(name) for name in _WEIGHED)


def _describe(asked: Asked) -> tuple[float, ...]:
    candidate, text = asked.candidate, asked.text
    start, end = asked.pieces[candidate.place]
    first, last = sorted((candidate.quantifier, candidate.key), key=lambda token: token.start)
    own = [token for token in asked.tokens if start <= token.start < end]
    earlier = [token for token in asked.tokens if token.start < start]
    before = [t for t in earlier if candidate.place and t.start >= asked.pieces[candidate.place - 1][0]]
    around = [token for token in own if token is not first and token is not last]
    between = [token for token in asked.tokens if first.end <= token.start < last.start]
    ahead = [token for token in own if token.start < first.start]
    matter = MATTER_OF[candidate.family]
    in_sentence = [m for t in reversed(earlier) for c in t.concepts if (m := matter_of(c))]
    here = {m for t in own for c in t.concepts if (m := matter_of(c))}
    all_like = candidate.quantifier.is_of(("all", "only"))
    gap = count_unknown(text, asked.tokens, (max(first.end, start), last.start))
    numbers = [m.span() for m in NUMBER.finditer(text, start, end) if not _inside(m.span(), own)]
    family = candidate.family
    values: tuple[float | bool, ...] = (
        *(family == name for name in FAMILIES),
        first.start < start,
        candidate.key.start > candidate.quantifier.start,
        min(gap, 8) / 4,
        min(gap, 8) / 4 if family in ("no applicant", "one applicant") else 0,
        min(sum(not token.is_of(("neutral",)) for token in between), 4) / 2,
        min(count_unknown(text, asked.tokens, (behind_name(text, start), max(first.start, start))), 10) / 4,
        min(count_unknown(text, asked.tokens, (last.end, end)), 10) / 4,
        text[candidate.quantifier.start] in "一半"
        or text[candidate.quantifier.start : candidate.quantifier.end].startswith(("没有一", "没一", "未有一")),
        any_of(ahead, "narrow") or any_of([t for t in own if t.start >= last.end], "narrow"),
        any_of(between, "narrow"),
        any_of(before, "narrow"),
        matter in here,
        matter in in_sentence,
        matter in asked.matters[:1],
        any(m != matter for t in between for c in t.concepts if (m := matter_of(c))),
        bool(here - {matter}),
        bool(in_sentence) and in_sentence[0] != matter,
        any_of(own, "foreign"),
        "foreign" in in_sentence[:1],
        asked.matters[:1] == ("foreign",),
        any_of([*own, *earlier], "period"),
        any_of([*own, *before], "elsewhere"),
        any_of([*ahead, *between], "modal"),
        any_of(ahead[-2:], "modal"),
        any_of([*ahead, *before], "condition"),
        any_of([*own, *before], "rule"),
        any_of([*own, *before], "doubt"),
        sum(t.is_of(("none",)) for t in around),
        all_like and any_of(between, "none"),
        all_like and any_of(ahead, "none"),
        any(span[1] <= first.start for span in numbers),
        bool(NUMBER.search(text, 0, start)),
        any(span[0] >= last.end for span in numbers),
        any_of(asked.tokens, "year"),
        any_of(asked.tokens, "us"),
        candidate.quantifier.is_of(("only",)),
        any_of(own, "soft"),
        any_of(around, *OUTCOMES) or any(c.startswith("row ") for t in around for c in t.concepts),
        any_of(around, *APPLICANT_CONCEPTS, "organisation"),
        any_of(around, *ENDS),
        any_of([*around, *before], "applicant"),
        any_of(around, "ask", "receive"),
        asked.section == 5,
        asked.section == 6,
        min(end - start, 30) / 15,
        last.end >= end - 1,
        candidate.place == 0,
        text[start - 1 : start] == "，" and text[start - 2 : start - 1] in "的中时里",
        any_of(own, "channel"),
        family != "none came over" and is_of_last_year(text, asked.tokens, first.start),
        any_of(own, "next", "carried_out"),
        "“" in text[start:end] or "《" in text[start:end],
        any_of(around, "request"),
        any_of([*around, *before], "reviewer", "litigation"),
        "：" in text[first.end : last.start],
        any(_is_rival(token, candidate) for token in between),
        any(_is_rival(token, candidate) for token in around),
        any(is_of_other_kind(text, asked.tokens, token) for token in own if token.is_of(("request",))),
        any(first.end <= span[0] and span[1] <= last.start for span in numbers),
        count_unknown(text, asked.tokens, (start, end)) == 0,
        text.startswith("的", last.end) and end - last.end > 1,
        "的" in text[first.end : last.start],
    )
    return tuple(map(float, values))


def _is_rival(token: Token, candidate: Candidate) -> bool:
    """Whether the word may be what there is none of, or what all are, rather than that of the candidate."""
    kinds = [concept for concept in token.concepts if concept in _RIVALS or concept.startswith("row ")]
    return bool(kinds) and not set(kinds) & set(candidate.key.concepts)


def _inside(span: tuple[int, int], tokens: Sequence[Token]) -> bool:
    return any(token.start < span[1] and span[0] < token.end and not token.is_of(("neutral",)) for token in tokens)
