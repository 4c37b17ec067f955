"""A sectioned document becomes labelled sentences with claims."""

from __future__ import annotations

from itertools import pairwise

import pytest

from extract.errors import ModelError
from extract.narrative import check_claims
from extract.narrative.labelling import LABELS, label_sentences
from extract.narrative.lexicon import load_terms
from extract.quick import replace
from extract.records import Label, Line
from tests.builders import read_narrative
from tests.narrative.builders import AGENCY, YEAR, make_cells, make_sectioned

FRONT = """\
首页 > 政务公开
# 青岚县水利局
2024 年政府信息公开工作
年度报告
根据《中华人民共和国政府信息公开条例》要求，编制本报告。"""


def read(**sections: str) -> list[tuple[int, str]]:
    narrative = read_narrative(make_sectioned(**sections), agency=AGENCY, year=YEAR)
    return [(sentence.section, sentence.text) for sentence in narrative.sentences]


def test_the_title_block_is_dropped_and_the_preamble_counts_as_section_one() -> None:
    assert read(front=FRONT) == [(1, "根据《中华人民共和国政府信息公开条例》要求，编制本报告。")]


def test_what_a_site_says_of_the_page_is_no_sentence() -> None:
    card = "时间：2025-01-21 来源：办公室 浏览次数：902次 字体：【大 中 小】\n"
    assert read(front=card + FRONT) == read(front=FRONT)


@pytest.mark.parametrize(
    "card", ["来源：县水务局办公室", "发布日期 2025-01-21", "附件1：统计表", "打印 关闭", "公开方式：主动公开", "正文"]
)
def test_a_line_of_the_page_is_no_sentence(card: str) -> None:
    assert read(section1=f"公开了2条信息。\n{card}") == [(1, "公开了2条信息。")]


@pytest.mark.parametrize(
    "line",
    ["公开方式难以做到精准推送。", "来源不明的线索有3条。", "附件3份已经归档，另有2份。", "分享经验的单位有4家。"],
)
def test_a_line_that_begins_like_one_of_the_page_is_text(line: str) -> None:
    assert read(section1=f"企业诉求差异大，现有\n{line}") == [(1, f"企业诉求差异大，现有{line}")]


def test_signature_and_date_are_dropped() -> None:
    text = "本年度未收取信息处理费。\n青岚县水利局\n2025 年 1 月 7 日"
    assert read(section6=text) == [(6, "本年度未收取信息处理费。")]
    assert read(section6=text.replace("2025 年 1 月 7 日", "二〇二五年一月七日")) == [(6, "本年度未收取信息处理费。")]


def test_only_sections_one_five_and_six_are_read() -> None:
    assert read(section1="甲事办好。", section3="乙事办好。", section5="丙事办好。") == [
        (1, "甲事办好。"),
        (5, "丙事办好。"),
    ]


def test_a_sentence_is_as_sure_as_the_least_sure_line_that_it_touches() -> None:
    texts = (
        ("全局收到政府信息公开申请3件，全部按期办结并", 0.9),
        ("答复申请人。下一年将加强培训，并", 0.5),
        ("公开目录。", 0.95),
    )
    lines = tuple(Line(text, 1, number, score=score) for number, (text, score) in enumerate(texts, 1))
    sectioned = make_sectioned(section1="")
    first = replace(sectioned.sections[0], items=lines)
    sectioned = replace(sectioned, sections=(first, *sectioned.sections[1:]))
    narrative = read_narrative(sectioned, agency=AGENCY, year=YEAR)
    assert [sentence.score for sentence in narrative.sentences] == [0.5, 0.5]
    whole = tuple(
        replace(line, text=text) for line, text in zip(lines, ("甲事办好。", "乙事办好。", "丙事办好。"), strict=True)
    )
    sectioned = replace(sectioned, sections=(replace(first, items=whole), *sectioned.sections[1:]))
    narrative = read_narrative(sectioned, agency=AGENCY, year=YEAR)
    assert [sentence.score for sentence in narrative.sentences] == [0.9, 0.5, 0.95]


