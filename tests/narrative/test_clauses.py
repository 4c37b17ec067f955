"""Clauses of known words: what they say there was none of, or that all is alike, whatever words say so."""

from __future__ import annotations

import pytest

from tests.narrative.builders import codes_of, make_cells

_CELLS = make_cells(
    {
        "disclosure.normative_documents.issued": 2,
        "disclosure.penalties.decisions": 26,
        "disclosure.coercion.decisions": 3,
        "disclosure.fees.amount": 412.5,
        "requests.received.natural_person": 14,
        "requests.received.business": 5,
        "requests.received.total": 19,
        "requests.carried_in.total": 2,
        "requests.handled.total": 18,
        "requests.granted.total": 7,
        "requests.partially_granted.total": 3,
        "requests.denied.internal_affairs.total": 1,
        "requests.denied.process_information.total": 1,
        "requests.unavailable.not_held.total": 3,
        "requests.unavailable.needs_creation.total": 1,
        "requests.not_processed.petition.total": 1,
        "requests.other.other.total": 1,
        "requests.carried_out.total": 3,
        "challenges.reconsideration.upheld": 3,
        "challenges.reconsideration.corrected": 1,
        "challenges.reconsideration.pending": 1,
        "challenges.reconsideration.total": 5,
        "challenges.litigation_direct.upheld": 1,
        "challenges.litigation_direct.other": 1,
        "challenges.litigation_direct.total": 2,
    }
)


@pytest.mark.parametrize(
    "text",
    [
        "本年度没有哪一件申请被归到信访举报投诉一类。",
        "全年答复中未见以过程性信息为由拒绝公开的情形。",
        "部分公开这一项，本年挂零。",
        "表中“其他处理”一栏全年无数据。",
        "青岚县水利局未曾启用过行政强制措施。",
        "年内未有新的行政规范性文件出台。",
        "上一年度没有未办结的申请转入本年。",
        "没有任何申请需要转到2025年继续办理。",
        "复议机关没有纠正过我局的信息公开答复。",
        "收到的申请均不属于无法提供。",
        "无一家企业向我局申请公开政府信息。",
        "行政事业性收费全年一分钱没有收。",
        "全面落实减费政策，行政事业性收费分文未取。",
        "申请人均系首次提出，按信访处理的没有。",
        "凡列入办结的政府信息公开申请，均不属于无法提供。",
        "没有申请被答复为无法提供。",
        "没有跨年办理的申请。",
        "对答复不服而申请复议的，一件也没有。",
        "未征收行政事业性收费。",
        "本局没有给予过行政处罚。",
        "没有结转至本年办理的申请。",
    ],
)
def test_there_is_none_in_whatever_known_words(text: str) -> None:
    assert codes_of(text, cells=_CELLS) == ["T005"]
    assert codes_of(text, cells=make_cells()) == []


@pytest.mark.parametrize(
    "text",
    [
        "没有公民就行政处罚提出申请。",
        "自然人没有收到任何不予公开决定。",
        "对企业申请，没有不予公开的。",
        "对不予公开的答复，申请人没有提起诉讼。",
        "行政处罚未引发行政诉讼。",
        "部分公开的3件没有引发复议。",
        "复议中没有提出新的申请。",
        "申请内容没有涉及信访的。",
        "没有一件申请超期答复。",
        "不予公开的答复没有一件未说明理由。",
        "无需作出不予公开决定的，直接答复。",
        "年末没有收到申请。",
        "到6月底没有收到申请。",
        "没有增加行政许可。",
        "没有对企业作出行政处罚。",
        "乡镇没有作出行政处罚。",
        "信息我局这里没有、拿不出来的（无法提供）4件。",
        "市公安局没有作出行政处罚。",
    ],
)
def test_none_of_some_or_of_another_matter_denies_no_cell(text: str) -> None:
    assert codes_of("收到政府信息公开申请19件。", text, cells=_CELLS) == []


