"""Lists that are about one kind of applicant or about one row of table 3, although not each number says so.

自然人申请的办理情况是：新收214件，办结218件, or 办结161件，按申请人分自然人87件、企业58件: where the cells of that
applicant, or of that row, bear out more of the contradicted numbers than they deny of the others, the list is theirs,
and a slip in it stays one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.narrative.analysis import Analysis
from extract.narrative.numbers import CLAIMS_FILE
from extract.narrative.shown import bears_out, bind_anew, claim_fields, is_accused, is_told, withdraw
from extract.narrative.targets import REQUESTS, TOTAL, Fields, expand_columns, expand_rows, request_fields
from extract.quick import record
from extract.records import Cells, Claim, Verdict
from extract.rules import load_rules

_FIRM = 2  # numbers of one list that together tell what it is about
_GRANTED = ("granted", "partially_granted")


@record
class _List:
    """A span of the plain text, end exclusive, whose numbers may be those of `rows` or of `columns` of table 3."""

    start: int
    end: int
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    least: int = 1  # numbers that must bear it out
    sure: bool = False  # one is enough, however small

    def turn(self, fields: Fields) -> Fields:
        """The cells in that reading; none where it leaves them as they are."""
        if not all(field.startswith(f"{REQUESTS}.") for field in fields):
            return ()
        rows = tuple(dict.fromkeys(field.split(".", 1)[1].rpartition(".")[0] for field in fields))
        columns = tuple(dict.fromkeys(field.rpartition(".")[2] for field in fields))
        if (columns == TOTAL) != bool(self.columns):
            return ()
        turned = request_fields(self.rows or rows, self.columns or columns)
        return turned if set(turned) != set(fields) else ()


def bind_lists(
    own: list[Claim], starts: Sequence[int], analysis: Analysis, told: tuple[str, ...], cells: Cells
) -> list[Claim]:
    """The claims of a sentence, which begin at `starts` of its plain text; `told` is who was named before it."""
    for listed in (*_brackets(analysis), *_lists_of_applicants(analysis, told), *_lists_of_rows(analysis)):
        own = _bind_list(own, starts, listed, cells)
    return own


def _brackets(analysis: Analysis) -> Iterator[_List]:
    """个人申请办结60件（含结转3件）: what stands in brackets behind a number is of the same applicants."""
    text = analysis.plain.text
    for one, other in pairwise(analysis.bounds):
        columns = {field.rpartition(".")[2] for field in one.fields}
        inside = text.startswith("（", one.number.end) and "）" not in text[one.number.end : other.number.start]
        if inside and len(columns) == 1 and not columns & set(TOTAL):
            yield _List(other.number.start, other.number.end, columns=tuple(columns), sure=True)


def _lists_of_applicants(analysis: Analysis, told: tuple[str, ...]) -> Iterator[_List]:
    """From each kind of applicant that is named to the next."""
    named: list[tuple[int, int, tuple[str, ...], int]] = [
        (m.start, m.end, (term.value,), 1) for m in analysis.mentions if (term := m.of_kind("column"))
    ]
    named = [(0, 0, told, _FIRM), *named] if told else named
    for position, (_, start, columns, least) in enumerate(named):
        others = (other for other, _, kind, _ in named[position:] if kind != columns)
        end = next(others, len(analysis.plain.text))
        yield _List(start, end, columns=expand_columns(columns), least=least)


def _lists_of_rows(analysis: Analysis) -> Iterator[_List]:
    """From each row that is named to the next."""
    named = [(m, term.value) for m in analysis.mentions if (term := m.of_kind("row"))]
    for position, (mention, value) in enumerate(named):
        end = next((m.start for m, other in named[position + 1 :] if other != value), len(analysis.plain.text))
        rows = ("carried_in", "carried_out") if value == "carry" else (value,)
        yield from (_List(mention.end, end, rows=expand_rows((row,))) for row in rows)
        if {other for _, other in named[: position + 1]} >= set(_GRANTED):
            yield _List(mention.end, end, rows=_GRANTED)


def _bind_list(own: list[Claim], starts: Sequence[int], listed: _List, cells: Cells) -> list[Claim]:
    """The claims; those of the list are bound anew where more of them bear it out than speak against it."""
    inside = {
        position: turned
        for position, (claim, start) in enumerate(zip(own, starts, strict=True))
        if listed.start <= start < listed.end and claim_fields(claim) and not claim.share_of and claim.note != "none"
        if (turned := listed.turn(claim_fields(claim))) and not is_told(turned, own)
    }
    agree = {position for position, turned in inside.items() if _is_mended(own[position], turned, cells)}
    against = [
        position
        for position, turned in inside.items()
        if own[position].verdict is Verdict.SUPPORTED and not bears_out(own[position], turned, cells)
    ]
    if len(agree) <= len(against) or len(agree) < listed.least:
        return own
    if len(agree) < _FIRM:
        both = [position for position, turned in inside.items() if bears_out(own[position], turned, cells)]
        firm = (
            listed.rows
            or listed.sure
            or len(both) >= _FIRM
            or all(own[position].value >= _telling() for position in agree)
        )
        return [
            withdraw(claim) if firm and position in agree and is_accused(claim) else claim
            for position, claim in enumerate(own)
        ]
    return [
        bind_anew(claim, inside[position], right=position in agree or bears_out(claim, inside[position], cells))
        if position in inside and is_accused(claim) and (position in agree or not against)
        else claim
        for position, claim in enumerate(own)
    ]


def _is_mended(claim: Claim, turned: Fields, cells: Cells) -> bool:
    return claim.verdict is not Verdict.SUPPORTED and claim.value > 0 and bears_out(claim, turned, cells)


def _telling() -> int:
    telling: int = load_rules(CLAIMS_FILE)["verdict"]["telling"]
    return telling
