"""A sentence that repeats one count of another must not change the one beside it."""

from __future__ import annotations

import pytest

from tests.narrative.builders import codes_of, make_cells


@pytest.mark.parametrize(
    "texts",
    [
        ("县政府网站发布信息8460条；回应县长信箱来信421封。", "全年发布信息8460条，办理县长信箱来信412封。"),
        ("公开防疫、妇幼等信息512条，“健康青禾”推文274篇。", "全年公开信息512条，推文247篇，办理提案3件。"),
        ("专栏发布信息1240条，其中招生信息86条、采购信息40条。", "专栏全年发布信息1240条，其中招生类68条。"),
        ("公开信息3120条，其中土地出让公告118条。", "年度公开信息3120条，其中土地出让公告108条。"),
        ("公开防疫、妇幼等信息435条，推文1270篇。", "全年公开信息426条，推文1270篇。"),  # fewer than a part of them
        ("举办政务公开业务培训3期，参训152人。", "全年举办政务公开业务培训3期、参训125人。"),
        ("举办“税务课堂”5场，收集意见建议74条。", "5场“税务课堂”收集到的47条意见建议均已反馈。"),
        ("“政企早餐会”一年举办了20场，累计326家企业参加。", "“政企早餐会”已成名片：2024年共办22场、到场企业326家。"),
        ("“走进水厂”开放日邀请居民代表、学生共42人参加。", "“走进水厂”开放日，到场人员24人。"),  # a name is enough
    ],
)
def test_the_count_beside_one_that_is_repeated_is_the_same(texts: tuple[str, ...]) -> None:
    assert codes_of(*texts, cells=make_cells()) == ["T002"]


@pytest.mark.parametrize(
    "texts",
    [
        (
            "收到县长信箱来信421封，发布信息8460条。",
            "全年发布信息8460条，回复县长信箱来信412封。",
        ),  # not all were answered
        ("公开防疫、妇幼等信息426条，推文1270篇。", "全年公开信息435条，推文1270篇。"),
        ("发布信息1240条，其中招生信息86条、采购信息40条。", "全年发布信息1240条，其中研究生招生信息30条。"),
        ("网站发布信息320条，其中政策类40条。", "公众号推送信息320条，其中政策类30条。"),  # two channels
        ("在213个村设立公开栏，张贴公告840份。", "213个村均有信息员，发放宣传册480份。"),
        ("公开信息3120条，其中土地出让公告118条。", "上年公开信息3120条，其中土地出让公告108条。"),
    ],
)
def test_another_thing_beside_a_count_that_is_repeated_is_not(texts: tuple[str, ...]) -> None:
    assert codes_of(*texts, cells=make_cells()) == []
