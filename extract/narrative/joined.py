"""Both kinds of lawsuits, where they are counted side by side: the words behind speak of them together."""

from __future__ import annotations

import re

from extract.narrative.binding import Context
from extract.narrative.clauses import Span
from extract.narrative.lexicon import Mention
from extract.narrative.numbers import Number
from extract.narrative.spoken import Spoken
from extract.narrative.windows import mentions_between
from extract.quick import replace

_LAWSUITS = ("litigation_direct", "litigation_after_reconsideration")
_JOINT = re.compile("[、，和及与]+(?:[未没不]经(?:行政)?复议(?:而|就|便)?|经(?:过)?)?")


def join_lawsuits(spoken: Spoken, piece: Span, context: Context) -> Context:
    """The context behind the piece; 直接起诉1件、复议后起诉2件 makes both kinds of lawsuits what is spoken of."""
    if len(context.challenge) != 1 or context.challenge[0] not in _LAWSUITS:
        return context
    counted = _count_lawsuits(spoken, piece[1])
    if len(counted) < len(_LAWSUITS) or counted[-1][1].start < piece[0]:
        return context
    (one, number), (other, last) = counted[-2:]
    beside = _JOINT.fullmatch(spoken.text, number.end, other.start) is not None
    behind = any(mention.of_kind("result") for mention in mentions_between(spoken.mentions, last.end, piece[1]))
    values = {term.value for mention in (one, other) if (term := mention.of_kind("subject"))}
    return replace(context, challenge=_LAWSUITS) if beside and not behind and values == {*_LAWSUITS} else context


def _count_lawsuits(spoken: Spoken, end: int) -> list[tuple[Mention, Number]]:
    """The kinds of lawsuits that are named up to there, with the numbers right behind them."""
    named = [m for m in spoken.mentions if (term := m.of_kind("subject")) and term.value in _LAWSUITS]
    counted = [(m, n) for n in spoken.numbers if n.end <= end for m in named if m.end <= n.start]
    return [(m, n) for m, n in counted if re.fullmatch("(?:案件)?[共有为的]*", spoken.text[m.end : n.start])]
