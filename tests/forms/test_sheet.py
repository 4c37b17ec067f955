"""The shape of the statutory tables: every field once, heads merged as the form prints them."""

from __future__ import annotations

import pytest

from extract.forms import form_ids, load_form
from extract.forms.sheet import Sheet, table_to_sheet

tables = pytest.mark.parametrize("number", [2, 3, 4])
forms = pytest.mark.parametrize("form_id", form_ids())


def sheet(form_id: str, number: int) -> Sheet:
    return table_to_sheet(next(spec for spec in load_form(form_id).tables if spec.number == number))


def span(sheet: Sheet, text: str) -> tuple[int, int, int, int]:
    (cell,) = [cell for cell in sheet.cells if cell.text == text]
    return cell.row, cell.column, cell.rows, cell.columns


@tables
@forms
def test_the_cells_cover_the_table_and_none_overlaps(form_id: str, number: int) -> None:
    made = sheet(form_id, number)
    places = [
        (row, column)
        for cell in made.cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    ]
    assert sorted(places) == [(row, column) for row in range(made.rows) for column in range(made.columns)]


@forms
def test_every_field_stands_once_and_in_the_order_of_the_form(form_id: str) -> None:
    fields = [cell.field for number in (2, 3, 4) for cell in sheet(form_id, number).cells if cell.field]
    assert fields == list(load_form(form_id).field_ids)


def test_heads_are_merged_as_the_form_prints_them() -> None:
    requests, challenges = sheet("2021", 3), sheet("2021", 4)
    assert (requests.rows, requests.columns) == (28, 10)
    assert span(requests, "申请人情况") == (0, 3, 1, 7)
    assert span(requests, "自然人") == (1, 3, 2, 1)
    assert span(requests, "法人或其他组织") == (1, 4, 1, 5)
    assert span(requests, "三、本年度办理结果") == (5, 0, 22, 1)
    assert span(requests, "（三）不予公开") == (7, 1, 8, 1)
    assert span(requests, "（一）予以公开") == (5, 1, 1, 2)
    assert span(requests, "四、结转下年度继续办理") == (27, 0, 1, 3)
    assert span(challenges, "行政复议") == (0, 0, 2, 5)
    assert span(challenges, "行政诉讼") == (0, 5, 1, 10)
    assert span(sheet("2021", 2), "本年收费金额（单位：万元）") == (12, 1, 1, 3)
