"""Numbers that count are claims; dates, names and references are not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract.narrative.lexicon import find_mentions
from extract.narrative.numbers import find_numbers
from extract.narrative.plain import to_plain
from extract.records import Qualifier


def numbers(text: str) -> list[tuple[str, str, str]]:
    plain = to_plain(text).text
    found = find_numbers(plain, find_mentions([plain])[0])
    return [(str(number.value.normalize() + 0), number.unit, number.qualifier.value) for number in found]


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifier"),
    [
        ("收到申请十八件", "18", "件", "exact"),
        ("收到申请 1，234 件", "1234", "件", "exact"),
        ("发布信息5500余条", "5500", "条", "at_least"),
        ("阅读量近40万人次", "400000", "人次", "about"),
        ("办理许可2.79万余件", "27900", "件", "at_least"),
        ("约三十人参加", "30", "人", "about"),
        ("超过20次", "20", "次", "at_least"),
        ("不足10件", "10", "件", "at_most"),
        ("占33.9%", "33.9", "%", "exact"),
        ("收费一千二百点六万元", "1200.6", "万元", "exact"),
        ("满意率百分之九十八点五", "98.5", "%", "exact"),
        ("满意率百分之百", "100", "%", "exact"),
        ("粉丝数54373", "54373", "", "exact"),
        ("粉丝1.2万，", "12000", "", "exact"),
        ("热线4.2万件", "42000", "件", "exact"),
        ("整改率九成六", "96", "%", "exact"),
    ],
)
def test_a_count_is_read(text: str, value: str, unit: str, qualifier: str) -> None:
    found = numbers(text)
    assert [(Decimal(found[0][0]), *found[0][1:])] == [(Decimal(value), unit, qualifier)]
    assert len(found) == 1


def test_money_stays_in_its_printed_unit() -> None:
    assert numbers("收费71524万元，另收1.2亿元") == [("71524", "万元", "exact"), ("1.2", "亿元", "exact")]


@pytest.mark.parametrize(
    "text",
    [
        "2024年12月31日前完成",
        "2022—2024年逐步推开",
        "国办公开办函〔2021〕30号",
        "第711号令第五十条",
        "联系电话：0531-88001122",
        "邮编250001",
        "落实三审三校制度",
        "二十届三中全会精神",
        "拨打12345热线",
        "位于市府路6号3楼",
        "上午八时三十分至十二时",
        "第二、三、四部分为表格",
        "占三分之一强",
        "几十家单位大同小异",
        "要等一两个星期",
        "（二）加强培训",
        "3.加强培训",
        "一是加强培训，二是抓好考核",
        "进一步统一标准",
        "开展“四个一”活动",
        "登录www.example.org/2024/1查询",
        "二〇二四年",
    ],
)
def test_what_counts_nothing_is_no_claim(text: str) -> None:
    assert numbers(text) == []


def test_the_qualifiers_are_those_of_the_contract() -> None:
    assert {qualifier.value for qualifier in Qualifier} == {"exact", "about", "at_least", "at_most"}


def test_numbers_behind_each_have_the_unit_of_the_last() -> None:
    assert numbers("自然人、企业、其他组织分别为7、2、0件") == [
        ("7", "件", "exact"),
        ("2", "件", "exact"),
        ("0", "件", "exact"),
    ]
