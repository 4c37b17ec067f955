"""Hand-made records for tests: cells, documents, narratives, reports."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from extract.forms import load_form
from extract.narrative import make_claims, read_sentences
from extract.records import (
    Cells,
    Document,
    Field,
    Item,
    Label,
    Line,
    Maker,
    Narrative,
    ReadCell,
    Report,
    ReportScore,
    Section,
    SectionedDocument,
    Sentence,
    Source,
    State,
    Template,
)

FORM = load_form("2021")


def make_cells(
    values: Mapping[str, float | str] | None = None,
    states: Mapping[str, str] | None = None,
    raws: Mapping[str, str] | None = None,
) -> Cells:
    """All fields of the 2021 form: those given, 0 elsewhere; `states` names the cells that are not read."""
    values, states, raws = values or {}, states or {}, raws or {}
    unknown = (set(values) | set(states) | set(raws)) - set(FORM.field_ids)
    assert not unknown, unknown
    return {field: _make_cell(field, values, states, raws) for field in FORM.field_ids}


def _make_cell(
    field: str, values: Mapping[str, float | str], states: Mapping[str, str], raws: Mapping[str, str]
) -> ReadCell:
    state = State(states.get(field, "read"))
    value = Decimal(str(values.get(field, 0))) if state is State.READ else None
    return ReadCell(field, state, value, raws.get(field, "" if value is None else str(value)), page=1, line=1)


def make_sentence(text: str, *, section: int = 1, label: str = "other", number: int = 1) -> Sentence:
    return Sentence(f"s{number:03d}", section, text, Label(label), 0.95, page=1)


def make_narrative(*sentences: Sentence) -> Narrative:
    return Narrative(sentences, ())


def read_narrative(sectioned: SectionedDocument, *, agency: str | None, year: int | None) -> Narrative:
    """The sentences and claims of the sections, as the pipeline reads them."""
    sentences = read_sentences(sectioned)
    return Narrative(sentences, make_claims(sentences, agency, year))


def make_lines(*texts: str, first: int = 1) -> tuple[Item, ...]:
    return tuple(Line(text, page=1, number=number) for number, text in enumerate(texts, start=first))


def make_sectioned(
    front: tuple[str, ...] = (), sections: Mapping[int, tuple[str, ...]] | None = None, missing: tuple[int, ...] = ()
) -> SectionedDocument:
    """A document of those lines; the sections named `missing` have neither heading nor content."""
    parts = []
    for spec in FORM.sections:
        lines = make_lines(*(sections or {}).get(spec.number, ()), first=100 * spec.number)
        heading = None if spec.number in missing else Line(spec.heading, page=1, number=100 * spec.number - 1)
        parts.append(Section(spec.number, heading, () if spec.number in missing else lines))
    return SectionedDocument(make_lines(*front), tuple(parts), ())


def make_field(
    value: Decimal | str | int | None, *, state: str = "read", confidence: float = 0.999, accepted: bool = True
) -> Field:
    raw = "" if value is None else str(value)
    return Field(value, State(state), confidence, accepted, raw, 1, None, ("标签一致",), line=1)


def make_source(file: str = "报告.txt") -> Source:
    return Source(file, "0" * 64, "text", 3)


def make_document(*texts: str) -> Document:
    from extract.records import Page

    return Document(make_source(), (Page(1, make_lines(*texts)),))


def make_report(
    cells: Cells | None = None, *, doubtful: tuple[str, ...] = (), agency: str = "青溪市统计局", year: int = 2024
) -> Report:
    """A report document of those cells; `doubtful` fields are not accepted."""
    cells = cells or make_cells()
    fields = {
        field: Field(
            cell.value,
            cell.state,
            0.5 if field in doubtful else 0.999,
            field not in doubtful,
            cell.raw,
            1,
            None,
            (),
            line=cell.line,
        )
        for field, cell in cells.items()
    }
    head = {
        "agency": make_field(agency),
        "year": make_field(year),
        "title": make_field(f"{agency}{year}年政府信息公开工作年度报告"),
        "published": make_field(f"{year + 1}-01-20"),
        "period_start": make_field(f"{year}-01-01"),
        "period_end": make_field(f"{year}-12-31"),
    }
    return Report(
        make_source(),
        Maker("0", "0" * 12, {"field-confidence": "1" * 12}, 0.0005),
        Template("2021", 0.99),
        ReportScore(0.99, doubtful),
        head,
        fields,
        (),
        (),
        (),
    )