def test_ids_are_unique_and_claims_name_their_sentence() -> None:
    sectioned = make_sectioned(section1="收到政府信息公开申请3件。予以公开2件。", section6="未收取信息处理费。")
    narrative = read_narrative(sectioned, agency=AGENCY, year=YEAR)
    assert len({sentence.id for sentence in narrative.sentences}) == 3
    assert {claim.sentence for claim in narrative.claims} <= {sentence.id for sentence in narrative.sentences}
    texts = {sentence.id: sentence.text for sentence in narrative.sentences}
    assert all(texts[claim.sentence][claim.start : claim.end] == claim.text for claim in narrative.claims)


def test_an_empty_document_gives_an_empty_narrative() -> None:
    narrative = read_narrative(make_sectioned(), agency=None, year=None)
    assert narrative.sentences == ()
    assert check_claims(narrative, make_cells(), year=None) == ((), ())


def test_plain_sentences_get_their_label() -> None:
    labelled = label_sentences(
        [
            "本报告根据《中华人民共和国政府信息公开条例》编制。",
            "全年共收到政府信息公开申请12件，予以公开9件。",
            "政策解读的针对性不强，更新还不够及时。",
            "下一步，我局将加强业务培训，完善审核制度。",
        ],
        [1, 1, 5, 5],
    )
    assert [label for label, _ in labelled] == [Label.OTHER, Label.STATISTIC, Label.PROBLEM, Label.MEASURE]
    assert all(0 < confidence <= 1 for _, confidence in labelled)


@pytest.mark.parametrize(
    ("text", "section", "label"),
    [
        ("1.主动公开情况。", 1, Label.OTHER),
        ("（三）政府信息管理。", 1, Label.OTHER),
        ("更新公开指南，方便群众查阅。", 1, Label.MEASURE),
        ("用好互动渠道，及时回应来信。", 1, Label.MEASURE),
        ("三是解读的形式和深度需进一步拓展。", 5, Label.PROBLEM),
        ("回顾全年，有以下几个方面需要改进：一是栏目更新不够及时；二是解读形式单一。", 5, Label.PROBLEM),
        ("主要改进举措有。", 5, Label.OTHER),
        ("《条例》第三十三条规定，行政机关应当自收到申请之日起20个工作日内予以答复。", 1, Label.OTHER),
        ("（二）依申请公开方面：加强与申请人的沟通，引导其通过合理途径解决诉求。", 1, Label.MEASURE),
        ("配合做好网站迁移，原有数据完整平移，确保信息不断档。", 1, Label.MEASURE),
        ("下一步工作打算：组织信息员轮训，提高采编能力。", 5, Label.MEASURE),
        ("（三）计划全年组织专题培训不少于4次，覆盖全部工作人员。", 5, Label.MEASURE),
        ("针对上年度存在的培训不足问题，我局已举办专题培训2次。", 5, Label.MEASURE),
        ("针对以上问题，我局将采取如下举措：", 5, Label.OTHER),
        ("修订内部制度3项，举办业务轮训6期，印发通报9份。", 1, Label.STATISTIC),
        ("邀请商户代表参加机关开放日5场。", 1, Label.STATISTIC),
        ("对12件历史文件重新核定属性，逐件登记造册。", 1, Label.MEASURE),
        ("班子会听取专题汇报5次。", 6, Label.STATISTIC),
        ("（二）检查列出的24个问题均已整改。", 6, Label.STATISTIC),
        ("信息处理费收取情况：本年度未产生。", 6, Label.STATISTIC),
        ("（一）本局无政府信息公开收费。", 6, Label.STATISTIC),
        ("本年度不涉及行政诉讼。", 1, Label.STATISTIC),
        ("因年内没有公民、法人提出申请，本部分从略。", 6, Label.STATISTIC),
        ("本馆没有其他需要报告的事项。", 6, Label.OTHER),
        ("工作之余，我们也清楚看到存在的差距。", 5, Label.OTHER),
        ("一年来主要做了以下工作：一是完善制度，修订流程；二是优化栏目。", 1, Label.MEASURE),
        ("（三）水质信息公开。", 1, Label.OTHER),
        ("——窗口答复。", 1, Label.OTHER),
        ("民生类。", 1, Label.OTHER),
        ("面向租户。", 1, Label.OTHER),
        ("（一）存在的不足。", 5, Label.OTHER),
        ("（四）平台功能更加完善。", 1, Label.OTHER),
        ("3.管好档案。", 1, Label.MEASURE),
        ("（二）依法规范答复流程。", 1, Label.MEASURE),
        ("旧管网改造涉及9个小区、3100户，施工单位和工期在现场公示；更换水表公示12次。", 1, Label.STATISTIC),
        ("2024年，我局坚持以公开促规范，把住户关心的事摆在前头。", 1, Label.OTHER),
        ("本报告涵盖全县18个乡镇、32个部门和4个园区的数据。", 1, Label.OTHER),
        ("二是各科室答复文书格式各异。", 5, Label.PROBLEM),
        ("不收取信息处理费。", 6, Label.STATISTIC),
        ("把办事窗口由过去的14个归并为6个，住户在手机上就能约号。", 1, Label.MEASURE),
        ("先谈门口的公示栏。", 1, Label.OTHER),
        ("2.从来信渠道看。", 1, Label.OTHER),
        ("戊、谁来盯着公开？", 1, Label.OTHER),
        ("第三，信息管理。", 1, Label.OTHER),
        ("（一）基层不清楚哪些该公开。", 5, Label.PROBLEM),
        ("◆ 申请受理。", 1, Label.OTHER),
        ("（四）争议化解。", 1, Label.OTHER),
        ("（五）化解旧的纠纷。", 1, Label.MEASURE),
        ("（二）依申请公开严谨有据。", 1, Label.OTHER),
        ("改进举措。", 5, Label.OTHER),
        ("收到的申请多为采砂许可和移民后扶资金。", 1, Label.OTHER),
        ("申请内容以采砂许可为主，占七成。", 1, Label.STATISTIC),
        ("这一年乡里抓了三件大事。", 1, Label.OTHER),
        ("业务学习办了三场。", 1, Label.STATISTIC),
        ("稽查科每年两次到所里翻看台账，当场指出错处。", 1, Label.MEASURE),
        ("年内无上年结转的申请。", 1, Label.STATISTIC),
    ],
)
def test_wordings_that_the_labelling_guide_decides(text: str, section: int, label: Label) -> None:
    assert label_sentences([text], [section])[0][0] is label


