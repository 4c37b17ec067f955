"""Wordings that make cells equal (均已办结, 均为自然人, 无一纠正)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from extract.narrative.alike import read_alike
from extract.narrative.binding import NAMING, NO_OUTCOMES, Context
from extract.narrative.clauses import Span, clause_pattern, is_led, names_part, strange_words
from extract.narrative.joined import join_lawsuits
from extract.narrative.lexicon import Mention
from extract.narrative.named_before import find_named, piece_start_before, whole_of_parts
from extract.narrative.narrowed import narrow_fields
from extract.narrative.numbers import CLAIMS_FILE, word_pattern
from extract.narrative.plainness import is_known
from extract.narrative.scopes import came_one_way, is_no_fact, is_other_matter, is_other_period, is_part_of_agency
from extract.narrative.spoken import Spoken, follow_subject, is_understood, words_of
from extract.narrative.targets import CHALLENGES, FOREIGN, REQUESTS, Fields, challenge_fields, request_fields
from extract.narrative.windows import mentions_between, split_pieces
from extract.narrative.years import say_whole_year
from extract.quick import record, replace
from extract.rules import load_rules, rule_pattern

_RECEIVED = ("requests.received.total",)
_CARRIED_IN, _CARRIED_OUT = ("requests.carried_in.total",), ("requests.carried_out.total",)
_COUNTED = re.compile(r"(?:共|总计|约|近|计)*[一二两三四五六七八九十百千\d]+[余多]?[件条份起篇个次]")
_WITH_REASON = 2  # rows named: why, and what became of it
_ASKED = ("received", "handled", "carried")
_DISCLOSED = ("granted", "partially_granted")
_STOCKS = ("carried_in", "carried_out")
_DECIDED = ("upheld", "corrected")
_NOUN = re.compile("[\u4e00-\u9fff]{2}")
_WORDLESS = re.compile(r"[一二两三四五六七八九十\d]")


@record
class AllWord:
    """A wording that makes cells equal: those of `part` are all there is of `whole`; an empty `part` means none.

    `or_equal` are other pairs of which one that is equal bears the words out; `counted` is the number of the things
    spoken of, where it stands with them: the words are about a part if no whole is as much. `aside` are cells that the
    words do not speak of: where there is to be none of `whole`, there may be as much as they show.
    """

    start: int
    end: int
    part: Fields
    whole: Fields
    or_equal: tuple[tuple[Fields, Fields], ...] = ()
    counted: Decimal | None = None
    strange: tuple[str, ...] = ()  # words that are not known, which may be the agency's name
    aside: Fields = ()


def read_all_words(spoken: Spoken, context: Context) -> tuple[AllWord, ...]:
    """The wordings of a plain sentence that say that all of something is alike or done."""
    found: list[AllWord] = []
    of_which = rule_pattern(CLAIMS_FILE, "all", "of_which")
    for start, end in split_pieces(spoken.text):
        if spoken.text.startswith("？", end) or of_which.match(spoken.text[start:end]):
            continue
        if rule_pattern(CLAIMS_FILE, "all", "results").search(spoken.text, start, end):
            continue
        mentions = mentions_between(spoken.mentions, start, end)
        word = _find_word(spoken, start, end)
        before = [mention for mention in mentions if mention.end <= word.start()] if word else mentions
        behind = _follow_counted(spoken, (start, end), mentions, context)
        about = behind if before == mentions else _follow_counted(spoken, (start, end), before, context)
        said = _read_all(spoken, start, end, mentions, about) or _read_known(spoken, (start, end), about)
        found += [_of_new_only(spoken, start, own) for own in said if not _is_narrowed(spoken, (start, end), own)]
        context = join_lawsuits(spoken, (start, end), behind)
    return tuple(found)


def _is_narrowed(spoken: Spoken, piece: Span, word: AllWord) -> bool:
    fields = word.part or word.whole
    return narrow_fields(spoken, "all", piece, (word.start, word.end), fields) != fields


def _of_new_only(spoken: Spoken, start: int, word: AllWord) -> AllWord:
    """新收的申请均已办结: what is left may be of those that were carried over."""
    rules, text = load_rules(CLAIMS_FILE)["all"], spoken.text[start : word.end]
    new = word.whole == _CARRIED_OUT and re.search(rules["new_only"], text) and not re.search(rules["with_new"], text)
    return replace(word, aside=_CARRIED_IN) if new else word


def may_say_all(text: str) -> bool:
    """Whether the plain text has a word with which something may be said of all."""
    return bool(clause_pattern("alike").search(text) or word_pattern("all", "none_of").search(text))


def _follow_counted(spoken: Spoken, piece: tuple[int, int], mentions: Sequence[Mention], context: Context) -> Context:
    """The context behind a piece: what it names; 提案9件 makes other things than the form's the matter."""
    if clause_pattern("frame").search(spoken.text, *piece):
        return context  # 从登记情况看
    if _counts_other_things(spoken, piece, mentions):
        return replace(context, subject=FOREIGN)
    end = piece[1]
    if not any(mention.of_kind("subject") for mention in mentions):
        topics = any(mention.of_kind("topic") for mention in mentions)
        petitions = any((term := mention.of_kind("foreign")) and term.value == "petition" for mention in mentions)
        if petitions or (topics and context.subject == FOREIGN):
            return replace(context, subject=FOREIGN)  # 承办提案9件，办理结果均已公开
        foreign = [mention for mention in mentions if mention.of_kind("foreign") and mention.end < end]
        if any(_COUNTED.match(spoken.text, mention.end, end) for mention in foreign):
            return replace(context, subject=FOREIGN)
    return follow_subject(spoken, mentions, context)


