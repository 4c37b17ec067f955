"""A file with more than one report: the first is read, the others are named."""

from __future__ import annotations

from extract.outputs.document import report_to_json
from extract.pipeline import extract_content
from extract.sections import first_report
from tests.pages.statutory import TITLE, report_html
from tests.sections.test_split import full_headings, report
from tests.text_builders import document

OTHER = "临桥县民政局2022年政府信息公开工作年度报告"
TEXT = report(full_headings())


def test_where_another_report_begins_the_first_one_ends_and_the_other_is_named_with_its_line() -> None:
    both = f"{TEXT}\n临桥县民政局\n{OTHER.removeprefix('临桥县民政局')}\n" + TEXT.partition("\n")[2]
    kept, (left_out,) = first_report(document(both))
    assert kept.items == document(TEXT).items
    assert (left_out.code, left_out.found, left_out.note) == ("Q002", f"《{OTHER}》", "report line")
    assert left_out.expected == str(TEXT.count("\n") + 2)


def test_three_reports_are_counted_and_one_without_a_title_is_cut_off_at_its_first_heading() -> None:
    untitled = TEXT.partition("\n")[2]
    kept, (left_out,) = first_report(document(f"{TEXT}\n{untitled}\n{TEXT}"))
    assert kept.items == document(TEXT).items
    assert left_out.found == f"《{TEXT.partition(chr(10))[0]}》等 2 份"


def test_a_list_of_contents_and_tables_in_an_annex_are_no_other_report() -> None:
    tables = TEXT[TEXT.index("第二十条") : TEXT.index("五、")]
    whole = document("\n".join((*full_headings(), TEXT, "附件", tables)))
    assert first_report(whole) == (whole, ())


def test_a_list_of_contents_above_prose_that_begins_as_the_last_row_is_no_other_report() -> None:
    prose = "本年共收到申请8件，\n结转下年度继续办理2件。"
    whole = document("\n".join((*full_headings(), TEXT.replace("二、", f"{prose}\n二、", 1))))
    assert first_report(whole) == (whole, ())


def test_the_finding_says_in_both_languages_what_was_not_read_and_where() -> None:
    page = f"{report_html()}{report_html().replace(TITLE, OTHER)}".encode()
    (finding,) = (
        entry for entry in report_to_json(extract_content(page, file="a.html"))["findings"] if entry["code"] == "Q002"
    )
    assert f"《{OTHER}》（始于第 4 个表格上方）没有读" in finding["message"]
    assert finding["severity"] == "warning"
    english = next(entry for entry in extract_content(page, file="a.html").findings if entry.code == "Q002").message_en
    assert f"《{OTHER}》, which begins above table 4, was not" in english
