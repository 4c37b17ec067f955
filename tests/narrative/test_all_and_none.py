"""What words of all and of none are said of, where several things are counted before them."""

from __future__ import annotations

import pytest

from tests.narrative.builders import check, codes_of, make_cells

DUE = {
    "requests.received.total": 20,
    "requests.received.natural_person": 20,
    "requests.carried_in.total": 1,
    "requests.handled.total": 21,
    "requests.granted.total": 16,
    "requests.partially_granted.total": 2,
    "requests.unavailable.not_held.total": 3,
}
LAWSUITS = {
    "challenges.litigation_direct.total": 1,
    "challenges.litigation_direct.corrected": 1,
    "challenges.litigation_after_reconsideration.total": 2,
    "challenges.litigation_after_reconsideration.upheld": 2,
}


@pytest.mark.parametrize(
    "text",
    [
        "收到申请20件，上年结转1件，均予以公开。",
        "收到申请20件，上年结转1件；均予以公开。",
        "收到申请20件，比上年减少3件，上年结转1件，全部予以公开。",
        "新收申请20件，上年结转1件，共21件，均予以公开。",
        "收到申请20件，上年结转1件，共办21件，全部给予公开。",
        "收到申请20件，均在法定期限内办结，全部予以公开。",
    ],
)
def test_all_is_said_of_all_that_were_due(text: str) -> None:
    assert codes_of(text, cells=make_cells(DUE)) == ["T005"]
    assert not codes_of(text, cells=make_cells(DUE | {"requests.granted.total": 21, "requests.handled.total": 21}))


@pytest.mark.parametrize(
    "text",
    [
        "收到网上申请16件，上年结转1件，均予以公开。",
        "收到申请20件，上年结转1件，均应公开。",
        "收到申请20件，上年结转1件，均要求予以公开。",
    ],
)
def test_what_some_ask_for_is_no_outcome_of_all(text: str) -> None:
    assert codes_of(text, cells=make_cells(DUE)) == []


def test_of_several_left_over_all_may_be_said() -> None:
    shown = DUE | {"requests.carried_in.total": 3, "requests.handled.total": 23, "requests.granted.total": 18}
    assert codes_of("收到申请20件；上年结转3件，均予以公开。", cells=make_cells(shown)) == []


@pytest.mark.parametrize(
    "text",
    [
        "直接起诉1件、复议后起诉2件，已审结的案件均获维持。",
        "未经复议直接起诉1件、复议后起诉2件，法院均判决维持我局答复。",
        "直接起诉1件，复议后起诉2件，全部胜诉。",
        "直接起诉1件、复议后起诉2件，没有败诉案件。",
    ],
)
def test_behind_both_kinds_of_lawsuits_all_are_spoken_of(text: str) -> None:
    assert codes_of(text, cells=make_cells(LAWSUITS)) == ["T005"]


@pytest.mark.parametrize(
    "text",
    [
        "直接起诉1件；复议后起诉2件，均维持。",
        "直接起诉1件，被纠正；复议后起诉2件，法院均维持。",
        "直接起诉1件败诉，复议后起诉2件，均维持。",
        "直接起诉1件、复议后起诉2件，后者均维持。",
    ],
)
def test_the_kind_of_lawsuit_named_last_may_be_alone(text: str) -> None:
    assert codes_of(text, cells=make_cells(LAWSUITS)) == []


@pytest.mark.parametrize(
    "text",
    [
        "行政诉讼4件，审结3件，均为维持，1件未审结。",
        "行政诉讼4件，年内审结3件，法院均维持。",
        "行政复议6件，纠正1件，其余未被纠正。",
    ],
)
def test_those_that_are_closed_and_the_rest_are_not_all(text: str) -> None:
    shown = {
        "challenges.reconsideration.total": 6,
        "challenges.reconsideration.upheld": 5,
        "challenges.reconsideration.corrected": 1,
        "challenges.litigation_direct.total": 4,
        "challenges.litigation_direct.upheld": 3,
        "challenges.litigation_direct.pending": 1,
    }
    assert codes_of(text, cells=make_cells(shown)) == []


def test_a_wrong_count_leaves_the_words_behind_it_as_wrong_as_they_are() -> None:
    shown = {
        "requests.received.total": 2,
        "requests.received.natural_person": 1,
        "requests.received.business": 1,
        "requests.handled.total": 2,
    }
    assert codes_of("收到申请3件，均为自然人提出。", cells=make_cells(shown)) == ["T001", "T005"]


