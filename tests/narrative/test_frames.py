"""What clerks say there was none of, by who did not do what, and what only sounds like it."""

from __future__ import annotations

import pytest

from extract.records import Label
from tests.narrative.builders import codes_of, make_cells, make_narrative

_CELLS = make_cells(
    {
        "disclosure.normative_documents.issued": 3,
        "disclosure.normative_documents.repealed": 2,
        "disclosure.penalties.decisions": 18,
        "disclosure.licensing.decisions": 126,
        "disclosure.coercion.decisions": 5,
        "disclosure.fees.amount": 35.2,
        "requests.received.natural_person": 20,
        "requests.received.legal_service": 2,
        "requests.received.total": 22,
        "requests.carried_in.total": 3,
        "requests.handled.total": 21,
        "requests.granted.total": 9,
        "requests.denied.prohibited_by_law.total": 2,
        "requests.denied.enforcement_files.total": 3,
        "requests.not_processed.petition.total": 3,
        "requests.not_processed.excessive.total": 2,
        "requests.other.not_corrected.total": 2,
        "requests.carried_out.total": 4,
        "challenges.reconsideration.upheld": 5,
        "challenges.reconsideration.corrected": 2,
        "challenges.reconsideration.total": 7,
        "challenges.litigation_direct.upheld": 2,
        "challenges.litigation_direct.corrected": 1,
        "challenges.litigation_direct.total": 3,
    }
)


@pytest.mark.parametrize(
    "text",
    [
        "一年到头没有谁正儿八经递过公开申请。",
        "没有任何申请人向本机关申请公开信息，自然谈不上答复。",
        "本年度因无申请，未产生办理数据。",
        "依申请公开情况：全年零申请，公开指南保持更新。",
        "去年的申请去年已答复完毕，没有留到今年的。",
        "上年度没有跨年的申请结转到本年。",
        "收到的申请没有一件拖到第二年。",
        "申请件当年收当年了，无一宗移交下年。",
        "年底前所有申请全部销号，没有尾巴。",
        "申请办理无积压。",
        "在答复环节坚持公开为常态，全年没有一份申请被答复“不予公开”。",
        "全年未以行政执法案卷为由拒绝过任何申请人。",
        "因法律、行政法规禁止公开而未公开的，今年一件也没有。",
        "对信访事项与公开申请作了区分，全年未出现以公开申请名义进行信访投诉的情况。",
        "没有申请人反复、大量提出申请。",
        "没有申请人因为不补正材料而被终止办理。",
        "律师和律所今年没有向我局申请过信息公开。",
        "往年申请无遗留。",
        "收到的申请均已按时办结。",
        "收到的申请已全部按期答复完毕。",
        "今年没有发布规范性文件。",
        "本年未新制定也未修订规范性文件。",
        "没有哪位申请人因对答复不满意而去复议。",
        "未出现申请人不服答复提起复议或诉讼的情形。",
        "本年没有对当事人采取查封、扣押等行政强制措施。",
        "没有收过一分钱行政事业性收费。",
        "本年度未收取任何行政事业性收费，依申请公开免费提供。",
        "从未有申请人把我局告上法庭。",
        "全年未收到行政复议答复通知书和行政应诉通知书。",
        "全年没有一件复议、没有一起诉讼。",
        "未发生一起复议。",
        "行政复议、行政诉讼两项均为空白。",
        "行政复议与行政诉讼方面，本年度一切平静，一件也没有。",
        "未发生当事人跳过复议直接起诉的情况。",
        "信息公开领域保持了零诉讼的记录。",
        "我局的答复没有被复议机关纠正过。",
        "没有一件答复被法院判决撤销。",
        "法院没有撤销过我局的任何一份答复。",
        "没有因答复不当被复议机关撤销的案件。",
        "全年没有一件答复在复议中被撤销。",
        "行政应诉案件中败诉为零。",
        "在信息公开方面，我馆没当过被告。",
        "本年规范性文件未制定也未废止。",
        "虽然人手不多，规范性文件没废止，也没制发。",
        "没有哪份申请被我们以“不予处理”打发回去。",
        "当事人息诉服判，未发生一起复议。",
        "与前三年相比，今年没有被提起行政复议。",
        "申请经登记、转办、审核后全部办结，无结转下年件。",
        "在不予公开的答复中，没有一件以行政执法案卷为由。",
        "没有作出不予公开答复的案例。",
        "上述申请均已在法定期限内全部办结。",
        "收到的公开申请，均由农户提出，均已答复。",
    ],
)
def test_what_nobody_did_is_held_against_the_cells_however_it_is_said(text: str) -> None:
    assert set(codes_of(text, cells=_CELLS)) == {"T005"}
    assert not codes_of(text, cells=make_cells())


