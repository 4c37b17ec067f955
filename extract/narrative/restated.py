"""T002 for counts that no cell shows: one statement in the same words twice, and parts that do not make their sum."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import Any

from extract.narrative.analysis import analyse_sentences, mended_print
from extract.narrative.breakdowns import find_breakdowns
from extract.narrative.counted import find_counted
from extract.narrative.making import is_government
from extract.narrative.numbers import CLAIMS_FILE
from extract.narrative.plain import to_plain
from extract.narrative.recalled import find_recalled
from extract.narrative.recaps import find_recaps
from extract.narrative.repeats import find_repeats
from extract.narrative.same_counts import find_slips
from extract.quick import replace
from extract.records import Claim, Discrepancy, Qualifier, Sentence
from extract.rules import load_rules

_LEAST_PARTS = 2
_NUMERALS = "零一两三四五六七八九"


@cache
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = load_rules(CLAIMS_FILE)["restated"]
    return rules


def find_restated(
    sentences: Sequence[Sentence], claims: Sequence[Claim], year: int | None, agency: str | None = None
) -> Iterator[Discrepancy]:
    """One discrepancy per pair of sentences, and per sentence whose parts and sum disagree."""
    by_sentence = {name: tuple(own) for name, own in groupby(claims, key=lambda claim: claim.sentence)}
    free = [tuple(filter(_is_free, by_sentence.get(sentence.id, ()))) for sentence in sentences]
    analyses = analyse_sentences(tuple(sentences), year)
    wide = is_government(agency)
    every = [by_sentence.get(sentence.id, ()) for sentence in sentences]
    finders = (
        find_repeats(sentences, analyses, free, year, wide=wide),
        find_counted(analyses, free, year),
        find_recalled(analyses, every, year, wide=wide),
        find_recaps(analyses, every, year),
        find_slips(analyses, every, [sentence.section for sentence in sentences], year),
    )
    pairs: list[tuple[Claim, Claim]] = []
    told: set[str] = set()
    for found in finders:
        fresh = [pair for pair in found if not told & {claim.id for claim in pair}]
        pairs += fresh
        told |= {claim.id for pair in fresh for claim in pair}
    yield from (_discrepancy(*pair) for pair in pairs)
    yield from (_wrong_sum(parts, whole) for whole, parts in find_breakdowns(analyses, every) if not _is_bound(whole))
    for printed, analysis in zip(sentences, analyses, strict=True):
        own = by_sentence.get(printed.id, ())
        if len(own) > _LEAST_PARTS:
            sentence = replace(printed, text=mended_print(printed, analysis))
            yield from _find_wrong_sums(sentence, own)
            yield from _find_excess(sentence, own)
            yield from _find_overfull(sentence, own)


def _is_bound(claim: Claim) -> bool:
    return bool(claim.field or claim.sum_of or claim.share_of)


def _is_free(claim: Claim) -> bool:
    return (
        not _is_bound(claim)
        and claim.qualifier is Qualifier.EXACT
        and claim.note != "none"
        and claim.unit in _rules()["units"]
    )


def _find_wrong_sums(sentence: Sentence, own: Sequence[Claim]) -> Iterator[Discrepancy]:
    """网页51件，邮寄17件，三种渠道合计73件: the parts right before a bare 合计 are all there is."""
    for position, total in enumerate(own):
        alike = [place for place in range(position) if own[place].unit == total.unit]
        words = to_plain(sentence.text[own[alike[-1]].end : total.start]).text if alike else ""
        told = re.fullmatch(_rules()["sum"], words)
        if not _is_free(total) or not told:
            continue
        parts = _run_before(sentence.text, own[: alike[-1] + 1], total)
        before = own[: position - len(parts)][
            -1:
        ]  # 土地类申请8件，客运类6件: the first part may be taken for all requests
        if sum(part.value for part in (*before, *parts)) == total.value:
            continue
        whole = len(parts) >= _LEAST_PARTS and (not told["all"] or _NUMERALS.find(told["all"]) == len(parts))
        if whole and sum(part.value for part in parts) != total.value:
            yield _wrong_sum(parts, total)


def _run_before(text: str, own: Sequence[Claim], total: Claim) -> list[Claim]:
    """The free counts of the total's unit at the end of `own`, up to a whole that they are the parts of."""
    run: list[Claim] = []
    for claim in reversed(own):
        gap = text[claim.end : run[0].start] if run else ""
        if not _is_free(claim) or claim.unit != total.unit or re.search(_rules()["parts_follow"], gap):
            break
        run.insert(0, claim)
    return run


def _find_excess(sentence: Sentence, own: Sequence[Claim]) -> Iterator[Discrepancy]:
    """共收到申请17件（其中网上提交12件，信函提交6件）: ways of asking that are more than what was asked."""
    for position, whole in enumerate(own[:-_LEAST_PARTS]):
        if whole.field != "requests.received.total" or not whole.certain or whole.qualifier is not Qualifier.EXACT:
            continue
        gap = sentence.text[whole.end : own[position + 1].start]
        parts = list(_ways(sentence.text, own[position + 1 :])) if re.search(_rules()["parts_follow"], gap) else []
        if len(parts) >= _LEAST_PARTS and sum(part.value for part in parts) > whole.value:
            yield _wrong_sum(parts, whole)


def _find_overfull(sentence: Sentence, own: Sequence[Claim]) -> Iterator[Discrepancy]:
    """各平台累计发布信息2698条，网站、公众号分别发布1889条、1612条: platforms that published more than all of them."""
    for position, whole in enumerate(own[:-_LEAST_PARTS]):
        start = own[position - 1].end if position else 0
        words = to_plain(sentence.text[start : whole.start]).text
        if not _is_free(whole) or not re.search(_rules()["of_all"], words):
            continue
        parts = list(_listed_behind(sentence.text, own[position:]))
        if len(parts) >= _LEAST_PARTS and sum(part.value for part in parts) > whole.value:
            yield _wrong_sum(parts, whole)
            return


def _listed_behind(text: str, own: Sequence[Claim]) -> Iterator[Claim]:
    """The counts that a list with 分别 right behind the first gives, in its unit."""
    whole, *rest = own
    for place, claim in enumerate(rest):
        gap = to_plain(text[own[place].end : claim.start]).text
        if not _is_free(claim) or claim.unit != whole.unit or not re.search(_rules()["next_listed"][bool(place)], gap):
            return
        yield claim


def _ways(text: str, own: Iterable[Claim]) -> Iterator[Claim]:
    """The free counts that each name a way of asking."""
    start = 0
    for claim in own:
        piece = re.split(r"[，；、（]", text[start : claim.start])[-1]
        if not _is_free(claim) or not re.search(_rules()["ways"], piece):
            return
        yield claim
        start = claim.end


def _wrong_sum(parts: Sequence[Claim], whole: Claim) -> Discrepancy:
    """What the parts add up to beside what the text gives as their sum."""
    fields = (whole.field,) if whole.field else ()
    texts = "＋".join(part.text for part in parts)
    total = float(sum(part.value for part in parts))
    sentences = tuple(dict.fromkeys((whole.sentence, parts[0].sentence)))
    return Discrepancy("T002", fields, sentences, total, float(whole.value), whole.text, texts)


def _discrepancy(one: Claim, other: Claim) -> Discrepancy:
    sentences = tuple(dict.fromkeys((one.sentence, other.sentence)))
    fields = (one.field,) if one.field else ()
    return Discrepancy("T002", fields, sentences, float(one.value), float(other.value), f"{one.text} / {other.text}")
