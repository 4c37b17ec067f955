"""The table of contents: every stage in its order. Nothing else knows the order."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TypeVar

from extract.alignment import align_table, is_noisy, other_alignments, restore_columns
from extract.artifacts import this_maker
from extract.cells import place_cells
from extract.checks import check_tables
from extract.errors import NotAReportError
from extract.fields import cell_features, check_first, grade_fields, score_accepted, settle_risk
from extract.findings import collect_findings, find_spots, has_unclear_print, leave_recognised, leave_recognised_prose
from extract.findings.catalogue import limits
from extract.forms.comparable import bind_claims
from extract.forms.recognise import is_older_than_forms, recognise_form
from extract.metadata import read_metadata, without_lines
from extract.narrative import (
    check_claims,
    cut_table_prose,
    leave_open_years,
    make_claims,
    read_sentences,
    settle_years,
    withdraw_doubtful,
)
from extract.pages import read_content, read_document
from extract.quick import record, replace
from extract.reading import choose_rows, doubt_unrecognised, mark_pictured, read_cells
from extract.records import (
    CUT,
    PART,
    CandidateRow,
    Cells,
    Claim,
    Deviation,
    Discrepancy,
    Document,
    Field,
    Form,
    Label,
    Line,
    Metadata,
    Narrative,
    Qualifier,
    Report,
    ReportScore,
    SectionedDocument,
    Source,
    State,
    Template,
    Verdict,
    Violation,
)
from extract.rules import linear_rules
from extract.sections import first_report, split_sections
from extract.settings import Settings, load_settings
from extract.textform import squeeze

_FEWEST_HEADINGS = 2
_FEWEST_CELLS = 10  # a text in which fewer cells of the form are found is no such report
_FIRST_YEAR = 2019  # no tables were prescribed for the years before
_FIRM_LABEL = 0.7  # from that similarity (0..1) on, a row is there by its own label


Made = TypeVar("Made")
_Stages = Generator[str, None, Made]  # the name of each stage when it has ended, and what they make


@record
class Evidence:
    """All that the stages found in one document, before it is graded."""

    document: Document
    sectioned: SectionedDocument
    form: Form
    form_confidence: float
    metadata: Metadata
    narrative: Narrative
    cells: Cells
    deviations: tuple[Deviation, ...]
    violations: tuple[Violation, ...]
    discrepancies: tuple[Discrepancy, ...]


def extract_report(path: Path | str, *, settings: Settings | None = None, risk: float | None = None) -> Report:
    """The report document of the file at `path`. At most `risk` (0..1) of the accepted fields may be wrong.

    Raises: SourceError where the file cannot be read or is no such report (its message names file, cause, remedy);
    UsageError where no training could show so small a risk.
    """
    file = str(path)
    return _run(_make_in_stages(open_file(file, settings=settings), file, risk))


def extract_content(
    content: bytes, *, file: str, settings: Settings | None = None, risk: float | None = None
) -> Report:
    """The report document of a file that is in memory; `file` is its name, for the document and for messages.

    `risk` and what it raises are as in `extract_report`.
    """
    return _run(_make_in_stages(open_file(file, content, settings=settings), file, risk))


def open_file(file: str, content: bytes | None = None, *, settings: Settings | None = None) -> Document:
    """The pages of the file of that name: of its `content`, where that is in memory, else of what lies there.

    Raises: SourceError where it cannot be read.
    """
    settings = settings or load_settings()
    if content is None:
        return read_document(Path(file), settings=settings)
    return read_content(content, file=file, settings=settings)


def make_reports(
    documents: Sequence[tuple[str, Document]], *, risk: float | None = None
) -> list[Report | NotAReportError]:
    """The report of each file that was read, or why it has none; each comes with its name, for messages.

    All come to the end of a stage before one begins the next: what a stage needs is then still at hand for the
    processor, which takes a fourteenth less time for a handful.

    Raises: UsageError as in `extract_report`.
    """
    under_way = {k: _make_in_stages(document, file, risk) for k, (file, document) in enumerate(documents)}
    made: dict[int, Report | NotAReportError] = {}
    while under_way:
        for k, stages in [*under_way.items()]:
            try:
                next(stages)
            except StopIteration as end:
                made[k] = end.value
            except NotAReportError as error:
                made[k] = error
            if k in made:
                del under_way[k]
    return [made[k] for k in range(len(documents))]


def _run(stages: _Stages[Made], clock: Callable[[str], None] = lambda stage: None) -> Made:
    """What the stages make. `clock` is called with the name of each when it has ended."""
    while True:
        try:
            clock(next(stages))
        except StopIteration as end:
            made: Made = end.value
            return made


def _make_in_stages(document: Document, file: str, risk: float | None) -> _Stages[Report]:
    with _named(file):
        evidence = yield from _gather_in_stages(document)
        return (yield from _grade_in_stages(evidence, risk))


@contextmanager
def _named(file: str) -> Iterator[None]:
    """What is no report is named as the caller named it: a document knows its name without its folders."""
    try:
        yield
    except NotAReportError as error:
        raise NotAReportError(file, error.cause, error.remedy, page=error.page) from error


def gather_evidence(document: Document, *, clock: Callable[[str], None] = lambda stage: None) -> Evidence:
    """Every stage up to the checks. `clock` is called with the name of each stage when it has ended.

    Raises: NotAReportError.
    """
    return _run(_gather_in_stages(document), clock)


def _gather_in_stages(document: Document) -> _Stages[Evidence]:
    document, left_out = first_report(document)
    form, form_confidence = recognise_form(document.items)
    yield "form"
    sectioned = split_sections(document, form)
    yield "sections"
    unread = [*left_out, *_unread_pictures(document), *_part_of_report(document, sectioned, form)]
    sentences = read_sentences(sectioned)
    yield "narrative"
    metadata = read_metadata(sectioned, sentences)
    agency, year = _agency(metadata), _year(metadata)
    yield "metadata"
    narrative = Narrative(sentences, bind_claims(make_claims(sentences, agency, year), form))
    yield "narrative"
    rows, deviations = yield from _read_tables(sectioned, form, year, unread)
    deviations += _broken_off(document, sectioned, narrative)
    cells = read_cells(rows, linear_rules(form), _stated_values(narrative.claims))
    _refuse_older(document, cells, year)
    _refuse_strangers(document, sectioned, cells)
    cells = doubt_unrecognised(mark_pictured(cells, form, sum(page.pictures for page in document.pages)), document)
    yield "reading"
    violations = check_tables(cells, form)
    yield "checks"
    claims, discrepancies = check_claims(narrative, cells, year=year, agency=agency)
    claims, discrepancies = leave_open_years(claims, discrepancies, narrative, metadata.open_years)
    yield "crosscheck"
    narrative = replace(narrative, claims=claims)
    if year:
        settled = settle_years(metadata.deviations, narrative, cells, agency=agency, year=year)
        metadata = replace(metadata, deviations=settled)
    found = (deviations, violations, discrepancies)
    return Evidence(document, sectioned, form, form_confidence, metadata, narrative, cells, *found)


def grade_evidence(
    evidence: Evidence, *, risk: float | None = None, clock: Callable[[str], None] = lambda stage: None
) -> Report:
    """Fields with confidence, findings, and the report document."""
    return _run(_grade_in_stages(evidence, risk), clock)


def _grade_in_stages(evidence: Evidence, risk: float | None) -> _Stages[Report]:
    features = cell_features(evidence.cells, evidence.form, evidence.violations, evidence.narrative.claims)
    risk = settle_risk(risk)
    has_lines = evidence.document.source.format == "text"
    fields = grade_fields(evidence.cells, features, risk=risk, has_lines=has_lines)
    metadata = evidence.metadata if has_lines else without_lines(evidence.metadata)
    yield "fields"
    alone = _grade_alone(evidence, fields, risk)
    contested = _contested(evidence.cells)
    if evidence.document.source.ocr:  # what was hard to read is held against no text
        contested |= {name for name, field in alone.items() if not field.accepted}
    claims, discrepancies = withdraw_doubtful(
        evidence.narrative.claims, evidence.discrepancies, fields, contested, alone
    )
    narrative = replace(evidence.narrative, claims=claims)
    deviations, violations, unclear = evidence.deviations, evidence.violations, has_unclear_print(evidence.document)
    if evidence.document.source.ocr:
        deviations = leave_recognised(deviations, fields, unclear=unclear)
        violations = leave_recognised(violations, fields)
        claims, discrepancies = leave_recognised_prose(narrative, discrepancies)
        narrative = replace(narrative, claims=claims)
    findings = collect_findings(
        evidence.form,
        evidence.cells,
        fields,
        metadata,
        narrative,
        deviations=deviations,
        violations=violations,
        discrepancies=discrepancies,
        scanned=evidence.document.source.ocr,
        unclear=unclear,
    )
    findings = find_spots(findings, evidence.document, narrative, evidence.cells, evidence.sectioned)
    yield "findings"
    return Report(
        evidence.document.source,
        this_maker(risk),
        Template(evidence.form.id, evidence.form_confidence),
        ReportScore(score_accepted(fields), check_first(fields, linear_rules(evidence.form))),
        metadata.fields,
        fields,
        narrative.sentences,
        narrative.claims,
        findings,
    )


def _contested(cells: Cells) -> frozenset[str]:
    """The fields whose row has a rival: other rows could be meant as well."""
    return frozenset([name for name, cell in cells.items() if cell.scores.get("open_gap")])


def _grade_alone(evidence: Evidence, fields: Mapping[str, Field], risk: float) -> Mapping[str, Field]:
    """The fields, not accepted, that a T001 or T005 rests on, graded as if the text said nothing against them.

    That the text says otherwise makes a cell less sure: it is no reason to say that the text cannot be checked. Where
    other cells that it speaks of are lost or empty, the narrative has its own measure.
    """
    spoken = [item.fields for item in evidence.discrepancies if item.code in ("T001", "T005")]
    whole = {name for own in spoken for name in own if all(_is_read(other, fields) for other in own)}
    doubtful = {name: evidence.cells[name] for name in whole if not fields[name].accepted}
    if not doubtful:
        return {}
    agreeing = [claim for claim in evidence.narrative.claims if claim.verdict is not Verdict.CONTRADICTED]
    features = cell_features(evidence.cells, evidence.form, evidence.violations, agreeing)
    return grade_fields(doubtful, features, risk=risk)


def _is_read(name: str, fields: Mapping[str, Field]) -> bool:
    return name in fields and fields[name].state is State.READ


def _read_tables(
    sectioned: SectionedDocument, form: Form, year: int | None, unread: Sequence[Deviation]
) -> _Stages[tuple[list[CandidateRow], tuple[Deviation, ...]]]:
    rows: list[CandidateRow] = []
    deviations = [*sectioned.deviations, *unread]
    items = [cut_table_prose(sectioned.sections[spec.number - 1].items) for spec in form.tables]
    noisy = is_noisy(items, form)
    tables = []
    for own, spec in zip(items, form.tables, strict=True):
        tables.append(align_table(own, spec, noisy=noisy, year=year))
        yield "alignment"
    tables = restore_columns(tables, items, form)
    yield "alignment"
    for spec, aligned in zip(form.tables, tables, strict=True):
        variants = [place_cells(table, spec) for table in (aligned, *other_alignments(aligned))]
        rows += choose_rows(variants, linear_rules(form))
        yield "cells"
        deviations += aligned.deviations
    return rows, tuple(deviations)


def _unread_pictures(document: Document) -> list[Deviation]:
    """One Q002 for each page with pictures that nobody has read (it says how many), or that could not be read (why)."""
    pictured = [Deviation("Q002", str(page.pictures), "", page=page.number) for page in document.pages if page.pictures]
    unread = [
        Deviation("Q002", page.unread, "", page=page.number, note="page") for page in document.pages if page.unread
    ]
    return [*pictured, *unread]


def _part_of_report(document: Document, sectioned: SectionedDocument, form: Form) -> list[Deviation]:
    """Q002 for a picture of one page whose sections are some in a row: the others stand on other pages."""
    if document.source.format != "image" or len(document.pages) != 1:
        return []
    absent = {
        spec.number
        for item in sectioned.deviations
        for spec in form.sections
        if item.code == "S001" and spec.heading in item.expected
    }
    there = [spec.number for spec in form.sections if spec.number not in absent]
    in_a_row = not there or there == list(range(there[0], there[-1] + 1))
    if not absent or not in_a_row:
        return []
    return [Deviation("Q002", "", " ".join(map(str, sorted(absent))), note=PART)]


def _broken_off(document: Document, sectioned: SectionedDocument, narrative: Narrative) -> tuple[Deviation, ...]:
    """Q002 where the last line of the file heads a section, or ends within a sentence on the agency's work."""
    last = document.items[-1] if document.items else None
    sentence = narrative.sentences[-1] if narrative.sentences else None
    if isinstance(last, Line) and any(section.heading == last for section in sectioned.sections):
        return (Deviation("Q002", "", "", page=last.page, note=CUT),)
    if not isinstance(last, Line) or sentence is None or sentence.label is Label.OTHER:
        return ()
    line, text = squeeze(last.text), squeeze(sentence.text)
    is_last = line.endswith(text) or text.endswith(line)
    broken = is_last and last.text.rstrip()[-1:] not in limits("q002")["ends"]
    return (Deviation("Q002", "", "", page=last.page, note=CUT),) if broken else ()


