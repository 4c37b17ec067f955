from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from extract.checks import check_tables
from extract.findings import collect_findings
from extract.outputs import render_report
from extract.outputs.advice import advise, confidence_text
from extract.outputs.wrap import wrap_text
from extract.quick import replace
from extract.records import (
    Claim,
    Deviation,
    Discrepancy,
    Metadata,
    Narrative,
    Qualifier,
    Report,
    Spot,
    State,
)
from tests.builders import FORM, make_cells, make_field, make_narrative, make_report, make_sentence

VALUES = {
    "requests.received.natural_person": 18,
    "requests.received.total": 18,
    "requests.granted.natural_person": 15,
    "requests.granted.total": 14,
    "requests.partially_granted.natural_person": 4,
    "requests.partially_granted.total": 4,
    "requests.handled.natural_person": 18,
    "requests.handled.total": 18,
    "disclosure.licensing.decisions": 44577,
    "disclosure.fees.amount": 89.343,
}
STATES = {
    "disclosure.regulations.issued": "blank",
    "disclosure.regulations.repealed": "dash",
    "challenges.litigation_direct.total": "missing",
    "challenges.litigation_direct.pending": "illegible",
}
DOUBTFUL = ("requests.received.total", "challenges.litigation_direct.total", "challenges.litigation_direct.pending")


def doubtful_report() -> Report:
    cells = make_cells(VALUES, STATES, {"disclosure.regulations.repealed": "/"})
    report = make_report(cells, doubtful=DOUBTFUL)
    prose = make_narrative(
        make_sentence("更新不够及时。", section=5, label="problem"),
        make_sentence("下一步将明确更新时限。", section=5, label="measure", number=2),
        make_sentence("收到申请。", section=1, number=3),
        make_sentence("无。", section=6, number=4),
    )
    findings = collect_findings(
        FORM, cells, report.fields, Metadata(report.report, ()), prose, violations=check_tables(cells, FORM)
    )
    return replace(report, findings=findings, sentences=prose.sentences)


@pytest.mark.parametrize("width", [80, 100, 120])
def test_no_line_is_wider_than_asked_for(width: int):
    assert (
        max(cell_len(line) for line in render_report(doubtful_report(), color=False, width=width).splitlines()) <= width
    )


def test_a_pipe_gets_no_escape_codes_and_a_terminal_does():
    assert "\x1b" not in render_report(doubtful_report(), color=False, width=100)
    assert "\x1b[" in render_report(doubtful_report(), color=True, width=100)


@pytest.mark.parametrize("shown", ["18?", "15!", "□", "—", "×?", "#?", "44577", "89.343"])
def test_cells_are_marked_without_colour(shown: str):
    assert shown in render_report(doubtful_report(), color=False, width=100)


def test_marks_are_explained_only_where_they_occur():
    assert "存疑" in render_report(doubtful_report(), color=False, width=100)
    assert "存疑" not in render_report(make_report(), color=False, width=100)


def test_every_row_and_group_of_the_form_is_shown():
    text = render_report(make_report(), color=False, width=120)
    for block in (block for table in FORM.tables for block in table.blocks):
        assert all(row.label[:12] in text for row in block.rows)
        assert all(
            column.group in text for column in block.columns if len(column.group) > 3 and "法人" not in column.group
        )


def test_what_to_look_at_names_the_suspect_of_the_failed_sums_first():
    text = render_report(doubtful_report(), color=False, width=100)
    advice = text[text.index("请依次核对") :].splitlines()
    assert "（一）予以公开”行“自然人”列（A001、A003）" in advice[1]


def test_the_last_lines_keep_reading_and_reporting_apart():
    *_, counted, meant = render_report(doubtful_report(), color=False, width=100).splitlines()
    assert counted == "200 格中 197 格读数可靠，其余 3 格需人工核对。"
    assert meant == "以上“可靠”指与原文一致，不表示填报无误；另有 2 条错误需向填报单位核实。"
    *_, counted, meant = render_report(make_report(), color=False, width=100).splitlines()
    assert counted == "200 格中 200 格读数可靠，读数无须人工核对。"
    assert meant == "以上“可靠”指与原文一致，不表示填报无误。"


def test_a_torn_row_is_one_line_of_advice_with_its_codes():
    row = [f"requests.granted.{name}" for name in ("natural_person", "business", "total")]
    report = replace(doubtful_report(), fields=make_report(make_cells(VALUES, STATES), doubtful=tuple(row)).fields)
    lines = [line for line in advise(report) if "（一）予以公开" in line]
    assert len(lines) == 1
    assert lines[0].startswith("表三“（一）予以公开”行（A001、A003）：3 格存疑（自然人 15、商业企业 0、总计 14）")


