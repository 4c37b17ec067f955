"""问题清单: one line for each error that an office sends back, with every sum that it breaks."""

from __future__ import annotations

import re
from decimal import Decimal

from extract.checks import check_tables
from extract.findings import collect_findings
from extract.outputs.issues import Issue, list_issues
from extract.quick import replace
from extract.records import Claim, Discrepancy, Finding, Metadata, Narrative, Place, Qualifier, Severity, Spot
from extract.rules import linear_rules
from tests.builders import FORM, make_cells, make_field, make_narrative, make_report, make_sentence

RECEIVED, GRANTED, PARTLY, HANDLED = (
    f"requests.{row}" for row in ("received", "granted", "partially_granted", "handled")
)
EVEN = {
    f"{row}.{kind}": count
    for row, counts in {RECEIVED: (5, 2), GRANTED: (3, 1), PARTLY: (2, 1), HANDLED: (5, 2)}.items()
    for kind, count in zip(("natural_person", "business", "total"), (*counts, sum(counts)), strict=True)
}


def issues(
    wrong: dict[str, int], told: tuple[Discrepancy, ...] = (), narrative: Narrative | None = None
) -> list[Issue]:
    """The list of a report whose sums hold but for these cells; each cell stands on a line of its own."""
    cells = make_cells(EVEN | wrong)
    cells = {name: replace(cell, line=line) for line, (name, cell) in enumerate(cells.items(), start=1)}
    own = narrative or make_narrative()
    report = make_report(cells)
    found = collect_findings(
        FORM,
        cells,
        report.fields,
        Metadata({"year": make_field(2024)}, ()),
        own,
        violations=check_tables(cells, FORM),
        discrepancies=told,
    )
    kept = tuple(finding for finding in found if finding.code != "S006")
    return list(list_issues([replace(report, findings=kept, sentences=own.sentences, claims=own.claims)]))


def test_one_wrong_cell_is_one_line_with_all_the_sums_that_it_breaks() -> None:
    (issue,) = issues({f"{GRANTED}.total": 9})
    assert issue.code == "A001、A003"
    assert issue.title == "行合计不平、办理结果合计不平"
    assert issue.place == "表三“（一）予以公开”行“总计”列"
    assert issue.printed == "9；“（七）总计”行：7"
    assert issue.reason.startswith(
        "表三“（一）予以公开”行“总计”列疑有误：填报为 9，如改为 4，则下列 2 项均能对上。（1）"
    )
    assert "合计应为 4（3＋1＝4），“总计”栏填报为 9。（2）" in issue.reason
    assert issue.reason.count("如改为") == 1
    assert re.fullmatch("文件第 [0-9]+、[0-9]+ 行", issue.standing)


def test_what_the_text_says_of_the_wrong_cell_stands_in_its_line() -> None:
    sentence = make_sentence("予以公开4件。")
    told = Discrepancy("T001", (f"{GRANTED}.total",), (sentence.id,), 9, 4)
    (issue,) = issues({f"{GRANTED}.total": 9}, (told,), make_narrative(sentence))
    assert issue.code == "A001、A003、T001"
    assert issue.printed.endswith("；正文：4")
    assert "予以公开4件" in issue.place
    assert [
        own.code for own in issues({f"{GRANTED}.total": 9}, (replace(told, found=5),), make_narrative(sentence))
    ] == [*("A001、A003", "T001")]


def test_what_would_be_right_of_the_mended_cell_stands_in_its_line() -> None:
    share, words = make_sentence("其中自然人占71.4%。"), make_sentence("申请人全部为自然人。", number=2)
    claim = Claim(
        "c1",
        share.id,
        "71.4%",
        5,
        10,
        Decimal("71.4"),
        "%",
        Qualifier.EXACT,
        share_of=((f"{RECEIVED}.natural_person",), ()),
    )
    own = replace(make_narrative(share, words), claims=(claim,))
    shared = Discrepancy("T004", claim.share_of[0], (share.id,), 171.4, 71.4, claims=("c1",))  # type: ignore[index]
    assert [line.code for line in issues({f"{RECEIVED}.natural_person": 12}, (shared,), own)] == ["A001、A002、T004"]
    assert len(issues({f"{RECEIVED}.natural_person": 12}, (replace(shared, found=70.0),), own)) == 2
    worded = Discrepancy("T005", (f"{GRANTED}.business", f"{GRANTED}.total"), (words.id,), 4, "申请人全部为自然人")
    assert len(issues({f"{GRANTED}.total": 9}, (worded,), own)) == 2
    equal = replace(worded, fields=(f"{GRANTED}.natural_person", f"{GRANTED}.total"))
    wrong = {f"{GRANTED}.total": 9, f"{GRANTED}.natural_person": 4, f"{GRANTED}.business": 0}
    assert "A001、A003、T005" in [line.code for line in issues(wrong, (equal,), own)]


