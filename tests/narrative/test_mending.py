"""Words of noisy prose are known again; clean prose and numbers stay as they are."""

from __future__ import annotations

import pytest

from extract.narrative.mending import hides_words, mend_texts
from tests.narrative.builders import claims_of, codes_of, make_cells

NOISE = "本报告依照政俯信息公开条例编制。"


def test_words_of_the_form_are_known_again_in_noisy_prose() -> None:
    assert mend_texts((NOISE, "木予公井3件，无法堤供2件。"))[1] == "不予公开3件，无法提供2件。"


@pytest.mark.parametrize("text", ["收到申请八十二件，干部培训三次。", "在线下公开场所和夏季用水专区公示。"])
def test_clean_prose_stays_as_it_is(text: str) -> None:
    assert mend_texts((text,)) == (text,)


def test_a_year_and_an_outcome_are_known_again_beside_the_words_that_prove_them() -> None:
    assert mend_texts(("土年结转6件，己为结6件。",)) == ("上年结转6件，已办结6件。",)
    assert mend_texts((NOISE, "行政复议均为结果维持。"))[1] == "行政复议均为结果维持。"


def test_a_number_is_never_mended() -> None:
    assert mend_texts((NOISE, "公井千件，公井干件。"))[1] == "公开千件，公开干件。"


def test_a_character_in_common_use_is_no_damage_in_a_short_word() -> None:
    assert mend_texts((NOISE, "用好线下公开专区。"))[1] == "用好线下公开专区。"


def test_claims_of_noisy_prose_are_bound_and_quote_what_is_printed() -> None:
    _, (text, field) = claims_of(NOISE + "共收到政府信息公开申请9件。", "收到申请9件，上年给转0件，己办结9件。")[:2]
    assert (text, field) == ("9件", "requests.received.total")
    claims = claims_of(NOISE, "收到政俯信息公开申清9件，上年结传0件。")
    assert claims == [("9件", "requests.received.total"), ("0件", "requests.carried_in.total")]


def test_words_that_stay_unknown_contradict_nothing() -> None:
    cells = make_cells({"requests.received.total": 72})
    assert codes_of(NOISE, "通迂倌幽收到申请18件。", cells=cells) == []
    assert codes_of(NOISE, "全年收到申请18件。", cells=cells) == ["T001"]


def test_a_short_word_behind_a_damaged_one_contradicts_nothing() -> None:
    cells = make_cells({"requests.received.total": 9, "requests.granted.total": 6})
    assert codes_of("收到政府信息公开申请9件。", "公开6件，不子公开2件。", cells=cells) == []


def test_results_of_a_matter_whose_name_is_damaged_contradict_nothing() -> None:
    cells = make_cells({"challenges.reconsideration.total": 9, "challenges.reconsideration.upheld": 6})
    assert codes_of(NOISE, "行政复议9件。", "其中愎汉5件，维持2件。", cells=cells) == []


@pytest.mark.parametrize("text", ["去牛收到申请18件。", "市木级收到政府信息公开申请18件。"])
def test_a_short_word_that_says_whose_or_which_years_number_it_is_proves_noise_alone(text: str) -> None:
    assert codes_of(text, cells=make_cells({"requests.received.total": 72})) == []


def test_a_known_word_is_not_mended_into_another_that_looks_like_it() -> None:
    assert mend_texts((NOISE, "本年度没有制发规章，结转下年度3件。"))[1] == "本年度没有制发规章，结转下年度3件。"


@pytest.mark.parametrize("text", ["因事项划转，未办理行政许可。", "逾期不补正作其他处理的3件。", "无群众来电投诉。"])
def test_no_mend_breaks_a_word_that_is_whole(text: str) -> None:
    assert mend_texts((NOISE, text))[1] == text


@pytest.mark.parametrize(
    ("text", "written"), [("各渠逍收到申请3件。", "各渠道收到申请3件。"), ("群众兮别申请3件。", "群众分别申请3件。")]
)
def test_a_strange_character_is_mended_where_one_other_makes_a_known_word(text: str, written: str) -> None:
    assert mend_texts((NOISE, text))[1] == written


@pytest.mark.parametrize("text", ["河堤出险3次。", "逍遥镇收到申请3件。"])
def test_a_character_that_makes_no_known_word_stays(text: str) -> None:
    assert mend_texts((NOISE, text))[1] == text


def test_a_rare_character_with_the_same_phonetic_part_is_known_again() -> None:
    cells = make_cells({"requests.received.total": 72})
    assert codes_of(NOISE, "年内收申靖18件。", cells=cells) == ["T001"]


def test_a_number_behind_a_worn_numeral_is_no_number() -> None:
    cells = make_cells({"requests.received.natural_person": 42})
    assert codes_of("申请人构成：自然人西十二件。", cells=cells) == []
    assert codes_of("申请人构成：自然人三十二件。", cells=cells) == ["T001"]


