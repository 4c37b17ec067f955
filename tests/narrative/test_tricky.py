"""True sentences that are easily misread, and plain ones with a wrong number, beside one table of requests."""

from __future__ import annotations

import pytest

from extract.narrative.plainness import read_words
from extract.narrative.verdicts import check_claims
from extract.records import Label
from tests.narrative.builders import YEAR, check, claims_of, codes_of, make_cells, make_narrative

CELLS = make_cells(
    {
        "requests.received.total": 99, "requests.received.natural_person": 80, "requests.received.business": 12,
        "requests.received.research": 1, "requests.received.public_welfare": 2, "requests.received.legal_service": 3,
        "requests.received.other_organisation": 1, "requests.carried_in.total": 4, "requests.granted.total": 42,
        "requests.granted.natural_person": 35, "requests.partially_granted.total": 11,
        "requests.partially_granted.natural_person": 9, "requests.denied.state_secret.total": 1,
        "requests.denied.third_party_rights.total": 2, "requests.denied.third_party_rights.natural_person": 2,
        "requests.denied.enforcement_files.natural_person": 1,
        "requests.denied.administrative_inquiry.natural_person": 4,
        "requests.denied.internal_affairs.natural_person": 3, "requests.denied.internal_affairs.total": 3,
        "requests.denied.process_information.total": 2, "requests.denied.enforcement_files.total": 1,
        "requests.denied.administrative_inquiry.total": 4, "requests.unavailable.not_held.total": 15,
        "requests.unavailable.needs_creation.total": 2, "requests.unavailable.still_unclear.total": 1,
        "requests.not_processed.petition.total": 5, "requests.not_processed.repeated.total": 2,
        "requests.not_processed.publication.total": 1, "requests.other.not_corrected.total": 3,
        "requests.other.other.total": 2, "requests.handled.total": 97, "requests.carried_out.total": 6,
        "challenges.reconsideration.upheld": 3, "challenges.reconsideration.corrected": 1,
        "challenges.reconsideration.other": 2, "challenges.reconsideration.pending": 1,
        "challenges.reconsideration.total": 7, "challenges.litigation_direct.upheld": 2,
        "challenges.litigation_direct.other": 1, "challenges.litigation_direct.total": 3,
        "challenges.litigation_after_reconsideration.upheld": 1,
        "challenges.litigation_after_reconsideration.pending": 1,
        "challenges.litigation_after_reconsideration.total": 2,
        "disclosure.normative_documents.issued": 6, "disclosure.normative_documents.repealed": 2,
        "disclosure.normative_documents.in_force": 45, "disclosure.licensing.decisions": 1358,
        "disclosure.penalties.decisions": 87, "disclosure.coercion.decisions": 12, "disclosure.fees.amount": 21.6,
    }
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "共办结申请97件，其中上年结转4件，本年新收93件。",
        "近三年，青岚县水利局共收到政府信息公开申请148件，年均增幅5%。",
        "从申清主体看，自然入七十八件；法入和其地组织二十一件。",
        "因信访事项提起行政诉讼99件。",
        "收到政府信息公开申请105件，撤回6件，实际办理99件。",
        "全年登记政府信息公开申请101件，其中2件因申请人主动撤回未作统计，纳入统计99件。",
        "从申请人类别看，个人申请占80.8%，企业占12.1%，其他占7%。",
        "2022年至2024年，我局分别收到政府信息公开申请76件、88件、99件。",
        "局机关收到申请71件，下属水利工程管理处收到28件。",
        "办公室收到申请71件，转相关科室承办58件。",
        "县水政监察大队承办申请14件，其中予以公开6件、不予公开5件。",
        "我局受理申请最多的科室为规划计划科，共承办27件，其中公开11件，部分公开4件。",
        "全年收到县政府转办的依申请公开事项6件，均已办结。",
        "协助县政府办公室答复政府信息公开申请17件，协助省水利厅答复3件。",
        "全年共发生行政复议案件21件，涉及政府信息公开的7件。",
        "行政复议7件中，驳回复议请求1件、维持2件、责令重新答复1件、终止2件、未审结1件。",
        "政府信息公开行政诉讼一审案件3件、二审案件2件，均由县人民法院和市中级人民法院审理。",
        "上年未审结的行政复议2件，本年均已审结，结果均为维持。",
        "全年新发生行政复议5件，上年结转2件，共7件。",
        "我局起草并报县政府印发规范性文件2件，自行印发4件。",
        "在信用平台公示行政许可决定1349件、行政处罚决定85件。",
        "自然人申请中，予以公开35件，部分公开9件，不予公开10件。",
        "申请人张某一人提出申请23件，占新收申请的23.2%。",
        "与上年相比，予以公开由47件降至42件，不予公开由9件升至13件。",
        "公开属性认定方面，主动公开58件、依申请公开12件、不予公开256件。",
        "剔除撤回的2件，实际收到有效申请97件。",
        "收到政府信息公开申请99件，受理97件，不予受理2件。",
        "县政府依申请公开平台全年收到申请430件，其中涉及我局31件。",
        "全县共收到政府信息公开申请430件，其中我局99件。",
        "在已审结的行政复议案件中，均未因程序违法被撤销。",
        "行政复议结果除1件被纠正外均为维持或其他。",
        "涉及水库移民的申请均已办结，申请人均表示满意。",
        "一季度收到的申请均已办结。",
        "未收到法人和其他组织的行政复议申请。",
        "申请人均为本县居民或在本县注册的企业。",
        "上年结转的4件申请全部办结。",
        "无法提供的申请占比18.6%，其中本机关不掌握的占83.3%。",
        "收到内容相近的申请31件，统一答复口径。",
        "收到1份申请含多项内容的，按“一事一申请”要求补正后拆分为3件。",
        "因征地补偿问题引发的申请31件，其中提起复议4件、诉讼2件。",
        "目前，2024年收到的申请还有6件未办结，已于2025年1月全部办结。",
        "截至本报告发布之日，结转申请6件均已办结。",
        "属于本机关答复范围的申请82件，公开或部分公开53件。",
    ],
)
def test_a_true_sentence_contradicts_nothing(text: str) -> None:
    assert codes_of(text, cells=CELLS) == []


