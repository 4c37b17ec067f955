"""One picture of several: what it lacks stands on the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.pages import read_content
from extract.pipeline import gather_evidence, grade_evidence
from extract.quick import replace
from extract.records import PART, Report
from extract.settings import load_settings

EXAMPLE = (Path(__file__).parents[2] / "examples" / "wangxi-district-2023.txt").read_text(encoding="utf-8")


def read_as(format: str, text: str, *, pages: int = 1) -> Report:
    """The report of a file of that format that prints the text."""
    read = read_content(text.encode(), file="a.txt", settings=load_settings())
    document = replace(read, source=replace(read.source, format=format), pages=read.pages[:1] * pages)
    return grade_evidence(gather_evidence(document))


def absent(report: Report) -> list[str]:
    return [finding.code for finding in report.findings if finding.code[0] == "S"]


FIRST, _, REST = EXAMPLE.partition("五、")


@pytest.mark.parametrize(("text", "sections"), [(FIRST, "五、六"), (f"五、{REST}", "一、二、三、四")])
def test_a_picture_that_lacks_the_end_or_the_beginning_is_a_page_of_a_report(text: str, sections: str) -> None:
    report = read_as("image", text)
    (told,) = (finding for finding in report.findings if finding.found == PART)
    assert (told.code, absent(report)) == ("Q002", [])
    assert f"没有第{sections}部分" in told.message
    assert "PDF 或多页 TIFF" in told.message


def test_what_lacks_in_a_file_of_another_kind_or_between_other_sections_lacks() -> None:
    assert "S001" in absent(read_as("text", FIRST))
    middle = EXAMPLE.partition("四、")[0] + f"五、{REST}"
    assert "S001" in absent(read_as("image", middle))
