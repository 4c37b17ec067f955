"""Verdicts and T codes: what the tables deny is found, what was merely not understood is left alone."""

from __future__ import annotations

import pytest

from extract.narrative import check_claims
from extract.records import Label, State, Verdict
from tests.narrative.builders import AGENCY, YEAR, check, codes_of, make_cells, make_narrative

TABLE: dict[str, float | None] = {
    "requests.received.total": 18,
    "requests.received.natural_person": 18,
    "requests.granted.total": 14,
    "requests.unavailable.not_held.total": 3,
    "requests.handled.total": 17,
    "requests.carried_out.total": 1,
    "challenges.reconsideration.total": 2,
    "challenges.reconsideration.upheld": 1,
    "challenges.reconsideration.pending": 1,
}


def test_a_true_sentence_is_supported_and_finds_nothing() -> None:
    claims, found = check("收到政府信息公开申请18件，予以公开14件，无法提供3件，结转下年1件。", cells=make_cells(TABLE))
    assert {claim.verdict for claim in claims} == {Verdict.SUPPORTED}
    assert found == ()


def test_a_wrong_number_is_t001_with_both_numbers() -> None:
    _, (finding,) = check("收到政府信息公开申请19件。", cells=make_cells(TABLE))
    assert (finding.code, finding.expected, finding.found) == ("T001", 18.0, 19.0)
    assert finding.fields == ("requests.received.total",)


@pytest.mark.parametrize("text", ["全年实施行政强制21次。", "全年实施行政强制二十一次。"])
def test_deeds_of_coercion_may_be_counted_by_times(text: str) -> None:
    assert codes_of(text, cells=make_cells({"disclosure.coercion.decisions": 12})) == ["T001"]


def test_the_squads_and_offices_of_a_town_are_the_town() -> None:
    cells = make_cells({"disclosure.penalties.decisions": 18})
    _, found = check("镇综合行政执法队作出行政处罚13件。", cells=cells, agency="青岚县柳河镇人民政府")
    assert [finding.code for finding in found] == ["T001"]
    assert check("县综合行政执法队作出行政处罚13件。", cells=cells, agency="青岚县柳河镇人民政府")[1] == ()


def test_a_right_number_beside_that_surely_counts_another_row_is_no_excuse() -> None:
    shown = {"disclosure.normative_documents.issued": 4, "disclosure.normative_documents.in_force": 31}
    cells = make_cells({**shown, "disclosure.penalties.decisions": 31})
    text = "印发规范性文件4件，宣布失效0件，截至年底继续有效的33件全部挂网；行政处罚31件。"
    assert codes_of(text, cells=cells) == ["T001"]


def test_petitions_not_processed_may_be_stated_with_all_that_was_not_processed() -> None:
    shown = {"requests.not_processed.petition.total": 2, "requests.not_processed.repeated.total": 3}
    text = "借信息公开之名提出信访诉求的，依法不予处理{}件。"
    assert codes_of(text.format(5), cells=make_cells(shown)) == []
    assert codes_of(text.format(7), cells=make_cells(shown)) == ["T001"]


def test_a_wider_whole_whose_long_number_the_table_shows_is_the_reports_own() -> None:
    text = "全县水利系统全年作出行政许可决定1832件，行政处罚决定274件。"
    shown = {"disclosure.licensing.decisions": 1832, "disclosure.penalties.decisions": 247}
    assert codes_of(text, cells=make_cells(shown)) == ["T001"]
    assert codes_of(text, cells=make_cells({**shown, "disclosure.licensing.decisions": 138})) == []


def test_two_statements_that_differ_are_t001_and_t002() -> None:
    texts = ("2024年，收到政府信息公开申请18件。", "本局2024年收到政府信息公开申请0件。")
    assert codes_of(*texts, cells=make_cells(TABLE)) == ["T001", "T002"]


def test_counts_without_their_numbers_are_one_t003() -> None:
    assert codes_of("共印发文件，其中主动公开件，不予公开件。", cells=make_cells()) == ["T003"]
    assert codes_of("均为自然人申请件，已全部答复。", cells=make_cells()) == []
    assert codes_of("发布政策解读材料篇，视频类个，办结率达到%。", cells=make_cells()) == ["T003"]
    assert codes_of("更新公开栏期，张贴公告张。", cells=make_cells()) == ["T003"]
    assert codes_of("培训：期；参训：人次。", cells=make_cells()) == ["T003"]
    assert codes_of("收到意见若干条，按期归档，形成闭环链条。", cells=make_cells()) == []
    assert codes_of("全年承办代表建议件、政协提案件，接待群众人次。", cells=make_cells()) == ["T003"]