@pytest.mark.parametrize(
    "text",
    [
        "全年没有一件申请因答复超期被复议机关纠正。",
        "涉企行政处罚没有一件被法院撤销。",
        "没有规范性文件未经合法性审核就印发。",
        "所有规范性文件均公开，无一件不予公开。",
        "行政许可事项没有新增。",
        "不是所有申请都予以公开。",
        "对复议机关纠正的案件，均已重新答复。",
        "诉讼中，经复议后起诉的没有败诉的。",
        "居民申请了复议，复议决定还没有作出。",
        "复议机关维持的案件，申请人均未再起诉。",
        "二〇二三年度的申请当年均已办毕。",
        "收到的申请均按时答复。",
        "全年收到的申请，均按程序登记、审核、答复。",
        "开发区、县交通局等单位的申请年终实现清零，全县尚有4件在办。",
        "2023年没有申请，2024年开始有了。",
        "力争全年没有一件申请拖到第二年。",
        "企业提出的申请没有一件拖到第二年。",
        "上半年没有谁递过公开申请。",
        "申请办理做到不积压、不拖欠。",
        "局里的承诺没有一项拖到明年。",
        "唯一一件未能公开的，是水库移民的旧档案。",
        "没有以国家秘密、内部事务为由不予公开的。",
        "上年转来的3件当年办毕，没有再次结转情况。",
        "当事人对复议决定均未再起诉。",
        "企业没有提起过行政复议。",
        "未公开的3件，当事人均未申请复议。",
        "没有遗留的复议案件。",
        "上述申请均在法定期限内办结。",
        "法律服务机构申请2件，均涉及取水口，均已办结。",
        "行政许可均为取水许可，其他许可没有办理。",
    ],
)
def test_what_only_sounds_like_none_at_all_accuses_nobody(text: str) -> None:
    assert not codes_of(text, cells=_CELLS)


def test_no_lost_case_is_said_of_lawsuits_whatever_was_counted_last() -> None:
    own = {"challenges.reconsideration.corrected": 2, "challenges.litigation_after_reconsideration.upheld": 1}
    whole = {"challenges.reconsideration.total": 2, "challenges.litigation_after_reconsideration.total": 1}
    text = "涉信息公开复议2件，诉讼1件（复议后1件），败诉为零。"
    assert not codes_of(text, cells=make_cells(own | whole))


_LONE = make_cells(
    {
        "requests.received.natural_person": 1,
        "requests.received.total": 1,
        "requests.granted.natural_person": 1,
        "requests.granted.total": 1,
        "requests.handled.natural_person": 1,
        "requests.handled.total": 1,
        "challenges.reconsideration.upheld": 1,
        "challenges.reconsideration.total": 1,
        "challenges.litigation_direct.pending": 1,
        "challenges.litigation_direct.total": 1,
    }
)


@pytest.mark.parametrize(
    "text",
    [
        "收到1件申请，是一家光伏公司要的。",
        "收到政府信息公开申请1件，因信息涉及商业秘密，不予公开。",
        "唯一那件申请由财务科配合答复，答复意见是不予公开，申请人没有异议。",
        "因信息公开闹到复议的有1件，复议机关认定程序有误，予以纠正。",
        "全年行政复议1件，维持；行政诉讼1件，法院判决驳回。",
        "收到申请1件，申请人均系企业。",
    ],
)
def test_what_is_told_of_the_only_case_is_held_against_its_cell(text: str) -> None:
    assert codes_of(text, cells=_LONE) == ["T005"]