def _counts_other_things(spoken: Spoken, piece: tuple[int, int], mentions: Sequence[Mention]) -> bool:
    """调处纠纷58件, 行政许可138件: what is counted last is nothing that was asked for."""
    units = load_rules(CLAIMS_FILE)["numbers"]
    kinds = (*units["cell_units"], *units["loose_units"])
    counted = [n.start for n in spoken.numbers if piece[0] <= n.start < piece[1] and n.unit in kinds]
    if not counted:
        return False
    named = {term.value for mention in mentions if (term := mention.of_kind("subject", "topic"))}
    if named & {REQUESTS, *CHALLENGES}:
        return False
    verbs = [m.end for m in mentions if m.end <= counted[-1] and (term := m.of_kind("row")) and term.value in _ASKED]
    begin = min(verbs, default=piece[0])
    return bool(named) or _NOUN.search(words_of(spoken).unknown, begin, counted[-1]) is not None


def _read_known(spoken: Spoken, piece: tuple[int, int], context: Context) -> list[AllWord]:
    """What a clause of known words says of all of the year's."""
    alike = read_alike(spoken, piece, context)
    if (
        alike is None
        or _is_of_named_part(spoken, piece[0])
        or not _is_of_the_year(spoken, piece[0], alike.start, context)
    ):
        return []
    if is_no_fact(spoken.text, alike.start) or is_part_of_agency(spoken.text, alike.start):
        return []
    if is_other_matter(spoken.text, alike.start, alike.whole) or is_led(spoken, piece[0]):
        return []
    return [AllWord(alike.start, alike.end, alike.part, alike.whole, alike.others, strange=alike.strange)]


def _is_of_named_part(spoken: Spoken, start: int) -> bool:
    """企业申请4件，均涉及取水，均已办结: of several 均 the last is of what stands before the first."""
    named = _followed(spoken, start) if word_pattern("all", "words").match(spoken.text, start) else []
    return len(named) > 1 and names_part(spoken, named[0])