def test_a_blank_between_a_large_number_and_its_unit_is_no_missing_number() -> None:
    assert codes_of("政务微信阅读量超 21.32万 人次，公开 三 件。", cells=make_cells()) == []
    assert codes_of("全年共收到申请 件。", cells=make_cells()) == ["T003"]


def test_a_share_that_does_not_follow_is_t004() -> None:
    assert codes_of("予以公开14件，占办结总数的82.4%。", cells=make_cells(TABLE)) == []
    assert codes_of("予以公开14件，占办结总数的62.4%。", cells=make_cells(TABLE)) == ["T004"]


@pytest.mark.parametrize(
    "text",
    [
        "处理热线工单384件，其中咨询类124件，占工单总数的20.4%。",
        "河长投诉88件，其中有效投诉40件，占比达54.1%。",
        "收到意见130条，采纳52条，采纳率55%。",
        "推文116篇，自己写的原创24篇，原创占全部的33.8%。",
        "访谈由上年的80期增至92期，增长25%。",
        "2023年办展27场，与2022年的29场相比减少2场，同比下降20.9%。",
        "推文1055篇，占发布总量1222篇的98.7%。",
        "推文4篇，占发布总量（20 篇）的31.2%。",
        "去年办展13场，今年办展19场，多了68.9%。",
    ],
)
def test_a_percentage_that_its_own_sentence_belies_is_t004(text: str) -> None:
    assert codes_of(text, cells=make_cells()) == ["T004"]


@pytest.mark.parametrize(
    "text",
    [
        "处理热线工单384件，其中咨询类124件，占工单总数的32.3%。",
        "处理热线工单384件，其中咨询类124件，占全市咨询类工单的20.4%。",
        "发布信息797条，其中政策类27条，原创信息占63%。",
        "留言64条，答复60条，满意率98.5%。",
        "访谈92期，推文80篇，同比增长25%。",
        "访谈由上年的80期增至92期，增长15%。",
        "检查12次，发现问题11个，整改率90.9%。",
        "2023年访谈28期，较2022年减少11期，同比下降28.2%。",
        "访谈比上年净减8期（2022年33期、2023年25期），降幅24.2%。",
        "建议提案复文经审查后，公开10件，涉密不予公开2件。",
        "第三方书面反对公开的1件，作不予公开处理。",
        "许可、处罚均在七日内公示，公示率100%。",
        "2022年企业申请占32.5%，比重较大。",
        "县政府本级收到的申请中，予以公开的占34.7%。",
    ],
)
def test_a_percentage_of_something_else_is_no_t004(text: str) -> None:
    assert codes_of(text, cells=make_cells()) == []


def test_what_stands_before_a_bracket_narrows_its_numbers() -> None:
    cells = make_cells({"challenges.reconsideration.total": 3})
    assert codes_of("未审结的信息公开案件（复议1件、诉讼0件）下年度披露。", cells=cells) == []
    assert codes_of("信息公开案件（复议1件、诉讼0件）均依法应对。", cells=cells) == ["T001"]


def test_what_there_is_none_of_is_of_the_things_named_before_the_word() -> None:
    cells = make_cells({"disclosure.regulations.issued": 4})
    texts = ("年内公布的政府规章为4件。", "行政规范性文件零新增。")
    assert codes_of(*texts, cells=cells) == []


def test_outcomes_of_which_there_were_no_requests() -> None:
    cells = make_cells({"requests.not_processed.petition.total": 2})
    assert codes_of("全年未出现不予处理的政府信息公开申请。", cells=cells) == ["T005"]
    assert codes_of("全年没有信访举报投诉类政府信息公开申请。", cells=cells) == ["T005"]


