"""Words that mean none (未收到, 没有制发, 均为零), with the cells they speak of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import chain, pairwise

from extract.narrative.binding import NAMING, Context, read_mentions
from extract.narrative.clauses import ASKED, clause_pattern, is_led, piece_before, strange_words
from extract.narrative.denials import Denial, has_none, read_denial
from extract.narrative.frames import is_of_requests, read_frame
from extract.narrative.joined import join_lawsuits
from extract.narrative.lexicon import Mention
from extract.narrative.narrowed import narrow_fields
from extract.narrative.numbers import CLAIMS_FILE, word_pattern
from extract.narrative.plainness import is_known
from extract.narrative.scopes import (
    came_one_way,
    is_at_one_time,
    is_no_fact,
    is_other_matter,
    is_other_period,
    is_part_of_agency,
    names_scope,
)
from extract.narrative.spoken import Spoken, follow_subject, words_of
from extract.narrative.targets import (
    CHALLENGES,
    DECISIONS,
    DOCUMENTS,
    FEE_FIELDS,
    REQUESTS,
    Fields,
    challenge_fields,
    request_fields,
)
from extract.narrative.windows import mentions_between, split_pieces
from extract.narrative.years import comes_over, year_offset
from extract.quick import record, replace
from extract.rules import load_rules, rule_patterns
from extract.textform import any_word

_SEVERAL = 2
_CARRIED_IN, _CARRIED_OUT = ("requests.carried_in.total",), ("requests.carried_out.total",)
_LAST_YEAR = re.compile("(?:上年度?|上一年度?|去年|年初|期初)[末底]?[也都均]?$")
_BARE_YEAR = re.compile(r"(?:^|[，；。：、（])年$")
_LISTED = re.compile("[、和及与或者以]+")
_LABELLED = re.compile(
    "(?:全年|本年度?|年内|当年)?(?:均|都)?(?:没有|无|零|未发生|未办理|未收到|未作出|未制发|未实施|未产生)(?:发生|情形)?"
)
_ANY_ONE = re.compile("(?:任何)?(?:一[件起例宗份次个项])|^一$")
_WORDLESS = re.compile(r"(?<!无)[一二两三四五六七八九十\d]")


_pattern = rule_patterns(CLAIMS_FILE, "beside")


@record
class NoneWord:
    """A word for none; `fields` empty where no cell is meant. `start` and `end` index the plain text."""

    start: int
    end: int
    fields: Fields
    certain: bool
    scoped: bool = False  # words such as 本级 stand nearby
    parts: bool = False  # the statement names parts of the agency (各部门)
    unit: str = "件"
    at: int = -1  # where the words begin that name the cells, if not in the word's own piece
    strange: tuple[str, ...] | None = None  # of a clause that holds known words only: those that may be a name
    strict: bool = False  # nothing else than such a clause says what there is none of
    framed: bool = False  # a frame says it: a fact in whatever section
    either: Fields = ()  # other cells that it may speak of as well


def read_none_words(spoken: Spoken, context: Context) -> tuple[NoneWord, ...]:
    """The words for none of a plain sentence that speak of a cell, or of a thing not received, or of no fee."""
    found: list[NoneWord] = []
    for start, end in split_pieces(spoken.text):
        for word in _read_piece(spoken, start, end, context):
            fields = narrow_fields(spoken, "none", (start, end), (word.start, word.end), word.fields)
            certain = bool(fields) and (word.certain or fields != word.fields)
            either = _CARRIED_IN if fields == _CARRIED_OUT and not _is_directed(spoken, word, end) else ()
            found.append(replace(word, fields=fields, certain=certain, either=either))
        subjects = mentions_between(spoken.mentions, start, end)
        context = join_lawsuits(spoken, (start, end), follow_subject(spoken, subjects, context))
    return tuple(found)


def _is_directed(spoken: Spoken, word: NoneWord, end: int) -> bool:
    """Whether it tells which year's 无结转 is said of, or words before it tell what became of requests."""
    rows = (term.value for m in mentions_between(spoken.mentions, 0, word.start) if (term := m.of_kind("row")))
    told = any(row not in ("received", "carry") for row in rows)
    return told or _pattern("directed").search(spoken.text, 0, end) is not None


