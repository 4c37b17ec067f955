"""The catalogue's miniatures: each `bad` fires exactly its code (and those it names beside it), each `good` nothing."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import pytest

from extract.checks import check_tables
from extract.findings import collect_findings, load_catalogue
from extract.findings.catalogue import Entry
from extract.metadata import read_metadata
from extract.narrative import check_claims
from extract.own import own_rules_in_use
from extract.own_file import parse_own_rules
from extract.records import Deviation, Narrative, Severity
from tests.builders import FORM, make_cells, make_field, make_report, make_sectioned, make_sentence, read_narrative

CODES = tuple(load_catalogue())
FULL = {5: ("公开内容更新不够及时。", "下一步将明确更新时限。"), 6: ("无其他需要报告的事项。",)}


def fire(miniature: Mapping[str, Any]) -> set[str]:
    """The codes that the miniature's input fires."""
    cells = make_cells(miniature.get("cells"), miniature.get("states"), miniature.get("raws"))
    missing = tuple(miniature.get("missing_sections", ()))
    prose = {number: lines for number, lines in FULL.items() if number not in missing}
    text = tuple(miniature.get("text", ("本局依法公开政府信息。",)))
    sectioned = make_sectioned(tuple(miniature.get("front", ())), {1: text, **prose}, missing)
    narrative = _narrative(miniature, read_narrative(sectioned, agency="青溪市统计局", year=2024))
    _, discrepancies = check_claims(narrative, cells, year=2024)
    metadata = read_metadata(sectioned, narrative.sentences)
    if "year" in miniature:
        metadata = type(metadata)({**metadata.fields, "year": make_field(miniature["year"])}, metadata.deviations)
    absent = [Deviation("S001", "", spec.heading) for spec in FORM.sections if spec.number in missing]
    findings = collect_findings(
        FORM,
        cells,
        make_report(cells, doubtful=tuple(miniature.get("doubtful", _unread(miniature)))).fields,
        metadata,
        narrative,
        deviations=(*absent, *(_deviation(given) for given in miniature.get("deviations", ()))),
        violations=check_tables(cells, FORM),
        discrepancies=discrepancies,
    )
    return {finding.code for finding in findings}


def _narrative(miniature: Mapping[str, Any], narrative: Narrative) -> Narrative:
    """The miniature's own sentences in place of those of their section."""
    given = miniature.get("sentences", ())
    kept = [
        sentence for sentence in narrative.sentences if sentence.section not in {entry["section"] for entry in given}
    ]
    made = [
        make_sentence(entry["text"], section=entry["section"], label=entry["label"], number=k)
        for k, entry in enumerate(given)
    ]
    return Narrative((*kept, *made), narrative.claims)


def _unread(miniature: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(field for field, state in miniature.get("states", {}).items() if state == "missing")


def _deviation(given: Mapping[str, Any]) -> Deviation:
    return Deviation(
        given["code"], given["found"], given["expected"], tuple(given.get("fields", ())), note=given.get("note", "")
    )


@pytest.mark.parametrize("code", [code for code in CODES if not load_catalogue()[code].later])
def test_the_bad_miniature_fires_exactly_its_code_and_the_good_one_nothing(code: str):
    entry = load_catalogue()[code]
    with own_rules_in_use(parse_own_rules(tomllib.loads(entry.bad.get("rules", "")))):
        _assert_fires(code, entry)


def _assert_fires(code: str, entry: Entry) -> None:
    assert fire(entry.bad) == {code, *entry.bad.get("also", ())}
    assert fire(entry.good) == set()


def test_the_catalogue_holds_the_30_published_codes_with_their_severities():
    published = tomllib.loads(files("tests.findings").joinpath("published.toml").read_text(encoding="utf-8"))
    assert {code: [entry.name, entry.severity.value] for code, entry in load_catalogue().items()} == published["codes"]


@pytest.mark.parametrize("code", CODES)
def test_every_entry_explains_itself_in_both_languages(code: str):
    entry = load_catalogue()[code]
    assert entry.severity in Severity
    assert all(
        (entry.title, entry.title_en, entry.means, entry.means_en, entry.matters, entry.matters_en, entry.source)
    )
    assert entry.good["shows"]
    assert entry.bad["shows"]
