"""So many of each make their total."""

from __future__ import annotations

import pytest

from tests.narrative.builders import codes_of, make_cells


@pytest.mark.parametrize(
    "text",
    [
        "全镇12个村，每村配备监督员3名，共配备监督员63名。",
        "全年巡检栏目12次，每季度4次。",
        "举办讲座5场，每场60人，累计听讲350人。",
        "全年编印简报36期，平均每月5期。",  # 3
        "全年更换橱窗共84版，7个村每村14版。",  # 12
        "举办讲座6次，每两个月一次，每次50人，累计参加330人次。",  # 300
    ],
)
def test_a_total_that_so_many_of_each_do_not_make_contradicts_them(text: str) -> None:
    assert codes_of(text, cells=make_cells()) == ["T002"]


@pytest.mark.parametrize(
    "text",
    [
        "全镇12个村，每村配备监督员3名，共配备监督员36名。",
        "全镇12个村，每村至少配备监督员3名，共配备监督员63名。",
        "全年巡检栏目50次，平均每月4次。",
        "每季度开展一次巡检，全年召开会议5次。",
        "举办讲座5场，每场60人左右，累计听讲350人。",
        "全年更换橱窗共84版，7个村每村12版。",
        "每季度巡检栏目1次，全年共巡检栏目6次，含临时抽查。",
    ],
)
def test_rounded_counts_and_those_of_other_things_contradict_nothing(text: str) -> None:
    assert codes_of(text, cells=make_cells()) == []