def may_deny(text: str) -> bool:
    """Whether the plain text has a word with which there may be none of something."""
    return has_none(text) or _denying().search(text) is not None


@cache
def _denying() -> re.Pattern[str]:
    """Any of the words that `_read_piece` looks for one by one."""
    rules = load_rules(CLAIMS_FILE)["none"]
    return re.compile(any_word(dict.fromkeys(chain(*(rules[key] for key in ("before", "after", "fee", "all_done"))))))


def _read_piece(spoken: Spoken, start: int, end: int, context: Context) -> list[NoneWord]:
    text = spoken.text
    if _tells_of_duty(text, start, end) or _pattern("asks").search(text, start, end + 1):
        return []
    if fee := word_pattern("none", "fee").search(text, start, end):
        free = _no_fee(spoken, fee, end)
        asked = _pattern("of_requests").search(spoken.text, 0, end)  # the fees of requests are others
        denial = None if asked else read_denial(spoken, (start, end), context)
        if denial is None or denial.fields != FEE_FIELDS:
            return [replace(free, strange=strange_words(spoken, (start, end), fee.span())) if free.certain else free]
        if not free.certain:
            return [_as_understood(spoken, denial) or free]
        alone = piece_before(spoken, start) is None  # 供水单位，当年未收取行政事业性收费
        return [replace(free, strange=denial.strange) if alone else free]
    frame = read_frame(spoken, (start, end), context)
    done = word_pattern("none", "all_done").search(text, start, end)
    if (
        done
        and not frame
        and not _of_challenges(spoken, (done.end(), end))
        and is_of_requests(spoken, (start, done.start()), context)
        and not _WORDLESS.search(text[done.end() : end])
    ):
        known = () if is_known(words_of(spoken), (start, done.start())) else None
        scoped = names_scope(spoken.mentions, text)
        return [NoneWord(done.start(), done.end(), _carried(text, done.start(), ""), True, scoped, strange=known)]
    found = [
        word
        for match in word_pattern("none", "before").finditer(text, start, end)
        if (word := _deny_behind(spoken, match, (start, end), context))
    ]
    if not found and (labelled := _deny_label(spoken, start, end, context)):
        return [labelled]
    if not found and (match := word_pattern("none", "after").search(text, start, end)):
        found = [word for word in [_deny_before(spoken, match, start, context)] if word]
    if not found and (match := _pattern("never").search(text, start, end)):
        found = [word for word in [_deny_topic(spoken, match, start, context)] if word]
    if frame:
        found = [word for word in found if word.end <= frame.start or frame.end <= word.start]
        found += [replace(word, framed=True) for word in [_as_understood(spoken, frame)] if word]
    elif denial := read_denial(spoken, (start, end), context):
        found = _settle(spoken, found, denial)
    return found[:1] + [word for word in found[1:] if word.fields != found[0].fields]


def _of_challenges(spoken: Spoken, span: tuple[int, int]) -> bool:
    """没有遗留的复议案件."""
    subjects = (mention.of_kind("subject") for mention in mentions_between(spoken.mentions, *span))
    return any(term is not None and term.value in CHALLENGES for term in subjects)


def _tells_of_duty(text: str, start: int, end: int) -> bool:
    """没有应公开而未公开的信息, 未重复答复: a duty that was kept, or how it was, no count."""
    if _pattern("not_again").search(text, start, end):
        return True
    ends = (match.end() for match in word_pattern("none", "before").finditer(text, start, end))
    return any(_pattern("ought").match(text, place, end) for place in ends)