def test_a_cell_without_a_valid_number_is_one_line_with_the_sums_that_it_breaks() -> None:
    lines = issues({f"{GRANTED}.business": -1})
    assert len(lines) == 1
    assert lines[0].code.endswith("V001")


def test_the_same_gap_in_both_sums_down_two_columns_is_one_line() -> None:
    wrong = {f"{HANDLED}.natural_person": 6, f"{HANDLED}.total": 8}
    assert [line.code for line in issues(wrong)] == ["A002、A003"]


def test_one_number_that_neither_table_nor_text_bears_out_is_one_line() -> None:
    one, other = make_sentence("收到申请7件。"), make_sentence("全年收到申请9件。", number=2)
    told = Discrepancy("T001", (f"{RECEIVED}.total",), (other.id,), 7, 9)
    twice = Discrepancy("T002", (f"{RECEIVED}.total",), (one.id, other.id), 7, 9)
    (issue,) = issues({}, (twice, told), make_narrative(one, other))
    assert issue.code == "T001、T002"
    assert issue.printed == "正文：9；表格：7"
    assert issue.reason.startswith("下列 2 项说的是同一个数。（1）正文为 9，")
    of_parts = Discrepancy("T002", (), (other.id,), 8, 9, working="5件＋3件")
    assert [line.code for line in issues({}, (told, of_parts), make_narrative(one, other))] == ["T001、T002"]
    assert len(issues({}, (told, replace(of_parts, found=20)), make_narrative(one, other))) == 2


def test_reused_text_is_listed_with_how_many_sentences_of_each_section() -> None:
    own = [make_sentence("措施照旧。", section=section, number=k) for k, section in enumerate((1, 5, 5, 5))]
    told = Finding("Y003", Severity.WARNING, "", "", (), tuple(each.id for each in own[:3]), None, "75%")
    (issue,) = list_issues([replace(make_report(), findings=(told,), sentences=tuple(own))])
    assert issue.printed == "3 句与上一年报告相同（75%）"
    assert issue.place == "第一部分 1 句，首句“措施照旧。”；第五部分 2 句，首句“措施照旧。”"


def test_two_wrong_cells_are_two_lines() -> None:
    lines = issues({f"{GRANTED}.total": 9, f"{RECEIVED}.business": 3})
    assert [line.code for line in lines] == ["A001、A002", "A001、A003"]


def test_a_balance_that_fails_in_a_column_and_in_its_totals_is_one_line_with_both_sides() -> None:
    (issue,) = issues({f"{RECEIVED}.natural_person": 6, f"{RECEIVED}.total": 8})
    assert issue.place == "表三“自然人”列；表三“总计”列"
    assert issue.reason.startswith("下列 2 项相差相同，多半是同一处差错。（1）")
    assert [shown.rpartition("：")[2] for shown in issue.printed.split("；")] == ["5", "0", "6", "0"]


def test_what_was_handed_on_otherwise_is_one_line_whatever_the_columns() -> None:
    carried = [f"requests.carried_in.{column}" for column in ("business", "total")]
    found = tuple(Finding("Y001", Severity.ERROR, f"{name}。", "", (name,), (), 3, 2) for name in carried)
    (issue,) = list_issues([replace(make_report(make_cells(dict.fromkeys(carried, 2))), findings=found)])
    assert issue.place == "表三“二、上年结转政府信息公开申请数量”行（商业企业、总计）"
    assert issue.printed == "“商业企业”列：2；“总计”列：2"
    assert issue.reason.startswith("上年结转与上一年报告有 2 列不接：（1）requests.carried_in.business。（2）")


def test_what_the_text_says_mends_a_sum_without_a_suspect_in_its_line() -> None:
    sentence = make_sentence("全年复议2件。")
    told = Discrepancy("T001", ("challenges.reconsideration.total",), (sentence.id,), 3, 2)
    cells = {"challenges.reconsideration.upheld": 2, "challenges.reconsideration.total": 3}
    (issue,) = issues(cells, (told,), make_narrative(sentence))
    assert issue.code == "A004、T001"
    assert issue.reason.startswith("下列 2 项相差相同，多半是同一处差错。（1）")
    assert issue.printed.endswith("；正文：2")
    other = replace(told, found=4)
    assert [line.code for line in issues(cells, (other,), make_narrative(sentence))] == ["A004", "T001"]


