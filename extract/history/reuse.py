"""Sentences that repeat last year's report (Y003)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.records import Contrast, Report, Sentence
from extract.rules import load_rules
from extract.textform import squeeze

_YEAR = re.compile(r"(?:20\d\d年度?|上年度?|去年|今年|本年度?)")


def find_reuse(agency: str, earlier: Report, later: Report) -> Iterator[Contrast]:
    """Y003 where most of the later report's own sentences stand in the earlier one, too."""
    rule = load_rules("history.toml")["reuse"]
    own, former = _own_sentences(later), _own_sentences(earlier)
    if len(own) < rule["sentences_least"] or not former:
        return
    repeated = _repeated([text for _, text in own], [text for _, text in former], rule["similarity"])
    share = sum(repeated) / len(own)
    if share > rule["share"]:
        sentences = tuple(sentence.id for (sentence, _), again in zip(own, repeated, strict=True) if again)
        year = int(str(later.report["year"].value))
        yield Contrast(
            "Y003",
            agency,
            year,
            later.template.id,
            (),
            None,
            f"{share:.0%}",
            sure=True,
            sentences=sentences,
            earlier=earlier.source.file,
        )


def _own_sentences(report: Report) -> list[tuple[Sentence, str]]:
    """The sentences that should be of their year, with their characters, years left out."""
    rule = load_rules("history.toml")["reuse"]
    counted = []
    for sentence in report.sentences:
        text = _YEAR.sub("", squeeze(sentence.text))
        formula = any(squeeze(words) in text for words in rule["formulas"])
        if sentence.label.value in rule["labels"] and len(text) >= rule["length_least"] and not formula:
            counted.append((sentence, text))
    return counted


def _repeated(own: list[str], former: list[str], similarity: float) -> list[bool]:
    """Per sentence whether one of the former ones is as similar; one of theirs answers for any number of ours."""
    from rapidfuzz import fuzz, process

    best = process.cdist(own, former, scorer=fuzz.ratio, score_cutoff=100 * similarity).max(axis=1)  # (n_own,)
    return [score > 0 for score in best.tolist()]
