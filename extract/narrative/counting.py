"""What a number was read as, kept only where unit, year and scope allow it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from extract.narrative.binding import NO_OUTCOMES, Context, Reading
from extract.narrative.lexicon import Mention
from extract.narrative.numbers import CLAIMS_FILE, Number, word_pattern
from extract.narrative.scopes import (
    came_one_way,
    is_before_change,
    is_difference,
    is_no_fact,
    is_other_matter,
    is_other_period,
    is_part_of_agency,
    may_be_other_challenge,
    names_scope,
)
from extract.narrative.settling import settle_carry
from extract.narrative.shares import read_share
from extract.narrative.spoken import Bound, Spoken, is_understood
from extract.narrative.sums import read_sum
from extract.narrative.targets import (
    CHALLENGES,
    DECISIONS,
    DOCUMENTS,
    FEE_FIELDS,
    FOREIGN,
    REQUESTS,
    Fields,
    request_fields,
)
from extract.narrative.windows import Window, beside, is_whole_of_next, mentions_between, split_pieces
from extract.narrative.years import year_offset
from extract.quick import replace
from extract.rules import load_rules, rule_pattern, rule_patterns

_BRACKETED = re.compile("（[^）]*）")
_LOST_POINT = re.compile(r"0\d")  # 0339万元: of 0.339, or of nobody knows what
_LIST_MARK = re.compile(r"(?:^|[，；。：])[\d一二三四五六七八九十]{1,2}）")
_STATEMENT_END = re.compile("[；。]")
_CARRIED_ROWS = ("received", "carried_in", "carried_out")
_CARRIED = {-1: ".carried_in.", 1: ".carried_out."}


_beside_pattern = rule_patterns(CLAIMS_FILE, "beside")


@cache
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = load_rules(CLAIMS_FILE)["numbers"]
    return rules


def bind_count(spoken: Spoken, window: Window, reading: Reading, bounds: Sequence[Bound]) -> Bound:
    """The reading, kept where unit, year and scope allow it."""
    number = window.number
    total = _read_sum(spoken, window, reading, bounds)
    of_share = () if reading.fields or total else _of_share(spoken, window, bounds)
    fields = _settle_cells(spoken, window, total or reading.fields or of_share, bounds)
    if not fields and not reading.certain and not reading.loose and reading.at < 0:
        return Bound(number, (), False)  # of no cell: there is nothing to keep, or to take back
    if _counts_no_cell(spoken, window, reading, fields) or _is_of_others(spoken, window, fields, bounds):
        return Bound(number, (), False)
    scoped = names_scope(mentions_between(spoken.mentions, 0, window.right), spoken.text)
    scoped = scoped and not (fields and fields[0].startswith("disclosure.regulations."))  # no part of it makes any
    narrowed = bool(fields) and _is_elsewhere(spoken.text, number.start, fields)
    certain = reading.certain or (bool(total) and not spoken.noisy) or (bool(of_share) and bounds[-1].certain)
    certain = certain and not narrowed and not _may_be_of_part(spoken, window, reading, fields, bounds)
    certain = certain and _is_plain(spoken, window, fields)
    loose = reading.loose or _holds_old(spoken, number, fields)
    return Bound(number, fields, certain, loose, scoped, at=reading.at, narrowed=narrowed)


def _settle_cells(spoken: Spoken, window: Window, fields: Fields, bounds: Sequence[Bound]) -> Fields:
    """The cells with those that words right beside the number add or leave out (含部分公开, 含上年结转, 其余)."""
    number = window.number
    fields = _with_partly(spoken, number, _of_handled(spoken, window, fields))
    fields = _left_of_parent(spoken, number, _with_old(spoken, number, fields), bounds)
    return _of_outcome(spoken, number, _of_applicants(spoken, number, fields))


def _counts_no_cell(spoken: Spoken, window: Window, reading: Reading, fields: Fields) -> bool:
    """Whether the number, or its unit, is none of the cells', or the words around it say that it is of none."""
    number = window.number
    money, fee = number.unit in _rules()["money"], fields == FEE_FIELDS
    return (
        money != fee
        or not (money or _can_count(number, spoken, window, fields))
        or (fee and number.unit == "元" and not reading.certain)
        or (number.value % 1 != 0 and not money)
        or _LOST_POINT.match(spoken.text, number.start) is not None
        or _follows_stray_bracket(spoken.text, number.start)
        or _may_have_lost(spoken.text, number)
        or _is_unrelated(spoken, window)
        or _is_each(spoken, window, reading)
        or is_before_change(spoken.text, number.start, number.end)
        or is_difference(spoken.text, number.start)
    )


