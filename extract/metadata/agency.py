"""Title, signature and preamble → the agency, and how sure."""

from __future__ import annotations

import re
from datetime import date

from extract.metadata.dates import find_dates
from extract.metadata.lines import Printed, squeeze_text
from extract.metadata.title import is_agency
from extract.quick import record
from extract.records import Sentence

_AUTHOR = re.compile(r"(?:本报告|本年度报告|报告|现)?由(?P<agency>[一-鿿]{3,30}?)(?:根据|按照|依据|依照|编制|组织编制)")
_SUBJECT = re.compile(
    r"^(?:\d{4}年(?:度|以来)?[，,]?)?(?P<agency>[一-鿿]{2,24}?[局委办厅院部署处所站队会府道镇乡心])"
    r"(?=坚持|认真|深入|全面|高度|严格|在|紧|始终|按照|以)"
)
_WITHIN = 15  # lines from the end in which a signature stands


@record
class Signature:
    """Who signs and when; either may be missing."""

    agency: str
    day: date | None
    page: int
    line: int


def find_signature(lines: tuple[Printed, ...]) -> Signature | None:
    """The last line that is a date (after a name, perhaps), with the name before it; else a last line with a name."""
    tail = lines[-_WITHIN:]
    for index in range(len(tail) - 1, -1, -1):
        dates = find_dates(tail[index].text)
        if not dates:
            continue
        day, start, end = dates[-1]
        before = tail[index].text[:start].strip("()（）")
        if tail[index].text[end:].strip("()（）。") or (before and not is_agency(before)):
            continue
        above = (line.text for line in reversed(tail[max(0, index - 2) : index]) if is_agency(line.text))
        return Signature(before or next(above, ""), day, tail[index].page, tail[index].line)
    names = [line for line in tail[-2:] if is_agency(line.text)]
    return Signature(names[-1].text, None, names[-1].page, names[-1].line) if names else None


def find_author(sentences: tuple[Sentence, ...]) -> str:
    """The agency that the preamble or the first sentences name as their subject, or an empty string."""
    texts = [squeeze_text(sentence.text) for sentence in sentences if sentence.section == 1][:12]
    for pattern in (_AUTHOR, _SUBJECT):
        for text in texts:
            match = pattern.search(text)
            if match and is_agency(match["agency"]) and not match["agency"].startswith(("我", "本", "全", "各")):
                return match["agency"]
    return ""
