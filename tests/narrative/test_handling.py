"""Counts of business that is handled, of what followed the year, and lists that lack a number accuse no cell."""

from __future__ import annotations

import pytest

from tests.narrative.builders import YEAR, codes_of, make_cells

CELLS = make_cells(
    {
        "disclosure.licensing.decisions": 1039,
        "requests.received.total": 102,
        "requests.received.natural_person": 82,
        "requests.received.business": 9,
        "requests.received.research": 9,
        "requests.received.other_organisation": 2,
        "requests.granted.total": 99,
        "requests.handled.total": 99,
        "requests.carried_out.total": 3,
        "requests.carried_out.natural_person": 3,
    }
)


@pytest.mark.parametrize(
    "text",
    [
        "行政许可网上办结量831件。",
        "全年行政许可接件量1120件。",
        "行政许可受理量为1139件。",
        "行政许可的窗口办件达到640件。",
        "行政许可中当场办结的有77件。",
        "行政许可事项办件量为2410件。",
    ],
)
def test_what_one_way_or_one_step_of_the_handling_saw_is_no_count_of_decisions(text: str) -> None:
    assert codes_of("全年作出行政许可决定1039件。", text, cells=CELLS) == []


@pytest.mark.parametrize(
    "text", ["行政许可决定1031件，其中网上办结831件。", "行政许可办件量1093件。", "全年受理行政许可1031件。"]
)
def test_a_slip_in_the_number_of_decisions_is_one_still(text: str) -> None:
    assert codes_of(text, cells=CELLS) == ["T001"]


@pytest.mark.parametrize(
    "text",
    [
        "上个报告期收到的申请为95件。",
        "上一个统计期共收到申请95件。",
        f"跨年办理的申请中，3件已于{YEAR + 1}年1月办结。",
        "转下年的申请里，有2件已于次年2月答复。",
    ],
)
def test_what_came_before_the_year_or_was_done_after_it_accuses_nobody(text: str) -> None:
    assert codes_of(text, cells=CELLS) == []


@pytest.mark.parametrize(
    "text",
    [
        "收到的申请中，自然人82件、商业企业件、其他主体11件。",
        "收到申请102件，自然人82件、商业企业件、大专院校9件、其他组织2件。",
        "办结99件：件予以公开，0件不予公开，0件无法提供。",
        "申请办结情况为：予以公开99件、不予公开0件、其他处理件。",
        "收到申请102件，结转上年件，办结99件。",
        "全年条公开信息未出现差错。",
    ],
)
def test_a_number_that_the_list_lacks_is_missing_and_no_neighbour_is_taken_for_it(text: str) -> None:
    assert codes_of(text, cells=CELLS) == ["T003"]


@pytest.mark.parametrize(
    "text",
    ["每件申请都为企业着想。", "每件申请都关系群众的切身利益。", "把每一件申请都当成联系群众的机会。"],
)
def test_whom_each_request_matters_to_says_nothing_of_who_asked(text: str) -> None:
    assert codes_of("全年收到申请102件。", text, cells=CELLS) == []


def test_who_asked_is_told_still() -> None:
    assert codes_of("全年收到申请102件。", "申请都是由企业提出的。", cells=CELLS) == ["T005"]
