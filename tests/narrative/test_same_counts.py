"""Two statements of one thing whose numbers are a slip of the pen apart, in words of their own."""

from __future__ import annotations

import pytest

from extract.narrative.numbers import COUNTED_FILE
from extract.rules import load_rules
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
        ("街道设居民议事点53个。", "35个居民议事点里有几个少人主持。", "来年让35个居民议事点都有人主持。"),
        ("设专职网管员1名、兼职网管员16名。", "为17名兼职网管员更换了设备。"),  # no sum of both
        ("全年走访联系户260户，解答疑问91个。", "走访联系户虽有206户，漏下的仍不少。"),
        ("全年组织公开业务培训5次，参加人员140人次。", "下一步，在今年6次培训的基础上，增加现场演练。"),  # few
        (
            "结合节庆组织媒体采访23次，拍摄短片18部。",
            "本单位全年组织媒体采访32次、拍摄短片18部。",
        ),  # the same beside both
        ("修订工作规程6项。", "对照任务，工作规程修订9项，已印发。"),  # in another order
        (
            "大厅屏幕播出提示127条，村口喇叭播出提示46条，合计173条。",
            "本年度播出提示的总数为137条。",
        ),  # a total without a name
        ("上半年推送提示76条，下半年推送提示58条，全年合计134条。", "本年度共推送提示143条。"),
        ("印制办事问答、流程图、明白纸38种。", "本年印制的问答、流程图和明白纸累计83种。"),  # a list in fewer words
        ("一季度巡查31次，全年累计巡查96次。", "本年度累计开展巡查69次。"),
        ("公开建议提案办理答复84件。", "所办建议提案中，公开了答复48件。"),
        ("镇村两级发布通知2841条，镇级1604条、村级1237条。", "全年镇村发布的2814条通知无一差错。"),  # a sum
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
        ("全县58家单位公开部门预算，59家单位公开部门决算。",),
        ("全年开展督导13次，随机抽查12次。",),
        ("镇街上门走访112家。", "我局走访企业121家。"),
        ("1至6月编发简讯203条，7至12月编发简讯230条。",),
        ("办了居民议事会3回，征得建议42条。", "又做入户访谈2轮，征得建议24条。"),  # of two events
        ("一是办好集中培训，授课3期，培训网格员142人。", "二是开设网上课堂，培训网格员124人。"),
        ("5月至9月，集中公布招生信息64条。", "全年80条招生信息中，其余16条为转学通知。"),  # a rest is told
        ("网站专题由20个并为15个。", "并后的15个专题按季评估。"),  # the later number, too, stands before
        ("全年发放宣传手册3200份。", "在社区发放宣传手册320份。"),  # more is said of the smaller number
        ("播发新闻1350条。", "播发政务公开新闻135条。"),
        (
            "组织恳谈会15次，听取意见150条。",
            "组织商户恳谈会5次，听取意见50条。",
        ),  # what stands beside is of a part, too
        ("全县36所幼儿园建立台账，35所幼儿园通过复核验收。",),
        ("年初核定公示事项317项。", "年末公示事项371项。"),
    ],
)
def test_counts_of_other_things_of_parts_and_of_other_years_contradict_nothing(texts: tuple[str, ...]) -> None:
    assert codes_of(*texts, cells=make_cells()) == []


def test_no_wording_of_counts_stands_in_two_tables() -> None:
    tables = [table for table in load_rules(COUNTED_FILE).values() if isinstance(table, dict)]
    wordings = [words for table in tables for words in table.values() if isinstance(words, str) and len(words) > 25]
    assert len(wordings) == len(set(wordings))
