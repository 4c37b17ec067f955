"""Whether every word that a number stands under is known: what was merely not understood contradicts nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from extract.narrative.binding import NAMING
from extract.narrative.lexicon import Mention, load_terms
from extract.narrative.mending import has_sign, lookalike_origins, mended_forms
from extract.narrative.numbers import CLAIMS_FILE
from extract.narrative.plain import KEPT_SENTENCES
from extract.narrative.scopes import cut_units, statement_start
from extract.narrative.targets import DOCUMENTS
from extract.narrative.windows import mentions_between, split_pieces
from extract.quick import record
from extract.rules import load_rules, rule_patterns
from extract.textform import WordHeads, abbreviates, find_words, word_heads

_LONGEST = 6  # characters of a known word that a damaged one is compared with
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_BREAK = re.compile(r"[，。；：、（）\d]")
_UNKNOWN_NOUN = re.compile(r"[\u4e00-\u9fff]{2}$")
_UNITS = tuple("省市县区州盟旗镇乡局厅委办")
_SURE = 2  # characters of a word that is known for itself
_OF_PART = ("column", "detail", "foreign")

Span = tuple[int, int]


@record
class Words:
    """A plain sentence; `unknown` is as long, with a comma for every character that belongs to a known word."""

    text: str
    mentions: tuple[Mention, ...]
    numbers: tuple[Span, ...]
    unknown: str
    noisy: bool = False


@cache
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = load_rules(CLAIMS_FILE)["beside"]
    return rules


_pattern = rule_patterns(CLAIMS_FILE, "beside")


@cache
def _harmless() -> frozenset[str]:
    """The words that change nothing."""
    return frozenset({*_rules()["understood"], *_rules()["harmless"]})


def read_words(text: str, mentions: tuple[Mention, ...], numbers: Iterable[Span], *, noisy: bool = False) -> Words:
    """The sentence without its terms, its numbers, the names of agencies and the words that change nothing."""
    numbers = tuple(numbers)
    left = list(text)
    for first, last in (*((mention.start, mention.end) for mention in mentions), *numbers, *cut_units(text)):
        left[first:last] = "，" * (last - first)
    told = _pattern("places").sub(lambda match: "，" * len(match[0]), "".join(left))
    return Words(text, mentions, numbers, _cut_words(told, text, noisy=noisy), noisy)


def _cut_words(words: str, text: str, *, noisy: bool) -> str:
    """The words with a comma for each character of those that change nothing, the longest first at each place.

    In noisy prose short ones stay where they may be what is left of others.
    """
    left, sure = list(words), _rules()["understood"]
    for start, end in find_words(words, _harmless_heads()):
        short = noisy and end - start < _SURE and words[start:end] not in sure
        if not (short and _may_be_damaged(text, start, end)):
            left[start:end] = "，" * (end - start)
    return "".join(left)


@cache
def _harmless_heads() -> WordHeads:
    return word_heads(_harmless() - {"，"})  # which stands for itself


@lru_cache(maxsize=KEPT_SENTENCES)
def _may_be_damaged(text: str, start: int, end: int) -> bool:
    """Whether noise may have made the words there of others: one shows it, or another makes a known word there."""
    if has_sign(text[start:end]):
        return True
    origins = lookalike_origins()
    return any(
        _completes_word(text, place, origin) for place in range(start, end) for origin in origins.get(text[place], "")
    )


def _completes_word(text: str, place: int, character: str) -> bool:
    """Whether the character at this place makes a known word with those beside it."""
    first = max(0, place - _LONGEST + 1)
    form, at = text[first:place] + character + text[place + 1 : place + _LONGEST], place - first
    return any(
        form[left:right] in _known_words()
        for left in range(at + 1)
        for right in range(max(at + 1, left + _SURE), min(len(form), left + _LONGEST) + 1)
    )


@cache
def _known_words() -> frozenset[str]:
    return frozenset(load_terms()) | _harmless()


def is_plain_statement(words: Words, place: Span, named_at: int, agency: str | None) -> bool:
    """Whether the words around the number, or the word for none, at `place` leave no doubt of what is counted there.

    `named_at` is where the words begin that name it, -1 for the own piece: that of the sentence from there on.

    The own piece of the sentence and those with numbers hold known words only; so do pieces that say of what the
    number is a part (自然人申请中, 规划科方面). Other pieces (我局规范办理流程) may say what they like, and so may all
    where the own piece names its subject.
    """
    start, behind = place
    if any(first == start for first, _ in words.numbers) and _UNKNOWN_NOUN.search(words.unknown, 0, start):
        return False  # right before the number stands what it counts
    denied = not any(first == start for first, _ in words.numbers)  # behind a word for none stands what it denies
    begin, end = statement_start(words.text, start), _end_of_words(words, start, cut=not denied)
    if _pattern("sorted_into").search(words.text[behind:end]):
        return False  # 复议有2件归入其他结果
    if not is_known(words, (behind, end), agency) and (denied or words.noisy or _may_narrow(words, start, end)):
        return False
    pieces = split_pieces(words.text)
    own = max(left for left, _ in pieces if left <= (named_at if 0 <= named_at < start else start))
    named, bare = _names_subject(words, own, start), not _names(words, (own, end), *NAMING)
    for left, right in pieces:
        span = max(left, begin), min(right, start)
        if right <= begin or left >= start:
            continue
        earlier = left < own
        if earlier and not named and _is_of_matter(words, span):
            return False
        if earlier and not bare and _may_say_anything(words, span, named=named):
            continue
        whole = named or _names(words, (own, end), "column")
        part = earlier and not whole and not _counts(words, span) and _names(words, span, *_OF_PART)
        if part or not is_known(words, span, agency):
            return False
    return True


def has_strange_topic(words: Words, start: int, agency: str | None) -> bool:
    """约谈游船公司3次，未作出处罚决定: whether a piece before the word for none at `start` begins with unknown words.

    What follows is then said of these. Behind 全年 or 我局 it is of the whole again; a piece that gives a reason or has
    a verb of its own sets no topic; and what the own piece names before the word (行政强制为零) is its topic.
    """
    pieces = [piece for piece in split_pieces(words.text) if piece[0] <= start]
    begin, own = statement_start(words.text, start), pieces[-1][0]
    if _names(words, (own, start), "subject") or begin > own:
        return False
    return any(_begins_strange(words, piece, begin, agency) for piece in pieces[:-1] if piece[1] > begin)


def _begins_strange(words: Words, piece: Span, begin: int, agency: str | None) -> bool:
    """Whether unknown words that are not the agency's name stand, from `begin` on, before all that names anything."""
    piece = max(begin - 1, piece[0]), piece[1]
    if _pattern("no_topic").search(_pattern("ordinal").sub("", words.text[slice(*piece)])):
        return False
    named = [m.start for m in mentions_between(words.mentions, *piece) if m.of_kind(*NAMING, "topic")]
    first = next((m for m in _HAN.finditer(words.unknown, *piece) if len(m[0]) > 1), None)
    return (
        first is not None and first.start() < min(named, default=piece[1]) and not abbreviates(first[0], agency or "")
    )


