"""Two statements of one thing whose numbers are a slip of the pen apart, in words of their own."""

from __future__ import annotations

import pytest

from tests.narrative.builders import codes_of, make_cells


@pytest.mark.parametrize(
    "texts",
    [
        ("在各分局选聘政务公开联络员62名，建立会商群。", "26名联络员负责与申请人电话沟通，撤回申请的情况增多。"),
        ("在便民服务中心和14个行政村设置查阅点，配齐电脑。", "15个行政村的查阅点与公开栏同步更新。"),
        ("发布统计月报11期，撰写分析31篇。", "上述12期月报和31篇分析都可在网站查到。"),
        ("网站全年更新信息1873条，队伍稳定，1837条信息全部经过保密审查。",),
        ("全县73所学校签订了公开承诺书，抽查了其中20所。", "签订承诺书的78所学校名单附在网站。"),
        ("开展台账自查，查出并补齐缺项10处。", "补齐缺项9处，召开调度会3次。"),
        ("在队伍建设上，开展跟班学习4次，效果较好。", "全年开展跟班学习14次，覆盖各科室。"),
        ("全年查处并整改缺漏信息46条。", "巡查发现的45条缺漏信息均已整改。"),  # what became of all that were found
        ("县里发出督办通知单31份。", "年内39份督办通知单已逐份销号。"),
        ("开放数据目录86个。", "围绕开放的186个数据目录办了两场推介会。"),
        ("学校在公开栏公示收费项目61项，逐项标明依据。", "这71项收费项目均经物价部门核定。"),
    ],
)
def test_a_number_that_is_recalled_with_a_slip_contradicts_the_first(texts: tuple[str, ...]) -> None:
    assert codes_of(*texts, cells=make_cells()) == ["T002"]


@pytest.mark.parametrize(
    "texts",
    [
        ("选聘政务公开联络员62名。", "选聘社会监督员26名，每季度座谈一次。"),
        ("对22个乡镇开展季度点评4轮，发出提示单57份。", "4轮季度点评中有两轮点到栏目空白问题。"),
        ("举办春季培训班2期侧重依申请公开，秋季培训班4期侧重政策解读。",),
        ("关停长期不更新的账号6个。", "关停的6个账号里有4个出在乡镇。"),
        ("全年召开新闻发布会12场。", "上年召开新闻发布会21场。"),
        ("办理提案774件，比上年的883件减少109件。", "办理提案122件，上年103件。"),
        ("举办线下座谈5场。", "举办线上座谈15场。"),
        ("排查出错链接23处。", "修复错链接22处，一处待对方网站恢复。"),
        ("春季开学前检查校园公开栏12块。", "秋季开学前检查校园公开栏21块。"),
        ("县级示范点12个。", "全县示范点13个，含省级1个。"),
        ("街道有公开信息员14名。", "11名信息员参加了区里的考试。"),
    ],
)
def test_counts_of_other_things_of_parts_and_of_other_years_contradict_nothing(texts: tuple[str, ...]) -> None:
    assert codes_of(*texts, cells=make_cells()) == []
