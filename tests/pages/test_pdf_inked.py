"""Digits that are pictures or shapes: their cells are not empty, and nobody knows what they print."""

from __future__ import annotations

import pytest

from extract.pages.pdf import pdf_to_pages
from extract.pages.pdf.drawing import INK
from extract.pages.pdf.source import read_drawings
from extract.pages.pdf.usable import find_unusable
from extract.records import Row
from extract.settings import load_settings
from tests.pages.pdf_builder import HEIGHT, Sheet, to_pdf

XS, YS = (50, 200, 300, 400), (80, 100, 120, 140)
ROWS = (("信息内容", "本年制发件数", "本年废止件数"), ("规章", "", "20"), ("行政规范性文件", "34", "5"))


def draw(sheet: Sheet, path: str, x: float, y: float) -> Sheet:
    """The sheet with a path, whose own y runs upwards, at x, y."""
    sheet.instructions.append(f"q 1 0 0 1 {x} {HEIGHT - y} cm {path} Q".encode())
    return sheet


def rows(sheet: Sheet) -> list[list[str]]:
    pages = pdf_to_pages(to_pdf(sheet), file="a.pdf", settings=load_settings())
    return [[cell.text for cell in item.cells] for page in pages for item in page.items if isinstance(item, Row)]


def table() -> Sheet:
    return Sheet().table(XS, YS, ROWS)


SEVEN = "0 7 m 4 7 l 1.5 0 l S"
ONE = "0 5.5 m 1.5 7 l 1.5 0 l S"
STROKE = "0 7 m 0 0 l S"
OUTLINE = "0 0 m 0 3 0 7 2 7 c 4 7 4 0 2 0 c f"


@pytest.mark.parametrize("path", [SEVEN, ONE, STROKE, OUTLINE], ids=["seven", "one", "stroke", "outline"])
def test_a_digit_that_is_drawn_as_a_shape_leaves_no_blank(path: str) -> None:
    assert rows(draw(table(), path, 210, 114))[1] == ["规章", INK, "20"]


def test_a_digit_that_is_a_picture_leaves_no_blank() -> None:
    assert rows(table().picture(205, 104, 215, 116))[1] == ["规章", INK, "20"]


def test_a_drawn_digit_beside_one_of_text_is_a_part_of_its_number() -> None:
    assert rows(draw(table(), SEVEN, 314, 114))[1] == ["规章", "", f"20{INK}"]


@pytest.mark.parametrize(
    "path",
    [
        "-9 -5 100 18 re f",  # a shade
        "1 1 1 rg 0 0 m 0 3 0 7 2 7 c 4 7 4 0 2 0 c f",  # as light as paper
        "-110 6 m -108 9 l -107 6 l f",  # a bullet before the label
        "94 4 m 94 9 112 9 112 4 c 112 0 94 0 94 4 c S",  # a ring around it
    ],
    ids=["shade", "white", "bullet", "ring"],
)
def test_what_is_no_number_is_not_taken_for_one(path: str) -> None:
    assert rows(draw(table(), path, 210, 114))[1] == ["规章", "", "20"]


def test_a_drawn_digit_in_a_table_without_ruling_leaves_no_blank() -> None:
    sheet = Sheet()
    for k, (label, *values) in enumerate(ROWS):
        sheet.text(50, 100 + 20 * k, label)
        for x, text in zip((220, 330), values, strict=True):
            sheet.text(x, 100 + 20 * k, text)
    assert [INK in cell for cell in rows(draw(sheet, SEVEN, 222, 119))[1]] == [False, True, False]


def test_a_picture_at_the_end_of_a_sentence_says_nothing() -> None:
    content = to_pdf(Sheet().text(50, 60, "二、主动公开政府信息情况").picture(200, 50, 212, 62))
    (item,) = pdf_to_pages(content, file="a.pdf", settings=load_settings())[0].items
    assert not isinstance(item, Row)
    assert item.text == "二、主动公开政府信息情况"


