"""Title, period and text that name different years: what the text says of last year is held against no cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.pipeline import extract_content
from extract.records import Report

TEXT = (Path(__file__).parents[1] / "examples" / "yanchuan-water-2024.txt").read_text(encoding="utf-8")
LAST_YEAR = "2023年收到申请11件，本年比上年多6件。"
PERIOD = "2024年1月1日至2024年12月31日"


def read(*changes: tuple[str, str]) -> Report:
    text = TEXT.replace("全年在县政府网站", LAST_YEAR + "全年在县政府网站", 1)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return extract_content(text.encode(), file="report.txt")


@pytest.mark.parametrize(
    "period",
    [PERIOD, "本年度", "2024年全年（1月1日至12月31日）"],
    ids=["period", "text and date", "the year at hand"],
)
def test_a_title_of_last_year_makes_last_year_s_figures_no_contradiction(period: str) -> None:
    report = read(("砚川县水务局2024年", "砚川县水务局2023年"), (PERIOD, period))
    said = {sentence.id for sentence in report.sentences if sentence.text.startswith(LAST_YEAR[:9])}
    assert said
    assert report.report["year"].value == 2024
    assert "D001" in {finding.code for finding in report.findings}
    assert [finding.code for finding in report.findings if said & set(finding.sentences)] == []


def test_where_title_and_period_stand_alone_against_each_other_no_sentence_that_names_either_year_is_accused() -> None:
    ending = TEXT[TEXT.rindex("2025年1月16日") :]
    report = read(
        ("砚川县水务局2024年", "砚川县水务局2023年"),
        ("2024年，县水务局", "县水务局"),
        ("2024年，本局没有", "本局没有"),
        (ending, ""),
    )
    named = {sentence.id for sentence in report.sentences if "2023年" in sentence.text or "2024年" in sentence.text}
    assert [
        finding.code for finding in report.findings if finding.code[0] == "T" and named & set(finding.sentences)
    ] == []
    assert "T001" in {finding.code for finding in report.findings}  # what names no year is checked as ever