def test_open_words_mean_the_wider_sum_where_it_fits() -> None:
    cells = make_cells({"requests.granted.total": 9, "requests.partially_granted.total": 3})
    ((claim, *_), found) = check("收到申请后同意公开12件，无法提供0件。", cells=cells)
    assert claim.sum_of == ("requests.granted.total", "requests.partially_granted.total")
    assert (claim.verdict, found) == (Verdict.SUPPORTED, ())


def test_of_two_numbers_for_one_cell_in_a_sentence_the_one_that_fits_is_meant() -> None:
    cells = make_cells({"requests.received.total": 23})
    claims, found = check("收到政府信息公开申请23件，各科室收到申请5件。", cells=cells)
    assert found == ()
    assert claims[0].verdict is Verdict.SUPPORTED


def test_words_for_none_against_the_table_are_t005() -> None:
    assert codes_of("全年未收到政府信息公开申请。", cells=make_cells(TABLE)) == ["T005"]
    assert codes_of("全年未收到政府信息公开申请。", cells=make_cells()) == []


@pytest.mark.parametrize(
    "text",
    [
        "传真渠道未收到政府信息公开申请。",
        "因年末受理而尚未作出复议决定的案件1件。",
        "收到水价调整申请7件。",
        "商业企业提出的申请均已办结。",
        "申请人对答复均无异议。",
        "没有政府信息公开申请被延期。",
    ],
)
def test_what_is_said_of_a_part_or_of_what_befell_it_accuses_nobody(text: str) -> None:
    assert codes_of("收到政府信息公开申请18件。", text, cells=make_cells(TABLE)) == []


def test_words_for_all_against_the_table_are_t005() -> None:
    cells = make_cells(TABLE)
    assert codes_of("收到政府信息公开申请18件，所有申请均已办结。", cells=cells) == ["T005"]
    assert codes_of("行政复议2件，均获维持。", cells=cells) == ["T005"]
    assert codes_of("收到政府信息公开申请18件，均为自然人提出。", cells=cells) == []


def test_answered_in_time_says_nothing_of_what_was_carried_over() -> None:
    assert codes_of("收到政府信息公开申请18件，均在法定期限内答复。", cells=make_cells(TABLE)) == []


def test_a_claim_about_a_cell_that_was_not_read_is_unverifiable() -> None:
    (claim,), found = check(
        "收到政府信息公开申请19件。", cells=make_cells(TABLE | {"requests.received.total": None}, State.ILLEGIBLE)
    )
    assert claim.verdict is Verdict.UNVERIFIABLE
    assert found == ()


def test_a_lawsuit_is_denied_where_no_litigation_cell_shows_anything() -> None:
    lost: dict[str, float | None] = {
        f"challenges.{kind}.{end}": None
        for kind in ("litigation_direct", "litigation_after_reconsideration")
        for end in ("upheld", "corrected", "other", "pending", "total")
    }
    assert codes_of("行政诉讼1件。", cells=make_cells(TABLE | lost, State.MISSING)) == ["T001"]


def test_a_lawsuit_is_left_alone_where_the_whole_table_was_not_found() -> None:
    gone: dict[str, float | None] = {field: None for field in make_cells() if field.startswith("challenges.")}
    assert codes_of("行政诉讼1件。", cells=make_cells(gone, State.MISSING)) == []


def test_accepted_may_differ_from_received_where_something_was_carried_over() -> None:
    cells = make_cells({"requests.received.total": 17, "requests.carried_in.total": 2, "requests.handled.total": 19})
    assert codes_of("受理政府信息公开申请19件。", cells=cells) == []


def test_the_government_itself_is_not_its_whole_district() -> None:
    cells = make_cells({"requests.received.total": 163})
    claims, found = check("县政府本级收到政府信息公开申请20件。", cells=cells, agency="青岚县人民政府")
    assert [claim.verdict for claim in claims] == [Verdict.UNVERIFIABLE]
    assert found == ()


def test_another_year_is_unverifiable() -> None:
    claims, found = check("2023年收到政府信息公开申请9件。", cells=make_cells(TABLE))
    assert [claim.verdict for claim in claims] == [Verdict.UNVERIFIABLE]
    assert found == ()


def test_a_rounded_number_is_not_called_wrong() -> None:
    cells = make_cells({"disclosure.licensing.decisions": 27983})
    claims, found = check("办理行政许可2.79万余件。", cells=cells)
    assert [claim.verdict for claim in claims] == [Verdict.SUPPORTED]
    assert found == ()


