"""Sentences that say of which year the report is, and those that speak of another one."""

from __future__ import annotations

import pytest

from extract.metadata.own_year import find_own_year

LAST = 2023


@pytest.mark.parametrize(
    ("section", "place", "text"),
    [
        (1, "preamble", "现就本局2023年度信息公开履职情况向社会作如下说明。"),
        (1, "preamble", "依据条例第五十条，向社会报告我镇2023年度政府信息公开工作。"),
        (1, "preamble", "为让公众了解我局的公开工作，特将2023年有关情况汇总成报告。"),
        (1, "preamble", "各项数据统计截至2023年12月31日。"),
        (1, "preamble", "统计数据的截止时间为2023年12月31日。"),
        (1, "preamble", "本局现公布2024年度政府信息公开工作年度报告，各项统计数据截至2023年12月31日。"),
        (1, "", "本报告的各项内容均以2023年度为限。"),
        (1, "", "三张统计表由办公室根据2023年台账填写。"),
        (1, "", "表二、表三、表四所填数字，均为2023年度发生数。"),
        (1, "", "第三部分表格记载的是本局2023年办理申请的情况。"),
        (1, "", "2023年度共收到依申请公开47件，分类情况见本报告第三部分表格。"),
        (1, "", "过去的2023年，本街道把公开透明的要求贯穿为民服务全过程。"),
        (1, "", "在市政府办公室的指导下，2023年我局信息公开工作进展顺利。"),
        (1, "first", "2023年，区教育局扎实推进校务公开、政务公开，较好回应了家长关切。"),
        (5, "", "对照群众期待，2023年的公开工作还有不少短板。"),
        (1, "", "报告所称“全年”，指2023年。"),
        (5, "", "2023年里，我们的公开工作离群众的要求尚有距离。"),
        (5, "", "从2023年的情况看，我委公开工作主要有下列问题。"),
        (6, "", "本机关2023年度没有发出收费通知，信息处理费为零。"),
        (6, "", "至此，2023年度政府信息公开工作年度报告全部内容结束。"),
    ],
)
def test_what_a_report_says_of_itself_names_its_year(section: int, place: str, text: str) -> None:
    assert find_own_year(text, section, place) == LAST
    assert find_own_year(text, section, place, known=LAST) is None


@pytest.mark.parametrize(
    ("section", "text"),
    [
        (1, "本报告中与2023年的对比数据，来自上一年度报告。"),
        (1, "附表中“上年结转”一栏的2件，系2023年收到、今年办结。"),
        (1, "2023年设立的公开专区，在本报告期内接待群众300人次。"),
        (1, "2023年，国务院办公厅对年度报告格式作了调整，本报告按新格式编写。"),
        (1, "本次报告的格式沿用2023年国务院办公厅通知要求。"),
        (1, "本报告未包括2023年结转、本年撤回的1件申请。"),
        (1, "至本报告付印，2023年新登记的3件申请不列入本期数据。"),
        (1, "本报告公布之日，2023年又接到2件申请，均未计入本报告。"),
        (1, "2023年，我县被确定为基层政务公开标准化试点。"),
        (1, "2023年用水统计数据见附表。"),
        (1, "截至2023年12月31日，门户网站注册用户3万人。"),
        (1, "2023年1月，本报告经局长办公会审议通过。"),
        (1, "公布2023年度部门预算执行情况、“三公”经费如下。"),
        (5, "2023年反映突出的解读形式单一问题，经过一年努力已有明显改善。"),
        (5, "受2023年机构调整影响，人员力量薄弱的问题依然存在。"),
        (6, "现将2023年度问题整改情况报告如下。"),
    ],
)
def test_a_sentence_about_another_year_names_no_year_of_the_report(section: int, text: str) -> None:
    assert find_own_year(text, section, "preamble" if section == 1 else "") is None


def test_an_event_of_another_year_is_no_work_of_this_one() -> None:
    assert find_own_year("2023年，县行政审批局挂牌成立，承担政务公开工作。", 1, "first") is None


@pytest.mark.parametrize(
    ("section", "text"),
    [
        (1, "2025年，我局政府信息公开工作要在公开时效上进一步提升。"),
        (5, "2025年，我们还要在解读质量不高的环节下功夫。"),
        (5, "2025年，着重办好以下几件工作："),
    ],
)
def test_what_is_said_of_the_work_of_a_later_year_is_a_plan(section: int, text: str) -> None:
    assert find_own_year(text, section, known=LAST + 1) is None


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2022年，县文旅局立足“诗和远方”，将政务公开融入公共文化服务和旅游市场治理。", 2022),
        ("2022年，市公积金中心归集住房公积金43亿元，发放贷款8263笔。", 2022),
        ("2022年，省政府部署基层政务公开标准化，我局据此编制目录26项。", None),
        ("2022年，县局门户网站集约化迁移至市平台，本年继续完善。", None),
    ],
)
def test_the_first_sentence_tells_the_year_by_what_the_agency_did(text: str, year: int | None) -> None:
    assert find_own_year(text, 1, "first", known=2023) == year