def _is_of_others(spoken: Spoken, window: Window, fields: Fields, bounds: Sequence[Bound]) -> bool:
    """Whether the number counts other things in the words of the form, or those of another year or way of asking."""
    number = window.number
    offset = year_offset(spoken.text, spoken.mentions, number.start, window.piece[0], spoken.year)
    return (
        bool(offset and not (fields and _CARRIED.get(offset, "-") in fields[0]))
        or _is_class_of_documents(spoken, fields)
        or _is_of_sort(spoken, number, fields)
        or _is_denied_of(spoken, window, fields)
        or _is_of_other_years(spoken, number, fields)
        or _is_further(spoken.text, number, fields)
        or _is_of_either(fields, bounds)
        or _is_disputed(spoken, window, fields)
        or _is_of_two_challenges(spoken, window, fields)
        or _was_done_then(spoken, number, fields)
        or _was_done_next(spoken, number, fields)
        or _came_one_way(spoken, window, fields)
        or (_is_share_of_handled(spoken, window, fields, bounds) and fields[0].startswith("requests.received."))
    )


def _may_be_of_part(spoken: Spoken, window: Window, reading: Reading, fields: Fields, bounds: Sequence[Bound]) -> bool:
    """Whether the number may count a part of what the cells do, or more, or something else."""
    number, rules = window.number, _rules()
    return (
        not (number.unit in ("", *rules["cell_units"], *rules["money"]) or _is_deed(number, spoken, fields))
        or _is_share_of_handled(spoken, window, fields, bounds)
        or _is_of_one_kind(spoken.text, number, fields)
        or _is_of_decisions(spoken, number, fields)
        or _is_of_all_due(spoken, number, fields)
        or _speaks_of_part(spoken, number, bounds)
        or _is_of_any_kind(spoken, number, reading)
        or _is_in_narrowed_bracket(spoken, number)
        or _is_old_sort(spoken, number, fields)
        or _may_be_elsewhere(spoken.text, number.start, fields)
    )


def _follows_stray_bracket(text: str, start: int) -> bool:
    """公开含部分公开）的9件: where the bracket opened that closes before the number, and so what it counts, is lost."""
    begin = max(text.rfind(mark, 0, start) for mark in "，；。") + 1
    if "）" not in text[begin:start]:
        return False
    before = _LIST_MARK.sub("", text[:start])
    return before.count("）") > before.count("（")


def _read_sum(spoken: Spoken, window: Window, reading: Reading, bounds: Sequence[Bound]) -> Fields:
    """The cells of the numbers before that the number adds up, where no word, or a loose one, names its own."""
    if reading.fields and not reading.loose:
        return ()
    total = read_sum(spoken.text, window, [(bound.number, bound.fields) for bound in bounds])
    return total if set(reading.fields) < set(total) else ()


def _of_handled(spoken: Spoken, window: Window, fields: Fields) -> Fields:
    """从办结件的申请人看，自然人18件: of the kinds of applicants, those whose requests were dealt with."""
    received = "requests.received."
    if not fields or not fields[0].startswith(received) or fields[0].endswith(".total"):
        return fields
    start = max(spoken.text.rfind(mark, 0, window.number.start) for mark in "；。") + 1
    told = _beside_pattern("of_handled").search(spoken.text[start : window.number.start])
    return tuple(field.replace(received, "requests.handled.") for field in fields) if told else fields


