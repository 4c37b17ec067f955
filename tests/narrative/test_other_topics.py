"""What is said of another topic than the form's, or of other things counted before, accuses no cell."""

from __future__ import annotations

import pytest

from tests.narrative.builders import codes_of, make_cells

CELLS = make_cells(
    {
        "disclosure.licensing.decisions": 61,
        "disclosure.penalties.decisions": 9,
        "disclosure.coercion.decisions": 3,
        "disclosure.fees.amount": 5,
        "requests.received.total": 12,
        "requests.handled.total": 10,
        "requests.granted.total": 10,
        "requests.carried_out.total": 2,
        "challenges.reconsideration.total": 3,
        "challenges.reconsideration.upheld": 2,
        "challenges.reconsideration.corrected": 1,
        "challenges.litigation_direct.total": 2,
        "challenges.litigation_direct.corrected": 1,
        "challenges.litigation_direct.upheld": 1,
    }
)


@pytest.mark.parametrize(
    "text",
    [
        "游船公司约谈3次，未作出处罚决定。",
        "鱼塘租户的申请办完了，没有积压。",
        "涉及渡口的收费照旧执行，没有新增收费项目。",
        "没有以县政府为被申请人的复议。",
        "复议维持的2件中，有1件继续提起诉讼。",
    ],
)
def test_a_topic_in_unknown_words_before_a_word_for_none_is_what_it_speaks_of(text: str) -> None:
    assert codes_of(text, cells=CELLS) == []


@pytest.mark.parametrize(
    "text",
    [
        "承办移民补助18件，均已办结。",
        "代理县政府出庭应诉31件，无一败诉。",
        "医患纠纷26件，进入诉讼的4件。",
        "调解渔民纠纷33件，成功30件，未进入诉讼。",
        "信访事项41件，办结38件，结转3件。",
        "就答复重复来问的4件，均未申请复议。",
    ],
)
def test_words_behind_a_count_of_other_things_speak_of_these(text: str) -> None:
    assert codes_of(text, cells=CELLS) == []


@pytest.mark.parametrize(
    "text",
    [
        "因采砂处罚引起的行政复议共14件。",
        "各县水利局收到申请31件。",
        "办理取水许可类申请71件。",
        "12件申请中有1件对答复不满意。",
        "未在当年办结的4件。",
    ],
)
def test_what_is_told_to_be_another_matter_is_not_asked_for_its_likelihood(text: str) -> None:
    assert codes_of(text, cells=CELLS) == []


@pytest.mark.parametrize(
    "text",
    [
        "坚持教育在先，未作出处罚决定。",
        "全年约谈游船公司3次，本局未作出行政处罚。",
        "收到申请12件，均已办结。",
        "复议、诉讼各一件，均已维持。",
        "行政诉讼2件，无一败诉。",
    ],
)
def test_what_is_said_of_the_whole_is_held_against_the_cells(text: str) -> None:
    assert codes_of(text, cells=CELLS) == ["T005"]


@pytest.mark.parametrize(
    "text",
    [
        "规范性文件管理方面，今年未出台行政规范性文件。",
        "我镇目前没有现行有效的行政规范性文件。",
        "收到的12件申请中，没有一件不予公开。",
        "上年没有申请转来，年初从零起步。",
        "2024年我县收到的政府信息公开申请均已办结。",
        "执法以劝导为先，年内未给予任何行政处罚。",
        "年内不曾动用行政强制手段。",
        "和往年一样，今年没有收到政府信息公开申请。",
    ],
)
def test_plain_statements_of_the_whole_are_not_taken_for_a_part(text: str) -> None:
    cells = {
        "disclosure.normative_documents.issued": 2,
        "disclosure.normative_documents.in_force": 6,
        "disclosure.penalties.decisions": 9,
        "disclosure.coercion.decisions": 3,
        "requests.received.total": 12,
        "requests.carried_in.total": 1,
        "requests.denied.internal_affairs.total": 1,
        "requests.granted.total": 10,
        "requests.handled.total": 11,
        "requests.carried_out.total": 2,
    }
    assert codes_of(text, cells=make_cells(cells)) == ["T005"]


def test_what_goes_on_next_year_is_no_request_that_came_in() -> None:
    assert codes_of("结转下年度继续办理政府信息公开申请4件。", cells=CELLS) == ["T001"]


def test_what_only_seems_to_set_a_topic_or_a_part_leaves_a_word_for_none_sure() -> None:
    cells = make_cells({"requests.carried_in.total": 4, "requests.carried_out.total": 2, "requests.received.total": 9})
    for text in ("无一超期，年底没有结转。", "收到申请9件，其中市本级6件、各县3件；没有上年转入。"):
        assert codes_of(text, cells=cells) == ["T005"], text
    denied = make_cells({"requests.denied.state_secret.total": 3, "requests.received.total": 9})
    assert codes_of("从严掌握不予公开的尺度，全年没有一件申请作不予公开处理。", cells=denied) == ["T005"]


def test_examples_before_a_kind_of_applicant_are_of_it() -> None:
    mixed = make_cells(
        {"requests.received.natural_person": 7, "requests.received.business": 2, "requests.received.total": 9}
    )
    assert codes_of("收到申请9件，申请人均为学生家长等自然人。", cells=mixed) == ["T005"]
    people = make_cells({"requests.received.natural_person": 9, "requests.received.total": 9})
    assert codes_of("收到申请9件，申请人均为学生家长等自然人。", cells=people) == []


def test_objections_and_the_whole_that_a_rate_is_of_are_no_counts_of_the_cells() -> None:
    assert codes_of("公示期内接到商户异议申请7份。", cells=CELLS) == []
    cells = make_cells(
        {
            "requests.received.total": 40,
            "requests.granted.total": 30,
            "requests.partially_granted.total": 2,
            "requests.handled.total": 40,
        }
    )
    assert codes_of("公开率八成：40件中予以公开和部分公开32件。", cells=cells) == []