def test_proposals_that_are_all_done_say_nothing_of_requests() -> None:
    cells = make_cells({"requests.received.total": 8, "requests.carried_out.total": 1})
    assert codes_of("收到政府信息公开申请8件。", "承办人大代表建议3件、政协提案9件，均已办结。", cells=cells) == []
    assert codes_of("收到政府信息公开申请8件，均已办结。", cells=cells) == ["T005"]


def test_two_outcomes_together_are_a_share_of_what_was_dealt_with() -> None:
    values = {"requests.granted.total": 60, "requests.partially_granted.total": 12, "requests.handled.total": 128}
    texts = "予以公开60件、部分公开12件，两项合计占办结总数的{}%。"
    cells = make_cells(values)
    assert codes_of("办结政府信息公开申请128件。", texts.format("56.3"), cells=cells) == []
    assert codes_of("办结政府信息公开申请128件。", texts.format("65.3"), cells=cells) == ["T004"]


def test_a_percentage_that_lost_its_point_is_no_mismatch() -> None:
    cells = make_cells({"requests.granted.total": 5, "requests.handled.total": 10})
    assert codes_of("办结政府信息公开申请10件。", "予以公开5件，占办结总数的500%。", cells=cells) == []
    assert codes_of("办结政府信息公开申请10件。", "予以公开5件，占办结总数的700%。", cells=cells) == ["T004"]


CHALLENGED: dict[str, float | None] = {
    "challenges.reconsideration.total": 9,
    "challenges.reconsideration.upheld": 5,
    "challenges.reconsideration.corrected": 1,
    "challenges.reconsideration.other": 2,
    "challenges.reconsideration.pending": 1,
}


def test_others_at_the_end_of_a_list_are_what_it_leaves_out() -> None:
    assert codes_of("行政复议9件，其中维持5件，其他4件。", cells=make_cells(CHALLENGED)) == []
    assert codes_of("行政复议9件，其中维持的占56%，为5件，其他4件。", cells=make_cells(CHALLENGED)) == []
    assert codes_of("行政复议9件，其中维持5件，其他3件。", cells=make_cells(CHALLENGED)) == ["T001"]


def test_others_of_a_complete_list_are_their_cell() -> None:
    text = "行政复议9件，其中维持5件，纠正1件，尚未审结1件，其他2件。"
    assert codes_of(text, cells=make_cells(CHALLENGED | {"challenges.reconsideration.other": 3})) == ["T001"]


def test_rounded_numbers_agree_with_their_cell_and_with_one_another() -> None:
    cells = make_cells({"disclosure.licensing.decisions": 21764, "disclosure.fees.amount": 1960.37})
    assert codes_of("作出行政许可2.18万件。", "全年作出行政许可21764件。", cells=cells) == []
    assert codes_of("作出行政许可2.17万件。", cells=cells) == ["T001"]
    assert codes_of("行政事业性收费0.196亿元。", cells=cells) == []
    assert codes_of("行政事业性收费0.186亿元。", cells=cells) == ["T001"]


CARRIED = make_cells(
    {
        "requests.received.total": 5,
        "requests.received.natural_person": 3,
        "requests.received.business": 2,
        "requests.carried_out.total": 1,
    }
)


@pytest.mark.parametrize(
    "text",
    [
        "收到政府信息公开申请5件，除1件结转下年外均已办结。",
        "收到政府信息公开申请5件，除1件结转下年外，其余均已办结。",
        "收到政府信息公开申请5件，均为自然人和商业企业提出。",
        "收到书面申请3件、网上申请2件。",
        "乡镇（街道）均未收到申请。",
        "25家部门未收到政府信息公开申请。",
        "部分单位未收到政府信息公开申请。",
    ],
)
def test_exceptions_parts_and_ways_are_not_the_whole(text: str) -> None:
    assert codes_of(text, cells=CARRIED) == []


@pytest.mark.parametrize("text", ["收到政府信息公开申请5件，均已办结。", "收到政府信息公开申请5件，均为自然人提出。"])
def test_all_words_without_exception_are_held_against_the_table(text: str) -> None:
    assert codes_of(text, cells=CARRIED) == ["T005"]


