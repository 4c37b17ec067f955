"""All that the sentences of a narrative say in numbers and words, read in order because the context carries over."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from extract.narrative.all_words import AllWord, may_say_all, read_all_words
from extract.narrative.binding import Context
from extract.narrative.claims import imply_requests, lists_decisions, read_numbers
from extract.narrative.lexicon import Mention, find_mentions
from extract.narrative.lone import read_lone
from extract.narrative.mending import hides_words, mend_texts
from extract.narrative.missing import find_missing_numbers, may_lack
from extract.narrative.narrowed import narrow_fields
from extract.narrative.none_words import NoneWord, may_deny, read_none_words
from extract.narrative.numbers import Number, find_numbers
from extract.narrative.plain import KEPT_SENTENCES, Plain, to_plain
from extract.narrative.spoken import Bound, Spoken
from extract.narrative.windows import split_pieces
from extract.narrative.years import year_offset
from extract.quick import record, replace
from extract.records import Sentence

_RECEIVED, _KINDS = ("requests.received.total",), "requests.received."


@record
class Analysis:
    """What one sentence says. `missing` are the spans of counts whose number was left out."""

    plain: Plain
    mentions: tuple[Mention, ...]
    bounds: tuple[Bound, ...]
    none_words: tuple[NoneWord, ...]
    all_words: tuple[AllWord, ...]
    missing: tuple[tuple[int, int], ...]


class _Told(NamedTuple):
    """What a sentence says in its context, and the context behind it."""

    bounds: tuple[Bound, ...]
    none_words: tuple[NoneWord, ...]
    all_words: tuple[AllWord, ...]
    after: Context


class _Said(NamedTuple):
    """What a plain text says by itself; `strange` where a character of it is none of such reports' own.

    Whether it may say that there was none of something, something of all alike, or lack a number, and lists kinds of
    decisions. `told` keeps what one without numbers says, by its context, the report's year and whether it is noisy:
    every fourth such sentence stood in another report in the same.
    """

    mentions: tuple[Mention, ...]
    numbers: tuple[Number, ...]
    strange: bool
    denies: bool
    says_all: bool
    lacks: bool
    decisions: bool
    told: dict[tuple[Context, int | None, bool], _Told]


@lru_cache(maxsize=64)  # more than reports are made together
def analyse_sentences(sentences: tuple[Sentence, ...], year: int | None) -> tuple[Analysis, ...]:
    """One analysis per sentence. Kept for the last few narratives: claims and checks both ask for it."""
    plains = [to_plain(sentence.text) for sentence in sentences]
    mended = mend_texts(tuple(plain.text for plain in plains))
    plains = [
        plain if plain.text == text else replace(plain, text=text, mended=True)
        for plain, text in zip(plains, mended, strict=True)
    ]
    noisy = any(plain.mended for plain in plains)
    analyses, context, section = [], Context(), 0
    for sentence, plain, said in zip(sentences, plains, _read_texts(mended), strict=True):
        if sentence.section != section:
            context, section = Context(), sentence.section
        spoken = Spoken(plain.text, said.mentions, said.numbers, year, noisy or said.strange, said.lacks)
        analysis, context = _analyse(spoken, said, plain, sentence.text, context)
        analyses.append(analysis)
    return tuple(analyses)


def is_damaged(analyses: Iterable[Analysis]) -> bool:
    """Whether words of the prose were mended before it was analysed."""
    return any(analysis.plain.mended for analysis in analyses)


def mended_print(sentence: Sentence, analysis: Analysis) -> str:
    """The sentence as it is printed, with the characters of the words that were mended as they were written."""
    if not analysis.plain.mended:
        return sentence.text
    plain, printed = to_plain(sentence.text), list(sentence.text)
    for place, own, mended in zip(plain.places, plain.text, analysis.plain.text, strict=True):
        if own != mended:
            printed[place] = mended
    return "".join(printed)


def is_whole(analysis: Analysis, place: int, agency: str | None) -> bool:
    """Whether no character up to the end of the piece at `place` of the printed sentence shows noise still.

    Those of the agency's name are known.
    """
    text = analysis.plain.text
    number = bisect_left(analysis.plain.places, place)
    end = min(right for left, right in split_pieces(text) if number < right or right == len(text))
    return not hides_words(text[:end], agency or "")


def _read_texts(texts: Sequence[str]) -> list[_Said]:
    """What each plain text says by itself. Kept of some thousands: reports share many sentences."""
    kept = _kept_texts()
    said = {text: known for text in texts if (known := kept.get(text))}
    new = [text for text in dict.fromkeys(texts) if text not in said]
    read = {
        text: _Said(
            mentions,
            find_numbers(text, mentions),
            strange=hides_words(text),
            denies=may_deny(text),
            says_all=may_say_all(text),
            lacks=may_lack(text),
            decisions=lists_decisions(mentions),
            told={},
        )
        for text, mentions in zip(new, find_mentions(new), strict=True)
    }
    if len(kept) > KEPT_SENTENCES:
        kept.clear()
    kept.update(read)
    said |= read
    return [said[text] for text in texts]


@cache
def _kept_texts() -> dict[str, _Said]:
    return {}


def _analyse(spoken: Spoken, said: _Said, plain: Plain, printed: str, context: Context) -> tuple[Analysis, Context]:
    fresh = Context(
        context.subject,
        challenge=context.challenge,
        documents=context.documents,
        decisions=said.decisions,
        level=context.level,
        asked=context.asked if said.says_all else None,  # nothing else looks at it
    )
    if spoken.numbers:
        told = _read(spoken, said, fresh)
    else:
        place = (fresh, spoken.year, spoken.noisy)
        told = said.told.get(place) or said.told.setdefault(place, _read(spoken, said, fresh))
    lacks = said.lacks or len(plain.text) < len(printed)
    missing = find_missing_numbers(plain.text, printed) if lacks else ()
    analysis = Analysis(plain, spoken.mentions, told.bounds, told.none_words, told.all_words, missing)
    came_in = _count_asked(spoken, told.bounds, context)
    return analysis, told.after if told.after.asked == came_in else replace(told.after, asked=came_in)


def _read(spoken: Spoken, said: _Said, context: Context) -> _Told:
    bounds, after = read_numbers(spoken, context)
    bounds = tuple(_narrow(spoken, bound) for bound in bounds)
    counted = [(bound.number.start, bound.number.end) for bound in bounds]
    words = read_none_words(spoken, context) if said.denies else ()
    nones = tuple(word for word in words if not _overlap(word, counted))
    alls = read_all_words(spoken, imply_requests(spoken, spoken.numbers, context)) if said.says_all else ()
    return _Told(bounds, nones, (*alls, *read_lone(spoken, bounds)), after)


def _count_asked(spoken: Spoken, bounds: Sequence[Bound], context: Context) -> Decimal | None:
    """What the sentence counts of all new requests, where its other numbers are last year's.

    Where it only says who asked, what the one before counts.
    """
    if not bounds:
        return None
    own = [
        bound for bound in bounds if not year_offset(spoken.text, spoken.mentions, bound.number.start, 0, spoken.year)
    ]
    if not own:
        return None
    kinds = [bool(b.fields) and b.fields[0].startswith(_KINDS) and b.fields != _RECEIVED for b in own]
    if len(own) > 1 and all(kinds):
        return context.asked
    return own[0].number.value if own[0].fields == _RECEIVED and all(kinds[1:]) else None  # 收到14件，其中企业3件


def _narrow(spoken: Spoken, bound: Bound) -> Bound:
    """The number with the cells that the words around it leave; it keeps them where they leave none."""
    start, end = bound.number.start, bound.number.end
    piece = next(piece for piece in split_pieces(spoken.text) if piece[0] <= start <= piece[1])
    fields = narrow_fields(spoken, "number", piece, (start, end), bound.fields)
    if fields == bound.fields:
        return bound
    return replace(bound, fields=fields, of_kind=True) if fields else replace(bound, narrowed=True)


def _overlap(word: NoneWord, spans: Sequence[tuple[int, int]]) -> bool:
    return any(word.start < end and start < word.end for start, end in spans)