def _of_applicants(spoken: Spoken, number: Number, fields: Fields) -> Fields:
    """企业提出的17件申请中，予以公开8件: the outcomes of those that one kind of applicant asked for."""
    if not fields or fields[0].split(".")[1] in NO_OUTCOMES or not all(field.endswith(".total") for field in fields):
        return fields
    start = max(spoken.text.rfind(mark, 0, number.start) for mark in "；。") + 1
    kinds = [m for m in mentions_between(spoken.mentions, start, number.start) if m.of_kind("column")]
    if not kinds or not _asked_by(spoken.text, kinds[-1], number.start):
        return fields
    if spoken.text[: kinds[-1].start].endswith(("、", "和", "及", "与")):
        return ()
    columns = request_fields(("received",), (term.value,)) if (term := kinds[-1].of_kind("column")) else ()
    return tuple(field.replace(".total", f".{column.rpartition('.')[2]}") for field in fields for column in columns)


def _asked_by(text: str, kind: Mention, end: int) -> bool:
    """Whether the words behind the kind of applicant say that what follows is of its requests."""
    if any(_beside_pattern(name).match(text, kind.end, end) for name in ("of_applicants", "asked_by")):
        return True
    answered = text[: kind.start].endswith(("对", "对于", "针对"))
    return answered and _beside_pattern("answered").match(text, kind.end, end) is not None


def _of_outcome(spoken: Spoken, number: Number, fields: Fields) -> Fields:
    """不予公开的申请中，企业提出的有5件: of the kinds of applicants, those that met with the outcome."""
    received = "requests.received."
    if len(fields) != 1 or not fields[0].startswith(received) or fields[0].endswith(".total"):
        return fields
    start = max(spoken.text.rfind(mark, 0, number.start) for mark in "；。") + 1
    pattern = _beside_pattern("of_outcome")
    rows = [
        term.value
        for m in mentions_between(spoken.mentions, start, number.start)
        if (term := m.of_kind("row")) and term.value not in ("received", "carry")
        if pattern.match(spoken.text, m.end, number.start)
    ]
    # 在予以公开的答复中: those that were opened
    return request_fields(tuple(rows[:1]), (fields[0].removeprefix(received),)) if rows else fields


def _with_old(spoken: Spoken, number: Number, fields: Fields) -> Fields:
    """在办81件（含上年移交6件）: all that was due, not what is left of it.

    共办理81件，含上年结转6件: what was dealt with, not only of what came in.
    """
    if fields == request_fields(("carried_out",), ()):
        old = _beside_pattern("with_old").match(spoken.text, number.end)
        return request_fields(("carried",), ()) if old else fields
    if fields != request_fields(("received",), ()) or not _beside_pattern("then_old").match(spoken.text, number.end):
        return fields
    dealt = _beside_pattern("dealt_before").search(spoken.text[: number.start])
    return request_fields(("handled",), ()) if dealt else request_fields(("carried",), ())


def _holds_old(spoken: Spoken, number: Number, fields: Fields) -> bool:
    """依申请公开办理42件，含上年结转2件: whether it may be all that was due as well as what was dealt with."""
    handled = fields == request_fields(("handled",), ())
    return handled and _beside_pattern("then_old").match(spoken.text, number.end) is not None


def _left_of_parent(spoken: Spoken, number: Number, fields: Fields, bounds: Sequence[Bound]) -> Fields:
    """逾期不补正的8件，其余以其他方式处理的3件: of the reasons of one outcome those that were not counted before."""
    if len(fields) < 2 or not _beside_pattern("rest_of_parent").search(spoken.text[: number.start]):
        return fields
    counted = {field for bound in bounds for field in bound.fields}
    return tuple(field for field in fields if field not in counted) or fields


def _with_partly(spoken: Spoken, number: Number, fields: Fields) -> Fields:
    """公开47件（含部分公开20件）, 公开（含部分公开）47件: those that were granted in part are among them."""
    if len(fields) != 1 or not fields[0].startswith(("requests.granted.", "requests.partially_granted.")):
        return fields
    own = fields[0].replace("partially_granted", "granted")
    told = _beside_pattern("with_partly").match(spoken.text[number.end :]) if own == fields[0] else None
    if not told and not _beside_pattern("with_partly_before").search(spoken.text[: number.start]):
        return fields
    return (own, own.replace("granted", "partially_granted"))