OUTCOMES: dict[str, float | None] = {
    "requests.received.total": 38,
    "requests.carried_in.total": 4,
    "requests.handled.total": 36,
    "requests.carried_out.total": 6,
    "requests.granted.total": 12,
    "requests.partially_granted.total": 9,
    "requests.denied.internal_affairs.total": 3,
    "requests.denied.process_information.total": 5,
    "requests.unavailable.not_held.total": 5,
    "requests.unavailable.needs_creation.total": 2,
    "challenges.litigation_direct.total": 7,
    "challenges.litigation_after_reconsideration.total": 5,
    "disclosure.regulations.issued": 3,
    "disclosure.normative_documents.issued": 8,
    "disclosure.normative_documents.in_force": 30,
}


@pytest.mark.parametrize(
    ("true", "wrong"),
    [
        ("已有36件政府信息公开申请办理完毕。", "已有39件政府信息公开申请办理完毕。"),
        ("政府信息公开申请12件予以公开，9件部分公开。", "政府信息公开申请15件予以公开，9件部分公开。"),
        ("因没有现成信息需要另行制作，政府信息公开申请无法提供2件。", "因没有现成信息，政府信息公开申请无法提供4件。"),
        (
            "因内部事务信息、过程性信息不予公开的政府信息公开申请分别为3件和5件。",
            "因内部事务信息、过程性信息不予公开的政府信息公开申请分别为3件和7件。",
        ),
        ("复议后提起的政府信息公开行政诉讼5件。", "复议后提起的政府信息公开行政诉讼8件。"),
        ("政府信息公开申请办结36件，结转至下一年度6件。", "政府信息公开申请办结36件，结转至下一年度9件。"),
        ("收到申请38件，办结36件，结转6件。", "收到申请38件，办结36件，结转9件。"),
        ("全年制定政府规章3件，行政规范性文件8件。", "全年制定政府规章3件，行政规范性文件11件。"),
        ("全年登记政府信息公开申请38件。", "全年登记政府信息公开申请41件。"),
        ("从上一年度结转过来的政府信息公开申请4件。", "从上一年度结转过来的政府信息公开申请7件。"),
    ],
)
def test_what_a_number_counts_is_told_in_any_order_of_words(true: str, wrong: str) -> None:
    lead = "2024年，我局认真办理政府信息公开申请。"
    assert codes_of(lead, true, cells=make_cells(OUTCOMES)) == []
    assert codes_of(lead, wrong, cells=make_cells(OUTCOMES)) == ["T001"]


@pytest.mark.parametrize(
    "text",
    [
        "全年收到申请38件，提前办结政府信息公开申请10件。",
        "全年收到申请38件，当场答复政府信息公开申请3件，三日内答复5件。",
        "以邮寄方式提出的政府信息公开申请为6件。",
        "收到政府信息公开申请38件，收到重复申请后合并办理2件。",
        "全年收到政府信息公开申请38件，处理信访件11件。",
        "截至6月底，现行有效规范性文件13件。",
        "全年政府信息公开申请办理总数为36件。",
        "收到申请38件，办结36件，结转4件。",
    ],
)
def test_a_part_another_matter_or_another_day_is_not_the_cell(text: str) -> None:
    assert codes_of(text, cells=make_cells(OUTCOMES)) == []


@pytest.mark.parametrize(
    "text",
    [
        "上年度未办结转入本年的政府信息公井申请为4件。",
        "年未结转下年的政府信息公井申请为6件。",
        "本年度制发文件8件，年未有效的规范性文伴为30件。",
        "未经复议直接赴诉的政府信息公井行改诉讼7件。",
        "转入木年的政府信息公井申请为4件。",
        "政府信息公开申请其地处理5件。",
        "在答复的政府信息公开申请中，有12件子以公开。",
        "有12件政府信息公开申清得到子以分开的答夏。",
        "全年衍政执法检查8次，位案14件，作出行政处罰26伴。",
    ],
)
def test_damage_never_makes_another_year_or_matter(text: str) -> None:
    assert codes_of(text, cells=make_cells(OUTCOMES)) == []


