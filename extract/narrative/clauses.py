"""Clauses of a sentence that hold known words only: whatever their order, nothing in them is merely not understood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from extract.narrative.binding import NAMING, Context
from extract.narrative.lexicon import Mention, Term
from extract.narrative.numbers import CLAIMS_FILE
from extract.narrative.spoken import Spoken
from extract.narrative.targets import DECISIONS, REQUESTS
from extract.narrative.windows import mentions_between, split_pieces
from extract.rules import load_rules, quick_pattern
from extract.textform import WordHeads, find_words, word_heads

Span = tuple[int, int]

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_AND_SUCH = re.compile(r"[\u4e00-\u9fff]{0,4}?等")
_NONE = re.compile(r"[未没无不零非\d]")
ASKED = ("received", "handled", "carried")
_UNCOUNTED = ("foreign", "detail", "change", "scope")


@cache
def clause_pattern(name: str) -> re.Pattern[str]:
    """A pattern of [clause] in claims.toml."""
    return quick_pattern(load_rules(CLAIMS_FILE)["clause"][name])


@cache
def _known(*, counted: bool = False) -> tuple[frozenset[str], WordHeads]:
    """The words that are known, and the same by their heads."""
    rules: dict[str, Any] = load_rules(CLAIMS_FILE)["clause"]
    lists = ("when", "who", "verbs", "nouns", "small", *(("counted",) if counted else ()))
    words = frozenset(word for name in lists for word in rules[name])
    return words, word_heads(words)


def strange_words(spoken: Spoken, span: Span, word: Span, *, counted: bool = False) -> tuple[str, ...] | None:
    """The words of the span that are not known, that at `word` aside: they may be the agency's name.

    None where the span counts, compares, denies, or names what no cell shows. `counted`: the word is a number.
    """
    known, heads = _known(counted=counted)
    left = list(spoken.text[: span[1]])
    _cut(left, word)
    for mention in mentions_between(spoken.mentions, *span):
        plain = spoken.text[mention.start : mention.end] in known
        if mention.of_kind(*_UNCOUNTED) and not plain and not mention.of_kind(*NAMING):
            return None
        if mention.of_kind(*NAMING, "topic", "filler"):
            _cut(left, (mention.start, mention.end))
    others = (n for n in spoken.numbers if span[0] <= n.start < span[1] and not word[0] <= n.start < word[1])
    parts = (spoken.text[number.start : number.end] for number in others)
    if not all(part in known or clause_pattern("dates").fullmatch(part) for part in parts):
        return None
    dated = clause_pattern("dates").sub(lambda match: "，" * len(match[0]), "".join(left[span[0] :]))
    left = list(dated)
    for found in find_words(dated, heads):
        _cut(left, found)
    rest = "".join(left)
    if _NONE.search(rest):
        return None
    return tuple(run[0] for run in _HAN.finditer(rest) if not _is_example(spoken, span[0] + run.end()))


def _is_example(spoken: Spoken, end: int) -> bool:
    """公证处 in 律所、公证处等法律服务机构, 渔业 in 渔业公司等企业."""
    and_such = _AND_SUCH.match(spoken.text, end)
    return and_such is not None and any(mention.start == and_such.end() for mention in spoken.mentions)


def _cut(left: list[str], span: Span) -> None:
    left[slice(*span)] = "，" * len(left[slice(*span)])


def goes_on_behind_bracket(spoken: Spoken, start: int) -> bool:
    """乡镇（街道）均未收到申请: the piece at `start` begins inside a statement; （二） at its head is a number."""
    return spoken.text[start - 1 : start] in ("（", "）") and spoken.text.find("（", 0, start) > 0


def piece_before(spoken: Spoken, start: int) -> Span | None:
    """The piece that ends with the comma or colon right before `start`."""
    if not start or spoken.text[start - 1] not in "，：":
        return None
    return max((piece for piece in split_pieces(spoken.text) if piece[1] < start), default=None)


def is_free_before(spoken: Spoken, start: int) -> bool:
    """Whether the piece before cannot narrow what is spoken of: 对涉及征地的申请，没有不予公开的."""
    before = piece_before(spoken, start)
    if before is None or not clause_pattern("narrowing").search(spoken.text[slice(*before)]):
        return True
    if clause_pattern("frame").search(spoken.text, *before) and not names_part(spoken, before):
        return True  # 从结果看
    if _is_complete(spoken, before):
        return True
    if _is_whole_of(spoken, before, start):
        return True
    counted = [(n.start, n.end) for n in spoken.numbers if before[0] <= n.start < before[1]]  # 收到的9件申请中
    word = counted[0] if len(counted) == 1 else (0, 0)
    return strange_words(spoken, before, word, counted=bool(counted)) == () and not names_part(spoken, before)


def _is_whole_of(spoken: Spoken, before: Span, start: int) -> bool:
    """无法提供的申请中，没有需要另行制作的: whether the piece before names nothing but the outcome of these reasons."""
    end = next(end for begin, end in split_pieces(spoken.text) if begin == start)
    named = [mention for mention in named_in(spoken, before) if not is_request(mention.terms[0])]
    wholes = [row for mention in named if (row := mention.of_kind("row")) is None or row.value not in ASKED]
    parts = [term for m in named_in(spoken, (start, end)) if (term := m.of_kind("row")) and "." in term.value]
    known = strange_words(spoken, before, (0, 0)) == ()
    return (
        known
        and bool(wholes and parts)
        and all(whole is not None and part.value.startswith(f"{whole.value}.") for whole in wholes for part in parts)
    )


def _is_complete(spoken: Spoken, span: Span) -> bool:
    """对涉密事项严格把关: the piece has a verb of its own, and names no part of the requests."""
    if not clause_pattern("complete").search(spoken.text[slice(*span)]):
        return False
    mentions = mentions_between(spoken.mentions, *span)
    return not any(map(is_request, (term for m in mentions for term in m.terms))) or not any(
        mention.of_kind("detail", "column") for mention in mentions
    )


def is_led(spoken: Spoken, start: int) -> bool:
    """对不予公开的答复，申请人没有提起诉讼; 未予公开的2件，申请人均未起诉: the piece before says of which ones."""
    before = piece_before(spoken, start)
    if before is None:
        return False
    counted = clause_pattern("lead_counted").search(spoken.text[slice(*before)])
    if counted and clause_pattern("led_by_count").match(spoken.text, start):
        decided = any(mention.of_kind("result") for mention in mentions_between(spoken.mentions, *before))
        return decided or names_part(spoken, before)
    if not clause_pattern("lead").search(spoken.text[slice(*before)]):
        return False
    if _is_complete(spoken, before):
        return False
    if _is_whole_of(spoken, before, start):
        return False
    return names_part(spoken, before)


def names_part(spoken: Spoken, span: Span) -> bool:
    """Whether the span names some of the requests, or another matter."""
    rows = ((mention.of_kind("row"), mention) for mention in mentions_between(spoken.mentions, *span))
    return any(
        (row is not None and row.value not in ASKED) or mention.of_kind("column", "detail", "foreign") is not None
        for row, mention in rows
    )


def is_request(term: Term) -> bool:
    """申请, which says only that requests are spoken of."""
    return term.kind == "subject" and term.value == REQUESTS


def has_doubt(terms: Sequence[Term], context: Context) -> bool:
    """Whether one of the terms means something else where the text is not about requests, or at all."""
    about = context.subject == REQUESTS or any(map(is_request, terms))
    carried = any(term.value.startswith("carried_") for term in terms)  # 转入 says only whither then
    decided = DECISIONS if context.decisions else ()  # 处罚9件，未使用强制措施
    return any(
        (term.weak and not (carried and term.value == "carry") and term.value not in decided)
        or (term.needs and not about)
        for term in terms
    )


def named_in(spoken: Spoken, span: Span) -> list[Mention]:
    """The mentions of the span that may name cells."""
    return [mention for mention in mentions_between(spoken.mentions, *span) if mention.of_kind(*NAMING)]
