"""A draft of the 2021 template, printed on that of 2019: what the two share keeps its figures, the rest is sampled."""

from __future__ import annotations

from collections.abc import Iterable

from extract.forms import load_form
from extract.forms.comparable import comparable_fields
from extract.quick import replace
from training.synthesis.draft import Draft, Entry, Paragraph, Printed, Prose, Statement

_OLD = "2019"
_SIGNED = 0.6  # share of documents that print an increase with its sign
_BLANK_TOTALS = 0.25  # share of documents whose total column of table 3 is empty
_UNITS = ("", "", "万元", "元")
_CHANGES = (0, 0, 0, 0, 1, -1, -3, 12, 36, -108, 1036)
_COUNTS = (0, 0, 1, 2, 3, 7, 18, 45, 136, 1036, 20415)


def print_on_old_form(draft: Draft) -> None:
    """Changes cells, claims and findings of the draft, in place."""
    same = {theirs: ours[0] for theirs, ours in comparable_fields("2021", _OLD)}
    cells = {ours: _merge([draft.cells[field] for field in theirs]) for theirs, ours in same.items()}
    draft.template = _OLD
    draft.cells = {field: cells.get(field) or _sample_cell(draft, field) for field in load_form(_OLD).field_ids}
    draft.labels = {key: text for key, text in draft.labels.items() if not key.startswith("head ")}
    names = {field: ours for theirs, ours in same.items() for field in theirs}
    draft.expected = [entry for entry in (_translate_finding(entry, names, draft) for entry in draft.expected) if entry]
    draft.allowed = [entry for entry in (_translate_finding(entry, names, draft) for entry in draft.allowed) if entry]
    _translate_prose(draft, same)
    if draft.rng.random() < _BLANK_TOTALS:
        _blank_totals(draft)


def _merge(cells: list[Printed]) -> Printed:
    """The cell that counts what several of the newer template count; those without a number are nothing in the sum."""
    if len(cells) == 1 or (len({cell.state for cell in cells}) == 1 and cells[0].state != "read"):
        return replace(cells[0])
    total = sum(cell.value or 0 for cell in cells)
    return Printed(str(total), total)


def _sample_cell(draft: Draft, field: str) -> Printed:
    """A cell that only the older template has."""
    rng = draft.rng
    if field.endswith("items_change"):
        value = rng.choice(_CHANGES)
        signed = f"{value:+}" if value and rng.random() < _SIGNED else str(value)
        return Printed(signed, value)
    value = rng.choice(_COUNTS)
    unit = rng.choice(_UNITS) if field.endswith("amount") and value else ""
    return Printed(f"{value}{unit}", value)


def _translate_finding(entry: Entry, names: dict[str, str], draft: Draft) -> Entry | None:
    """The finding in fields of the older template; None where all its cells are gone or have become one."""
    old = entry["fields"]
    fields = list(dict.fromkeys(names[field] for field in old if field in names))
    if entry["code"] in ("V002", "V003", "S002"):
        fields = [field for field in fields if draft.cells[field].state != "read"]
    if (old and not fields) or (entry["code"] == "A005" and len(fields) < len(old)):
        return None
    return {**entry, "fields": fields}


def _translate_prose(draft: Draft, same: dict[tuple[str, ...], str]) -> None:
    for paragraphs in (draft.front, *draft.sections.values()):
        paragraphs[:] = [_translate_paragraph(paragraph, same) for paragraph in paragraphs]


def _translate_paragraph(paragraph: Paragraph, same: dict[tuple[str, ...], str]) -> Paragraph:
    return replace(paragraph, sentences=tuple(_translate_sentence(prose, same) for prose in paragraph.sentences))


def _translate_sentence(prose: Prose, same: dict[tuple[str, ...], str]) -> Prose:
    return replace(prose, statements=tuple(_translate_statement(statement, same) for statement in prose.statements))


def _translate_statement(statement: Statement, same: dict[tuple[str, ...], str]) -> Statement:
    """Bound to the cells that count the same; to none where the older template has no such cells."""
    fields = _translate_fields(statement.fields, same)
    shares = statement.shares and tuple(_translate_fields(side, same) for side in statement.shares)
    if not shares or not all(shares):
        return replace(statement, fields=fields, shares=None)
    return replace(statement, fields=fields, shares=(shares[0], shares[1]))


def _translate_fields(fields: Iterable[str], same: dict[tuple[str, ...], str]) -> tuple[str, ...]:
    left, found = list(fields), []
    for theirs, ours in same.items():
        if set(theirs) <= set(left):
            found.append(ours)
            left = [field for field in left if field not in theirs]
    return () if left else tuple(found)


def _blank_totals(draft: Draft) -> None:
    """The column 总计 of table 3 is there and empty: no sum over it can be judged."""
    totals = [field for field in draft.cells if field.startswith("requests.") and field.endswith(".total")]
    for field in totals:
        if draft.cells[field].state != "missing":
            draft.lose(field, "blank")
    unjudged = [entry for entry in draft.expected if entry["code"][0] in "AT" and set(entry["fields"]) & set(totals)]
    draft.expected = [entry for entry in draft.expected if entry not in unjudged]
    draft.allowed += unjudged
    draft.expect("V002", totals, about="the total column is empty")
