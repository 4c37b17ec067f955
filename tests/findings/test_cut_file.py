"""A file that was cut off: what stands behind that point is not the agency's omission until a person has looked."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.outputs.issues import list_issues
from extract.pipeline import extract_content
from extract.records import CUT, Report

EXAMPLE = (Path(__file__).parents[2] / "examples" / "wangxi-district-2023.txt").read_text(encoding="utf-8")


def read(text: str) -> Report:
    return extract_content(text.encode(), file="a.txt")


def cuts(report: Report) -> list[str]:
    return [finding.message for finding in report.findings if finding.found == CUT]


def absent(report: Report, *, apart: bool) -> list[str]:
    """The codes of what the list (`apart`: the sheet beside it) says to be absent."""
    return [issue.code for issue in list_issues([report], apart=apart) if issue.code[0] == "S"]


@pytest.mark.parametrize(
    ("end", "place", "codes"),
    [
        ("3.其他\t\t1", "表三“（六）其他处理 3.其他”行", ["S001"] * 3 + ["S002"] * 3),
        (
            "\t0\t0\t0\t3\n\t\t2.",
            "行（社会公益组织、法律服务机构、其他、总计）",
            ["S001"] * 3 + ["S002"] * 4 + ["S003"],
        ),
        ("四、政府信息公开行政复议", "第四部分“政府信息公开行政复议、行政诉讼情况”", ["S001"] * 3),
        ("五、存在的主要问题", "第五部分“存在的主要问题及改进情况”", ["S001"] * 2),
        ("，上岗先跟班两周", "第六部分“其他需要报告的事项”", ["S001"]),
        ("（一）主要问题", "第六部分“其他需要报告的事项”", ["S001", "S006"]),
    ],
)
def test_where_nothing_follows_a_point_the_file_may_be_cut(end: str, place: str, codes: list[str]) -> None:
    report = read(EXAMPLE.partition(end)[0])
    (message,) = cuts(report)
    assert f"{place}起" in message
    assert absent(report, apart=True) == codes
    assert absent(report, apart=False) == []
    assert [finding.code for finding in report.findings if finding.code[0] == "S"] == codes


def test_a_section_that_lacks_between_others_or_behind_a_whole_one_lacks() -> None:
    before, _, last = EXAMPLE.partition("六、")
    between = before.partition("五、")[0]
    signature = last[last.index("溪陵市") :]
    unended = before.rstrip().removesuffix("。")
    for text in (f"{between}六、{last}", before, f"{before}{signature}", f"{unended}\n\n{signature}"):
        report = read(text)
        assert cuts(report) == []
        assert (absent(report, apart=False), absent(report, apart=True)) == (["S001"], [])


def test_a_row_that_lacks_before_the_cut_lacks() -> None:
    rows = EXAMPLE.partition("四、政府信息公开行政复议")[0].splitlines(keepends=True)
    (fees,) = (row for row in rows if row.startswith("行政强制"))
    report = read("".join(row for row in rows if row != fees))
    assert len(cuts(report)) == 1
    assert (absent(report, apart=False), absent(report, apart=True)) == (["S002"], ["S001"] * 3)