def test_a_finding_about_the_text_points_to_the_piece_and_then_to_the_cell():
    sentence = make_sentence("全年平稳，收到申请2件，均已答复。", section=1, number=7)
    wrong = Discrepancy("T001", ("requests.received.total",), ("s007",), 18.0, 2.0)
    claim = Claim("c1", "s007", "2件", 8, 10, Decimal(2), "件", Qualifier.EXACT, "requests.received.total")
    narrative = Narrative((sentence,), (claim,))
    cells = make_cells(VALUES)
    report = make_report(cells)
    findings = collect_findings(
        FORM, cells, report.fields, Metadata(report.report, ()), narrative, discrepancies=(wrong,)
    )
    report = replace(report, sentences=narrative.sentences, claims=narrative.claims, findings=findings[:1])
    (line,) = advise(report)
    assert line.startswith("第 1 页第一部分“收到申请2件”，对照表三“一、本年新收政府信息公开申请数量”行“总计”列（T001）")
    assert "见第 1 页第一部分“收到申请2件”；" in render_report(report, color=False, width=100)
    spotted = replace(report, findings=(replace(findings[0], spots=(Spot(1, 14),)),))
    assert "见第一部分“收到申请2件”（文件第 14 行）；" in render_report(spotted, color=False, width=100)
    page = replace(
        spotted,
        source=replace(report.source, format="html"),
        findings=(replace(findings[0], spots=(Spot(1, of_section=1, paragraph=3),)),),
    )
    assert "见第一部分第 3 段“收到申请2件”；" in render_report(page, color=False, width=100)


def test_a_missing_row_and_section_are_said_to_be_missing():
    row = tuple(f"requests.granted.{name}" for name in ("natural_person", "total"))
    absent = (Deviation("S001", "", "其他需要报告的事项"), Deviation("S002", "", "（一）予以公开", row, note="row"))
    report = make_report()
    findings = collect_findings(
        FORM, make_cells(), report.fields, Metadata(report.report, ()), Narrative((), ()), deviations=absent
    )
    lines = advise(replace(report, findings=findings))
    assert "缺第六部分“其他需要报告的事项”（S001）" in lines
    assert "缺表三“（一）予以公开”行（S002）" in lines


def test_the_cells_of_a_row_that_is_not_there_are_no_line_of_their_own():
    gone = [name for name in FORM.field_ids if name.startswith("requests.granted.")]
    cells = make_cells({}, dict.fromkeys(gone, "missing"))
    report = make_report(cells, doubtful=(*gone, "requests.received.total"))
    absent = Deviation("S002", "", "（一）予以公开", tuple(gone), note="row")
    told = Metadata(report.report, ()), Narrative((), ())
    lost, found = (
        collect_findings(FORM, cells, report.fields, *told, deviations=noticed) for noticed in ((absent,), ())
    )
    assert "表三“（一）予以公开”行：" in "".join(advise(replace(report, findings=found)))
    lines = advise(replace(report, findings=lost))
    assert len(lines) == 2
    assert lines[0] == "缺表三“（一）予以公开”行（S002）"
    assert lines[1].startswith("表三“一、本年新收政府信息公开申请数量”行“总计”列")


@pytest.mark.parametrize(
    ("confidence", "shown"),
    [(1.0, "0.9999"), (0.99999, "0.9999"), (0.9968, "0.9968"), (0.978, "0.97"), (0.001, "不足 0.01")],
)
def test_a_confidence_is_never_rounded_up(confidence: float, shown: str):
    assert confidence_text(confidence) == shown


def test_the_head_names_the_period_as_one_and_what_the_page_does_not_say():
    text = render_report(doubtful_report(), color=False, width=100)
    assert "统计期限 2024-01-01 至 2024-12-31" in text
    absent = {name: make_field(None) for name in ("published", "period_start", "period_end")}
    report = replace(make_report(), report={**make_report().report, **absent})
    assert "发布日期（未找到）　统计期限（未找到）" in render_report(report, color=False, width=100)


def test_the_confidence_of_a_row_is_that_of_its_most_doubtful_cell_whichever_is_checked_first():
    names = [f"requests.granted.{column}" for column in ("natural_person", "total")]
    report = make_report(doubtful=tuple(names))
    fields = {**report.fields, names[1]: replace(report.fields[names[1]], confidence=0.31)}
    (line,) = advise(replace(report, fields=fields))
    assert "2 格存疑（自然人 0、总计 0）" in line
    assert line.endswith("可信度最低 0.31")


@pytest.mark.parametrize("width", [80, 100])
def test_groups_of_table_3_stand_under_the_items_beside_them(width: int):
    text = render_report(make_report(), color=False, width=width)
    assert "│   （二）" in text
    assert "│   （三）不予公开" in text
    assert "│     1.属于国家秘密" in text


@given(st.text(alphabet="表三共18件，。“”（）abc 的", max_size=120), st.integers(10, 40))
def test_wrapping_loses_no_character_and_keeps_to_the_width(text: str, width: int):
    lines = wrap_text(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in lines)


def test_the_head_says_how_many_cells_need_nobody_how_surely_and_how_many_a_person() -> None:
    name = FORM.field_ids[0]
    report = make_report(make_cells(dict.fromkeys(FORM.field_ids, 0)), doubtful=(name,))
    shown = render_report(report, color=False, width=100)
    assert "199/200 格读数可靠（这些格全部读对的概率 99.0%）　需核对 1 格　错误" in shown
    lost = replace(report.fields[name], state=State.MISSING)
    shown = render_report(replace(report, fields={**report.fields, name: lost}), color=False, width=100)
    assert "需核对 1 格（其中未读到 1 格）" in shown