def _is_of_matter(words: Words, span: Span) -> bool:
    """涉及营商环境的规范性文件清理，废止9件: some of the documents."""
    nouns = (
        m for m in mentions_between(words.mentions, *span) if (term := m.of_kind("subject")) and term.value in DOCUMENTS
    )
    return any(_pattern("of_matter").search(words.text[span[0] : noun.start]) for noun in nouns)


def _may_narrow(words: Words, start: int, end: int) -> bool:
    """Whether the unknown words behind a number may say which ones are counted; else they tell what became of them."""
    behind = next((last for first, last in words.numbers if first == start), start)
    lone = any(len(match[0]) == 1 for match in _HAN.finditer(words.unknown, behind, end))  # what damage left of a word
    return lone or _pattern("narrows").search(words.text[behind:end]) is not None


def _end_of_words(words: Words, start: int, *, cut: bool) -> int:
    """Where the words end that may say more of the number at `start`: its piece, the next number, if they `cut`, 均.

    没有中学提出申请 is no statement of 没有 alone.
    """
    right = min((right for left, right in split_pieces(words.text) if left <= start <= right), default=len(words.text))
    cuts = (place for word in _rules()["cut"] if cut and (place := words.text.find(word, start)) >= 0)
    return min([right, *cuts, *(place for place, _ in words.numbers if place > start)])