def _deny_label(spoken: Spoken, start: int, end: int, context: Context) -> NoneWord | None:
    """部分公开：没有, 政府信息公开申请：本年无: what there is none of stands before the colon."""
    match = _LABELLED.fullmatch(spoken.text, start, end)
    if match is None or not start or spoken.text[start - 1] != "：":
        return None
    label = max(spoken.text.rfind(mark, 0, start - 1) for mark in "，；：。（") + 1
    named = [m for m in mentions_between(spoken.mentions, label, start) if m.of_kind(*NAMING, "foreign", "detail")]
    if not named or any(mention.of_kind(*NAMING) is None for mention in named):
        return None
    word = _as_none(spoken, match.span(), _with_verb("", named, spoken.text, context), named)
    return word and replace(word, strange=())


def _deny_topic(spoken: Spoken, match: re.Match[str], start: int, context: Context) -> NoneWord | None:
    """行政强制今年没有采取过; 行政许可，全年没有办理过: what there is none of stands before."""
    text, begin = spoken.text, start
    if _pattern("yet").match(text, max(0, match.start() - 1)):
        return None  # 复议决定还没有作出
    if not _pattern("when").fullmatch(text, start, match.start()):
        named = mentions_between(spoken.mentions, start, match.start())
    elif not start or text[start - 1] != "，":
        return None
    else:
        named = []
        while not named and begin and text[begin - 1] == "，":  # 行政复议方面，一年来平安无事，一件也没有
            begin = max(text.rfind(mark, 0, begin - 1) for mark in "，；：。（") + 1
            named = [m for m in mentions_between(spoken.mentions, begin, start) if not m.of_kind("name", "filler")]
    things = [m for m in named if m.of_kind(*NAMING, "foreign", "detail", "column")]
    between = text[things[-1].end : match.start()] if things else ""
    if begin < start and things:
        between = re.sub("，[^，]*(?=，)", "", between)
    if not things or things[-1].of_kind(*NAMING) is None or not _pattern("of_topic").fullmatch(between):
        return None
    if not any(m.of_kind("subject", "column", "row", "action") for m in things) or things[-1].of_kind("rest"):
        return None
    if "新增" in match[0] and _is_decision(things[-1]):
        return None  # 行政许可事项没有新增
    fields = _with_verb("", things, text, context)
    word = _as_none(spoken, match.span(), fields, things, topic=begin < start)
    if word and begin < start:
        known = () if "，" in text[begin : start - 1] else word.strange
        word = replace(word, at=things[0].start, strange=known)
    return word


def _no_fee(spoken: Spoken, match: re.Match[str], end: int) -> NoneWord:
    """未收取信息处理费 speaks of no cell, 未收取行政事业性收费 of the fees."""
    behind = mentions_between(spoken.mentions, match.start(), end)
    named = [term for mention in behind if (term := mention.of_kind("subject")) and term.value == "fees"]
    own = bool(named) and not named[0].weak and not is_no_fact(spoken.text, match.start())
    own = own and not _pattern("of_requests").search(spoken.text, 0, end)
    other = is_other_period(spoken.text, match.start(), spoken.year) or names_scope(spoken.mentions, spoken.text)
    return NoneWord(match.start(), match.end(), FEE_FIELDS if own and not other else (), own and not other, unit="元")


