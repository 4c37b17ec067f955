"""Small narratives, tables and sectioned documents for the tests."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from extract.forms import load_form
from extract.narrative import check_claims
from extract.narrative.making import make_claims
from extract.narrative.shown import claim_fields
from extract.records import (
    Cells,
    Claim,
    Discrepancy,
    Item,
    Label,
    Line,
    Narrative,
    ReadCell,
    Section,
    SectionedDocument,
    Sentence,
    State,
)

AGENCY, YEAR = "青岚县水利局", 2024


def make_cells(values: Mapping[str, float | None] | None = None, state: State = State.BLANK) -> Cells:
    """Every cell of the 2021 form: 0 where `values` does not name it, in `state` where it names None."""
    printed = values or {}
    cells = {}
    for field in load_form("2021").field_ids:
        value = printed.get(field, 0)
        amount = None if value is None else Decimal(str(value))
        cells[field] = ReadCell(field, state if value is None else State.READ, amount, str(value or ""), 1, 1)
    return cells


def make_narrative(*texts: str, agency: str = AGENCY, section: int = 1, label: Label = Label.STATISTIC) -> Narrative:
    """The texts as sentences of one section, with their claims."""
    sentences = tuple(Sentence(f"s{position}", section, text, label, 1.0, 1) for position, text in enumerate(texts, 1))
    return Narrative(sentences, make_claims(sentences, agency, YEAR))


def claims_of(*texts: str, agency: str = AGENCY) -> list[tuple[str, str]]:
    """(printed text, cells joined by +) of every claim, in order."""
    return [(claim.text, "+".join(claim_fields(claim))) for claim in make_narrative(*texts, agency=agency).claims]


def codes_of(*texts: str, cells: Cells) -> list[str]:
    """The T codes that the texts deserve, in order."""
    return [discrepancy.code for discrepancy in check(*texts, cells=cells)[1]]


def check(*texts: str, cells: Cells, agency: str = AGENCY) -> tuple[tuple[Claim, ...], tuple[Discrepancy, ...]]:
    return check_claims(make_narrative(*texts, agency=agency), cells, year=YEAR, agency=agency)


def make_lines(text: str, page: int = 1) -> tuple[Item, ...]:
    """Each line of the text as a Line; a line of three dashes begins a new page."""
    items: list[Item] = []
    for number, line in enumerate(text.strip("\n").split("\n"), 1):
        if line == "---":
            page += 1
        else:
            items.append(Line(line, page, number))
    return tuple(items)


def make_sectioned(front: str = "", **sections: str) -> SectionedDocument:
    """A sectioned document; `section1="…"` gives the lines of section 1."""
    numbered = tuple(
        Section(
            number, None, make_lines(sections.get(f"section{number}", "")) if f"section{number}" in sections else ()
        )
        for number in range(1, 7)
    )
    return SectionedDocument(make_lines(front) if front else (), numbered, ())
