"""True statements in the words of the form about something else: they accuse nobody."""

from __future__ import annotations

import pytest

from extract.narrative.misdated import settle_years
from extract.records import Deviation
from tests.narrative.builders import AGENCY, check, codes_of, make_cells, make_narrative

CELLS = make_cells(
    {
        "disclosure.licensing.decisions": 138,
        "disclosure.penalties.decisions": 26,
        "disclosure.normative_documents.issued": 3,
        "disclosure.normative_documents.in_force": 19,
        "requests.received.total": 37,
        "requests.received.natural_person": 35,
        "requests.received.business": 2,
        "requests.handled.total": 36,
        "requests.granted.total": 21,
        "requests.partially_granted.total": 2,
        "requests.carried_out.total": 1,
        "challenges.reconsideration.total": 2,
        "challenges.reconsideration.upheld": 2,
    }
)


@pytest.mark.parametrize(
    "text",
    [
        "因土地征收引发行政复议6件，维持6件。",
        "另有其他行政复议案件4件，与政府信息公开没有关系。",
        "参加出庭应诉5件。",
        "水事处罚引起的行政诉讼3件，不在附表之列。",
        "评查行政处罚案卷11件，行政许可案卷9件。",
        "全年归集行政处罚24件，行政许可131件。",
        "网上办理行政许可120件，其余在窗口办理。",
        "对规范性文件进行了清理，继续有效17件，拟废止2件。",
        "岁末收到的1件申请转入下年。",
        "以邮寄形式答复的3件。",
        "前5件申请在一季度收到。",
        "承办代表建议9件、委员提案4件，办理结果均已公开。",
        "收到的申请均无补正。",
        "没有作出撤销行政许可的决定。",
        "部分公开的2件，均为自然人申请。",
        "办理复议答复6件，应诉3件。",
        "上一年度作出行政许可决定255件。",
        "予以公开21件，加上部分公开共 23 件。",
        "不予处理的情形为：重复申请0件，其余2件。",
        "一行各列中，自然人列为35，商业企业列为2，其余四列合计1。",
        "申请人既有自然人 35 件，也有商业企业 2 件，科研、公益和其他组织合计 1 件。",
        "审理行政复议案件52件，类型为土地、工伤和治安处罚。",
        "没有制发以县政府名义的规范性文件。",
        "行政许可138件已公示，其中1件涉及商业秘密。",
    ],
)
def test_other_matters_in_the_words_of_the_form_accuse_nobody(text: str) -> None:
    assert codes_of("本年度收到政府信息公开申请37件。", text, cells=CELLS) == []


def test_what_a_government_decides_as_the_reviewing_body_is_no_challenge_of_its_own() -> None:
    county = "青岚县人民政府"
    assert check("县政府全年收到行政复议申请88件，审结80件。", cells=CELLS, agency=county)[1] == ()
    assert check("我县全年被申请行政复议88件。", cells=CELLS, agency=county)[1]


def test_what_is_taken_on_and_dealt_with_is_what_was_dealt_with() -> None:
    assert codes_of("全年受理并办结政府信息公开申请36件。", cells=CELLS) == []
    assert codes_of("全年受理并办结政府信息公开申请39件。", cells=CELLS) == ["T001"]


def years_of(text: str, *named: Deviation) -> list[str]:
    settled = settle_years(named, make_narrative("（二）依申请公开情况。", text), CELLS, agency=AGENCY, year=2024)
    return [item.found for item in settled]


def test_this_years_figures_under_another_year_are_d001() -> None:
    text = "2022年度收件37件、办结36件。"
    assert years_of(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "2022年度收件31件、办结30件。",
        "作出行政许可决定138件，2022年为126件。",
        "全年新收37件，连同2023年度结转的0件一并办理，办结36件。",
        "较2022年收件37件持平。",
        "全年收到申请37件（2022年为12件）。",
    ],
)
def test_another_years_own_figures_are_no_d001(text: str) -> None:
    assert years_of(text) == []


def test_a_statement_with_another_years_figures_is_cleared() -> None:
    text = "2023年收到政府信息公开申请12件，已全部办结。"
    assert years_of(text, Deviation("D001", text, "2024年")) == []


def test_that_there_were_none_in_another_year_is_no_d001_where_there_were_some_in_this() -> None:
    text = "2023年我局没有因信息公开引发的行政复议。"
    assert years_of(text, Deviation("D001", text, "2024年")) == []


def test_a_year_without_any_case_is_told_of_any_year() -> None:
    text = "2023年未发生政府信息公开行政诉讼。"
    assert years_of(text, Deviation("D001", text, "2024年")) == []


def test_one_number_that_was_the_same_last_year_is_no_d001() -> None:
    texts = "本年度收到政府信息公开申请37件。", "2023年全年收到政府信息公开申请37件。"
    assert settle_years((), make_narrative(*texts), CELLS, agency=AGENCY, year=2024) == ()


def test_a_number_that_a_list_could_not_share_out_is_of_no_cell() -> None:
    text = "信访举报投诉类申请和重复申请分别为2件和－1－1件。"
    assert codes_of(text, cells=make_cells({"requests.not_processed.petition.total": 2})) == []


def test_what_stands_behind_a_closed_bracket_is_no_part_of_what_stands_before() -> None:
    assert codes_of("全年办结申请36件（包括上年结转的0件），新收31件。", cells=CELLS) == ["T001"]


def test_two_outcomes_named_together_are_both_meant() -> None:
    assert codes_of("予以公开和部分公开的申请共23件。", cells=CELLS) == []
    assert codes_of("予以公开和部分公开的申请共21件。", cells=CELLS) == ["T001"]


def test_a_rate_of_those_content_is_checked_where_they_are_counted() -> None:
    assert codes_of("收回调查问卷266份，满意188份，满意率为75.97%。", cells=CELLS) == ["T004"]
    assert codes_of("收回调查问卷266份，满意188份，满意率为70.68%。", cells=CELLS) == []
