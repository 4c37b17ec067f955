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
        "2件复议案件中，申请人是个人的1件，是企业的1件。",
        "参加出庭应诉3件，其中行政许可1件、行政处罚2件。",
        "建议答复公开12件，提案答复公开8件，共公开20件。",
        "水事处罚引起的行政诉讼3件，不在附表之列。",
        "评查行政处罚案卷11件，行政许可案卷9件。",
        "全年归集行政处罚24件，行政许可131件。",
        "网上办理行政许可120件，其余在窗口办理。",
        "对规范性文件进行了清理，继续有效17件，拟废止2件。",
        "岁末收到的1件申请转入下年。",
        "以邮寄形式答复的3件。",
        "前5件申请在一季度收到。",
        "承办代表建议9件、委员提案4件，办理结果均已公开。",
        "全年收到信访件33件，已按期办结。",
        "受理群众信访33件。",
        "办理行政复议33件。",
        "办理代表建议、委员提案分别为9件、4件，全文公开答复。",
        "收到的申请均无补正。",
        "没有作出撤销行政许可的决定。",
        "有所顾虑、没有同意公开（不予公开）的有0件。",
        "需要另外加工分析、因此无法提供的，有4件。",
        "信息公开行政诉讼共0件，其中没有经过复议就直接起诉的0件，复议之后又起诉的0件。",
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
        "组织案卷评查，抽查案卷80份，文书瑕疵已改。",
    ],
)
def test_other_matters_in_the_words_of_the_form_accuse_nobody(text: str) -> None:
    assert codes_of("本年度收到政府信息公开申请37件。", text, cells=CELLS) == []


@pytest.mark.parametrize("told", ["多为高校师生查找史料", "系保险公司和农户查询降水资料", "是村民、企业常问的事项"])
def test_who_usually_asks_is_not_who_asked_once(told: str) -> None:
    cells = make_cells({"requests.received.total": 1, "requests.received.other_organisation": 1})
    assert codes_of(f"本年度收到政府信息公开申请1件，{told}。", cells=cells) == []


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


def test_one_small_number_under_another_year_fits_by_chance() -> None:
    text = "2022年信息公开类行政复议有2件。"
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


@pytest.mark.parametrize("left", ["尚有2件待2025年继续办理", "结转2件到2025年", "2件留到2025年答复"])
def test_what_waits_for_the_next_year_is_of_this_one(left: str) -> None:
    texts = "收到政府信息公开申请37件。", f"年内收到申请37件，其中自然人35件；{left}。"
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


@pytest.mark.parametrize(
    "text",
    [
        "接听12345热线来电58件，已全部办结。",
        "受理接诉即办事项58件，均已办结。",
        "调处邻里纠纷58件，均已办结。",
        "处置网络舆情58件，全部办结。",
        "全年办结行政许可138件，均已办结。",
        "没有出现应当公开却未公开的事项。",
        "本机关不存在应公开而不予公开的内容。",
        "公开行政处罚类文件3件，行政许可文件51件。",
        "办理行政许可138件、行政处罚26件、行政复议5件。",
        "涉及复议的申请3件，均已登记。",
        "审理行政复议案件52件。",
        "本单位没有制定规范性文件的权限。",
        "1件申请，属于邻县职责，已作说明。",
        "办理申请36件（包括上年转来的），公民申请33件。",
        "未收到信息公开投诉件。",
        "全年没有接到政府信息公开投诉件。",
        "主动公开率100%。",
    ],
)
def test_other_business_kept_duties_and_bare_shares_accuse_nobody(text: str) -> None:
    assert codes_of("本年度收到政府信息公开申请37件。", text, cells=CELLS) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("申请均已办结。", "T005"),
        ("受理37件，均已办结。", "T005"),
        ("没有制定规范性文件。", "T005"),
        ("未收到政府信息公开申请。", "T005"),
        ("共收到投诉件。", "T003"),
        ("另收到公民申请33件。", "T001"),
    ],
)
def test_what_is_said_of_the_form_itself_is_still_held_against_it(text: str, code: str) -> None:
    assert code in codes_of("本年度收到政府信息公开申请37件。", text, cells=CELLS)


def test_what_a_bracket_names_is_no_row_of_what_follows_it() -> None:
    claims, _ = check("制定规章4件（其中废止后重订1件、废止2件），公开行政规范性文件3件。", cells=CELLS)
    assert claims[-1].field == "disclosure.normative_documents.issued"