@pytest.mark.parametrize(
    "text",
    [
        "办结的信息公开申请只有予以公开一种结果。",
        "答复结果只有一种，即予以公开。",
        "所收申请无一例外都予以公开。",
        "所有申请均以本机关不掌握相关信息作答。",
        "申请人清一色为自然人。",
        "本年新收申请100%来自自然人。",
        "无法提供的都是因为本机关不掌握。",
        "复议机关对青岚县水利局的答复一律维持。",
        "因信息公开引发的行政复议，复议机关无一例外予以维持。",
        "法院对信息公开案件的判决清一色支持我局。",
        "行政复议案件均已结案。",
        "申请件已百分之百办结。",
        "上年结转和本年新收的申请均已全部办结。",
    ],
)
def test_all_is_alike_in_whatever_known_words(text: str) -> None:
    assert codes_of(text, cells=_CELLS) == ["T005"]


@pytest.mark.parametrize(
    "text",
    [
        "能公开的一律公开。",
        "对不予公开的申请，一律说明理由。",
        "申请均与企业有关。",
        "收到的申请均涉及第三方。",
        "其他处理1件，缘由全部是申请人逾期不补正。",
        "人大代表建议、政协提案全部办结，办理结果均予以公开。",
        "乡镇收到的申请全部办结。",
        "行政处罚引发的行政复议案件全部维持。",
        "收到的本县申请全部予以公开。",
        "除3件结转外，其余申请均已办结。",
        "市自然资源局的申请清一色予以公开。",
        "收到申请19件，答复书全部在门户网站公开。",
        "在全部办结的申请中，其他处理的有1件。",
    ],
)
def test_all_of_some_or_of_another_matter_denies_no_cell(text: str) -> None:
    assert codes_of("收到政府信息公开申请19件。", text, cells=_CELLS) == []


@pytest.mark.parametrize(
    "text",
    [
        "列为不予处理的有6件。",
        "行政处罚、行政强制两项合并计算，全年为31件。",
        "因没有现成信息而需另行制作的有2件。",
        "自然人15、商业企业5、法律服务机构0，合计22件。",
        "自然人提出的有16件，其余为企业提出。",
        "律所、公证处等法律服务机构新提交政府信息公开申请3件。",
        "行政事业性收费入库411万元。",
        "期初未办结的3件，年内均已答复。",
        "我局2024年收到的政府信息公开申请，按登记簿统计为25件。",
        "从办结件的申请人看，自然人14件。",
        "已办结政府信息公开申请22件。",
        "2023年结转到本年继续办理的申请3件。",
        "公开行政处罚31件。",
        "2023年因政府信息公开引起的行政复议9件，本年度为6件。",
        "执法大队全年下达行政处罚决定31件。",
    ],
)
def test_a_number_in_a_clause_of_known_words_counts_what_the_clause_names(text: str) -> None:
    assert "T001" in codes_of(text, cells=_CELLS)


@pytest.mark.parametrize(
    "text",
    [
        "全市收取信息处理费763元，涉及4件申请，全部缴入国库。",
        "单说前进村，来申请的就有13件。",
        "县政府受理我局行政复议案件3件。",
        "即办件行政许可52件。",
        "上年度结转申请已办，本年新收19件。",
        "全年作出取水行政处罚46件。",
        "（三）行政复议与行政诉讼行政诉讼方面，全年共有7件。",
        "当年新收并当年办结的16件。",
        "信访类申请仍有5件，引导工作还要加强。",
        "全年新发生行政复议5件，上年结转4件，共9件。",
        "2023年结转到本年继续办理的申请2件。",
        "出具政府信息公开申请答复书20件。",
        "上一年未办完、转到2024年的申请2件。",
        "申请内容集中在征地补偿，共收到此类申请17件。",
    ],
)
def test_a_number_of_some_or_of_another_matter_contradicts_no_cell(text: str) -> None:
    assert codes_of("收到政府信息公开申请19件。", text, cells=_CELLS) == []


@pytest.mark.parametrize(
    "text",
    [
        "自然人申请14件，与新收总数19件相比为83.7%。",
        "予以公开的7件，同办结的18件相比，占到51.5%。",
        "以办结件18件为基数，予以公开7件，折合55%。",
        "办结18件，其中部分公开3件，比重为25%。",
        "本机关不掌握的3件，相当于办结总数的33%。",
        "自然人提出的申请14件，在新收件中的比重为58.3%。",
        "全年发文120件，主动公开66件，主动公开占比61%。",
        "公众号推文200篇，原创50篇，原创占比33%。",
    ],
)
def test_a_percentage_of_two_figures_set_side_by_side_is_checked(text: str) -> None:
    assert codes_of("收到政府信息公开申请19件。", text, cells=_CELLS) == ["T004"]


