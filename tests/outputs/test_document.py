from __future__ import annotations

import json
import stat
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import UnwritableError
from extract.outputs import dump_report, json_to_report, report_schema, report_to_json, write_report
from extract.quick import replace
from extract.records import Claim, Finding, Narrative, Qualifier, Report, Severity, Spot, Verdict
from tests.builders import FORM, make_cells, make_report, make_sentence

FEE = "disclosure.fees.amount"


def full_report() -> Report:
    """A report with a sentence, a claim of each kind and a finding."""
    sentence = make_sentence("全年收到申请18件，予以公开14件，占77.8%。", label="statistic")
    claims = (
        Claim(
            "c001",
            "s001",
            "18件",
            6,
            9,
            Decimal(18),
            "件",
            Qualifier.EXACT,
            field="requests.received.total",
            verdict=Verdict.SUPPORTED,
        ),
        Claim(
            "c002",
            "s001",
            "77.8%",
            18,
            23,
            Decimal("77.8"),
            "%",
            Qualifier.EXACT,
            share_of=(("requests.granted.total",), ("requests.handled.total",)),
        ),
    )
    finding = Finding(
        "A001", Severity.ERROR, "行合计不平", "Row total", ("requests.received.total",), ("s001",), 18, 17.5
    )
    report = make_report(make_cells({FEE: 89.343}, {"disclosure.regulations.issued": "blank"}))
    narrative = Narrative((sentence,), claims)
    return replace(report, sentences=narrative.sentences, claims=narrative.claims, findings=(finding,))


def test_brackets_that_end_a_printed_text_break_no_line_of_the_document():
    report = full_report()
    raw = replace(report.fields[FEE], raw="},{")
    sentences = (replace(report.sentences[0], text="填写{甲},{"), *report.sentences)
    report = replace(report, fields={**report.fields, FEE: raw}, sentences=sentences)
    assert json.loads(dump_report(report)) == report_to_json(report)


def test_a_document_of_an_earlier_version_without_risk_and_score_can_be_read():
    document = report_to_json(full_report())
    del document["made_by"]["risk"], document["score"]
    assert json_to_report(document).fields == full_report().fields


def test_where_a_finding_stands_can_be_read_without_the_keys_that_the_schema_does_not_ask_for():
    document = report_to_json(full_report())
    document["findings"][0]["spots"] = [{"page": 1, "bbox": None}]
    assert json_to_report(document).findings[0].spots == (Spot(1),)


def test_a_report_document_read_back_is_the_same_report():
    report = full_report()
    assert json_to_report(json.loads(dump_report(report))) == report


def test_text_that_looks_like_json_stays_in_its_line_and_its_field():
    report = full_report()
    odd = 'a}, {"value": 1}\n}, {"'
    fields = {**report.fields, FEE: replace(report.fields[FEE], raw=odd, evidence=(odd, odd))}
    odd_report = replace(report, fields=fields, sentences=tuple(replace(own, text=odd) for own in report.sentences))
    assert json_to_report(json.loads(dump_report(odd_report))) == odd_report
    assert dump_report(odd_report).count("\n") == dump_report(report).count("\n")


@given(
    value=st.decimals(min_value=0, max_value=10**9, places=3, allow_nan=False, allow_infinity=False),
    confidence=st.floats(0, 1),
)
def test_any_value_survives_the_round_trip(value: Decimal, confidence: float):
    report = make_report(make_cells({FEE: str(value)}))
    field = replace(report.fields[FEE], confidence=confidence)
    document = report_to_json(replace(report, fields={**report.fields, FEE: field}))
    again = json_to_report(json.loads(json.dumps(document)))
    assert again.fields[FEE].value == value
    assert report_to_json(again) == document


def test_counts_are_json_integers_and_amounts_keep_their_decimals():
    document = report_to_json(full_report())
    assert document["fields"][FEE]["value"] == 89.343
    assert type(document["fields"]["requests.received.total"]["value"]) is int


def test_the_document_has_every_field_of_the_template_and_blank_is_null():
    document = report_to_json(full_report())
    assert tuple(document["fields"]) == FORM.field_ids
    blank = document["fields"]["disclosure.regulations.issued"]
    assert (blank["value"], blank["state"]) == (None, "blank")


def test_the_document_follows_its_schema():
    jsonschema.validate(report_to_json(full_report()), report_schema())


def test_the_schema_refuses_what_the_contract_does_not_know():
    document = report_to_json(full_report())
    document["fields"][FEE]["state"] = "guessed"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, report_schema())


def test_the_shipped_schema_is_current():
    shipped = files("extract.outputs").joinpath("report.schema.json").read_text(encoding="utf-8")
    assert json.loads(shipped) == report_schema()


def test_a_document_of_another_schema_is_refused():
    with pytest.raises(ValueError, match="gouji/1"):
        json_to_report({"schema": "gouji/9"})


def test_writing_leaves_no_other_file_and_usual_permissions(tmp_path: Path):
    target = tmp_path / "out" / "报告.txt.json"
    write_report(full_report(), target)
    assert [path.name for path in target.parent.iterdir()] == ["报告.txt.json"]
    assert stat.S_IMODE(target.stat().st_mode) & stat.S_IRUSR
    assert json.loads(target.read_text(encoding="utf-8"))["schema"] == "gouji/1"


def test_a_failed_write_leaves_the_old_document_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    target = tmp_path / "报告.txt.json"
    write_report(full_report(), target)
    before = target.read_bytes()

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(UnwritableError, match="disk full"):
        write_report(make_report(), target)
    assert target.read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 1
