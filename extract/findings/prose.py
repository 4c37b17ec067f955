"""Discrepancies between the text and the tables → T findings; section 5 without problem or improvement → S006."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from extract.findings.catalogue import limits, load_catalogue
from extract.findings.cells import show_cells, show_cells_en, show_sum
from extract.findings.make import make_finding
from extract.findings.shares import Share, compute_share
from extract.numerals import CHINESE_DIGITS
from extract.records import Cells, Claim, Discrepancy, Finding, Form, Label, Narrative, Sentence

_QUOTED = 120  # characters of a sentence that a message quotes
_PROSE = (1, 5, 6)
_CLAUSE_END = re.compile(r"[，。；：！？\n]")


def prose_findings(
    discrepancies: Iterable[Discrepancy], cells: Cells, form: Form, narrative: Narrative
) -> Iterator[Finding]:
    """One finding per discrepancy, quoting its sentences."""
    texts = {sentence.id: sentence.text for sentence in narrative.sentences}
    for discrepancy in discrepancies:
        quotes = [texts[sentence] for sentence in discrepancy.sentences if sentence in texts]
        quote = "”“".join(_shorten(quote) for quote in quotes) or discrepancy.note
        share = compute_share(discrepancy, narrative.claims, cells)
        shown = {"expected": share.text} if share else {}
        own = f"（{discrepancy.working}）" if discrepancy.working else ""
        working = share.working if share else own
        found = _clause(discrepancy, narrative.claims, texts)
        message, message_en = _wording(discrepancy, share)
        yield make_finding(
            discrepancy.code,
            message=message,
            message_en=message_en,
            fields=_with_denying(discrepancy, cells),
            sentences=discrepancy.sentences,
            claims=discrepancy.claims,
            expected=share.value if share else discrepancy.expected,
            found=found,
            values={
                "quote": quote,
                "phrase": found if isinstance(found, str) else quote,
                "cells": show_cells(form, discrepancy.fields, cells) or "表中数据与此不一致",
                "cells_en": show_cells_en(form, discrepancy.fields, cells) or "the table disagrees",
                "sum": show_sum(discrepancy.fields, cells, discrepancy.expected),
                "working": working,
                "working_en": working.replace("（", " (").replace("）", ")").replace("÷", " / "),
                **shown,
            },
        )


def _wording(discrepancy: Discrepancy, share: Share | None) -> tuple[str, str]:
    """The message in Chinese and English; empty where it is the usual one of its code."""
    extra = load_catalogue()[discrepancy.code].extra
    if discrepancy.code == "T004" and share is None and discrepancy.expected is None:
        return extra["none_message"], extra["none_message_en"]
    if discrepancy.code == "T002" and discrepancy.working:
        return extra["made_message"], extra["made_message_en"]
    return "", ""


def _with_denying(discrepancy: Discrepancy, cells: Cells) -> tuple[str, ...]:
    """The cells of a discrepancy; of a T005 about a 总计 also those that make it up: there a person sees why."""
    fields = discrepancy.fields
    if discrepancy.code != "T005":
        return fields
    rows = {field.removesuffix("total") for field in fields if field.endswith(".total")}
    parts = (name for name, cell in cells.items() if cell.value and f"{name.rpartition('.')[0]}." in rows)
    return tuple(dict.fromkeys([*fields, *parts]))


def _clause(discrepancy: Discrepancy, claims: Iterable[Claim], texts: Mapping[str, str]) -> str | float | None:
    """What a discrepancy found; of a T005 all of the clause, since a word such as 无 says nothing by itself."""
    word, name = discrepancy.found, next(iter(discrepancy.sentences), "")
    text = texts.get(name, "")
    if discrepancy.code != "T005" or not isinstance(word, str) or word not in text:
        return word
    starts = [
        claim.start
        for claim in claims
        if claim.sentence == name and claim.text == word and {claim.field, *claim.sum_of} & set(discrepancy.fields)
    ]
    start = starts[0] if starts else text.index(word)
    before = max((mark.end() for mark in _CLAUSE_END.finditer(text, 0, start)), default=0)
    behind = _CLAUSE_END.search(text, start + len(word))
    return text[before : behind.start() if behind else len(text)].strip()


def emptiness_findings(narrative: Narrative, form: Form, missing: set[int]) -> Iterator[Finding]:
    """S006 for each narrative section that says nothing, except those that are `missing` altogether."""
    for section in _PROSE:
        if section in missing:
            continue
        sentences = [sentence for sentence in narrative.sentences if sentence.section == section]
        for want in _wanting(sentences, section):
            yield _empty_finding(section, form, want)


def _wanting(sentences: list[Sentence], section: int) -> list[str]:
    """empty, no_problem, no_measure: what the section lacks, by label and, to be sure, by words."""
    if not any(re.search(r"\w", sentence.text) for sentence in sentences):
        return ["empty"]
    if section != 5 or _is_merged(sentences):
        return []
    labels = {sentence.label for sentence in sentences}
    others = [sentence for sentence in sentences if sentence.label not in (Label.PROBLEM, Label.MEASURE)]
    lacks = []
    if Label.PROBLEM not in labels and not _have_word(others, "problem_words"):
        lacks.append("no_problem")
    if Label.MEASURE not in labels and not _have_word(sentences, "measure_words"):
        lacks.append("no_measure")
    return lacks


def _is_merged(sentences: list[Sentence]) -> bool:
    """Whether a scan's sentences may be read as one, full stops lost, or may say something else than was read."""
    scores = [sentence.score for sentence in sentences]
    return min(scores) < limits("recognised")["sentence_least"] or (len(scores) == 1 and scores[0] < 1)


def _have_word(sentences: list[Sentence], words: str) -> bool:
    return any(word in sentence.text for sentence in sentences for word in limits("s006")[words])


def _empty_finding(section: int, form: Form, want: str) -> Finding:
    extra = load_catalogue()["S006"].extra
    heading = next(spec.heading for spec in form.sections if spec.number == section)
    return make_finding(
        "S006",
        expected=heading,
        found=extra[want],
        values={
            "number": CHINESE_DIGITS[section],
            "number_en": str(section),
            "found_en": extra[f"{want}_en"],
        },
    )


def _shorten(text: str) -> str:
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…"
