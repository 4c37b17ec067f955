"""Accusations that another reading of the same words makes void: the number says what other cells show that they name.

Only contradicted numbers are looked at again: as those of a list about one kind of applicant or one row, as those of
other cells that their own words name, and as addends or sums of others in their sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby

from extract.narrative.addends import is_told_by_sums
from extract.narrative.analysis import Analysis, analyse_sentences
from extract.narrative.binding import NO_OUTCOMES, PARENTS
from extract.narrative.lexicon import Term
from extract.narrative.likely import find_slip, is_evident_slip
from extract.narrative.listed import bind_lists
from extract.narrative.numbers import CLAIMS_FILE, form_units
from extract.narrative.scopes import is_other_matter
from extract.narrative.shown import bears_out, bind_anew, claim_fields, is_accused, is_told, look_up, withdraw
from extract.narrative.targets import (
    CHALLENGES,
    DOCUMENTS,
    FEE_FIELDS,
    REQUESTS,
    TOTAL,
    Fields,
    challenge_fields,
    document_fields,
    expand_rows,
    request_fields,
)
from extract.narrative.windows import find_windows, mentions_between, split_pieces
from extract.quick import record
from extract.records import Cells, Claim, Sentence, Verdict
from extract.rules import load_rules, rule_pattern, rule_patterns

Rows = tuple[str, ...]

_SEVERAL = 2
_UNDISCLOSED = ("denied", "unavailable")  # 给不了的11件: of either
_RECEIVED = f"{REQUESTS}.received."
_CARRIED = (f"{REQUESTS}.carried_in.", f"{REQUESTS}.carried_out.")
_PARTLY = request_fields(("partially_granted",), ())
_DISCLOSED = request_fields(("granted", "partially_granted"), ())
_NOT_HELD = f"{REQUESTS}.unavailable.not_held.total"
_pattern = rule_patterns(CLAIMS_FILE, "otherwise")


_own_cause = rule_patterns(CLAIMS_FILE, "elsewhere", "own_cause")


@record
class _Place:
    """Where a claim stands in the plain text, and the span of the words that can be its own; ends exclusive."""

    start: int
    left: int
    right: int


def read_otherwise(
    claims: Sequence[Claim], sentences: tuple[Sentence, ...], cells: Cells, year: int | None
) -> Iterator[Claim]:
    """The claims; of those that are contradicted only what no other reading of their sentence bears out stays so."""
    order = {sentence.id: position for position, sentence in enumerate(sentences)}
    for sentence, group in groupby(claims, key=lambda claim: claim.sentence):
        own = list(group)
        if any(map(is_accused, own)):
            read, position = analyse_sentences(sentences, year), order[sentence]
            alone = not position or sentences[position - 1].ending
            own = _read_again(own, read[position], () if alone else _only_applicant(read[position - 1]), cells)
        yield from own


def _only_applicant(analysis: Analysis) -> tuple[str, ...]:
    """The one kind of applicant that a sentence names, if it names one."""
    kinds = {term.value for mention in analysis.mentions if (term := mention.of_kind("column"))}
    return tuple(kinds) if len(kinds) == 1 else ()


def _read_again(own: list[Claim], analysis: Analysis, told: tuple[str, ...], cells: Cells) -> list[Claim]:
    places = _place(own, analysis)
    own = bind_lists(own, [place.start for place in places], analysis, told, cells)
    for position, place in enumerate(places):
        if is_accused(own[position]):
            own = [*own[:position], _clear(position, place, own, analysis, cells), *own[position + 1 :]]
    return own


def _place(own: Sequence[Claim], analysis: Analysis) -> list[_Place]:
    plain, numbers = analysis.plain, [bound.number for bound in analysis.bounds]
    windows = {w.number.start: w for w in find_windows(plain.text, numbers, analysis.mentions)}
    starts = [bisect_left(plain.places, claim.start) for claim in own]
    return [
        _Place(start, windows[start].left, windows[start].right) if start in windows else _Place(start, start, start)
        for start in starts
    ]


def _undisclosed(fields: tuple[str, ...], own: Sequence[Claim], words: str) -> list[tuple[str, ...]]:
    """Both what was denied and what could not be provided, where the words may mean either and only one is told."""
    told = {field.split(".")[1] for claim in own for field in claim_fields(claim)}
    row = fields[0].split(".")[1]
    is_either = row in _UNDISCLOSED and not told & (set(_UNDISCLOSED) - {row})
    return [request_fields(("undisclosed",), ())] if is_either and not _pattern("unavailable").search(words) else []


def _clear(position: int, place: _Place, own: Sequence[Claim], analysis: Analysis, cells: Cells) -> Claim:
    """The claim with other cells that its words name and that show it, or withdrawn, or as it was."""
    claim, fields, text = own[position], claim_fields(own[position]), analysis.plain.text
    named = [
        *_other_results(fields, place, analysis),
        *_same_result(fields, own[:position]),
        *_other_actions(fields, place, analysis),
    ]
    beside = claim_fields(own[position - 1]) if position else ()
    named += [other for near in (fields, beside) for other in _other_rows(fields, near, place, analysis)]
    named += _applicants(fields, text[place.left : place.start])
    named += _with_old(fields, text[place.start :])
    named += _outcomes_left(fields, text[place.left : place.start], own)
    if fields == _PARTLY and _pattern("both_disclosed").search(text[: place.start]):
        named.append(_DISCLOSED)
    named += _of_all_due(fields, own[:position], cells)
    named += _of_applicant_before(claim, own[:position])
    named += _of_group(claim, text[place.left : place.start])
    named += _results_of_any(fields, analysis)
    named += _closed_ones(fields, _behind(claim, analysis))
    if claim.value >= load_rules(CLAIMS_FILE)["verdict"]["telling"] and len(fields) > 1:
        named += _undisclosed(fields, own, text[place.left : place.right])
    for other in named:
        if claim.value and set(other) != set(fields) and not is_told(other, own) and bears_out(claim, other, cells):
            return bind_anew(claim, other, right=True)
    unclear = _pattern("one_of_both").search(text, place.left, place.start)
    unclear = unclear or _pattern("left_out").search(text, place.start, place.right)
    told = unclear or is_told_by_sums(position, own, text, place.start, cells)
    reason = _pattern("of_rest").search(text, place.left, place.right) is not None
    told = (
        told
        or (reason and _is_below_rest(claim, cells))
        or _is_of_unknown_whole(position, own, place, analysis, cells)
        or _is_of_part(position, own, place, analysis)
        or _is_disputed(fields, place, analysis)
        or _is_of_other_matter(claim, place, analysis, cells)
        or _is_one_of_several(claim, own, cells)
        or _is_of_other_challenges(position, own, place, analysis)
        or _holds_another(position, own, analysis, cells)
        or _leaves_out(position, own, text, place.start, cells)
    )
    return withdraw(claim) if told else claim


def _leaves_out(position: int, own: Sequence[Claim], text: str, start: int, cells: Cells) -> bool:
    """收到54件（不含咨询31件）, of 85; 公示861件（不宜公示的除外）, of more; 收到38件，其他部门转来2件, of 40."""
    claim = own[position]
    opened = start + len(claim.text)
    excluded = rule_pattern(CLAIMS_FILE, "beside", "excluded").match(text, opened)
    shown = look_up(claim_fields(claim), cells).sum
    if claim.value < shown and _pattern("but").match(text, opened):
        return True
    passed_on = _pattern("passed_on").match(text, opened)
    return bool(excluded or passed_on) and any(
        claim.value + other.value == shown for other in own[position + 1 : position + 2]
    )


def _closed_ones(fields: Fields, behind: str) -> Iterator[Fields]:
    """行政诉讼2件已结案: those of all that are pending no more."""
    of_all = all(field.startswith("challenges.") and field.endswith(".total") for field in fields)
    if of_all and _pattern("closed_behind").match(behind):
        yield challenge_fields(tuple(field.split(".")[1] for field in fields), ("closed",))


def _outcomes_left(fields: Fields, before: str, own: Sequence[Claim]) -> Iterator[Fields]:
    """公开10件、无法提供6件，其他类型的7件: all outcomes that the sentence does not count."""
    if fields[0].startswith("requests.other.") and _pattern("rest").search(before):
        counted = {field for claim in own if claim_fields(claim) != fields for field in claim_fields(claim)}
        rows = ("granted", "partially_granted", *PARENTS)
        yield request_fields(tuple(row for row in rows if counted.isdisjoint(request_fields((row,), ()))), ())


def _is_one_of_several(claim: Claim, own: Sequence[Claim], cells: Cells) -> bool:
    """强制措施4件、强制执行2件: numbers that were all bound to one cell, which shows their sum."""
    fields = claim_fields(claim)
    same = [other.value for other in own if claim_fields(other) == fields and not other.share_of]
    return len(same) > 1 and sum(same) == look_up(fields, cells).sum


def _is_of_other_challenges(position: int, own: Sequence[Claim], place: _Place, analysis: Analysis) -> bool:
    """医疗纠纷52件，进入诉讼的3件: some of other things that were counted before."""
    if not position or not claim_fields(own[position])[0].startswith("challenges."):
        return False
    whole, text = own[position - 1], analysis.plain.text
    begin = bisect_left(analysis.plain.places, whole.end - 1) + 1
    if whole.verdict is not Verdict.UNVERIFIABLE or whole.unit not in form_units() or "；" in text[begin : place.start]:
        return False
    if claim_fields(whole) or _own_cause().search(text, 0, place.start):
        return False
    return _pattern("came_of").search(text, begin, place.start) is not None


def _holds_another(position: int, own: Sequence[Claim], analysis: Analysis, cells: Cells) -> bool:
    """现行有效25件（含党内规范性文件4件）: without those that are no business of the cell the number is that of it."""
    claim, behind = own[position], own[position + 1 : position + 2]
    if not behind or claim_fields(behind[0]) == claim_fields(claim):
        return False
    first, last = (bisect_left(analysis.plain.places, place) for place in (claim.end, behind[0].start))
    held = _pattern("holding").match(analysis.plain.text[first:last])
    return held is not None and claim.value - behind[0].value == look_up(claim_fields(claim), cells).sum


def _is_below_rest(claim: Claim, cells: Cells) -> bool:
    """撤回类6件: one of the reasons that 其他 adds up."""
    rest = request_fields(("other.other",), ())
    return claim_fields(claim) == rest and claim.value < look_up(rest, cells).sum


def _is_of_unknown_whole(position: int, own: Sequence[Claim], place: _Place, analysis: Analysis, cells: Cells) -> bool:
    """2件都办了，当中1件部分公开: of things that no cell counts. A bracket (（2023年为57件）) holds no whole."""
    text, claim = analysis.plain.text, own[position]
    begin = max(text.rfind(mark, 0, place.start) for mark in "；。") + 1
    marks = [match.start() for match in _pattern("of_which").finditer(text, begin, place.start)]
    before = [
        other
        for other in own[:position]
        if marks and begin <= (start := bisect_left(analysis.plain.places, other.start)) < marks[-1]
        if text.find("）", start, marks[-1]) <= text.find("（", start, marks[-1])
    ]
    whole = before[-1] if before else claim
    if whole.verdict is Verdict.SUPPORTED or whole.value < claim.value or whole.unit != claim.unit:
        return False
    stocks = [look_up(request_fields((row,), ()), cells).sum for row in ("received", "handled", "carried")]
    told = bool(before) and claim_fields(claim)[0].startswith(f"{REQUESTS}.")
    return told and whole.value not in stocks


def _is_of_part(position: int, own: Sequence[Claim], place: _Place, analysis: Analysis) -> bool:
    """上年结转的6件中，公开3件; 矿业权类申请58件，企业占41件: of those that were carried over, or of one sort."""
    plain, fields = analysis.plain, claim_fields(own[position])
    begin = max(plain.text.rfind(mark, 0, place.start) for mark in "；。") + 1
    wholes = [claim for claim in own[:position] if bisect_left(plain.places, claim.start) >= begin]
    if not wholes or not fields[0].startswith(f"{REQUESTS}."):
        return False
    whole, first = wholes[0], bisect_left(plain.places, wholes[0].start)
    if fields[0].split(".")[1] not in NO_OUTCOMES and (whole.field or "").startswith(_CARRIED):
        return _pattern("within").match(plain.text, bisect_left(plain.places, whole.end - 1) + 1) is not None
    kind = (
        whole.verdict is Verdict.UNVERIFIABLE
        and not fields[0].endswith(".total")
        and whole.value >= own[position].value
    )
    return kind and _pattern("sort").search(plain.text[begin:first]) is not None


def _is_disputed(fields: Fields, place: _Place, analysis: Analysis) -> bool:
    """18件复议中，涉及不予公开的7件: challenges of such answers."""
    text = analysis.plain.text
    begin = max(text.rfind(mark, 0, place.start) for mark in "；。") + 1
    subjects = [term.value for term in _terms(analysis, begin, place.left) if term.kind == "subject"]
    challenged = bool(subjects) and subjects[-1] in CHALLENGES and fields[0].startswith(f"{REQUESTS}.")
    return challenged and _pattern("disputed").search(text, place.left, place.start) is not None


def _is_of_other_matter(claim: Claim, place: _Place, analysis: Analysis, cells: Cells) -> bool:
    """办理劳动仲裁案件29件; 惠企资金申请火热，企业提交申请312件: of another matter, or far more than all requests."""
    text, fields = analysis.plain.text, claim_fields(claim)
    if fields[0].startswith("challenges."):
        named = _pattern("as_named").search(text, 0, place.start) and claim.value < look_up(fields, cells).sum
        return bool(named) or _pattern("as_judge").search(text, 0, place.start) is not None
    if fields[0].startswith("disclosure.normative"):
        return is_other_matter(text, place.start, fields)
    if fields == FEE_FIELDS:
        return _pattern("spared").search(text[place.left : place.start]) is not None
    if fields[0].endswith(".decisions"):
        decided = _pattern("decided").search(text, place.left, place.start)
        if decided and is_evident_slip(claim.value, look_up(fields, cells).sum):
            return False  # 受理审批事项5.31万件，其中作出许可48572件 where 45872 were made: hardly by chance
        if claim.value < look_up(fields, cells).sum and _pattern("rest_of_them").match(_behind(claim, analysis)):
            return True  # 对企业作出行政处罚15件，其余处罚对象为个人
        return _is_of_handling(claim, text[text.rfind("；", 0, place.start) + 1 : place.start], cells)
    if not fields[0].startswith(f"{REQUESTS}."):
        return False
    if fields[0].startswith(f"{REQUESTS}.handled."):
        # 4件申请中有1件对答复不满意, 未在当年办结的7件
        about = _pattern("about_answer").search(_behind(claim, analysis))
        if about or _pattern("not_done").search(text[place.left : place.start]):
            return True
    if fields[0].split(".")[1] in NO_OUTCOMES and _pattern("matter").search(text[place.left : place.start]):
        return True
    due = look_up(request_fields(("carried",), ()), cells).sum
    foreign = any(term.kind == "foreign" for term in _terms(analysis, 0, place.start))
    far = claim.value > due and find_slip(claim.value, look_up(fields, cells).sum) == "far"
    huge = claim.value >= load_rules(CLAIMS_FILE)["otherwise"]["huge"] * max(due, 1)
    return far and (foreign or huge) and not _pattern("of_disclosure").search(text)


def _behind(claim: Claim, analysis: Analysis) -> str:
    """The plain text behind the claim."""
    return analysis.plain.text[bisect_left(analysis.plain.places, claim.end - 1) + 1 :]


def _is_of_handling(claim: Claim, words: str, cells: Cells) -> bool:
    """行政许可网上办结量831件, 行政许可接件量1120件: of what was decided a part, or what came in to be decided."""
    if _pattern("process").search(words):
        return True
    far = find_slip(claim.value, look_up(claim_fields(claim), cells).sum) == "far"
    return far and _pattern("handled").search(words) is not None


def _terms(analysis: Analysis, start: int, end: int) -> list[Term]:
    return [term for mention in mentions_between(analysis.mentions, start, end) for term in mention.terms]


def _other_results(fields: Fields, place: _Place, analysis: Analysis) -> Iterator[Fields]:
    """行政复议全年共6件，作其他处理1件; 复议一件维持一件纠正: cells of the challenge named last."""
    subjects = [term.value for term in _terms(analysis, 0, place.right) if term.kind == "subject"]
    if not subjects or subjects[-1] not in CHALLENGES:
        return
    said = _terms(analysis, place.left, place.right)
    results = [term.value for term in said if term.kind == "result"]
    results += ["other" for term in said if term.kind == "rest" or (term.kind, term.value) == ("row", "other")]
    if _pattern("closed").search(analysis.plain.text, place.left, place.start):
        results.append("closed")
    for result in results or _results_without_number(place, analysis):
        named = challenge_fields(tuple(subjects[-1:]), (result,))
        if not set(named) < set(fields):  # 败诉2件 of all lawsuits
            yield named


def _same_result(fields: Fields, before: Sequence[Claim]) -> Iterator[Fields]:
    """法院尚未判决的1件为直接起诉案件，1件为复议后起诉案件: the cell of the result that the number before counts."""
    earlier = claim_fields(before[-1])[:1] if before and before[-1].verdict is Verdict.SUPPORTED else ()
    group, _, result = earlier[0].rpartition(".") if earlier else ("", "", "")
    if group.startswith("challenges.") and result != "total" and fields[0].startswith("challenges."):
        yield tuple(f"{field.rpartition('.')[0]}.{result}" for field in fields)


def _results_without_number(place: _Place, analysis: Analysis) -> list[str]:
    """法院判决驳回的，直接起诉4件、复议后起诉5件: the results of pieces of the statement that have no number."""
    text = analysis.plain.text
    begin = max(text.rfind(mark, 0, place.start) for mark in "；。") + 1
    pieces = [piece for piece in _unnumbered(analysis) if begin <= piece[0] and piece[1] <= place.left]
    return [term.value for piece in pieces for term in _terms(analysis, *piece) if term.kind == "result"]


def _unnumbered(analysis: Analysis) -> list[tuple[int, int]]:
    """The pieces of the sentence in which nothing is counted."""
    counted = [bound.number.start for bound in analysis.bounds]
    pieces = split_pieces(analysis.plain.text)
    return [(left, right) for left, right in pieces if not any(left <= start < right for start in counted)]


def _other_rows(fields: Fields, near: Fields, place: _Place, analysis: Analysis) -> Iterator[Fields]:
    """Cells of the other rows that the number's own words name, in the columns of `near`."""
    if all(own and own[0].startswith(f"{REQUESTS}.") for own in (fields, near)):
        columns = tuple(dict.fromkeys(field.rpartition(".")[2] for field in near))
        own, stock = {field.rpartition(".")[0] for field in fields}, fields[0].split(".")[1] in NO_OUTCOMES
        for rows in (*_rows_beside(place, analysis), *_only_reason(fields, analysis)):
            named = tuple(f"{REQUESTS}.{row}" for row in expand_rows(rows))
            if set(named) != own and (stock or rows != ("handled",)):
                yield tuple(f"{row}.{column}" for row in named for column in columns)


