"""Each number is bound to the cells that the words mean, and to none where they mean none."""

from __future__ import annotations

import pytest

from extract.narrative.shown import claim_fields
from tests.narrative.builders import claims_of, make_narrative

RECEIVED, HANDLED = "requests.received.total", "requests.handled.total"
GRANTED, PARTIAL = "requests.granted.total", "requests.partially_granted.total"
RECONSIDERATION = "challenges.reconsideration"
LITIGATION = "challenges.litigation_direct.{0}+challenges.litigation_after_reconsideration.{0}"


def targets(*texts: str) -> list[str]:
    return [fields for _, fields in claims_of(*texts)]


def test_requests_received_carried_and_handled() -> None:
    text = "全年收到政府信息公开申请34件，上年结转2件，办结35件，结转下年1件。"
    assert targets(text) == [RECEIVED, "requests.carried_in.total", HANDLED, "requests.carried_out.total"]


def test_the_outcome_may_stand_behind_its_number() -> None:
    text = "共收到政府信息公开申请8件，其中5件给予公开答复，2件给予部分公开答复，1件本机关不掌握。"
    assert targets(text) == [RECEIVED, GRANTED, PARTIAL, "requests.unavailable.not_held.total"]


def test_other_outcomes_are_those_of_what_is_spoken_of() -> None:
    text = "有3件提起行政复议，复议机关维持2件、纠正0件、其他处理0件、尚在审理1件。"
    assert targets(text) == [
        f"{RECONSIDERATION}.{kind}" for kind in ("total", "upheld", "corrected", "other", "pending")
    ]


def test_the_applicants_are_the_columns_of_the_row_before() -> None:
    text = "收到申请9件，其中自然人6件，商业企业2件，其他组织1件。"
    assert targets(text)[1:] == [
        f"requests.received.{kind}" for kind in ("natural_person", "business", "other_organisation")
    ]


def test_legal_persons_are_five_columns() -> None:
    assert targets("收到申请9件，法人或其他组织3件。")[1].count("+") == 4


def test_numbers_in_turn_behind_a_verb_of_their_own() -> None:
    assert targets("自然人、商业企业分别办结11件、3件。") == [
        f"requests.handled.{kind}" for kind in ("natural_person", "business")
    ]


def test_what_is_left_at_the_years_end_is_of_what_the_sentence_is_about() -> None:
    assert targets("收到申请17件，年末存量1件。")[1] == "requests.carried_out.total"
    assert targets("制定行政规范性文件3件，年末存量19件。")[1] != "requests.carried_out.total"


def test_denied_without_a_reason_is_the_sum_of_eight_rows() -> None:
    assert targets("予以公开3件，不予公开2件，无法提供1件。")[1].count("+") == 7


def test_a_reason_wins_over_its_group() -> None:
    assert targets("因保护第三方合法权益不予公开2件。") == ["requests.denied.third_party_rights.total"]


def test_granted_and_partly_granted_together_are_a_sum() -> None:
    assert targets("予以公开及部分公开共14件。") == [f"{GRANTED}+{PARTIAL}"]


def test_a_list_with_respectively_gives_each_number_its_own_cell() -> None:
    assert targets("予以公开、部分公开、不予公开分别为5件、2件、1件。")[:2] == [GRANTED, PARTIAL]
    text = "来自企业、律所和科研机构的申请分别为4件、3件和1件。"
    assert targets(text) == [f"requests.received.{kind}" for kind in ("business", "legal_service", "research")]


def test_a_list_that_does_not_match_its_numbers_binds_nothing() -> None:
    assert targets("涉密、安全、案卷等原因不予公开的分别是3件、8件。") == ["", ""]


@pytest.mark.parametrize("other", ["其他结果", "作其他处理", "作出其他处理"])
def test_results_follow_the_kind_of_challenge(other: str) -> None:
    text = f"行政复议24件，其中维持14件、纠正3件、{other}5件、尚未审结2件。"
    assert targets(text) == [f"{RECONSIDERATION}.{end}" for end in ("total", "upheld", "corrected", "other", "pending")]


