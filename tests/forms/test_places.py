"""Names of sets of cells: the shortest that is true."""

from __future__ import annotations

import pytest

from extract.forms import load_form
from extract.forms.places import name_cells

FORM = load_form("2021")
RECEIVED = "一、本年新收政府信息公开申请数量"
OF_ROW = [field for field in FORM.field_ids if field.startswith("requests.received.")]
OF_COLUMN = [field for field in FORM.field_ids if field.endswith(".business")]


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        (OF_COLUMN, "表三“商业企业”列"),
        (OF_ROW, f"表三“{RECEIVED}”行"),
        (OF_ROW[:2], f"表三“{RECEIVED}”行（自然人、商业企业）"),
        (OF_COLUMN[:8], f"表三“商业企业”列（{RECEIVED}、二、上年结转政府信息公开申请数量等 8 处）"),
    ],
)
def test_a_whole_row_or_column_is_named_as_such_and_of_many_cells_the_first(fields: list[str], name: str) -> None:
    assert name_cells(FORM, fields) == name
