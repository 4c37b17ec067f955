"""Reports → 问题清单, the list of findings that an office sends back: about the report, never about its reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extract.forms import load_form
from extract.forms.places import name_cell, name_cells, number_text
from extract.outputs.advice import place_text
from extract.outputs.conversion import may_be_conversion
from extract.outputs.quotes import quote_pieces
from extract.quick import record
from extract.records import Finding, Report
from extract.rules import load_rules

_SUMS = ("A001", "A002", "A003", "A004")
_TOLD_TWICE = "T002"


@record
class Issue:
    """One line of the list, in the order of its columns."""

    number: int
    agency: str
    year: int | str
    severity: str
    title: str
    place: str
    standing: str
    printed: str
    reason: str
    source: str
    code: str


def list_issues(reports: Iterable[Report], *, apart: bool = False) -> Iterator[Issue]:
    """One issue per finding, numbered through; findings about reading quality (Q codes) are left out.

    What a converter or the reading may be to blame for is left out, too; `apart`: nothing but that.
    """
    words, catalogue = load_rules("outputs.toml")["issues"], load_rules("findings.toml")
    number = 0
    for report in reports:
        for finding in report.findings:
            if finding.code.startswith("Q") or may_be_conversion(finding, report) is not apart:
                continue
            number += 1
            entry = catalogue[finding.code]
            yield Issue(
                number,
                str(report.report["agency"].value or report.source.file),
                report.report["year"].value or "",  # type: ignore[arg-type]
                words[finding.severity.value],
                entry["title"],
                _place(finding, report),
                _standing(finding, report),
                _printed(finding, report),
                f"{finding.message}{entry['matters']}",
                entry["source"].format(notice=load_form(report.template.id).notice),
                finding.code,
            )


def say_none(reports: Iterable[Report]) -> str:
    """What stands in place of an empty list: that nothing was found, or what must be looked at before that is said."""
    words = load_rules("outputs.toml")["issues"]
    apart = sum(1 for _ in list_issues(reports, apart=True))
    return str(words["none_yet"].format(n=apart) if apart else words["none"])


def _place(finding: Finding, report: Report) -> str:
    """The cells and the pieces of text that the finding speaks of, else the section."""
    form = load_form(report.template.id)
    cells = [name_cells(form, finding.fields)] if finding.fields else []
    sections = [f"“{spec.heading}”部分" for spec in form.sections if spec.heading == finding.expected]
    return "；".join([*cells, *quote_pieces(finding, report)] or sections)


def _standing(finding: Finding, report: Report) -> str:
    """Where in the file the first cells stand, or the page of the sentences; empty where nothing of that is known."""
    cells = [report.fields[name] for name in _main_cells(finding, report)]
    places = [place for cell in cells if (place := place_text(cell))]
    if not places and report.source.pages > 1:
        pages = {sentence.id: sentence.page for sentence in report.sentences}
        places = [f"第 {pages[name]} 页" for name in finding.sentences if name in pages]
    shown = list(dict.fromkeys(places))
    most = load_rules("outputs.toml")["issues"]["places_most"]
    return "；".join(shown[:most]) + ("等" if len(shown) > most else "")


def _printed(finding: Finding, report: Report) -> str:
    """What was found, or the characters of the first cell; both numbers where the text tells two, and of a suspect cell
    and its total both, like their places.
    """
    cells = _main_cells(finding, report)
    if finding.code in _SUMS and len(cells) > 1:
        form = load_form(report.template.id)
        return "；".join(f"{name_cell(form, name)}：{report.fields[name].raw}" for name in cells)
    if finding.code == _TOLD_TWICE and len(finding.sentences) > 1:
        return f"{number_text(finding.expected)}；{number_text(finding.found)}"  # as the text tells them
    if finding.found is not None:
        return number_text(finding.found)
    return next((report.fields[name].raw for name in cells if report.fields[name].raw), "")


def _main_cells(finding: Finding, report: Report) -> list[str]:
    """The cells that the finding speaks of; of a sum that does not hold its total, and before it the suspect cell."""
    names = [name for name in finding.fields if name in report.fields]
    if finding.code not in _SUMS:
        return names
    return names[:1] if names and report.fields[names[0]].value == finding.found else names[:2]
