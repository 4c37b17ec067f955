"""Counts outside the tables that are told twice, and changes that do not follow from their two numbers."""

from __future__ import annotations

import pytest

from tests.narrative.builders import codes_of, make_cells


@pytest.mark.parametrize(
    "texts",
    [
        ("2024年，我局门户网站公开信息312条，政务微信推送198条。", "全年门户网站更新信息321条。"),
        ("“青禾街道”公众号刊发图文146篇。", "我街道公众号全年发文164篇。"),
        ("一是做好主动公开，公开信息604条。", "全年共公开信息640条，未发生泄密事件。"),
        ("举办政府开放日活动6场，邀请群众120人。", "全年组织开放日9场，反响良好。"),
        ("公开停电、停水、维修等便民公告77条。", "全年发布便民公告79条。"),
        ("“清水发布”新媒体矩阵推送稿件920条。", "“清水发布”矩阵年内推送902条。"),
        ("回复网民留言214条。", "全年答复网民留言241条，办结率100%。"),
    ],
)
def test_the_same_thing_in_other_words_is_counted_once(texts: tuple[str, ...]) -> None:
    assert codes_of(*texts, cells=make_cells()) == ["T002"]


@pytest.mark.parametrize(
    "texts",
    [
        ("“青禾街道”公众号刊发图文146篇。", "“青禾党建”公众号全年发文90篇。"),
        ("“河东发布”公众号推送120条，“河东教育”公众号推送80条。", "公众号全年推送200条。"),  # which of them
        ("县政府网站发布信息312条。", "局网站全年发布信息321条。"),  # two sites
        ("围绕防汛救灾，微信公众号推送信息120条。", "微信公众号全年推送信息190条。"),  # a part
        ("全年微信公众号推送信息120条。", "上半年微信公众号推送信息60条。"),
        ("组织政务公开培训4次。", "全年组织业务培训12次，其中政务公开4次。"),
        ("举办新闻发布会7场。", "全年参加新闻发布会2场。"),
        ("官网公开政府信息43条。", "全年网站发布信息50条。"),
        ("抖音号发布短视频48条。", "全年抖音号发布视频480条。"),  # too far apart to be one thing
    ],
)
def test_what_may_be_another_thing_accuses_nobody(texts: tuple[str, ...]) -> None:
    assert codes_of(*texts, cells=make_cells()) == []


def test_of_three_numbers_nobody_knows_which_two_are_of_one_thing() -> None:
    texts = ("公众号推送信息20条。", "微信推文30条。", "全年微信平台发文50条。")
    assert codes_of(*texts, cells=make_cells()) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("新收申请52件，比上年的60件减少9件。", ["T002"]),
        ("新收申请52件，比上年的61件减少9件。", []),
        ("上年收到申请31件，今年收到52件，增加了8件。", ["T002"]),
        ("上年收到申请31件，今年收到52件，增加了21件。", []),
        ("全年收到申请52件。上年收到申请40件，今年增加13件。", ["T002"]),
        ("全年收到申请52件。上年收到申请40件，今年增加12件。", []),
        ("全年收到申请52件，上年结转3件，比上年增加12件。", []),
        ("全年收到申请52件，比上年的60件减少约10件。", []),
    ],
)
def test_a_change_is_the_difference_of_the_two_years(text: str, codes: list[str]) -> None:
    sentences = text.replace("。", "。\n").split()
    cells = make_cells({"requests.received.total": 52, "requests.carried_in.total": 3})
    assert codes_of(*sentences, cells=cells) == codes
