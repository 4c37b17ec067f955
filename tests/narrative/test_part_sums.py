"""A list of parts must make its whole, where it is all of it, and never more."""

from __future__ import annotations

import pytest

from tests.narrative.builders import check, codes_of, make_cells


@pytest.mark.parametrize(
    "texts",
    [
        ("全年更新信息7316条，其中概况类51条、动态类4206条、目录类3509条。",),  # 3059
        ("发布解读材料31篇，其中文字解读14篇、图文解读14篇、视频解读6篇。",),
        ("镇长信箱收到来信83封，平均用时3个工作日，按性质分，咨询类51封、投诉类28封、建议类14封。",),
        ("印发公文166件，其中主动公开61件，依申请公开78件，不予公开37件。",),
        ("三个领域公开信息342条，其中招生就业141条、财务资产88条、人事师资95条。",),  # 324
        ("开展“四进”活动47场次，发放资料900份。", "其中进企业14场次、进农村11场次、进社区9场次、进学校3场次。"),  # 37
        ("公开信息185条，其中财政类40条、动态类98条、其他类27条。",),
        ("公众号发布信息806条，微博发布412条，抖音发布短视频97条，三个账号合计发布1295条。",),
        ("编印政务简报21期，上半年9期、下半年15期。",),  # 12
        ("水务所抢修公示共46条：主干管14条，支管18条，户表24条。",),  # 14
        ("窗口接待查询118人次，自助机查询64人次。", "全年接待查询共计128人次。"),  # 182
        ("发放问卷245份，收回171份，没收回47份。",),  # 74: fewer than the whole
        ("一季度抽查2次，二季度抽查1次，全年合计2次。",),  # the whole is as much as a part
        ("清单列入事项8项，其中本年新增36项、沿用52项。",),  # 88
        ("公示规划方案123项，其中住宅项目74项、非住宅项目58项，展板与网页同步更换。",),  # 132: all there are of a kind
        ("第三方反馈疑似差错77处，经查属实的45处，不属实的23处。",),  # 68
        ("官网和官微两处各更新动态38条、29条，共计77条。",),  # 67: of two, and not each of several
        ("通过公告栏和微信推送提醒214条，其中公告栏39条、微信185条。",),  # 224: the whole is of both channels
        ("全局公开信息1726条。", "现将情况汇总如下。", "公开信息按体裁分为文稿类812条、图表类534条、视听类360条。"),
        ("全年制作短片94部，政策类31部，服务类603部。",),  # a digit too many
        ("考评对象共71个，机关48个，乡镇21个。",),  # 69
        ("上半年网站发布信息384条，下半年发布信息407条，全年网站发布信息总量971条。",),  # 791
    ],
)
def test_parts_that_one_slip_keeps_from_making_their_whole_contradict_it(texts: tuple[str, ...]) -> None:
    assert codes_of(*texts, cells=make_cells()) == ["T002"]


@pytest.mark.parametrize(
    "texts",
    [
        ("信息窗累计张贴材料316条，其中村务动态12条、便民提示4条。",),  # two of many kinds
        ("全年更新信息7316条，其中概况类51条、动态类4206条、目录类3059条。",),
        ("全年更新信息7316条，其中概况类51条、动态类4206条。",),  # some of them
        ("发布信息46条，比上年多出6条，其中政策类24条、动态类22条。",),
        ("网站更新信息203条，含出行提示98条，新媒体推送165条。",),  # another statement
        ("发布信息120条，其中网站发布118条、微信发布92条。",),  # one thing on two channels
        ("收到留言50条，其中咨询类30条、投诉类25条，部分兼有两类。",),
        ("培训90人次，其中党员51人次、妇女49人次。",),
        ("公众号发布信息806条，微博发布412条，抖音发布短视频77条，三个账号合计发布1295条。",),
        ("财政信息13条，人事信息18条，其他信息15条。",),  # a list without its whole
        ("讲解员37人，其中党员21人，女讲解员18人。",),  # one person of both kinds
        ("公众号发布信息806条，微博发布412条，抖音发布短视频97条，两个账号合计发布1218条。",),  # which two
        ("所属单位共12家，设有专栏的5家，设有公众号的9家。",),
        ("全年采用稿件40篇，其中省级18篇、市级23篇，有一篇被多家采用。",),
        ("印制折页5000份，送到企业1300份、商铺800份，另在大厅摆放。",),
        ("推送视频430条，其中自制129条，被省台转载211条。",),
        ("沙龙原定每季1场共4场，实际办了5场，多出的1场是加办的。",),
        ("公共服务信息25条、公共卫生信息17条、公共资源信息71条。",),
        ("公开采购类信息167条，人事类79条，基建类78条。",),  # sorts side by side
        ("从内容看，征地拆迁类12件，财政资金类7件，人事管理类4件，其他5件。",),
        ("大院设意见箱46个，镇里设90个。", "明年计划增至156个。"),
        ("公开公文142件、收文61件、内部资料88件。",),  # the first of the list
        ("办理省建议21件，县建议134件，政协提案156件。",),  # another name
        ("账号从61个精简到38个。", "数据来自32个部门、28个乡镇。"),
        ("12个县报来材料，重点项目148个，四个季度均按时公布。",),  # quarters
        ("公开目录事项171项，其中人事类31项、采购类25项、基建类47项。",),  # some of many
        (
            "一季度接访20批，二季度接访41批，三季度接访45批，四季度接访31批。",
            "一季度办结28批，二季度办结39批，三季度办结44批，四季度办结34批。",
        ),
    ],
)
def test_parts_of_which_some_may_be_left_out_or_told_twice_accuse_nobody(texts: tuple[str, ...]) -> None:
    assert codes_of(*texts, cells=make_cells()) == []


def test_all_parts_are_told_where_the_first_of_them_are_more_than_the_whole() -> None:
    text = "全年发布信息2139条，其中动态类1744条，政务类393条，解读类21条，回应关切类2条。"
    _, (discrepancy,) = check(text, cells=make_cells())
    assert (discrepancy.expected, discrepancy.working) == (2160, "1744条＋393条＋21条＋2条")


def test_parts_of_the_year_are_held_to_a_whole_that_a_cell_shows() -> None:
    text = "全年收到政府信息公开申请59件（上半年21件、下半年{}件），比上年多8件。"
    cells = make_cells({"requests.received.total": 59})
    assert codes_of(text.format(83), cells=cells) == ["T002"]
    assert codes_of(text.format(38), cells=cells) == []
