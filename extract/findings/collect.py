"""Everything that was noticed about one report → its findings, gravest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from extract.findings.catalogue import limits, load_catalogue
from extract.findings.layout import is_part, is_unread_page, layout_findings
from extract.findings.make import make_finding
from extract.findings.prose import emptiness_findings, prose_findings
from extract.findings.tables import table_findings
from extract.forms.english import count_en, name_cells_en
from extract.forms.places import name_cells, places, tables_of
from extract.records import (
    Cells,
    Deviation,
    Discrepancy,
    Field,
    Finding,
    Form,
    Metadata,
    Narrative,
    Severity,
    State,
    Violation,
)
from extract.textform import is_unreadable

_ORDER = tuple(Severity)
_REWORDED = "worded otherwise"  # the note of a heading's S005


def collect_findings(
    form: Form,
    cells: Cells,
    fields: Mapping[str, Field],
    metadata: Metadata,
    narrative: Narrative,
    *,
    deviations: tuple[Deviation, ...] = (),
    violations: tuple[Violation, ...] = (),
    discrepancies: tuple[Discrepancy, ...] = (),
    scanned: bool = False,
    unclear: bool = False,
) -> tuple[Finding, ...]:
    """The findings of one report: errors, warnings, hints; of equal severity in the order of the tables and the text.

    `deviations` are those of sections and alignment; D001 and D002 come with the metadata. `scanned`: the document
    was recognised; `unclear`: not all of its print could be read.
    """
    misread = _misread_tables(form, fields)
    if misread:
        violations = tuple(item for item in violations if not misread & tables_of(form, item.fields))
        deviations = tuple(item for item in deviations if not misread & tables_of(form, item.fields))
    noticed = (*filter(_is_legible, deviations), *metadata.deviations)
    findings = [
        *table_findings(violations, cells, form, narrative.claims),
        *prose_findings(discrepancies, cells, form, narrative),
        *layout_findings(noticed, cells, form, narrative, title=_title(metadata)),
        *_template_finding(form, metadata),
        *_review_finding(form, fields, _absent_cells(noticed), scanned=scanned),
    ]
    absent = [item.expected for item in deviations if item.code == "S001"]
    missing = {spec.number for spec in form.sections if any(spec.heading in heading for heading in absent)}
    elsewhere = unclear or any(is_unread_page(item) or is_part(item) for item in deviations)
    if not elsewhere:  # else what a section seems to lack may stand there
        findings += emptiness_findings(narrative, form, missing)
    return tuple(sorted(findings, key=lambda finding: _ORDER.index(finding.severity)))


def _is_legible(deviation: Deviation) -> bool:
    """Whether it does not rest on words of which a character could not be read: how they were printed nobody knows."""
    worded = deviation.code == "L001" or deviation.note == _REWORDED
    return not (worded and any(map(is_unreadable, deviation.found)))


def _misread_tables(form: Form, fields: Mapping[str, Field]) -> set[int]:
    """Tables whose numbers were not read with confidence: what they seem to show is the reading's, not the report's.

    Q001 names their cells.
    """
    confidences: dict[int, list[float]] = {}
    for name, place in places(form.id).items():
        if name in fields and fields[name].state is State.READ:
            confidences.setdefault(place.table, []).append(fields[name].confidence)
    least = limits("q002")["firm_least"]
    return {table for table, own in confidences.items() if sum(own) < least * len(own)}


def _template_finding(form: Form, metadata: Metadata) -> Iterator[Finding]:
    """S004 where the form is not prescribed for the report's year."""
    year = metadata.fields["year"].value
    first, last = form.years
    if isinstance(year, int) and not first <= year <= last:
        prescribed = f"{first} 年及以后" if last >= 2099 else f"{first} 至 {last} 年"
        yield make_finding("S004", expected=prescribed, found=year)


def _title(metadata: Metadata) -> str:
    title = metadata.fields.get("title")
    return str(title.value or "") if title else ""


def _absent_cells(noticed: Iterable[Deviation]) -> set[str]:
    """The cells of rows and columns that an S002 says are not there: it sends a person to them already."""
    return {field for item in noticed if item.code == "S002" for field in item.fields}


def _review_finding(form: Form, fields: Mapping[str, Field], absent: set[str], *, scanned: bool) -> Iterator[Finding]:
    """Q001 with the fields that a person should look at, the most doubtful first, but for those known to be `absent`;
    of a scan that is hardly to be read also what to do.
    """
    unsure = (field for field in fields if not fields[field].accepted and field not in absent)
    doubtful = sorted(unsure, key=lambda field: fields[field].confidence)
    if doubtful:
        shown = {"place": name_cells(form, doubtful), "n": str(len(doubtful))}
        count = count_en(len(doubtful), "field", one="needs", several="need")
        shown |= {"places_en": name_cells_en(form, doubtful), "n_en": count}
        hardly = scanned and len(doubtful) >= limits("q001")["scan_least"] * len(fields)
        wordings = load_catalogue()["Q001"].extra if hardly else {}
        yield make_finding(
            "Q001",
            fields=tuple(doubtful),
            message=wordings.get("scan_message", ""),
            message_en=wordings.get("scan_message_en", ""),
            values=shown,
        )