def test_a_percentage_is_no_whole_of_another() -> None:
    """Of no requests no share was answered: 100% of a hundred per cent is none."""
    none = make_cells({"requests.received.total": 0, "requests.handled.total": 0, "requests.granted.total": 0})
    assert codes_of("主动公开率100%，依申请公开答复率100%。", cells=none) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("全年收到政府信息公开申请书55份。", "T001"),
        ("未收到任何单位、组织和个人要求公开政府信息的申请。", "T005"),
        ("未接到群众要求公开的信息。", "T005"),
        ("未收到公开行政复议的情况。", "T005"),
    ],
)
def test_plain_words_about_requests_are_held_against_the_form(text: str, code: str) -> None:
    assert codes_of(text, cells=CELLS) == [code]


def test_by_request_work_items_are_requests() -> None:
    claims, _ = check("收到政府信息依申请公开办理事项6件。", cells=CELLS)
    assert [claim.field for claim in claims] == ["requests.received.total"]


def test_in_a_list_of_what_there_was_none_of_the_challenge_is_meant() -> None:
    claims, _ = check("全年没有发生投诉、举报和行政复议。", cells=CELLS)
    assert [(claim.value, claim.field) for claim in claims] == [(0, "challenges.reconsideration.total")]


@pytest.mark.parametrize(
    "text",
    [
        "由于资料由邻县保管，无法提供的有3件。",
        "原件已随机构调整移走，因此无法提供的有3件。",
        "须把几份数据加工、汇总，因而无法提供的有3件。",
        "商业企业一年里没有提出申请。",
        "未公开的均为依法不予公开的内容。",
    ],
)
def test_a_part_with_its_reason_or_its_applicants_is_not_the_whole(text: str) -> None:
    cells = make_cells(
        {
            "requests.received.total": 37,
            "requests.received.natural_person": 37,
            "requests.denied.process_information.total": 4,
            "requests.unavailable.not_held.total": 5,
            "requests.unavailable.needs_creation.total": 3,
        }
    )
    assert codes_of("本年度收到政府信息公开申请37件。", "无法提供的共8件，不予公开的4件。", text, cells=cells) == []


def test_a_whole_without_a_reason_is_still_held_against_the_form() -> None:
    cells = make_cells({"requests.unavailable.not_held.total": 5, "requests.unavailable.needs_creation.total": 3})
    assert codes_of("全年办理的政府信息公开申请中，无法提供的有3件。", cells=cells) == ["T001"]
    cells = make_cells({"requests.denied.process_information.total": 4})
    assert codes_of("因有《条例》规定的情形，决定不予公开的政府信息公开申请共6件。", cells=cells) == ["T001"]


@pytest.mark.parametrize(
    "text",
    [
        "同上一年度一样，我局没有不予公开的申请。",
        "表格“行政强制”一栏为零。",
        "无法提供三小项均为零。",
        "提出申请的人都是自然人。",
        "来申请的都是村民个人。",
        "从身份看，申请人清一色为自然人。",
        "办结的申请中，未出现无法提供的情形。",
    ],
)
def test_what_the_form_calls_its_rows_and_who_asks_are_ordinary_words(text: str) -> None:
    shown = {
        "disclosure.coercion.decisions": 5,
        "requests.denied.internal_affairs.total": 1,
        "requests.unavailable.not_held.total": 4,
        "requests.received.total": 37,
        "requests.received.natural_person": 35,
        "requests.received.business": 2,
    }
    assert codes_of(text, cells=make_cells(shown)) == ["T005"]


def test_all_or_a_part_is_not_all() -> None:
    assert codes_of("申请人获得全部或者部分信息的答复（予以公开与部分公开）共11件。", cells=CELLS) == []


@pytest.mark.parametrize(
    "text",
    [
        "经沟通后申请人撤回的有5件，未作为申请登记。",
        "另有来信3件，未纳入申请统计。",
        "热线件、信访件、申请件分类流转，互不混同。",
        "未能公开的申请共6件，都已讲明理由。",
        "其他类型组织提出申请1件。",
        "行政处罚案件中按简易程序办的2件，听证1件。",
        "行政许可事项中由窗口当日办结的30件。",
    ],
)
def test_what_was_kept_apart_and_names_of_papers_accuse_nobody(text: str) -> None:
    shown = {
        "disclosure.penalties.decisions": 26,
        "disclosure.licensing.decisions": 138,
        "requests.received.total": 29,
        "requests.received.other_organisation": 1,
        "requests.denied.third_party_rights.total": 2,
        "requests.unavailable.not_held.total": 4,
    }
    cells = make_cells(shown)
    assert codes_of("收到政府信息公开申请29件。", text, cells=cells) == []


