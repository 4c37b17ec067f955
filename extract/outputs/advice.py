"""Report → what a person should look at, the gravest and the most doubtful first."""

from __future__ import annotations

from extract.forms import load_form
from extract.forms.places import name_cell, name_cells, number_text, places
from extract.records import Field, Report, Severity, State

_LISTED = 20  # lines of advice; a longer list is not read
_WORDS = {State.BLANK: "空格", State.DASH: "符号", State.MISSING: "没有找到", State.ILLEGIBLE: "无法辨认"}


def advise(report: Report) -> tuple[str, ...]:
    """Lines in the order in which to look: what errors point to, doubtful head data, doubtful cells by confidence."""
    lines = [*_errors(report), *_head(report), *_cells(report)]
    more = len(lines) - _LISTED
    return tuple(lines) if more <= 0 else (*lines[:_LISTED], f"其余 {more} 处见 JSON 报告的 findings 与 accepted")


def _errors(report: Report) -> list[str]:
    """One line per cell or sentence that error findings point to first."""
    form = load_form(report.template.id)
    codes: dict[str, list[str]] = {}
    for finding in report.findings:
        if finding.severity is Severity.ERROR:
            place = name_cell(form, finding.fields[0]) if finding.fields else _shorten(finding.message)
            codes.setdefault(place, []).append(finding.code)
    return [f"{place}（{'、'.join(dict.fromkeys(found))}）" for place, found in codes.items()]


def _head(report: Report) -> list[str]:
    names = {"agency": "机关", "year": "年度"}
    doubtful = {name: report.report[key] for key, name in names.items() if not report.report[key].accepted}
    return [f"{name}：{field.value or '没有找到'}" for name, field in doubtful.items()]


def _cells(report: Report) -> list[str]:
    """Doubtful cells; those of one row in the same state share a line."""
    known = places(report.template.id)
    groups: dict[tuple[str, str], list[str]] = {}
    unsure = (name for name in report.fields if not report.fields[name].accepted)
    for name in sorted(unsure, key=lambda name: report.fields[name].confidence):
        field = report.fields[name]
        row = known[name].row_id if field.state is not State.READ else name
        groups.setdefault((row, field.state.value), []).append(name)
    form = load_form(report.template.id)
    return [f"{name_cells(form, names)}：{_reading(report.fields[names[0]])}" for names in groups.values()]


def _reading(field: Field) -> str:
    read = f"读作 {number_text(field.value)}" if field.state is State.READ else _WORDS[field.state]
    printed = f"，印作“{field.raw}”" if field.raw and field.raw != number_text(field.value) else ""
    place = f"，第 {field.page} 页第 {field.line} 行" if field.page and field.line else ""
    why = f"（{'；'.join(field.evidence[:2])}）" if field.evidence else ""
    return f"{read}{printed}{place}，可信度 {field.confidence:.2f}{why}"


def _shorten(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
