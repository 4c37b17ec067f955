"""What was noticed in a scan → what is noticed about the report: recognition damages words and loses digits.

What was merely hard to read is no fault of the report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeVar

from extract.celltext import parse_cell
from extract.findings.catalogue import limits
from extract.quick import replace
from extract.records import Claim, Deviation, Discrepancy, Document, Field, Narrative, State, Verdict, Violation

_WORDING = ("L001", "S005")  # recognised words are never proof of how a label or heading was printed
_EMPTY = ("V002", "V003")  # what seems empty or to be a mark may be a digit that was not seen
_COUNTED = "S003"  # a number too many may be dirt
_ROW = "S002"
_SECTION = "S001"
_PIECE = 3  # rows of a table that are lost with a piece of it, where not all print could be read
_FIGURES = ("A001", "A002", "A003", "A004", "A005", "V001")  # rest on digits
_LOST = (State.MISSING, State.ILLEGIBLE)

Noticed = TypeVar("Noticed", Deviation, Violation)


def leave_recognised(
    noticed: Iterable[Noticed], fields: Mapping[str, Field], *, unclear: bool = False
) -> tuple[Noticed, ...]:
    """What stands although the document was recognised; cells that a person must read are named by Q001 alone.

    `unclear`: print on its pages could not be read, and what seems to be absent may stand there.
    """
    noticed = tuple(noticed)
    absent = {name for item in noticed if item.code == _ROW for name in item.fields}
    rows = Counter(_tables_of(item) for item in noticed if item.code == _ROW)
    hidden = {item for item in noticed if item.code == _SECTION or rows[_tables_of(item)] >= _PIECE} if unclear else ()
    return tuple(item for item in noticed if _is_seen(item, fields, absent) and item not in hidden)


def _tables_of(item: Deviation | Violation) -> frozenset[str]:
    return frozenset(name.partition(".")[0] for name in item.fields) if item.code == _ROW else frozenset()


def _is_seen(item: Deviation | Violation, fields: Mapping[str, Field], absent: set[str]) -> bool:
    own = [fields[name] for name in item.fields if name in fields]
    if item.code in _WORDING:
        return False
    if item.code in (*_EMPTY, _COUNTED):
        scanned = [field for field in own if field.candidates and item.code == _COUNTED]
        return all(field.accepted for field in scanned) and (not own or any(field.accepted for field in own))
    if item.code in _FIGURES:
        return all(field.accepted or _is_read_surely(field) for field in own)
    if item.code == _ROW:
        tables = _tables_of(item)
        beside = (field for name, field in fields.items() if name.partition(".")[0] in tables and name not in absent)
        return all(field.state not in _LOST for field in beside)
    return True


def _is_read_surely(field: Field) -> bool:
    """Whether its digits are sure, wherever they belong; what only the recogniser of lines saw is none of them.

    A blank, a dash and a 0 are one number; what the sums made sure is so, too.
    """
    least = limits("recognised")
    if field.candidates:
        parsed = ((parse_cell(text), probability) for text, probability in field.candidates)
        same = (
            probability
            for own, probability in parsed
            if own.state is not State.ILLEGIBLE and (own.value or 0) == (field.value or 0)
        )
        return max(sum(same), field.confidence) >= float(least["digits_least"])
    return field.confidence >= float(least["confidence_least"])


def has_unclear_print(document: Document) -> bool:
    """Whether a scanned page has print that could not be read."""
    return any(page.unclear for page in document.pages)


def leave_recognised_prose(
    narrative: Narrative, discrepancies: Iterable[Discrepancy]
) -> tuple[tuple[Claim, ...], tuple[Discrepancy, ...]]:
    """(the claims, what they are contradicted by), but for what rests on sentences that were not recognised surely."""
    least = limits("recognised")["sentence_least"]
    unsure = {sentence.id for sentence in narrative.sentences if sentence.score < least}
    claims = tuple(
        replace(claim, verdict=Verdict.UNVERIFIABLE)
        if claim.verdict is Verdict.CONTRADICTED and claim.sentence in unsure
        else claim
        for claim in narrative.claims
    )
    return claims, tuple(item for item in discrepancies if not unsure.intersection(item.sentences))
