"""Counts whose number was left out, told from words that end in a measure word."""

from __future__ import annotations

import pytest

from extract.narrative.missing import find_alike, find_missing_numbers
from extract.narrative.plain import to_plain


def lacks_number(printed: str) -> bool:
    return bool(find_missing_numbers(to_plain(printed).text, printed))


@pytest.mark.parametrize(
    "printed",
    [
        "街道政务服务大厅摆放政府信息查阅点处，配备查询终端台。",
        "行政执法公示平台共录入行政检查记录条。",
        "本年度行政强制处理决定数为件。",
        "本单位全年主动公开的信息有条。",
        "全年本局办理行政许可事项项，均在承诺时限内办结。",
        "收到针对本局信息公开事务的行政复议件、行政诉讼0件。",
        "依申请公开方面，本年新收件，办结2件。",
        "截止12月31日，全局共有现行有效规范性文件件。",
        "征收行政事业性收费共万元，均按标准执行。",
        "办件满意率达%。",
        "新收4件，办结3件，结转下年件，没有超期。",
        "全年公开信息1007条，其中门户网站671条、微信公众号条、抖音号41条。",
        "办理结果为：予以公开件；部分公开46件；不予公开87件。",
        "办结的有：予以公开18件、部分公开3件、无法提供件、其他处理3件。",
        "办结的申请中，11件予以公开，2件不予公开，件无法提供。",
        "全年登载通告21条、办事指南条、人事任免9条。",
        "发布“安全提示”12条、“工程进展”条、“招考”7条。",
        "编印《砚川公报》期，召开发布会6场。",
        "下半年开展自查3轮，整改项。",
        "门户网站浏览31万次，留言答复件。",
        "2024年村广播播报政策次。",
    ],
)
def test_a_measure_word_behind_a_noun_lacks_its_number(printed: str) -> None:
    assert lacks_number(printed)


@pytest.mark.parametrize(
    "printed",
    [
        "我局对每一件申请件都建立台账，逐件登记、逐件答复。",
        "印制宣传折页，在镇村便民服务中心免费发放，群众可自取一份。",
        "在现场指挥部设立咨询台，统一印发公示样张，杜绝公示走过场。",
        "报告的金额单位为万元，占比的单位是%。",
        "把近年被纠正的答复编成案例册，法制机构参与疑难件会商。",
        "组织干部职工学习，公开内容汇编成册、发放到户。",
        "发放宣传单4620多份，走访企业百余家，组织学习若干次。",
        "办结3件，上年结转件全部办结；其中条件成熟的先行答复。",
        "共收到申请19件，均为自然人申请件，其中办结18件。",
        "发布信息30条、推送头条，群众点赞；公开3件，邮件、信件均已答复。",
        "2件往年结转件和26件当年新收件，构成全年28件的办理总量。",
        "信息处理费按件、按量计收的标准均已公示。",
        "新收4件，无往年结转件，办结3件，无待办件。",
        "登记申请38件，自然人34件、企业4件；2022年没有遗留件。",
        "修订制度3条、删去旧条、新增2条，另附说明。",
        "印发《砚川公报》6期、各镇简报12期，寄送邮件、信件40件。",
        "短视频被省级账号转发38篇次。",
        "邀请若干人次参观水文站。",
        "安排专人接收新收申请件，当日登记。",
        "目前平台上没有未答复的申请件，上年结转的4件已于1月办完。",
        "完成自查2轮，整改项，已逐条销号。",
    ],
)
def test_a_word_that_ends_in_a_measure_word_lacks_nothing(printed: str) -> None:
    assert not lacks_number(printed)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("全年通过网站发布信息条，微信公众号条，微博条。", ["全年通过网站发布信息条", "微信公众号条", "微博条"]),
        ("发布信息条，推送头条，公开动态3条。", ["发布信息条"]),
        ("办理建议提案件，均为自然人申请件；答复咨询件。", ["建议提案件", "答复咨询件"]),
    ],
)
def test_all_that_lack_a_number_in_a_sentence_are_named(text: str, named: list[str]) -> None:
    assert [text[start:end] for start, end in find_alike(text, find_missing_numbers(text, text))] == named