def _read_all(spoken: Spoken, start: int, end: int, mentions: Sequence[Mention], context: Context) -> list[AllWord]:
    text = spoken.text[start:end]
    if context.subject in CHALLENGES and (upheld := _read_none_corrected(spoken, (start, end), context)):
        return [upheld]
    match = _find_word(spoken, start, end)
    if not match or (_is_of_those_due(text) and not _is_of_all_counted(spoken, (start, end), context)):
        return []
    begin, words = match.start(), spoken.text[match.end() : end]
    listed = rule_pattern(CLAIMS_FILE, "all", "goes_on").match(spoken.text, end)  # 全部来自自然人（19件）和企业（3件）
    counted = _WORDLESS.search(say_whole_year(words, spoken.year))  # 均在2024年内答复 counts nothing
    if counted or spoken.text[start:begin].endswith("占") or listed:
        return []
    behind = [mention for mention in mentions if mention.start >= begin and mention.end > match.end()]
    of_part, before = load_rules(CLAIMS_FILE)["all"]["of_part"], spoken.text[start:begin]
    own = before and rule_pattern(CLAIMS_FILE, "all", "decider").fullmatch(before) is None
    closed = _all_closed(behind, before if own else _counted_before(spoken, start), context)
    word = closed or _all_of(behind, context, spoken.text[begin:end], words, whole=not re.search(of_part, before))
    or_else = rule_pattern(CLAIMS_FILE, "all", "or_else")
    if word and any(or_else.match(spoken.text, m.end, end) for m in behind if m.of_kind("result")):
        return []  # 均获维持或以其他方式结案
    excepted = re.search(load_rules(CLAIMS_FILE)["all"]["but"], spoken.text[:begin])
    sure = is_understood(spoken, start, begin) and not excepted
    if excepted and _are_known(spoken, (excepted.start(), end)):
        rest = _all_but(mentions_between(spoken.mentions, excepted.start(), begin), behind, context)
        return [AllWord(begin, end, *rest)] if rest else []
    if not _is_of_the_year(spoken, start, begin, context) or not _is_plain(spoken, start, begin):
        return []
    if not sure or is_no_fact(spoken.text, begin) or is_part_of_agency(spoken.text, begin):
        return []
    if word and is_other_matter(spoken.text, begin, word[1]):
        return []
    kinds = [mention for mention in mentions if mention.end <= begin and mention.of_kind("column")]
    if came_one_way(spoken.text[start:begin], _RECEIVED):
        return []
    if kinds:  # of one kind of applicant
        rule = clause_pattern("lead").search(spoken.text, start, begin)  # 对个人申请均予公开
        alone = len(kinds) == 1 and not rule
        decided = _all_decided(spoken, (start, begin, end), behind, context) if alone else None
        return [decided] if decided else []
    word = _of_stock(spoken, begin, word)
    of_requests = word is not None and bool(word[0]) and word[0][0].startswith("requests.")
    if of_requests and behind and not clause_pattern("is_who").search(spoken.text[begin : behind[0].start]):
        return []  # 均与企业有关
    if word and start == begin and _is_of_outcome(spoken, begin):
        return []  # 部分公开的2件，均为自然人申请; but not 收到3件，公开2件、不予公开1件，均为自然人申请
    if word:
        beside = [number.value for number in spoken.numbers if number.end == begin and word[0]]  # 判决3件均驳回
        return [AllWord(begin, end, *word, counted=beside[0] if beside else None)]
    whole = not re.search(of_part, before.replace("办结的", ""))  # all that are closed have an outcome
    decided = _all_decided(spoken, (start, begin, end), behind, context) if whole else None
    return [decided] if decided else []


def _read_none_corrected(spoken: Spoken, piece: Span, context: Context) -> AllWord | None:
    """没有被纠正的: of all challenges; not 纠正1件，其余未被纠正."""
    text = spoken.text[piece[0] : piece[1]]
    none_of = word_pattern("all", "none_of").search(text)
    if not none_of or clause_pattern("alike_part").search(text, 0, none_of.start()):
        return None
    if not is_known(words_of(spoken), piece):
        return None
    start, end = none_of.span()
    return AllWord(piece[0] + start, piece[0] + end, (), challenge_fields(context.challenge, ("corrected",)))


def _are_known(spoken: Spoken, span: Span) -> bool:
    """Whether the words between 除 and 外, and those behind it, are known."""
    middle = spoken.text.index("外", *span)
    return all(is_known(words_of(spoken), part) for part in ((span[0] + 1, middle), (middle + 1, span[1])))