def test_a_wording_is_placed_by_the_cells_that_it_speaks_of_and_by_its_line() -> None:
    sentence = make_sentence("本年无结转。")
    names = ("requests.carried_out.total", "requests.carried_out.business")
    spots = (Spot(1, 12),)
    found = Finding("T005", Severity.ERROR, "", "", names, (sentence.id,), 1, "本年无结转", spots=spots)
    cells = make_report({name: replace(cell, line=40) for name, cell in make_cells(dict.fromkeys(names, 1)).items()})
    (issue,) = list_issues([replace(cells, findings=(found,), sentences=(sentence,))])
    assert issue.place == "表三“四、结转下年度继续办理”行“总计”列；第一部分“本年无结转”"
    assert issue.standing == "文件第 40 行；文件第 12 行"


def test_a_label_stands_where_its_words_do() -> None:
    found = Finding("L001", Severity.INFO, "", "", ("disclosure.fees.amount",), (), "行政事业性收费", "行政收费")
    report = make_report(make_cells())
    (issue,) = list_issues([replace(report, findings=(replace(found, spots=(Spot(2, 31),)),))])
    assert issue.standing == "文件第 31 行"


def test_many_empty_cells_stand_from_the_first_to_the_last() -> None:
    names = tuple(f"requests.{row}.business" for row in ("received", "carried_in", "granted", "handled", "carried_out"))
    made = make_report(make_cells(states=dict.fromkeys(names, "blank")))
    lines = {name: replace(made.fields[name], page=2, line=line) for line, name in enumerate(names, start=31)}
    empty = Finding("V002", Severity.WARNING, "为空。", "", names)
    (issue,) = list_issues([replace(made, fields={**made.fields, **lines}, findings=(empty,))])
    assert issue.standing == "文件第 31 行至第 35 行"


def test_years_that_disagree_stand_on_the_lines_of_title_and_period() -> None:
    found = Finding("D001", Severity.ERROR, "", "", (), (), "2024年", "标题为2024年，统计期限起于2023年")
    made = make_report(make_cells())
    heads = {name: replace(made.report[name], page=1, line=line) for name, line in (("title", 1), ("period_start", 6))}
    (issue,) = list_issues([replace(made, report={**made.report, **heads}, findings=(found,))])
    assert issue.standing == "文件第 1、6 行"


def test_empty_cells_and_misnumbered_headings_are_one_line_each() -> None:
    groups = [
        [f"challenges.{group}.{end}" for end in ("upheld", "total")]
        for group in ("reconsideration", "litigation_direct")
    ]
    empty = [Finding("V002", Severity.WARNING, f"{names[0]}为空。", "", tuple(names)) for names in groups]
    headings = [("四、主动公开政府信息情况", "二、主动公开政府信息情况"), ("五、总体情况", "一、总体情况")]
    wrong = [Finding("S005", Severity.INFO, f"{own}。", "", (), (), due, own) for own, due in headings]
    made = make_report(make_cells(states=dict.fromkeys([name for names in groups for name in names], "blank")))
    fields = {name: replace(field, line=None, place=Place(3, 4, 5)) for name, field in made.fields.items()}
    made = replace(made, fields=fields, findings=(*empty, *wrong), source=replace(made.source, format="docx"))
    cells, titles = list_issues([made])
    assert (cells.code, cells.printed, cells.standing) == ("V002", "", "第 3 个表格第 4 行")
    assert cells.reason.startswith("有 2 处未填数字：（1）")
    assert (titles.code, titles.printed) == ("S005", "四、主动公开政府信息情况；五、总体情况")
    assert titles.place == "“主动公开政府信息情况”部分；“总体情况”部分"


def test_cells_that_offset_each_other_are_listed_with_what_they_print() -> None:
    (issue,) = issues({f"{GRANTED}.total": 3, f"{PARTLY}.total": 4})
    assert issue.code == "A005、A001"
    assert issue.severity == "错误"
    assert issue.place.split("；")[0] == "表三“商业企业”列（（一）予以公开、（二）部分公开）"
    assert issue.printed == "“（一）予以公开”行：1；“（二）部分公开”行：1"
    assert re.fullmatch("文件第 [0-9]+、[0-9]+ 行", issue.standing)


def test_a_short_sum_without_a_suspect_is_listed_with_all_its_cells() -> None:
    (issue,) = issues({"challenges.reconsideration.total": 1})
    assert issue.place == "表四“行政复议”"
    assert issue.printed == "“总计”：1；“结果维持”：0；“结果纠正”：0；“其他结果”：0；“尚未审结”：0"