@pytest.mark.parametrize(
    "text",
    [
        "全年共收到政府信息公开申请109件。",
        "2024年度，青岚县水利局收到公民、法人和其他组织政府信息公开申请98件。",
        "本年度新收政府信息公开申请99件，上年结转6件。",
        "全年新收申请96件，加上结转4件，应办理103件。",
        "从申请人类型看，自然人80件，商业企业15件，科研机构1件，社会公益组织2件，法律服务机构3件，其他1件。",
        "收到的申请已办结87件，其中予以公开42件。",
        "截至年底，尚有8件结转下年度继续办理。",
        "无法提供21件，其中本机关不掌握15件。",
        "对信访举报投诉类申请7件，依法不予处理。",
        "未经复议直接起诉4件，复议后起诉2件。",
        "本年作出行政许可决定1358件，行政处罚决定78件，行政强制12件。",
        "全年收取行政事业性收费共计12.6万元。",
        "我局严格按照《条例》规定，规范办理流程，全年收到政府信息公开申请一百零九件。",
        "2024年，我局高度重视依申请公开工作，明确专人负责登记、审核、答复，共收到申请91件。",
        "县水利局全年收到政府信息公开申请79件，较上年度有所减少。",
        "全年办结的97件中，予以公开52件，占比53.6%。",
    ],
)
def test_a_plain_sentence_with_another_number_contradicts_the_table(text: str) -> None:
    assert "T001" in codes_of(text, cells=CELLS)


