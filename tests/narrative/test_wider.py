"""Numbers of another whole than the report's, and what else stands beside a number and is none of its cells."""

from __future__ import annotations

import pytest

from extract.records import Cells
from tests.narrative.builders import check, make_cells

OFFICE, PLACE = "石塘市人民政府办公室", "石塘市人民政府"
ASKED = make_cells({"requests.received.total": 44, "requests.received.natural_person": 44})


def codes(*texts: str, agency: str, cells: Cells = ASKED) -> list[str]:
    return [found.code for found in check(*texts, cells=cells, agency=agency)[1]]


@pytest.mark.parametrize(
    ("agency", "texts", "found"),
    [
        (OFFICE, ("全市收到政府信息公开申请742件。", "全年收到申请44件。"), []),
        (PLACE, ("全市收到政府信息公开申请742件。", "全年收到申请44件。"), []),
        (PLACE, ("全市收到政府信息公开申请64件。", "全年收到申请44件。"), ["T001", "T002"]),
        (PLACE, ("全市收到政府信息公开申请742件。",), ["T001"]),
        (PLACE, ("全市新收申请44件。", "其中市政府（市政府办）收到37件。"), []),
        ("石塘市公安局高新分局", ("收到公开申请44件。", "市局机关收到的申请388件由市局统计。"), []),
        (OFFICE, ("市政府办全年没有收到政府信息公开申请。",), ["T005"]),
        (OFFICE, ("县政府办全年没有收到政府信息公开申请。",), []),
        (PLACE, ("市政府办公室收到申请12件。",), []),
    ],
)
def test_a_number_of_a_wider_or_narrower_whole_is_not_held_against_the_table(
    agency: str, texts: tuple[str, ...], found: list[str]
) -> None:
    assert codes(*texts, agency=agency) == found


def test_lawsuits_of_one_government_are_not_those_of_all_offices_that_the_table_shows() -> None:
    cells = make_cells(
        {"challenges.litigation_direct.total": 14, "challenges.litigation_after_reconsideration.total": 4}
    )
    texts = "被提起行政诉讼18件。", "市政府作为被告的信息公开诉讼案件8件，负责人出庭应诉率100%。"
    assert codes(*texts, agency=PLACE, cells=cells) == []


def test_what_offices_of_another_level_did_is_not_in_the_table() -> None:
    text = "县级局答复不规范，全年被上级复议机关纠正9件；政策解读的时效性有待提高。"
    assert codes(text, agency="国家税务总局云岭省税务局") == []


def test_applicants_behind_two_wholes_may_be_those_of_the_first() -> None:
    cells = make_cells(
        {
            "requests.received.total": 29,
            "requests.received.business": 4,
            "requests.carried_in.total": 2,
            "requests.carried_in.business": 2,
        }
    )
    text = "收到申请29件，上年结转2件；其中自然人24件，商业企业4件，法律服务机构1件。"
    assert codes(text, agency=PLACE, cells=cells) == []


@pytest.mark.parametrize(("said", "found"), [(5, []), (6, ["T001"])])
def test_words_for_one_reason_may_mean_the_whole_outcome(said: int, found: list[str]) -> None:
    cells = make_cells({"requests.unavailable.not_held.total": 4, "requests.unavailable.needs_creation.total": 1})
    assert codes(f"无此信息的{said}件。", agency=PLACE, cells=cells) == found


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("收到公开申请44件，自然人43件、律师事务所1件，比上年的37件多7件。",), []),
        (("收到公开申请44件，比上年的37件多9件。",), ["T002"]),
        (("承办建议9件、提案12件，公开答复19件，其余2件因涉及个人信息未公开。",), []),
        (("发布解读41篇，其中图解8篇、视频4个。", "全县26个政府部门、12个乡镇累计发布信息9092条。"), []),
        (("全文包括总体情况等六个部分。", "存在三个方面的问题：一是更新慢；二是质量低；三是人手少。"), []),
        (("坚持赛前公布赛事方案、赛后公布成绩册，交通管制提前发布。",), []),
    ],
)
def test_counts_that_go_together_do_not_contradict_each_other(texts: tuple[str, ...], found: list[str]) -> None:
    applicants = {"natural_person": 43, "legal_service": 1, "total": 44}
    cells = make_cells({f"requests.received.{column}": value for column, value in applicants.items()})
    assert codes(*texts, agency="石塘市水利局", cells=cells) == found