def _all_but(
    left_out: Sequence[Mention], behind: Sequence[Mention], context: Context
) -> tuple[Fields, Fields, tuple[tuple[Fields, Fields], ...]] | None:
    """除无法提供的8件外，其余均予以公开: both together are all there is."""
    terms = [[term for m in own if (term := m.of_kind("row", "column", "result"))] for own in (left_out, behind)]
    terms = [[term for term in own if term.value not in _ASKED] for own in terms]
    if any(len(own) != 1 for own in terms) or any(mention.of_kind("rest") for mention in (*left_out, *behind)):
        return None
    less, rest = terms[0][0], terms[1][0]
    if rest.kind == less.kind == "result" and context.subject in CHALLENGES and context.challenge:
        parts = challenge_fields(context.challenge, (less.value,)), challenge_fields(context.challenge, (rest.value,))
        part, closed = parts[0] + parts[1], challenge_fields(context.challenge, ("closed",))
        return part, challenge_fields(context.challenge, ()), ((part, closed),)
    if context.subject in CHALLENGES or context.subject == FOREIGN or rest.kind != less.kind or rest.kind == "result":
        return None
    if rest.kind == "column" and context.subject == REQUESTS:
        return request_fields(("received",), (less.value, rest.value)), request_fields(("received",), ()), ()
    if rest.kind != "row" or rest.value in NO_OUTCOMES or (rest.near and not rest.loose) or context.subject is None:
        return None
    left = less.value in ("carried_out", "carry")
    if less.value in NO_OUTCOMES and not left:
        return None
    rows = ("carried_out" if left else less.value, rest.value)
    return request_fields(rows, ()), request_fields(("carried" if left else "handled",), ()), ()


def _of_stock(spoken: Spoken, begin: int, word: tuple[Fields, Fields] | None) -> tuple[Fields, Fields] | None:
    """年末在办3件，申请人均为企业: the applicants of what the words before count, where that is a carry-over."""
    if not word or not word[0] or not word[0][0].startswith("requests.received."):
        return word
    start = max(spoken.text.rfind(mark, 0, begin) for mark in "；。") + 1
    rows = [term.value for m in mentions_between(spoken.mentions, start, begin) if (term := m.of_kind("row"))]
    if not rows or rows[-1] not in _STOCKS or "received" in rows:
        return word
    kinds = tuple(field.rpartition(".")[2] for field in word[0])
    return request_fields((rows[-1],), kinds), request_fields((rows[-1],), ())


def _is_of_those_due(text: str) -> bool:
    """均按时答复 says nothing of those not yet due; 均已按时办结 says that there are none."""
    rules = load_rules(CLAIMS_FILE)["all"]
    return any(word in text for word in rules["soft"]) and not re.search(rules["done_in_time"], text)


def _is_of_all_counted(spoken: Spoken, piece: Span, context: Context) -> bool:
    """新收申请12件，均在法定期限内办结: in time or not, so many as came in were dealt with."""
    start, end = piece
    before, words = piece_start_before(spoken, start), load_rules(CLAIMS_FILE)["all"]
    if (
        context.subject != REQUESTS
        or before == start
        or not re.search(words["done_of_counted"], spoken.text[start:end])
    ):
        return False
    if re.search(words["left_of_counted"], spoken.text[end:]):
        return False
    rows = [term.value for m in mentions_between(spoken.mentions, before, start) if (term := m.of_kind("row"))]
    counted = [number for number in spoken.numbers if before <= number.start < start]
    asked = rows in ([], ["received"]) and not names_part(spoken, (before, start))
    return asked and len(counted) == 1 and start - counted[0].end <= 1


def _find_word(spoken: Spoken, start: int, end: int) -> re.Match[str] | None:
    """The word for all of a piece: the first, or in 所有申请均, 全部申请都 the second, which stands behind its noun."""
    words = list(word_pattern("all", "words").finditer(spoken.text, start, end))[:2]
    if len(words) > 1:
        between = mentions_between(spoken.mentions, words[0].start(), words[1].start())
        if between and between[-1].end == words[1].start() and between[-1].of_kind("subject"):
            return words[1]
    return words[0] if words else None


def _is_plain(spoken: Spoken, start: int, begin: int) -> bool:
    """Whether what is all alike is named in known words: in the own piece or, where 均 begins it, in the one before.

    收到申请4件，均来自患者，均已答复: that of the first 均, where several follow each other.
    """
    if start != begin:
        return is_known(words_of(spoken), (start, begin))
    before = _followed(spoken, begin)
    return is_known(words_of(spoken), before[0] if before else (start, begin))


def _followed(spoken: Spoken, begin: int) -> list[Span]:
    """The pieces before `begin` from the last that no word for all begins; that one names what those behind tell of."""
    words = word_pattern("all", "words")
    before = [piece for piece in split_pieces(spoken.text) if piece[1] < begin]
    first = next(
        (place for place in range(len(before) - 1, 0, -1) if not words.match(spoken.text, before[place][0])), 0
    )
    return before[first:]


