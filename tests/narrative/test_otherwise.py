"""Numbers that another reading of their sentence bears out accuse nobody; a slip in that reading stays one."""

from __future__ import annotations

import pytest

from tests.narrative.builders import check, codes_of, make_cells

TABLE: dict[str, float | None] = {
    "requests.received.total": 93,
    "requests.received.natural_person": 71,
    "requests.received.business": 18,
    "requests.received.legal_service": 4,
    "requests.carried_in.total": 6,
    "requests.carried_in.natural_person": 5,
    "requests.carried_in.business": 1,
    "requests.granted.total": 41,
    "requests.granted.natural_person": 30,
    "requests.granted.business": 9,
    "requests.granted.legal_service": 2,
    "requests.partially_granted.total": 12,
    "requests.partially_granted.natural_person": 8,
    "requests.partially_granted.business": 3,
    "requests.denied.third_party_rights.total": 7,
    "requests.denied.enforcement_files.total": 4,
    "requests.unavailable.not_held.total": 22,
    "requests.unavailable.not_held.natural_person": 19,
    "requests.other.other.total": 3,
    "requests.handled.total": 96,
    "requests.handled.natural_person": 72,
    "requests.handled.business": 17,
    "requests.carried_out.total": 3,
    "requests.carried_out.natural_person": 2,
    "requests.carried_out.business": 1,
    "challenges.reconsideration.total": 9,
    "challenges.reconsideration.upheld": 5,
    "challenges.reconsideration.corrected": 1,
    "challenges.reconsideration.other": 2,
    "challenges.reconsideration.pending": 1,
    "challenges.litigation_direct.total": 6,
    "challenges.litigation_direct.upheld": 4,
    "challenges.litigation_direct.pending": 2,
    "challenges.litigation_after_reconsideration.total": 3,
    "challenges.litigation_after_reconsideration.upheld": 3,
    "disclosure.normative_documents.issued": 0,
    "disclosure.normative_documents.in_force": 8,
}


@pytest.mark.parametrize(
    "text",
    [
        "自然人方面，新收71件，上年结转5件，办结72件，结转下年2件。",
        "以企业为例，新收18件，办结17件，予以公开9件，部分公开3件。",
        "办结96件，按申请人分自然人72件、商业企业17件，其余为律师事务所。",
        "自然人申请予以公开或部分公开的38件，企业为12件。",
        "年内共审结申请96件，其中当年新收件中3件转入下年。",
        "从新收申请看，1件由企业于上年提出、结转而来，18件为今年企业新提交。",
    ],
)
def test_a_list_about_one_applicant_or_one_row_is_no_list_of_totals(text: str) -> None:
    assert codes_of(text, cells=make_cells(TABLE)) == []


def test_the_applicant_may_be_named_in_the_sentence_before() -> None:
    texts = ("先说企业。", "新收申请18件，其中予以公开9件、部分公开3件。")
    assert codes_of(*texts, cells=make_cells(TABLE)) == []


def test_a_slip_in_a_list_about_one_applicant_is_one_of_its_column() -> None:
    text = "自然人申请的办理情况是：新收71件，上年结转5件，办结77件，结转下年2件。"
    (finding,) = check(text, cells=make_cells(TABLE))[1]
    assert (finding.code, finding.fields) == ("T001", ("requests.handled.natural_person",))


def test_a_slip_beside_right_totals_is_no_list_about_an_applicant() -> None:
    text = "收到申请93件，其中自然人71件；予以公开30件，部分公开12件，无法提供22件。"
    (finding,) = check(text, cells=make_cells(TABLE))[1]
    assert finding.fields == ("requests.granted.total",)


@pytest.mark.parametrize(
    "text",
    [
        "由此决定不予公开7件，另有4件属执法案卷。",
        "依法决定不予公开7件，另有4件属于行政执法案卷，两者合计11件。",
        "对不属于上述情形的，分别按无法提供22件、其他方式3件处理。",
        "收到的申请，90件由个人和企业寄来，3件由窗口转来。",
    ],
)
def test_parts_that_others_of_the_sentence_complete_are_no_wholes(text: str) -> None:
    assert codes_of(text, cells=make_cells(TABLE)) == []


def test_an_outcome_that_nothing_completes_is_accused() -> None:
    assert codes_of("由此决定不予公开7件，无法提供22件。", cells=make_cells(TABLE)) == ["T001"]


@pytest.mark.parametrize(
    "text",
    [
        "因答复引起的行政复议全年9件，复议机关维持5件，纠正1件，作其他处理2件，未审结1件。",
        "法院判决驳回的，直接起诉4件、复议后起诉3件；另有2件直接起诉案件尚在审理。",
        "被提起行政诉讼9件，6件未经复议，3件经过复议。",
        "复议方面作其他处理2件。",
    ],
)
def test_a_result_may_stand_apart_from_the_kind_of_challenge(text: str) -> None:
    assert codes_of(text, cells=make_cells(TABLE)) == []