def test_a_statement_that_the_table_bears_out_conflicts_with_one_that_it_denies() -> None:
    texts = "县里收到的重复信访件外，新收申请99件。", "全年共收到政府信息公开申请89件。"
    assert codes_of(*texts, cells=CELLS) == ["T001", "T002"]


@pytest.mark.parametrize("text", ["木机关全年办结87件。", "全年接牧政府信息公开申请89件。"])
def test_a_damaged_word_that_changes_nothing_does_not_shield_a_wrong_number(text: str) -> None:
    assert "T001" in codes_of("全年共收到政府信恳公井申请99件。", text, cells=CELLS)


@pytest.mark.parametrize(
    "text",
    [
        "行政复议结果维持3件，占全部复议案件的90.04%。",
        "行政复议纠错1件，占复议案件怠数的41.02%。",
    ],
)
def test_a_share_of_the_challenges_is_checked_although_its_whole_is_damaged(text: str) -> None:
    assert codes_of(text, cells=CELLS) == ["T004"]


def test_a_digit_of_cells_that_are_but_a_guess_accuses_where_nothing_else_of_the_sentence_is_right() -> None:
    assert codes_of("通知补正后未补正、不再处理的申请4件。", cells=CELLS) == ["T001"]
    assert codes_of("通知补正后未补正、不再处理的申请3件。", cells=CELLS) == []


def test_applicants_that_asked_are_counted_where_nothing_was_said_of_requests() -> None:
    assert codes_of("商业企业申请情况：本年没有商业企业提出申请。", cells=CELLS) == ["T005"]
    assert codes_of("收到自然人申请82件，无其他主体申请。", cells=CELLS)[0] == "T001"


def test_a_deed_may_stand_before_or_behind_what_is_counted_twice() -> None:
    texts = "全年组织开展政务公开专题学习3次，提升队伍素质。", "本年度政务公井专题学习共开展12次。"
    assert codes_of(*texts, cells=CELLS) == ["T002"]
    assert codes_of("接待现场查阅群众75人次。", "全年接待现场查阅群众232人次，无一投诉。", cells=CELLS) == ["T002"]
    assert codes_of("上半年接待现场查阅群众75人次。", "全年接待现场查阅群众232人次。", cells=CELLS) == []


@pytest.mark.parametrize(
    ("texts", "codes"),
    [
        (("全年撰写政策问答72篇。", "政策问答方面，年内撰写27篇。"), ["T002"]),
        (("本局维护的政务新媒体账号有2个。", "对本局维护的5个政务新媒体账号逐一备案。"), ["T002"]),
        (("年内修复失效网页链接67条。", "本年度修复的失效网页链接共76条。"), ["T002"]),
        (("全年组织培训5次。", "廉政建设方面，年内组织培训2次。"), []),
        (("本局维护的政务新媒体账号有2个。", "本局维护的1个微信公众号每周更新。"), []),
    ],
)
def test_the_noun_of_a_count_told_twice_may_be_its_topic_or_stand_behind(
    texts: tuple[str, ...], codes: list[str]
) -> None:
    assert codes_of(*texts, cells=CELLS) == codes


def test_counts_without_numbers_are_seen_behind_any_channel() -> None:
    assert codes_of("通过网站公开政务动态条，通过新媒体公开条。", cells=CELLS) == ["T003"]


@pytest.mark.parametrize(
    "text",
    [
        "青岚县新收申请89件。",
        "需办理的申请共103件，含本年新收89件和上年结转4件。",
        "行政复议审结案件中，维持4件、纠正1件，另有1件尚未审结。",
        "以保护第三方合法权益为由不予公开的12件，均事先书面告知。",
        "如前所述，本年度新收申请89件，各项明细详见附表。",
    ],
)
def test_noise_elsewhere_does_not_shield_a_wrong_number(text: str) -> None:
    assert "T001" in codes_of("本年攻府信恳公井由请均由专人办里。", text, cells=CELLS)