def _applicants(fields: Fields, words: str) -> Iterator[Fields]:
    """居民递来申请9件，社区组织递来1件: cells of the applicants that common words name."""
    if all(field.startswith(f"{REQUESTS}.") and field.endswith(".total") for field in fields):
        for kind, pattern in load_rules(CLAIMS_FILE)["otherwise"]["who"].items():
            if re.search(pattern, words):
                yield tuple(field.replace(".total", f".{kind}") for field in fields)


def _with_old(fields: Fields, behind: str) -> Iterator[Fields]:
    """企业16件（含上年2件）: the cells of those that were left over with those of the new ones."""
    if fields[0].startswith(_RECEIVED) and _pattern("with_old").search(behind):
        yield (*fields, *(field.replace(_RECEIVED, _CARRIED[0]) for field in fields))


def _of_all_due(fields: Fields, before: Sequence[Claim], cells: Cells) -> Iterator[Fields]:
    """收到申请15件，自然人15件, of which one was left over: kinds of applicants of a whole that counts those, too."""
    kind = fields[0].startswith(_RECEIVED) and not fields[0].endswith(".total")
    due, new = (look_up(request_fields((row,), ()), cells).sum for row in ("carried", "received"))
    whole = request_fields(("received",), ())
    if kind and due != new and any(claim_fields(own) == whole and own.value == due for own in before):
        yield (*fields, *(field.replace(_RECEIVED, _CARRIED[0]) for field in fields))


