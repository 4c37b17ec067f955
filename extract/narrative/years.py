"""Which year a number speaks of, as an offset from the report's year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from extract.narrative.lexicon import Mention
from extract.narrative.numbers import CLAIMS_FILE
from extract.rules import load_rules

_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")


@cache
def _year_words() -> tuple[re.Pattern[str], dict[str, int], tuple[str, ...], re.Pattern[str]]:
    rules: dict[str, Any] = load_rules(CLAIMS_FILE)["years"]
    offsets = {word: offset for offset, key in ((-1, "last"), (0, "this"), (1, "next")) for word in rules[key]}
    words = "|".join(sorted(offsets, key=len, reverse=True))
    attached = re.compile(rules["attached"])
    return re.compile(rf"{_YEAR.pattern}|{words}"), offsets, tuple(rules["compared"]), attached


def year_offset(text: str, mentions: Sequence[Mention], start: int, piece_start: int, year: int | None) -> int:
    """The year that the number at `start` speaks of: 0 the report's own, -1 the one before, and so on.

    A year in a comparison (比2021年) reaches no further than its piece of the sentence.
    """
    pattern, offsets, compared, attached = _year_words()
    for match in reversed(list(pattern.finditer(text, 0, start))):
        if text[: match.start()].endswith("加") or any(
            m.start < match.end() and match.start() < m.end for m in mentions
        ):
            continue
        behind = match.end() + (text[match.end() :][:1] == "年")
        local = text[: match.start()].endswith(compared) or attached.match(text, behind)
        if local and match.start() < piece_start:
            continue
        if match[0] in offsets:
            return offsets[match[0]]
        return int(match[0]) - year if year else 0
    return 0


def carry_direction(text: str, start: int, end: int, year: int | None) -> int:
    """-1 where the words around a bare 结转 say that it came from last year, 1 into next year, 0 where they do not say."""
    rules = load_rules(CLAIMS_FILE)["years"]
    words = text[start:end]
    last, following = [*rules["carried_from"]], [*rules["carried_to"]]
    if year:
        last, following = [*last, f"{year - 1}年"], [*following, f"{year + 1}年"]
    if any(word in words for word in following):
        return 1
    return -1 if any(word in words for word in last) else 0
