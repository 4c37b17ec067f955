"""What the cells of a claim show, whether that is what it says, and the claim with other cells."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from extract.narrative.numbers import CLAIMS_FILE
from extract.narrative.rounding import is_rounded
from extract.narrative.targets import Fields, to_cells
from extract.quick import record, replace
from extract.records import Cells, Claim, Qualifier, State, Verdict
from extract.rules import load_rules


@record
class Shown:
    """What the cells of a claim show: their sum, and whether every one of them was read."""

    sum: Decimal
    whole: bool  # every cell was read
    empty: bool  # the cells that were not read are blanks or dashes


def claim_fields(claim: Claim) -> Fields:
    """The cells whose sum the claim states."""
    return (claim.field,) if claim.field else claim.sum_of


def look_up(fields: Iterable[str], cells: Cells) -> Shown:
    """The sum of what the cells show."""
    read = [cells[field] for field in fields]
    values = [cell.value for cell in read if cell.state is State.READ and cell.value is not None]
    states = {cell.state for cell in read if cell.state is not State.READ or cell.value is None}
    return Shown(sum(values, Decimal(0)), not states, states <= {State.BLANK, State.DASH})


def fits_value(claim: Claim, shown: Decimal) -> bool:
    """True where the shown number is what the claim's value and qualifier say."""
    rules, value = load_rules(CLAIMS_FILE)["verdict"], claim.value
    if claim.qualifier is Qualifier.EXACT:
        return shown == value
    if claim.qualifier is Qualifier.ABOUT:
        return abs(shown - value) <= Decimal(str(rules["about"])) * max(value, Decimal(1))
    if claim.qualifier is Qualifier.AT_LEAST:
        return value <= shown <= value * Decimal(str(rules["at_least"])) + 10
    return shown <= value


def bears_out(claim: Claim, fields: Fields, cells: Cells) -> bool:
    """Whether these cells, all of which were read, show what the claim says."""
    if any(field not in cells for field in fields):
        return False
    shown = look_up(fields, cells)
    return shown.whole and (fits_value(claim, shown.sum) or is_rounded(claim, shown.sum))


def is_accused(claim: Claim) -> bool:
    """Whether a number, no share and no word for none, is contradicted."""
    return claim.verdict is Verdict.CONTRADICTED and claim.note != "none" and not claim.share_of


def is_told(fields: Fields, claims: Iterable[Claim]) -> bool:
    """Whether one of the claims is that of these cells, and right."""
    return any(set(claim_fields(claim)) == set(fields) for claim in claims if claim.verdict is Verdict.SUPPORTED)


def withdraw(claim: Claim) -> Claim:
    """The claim as one that may mean other cells."""
    return replace(claim, verdict=Verdict.UNVERIFIABLE, certain=False)


def all_kinds(fields: Fields) -> Fields:
    """The cells of all kinds of applicants instead of those of some."""
    return tuple(dict.fromkeys(f"{field.rpartition('.')[0]}.total" for field in fields))


def give_cells(claim: Claim, fields: Fields) -> Claim:
    """The claim as one of these cells."""
    return replace(replace(claim, field=None, sum_of=()), **to_cells(fields))


def bind_anew(claim: Claim, fields: Fields, *, right: bool) -> Claim:
    """The claim with other cells, which show what it says or do not."""
    return replace(give_cells(claim, fields), verdict=Verdict.SUPPORTED if right else claim.verdict)