def test_a_name_in_noisy_prose_is_compared_with_the_agencys() -> None:
    assert codes_of("本年攻府信恳公井由请均由专人办里。", "永宁县新收申请89件。", cells=CELLS) == []


@pytest.mark.parametrize(
    "text", ["土年收到政府信息公开申请88件。", "县木级收到政府信息公开申请88件。", "各具区收到政府信息公开申请88件。"]
)
def test_a_damaged_word_for_another_year_or_scope_contradicts_nothing(text: str) -> None:
    assert codes_of("全年共收到政府信恳公井申请99件。", text, cells=CELLS) == []


def test_the_last_word_of_a_sentence_leaves_it_as_long():
    text = "考核促落实"

    assert len(read_words(text, (), ()).unknown) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "对收到的政府信息公开申请，全部予以公开。",
        "全部申请都予以公开。",
        "办结的申请均作出不予公开答复。",
        "答复结果均为无法提供。",
        "对收到的申请，全年没有作出不予公开决定。",
        "全年申请办理中，无不予公开的情形。",
    ],
)
def test_one_outcome_of_all_requests_is_denied_by_the_others(text: str) -> None:
    assert codes_of("收到政府信息公开申请99件。", text, cells=CELLS) == ["T005"]


@pytest.mark.parametrize(
    "text",
    [
        "符合公开条件的申请全部予以公开。",
        "其中网上申请3件，均予以公开。",
        "规范性文件全部予以公开。",
        "全部申请均未公开到个人信息。",
        "对40件申请均予以公开。",
    ],
)
def test_what_is_said_of_some_requests_or_of_documents_denies_no_outcome(text: str) -> None:
    assert codes_of("收到政府信息公开申请99件。", text, cells=CELLS) == []


@pytest.mark.parametrize(
    "text",
    [
        "如前所述，本年度新收申请98件，办理结果详见附表。",
        "如表三所示，本年新收政府信息公开申请98件。",
        "对重复申请9件依法告知不予重复处理。",
        "全年妥善办结政府信息公开申请96件。",
    ],
)
def test_words_that_refer_or_tell_what_became_of_it_do_not_hide_a_count(text: str) -> None:
    assert codes_of(text, cells=CELLS) == ["T001"]


@pytest.mark.parametrize("agency", ["四平市", "四平市人民政府", "双河镇"])
def test_a_towns_own_office_is_a_part_of_the_town(agency: str) -> None:
    assert check("市政府本级收到政府信息公开申请73件。", cells=CELLS, agency=agency)[1] == ()


@pytest.mark.parametrize(
    "texts",
    [
        ("我局政府门户网站全年主动公开信息总数为414条。", "门户网站全年主动公开信息总数814条，再创新高。"),
        ("2024年，清江县水务局通过县政府网站主动公开信息57条。", "全年，本机关通过县政府网站共主动公开信息75条。"),
        ("全年召开新闻发布会5场，发布政策解读材料12篇。", "全年共发布政策解读材料18篇。"),
        ("编发《政务公开简报》6期。", "全年共编发政务公开简报9期。"),
        ("开展在线访谈活动4期，介绍政府信恳公开由请的办法。", "全年存线访谈活动共7期，群众参与踊跃。"),
    ],
)
def test_counts_are_the_same_in_words_that_noise_or_a_modifier_changed(texts: tuple[str, str]) -> None:
    assert codes_of(*texts, cells=CELLS) == ["T002"]


@pytest.mark.parametrize(
    "texts",
    [
        ("全年组织线上培训活动3次。", "全年组织线下培训活动5次。"),
        ("针对新进人员，举办业务培训班2期。", "全年举办业务培训班5期。"),
        ("全年公众号发布信息230条。", "全年网站发布信息420条。"),
    ],
)
def test_counts_of_other_things_are_not_the_same(texts: tuple[str, str]) -> None:
    assert codes_of(*texts, cells=CELLS) == []