def _of_applicant_before(claim: Claim, before: Sequence[Claim]) -> Iterator[Fields]:
    """无法提供的25件，企业5件；个人20件: the applicant's cells of the rows that a number before counts.

    收到29件，上年结转2件；其中企业4件: it is the last of the wholes that the words are first taken to be of.
    """
    fields = claim_fields(claim)
    chance = claim.value < load_rules(CLAIMS_FILE)["verdict"]["telling"]
    if not fields[0].startswith(_CARRIED) and (chance or not fields[0].startswith(_RECEIVED)):
        return
    columns = {field.rpartition(".")[2] for field in fields} - set(TOTAL)
    for whole in (claim_fields(other) for other in before if other.verdict is Verdict.SUPPORTED):
        if columns and whole and all(field.startswith(f"{REQUESTS}.") and field.endswith(".total") for field in whole):
            yield tuple(f"{field.removesuffix('total')}{column}" for field in whole for column in sorted(columns))


def _of_group(claim: Claim, words: str) -> Iterator[Fields]:
    """公开3件，手上没有的5件，其他2件: all of an outcome, by other words for its most usual reason than the form's."""
    told = claim_fields(claim) == (_NOT_HELD,) and not _pattern("held").search(words)
    if told and claim.value >= load_rules(CLAIMS_FILE)["verdict"]["telling"]:
        yield request_fields(("unavailable",), ())


