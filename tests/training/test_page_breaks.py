"""Cut tables: which are cut is told by their first and last words, and every cell of them must be as printed."""

from __future__ import annotations

import random
from pathlib import Path

from extract.forms import load_form
from extract.pipeline import extract_content
from tests.pages.pdf_builder import Sheet, to_pdf
from training.page_breaks import KINDS, Cut, Outcome, Series, find_cuts, judge, read_results, write_result
from training.synthesis.agencies import sample_agency
from training.synthesis.draft import Draft, Printed


def make_draft() -> Draft:
    rng, names = random.Random(1), load_form("2021").field_ids
    cells = {name: Printed("0", 0) for name in names}
    return Draft(rng, "holdout", "text-0", sample_agency(rng), 2024, dict.fromkeys(names, 0), cells)


def heads() -> Sheet:
    return (
        Sheet()
        .text(50, 60, "四、结转下年度继续办理")
        .text(50, 90, "行政复议")
        .text(99, 90, "行政诉讼")
        .text(50, 99, "尚未审结")
    )


def test_a_table_that_ends_on_another_page_than_it_begins_is_cut(tmp_path: Path) -> None:
    first, values = Sheet().text(50, 60, "信息内容").text(50, 90, "行政事业性收费"), " ".join("0" * 15)
    first.text(50, 120, "申请人情况")
    path = tmp_path / "a.pdf"
    path.write_bytes(to_pdf(first, heads().text(50, 150, values), Sheet().text(50, 60, "五、")))
    assert find_cuts(path, make_draft()) == [Cut(3, (1, 2))]
    path.write_bytes(to_pdf(first, heads(), Sheet().text(50, 60, values)))
    assert find_cuts(path, make_draft()) == [Cut(3, (1, 2)), Cut(4, (2, 3))]


def test_the_row_that_the_second_page_begins_with_is_told(tmp_path: Path) -> None:
    first, second = Sheet().text(50, 60, "信息内容").text(50, 90, "规章").text(50, 120, "行政规范性文件"), Sheet()
    path = tmp_path / "a.pdf"
    path.write_bytes(to_pdf(first, second.text(50, 60, "行政许可").text(50, 90, "行政事业性收费")))
    assert find_cuts(path, make_draft()) == [Cut(2, (1, 2), row=2)]


def test_every_cell_of_a_cut_table_counts() -> None:
    draft = make_draft()
    rows = ["一、总体情况", "二、主动公开政府信息情况", "|信息内容|本年制发件数|本年废止件数|现行有效件数|"]
    rows += ["|规章|0|0|0|", "|行政规范性文件|0|4|0|", "|信息内容|本年处理决定数量|", "|行政许可|0|"]
    report = extract_content("\n".join(rows).encode(), file="a.md")
    (cut,) = judge(report, draft, [Cut(2, (1, 2))])
    assert set(cut.wrong) == {
        "disclosure.normative_documents.repealed",
        "disclosure.penalties.decisions",
        "disclosure.coercion.decisions",
        "disclosure.fees.amount",
    }
    repealed = "disclosure.normative_documents.repealed"
    assert cut.accepted == ((repealed,) if report.fields[repealed].accepted else ())
    assert [len(own.wrong) for own in judge(None, draft, [Cut(2, (1, 2)), Cut(4, (2, 3))])] == [10, 15]


def test_what_was_read_is_not_read_again(tmp_path: Path) -> None:
    series, results = Series(1, level="scan_clean"), tmp_path / "results.jsonl"
    outcome = Outcome("a", [Cut(3, (1, 2), row=4, wrong=("requests.handled.total",))])
    write_result(outcome, series, results)
    assert read_results(results, series) == {"a": outcome}
    assert read_results(results, Series(1)) == {}


def test_every_kind_of_page_break_is_made_once() -> None:
    assert len(set(KINDS)) == len(KINDS) == 16
