"""T002 for counts that no cell shows: one statement in the same words twice, and parts that do not make their sum."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import groupby
from typing import Any

from extract.narrative.analysis import analyse_sentences, is_damaged, mended_print
from extract.narrative.counted import find_counted
from extract.narrative.entries import find_miscounts
from extract.narrative.making import is_government
from extract.narrative.numbers import CLAIMS_FILE
from extract.narrative.part_sums import find_wrong_sums
from extract.narrative.parted_counts import is_bound, read_items
from extract.narrative.products import find_wrong_products
from extract.narrative.recalled import find_recalled, unit_of
from extract.narrative.repeats import find_repeats
from extract.narrative.same_counts import find_parted, find_slips
from extract.narrative.told_counts import read_counts
from extract.quick import replace
from extract.records import Claim, Discrepancy, Qualifier, Sentence
from extract.rules import load_rules, rule_pattern

_LEAST_PARTS = 2
_LONGEST_POINT = 3  # characters of a word for a part, behind the number
_NUMERALS = "零一两三四五六七八九"


@cache
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = load_rules(CLAIMS_FILE)["restated"]
    return rules


def find_restated(
    sentences: Sequence[Sentence], claims: Sequence[Claim], year: int | None, agency: str | None = None
) -> Iterator[Discrepancy]:
    """One discrepancy per pair of sentences, and per sentence whose parts and sum disagree."""
    texts = {sentence.id: sentence.text for sentence in sentences}
    counted = (claim for claim in claims if not _counts_points(claim, texts[claim.sentence]))
    by_sentence = {name: tuple(own) for name, own in groupby(counted, key=lambda claim: claim.sentence)}
    analyses = analyse_sentences(tuple(sentences), year)
    wide = is_government(agency)
    every = [by_sentence.get(sentence.id, ()) for sentence in sentences]
    rivals = _leave_rivals(every)
    free, free_rivals = ([tuple(filter(_is_free, own)) for own in told] for told in (every, rivals))
    sections = [sentence.section for sentence in sentences]
    counts = read_counts(analyses, every, sections, year)
    finders = (
        find_repeats(analyses, free_rivals, year, wide=wide),
        find_counted(analyses, free, year),
        find_recalled(analyses, rivals, year, wide=wide),
    )
    items = read_items(analyses, every, sections)
    sums = list(find_wrong_sums(items))
    pairs: list[tuple[Claim, Claim]] = []
    told = {claim.id for whole, parts in sums for claim in (whole, *parts)}
    likely = [list(found) for found in finders]
    parted = find_parted(counts) if any(likely) else set()
    sure = ([pair for pair in found if _ids(pair) not in parted] for found in likely)
    for found in (*sure, find_slips(counts)):  # which weighs by itself what parts two counts
        fresh = [pair for pair in found if not _ids(pair) & told]
        pairs += fresh
        told |= {claim.id for pair in fresh for claim in pair}
    yield from (_discrepancy(*pair) for pair in pairs)
    yield from (_wrong_sum(parts, whole) for whole, parts in sums)
    for total, each, made in find_wrong_products(items):
        if not ({total.id, each.id} & told or is_bound(total)):
            told |= {total.id, each.id}
            names = (total.sentence,)
            values, note = (float(made), float(total.value)), f"{each.text} / {total.text}"
            yield Discrepancy("T002", (), names, *values, note, claims=(total.id, each.id))
    if not is_damaged(analyses):
        for miscount in find_miscounts(analyses, sections):
            name = (sentences[miscount.place].id,)
            yield Discrepancy("T002", (), name, float(miscount.counted), float(miscount.told), miscount.text)
    for printed, analysis in zip(sentences, analyses, strict=True):
        own = by_sentence.get(printed.id, ())
        if len(own) > _LEAST_PARTS:
            sentence = replace(printed, text=mended_print(printed, analysis))
            yield from _find_excess(sentence, own)


def _counts_points(claim: Claim, text: str) -> bool:
    """六个部分, 三个方面: how many parts the text or a thought has, which is told of each by itself."""
    return (
        rule_pattern(CLAIMS_FILE, "restated", "points").match(text, claim.start, claim.end + _LONGEST_POINT) is not None
    )


def _leave_rivals(claims: Sequence[Sequence[Claim]]) -> list[Sequence[Claim]]:
    """The claims of the sentences, none of those that have no count of no cell with another number in the same unit."""
    numbers: dict[str, set[Decimal]] = defaultdict(set)
    for claim in (claim for own in claims for claim in own if not is_bound(claim)):
        numbers[unit_of(claim)].add(claim.value)
    several = {unit for unit, values in numbers.items() if len(values) > 1}
    return [own if any(unit_of(claim) in several and not is_bound(claim) for claim in own) else () for own in claims]


def _ids(claims: Iterable[Claim]) -> frozenset[str]:
    return frozenset(claim.id for claim in claims)


def _is_free(claim: Claim) -> bool:
    return (
        not is_bound(claim)
        and claim.qualifier is Qualifier.EXACT
        and claim.note != "none"
        and claim.unit in _rules()["units"]
    )


def _find_excess(sentence: Sentence, own: Sequence[Claim]) -> Iterator[Discrepancy]:
    """共收到申请17件（其中网上提交12件，信函提交6件）: ways of asking that are more than what was asked."""
    for position, whole in enumerate(own[:-_LEAST_PARTS]):
        if whole.field != "requests.received.total" or not whole.certain or whole.qualifier is not Qualifier.EXACT:
            continue
        gap = sentence.text[whole.end : own[position + 1].start]
        parts = list(_ways(sentence.text, own[position + 1 :])) if re.search(_rules()["parts_follow"], gap) else []
        if len(parts) >= _LEAST_PARTS and sum(part.value for part in parts) > whole.value:
            yield _wrong_sum(parts, whole)


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
    own = (whole.id, *(part.id for part in parts))
    return Discrepancy("T002", fields, sentences, total, float(whole.value), whole.text, texts, own)


def _discrepancy(one: Claim, other: Claim) -> Discrepancy:
    sentences = tuple(dict.fromkeys((one.sentence, other.sentence)))
    fields = (one.field,) if one.field else ()
    note, own = f"{one.text} / {other.text}", (one.id, other.id)
    return Discrepancy("T002", fields, sentences, float(one.value), float(other.value), note, claims=own)