def test_lawsuits_without_a_kind_are_both_kinds() -> None:
    text = "行政诉讼6件，判决维持5件，1件仍在审理。"
    assert targets(text) == [LITIGATION.format(end) for end in ("total", "upheld", "pending")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("复议维持之后仍到法院起诉的4件。", "litigation_after_reconsideration"),
        ("走完复议又上法院的案件共4件。", "litigation_after_reconsideration"),
        ("绕过复议径直向法院起诉的4件。", "litigation_direct"),
        ("未经复议即向人民法院起诉的案件4件。", "litigation_direct"),
        ("行政复议和行政诉讼共4件。", "reconsideration"),
    ],
)
def test_the_way_to_court_names_the_kind_of_lawsuit(text: str, kind: str) -> None:
    assert targets(text)[0].startswith(f"challenges.{kind}.total")


def test_results_within_a_kind_of_lawsuit_are_of_that_kind() -> None:
    text = "直接起诉的6件均已审结；复议后起诉的4件中2件维持、2件在审。"
    assert targets(text)[2:] == [
        "challenges.litigation_after_reconsideration.upheld",
        "challenges.litigation_after_reconsideration.pending",
    ]


def test_what_goes_on_next_year_is_pending_among_results() -> None:
    assert targets("行政复议8件：维持5件，纠正2件，跨年1件。")[-1] == "challenges.reconsideration.pending"


def test_kinds_of_lawsuit_may_be_listed_without_a_unit() -> None:
    assert targets("诉讼8件：直接起诉6，复议后起诉2。")[1:] == [
        "challenges.litigation_direct.total",
        "challenges.litigation_after_reconsideration.total",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "清理供水文件，宣布失效4件，新发1件，清理后保留12件。",
        "今年印发规范性文件1件，旧文件废止4件，合计有效12件。",
        "今年印发规范性文件1件，手头有效文件12件。",
    ],
)
def test_what_becomes_of_documents_is_told_without_their_name(text: str) -> None:
    assert targets(text)[-1] == "disclosure.normative_documents.in_force"


def test_the_number_behind_a_bracket_has_the_words_before_it() -> None:
    assert targets("供水、燃气等许可（含变更、延续）全年核发84件。") == ["disclosure.licensing.decisions"]


def test_the_two_kinds_of_lawsuit_and_back() -> None:
    text = "行政诉讼共32件，其中未经复议直接起诉14件，经复议后起诉18件；败诉2件。"
    assert targets(text)[1:] == [
        "challenges.litigation_direct.total",
        "challenges.litigation_after_reconsideration.total",
        LITIGATION.format("corrected"),
    ]


def test_documents_keep_their_kind_over_the_clause() -> None:
    text = "制发规范性文件3件，废止2件，现行有效51件。"
    assert targets(text) == [
        f"disclosure.normative_documents.{action}" for action in ("issued", "repealed", "in_force")
    ]


def test_decisions_and_fees() -> None:
    text = "行政许可12件、行政处罚8件、行政强制1件，行政事业性收费96.5万元。"
    assert targets(text) == [
        "disclosure.licensing.decisions",
        "disclosure.penalties.decisions",
        "disclosure.coercion.decisions",
        "disclosure.fees.amount",
    ]


def test_all_that_was_due_is_what_came_in_and_what_was_left_over() -> None:
    text = "收到申请20件，加上上年结转的3件，共办理23件。"
    assert targets(text)[2] == "requests.received.total+requests.carried_in.total"


@pytest.mark.parametrize(
    "text",
    [
        "网站发布政府信息213条。",
        "办理人大代表建议50件，办结50件。",
        "收到市长信箱来信372件。",
        "较上年增加9件。",
        "2023年收到政府信息公开申请18件。",
        "收到低保申请300件。",
        "组织培训3次，检查2次。",
        "通过网络提交的申请中网上提交12件。",
        "行政处罚信息公示88条。",
        "全市信息公开以外的各类行政复议案件512件。",
    ],
)
def test_what_no_cell_counts_is_bound_to_none(text: str) -> None:
    assert set(targets(text)) == {""}


def test_a_percentage_knows_its_part_and_its_whole() -> None:
    (_, share) = make_narrative("予以公开71件，占办结总数的50.7%。").claims
    assert share.share_of == ((GRANTED,), (HANDLED,))
    assert share.unit == "%"


