"""The claims of a sentence: every counting number, with the cells it speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.narrative.before import names_such, words_before, words_of_changed
from extract.narrative.binding import NAMING, NO_OUTCOMES, PARENTS, Context, Reading, read_mentions
from extract.narrative.clauses import clause_pattern
from extract.narrative.counting import bind_count, bind_share
from extract.narrative.groups import LAPSED
from extract.narrative.guesses import guess_fields
from extract.narrative.lexicon import Mention, Term
from extract.narrative.lists import find_all_lists
from extract.narrative.missing import find_missing_numbers
from extract.narrative.numbers import CLAIMS_FILE, Number
from extract.narrative.settling import is_left_over, settle_carry
from extract.narrative.spoken import Bound, Spoken, follow_topics, is_understood
from extract.narrative.tallies import read_tally
from extract.narrative.targets import CHALLENGES, DECISIONS, DOCUMENTS, REQUESTS, request_fields
from extract.narrative.windows import (
    Window,
    beside,
    find_windows,
    is_whole_of_next,
    mentions_between,
    split_pieces,
)
from extract.quick import replace
from extract.rules import load_rules, rule_patterns

_beside = rule_patterns(CLAIMS_FILE, "beside")
RIGHT_REACH = 34  # characters behind a number in which the words may stand that say what it counts
_PAIR = 2
NOUN_REACH = 12  # characters between a number and the noun it counts, where a verb stands before the number


_TELLING = ("natural_person", "legal_service", "research", "granted", "partially_granted", "denied", "unavailable",
            "not_processed", "carried_in", "carried_out", "carried")  # fmt: skip
_NONE = ("没有", "未", "无", "没")
_OF_DOCUMENTS = {"issued", "repealed", "in_force"}
_STOCKS = ("received", "handled", "carry", "carried_in", "carried_out")


def read_numbers(spoken: Spoken, context: Context) -> tuple[tuple[Bound, ...], Context]:
    """The bound numbers of a sentence, and the context behind it."""
    numbers = spoken.numbers
    context = imply_requests(spoken, numbers, context)
    implied = _implies_documents(spoken, context)
    if implied:
        context = replace(context, subject=DOCUMENTS[0], documents=DOCUMENTS[:1])
    if not numbers:
        return (), _advance(spoken, context, 0, len(spoken.text))
    windows = find_windows(spoken.text, numbers, spoken.mentions)
    lists = find_all_lists(spoken.text, spoken.mentions, windows)
    lost = [end for _, end in find_missing_numbers(spoken.text, spoken.text)] if spoken.lacks else []
    bounds: list[Bound] = []
    used = 0
    before_bracket = context
    for position, window in enumerate(windows):
        context, before_bracket = _follow_brackets(spoken.text, bounds, window, context, before_bracket)
        context = _advance(spoken, context, used, window.left)
        if bounds and is_whole_of_next(spoken.text, bounds[-1].number):
            context = replace(context, groups=0)  # 直接起诉4件；复议后起诉的4件中2件维持: of the kind named last
        if window.number.unit in load_rules(CLAIMS_FILE)["numbers"]["percent"]:
            bound, context = bind_share(spoken, window, context, bounds)
        else:
            own = lists.get(position)
            used = max([used, *(end for end in lost if end <= window.number.start)])  # 商业企业件、科研单位2件
            reading, used = _read_window(spoken, _replace_left(window, used), context, bounds, own)
            if window.number.unit in load_rules(CLAIMS_FILE)["numbers"]["no_form_units"]:
                used = window.number.end  # 两所大学的课题组提交申请4件: the words behind are those of the next number
            behind = max(used, window.right) if used > window.number.end else used
            implied = implied and reading.context.subject == DOCUMENTS[0]
            if implied:
                reading = replace(reading, certain=False)
            if reading.certain and not is_understood(spoken, window.number.end, behind):
                reading = replace(reading, certain=False)
            if own is not None:
                reading = replace(reading, listed=True)
            bound = bind_count(spoken, window, reading, bounds)
            if own is None:
                bound = _bind_known(spoken, window, replace(reading, context=context), bounds, bound)
            if not bound.fields:
                bound = replace(bound, guess=guess_fields(spoken, window, reading, context))
            context = reading.context
        bounds.append(bound)
        used = max(used, window.number.end)
    return tuple(bounds), _advance(spoken, context, used, len(spoken.text))


def _follow_brackets(
    text: str, bounds: Sequence[Bound], window: Window, context: Context, kept: Context
) -> tuple[Context, Context]:
    """(the context of the number, that before the last bracket): what a bracket names is no row of what follows it."""
    gap = text[bounds[-1].number.end if bounds else 0 : window.number.start]
    if bounds and "）" in gap and "（" not in gap[: gap.find("）")]:
        context = replace(context, rows=kept.rows, action=kept.action)
    return context, context if gap.rfind("（") > gap.rfind("）") else kept


def _bind_known(spoken: Spoken, window: Window, reading: Reading, bounds: Sequence[Bound], bound: Bound) -> Bound:
    """The number with the cells that a clause of known words names, where nothing speaks against them."""
    rules = load_rules(CLAIMS_FILE)["numbers"]
    if window.number.unit not in (*rules["cell_units"], *rules["money"]):
        return bound
    tally = read_tally(spoken, window, reading.context)
    if tally is None or (bound.certain and bound.fields != tally.fields):
        return bound
    named = mentions_between(spoken.mentions, min(tally.at, window.piece[0]), window.piece[1])
    if not bound.certain and _follows_reason(named, spoken.text, bounds):
        return bound
    sure = replace(reading, fields=tally.fields, certain=True, loose=False, at=tally.at)
    known = bound if bound.certain else bind_count(spoken, window, sure, bounds)
    return replace(known, strange=tally.strange, strict=not bound.certain) if known.certain else bound


def imply_requests(spoken: Spoken, numbers: Sequence[Number], context: Context) -> Context:
    """Applicant kinds and outcomes in one sentence speak of requests, even where the word does not fall."""
    if context.subject == REQUESTS or len(numbers) < _PAIR:
        return context
    behind = [piece for piece in split_pieces(spoken.text) if piece[0] > numbers[-1].end] if numbers else []
    counted = behind[0][0] if behind else len(spoken.text)  # 收件9件，办结9件，复议诉讼均无: the pieces with numbers
    if any((term := m.of_kind("subject")) and not term.weak and m.start < counted for m in spoken.mentions):
        return context
    values = {term.value for m in spoken.mentions if (term := m.of_kind("row", "column")) and not term.weak}
    telling = {value for value in values if value in _TELLING or "." in value}
    dealt = max((m.start for m in spoken.mentions if (term := m.of_kind("row")) and term.value == "handled"), default=0)
    telling -= {
        term.value
        for m in spoken.mentions
        if (term := m.of_kind("row")) and "." in term.value
        if term.needs or m.start < dealt  # 信访事项58件，办结57件: so many of other things
    }
    stocks = not values - set(_STOCKS) and not any(m.of_kind("foreign") for m in spoken.mentions)
    if len(values) >= _PAIR and (telling or (stocks and len(values) > _PAIR)):
        return replace(context, subject=REQUESTS)
    return context


def _implies_documents(spoken: Spoken, context: Context) -> bool:
    """宣布失效4件，新发1件，保留12件: what becomes of documents in one sentence, where no other noun falls."""
    if context.subject in DOCUMENTS or len(spoken.numbers) < _PAIR:
        return False
    if any(mention.of_kind("subject", "row", "column", "result") for mention in spoken.mentions):
        return False
    return {term.value for m in spoken.mentions if (term := m.of_kind("action"))} >= _OF_DOCUMENTS


def lists_decisions(mentions: Sequence[Mention]) -> bool:
    """许可、处罚、强制决定数依次是…: kinds of decisions beside one another are those of the form."""
    kinds = {term.value for mention in mentions if (term := mention.of_kind("subject"))} & set(DECISIONS)
    return len(kinds) >= _PAIR and not any(mention.of_kind("foreign") for mention in mentions)


def _replace_left(window: Window, used: int) -> Window:
    """The window without the words that the number before has taken."""
    return replace(window, left=used) if window.left < used <= window.number.start else window


def _advance(spoken: Spoken, context: Context, start: int, end: int) -> Context:
    """The context after words that stand before the window of any number: a new subject or topic sets it."""
    challenges: list[Mention] = []  # 行政复议、诉讼中: of all that are joined
    for mention in mentions_between(spoken.mentions, start, end):
        if mention.of_kind("topic"):
            rows = context.rows if context.rows == ("handled",) else ("received",)
            context = replace(follow_topics([mention], context), rows=rows, level="")
        elif (noun := mention.of_kind("subject")) and not _is_what_for(spoken.text, mention, noun, context):
            challenges += [mention] if noun.value in CHALLENGES else []
            after = read_mentions(challenges if mention in challenges else [mention], spoken.text, context).context
            kept = context.rows == ("handled",) and after.subject == context.subject == REQUESTS
            context = replace(after, rows=context.rows) if kept else after
    return context


def _is_what_for(text: str, mention: Mention, noun: Term, context: Context) -> bool:
    """收到申请14件，内容集中在规划许可和补贴，其中…: a kind of decision that requests are about."""
    asked = context.subject == REQUESTS and noun.value in (*DECISIONS, *DOCUMENTS)
    return asked and clause_pattern("what_for").search(text, 0, mention.start) is not None


def _read_window(
    spoken: Spoken, window: Window, context: Context, bounds: Sequence[Bound], own: Sequence[Mention] | None
) -> tuple[Reading, int]:
    """What the number counts, and how far behind it words were used for that. `own`: the words that a list gives it."""
    number = window.number
    before, right = mentions_between(spoken.mentions, window.left, number.start), _words_behind(spoken, window)
    context = follow_topics(before, context)
    left = list(own) if own is not None else beside(spoken.text, before, number)
    if own is None and _beside("one_of").search(spoken.text[window.left : number.start]):
        left, context = [], read_mentions(left, spoken.text, context).context  # 申请中有1件由企业提出
    context = follow_topics(right, context) if not _names(left) else context
    if own is None and _only_rest(left) and is_left_over(spoken, number, context):
        return Reading(request_fields(("carried_out",), ()), True, False, context), number.end
    if changed := words_of_changed(spoken, window, bounds):
        return _read_elsewhere(changed, spoken, context), number.end
    left = settle_carry(left, spoken, window, bounds)
    if own is not None:
        return _read_elsewhere(left, spoken, context), number.end
    right = _own_words(settle_carry(right, spoken, window, bounds), spoken.text)
    if right and _beside("denied").search(spoken.text[number.end : right[0].start]):
        right = []  # 部分公开的2件没有引发复议
    if behind := _read_behind(spoken, number, left, right, context):
        return behind
    left = _with_state(left, right)
    if joined := _read_both(spoken, number, left, right, context):
        return joined
    return _read_before(spoken, window, left, context, bounds), number.end


def _words_behind(spoken: Spoken, window: Window) -> list[Mention]:
    """The mentions right of the number that may be its own; none where some of what it counts follow (12件中)."""
    number = window.number
    reach = min(window.right, number.end + RIGHT_REACH)
    of_some = is_whole_of_next(spoken.text, number)
    right = [] if of_some else beside(spoken.text, mentions_between(spoken.mentions, number.end, reach), number)
    return _leave_to_next(spoken, number, right)


def _read_behind(
    spoken: Spoken, number: Number, left: list[Mention], right: list[Mention], context: Context
) -> tuple[Reading, int] | None:
    """What the words behind the number name, where those before it name nothing, or but the rest."""
    if (
        not _only_rest(left)
        or not _names(right)
        or _is_foreign_first(right)
        or (not _names(left) and _says_all(spoken.text, number, right))
        or _begins_reason(spoken.text, number, right)
    ):
        return None
    reading = read_mentions(right, spoken.text, context)
    several = _names_several(spoken.text, right)
    return (replace(reading, fields=(), certain=False) if several else reading), right[-1].end


def _with_state(left: list[Mention], right: list[Mention]) -> list[Mention]:
    """规范性文件6件有效: the words before the number, with the state that stands behind it for what they do."""
    if not _names(left) or not right or (state := right[0].of_kind("action")) is None or state.value != "in_force":
        return left
    return [*(mention for mention in left if not mention.of_kind("action")), right[0]]


def _read_both(
    spoken: Spoken, number: Number, left: list[Mention], right: list[Mention], context: Context
) -> tuple[Reading, int] | None:
    """What the words before the number name with an outcome or a noun behind it."""
    if not _names(left):
        return None
    if outcome := _became(left, right, spoken, number):
        return read_mentions([*left, outcome], spoken.text, context), outcome.end
    if noun := _noun_behind(left, right, number):
        return _verb_and_noun(left, noun, spoken, context), noun.end
    return None


def _read_before(
    spoken: Spoken, window: Window, left: list[Mention], context: Context, bounds: Sequence[Bound]
) -> Reading:
    """What the words before the number name; where they name nothing, those of a piece before."""
    if names_such(spoken.text, window) or not any(m.of_kind(*NAMING, "foreign", "detail", "change") for m in left):
        named = words_before(spoken, window, bounds)
        reading, unknown = _read_elsewhere(named, spoken, context), _follows_reason(named, spoken.text, bounds)
    else:
        reason = _reason_before(left, spoken, window, bounds)
        reading = read_mentions([*reason, *left], spoken.text, context)
        unknown = not reason and _follows_reason(left, spoken.text, bounds)
    return replace(reading, certain=False) if unknown else reading


def _leave_to_next(spoken: Spoken, number: Number, right: list[Mention]) -> list[Mention]:
    """52件在审0件: what stands right before the next number is its own; 9件占办结14件的64.3%: what follows 占, too."""
    if not right or spoken.text.startswith("占", number.end):
        return []
    starts = {other.start for other in spoken.numbers}
    if _leads_results(spoken, number):
        return right[:1]
    return [mention for mention in right if mention.end not in starts]


def _read_elsewhere(named: Sequence[Mention], spoken: Spoken, context: Context) -> Reading:
    """What mentions name that stand in another piece of the sentence than their number."""
    reading = read_mentions(named, spoken.text, context)
    return replace(reading, at=min((mention.start for mention in named), default=-1))


def _reason_before(left: Sequence[Mention], spoken: Spoken, window: Window, bounds: Sequence[Bound]) -> list[Mention]:
    """因没有现成信息需要另行制作，无法提供43件: the reason that stands in the pieces before the outcome."""
    rows = [term.value for mention in left if (term := mention.of_kind("row"))]
    parents = [row for row in rows if row in PARENTS]
    if not parents or any("." in row for row in rows):
        return []
    start = max([bound.number.end for bound in bounds], default=0)
    start = max(start, *(spoken.text.rfind(mark, 0, window.left) + 1 for mark in "；。："))
    before = mentions_between(spoken.mentions, start, window.left)
    kinds = (f"{parents[-1]}.", *(LAPSED if parents[-1] == "not_processed" else ()))
    return [m for m in before if (term := m.of_kind("row")) and term.value.startswith(kinds)]


def _follows_reason(left: Sequence[Mention], text: str, bounds: Sequence[Bound]) -> bool:
    """资料由邻县保管，因而无法提供的3件: a reason before the outcome, which tells that a part of it is counted."""
    outcomes = [m for m in left if (term := m.of_kind("row")) and term.value in PARENTS]
    if not outcomes:
        return False
    before = text[max([bound.number.end for bound in bounds], default=0) : outcomes[0].start]
    return _beside("therefore").search(re.split("[；。]", before)[-1]) is not None


def _names_several(text: str, right: Sequence[Mention]) -> bool:
    """其余5件作部分公开或其他处理: one or another of them, or others still."""
    between = (text[one.end : other.start] for one, other in pairwise(right))
    return any("或" in gap or "、" in gap for gap in between) or text[right[-1].end :].startswith("等")


def _begins_reason(text: str, number: Number, right: Sequence[Mention]) -> bool:
    """另有29件因收到较晚: the reason says nothing of what is counted, unless it is that of an outcome."""
    first = next(mention for mention in right if not mention.of_kind("topic", "filler"))
    row = first.of_kind("row")
    outcome = row is not None and row.value not in NO_OUTCOMES
    gap = text[number.end : first.start]
    return not outcome and any(word in gap for word in load_rules(CLAIMS_FILE)["beside"]["cause"])


def _own_words(mentions: list[Mention], text: str) -> list[Mention]:
    """The words behind a number up to where another thing, or another statement about it, begins."""
    cuts = tuple(load_rules(CLAIMS_FILE)["beside"]["cut"])
    if mentions and (noun := mentions[0].of_kind("subject")) and noun.value == REQUESTS:
        done = mentions[1:2] if _is_done(mentions, text) else []
        mentions = [*mentions[:1], *done, *(m for m in mentions[1:] if not any(term.needs for term in m.terms))]
    for position, mention in enumerate(mentions[1:], 1):
        before = mentions[position - 1]
        gap = text[before.end : mention.start]
        within = mention.of_kind("result") and text[: before.start].endswith(("在", "于"))  # 答复在行政复议中被纠正
        if before.of_kind(*NAMING) and (mention.of_kind("foreign") or any(cut in gap for cut in cuts)) and not within:
            return mentions[:position]
        if mention.of_kind("result") and gap.endswith(_NONE):
            return mentions[:position]  # 5件复议后起诉案件没有败诉
    return mentions


def _is_done(mentions: Sequence[Mention], text: str) -> bool:
    """828件申请办理完毕, 828件申请作出了答复: what became of those that are counted ends the piece."""
    if len(mentions) < _PAIR or not any(term.needs for term in mentions[1].terms):
        return False
    gap, behind = text[mentions[0].end : mentions[1].start], text[mentions[1].end : mentions[1].end + 1]
    rules = load_rules(CLAIMS_FILE)["beside"]
    done = gap in rules["become"] or re.fullmatch(rules["dealt"], gap) is not None
    return done and behind in ("", *"，。；、）")


def _became(left: Sequence[Mention], right: Sequence[Mention], spoken: Spoken, number: Number) -> Mention | None:
    """政府信息公开申请78件予以公开: the outcome right behind a number before which nothing but its noun stands."""
    text = spoken.text
    bare = all(mention.of_kind("subject") for mention in left if mention.of_kind(*NAMING))
    row = right[0].of_kind("row") if bare and right else None
    result = right[0].of_kind("result") if bare and right else None
    near = load_rules(CLAIMS_FILE)["beside"]["near_result"]
    if (
        result is not None
        and (text[: number.start].endswith(("有", "中", "里")) or _leads_results(spoken, number))
        and text[number.end : right[0].start] in near
    ):
        return right[0]  # 诉讼尚有4件在审; 复议一件维持一件纠正
    outcome = row is not None and not row.near and row.value not in ("received", "carry", "carried")
    near = right and text[number.end : right[0].start] in load_rules(CLAIMS_FILE)["beside"]["become"]
    return right[0] if outcome and near else None


def _leads_results(spoken: Spoken, number: Number) -> bool:
    """一件维持一件纠正: whether the number and others right behind it have their results behind them."""
    ends = {mention.start: mention.end for mention in spoken.mentions if mention.of_kind("result")}
    numbers = {other.start: other.end for other in spoken.numbers}
    place, count = number.end, 0
    while place in ends:
        count, place = count + 1, ends[place]
        listed = place + 1 if spoken.text.startswith(("、", "，"), place) else place
        if listed not in numbers:
            return count >= _PAIR and spoken.text[place : place + 1] in ("", *"，。；、）")
        place = numbers[listed]
    return False


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
    row = right[0].of_kind("row") if right else None
    told = row is not None and row.value == "handled"
    told = told or (bool(right) and right[0].of_kind("column", "result") is not None)
    return told and any(word in gap for word in ("均", "都", "全部"))


def _noun_behind(left: Sequence[Mention], right: Sequence[Mention], number: Number) -> Mention | None:
    """The noun right behind the number, where only a verb stands before it."""
    if any(mention.of_kind("subject", "foreign", "column", "detail") for mention in left) or not right:
        return None
    noun = right[0]
    return noun if noun.of_kind("subject", "foreign") and noun.start - number.end <= NOUN_REACH else None