def test_a_rate_and_a_share_of_challenges_are_checked() -> None:
    cells = make_cells({**TABLE, "requests.carried_in.total": 0})
    assert codes_of("政府信息公开申请办结率为94.4%。", cells=cells) == []
    assert codes_of("政府信息公开申请办结率为88.4%。", cells=cells) == ["T004"]
    assert codes_of("政府信息公开行政复议2件，维持1件，占50%。", cells=cells) == []
    assert codes_of("政府信息公开行政复议2件，维持1件，占45%。", cells=cells) == ["T004"]
    assert codes_of("政府信息公开行政复议2件，占申请量的13.3%。", cells=cells) == []


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("申请量比上一年（16件）多2件。", []),
        ("收到政府信息公开申请20件，比上一年（16件）多4件。", ["T001"]),
        ("依法公开17件（含部分公开3件）。", []),
        ("公开数量（包括部分公开）：17件。", []),
        ("依法公开18件（含部分公开3件）。", ["T001"]),
        ("自然人18件，其余2件来自单位。", []),
        ("连去年转来的在内共处理17件申请。", []),
        ("含上年结转在内一共处理17件。", []),
        ("本机关不掌握相关信息3件，其余14件按别的情形处理，其他处理2件。", ["T001"]),
        ("本机关不掌握相关信息3件；其余4件按其他情形答复。", []),
        ("纠正表述错误11处，清理迀期、失效信息75条。", []),
    ],
)
def test_a_difference_a_part_and_a_remainder_are_no_cell_of_their_own(sentence: str, codes: list[str]) -> None:
    table = TABLE | {"requests.partially_granted.total": 3, "requests.received.other_organisation": 0}
    assert codes_of(sentence, cells=make_cells(table)) == codes


@pytest.mark.parametrize(
    "text",
    [
        "我局没有发生同信息公开有关的行政复议或者行政诉讼。",
        "全年未出现与政府信息公开工作相关的复议、诉讼案件。",
        "年内无涉及信息公开的行政复议。",
    ],
)
def test_challenges_that_have_to_do_with_the_work_are_those_of_the_form(text: str) -> None:
    assert codes_of(text, cells=make_cells({"challenges.reconsideration.total": 2})) == ["T005"]
    assert codes_of(text, cells=make_cells()) == []


def test_challenges_of_another_matter_are_none_of_the_form() -> None:
    for text in ("没有发生与工程招标有关的行政复议。", "没有发生与信息公开无关的复议。"):
        assert codes_of(text, cells=make_cells({"challenges.reconsideration.total": 2})) == []


def test_a_number_with_last_years_in_a_bracket_behind_it_is_this_years() -> None:
    cells = make_cells({"requests.handled.total": 24, "requests.granted.total": 12})
    for text in (
        "全年办结申请24件，上年办结28件；其中予以公开{}件（上年10件）。",
        "办结申请24件（去年同期28件）；其中予以公开{}件（去年同期10件）。",
        "本年办结申请24件，2023年办结28件；予以公开{}件（2023年为10件）。",
    ):
        assert codes_of(text.format(11), cells=cells) == ["T001"]
        assert codes_of(text.format(12), cells=cells) == []


def test_what_stands_under_last_year_without_this_years_before_it_contradicts_nothing() -> None:
    cells = make_cells({"requests.handled.total": 24, "requests.granted.total": 12})
    assert codes_of("上年办结申请28件；其中予以公开10件，办结率100%。", cells=cells) == []


@pytest.mark.parametrize(
    "text",
    ["收到18件申请，全是村民本人提的。", "收到18件申请，清一色由个人提交。", "收到18件申请，无一例外是农户个人提出。"],
)
def test_all_of_one_kind_of_applicant_in_plain_speech_is_t005_where_there_are_others(text: str) -> None:
    others = {"requests.received.natural_person": 15, "requests.received.business": 3}
    assert codes_of(text, cells=make_cells(TABLE)) == []
    assert codes_of(text, cells=make_cells({**TABLE, **others})) == ["T005"]


@pytest.mark.parametrize("text", ["收到申请18件，没有一件拖过年。", "收到申请18件，一件也没有留到下一年。"])
def test_nothing_put_off_past_the_year_is_t005_beside_a_carry_over(text: str) -> None:
    assert codes_of(text, cells=make_cells(TABLE)) == ["T005"]
    assert codes_of(text, cells=make_cells({**TABLE, "requests.carried_out.total": 0})) == []


