from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.metadata import read_metadata
from extract.metadata.dates import find_dates, find_periods, parse_year
from extract.metadata.title import parse_title
from extract.records import Metadata, Sentence
from tests.builders import make_sectioned, make_sentence

TITLE = "青溪市统计局2024年政府信息公开工作年度报告"
PERIOD = "本报告统计期限自2024年1月1日至2024年12月31日。"


def read(front: tuple[str, ...], *texts: str, end: tuple[str, ...] = ()) -> Metadata:
    sentences: tuple[Sentence, ...] = tuple(make_sentence(text, number=k) for k, text in enumerate(texts))
    return read_metadata(make_sectioned(front, {1: texts, 6: end}), sentences)


def values(metadata: Metadata) -> dict[str, object]:
    return {name: field.value for name, field in metadata.fields.items() if field.value is not None}


@pytest.mark.parametrize(
    ("lines", "agency"),
    [
        (("青溪市统计局", "2024 年政府信息公开工作年度报告"), "青溪市统计局"),
        (("# 青溪市统计局 2024 年政府信息公开", "工作年度报告"), "青溪市统计局"),
        (("正文", "2024 年青溪市科委政府信息公开工作", "年度报告"), "青溪市科委"),
        (("首页 > 政务公开 > 政府信息公开年报", TITLE), "青溪市统计局"),
        (("青溪市统计局政府信息公开工作2024年度报告",), "青溪市统计局"),
        (("青溪市统计局政府信息公开工作年度报告", "（2024年度）"), "青溪市统计局"),
        (("**青溪市统计局二〇二四年政府信息公开工作年度报告**",), "青溪市统计局"),
        (("青溪市住房和城乡", "建设局2024年政府信息公开工作年度报告"), "青溪市住房和城乡建设局"),
        (("青溪市统计局2024年政俯信恩公开工作年度报告",), "青溪市统计局"),
    ],
)
def test_a_title_is_read_although_broken_decorated_or_damaged(lines: tuple[str, ...], agency: str):
    metadata = read(lines, f"{agency}坚持依法公开。")
    assert (metadata.fields["agency"].value, metadata.fields["year"].value) == (agency, 2024)
    assert "政府信息公开" in str(metadata.fields["title"].value)


def test_a_running_head_takes_no_line_above_it_into_the_agencys_name():
    front = ("青溪市统计局2024年政府信息公开", "工作年度报告", PERIOD, "新出具已获取信息", TITLE)
    assert read(front, "青溪市统计局坚持依法公开。").fields["agency"].value == "青溪市统计局"


def test_a_mended_title_is_less_certain_than_a_clean_one():
    damaged, clean = read((TITLE.replace("信息", "信恩"),)), read((TITLE,))
    assert damaged.fields["title"].value == clean.fields["title"].value == TITLE
    assert damaged.fields["title"].confidence < clean.fields["title"].confidence


def test_an_agency_damaged_in_the_title_is_read_from_the_signature():
    end = ("青溪市统计局", "2025年1月7日")
    metadata = read((TITLE.replace("统计", "统汁"),), "青溪市统计局依法公开。", end=end)
    assert metadata.fields["agency"].value == "青溪市统计局"


@pytest.mark.parametrize(
    ("printed", "signed", "accepted"),
    [
        ("鹿原县刀生二建康健康局", "鹿原县卫生健康局", False),
        ("鹿原县卫生健康局", "鹿原县卫健局", True),
        ("鹿原县人民政府", "鹿原县人民政府办公室", True),
    ],
)
def test_a_title_that_the_signature_reads_otherwise_names_no_agency_for_sure(
    printed: str, signed: str, accepted: bool
) -> None:
    front = (f"{printed}2024年政府信息公开工作年度报告",)
    assert read(front, "我局坚持依法公开。", end=(signed, "2025年1月7日")).fields["agency"].accepted is accepted


def test_without_a_title_the_signature_names_the_agency_and_the_text_the_year():
    metadata = read((), "2024年，我局收到政府信息公开申请2件。", end=("青溪市统计局", "2025 年 1 月 7 日"))
    assert values(metadata) == {"agency": "青溪市统计局", "year": 2024, "published": "2025-01-07"}