def test_cells_of_one_column_stand_in_their_rows_of_the_file() -> None:
    cells = make_cells({f"{GRANTED}.total": 3, f"{HANDLED}.total": 4})
    wrong = Finding("A003", Severity.ERROR, "", "", tuple(cells), (), 3, 4, f"{GRANTED}.total", 4.0)
    placed = {f"{GRANTED}.total": Place(2, 7, 9), f"{HANDLED}.total": Place(2, 24, 9)}
    made = make_report(cells)
    fields = {name: replace(field, line=None, place=placed.get(name)) for name, field in made.fields.items()}
    rule = next(rule for rule in linear_rules(FORM) if rule.whole == (f"{HANDLED}.total",) and rule.code == "A003")
    found = replace(wrong, fields=(f"{GRANTED}.total", *(name for name in rule.fields if name != f"{GRANTED}.total")))
    (issue,) = list_issues([replace(made, fields=fields, findings=(found,))])
    assert issue.standing == "第 2 个表格第 7、24 行第 9 列"


def test_of_two_equal_numbers_the_one_that_is_meant_is_quoted() -> None:
    sentence = make_sentence("答复留言12条，公开信息12条。")
    first, second = (
        Claim(f"c{place}", sentence.id, "12", place, place + 2, Decimal(12), "条", Qualifier.EXACT) for place in (4, 12)
    )
    narrative = replace(make_narrative(sentence), claims=(first, second))
    (issue,) = issues({}, (Discrepancy("T002", (), (sentence.id,), 21.0, 12.0, claims=(second.id,)),), narrative)
    assert issue.place == "第 1 页第一部分“公开信息12条”"


def test_an_entry_of_a_long_list_that_names_nothing_is_quoted_with_what_stands_before_it() -> None:
    sentence = make_sentence("按答复类型看，准予公开、部分准予公开、不准公开、无法给出、不作处理依次为20件、6件、1件。")
    at = sentence.text.index("6件")
    claim = Claim("c1", sentence.id, "6件", at, at + 2, Decimal(6), "件", Qualifier.EXACT)
    narrative = replace(make_narrative(sentence), claims=(claim,))
    (issue,) = issues({}, (Discrepancy("T002", (), (sentence.id,), 7.0, 6.0, claims=(claim.id,)),), narrative)
    assert issue.place == "第 1 页第一部分“…分准予公开、不准公开、无法给出、不作处理依次为20件、6件”"


def test_a_label_is_placed_by_its_row_or_column_also_where_that_has_one_cell() -> None:
    fee = ("disclosure.fees.amount",)
    named = {
        "行政收费": ("行政事业性收费", "表二“行政事业性收费”行"),
        "收费金额": ("本年收费金额（单位：万元）", "表二“本年收费金额（单位：万元）”列"),
    }
    labels = [
        Finding("L001", Severity.INFO, "", "", fee, (), expected, found) for found, (expected, _) in named.items()
    ]
    made = make_report(make_cells())
    made = replace(made, findings=tuple(labels), source=replace(made.source, format="docx"))
    assert [issue.place for issue in list_issues([made])] == [place for _, place in named.values()]


def test_a_heading_and_a_year_have_a_place() -> None:
    found = (
        Finding("D001", Severity.ERROR, "", "", (), (), "2024年", "标题为2024年，统计期限止于2023年"),
        Finding("S005", Severity.INFO, "", "", (), (), "五、存在的主要问题及改进情况", "四、存在的主要问题及改进情况"),
    )
    places = [issue.place for issue in list_issues([replace(make_report(make_cells()), findings=found)])]
    assert places == ["标题、统计期限与正文", "“存在的主要问题及改进情况”部分"]


def test_the_zeros_of_a_long_sum_are_told_together() -> None:
    rows = [name for name in make_cells() if name.startswith("requests.denied.") and name.endswith(".total")]
    told = Discrepancy("T001", tuple(rows), (), 3, 4)
    (issue,) = issues(
        {
            rows[2]: 3,
            rows[2].replace("total", "natural_person"): 3,
            f"{PARTLY}.total": 0,
            f"{PARTLY}.natural_person": 0,
            f"{PARTLY}.business": 0,
            f"{HANDLED}.natural_person": 6,
            f"{HANDLED}.total": 7,
            f"{HANDLED}.business": 1,
            f"{RECEIVED}.natural_person": 6,
            f"{RECEIVED}.business": 1,
        },
        (told,),
    )
    assert "3.危及“三安全一稳定” 3 件、其余 7 项均为 0，8 项合计为 3" in issue.reason
    assert issue.printed == "正文：4；表格：3"