def _deny_behind(spoken: Spoken, match: re.Match[str], piece: tuple[int, int], context: Context) -> NoneWord | None:
    """没有发生行政诉讼: the word for none stands before what it denies."""
    yet = _pattern("yet").search(spoken.text, max(0, match.start() - 1), match.end())
    if _inside_phrase(spoken.mentions, match) or _is_year_end(match) or (yet and yet.end() == match.end()):
        return None
    if match[0].endswith("无") and _begins_word(spoken, match.end()):
        return None
    text, (start, end) = spoken.text, piece
    further = next(
        (
            other.start()
            for other in word_pattern("none", "before").finditer(text, match.end(), end)
            if not _inside_phrase(spoken.mentions, other)  # 没有无法提供的情况
        ),
        end,
    )
    limit = min(further, match.end() + load_rules(CLAIMS_FILE)["none"]["reach"])
    behind = [
        m
        for m in mentions_between(spoken.mentions, match.start(), limit)
        if m.end > match.end() and not m.of_kind("filler")
    ]
    named = [mention for mention in behind if mention.of_kind(*NAMING)]
    first = _denied_first(behind, text)
    if {mention.end for mention in named} & {number.start for number in spoken.numbers if number.value}:
        return None  # 无复议案件应诉行政诉讼3件, whose comma is lost
    if first is not None and (_pattern("befell").match(text, first.end) or _pattern("so_many").match(text, first.end)):
        return None
    if first is not None and _is_decision(first) and _pattern("led_to").match(text, first.end):
        return None
    if first is not None and _is_decision(first) and _pattern("without").search(text, first.end, end):
        return None
    if first is None or not _reaches(match[0], text[match.end() : first.start], first):
        return _deny_verb(spoken, match, start, context)
    if _is_fee(first):
        return NoneWord(match.start(), match.end(), (), False, unit="元")
    if first.of_kind("result", "action"):
        context = follow_subject(spoken, mentions_between(spoken.mentions, start, match.start()), context)
    rows = [mention for mention in behind if mention.of_kind("row")]
    if not _is_deniable(first) and not any(_is_outcome(mention, text) for mention in (first, *rows[-1:])):
        return None
    columns = [m for m in mentions_between(spoken.mentions, start, match.start()) if m.of_kind("column")]
    if columns and (term := first.of_kind("subject", "row")) and term.value in (REQUESTS, "received"):
        named = [*columns]
    if first.of_kind(*NAMING) is None:
        unbound = match[0] in load_rules(CLAIMS_FILE)["none"]["other"]
        return NoneWord(match.start(), match.end(), (), False) if unbound else None
    word = _as_none(spoken, match.span(), _with_verb(match[0], named, text, context), behind)
    return replace(word, certain=False) if word and _is_of_part(spoken, start, match.start(), word.fields) else word


def _is_of_part(spoken: Spoken, start: int, end: int, fields: Fields) -> bool:
    """行政处罚未引发行政诉讼, 企业没有收到不予公开的决定: what stands before says of which ones there were none."""
    if not fields or fields[0].startswith("requests.received."):
        return False
    terms = [term for m in mentions_between(spoken.mentions, start, end) for term in m.terms]
    rows = [term.value for term in terms if term.kind == "row" and term.value not in ASKED]
    kinds = any(term.kind == "column" for term in terms)
    if fields[0].startswith("challenges."):
        return bool(rows) or kinds or any(term.value in (*DECISIONS, *DOCUMENTS) for term in terms)
    if not fields[0].startswith("requests."):
        return False
    about = clause_pattern("contents").search(spoken.text, start, end) is not None
    others = [row for row in rows if not any(field.startswith(f"requests.{row}.") for field in fields)]
    return about or bool(others) or kinds


def _begins_word(spoken: Spoken, place: int) -> bool:
    """无线, 无不: 无 is a part of another word, unless a term begins behind it (无不予公开情形, 无法律服务机构)."""
    outcome = any(mention.start == place and mention.of_kind("row", "column") for mention in spoken.mentions)
    return not outcome and spoken.text[place : place + 1] in tuple(load_rules(CLAIMS_FILE)["none"]["no_none"])


def _is_year_end(match: re.Match[str]) -> bool:
    """年未结转, which noise has made of 年末结转."""
    return match[0].startswith("未") and _BARE_YEAR.search(match.string, 0, match.start()) is not None


def _denied_first(behind: Sequence[Mention], text: str) -> Mention | None:
    """The first thing named behind the word for none; 答复 and 申请 on the way to a challenge only say whose it is."""
    first = next((mention for mention in behind if mention.of_kind(*NAMING, "foreign", "detail")), None)
    if first and (term := first.of_kind("subject", "row")) and term.value in (REQUESTS, "handled"):
        challenge = next((m for m in behind if (term := m.of_kind("subject")) and term.value in CHALLENGES), None)
        return challenge if challenge and term.value == "handled" else first
    if first and first.of_kind("foreign") and (joined := _joined_challenge(behind[behind.index(first) :], text)):
        return joined
    return first