@pytest.mark.parametrize(
    "text",
    [
        "收到1件申请，是一位村民要的，已予以公开。",
        "收到申请1件，征求意见后，可能不予公开的部分作了遮盖。",
        "全年行政复议1件，申请人要求撤销答复，复议机关予以维持。",
        "全年行政复议1件，申请人对维持决定不服，又提起行政诉讼，法院尚未判决。",
        "全年行政复议1件，予以维持；上年的1件被纠正。",
        "行政诉讼1件，一审驳回，二审正在审理。",
        "全年行政复议1件，其中纠正0件，其他结果0件。",
    ],
)
def test_words_behind_the_only_case_that_tell_no_end_of_it_accuse_nobody(text: str) -> None:
    assert not codes_of(text, cells=_LONE)


def test_all_applicants_of_a_carry_over_are_those_of_its_row() -> None:
    cells = make_cells(
        {
            "requests.received.natural_person": 20,
            "requests.received.business": 9,
            "requests.received.total": 29,
            "requests.carried_out.natural_person": 3,
            "requests.carried_out.total": 3,
        }
    )
    assert not codes_of("年末在途申请3件，申请人均系自然人。", cells=cells)
    assert codes_of("年末在途申请3件，申请人均系企业。", cells=cells) == ["T005"]


@pytest.mark.parametrize(
    "text", ["申请者都是本镇村民。", "收到的申请5件，5件都是老乡自己写的。", "申请都是用水户个人提的。"]
)
def test_all_applicants_may_be_named_in_other_words_than_the_form(text: str) -> None:
    cells = make_cells(
        {"requests.received.natural_person": 4, "requests.received.business": 1, "requests.received.total": 5}
    )
    assert codes_of(text, cells=cells) == ["T005"]


def test_what_is_denied_whole_is_a_fact_in_the_section_of_problems_too() -> None:
    text = "一年没有接到公开申请，经办人缺少经验。"
    narrative = make_narrative(text, section=5, label=Label.PROBLEM)
    assert [claim.certain for claim in narrative.claims] == [True]
    part = make_narrative("个别科室没有收到过公开申请，对流程不熟。", section=5, label=Label.PROBLEM)
    assert not any(claim.certain for claim in part.claims)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("disclosure.normative_documents.issued", "年内没有新印发的行政规范性文件。"),
        ("disclosure.normative_documents.repealed", "经清理，没有废止文件。"),
        ("requests.received.business", "一年来没有企业申请公开政府信息。"),
        ("requests.received.total", "全年没有人通过正规途径提出信息公开申请。"),
    ],
)
def test_plain_ways_to_say_none_are_told_where_the_table_has_some(field: str, text: str) -> None:
    assert codes_of(text, cells=make_cells({field: 3})) == ["T005"]
    assert codes_of(text, cells=make_cells({})) == []


@pytest.mark.parametrize(
    "text", ["收到申请5件，无一件来自企业。", "没有公司申请公开政府信息。", "申请中没有一件来自律师事务所。"]
)
def test_none_of_one_kind_of_applicant_is_not_none_at_all(text: str) -> None:
    people = {"requests.received.total": 5, "requests.received.natural_person": 5}
    assert codes_of(text, cells=make_cells(people)) == []
    firms = {"requests.received.total": 5, "requests.received.business": 3, "requests.received.legal_service": 2}
    assert codes_of(text, cells=make_cells(firms)) == ["T005"]


def test_no_application_of_persons_is_not_nobody() -> None:
    firms = {"requests.received.total": 4, "requests.received.business": 4}
    for text in ("申请均由企业提出，没有个人申请。", "没有个人提出信息公开申请。"):
        assert codes_of(text, cells=make_cells(firms)) == []
    assert codes_of("全年没有一个人提出信息公开申请。", cells=make_cells(firms)) == ["T005"]