@pytest.mark.parametrize(
    "text",
    [
        "作为比较，上一统计年度（即2023年），我局收到政府信息公开申请73件，答复70件。",
        "在市场监管等执法领域，全年公开行政处罚决定书文本151份。",
        "不予公开的13件申请中，申请人就其中2件申请了行政复议。",
        "所辖乡镇（街道）收到申请3件，其余均由区政府及其部门接收。",
        "永宁县新收申请89件。",
        "其他处理项下归入“其他”的申请2件。",
        "予以公开的申请42件，在全部办结申请中占43.3%。",
        "加上上年度结转继续办理的4件，本年度需办理的申请总量为103件。",
    ],
)
def test_other_years_other_nouns_and_words_that_go_on_accuse_nobody(text: str) -> None:
    assert codes_of(text, cells=CELLS) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("经我局及所属各单位共同努力，全年办理完毕的政府信息公开申请达到96件。", "T001"),
        ("本年度新收申请99件，年末结转5件，结转部分将于下年一季度前答复完毕。", "T001"),
        ("本年度未收取行政事业性收费。", "T005"),
        ("我局及所属各单位均未收到公民、法人和其他组织提出的政府信息公开申请。", "T005"),
        ("经检索查明本机关不掌握相关政府信息的申请，全年共16件。", "T001"),
        ("经合法性审核、集体讨论决定印发的行政规范性文件7件。", "T001"),
    ],
)
def test_long_winded_words_that_narrow_nothing_hide_no_count(text: str, code: str) -> None:
    fees = make_cells({"disclosure.fees.amount": 3})["disclosure.fees.amount"]
    assert codes_of(text, cells={**CELLS, fees.field: fees}) == [code]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("新收申请数：99件上年结转数：4件本年办结数：96件结转下年数：6件", ["T001"]),
        ("复议案件：7件结果维持：2件结果纠正：1件其他结果：2件尚未审结：1件", ["T001"]),
        ("政府信息公开诉讼5件：维持3件/纠正1件/其他1件/未结1件。", ["T001"]),
        ("行政许可决定数：1643件。", ["T001"]),
        ("部分公开：没有。", ["T005"]),
        ("政府信息公开申请：本年无。", ["T005"]),
        ("信息公开诉讼中，复议后起诉的没有。", ["T005"]),
        ("信息公开复议案无维持情形。", ["T005"]),
        ("没有因属信访举报投诉而不予处理的申请。", ["T005"]),
        ("新收申请均来自商业企业。", ["T005"]),
    ],
)
def test_labels_with_a_colon_name_what_stands_behind_them(text: str, codes: list[str]) -> None:
    assert codes_of(text, cells=CELLS) == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("各途径全年收到申请合计89件。", ["T001"]),
        ("凡是可以公开的都不拖延，年内答复予以公开的申请为40件。", ["T001"]),
        ("说明：第四部分行政复议共9件，其中维持3件。", ["T001"]),
        ("予以公开42件加上部分公开11件，公开类答复合计63件。", ["T001"]),
        ("对无法提供的申请做好解释，年内这类申请有28件。", ["T001"]),
        ("三类决定中，许可1358件，处罚78件，强制12件。", ["T001"]),
        ("从登记情况看，新收申请的申请人均为自然人。", ["T005"]),
        ("年内办结的申请里没有其他处理的情况。", ["T005"]),
    ],
)
def test_words_that_refer_add_up_or_stand_in_one_list_name_their_cells(text: str, codes: list[str]) -> None:
    assert codes_of("收到的政府信息公开申请均由专人办理。", text, cells=CELLS) == codes


def test_a_number_of_unsure_words_is_denied_where_the_rest_of_its_list_is_right() -> None:
    listed = "不予公开13件，拆开看：国家秘密1件、第三方权益2件、三类内部事务3件、过程性2件、执法案卷1件、{}查询{}件。"
    assert codes_of(listed.format("站上站下的行政", 4), cells=CELLS) == []
    assert codes_of(listed.format("站上站下的行政", 9), cells=CELLS) == ["T001"]
    assert codes_of("办公室转来的行政查询9件。", cells=CELLS) == []


