"""What is all there is but for what is left out (除…外均), and what nobody did in so many words."""

from __future__ import annotations

import pytest

from tests.narrative.builders import check, codes_of, make_cells

TABLE: dict[str, float | None] = {
    "requests.received.total": 9,
    "requests.received.natural_person": 6,
    "requests.received.research": 3,
    "requests.carried_in.total": 1,
    "requests.handled.total": 9,
    "requests.granted.total": 5,
    "requests.unavailable.not_held.total": 4,
    "requests.carried_out.total": 1,
    "challenges.reconsideration.total": 4,
    "challenges.reconsideration.upheld": 2,
    "challenges.reconsideration.corrected": 1,
    "challenges.reconsideration.pending": 1,
    "challenges.litigation_direct.total": 2,
    "challenges.litigation_direct.upheld": 1,
    "challenges.litigation_direct.pending": 1,
    "disclosure.fees.amount": 12,
    "disclosure.normative_documents.repealed": 2,
}


@pytest.mark.parametrize(
    "text",
    [
        "除结转1件外，申请均予以公开。",
        "收到的申请除科研机构3件外，均为企业。",
        "两起诉讼法院都已判决。",
        "今年一件申请也没接到。",
        "收到的申请当年收、当年结。",
        "去年的申请早办了，没有剩到今年的。",
        "县政府没有纠正过我局的答复。",
        "行政事业性收费全部停征，本年收费为零。",
        "凡申请必公开，未出现一例无法提供。",
        "不过今年没有因“不掌握”而打发申请人的，这个我们有底。",
        "求取信息者，尽为农户。",
        "对办结的9件申请，经逐件研究，全部予以公开。",
    ],
)
def test_what_the_table_denies_is_told(text: str) -> None:
    assert codes_of(text, cells=make_cells(TABLE)) == ["T005"]


@pytest.mark.parametrize(
    "text",
    [
        "除不掌握的4件外，其余均予以公开。",
        "收到的申请除科研机构3件外，均为自然人。",
        "除1件被纠正外，已审结的复议均维持。",
        "县区局没有被申请复议的，市局有4件。",
        "复议未纠正的3件中，维持2件、在审1件。",
        "申请当年收、当年结的占八成以上。",
    ],
)
def test_what_the_table_bears_out_accuses_nobody(text: str) -> None:
    assert codes_of(text, cells=make_cells(TABLE)) == []


def test_a_school_calls_itself_school_and_a_bureau_does_not() -> None:
    text, cells = "本年度学校未收到信息公开申请。", make_cells(TABLE)
    for agency in ("青岚师范学院", "青岚县职业教育中心"):
        assert [item.code for item in check(text, cells=cells, agency=agency)[1]] == ["T005"]
    assert check(text, cells=cells, agency="青岚县教育局")[1] == ()


def test_documents_named_in_the_sentence_before_were_not_repealed() -> None:
    texts = ("规范性文件。", "没制发，也没废止。")
    assert codes_of(*texts, cells=make_cells(TABLE)) == ["T005"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("收到申请9件，自然人6件、科研机构3件，均予以公开。", ["T005"]),
        ("收到申请9件，公开5件、不掌握4件，均由自然人提出。", ["T005"]),
        ("收到申请9件，公开5件，均由自然人提出。", []),  # some of them
        ("收到申请9件，其中科研机构3件，其他均为自然人。", []),
        ("不掌握的4件，网上1件、信函3件，均为科研机构申请。", []),  # all parts, but of one outcome
        ("行政复议均获维持或以其他方式结案。", []),
    ],
)
def test_what_is_said_of_all_behind_a_list_that_adds_up_is_said_of_all(text: str, codes: list[str]) -> None:
    assert codes_of(text, cells=make_cells(TABLE)) == codes


def test_in_a_list_of_outcomes_none_that_were_opened_in_part_are_among_those_opened() -> None:
    cells = make_cells(TABLE | {"requests.partially_granted.total": 1, "requests.handled.total": 10})
    assert codes_of("办结10件，公开6件，部分公开1件，不掌握4件。", cells=cells) == ["T001"]
    assert codes_of("办结10件，公开6件，其中部分公开1件，不掌握4件。", cells=cells) == []
    assert codes_of("办结10件，公开6件，里面1件是部分公开，不掌握4件。", cells=cells) == []


def test_a_year_that_dates_what_was_counted_is_not_that_of_what_follows() -> None:
    text = "办理上年结转1件，均为2023年12月收到；年内办结9件，转下年4件。"
    assert codes_of(text, cells=make_cells(TABLE)) == ["T001"]
