"""PDF bytes → pages: what a reader sees on the page stands in the rows and lines, wherever it was drawn."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from extract.pages.pdf import pdf_to_pages
from extract.pages.pdf.source import read_drawings
from extract.pipeline import gather_evidence
from extract.records import Document, Item, Line, Row, Source
from extract.settings import load_settings
from tests.pages.pdf_builder import Sheet, to_form_pdf, to_pdf

GOLDEN = Path(__file__).parents[1] / "golden" / "pdf"
XS, YS = (50, 200, 300, 400), (80, 100, 120, 140)
ROWS = (("信息内容", "本年制发件数", "本年废止件数"), ("规章", "1", "20"), ("行政规范性\n文件", "34", "5"))
READ = [["信息内容", "本年制发件数", "本年废止件数"], ["规章", "1", "20"], ["行政规范性文件", "34", "5"]]
HEADING = "二、主动公开政府信息情况"


def items(*sheets: Sheet, size: tuple[float, float] = (595, 842)) -> list[Item]:
    return items_of(to_pdf(*sheets, size=size))


def items_of(content: bytes) -> list[Item]:
    pages = pdf_to_pages(content, file="a.pdf", settings=load_settings())
    return [item for page in pages for item in page.items]


def texts(*sheets: Sheet) -> list[list[str] | str]:
    """Lines as strings, rows as lists of cell texts."""
    return texts_of(to_pdf(*sheets))


def texts_of(content: bytes) -> list[list[str] | str]:
    return [item.text if isinstance(item, Line) else [cell.text for cell in item.cells] for item in items_of(content)]


def sheet(rotate: int = 0) -> Sheet:
    return Sheet(rotate).text(50, 60, HEADING, size=14).table(XS, YS, ROWS)


@pytest.mark.parametrize("name", sorted(path.name for path in GOLDEN.glob("*.pdf")))
def test_every_field_of_a_document_printed_by_other_tools_is_read(name: str) -> None:
    truth = json.loads((GOLDEN / "truth" / f"{name}.json").read_text(encoding="utf-8"))
    pages = pdf_to_pages((GOLDEN / name).read_bytes(), file=name, settings=load_settings())
    cells = gather_evidence(Document(Source(name, "0" * 64, "pdf", len(pages)), pages)).cells
    read = {field: None if cells[field].value is None else float(cells[field].value) for field in truth["fields"]}
    assert read == truth["fields"]


def test_golden_documents_of_two_makers_are_there() -> None:
    assert len(list(GOLDEN.glob("*.pdf"))) >= 2


def test_a_ruled_table_and_its_heading_are_read_in_order() -> None:
    assert texts(sheet()) == [HEADING, *READ]


def test_text_that_is_not_painted_is_no_part_of_a_number() -> None:
    assert texts(sheet().text(209, 111, "7", mode=3)) == [HEADING, *READ]


def test_text_of_which_next_to_nothing_is_painted_says_what_the_drawn_page_says() -> None:
    hidden = Sheet()
    hidden.instructions = [code.replace(b"0 Tr", b"3 Tr") for code in sheet().instructions]
    assert texts(hidden) == [HEADING, *READ]


def test_a_watermark_across_the_page_is_no_part_of_a_number() -> None:
    mark = Sheet().text(0, 842, "内部资料2024", size=20).turned("0.87 0.5 -0.5 0.87 150 690").instructions
    marked = sheet()
    marked.instructions += mark
    assert texts(marked) == [HEADING, *READ]


def test_slanted_type_is_no_watermark() -> None:
    slanted = sheet()
    slanted.instructions = [re.sub(rb"(\S+ \S+) Td", rb"1 0 0.4 1 \1 Tm", code) for code in slanted.instructions]
    assert texts(slanted) == [HEADING, *READ]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_page_that_is_shown_turned_is_read_as_if_upright(rotate: int) -> None:
    assert texts(sheet(rotate)) == [HEADING, *READ]


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_characters_drawn_one_by_one_on_a_page_that_is_shown_turned_make_words(rotate: int) -> None:
    def drawn(turned: int) -> Sheet:
        page = Sheet(turned)
        for y, row in (
            (90, "信息内容 本年制发件数 本年废止件数 现行有效件数"),
            (110, "规章 1 0 3"),
            (130, "行政规范性文件 7 1 8"),
        ):
            for x, text in zip((50, 200, 300, 400), row.split(), strict=True):
                for k, character in enumerate(text):
                    page.text(x + 10 * k, y, character)
        return page

    assert texts(drawn(rotate)) == texts(drawn(0))


@pytest.mark.parametrize("matrix", ["0 1 -1 0 842 0", "0 -1 1 0 0 842", "-1 0 0 -1 595 842"])
def test_a_page_drawn_on_its_side_is_read_as_if_upright(matrix: str) -> None:
    turned = sheet().turned(matrix)
    assert [item for item in items(turned, size=(842, 842)) if isinstance(item, Row)][1].cells[0].text == "规章"


def test_boxes_are_those_of_the_page_as_shown() -> None:
    upright, turned = items(sheet())[1], items(sheet(90))[1]
    assert isinstance(upright, Row)
    assert isinstance(turned, Row)
    x0, y0, x1, y1 = upright.cells[0].bbox or (0, 0, 0, 0)
    assert (x0, y0) == pytest.approx((50 / 595, 80 / 842), abs=0.002)
    assert turned.cells[0].bbox == pytest.approx((1 - y1, x0, 1 - y0, x1), abs=0.001)


def test_merged_cells_leave_empty_cells_in_the_columns_they_cover() -> None:
    page = Sheet()
    for x in (50, 250, 350):
        page.line(x, 80, x, 140)
    page.line(150, 80, 150, 120)
    for y in (80, 140):
        page.line(50, y, 350, y)
    page.line(150, 100, 350, 100).line(50, 120, 350, 120)
    page.text(53, 95, "（三）").text(53, 110, "不予公开").text(153, 93, "1.属于国家秘密").text(253, 93, "7")
    page.text(153, 113, "2.其他").text(253, 113, "8").text(53, 133, "（七）总计").text(253, 133, "15")
    assert texts(page) == [["（三）不予公开", "1.属于国家秘密", "7"], ["", "2.其他", "8"], ["（七）总计", "", "15"]]


def test_characters_one_below_the_other_are_read_downwards() -> None:
    rows = [["三\n、\n本\n年\n度", "（一）予以公开", "1"], ["", "（二）部分公开", "2"]]
    assert texts(Sheet().table((50, 70, 200, 260), (80, 200, 320), rows))[0] == ["三、本年度", "（一）予以公开", "1"]


def test_vertical_columns_are_read_from_right_to_left() -> None:
    page = Sheet().table((50, 90, 200, 260), (80, 200, 260), [["", "（一）予以公开", "1"], ["", "（二）", "2"]])
    for k, character in enumerate("三、本年"):
        page.text(72, 95 + 10 * k, character, size=9)
    for k, character in enumerate("办理结果"):
        page.text(58, 95 + 10 * k, character, size=9)
    assert texts(page)[0] == ["三、本年办理结果", "（一）予以公开", "1"]


def test_a_number_drawn_in_pieces_is_one_number() -> None:
    page = Sheet().table((50, 200, 260), (80, 100, 120), [["行政许可", ""], ["行政处罚", "45"]])
    page.text(203, 94, "1", size=9).text(210, 94, "2", size=9).text(217, 94, "3", size=9)
    assert texts(page) == [["行政许可", "123"], ["行政处罚", "45"]]


def test_numbers_under_several_columns_are_several_although_no_line_parts_them() -> None:
    page = Sheet().table((50, 200, 260, 320), (80, 100), [["规章", "1", "2"]])
    for x in (50, 320):
        page.line(x, 100, x, 120)
    page.line(200, 100, 200, 120).line(50, 120, 320, 120)
    page.text(53, 113, "行政规范性文件", size=9).text(225, 113, "3", size=9).text(285, 113, "4", size=9)
    assert texts(page)[1] == ["行政规范性文件", "3", "4"]


def test_rows_between_which_no_line_is_ruled_are_told_by_their_numbers() -> None:
    rows = [["规章\n办法", "1\n2", "3\n4", "5\n6"]]
    assert texts(Sheet().table((50, 150, 200, 250, 300), (80, 120), rows)) == [
        ["规章", "1", "3", "5"],
        ["办法", "2", "4", "6"],
    ]


def test_radical_code_points_become_the_ideographs_they_stand_for() -> None:
    page = Sheet().text(50, 60, "⼀、总体情况").text(50, 80, "⻔⼾⺠政")
    assert texts(page) == ["一、总体情况", "门户民政"]


def test_a_character_overprinted_for_boldness_is_read_once() -> None:
    assert texts(Sheet().text(50, 60, HEADING).text(50.4, 60, HEADING)) == [HEADING]


def test_blank_cells_stay_blank_cells() -> None:
    assert texts(Sheet().table(XS, YS[:2], [["规章", "", "2"]])) == [["规章", "", "2"]]


def test_a_table_without_ruling_has_its_columns_from_the_places_of_its_values() -> None:
    page = Sheet()
    for k, row in enumerate([("规章", "1", "20", "3"), ("办法", "0", "", "4"), ("行政规范性文件", "5", "6", "70")]):
        for x, text in zip((60, 250, 330, 410), row, strict=True):
            page.text(x, 100 + 20 * k, text)
    assert texts(page) == [["规章", "1", "20", "3"], ["办法", "0", "", "4"], ["行政规范性文件", "5", "6", "70"]]


def test_label_lines_above_and_below_an_unruled_value_are_one_label() -> None:
    page = Sheet().text(60, 100, "1.属于国家秘密").text(250, 100, "7").text(300, 100, "8")
    page.text(60, 122, "2.其他法律行政法规").text(60, 134, "禁止公开").text(250, 128, "9").text(300, 128, "10")
    assert texts(page) == [["1.属于国家秘密", "7", "8"], ["2.其他法律行政法规禁止公开", "9", "10"]]


def test_labels_in_unruled_cells_beside_a_ruled_block_stay_with_their_rows() -> None:
    page = Sheet().table((200, 260, 320), (80, 100, 120), [["1", "2"], ["3", "4"]])
    page.text(60, 94, "规章").text(60, 114, "行政规范性文件")
    assert texts(page) == [["规章", "1", "2"], ["行政规范性文件", "3", "4"]]


def test_a_continuation_with_open_top_keeps_its_first_row() -> None:
    page = Sheet().table((50, 200, 260), (80, 100, 120), [["行政许可", "1"], ["行政处罚", "2"]])
    for x in (50, 200, 260):
        page.line(x, 60, x, 80)
    page.text(53, 75, "规章", size=9).text(203, 75, "7", size=9)
    assert texts(page) == [["规章", "7"], ["行政许可", "1"], ["行政处罚", "2"]]


def test_a_row_without_lower_edge_keeps_its_cells_though_one_of_them_goes_on_farther() -> None:
    page = Sheet().table((50, 200, 260, 320), (60, 80, 100), [["行政许可", "1", "2"], ["行政处罚", "3", "4"]])
    for x, end in zip((50, 200, 260, 320), (180, 125, 125, 180), strict=True):
        page.line(x, 100, x, end)
    page.text(53, 115, "行政", size=9).text(53, 127, "强制", size=9).text(203, 115, "5", size=9).text(
        263, 115, "6", size=9
    )
    assert texts(page)[-1] == ["行政强制", "5", "6"]


def two_pages() -> tuple[Sheet, Sheet]:
    xs, head = (50, 200, 260), ["信息内容", "数量"]
    first = Sheet().text(250, 30, "某县政府信息公开年度报告", size=8).text(50, 60, HEADING, size=14)
    first.table(xs, (700, 720, 740, 760), [head, ["行政许可", "1"], ["行政处罚", "2"]]).text(290, 800, "- 1 -")
    second = Sheet().text(250, 30, "某县政府信息公开年度报告", size=8).text(290, 800, "- 2 -")
    return first, second.table(xs, (60, 80, 100), [head, ["行政强制", "3"]]).text(50, 300, "五、存在的主要问题")


def test_a_table_over_two_pages_is_one_table_and_its_repeated_head_is_dropped() -> None:
    found = items(*two_pages())
    rows = [item for item in found if isinstance(item, Row)]
    assert [row.cells[0].text for row in rows] == ["信息内容", "行政许可", "行政处罚", "行政强制"]
    assert {row.table for row in rows} == {1}
    assert [row.page for row in rows] == [1, 1, 1, 2]
    assert [item.number for item in found] == list(range(1, len(found) + 1))


def test_running_heads_and_page_numbers_are_dropped() -> None:
    lines = [item.text for item in items(*two_pages()) if isinstance(item, Line)]
    assert lines == [HEADING, "五、存在的主要问题"]


def test_rows_of_values_at_the_top_of_two_pages_are_no_running_heads() -> None:
    def page(values: Sequence[str]) -> Sheet:
        sheet = Sheet().text(50, 48, "行政").text(50, 72, "许可")
        for k, value in enumerate(values):
            sheet.text(200 + 60 * k, 60, value)
        return sheet

    rows = [item for item in items(page(("0", "40", "1")), page(("7", "0", "12"))) if isinstance(item, Row)]
    assert [[cell.text for cell in row.cells][-3:] for row in rows] == [["0", "40", "1"], ["7", "0", "12"]]


def test_a_year_at_the_top_of_a_page_is_no_page_number() -> None:
    assert texts(Sheet().text(50, 60, "2024年，全县共收到申请三件。")) == ["2024年，全县共收到申请三件。"]


def test_a_row_of_empty_values_at_the_end_of_a_table_without_labels_is_a_row() -> None:
    xs = [40 + 34 * k for k in range(16)]
    heads = ["维持", "纠正", "其他", "未结", "总计"] * 3
    found = texts(Sheet().table(xs, (100, 120, 140), [heads, []]))
    assert found == [heads, [""] * 15]
    assert texts(Sheet().table(xs[:9], (100, 120, 140), [heads[:8], []])) == [heads[:8]]


@pytest.mark.parametrize(
    ("ground", "read"),
    [(b"", "5"), (b"1 g 295 700 120 25 re f", "5"), (b"0 .2 .4 rg 295 700 120 25 re f", "5 9…")],
)
def test_white_text_is_seen_where_a_colour_is_behind_it(ground: bytes, read: str) -> None:
    drawn = sheet()
    drawn.instructions[:0] = [b"q", ground, b"Q"]
    drawn.instructions.append(b"1 g")
    drawn.text(325, 134, "9").instructions.append(b"0 g")
    assert texts(drawn)[-1] == ["行政规范性文件", "34", read]


TABLE = Sheet().table((50, 200, 260), (80, 100, 120), [["行政许可", "4"], ["行政处罚", "5"]]).instructions
HIDDEN = Sheet().text(208, 90.8, "7", size=9).instructions[0]


@pytest.mark.parametrize(
    ("before", "after", "read"),
    [
        (b".9 g 200 740 60 40 re f", b".9 g %b", "4"),
        (b"0 0 .9 rg 200 740 60 40 re f", b".9 g %b", "47"),
        (b"", b"%b q 1 g 208 745 20 15 re f Q", "4"),
        (b"", b"%b q .5 g 208 745 20 15 re f Q", "4"),
        (b"", b"%b q 0 0 9 9 re W n 1 g 208 745 20 15 re f Q", "47"),
        (b"q 0 0 595 842 re 202 742 m 258 742 l 258 778 l 202 778 l h W* n 0 g 200 740 60 40 re f Q", b"%b", "47"),
        (b"", b"%b q 1 g 218 745 m 208 752 l 228 752 l 218 760 l f Q", "47"),
    ],
    ids=[
        "colour of its ground",
        "on a grey ground",
        "whited out",
        "greyed out",
        "under what is cut off",
        "in the shadow of a frame",
        "under a sign",
    ],
)
def test_text_in_the_colour_of_its_ground_or_under_an_area_is_not_read(before: bytes, after: bytes, read: str) -> None:
    assert texts(Sheet(instructions=[b"q", before, b"Q", *TABLE, after.replace(b"%b", HIDDEN)]))[0] == [
        "行政许可",
        read,
    ]


def test_text_that_is_cut_off_is_not_read() -> None:
    cut = Sheet(instructions=[*TABLE, b"q 0 0 9 9 re W n\n%b\nQ" % HIDDEN])
    assert texts(cut) == [["行政许可", "4"], ["行政处罚", "5"]]
    seen = Sheet(instructions=[*TABLE, b"q 0 0 595 842 re W n\n%b\nQ" % HIDDEN])
    assert texts(seen) == [["行政许可", "47"], ["行政处罚", "5"]]


@pytest.mark.parametrize(
    "hidden",
    [b"q 3 Tr %b Q", b"q 1 g %b Q", b"%b q 1 g 200 740 60 40 re f Q", b"q 0 0 9 9 re W n %b Q"],
    ids=["not painted", "white", "whited out", "cut off"],
)
def test_a_hidden_digit_swallows_no_printed_one_on_its_place(hidden: bytes) -> None:
    twin = Sheet().text(203, 90.8, "4", size=9).instructions[0].replace(b"0 Tr ", b"")
    assert texts(Sheet(instructions=[hidden.replace(b"%b", twin), *TABLE])) == [["行政许可", "4"], ["行政处罚", "5"]]


@pytest.mark.parametrize(("state", "read"), [(b"OFF", "4"), (b"ON", "47")])
def test_text_of_a_layer_that_is_switched_off_is_not_read(state: bytes, read: str) -> None:
    content = to_pdf(Sheet(instructions=[*TABLE, b"/OC /L BDC\n%b\nEMC" % HIDDEN]))
    layers = b"/OCProperties<</OCGs[90 0 R]/D<</%b[90 0 R]>>>>" % state
    content = content.replace(b"/Type/Catalog", b"/Type/Catalog" + layers)
    content = content.replace(b"<</Font<</F 4 0 R>>", b"<</Properties<</L 90 0 R>>/Font<</F 4 0 R>>")
    group = b"90 0 obj\n<</Type/OCG/Name(a)>>\nendobj\n"
    content = content[: content.rindex(b"xref\n0")] + group + b"trailer<</Root 1 0 R>>"
    assert texts_of(content) == [["行政许可", read], ["行政处罚", "5"]]


def test_filled_areas_with_round_corners_draw_no_rules() -> None:
    corner = b"140 700 m 240 700 l 245 700 245 700 245 705 c 245 790 l 140 790 l h f"
    sheet = Sheet(instructions=[b"0.9 g", corner, corner.replace(b"24", b"34"), b"0 g"]).text(150, 100, "规章")
    (drawing,) = read_drawings(to_pdf(sheet), file="a.pdf", settings=load_settings())
    assert drawing.edges == ()


def test_characters_that_the_file_spells_apart_stand_where_a_scaled_form_draws_them() -> None:
    drawn = Sheet().text(50, 100, "政府").spelled(70, 100, "二").text(80, 100, "件")
    (line,) = items_of(to_form_pdf(drawn, "0.5 0 0 0.5 100 300"))
    assert isinstance(line, Line)
    assert line.text == "政府二件"
