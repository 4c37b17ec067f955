"""Ordinary words for none, and numbers, that are understood whatever stands before them, and what narrows them."""

from __future__ import annotations

import pytest

from tests.narrative.builders import check, claims_of, codes_of, make_cells

CELLS = make_cells(
    {
        "requests.received.total": 12,
        "requests.received.natural_person": 9,
        "requests.received.legal_service": 3,
        "requests.handled.total": 10,
        "requests.granted.total": 4,
        "requests.denied.third_party_rights.total": 2,
        "requests.not_processed.excessive.total": 2,
        "requests.not_processed.repeated.total": 1,
        "requests.other.not_corrected.total": 1,
        "requests.carried_out.total": 2,
        "disclosure.normative_documents.issued": 7,
        "disclosure.normative_documents.repealed": 2,
        "requests.granted.natural_person": 3,
        "requests.handled.natural_person": 7,
        "disclosure.licensing.decisions": 356,
        "disclosure.penalties.decisions": 9,
        "disclosure.coercion.decisions": 4,
        "challenges.reconsideration.total": 3,
        "challenges.reconsideration.upheld": 2,
        "challenges.reconsideration.corrected": 1,
        "challenges.litigation_direct.total": 1,
        "challenges.litigation_direct.upheld": 1,
        "challenges.litigation_after_reconsideration.total": 1,
        "challenges.litigation_after_reconsideration.upheld": 1,
    }
)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("监督保障方面，没有因信息公开引起的行政复议。", "challenges.reconsideration.total"),
        ("渔港档案类申请补正3次，没有因逾期不补正而不再处理的。", "requests.other.not_corrected.total"),
        ("申请中没有按大量反复申请不予处理的。", "requests.not_processed.excessive.total"),
        ("从结果结构看，没有予以公开的情形。", "requests.granted.total"),
        ("全市没有按重复申请不予处理的申请。", "requests.not_processed.repeated.total"),
        (
            "规划成果征求意见后办理，没有出现因保护第三方合法权益而不予公开的申请。",
            "requests.denied.third_party_rights.total",
        ),
        ("规范性文件方面，年内没有新出台文件。", "disclosure.normative_documents.issued"),
        ("全年没有需要废止的规范性文件。", "disclosure.normative_documents.repealed"),
        ("镇里未收到书面或网上提交的信息公开申请。", "requests.received.total"),
        ("规范性文件管理上，当年无新发文件。", "disclosure.normative_documents.issued"),
        ("全年处罚9件，未使用强制措施。", "disclosure.coercion.decisions"),
        ("新收申请12件，均在法定期限内办结。", "requests.carried_out.total"),
        ("自然人的申请全部予以公开。", "requests.granted.natural_person"),
        ("没有被认定为重复申请的公开申请。", "requests.not_processed.repeated.total"),
        ("12件申请中没有按重复申请不予处理的。", "requests.not_processed.repeated.total"),
        ("虽没有答复被复议纠正，但文书还不统一。", "challenges.reconsideration.corrected"),
        ("复议维持2件，当事人服从决定，没有再起诉。", "challenges.litigation_after_reconsideration.total"),
    ],
)
def test_a_word_for_none_that_names_its_cell_is_understood_behind_any_topic(text: str, field: str) -> None:
    found = check("申请都登记在册。", text, cells=CELLS, agency="青岚市人民政府")[1]
    assert [(one.code, field in one.fields) for one in found] == [("T005", True)]


@pytest.mark.parametrize(
    "text",
    [
        "全年收到书面和网上申请合计15件。",
        "收到申请12件，年末有5件没能在年内办完。",
        "制发规范性文件9件，配套解读7件。",
        "自然人提出9件，律师事务所提出5件。",
        "信访举报投诉类3件、重复申请1件，依法不予处理。",
        "全年受理依申请公开13件，其中自然人9件、律师事务所3件。",
    ],
)
def test_a_number_in_ordinary_words_is_held_against_its_cell(text: str) -> None:
    assert codes_of(text, cells=CELLS) == ["T001"]