@pytest.mark.parametrize(
    "text",
    [
        "有7件申请得以全部公开，在18件办结件中占38.9%。",
        "公开率与部分公开率分别为38.9%和16.7%。",
        "图解6篇，长文4篇，占比25%。",
        "信息214条，重点领域信息60条，更新率100%。",
        "申请19件，占全县总量的6.8%。",
        "予以公开7件，部分公开3件，占比55.6%。",
    ],
)
def test_a_percentage_of_something_else_is_left_alone(text: str) -> None:
    assert codes_of("收到政府信息公开申请19件。", text, cells=_CELLS) == []


def test_what_was_not_carried_into_this_year_says_nothing_of_the_next() -> None:
    cells = make_cells({"requests.carried_out.total": 3})
    assert codes_of("2023年度没有结转至本年办理的申请。", cells=cells) == []
    assert codes_of("没有结转到2025年的申请。", cells=cells) == ["T005"]


_SAID = make_cells(
    {
        "requests.received.total": 9, "requests.received.natural_person": 7, "requests.received.legal_service": 2,
        "requests.unavailable.needs_creation.total": 2, "requests.unavailable.not_held.total": 1,
        "requests.other.not_corrected.total": 1, "requests.granted.total": 5, "requests.handled.total": 9,
        "challenges.reconsideration.total": 3, "challenges.reconsideration.upheld": 1,
        "challenges.reconsideration.other": 2, "disclosure.fees.amount": 4,
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("无法提供的申请中，没有需要另行制作信息的情形。", "T005"),
        ("其他处理中，没有申请人逾期不补正的情形。", "T005"),
        ("本年度无法律服务机构提出申请。", "T005"),
        ("办结的申请无论内容繁简，全部予以公开。", "T005"),
        ("本局为公益性单位，当年未收取行政事业性收费。", "T005"),
        ("公民个人（自然人）所提依申请公开申请8件。", "T001"),
        ("政府信息公开行政复议没有结果维持的案件。", "T005"),
        ("新收申请：自然人7，法律服务机构2，其他1，合计9件。", "T001"),
    ],
)
def test_what_the_table_denies_is_seen(text: str, code: str) -> None:
    assert codes_of(text, cells=_SAID) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "予以公开的申请中，没有需要另行制作信息的情形。",  # of others than the row counts
        "征地类申请中，没有需要另行制作信息的情形。",
        "本年度无法提供的申请有3件。",
        "政府信息公开行政复议没有结果为纠正的案件。",
        "我局无论大小事项，全部及时公开。",
        "供水单位，当年未收取行政事业性收费。",
        "公民个人（外省）提出申请3件。",
        "信息公开复议有2件因申请人撤回等原因归入其他结果，另1件获维持。",
    ],
)
def test_what_only_looks_like_it_accuses_nobody(text: str) -> None:
    assert codes_of(text, cells=_SAID) == []


@pytest.mark.parametrize(
    "text",
    [
        "全年收到书面信息公开申请4件，均已答复。",
        "收到申请4件，办结3件，无一积压。",
        "收到申请4件，提出者均为自然人。",
    ],
)
def test_what_all_answered_none_left_and_their_askers_were(text: str) -> None:
    left = {"requests.received.total": 4, "requests.received.natural_person": 3, "requests.received.business": 1}
    left |= {"requests.handled.total": 3, "requests.carried_out.total": 1, "requests.carried_out.natural_person": 1}
    done = {"requests.received.total": 4, "requests.received.natural_person": 4, "requests.handled.total": 3}
    assert codes_of(text, cells=make_cells(left)) == ["T005"]
    assert codes_of(text, cells=make_cells(done)) == []


def test_a_heading_in_brackets_is_denied_nothing() -> None:
    cells = make_cells({"challenges.reconsideration.total": 0, "challenges.litigation_direct.total": 1})
    assert codes_of("【复议诉讼】信息公开类行政复议未发生，行政诉讼1件。", cells=cells) == []
