"""Rows of a web page's or a Word file's own grid in which a value may be lost."""

from __future__ import annotations

import pytest

from extract.alignment import align_table
from extract.cells import place_cells
from extract.pages.docx import docx_to_pages
from extract.pages.html import html_to_pages
from extract.reading import read_cells
from extract.records import Cells, Item, RawCell, Row, State
from extract.rules import linear_rules
from extract.settings import load_settings
from tests.pages.statutory import Cell, table_html, word_cell, word_file
from tests.text_builders import FORM, TABLE_3, align, read, table_3_rows

ROW = "requests.granted"
VALUES = {
    "requests.received": (5, 1, 0, 0, 0, 1, 7),
    ROW: (5, 1, 0, 0, 0, 1, 7),
    "requests.handled": (5, 1, 0, 0, 0, 1, 7),
}
COLUMNS = [column.id for column in TABLE_3.blocks[0].columns]


def read_items(items: tuple[Item, ...]) -> Cells:
    rules = [rule for rule in linear_rules(FORM) if all(field.startswith("requests.") for field in rule.fields)]
    return read_cells(place_cells(align_table(items, TABLE_3), TABLE_3), rules, {})


def read_page(own: list[Cell]) -> Cells:
    """Table 3 as a web page whose row 予以公开 has these cells behind its label."""
    heads = [("申请人情况", 1, 1), *((column.label, 1, 1) for column in TABLE_3.blocks[0].columns)]
    rows = [[(text, 1, 1) for text in texts] for texts in table_3_rows(VALUES)]
    rows[2] = [rows[2][0], *own]
    return read_items(html_to_pages(table_html([heads, *rows]).encode(), file="x", settings=load_settings())[0].items)


def cells_of(*texts: str) -> list[Cell]:
    return [(text, 1, 1) for text in texts]


def open_fields(cells: Cells) -> list[str]:
    return [name for name in COLUMNS if cells[f"{ROW}.{name}"].scores["unsettled"]]


@pytest.mark.parametrize(
    "own",
    [
        cells_of("", "5", "1", "0", "0", "0", "1"),
        cells_of("", "5", "1", "0", "0", "1", "7"),
        cells_of("5", "1", "0", "0", "1", "7", ""),
        cells_of("51", "", "0", "0", "0", "1", "7"),
        cells_of("5", "1", "0", "0", "0", "1"),
        [("5", 2, 1), *cells_of("0", "0", "0", "1", "7")],
    ],
    ids=["shifted", "lost and shifted right", "lost and shifted left", "glued", "one cell short", "one cell over two"],
)
def test_a_row_that_its_sums_contradict_is_a_persons_to_read(own: list[Cell]) -> None:
    assert open_fields(read_page(own)) == COLUMNS


@pytest.mark.parametrize(
    "own", [cells_of("5", "1", "", "0", "0", "1", "7"), cells_of("5", "", "0", "0", "0", "1", "7")], ids=["zero", "one"]
)
def test_an_empty_cell_that_the_sums_do_not_contradict_is_printed_so(own: list[Cell]) -> None:
    assert open_fields(read_page(own)) == []


def test_a_value_merged_over_two_rows_of_a_word_file_is_no_empty_cell_of_the_second() -> None:
    rows = [[word_cell(text) for text in texts] for texts in table_3_rows(VALUES)]
    rows[1][2] = word_cell("1", '<w:vMerge w:val="restart"/>')
    rows[2][2] = word_cell("", "<w:vMerge/>")
    table = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    content = word_file(f"<w:tbl><w:tblPr/>{table}</w:tbl>")
    cells = read_items(docx_to_pages(content, file="x", settings=load_settings())[0].items)
    assert open_fields(cells) == COLUMNS


def drawn(*pages: list[list[str]]) -> Cells:
    """Table 3 as pages on which each cell is drawn."""
    box = (0.1, 0.1, 0.2, 0.2)
    rows = [(page, row) for page, own in enumerate(pages, 1) for row in own]
    items = (Row(tuple(RawCell(text, box) for text in row), k, k, number) for number, (k, row) in enumerate(rows, 1))
    return read_items(tuple(items))


HEADS = ["申请人情况", *(column.label for column in TABLE_3.blocks[0].columns)]


def test_a_drawn_column_that_is_empty_in_every_row_is_blank() -> None:
    cells = drawn([HEADS, *([*row[:7], ""] for row in table_3_rows(VALUES))])
    assert open_fields(cells) == []
    assert cells[f"{ROW}.total"].state is State.BLANK


def test_a_column_that_one_page_draws_empty_and_the_next_does_not_draw_is_open() -> None:
    rows = table_3_rows({})
    first = [HEADS, *([*row[:7], ""] for row in rows[:9])]
    assert open_fields(drawn(first, [[*row[:7], ""] for row in rows[9:]])) == []
    assert open_fields(drawn(first, [row[:7] for row in rows[9:]])) == COLUMNS