def _names_subject(words: Words, own: int, start: int) -> bool:
    """Whether the own piece says what is counted, and not as a part of what the pieces before speak of."""
    part = _pattern("of_which").search(words.text[max(0, own - 1) : start]) is not None
    return not part and _names(words, (own, start), "subject")


def _names(words: Words, span: Span, *kinds: str) -> bool:
    """审结 says of challenges only that they are closed."""
    found = (mention.of_kind(*kinds) for mention in mentions_between(words.mentions, *span))
    return any(term is not None and term.value != "closed" for term in found)


def _may_say_anything(words: Words, span: Span, *, named: bool) -> bool:
    """Whether a piece before that of the number cannot say what the number is a part of."""
    frame = _pattern("frame").search(words.text[slice(*span)]) is not None
    return not frame and (named or not _counts(words, span))


def _counts(words: Words, span: Span) -> bool:
    return any(span[0] <= start < span[1] for start, _ in words.numbers)


def is_known(words: Words, span: Span, agency: str | None = None) -> bool:
    """Whether the span holds nothing but known words, parts of the agency's name, and words that narrow nothing."""
    runs = list(_HAN.finditer(words.unknown, *span))
    if not runs:
        return True
    starts = {mention.start for mention in words.mentions} | {start for start, _ in words.numbers}
    rows = {mention.start for mention in words.mentions if mention.of_kind("row")}
    for match in runs:
        if agency is not None and abbreviates(match[0], agency):
            continue
        damaged = words.noisy and _may_be_damaged(words.text, *match.span())
        if words.noisy and _pattern("unit_names").search(words.text[match.start() : match.end() + 1]):
            continue  # the statement as a whole is checked for the agency once more
        if words.text.startswith("等", match.end()) and match.end() + 1 in rows:
            continue  # 人事管理、后勤管理等内部事务信息
        if not damaged and not _may_be_part(words.text, *match.span()) and not _stands_before_term(words, match.end()):
            continue
        lone = len(match[0]) == 1 and match.end() in starts
        if not _is_damaged(words.text[match.start() - lone : match.end()], words.text[match.end() : match.end() + 1]):
            return False
    return True


def _stands_before_term(words: Words, end: int) -> bool:
    """水价 in 收到水价调整申请, 采砂 in 采砂行政处罚: what stands before a term, known words between, narrows it."""
    after = min(
        (mention.start for mention in words.mentions if mention.start >= end and mention.of_kind(*NAMING)), default=-1
    )
    between = words.text[end:after] if after >= 0 else "，"
    return not _BREAK.search(between) and not _HAN.search(words.unknown, end, after)


def _may_be_part(text: str, start: int, end: int) -> bool:
    """Whether the unknown words may say which ones are counted: by their own characters, or by the word before them."""
    if text[end:].startswith(_UNITS) or text[:start].endswith(tuple(_rules()["leads"])):
        return True
    return _pattern("suspect").search(text[start:end]) is not None


def _is_damaged(words: str, behind: str) -> bool:
    """接牧 for 接收, 木 for 本: one character looks like that of a word that changes nothing.

    Words that say whose or of which year or matter a number is (土年 is 上年, 木级 is 本级) are no such words.
    Right before a term or a number a lone character may be their own (木予公开 is 不予公开, 西十四 is 四十四).
    """
    rules = _rules()
    if behind and behind in rules["never_before"]:
        return False
    safe = rules["mended_alone"] if len(words) == 1 else _harmless()
    never, first = rules["never_forms"], rules["never_mended"]
    return any(form in safe and form not in never and form[0] not in first for form in mended_forms(words))
