"""Report ↔ report document (gouji/1): the JSON that the contract describes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

import msgspec

from extract.quick import as_dict, map_once, record
from extract.records import (
    BBox,
    Claim,
    Field,
    Finding,
    Label,
    Maker,
    Place,
    Qualifier,
    Report,
    ReportScore,
    Sentence,
    Severity,
    Source,
    Spot,
    State,
    Template,
    Verdict,
)

SCHEMA = "gouji/1"
Json = dict[str, Any]
_UNKNOWN_MAKER: Json = {"gouji": "", "build": "", "models": {}, "risk": 0.0005}


@record
class FieldEntry:
    """A field as the document shows it, in the document's order: made and encoded in half of a dict's time."""

    value: str | float | None
    state: State
    confidence: float
    accepted: bool
    raw: str
    page: int | None
    line: int | None
    bbox: BBox | None
    place: Place | None
    evidence: tuple[str, ...]
    candidates: tuple[tuple[str, float], ...]


def report_to_json(report: Report) -> Json:
    """The report document as plain dicts, lists, strings and numbers; a whole number is an int, another a float."""
    document: Json = msgspec.json.decode(msgspec.json.encode(lay_out_report(report)))
    return document


def lay_out_report(report: Report) -> Json:
    """The same with each field as a record, for an encoder that knows records."""
    source = report.source
    return {
        "schema": SCHEMA,
        "source": {
            "name": source.file,
            "sha256": source.sha256,
            "format": source.format,
            "pages": source.pages,
            "ocr": source.ocr,
        },
        "made_by": {
            "gouji": report.made_by.gouji,
            "build": report.made_by.build,
            "models": dict(report.made_by.models),
            "risk": report.made_by.risk,
            "rules": report.made_by.rules,
        },
        "template": {"id": report.template.id, "confidence": _round(report.template.confidence)},
        "score": {
            "all_accepted_right": _round(report.score.all_accepted_right),
            "check_first": list(report.score.check_first),
        },
        "report": {name: _to_entry(field) for name, field in report.report.items()},
        "fields": map_once(_to_entry, report.fields),  # cells of a row that print the same are one object
        "sentences": [_sentence_to_json(sentence) for sentence in report.sentences],
        "claims": [_claim_to_json(claim) for claim in report.claims],
        "findings": [finding_to_json(finding) for finding in report.findings],
    }


def _json_to_score(score: Mapping[str, Any] | None) -> ReportScore:
    """The score; of a document that has none, nothing is known."""
    return ReportScore(score["all_accepted_right"], tuple(score["check_first"])) if score else ReportScore(0.0, ())


def json_to_report(document: Mapping[str, Any]) -> Report:
    """The Report of a report document. What the document does not hold (a claim's `certain`) takes its default.

    Raises: ValueError where the document is of another schema; KeyError where a part is missing.
    """
    if document.get("schema") != SCHEMA:
        raise ValueError(f"schema {document.get('schema')!r}: only {SCHEMA} can be read")
    source = dict(document["source"])
    return Report(
        Source(source.pop("name"), **source),
        Maker(**(_UNKNOWN_MAKER | dict(document.get("made_by", {})))),
        Template(**document["template"]),
        _json_to_score(document.get("score")),
        {name: _json_to_field(field) for name, field in document["report"].items()},
        {name: _json_to_field(field) for name, field in document["fields"].items()},
        tuple(_json_to_sentence(sentence) for sentence in document["sentences"]),
        tuple(_json_to_claim(claim) for claim in document["claims"]),
        tuple(json_to_finding(finding) for finding in document["findings"]),
    )


def _to_entry(field: Field) -> FieldEntry:
    return FieldEntry(
        _to_number(field.value) if isinstance(field.value, Decimal) else field.value,
        field.state,
        _round(field.confidence),
        field.accepted,
        field.raw,
        field.page,
        field.line,
        field.bbox or None,
        field.place,
        field.evidence,
        tuple([(text, _round(probability)) for text, probability in field.candidates]) if field.candidates else (),
    )


def _json_to_field(given: Mapping[str, Any]) -> Field:
    value = given["value"]
    return Field(
        Decimal(str(value)) if isinstance(value, float) else value,
        State(given["state"]),
        float(given["confidence"]),
        given["accepted"],
        given["raw"],
        given["page"],
        _bbox(given["bbox"]),
        tuple(given["evidence"]),
        given.get("line"),
        _json_to_place(given.get("place")),
        tuple((text, probability) for text, probability in given.get("candidates", ())),
    )


def _json_to_place(given: Mapping[str, Any] | None) -> Place | None:
    return Place(**given) if given else None


def _sentence_to_json(sentence: Sentence) -> Json:
    return {
        "id": sentence.id,
        "section": sentence.section,
        "text": sentence.text,
        "label": sentence.label,
        "confidence": _round(sentence.confidence),
        "page": sentence.page,
    }


def _json_to_sentence(given: Mapping[str, Any]) -> Sentence:
    label = Label(given["label"])
    return Sentence(given["id"], given["section"], given["text"], label, given["confidence"], given["page"])


def _claim_to_json(claim: Claim) -> Json:
    return {
        "id": claim.id,
        "sentence": claim.sentence,
        "text": claim.text,
        "start": claim.start,
        "end": claim.end,
        "field": claim.field,
        "sum_of": list(claim.sum_of),
        "share_of": [list(cells) for cells in claim.share_of] if claim.share_of else None,
        "value": _to_number(claim.value),
        "unit": claim.unit,
        "qualifier": claim.qualifier,
        "verdict": claim.verdict,
        "confidence": _round(claim.confidence),
        "note": claim.note,
    }


def _json_to_claim(given: Mapping[str, Any]) -> Claim:
    share = given.get("share_of")
    return Claim(
        given["id"],
        given["sentence"],
        given["text"],
        given.get("start", 0),
        given.get("end", 0),
        Decimal(str(given["value"])),
        given["unit"],
        Qualifier(given["qualifier"]),
        given["field"],
        tuple(given["sum_of"]),
        (tuple(share[0]), tuple(share[1])) if share else None,
        Verdict(given["verdict"]),
        given["confidence"],
        note=given.get("note", ""),
    )


def finding_to_json(finding: Finding) -> Json:
    """The finding as it stands in a report document."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "message_en": finding.message_en,
        "fields": list(finding.fields),
        "sentences": list(finding.sentences),
        "expected": finding.expected,
        "found": finding.found,
        "suspect": finding.suspect,
        "mended": finding.mended,
        "claims": list(finding.claims),
        "spots": [_spot_to_json(spot) for spot in finding.spots],
    }


def json_to_finding(given: Mapping[str, Any]) -> Finding:
    return Finding(
        given["code"],
        Severity(given["severity"]),
        given["message"],
        given.get("message_en", ""),
        tuple(given["fields"]),
        tuple(given["sentences"]),
        given["expected"],
        given["found"],
        given.get("suspect"),
        given.get("mended"),
        tuple(given.get("claims", ())),
        tuple(_json_to_spot(spot) for spot in given.get("spots", ())),
    )


def _spot_to_json(spot: Spot) -> Json:
    return as_dict(spot) | {"place": as_dict(spot.place) if spot.place else None}


def _json_to_spot(given: Mapping[str, Any]) -> Spot:
    return Spot(
        given["page"],
        given.get("line"),
        _bbox(given["bbox"]),
        _json_to_place(given.get("place")),
        given.get("of_section"),
        given.get("paragraph"),
    )


def _to_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


@lru_cache(maxsize=4096)  # most cells of a report are as sure as others
def _round(confidence: float) -> float:
    """Four digits: a confidence is known no better."""
    return round(float(confidence), 4)


def _bbox(given: Iterable[float] | None) -> BBox | None:
    if given is None:
        return None
    left, top, right, bottom = given
    return left, top, right, bottom