def _is_of_other_years(spoken: Spoken, number: Number, fields: Fields) -> bool:
    """现行有效 is a stock, which several years have made."""
    stock = bool(fields) and fields[0].endswith(".in_force")
    if stock and not rule_pattern(CLAIMS_FILE, "elsewhere", "earlier_day").search(spoken.text[: number.start]):
        return False
    return is_other_period(spoken.text, number.start, spoken.year)


def _is_elsewhere(text: str, start: int, fields: Fields) -> bool:
    """Whether the words say that the number is of a part of the agency, or of another matter."""
    return is_part_of_agency(text, start) or is_other_matter(text, start, fields, told=True)


def _may_be_elsewhere(text: str, start: int, fields: Fields) -> bool:
    return is_no_fact(text, start) or may_be_other_challenge(text, start, fields)


def _is_further(text: str, number: Number, fields: Fields) -> bool:
    """另有25件校友查阅档案的申请, 57件，由各地自行报告: some more, or some of them; never all that came in."""
    if fields != ("requests.received.total",):
        return False
    elsewhere = _beside_pattern("told_elsewhere").match(text[number.end :])
    return elsewhere is not None or _beside_pattern("left_over").search(text[: number.start]) is not None


def _is_of_either(fields: Fields, bounds: Sequence[Bound]) -> bool:
    """新收49件、结转上年6件，其中公民43件: the kinds of applicants of both, or of the first."""
    kind = bool(fields) and fields[0].startswith("requests.carried_") and not fields[0].endswith(".total")
    return kind and any(bound.fields == request_fields(("received",), ()) for bound in bounds)


def _is_disputed(spoken: Spoken, window: Window, fields: Fields) -> bool:
    """信息公开答复被纠错1件, 受理以本局为被申请人的案件2件, 复议有一件跨年: challenges, in the words of requests."""
    row = fields[0].split(".")[1] if fields and fields[0].startswith("requests.") else ""
    if row in ("carried_in", "carried_out"):
        named = mentions_between(spoken.mentions, window.piece[0], window.number.start)
        subjects = [term.value for mention in named if (term := mention.of_kind("subject"))]
        return bool(subjects) and subjects[-1] in CHALLENGES
    stock = row in ("received", "handled")
    return stock and bool(_beside_pattern("disputed").search(spoken.text, window.left, window.number.start))


def _is_of_two_challenges(spoken: Spoken, window: Window, fields: Fields) -> bool:
    """对复议决定未起诉的有2件: reconsiderations of which the words behind say whether a lawsuit followed."""
    denied = _beside_pattern("not_so").search(spoken.text, window.left, window.number.start)
    if denied and fields and fields[0].startswith("challenges.") and fields[0].endswith(".total"):
        return True  # 复议未纠正的9件
    if not fields or not all(field.startswith("challenges.reconsideration.") for field in fields):
        return False
    before = mentions_between(spoken.mentions, window.left, window.number.start)
    named = [
        term.value for m in before if (term := m.of_kind("subject", "topic")) and (*CHALLENGES, "").count(term.value)
    ]
    return "reconsideration" in named and named[-1].startswith("litigation")


def _was_done_then(spoken: Spoken, number: Number, fields: Fields) -> bool:
    """5件为年底新收, 其中5件为与其他厅局联合印发: some of what came in, or of what was issued."""
    stock = bool(fields) and (fields[0].startswith("requests.received.") or fields[0].endswith(".issued"))
    return stock and _beside_pattern("done_then").match(spoken.text, number.end) is not None


def _was_done_next(spoken: Spoken, number: Number, fields: Fields) -> bool:
    """3件已于次年1月办结: after the year's end, so that no outcome of the year counts them."""
    if not fields or not fields[0].startswith("requests.") or fields[0].split(".")[1] in _CARRIED_ROWS:
        return False
    told = _beside_pattern("done_next").match(spoken.text, number.end)
    return told is not None and (told["year"] is None or (spoken.year is not None and int(told["year"]) > spoken.year))


