"""Findings about the prose → the piece of each sentence that they speak of."""

from __future__ import annotations

import re

from extract.numerals import CHINESE_DIGITS
from extract.records import Claim, Finding, Report, Sentence, Spot

_ENDS = (re.compile(r"[，。；：！？\n]"), re.compile(r"[，。；：！？、\n]"))  # the second, where a clause is too long
_QUOTED = 30  # characters of a piece that are shown
_NAMED = 5  # characters of an entry of a list from which on it may say what it counts
_SENTENCES = 2
_PAGELESS = ("html", "docx")  # files whose pages are made by whoever opens them


def quote_pieces(finding: Finding, report: Report, *, quoted: bool = True, standing: bool = True) -> tuple[str, ...]:
    """第 1 页第一部分“…”, of a text 第一部分“…”（文件第 11 行）, of a web page or Word file 第一部分第 3 段“…”, for the
    finding's first sentences.

    Without the piece where it is not to be `quoted`, without line and paragraph where these are told elsewhere (not
    `standing`).
    """
    known = {sentence.id: sentence for sentence in report.sentences}
    spots = finding.spots if len(finding.spots) == len(finding.sentences) else (None,) * len(finding.sentences)
    found = [(known[name], spot) for name, spot in zip(finding.sentences, spots, strict=True) if name in known]
    return tuple(
        _page_text(sentence, spot, report)
        + _section_text(sentence, spot if standing else None)
        + (f"“{_piece(sentence, finding, report)}”" if quoted else "")
        + (f"（{line_text(spot.line)}）" if standing and spot and spot.line else "")
        for sentence, spot in found[:_SENTENCES]
    )


def _section_text(sentence: Sentence, spot: Spot | None) -> str:
    if spot and spot.of_section is not None:
        return paragraph_text(spot.of_section, spot.paragraph)
    return f"第{CHINESE_DIGITS[sentence.section]}部分"


def paragraph_text(section: int, paragraph: int | None) -> str:
    """第一部分第 3 段, counted below the heading; of section 0 where it ends: nobody counts the lines of a title."""
    return f"第{CHINESE_DIGITS[section]}部分第 {paragraph} 段" if section else "第一部分之前"


def line_text(line: int) -> str:
    """文件第 11 行: the lines of a text count through the whole file, as editors show them, not on each page."""
    return f"文件第 {line} 行"


def _page_text(sentence: Sentence, spot: Spot | None, report: Report) -> str:
    """The page, in files that have pages; of a text only where the line is not known."""
    is_text = report.source.format == "text"
    paged = report.source.format not in _PAGELESS and not (is_text and (spot or report.source.pages == 1))
    return f"第 {sentence.page} 页" if paged else ""


def _piece(sentence: Sentence, finding: Finding, report: Report) -> str:
    """The clause that holds what the finding found, of several words the first to the last; the beginning of the
    sentence where that is not known.
    """
    text, found = sentence.text, str(finding.found)
    words = [found] if found in text else found.split("、")
    if isinstance(finding.found, str) and all(word in text for word in words):
        return _clause(text, text.index(words[0]), text.rindex(words[-1]) + len(words[-1]))
    own = {claim.id: claim for claim in report.claims if claim.sentence == sentence.id}
    claims = [own[name] for name in finding.claims if name in own]
    claims = claims or [claim for claim in own.values() if _is_meant(claim, finding)]
    return _clause(text, claims[0].start, claims[0].end) if claims else shorten(text)


def _is_meant(claim: Claim, finding: Finding) -> bool:
    sides = claim.share_of or ((), ())
    fields = {claim.field, *claim.sum_of, *sides[0], *sides[1]}
    is_named = not finding.fields or bool(fields & set(finding.fields))
    return float(claim.value) in (finding.found, finding.expected) and is_named


def _clause(text: str, start: int, end: int) -> str:
    """From the mark before to the mark behind; of a long list whose entry has no name also what stands before it."""
    whole, entry = (_between(text, start, end, marks) for marks in _ENDS)
    if len(whole) <= _QUOTED:
        return whole
    return shorten(entry) if len(entry) >= _NAMED else "…" + text[max(0, end - _QUOTED + 1) : end].lstrip()


def _between(text: str, start: int, end: int, marks: re.Pattern[str]) -> str:
    before = [match.end() for match in marks.finditer(text, 0, start)]
    behind = marks.search(text, end)
    return text[before[-1] if before else 0 : behind.start() if behind else len(text)].strip()


def shorten(text: str) -> str:
    """As much of the text as is shown of a piece."""
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…"