def _is_of_the_year(spoken: Spoken, start: int, begin: int, context: Context) -> bool:
    """False for what was left over from last year and for a part of the year."""
    rules, text = load_rules(CLAIMS_FILE)["all"], spoken.text
    own = text[_own_start(spoken, start, begin) : begin]
    left = re.search(rules["of_last_year"], text[:begin] if context.subject in CHALLENGES else own)
    dated = spoken.year is not None and f"{spoken.year - 1}年" in text[start:begin]
    if (left or dated) and not re.search(rules["with_new"], own):
        return False
    if spoken.year and f"{spoken.year + 1}年" in text[:begin]:
        return False
    return not is_other_period(text, begin, spoken.year)


def _own_start(spoken: Spoken, start: int, begin: int) -> int:
    """Where the words begin that name what 均 at `begin` is said of: in its piece, or right before in one of its own.

    受理申请57件；上年结转2件，均已办结; 上年19件的结转，今年都办结了.
    """
    statement = max(spoken.text.rfind(mark, 0, begin) for mark in "；。") + 1
    bare = rule_pattern(CLAIMS_FILE, "all", "when_done").fullmatch(spoken.text, start, begin)
    first = statement > 0 or rule_pattern(CLAIMS_FILE, "all", "of_last_year").match(spoken.text, statement)
    alone = bare and first and statement < start and "，" not in spoken.text[statement : start - 1]
    return statement if alone else start


def _all_of(
    behind: Sequence[Mention], context: Context, said: str, words: str, *, whole: bool
) -> tuple[Fields, Fields] | None:
    """(cells of the part, cells of the whole) that 均 makes equal."""
    first = next((mention for mention in behind if not _is_passing(mention)), None)
    if whole and not first and context.subject == REQUESTS and (who := _who(said)):
        return request_fields(("received",), (who,)), request_fields(("received",), ())
    if not whole or re.search(load_rules(CLAIMS_FILE)["all"]["some"], words):
        return None
    if first and (result := first.of_kind("result")) and context.subject in CHALLENGES and context.challenge:
        return challenge_fields(context.challenge, (result.value,)), challenge_fields(context.challenge, ())
    if first and first.of_kind("column") and context.subject == REQUESTS and len(words) <= 14:
        columns = dict.fromkeys(term.value for mention in behind if (term := mention.of_kind("column")))
        return request_fields(("received",), tuple(columns)), request_fields(("received",), ())
    if first and (subject := first.of_kind("subject")) and subject.value.startswith("litigation_") and len(words) <= 16:
        return challenge_fields((subject.value,), ()), challenge_fields(("litigation",), ())
    if any(word in words for word in load_rules(CLAIMS_FILE)["all"]["not_done"]):
        return None
    done = [word for word in load_rules(CLAIMS_FILE)["all"]["done"] if word in words]
    if done and re.search(load_rules(CLAIMS_FILE)["all"]["answered_so"], words):
        return None
    if done and (context.subject not in CHALLENGES or done != ["答复"]):
        return _all_done(context)
    return None


def _all_closed(behind: Sequence[Mention], before: str, context: Context) -> tuple[Fields, Fields] | None:
    """已审结的均获维持: the result of all that are not pending."""
    first = next((mention for mention in behind if not _is_passing(mention)), None)
    result = first.of_kind("result") if first else None
    if result is None or result.value not in _DECIDED or context.subject not in CHALLENGES or not context.challenge:
        return None
    if rule_pattern(CLAIMS_FILE, "all", "closed").search(before) is None:
        return None
    return challenge_fields(context.challenge, (result.value,)), challenge_fields(context.challenge, ("closed",))


def _counted_before(spoken: Spoken, start: int) -> str:
    """行政诉讼4件，审结3件，均为维持: the words of the piece before, without their number."""
    return _COUNTED.sub("", spoken.text[piece_start_before(spoken, start) : max(start - 1, 0)])


def _who(words: str) -> str | None:
    """The kind of applicant that words behind 都 name otherwise than the form: 都是本镇村民."""
    kinds = load_rules(CLAIMS_FILE)["lone"]["who"]
    return next((kind for kind, pattern in kinds.items() if re.match(f"[^，]{{0,4}}?(?:{pattern})", words)), None)


