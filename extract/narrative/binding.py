"""The cells that a number speaks of, read from the words around it and from what was said before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from extract.narrative.lexicon import Mention, Term
from extract.narrative.targets import (
    CHALLENGES,
    DECISIONS,
    DOCUMENTS,
    FEE_FIELDS,
    FOREIGN,
    RECEIVED,
    REQUESTS,
    Fields,
    challenge_fields,
    decision_fields,
    document_fields,
    request_fields,
)
from extract.quick import record, replace

NAMING = ("subject", "row", "column", "result", "action", "rest")
NO_OUTCOMES = ("received", "carried_in", "carried_out", "carried", "handled", "carry")
PARENTS = ("denied", "unavailable", "not_processed", "other")
_ABOUT = re.compile(r"(?:涉及|关于|有关|相关|因|对|按)[^，。；]*$")
_BY_REQUEST = ("依申请公开", "依申请公开信息", "依申请公开政府信息", "依申请公开事项", "依申请公开件")
_IN_ALL = re.compile(r"(?:共计?|总数|总量|数量)[为达有]?[\d一二两三四五六七八九十百]")
_JOINT = re.compile(r"(?:案件|件)?[、和及与或以并者各]*")
_OF_KIND = re.compile(r"[^、和与及并，；。\d]{0,14}")
_GOES_ON = re.compile(r"\d[件份部]?[、，和及]$")
_OTHER_REASON = re.compile(r"(?:其他|其它|其余|别的)[^，。；、]{0,8}(?:原因|理由|情形|情况|事由|规定)[^，。；、]{0,4}$")
_STOCKS = ("carried_in", "carried_out", "carry")
_ECHOES = (("carried_in", "carried_out"), ("carried", "received"))
_ECHO_GAP = re.compile("[并而来至在本今当年度的，、]{0,6}(?:政府信息公开|信息公开)?")
_AND_SO_ON = re.compile(r"(?:、[^，。；\d]{2,14})?等")
_LISTED_BEFORE = re.compile(r"[\u4e00-\u9fff]{2}[、和及与或]$")


@record
class Context:
    """What the text has been about so far: subject, last row, and on which level its list stands."""

    subject: str | None = None
    rows: tuple[str, ...] = RECEIVED
    fresh: bool = False  # the subject was set in this sentence
    groups: int = 0  # how many kinds of lawsuit were counted in a row
    challenge: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    action: str = ""  # of the documents last spoken of in this sentence
    decisions: bool = False  # several kinds are listed: short words (许可、处罚) are sure
    level: str = ""  # column, outcome, result: what 其他 is the rest of
    asked: Decimal | None = None  # what the sentence before counts of all that was asked for, if it counts no part


@record
class Reading:
    """The cells meant (none: a number of no cell), whether that is beyond doubt, and the context behind it."""

    fields: Fields
    certain: bool
    loose: bool
    context: Context
    at: int = -1  # where the words begin that name the cells, if not in the number's own piece
    listed: bool = False  # a list with 分别 gave the number its words


def read_mentions(mentions: Sequence[Mention], text: str, context: Context) -> Reading:
    """What the words before (or behind) a number name, in the light of the context."""
    named = [mention for mention in mentions if mention.of_kind(*NAMING, "foreign", "detail", "change")]
    nouns = _without_loose_list(_without_general(named, text), text)
    if not nouns:
        return Reading((), False, False, context)
    if _counts_nothing_of_the_form(nouns):
        subject = FOREIGN if nouns[-1].of_kind("foreign") else context.subject
        return Reading((), False, False, replace(context, subject=subject, fresh=subject == FOREIGN))
    local = _local_subject(nouns)
    reading = _read_by_subject(nouns, text, context, local)
    weak = any(m.of_kind("foreign") or _is_weak(m, context) for m in nouns)
    weak = weak or _is_manner(nouns, reading.fields)
    loose = any(term.loose for mention in nouns for term in mention.terms)
    loose = loose and not any(field.endswith(".decisions") for field in reading.fields)  # 受理并办结许可64件
    return Reading(reading.fields, reading.certain and not weak, loose, reading.context)


def _is_manner(nouns: Sequence[Mention], fields: Fields) -> bool:
    """提前办结3件, 以邮寄形式答复5件, 当场处罚9件: some of what came in, was dealt with or decided."""
    if not fields or not (
        fields[0].startswith(("requests.received.", "requests.handled.")) or fields[0].endswith(".decisions")
    ):
        return False
    ways = ("part", "channel") if fields[0].startswith("requests.handled.") else ("part",)
    return any((term := mention.of_kind("detail")) and term.value in ways for mention in nouns)


def _is_weak(mention: Mention, context: Context) -> bool:
    """True where the words are used for other things too, and the text was not about requests already."""
    known = {("subject", REQUESTS)} if context.subject == REQUESTS else set()
    if context.decisions:
        known |= {("subject", kind) for kind in DECISIONS}
    return any(term.weak and (term.kind, term.value) not in known for term in mention.terms)


def _without_general(nouns: Sequence[Mention], text: str) -> list[Mention]:
    """Without the 行政诉讼 of 未经复议直接起诉的行政诉讼, the 申请 of 行政复议申请: the words before name the kind."""
    return [
        mention
        for position, mention in enumerate(nouns)
        if not (position and _is_general(nouns[position - 1], mention, text))
    ]


def _is_general(before: Mention, mention: Mention, text: str) -> bool:
    subject, own = before.of_kind("subject"), mention.of_kind("subject")
    if subject and own and own.value == REQUESTS and subject.value in CHALLENGES:
        return before.end == mention.start
    return _is_lawsuit(mention) and _names_kind_of(before, mention, text)


def _is_lawsuit(mention: Mention) -> bool:
    term = mention.of_kind("subject")
    return term is not None and term.value == "litigation"


def _names_kind_of(mention: Mention, general: Mention, text: str) -> bool:
    term = mention.of_kind("subject")
    specific = term is not None and term.value.startswith("litigation_")
    return specific and _OF_KIND.fullmatch(text[mention.end : general.start]) is not None


def _without_loose_list(nouns: list[Mention], text: str) -> list[Mention]:
    """Without the applicant kind that ends a list of others (群众、学生、企业提交的申请): the words mean them all."""
    columns = [mention for mention in nouns if mention.of_kind("column")]
    if len(columns) != 1 or nouns.index(columns[0]) == len(nouns) - 1:
        return nouns
    listed = _LISTED_BEFORE.search(text[: columns[0].start]) is not None
    return [mention for mention in nouns if mention is not columns[0]] if listed else nouns


def _counts_nothing_of_the_form(nouns: Sequence[Mention]) -> bool:
    last = nouns[-1]
    if last.of_kind(*NAMING) is None:
        return True
    return any(mention.of_kind("change") for mention in nouns)


def _local_subject(nouns: Sequence[Mention]) -> str | None:
    for mention in reversed(nouns):
        if mention.of_kind("foreign"):
            return FOREIGN
        if term := mention.of_kind("subject"):
            return term.value
    return None


def _read_by_subject(nouns: Sequence[Mention], text: str, context: Context, local: str | None) -> Reading:
    subject = local or context.subject
    if subject in CHALLENGES and (local or _terms(nouns, "result", "rest")):
        reading = _read_challenge(nouns, text, context, local)
        if reading.fields:
            return reading
    if subject in CHALLENGES and not local and context.level == "result" and _only_left_over(nouns):
        return Reading(challenge_fields(context.challenge, ("pending",)), True, False, context)
    if subject in DOCUMENTS and (local or _terms(nouns, "action")):
        return _read_documents(nouns, text, context, local)
    if subject == FOREIGN and not local and context.action and _says(nouns, "in_force"):
        known = replace(context, subject=context.documents[-1])  # 废止旧文件2件，有效文件9件
        return replace(_read_documents(nouns, text, known, local), certain=False)
    if subject in DECISIONS and (local or _says(nouns, "decided")):
        subjects = _joined_subjects(nouns, text, DECISIONS) or (subject,)
        return Reading(decision_fields(subjects), True, False, replace(context, subject=subject))
    if local == "fees":
        return Reading(FEE_FIELDS, True, False, replace(context, subject=local))
    return _read_requests(nouns, text, context, local)


def _only_left_over(nouns: Sequence[Mention]) -> bool:
    """维持8件，跨年1件: among results what goes on next year is pending."""
    rows = _terms(nouns, *NAMING)
    return bool(rows) and all(term.kind == "row" and term.value in ("carried_out", "carry") for term in rows)


def _terms(nouns: Sequence[Mention], *kinds: str) -> list[Term]:
    return [term for mention in nouns if (term := mention.of_kind(*kinds))]


def _says(nouns: Sequence[Mention], action: str) -> bool:
    return any(term.value == action for term in _terms(nouns, "action"))


def _joined_subjects(nouns: Sequence[Mention], text: str, family: Sequence[str]) -> tuple[str, ...]:
    """The last subject, with those joined to it by 和, 及 or 、."""
    mentions = [mention for mention in nouns if (term := mention.of_kind("subject")) and term.value in family]
    return tuple(term.value for mention in _last_joined(mentions, text) if (term := mention.of_kind("subject")))


def _last_joined(mentions: Sequence[Mention], text: str) -> list[Mention]:
    joined = list(mentions[-1:])
    for mention in reversed(mentions[:-1]):
        gap = text[mention.end : joined[0].start]
        if not gap or not _JOINT.fullmatch(gap):
            break
        joined.insert(0, mention)
    return joined


def _read_challenge(nouns: Sequence[Mention], text: str, context: Context, local: str | None) -> Reading:
    subjects = _joined_subjects(nouns, text, CHALLENGES) or (
        ("litigation",) if context.groups > 1 else context.challenge
    )
    results = tuple(dict.fromkeys(term.value for term in _terms(nouns, "result")))
    if not results and not local and context.level == "result":
        results = ("other",)
    elif not results and not local:
        return Reading((), False, False, context)
    single = local in ("litigation_direct", "litigation_after_reconsideration") and not results
    groups = context.groups + 1 if single else context.groups if not local and context.groups > 1 else 0
    after = replace(context, subject=subjects[-1], challenge=subjects, level="result" if results else "", groups=groups)
    return Reading(challenge_fields(subjects, results[-1:]), True, False, after)


def _read_documents(nouns: Sequence[Mention], text: str, context: Context, local: str | None) -> Reading:
    subjects = _joined_subjects(nouns, text, DOCUMENTS) or context.documents
    actions = _terms(nouns, "action")
    action = actions[-1].value if actions else context.action or "issued"
    after = replace(context, subject=subjects[-1], documents=subjects, action=action)
    listed = bool(context.action) and _GOES_ON.search(text[: nouns[0].start]) is not None
    certain = bool(actions or listed) and bool(local or context.action)
    return Reading(document_fields(subjects, action), certain, False, after)


def _read_requests(nouns: Sequence[Mention], text: str, context: Context, local: str | None) -> Reading:
    subject = local or context.subject
    strange = subject == FOREIGN and context.fresh and not _is_reason_of(nouns, context)
    rows = () if strange else _row_values(nouns, text, subject)
    columns = tuple(term.value for mention in _last_joined_columns(nouns, text) if (term := mention.of_kind("column")))
    after = replace(context, subject=REQUESTS)
    if columns and (rows or subject == REQUESTS):
        base = rows or (RECEIVED if context.rows == ("handled",) else context.rows)
        sure = (rows or context.rows) == RECEIVED  # of those that were dealt with, or of those that came in
        kept = rows or context.rows
        return Reading(request_fields(base, columns), sure, False, replace(after, rows=kept, level="column"))
    if rows == ("handled",) and is_overturned(nouns):
        return Reading((), False, False, context)
    if rows:
        level = "outcome" if rows[-1] not in NO_OUTCOMES else ""
        return Reading(request_fields(rows, ()), True, False, replace(after, rows=rows, level=level))
    if subject == REQUESTS and _terms(nouns, "rest") and context.level and not _terms(nouns, "row"):
        return _read_rest(after)
    if local == REQUESTS and not _terms(nouns, "column", "action", "result"):
        first = next(mention for mention in nouns if mention.of_kind("subject"))
        if _is_part(text, first.start):
            return Reading((), False, False, after)
        words = text[first.start : first.end]
        explicit = "信息公开申请" in words and not _ABOUT.search(text[: first.start])
        counted = words in _BY_REQUEST and _IN_ALL.match(text, first.end) is not None
        asked = replace(after, rows=RECEIVED, level="")
        return Reading(request_fields(RECEIVED, ()), explicit or counted, counted, asked)
    return Reading((), False, False, context)


def _is_reason_of(nouns: Sequence[Mention], context: Context) -> bool:
    """不予处理37件，包括投诉举报29件、重复申请3件: a reason of the outcome counted before, whatever else was named."""
    return any(term.value.rpartition(".")[0] in context.rows for term in _terms(nouns, "row"))


def _is_part(text: str, start: int) -> bool:
    """旧改类申请, 涉及征地的申请: requests of one kind, which no cell counts."""
    before = text[:start]
    return before.endswith("类") or (before.endswith("的") and _ABOUT.search(before) is not None)


def is_overturned(mentions: Sequence[Mention]) -> bool:
    """答复被纠正2件: what became of answers in a challenge counts none that were given."""
    return any(mention.of_kind("result") and not mention.of_kind("row") for mention in mentions)


def _read_rest(context: Context) -> Reading:
    """其他 of the applicants, or of the outcomes."""
    if "." in context.rows[0]:
        return Reading(request_fields(("other.other",), ()), True, False, context)
    if context.level == "column":
        return Reading(request_fields(context.rows, ("other_organisation",)), True, False, context)
    return Reading(request_fields(("other",), ()), True, False, context)


def _row_values(nouns: Sequence[Mention], text: str, subject: str | None) -> tuple[str, ...]:
    """The rows that the words name: the last one with those joined to it, or a child with its parent."""
    asked = subject == REQUESTS or (subject not in CHALLENGES and _name_applicants(nouns, text))
    mentions = [mention for mention in nouns if (term := mention.of_kind("row")) and (asked or not term.needs)]
    mentions = _without_echoes(mentions, text)
    joined = _last_joined(mentions, text)
    values = [term.value for mention in joined if (term := mention.of_kind("row"))]
    if values == ["received", "handled"]:
        values = values[1:]  # 受理并办结
    if values and values[-1] in PARENTS and _is_other_reason(text, joined[-1]):
        return ()
    children = list(dict.fromkeys(term.value for term in _terms(mentions, "row") if "." in term.value))
    named_alone = not any(_AND_SO_ON.match(text, mention.end) for mention in mentions)  # 因不掌握等原因无法提供
    if values and values[-1] in PARENTS and len(children) == 1 and named_alone:
        return (children[0],)
    outcomes = [term.value for term in _terms(mentions, "row") if term.value not in ("received", "handled", "carried")]
    if values == ["handled"] and outcomes:
        return (outcomes[-1],)
    return tuple(dict.fromkeys(values))


def _without_echoes(mentions: list[Mention], text: str) -> list[Mention]:
    """Without the words that only go on about the row before: 上年结转、继续办理的3件, 结转下年继续办理申请2件."""
    kept: list[Mention] = []
    for mention in mentions:
        before = kept[-1].of_kind("row") if kept else None
        own = mention.of_kind("row")
        gap = text[kept[-1].end : mention.start] if kept else ""
        echoes = before is not None and own is not None and _is_echo(before.value, gap, own.value)
        if not echoes:
            kept.append(mention)
    return kept


def _is_echo(before: str, gap: str, own: str) -> bool:
    """Whether the row `own` behind `before` only goes on about it, with the words of `gap` between."""
    if (before, own) in _ECHOES and _ECHO_GAP.fullmatch(gap):
        return True
    return gap == "继续" and before in _STOCKS and own == "received"


def _name_applicants(nouns: Sequence[Mention], text: str) -> bool:
    """收到自然人申请2件: an applicant kind that asked for something."""
    words = [text[mention.start : mention.end] for mention in nouns if mention.of_kind("column", "row")]
    columns = any(mention.of_kind("column") for mention in nouns)
    return columns and any("申请" in word for word in words)


def _is_other_reason(text: str, mention: Mention) -> bool:
    """因其他法定原因不予公开: the reasons that were not named yet, not all of them."""
    return _OTHER_REASON.search(text[: mention.start]) is not None


def _last_joined_columns(nouns: Sequence[Mention], text: str) -> list[Mention]:
    return _last_joined([mention for mention in nouns if mention.of_kind("column")], text)