def test_a_long_number_is_a_slip_of_the_pen_also_as_part_of_an_unknown_whole() -> None:
    cells = make_cells({"disclosure.licensing.decisions": 45872})
    text = "全年受理审批服务事项5.31万件，其中作出行政许可决定48572件，其余为备案事项。"
    assert codes(text, agency="石塘市行政审批服务局", cells=cells) == ["T001"]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("全镇20个村（社区）的账目按季上墙。", "制作案例手册，用29个真实例子告诉大家什么能公开。"), []),
        (("建成专栏8个。", "网站6个专栏全部更新。"), ["T002"]),
        (("发现不按规定公示价格的库点两个，当场纠正。", "32个库点里，租赁库点的公示牌最不规范。"), []),
        (("政务新媒体有43个，年内注销、合并了5个。", "在31个县直部门和24个乡镇的大厅里设置了专区。"), []),
    ],
)
def test_counts_of_other_things_are_not_told_twice(texts: tuple[str, ...], found: list[str]) -> None:
    assert codes(*texts, agency=PLACE) == found


def test_each_one_of_them_is_all_of_them() -> None:
    cells = make_cells({"challenges.reconsideration.total": 11, "challenges.reconsideration.upheld": 9})
    assert codes("信息公开行政复议11件，件件得到维持。", agency=PLACE, cells=cells) == ["T005"]


def test_what_last_year_left_is_not_what_growth_is_counted_from() -> None:
    cells = make_cells({"requests.received.total": 375, "requests.carried_in.total": 23})
    assert codes("收到申请375件，上年结转23件，同比增长8.7%（2023年为345件）。", agency=PLACE, cells=cells) == []
    assert codes("收到申请375件，上年收到345件，同比增长18.7%。", agency=PLACE, cells=cells) == ["T004"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("应急管理领域行政复议共5件，除上述2件涉及信息公开外，其余均为处罚争议。", []),
        ("信息公开领域行政复议共5件。", ["T001"]),
        ("事故调查报告6份全文公开，公开率100%。", []),
        ("对4件被纠正案件逐一剖析原因。", []),
        ("全市申请中，由市政府办公室承办的40件，其余由县区和部门办理。", []),
        ("2023年全年新收37件；本年网上提交21件、当面提交16件、邮寄7件。", []),
    ],
)
def test_words_of_another_matter_are_not_those_of_the_table(text: str, found: list[str]) -> None:
    challenges = {"total": 7, "upheld": 3, "corrected": 4}
    cells = make_cells(
        {f"challenges.reconsideration.{result}": value for result, value in challenges.items()}
        | {"challenges.litigation_direct.corrected": 1, "challenges.litigation_direct.total": 1}
        | {"requests.received.total": 44, "requests.granted.total": 7}
    )
    assert codes("行政诉讼1件，败诉1件。", text, agency=PLACE, cells=cells) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2023年收到申请51件、行政复议9件，2024年分别减少7件和2件。", []),
        ("数字城管平台受理案件18.6万件，结案18.3万件，结案率98.4%。", []),
        ("全年办结申请440件。", ["T001"]),
        ("在网站公开信息45条，包括信访法规12条、典型案例9个、工作动态24条。", []),
        ("在网站公开信息45条，包括信访法规12条、典型案例9条、工作动态26条。", ["T002"]),
    ],
)
def test_changes_huge_numbers_and_parts_in_other_units_are_no_slips(text: str, found: list[str]) -> None:
    cells = make_cells({"requests.received.total": 44, "requests.handled.total": 44})
    assert codes(text, agency="石塘市城市管理局", cells=cells) == found