def _may_have_lost(text: str, number: Number) -> bool:
    """自然人西十二件: the character before a number in Chinese numerals looks like one, and may be its first."""
    rules = _rules()
    return (
        number.start > 0 and text[number.start] in rules["han_digits"] and text[number.start - 1] in rules["han_alike"]
    )


def _is_class_of_documents(spoken: Spoken, fields: Fields) -> bool:
    """印发公文12件，其中主动公开6件、不予公开1件: the classes of documents bear the names of outcomes."""
    if not fields or not fields[0].startswith("requests."):
        return False
    return _beside_pattern("classed").search(spoken.text) is not None


def _is_of_sort(spoken: Spoken, number: Number, fields: Fields) -> bool:
    """商品房类申请中，自然人提出3件: of what requests of one matter were."""
    if not fields or not fields[0].startswith("requests.received."):
        return False
    start = max(spoken.text.rfind(mark, 0, number.start) for mark in "；。") + 1
    return _beside_pattern("of_sort").search(spoken.text, start, number.start) is not None


def _is_denied_of(spoken: Spoken, window: Window, fields: Fields) -> bool:
    """未采取行政强制措施的86件: cases without such a decision."""
    decided = bool(fields) and fields[0].endswith(".decisions")
    return decided and _beside_pattern("denied_of").search(spoken.text, window.left, window.number.start) is not None


def _is_plain(spoken: Spoken, window: Window, fields: Fields) -> bool:
    """Whether no damaged word can have changed what the number counts: in its own words, or in those of its subject."""
    own = mentions_between(spoken.mentions, window.left, window.right)
    named = any(mention.of_kind("subject") for mention in own)
    by_context = bool(fields) and fields[0].startswith("challenges.") and not named
    start = 0 if by_context else window.left
    return is_understood(spoken, start, window.number.start) and not any(
        _may_be_torn(spoken, mention) for mention in own if mention.end <= window.number.start
    )


def _may_be_torn(spoken: Spoken, mention: Mention) -> bool:
    """公开 in 不子公开: a short word behind a character that belongs to nothing may be the end of another word."""
    if not any(term.near and term.kind == "row" for term in mention.terms) or not mention.start:
        return False
    before = spoken.text[: mention.start]
    if any(other.end == mention.start for other in spoken.mentions) or not "\u4e00" <= before[-1] <= "\u9fff":
        return False
    return not before.endswith(tuple(load_rules(CLAIMS_FILE)["beside"]["understood"]))


def _came_one_way(spoken: Spoken, window: Window, fields: Fields) -> bool:
    """通过网络平台收到申请46件: what came one way is a part of what came, unless all ways are listed."""
    return came_one_way(spoken.text[window.piece[0] : window.number.start], fields)


def _is_of_any_kind(spoken: Spoken, number: Number, reading: Reading) -> bool:
    """受理行政复议30件，其中信息公开类2件: challenges that the agency decided, or of every matter."""
    if not reading.fields or not reading.fields[0].startswith("challenges."):
        return False
    narrowed = _beside_pattern("narrowed").search(spoken.text[number.end :])
    return reading.loose or narrowed is not None


def _is_share_of_handled(spoken: Spoken, window: Window, fields: Fields, bounds: Sequence[Bound]) -> bool:
    """办结97件，其中上年结转4件，本年新收93件: of what came in, only what was dealt with."""
    if not fields or fields[0].split(".")[1] not in ("received", "carried_in"):
        return False
    handled = [bound.number.end for bound in bounds if bound.fields == ("requests.handled.total",)]
    gap = _BRACKETED.sub("", spoken.text[handled[-1] : window.number.start]) if handled else ""
    return _beside_pattern("of_which").search(gap.rpartition("；")[2]) is not None