def test_the_text_of_a_claim_is_what_is_printed() -> None:
    (claim,) = make_narrative("共收到政府信息公开申请 1，204 件。").claims
    assert claim.text == "1，204 件"
    assert claim.value == 1204


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("全年未收到政府信息公开申请。", RECEIVED),
        ("没有发生行政诉讼。", LITIGATION.format("total")),
        ("无行政复议。", f"{RECONSIDERATION}.total"),
        ("本年没有制发规范性文件。", "disclosure.normative_documents.issued"),
        ("没有结转下年度的申请。", "requests.carried_out.total"),
        ("行政强制为零。", "disclosure.coercion.decisions"),
    ],
)
def test_words_for_none_are_claims_of_zero(text: str, fields: str) -> None:
    (claim,) = make_narrative(text).claims
    assert claim.value == 0
    assert "+".join(claim_fields(claim)) == fields


@pytest.mark.parametrize(
    "text", ["无正当理由的不予处理。", "没有现成信息的要另行制作。", "全年未发生责任追究事件。", "无法提供的说明理由。"]
)
def test_a_word_for_none_that_denies_no_count_is_no_claim(text: str) -> None:
    assert make_narrative(text).claims == ()


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("未经复议直接起诉的行政诉讼1件。", "challenges.litigation_direct.total"),
        ("未经复议的诉讼24件。", "challenges.litigation_direct.total"),
        ("经复议后提起的诉讼1件。", "challenges.litigation_after_reconsideration.total"),
        ("本年度办理结果总计13件。", "requests.handled.total"),
        ("13件已办申请的结果如下。", "requests.handled.total"),
        ("规章方面未制发。", "disclosure.regulations.issued"),
        ("信息公开申请收到数量为一件。", "requests.received.total"),
        ("全年办理政府信息公开申请36件。", "requests.received.total"),
        ("没有任何单位和个人提出信息公开申请。", "requests.received.total"),
    ],
)
def test_wordings_of_one_cell(text: str, field: str) -> None:
    assert targets(text) == [field]


def test_a_kind_named_before_respectively_in_the_piece_before() -> None:
    text = "不予公开的理由主要是过程性信息和内部事务信息，分别为26件和18件。"
    assert targets(text) == ["requests.denied.process_information.total", "requests.denied.internal_affairs.total"]


def test_what_is_left_over_goes_on_into_the_next_year() -> None:
    text = "收到政府信息公开申请30件，另有2件因收到较晚，按规定转入2025年继续办理。"
    assert targets(text)[1] == "requests.carried_out.total"


def test_the_rest_is_what_the_words_behind_say() -> None:
    text = "收到申请36件，除8件由企业提出外，其余28件均由自然人提交。"
    assert targets(text)[1:] == ["requests.received.business", "requests.received.natural_person"]


@pytest.mark.parametrize(
    "text",
    [
        "收到政府信息公开申请30件，占省直部门总量的19.6%。",
        "企业申请占比由上年的22%升至38%。",
    ],
)
def test_a_share_of_what_the_tables_do_not_show_has_no_part(text: str) -> None:
    assert make_narrative(text).claims[-2 if "升至" in text else -1].share_of is None


def test_a_rate_behind_a_number_is_not_what_the_number_counts() -> None:
    assert claims_of("收到政府信息公开申请5件。", "办文系统登记发文564份公开率71.9%。")[1] == ("564份", "")


def test_a_share_of_an_applicant_kind_makes_the_sentence_one_about_requests() -> None:
    assert claims_of("自然人申请占比79.8%，全年申请总量768件。")[1] == ("768件", "requests.received.total")


def test_what_came_one_way_is_no_total_unless_all_ways_are_named() -> None:
    assert claims_of("通过网络平台收到申请46件，通过信函收到申请18件。") == [("46件", ""), ("18件", "")]
    assert claims_of("信函收到申请18件，当面渠道共接收2件。") == [("18件", ""), ("2件", "")]
    (claim,) = claims_of("通过网络、信函、当面等方式共收到申请18件。")
    assert claim == ("18件", "requests.received.total")


def test_a_petition_for_reconsideration_is_no_request() -> None:
    (claim, _) = claims_of("收到政府信息公开类行政复议申请1件，未发生政府信息公开行政诉讼。")
    assert claim == ("1件", "challenges.reconsideration.total")