CHALLENGED = make_cells(
    {
        "requests.received.total": 44,
        "challenges.reconsideration.total": 12, "challenges.reconsideration.upheld": 9,
        "challenges.reconsideration.corrected": 3,
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("收到公开申请44件。", "水价听证收到申请388件。"), []),  # far from what another sentence rightly says
        (("收到公开申请44件。", "2023年收到申请37件、行政复议5件，2024年分别增加7件和7件。"), []),
        (("收到公开申请44件。", "全年收到政府信息公开申请45件。"), ["T001", "T002"]),
        (("收到公开申请44件。", "全年共收到政府信息公开申请120件。"), ["T001", "T002"]),  # no doubt in these words
        (("行政复议12件，维持9件，纠正3件。", "以市政府为被申请人的5件，维持4件、纠正1件。"), []),
        (("以市政府为被申请人的5件，维持4件、纠正1件。",), []),  # nothing of the sentence is right
        (("行政复议12件，维持8件，纠正3件。",), ["T001"]),
        (("行政复议12件，维持3件，纠正9件。",), ["T001", "T001"]),  # they changed places
    ],
)
def test_a_clerk_errs_once_and_another_matter_each_time(texts: tuple[str, ...], found: list[str]) -> None:
    assert codes(*texts, agency="石塘市水务局", cells=CHALLENGED) == found


@pytest.mark.parametrize(
    "text",
    ["未发生因政府信息公开引起的行政复议，但办理教育行政复议答复4件。", "没有行政复议案件，应诉的行政复议另有4件。"],
)
def test_what_a_sentence_counts_beside_none_is_of_another_matter(text: str) -> None:
    assert codes(text, agency="石塘市教育局", cells=make_cells({})) == []


@pytest.mark.parametrize("when", ["过去", "此前", "以前", "历年"])
def test_documents_issued_before_are_not_those_of_the_year(when: str) -> None:
    cells = make_cells({"disclosure.normative_documents.repealed": 1})
    assert codes(f"对{when}制发的5件规范性文件作了清理，宣布废止一件。", agency=PLACE, cells=cells) == []


def test_documents_that_were_struck_off_were_repealed() -> None:
    cells = make_cells({"disclosure.normative_documents.repealed": 1, "disclosure.normative_documents.in_force": 6})
    assert codes("公告注销规范性文件一份，尚有效6件。", agency=PLACE, cells=cells) == []


def test_what_was_dealt_with_in_all_is_no_rest_of_an_account() -> None:
    cells = make_cells(
        {
            "requests.received.total": 13, "requests.carried_in.total": 2, "requests.handled.total": 13,
            "requests.granted.total": 5, "requests.partially_granted.total": 2,
            "requests.unavailable.not_held.total": 5, "requests.other.not_corrected.total": 1,
            "requests.carried_out.total": 2,
        }
    )  # fmt: skip
    text = "登记申请13件，另有上年结转2件，合计办结13件：予以公开5件，无法提供5件，其余依法作其他答复。"
    assert codes(text, agency=PLACE, cells=cells) == []


