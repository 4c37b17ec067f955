"""A folder of report documents → what several years and units say of one another, and history.json."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from extract.documents import HISTORY, find_documents, read_documents
from extract.errors import Failure
from extract.findings import contrast_finding
from extract.forms import load_form
from extract.history import Comparison, compare_reports, load_names, load_parts
from extract.outputs import finding_to_json, write_text
from extract.outputs.order import name_key
from extract.quick import record, replace
from extract.records import Contrast, Field, History, HistoryFinding, Report


@record
class _Origin:
    """The file that a document was read from, and the agency as that names it."""

    file: str
    agency: str


def compare_folder(
    folder: Path, *, aliases: Path | None = None, units: Path | None = None
) -> tuple[History, list[Failure]]:
    """(what all report documents (`*.json`) below the folder say of one another, what is no report document).

    `aliases` names other names of an agency, `units` the units that a government's figures are made of: TOML files.

    Raises: UsageError where there is no document, or a file of names is wrong.
    """
    names, parts = load_names(aliases), load_parts(units)
    failures: list[Failure] = []
    origins: dict[str, _Origin] = {}  # by document
    reports: list[Report] = []
    for path in find_documents([folder]):
        for report in read_documents([path], failures):
            document = str(path.relative_to(folder))
            origins[document] = _Origin(report.source.file, str(report.report["agency"].value))
            reports.append(_bare(report, document))
    compared = compare_reports(reports, names=names, parts=parts)
    ordered = sorted(compared.contrasts, key=lambda contrast: (name_key(contrast.agency), contrast.year, contrast.code))
    findings = tuple(_under_its_report(contrast, compared, origins) for contrast in ordered)
    return History(findings, compared.remarks, len(reports), compared.compared), failures


def _bare(report: Report, document: str) -> Report:
    """The report without what no comparison looks at: thousands of them are kept at a time. It is called as its
    document is, which no other one is.
    """
    bare = {
        name: Field(own.value, own.state, own.confidence, own.accepted, "", None, None, ())
        for name in load_form(report.template.id).field_ids
        if (own := report.fields.get(name))
    }
    disputes = tuple(finding for finding in report.findings if finding.code == "D001")
    source = replace(report.source, file=document)
    return replace(report, source=source, fields=bare, claims=(), findings=disputes)


def _under_its_report(contrast: Contrast, compared: Comparison, origins: Mapping[str, _Origin]) -> HistoryFinding:
    """The finding under the agency's name as its report prints it, whatever the reports of other years call it."""
    source = compared.sources[contrast.agency, contrast.year]
    origin = origins[source.file]
    earlier = origins[contrast.earlier].file if contrast.earlier in origins else ""
    finding = contrast_finding(replace(contrast, earlier=earlier))
    return HistoryFinding(origin.agency, contrast.year, finding, origin.file, source.sha256)


def write_history(history: History, folder: Path) -> Path:
    """Writes `history.json` into the folder and returns its path."""
    document = {
        "findings": [
            {"agency": found.agency, "year": found.year, "file": found.file, "sha256": found.sha256}
            | finding_to_json(found.finding)
            for found in history.findings
        ],
        "remarks": list(history.remarks),
    }
    path = folder / HISTORY
    write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", path)
    return path
