"""Whole reports on the template of 2019, as text and as web pages: every cell as printed, and the right findings."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract.errors import NotAReportError
from extract.pipeline import extract_content
from extract.records import Report, State
from tests.report_2019 import Printed, expected, make_printed, to_html, to_text


def read(content: str) -> Report:
    return extract_content(content.encode(), file="报告")


def differences(report: Report, printed: Printed) -> dict[str, tuple[str, State, object]]:
    """Field → (printed, state, value) where it was read otherwise."""
    return {
        field: (text, report.fields[field].state, report.fields[field].value)
        for field, text in printed.items()
        if expected(text) != (report.fields[field].state, report.fields[field].value)
    }


def codes(report: Report) -> set[str]:
    return {finding.code for finding in report.findings}


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("layout", ["tabs", "pipes", "blanks", "html"])
def test_every_field_is_read_as_printed(layout: str, seed: int) -> None:
    printed = make_printed(seed)
    report = read(to_html(printed) if layout == "html" else to_text(printed, layout=layout))
    assert report.template.id == "2019"
    assert differences(report, printed) == {}
    assert codes(report) <= {"V003", "Q001"}


@pytest.mark.parametrize("layout", ["tabs", "pipes", "html"])
def test_blank_total_columns_stay_blank_and_break_no_sum(layout: str) -> None:
    printed = {
        f: "" if f.startswith("requests.") and f.endswith(".total") else text for f, text in make_printed(1).items()
    }
    report = read(to_html(printed) if layout == "html" else to_text(printed, layout=layout))
    assert differences(report, printed) == {}
    assert codes(report) <= {"V002", "V003", "Q001"}


def test_changes_keep_their_sign_and_amounts_their_unit() -> None:
    printed = make_printed(0) | {
        "disclosure.licensing.items_change": "+1036",
        "disclosure.other_services.items_change": "-3",
        "disclosure.penalties.items_change": "增加12",
        "disclosure.coercion.items_change": "减5项",
        "disclosure.fees.items_change": "/",
        "disclosure.procurement.amount": "1,204.35万元",
    }
    fields = read(to_text(printed)).fields
    changes = [
        fields[f"disclosure.{row}.items_change"] for row in ("licensing", "other_services", "penalties", "coercion")
    ]
    assert [change.value for change in changes] == [1036, -3, 12, -5]
    assert fields["disclosure.fees.items_change"].state is State.DASH
    amount = fields["disclosure.procurement.amount"]
    assert (amount.value, amount.raw) == (Decimal("1204.35"), "1,204.35万元")


def test_a_negative_count_is_impossible_where_no_change_is_asked_for() -> None:
    printed = make_printed(0) | {"disclosure.licensing.decisions": "-3"}
    (finding,) = [finding for finding in read(to_text(printed)).findings if finding.code == "V001"]
    assert finding.fields == ("disclosure.licensing.decisions",)


def test_a_report_on_2021_or_later_on_the_old_template_gets_s004() -> None:
    assert "S004" in codes(read(to_text(make_printed(), year=2021)))
    assert "S004" not in codes(read(to_text(make_printed(), year=2020)))


def test_a_wrong_sum_is_found_in_the_old_table_3() -> None:
    printed = make_printed(2)
    wrong = printed | {"requests.other.natural_person": str(int(printed["requests.other.natural_person"]) + 5)}
    assert {"A001", "A003"} & codes(read(to_text(wrong)))


def test_a_report_before_2019_is_refused_by_its_year() -> None:
    text = (
        "临桥县水利局2017年政府信息公开工作年度报告\n一、概述\n全年主动公开信息120条。\n二、主动公开政府信息情况\n"
        + ("通过政府网站公开信息100条。\n三、依申请公开情况\n全年收到申请3件。\n")
    )
    with pytest.raises(NotAReportError, match=r"\(2017\) has no statutory tables.* 2019"):
        read(text)


def test_a_report_before_2019_is_refused_by_its_indicators() -> None:
    rows = [("一、主动公开情况", "——", ""), ("（一）主动公开政府信息数", "条", "120"), ("（一）收到申请数", "件", "3")]
    rows += [("1.当面申请数", "件", "1"), ("2.网络申请数", "件", "2"), ("（二）申请办结数", "件", "3")]
    text = "临桥县政府信息公开工作年度报告\n一、总体情况\n六、其他需要报告的事项\n" + "\n".join(
        "\t".join(row) for row in rows
    )
    with pytest.raises(NotAReportError, match="no statutory tables"):
        read(text)