@pytest.mark.parametrize("text", ["公开（含部分公开）5件。", "厶开(含部分公开)的5件。"])
def test_those_that_a_bracket_counts_in_are_added(text: str) -> None:
    cells = make_cells({"requests.granted.total": 3, "requests.partially_granted.total": 2})
    assert codes_of(text, cells=cells) == []


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("本午未受理行政许可.", "本年未受理行政许可."),
        ("2024午收到申请，仝午办结。", "2024年收到申请，全年办结。"),
        ("今午新收9件.办结8件.", "今年新收9件，办结8件."),
        ("今午收到的仝郎办结。", "今年收到的全部办结。"),
        ("全年收到由请，均已办结.公开8件", "全年收到申请，均已办结，公开8件"),
    ],
)
def test_a_damaged_year_and_a_comma_that_became_a_point_are_mended(text: str, mended: str) -> None:
    assert mend_texts((text,)) == (mended,)


@pytest.mark.parametrize(
    ("text", "field", "shown"),
    [
        ("予以公开二件，已经送达。", "requests.granted.total", 3),
        ("收到政府信息公开申请十件。", "requests.received.total", 13),
        ("年末有效的规范性文件十五件。", "disclosure.normative_documents.in_force", 85),
        ("行政事业性收费165万元。", "disclosure.fees.amount", 1.65),
    ],
)
def test_a_number_that_damage_may_have_made_of_the_cells_accuses_only_in_clean_prose(
    text: str, field: str, shown: float
) -> None:
    cells, opening = make_cells({field: shown}), "政府信息公开申请办理情况如下。"
    assert codes_of(opening, text, cells=cells) == ["T001"]
    assert codes_of(NOISE, opening, text, cells=cells) == []


def test_an_amount_that_lost_its_point_is_no_amount() -> None:
    assert codes_of("行政事业性收费0339万元。", cells=make_cells({"disclosure.fees.amount": 0.339})) == []


@pytest.mark.parametrize("text", ["9伴。", "公开三伴，", "厶开栏更新"])
def test_a_unit_or_a_short_word_with_a_strange_character_proves_noise(text: str) -> None:
    assert mend_texts((text, "木予公井。")) == (text.replace("伴", "件").replace("厶", "公"), "不予公开。")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("全年行政诔讼案件3件。", "全年行政诉讼案件3件。"),  # no list holds the pair, and no other word fits
        ("微信么众号推送80篇，通过门户网玷友布120杂。", "微信公众号推送80篇，通过门户网站发布120条。"),
        ("末办结的2件转下年。", "未办结的2件转下年。"),
        ("比止年多3件，其申部分会开1件。", "比上年多3件，其中部分公开1件。"),
    ],
)
def test_one_damaged_word_alone_is_known_again(text: str, written: str) -> None:
    assert mend_texts((text, NOISE))[0] == written


@pytest.mark.parametrize(
    "text",
    [
        "行政诔讼3件。",
        "么众号推送80篇。",
        "收牧到申请3件，政府倌息公开。",
        "公升3件。",
        "行政许司3件。",
        "收到申清3件。",
        "均获推持。",
        "投有企业提出，也末实施处罚。",
        "末办结的3件结转至次年。",
        "予以公开或部分分开21件。",
    ],
)
def test_a_word_of_three_characters_proves_noise(text: str) -> None:
    assert mend_texts((text,)) != (text,)


@pytest.mark.parametrize(
    "text",
    [
        "中华人民共和国政府信息公开条例。",
        "工作日上午受理。",
        "至年末办理完毕4件。",
        "镇会计代理中心不是行政主体。",
        "攒在一起公开。",
        "年末办结了12件。",
    ],
)
def test_words_that_only_look_like_the_reports_own_stay(text: str) -> None:
    assert mend_texts((NOISE, text))[1] == text


def test_a_strange_character_that_looks_like_another_word_is_not_forced_into_the_next_best() -> None:
    assert mend_texts((NOISE, "所属亊业单位收到申请3件。"))[1] == "所属事业单位收到申请3件。"


def test_parts_behind_a_damaged_word_are_no_sum_of_what_they_are_parts_of() -> None:
    text = "网站更新223条，具中公告43条、公示13条，两类合计56条。"
    assert codes_of(NOISE, text, cells=make_cells()) == []


@pytest.mark.parametrize(("text", "hides"), [("治理私搭乱建", False), ("新收申请巳办结", True), ("台账显夻", True)])
def test_a_character_that_reports_hardly_use_hides_a_word_where_another_makes_one(text: str, hides: bool) -> None:
    assert hides_words(text) is hides