@pytest.mark.parametrize(
    "text",
    [
        "以青岚县为被申请人的复议1件，以部门为被申请人的2件。",
        "作为第三人参加行政诉讼4件。",
        "保护第三方合法权益不予公开2件，其中2件在复议中被纠正。",
        "全年许可356件，零投诉、零复议。",
        "在县本级的申请中，予以公开1件。",
        "东陵乡政府因信息公开被复议7件。",
        "办结的申请中有3件答复说理不够。",
        "工伤认定复议9件，维持8件，撤销1件。",
        "县政府本级收到3件，无结转；部门收到9件。",
        "制定规章0件；废止文件2件。",
        "申请人对1件答复不服，申请行政复议3件。",
        "县局机关5件公开3件、不予公开2件。",
        "12件申请中，有5件同时提出信访诉求。",
        "以罚款方式处罚8件，警告1件。",
        "企业咨询政策210人次，未提出信息公开申请。",
        "新收申请12件，均在法定期限内答复。",
        "对个人申请均予公开。",
        "未因超期答复被申请行政复议。",
        "全年没有因答复超期而被申请行政复议的。",
        "未发生因未按期答复被提起行政诉讼的情形。",
        "责任追究方面，没有对单位或个人给予处罚。",
        "截至本报告发布，没有在办的申请件。",
        "新收申请12件，均在法定期限内办结，其中年末收到尚未到期的2件结转下年办理。",
        "委托律师事务所审核答复的申请4件。",
        "参观群众人次到下午五点才清点完，共计146人次。",
    ],
)
def test_what_is_said_of_a_part_or_of_others_accuses_nothing(text: str) -> None:
    assert check(text, cells=CELLS, agency="青岚县人民政府")[1] == ()


def test_what_was_dealt_with_holds_what_was_left_over() -> None:
    handled = claims_of("共办理政府信息公开申请48件，含上年结转1件。")[0][1]
    assert handled == "requests.handled.total"


def test_ways_of_asking_in_a_bracket_are_no_totals() -> None:
    assert [field for _, field in claims_of("受理信息公开申请12件（网络申请10件、书面申请2件）。")][1:] == ["", ""]


@pytest.mark.parametrize(
    "text",
    [
        "按申请人划分，自然人9件，占57.0%；律师事务所3件。",
        "公开率（含部分公开）为91%。",
    ],
)
def test_a_share_in_ordinary_words_is_held_against_its_cells(text: str) -> None:
    assert codes_of("收到申请12件。", text, cells=CELLS) == ["T004"]


@pytest.mark.parametrize(
    "text",
    [
        "港航执法立案36件，作出处理决定13件。",
        "办结10件，予以公开4件，不予公开2件；其他类型的4件。",
    ],
)
def test_what_is_counted_of_one_kind_or_of_other_cases_is_no_total(text: str) -> None:
    assert codes_of("收到申请12件。", text, cells=CELLS) == []


def test_stocks_of_requests_tell_what_all_of_them_were() -> None:
    cells = make_cells({"requests.received.total": 8, "requests.carried_in.total": 1, "requests.carried_out.total": 1})
    assert codes_of("新收8件、上年结转1件，全部办理完毕。", cells=cells) == ["T005"]


@pytest.mark.parametrize(
    "text",
    [
        "全年政府信息公开申请数：170；办结数：10；结转数：2。",
        "年末在手政府信息公开申请7件。",
        "年初在手9件，年内新收12件政府信息公开申请。",
        "全局上下一年办了155件政府信息公开申请。",
        "收到政府信息公开申请44件（不含咨询类31件）。",
    ],
)
def test_plain_words_for_what_came_in_and_was_done_are_held_against_their_cells(text: str) -> None:
    assert codes_of(text, cells=CELLS) == ["T001"]


@pytest.mark.parametrize(
    "text",
    [
        "依申请公开申请12件。|政务服务平台申请数：900；办结数：890。",
        "补贴申请数：300；受理数：280；办结数：280。",
        "收到申请4件（不含咨询类8件）。",
        "收到申请12件（不包括信访类20件）。",
        "没有一家单位、一家企业提出过政府信息公开申请。",
        "没有一个人、一家单位重复递交过政府信息公开申请。",
        "年初在手资金9万元，年末在手项目7个。",
        "收到申请12件。|全年消化存量积案114件。",
    ],
)
def test_what_is_left_out_or_is_of_other_matters_is_held_against_no_cell(text: str) -> None:
    assert codes_of(*text.split("|"), cells=CELLS) == []


@pytest.mark.parametrize(
    "text",
    [
        "没有一个人、一家单位递交过政府信息公开申请。",
        "没有任何人、任何单位提出政府信息公开申请。",
        "全年无一人、无一单位提交政府信息公开申请。",
    ],
)
def test_that_nobody_of_any_kind_asked_is_said_of_all_requests(text: str) -> None:
    assert codes_of(text, cells=CELLS) == ["T005"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("复议后起诉的1件法院维持。", ["T005"]),
        ("复议后起诉的1件由法院判决维持。", ["T005"]),
        ("复议后起诉的1件由法院撤销了答复。", []),
        ("复议后起诉的1件法院尚未判决。", []),
        ("复议后起诉的1件法院维持或纠正尚待判决。", []),
    ],
)
def test_who_decided_the_only_case_may_stand_right_behind_its_number(text: str, codes: list[str]) -> None:
    group = "challenges.litigation_after_reconsideration"
    assert codes_of(text, cells=make_cells({f"{group}.corrected": 1, f"{group}.total": 1})) == codes


def test_one_by_one_counts_nothing() -> None:
    assert claims_of("收到的申请一件一件登记，予以公开4件。")[0][0] == "4件"
