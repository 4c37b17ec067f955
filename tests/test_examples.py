"""Golden documents: each example is read as its truth says, and gets exactly the errors it deserves."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extract import Report, extract_report
from extract.records import Finding, Severity, State

Json = dict[str, Any]

EXAMPLES = Path(__file__).parent.parent / "examples"
TRUTHS: dict[str, Json] = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted((EXAMPLES / "truth").glob("*.json"))
}

every = pytest.mark.parametrize("name", TRUTHS)
every_labelled = pytest.mark.parametrize("name", [name for name, truth in TRUTHS.items() if "claims" in truth])


@cache
def report_of(name: str) -> Report:
    return extract_report(EXAMPLES / name)


def is_hit(finding: Finding, wanted: Json, truth: Json) -> bool:
    """Whether the finding is the one that the truth names: same code, and a field, a label or a sentence in common."""
    if finding.code != wanted["code"]:
        return False
    texts = [wanted["text"]] if "text" in wanted else []
    texts += [
        sentence["text"] for sentence in truth.get("sentences", []) if sentence["id"] in wanted.get("sentences", [])
    ]
    said = "".join(f"{finding.message}{finding.found}".split())
    quoted = any("".join(text.split()) in said for text in texts)
    return bool(wanted.get("any")) or bool(set(finding.fields) & set(wanted["fields"])) or quoted


@every
def test_every_field_is_read_as_printed(name: str) -> None:
    truth, report = TRUTHS[name], report_of(name)
    assert set(report.fields) == set(truth["fields"])
    for field, value in truth["fields"].items():
        read = report.fields[field]
        if field in truth["must_review"]:
            assert not read.accepted, field
            continue
        assert read.state is State(truth["states"].get(field, "read")), field
        assert (None if read.value is None else float(read.value)) == value, field


@every
def test_nearly_every_field_is_accepted(name: str) -> None:
    fields = report_of(name).fields.values()
    assert sum(field.accepted for field in fields) >= 0.9 * len(fields)


@every
def test_agency_year_title_and_dates_are_found(name: str) -> None:
    wanted, found = TRUTHS[name]["report"], report_of(name).report
    assert found["agency"].value in wanted.get("agency_ok", [wanted["agency"]])
    assert "".join(str(found["title"].value).split()) == "".join(wanted["title"].split())
    assert {key: found[key].value for key in found if key not in ("agency", "title")} == {
        key: wanted[key] for key in found if key not in ("agency", "title")
    }


@every
def test_every_planted_error_is_found(name: str) -> None:
    truth, found = TRUTHS[name], report_of(name).findings
    wanted = truth["expected_findings"]
    assert [entry for entry in wanted if not any(is_hit(finding, entry, truth) for finding in found)] == []


@every
def test_no_error_is_reported_that_was_not_planted(name: str) -> None:
    truth = TRUTHS[name]
    known = [*truth["expected_findings"], *truth["allowed_findings"]]
    errors = [finding for finding in report_of(name).findings if finding.severity is not Severity.INFO]
    assert [finding for finding in errors if not any(is_hit(finding, wanted, truth) for wanted in known)] == []


@every_labelled
def test_every_sentence_of_the_prose_is_found_whole(name: str) -> None:
    wanted = ["".join(sentence["text"].split()) for sentence in TRUTHS[name]["sentences"]]
    found = ["".join(sentence.text.split()) for sentence in report_of(name).sentences]
    assert found == wanted


@every_labelled
def test_every_claim_about_a_cell_gets_its_verdict(name: str) -> None:
    bound = [claim for claim in TRUTHS[name]["claims"] if claim["field"] or claim.get("sum_of")]
    wanted = Counter(
        (claim["value"], claim["field"], tuple(claim.get("sum_of", ())), claim["verdict"]) for claim in bound
    )
    claims = report_of(name).claims
    found = Counter((float(claim.value), claim.field, claim.sum_of, claim.verdict.value) for claim in claims)
    assert wanted - found == Counter()