@pytest.mark.parametrize(
    "day", ["2025 年 1 月 7 日", "二〇二五年一月七日", "2025-01-07", "（2025年1月7日）", "青溪市统计局 2025年1月7日"]
)
def test_the_signature_gives_the_day_of_publication(day: str):
    assert values(read((TITLE,), "无。", end=("未收取信息处理费。", day)))["published"] == "2025-01-07"


def test_a_date_inside_the_last_sentence_is_no_signature():
    assert "published" not in values(read((TITLE,), "无。", end=("制度自2025年1月7日起施行。",)))


def test_a_web_page_names_its_day_of_publication_at_the_top():
    assert values(read(("发布时间：2025-01-20 来源：办公室", TITLE)))["published"] == "2025-01-20"


@pytest.mark.parametrize(
    "text",
    [
        "本报告所列数据的统计期限自2024年1月1日起至2024年12月31日止。",
        "统计期限从 2024 年 1 月 1 日至 12 月 31 日。",
        "统计期限自 2024 年 1 月 1 日起，至 2024 年 12 月 31 日止。",
        "统计期限自2024年11日起至2024午12月31日。",
        "统计数据的时限为２０２４年１月１日到２０２４年１２月３１日。",
    ],
)
def test_the_reporting_period_is_read(text: str):
    found = values(read((TITLE, text)))
    assert (found["period_start"], found["period_end"]) == ("2024-01-01", "2024-12-31")


def test_a_period_broken_over_two_lines_is_read():
    assert values(read((TITLE, "统计期限自2024年1月1日至2024年12", "月31日。")))["period_end"] == "2024-12-31"


def test_title_and_period_of_different_years_are_d001():
    (found,) = read((TITLE, PERIOD.replace("2024", "2023"))).deviations
    assert found.code == "D001"
    assert "2023" in found.found


def test_an_opening_that_looks_back_on_another_year_than_the_title_is_d001():
    text = "2022年，在县委、县政府的正确领导下，本局坚持以公开为常态，信息公开工作稳步推进。"
    assert [item.code for item in read((TITLE,), text, "2024年发布信息5条。").deviations] == ["D001"]


def test_two_years_in_one_sentence_are_no_d001_although_their_words_are_damaged():
    text = "2023午度收到政府信息公开申请35件，2024午收到40件。"
    assert read((TITLE, PERIOD), "2024年发布信息5条。", text).deviations == ()


def test_what_was_wrong_the_year_before_beside_this_years_is_no_d001():
    last, own = "2023年存在的问题：更新不够及时。", "2024年存在的问题：解读形式不多。"
    assert read_problems(last) == ["D001"]
    assert read_problems(last, own) == []
    assert read_problems(last, "2024年举办培训2期。") == ["D001"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("截至2023年12月31日，全局共受理政府信息公开申请12件。", ["D001"]),
        ("截止2023年12月31日止，我镇收到申请3件。", ["D001"]),
        ("截至2023年12月31日，全局累计受理政府信息公开申请12件。", []),
        ("截至2023年12月31日，未办结申请2件。", []),
        ("截至2023年6月30日，共受理政府信息公开申请3件。", []),
        ("截至2023年12月31日受理申请66件，2024年受理85件。", []),
    ],
)
def test_what_came_in_up_to_the_end_of_another_year_is_d001(text: str, codes: list[str]):
    read_codes = [item.code for item in read((TITLE, PERIOD), "2024年，我局推进公开工作。", text).deviations]
    assert read_codes == codes


@pytest.mark.parametrize("head", ["（1）主动公开：", "（1）依申请公开方面：", "1.主动公开："])
def test_a_first_sentence_behind_a_head_of_its_own_tells_the_year(head: str):
    text = f"{head}2023年在县政府网站发布信息120条。"
    assert [item.code for item in read((TITLE, PERIOD), text, "发布信息5条。").deviations] == ["D001"]
    older = text.replace("2023年", "2023年开设的专栏")
    assert read((TITLE, PERIOD), older, "2024年，我局发布信息5条。").deviations == ()


