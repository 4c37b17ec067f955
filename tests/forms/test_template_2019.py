"""The template of 2019: its fields in printed order, how it is recognised, and what it shares with that of 2021."""

from __future__ import annotations

import pytest

from extract.errors import DataFileError
from extract.forms import comparable, load_form
from extract.forms.comparable import bind_claims, comparable_fields, translate_fields
from extract.forms.recognise import is_older_than_forms, own_labels, recognise_form
from extract.records import Claim, Item, Line, Qualifier
from extract.rules import linear_rules
from tests.report_2019 import FORM, make_printed, to_text
from tests.text_builders import document

TABLE_2 = (
    "disclosure.regulations.newly_made",
    "disclosure.regulations.newly_disclosed",
    "disclosure.regulations.disclosed_total",
    "disclosure.normative_documents.newly_made",
    "disclosure.normative_documents.newly_disclosed",
    "disclosure.normative_documents.disclosed_total",
    "disclosure.licensing.items_last_year",
    "disclosure.licensing.items_change",
    "disclosure.licensing.decisions",
    "disclosure.other_services.items_last_year",
    "disclosure.other_services.items_change",
    "disclosure.other_services.decisions",
    "disclosure.penalties.items_last_year",
    "disclosure.penalties.items_change",
    "disclosure.penalties.decisions",
    "disclosure.coercion.items_last_year",
    "disclosure.coercion.items_change",
    "disclosure.coercion.decisions",
    "disclosure.fees.items_last_year",
    "disclosure.fees.items_change",
    "disclosure.procurement.items",
    "disclosure.procurement.amount",
)
ROWS = (
    "received",
    "carried_in",
    "granted",
    "partially_granted",
    "denied.state_secret",
    "denied.prohibited_by_law",
    "denied.endangers_security",
    "denied.third_party_rights",
    "denied.internal_affairs",
    "denied.process_information",
    "denied.enforcement_files",
    "denied.administrative_inquiry",
    "unavailable.not_held",
    "unavailable.needs_creation",
    "unavailable.still_unclear",
    "not_processed.petition",
    "not_processed.repeated",
    "not_processed.publication",
    "not_processed.excessive",
    "not_processed.reconfirmation",
    "other",
    "handled",
    "carried_out",
)
APPLICANTS = (
    "natural_person",
    "business",
    "research",
    "public_welfare",
    "legal_service",
    "other_organisation",
    "total",
)
GROUPS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
OUTCOMES = ("upheld", "corrected", "other", "pending", "total")


def items(*texts: str) -> list[Item]:
    return [Line(text, 1, number) for number, text in enumerate(texts, 1)]


def test_the_fields_are_those_of_the_notice_in_printed_order() -> None:
    requests = tuple(f"requests.{row}.{column}" for row in ROWS for column in APPLICANTS)
    challenges = tuple(f"challenges.{group}.{outcome}" for group in GROUPS for outcome in OUTCOMES)
    assert FORM.field_ids == (*TABLE_2, *requests, *challenges)
    assert len(FORM.field_ids) == 198
    assert FORM.years == (2019, 2020)


def test_only_the_procurement_amount_is_an_amount() -> None:
    columns = [c for table in FORM.tables for block in table.blocks for c in block.columns if block.amount or c.amount]
    assert [(column.id, column.unit) for column in columns] == [("amount", "元或万元")]


def test_it_has_the_sums_of_table_3_and_4() -> None:
    counts = [rule.code for rule in linear_rules(FORM)]
    assert [counts.count(code) for code in ("A001", "A002", "A003", "A004")] == [23, 7, 7, 3]
    (rule,) = (rule for rule in linear_rules(FORM) if rule.id == "A003:total")
    assert "requests.other.total" in rule.parts


@pytest.mark.parametrize("layout", ["tabs", "pipes", "blanks"])
def test_a_report_is_recognised_by_its_labels_not_by_its_year(layout: str) -> None:
    form, confidence = recognise_form(document(to_text(make_printed(), year=2023, layout=layout)).items)
    assert (form.id, confidence) == ("2019", 1.0)


def test_the_examples_are_on_the_template_of_2021() -> None:
    from pathlib import Path

    for path in (Path(__file__).parents[2] / "examples").glob("*.*"):
        form, confidence = recognise_form(document(path.read_text(encoding="utf-8")).items)
        assert (form.id, confidence) == ("2021", 1.0), path.name