def test_a_count_that_ends_its_piece_is_stated_whatever_the_sentence_is_about() -> None:
    narrative = make_narrative("全年接收政府信息公开申请98件，日常登记由办公室统一负责。", label=Label.MEASURE)
    assert [item.code for item in check_claims(narrative, CELLS, year=YEAR)[1]] == ["T001"]


@pytest.mark.parametrize(
    "text",
    [
        "没有向企业和群众收取任何行政事业性费用。",
        "年底前所有申请全部清零。",
        "上年结转1件，本年新收9件，共办结10件，年末“清零”。",
    ],
)
def test_words_for_none_and_for_all_done_are_read_without_a_word_before_them(text: str) -> None:
    cells = {"requests.carried_in.total": 1, "requests.received.total": 9, "requests.handled.total": 10}
    cells |= {"requests.carried_out.total": 2, "disclosure.fees.amount": 4.2, "challenges.reconsideration.total": 3}
    assert codes_of(text, cells=make_cells(cells)) == ["T005"]


@pytest.mark.parametrize(
    "text",
    ["超期未答复申请全部清零。", "上年转来的工单3件全部清零。", "一季度申请清零。", "没有对行政复议决定不服的情况。"],
)
def test_what_is_settled_of_some_or_of_other_matters_denies_no_cell(text: str) -> None:
    cells = {"requests.carried_out.total": 2, "challenges.reconsideration.total": 3}
    assert codes_of(text, cells=make_cells(cells)) == []


def test_a_damaged_not_counts_nothing_that_was_dealt_with() -> None:
    text = "答复的情况是：给了材料的11件；依法不给的5件；丕作为公开申请处理的1件。"
    assert codes_of(text, cells=make_cells({"requests.handled.total": 26})) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("申请人不满意，提起行政复议3次，答复被维持。", ["T001"]),
        ("申请人不满意，提起行政复议2次，答复被维持。", []),
        ("本委听取行政复议情况汇报3次。", []),
        ("截至年末，3件申请因等待补正，结转下年继续办理。", ["T001"]),
        ("截至年末，1件申请因等待补正，结转下年继续办理。", []),
        ("把上年剩下的7件都办完了。", ["T001"]),
        ("报数如下：来件115件，办结115件，结转1件，复议诉讼未增加。", ["T001"]),
        ("年内信息公开败诉案件5件。", ["T001"]),
        ("执法队处罚四起、许可236件，都按时公示。", ["T001"]),
    ],
)
def test_counts_in_plain_talk_are_held_against_the_table(text: str, codes: list[str]) -> None:
    cells = make_cells(
        {
            "requests.received.natural_person": 111,
            "requests.received.research": 4,
            "requests.received.total": 115,
            "requests.carried_in.total": 4,
            "requests.handled.total": 118,
            "requests.carried_out.total": 1,
            "disclosure.penalties.decisions": 6,
            "disclosure.licensing.decisions": 236,
            "challenges.reconsideration.upheld": 2,
            "challenges.reconsideration.total": 2,
            "challenges.litigation_direct.corrected": 1,
            "challenges.litigation_direct.total": 1,
        }
    )
    assert codes_of(text, cells=cells) == codes


def test_the_words_behind_a_number_of_no_cell_are_those_of_the_next() -> None:
    assert claims_of("四所学校的课题组提出申请6件。")[-1] == ("6件", "requests.received.research")


def test_a_sentence_about_problems_may_state_the_total_of_the_year() -> None:
    cells = make_cells({"requests.received.total": 27})
    narrative = make_narrative(
        "从今年收到的21件申请来看，群众最想知道的信息公开得不够细。", section=5, label=Label.PROBLEM
    )
    assert [found.code for found in check_claims(narrative, cells, year=YEAR)[1]] == ["T001"]
