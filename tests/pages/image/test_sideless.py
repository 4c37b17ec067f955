"""Tables that are ruled between their rows alone."""

from __future__ import annotations

import cv2
import pytest

from extract.pages.image.ink import grey_to_ink
from extract.pages.image.lattice import Lattice
from extract.pages.image.rules import find_rules
from extract.pages.image.sideless import find_sideless
from tests.pages.image.builders import COLUMNS, UNIT, Grey, blank_page, draw_text

VALUES = [["label", "4", "12", "0", "7", "0", "3", "26"], ["longer label", *"0000000"]] * 3


def draw_table(page: Grey, top: int, values: list[list[str]] = VALUES, height: int = 44) -> None:
    for row, texts in enumerate(values):
        for column, text in enumerate(texts):
            draw_text(page, text, sum(COLUMNS[column : column + 2]) // 2, top + height * row + height // 2)
    for row in range(len(values) + 1):
        cv2.line(page, (COLUMNS[0], top + height * row), (COLUMNS[-1], top + height * row), 0, 2)


def find(page: Grey) -> list[Lattice]:
    ink = grey_to_ink(page)
    return find_sideless(ink, find_rules(ink, UNIT), [], UNIT)


def test_columns_are_parted_by_the_paper_between_them() -> None:
    page = blank_page()
    draw_table(page, 300)
    (found,) = find(page)
    assert (len(found.grid.ys) - 1, len(found.grid.xs) - 1) == (6, 8)
    for border, column in zip(found.grid.xs[1:-1], COLUMNS[1:-1], strict=True):
        assert abs(border * UNIT - column) < 60
    assert all(type(border) is float for border in (*found.grid.xs, *found.grid.ys))


def test_print_across_columns_stands_in_one_cell() -> None:
    page = blank_page()
    draw_table(page, 344)
    cv2.line(page, (COLUMNS[0], 300), (COLUMNS[-1], 300), 0, 2)
    draw_text(page, "a head over many of the columns", 770, 322)
    (found,) = find(page)
    first = [cell for cell in found.grid.cells if cell.row0 == 0]
    assert max(cell.column1 - cell.column0 for cell in first) >= 4


def test_the_gap_between_two_words_of_a_title_is_no_border_of_a_column() -> None:
    page = blank_page()
    draw_table(page, 344)
    cv2.line(page, (COLUMNS[0], 300), (COLUMNS[-1], 300), 0, 2)
    (below,) = find(page)
    border = next(x for x in below.grid.xs if x * UNIT > COLUMNS[3]) * UNIT
    cv2.rectangle(page, (round(border) - 120, 312), (round(border) - 4, 332), 0, -1)
    cv2.rectangle(page, (round(border) + 4, 312), (round(border) + 120, 332), 0, -1)
    (found,) = find(page)
    assert any(
        found.grid.cell_box(cell)[0] < border / UNIT < found.grid.cell_box(cell)[2]
        for cell in found.grid.cells
        if cell.row0 == 0
    )


def test_a_heading_between_two_tables_parts_them() -> None:
    page = blank_page()
    draw_table(page, 300)
    draw_text(page, "heading of the next", 300, 300 + 44 * 6 + 44)
    draw_table(page, 300 + 44 * 6 + 64)
    assert [len(found.grid.ys) - 1 for found in find(page)] == [6, 6]


def test_a_row_whose_label_begins_farther_right_leaves_the_column_before_it_whole() -> None:
    page = blank_page()
    draw_table(page, 300)
    page[340:350, COLUMNS[0] : 160] = page[384:394, COLUMNS[0] : 160] = 255
    (found,) = find(page)
    assert any(cell.row1 - cell.row0 == 3 and cell.column0 == 0 for cell in found.grid.cells)


@pytest.mark.parametrize("count", [1, 3])
def test_a_few_rules_are_no_table(count: int) -> None:
    page = blank_page()
    for row in range(count):
        cv2.line(page, (COLUMNS[0], 300 + 44 * row), (COLUMNS[-1], 300 + 44 * row), 0, 2)
    assert find(page) == []


def wipe_rule(page: Grey, row: int, start: int, end: int) -> None:
    page[300 + 44 * row - 3 : 300 + 44 * row + 4, start:end] = 255


def test_lines_of_numbers_in_one_row_have_lost_the_rule_between_them() -> None:
    page = blank_page()
    draw_table(page, 300)
    wipe_rule(page, 2, 0, page.shape[1])
    wipe_rule(page, 5, 0, page.shape[1])
    (found,) = find(page)
    assert len(found.grid.ys) - 1 == len(VALUES)


def test_a_piece_of_a_rule_that_was_seen_is_all_of_it() -> None:
    page = blank_page()
    draw_table(page, 300)
    wipe_rule(page, 3, 0, COLUMNS[3])
    wipe_rule(page, 3, COLUMNS[5], page.shape[1])
    (found,) = find(page)
    assert len(found.grid.ys) - 1 == len(VALUES)
    assert all(cell.row1 - cell.row0 == 1 for cell in found.grid.cells)


def test_words_on_two_lines_are_one_head() -> None:
    page = blank_page()
    draw_table(page, 388)
    for column in range(len(COLUMNS) - 1):
        for line in (330, 358):
            draw_text(page, "words", sum(COLUMNS[column : column + 2]) // 2, line)
    cv2.line(page, (COLUMNS[0], 300), (COLUMNS[-1], 300), 0, 2)
    (found,) = find(page)
    assert len(found.grid.ys) - 1 == len(VALUES) + 1
