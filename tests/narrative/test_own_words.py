"""Words for none and all in clerks' own words."""

from __future__ import annotations

import pytest

from tests.narrative.builders import check, codes_of, make_cells

RECEIVED = {
    f"requests.{row}.{kind}": count
    for row in ("received", "handled", "granted")
    for kind, count in (("natural_person", 5), ("business", 2), ("total", 7))
}
NOT_HELD = {"requests.granted.total": 6, "requests.unavailable.not_held.total": 1}
NOT_PUBLISHED = {"requests.denied.internal_affairs.total": 1, "requests.granted.total": 6}
LEFT = {"requests.carried_out.natural_person": 1, "requests.carried_out.total": 1}
CORRECTED = {
    "challenges.reconsideration.upheld": 1,
    "challenges.reconsideration.corrected": 1,
    "challenges.reconsideration.total": 2,
}
LAWSUIT = {"challenges.litigation_direct.upheld": 1, "challenges.litigation_direct.total": 1}


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        (RECEIVED, ("收到的申请清一色是个人寄来的，没有一家公司。",)),
        (RECEIVED | LEFT, ("申请件全部了结，手里一件没剩。",)),
        (CORRECTED, ("两件复议，上级机关都支持了我局的答复。",)),
        (LAWSUIT, ("答复发出后没有谁再去打官司，信息公开没当过被告。",)),
        (RECEIVED, ("收到的7件申请无一来自企业。",)),
        (RECEIVED, ("今年收到7件申请，提出申请的均是本乡村民个人。",)),
        (RECEIVED, ("收到申请7件，均作了不予公开答复。",)),
        (RECEIVED | LEFT, ("本节介绍依申请公开工作。", "年末没有未答复的申请。")),
        (CORRECTED | RECEIVED, ("收到申请7件，按期答复7件，未引发复议。",)),
        (RECEIVED | NOT_HELD, ("收到申请7件，上年度为12件。", "全部予以公开。")),
        (RECEIVED | NOT_HELD, ("收到申请7件。", "申请人中自然人5件、企业2件。", "全部予以公开。")),
        (LAWSUIT, ("申请人对答复均无异议，没有人到法院起诉。",)),
        ({"disclosure.regulations.issued": 1}, ("市政府年内没有公布规章。",)),
        ({"disclosure.normative_documents.repealed": 2}, ("规范性文件管理规范，没有废止的文件。",)),
        ({"requests.carried_in.total": 2}, ("收到的申请均已答复，年初无结转。",)),
        ({"requests.not_processed.repeated.total": 2}, ("收到的申请均已答复，全年无不予处理件。",)),
    ],
)
def test_words_of_a_clerks_own_that_the_table_denies_are_told(values: dict[str, float], texts: tuple[str, ...]) -> None:
    assert set(codes_of(*texts, cells=make_cells(values))) == {"T005"}


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        (RECEIVED, ("奖学金申请都由学生个人提出。",)),
        (RECEIVED, ("通过信函提出的申请均为自然人，网上的有两件是企业。",)),
        (RECEIVED, ("乡里没有专门的机构，由党政办兼管信息公开申请。",)),
        (RECEIVED, ("以往没有企业申请，今年首次收到2件。",)),
        (RECEIVED, ("有的科室多年未收到申请，不熟悉程序。",)),
        (RECEIVED | LEFT, ("力争所有申请当年办结，一件不剩。",)),
        (RECEIVED | LEFT, ("去年结转的和今年收到的申请，还剩一件没有答复。",)),
        (RECEIVED | LEFT, ("低保申请全部办结，没有积压。",)),
        (CORRECTED, ("规范性文件无一件被撤销。",)),
        (LAWSUIT, ("因处罚引起的案件没有上法庭。",)),
        (RECEIVED, ("收到申请7件，没有外资企业提出申请。",)),
        (RECEIVED | LEFT, ("证照业务随到随办，没有积压。",)),
        (LAWSUIT, ("未发生因送达不当被告上法庭的案件。",)),
        (RECEIVED | LEFT, ("本节介绍依申请公开工作。", "年初无结转。", "上年也没有遗留件。")),
        (RECEIVED, ("被纠正的申请无一来自企业。",)),
        (RECEIVED | NOT_HELD, ("收到申请7件，其中涉及征地3件。", "全部予以公开。")),
        (RECEIVED | NOT_HELD, ("收到申请7件。", "编印手册3册。", "全部予以公开。")),
        (RECEIVED | NOT_HELD, ("收到申请7件。", "全部予以公开的有6件。")),
    ],
)
def test_what_is_said_of_something_else_accuses_nobody(values: dict[str, float], texts: tuple[str, ...]) -> None:
    assert codes_of(*texts, cells=make_cells(values)) == []


def test_what_the_sentence_itself_tells_is_no_contradiction() -> None:
    cells = make_cells(RECEIVED)
    assert codes_of("收到申请7件，其中企业2件，余下的清一色是个人。", cells=cells) == []


def test_in_noisy_prose_a_worn_character_makes_no_word_for_none() -> None:
    assert codes_of("行攻复议程序畅通，接受群众没诉。", "均予公井。", cells=make_cells(RECEIVED)) == []


@pytest.mark.parametrize(
    "text",
    [
        "申请人中自然人5件、组织3件。",
        "跨到明年的有2件。",
        "年初手上有2件。",
        "对2024年收到的8件政府信息公开申请开展案卷自查。",
    ],
)
def test_counts_in_plain_words_are_held_against_the_table(text: str) -> None:
    assert codes_of("本节介绍依申请公开工作。", text, cells=make_cells(RECEIVED)) == ["T001"]


def test_a_street_that_reports_names_itself_without_its_district() -> None:
    text = "2024年街道未接到政府信息公开申请。"
    _, found = check(text, cells=make_cells(RECEIVED), agency="清河区柳岸街道办事处")
    assert [discrepancy.code for discrepancy in found] == ["T005"]