def test_an_ordinal_is_no_count() -> None:
    texts = ["一年来重点做了两件事。", "第一件，理台账。", "第二件，查栏目。"]
    assert Label.STATISTIC not in [label for label, _ in label_sentences(texts, [1, 1, 1])]


def test_numbered_sentences_behind_words_that_announce_problems_are_problems() -> None:
    texts = ["工作中主要存在以下问题。", "一是少数同志存在重发布轻解读的倾向。"]
    assert [label for label, _ in label_sentences(texts, [5, 5])] == [Label.OTHER, Label.PROBLEM]


def test_improvements_that_stand_first_are_measures() -> None:
    texts = ["完善统计数据发布日历，同步做好解读。", "优化网站检索功能，方便群众查找。", "信息更新不够及时。"]
    topics = ["（一）改进情况", "（一）改进情况", "（二）存在的问题"]
    labels = [label for label, _ in label_sentences(texts, [5, 5, 5], topics)]
    assert labels == [Label.MEASURE, Label.MEASURE, Label.PROBLEM]


def test_the_model_names_each_label_once() -> None:
    assert sorted(LABELS) == sorted(Label)


def test_a_missing_model_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.narrative.labelling.MODEL", "no-such-model")
    with pytest.raises(ModelError, match="no-such-model"):
        label_sentences(["公开。"], [1])


def test_every_phrase_of_the_lexicon_has_a_meaning_once_per_kind() -> None:
    for phrase, terms in load_terms().items():
        kinds = sorted(term.kind for term in terms)
        assert all(one != other for one, other in pairwise(kinds)), phrase


@pytest.mark.parametrize("text", ["（一）做实主动公开。", "针对以上问题，我局将健全工作机制，压实各科室主体责任。"])
def test_marks_of_half_width_do_not_change_a_label(text: str) -> None:
    narrow = text.translate(str.maketrans("（），", "(),")).replace(",", ", ")
    assert label_sentences([narrow], [5]) == label_sentences([text], [5])