def test_a_count_of_far_fewer_is_that_of_some_of_them() -> None:
    shown = {"challenges.reconsideration.total": 135, "challenges.reconsideration.upheld": 61}
    assert "T005" not in codes_of("以市政府为被申请人的复议6件，省政府均予以维持。", cells=make_cells(shown))


def test_a_table_that_does_not_add_up_makes_no_wording_wrong() -> None:
    shown = {"requests.received.total": 12, "requests.received.natural_person": 11}
    assert codes_of("全年共接收申请12件，全部由自然人提出。", cells=make_cells(shown)) == []


@pytest.mark.parametrize(
    ("text", "came", "left", "codes"),
    [
        ("收到申请10件，其中网上6件；无结转申请。", 0, 1, []),
        ("收到申请10件，无结转。", 1, 0, []),
        ("收到申请10件，无结转。", 1, 1, ["T005"]),
        ("收到申请10件，已全部答复，无结转。", 0, 1, ["T005"]),
        ("收到申请10件，无结转下年的件。", 0, 1, ["T005"]),
        ("收到申请10件，没有逾期，没有结转。", 0, 1, ["T005"]),
    ],
)
def test_nothing_carried_over_may_be_of_either_year(text: str, came: int, left: int, codes: list[str]) -> None:
    shown = {
        "requests.received.total": 10,
        "requests.carried_in.total": came,
        "requests.carried_out.total": left,
        "requests.carried_out.natural_person": left,
    }
    assert codes_of(text, cells=make_cells(shown)) == codes


@pytest.mark.parametrize(
    "text",
    [
        "开展自查4次，未被提起行政复议。",
        "召开推进会2次，印发通知5份，没有发生行政复议案件。",
        "五、监督：未收到行政复议申请。",
        "四、行政复议情况：均为零。",
    ],
)
def test_what_was_done_for_the_work_is_no_topic_of_its_own(text: str) -> None:
    assert codes_of(text, cells=make_cells({"challenges.reconsideration.total": 2})) == ["T005"]


@pytest.mark.parametrize(
    "text",
    [
        "约谈游船公司3次，未作出处罚决定。",
        "开展烟花爆竹检查3次，未作出行政处罚。",
        "各区县开展自查4次，未作出行政处罚。",
    ],
)
def test_what_follows_from_a_check_is_said_of_those_checked(text: str) -> None:
    assert codes_of(text, cells=make_cells({"disclosure.penalties.decisions": 7})) == []


def test_not_one_left_means_that_all_were_dealt_with() -> None:
    shown = {"requests.received.total": 12, "requests.carried_out.total": 1, "requests.carried_out.business": 1}
    assert codes_of("收到申请12件，一件不剩全部办完。", cells=make_cells(shown)) == ["T005"]


def test_other_numbers_of_the_table_show_that_all_departments_are_the_whole() -> None:
    shown = {"requests.received.total": 105, "requests.carried_in.total": 5, "requests.carried_out.total": 2}
    cells, agency = make_cells(shown), "青岚市人民政府"
    told = check("各级各部门共收到申请105件，上年结转5件，没有结转下年度的件。", cells=cells, agency=agency)[1]
    assert [discrepancy.code for discrepancy in told] == ["T005"]
    assert not check("各级各部门共收到申请60件，没有结转下年度的件。", cells=cells, agency=agency)[1]


def test_nothing_carried_over_denies_no_number_of_the_other_year() -> None:
    shown = {"requests.received.total": 10, "requests.carried_out.total": 1}
    assert codes_of("收到申请10件；无结转申请。", "年末结转1件，下年答复。", cells=make_cells(shown)) == []


@pytest.mark.parametrize("text", ["不予公开的1件，未引发复议。", "被纠正的1件已重新答复，未再引发复议。"])
def test_what_did_not_follow_from_one_of_them_is_said_of_that(text: str) -> None:
    shown = {"requests.denied.internal_affairs.total": 1, "challenges.reconsideration.total": 3}
    assert codes_of(text, cells=make_cells(shown)) == []


def test_a_count_with_the_kinds_of_its_applicants_is_what_the_next_sentence_speaks_of() -> None:
    text = "受理政府信息公开申请20件，其中自然人20件。", "上述申请均在法定期限内办结，全部予以公开。"
    shown = {key: value for key, value in DUE.items() if "carried" not in key} | {"requests.handled.total": 20}
    assert codes_of(*text, cells=make_cells(shown)) == ["T005"]
