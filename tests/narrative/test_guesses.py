"""Numbers that the grammar binds to no cell have those that are named nearest to them, as a guess."""

from __future__ import annotations

import pytest

from extract.narrative.shown import claim_fields
from extract.records import Verdict
from tests.narrative.builders import check, make_cells, make_narrative

AFTER = "全年出台规范性文件6件，经评估废止2件，仍然有效的共{}件已挂上网站。"


def guess_of(text: str) -> tuple[str, ...]:
    """The guess of the last number."""
    return make_narrative(text).claims[-1].guess


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("经检索，确认不掌握所申请资料的5件。", "requests.unavailable.not_held.total"),
        (AFTER.format(31), "disclosure.normative_documents.in_force"),
        ("通过门户网站接收公开申请3份。", "requests.received.total"),
        ("开展规范性文件清理，全年发布公告8件，全文废止4件。", "disclosure.normative_documents.repealed"),
        ("垃圾处理费等收费项目按季公示，2024年共收取51.3万元。", "disclosure.fees.amount"),
    ],
)
def test_a_number_without_cells_may_speak_of_what_is_named_nearest(text, field):
    assert guess_of(text) == (field,)


@pytest.mark.parametrize(
    "text",
    [
        "去年通过门户网站接收公开申请3份。",  # another year
        "通过门户网站接收公开申请比上年多3件。",  # a difference
        "通过门户网站公开信息31条。",  # no unit of a cell
        "全年收到政府信息公开申请12件。",  # bound for certain
    ],
)
def test_what_cannot_be_a_cell_or_is_bound_has_no_guess(text):
    assert guess_of(text) == ()


@pytest.mark.parametrize(("said", "codes"), [(31, []), (13, ["T001"]), (32, ["T001"]), (5, []), (87, [])])
def test_a_guess_accuses_only_where_the_number_is_a_slip_of_the_pen_away(said, codes):
    values = {"issued": 6, "repealed": 2, "in_force": 31}
    cells = make_cells({f"disclosure.normative_documents.{column}": value for column, value in values.items()})
    claims, found = check(AFTER.format(said), cells=cells)
    assert [entry.code for entry in found] == codes
    supported = claims[-1].verdict is Verdict.SUPPORTED
    assert supported == (said == 31)
    assert not supported or claim_fields(claims[-1]) == ("disclosure.normative_documents.in_force",)
