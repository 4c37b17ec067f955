"""Numbers whose words stand in another piece of the sentence: before a comma, a bracket, a colon, a change."""

from __future__ import annotations

import pytest

from tests.narrative.builders import claims_of, codes_of, make_cells

RECEIVED, HANDLED = "requests.received.total", "requests.handled.total"
CARRIED_IN, CARRIED_OUT = "requests.carried_in.total", "requests.carried_out.total"
LEAD = "本节介绍依申请公开工作。"


def targets(*texts: str) -> list[str]:
    return [fields for _, fields in claims_of(*texts)]


def test_labels_before_a_colon_share_out_the_numbers_behind_it() -> None:
    assert targets("收件/结转/办结/转出：23/2/24/1件。") == [RECEIVED, CARRIED_IN, HANDLED, CARRIED_OUT]


def test_the_unit_behind_the_last_number_of_a_list_is_that_of_all() -> None:
    assert [text for text, _ in claims_of("收件/办结：23/24件。")] == ["23", "24件"]


def test_a_word_for_both_kinds_of_disclosure_is_shared_out() -> None:
    text = "全部公开或者部分公开的合计9件（分别为6件和3件）。"
    assert targets(LEAD, text)[1:] == ["requests.granted.total", "requests.partially_granted.total"]


def test_the_former_and_the_latter_are_the_last_two_named() -> None:
    text = "提出申请的有自然人，也有法人和其他组织，前者19件，后者4件。"
    former, latter = targets(LEAD, text)
    assert former == "requests.received.natural_person"
    assert latter.count("+") == 4


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("由企业提出的政府信息公开申请，全年为4件。", "requests.received.business"),
        ("当事人递交的政府信息公开申请，到年底一共是27件。", RECEIVED),
        ("以本局名义制发的行政规范性文件，年内计7件。", "disclosure.normative_documents.issued"),
        ("公民个人申请最多，为19件。", "requests.received.natural_person"),
    ],
)
def test_the_noun_may_stand_in_the_piece_before(text: str, field: str) -> None:
    assert targets(LEAD, text) == [field]


def test_a_number_in_a_bracket_counts_what_stands_before_the_bracket() -> None:
    assert targets("行政处罚（64件）和行政许可（138件）的结果均已公示。") == [
        "disclosure.penalties.decisions",
        "disclosure.licensing.decisions",
    ]


def test_what_a_number_changed_to_is_of_the_year_that_it_changed_from_is_not() -> None:
    assert targets("政府信息公开申请由上年的31件增加到27件。") == ["", RECEIVED]
    assert targets("政府信息公开申请由2020年的31件降至2021年的27件。") == ["", ""]


def test_plain_words_for_outcomes_need_requests_before_them() -> None:
    given = ["requests.granted.total", "requests.partially_granted.total"]
    assert targets("办结申请9件，给了6件，给一部分的2件，没给的1件。")[1:3] == given
    assert targets("活动现场向群众给了6件礼品。") == [""]


def test_what_was_done_with_so_many_requests_counts_what_was_handled() -> None:
    assert targets("我局对14件申请作出了答复。") == [HANDLED]


CELLS = make_cells(
    {
        "disclosure.licensing.decisions": 138,
        RECEIVED: 34,
        "requests.received.business": 3,
        CARRIED_IN: 2,
        HANDLED: 36,
        "requests.unavailable.not_held.total": 4,
    }
)


@pytest.mark.parametrize(
    "text",
    [
        "行政许可，今年没有办理过。",
        "行政许可今年没有实施过。",
        "商业企业的申请，全年没有收到。",
        "全年没有一件是企业提出的申请。",
        "年内未出现因不掌握相关信息而无法提供的情形。",
        "办理结果中没有无法提供的情况。",
        "政府信息公开申请零受理。",
    ],
)
def test_a_word_for_none_denies_what_stands_before_it_and_outcomes_behind_it(text: str) -> None:
    assert codes_of(LEAD, text, cells=CELLS) == ["T005"]


@pytest.mark.parametrize("text", ["行政检查，今年没有开展过。", "收到的申请没有撤回的。", "我局没有要求补正的申请。"])
def test_what_the_form_does_not_count_is_not_denied(text: str) -> None:
    assert codes_of(LEAD, text, cells=CELLS) == []


def test_what_is_new_is_counted_without_what_was_left_over() -> None:
    assert codes_of("本年新收政府信息公开申请36件。", cells=CELLS) == ["T001"]
    assert codes_of("共收到政府信息公开申请36件。", cells=CELLS) == []


@pytest.mark.parametrize(
    ("texts", "codes"),
    [
        (("全年召开新闻通气会4场。", "重视发布工作，全年召开新闻通气会9场。"), ["T002"]),
        (("局党组专题听取工作汇报2次。", "局党组高度重视，全年专题听取工作汇报5次。"), ["T002"]),
        (("咨询热线全年接听1869次。", "咨询热线全年接听量为2374次。"), ["T002"]),
        (("全年召开新闻通气会4场。", "防汛期间，召开新闻通气会1场。"), []),
    ],
)
def test_two_counts_in_the_same_words_disagree_whatever_stands_before_them(
    texts: tuple[str, str], codes: list[str]
) -> None:
    assert codes_of(*texts, cells=CELLS) == codes
