"""Findings that a converter or a recogniser may have made: no agency is told of them before a person has looked."""

from __future__ import annotations

from functools import cache
from typing import Any

from extract.forms import load_form
from extract.forms.places import tables_of
from extract.records import CUT, Finding, Report
from extract.rules import load_rules
from extract.textform import bare_label

_LOST = "S006"  # what seems to be empty may stand elsewhere in a text that was torn
_WORDING = ("L001", "S005")


def may_be_conversion(finding: Finding, report: Report) -> bool:
    """Whether the finding speaks of what was hardly read, or of a text that was torn or misread.

    A text is what some program made of the report: there pieces of labels, headings that are not there or not in their
    place, and labels with a wrong character say little of the report. What is absent at the end of a file that seems to
    be cut short may stand in the rest of it.
    """
    if _is_behind_cut(finding, report):
        return True
    if finding.code not in _rules()["codes"]:
        return False
    if _is_hardly_read(finding, report) or _is_of_doubtful_cells(finding, report):
        return True
    if report.source.format != "text":
        return False
    if finding.code == _LOST:
        return any(_is_out_of_place(other) for other in report.findings)
    if finding.code == "L001" and _is_woven(finding):
        return True
    return _is_out_of_place(finding) or _is_misprint(finding)


def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = load_rules("outputs.toml")["apart"]
    return rules


def _is_behind_cut(finding: Finding, report: Report) -> bool:
    """Whether what is not there would stand behind the point at which the file seems to be cut.

    That may be within a row (S003) or a section (S006).
    """
    cuts = [other for other in report.findings if other.code == "Q002" and other.found == CUT]
    if not cuts or finding.code not in _rules()["of_cut"]:
        return False
    (cut,) = cuts
    if finding.code in ("S001", "S006"):
        headings = [spec.heading for spec in load_form(report.template.id).sections]
        behind = headings.index(str(finding.expected)) - headings.index(str(cut.expected))
        return behind >= (0 if finding.code == "S001" else -1)
    beyond = set(finding.fields) & set(cut.fields)
    return bool(beyond) if finding.code == "S003" else beyond == set(finding.fields)


def _is_hardly_read(finding: Finding, report: Report) -> bool:
    """Whether a person must read most of the table that the finding speaks of."""
    form = load_form(report.template.id)
    tables = tables_of(form, finding.fields)
    own = [field.accepted for name, field in report.fields.items() if tables & tables_of(form, (name,))]
    return bool(own.count(False) > _rules()["doubtful_most"] * len(own))


def _is_of_doubtful_cells(finding: Finding, report: Report) -> bool:
    """Whether it says that cells are empty, none of which was surely read."""
    cells = [report.fields[name] for name in finding.fields]
    return finding.code in _rules()["of_cells"] and not any(cell.accepted for cell in cells)


def _is_out_of_place(finding: Finding) -> bool:
    """Whether a heading or row is said to be absent or out of place."""
    moved = finding.found is None or finding.expected is None or bool(finding.fields)
    return finding.code == "S005" and moved


def _is_woven(finding: Finding) -> bool:
    """Whether the label printed is a piece of the form's, or holds all of it with pieces of others between."""
    found, expected = _labels(finding)
    letters = iter(found)
    return found in expected or all(letter in letters for letter in expected)


def _is_misprint(finding: Finding) -> bool:
    """Whether a label or heading differs from the form's in few characters, one for one, or one of those that differ
    is of no word that such reports use.
    """
    found, expected = _labels(finding)
    pairs = zip(found, expected, strict=False)
    wrong = [printed for printed, own in pairs if printed != own] if len(found) == len(expected) else []
    few = len(wrong) <= 1 + len(expected) // 10
    return finding.code in _WORDING and bool(wrong) and (few or not _known().issuperset(wrong))


@cache
def _known() -> frozenset[str]:
    return frozenset(load_rules("lookalikes.toml")["known"])


def _labels(finding: Finding) -> tuple[str, str]:
    """The label found and the one expected, without numbers and marks."""
    found, expected = (bare_label(str(text or "")) for text in (finding.found, finding.expected))
    return found, expected