def _is_of_one_kind(text: str, number: Number, fields: Fields) -> bool:
    """属于本机关职责的申请82件, 收到的申请还有6件未办结: some of what came in or was dealt with."""
    if not fields or fields[0].split(".")[1] not in ("received", "handled") or not fields[0].endswith(".total"):
        return False
    before = text[: number.start]
    kind = _beside_pattern("of_kind").search(before)
    if _beside_pattern("sorted").search(text[number.end :]):
        return True
    left_over = _beside_pattern("left_over").search(before) or _beside_pattern("then_carried").search(
        text[number.end :]
    )
    both = fields[0].startswith("requests.received") and _beside_pattern("both").search(before)
    return bool(kind and "公开" not in kind[0]) or left_over is not None or bool(both)


def _is_of_all_due(spoken: Spoken, number: Number, fields: Fields) -> bool:
    """办理申请32件（含上年结转3件），公民申请25件: the kinds of all that were due, not only of what came in."""
    if not fields or not fields[0].startswith("requests.received.") or fields[0].endswith(".total"):
        return False
    return _beside_pattern("with_carried").search(spoken.text[: number.start]) is not None


def _is_of_decisions(spoken: Spoken, number: Number, fields: Fields) -> bool:
    """公示行政许可结果130件，其余8件涉及商业秘密: the reasons of the form, said of decisions or documents."""
    if not fields or not fields[0].startswith("requests.denied."):
        return False
    before = mentions_between(spoken.mentions, 0, number.start)
    subjects = {term.value for mention in before if (term := mention.of_kind("subject", "row"))}
    asked = any(value == REQUESTS or value in ("received", "handled") for value in subjects)
    return not asked and bool(subjects & {*DECISIONS, *DOCUMENTS})


def _is_old_sort(spoken: Spoken, number: Number, fields: Fields) -> bool:
    """信访类、重复类申请仍有5件: requests of such kinds, whether or not they were dealt with."""
    if not fields or not fields[0].startswith("requests.not_processed."):
        return False
    sort = rule_pattern(CLAIMS_FILE, "clause", "old_sort").search(spoken.text[: number.start])
    return sort is not None and "处理" not in spoken.text


def _is_in_narrowed_bracket(spoken: Spoken, number: Number) -> bool:
    """未审结的案件（复议1件、诉讼0件）: what stands before the bracket narrows what its numbers count."""
    opened = spoken.text.rfind("（", 0, number.start)
    if opened <= spoken.text.rfind("）", 0, number.start):
        return False
    start = max(spoken.text.rfind(mark, 0, opened) for mark in "，；。：") + 1
    named = mentions_between(spoken.mentions, start, opened)
    return any(mention.of_kind("result") for mention in named) and any(
        (term := mention.of_kind("subject")) and term.value in CHALLENGES
        for mention in mentions_between(spoken.mentions, opened, number.start)
    )


def _is_each(spoken: Spoken, window: Window, reading: Reading) -> bool:
    """行政复议和行政诉讼各1件: the number stands for each of them, not for their sum."""
    each = _beside_pattern("each").search(spoken.text[window.left : window.number.start])
    return each is not None and not reading.listed


def _speaks_of_part(spoken: Spoken, number: Number, bounds: Sequence[Bound]) -> bool:
    """从征收类的14件看，公开5件: what follows is about a part that no cell shows; 三类决定中 are all there are."""
    kinds = load_rules(CLAIMS_FILE)["beside"]["kinds"]
    begin = max(spoken.text.rfind(mark, 0, number.start) for mark in "；。") + 1
    wholes = [bound for bound in bounds if bound.number.start >= begin and is_whole_of_next(spoken.text, bound.number)]
    if any(not bound.fields and bound.number.unit not in kinds for bound in wholes):
        return True  # 12件中予以公开、部分公开7件
    return any(
        not (bound.fields and bound.certain) and bound.number.unit not in kinds
        for start, end in _subsets(spoken.text)
        for bound in bounds
        if start <= bound.number.start < end
    )


@lru_cache(maxsize=64)
def _subsets(text: str) -> tuple[tuple[int, int], ...]:
    pattern = _beside_pattern("subset")
    return tuple((start, end) for start, end in split_pieces(text) if pattern.search(text[start:end]))