def _joined_challenge(listed: Sequence[Mention], text: str) -> Mention | None:
    """举报、投诉、行政复议: the challenge that stands in one list with other things."""
    for one, other in pairwise(listed):
        if not _LISTED.fullmatch(text, one.end, other.start):
            return None
        if (term := other.of_kind("subject")) and term.value in CHALLENGES:
            return other
    return None


def _reaches(word: str, gap: str, first: Mention) -> bool:
    """True where the word for none denies the first thing behind it, whatever stands between the two."""
    gap = _ANY_ONE.sub("", gap)
    if _WORDLESS.search(gap):
        return False
    subject = first.of_kind("subject")
    asked = subject is not None and subject.value == REQUESTS and gap.endswith(("提出", "提交", "递交"))
    challenged = subject is not None and subject.value in CHALLENGES
    far = asked or challenged or any(verb in word for verb in load_rules(CLAIMS_FILE)["none"]["verbs"])
    return (far and not re.search(r"[按能及未不]", gap)) or _only_gaps(gap)


def _is_decision(mention: Mention) -> bool:
    term = mention.of_kind("subject")
    return term is not None and term.value in (*DECISIONS, *DOCUMENTS)


def _is_fee(mention: Mention) -> bool:
    term = mention.of_kind("subject")
    return term is not None and term.value == "fees" and term.weak


def _is_deniable(mention: Mention) -> bool:
    """True for things that there may be none of; an outcome behind 没有 is a condition (没有正当理由), not a count."""
    if mention.of_kind("subject", "column", "action", "foreign", "detail"):
        return True
    if (result := mention.of_kind("result")) and result.value == "corrected":
        return True
    term = mention.of_kind("row")
    return term is not None and term.value in ("received", "carried_in", "carried_out", "carry")


def _is_outcome(mention: Mention, text: str) -> bool:
    """没有不予处理的情况: an outcome of which there was none."""
    return mention.of_kind("row", "result") is not None and text[mention.end :].startswith(
        tuple(load_rules(CLAIMS_FILE)["none"]["cases"])
    )


def _with_verb(word: str, named: Sequence[Mention], text: str, context: Context) -> Fields:
    """The cells denied; a challenge that follows a request is what is meant, not the request."""
    challenges = [mention for mention in named if (term := mention.of_kind("subject")) and term.value in CHALLENGES]
    if challenges:
        values = tuple(dict.fromkeys(term.value for m in challenges if (term := m.of_kind("subject"))))
        ends = tuple(dict.fromkeys(term.value for m in named if (term := m.of_kind("result"))))
        return challenge_fields(values, ends[:1])
    if listed := _all_listed(named, text):
        return listed
    carries = [mention for mention in named if (term := mention.of_kind("row")) and term.value == "carry"]
    if carries or "结转" in word:
        return _carried(text, carries[0].start if carries else text.index(word), word)
    verbs = {"制": "issued", "印": "issued", "出台": "issued", "颁": "issued", "废止": "repealed"}
    fields = _reasons(named, read_mentions(named, text, context).fields)
    action = next((action for key, action in verbs.items() if key in word), None)
    if (
        action
        and fields
        and fields[0].startswith("disclosure.")
        and fields[0].count(".") == 2
        and ".decisions" not in fields[0]
    ):
        return tuple(f"{field.rsplit('.', 1)[0]}.{action}" for field in fields)
    return fields


def _all_listed(named: Sequence[Mention], text: str) -> Fields:
    """没有科研机构、社会组织和律所的申请, 无行政许可、处罚、强制事项: the cells of all that stand in one list."""
    things = [mention for mention in named if mention.of_kind("column") or _is_decision(mention)]
    if len(things) < _SEVERAL or not all(_LISTED.fullmatch(text, a.end, b.start) for a, b in pairwise(things)):
        return ()
    kinds = tuple(term.value for mention in things if (term := mention.of_kind("column")))
    if len(kinds) == len(things):  # not 没有个人和企业提出的申请被拒绝
        others = [term.value for m in named if not m.of_kind("column") and (term := m.of_kind(*NAMING))]
        asked = set(others) <= {REQUESTS, "received"} and _pattern("ends_list").match(text, named[-1].end)
        return request_fields(("received",), kinds) if asked else ()
    decided = [term.value for mention in things if (term := mention.of_kind("subject")) and term.value in DECISIONS]
    return tuple(f"disclosure.{value}.decisions" for value in decided) if len(decided) == len(named) else ()


