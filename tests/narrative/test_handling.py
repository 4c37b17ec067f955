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
        "行政许可新办640件、变更210件。",
        "各窗口接件3120件，其中行政许可1450件。",
        "争议处置方面，调解行政争议14件。",
        "机构改革后，全年办理复议31件。",
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


OF_ONE_KIND = make_cells(
    {
        "disclosure.normative_documents.issued": 6,
        "disclosure.normative_documents.in_force": 33,
        "requests.received.total": 14,
        "requests.received.natural_person": 14,
        "requests.carried_in.total": 1,
        "requests.carried_in.natural_person": 1,
        "requests.granted.total": 7,
        "requests.partially_granted.total": 2,
        "requests.unavailable.not_held.total": 2,
        "requests.not_processed.repeated.total": 1,
        "requests.other.not_corrected.total": 2,
        "requests.handled.total": 14,
        "requests.carried_out.total": 1,
        "challenges.reconsideration.total": 6,
        "challenges.reconsideration.upheld": 6,
    }
)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("收到申请15件，自然人14件。", ["T001"]),  # with the one that was left over there are 15 of them
        ("收到申请15件，自然人15件。", []),
        ("收到申请15件。", []),
        ("公开7件；部分公开2件；无法提供2件；不予处理1件；其他处理1件。", ["T001"]),  # which are no 2 of 无法提供
        ("办结14件，公开7件，其他7件。", []),
        ("争议处置方面，行政复议6件、行政诉讼3件。", ["T001"]),
        ("全年经历行政复议5件。", ["T001"]),
        ("文件管理方面，没有制发规范性文件。", ["T005"]),
        ("因全年没有公民、法人或其他组织提出申请，本部分从略。", ["T005"]),
        ("行政许可方面，没有公民提出申请。", []),
        ("没有企业和组织提出申请。", []),
        ("收到申请14件，办理时效：全部按期办结。", ["T005"]),
        ("收到申请14件，所有申请均按时答复。", []),
    ],
)
def test_frames_of_the_statement_and_its_neighbours_decide_what_it_counts(text: str, codes: list[str]) -> None:
    assert codes_of("依申请公开情况如下。", text, cells=OF_ONE_KIND) == codes


def test_numbers_of_one_cell_that_add_up_to_it_are_its_parts() -> None:
    cells = make_cells({"disclosure.coercion.decisions": 6})
    assert codes_of("行政强制措施4件、行政强制执行2件。", cells=cells) == []
    assert codes_of("行政强制措施4件、行政强制执行1件。", cells=cells) == ["T001"]


def test_kinds_of_files_that_are_listed_lack_no_number() -> None:
    cells = make_cells({"challenges.reconsideration.total": 6, "challenges.litigation_direct.total": 2})
    assert codes_of("复议件、诉讼件共8件。", "答复书分公开件、不予公开件、其他处理件三类编号。", cells=cells) == []


@pytest.mark.parametrize(
    "text",
    [
        "减免行政事业性收费24万元。",
        "行政强制催告29件。",
        "规范性文件现行有效25件（含党内规范性文件4件）。",
        "结转3件中2件已于元旦后答复。",
    ],
)
def test_what_was_spared_announced_or_added_in_brackets_accuses_nobody(text: str) -> None:
    cells = make_cells(
        {
            "disclosure.coercion.decisions": 6,
            "disclosure.fees.amount": 3,
            "disclosure.normative_documents.in_force": 21,
            "requests.received.total": 9,
            "requests.handled.total": 6,
            "requests.carried_out.total": 3,
        }
    )
    assert codes_of("依申请公开情况如下。", text, cells=cells) == []