def read_problems(*texts: str) -> list[str]:
    sentences = tuple(make_sentence(text, section=5, number=k) for k, text in enumerate(texts))
    sectioned = make_sectioned((TITLE, PERIOD), {5: texts})
    return [item.code for item in read_metadata(sectioned, sentences).deviations]


@pytest.mark.parametrize("year", ["2023年", "2023午"])
def test_the_first_sentence_of_the_prose_tells_the_year_although_its_words_are_damaged(year: str):
    text = f"{year}，我局接照“应公开尽公开”的耍求，突出抓好信息发布和政策解读。"
    assert [item.code for item in read((TITLE, PERIOD), text, "发布信息5条。").deviations] == ["D001"]


@pytest.mark.parametrize("text", ["我局以公开促规范，工作取得新进展。", "清江县水务局主动公开水务信息。"])
def test_a_first_sentence_about_the_work_tells_the_year_in_any_words(text: str):
    assert [item.code for item in read((TITLE, PERIOD), f"2023年，{text}").deviations] == ["D001"]
    assert read((TITLE, PERIOD), f"2024年，{text}").deviations == ()
    event = f"2023年，省里通报了考核结果，{text}"
    assert read((TITLE, PERIOD), event, "2024年，我局召开会议。").deviations == ()


@pytest.mark.parametrize(
    "text",
    [
        "为保障公众知情权，清江县水务局按照条例（2019年修订）规定撰写了{}年度政府信息公开工作报告。",
        "根据县里部署，结合工作职能，{}年我局政俯信息分开工作总体情况如下。",
        "{}年，我局政府信息公开工作情况公布如下。",
    ],
)
def test_a_preamble_that_announces_another_year_is_d001(text: str):
    assert [item.code for item in read((TITLE, PERIOD), text.format(2023)).deviations] == ["D001"]
    assert read((TITLE, PERIOD), text.format(2024)).deviations == ()


@pytest.mark.parametrize(
    "text",
    [
        "我局按时公布2023年度政府信息公开工作年度报告。",
        "本报告按照《关于编制2023年度政府信息公开工作年度报告的通知》编制。",
    ],
)
def test_an_earlier_report_that_a_preamble_names_is_no_disagreement(text: str):
    assert read((TITLE, PERIOD), text).deviations == ()


def test_a_period_may_have_a_date_of_its_beginning_and_one_of_its_end():
    found = values(read((TITLE, "数据统汁赴算吋间为2024年1月1日，截正时问为2024年12月31日。")))
    assert (found["period_start"], found["period_end"]) == ("2024-01-01", "2024-12-31")


@pytest.mark.parametrize(
    "text",
    [
        "2023年度，全市没有其他需要报告的事项。",
        "全市2023年度未收取政府信息公开信息处理费。",
        "2023年度新收申请12件，上年结转3件，与附表数据一致。",
        "清江县水务局2023年度政府信息公开工作年度报告到此结束。",
        "后面表里的数字都是2023年全年的数字。",
        "现将办理情况列后，特此公布2023年的年度报告。",
        "2023年政府信息公开工作的具体情况如下所述。",
        "报告单位：清江县水务局；报告年度：2023年。",
        "回顾2023年，我局信息公开从四个方面开展。",
        "这份报告按照统一的格式起草，包括2023年度的总体情况等六个部分。",
        "根据县里通知，清江县水务局对照格式，编制2023年度政府信息公开工作年度报告。",
        "本年度（2023年）我局的公开工作有进展，也有不足。",
        "报告期内（2023年度），全局处理申请7件。",
        "总结2023年这一报告年度，短板在解读回应。",
        "作为报告年度的2023年，各项机制运行良好。",
        "本报告是清江县水务局2023年度年报。",
        "以下是水务局2023年公开工作的情况。",
        "以下分六个方面报告2023年度工作情况。",
        "现将清江县水务局2023年度主要工作情况汇报如下。",
        "本报告依据县政府办公室关于编制2023年度年报的通知起草。",
        "上面的数字均为2023年的数据，与后面的表一致。",
        "本年度即2023年，信息处理费无收取记录。",
        "本报告年度为2023年，期间的不足主要有。",
        "以上各部分共同构成清江县水务局2023年度报告。",
        "谨以此报告清江县水务局2023年度政府信息公开工作情况。",
        "附表统计时间与正文一致，均为2023年1月至12月。",
        "2023年全年收办情况见附表三。",
    ],
)
def test_what_every_report_says_of_its_own_year_said_of_another_is_d001(text: str):
    (found,) = read((TITLE, PERIOD), "2024年收到政府信息公开申请5件。", text).deviations
    assert found.code == "D001"