@pytest.mark.parametrize(
    ("text", "number", "field"),
    [
        ("收到申请18件，另有{}件要明年接着办。", 1, "requests.carried_out.total"),
        ("收到申请18件，剩下{}件转到明年。", 1, "requests.carried_out.total"),
        ("收到申请18件，有{}件不归乡里掌握。", 3, "requests.unavailable.not_held.total"),
        ("收到申请18件，手头没有材料的{}件。", 3, "requests.unavailable.not_held.total"),
    ],
)
def test_plain_words_for_an_outcome_name_its_cell(text: str, number: int, field: str) -> None:
    assert codes_of(text.format(number), cells=make_cells(TABLE)) == []
    _, (finding,) = check(text.format(number + 1), cells=make_cells(TABLE))
    assert (finding.code, finding.fields) == ("T001", (field,))


def test_cells_that_make_more_than_the_text_says_contradict_it_though_one_of_them_was_not_read() -> None:
    cells = make_cells({**TABLE, "requests.unavailable.still_unclear.total": None}, State.MISSING)
    assert codes_of("收到申请18件，无法提供2件。", cells=cells) == ["T001"]
    assert codes_of("收到申请18件，无法提供4件。", cells=cells) == []


def test_a_bracket_that_adds_something_to_unknown_words_does_not_say_what_is_counted() -> None:
    cells = make_cells({**TABLE, "requests.partially_granted.total": 2})
    assert codes_of("收到申请18件，公并（含部分公开）的3件。", cells=cells) == []


@pytest.mark.parametrize(
    "text",
    [
        "收到申请18件，公开含部分公开）的17件。",
        "复议2件：其地1件尚未审结1件。",
        "无复议案件应诉行政诉讼3件。",
        "收到申请18件，公开14件占办结件的82.4%。",
    ],
)
def test_where_a_mark_was_lost_a_number_is_not_bound_to_its_neighbours_words(text: str) -> None:
    cells = make_cells({**TABLE, "challenges.litigation_direct.total": 3, "challenges.litigation_direct.pending": 3})
    assert codes_of(text, cells=cells) == []


def test_documents_of_which_nothing_is_said_contradict_no_column_where_another_shows_the_number() -> None:
    shown = {"disclosure.normative_documents.issued": 14, "disclosure.normative_documents.in_force": 117}
    assert codes_of("行政规范性文件117件，年内清理废止0件。", cells=make_cells(shown)) == []
    assert codes_of("制发行政规范性文件117件，年内清理废止0件。", cells=make_cells(shown)) == ["T001"]


def test_anybody_who_may_ask_is_no_kind_of_applicant_though_a_mark_is_lost() -> None:
    assert codes_of("收到公民法人或其他组织政府信息公开申请18件。", cells=make_cells(TABLE)) == []


def test_what_was_left_over_and_comes_on_top_leaves_no_doubt_of_what_is_new() -> None:
    cells = make_cells({"requests.received.total": 8, "requests.carried_in.total": 1, "requests.handled.total": 9})
    assert codes_of("全年收到申请9件，加上年结转1件，办结9件。", cells=cells) == ["T001"]


def test_two_numbers_of_a_list_that_changed_places_are_two_t001() -> None:
    cells = make_cells({"requests.denied.process_information.total": 9, "requests.denied.third_party_rights.total": 7})
    text = "不予公开的情形中，居首的为过程性信息7件、第三方权益9件。"
    assert codes_of(text, cells=cells) == ["T001", "T001"]
    assert codes_of(text.replace("7件、", "9件、").replace("权益9", "权益7"), cells=cells) == []


def test_numbers_before_their_words_may_be_one_anothers() -> None:
    cells = make_cells({"requests.denied.process_information.total": 9, "requests.denied.third_party_rights.total": 7})
    assert codes_of("台账所见有7件过程性信息9件第三方权益。", cells=cells) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("个别答复不够严谨，全年有5件答复在行政复议中被纠正。", ["challenges.reconsideration.corrected"]),
        ("办理时限把握不严，年末尚有4件申请没有办结，结转下年度。", ["requests.carried_out.total"]),
        ("吸取去年5件复议被纠正的教训，加强文书审核。", []),
        ("争取把复议纠正的案件控制在1件以内。", []),
    ],
)
def test_what_went_wrong_in_the_year_is_a_fact_in_the_section_of_problems(text: str, told: list[str]) -> None:
    narrative = make_narrative(text, section=5, label=Label.PROBLEM)
    _, found = check_claims(narrative, make_cells(TABLE), year=YEAR, agency=AGENCY)
    assert [field for item in found for field in item.fields] == told


