"""The draft → its truth file."""

from __future__ import annotations

from decimal import Decimal

from training.synthesis.draft import Draft, Entry, Paragraph, Prose, Statement

_AGREES = {
    "exact": lambda told, printed: told == printed,
    "about": lambda told, printed: abs(told - printed) <= abs(printed) / 10,
    "at_least": lambda told, printed: told <= printed,
    "at_most": lambda told, printed: told >= printed,
}


def number_sentences(draft: Draft) -> list[Prose]:
    """The sentences in printed order, each given its id."""
    parts: list[Paragraph] = list(draft.front)
    for number in draft.order:
        if f"section {number}" not in draft.left_out:
            parts += draft.sections.get(number, [])
    sentences = [sentence for paragraph in parts for sentence in paragraph.sentences]
    for place, sentence in enumerate(sentences, 1):
        sentence.id = f"g{place:03}"
    return sentences


def judge_claims(draft: Draft) -> list[Entry]:
    """All claims with their verdicts; T001 and T004 where a claim differs from the table."""
    found = []
    for sentence in number_sentences(draft):
        for statement in sentence.statements:
            entry = _claim(draft, sentence, statement)
            found.append(entry)
            if entry["verdict"] == "contradicted":
                _note_contradiction(draft, sentence, statement)
    return found


def _claim(draft: Draft, sentence: Prose, statement: Statement) -> Entry:
    entry: Entry = {"sentence": sentence.id, "text": statement.text, "value": statement.value, "unit": statement.unit}
    entry["qualifier"] = statement.qualifier
    entry["field"] = statement.fields[0] if len(statement.fields) == 1 else None
    if len(statement.fields) > 1:
        entry["sum_of"] = list(statement.fields)
    if statement.shares:
        entry["share_of"] = [list(side) for side in statement.shares]
    entry["verdict"] = _verdict(draft, statement)
    cells = statement.fields + (statement.shares[0] + statement.shares[1] if statement.shares else ())
    if statement.optional or any(f in draft.must_review or draft.cells[f].state != "read" for f in cells):
        entry["optional"] = True
    return entry


def _verdict(draft: Draft, statement: Statement) -> str:
    if statement.shares:
        unsure = any(f in draft.must_review for side in statement.shares for f in side)
        unsure = unsure or any(draft.number(side) is None for side in statement.shares)
        return "unverifiable" if unsure else "contradicted" if statement.wrong_share else "supported"
    if not statement.fields or set(statement.fields) & draft.must_review:
        return "unverifiable"
    printed = draft.number(statement.fields)
    if printed is None:
        return "unverifiable"
    return "supported" if _AGREES[statement.qualifier](Decimal(str(statement.value)), printed) else "contradicted"


def _note_contradiction(draft: Draft, sentence: Prose, statement: Statement) -> None:
    if statement.shares:
        draft.expect("T004", [f for side in statement.shares for f in side], text=sentence.text)
        draft.allow("T001", text=sentence.text)
        return
    code, others = ("T005", ("T001", "T002")) if statement.words else ("T001", ("T002", "T004", "T005"))
    draft.expect(code, statement.fields, text=sentence.text)
    for code in others:
        draft.allow(code, text=sentence.text)


def truth_entry(draft: Draft, name: str) -> Entry:
    """The truth file of the document with that name."""
    claims = judge_claims(draft)
    sentences = [_sentence(sentence) for sentence in number_sentences(draft)]
    return {
        "source": name,
        "family": draft.level,
        "template": draft.template,
        "report": _report(draft),
        "planted": [code for code in draft.plants if code[:4] in {entry["code"] for entry in draft.expected}],
        "fields": {field_id: _number(draft, field_id) for field_id in draft.cells},
        "states": {field_id: cell.state for field_id, cell in draft.cells.items() if cell.state != "read"},
        "must_review": sorted(draft.must_review),
        "sentences": sentences,
        "claims": claims,
        "expected_findings": draft.expected,
        "allowed_findings": draft.allowed,
    }


def _report(draft: Draft) -> Entry:
    report: Entry = {
        "agency": draft.agency.name,
        "agency_ok": list(dict.fromkeys(draft.agency.accepted)),
        "year": draft.year,
    }
    keys = ("published", "period_start", "period_end")
    return report | {key: draft.metadata.get(key) for key in keys} | {"title": "".join(draft.title)}


def _sentence(sentence: Prose) -> Entry:
    entry: Entry = {"id": sentence.id, "section": sentence.section, "label": sentence.label, "text": sentence.text}
    if sentence.tolerated:
        entry["label_ok"] = list(sentence.tolerated)
    return entry


def _number(draft: Draft, field_id: str) -> int | float | None:
    value = draft.cells[field_id].value
    return float(value) if isinstance(value, Decimal) and value != int(value) else None if value is None else int(value)