def test_a_number_inside_a_label_counts_nothing() -> None:
    claims = claims_of("不予公开的6件申请中，属于三类内部事务信息5件，属于四类过程性信息1件。")
    assert [text for text, _ in claims] == ["6件", "5件", "1件"]
    assert claims[1][1] == "requests.denied.internal_affairs.total"


def test_a_decision_named_in_the_piece_before_is_what_the_next_counts() -> None:
    (claim,) = claims_of("办理行政许可事项，作出处理决定686件。")
    assert claim == ("686件", "disclosure.licensing.decisions")


def test_a_sum_behind_a_comma_belongs_to_the_words_before_it() -> None:
    _, claim, _ = claims_of("收到申请50件。", "因不掌握信息而无法提供的，合计4件，占8%。")
    assert claim == ("4件", "requests.unavailable.not_held.total")


def test_calls_are_counted_though_telephone_numbers_are_not() -> None:
    assert claims_of("接听咨询电话580余个，电话0571-88000000。") == [("580余个", "")]


def test_others_are_the_last_of_the_listed_kinds() -> None:
    *_, last = claims_of("收到申请12件。", "自然人、商业企业、其他的申请量分别是9件、2件、1件。")
    assert last == ("1件", "requests.received.other_organisation")


def test_what_could_not_be_done_is_carried_over_not_dealt_with() -> None:
    assert targets("全年收到政府信息公开申请12件。", "未能办结的2件申请已依法延期。")[1:] == [
        "requests.carried_out.total"
    ]


def test_one_of_the_requests_is_not_all_of_them() -> None:
    assert targets("新收申请中有1件由公益组织提出。") == ["requests.received.public_welfare"]


def test_not_a_single_one_is_none() -> None:
    assert claims_of("行政复议一件都没有。") == [("一件都没有", f"{RECONSIDERATION}.total")]


def test_a_bare_carry_over_before_all_else_came_in() -> None:
    texts = ("依申请公开工作平稳。", "结转4件，办结63件，续办5件。")
    assert targets(*texts) == ["requests.carried_in.total", HANDLED, "requests.carried_out.total"]


def test_a_year_in_a_remark_reaches_no_further_than_the_remark() -> None:
    text = "收到政府信息公开申请640件，同比增长28%（2022年为500件），办结630件。"
    assert targets(text) == [RECEIVED, "", "", HANDLED]


def test_other_things_are_not_requests_that_were_dealt_with() -> None:
    assert targets("处理异议318件、投诉27件，处理结果全部公开。") == ["", ""]


def test_the_reason_of_an_outcome_may_begin_with_the_applicant() -> None:
    text = "发出收费通知3件，1件因申请人逾期未缴费不再处理。"
    assert targets("收到政府信息公开申请9件。", text)[2:] == ["requests.other.fee_unpaid.total"]


def test_the_authority_of_reconsideration_makes_its_results_those_of_reconsiderations() -> None:
    assert targets("复议机关审结55件，维持28件，纠正11件。")[1:] == [
        f"{RECONSIDERATION}.upheld",
        f"{RECONSIDERATION}.corrected",
    ]


def test_new_requests_among_those_dealt_with_are_not_all_that_came_in() -> None:
    assert targets("共办结102件，其中上年结转2件，本年新收100件。")[2] == ""
    assert targets("共收到政府信息公开申请102件，其中上年结转2件，本年新收100件。")[2] == RECEIVED


def test_no_request_was_left_over_from_last_year() -> None:
    assert claims_of("本机关上年度无结转申请，2023年度新收政府信息公开申请0件。")[0][1] == "requests.carried_in.total"


def test_a_reason_among_others_leaves_the_group() -> None:
    text = "因本机关不掌握等原因无法提供的14件，其中本机关不掌握13件。"
    assert [fields.count("+") for fields in targets("收到政府信息公开申请90件。", text)[1:]] == [2, 0]


@pytest.mark.parametrize(
    "text",
    ["企业提出的9件申请中，予以公开4件、部分公开2件。", "商业企业的申请当中，予以公开的有4件，部分公开2件。"],
)
def test_outcomes_of_the_requests_of_one_kind_of_applicant_are_its_column(text: str) -> None:
    assert targets(text)[-2:] == ["requests.granted.business", "requests.partially_granted.business"]