def _reasons(named: Sequence[Mention], fields: Fields) -> Fields:
    """没有以国家秘密、内部事务为由不予公开的: the rows of the reasons, where `fields` are all rows of the outcome."""
    rows = dict.fromkeys(term.value for mention in named if (term := mention.of_kind("row")))
    reasons = request_fields(tuple(row for row in rows if "." in row), ())
    return reasons if len(reasons) > 1 and set(reasons) < set(fields) else fields


def _carried(text: str, start: int, word: str) -> Fields:
    """上年没有结转, 没有结转至本年办理 came in; the others went out."""
    end = min((place for mark in "，；。" if (place := text.find(mark, start)) >= 0), default=len(text))
    came = _LAST_YEAR.search(text[:start].removesuffix(word)) or comes_over(text, (start, end), start, None)
    return request_fields(("carried_in" if came else "carried_out",), ())


def _deny_verb(spoken: Spoken, match: re.Match[str], start: int, context: Context) -> NoneWord | None:
    """没有废止, 规章未制发, 没有结转: the word itself says what there was none of."""
    if is_other_period(spoken.text, match.start(), spoken.year):
        return None  # 上半年没有结转
    context = follow_subject(spoken, mentions_between(spoken.mentions, start, match.start()), context)
    for key, fields in (
        ("废止", _documents(context, "repealed")),
        ("制", _documents(context, "issued")),
        ("印发", _documents(context, "issued")),
        ("出台", _documents(context, "issued")),
        (
            "结转",
            _carried(spoken.text, match.start(), ""),
        ),
    ):
        if key in match[0] and fields:
            alone = _pattern("alone").fullmatch(spoken.text, start, match.start()) is not None
            scoped = names_scope(spoken.mentions, spoken.text)
            return NoneWord(match.start(), match.end(), fields, True, scoped, strange=() if alone else None)
    return None


def _documents(context: Context, action: str) -> Fields:
    return tuple(f"disclosure.{subject}.{action}" for subject in context.documents)


def _deny_before(spoken: Spoken, match: re.Match[str], start: int, context: Context) -> NoneWord | None:
    """行政复议、行政诉讼均为零: what is denied stands before the word for none."""
    ends = (number.end for number in spoken.numbers if start <= number.start < match.start())
    own = max((end for end in ends if spoken.text.startswith("、", end)), default=start)  # 复议2件、诉讼为零
    before = mentions_between(spoken.mentions, own, match.start())
    if _pattern("befell").match(spoken.text, match.end()) or _denies_more(spoken.text, match):
        return None
    named = [mention for mention in before if mention.of_kind(*NAMING)]
    if named and _is_fee(named[-1]):
        known = any((term := m.of_kind("subject")) and term.value == "fees" and not term.weak for m in spoken.mentions)
        if not known or _pattern("of_requests").search(spoken.text):
            return NoneWord(match.start(), match.end(), (), False, unit="元")
    if not named or (before[-1].of_kind(*NAMING) is None and not before[-1].of_kind("filler")):
        return None
    fields = _with_verb("", named, spoken.text, context)
    return _as_none(spoken, match.span(), fields, before)


def _settle(spoken: Spoken, found: list[NoneWord], denial: Denial) -> list[NoneWord]:
    """The words found, where they are sure; one of them is understood, too, where the whole clause says the same."""
    if not any(word.certain for word in found):
        return [word for word in [_as_understood(spoken, denial)] if word] or found
    same = len(found) == 1 and found[0].fields == denial.fields
    return [replace(found[0], strange=denial.strange)] if same else found


def _as_understood(spoken: Spoken, denial: Denial) -> NoneWord | None:
    word = _as_none(spoken, (denial.start, denial.end), denial.fields, [])
    return word and replace(word, at=denial.at, strange=denial.strange, strict=True)


