"""T004 for percentages whose terms stand in the same sentence: 留言64条，答复11条，答复率9.9%."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import combinations, permutations
from typing import Any

from extract.narrative.numbers import CLAIMS_FILE
from extract.narrative.percentages import follows
from extract.narrative.plain import plain_text
from extract.narrative.relations import is_related
from extract.quick import record
from extract.records import Claim, Discrepancy, Qualifier, Sentence, Verdict
from extract.rules import load_rules

_YEAR = re.compile(r"20\d\d(?=\s*年)")
_PAIR = 2  # a part and its whole, or last year and this
_MOST_TERMS = 3  # with more counts in a sentence it is not told which are the terms
_ALL = 100  # per cent: a share that is more has lost its point


@record
class _Terms:
    """The percentage is `part` of `whole`; of a change, `part` is the difference and `whole` what it was before.

    `sure` where the words name both; `turned`, what it did, where they say that what grew fell or the other way round.
    """

    part: Decimal
    whole: Decimal
    sure: bool = False
    turned: str = ""


@cache
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = load_rules(CLAIMS_FILE)["own_shares"]
    return rules


def find_own_shares(sentences: Iterable[Sentence], claims: Iterable[Claim]) -> Iterator[Discrepancy]:
    """One T004 per percentage that follows from no two counts of its sentence, where two of them are its terms.

    No cell is named: the counts need not stand in the tables.
    """
    texts = {sentence.id: sentence.text for sentence in sentences}
    told: dict[str, list[Claim]] = {}
    for claim in claims:
        told.setdefault(claim.sentence, []).append(claim)
    for name, own in told.items():
        for place, claim in enumerate(own):
            if claim.unit == "%" and claim.qualifier is Qualifier.EXACT and claim.verdict is Verdict.UNVERIFIABLE:
                terms = _find_terms(texts[name], own[:place], claim)
                if terms and (terms.turned or not _follows(claim, terms, own)):
                    expected = round(float(100 * terms.part / terms.whole), 1)
                    shown = f"{terms.turned}{expected:g}%" if terms.turned else expected
                    values = shown, float(claim.value)
                    yield Discrepancy("T004", (), (name,), *values, claim.text, claims=(claim.id,))


def _follows(share: Claim, terms: _Terms, own: Sequence[Claim]) -> bool:
    return follows(share, terms.part, terms.whole) or _is_explained(share, terms, own)


def _find_terms(text: str, before: Sequence[Claim], share: Claim) -> _Terms | None:
    """What the words before the percentage say it is of; None where they do not, or a percentage stands there."""
    counts = [claim for claim in before if _is_count(claim)]
    if not _PAIR <= len(counts) <= _MOST_TERMS or any(claim.unit == "%" for claim in before):
        return None
    words = plain_text(text[: share.start])
    if re.search(_rules()["change"], words):
        return _find_change(text, counts, share)
    if share.value > _ALL or len({claim.unit for claim in counts}) > 1 or len(counts) > _PAIR:
        return None
    is_rate = share.value < _ALL and _is_rate(text, counts, words)  # of 均已公示，公示率100% the whole is not told
    is_part = is_rate or _is_share(text, counts, words) or _is_ratio(text, counts, words)
    whole, part = (claim.value for claim in counts)
    if (match := re.search(_rules()["share"], words)) and plain_text(counts[1].text) in match["whole"]:
        return _Terms(whole, part, sure=True) if whole <= part else None  # 占新收总量1222件的98.7%
    elif (not is_part or part > whole) and is_related(text, counts, share):
        whole, part, is_part = max(whole, part), min(whole, part), True
    return _Terms(part, whole) if is_part and part <= whole else None


def _is_share(text: str, counts: Sequence[Claim], words: str) -> bool:
    """Whether the first count is of what stands between 占 and the percentage: 工单8件，其中咨询4件，占工单总数的."""
    match = re.search(_rules()["share"], words)
    if not match or re.search(_rules()["wider"], match["whole"]):
        return False
    whole = re.sub(_rules()["general"], "", match["whole"])
    return whole in _words_of(text, counts, 0) and match["part"].rstrip("的") in _words_of(text, counts, 1)


def _is_ratio(text: str, counts: Sequence[Claim], words: str) -> bool:
    """工单384件，其中咨询类124件，占比."""
    return re.search(_rules()["ratio"], words) is not None and (
        re.search(_rules()["of_whole"], plain_text(text[counts[0].end : counts[1].start])) is not None
    )


def _is_rate(text: str, counts: Sequence[Claim], words: str) -> bool:
    """留言64条，答复11条，答复率."""
    match = re.search(_rules()["rate"], words)
    if not match:
        return False
    between = plain_text(text[counts[0].end : counts[1].start])
    if re.search(_rules()["rated"], between) and match["deed"] in text[: counts[1].start]:
        return True  # 问卷266份，满意188份，满意率
    if re.search(_rules()["not_rates"], words[match.start() - 2 :]):
        return False
    return match["deed"] in _words_of(text, counts, 1)


def _find_change(text: str, counts: Sequence[Claim], share: Claim) -> _Terms | None:
    """What last year's count became; a third count may say by how many it changed."""
    said = [plain_text(text[: claim.start]) for claim in counts]
    marks = [_rules()["earlier"], _rules()["from"]]
    earlier = [k for k, words in enumerate(said) if any(re.search(mark, words) for mark in marks)]
    first = min(_YEAR.findall(text), default="")
    earlier = [k for k in earlier if _YEAR.findall(said[k])[-1:] in ([], [first])]
    named = [k for k in earlier if re.search(_rules()["last_year"], said[k])]
    earlier = named if len(earlier) > 1 and len(named) == 1 else earlier  # 2021年新收15件，较上年的21件
    if len({claim.unit for claim in counts}) > 1 or len(earlier) != 1 or _is_left_over(counts[earlier[0]]):
        return None
    behind = plain_text(text[counts[-1].end : share.start])
    if re.search(_rules()["difference"], said[earlier[0]]) or re.search(r"20\d\d年", behind):
        return None  # 比2022年多出48件; 2024年新收量同比增长14.3%
    then = counts[earlier[0]].value
    others = [k for k in range(len(counts)) if k not in earlier]
    changes = [k for k in others if re.search(_rules()["changed_by"], said[k])]
    now = [counts[k].value for k in others if k not in changes]
    if len(now) != 1 or any(counts[k].value != abs(now[0] - then) for k in changes):
        return None
    ways = {way: re.search(_rules()[way], behind) is not None for way in ("fell", "rose")}
    if re.search(_rules()["told_before"], behind) and not any(ways.values()):
        return None  # 比2022年的41件有所减少，信件增长5.1%
    turned = now[0] != then and ways["fell" if now[0] > then else "rose"]
    did = "增长" if now[0] > then else "下降"
    return _Terms(abs(now[0] - then), then, sure=True, turned=did if turned else "")


def _is_left_over(count: Claim) -> bool:
    """收到375件，上年结转23件，同比增长8.7%: what last year left is not what last year had."""
    return (count.field or "").startswith("requests.carried_in.")


def _is_explained(share: Claim, terms: _Terms, own: Sequence[Claim]) -> bool:
    """Whether two other counts of the sentence, or sums of two, give the share."""
    counts = [claim.value for claim in own if _is_count(claim)]
    counts += [one + other for one, other in combinations(counts, 2)]
    return not terms.sure and any(
        follows(share, part, whole) or follows(share, abs(whole - part), whole)
        for part, whole in permutations(counts, 2)
    )


def _is_count(claim: Claim) -> bool:
    return claim.unit in _rules()["units"] and claim.value > 0 and claim.note != "none" and not claim.share_of


def _words_of(text: str, counts: Sequence[Claim], place: int) -> str:
    """The words that belong to the count: behind the number before it, up to the next mark behind it."""
    start = counts[place - 1].end if place else 0
    plain = plain_text(text[start : counts[place].start]), plain_text(text[counts[place].end :])
    return plain[0] + re.split("[，；。]", plain[1])[0]
