"""Whole pages: numbers in their cells, with readings and boxes; every page of noise ends well."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from extract.errors import UnsupportedError
from extract.pages.image import image_to_pages, scan
from extract.pages.image.content import _is_dirt, _more_numbers, lattice_to_table
from extract.pages.image.counts import find_number_cells
from extract.pages.image.facing import quarter_turns
from extract.pages.image.ink import grey_to_ink
from extract.pages.image.lattice import find_lattices
from extract.pages.image.lettering import Lettering, _decode
from extract.pages.image.parted import _to_lattice
from extract.pages.image.pieces import Piece, _without_specks, find_starts
from extract.pages.image.recognise import CellReading
from extract.pages.image.rules import find_rules
from extract.pages.image.scan import _read_part, _to_word, _without_strays
from extract.pages.image.sheet import cut_out_sheets
from extract.pages.image.sizing import cut_pages, cut_sides, points_wide
from extract.pages.image.stacked import _high_lines
from extract.pages.image.streaks import without_folds, without_streaks
from extract.pages.marks import count_form_characters
from extract.pages.pdf.words import Word
from extract.quick import replace
from extract.records import Line, Page, Row
from extract.settings import load_settings
from tests.pages.image.builders import (
    COLUMNS,
    HEIGHT,
    UNIT,
    WIDTH,
    Grey,
    blank_page,
    draw_rules,
    draw_text,
    in_colour,
    table_page,
    to_file,
    turned,
)

VALUES = [["label", *(str((7 * row + 3 * column) % 13) for column in range(7))] for row in range(8)]


def read(*pages: Grey, kind: str = "PNG") -> tuple[Page, ...]:
    return image_to_pages(to_file(*pages, kind=kind), file="a.png", settings=load_settings())


def with_print(page: Grey, *, top: int = 100) -> Grey:
    """The page with a few lines of Chinese print."""
    text = np.asarray(Image.open(Path(__file__).with_name("printed.png")).convert("L"))
    page[top : top + text.shape[0], 120 : 120 + text.shape[1]] = text
    return page


def numbers(page: Page) -> list[list[str]]:
    return [[cell.text for cell in item.cells[1:]] for item in page.items if isinstance(item, Row)]


def test_every_number_stands_in_its_cell() -> None:
    (page,) = read(table_page(VALUES))
    assert page.scanned
    assert numbers(page) == [row[1:] for row in VALUES]


def test_a_skewed_page_is_read_and_its_boxes_lie_on_the_page_as_shown() -> None:
    (page,) = read(turned(table_page(VALUES), 1.5))
    assert numbers(page) == [row[1:] for row in VALUES]
    cell = next(item for item in page.items if isinstance(item, Row)).cells[7]
    assert cell.bbox is not None
    turn = np.radians(1.5)
    x, y = (COLUMNS[7] + COLUMNS[8]) / 2 - WIDTH / 2, 322 - HEIGHT / 2
    shown = ((x * np.cos(turn) - y * np.sin(turn)) / WIDTH + 0.5, (x * np.sin(turn) + y * np.cos(turn)) / HEIGHT + 0.5)
    assert abs((cell.bbox[0] + cell.bbox[2]) / 2 - shown[0]) < 0.005
    assert abs((cell.bbox[1] + cell.bbox[3]) / 2 - shown[1]) < 0.005


def test_a_table_whose_rules_are_broken_is_read() -> None:
    page, rng = table_page([[str(10**k), *row[1:]] for k, row in enumerate(VALUES)]), np.random.default_rng(3)
    for y in range(300, 300 + 44 * 9, 44):
        for x in range(COLUMNS[0], COLUMNS[-1], 120):
            page[y - 3 : y + 4, x + rng.integers(0, 90) :][:, : rng.integers(8, 20)] = 255
    for x in COLUMNS:
        for y in range(300, 300 + 44 * 8, 88):
            page[y + rng.integers(2, 12) :, x - 3 : x + 4][: rng.integers(6, 16)] = 255
    (read_page,) = read(page)
    assert numbers(read_page) == [row[1:] for row in VALUES]


def test_specks_beside_a_number_are_no_other_numbers() -> None:
    page, rng = table_page(VALUES), np.random.default_rng(1)
    page[rng.integers(0, HEIGHT, 1500), rng.integers(0, WIDTH, 1500)] = 0
    (read_page,) = read(page)
    assert numbers(read_page) == [row[1:] for row in VALUES]


def test_what_is_left_of_a_rule_at_the_edge_of_a_cell_is_no_part_of_its_number() -> None:
    page = table_page([["label", "7"]] * 4)
    for top in range(300, 476, 44):
        page[top + 20 : top + 26, COLUMNS[1] + 2 : COLUMNS[1] + 5] = 0
    (read_page,) = read(page)
    assert numbers(read_page) == [["7"]] * 4


def test_a_digit_that_seems_torn_is_one_number() -> None:
    page = table_page(VALUES)
    middle = 300 + 44 * 2 + 22
    page[middle - 3 : middle + 2, COLUMNS[3] + 4 : COLUMNS[4] - 4] = 255
    (read_page,) = read(page)
    assert numbers(read_page)[2] == VALUES[2][1:]


def test_numbers_below_heads_are_a_row_of_their_own_where_the_rule_between_them_was_lost() -> None:
    page = table_page(
        [["list", "HEAD", "NAME", "PART"], ["label", "7", "30", "4"], ["label", "2", "0", "11"]], height=52
    )
    page[300 + 52 - 3 : 300 + 52 + 4][page[300 + 52 - 3 : 300 + 52 + 4].min(axis=1) < 128] = page[300 + 52 - 10]
    (read_page,) = read(page)
    assert numbers(read_page)[1:] == [["7", "30", "4"], ["2", "0", "11"]]


def test_numbers_below_the_rest_of_heads_that_a_page_break_left_without_a_rule_are_cells_of_their_own() -> None:
    row = ["5", "0", "3", "0", "34", "7", "41"]
    page = table_page([["", "", "", "", "HEAD", "NAME", "PART"], row, row], height=52)
    page[303:356, COLUMNS[0] + 3 : COLUMNS[4] - 2] = 255
    (read_page,) = read(page)
    assert numbers(read_page)[1:] == [row[1:], row[1:]]


def test_what_is_left_of_a_lost_rule_is_no_line_between_a_head_and_its_number() -> None:
    page = blank_page()
    for text, y in (("HEAD", 130), ("7", 190)):
        draw_text(page, text, 160, y)
    page[156:164, 150:154] = page[156:164, 158:162] = page[156:164, 166:170] = 0
    lines = _high_lines((110, 105, 210, 215), grey_to_ink(page), UNIT)
    assert [round((top + bottom) / 2, -1) for _, top, _, bottom in lines] == [130, 190]


def test_numbers_between_which_no_rule_is_seen_are_read_from_their_lines() -> None:
    page = table_page(VALUES)
    for x in COLUMNS[2:-1]:
        page[290 : 310 + 44 * 8, x - 3 : x + 4] = 255
    (read_page,) = read(page)
    texts = [
        " ".join(cell.text for cell in item.cells) if isinstance(item, Row) else item.text for item in read_page.items
    ]
    assert [text.split()[-7:] for text in texts] == [row[1:] for row in VALUES]


def test_numbers_that_are_read_from_lines_have_readings_as_those_in_cells_have() -> None:
    page = blank_page()
    for row, values in enumerate(VALUES[:4]):
        for column, text in enumerate(values):
            draw_text(page, text, COLUMNS[column] + 50, 300 + 44 * row)
    (read_page,) = read(page)
    assert numbers(read_page) == [row[1:] for row in VALUES[:4]]
    cells = [cell for item in read_page.items if isinstance(item, Row) for cell in item.cells[1:]]
    assert all(cell.readings[0][0] == cell.text for cell in cells)


def test_numbers_in_a_frame_without_rules_are_read_though_no_character_is_so_narrow() -> None:
    page = blank_page()
    draw_rules(page, (100, 1120), (300, 380), thick=4)
    draw_text(page, "some label", 250, 340)
    for k, number in enumerate(["0", "1", "12", "0"]):
        (width, _), _ = cv2.getTextSize(number, cv2.FONT_HERSHEY_SIMPLEX, 0.5, 1)
        cv2.putText(page, number, (500 + 150 * k - width // 2, 346), cv2.FONT_HERSHEY_SIMPLEX, 0.5, 20, 1, cv2.LINE_AA)
    assert numbers(read(page)[0]) == [["0", "1", "12", "0"]]


def test_a_stroke_beside_prose_is_no_digit() -> None:
    def word(text: str, x0: float, x1: float) -> Word:
        return Word((), text, (x0, 0.0, x1, 9.0), 9.0)

    prose, row, stroke = word("更新及时。", 0, 200), word("规章", 0, 20), word("1", 230, 232)
    assert _without_strays([prose, stroke]) == (prose,)
    assert _without_strays([row, stroke]) == (row, stroke)


def test_a_column_whose_rule_was_lost_is_parted_where_the_others_are_as_wide() -> None:
    page = table_page(VALUES)
    for row in range(8):
        page[304 + 44 * row : 342 + 44 * row, COLUMNS[4] - 3 : COLUMNS[4] + 4] = 255
    (read_page,) = read(page)
    assert numbers(read_page) == [row[1:] for row in VALUES]


def test_numbers_of_two_columns_whose_rule_is_missing_in_a_row_stand_in_their_cells() -> None:
    values = [[*row[:3], row[3] * 3] for row in VALUES]
    page = table_page(values)
    for row in (2, 5):
        page[304 + 44 * row : 342 + 44 * row, COLUMNS[3] - 3 : COLUMNS[3] + 4] = 255
    (read_page,) = read(page)
    assert numbers(read_page) == [row[1:] for row in values]


def test_columns_of_one_row_are_parted_though_pieces_of_their_rules_are_left() -> None:
    page = table_page([["7", *"0120456"]])
    for right, text in zip(COLUMNS[3:6], "123", strict=True):
        page[304:342, right - 70 : right - 30] = 255
        draw_text(page, text, right - 11, 322)  # right beside its rule
    for x in COLUMNS[3:5]:
        page[318:340, x - 3 : x + 4] = 255
    (read_page,) = read(page)
    assert numbers(read_page) == [["0", "1", "2", "3", "4", "5", "6"]]


def test_numbers_one_below_the_other_are_two_though_lines_in_the_heads_make_more_columns_of_theirs() -> None:
    page = table_page(VALUES)
    for x in (COLUMNS[4] + 30, COLUMNS[5] - 30):
        cv2.line(page, (x, 300), (x, 344), 0, 2)
    page[388 - 4 : 388 + 5, COLUMNS[4] + 3 : COLUMNS[5] - 2] = 255
    (read_page,) = read(page)
    assert [[text for text in row if text] for row in numbers(read_page)[1:]] == [row[1:] for row in VALUES[1:]]


@pytest.mark.parametrize(
    ("text", "starts", "more"),
    [("2", 4, 0), ("12", 2, 1), ("00000", 3, 2), ("第二十条第（一）项", 3, 0), ("ab~c", 3, 1), ("", 3, 1), ("", 2, 0)],
)
def test_dirt_beside_a_digit_and_what_lies_beside_words_are_no_more_numbers(text: str, starts: int, more: int) -> None:
    assert _more_numbers(text, starts) == more


def test_a_long_dash_is_no_words() -> None:
    page = table_page([["label", *"0123456"]] * 2)
    for x in (470, 770):
        page[350:384, x - 25 : x + 26] = 255
        page[365:368, x - 26 : x + 27] = 0
    (read_page,) = read(page)
    assert numbers(read_page)[1] == ["-", "1", "2", "-", "4", "5", "6"]


def test_specks_far_from_a_digit_are_no_points_and_make_no_words_of_it() -> None:
    page = blank_page()
    draw_rules(page, (100, 420, 1120), range(300, 477, 44))
    for row in range(4):
        draw_text(page, "label", 260, 322 + 44 * row)
        draw_text(page, "7", 770, 322 + 44 * row)
        page[325 + 44 * row : 328 + 44 * row, [560, 561, 562, 980, 981, 982]] = 30
    (read_page,) = read(page)
    assert numbers(read_page) == [["7"]] * 4


def test_numbers_between_which_all_rules_were_lost_stand_in_their_cells() -> None:
    grey = table_page(VALUES)
    grey[303:386, 516:525] = 255
    grey[340:349, 424:617] = 255
    (page,) = read(grey)
    assert numbers(page) == [row[1:] for row in VALUES]


def test_the_two_numbers_of_a_small_table_stand_below_their_heads_where_the_rule_between_them_was_lost() -> None:
    page = with_print(table_page([["label", "", ""], ["label", "", ""]]))
    page[302:388, 505:535] = 255
    page[343:346, 505:535] = 0
    draw_text(page, "head", 470, 322)
    draw_text(page, "head", 570, 322)
    draw_text(page, "12", 470, 366)
    draw_text(page, "0", 570, 366)
    (found,) = read(page)
    assert numbers(found)[-1] == ["12", "0"]


def test_two_numbers_in_a_cell_are_not_one() -> None:
    page = table_page([["7", "7"]] * 4)
    page[346:386, COLUMNS[0] + 4 : COLUMNS[1] - 3] = 255
    draw_text(page, "3", COLUMNS[0] + 60, 366)
    draw_text(page, "0", COLUMNS[1] - 60, 366)
    (read_page,) = read(page)
    assert [item.cells[0].text for item in read_page.items if isinstance(item, Row)] == ["7", "?", "7", "7"]


def test_a_line_right_beside_a_rule_makes_no_column() -> None:
    page = table_page(VALUES)
    page[300:654, COLUMNS[4] + 8 : COLUMNS[4] + 10] = 0
    (read_page,) = read(page)
    assert numbers(read_page) == [row[1:] for row in VALUES]


def test_a_head_of_one_column_that_reaches_over_two_rows_stands_in_the_lower_one() -> None:
    page = table_page([["", "", "", ""], ["", "AB", "CD", ""], *(row[:4] for row in VALUES[:4])])
    page[330:360, COLUMNS[0] + 4 : COLUMNS[1] - 3] = 255
    page[330:360, COLUMNS[3] + 4 : COLUMNS[4] - 3] = 255
    for text, left, y in (("EF", 0, 344), ("GH", 3, 344)):
        draw_text(page, text, (COLUMNS[left] + COLUMNS[left + 1]) // 2, y)
    page[304:340, COLUMNS[2] - 3 : COLUMNS[2] + 4] = 255
    draw_text(page, "IK", COLUMNS[2], 322)
    (read_page,) = read(page)
    rows = [[cell.text for cell in item.cells] for item in read_page.items if isinstance(item, Row)]
    assert rows[:2] == [["", "IK", "", ""], ["EF", "AB", "CD", "GH"]]


def test_heads_between_which_no_rule_was_found_stand_with_those_beside_them() -> None:
    page = table_page([["KL", "", "", "XY", "VW"], ["EF", "", "", "GH", "MN"], *(row[:5] for row in VALUES[:4])])
    page[304:340, COLUMNS[2] - 3 : COLUMNS[2] + 4] = 255
    draw_text(page, "ABCD", COLUMNS[2], 322)
    (read_page,) = read(page)
    rows = [[cell.text for cell in item.cells] for item in read_page.items if isinstance(item, Row)]
    assert rows[:2] == [["KL", "", "", "XY", "VW"], ["EF", "ABCD", "", "GH", "MN"]]


def test_a_faint_number_of_which_only_the_sides_are_dark_is_one() -> None:
    page = table_page([["7", "7"]] * 4)
    page[346:386, COLUMNS[0] + 4 : COLUMNS[1] - 3] = 255
    middle = (COLUMNS[0] + COLUMNS[1]) // 2
    cv2.ellipse(page, (middle, 366), (6, 10), 0, 0, 360, 225, 2, cv2.LINE_AA)
    for x in (middle - 7, middle + 5):
        page[363:369, x : x + 3] = 120
    (read_page,) = read(page)
    assert [item.cells[0].text for item in read_page.items if isinstance(item, Row)] == ["7", "0", "7", "7"]


def test_an_empty_cell_is_read_as_empty_and_keeps_its_readings() -> None:
    values = [row[:] for row in VALUES]
    values[2][3] = ""
    (page,) = read(table_page(values))
    rows = [item for item in page.items if isinstance(item, Row)]
    assert rows[2].cells[3].text == ""
    assert rows[2].cells[3].readings[0][0] == ""


def test_a_red_seal_over_numbers_is_seen_through() -> None:
    page = in_colour(table_page(VALUES))
    seal = np.zeros(page.shape[:2], dtype=np.uint8)
    cv2.circle(seal, (700, 480), 100, 255, 9)
    page[seal > 0] = np.minimum(page[seal > 0], np.array([215, 45, 50], dtype=np.uint8))
    (read_page,) = read(page, kind="TIFF")
    pairs = [
        pair for own, row in zip(numbers(read_page), VALUES, strict=True) for pair in zip(own, row[1:], strict=True)
    ]
    assert sum(text == printed for text, printed in pairs) >= len(pairs) - 3
    assert all(text in (printed, "?") for text, printed in pairs)


def test_a_grey_seal_over_numbers_is_lighter_than_they_and_wiped_off() -> None:
    values = [["label", *("0" if column % 3 else str(row + 1) for column in range(7))] for row in range(6)]
    page = table_page(values, height=64)
    seal = np.full_like(page, 255)
    cv2.circle(seal, (700, 460), 110, 150, 7)
    for k in range(-3, 4):
        cv2.line(seal, (700 + 26 * k - 9, 430), (700 + 26 * k + 9, 490), 150, 4)
        cv2.line(seal, (700 + 26 * k + 9, 435), (700 + 26 * k - 9, 480), 150, 4)
    (sealed,) = read(np.minimum(page, seal))
    assert numbers(sealed) == [row[1:] for row in values]


def test_print_as_dark_as_the_digits_of_a_table_is_no_seal() -> None:
    page = table_page([["label", *"0000000"]] * 5, height=90)
    draw_text(page, "71", (COLUMNS[3] + COLUMNS[4]) // 2, 300 + 3 * 90 + 75)  # the end of a number on a second line
    cv2.line(page, (COLUMNS[3] + 20, 300 + 3 * 90 + 20), (COLUMNS[4] - 20, 300 + 3 * 90 + 12), 150, 9)
    (wrapped,) = read(page)
    assert numbers(wrapped)[3][2] not in ("0", "71")


def test_the_label_of_the_one_whole_row_on_a_page_is_no_number() -> None:
    page = table_page([["", *"       "], ["name", *"0010002"]])
    (read_page,) = read(page)
    rows = [item for item in read_page.items if isinstance(item, Row)]
    assert rows[-1].cells[0].text == "name"


def test_a_rule_that_was_taken_for_none_is_no_number_between_two_others() -> None:
    page = table_page(VALUES)
    x = COLUMNS[3]
    page[302:343, x - 3 : x + 4] = 255
    page[316:332, x - 1 : x + 1] = 0  # one of its dashes is left
    (read_page,) = read(page)
    assert numbers(read_page) == [row[1:] for row in VALUES]


def test_labels_of_two_rows_in_one_cell_go_to_their_rows() -> None:
    page = table_page([[f"name {k}", *row[1:]] for k, row in enumerate(VALUES)])
    page[342:346, 104:416] = 255  # the rule between the labels of the first two rows
    (read_page,) = read(page)
    rows = [item for item in read_page.items if isinstance(item, Row)]
    assert [row.cells[0].text[-1:] for row in rows[:3]] == ["0", "1", "2"]


def test_labels_of_two_rows_that_a_seal_joins_go_to_their_rows() -> None:
    page = table_page([[f"name {k}", *row[1:]] for k, row in enumerate(VALUES)])
    page[342:346, 104:416] = 255
    cv2.line(page, (380, 309), (380, 379), 150, 2)
    (read_page,) = read(page)
    rows = [item for item in read_page.items if isinstance(item, Row)]
    assert [row.cells[0].text[-1:] for row in rows[:3]] == ["0", "1", "2"]


def test_rows_between_which_no_rule_was_found_are_parted_where_numbers_stand_one_below_the_other() -> None:
    page = table_page([[f"name {k}", *row[1:]] for k, row in enumerate(VALUES)])
    page[342:346, COLUMNS[0] + 4 : COLUMNS[-1] - 4] = 255
    (read_page,) = read(page)
    assert numbers(read_page) == [row[1:] for row in VALUES]
    rows = [item for item in read_page.items if isinstance(item, Row)]
    assert [row.cells[0].text[-1:] for row in rows[:3]] == ["0", "1", "2"]


def test_a_sheet_photographed_on_a_table_is_read_and_its_boxes_lie_on_the_photo() -> None:
    corners = np.array([[120, 90], [1260, 140], [1200, 1790], [80, 1720]], dtype=np.float32)
    sheet = np.array([[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(sheet, corners)
    photo = cv2.warpPerspective(table_page(VALUES), matrix, (1400, 1900), borderValue=70)
    (page,) = read(np.asarray(photo, dtype=np.uint8))
    assert numbers(page) == [row[1:] for row in VALUES]
    box = next(item for item in page.items if isinstance(item, Row)).cells[7].bbox
    assert box is not None
    x, y, depth = matrix @ [(COLUMNS[7] + COLUMNS[8]) / 2, 322, 1]
    assert abs((box[0] + box[2]) / 2 - x / depth / 1400) < 0.006
    assert abs((box[1] + box[3]) / 2 - y / depth / 1900) < 0.006


def test_a_sheet_is_cut_out_where_the_light_falls_off_over_the_photo() -> None:
    photo = np.full((1900, 1400), 110, dtype=np.float64)
    photo[100:1784, 105:1295] = np.where(table_page(VALUES) < 128, 40, 240)
    down, right = np.indices(photo.shape) / np.array([1900, 1400])[:, None, None]
    ((sheet, to_photo),) = cut_out_sheets((photo * (1.0 - 0.3 * down - 0.32 * right)).astype(np.uint8))
    assert np.abs(np.array(sheet.shape) - [1684, 1190]).max() <= 30
    assert np.abs(to_photo @ [0, 0, 1] - [105, 100, 1]).max() <= 20


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_photos_that_were_joined_to_one_picture_are_all_read_in_order(quarters: int) -> None:
    photos = np.full((3, 1900, 1400), 70, dtype=np.uint8)
    for k, photo in enumerate(photos):
        photo[90 : 90 + HEIGHT, 100 : 100 + WIDTH] = with_print(table_page(VALUES[k : k + 2]))
    (page,) = read(np.ascontiguousarray(np.rot90(np.vstack(photos), quarters)))
    assert numbers(page) == [row[1:] for k in range(3) for row in VALUES[k : k + 2]]
    box = next(item for item in page.items if isinstance(item, Row)).cells[1].bbox
    assert box is not None
    x, y = (100 + 470) / 1400, (90 + 322) / 5700
    place = ((x, y), (y, 1 - x), (1 - x, 1 - y), (1 - y, x))[quarters]
    assert np.abs(np.array([box[0] + box[2], box[1] + box[3]]) / 2 - place).max() < 0.01


def test_photos_of_sheets_on_their_side_that_were_joined_are_one_each() -> None:
    photo = np.full((1400, 1900), 70, dtype=np.uint8)
    photo[100 : 100 + WIDTH, 90 : 90 + HEIGHT] = np.rot90(table_page(VALUES))
    shapes = np.array([sheet.shape for sheet, _ in cut_out_sheets(np.vstack([photo, photo]))])
    assert shapes.shape == (2, 2)
    assert np.abs(shapes - (WIDTH, HEIGHT)).max() <= 30


def test_a_photo_of_one_sheet_is_not_cut_in_two() -> None:
    photo = np.full((1900, 1400), 70, dtype=np.uint8)
    photo[90 : 90 + HEIGHT, 100 : 100 + WIDTH] = table_page(VALUES)
    assert len(cut_out_sheets(photo)) == 1


def test_a_page_in_uneven_light_is_no_sheet_on_something_darker() -> None:
    down = np.linspace(0, 1, HEIGHT)[:, None]
    grain = np.random.default_rng(5).normal(0, 5, (HEIGHT, WIDTH))
    page = (np.where(table_page(VALUES) < 128, 40, 235) + grain) * (1 - 0.5 * down)
    ((sheet, _),) = cut_out_sheets(page.clip(0, 255).astype(np.uint8))
    assert sheet.shape == (HEIGHT, WIDTH)


def test_what_was_seen_is_drawn_over_every_page(tmp_path: Path) -> None:
    settings = replace(load_settings(), debug_images=tmp_path)
    image_to_pages(to_file(table_page(VALUES), table_page(VALUES[:2]), kind="TIFF"), file="a.tif", settings=settings)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["page-001.svg", "page-002.svg"]
    drawn = (tmp_path / "page-002.svg").read_text(encoding="utf-8")
    assert drawn.count("<rect") >= 2 * 8
    assert [text for text in VALUES[1][1:] if f">{text}</text>" not in drawn] == []


def test_a_number_under_strokes_of_a_seal_is_one_that_cannot_be_read() -> None:
    page = table_page(VALUES, height=80)
    x, y = (COLUMNS[2] + COLUMNS[3]) // 2, 300 + 80 + 8
    for k in range(4):
        cv2.line(page, (x - 24 + 14 * k, y + 16 * (k % 2)), (x - 12 + 14 * k, y + 16 - 16 * (k % 2)), 0, 3)
    (sealed,) = read(page)
    expected = [row[1:] for row in VALUES]
    expected[1][1] = "?"
    assert numbers(sealed) == expected


def test_pages_of_one_file_keep_their_order() -> None:
    pages = read(table_page(VALUES), blank_page(), table_page(VALUES[:4]), kind="TIFF")
    assert [(page.number, len(page.items)) for page in pages] == [(1, 8), (2, 0), (3, 4)]


def test_a_page_that_cannot_be_read_leaves_the_others_and_says_why() -> None:
    settings, seen = load_settings(), []
    settings = replace(settings, max_image_pixels=WIDTH * HEIGHT, on_page=lambda *place: seen.append(place))
    large = np.full((2 * HEIGHT, WIDTH), 255, dtype=np.uint8)
    content = to_file(table_page(VALUES), large, table_page(VALUES[:4]), kind="TIFF")
    pages = image_to_pages(content, file="a.tif", settings=settings)
    assert [(page.number, len(page.items)) for page in pages] == [(1, 8), (2, 0), (3, 4)]
    assert [page.unread.partition(",")[0] for page in pages] == ["", f"{WIDTH} × {2 * HEIGHT} pixels", ""]
    assert seen == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.unforeseen
def test_whatever_goes_wrong_with_a_page_spoils_that_page_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(faint: Grey, number: int, *rest: object) -> object:
        if number == 2:
            raise ZeroDivisionError
        return _read_part(faint, number, *rest)

    monkeypatch.setattr(scan, "_read_part", fail)
    pages = read(table_page(VALUES), table_page(VALUES), kind="TIFF")
    assert [(len(page.items), "ZeroDivisionError" in page.unread) for page in pages] == [(8, False), (0, True)]


def test_a_file_of_which_no_page_can_be_read_is_an_error() -> None:
    settings = replace(load_settings(), max_image_pixels=100)
    with pytest.raises(UnsupportedError, match=r"a\.tif, page 1: .*more than a page needs"):
        image_to_pages(to_file(table_page(VALUES), blank_page(), kind="TIFF"), file="a.tif", settings=settings)


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_page_on_its_side_or_head_is_read(quarters: int) -> None:
    (page,) = read(np.ascontiguousarray(np.rot90(with_print(table_page(VALUES)), quarters)))
    assert numbers(page) == [row[1:] for row in VALUES]
    assert any("勾稽关系" in item.text for item in page.items if isinstance(item, Line))


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_rules_of_dashes_do_not_hide_which_way_up_a_page_lies(quarters: int) -> None:
    rules = blank_page()
    for y in range(300, 600, 60):
        cv2.line(rules, (100, y), (560, y), 0, 3)
        cv2.line(rules, (330, y - 16), (330, y + 16), 0, 3)
    rules[:, np.arange(WIDTH) % 20 >= 14] = 255
    page = with_print(rules, top=700)
    assert quarter_turns(np.ascontiguousarray(np.rot90(page, quarters))) == -quarters % 4


def test_columns_of_characters_that_can_be_read_do_not_turn_a_page_of_few_lines() -> None:
    page = np.asarray(Image.open(Path(__file__).with_name("few_lines.png")).convert("L"))
    assert quarter_turns(page) == 0


def test_characters_read_across_the_lines_of_a_page_are_none_of_the_form() -> None:
    assert count_form_characters("本年新收政府信息公开申请数量") == 14
    assert count_form_characters("当行政请未其神期救送息") == 2
    assert count_form_characters("") == 0


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (900, 3), (40, 40), (500, 700)])
@pytest.mark.parametrize("fill", ["black", "white", "noise"])
def test_no_picture_is_too_odd(size: tuple[int, int], fill: str) -> None:
    values = (
        np.random.default_rng(2).integers(0, 256, size) if fill == "noise" else np.full(size, 255 * (fill == "white"))
    )
    assert len(read(values.astype(np.uint8))) == 1


def test_pages_joined_to_one_long_picture_are_read_one_after_the_other() -> None:
    (page,) = read(np.vstack([turned(table_page(VALUES), 0.8), turned(table_page(VALUES[:3]), -0.6)]))
    assert numbers(page) == [row[1:] for row in [*VALUES, *VALUES[:3]]]
    boxes = [item.cells[1].bbox for item in page.items if isinstance(item, Row)]
    assert boxes[0][1] < 0.5 < boxes[-1][1]


@pytest.mark.parametrize("quarters", [1, 3])
def test_pages_that_lie_on_their_side_one_below_the_other_are_read_in_order(quarters: int) -> None:
    pages = [with_print(table_page(VALUES[: 8 - 2 * k])) for k in range(3)]
    (page,) = read(np.vstack([np.rot90(own, quarters) for own in pages]))
    assert numbers(page) == [row[1:] for k in range(3) for row in VALUES[: 8 - 2 * k]]
    boxes = [item.cells[1].bbox for item in page.items if isinstance(item, Row)]
    assert boxes[0][3] < 0.34 < 0.66 < boxes[-1][1]


def test_the_two_pages_of_a_spread_are_read_from_the_left() -> None:
    (page,) = read(np.hstack([with_print(table_page(VALUES)), with_print(table_page(VALUES[:3]))]))
    assert numbers(page) == [row[1:] for row in [*VALUES, *VALUES[:3]]]


@pytest.mark.parametrize(("width", "height"), [(850, 1100), (1100, 850), (850, 1202)])
def test_joined_pages_of_any_paper_are_cut_where_they_end(width: int, height: int) -> None:
    page = np.full((height, width), 255, dtype=np.uint8)
    for y in range(90, height - 90, 36):
        page[y : y + 12, 90 : width - 90 : 3] = 0
    cuts = cut_pages(np.vstack([page] * 6))
    assert [(round(top / height, 1), round(bottom / height, 1)) for top, bottom in cuts] == [
        (k, k + 1) for k in range(6)
    ]


@pytest.mark.parametrize("height", [1180, 1196, 1202, 1225])
def test_a_page_that_is_nearly_of_its_paper_s_shape_is_one(height: int) -> None:
    page = np.full((height, 850), 255, dtype=np.uint8)
    page[60:200:30] = 0
    assert cut_pages(page) == [(0, height)]


def test_places_of_characters_are_plain_numbers_that_can_be_written() -> None:
    scores = np.eye(3, dtype=np.float32)[[1, 1, 0, 2]]
    spans = _decode(scores, "ab", 1.0).spans
    assert spans == ((0.0, 0.5), (0.75, 1.0))
    assert {type(end) for span in spans for end in span} == {float}


@pytest.mark.parametrize(("read_as", "text"), [("公开口径不统一 O", "公开口径不统一。"), ("VITAMIN O", "VITAMIN O")])
def test_a_full_stop_that_looks_like_a_letter_is_one(read_as: str, text: str) -> None:
    spans = tuple((k / len(read_as), (k + 1) / len(read_as)) for k in range(len(read_as)))
    word = _to_word((0, 0, 300, 20), Lettering(read_as, 0.9, spans), 2.0)
    assert word is not None
    assert word.text == text


def test_a_page_of_small_numbers_is_as_wide_as_a4() -> None:
    small = cv2.resize(table_page(VALUES, top=100), (WIDTH * 3 // 4, HEIGHT * 3 // 4), interpolation=cv2.INTER_AREA)
    page = blank_page()
    page[: small.shape[0], : small.shape[1]] = small
    assert points_wide(page) == 595


def test_streaks_of_a_scanner_are_no_rules() -> None:
    page = table_page(VALUES)
    for left, right in ((2, 3), (5, 6)):
        x = (COLUMNS[left] + 2 * COLUMNS[right]) // 3
        page[:, x : x + 2] = (page[:, x : x + 2] * 0.6).astype(np.uint8)
    (read_page,) = read(page)
    assert numbers(read_page) == [row[1:] for row in VALUES]


def test_a_streak_that_is_torn_in_places_is_no_rule_and_one_beside_a_rule_takes_nothing_of_it() -> None:
    page = table_page(VALUES)
    across, beside = (2 * COLUMNS[2] + COLUMNS[3]) // 3, COLUMNS[5] + 3
    for x in (across, beside):
        page[:, x : x + 2] = (page[:, x : x + 2] * 0.6).astype(np.uint8)
    page[880:1100, across : across + 2] = 255
    page[:60, across : across + 2] = 255
    (read_page,) = read(page)
    assert numbers(read_page) == [row[1:] for row in VALUES]


def test_the_shadow_of_a_fold_is_lit_up_and_rules_nearly_as_long_stay() -> None:
    page = table_page(VALUES).astype(np.float32)
    page[150:, 700:704] = 60
    at = COLUMNS[3] + 18
    page *= 1 - 0.35 * np.exp(-(((np.arange(page.shape[1]) - at) / 5) ** 2))
    folded = page.astype(np.uint8)
    lit = without_folds(folded, WIDTH / 595)
    assert folded[:200, at].max() < 180
    assert lit[:200, at - 7 : at + 8].min() > 240
    assert (lit[300:, COLUMNS[3]] < 60).mean() == pytest.approx((folded[300:, COLUMNS[3]] < 60).mean(), abs=0.02)
    assert lit[150:, 700:704].max() < 80


def test_streaks_that_were_copied_with_a_page_lying_askew_are_no_rules() -> None:
    page = table_page(VALUES)
    for left, right in ((2, 3), (5, 6)):
        x = (COLUMNS[left] + 2 * COLUMNS[right]) // 3
        page[:, x : x + 2] = (page[:, x : x + 2] * 0.5).astype(np.uint8)
    (read_page,) = read(turned(page, 0.8))
    assert numbers(read_page) == [row[1:] for row in VALUES]


def test_a_black_streak_is_wiped_off_as_well() -> None:
    page = table_page(VALUES)
    page[:, COLUMNS[3] + 15 : COLUMNS[3] + 17] = 0
    (read_page,) = read(page)
    assert numbers(read_page) == [row[1:] for row in VALUES]


def test_a_sheet_is_cut_out_of_the_picture_in_which_what_lies_around_it_was_made_faint() -> None:
    photo = np.full((1900, 1400), 120, dtype=np.uint8)
    photo[90 : 90 + HEIGHT, 100 : 100 + WIDTH] = table_page(VALUES)
    faint = np.where(photo == 120, np.uint8(250), photo)
    assert cut_out_sheets(faint)[0][0].shape == (1900, 1400)
    ((sheet, _),) = cut_out_sheets(photo, faint)
    assert np.abs(np.array(sheet.shape) - (HEIGHT, WIDTH)).max() <= 30


def test_prose_in_one_frame_with_a_table_is_no_row_of_it() -> None:
    page = table_page(VALUES, top=700)
    for k in range(6):
        draw_text(page, "a line of prose above the table", 600, 400 + 44 * k)
    cv2.rectangle(page, (COLUMNS[0], 360), (COLUMNS[-1], 700), 0, 2)
    (read_page,) = read(page)
    assert numbers(read_page) == [row[1:] for row in VALUES]
    assert sum(isinstance(item, Line) for item in read_page.items) == 6


def test_columns_whose_rules_were_lost_are_parted_by_the_paper_between_them() -> None:
    page = table_page([["label", "12", "0", "7", "0", "3", "26", "48"] for _ in range(8)])
    for x in COLUMNS[1:-1]:
        page[304 : 300 + 44 * 8 - 2, x - 2 : x + 3] = 255
    for y in range(300, 300 + 44 * 9, 44):
        cv2.line(page, (COLUMNS[0], y), (COLUMNS[-1], y), 0, 2)
    (read_page,) = read(page)
    printed = [[text for text in row if text] for row in numbers(read_page)]
    assert printed == [["label", "12", "0", "7", "0", "3", "26", "48"]] * 8


def test_a_speck_above_or_below_a_number_is_no_line_of_its_cell() -> None:
    assert _without_specks([(27, 17, 34, 26), (42, 34, 44, 37)]) == ((27, 17, 34, 26),)
    assert len(_without_specks([(5, 4, 60, 16), (5, 21, 14, 33)])) == 2
    assert _without_specks([]) == ()


def test_a_speck_beside_a_number_is_no_other_number() -> None:
    page = np.full((40, 80), 255, dtype=np.uint8)
    cv2.rectangle(page, (50, 12), (60, 28), 0, 2)
    page[20:27, 20:24] = 0
    piece = Piece(0, 0, 1, 1, (0, 0, 80, 40), ((20, 11, 62, 30),), lowest=9.0)
    assert find_starts(piece, page, 2.0) == [49]
    page[12:28, 20:24] = 0
    assert find_starts(piece, page, 2.0) == [20, 49]


def test_a_grid_in_which_most_is_neither_words_nor_numbers_is_dirt() -> None:
    number = CellReading((("7", 0.99),))
    assert _is_dirt([0.3, 0.4, 0.2, 0.9], [number])
    assert not _is_dirt([0.3, 0.9, 0.95], [number, number])


def test_a_line_is_no_surer_than_its_least_sure_digit() -> None:
    scores = np.array([[0.0, 0.99, 0.01], [1.0, 0.0, 0.0], [0.1, 0.3, 0.6]], dtype=np.float32)
    read_as = _decode(scores, "件2", 1.0)
    assert read_as.text == "件2"
    assert read_as.digits == pytest.approx(0.6)
    word = _to_word((0, 0, 300, 20), read_as, 2.0)
    assert word is not None
    assert word.score == pytest.approx(0.6)


def test_rules_that_run_through_a_picture_of_a_table_alone_are_no_streaks() -> None:
    page = table_page(VALUES)[302 : 302 + 44 * 8, COLUMNS[0] + 2 : COLUMNS[-1] - 2]
    large = np.asarray(cv2.resize(page, None, fx=1, fy=2), dtype=np.uint8)
    assert (without_streaks(large) == large).all()


def test_a_wide_page_is_not_cut_through_a_table() -> None:
    page = np.full((850, 1202), 255, dtype=np.uint8)
    page[200:500:60, 90:1110] = 0
    assert cut_sides(page) == [(0, 1202)]
    page[:, 570:630] = 255
    assert len(cut_sides(page)) == 2


@pytest.mark.parametrize("degrees", [0.0, 1.0])
@pytest.mark.parametrize("ink", [0, 120])
def test_a_wide_page_is_not_cut_through_the_one_row_that_a_page_break_left_at_its_top(ink: int, degrees: float) -> None:
    page = np.full((850, 1202), 255, dtype=np.uint8)
    page[[72, 102], 90:1110] = ink
    page[72:102, 90:1120:60] = ink
    skewed = turned(page, degrees)
    skewed[[3, 840]] = 0  # the edges of the sheet
    assert cut_sides(skewed) == [(0, 1202)]
    skewed[40:130, 570:630] = 255
    assert len(cut_sides(skewed)) == 2


def test_a_number_is_parted_from_the_label_beside_it_where_the_rule_is_missing() -> None:
    page = table_page(VALUES)
    page[346:386, COLUMNS[1] - 4 : COLUMNS[1] + 5] = 255
    draw_text(page, "label", COLUMNS[1] - 60, 366)
    (read_page,) = read(page)
    assert numbers(read_page) == [row[1:] for row in VALUES]


def test_grain_in_empty_cells_is_neither_a_number_nor_words() -> None:
    values = [["label", "12", "", "7", "", "3", "", "48"] for _ in range(8)]
    page = table_page(values)
    dark = np.random.default_rng(7).random(page.shape) < 0.1
    grainy = np.where(dark & (page > 200), np.uint8(110), page)
    (read_page,) = read(cv2.GaussianBlur(grainy, (0, 0), 0.8))
    printed = [[text for text in row if text] for row in numbers(read_page)]
    assert printed == [["12", "7", "3", "48"]] * 8


def test_an_empty_column_between_numbers_is_one_of_numbers_though_dirt_in_it_is_read_as_words() -> None:
    box = (0, 0, 9, 9)
    pieces = [Piece(row, column, 1, 1, box, (), lowest=4.0) for row in range(4) for column in range(4)]
    texts = [["?", "7", "?" if row == 1 else "", "8"] for row in range(4)]
    own = {k: CellReading(((texts[piece.row][piece.column], 0.99),)) for k, piece in enumerate(pieces)}
    found = {(pieces[k].row, pieces[k].column) for k in find_number_cells(pieces, own)}
    assert found == {(row, column) for row in range(4) for column in (1, 2, 3)}


def test_a_row_of_heads_that_reach_over_columns_is_none_of_numbers_though_one_was_not_seen() -> None:
    box = (0, 0, 9, 9)
    heads = [Piece(0, 0, 2, 1, box, (), lowest=4.0), Piece(0, 2, 4, 1, box, (), lowest=4.0)]
    pieces = [*heads, *(Piece(1, column, 1, 1, box, (), lowest=4.0) for column in range(6))]
    own = {k: CellReading(((text, 0.99),)) for k, text in enumerate(["?", "", *"012345"])}
    assert {pieces[k].row for k in find_number_cells(pieces, own)} == {1}


def test_a_cell_of_a_row_of_numbers_in_which_only_dirt_is_seen_was_looked_at_as_the_others() -> None:
    page = table_page(VALUES)
    x, y = COLUMNS[2], 300 + 44
    page[y + 4 : y + 41, x + 4 : x + 97] = 255
    page[y + 20 : y + 24, x + 10 : x + 90] = 60
    (read_page,) = read(page)
    rows = [item for item in read_page.items if isinstance(item, Row)]
    assert all(cell.readings for cell in rows[1].cells[1:])


@pytest.mark.parametrize("down", [True, False], ids=["rows", "columns"])
def test_numbers_between_which_a_rule_was_taken_for_none_are_one_in_each_row_and_column(down: bool) -> None:
    page = table_page(VALUES)
    if down:  # both lines of a double rule, smeared
        page[300 + 44 - 3 : 300 + 44 + 3, COLUMNS[3] + 6 : COLUMNS[4] - 5] = 90
    ink = grey_to_ink(page)
    (lattice,) = find_lattices(ink, find_rules(ink, UNIT), UNIT)
    first, second = (lattice.grid.owner[row][column] for row, column in ((0, 3), (1, 3) if down else (0, 4)))
    cells, boxes = list(lattice.grid.cells), list(lattice.boxes)
    cells[first] = replace(cells[first], row1=cells[second].row1, column1=cells[second].column1)
    boxes[first] = (*boxes[first][:2], *boxes[second][2:])
    del cells[second], boxes[second]
    table = lattice_to_table(_to_lattice(lattice, lattice.grid.xs, cells, boxes), page, UNIT)
    assert table
    assert [[cell.text for cell in row[1:]] for row in table.rows] == [row[1:] for row in VALUES]


def test_a_cell_that_was_hard_to_read_amid_the_numbers_of_a_row_belongs_to_them() -> None:
    pieces = [Piece(0, column, 1, 1, (0, 0, 9, 9), (), lowest=4.0) for column in range(9)]
    own = {k: CellReading((("?" if k == 4 else "7", 0.99),)) for k in range(9)}
    assert find_number_cells(pieces, own) == set(range(9))
    labelled = {k: CellReading(((("", "?", *"7777777")[k], 0.99),)) for k in range(9)}
    assert 1 not in find_number_cells(pieces, labelled)


def test_what_is_left_of_a_rule_beside_every_number_of_a_column_makes_no_other_column() -> None:
    page = table_page([["label", "12", "0", "7"] for _ in range(6)])
    for row in range(6):
        page[300 + 44 * row + 20 : 300 + 44 * row + 24, COLUMNS[2] + 14 : COLUMNS[2] + 24] = 60
    (read_page,) = read(page)
    assert {len(row) for row in numbers(read_page)} == {3}


def test_a_row_between_rows_of_numbers_is_one_of_numbers_though_a_seal_covers_most_of_it() -> None:
    pieces = [Piece(row, column, 1, 1, (0, 0, 9, 9), (), lowest=4.0) for row in range(3) for column in range(7)]
    seen = ["7777777", "7??7???", "7777777"]
    own = {k: CellReading(((text, 0.99),)) for k, text in enumerate("".join(seen))}
    assert {pieces[k].row for k in find_number_cells(pieces, own)} == {0, 1, 2}