def _denies_more(text: str, match: re.Match[str]) -> bool:
    """收到的申请均无补正: what there is none of stands behind the word, after all."""
    return match[0].endswith(("无", "没有")) and _pattern("nothing_more").match(text, match.end()) is None


def _as_none(
    spoken: Spoken, span: tuple[int, int], fields: Fields, mentions: Sequence[Mention], *, topic: bool = False
) -> NoneWord | None:
    begin, end = span
    if not fields or any(mention.of_kind("change") for mention in mentions):
        return None
    start = max(spoken.text.rfind(mark, 0, begin) for mark in "，；。：（") + 1
    offset = year_offset(spoken.text, spoken.mentions, begin, start, spoken.year)
    listed = _pattern("listed_parts").search(spoken.text, 0, begin)  # 其中县本级5件、各镇3件；没有结转
    scoped = names_scope([m for m in spoken.mentions if not (listed and _lies_in(m, listed))], spoken.text)
    weak = any(mention.of_kind("foreign", "detail") for mention in mentions)
    weak = weak or any(term.weak for mention in mentions for term in mention.terms if term.kind == "row")
    decided = fields[0].endswith(".decisions")
    # 没有作出撤销许可的决定, 其他许可没有办理
    weak = weak or (decided and any(mention.of_kind("result", "rest") for mention in mentions))
    if not fields[0].startswith("requests."):
        weak = weak or any(mention.of_kind("column") for mention in mentions)  # 没有对企业作出行政处罚
        rows = (
            term.value for mention in mentions if (term := mention.of_kind("row")) and not mention.of_kind("result")
        )
        weak = weak or any(row not in (*ASKED, "carry") for row in rows)  # 没有不予公开的申请引起行政诉讼
    elif fields[0].startswith("requests.received."):
        things = (term.value for mention in mentions if (term := mention.of_kind("subject")))
        weak = weak or any(value in (*DECISIONS, *DOCUMENTS) for value in things)  # 没有收到有关行政强制的申请
    came_in = offset == -1 and ".carried_in." in fields[0]
    other = (bool(offset) and not came_in) or is_other_period(spoken.text, begin, spoken.year)
    weak = weak or is_other_matter(spoken.text, begin, fields) or is_no_fact(spoken.text, begin)
    parts = is_part_of_agency(spoken.text, end)
    weak = weak or came_one_way(spoken.text[start:begin], fields) or (is_led(spoken, start) and not topic)
    weak = weak or (not _is_stock(fields) and is_at_one_time(spoken.text[:begin]))
    return NoneWord(begin, end, () if other else fields, not other and not weak, scoped, parts)


def _lies_in(mention: Mention, match: re.Match[str]) -> bool:
    return match.start() <= mention.start and mention.end <= match.end()


def _is_stock(fields: Fields) -> bool:
    """What may be told of one day."""
    return ".carried_" in fields[0] or fields[0].endswith((".pending", ".in_force"))


def _inside_phrase(mentions: Sequence[Mention], match: re.Match[str]) -> bool:
    """True where the word for none, or its end, begins a longer phrase: 没有现成信息, 无正当理由, 均无法提供."""
    quoted = match.string[: match.start()].endswith("“")
    begins = {match.start(), match.end() - 1} if match[0].endswith("无") else {match.start()}
    return quoted or any(
        any(mention.start <= place < mention.end for place in begins) and not _is_plain_absence(mention, match)
        for mention in mentions
    )


def _is_plain_absence(mention: Mention, match: re.Match[str]) -> bool:
    """不存在 before what there is none of, not 信息不存在, the reason of an answer."""
    behind = match.string[mention.end : mention.end + 1]
    return match.string[mention.start : mention.end] == "不存在" and behind not in ("", *"，。；、）的：0123456789")


def _only_gaps(words: str) -> bool:
    for gap in sorted(load_rules(CLAIMS_FILE)["none"]["gap"], key=len, reverse=True):
        words = words.replace(gap, "")
    return not words