def _agency(metadata: Metadata) -> str | None:
    agency = metadata.fields["agency"].value
    return str(agency) if agency else None


def _year(metadata: Metadata) -> int | None:
    year = metadata.fields["year"].value
    return year if isinstance(year, int) else None


def _stated_values(claims: Sequence[Claim]) -> dict[str, list[Decimal]]:
    """Field id → the exact values that the prose states of it."""
    stated: dict[str, list[Decimal]] = {}
    for claim in claims:
        if claim.field and claim.qualifier is Qualifier.EXACT:
            stated.setdefault(claim.field, []).append(claim.value)
    return stated


def _refuse_older(document: Document, cells: Cells, year: int | None) -> None:
    """Raises: NotAReportError for a report on a year before the first template, by its year or its indicators."""
    firm = (
        field
        for field, cell in cells.items()
        if cell.state is not State.MISSING
        and cell.scores.get("label_fit", 0.0) >= _FIRM_LABEL
        and not field.startswith("challenges")  # a table of one row has no row label
    )
    enough = len(list(islice(firm, _FEWEST_CELLS))) == _FEWEST_CELLS
    if enough or not ((year and year < _FIRST_YEAR) or is_older_than_forms(document.items)):
        return
    raise NotAReportError(
        document.source.file,
        f"this report ({year or 'no year found'}) has no statutory tables: they begin with the year {_FIRST_YEAR}",
        f"give the agency's reports on {_FIRST_YEAR} and later",
    )


def _what_to_check(source: Source) -> str:
    """The remedy for a file in which no report was found."""
    if source.ocr:
        return "check that it is the right file, and sharp enough to be read"
    if source.format == "text":
        return "check that it is the right file, or that the conversion to text kept the tables"
    return "check that it is the right file"


def _refuse_strangers(document: Document, sectioned: SectionedDocument, cells: Cells) -> None:
    """Raises: NotAReportError for a text with neither the tables nor the headings of such a report."""
    if sum(section.heading is not None for section in sectioned.sections) >= _FEWEST_HEADINGS:
        return
    if sum(cell.state is not State.MISSING for cell in cells.values()) < _FEWEST_CELLS:
        raise NotAReportError(
            document.source.file,
            "this is no 政府信息公开工作年度报告 (no statutory table and no section heading was found)",
            _what_to_check(document.source),
        )