def test_loose_words_for_what_came_in_mean_no_more_than_was_due() -> None:
    cells = make_cells({**TABLE, "requests.carried_in.total": 2})
    assert codes_of("全年受理政府信息公开申请31件。", cells=cells) == ["T001"]
    assert codes_of("全年受理政府信息公开申请17件。", cells=cells) == []


def test_all_that_could_not_be_provided_is_no_word_for_none() -> None:
    cells = make_cells(
        {"requests.received.total": 3, "requests.unavailable.not_held.total": 3, "requests.handled.total": 3}
    )
    assert codes_of("收到申请3件，均无法提供。", cells=cells) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [("收到申请18件，全部予以公开或部分公开。", ["T005"]), ("收到的申请均由建筑企业提出。", ["T005"])],
)
def test_words_for_all_hold_of_two_outcomes_and_of_firms_of_one_trade(text: str, codes: list[str]) -> None:
    assert codes_of(text, cells=make_cells(TABLE)) == codes
    both = {"requests.granted.total": 15, "requests.partially_granted.total": 3, "requests.handled.total": 18}
    firms = {"requests.received.total": 18, "requests.received.business": 18}
    assert codes_of(text, cells=make_cells({**firms, **both})) == []


@pytest.mark.parametrize(
    "text",
    [
        "收到公开申请15件，连同上年转来的1件，共15件；答复15件，年末在办1件。",
        "收到申请15件，年内答复14件，其中公开9件、部分公开4件、不掌握2件。",
    ],
)
def test_a_number_whose_parts_stand_beside_it_means_their_sum(text: str) -> None:
    cells = make_cells(
        {
            "requests.received.total": 15,
            "requests.carried_in.total": 1,
            "requests.handled.total": 15,
            "requests.granted.total": 9,
            "requests.partially_granted.total": 4,
            "requests.unavailable.not_held.total": 2,
            "requests.carried_out.total": 1,
        }
    )
    assert codes_of(text, cells=cells) == ["T001"]


def test_an_account_that_is_told_whole_has_no_other_meaning() -> None:
    cells = make_cells(
        {
            "requests.received.total": 18,
            "requests.carried_in.total": 1,
            "requests.handled.total": 18,
            "requests.carried_out.total": 1,
        }
    )
    assert codes_of("新收申请18件，上年结转1件，办结17件，结转下年1件。", cells=cells) == ["T001"]
    assert codes_of("新收申请18件，办结17件。", cells=cells) == []  # of the new ones


def test_outcomes_behind_both_kinds_of_challenges_may_be_those_of_both() -> None:
    cells = make_cells(
        {
            "challenges.reconsideration.total": 6,
            "challenges.reconsideration.pending": 1,
            "challenges.litigation_direct.total": 3,
            "challenges.litigation_direct.pending": 1,
        }
    )
    assert codes_of("行政复议6件、行政诉讼3件，其中尚未审结2件。", cells=cells) == []
    assert codes_of("行政诉讼3件，其中尚未审结2件。", cells=cells) == ["T001"]


def test_two_kinds_of_applicants_named_together_are_their_sum() -> None:
    cells = make_cells(
        {"requests.received.business": 2, "requests.received.research": 26, "requests.received.other_organisation": 3}
    )
    assert codes_of("其他组织3件，公司和科研机构合并计算28件。", cells=cells) == []
    assert codes_of("其他组织3件，公司和科研机构合并计算38件。", cells=cells) == ["T001"]


def test_what_came_in_is_told_anew_behind_a_semicolon() -> None:
    cells = make_cells({"requests.received.total": 4, "requests.carried_in.total": 1, "requests.handled.total": 5})
    assert codes_of("年内办结申请5件，含上年结转1件；本年新收5件。", cells=cells) == ["T001"]
    assert codes_of("年内办结申请5件，含上年结转1件；本年新收4件。", cells=cells) == []
