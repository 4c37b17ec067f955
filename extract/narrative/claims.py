"""The claims of a sentence: every counting number, with the cells it speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from extract.narrative.binding import NAMING, Context, Reading, read_mentions
from extract.narrative.lexicon import Mention, Term
from extract.narrative.lists import find_lists
from extract.narrative.numbers import CLAIMS_FILE, Number, find_numbers
from extract.narrative.shares import read_share
from extract.narrative.sums import read_sum
from extract.narrative.targets import FEE_FIELDS, FOREIGN, REQUESTS, Fields
from extract.narrative.windows import Window, beside, find_windows, mentions_between, split_pieces
from extract.narrative.years import carry_direction, year_offset
from extract.rules import load_rules

RIGHT_REACH = 34  # characters behind a number in which the words may stand that say what it counts
NOUN_REACH = 12  # characters between a number and the noun it counts, where a verb stands before the number


_TELLING = ("natural_person", "legal_service", "research", "granted", "partially_granted", "denied", "unavailable",
            "not_processed", "carried_in", "carried_out", "carried")  # fmt: skip
_CARRIED = {-1: ".carried_in.", 1: ".carried_out."}


@dataclass(frozen=True, slots=True)
class Bound:
    """A number with its cells; `share_of` for a percentage: (cells of the part, cells of the whole)."""

    number: Number
    fields: Fields
    certain: bool
    loose: bool = False
    scoped: bool = False  # words such as 本级 stand nearby: may mean less or more than the tables of a government
    share_of: tuple[Fields, Fields] | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """One plain sentence with its mentions, as the steps below need it."""

    text: str
    mentions: tuple[Mention, ...]
    year: int | None


def read_numbers(spoken: Spoken, context: Context) -> tuple[tuple[Bound, ...], Context]:
    """The bound numbers of a sentence, and the context behind it."""
    numbers = find_numbers(spoken.text, spoken.mentions)
    context = _imply_requests(spoken, numbers, context)
    windows = find_windows(spoken.text, numbers, spoken.mentions)
    lists = find_lists(spoken.text, spoken.mentions, windows)
    bounds: list[Bound] = []
    used = 0
    for position, window in enumerate(windows):
        context = _advance(spoken, context, used, window.left)
        if window.number.unit in _rules()["percent"]:
            bound, context = _bind_share(spoken, window, context, bounds)
        else:
            own = lists.get(position)
            reading, used = _read_window(spoken, replace_left(window, used), context, bounds, own)
            context, bound = reading.context, _bind_count(spoken, window, reading, bounds)
        bounds.append(bound)
        used = max(used, window.number.end)
    return tuple(bounds), _advance(spoken, context, used, len(spoken.text))


def _imply_requests(spoken: Spoken, numbers: Sequence[Number], context: Context) -> Context:
    """Applicant kinds and outcomes in one sentence speak of requests, even where the word does not fall."""
    if context.subject == REQUESTS or len(numbers) < 2 or any(m.of_kind("subject") for m in spoken.mentions):
        return context
    values = {term.value for m in spoken.mentions if (term := m.of_kind("row", "column")) and not term.weak}
    telling = {value for value in values if value in _TELLING or "." in value}
    return replace(context, subject=REQUESTS) if len(values) >= 2 and telling else context


@cache
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = load_rules(CLAIMS_FILE)["numbers"]
    return rules


def replace_left(window: Window, used: int) -> Window:
    """The window without the words that the number before has taken."""
    return replace(window, left=max(window.left, used)) if used <= window.number.start else window


def _advance(spoken: Spoken, context: Context, start: int, end: int) -> Context:
    """The context after words that stand before the window of any number: a new subject or topic sets it."""
    for mention in mentions_between(spoken.mentions, start, end):
        if mention.of_kind("topic"):
            context = replace(_follow_topics([mention], context), rows=("received",), level="")
        elif mention.of_kind("subject"):
            context = read_mentions([mention], spoken.text, context).context
    return context


def _read_window(
    spoken: Spoken, window: Window, context: Context, bounds: Sequence[Bound], own: Sequence[Mention] | None
) -> tuple[Reading, int]:
    """What the number counts, and how far behind it words were used for that."""
    number = window.number
    before = mentions_between(spoken.mentions, window.left, number.start)
    context = _follow_topics(before, context)
    left = list(own) if own is not None else beside(spoken.text, before, number)
    reach = min(window.right, number.end + RIGHT_REACH)
    right = beside(spoken.text, mentions_between(spoken.mentions, number.end, reach), number)
    context = _follow_topics(right, context) if not _names(left) else context
    left, right = _settle(left, spoken, window, bounds), _own_words(_settle(right, spoken, window, bounds), spoken.text)
    if (
        own is None
        and _only_rest(left)
        and _names(right)
        and not _is_foreign_first(right)
        and not _says_all(spoken.text, number, right)
    ):
        return read_mentions(right, spoken.text, context), right[-1].end
    if own is None and _names(left) and right and (state := right[0].of_kind("action")) and state.value == "in_force":
        left = [mention for mention in left if not mention.of_kind("action")] + right[:1]
    if own is None and _names(left) and (noun := _noun_behind(left, right, number)):
        return _verb_and_noun(left, noun, spoken, context), noun.end
    if own is None and not any(mention.of_kind(*NAMING, "foreign", "detail", "change") for mention in left):
        left = _words_of_piece_before(spoken, window, bounds)
    return read_mentions(left, spoken.text, context), number.end


def _follow_topics(mentions: Sequence[Mention], context: Context) -> Context:
    """法院 makes the passage one about lawsuits, 申请人 one about requests."""
    for mention in mentions:
        topic = mention.of_kind("topic")
        if topic and topic.value == "litigation":
            known = context.challenge and context.challenge[0].startswith("litigation")
            challenge = context.challenge if known else ("litigation",)
            context = replace(context, subject=challenge[-1], challenge=challenge)
        elif topic:
            context = replace(context, subject=topic.value)
    return context


def _own_words(mentions: list[Mention], text: str) -> list[Mention]:
    """The words behind a number up to where another thing, or another statement about it, begins."""
    cuts = tuple(load_rules(CLAIMS_FILE)["beside"]["cut"])
    if mentions and (noun := mentions[0].of_kind("subject")) and noun.value == REQUESTS:
        mentions = mentions[:1] + [m for m in mentions[1:] if not any(term.needs for term in m.terms)]
    for position, mention in enumerate(mentions[1:], 1):
        before = mentions[position - 1]
        gap = text[before.end : mention.start]
        if before.of_kind(*NAMING) and (mention.of_kind("foreign") or any(cut in gap for cut in cuts)):
            return mentions[:position]
    return mentions


def _verb_and_noun(left: list[Mention], noun: Mention, spoken: Spoken, context: Context) -> Reading:
    """收到8件申请: the verb before and the noun behind the number."""
    if noun.of_kind("foreign"):
        return read_mentions([*left, noun], spoken.text, context)
    return read_mentions([noun, *left], spoken.text, context)


def _names(mentions: Sequence[Mention]) -> bool:
    return any(mention.of_kind(*NAMING) for mention in mentions)


def _only_rest(mentions: Sequence[Mention]) -> bool:
    """True where nothing is named, or only 其余, which the words behind the number then explain."""
    return not any(
        mention.of_kind(*NAMING, "foreign", "detail", "change") and not mention.of_kind("rest") for mention in mentions
    )


def _is_foreign_first(mentions: Sequence[Mention]) -> bool:
    first = next(mention for mention in mentions if mention.of_kind(*NAMING, "foreign", "detail"))
    return first.of_kind(*NAMING) is None


def _says_all(text: str, number: Number, right: Sequence[Mention]) -> bool:
    """这7件都是自然人: the words behind are a statement about the things counted."""
    gap = text[number.end : right[0].start] if right else ""
    return any(word in gap for word in ("均", "都", "全部")) and right[0].of_kind("column", "result") is not None


def _noun_behind(left: Sequence[Mention], right: Sequence[Mention], number: Number) -> Mention | None:
    """The noun right behind the number, where only a verb stands before it."""
    if any(mention.of_kind("subject", "foreign", "column", "detail") for mention in left) or not right:
        return None
    noun = right[0]
    return noun if noun.of_kind("subject", "foreign") and noun.start - number.end <= NOUN_REACH else None


def _settle(mentions: list[Mention], spoken: Spoken, window: Window, bounds: Sequence[Bound]) -> list[Mention]:
    """A bare 结转 becomes last year's or next year's."""
    settled = []
    for mention in mentions:
        term = mention.of_kind("row")
        if term and term.value == "carry":
            direction = carry_direction(spoken.text, window.piece[0], window.right, spoken.year)
            if term.weak and not direction:
                continue
            value = {-1: "carried_in", 1: "carried_out"}.get(direction) or _carry_by_place(bounds)
            mention = replace(mention, terms=(Term("row", value, weak=not direction),))
        elif term and _is_all_due(term, mention, bounds, spoken.text):
            mention = replace(mention, terms=(Term("row", "carried"),))
        settled.append(mention)
    last = settled[-1].of_kind("row") if settled else None
    between = spoken.text[settled[-1].end : window.number.start] if settled else ""
    if last and last.value == "carried_in" and any(word in between for word in ("共", "合计", "总计")):
        return [replace(settled[-1], terms=(Term("row", "carried"),))]
    return settled


def _is_all_due(term: Term, mention: Mention, bounds: Sequence[Bound], text: str) -> bool:
    """加上结转的5件，共办理169件: what is dealt with is what came in and what was left over."""
    if term.value != "handled" or not text[mention.start : mention.end].endswith(("办理", "处理")) or not bounds:
        return False
    last = bounds[-1]
    added = re.search(r"加|连同", text[: last.number.start]) or text[: mention.start].endswith(("合计", "共计", "总计"))
    return last.fields == ("requests.carried_in.total",) and bool(added)


def _carry_by_place(bounds: Sequence[Bound]) -> str:
    """Right behind 收到 a 结转 came in; behind 办结 and the outcomes it goes out."""
    last = next((bound.fields for bound in reversed(bounds) if bound.fields), ())
    return "carried_in" if last[:1] == ("requests.received.total",) else "carried_out"


def _words_of_piece_before(spoken: Spoken, window: Window, bounds: Sequence[Bound]) -> list[Mention]:
    """以自然人为主，共454件: the words of the piece before, where that holds no number."""
    words = spoken.text[window.piece[0] : window.number.start]
    if spoken.text[: window.piece[0]].endswith("）") and len(words) <= 2:
        opening = spoken.text.rfind("（", 0, window.piece[0])
        start = next((piece[0] for piece in split_pieces(spoken.text) if piece[1] == opening), opening)
        return beside(spoken.text, mentions_between(spoken.mentions, start, opening), window.number)
    if window.left != window.piece[0] or not _is_only(words, load_rules(CLAIMS_FILE)["join"]["same"]):
        return []
    before = [piece for piece in split_pieces(spoken.text) if piece[1] < window.piece[0]]
    if not before or any(bound.number.end > before[-1][0] for bound in bounds):
        return []
    start, end = before[-1]
    share = spoken.text.find("占", start, end)
    said = mentions_between(spoken.mentions, start, share if share >= 0 else end)
    return [mention for mention in said if share >= 0 or not any(term.near for term in mention.terms)]


def _is_only(words: str, known: Sequence[str]) -> bool:
    return words in known


def _bind_count(spoken: Spoken, window: Window, reading: Reading, bounds: Sequence[Bound]) -> Bound:
    """The reading, kept where unit, year and scope allow it."""
    number, fields = window.number, reading.fields
    total = () if fields else read_sum(spoken.text, window, [(bound.number, bound.fields) for bound in bounds])
    fields = fields or total or _of_share(spoken, window, bounds)
    money = number.unit in _rules()["money"]
    if money != (fields == FEE_FIELDS) or not (money or _can_count(number, spoken, window)):
        return Bound(number, (), False)
    offset = year_offset(spoken.text, spoken.mentions, number.start, window.piece[0], spoken.year)
    vague_fee = fields == FEE_FIELDS and number.unit == "元" and not reading.certain
    if _is_unrelated(spoken, window) or vague_fee or (number.value % 1 and not money) or _is_each(spoken, window):
        return Bound(number, (), False)
    if offset and not (fields and _CARRIED.get(offset, "-") in fields[0]):
        return Bound(number, (), False)
    scoped = any(mention.of_kind("scope") for mention in mentions_between(spoken.mentions, 0, window.right))
    certain = (reading.certain or bool(total)) and number.unit in ("", *_rules()["cell_units"], *_rules()["money"])
    certain = certain and not _speaks_of_part(spoken, bounds)
    return Bound(number, fields, certain, reading.loose, scoped)


def _is_each(spoken: Spoken, window: Window) -> bool:
    """行政复议和行政诉讼各1件: the number stands for each of them, not for their sum."""
    return spoken.text[window.left : window.number.start].endswith("各")


def _speaks_of_part(spoken: Spoken, bounds: Sequence[Bound]) -> bool:
    """从征收类的14件看，公开5件: what follows is about a part that no cell shows."""
    pattern = load_rules(CLAIMS_FILE)["beside"]["subset"]
    return any(
        re.search(pattern, spoken.text[start:end]) is not None and not (bound.fields and bound.certain)
        for start, end in split_pieces(spoken.text)
        for bound in bounds
        if start <= bound.number.start < end
    )


def _is_unrelated(spoken: Spoken, window: Window) -> bool:
    """True where the piece of the number, or the one behind, says that it belongs to something else."""
    start, end = window.piece
    following = next((piece for piece in split_pieces(spoken.text) if piece[0] > end), (end, end))
    words = spoken.text[start:end] + spoken.text[following[0] : following[1]]
    return any(word in words for word in load_rules(CLAIMS_FILE)["beside"]["unrelated"])


def _of_share(spoken: Spoken, window: Window, bounds: Sequence[Bound]) -> Fields:
    """公民个人占86.4%，计815件: the part of the percentage right before."""
    words = spoken.text[window.left : window.number.start]
    share = bounds[-1].share_of if bounds else None
    return share[0] if share and _is_only(words, load_rules(CLAIMS_FILE)["join"]["same"]) else ()


def _can_count(number: Number, spoken: Spoken, window: Window) -> bool:
    """True where things with that unit can be in a cell."""
    if number.unit in _rules()["cell_units"]:
        return True
    before = mentions_between(spoken.mentions, window.left, number.start)
    if number.unit in _rules()["applicant_units"]:
        return any(mention.of_kind("column") for mention in before)
    named = any(mention.of_kind("row", "column", "result", "action") for mention in before)
    ends = spoken.text[number.end : number.end + 1] in tuple("，。；、）：") or number.end == len(spoken.text)
    return named and ends and number.unit in _rules()["loose_units"]


def _bind_share(spoken: Spoken, window: Window, context: Context, bounds: Sequence[Bound]) -> tuple[Bound, Context]:
    left = beside(spoken.text, mentions_between(spoken.mentions, window.left, window.number.start), window.number)
    counted = [(bound.number, bound.fields) for bound in bounds]
    share = read_share(spoken.text, window, _settle(left, spoken, window, bounds), context, counted)
    after = replace(context, subject=REQUESTS) if share and context.subject == FOREIGN else context
    return Bound(window.number, (), share is not None, share_of=share), after