@pytest.mark.parametrize(
    "text", ["信访上年结转5件，当年办结。", "上年结转信访件5件。", "问题台账上年结转3件，已全部销号。"]
)
def test_what_another_matter_carried_over_is_no_request(text: str) -> None:
    assert codes_of(text, cells=make_cells({"requests.received.total": 9})) == []


@pytest.mark.parametrize(
    "text",
    [
        "信息公开答复被撤销后重新答复3件。",
        "信息公开答复被纠错2件。",
        "当场行政处罚20余件、普通程序6件。",
        "县交通局执法中队在我镇作出行政处罚41件。",
        "党政办文件清理废止4件、有效23件。",
        "行政处罚决定前的告知程序全年书面告知27次。",
        "规章3年来累计制定11件。",
    ],
)
def test_answers_overturned_and_deeds_of_one_manner_or_of_others_accuse_nobody(text: str) -> None:
    cells = make_cells(
        {
            "requests.handled.total": 40,
            "disclosure.penalties.decisions": 26,
            "disclosure.normative_documents.in_force": 3,
        }
    )
    assert codes_of(text, cells=cells) == []


def test_other_kinds_behind_some_of_them_are_all_that_are_not_named() -> None:
    received = {"natural_person": 9, "legal_service": 1, "total": 10}
    cells = make_cells({f"requests.received.{column}": value for column, value in received.items()})
    assert codes_of("新收申请中，自然人提出的9件，商业企业提出的0件，其他类型主体1件。", cells=cells) == []
    assert codes_of("新收申请中，自然人提出的9件，商业企业提出的0件，其他类型主体4件。", cells=cells) == ["T001"]


def test_the_rest_behind_what_is_pending_are_all_other_results() -> None:
    results = {"upheld": 7, "other": 2, "pending": 1, "total": 10}
    cells = make_cells({f"challenges.reconsideration.{result}": value for result, value in results.items()})
    assert codes_of("行政复议除1件尚在审理外，其余9件均已审结，其中维持7件。", cells=cells) == []
    assert codes_of("行政复议10件，除1件在审外，9件已审结，7件维持。", cells=cells) == []


def test_newly_registered_applications_are_received_ones() -> None:
    cells = make_cells({"requests.received.total": 242, "requests.handled.total": 244})
    assert codes_of("按照分科承办的流程办理，年内新登记申请242件，一并纳入台账，逐件销号。", cells=cells) == []


@pytest.mark.parametrize(
    "text",
    [
        "市政府今年审理政府信息公开行政复议案件9件，涉及本局2件，均予维持。",
        "对本局和所属分局提出的复议共5件，其中分局3件，局机关2件。",
        "年内公开人大代表建议办理答复23件、政协委员提案14件。",
    ],
)
def test_the_cases_of_a_wider_whole_and_answers_to_motions_accuse_nobody(text: str) -> None:
    cells = make_cells(
        {"challenges.reconsideration.upheld": 2, "challenges.reconsideration.total": 2, "requests.granted.total": 21}
    )
    assert codes_of(text, cells=cells) == []


@pytest.mark.parametrize(
    "text",
    [
        "今年收到的五件申请三件是公司提的、两件是村民提的，都按时作了答复。",
        "两件行政复议有一件跨年，还没有审结。",
    ],
)
def test_words_behind_a_number_are_its_own_and_challenges_are_not_carried_over(text: str) -> None:
    received = {"natural_person": 2, "business": 3, "total": 5}
    challenged = {"upheld": 1, "pending": 1, "total": 2}
    cells = {f"requests.received.{column}": value for column, value in received.items()}
    cells |= {f"challenges.reconsideration.{result}": value for result, value in challenged.items()}
    assert codes_of(text, cells=make_cells(cells)) == []


@pytest.mark.parametrize(
    "text", ["开展规范性文件合法性审核7件次。", "组织规范性文件公平竞争审查9件，修改意见均已采纳。"]
)
def test_documents_that_were_only_looked_at_are_not_those_that_were_made(text: str) -> None:
    assert codes_of("全年制发行政规范性文件3件，现行有效19件。", text, cells=CELLS) == []