def _results_of_any(fields: Fields, analysis: Analysis) -> Iterator[Fields]:
    """对4件被纠正案件逐一剖析: of whichever challenge, or of all, where the sentence names none."""
    subjects = {term.value for term in _terms(analysis, 0, len(analysis.plain.text)) if term.kind == "subject"}
    if fields[0].startswith("challenges.") and subjects.isdisjoint(CHALLENGES):
        result = fields[0].rpartition(".")[2]
        yield challenge_fields(("reconsideration",), (result,))
        yield challenge_fields(("challenges",), (result,))


def _rows_beside(place: _Place, analysis: Analysis) -> Iterator[Rows]:
    """共审结申请200件; 按其他方式3件处理; 当年新收件中1件转入下年; 其余5件分别因商业秘密、重复申请未予提供."""
    before, behind = _terms(analysis, place.left, place.start), _terms(analysis, place.start, place.right)
    yield from ((term.value,) for term in before if term.kind == "row" and term.value not in ("carried_out", "carry"))
    reasons = tuple(term.value for term in before if term.kind == "row" and "." in term.value)
    if len(reasons) >= _SEVERAL:
        yield reasons  # 属行政查询或案卷类不予公开3件
    yield from (("handled",) for term in before if (term.kind, term.value) == ("detail", "closed"))
    if before and before[-1].kind == "rest":
        yield ("other",)
    rows = [term.value for term in behind if term.kind == "row" and term.value != "carry"]
    yield from ((row,) for row in rows)
    yield from (tuple(rows[:end]) for end in range(_SEVERAL, len(rows) + 1))


def _only_reason(fields: Fields, analysis: Analysis) -> tuple[Rows, ...]:
    """决定不予公开12件，均为行政执法案卷: the one reason of the outcome that is named and not counted."""
    parent = next((row for row in PARENTS if len(fields) > 1 and fields[0].startswith(f"{REQUESTS}.{row}.")), None)
    named = {term.value for piece in _unnumbered(analysis) for term in _terms(analysis, *piece) if term.kind == "row"}
    reasons = tuple(row for row in named if parent and row.startswith(f"{parent}."))
    return (reasons,) if len(reasons) == 1 else ()


def _other_actions(fields: Fields, place: _Place, analysis: Analysis) -> Iterator[Fields]:
    """现行有效的仍是以前印发的2件: what else the number's own words say of the documents named last."""
    subjects = [term.value for term in _terms(analysis, 0, place.right) if term.kind == "subject"]
    if fields[0].startswith("disclosure.") and subjects and subjects[-1] in DOCUMENTS:
        for term in _terms(analysis, place.left, place.right):
            if term.kind == "action":
                yield document_fields(tuple(subjects[-1:]), term.value)