def test_a_page_whose_characters_are_all_drawn_is_read_as_a_picture() -> None:
    sheet = Sheet()
    for k in range(200):
        draw(sheet, OUTLINE, 50 + 12 * (k % 40), 60 + 20 * (k // 40))
    drawings = read_drawings(to_pdf(sheet), file="a.pdf", settings=load_settings())
    assert "drawn as shapes" in find_unusable(drawings, file="a.pdf")[1]


def test_a_correction_painted_over_a_number_hides_it() -> None:
    sheet = Sheet().table(XS, YS, (ROWS[0], ("规章", "11", "20"), ROWS[2]))
    draw(sheet, "1 1 1 rg 1 1 1 RG -8 -2 14 10 re B 0 g", 210, 114).text(206, 114, "1", size=9)
    assert rows(sheet)[1] == ["规章", "1", "20"]


def test_a_picture_laid_over_a_number_hides_it_and_is_not_read() -> None:
    sheet = Sheet().table(XS, YS, (ROWS[0], ("规章", "11", "20"), ROWS[2])).picture(202, 103, 216, 117)
    assert rows(sheet)[1] == ["规章", INK, "20"]


def test_digits_that_are_hardly_darker_than_the_paper_are_not_read() -> None:
    sheet = table()
    sheet.instructions.append(b"0.9 g")
    sheet.text(206, 114, "7", size=9)
    assert rows(sheet)[1] == ["规章", INK, "20"]


def test_faint_digits_behind_a_label_leave_it_as_it_is() -> None:
    sheet = table()
    sheet.instructions.append(b"0.9 g")
    assert rows(sheet.text(120, 134, "23", size=9))[2] == ["行政规范性文件", "34", "5"]


def test_columns_beyond_the_edge_of_the_page_are_none() -> None:
    read = rows(
        Sheet().table((50, 200, 500, 800, 900), (80, 100, 120), [["规章", "2", "", ""], ["行政许可", "3", "", ""]])
    )
    assert [row[:2] for row in read] == [["规章", "2"], ["行政许可", "3"]]
    assert all(len(row) == 3 for row in read)


@pytest.mark.parametrize("path", ["94 0 m 94 9 l 112 9 l 112 0 l h S", "94 -3 24 14 re S"])
def test_a_frame_around_a_number_parts_no_cell(path: str) -> None:
    assert rows(draw(table(), path, 210, 114)) == [list(row) for row in ROWS]


def test_cells_that_are_framed_one_by_one_within_a_border_are_cells() -> None:
    sheet = Sheet().table((40, 310), (70, 130), [])
    for k, row in enumerate((("规章", "1", "20"), ("文件", "34", "5"))):
        for x, text in zip((50, 140, 230), row, strict=True):
            sheet.table((x, x + 70), (80 + 20 * k, 97 + 20 * k), [[text]])
    assert [[text for text in row if text] for row in rows(sheet)] == [["规章", "1", "20"], ["文件", "34", "5"]]


@pytest.mark.parametrize(
    "matrix",
    [
        "0 1 -1 0 255 727",  # a quarter turn
        "0 -1 1 0 245 737",
        "-1 0 0 -1 255 735",  # upside down
        "-1 0 0 1 255 728",  # mirrored
        "1 0 0 -1 245 735",
    ],
)
@pytest.mark.parametrize("number", ["12", "6"])
def test_nobody_knows_the_number_of_turned_or_mirrored_digits(matrix: str, number: str) -> None:
    sheet = table()
    sheet.instructions += Sheet().text(0, HEIGHT, number, size=9).turned(matrix).instructions
    label, value, beside = rows(sheet)[1]
    assert (label, set(value), beside) == ("规章", {INK}, "20")


def test_turned_labels_stay() -> None:
    sheet = Sheet().table(
        (50, 90, 200, 260), (80, 110, 140), [["", "（一）予以公开", "1"], ["", "（二）部分公开", "2"]]
    )
    sheet.instructions += Sheet().text(0, HEIGHT, "三", size=9).turned("0 1 -1 0 72 742").instructions
    assert [row[0] for row in rows(sheet)] == ["三", ""]
