"""Findings that a converter or a recogniser may have made: no agency is told of them before a person has looked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

from rapidfuzz.distance import Levenshtein

from extract.forms import load_form
from extract.forms.places import tables_of
from extract.records import CUT, Axis, Finding, Form, Report
from extract.rules import load_rules
from extract.textform import bare_label, split_numbering

_LOST = "S006"  # what seems to be empty may stand elsewhere in a text that was torn
_WORDING = ("L001", "S005")


def may_be_conversion(finding: Finding, report: Report) -> bool:
    """Whether the finding speaks of what was hardly read, or of a text that was torn or misread.

    A text is what some program made of the report: there pieces of labels, headings that are not there or not in their
    place, and labels with characters that look like others say little of the report. What is absent at the end of a
    file that seems to be cut short may stand in the rest of it.
    """
    if _is_behind_cut(finding, report) or _is_lost_whole(finding, report):
        return True
    if finding.code not in _rules()["codes"]:
        return False
    if _is_hardly_read(finding, report) or _is_of_doubtful_cells(finding, report):
        return True
    if report.source.format != "text":
        return False
    if finding.code == _LOST:
        return any(_is_out_of_place(other) for other in report.findings)
    if _is_out_of_place(finding):
        return True
    form = load_form(report.template.id)
    return finding.code in _WORDING and (_is_torn(finding, form) or _is_damaged(finding, form))


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


def _is_lost_whole(finding: Finding, report: Report) -> bool:
    """Whether a section is said to be missing of a report of which no cell was surely read: its tables may be there."""
    return finding.code == "S001" and not any(field.accepted for field in report.fields.values())


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


def _is_torn(finding: Finding, form: Form) -> bool:
    """Whether a label or heading is a piece of the form's, holds all of it with pieces of others between, or holds that
    of another row: where lines were torn, words lost their place.
    """
    found, expected = _labels(finding, form)
    if found == expected:
        return False
    letters = iter(found)
    if found in expected or all(letter in letters for letter in expected):
        return True
    others = {bare_label(axis.label) for axis in _rows(form)} - {expected}
    return any(len(label) >= _rules()["label_least"] and label in found for label in others)


def _rows(form: Form) -> Iterator[Axis]:
    return (axis for table in form.tables for block in table.blocks for axis in block.rows)


def _is_damaged(finding: Finding, form: Form) -> bool:
    """Whether a label or heading has a character that looks like the form's own in its place or that no report uses,
    or so few wrong ones that no other word comes of them: 案件 for 案卷 is the agency's, 攻费 for 收费 is not.
    """
    found, expected = _labels(finding, form)
    lacking, strange = Counter(expected) - Counter(found), Counter(found) - Counter(expected)
    alike = load_rules("lookalikes.toml")["stands_for"]
    if any(new in alike.get(old, "") for old in lacking for new in strange):  # also where other letters came between
        return True
    wrong = 0
    for edit in Levenshtein.opcodes(expected, found):
        printed = found[edit.dest_start : edit.dest_end]
        if edit.tag != "equal" and not _known().issuperset(printed):
            return True
        if edit.tag == "replace":
            wrong += 0 if _is_worded(found, edit.dest_start, edit.dest_end) else len(printed)
    return 0 < wrong <= 1 + len(expected) // 10 and len(found) == len(expected)


def _is_worded(label: str, start: int, end: int) -> bool:
    """Whether the characters from `start` to `end` are of a word that agencies put in the place of the form's."""
    reach = max(map(len, _other_words()))
    around = range(max(0, end - reach), start + 1)
    return any(label[k:stop] in _other_words() for k in around for stop in range(end, k + reach + 1))


@cache
def _other_words() -> frozenset[str]:
    entry = load_rules("labels.toml")
    words = (*entry["harmless"], *(word for group in entry["same"] for word in group))
    return frozenset(word for word in words if len(word) > 1)


@cache
def _known() -> frozenset[str]:
    return frozenset(load_rules("lookalikes.toml")["known"])


def _labels(finding: Finding, form: Form) -> tuple[str, str]:
    """The label found and the one expected, without numbers and marks; the found one without its group before it."""
    found, expected = (str(text or "") for text in (finding.found, finding.expected))
    for group in {bare_label(axis.group) for axis in _rows(form) if axis.label == expected}:
        found = split_numbering(found)[1].removeprefix(group) if group else found
    return bare_label(found), bare_label(expected)
