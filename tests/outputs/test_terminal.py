from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from extract.checks import check_tables
from extract.findings import collect_findings
from extract.outputs import render_report
from extract.outputs.wrap import wrap_text
from extract.records import Metadata, Report
from tests.builders import FORM, make_cells, make_narrative, make_report, make_sentence

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
        FORM, cells, report.fields, (), Metadata(report.report, ()), check_tables(cells, FORM), (), prose
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


def test_the_last_line_counts_the_accepted_fields():
    assert (
        render_report(doubtful_report(), color=False, width=100).splitlines()[-1]
        == "200 个字段中 197 个可直接采用，3 个需要人工核对。"
    )
    assert (
        render_report(make_report(), color=False, width=100).splitlines()[-1]
        == "200 个字段中 200 个可直接采用，读数无须人工核对。"
    )


@given(st.text(alphabet="表三共18件，。“”（）abc 的", max_size=120), st.integers(10, 40))
def test_wrapping_loses_no_character_and_keeps_to_the_width(text: str, width: int):
    lines = wrap_text(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= width + 2 for line in lines)
