"""The cells that a number may speak of although the grammar bound it to none: what is named nearest to it.

A word that counts other things stands between (网站, 公告), or a rule of caution forbade to bind it. A guess proves
nothing by itself: the model of likely bindings weighs it where the number is a slip of the pen away from its cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from extract.narrative.binding import NAMING, Context, Reading, read_mentions
from extract.narrative.lexicon import Mention
from extract.narrative.numbers import CLAIMS_FILE
from extract.narrative.scopes import is_before_change, is_difference
from extract.narrative.spoken import Spoken
from extract.narrative.targets import DECISIONS, DOCUMENTS, FEE_FIELDS, REQUESTS, Fields, request_fields
from extract.narrative.windows import Window, mentions_between, split_pieces
from extract.narrative.years import year_offset
from extract.quick import replace
from extract.rules import load_rules, rule_pattern

_OF_DOCUMENTS = ("issued", "repealed", "in_force")
_ROWS_OF_ALL = ("received", "carried_in", "handled")
_UNSETTLED = "requests.carry.total"  # 结转, without a word whence or whither


def guess_fields(spoken: Spoken, window: Window, reading: Reading, context: Context) -> Fields:
    """The cells that the number may speak of; none where its unit, its year or a comparison speak against that."""
    number, rules = window.number, _rules()
    money = number.unit in rules["money"]
    if not money and (number.unit not in rules["cell_units"] or number.value % 1):
        return ()
    if year_offset(spoken.text, spoken.mentions, number.start, window.piece[0], spoken.year):
        return ()
    if is_before_change(spoken.text, number.start, number.end) or is_difference(spoken.text, number.start):
        return ()
    if re.search(rules["answered_motions"], spoken.text[window.left : number.start]):
        return ()
    fields = reading.fields or _read_nearest(spoken, window, context)
    if not reading.fields and fields and re.match(rules["whole_of"], spoken.text[number.end :]):
        return fields if fields[0].split(".")[1] in _ROWS_OF_ALL else ()  # 公开率七成：10件中公开7件
    return fields if money == (fields == FEE_FIELDS) else ()


def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = load_rules(CLAIMS_FILE)["numbers"]
    return rules


def _read_nearest(spoken: Spoken, window: Window, context: Context) -> Fields:
    kinds = context.documents or DOCUMENTS[:1]
    documents = replace(context, subject=kinds[-1], documents=kinds)
    for named in _named_near(spoken, window):
        acts = any((term := mention.of_kind("action")) and term.value in _OF_DOCUMENTS for mention in named)
        known = documents if acts and context.subject not in (*DOCUMENTS, *DECISIONS) else context
        fields = read_mentions(named, spoken.text, known).fields
        if fields and _UNSETTLED not in fields:
            return fields
    if context.subject != REQUESTS or _follows_other_cases(spoken, window):
        return ()
    return request_fields(("received",), ())


def _follows_other_cases(spoken: Spoken, window: Window) -> bool:
    """劳动监察立案36件，作出处理决定14件: what cases that were opened came to."""
    begin = max(spoken.text.rfind(mark, 0, window.left) for mark in "；。") + 1
    pattern = rule_pattern(CLAIMS_FILE, "elsewhere", "other_decisions")
    return pattern.search(spoken.text, begin, window.number.start) is not None


def _named_near(spoken: Spoken, window: Window) -> Iterator[list[Mention]]:
    """What is named before the number in its piece, behind it, and in the pieces before up to the statement's head."""
    number, text = window.number, spoken.text
    yield _naming(spoken, window.left, number.start)
    yield _naming(spoken, number.end, window.right)
    head = max(text.rfind(mark, 0, window.left) for mark in "；。") + 1
    for left, right in reversed([piece for piece in split_pieces(text) if head <= piece[0] and piece[1] < window.left]):
        yield _naming(spoken, left, right)


def _naming(spoken: Spoken, start: int, end: int) -> list[Mention]:
    return [mention for mention in mentions_between(spoken.mentions, start, end) if mention.of_kind(*NAMING)]
