from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.narrative.likely import find_slip
from extract.pipeline import extract_content

EXAMPLE = (Path(__file__).parents[2] / "examples" / "yanchuan-water-2024.txt").read_text("utf-8")
PLACE = EXAMPLE.index("因政府信息公开引发行政复议2件")
"""The report received 17 requests and made 138 licensing decisions."""


NOISE = "本报告依照政俯信息公开条例编制。"


def accused(sentence: str, before: str = "") -> list[str]:
    """The findings of T001 on the sentence, put into a report."""
    report = extract_content(f"{EXAMPLE[:PLACE]}{before}{sentence}\n{EXAMPLE[PLACE:]}".encode(), file="report.txt")
    own = {entry.id for entry in report.sentences if entry.text == sentence}
    return [finding.code for finding in report.findings if finding.code == "T001" and own & set(finding.sentences)]


@pytest.mark.parametrize(
    ("said", "shown", "slip"),
    [
        ("1325", "1325", "same"), ("3", "7", "single"), ("290", "29", "tenfold"), ("29", "290", "tenfold"),
        ("1329", "1325", "digit"), ("95", "59", "swapped"), ("1325", "132", "added"), ("325", "1325", "lost"),
        ("12", "1325", "far"), ("1255", "1325", "far"), ("51.8", "52.8", "digit"),
        ("624.8", "642.80", "swapped"),
    ],
)  # fmt: skip
def test_how_two_numbers_differ_is_told(said, shown, slip):
    assert find_slip(Decimal(said), Decimal(shown)) == slip


@given(st.integers(10, 10**6), st.integers(0, 9), st.data())
def test_one_digit_off_is_a_slip_of_a_digit(number, digit, data):
    place = data.draw(st.integers(1, len(str(number)) - 1))
    other = f"{str(number)[:place]}{digit}{str(number)[place + 1 :]}"
    expected = "same" if other == str(number) else "digit"
    assert find_slip(Decimal(other), Decimal(number)) == expected


@pytest.mark.parametrize(
    "sentence", ["台账显示，全年登记的新收申请为18件。", "统计汇总后，各渠道本年度收到申请合计为71件。"]
)
def test_a_slip_in_words_that_are_not_all_known_is_accused(sentence):
    assert accused(sentence) == ["T001"]


@pytest.mark.parametrize(
    "sentence",
    [
        "水文测报、河道采砂等事项全年办成行政许可183件。",  # 138: two digits changed places
        "户籍、车管、出入境窗口一年办成318件行政许可。",
        "新建畜禽养殖场等事项办结行政许可183件。",  # characters that few reports use are no noise
        "河道采砂、取水、涉河方案三项许可总共批复183件。",
    ],
)
def test_a_slip_that_is_no_chance_is_accused_whatever_words_narrow_it(sentence):
    assert accused(sentence) == ["T001"]


@pytest.mark.parametrize(
    "sentence",
    [
        "台账显示，沿江片登记的新收申请为3件。",  # far from 17: a part that the grammar did not see
        "台账显示，全年登记的新收申请为17件。",
        "全年作出取水行政许可18件。",
        "全年办成河道采砂行政许可36件。",  # as likely a part of the whole
    ],
)
def test_a_number_of_unsure_words_that_is_no_slip_accuses_nobody(sentence):
    assert accused(sentence) == []


@pytest.mark.parametrize("sentence", ["砂石开采类行政许可决定作出183件，当日上网。", "涉河工程许可决定作出183件。"])
def test_a_swapped_number_is_accused_though_an_unknown_word_stands_before_the_term(sentence):
    assert accused(sentence) == ["T001"]


def test_a_swapped_number_behind_several_names_and_their_sum_is_accused():
    assert accused("采砂审批、涉河方案审查、水土保持方案审批等合计办成行政许可183件。") == ["T001"]


def test_what_was_due_in_all_is_held_against_both_its_parts():
    assert accused("全年新收申请17件，加上上年结转的1件，要办的一共是24件。") == ["T001"]


def test_what_had_come_by_some_day_of_the_year_accuses_nobody():
    assert accused("刚进十月那会儿才收到18件申请。") == []


def test_a_number_that_another_cell_of_its_sentence_explains_is_no_rival():
    assert accused("柜台登记新收申请71件，同比略有回落，年内办结17件。") == ["T001"]


@pytest.mark.parametrize(
    "sentence", ["台账显示，全年登汜的新收申清为18件。", "统计汇总后，各渠逍本年度收到申请合计为71件。"]
)
def test_in_damaged_prose_the_words_are_asked_about_as_they_were_mended(sentence):
    assert accused(sentence, NOISE) == ["T001"]


def test_nothing_is_asked_about_words_that_are_strange_still():
    assert accused("报表显夻，全年登记的新收申请为18件。", NOISE) == []
