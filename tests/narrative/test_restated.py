"""T002 for counts that no cell shows."""

from __future__ import annotations

import pytest

from tests.narrative.builders import check, codes_of, make_cells


def test_the_same_words_with_another_number_are_t002() -> None:
    texts = ("全年主动公开政府信息2100条。", "2024年，本机关主动公开政府信息2127条。")
    assert codes_of(*texts, cells=make_cells()) == ["T002"]
    assert codes_of("2024年召开新闻发布会9场。", "年内共召开新闻发布会13场。", cells=make_cells()) == ["T002"]


@pytest.mark.parametrize(
    "texts",
    [
        ("全年开展政策解读12篇。", "全年共发布政策解读15篇。"),
        ("受理群众留言35条。", "全年共受理群众留言39条。"),
        ("2024年召开新闻发布会3场。", "需要说明的是，我局全年举办新闻发布会5场。"),
        ("社会评议满意率为93.4%。", "2024年社会评议结果显示，满意率为95.3%。"),
        ("更新公开栏7期。", "公开栏全年更新了11期，群众都说好。"),
        ("参加上级培训7人次。", "全年共有11人次参加上级培训。"),
        ("印发公文100件。", "2024年我局印发公文共185件，均标注公开属性。"),
        ("全年在门户网站发布信息300条，其中图解9篇。", "全年门户网站共发布信息330条。"),
        ("与2023年相比，公开力度更大，全年公开信息2100条。", "全年公开信息1200条。"),
        (
            "通过信用信息公示系统（本地）归集信息2335条，通过县政府门户网站公开信息326条。",
            "全年在县政府门户网站公开信息236条。",
        ),
        ("全年主动公开信息770条，其中门户网站511条、微信公众号191条。", "门户网站全年公开信息151条。"),
        ("全年公开税务信息282条，其中欠税公告4期。", "回顾全年，公开税务信息共228条，完成年初计划。"),
        ("2024年，我局公开信息2189条，其中征地信息437条。", "截至12月底，本年累计公开信息2198条。"),
        ("政务公开专区接待群众60人次。", "全年政务公开专区接待来访群众82人次。"),
    ],
)
def test_the_same_thing_in_other_words_is_t002(texts: tuple[str, str]) -> None:
    assert codes_of(*texts, cells=make_cells()) == ["T002"]


@pytest.mark.parametrize(
    "texts",
    [
        ("全年发布政策解读12篇。", "其中发布政策解读4篇。"),
        ("为企业发布政策解读12篇。", "全年发布政策解读4篇。"),
        ("全年受理群众来信20件。", "全年办理群众来信18件。"),
        ("全年主动公开政府信息2100条。", "2023年，本机关主动公开政府信息2127条。"),
        ("全年主动公开政府信息2100余条。", "本年度主动公开政府信息2127条。"),
        ("门户网站全年发布信息300条。", "微信公众号全年发布信息120条。"),
        ("全年发布信息300条。", "全年发布信息120条。"),
        ("设立政府信息公开查阅点2个。", "全县共设立政府信息公开查阅点18个。"),
        ("群众满意度95%。", "企业满意度93%。"),
        ("我局门户网站公开信息220条。", "县政府门户网站公开信息90条。"),
        ("全年主动公开政府信息2100条。", "本年度主动公开政府信息2100条。"),
    ],
)
def test_counts_that_may_both_be_right_are_left_alone(texts: tuple[str, str]) -> None:
    assert codes_of(*texts, cells=make_cells()) == []


def test_parts_right_before_a_bare_sum_make_it() -> None:
    assert codes_of("网站发布5条，微信发布3条，共9条。", cells=make_cells()) == ["T002"]
    assert codes_of("网站发布5条，微信发布3条，共8条。", cells=make_cells()) == []
    assert codes_of("网站发布5条，微信发布3条，共发布信息12条。", cells=make_cells()) == []


def test_ways_of_asking_are_no_more_than_what_was_asked() -> None:
    cells = make_cells({"requests.received.total": 17})
    assert codes_of("共收到政府信息公开申请17件，其中网上提交12件，信函提交6件。", cells=cells) == ["T002"]
    assert codes_of("共收到政府信息公开申请17件，其中网上提交12件，信函提交3件。", cells=cells) == []


@pytest.mark.parametrize(
    "text",
    [
        "咨询由2022年的39件变为2023年的41件，同比下降5.1%。",
        "工单总量从2022年的50件到2023年的40件，增长20%。",
        "2023年接听来电15件，较上年的 20 件下降 34.7%。",
        "收回问卷 212 份，其中评价满意的 176 份，满意率 88.86%。",
        "解读材料74份，采用图解形式的6份，占比18.1%。",
    ],
)
def test_a_percentage_of_the_numbers_beside_it_is_checked(text: str) -> None:
    assert codes_of(text, cells=make_cells()) == ["T004"]


def test_a_change_the_other_way_round_expects_the_right_direction() -> None:
    (wrong,) = check("2023年接听来电17件，比2022年的20件增长15%。", cells=make_cells())[1]
    assert (wrong.expected, wrong.found) == ("下降15%", 15.0)


@pytest.mark.parametrize(
    "text",
    [
        "咨询由2022年的39件变为2023年的41件，同比增长5.1%。",
        "2023年接听来电39件，比2022年的41件有所减少，信件增长5.1%。",  # of something else
        "2023年接听来电15件，较上年的20件下降25%。",
        "解读材料74份，图解6份，占比18.1%。",  # of what, it is not told
    ],
)
def test_a_percentage_that_follows_or_is_of_something_else_accuses_nobody(text: str) -> None:
    assert codes_of(text, cells=make_cells()) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("党组专题研究公开工作两次。", "我局党祖高度重视，全年专题砚究公开工作5次。"),
        ("门户网站全年主动公开信息总数为480条。", "门户网沾全年主动公开信息总数885条。"),
        ("随文件同步编发解读31篇。", "多形式解读政策，全年随文件同涉编发解读13篇。"),
    ],
)
def test_words_that_noise_changed_are_the_same_words(one: str, other: str) -> None:
    assert codes_of("本报告依照政俯信息公开条例编制。", one, other, cells=make_cells()) == ["T002"]


def test_other_words_in_noisy_prose_are_no_second_statement() -> None:
    texts = ("工会专题研究公开工作两次。", "我局党祖高度重视，全年专题砚究公开工作5次。")
    assert codes_of("本报告依照政俯信息公开条例编制。", *texts, cells=make_cells()) == []


def test_platforms_publish_no_more_than_all_of_them() -> None:
    text = "各公开平台累计发布信息{}条，网站、微信公众号、视频号分别发布889条、1612条、297条。"
    assert codes_of(text.format(2698), cells=make_cells()) == ["T002"]
    assert codes_of(text.format(2798), cells=make_cells()) == []
    assert codes_of(text.format(3000), cells=make_cells()) == []