def test_damaged_labels_still_tell_the_template() -> None:
    torn = items(
        "本年新制件数量 本年新公幵数量", "对外公开总数里", "其他对外管埋服务事项", "政府集中釆购", "采购顼目数量"
    )
    form, confidence = recognise_form(torn)
    assert form.id == "2019"
    assert 0.5 < confidence <= 1.0


def test_a_caption_of_both_templates_but_for_its_number_tells_neither() -> None:
    form, confidence = recognise_form(items("某局2022年政府信息公开工作年度报告", "第二十条第（八）项", "行政许可"))
    assert (form.id, confidence) == ("2021", 0.5)


def test_where_no_label_tells_the_year_at_the_head_does_and_the_confidence_says_so() -> None:
    assert recognise_form(items("临桥县2020年政府信息公开工作年度报告", "0 0 0"))[0].id == "2019"
    assert recognise_form(items("临桥县2022年政府信息公开工作年度报告", "0 0 0"))[0].id == "2021"
    assert recognise_form(items("没有年份"))[1] == 0.5


def test_labels_of_one_template_alone_tell_it() -> None:
    assert "采购总金额" in own_labels("2019")
    assert "本年制发件数" in own_labels("2021")
    assert not set(own_labels("2019")) & set(own_labels("2021"))


def test_the_indicators_of_older_reports_are_known() -> None:
    assert is_older_than_forms(items("主动公开政府信息数 条 12", "（一）收到申请数 件 0", "1.当面申请数 件 0"))
    assert not is_older_than_forms(document(to_text(make_printed())).items)


def test_what_may_be_compared_is_decisions_table_3_and_table_4() -> None:
    pairs = comparable_fields("2019", "2021")
    assert len(pairs) == 3 + 23 * 7 + 15
    assert sum(len(second) for _, second in pairs) == 3 + 25 * 7 + 15
    assert {first[0] for first, _ in pairs if first[0].startswith("disclosure.")} == {
        f"disclosure.{kind}.decisions" for kind in ("licensing", "penalties", "coercion")
    }
    other = dict(pairs)[("requests.other.total",)]
    assert other == tuple(f"requests.other.{row}.total" for row in ("not_corrected", "fee_unpaid", "other"))
    assert comparable_fields("2021", "2019") == tuple((second, first) for first, second in pairs)


def test_within_one_template_everything_may_be_compared() -> None:
    assert len(comparable_fields("2021", "2021")) == 200


def test_an_unknown_field_in_the_data_is_refused() -> None:
    with pytest.raises(DataFileError, match="no requests"):
        comparable._expand(
            {"2019": ["requests.nothing.{column}"], "2021": ["requests.granted.{column}"]}, "2019", "2021"
        )
    with pytest.raises(DataFileError, match="unknown template"):
        comparable._expand({"1999": ["x"]}, "2019", "2021")


def test_cells_are_translated_only_where_the_form_counts_the_same() -> None:
    three = tuple(f"requests.other.{row}.total" for row in ("not_corrected", "fee_unpaid", "other"))
    assert translate_fields(three, FORM) == ("requests.other.total",)
    assert translate_fields(three[:1], FORM) is None
    assert translate_fields(("requests.other.total",), load_form("2021")) == three
    assert translate_fields(("disclosure.fees.amount",), FORM) is None


def test_a_claim_about_cells_that_the_form_has_not_is_bound_to_none() -> None:
    from decimal import Decimal

    def claim(**fields: object) -> Claim:
        return Claim("c1", "s1", "3件", 0, 2, Decimal(3), "件", Qualifier.EXACT, **fields)  # type: ignore[arg-type]

    three = tuple(f"requests.other.{row}.total" for row in ("not_corrected", "fee_unpaid", "other"))
    own, amount, parts, share = bind_claims(
        [
            claim(field="requests.granted.total"),
            claim(field="disclosure.fees.amount"),
            claim(sum_of=three),
            claim(share_of=(("disclosure.fees.amount",), ("requests.granted.total",))),
        ],
        FORM,
    )
    assert own.field == "requests.granted.total"
    assert (amount.field, amount.sum_of) == (None, ())
    assert (parts.field, parts.sum_of) == ("requests.other.total", ())
    assert share.share_of is None
