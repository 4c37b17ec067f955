"""What the steps of claim reading hand on: a sentence with its mentions, and the numbers bound so far."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from extract.narrative.binding import Context, read_mentions
from extract.narrative.lexicon import Mention
from extract.narrative.numbers import Number
from extract.narrative.plainness import Words, is_known, read_words
from extract.narrative.targets import REQUESTS, Fields
from extract.quick import record, replace


@record
class Bound:
    """A number with its cells; `share_of` for a percentage: (cells of the part, cells of the whole)."""

    number: Number
    fields: Fields
    certain: bool
    loose: bool = False
    scoped: bool = False  # words such as 本级 stand nearby: may mean less or more than the tables of a government
    share_of: tuple[Fields, Fields] | None = None
    at: int = -1  # where the words begin that name the cells, if not in the number's own piece
    strange: tuple[str, ...] | None = None  # of a clause that holds known words only: those that may be a name
    guess: Fields = ()  # where it has none: the cells that it may speak of
    strict: bool = False  # nothing else than such a clause says what it counts
    narrowed: bool = False  # said of another matter, time or part than its cells
    of_kind: bool = False  # its cells are those of a kind of applicant that was named before: it may mean all kinds


@record
class Spoken:
    """One plain sentence with its mentions and its numbers, as the steps below need it."""

    text: str
    mentions: tuple[Mention, ...]
    numbers: tuple[Number, ...]
    year: int | None
    noisy: bool = False  # the prose of the report was damaged on its way: words may be left that were not mended
    lacks: bool = True  # it may lack a number


def follow_topics(mentions: Sequence[Mention], context: Context) -> Context:
    """法院 makes the passage one about lawsuits, 申请人 one about requests."""
    for mention in mentions:
        topic = mention.of_kind("topic")
        if topic and topic.value == "litigation":
            known = context.challenge and context.challenge[0].startswith("litigation")
            challenge = context.challenge if known else ("litigation",)
            context = replace(context, subject=challenge[-1], challenge=challenge)
        elif topic and topic.value == "reconsideration":
            context = replace(context, subject=topic.value, challenge=(topic.value,))
        elif topic:
            context = replace(context, subject=topic.value)
    return context


def follow_subject(spoken: Spoken, mentions: Sequence[Mention], context: Context) -> Context:
    context = follow_topics(mentions, context)
    asked = any(mention.of_kind("row") and "申请" in spoken.text[mention.start : mention.end] for mention in mentions)
    if asked:
        context = replace(context, subject=REQUESTS)
    named = [mention for mention in mentions if mention.of_kind("subject")]
    return read_mentions(named, spoken.text, context).context if named else context


def is_understood(spoken: Spoken, start: int, end: int) -> bool:
    """False where noisy prose has words in the span that are not known: one of them may be the one that counts."""
    return not spoken.noisy or is_known(words_of(spoken, noisy=True), (start, end))


@lru_cache(maxsize=2)  # one sentence is asked about number by number
def words_of(spoken: Spoken, *, noisy: bool = False) -> Words:
    """The known and the unknown words of the sentence."""
    numbers = ((number.start, number.end) for number in spoken.numbers)
    return read_words(spoken.text, spoken.mentions, numbers, noisy=noisy)