def test_drawn_rows_a_value_short_may_hold_their_totals_one_column_off() -> None:
    cells = drawn([HEADS, *([row[0], *row[2:], ""] for row in table_3_rows(VALUES))])
    assert open_fields(cells) == COLUMNS


def test_a_column_is_absent_and_another_empty_where_the_heads_say_so() -> None:
    heads = [head for head in HEADS if head != "社会公益组织"]
    cells = drawn([heads, *([*row[:4], *row[5:7], ""] for row in table_3_rows(VALUES))])
    states = [
        cells[f"{ROW}.{name}"].state for name in ("public_welfare", "legal_service", "other_organisation", "total")
    ]
    assert states == [State.MISSING, State.READ, State.READ, State.BLANK]


def test_an_empty_total_column_of_a_table_that_lacks_another_moves_no_value() -> None:
    labels = [column.label for column in TABLE_3.blocks[0].columns]
    lines = [["申请人情况", "", *labels], *([row[0], "", *row[1:-1], ""] for row in table_3_rows(VALUES))]
    page = table_html([[(text, 1, 1) for k, text in enumerate(line) if k != 4] for line in lines])
    cells = read_items(html_to_pages(page.encode(), file="x", settings=load_settings())[0].items)
    assert [cells[f"{ROW}.{name}"].value for name in COLUMNS] == [5, 1, None, 0, 0, 1, None]


@pytest.mark.parametrize("end", [1, 7])
def test_a_row_that_is_empty_at_one_end_as_no_other_is_may_stand_one_column_off(end: int) -> None:
    own = ["0"] * 6
    own.insert(end - 1, "")
    assert open_fields(read_page(cells_of(*own))) == COLUMNS


def test_an_end_that_many_rows_leave_empty_is_printed_so() -> None:
    rows = [[row[0], "" if k else row[1], *row[2:]] for k, row in enumerate(table_3_rows(VALUES))]
    heads = [(head, 1, 1) for head in HEADS]
    page = table_html([heads, *([(text, 1, 1) for text in row] for row in rows)])
    cells = read_items(html_to_pages(page.encode(), file="x", settings=load_settings())[0].items)
    assert not any(cells[f"requests.denied.state_secret.{name}"].scores["unsettled"] for name in COLUMNS)


def test_an_empty_cell_beside_two_zeros_in_one_may_be_the_second_ones() -> None:
    assert open_fields(read_page(cells_of("5", "1", "00", "", "0", "1", "7"))) == ["research", "public_welfare"]


def test_a_number_that_stands_twice_in_place_of_another_leaves_its_row_open() -> None:
    assert open_fields(read_page(cells_of("5", "1", "0", "0", "0", "0", "1"))) == COLUMNS


@pytest.mark.parametrize(
    "own",
    [
        cells_of("5", "5", "0", "0", "0", "1", "7"),
        cells_of("5", "1", "2", "0", "0", "1", "7"),
        cells_of("5", "0", "1", "0", "0", "1", "7"),
    ],
    ids=["beside its like", "anywhere", "two that offset each other"],
)
def test_numbers_that_break_the_sums_as_misprints_do_are_as_printed(own: list[Cell]) -> None:
    assert open_fields(read_page(own)) == []


def test_a_row_whose_sum_fails_by_what_several_columns_fail_may_stand_in_other_columns() -> None:
    """One misprint breaks one column; a number that is lost while a stray one stands in the row breaks two."""
    shifted = read_page(cells_of("5", "4", "1", "0", "0", "0", "7"))
    assert open_fields(shifted) == COLUMNS
    assert not open_fields(read_page(cells_of("5", "4", "0", "0", "0", "1", "7")))


def test_the_values_of_two_rows_on_one_line_are_a_persons() -> None:
    rows = table_3_rows({"requests.other.other": (2, 3, 0, 0, 0, 0, 5)})
    rows[22][1:] = [*["0"] * 7, *rows[22][1:]]
    cells = read("\n".join("| " + " | ".join(row) + " |" for row in rows))
    assert all(cell.scores["row_open"] for name, cell in cells.items() if name.startswith("requests.other.other."))


def test_a_number_with_a_blank_in_a_row_with_two_numbers_in_a_cell_may_be_two() -> None:
    rows = table_3_rows(VALUES)
    rows[2][1:] = ["279 203", "0 0", "1 0", "1 0", "0 0", "183 0", "464 203"]
    table = align("\n".join("\t".join(row) for row in rows))
    assert read_cells(place_cells(table, TABLE_3), (), {})[f"{ROW}.natural_person"].scores["row_open"]
