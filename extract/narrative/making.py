"""Analyses → Claim records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extract.narrative.analysis import Analysis, analyse_sentences
from extract.narrative.none_words import NoneWord
from extract.narrative.plainness import has_strange_topic, is_plain_statement, read_words
from extract.narrative.scopes import is_other_agency, is_wider, may_be_name
from extract.narrative.shown import claim_fields
from extract.narrative.spoken import Bound
from extract.narrative.targets import OUTCOME, Fields, to_cells
from extract.quick import replace
from extract.records import Claim, Label, Qualifier, Sentence
from extract.rules import load_rules, rule_pattern

_WHOLE = re.compile(
    r"(?:requests\.received|requests\.carried_out|challenges\.\w+)\.total|disclosure\.\w+\.(?:issued|decisions)"
)
_REASON = re.compile(r"requests\.(?:denied|unavailable|not_processed|other)\.\w+\.total")
_OPENED, _OPENED_IN_PART = ("requests.granted.total",), ("requests.partially_granted.total",)
_LEAST_LISTED = 3  # outcomes of a list
_PROBLEMS = 5  # the section that tells what was wrong
_CONFIDENCE = {"certain": 0.97, "bound": 0.8, "free": 0.9}


def make_claims(sentences: tuple[Sentence, ...], agency: str | None, year: int | None) -> tuple[Claim, ...]:
    """The claims of all sentences, in order of appearance, without verdicts.

    `agency` and `year` are the report's own: they decide scope and year of a claim.
    """
    scoped = is_government(agency)
    most = load_rules("claims.toml")["numbers"]["most"]
    claims: list[Claim] = []
    for sentence, analysis in zip(sentences, analyse_sentences(sentences, year), strict=True):
        if not (analysis.bounds or analysis.none_words):
            continue
        doubtful = sentence.label is not Label.STATISTIC and sum(1 for bound in analysis.bounds if bound.fields) < 2
        made = sorted(_claims_of(sentence, analysis, scoped, agency), key=lambda claim: claim.start)
        facts = sentence.section != _PROBLEMS  # whatever the label says, what is understood tells a fact
        understood: dict[int, tuple[str, ...]] = {}
        if not facts:
            text = analysis.plain.text
            understood = {word.start: () for word in analysis.none_words if _is_plain_fact(word, text)}
            understood |= {
                b.number.start: b.strange for b in analysis.bounds if b.strange is not None and _is_of_end(b)
            }
        elif doubtful:
            understood = _understood(analysis)
        known = {analysis.plain.places[start] for start, names in understood.items() if may_be_name(names, agency)}
        for number, claim in enumerate(made, len(claims) + 1):
            sure = claim.certain and (not doubtful or _is_told(sentence, claim) or claim.start in known)
            apart = sure and claim.of_scope
            claims.append(replace(claim, id=f"c{number:03d}", certain=sure and not apart, of_scope=apart))
        if len(claims) > most:
            break
    return tuple(claims)


def _understood(analysis: Analysis) -> dict[int, tuple[str, ...]]:
    """Where words for none and numbers stand whose clause holds known words only, with those that may be a name."""
    said = {word.start: word.strange for word in analysis.none_words}
    said |= {bound.number.start: bound.strange for bound in analysis.bounds}
    return {start: strange for start, strange in said.items() if strange is not None}


def _is_plain_fact(word: NoneWord, text: str) -> bool:
    """Whether it says in known words that there was none at all: a fact in the section of problems, too.

    Of one reason of an outcome the words must tell that they count (今年没有按重复申请不予处理的).
    """
    piece = text[_start_of_piece(text, word.start) : _end_of_piece(text, word.end)]
    counts = rule_pattern("claims.toml", "clause", "counts").search(piece) is not None
    wholes = all(_WHOLE.fullmatch(field) or (counts and _REASON.fullmatch(field)) for field in word.fields)
    return word.framed or (word.strange == () and wholes)


def _is_of_end(bound: Bound) -> bool:
    """年末尚有2件申请未办结, 2件答复被复议机关纠正: what went wrong is what the section of problems tells."""
    return bool(bound.fields) and bound.fields[0].startswith(("requests.carried_out.", "challenges."))


def _is_told(sentence: Sentence, claim: Claim) -> bool:
    """全年接收申请5件，登记由专人负责: a sentence of another label whose piece ends with the number states a total.

    So does one that says of which year's deeds it speaks: 从今年收到的18件申请看.
    """
    rules = load_rules("claims.toml")["verdict"]
    total = (claim.field or (*claim.sum_of, "")[0]).endswith(tuple(rules["wholes"]))
    ends = sentence.text[claim.end :].lstrip()[:1] in ("，", ",", "；", "。")
    return (
        total
        and claim.note != "none"
        and (ends or re.search(rules["told_year"], sentence.text[: claim.start]) is not None)
    )


def is_government(agency: str | None) -> bool:
    """True where the agency reports for a whole district, so that 本级 may mean less than its tables."""
    words = load_rules("claims.toml")["scope"]["governments"]
    return agency is None or agency.endswith(tuple(words))


def _claims_of(sentence: Sentence, analysis: Analysis, scoped: bool, agency: str | None) -> Iterator[Claim]:
    made = [
        (_number_claim(sentence, analysis, bound, scoped), bound.number.start, bound.number.start, bound.at)
        for bound in analysis.bounds
    ]
    made += [
        (_none_claim(sentence, analysis, word, scoped), word.start, word.end, word.at) for word in analysis.none_words
    ]
    understood = _understood(analysis)
    strict = {word.start for word in analysis.none_words if word.strict}
    strict |= {bound.number.start for bound in analysis.bounds if bound.strict}
    if not any(claim.field or claim.sum_of or claim.certain for claim, *_ in made):
        yield from (claim for claim, *_ in made)
        return
    text = analysis.plain.text
    counted = ((bound.number.start, bound.number.end) for bound in analysis.bounds)
    words = read_words(text, analysis.mentions, counted) if any(claim.certain for claim, *_ in made) else None
    denied = {word.start: word for word in analysis.none_words if not word.framed}
    narrowed = {bound.number.start for bound in analysis.bounds if bound.narrowed}
    for claim, start, end, named_at in made:
        reach = _end_of_piece(text, end) if end > start else start
        wider = not scoped and is_wider(text, reach)
        if wider or start in narrowed or is_other_agency(text, reach, agency, claim_fields(claim)):
            yield replace(_withdraw(claim), note=claim.note or "elsewhere")
            continue
        if words is None or not claim.certain:
            yield claim
            continue
        sure = start in understood and may_be_name(understood[start], agency)
        sure = sure or (start not in strict and is_plain_statement(words, (start, end), named_at, agency))
        if sure and start in denied:
            topic = named_at < 0 and not _names_itself(text, denied[start])
            strange = topic and has_strange_topic(words, start, agency)
            sure = not strange and not _follows_other_matter(analysis, start)
        yield claim if sure else _withdraw(claim)


def _names_itself(text: str, word: NoneWord) -> bool:
    """Whether the piece says so much of what there is none of that no topic before it makes this another's.

    没有因逾期不补正而不再处理的 names a reason of the form, 没有因信息公开引起的复议 the answers that were disputed.
    """
    if all(field.startswith("challenges.") for field in word.fields):
        piece = text[_start_of_piece(text, word.start) : _end_of_piece(text, word.end)]
        return rule_pattern("claims.toml", "clause", "of_answers").search(piece) is not None
    return len(word.fields) == 1 and _REASON.fullmatch(word.fields[0]) is not None


def _follows_other_matter(analysis: Analysis, start: int) -> bool:
    """代理市政府应诉45件，无一败诉: whether the number before a word for none in its statement is of another matter."""
    before = [bound for bound in analysis.bounds if bound.number.end <= start]
    return bool(before) and before[-1].narrowed and "；" not in analysis.plain.text[before[-1].number.end : start]


def _start_of_piece(text: str, start: int) -> int:
    return max(text.rfind(mark, 0, start) for mark in "，；：。") + 1


def _end_of_piece(text: str, start: int) -> int:
    """没有制发以县政府名义的文件: behind a word for none may stand whose there are none."""
    return min((place for mark in "，；。" if (place := text.find(mark, start)) >= 0), default=len(text))


def _withdraw(claim: Claim) -> Claim:
    """The claim as one that may mean other cells."""
    return claim if not claim.certain else replace(claim, certain=False, confidence=_CONFIDENCE["bound"])


def _number_claim(sentence: Sentence, analysis: Analysis, bound: Bound, scoped: bool) -> Claim:
    number = bound.number
    start, end = analysis.plain.printed_span(number.start, number.end)
    certain = bound.certain and not (scoped and bound.scoped)
    anew = _is_new(analysis.plain.text, number.start, number.end)
    return Claim(
        "", sentence.id, sentence.text[start:end], start, end, number.value, number.unit, number.qualifier,
        share_of=bound.share_of, note=_note(bound, analysis), confidence=_confidence(bound.fields, certain),
        certain=certain and bool(bound.fields or bound.share_of), anew=anew, guess=bound.guess,
        **to_cells(bound.fields),
    )  # fmt: skip


def _note(bound: Bound, analysis: Analysis) -> str:
    return "kind" if bound.of_kind else "loose" if bound.loose and not _is_listed(bound, analysis) else ""


def _is_listed(bound: Bound, analysis: Analysis) -> bool:
    """公开4件，部分公开1件，不予公开7件: in a list of outcomes 公开 holds none of those opened in part.

    Other words (公开4件，里面1件是部分公开) may say that it does.
    """
    outcomes = {own.fields: own for own in analysis.bounds if own.fields and OUTCOME.match(own.fields[0])}
    part = outcomes.get(_OPENED_IN_PART)
    if bound.fields != _OPENED or part is None or len(outcomes) < _LEAST_LISTED:
        return False
    text = analysis.plain.text
    before = rule_pattern("claims.toml", "all", "opened_in_part").search(text[: part.number.start])
    return before is not None and not text.startswith("在内", part.number.end)


def _is_new(text: str, start: int, end: int) -> bool:
    """新收9件, 收件9件，加上年留下的1件: what was left over is not among them."""
    anew, then_old = (rule_pattern("claims.toml", "verdict", name) for name in ("anew", "then_old"))
    return anew.search(text[:start]) is not None or then_old.match(text[end:]) is not None


def _none_claim(sentence: Sentence, analysis: Analysis, word: NoneWord, scoped: bool) -> Claim:
    start, end = analysis.plain.printed_span(word.start, word.end)
    certain, of_scope = word.certain, word.parts or (scoped and word.scoped)
    return Claim(
        "", sentence.id, sentence.text[start:end], start, end, Decimal(0), word.unit, Qualifier.EXACT, note="none",
        confidence=_confidence(word.fields, certain and not of_scope), certain=certain and bool(word.fields),
        of_scope=of_scope, guess=word.either, **to_cells(word.fields),
    )  # fmt: skip


def _confidence(fields: Fields, certain: bool) -> float:
    return _CONFIDENCE["certain" if certain else "bound" if fields else "free"]
