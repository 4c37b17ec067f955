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
        ("公开信息3120条，其中土地出让公告118条。", "上年公开信息3120条，其中土地出让公告108条。"),
    ],
)
def test_another_thing_beside_a_count_that_is_repeated_is_not(texts: tuple[str, ...]) -> None:
    assert codes_of(*texts, cells=make_cells()) == []