def _all_decided(
    spoken: Spoken, places: tuple[int, int, int], behind: Sequence[Mention], context: Context
) -> AllWord | None:
    """收到的申请全部予以公开: one outcome of everything that was asked, said in known words only.

    `places` are the beginning of the piece, of the word for all, and the end of the piece.
    """
    start, begin, end = places
    rows = [term for mention in behind if (term := mention.of_kind("row")) and term.value not in NO_OUTCOMES]
    named, told_from, due = find_named(spoken, start, begin)
    disclosed = tuple(term.value for term in rows) == _DISCLOSED  # 全部予以公开或部分公开
    one = disclosed or len(rows) == 1
    one = one or (len(rows) == _WITH_REASON and rows[0].value.startswith(f"{rows[1].value}."))
    follows = named[1] == 0 and context.asked is not None  # 收到申请9件。全部予以公开。
    columns = [term.value for m in mentions_between(spoken.mentions, *named) if (term := m.of_kind("column"))]
    if not one or (context.subject != REQUESTS and not columns):
        return None
    if not (due or follows or _are_requests(spoken, *named)):
        return None
    row = next(mention for mention in behind if rows[-1 if disclosed else 0] in mention.terms)
    if rule_pattern(CLAIMS_FILE, "all", "or_else").match(spoken.text, row.end, end):
        return None
    if rows[0].near and not rows[0].loose and row.end != end:
        return None  # 均未公开到个人信息
    if clause_pattern("touches").search(spoken.text, begin, row.start + 1):
        return None  # 均涉及第三方
    if any(mention.of_kind("foreign", "detail") for mention in mentions_between(spoken.mentions, begin, row.start)):
        return None  # 全部在门户网站公开
    if strange_words(spoken, (row.end, end), (0, 0)) != ():
        return None  # 均予以公开答复渠道
    if rule_pattern(CLAIMS_FILE, "all", "not_so").search(spoken.text[begin : row.start]):
        return None
    if not is_known(words_of(spoken), (told_from, end)):
        return None
    counted = [number.value for number in spoken.numbers if named[0] <= number.start < named[1]]
    last = due or (counted[-1] if counted else context.asked if follows else None)
    name = "disclosed" if disclosed else rows[0].value
    part, handled, received = (request_fields((own,), tuple(columns)) for own in (name, "handled", "received"))
    equal = [(part, received), *([(part, request_fields(("carried",), ()))] if due else [])]
    if rows[0].loose:
        equal += [(request_fields(("disclosed",), tuple(columns)), whole) for whole in (handled, received)]
    return AllWord(begin, end, part, handled, tuple(equal), last)


def _is_of_outcome(spoken: Spoken, begin: int) -> bool:
    """Whether what is counted before, alone or as the whole of its parts, had one outcome."""
    before = mentions_between(
        spoken.mentions, *(whole_of_parts(spoken, begin) or (piece_start_before(spoken, begin), begin))
    )
    last = next((term for mention in reversed(before) if (term := mention.of_kind("row"))), None)
    return last is not None and last.value not in NO_OUTCOMES


def _are_requests(spoken: Spoken, start: int, end: int) -> bool:
    """Whether all that the span names is what was asked for, by all or by one kind of applicant."""
    kinds = (*NAMING, "foreign", "detail", "topic")
    named = [mention for mention in mentions_between(spoken.mentions, start, end) if mention.of_kind(*kinds)]
    asked = [m for m in named if (term := m.of_kind("subject", "row", "topic")) and term.value in (REQUESTS, *_ASKED)]
    columns = [mention for mention in named if mention.of_kind("column")]
    if not named or len(asked) + len(columns) < len(named):
        return False
    return not columns or (len(columns) == 1 and _asks(spoken, start, end))


def _asks(spoken: Spoken, start: int, end: int) -> bool:
    return clause_pattern("asking").search(spoken.text, start, end) is not None


def _is_passing(mention: Mention) -> bool:
    """True for words between 均 and what is alike: 全部来自自然人."""
    row = mention.of_kind("row")
    return mention.of_kind("filler", "name", "scope", "topic") is not None or (
        row is not None and row.value == "received"
    )


def _all_done(context: Context) -> tuple[Fields, Fields] | None:
    if context.subject in CHALLENGES and context.challenge:
        return (), challenge_fields(context.challenge, ("pending",))
    if context.subject == REQUESTS and context.subject != FOREIGN and context.rows != ("carried_in",):
        return (), request_fields(("carried_out",), ())
    return None