def test_outcomes_of_several_kinds_of_applicants_named_together_are_no_ones_column() -> None:
    assert targets("企业和律师事务所提出的申请中，予以公开4件。") == [""]


def test_all_kinds_of_applicants_are_the_total() -> None:
    text = "全年新收自然人、法人及其他组织提出的政府信息公开申请30件。"
    assert targets(text) == ["requests.received.total"]


def test_the_rest_of_an_outcome_is_what_was_not_counted_before() -> None:
    text = "办理的申请中，逾期不补正的6件；其余以其他方式处理的2件。"
    assert targets(text)[1] == "requests.other.fee_unpaid.total+requests.other.other.total"


def test_two_items_together_are_their_sum() -> None:
    text = "答复结果为全部公开21件、部分公开8件，两项共29件。"
    assert targets(text)[-1] == "requests.granted.total+requests.partially_granted.total"


def test_some_more_requests_are_not_all_that_came_in() -> None:
    assert targets("收到政府信息公开申请30件。另有4件申请由档案馆办理。")[1] == ""


def test_kinds_of_applicants_behind_new_and_old_requests_are_those_of_neither_alone() -> None:
    assert targets("当年新收申请49件、结转上年6件，其中公民个人43件。")[2] == ""
    assert targets("全年新收申请49件、结转上年6件，其中公民个人43件。")[2] == ""


def test_reasons_that_go_on_leave_the_group() -> None:
    text = "因商业秘密、尚在研究阶段等不予公开的申请6件。"
    assert targets(text)[0].count("denied") == 8


def test_under_way_with_those_of_last_year_is_all_that_was_due() -> None:
    text = "公开申请在办31件（含上年移交6件），办结29件。"
    assert targets(text)[0] == "requests.received.total+requests.carried_in.total"


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("收到申请9件，非本镇掌握4件。", "unavailable.not_held"),
        ("收到申请9件，去年积压4件。", "carried_in"),
        ("收到申请9件，未缴纳处理费用4件。", "other.fee_unpaid"),
        ("收到申请9件，不及时补正4件。", "other.not_corrected"),
        ("收到申请9件，实为信访诉求4件。", "not_processed.petition"),
    ],
)
def test_plain_words_for_the_rows_of_table_3(text: str, row: str) -> None:
    assert targets(text)[1] == f"requests.{row}.total"


def test_a_reason_behind_strange_words_is_of_the_outcome_counted_before() -> None:
    text = "收到申请90件，不予处理12件，包括投诉举报9件、重复申请3件；终止处理5件。"
    assert targets(text)[3] == "requests.not_processed.repeated.total"
    assert targets(text)[4].startswith("requests.other.")


@pytest.mark.parametrize("text", ["信息公开答复被纠错3件。", "厅里受理以本局为被申请人的信息公开案件3件。"])
def test_challenges_in_the_words_of_requests_are_no_requests(text: str) -> None:
    assert not targets(text)[0].startswith("requests.")


@pytest.mark.parametrize("text", ["上一年度转入、在本年度继续办理的申请4件。", "上年转来、今年继续办理的申请4件。"])
def test_what_came_over_and_goes_on_this_year_was_carried_in(text: str) -> None:
    assert targets(text) == ["requests.carried_in.total"]


def test_a_number_of_one_outcome_or_another_is_neither() -> None:
    assert targets("收到申请30件，余下三件为部分公开或不予公开。")[1] == ""


def test_a_result_that_a_number_ended_with_is_its_cell() -> None:
    assert targets("信息公开复议案中2件以纠正告终。") == ["challenges.reconsideration.corrected"]


def test_how_often_answers_were_discussed_is_no_number_of_answers() -> None:
    assert targets("收到申请9件，拟不予公开的答复提交集体研究5次。")[1] == ""


@pytest.mark.parametrize(
    ("before", "cell"),
    [
        ("本局制发规章2件。", "disclosure.regulations.repealed"),
        ("本局制发行政规范性文件2件。", "disclosure.normative_documents.repealed"),
    ],
)
def test_a_sentence_without_numbers_that_stood_elsewhere_is_read_in_its_own_context(before: str, cell: str) -> None:
    claims_of("本局制发规章2件。", "没有废止。")
    assert claims_of(before, "没有废止。")[-1] == ("没有废止", cell)