@pytest.mark.parametrize(
    "text",
    [
        "9件复议中，涉及不予公开的4件、涉及无法提供的3件、涉及程序的2件。",
        "市政府作出复议决定8件。",
        "村民递来申请71件，企业递来18件，律所递来4件。",
        "属第三方权益或执法案卷类不予公开11件，无法提供22件。",
        "年内办理法律援助案件57件，公证310件，办事指南全部公开。",
        "全年受理信息公开申请93件，办理劳动争议案件29件。",
        "县政府作为复议机关办理政府信息公开行政复议31件，纠正7件。",
        "9件诉讼案件总体败诉率为0。",
        "上年结转的6件中，公开3件、部分公开1件、不掌握2件。",
        "林权类申请38件，企业占21件；宅基地类申请40件，自然人占39件。",
        "不能提供的33件，逐件说明了理由。",
        "收到申请93件，答复方式上公开41件、部分公开12件、其他43件。",
        "勘界测绘类申请40件，权属类31件，补偿类22件，共93件。",
    ],
)
def test_what_was_disputed_decided_or_asked_by_some_is_no_whole(text: str) -> None:
    assert codes_of(text, cells=make_cells(TABLE)) == []


def test_cases_of_which_something_did_not_happen_are_not_all() -> None:
    assert codes_of("起诉我局的9件案件，其中6件没有先复议。", cells=make_cells(TABLE)) == []
    assert codes_of("全年没有被申请复议。", cells=make_cells(TABLE)) == ["T005"]


def test_documents_in_force_may_have_been_issued_before() -> None:
    text = "年内没有新制发规范性文件，现行有效的仍是以前印发的{}件。"
    assert codes_of(text.format(8), cells=make_cells(TABLE)) == []
    assert codes_of(text.format(6), cells=make_cells(TABLE)) == ["T001"]


def test_far_more_requests_than_there_were_are_those_of_another_matter() -> None:
    text = "稳岗资金网上办理顺畅，全年企业提交申请{}件。"
    assert codes_of(text.format(654), cells=make_cells(TABLE)) == []
    assert codes_of(f"信息公开{text.format(654)}", cells=make_cells(TABLE)) == ["T001"]


@pytest.mark.parametrize(
    "text",
    [
        "复议九件全口径统计为27件。",
        "行政复议（全口径）案件27件。",
        "应诉案件各类案由合计31件。",
        "撤回类1件、信访类0件、重复类0件。",
        "法院尚未作出判决的2件为直接起诉案件。",
        "申请人对复议决定未起诉的有6件。",
        "收到的申请里，5件为年末最后几天收到。",
        "14件中予以公开、部分公开9件，其余5件不掌握。",
        "律师事务所4件申请，提供2件，逾期未补正0件。",
        "个人申请办结72件（含结转5件），企业申请办结17件（含结转1件）。",
        "企业19件（含上年1件）办了17件。",
        "予以公开的41件，自然人居多；企业和律所11件，个人30件。",
    ],
)
def test_numbers_of_a_part_another_scope_or_another_time_are_no_totals(text: str) -> None:
    assert codes_of(text, cells=make_cells(TABLE)) == []


def test_parts_of_what_is_not_all_that_came_in_are_no_totals() -> None:
    texts = ("去年留下的办了没有？", "6件都办了，当中5件部分公开。")
    assert codes_of(*texts, cells=make_cells(TABLE)) == []


def test_parts_of_all_that_came_in_are_those_of_the_table() -> None:
    text = "收到申请93件，其中自然人72件、企业18件。"
    (finding,) = check(text, cells=make_cells(TABLE))[1]
    assert finding.fields == ("requests.received.natural_person",)


def test_results_right_behind_their_numbers_are_those_of_these_numbers() -> None:
    one_each = make_cells(
        TABLE
        | {
            "challenges.reconsideration.total": 2,
            "challenges.reconsideration.upheld": 1,
            "challenges.reconsideration.corrected": 1,
            "challenges.reconsideration.other": 0,
            "challenges.reconsideration.pending": 0,
        }
    )
    assert codes_of("复议一件维持一件纠正。", cells=one_each) == []
    assert codes_of("复议一件维持、三件纠正。", cells=one_each) == ["T001"]


@pytest.mark.parametrize("text", ["问：有没有打官司？", "申请都办结了没有？", "是否没有人提起行政复议，要看表四。"])
def test_a_question_denies_nothing(text: str) -> None:
    assert codes_of("收到政府信息公开申请93件。", text, cells=make_cells(TABLE)) == []


def test_one_that_was_not_disclosed_is_not_none() -> None:
    assert codes_of("涉及第三方权益的一件未予公开，系合同价款。", cells=make_cells(TABLE)) == []


def test_all_of_those_that_were_decided_are_not_all() -> None:
    text = "信息公开行政诉讼共9件，已判的{}件均驳回诉讼请求，其余在审。"
    assert codes_of(text.format(7), cells=make_cells(TABLE)) == []
    assert "T005" in codes_of("信息公开行政诉讼共9件，9件均驳回诉讼请求。", cells=make_cells(TABLE))


def test_documents_that_others_issued_with_the_agency_are_some_of_those_before() -> None:
    text = "清理规范性文件，废止0件，现行有效8件，其中5件为与其他部门联合印发。"
    assert codes_of(text, cells=make_cells(TABLE)) == []


def test_letters_and_visits_are_no_requests() -> None:
    assert codes_of("纠纷调处14件，办结12件，2件正在调解；涉水信访37件。", cells=make_cells(TABLE)) == []


@pytest.mark.parametrize("text", ["办结93件，其中无法提供{}件。", "不予公开{}件，无法提供{}件。"])
def test_what_could_not_be_provided_holds_nothing_that_was_denied(text: str) -> None:
    cells = make_cells({"requests.denied.internal_affairs.total": 12, "requests.unavailable.not_held.total": 21})
    numbers = (33,) if text.count("{}") == 1 else (12, 33)
    assert codes_of("收到政府信息公开申请93件。", text.format(*numbers), cells=cells).count("T001") > 0
