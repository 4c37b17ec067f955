"""A T004 → the percentage that the cells give."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from extract.findings.cells import sum_cells
from extract.forms.places import number_text, share_sides
from extract.quick import record
from extract.records import Cells, Claim, Discrepancy

Fields = tuple[str, ...]

_PLACES = 2  # decimals of a share that is printed with more, or with none of its own


@record
class Share:
    """A percentage (0..100) that the cells give; `working` is its fraction as printed: （10÷28）."""

    value: Decimal
    text: str
    working: str


def compute_share(discrepancy: Discrepancy, claims: Iterable[Claim], cells: Cells) -> Share | None:
    """The share that a T004 should state, rounded as the text does; None for other codes and unread cells."""
    if discrepancy.code != "T004":
        return None
    for claim in claims:
        if claim.share_of and claim.sentence in discrepancy.sentences and _is_meant(claim, discrepancy):
            part, whole = (sum_cells(fields, cells) for fields in share_sides(claim.share_of))
            if part is not None and whole:
                value = _round(100 * part / whole, discrepancy.found)
                if isinstance(discrepancy.expected, float) and float(value) != discrepancy.expected:
                    value, working = Decimal(str(discrepancy.expected)), ""
                else:
                    working = f"（{number_text(part)}÷{number_text(whole)}）"
                return Share(value, f"{number_text(value)}%", working)
    if isinstance(discrepancy.expected, float | int):
        value = Decimal(str(discrepancy.expected))
        return Share(value, f"{number_text(value)}%", "")
    return None


def _is_meant(claim: Claim, discrepancy: Discrepancy) -> bool:
    """Whether the claim is the one that the discrepancy speaks of, by its cells and its number."""
    fields = {field for side in claim.share_of or () for field in side}
    return fields == set(discrepancy.fields) and discrepancy.found in (float(claim.value), claim.text)


def _round(share: Decimal, printed: object) -> Decimal:
    """As many decimals as the text has, one at least."""
    decimals = len(str(printed).partition(".")[2].rstrip("0%"))
    return share.quantize(Decimal(1).scaleb(-max(1, min(decimals, _PLACES))), ROUND_HALF_UP)
