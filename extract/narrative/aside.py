"""Whether a clause says what its words mean of something else: another time, agency or matter, a part, an aim."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.narrative.asked import (
    MATTER_OF,
    NUMBER,
    Asked,
    any_of,
    behind_name,
    is_of_last_year,
    is_of_other_kind,
    judging_rules,
    matter_of,
    words_between,
)
from extract.narrative.clauses import clause_pattern, is_free_before, is_led
from extract.narrative.concepts import APPLICANT_CONCEPTS, ENDS, OUTCOMES, TOPICS, Token, applicant_columns
from extract.narrative.making import is_government
from extract.narrative.numbers import CLAIMS_FILE
from extract.narrative.scopes import (
    came_one_way,
    is_at_one_time,
    is_no_fact,
    is_other_agency,
    is_other_matter,
    is_other_period,
    is_own_name,
    is_part_of_agency,
    is_wider,
)
from extract.narrative.targets import APPLICANTS
from extract.rules import load_rules


def is_elsewhere(asked: Asked, year: int | None, agency: str | None) -> bool:
    """Whether the words before speak of another time, of another agency, of a part, or of what is no fact."""
    text, word = asked.text, asked.candidate.word
    if _is_vetoed(asked) or _is_led_or_asked(asked) or _is_of_some_kind(asked) or _is_narrower(asked):
        return True
    if agency is not None and _is_of_other_body(asked, agency):
        return True
    start = min(word.start, asked.pieces[asked.candidate.place][1])
    return (
        is_other_period(text, start, year)
        or is_no_fact(text, start)
        or is_part_of_agency(text, word.end)
        or is_other_matter(text, start, word.whole)
        or is_other_agency(text, word.end, agency)
        or (is_wider(text, start) and not is_government(agency))
        or came_one_way(text[asked.pieces[asked.candidate.place][0] : word.end], word.whole)
    )


def _is_narrower(asked: Asked) -> bool:
    """没有外资企业提出申请, 没有作出不予许可决定, 未发生因程序不当被撤销的: of one kind only; or of other matters."""
    rules, candidate, text = judging_rules(), asked.candidate, asked.text
    end = asked.pieces[candidate.place][1]
    if candidate.family in rules["needs_request"]:
        so_far = [token for token in asked.tokens if token.start < end]
        carried = any(text.startswith("结转", token.start) for token in so_far)
        return not (carried or any_of(so_far, *rules["shows_request"]) or "requests" in asked.matters[:1])
    first, last = sorted((candidate.quantifier, candidate.key), key=lambda token: token.start)
    if not candidate.quantifier.is_of(("none",)):
        return False
    between = text[first.end : last.start]
    if candidate.family == "no decision" and re.search(rules["refusal"], text[first.end : last.end]):
        return True
    if candidate.family in rules["of_cause"] and re.search(rules["cause"], between):
        return True
    known = max((token.end for token in asked.tokens if token.end <= last.start), default=0)
    unknown = first.end <= known < last.start and "\u4e00" <= text[last.start - 1] <= "\u9fff"
    return (
        unknown
        and candidate.key is last
        and candidate.family in rules["of_kind_before"]
        and text[last.start - 1] not in rules["joins_words"]
    )


def _is_vetoed(asked: Asked) -> bool:
    """Whether a word in the piece makes it one of other matters, of last year, or of what ought to be."""
    candidate = asked.candidate
    start, end = asked.pieces[candidate.place]
    own = [token for token in asked.tokens if start <= token.start < end]
    first, last = sorted((candidate.quantifier, candidate.key), key=lambda token: token.start)
    ahead = [token for token in own if token.end <= last.start]
    if any_of(ahead, "aim", "condition") or any_of(own, *judging_rules()["vetoes"]):
        return True
    if _is_of_some(asked, first, last) or _is_of_other_matter(asked, end):
        return True
    return candidate.family != "none came over" and is_of_last_year(asked.text, asked.tokens, first.start)


def _is_led_or_asked(asked: Asked) -> bool:
    """对企业申请，没有不予公开的; 有没有打官司？: whether words before narrow it, or it is no statement."""
    text, place = asked.text, asked.candidate.place
    start, end = asked.pieces[place]
    word, rules = min(asked.candidate.word.start, end), load_rules(CLAIMS_FILE)
    if clause_pattern("no_fact").search(text[:word]) or re.search(rules["beside"]["asks"], text[start : end + 1]):
        return True
    quantifier = asked.candidate.quantifier
    part = not quantifier.is_of(("none",)) and re.search(rules["all"]["of_part"], text[start : quantifier.start])
    yet = re.compile(rules["beside"]["yet"]).match(text, max(0, quantifier.start - 1))
    if part or yet or text.startswith("？", end):
        return True
    if MATTER_OF[asked.candidate.family] == "challenges" and re.search(rules["all"]["of_last_year"], text[:word]):
        return True
    if asked.candidate.family == "no request" and is_at_one_time(text[: quantifier.start]):
        return True
    return is_led(asked.spoken, start) or not is_free_before(asked.spoken, start)


def _is_of_some_kind(asked: Asked) -> bool:
    """企业没有提起过复议; 部分公开的2件，均为自然人: whether what is named before says of which ones it is said."""
    candidate = asked.candidate
    family, place = candidate.family, candidate.place
    start, end = asked.pieces[place]
    before = asked.pieces[place - 1][0] if place else start
    ahead = [t for t in asked.tokens if before <= t.start < candidate.quantifier.start and t is not candidate.key]
    own = [token for token in ahead if token.start >= start]
    kinds = applicant_columns([*own, *words_between(asked)])
    if "applicant" not in family and kinds and len(kinds) < len(APPLICANTS) and not _are_people(asked, own):
        return True
    outcome = any_of(ahead, *OUTCOMES) or any(name.startswith("row ") for token in ahead for name in token.concepts)
    if "outcome" not in family and outcome:
        return True
    if family == "no challenge" and any_of(ahead, *ENDS):
        return True
    behind = [token for token in asked.tokens if candidate.word.end <= token.start < end]
    if family == "no outcome" and any_of(behind, "none"):
        return True
    if family == "no decision" and any_of([*own, *behind, *words_between(asked)], "issued"):
        return True
    if family in ("all done", "no fee", "no document") and _is_one_of_several(asked):
        return True
    return family == "no document" and any_of(words_between(asked), "elsewhere")


def _are_people(asked: Asked, tokens: Sequence[Token]) -> bool:
    """Whether all that is named of applicants is people at large (群众, 居民), and no kind of the form."""
    named = [t for t in (*tokens, *words_between(asked)) if t.is_of((*APPLICANT_CONCEPTS, "organisation"))]
    words = {asked.text[token.start : token.end] for token in named}
    return all(token.is_of(("person",)) for token in named) and not words & set(judging_rules()["form_kinds"])


def _is_one_of_several(asked: Asked) -> bool:
    """均按程序登记、审核、答复; 供水单位，当年未收取: whether the key ends a list, or another body stands before."""
    text, key, place = asked.text, asked.candidate.key, asked.candidate.place
    listed = text.startswith("、", key.end) or text[key.start - 1 : key.start] == "、"
    if asked.candidate.family == "all done":
        return listed
    if not place:
        return False
    before, end = asked.pieces[place - 1]
    return any_of([t for t in asked.tokens if before <= t.start < end], "organisation", "business", "elsewhere")


def _is_of_other_body(asked: Asked, agency: str) -> bool:
    """学校未收到申请 in the report of a bureau, 水利站全年没有… in that of another agency."""
    start, end = asked.pieces[asked.candidate.place]
    ahead = asked.text[start : min(end, asked.candidate.quantifier.start)]
    own: dict[str, str] = load_rules(CLAIMS_FILE)["clause"]["own"]
    if any(word in ahead and not re.search(name, agency) for word, name in own.items()):
        return True
    named = asked.text[start : behind_name(asked.text, start)]
    return bool(named) and not is_own_name(named, agency)


def _is_of_some(asked: Asked, first: Token, last: Token) -> bool:
    """还剩一件没有答复, 2件没有公开, 只有一件申请没有公开: whether the words speak of so many only."""
    text, quantifier = asked.text, asked.candidate.quantifier
    if re.compile(judging_rules()["counted_behind"]).match(text, last.end):
        return True
    if quantifier.is_of(("none",)):
        counted = any(match.end() == quantifier.start for match in NUMBER.finditer(text, 0, quantifier.start))
        one = text.startswith(("一", "半"), quantifier.start)
        return counted or (one and re.search(judging_rules()["one_of_them"], text[: quantifier.start]) is not None)
    return quantifier.is_of(("only",)) and NUMBER.search(text, first.end, last.start) is not None


def _is_of_other_matter(asked: Asked, end: int) -> bool:
    """奖学金申请都由学生提出, 没有专门机构, 不服处罚申请复议的4件均维持: whether other things are spoken of."""
    candidate, matter = asked.candidate, MATTER_OF[asked.candidate.family]
    if _goes_on_from_other(asked, matter):
        return True
    so_far = [token for token in asked.tokens if token.start < end]
    if matter == "requests" and _is_of_last_matter(asked):
        return True
    if matter == "challenges":
        known = any_of(asked.tokens, *TOPICS["challenges"]) or matter in asked.matters or "答复" in asked.text
        inside = asked.text.startswith(("中", "里"), candidate.key.end)  # 复议中没有提出新的申请
        return not known or inside or any_of(so_far, *TOPICS["decisions"]) or _is_about(asked)
    start = asked.pieces[candidate.place][0]
    ahead = [token for token in so_far if start <= token.start < candidate.quantifier.start]
    if "applicant" in candidate.family and (any_of(ahead, "channel") or _leaves_out(asked)):
        return True
    if candidate.family == "all done" and any_of(words_between(asked), "channel", "soft"):
        return True
    if candidate.family not in judging_rules()["of_requests"]:
        return False
    requests = [token for token in so_far if token.is_of(("request",))]
    if requests and is_of_other_kind(asked.text, asked.tokens, requests[-1]):
        return True
    known = any_of(so_far, *TOPICS["requests"], "receive") or matter in asked.matters[:1]
    return not known and "applicant" in asked.candidate.family


def _is_about(asked: Asked) -> bool:
    """没有发生与工程招标有关的复议: whether the words between tell of which challenges, and not of those of answers."""
    first, last = sorted((asked.candidate.quantifier, asked.candidate.key), key=lambda token: token.start)
    own = re.search(judging_rules()["own_challenge"], asked.text[first.end : last.start])
    return any_of(words_between(asked), "narrow") and own is None


def _is_of_last_matter(asked: Asked) -> bool:
    """规范性文件均公开，无一件不予公开: whether another matter than requests was named last before the piece."""
    start, end = asked.pieces[asked.candidate.place]
    own = [token for token in asked.tokens if start <= token.start < end]
    if any_of(own, "request", "applicant", "ask", "receive"):
        return False
    earlier = [token for token in asked.tokens if token.start < start and not token.is_of(OUTCOMES)]
    named = [matter for token in earlier for concept in token.concepts if (matter := matter_of(concept))]
    last = named[-1] if named else next(iter(asked.matters), "")
    return last in ("documents", "decisions", "fees", "foreign", "challenges")


def _goes_on_from_other(asked: Asked, matter: str) -> bool:
    """应诉民事案件3件，都已调解: whether 都 is said of other things, which the piece before names."""
    place = asked.candidate.place
    if not place or asked.candidate.quantifier.is_of(("none",)):
        return False
    (start, end), (before, _) = asked.pieces[place], asked.pieces[place - 1]
    own = [token for token in asked.tokens if start <= token.start < end]
    earlier = [token for token in asked.tokens if before <= token.start < start]
    return any_of(earlier, "foreign") and not any_of(own, *TOPICS[matter])


def _leaves_out(asked: Asked) -> bool:
    """除个人和企业外，没有其他主体: whether the piece before names an exception."""
    place = asked.candidate.place
    return place > 0 and asked.text[slice(*asked.pieces[place - 1])].startswith("除")