def _is_unrelated(spoken: Spoken, window: Window) -> bool:
    """True where the piece of the number, or the one behind, says that it belongs to something else."""
    start, end = window.piece
    text = spoken.text
    if excluded := _beside_pattern("excluded").match(text, end):  # 收到54件（不含咨询31件）: those 31 are others
        text = text[:end] + "（".ljust(len(excluded[0]) - 1) + "）" + text[excluded.end() :]
    following = next((piece for piece in split_pieces(text) if piece[0] > end), (end, end))
    words = text[start:end] + text[following[0] : following[1]]
    statement = _STATEMENT_END.split(text[start:], 1)[0]
    if _beside_pattern("unrelated_pattern").search(statement):
        return True
    return word_pattern("beside", "unrelated").search(words) is not None


def _of_share(spoken: Spoken, window: Window, bounds: Sequence[Bound]) -> Fields:
    """公民个人占86.4%，计815件: the part of the percentage right before."""
    words = spoken.text[window.left : window.number.start]
    share = bounds[-1].share_of if bounds else None
    return share[0] if share and words in load_rules(CLAIMS_FILE)["join"]["same"] else ()


def _can_count(number: Number, spoken: Spoken, window: Window, fields: Fields) -> bool:
    """True where things with that unit can be in a cell."""
    if number.unit in _rules()["cell_units"] or _is_deed(number, spoken, fields):
        return True
    before = mentions_between(spoken.mentions, window.left, number.start)
    if number.unit in _rules()["applicant_units"]:
        return any(mention.of_kind("column") for mention in before)
    if fields and number.unit == "次" and not fields[0].startswith("disclosure."):
        return False  # 拟不予公开的答复提交集体研究5次
    named = any(mention.of_kind("row", "column", "result", "action") for mention in before)
    ends = spoken.text[number.end : number.end + 1] in tuple("，。；、）：") or number.end == len(spoken.text)
    return named and ends and number.unit in _rules()["loose_units"]


def _is_deed(number: Number, spoken: Spoken, fields: Fields) -> bool:
    """行政强制21次, 申请复议2次: deeds, too; 行政强制执行前的催告程序全年书面催告27次, 复议案件会商2次 count others."""
    if not fields or number.unit not in _rules()["deed_units"].get(fields[0].split(".")[1], ()):
        return False
    named = [m for m in mentions_between(spoken.mentions, 0, number.start) if m.of_kind("subject")]
    if fields[0].startswith("challenges."):
        return any(re.fullmatch(_rules()["deed_gap"], spoken.text[m.end : number.start]) for m in named)
    return any(number.start - m.end <= _rules()["deed_reach"] for m in named)


def _is_of_another_whole(spoken: Spoken, window: Window) -> bool:
    """2022年企业申请占32.5%, 本级收到的申请中占34.7%: a share of another year's requests, or of a part of them."""
    start = window.number.start
    if year_offset(spoken.text, spoken.mentions, start, window.piece[0], spoken.year):
        return True
    return names_scope(mentions_between(spoken.mentions, 0, start), spoken.text)


def bind_share(spoken: Spoken, window: Window, context: Context, bounds: Sequence[Bound]) -> tuple[Bound, Context]:
    left = beside(spoken.text, mentions_between(spoken.mentions, window.left, window.number.start), window.number)
    counted = [(bound.number, bound.fields) for bound in bounds]
    share = read_share(spoken.text, window, settle_carry(left, spoken, window, bounds), context, counted)
    named = any(mention.of_kind("foreign") for mention in left)
    of_requests = share is not None and share[0][0].startswith("requests.")
    about_requests = of_requests and context.subject in (None, FOREIGN) and not named
    after = replace(context, subject=REQUESTS) if about_requests else context
    if share is None and left and left[0].of_kind("foreign"):
        after = replace(context, subject=FOREIGN, fresh=True)
    sure = share is not None and is_understood(spoken, window.left, window.number.start)
    sure = sure and not _is_of_another_whole(spoken, window)
    return Bound(window.number, (), sure, share_of=share), after
