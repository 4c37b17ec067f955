"""A list has as many entries as the text says."""

from __future__ import annotations

import pytest

from tests.narrative.builders import codes_of, make_cells


@pytest.mark.parametrize(
    "texts",
    [
        ("工作中有四个方面的不足：一是栏目更新慢，二是解读形式少，三是培训次数少。",),
        ("下一步做好三项工作。一是补齐目录；二是更新指南。",),
        ("课程共安排三讲，第一讲保密审查，第二讲答复文书。",),
        ("全年公开了4个领域的信息，即城乡规划、土地征收、房屋搬迁。",),
        ("新设“办不成事”“政策问答”“惠农直通”4个专栏。",),
        ("修订了《信息发布细则》《保密审查细则》3项细则。",),
        ("先后建立审签制度、值守制度、通报制度4项制度。",),
        ("仍有2方面短板：图解偏少；栏目偏旧；人员偏紧。",),
    ],
)
def test_another_number_of_entries_than_is_told_contradicts_it(texts: tuple[str, ...]) -> None:
    assert codes_of(*texts, cells=make_cells()) == ["T002"]


@pytest.mark.parametrize(
    "texts",
    [
        ("工作中有三个方面的不足：一是栏目更新慢，二是解读形式少，三是培训次数少。",),
        ("工作中有三个方面的不足：一是栏目更新慢，二是解读形式少。此外，培训次数也不多。",),
        ("用好三块阵地，一是官网，二是微信，橱窗由各村更换。",),  # the last one has no mark
        ("做到四个及时：一是及时编目；二是及时审核；三是及时上网；及时回应。",),
        ("仍有两方面短板：一是图解偏少，视频也少；二是栏目偏旧，更新慢；同时，人员偏紧。",),
        ("针对上述两个问题，一是配齐人手，二是更新栏目，三是开展培训。",),
        ("不足有两个方面。", "一是栏目更新慢。", "二是解读形式少。", "今后，一要抓更新，二要抓培训，三要抓考核。"),
        ("全年抓了三项工作。", "1.修了目录。", *("又办了一些小事。",) * 9, "2.开了专栏。", "3.办了培训。"),  # far apart
        ("公开了4个领域的信息，如城乡规划、土地征收。",),
        ("新设“办不成事”“政策问答”等5个专栏。",),
        ("在网站“专题”“栏目”和“办事”3个专栏发布。",),
        ("落实上级部署的12项任务：一是建目录；二是编指南。",),
        ("抓好信息发布、政策解读和监督三项工作。", "一是补齐目录；二是更新指南。"),  # another list
        ("涉及3个部门，即县住建局、县规划和自然资源局、县城管局。",),  # 和 of a name
    ],
)
def test_lists_of_so_many_entries_of_some_of_them_and_of_other_things_contradict_nothing(
    texts: tuple[str, ...],
) -> None:
    assert codes_of(*texts, cells=make_cells()) == []
