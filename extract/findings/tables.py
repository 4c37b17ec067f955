"""Violations of the tables → A and V findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from extract.findings.catalogue import load_catalogue, texts
from extract.findings.cells import count_cells
from extract.findings.make import json_number, make_finding
from extract.findings.sums import show_sides, show_working
from extract.forms.english import count_en, name_cell_en, name_cells_en, name_column_en, name_group_en, name_row_en
from extract.forms.places import name_cell, name_cells, number_text, places
from extract.quick import replace
from extract.records import Cells, Claim, Finding, Form, Severity, State, Violation
from extract.rules import OWN_CODE, own_sums


def table_findings(
    violations: Iterable[Violation], cells: Cells, form: Form, claims: Iterable[Claim] = ()
) -> Iterator[Finding]:
    """One finding per failed violation: an A005 beside the sums that it explains.

    `claims` are those of the prose: it may give a number for a cell that is blank.
    """
    told = {claim.field: claim for claim in claims if claim.certain and claim.field and claim.value}
    for violation in (violation for violation in violations if violation.passed is False):
        if violation.code == "A005":
            yield _offset_finding(violation, cells, form)
        elif violation.code == OWN_CODE:
            yield _own_finding(violation, cells, form)
        elif violation.code.startswith("V"):
            own = [told[field] for field in violation.fields if field in told and violation.code == "V002"]
            yield _cell_finding(violation, cells, form, own)
        else:
            yield _sum_finding(violation, cells, form)


def _sum_finding(violation: Violation, cells: Cells, form: Form) -> Finding:
    entry = load_catalogue()[violation.code]
    notes, notes_en = _notes(violation, cells, form)
    finding = make_finding(
        violation.code,
        fields=violation.fields,
        expected=violation.expected,
        found=violation.found,
        message=entry.message + notes,
        message_en=entry.message_en + notes_en,
        values={**_axis_names(violation, form), **show_working(violation, cells, form)},
    )
    mended = None if violation.mended is None else json_number(violation.mended)
    return replace(finding, suspect=violation.suspect, mended=mended)


def _own_finding(violation: Violation, cells: Cells, form: Form) -> Finding:
    """In the words and of the severity that the user's own rule gives."""
    rule = next(rule for rule in own_sums(form) if rule.id == violation.rule)
    says_en = rule.says_en or rule.says
    finding = make_finding(
        violation.code,
        fields=violation.fields,
        expected=violation.expected,
        found=violation.found,
        values={
            "name": rule.name,
            "says": f"（{rule.says}）" if rule.says else "",
            "says_en": f" ({says_en})" if says_en else "",
            "whole": name_cells(form, rule.whole),
            "whole_en": name_cells_en(form, rule.whole),
            "parts": name_cells(form, rule.parts),
            "parts_en": name_cells_en(form, rule.parts),
            **show_sides(rule, violation, cells),
        },
    )
    return replace(finding, severity=Severity(rule.severity))


def _axis_names(violation: Violation, form: Form) -> dict[str, str]:
    """The row, column or group that the rule speaks of, in the words of the form."""
    name = violation.rule.partition(":")[2]
    known = places(form.id).values()
    row = next((place.row for place in known if place.row_id == name), name)
    column = next((place.column for place in known if place.column_id == name), name)
    group = next((place.column.partition("—")[0] for place in known if place.column_id.startswith(f"{name}.")), name)
    names = {"row": row, "column": column, "group": group}
    return names | {
        "row_en": name_row_en(form, name),
        "column_en": name_column_en(form, name),
        "group_en": name_group_en(form, name.rpartition(".")[2]),
    }


def _notes(violation: Violation, cells: Cells, form: Form) -> tuple[str, str]:
    """What the message adds: the suspect, that blanks counted as 0, that rows are absent."""
    notes, notes_en = [], []
    if violation.suspect:
        values = {"value": number_text(cells[violation.suspect].value), "mended": number_text(violation.mended)}
        notes.append(texts()["suspect"].format(cell=name_cell(form, violation.suspect), **values))
        notes_en.append(" " + texts()["suspect_en"].format(cell=name_cell_en(form, violation.suspect), **values))
    if violation.blanks_as_zero:
        notes.append(texts()["blanks"])
        notes_en.append(" " + texts()["blanks_en"])
    if any(cells[field].state is State.MISSING for field in violation.fields):
        notes.append(texts()["absent"])
        notes_en.append(" " + texts()["absent_en"])
    return "".join(notes), "".join(notes_en)


def _offset_finding(violation: Violation, cells: Cells, form: Form) -> Finding:
    extra = load_catalogue()["A005"].extra
    first, rest = violation.fields[:2], violation.fields[2:]
    others, more = [rest[:2]] * bool(rest), str(max(0, (len(rest) - 1) // 2))
    return make_finding(
        "A005",
        fields=violation.fields,
        found=violation.found,
        values={
            "cells": _pair(first, cells, form),
            "cells_en": _pair_en(first, form),
            "others": "".join(extra["others"].format(cells=_pair(pair, cells, form)) for pair in others)
            + extra["more"].format(n=more) * (more != "0"),
            "others_en": "".join(extra["others_en"].format(cells_en=_pair_en(pair, form)) for pair in others)
            + extra["more_en"].format(n=more) * (more != "0"),
        },
    )


def _pair(fields: tuple[str, ...], cells: Cells, form: Form) -> str:
    return "与".join(f"{name_cell(form, field)}（填报为 {number_text(cells[field].value)}）" for field in fields)


def _pair_en(fields: tuple[str, ...], form: Form) -> str:
    return " and ".join(name_cell_en(form, field) for field in fields)


def _cell_finding(violation: Violation, cells: Cells, form: Form, told: Sequence[Claim]) -> Finding:
    extra = load_catalogue()["V002"].extra
    raws = dict.fromkeys(cells[field].raw.strip() or number_text(cells[field].value) for field in violation.fields)
    found = "、".join(raws) if violation.code != "V002" else ""
    n = len(violation.fields)
    return make_finding(
        violation.code,
        fields=violation.fields,
        found=violation.found if violation.found is not None else found or None,
        sentences=tuple(dict.fromkeys(claim.sentence for claim in told)),
        claims=tuple(claim.id for claim in told),
        values={
            "told": "".join(
                extra["told"].format(cell=name_cell(form, c.field), number=c.text) for c in told if c.field
            ),
            "told_en": "".join(
                extra["told_en"].format(cell=name_cell_en(form, c.field), number=number_text(c.value))
                for c in told
                if c.field
            ),
            "found": found,
            "found_quoted": "".join(f"“{raw}”" for raw in raws),
            "place": count_cells(form, violation.fields),
            "places_en": name_cells_en(form, violation.fields),
            "count_en": count_en(n, "cell"),
            "count_marks_en": count_en(n, "cell", one="holds", several="hold"),
        },
    )