@pytest.mark.parametrize(
    "text",
    [
        "2023年度政府信息公开行政复议案件为4件，本年度为2件。",
        "2023年受理、本年度结案的行政复议案件3件。",
        "上述2023年度报告指出的问题，已全部销号。",
        "统计年度为2023年的水资源公报已公布。",
        "2023年用水统计数据见附表。",
        "本年度的重点是2023年供水工程信息的补录公开。",
        "统计时间为2023年的水质数据详见网站。",
        "截至2023年12月31日，本县普及率为96%。",
        "2023年度结转的申请2件，与附表数据一致。",
        "本年度办结的申请中，2023年收到的2件，见附表。",
        "与2023年度附表相比，本年新收申请增加3件。",
        "2023年收到政府信息公开申请30件，当年均已办结。",
        "本报告附表按2021年印发的格式填写。",
        "2023年审计报告已在网站公布，无其他需要报告的事项。",
        "上一报告年度（2023年）收到申请12件。",
        "特此说明2023年数据的修订情况。",
        "下面的问题在2023年考核中已经指出。",
        "信息公开行政复议8件（2023年6件），维持2件。",
        "本报告按2023年印发的格式通知编制。",
    ],
)
def test_a_year_that_this_year_is_set_beside_is_no_d001(text: str):
    assert read((TITLE, PERIOD), "2024年收到政府信息公开申请5件。", text).deviations == ()


@pytest.mark.parametrize("text", ["2023年收到申请23件，本年减少4件。", "同2023年比，来信多了4封。"])
def test_a_year_that_this_one_is_compared_with_is_no_d001(text: str):
    assert not read((TITLE,), text).deviations


@pytest.mark.parametrize("text", ["新收申请44件，改版将于2025年一季度完成。", "新收申请44件，较2023年增加7件。"])
@pytest.mark.parametrize("date", ["2026年1月20日", "2024年1月20日"])
def test_a_year_named_in_passing_and_a_date_outvote_no_title(text: str, date: str):
    metadata = read((TITLE,), text, end=(date,))
    assert (values(metadata)["year"], metadata.deviations) == (2024, ())


def test_a_statutory_statement_of_another_year_is_d001():
    texts = ("2024年，我局依法公开信息。", "2023年，本局收到政府信息公开申请3件。")
    assert [item.code for item in read((TITLE, PERIOD), *texts).deviations] == ["D001"]


@pytest.mark.parametrize(
    "text",
    [
        "2023年度部门决算已经公开。",
        "2023年结转的申请2件均已办结。",
        "2025年，我局将继续做好公开工作。",
        "收到申请8件，比2023年增加3件。",
        "2023年同期收到政府信息公开申请104件。",
        "自2019年挂牌以来共收到政府信息公开申请133件。",
    ],
)
def test_a_year_that_is_not_the_reports_is_no_disagreement(text: str):
    assert read((TITLE, PERIOD), "2024年，我局收到政府信息公开申请8件。", text).deviations == ()


@pytest.mark.parametrize(
    "text",
    [
        "XX局收到申请5件。",
        "发布信息××条。",
        "于2024年 月 日公布。",
        "共印发＿＿件。",
        "【单位名称】发布。",
        "202X年收到申请。",
    ],
)
def test_a_placeholder_is_d002(text: str):
    assert [item.code for item in read((TITLE,), text).deviations] == ["D002"]


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("咨询电话0571-×××××××。", "×××××××"),
        ("第20×××号文件。", "×××"),
        ("某某某局牵头。", "某某某"),
        ("××局牵头。", "××"),
    ],
)
def test_a_placeholder_is_quoted_whole(text: str, marks: str):
    assert [item.expected for item in read((TITLE,), text).deviations] == [marks]


