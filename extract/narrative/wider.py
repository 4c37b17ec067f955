"""A number of another whole than the report's: more offices, fewer, or one of several, than the table shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from extract.narrative.likely import find_slip
from extract.narrative.numbers import CLAIMS_FILE
from extract.narrative.shown import claim_fields, look_up, withdraw
from extract.records import Cells, Claim, Qualifier, Sentence, Verdict
from extract.rules import load_rules

_NO_SLIP = "far"


@cache
def _pattern() -> re.Pattern[str]:
    rules = load_rules(CLAIMS_FILE)["elsewhere"]
    return re.compile(f"(?P<all>{rules['all_of_place']})|{rules['one_of_several']}")


def leave_wider(
    claims: Sequence[Claim], sentences: Sequence[Sentence], cells: Cells, *, whole: bool
) -> Iterator[Claim]:
    """The claims; where one number of some cells is borne out, another that names a wider or narrower whole is of it.

    `whole`: the report is that of a place (县人民政府), and 全县 its own: only a number that no slip of the pen makes
    of the table's is then of another whole, as that of all departments in the report of the office.
    """
    texts = {sentence.id: sentence.text for sentence in sentences}
    signs = {claim.id: _sign(claim, texts[claim.sentence]) for claim in claims if claim_fields(claim)}
    told: dict[frozenset[str], set[str]] = {}  # the wholes of the numbers that are borne out, by their cells
    for claim in claims:
        if claim.verdict is Verdict.SUPPORTED and claim.qualifier is Qualifier.EXACT and claim.id in signs:
            told.setdefault(frozenset(claim_fields(claim)), set()).add(_word(signs[claim.id]))
    for claim in claims:
        sign = signs.get(claim.id) if claim.verdict is Verdict.CONTRADICTED and not claim.share_of else None
        if sign and told.get(frozenset(claim_fields(claim)), set()) - {_word(sign)}:
            slip = find_slip(claim.value, look_up(claim_fields(claim), cells).sum) != _NO_SLIP
            claim = claim if whole and sign["all"] and slip else withdraw(claim)
        yield claim


def _word(sign: re.Match[str] | None) -> str:
    return sign[0] if sign else ""


def _sign(claim: Claim, text: str) -> re.Match[str] | None:
    """The last word before the number, in its statement, for another whole."""
    begin = max(text.rfind(mark, 0, claim.start) for mark in "；。") + 1
    signs = [*_pattern().finditer(text, begin, claim.start)]
    return signs[-1] if signs else None