@pytest.mark.parametrize(
    "texts",
    [
        ("在9个街道设置查阅点。", "9个街道中，申请最多的是城东街道12件，有4个街道全年未收到申请。"),
        ("总队直接查处的2件由总队公示。", "收到申请2件；一件予以公开，另一件要求提供原始记录，不予公开。"),
        ("全年收到供应商投诉46件，受理39件，作出处理决定37件，处理结果全部公告。",),
    ],
)
def test_some_of_what_was_told_and_what_became_of_it_is_no_second_statement(texts: tuple[str, ...]) -> None:
    assert (
        codes(*texts, agency=PLACE, cells=make_cells({"requests.received.total": 2, "requests.granted.total": 1})) == []
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("公示行政处罚案件861件（当事人为未成年人等不宜公示的除外）。", []),
        ("公示行政处罚案件881件（当事人为未成年人等不宜公示的除外）。", ["T001"]),
        ("公开、部分公开26件。", []),
        ("予以公开的占办结数三成多。", []),
        ("予以公开的占办结数六成多。", ["T004"]),
        ("按月公布检查户次。", []),
        ("只公开总数不公开分户，群众有疑虑。", []),
        ("三条内部渠道覆盖19个院部；公开栏张贴280余张次。", []),
        ("予以公开24，部分公开2（单位均为件）。", []),
        ("收到申请75件，全部来自自然人（72件）和企业（3件）。", []),
        ("收到申请75件，全部来自自然人。", ["T005"]),
    ],
)
def test_words_behind_a_number_may_say_that_it_is_not_of_all(text: str, found: list[str]) -> None:
    cells = make_cells(
        {
            "disclosure.penalties.decisions": 873,
            "requests.received.natural_person": 72, "requests.received.business": 3,
            "requests.received.total": 75, "requests.granted.total": 24, "requests.partially_granted.total": 2,
            "requests.handled.total": 75,
        }
    )  # fmt: skip
    assert codes(text, agency=PLACE, cells=cells) == found


def test_a_change_may_be_from_any_number_that_is_told_of_this_year() -> None:
    texts = "新收申请6件。", "上年新收申请9件，今年少了{}件。"
    cells = make_cells({"requests.received.total": 7, "requests.received.natural_person": 7})
    assert codes(texts[0], texts[1].format(3), agency=PLACE, cells=cells) == ["T001"]
    assert codes(texts[0], texts[1].format(4), agency=PLACE, cells=cells) == ["T001", "T002"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("行政复议12件，已审结的均获维持，另有2件尚未审结。", ["T005"]),
        ("行政复议12件；已审结的案件均获复议机关支持，2件尚在审理。", ["T005"]),
        ("行政复议12件，已审结的都在法定期限内答复。", []),
        ("行政诉讼4件，已审结的均获法院支持，另有1件未审结。", []),
    ],
)
def test_what_is_said_of_all_that_are_closed_is_held_against_those(text: str, found: list[str]) -> None:
    cells = make_cells(
        {
            "challenges.reconsideration.total": 12, "challenges.reconsideration.upheld": 9,
            "challenges.reconsideration.corrected": 1, "challenges.reconsideration.pending": 2,
            "challenges.litigation_direct.total": 4, "challenges.litigation_direct.upheld": 3,
            "challenges.litigation_direct.pending": 1,
        }
    )  # fmt: skip
    assert codes(text, agency=PLACE, cells=cells) == found


@pytest.mark.parametrize(
    "texts",
    [
        ("受理热线工单1520件。", "按期办结1502件，另18件在办。"),
        ("受理举报投诉46件。", "其中自然人40件，企业12件。"),
        ("12345热线方面，受理208件。", "重复件12件，信访类5件。"),
    ],
)
def test_what_became_of_other_business_told_before_accuses_nobody(texts: tuple[str, str]) -> None:
    cells = make_cells(
        {
            "requests.received.total": 20,
            "requests.received.natural_person": 16,
            "requests.received.business": 4,
            "requests.carried_in.total": 1,
            "requests.handled.total": 19,
            "requests.carried_out.total": 2,
        }
    )
    assert codes(*texts, agency=PLACE, cells=cells) == []


def test_the_numbers_behind_the_parts_of_an_agency_say_nothing_of_them() -> None:
    cells = make_cells({"requests.received.total": 20, "requests.handled.total": 20})
    assert codes("下属单位未收到申请，局本级收到申请20件，办结20件。", agency=PLACE, cells=cells) == []