@pytest.mark.parametrize(
    "text",
    [
        "提供7×24小时服务。",
        "【打印本页】",
        "见 http://www.xxgk.gov.cn/xx/ 。",
        "每年12月31日前公布。",
        "推行“互联网+”。",
        "登记出生年月日。",
        "2025 年 1 月 7 日",
    ],
)
def test_what_only_looks_like_a_placeholder_is_none(text: str):
    assert read((TITLE,), text).deviations == ()


def test_a_placeholder_behind_another_sentence_of_its_line_is_told_once():
    sectioned = make_sectioned((TITLE,), {6: ("本年度没有新增内设机构。××局没有", "开展过收费。")})
    whole = make_sentence("××局没有开展过收费。")
    assert [item.found for item in read_metadata(sectioned, (whole,)).deviations] == [whole.text]


def test_a_letterhead_above_a_title_that_names_the_agency_is_no_part_of_it():
    assert read(("青溪市统计局", "青溪市统计局2024年政府信息公开工作年度报告")).fields["agency"].value == "青溪市统计局"


@pytest.mark.parametrize("above", ["（此件公开发布）", "青溪市统计局文件", "年度报告"])
def test_what_stands_above_the_title_is_no_part_of_it(above: str):
    fields = read((above, "青溪市统计局", "2024年政府信息公开工作年度报告"), "青溪市统计局坚持依法公开。").fields
    assert fields["agency"].value == "青溪市统计局"
    assert fields["title"].value == "青溪市统计局2024年政府信息公开工作年度报告"


def test_a_title_twice_on_one_line_names_no_agency_of_both():
    head = "青溪市统计局年度报告青溪市统计局2024年度政府信息公开工作年度报告"
    lines = (head, "青溪市统计局2024年政府信息公开工作年度报告")
    assert read(lines).fields["agency"].value == "青溪市统计局"


def test_a_name_that_no_agency_can_have_is_not_accepted():
    agency = read(("青溪市纟充i十局1改2024年政府信息公开工作年度报告",)).fields["agency"]
    assert (agency.value is None or agency.confidence < 0.9, agency.accepted) == (True, False)


def test_a_sentence_is_no_title():
    assert parse_title("现将2024年工作情况报告如下，欢迎监督本局政府信息公开工作年度报告") is None


@given(st.dates(date(2008, 1, 1), date(2089, 12, 31)))
def test_a_printed_date_is_read_back(day: date):
    for text in (f"{day.year}年{day.month}月{day.day}日", day.isoformat(), f"{day.year}.{day.month}.{day.day}"):
        assert [found for found, _, _ in find_dates(text)] == [day]


@given(st.text(alphabet="0123456789年月日至一二三十〇OlI.-/", max_size=40))
def test_any_text_gives_only_possible_dates_or_none(text: str):
    assert all(start < end <= len(text) for _, start, end in find_dates(text))
    assert all(isinstance(first, date) and isinstance(last, date) for first, last, _, _ in find_periods(text))


@pytest.mark.parametrize(
    ("text", "year"), [("2024", 2024), ("2O24", 2024), ("二〇二四", 2024), ("二○二一", 2021), ("千", None)]
)
def test_a_year_is_read_in_either_script(text: str, year: int | None):
    assert parse_year(text) == year


def test_the_first_month_may_be_written_yuan() -> None:
    from extract.metadata.dates import find_dates

    assert find_dates("二○二四年元月二十二日".replace("○", "〇"))[0][0].isoformat() == "2024-01-22"


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("江浦医科大学2021年信息公开工作年度报告", "江浦医科大学"),
        ("昌野市供水集团有限公司信息公开年度报告（2022年）", "昌野市供水集团有限公司"),
        ("北屏县水利局2021年政俯信息公开工作年度报告", "北屏县水利局"),
    ],
)
def test_a_title_may_leave_out_the_government_and_a_damaged_one_does_not(text: str, agency: str) -> None:
    parsed = parse_title(text)
    assert parsed is not None
    assert parsed[1] == agency
