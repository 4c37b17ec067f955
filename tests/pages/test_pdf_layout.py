"""Drawings → pages: the geometry alone, whatever format the drawing came from."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from extract.pages.pdf import drawings_to_pages
from extract.pages.pdf.characters import fold_character
from extract.pages.pdf.dots import dots_to_edges
from extract.pages.pdf.drawing import Drawing, Edge, Glyph, to_unit_square, turn_point
from extract.pages.pdf.edges import join_edges
from extract.pages.pdf.paint import type_box
from extract.pages.pdf.words import glyphs_to_lines
from extract.records import Row

SIZE = 10.0


def print_text(x: float, y: float, text: str) -> list[Glyph]:
    """Glyphs of one line that begins at x with its top at y."""
    glyphs = []
    for character in text:
        width = SIZE if character >= "\u2e80" else SIZE / 2
        glyphs.append(Glyph(character, (x, y, x + width, y + SIZE), y + 0.86 * SIZE))
        x += width
    return glyphs


def frame(x0: float, y0: float, x1: float, y1: float) -> list[Edge]:
    return [Edge(True, y0, x0, x1), Edge(True, y1, x0, x1), Edge(False, x0, y0, y1), Edge(False, x1, y0, y1)]


def rows(glyphs: list[Glyph], edges: list[Edge]) -> list[list[str]]:
    page = drawings_to_pages([Drawing(1, 595, 842, tuple(glyphs), tuple(edges))], file="a.pdf")[0]
    return [[cell.text for cell in item.cells] for item in page.items if isinstance(item, Row)]


TABLES = st.integers(2, 8).flatmap(
    lambda width: st.lists(
        st.lists(st.sampled_from(["", "0", "17", "规章", "1,204", "/"]), min_size=width, max_size=width),
        min_size=1,
        max_size=12,
    )
)


@hypothesis_settings(max_examples=60, deadline=None)
@given(TABLES, st.sampled_from([0.0, 1.5, 4.5]))
def test_a_framed_table_is_read_back_whatever_the_gap_between_its_frames(table: list[list[str]], gap: float) -> None:
    glyphs, edges = [], []
    for r, row in enumerate(table):
        for c, text in enumerate(row):
            x, y = 40 + 62 * c, 100 + 24 * r
            edges += frame(x, y, x + 62 - gap, y + 24 - gap)
            glyphs += print_text(x + 6, y + 6, text)
    blank = (
        range(1, len(table) - 1) if len(table[0]) >= 5 and any(map(any, table)) else ()
    )  # cells of values left empty
    assert rows(glyphs, edges) == [row for k, row in enumerate(table) if any(row) or k in blank]


@given(st.floats(0, 600), st.floats(0, 800), st.integers(0, 7))
def test_four_quarter_turns_bring_a_point_back(x: float, y: float, turn: int) -> None:
    there = turn_point(x, y, (600, 800), turn)
    size = (600, 800) if turn % 2 == 0 else (800, 600)
    assert turn_point(*there, size, -turn) == pytest.approx((x, y))


def test_a_box_of_a_turned_page_stands_where_the_page_shows_it() -> None:
    drawing = Drawing(1, 800, 600, (), (), turn=1)  # shown upright 600 × 800, read after one clockwise turn
    corner = turn_point(60, 80, (600, 800), 1)
    x, y, _, _ = to_unit_square((*corner, *corner), drawing)
    assert (x, y) == pytest.approx((0.1, 0.1))


def test_pieces_of_a_dashed_line_are_one_edge() -> None:
    dashes = [Edge(True, 100 + k % 2, 50 + 5 * k, 53 + 5 * k) for k in range(40)]
    joined = join_edges(dashes)
    assert [(edge.start, edge.end) for edge in joined] == [(50, 248)]


def test_dots_in_a_row_are_a_rule_across_or_down_and_a_few_are_none() -> None:
    across = [(50 + 1.5 * k, 99.6, 50.75 + 1.5 * k, 100.4) for k in range(40)]
    down = [(80.0, 120 + 4 * k, 82.0, 122 + 4 * k) for k in range(20)]
    edges = dots_to_edges([*across, *down, (200, 200, 201, 201)])
    assert edges == [Edge(True, pytest.approx(100), 50, 109.25), Edge(False, 81, 120, 198)]


def test_a_row_that_is_cut_at_the_end_of_the_page_is_read() -> None:
    edges = [
        *frame(50, 700, 250, 720),
        Edge(False, 150, 700, 740),
        Edge(False, 50, 700, 740),
        Edge(False, 250, 700, 740),
    ]
    glyphs = [
        *print_text(55, 705, "行政许可"),
        *print_text(155, 705, "1"),
        *print_text(55, 727, "行政处罚"),
        *print_text(155, 727, "2"),
    ]
    assert rows(glyphs, edges) == [["行政许可", "1"], ["行政处罚", "2"]]


def test_a_number_that_fills_its_cell_goes_on_in_the_next_line() -> None:
    edges = [*frame(50, 100, 150, 140), *frame(150, 100, 178, 140)]
    glyphs = [*print_text(55, 105, "行政许可"), *print_text(152, 105, "12345"), *print_text(152, 120, "67")]
    assert rows(glyphs, edges) == [["行政许可", "1234567"]]


def test_a_number_pushed_into_the_cell_of_its_label_is_a_cell_of_its_own() -> None:
    edges = [edge for y in (100, 140) for x0, x1 in ((50, 150), (150, 180)) for edge in frame(x0, y, x1, y + 40)]
    glyphs = [*print_text(55, 105, "行政许可"), *print_text(95, 125, "12"), *print_text(160, 115, "3")]
    glyphs += [*print_text(55, 145, "规范性文件"), *print_text(55, 160, "2"), *print_text(160, 155, "4")]
    assert rows(glyphs, edges) == [["行政许可", "12", "3"], ["规范性文件2", "", "4"]]


def test_a_blank_under_a_printed_head_is_a_blank_cell_of_an_unruled_row() -> None:
    glyphs = []
    for k, head in enumerate(["结果", "纠正", "其他", "总计"]):
        glyphs += print_text(100 + 60 * k, 100, head)
    for k, value in ((0, "1"), (1, "2"), (3, "3")):
        glyphs += print_text(105 + 60 * k, 120, value)
    assert rows(glyphs, []) == [["结果", "纠正", "其他", "总计"], ["1", "2", "", "3"]]


@pytest.mark.parametrize(
    ("printed", "meant"), [("⼀", "一"), ("⻓", "长"), ("︑", "、"), ("︒", "。"), ("，", "，"), (" ", "")]
)
def test_characters_are_read_as_meant(printed: str, meant: str) -> None:
    assert fold_character(printed) == meant


def test_a_page_full_of_ruling_and_characters_ends_in_bounded_time() -> None:
    chance = random.Random(7)
    edges = []
    for k in range(40_000):
        start = chance.uniform(0, 580)
        edges.append(Edge(bool(k % 2), chance.uniform(0, 800), start, start + chance.uniform(2, 12)))
    glyphs = [
        g
        for _ in range(8000)
        for g in print_text(chance.uniform(0, 580), chance.uniform(0, 830), chance.choice("1字。0"))
    ]
    started = time.monotonic()
    drawings_to_pages([Drawing(1, 595, 842, tuple(glyphs), tuple(edges))], file="a.pdf")
    assert time.monotonic() - started < 15


def two_pages(above: list[list[str]], below: list[list[str]]) -> list[list[str]]:
    """The rows of a table that goes on over a page break."""
    drawings = []
    for number, (table, top) in enumerate(((above, 700), (below, 60)), 1):
        glyphs, edges = [], []
        for r, row in enumerate(table):
            for c, text in enumerate(row):
                left, right = (40 if c == 0 else 110 + 50 * c), 160 + 50 * c
                edges += frame(left, top + 24 * r, right, top + 24 * r + 24)
                glyphs += print_text(left + 6, top + 24 * r + 6, text)
        drawings.append(Drawing(number, 595, 842, tuple(glyphs), tuple(edges)))
    pages = drawings_to_pages(drawings, file="a.pdf")
    return [[cell.text for cell in item.cells] for page in pages for item in page.items if isinstance(item, Row)]


ABOVE = ["一、本年新收申请", "18", "11", "0", "0", "0", "0", "20"]
NEXT = ["二、上年结转", "45", "0", "0", "0", "0", "1", "46"]


@pytest.mark.parametrize("label", ["", "数量"])
def test_numbers_that_a_page_break_wraps_in_their_narrow_cells_are_whole(label: str) -> None:
    below = [label, "90", "", "", "", "", "", "14"]
    whole = ["一、本年新收申请", "1890", "11", "0", "0", "0", "0", "2014"]
    assert two_pages([ABOVE], [below, NEXT]) == [whole, NEXT]


def test_the_beginning_of_a_number_whose_end_may_stand_on_the_next_page_is_no_number() -> None:
    above = [*ABOVE[:2], "110", *ABOVE[3:]]  # there was room for a third digit
    (row, _) = two_pages([above], [["", "", "", "", "", "", "", "0"], NEXT])
    assert row == [*above[:-1], "20…0"]


@pytest.mark.parametrize(
    ("place", "text", "lower"),
    [
        (1, "18", ["二、上年结转", "90", "", "", "", "", "", "14"]),  # a row of its own
        (1, "18", ["行政许可", "90", "", "", "", "", "", "14"]),  # a name of the form without a number
        (1, "0", ["数量", "90", "", "", "", "", "", "14"]),
        (1, "18", ["", "90", "12", "0", "0", "", "", "14"]),
    ],
)
def test_numbers_below_a_page_break_that_may_be_others_stay_apart(place: int, text: str, lower: list[str]) -> None:
    upper = [*ABOVE[:place], text, *ABOVE[place + 1 :]]
    assert two_pages([upper], [lower]) == [upper, lower]


def test_a_head_that_a_later_page_repeats_is_dropped_before_the_end_of_a_number() -> None:
    head = ["项目", "自然人", "商业", "科研", "公益", "法律", "其他", "总计"]
    glyphs, edges = grid([["数量", "", "", "4"], ["二、", "1", "", "1"], ["三、新收", "1", "", "20"]], y=600)
    first, last = grid([head], y=600), grid([head, [""] * 7 + ["7"], NEXT])
    pages = [first, (glyphs, edges), last]
    drawings = [Drawing(k, 800, 842, tuple(own[0]), tuple(own[1])) for k, own in enumerate(pages, 1)]
    items = [item for page in drawings_to_pages(drawings, file="a.pdf") for item in page.items if isinstance(item, Row)]
    assert [item.cells[-1].text for item in items][1:] == ["4", "1", "20…7", "46"]


@pytest.mark.parametrize(
    ("place", "text", "lower"),
    [
        (2, "110", ["数量", "90", "", "", "", "", "", "14"]),  # columns of other widths
        (3, "", ["数量", "90", "", "", "", "", "", "14"]),  # a row with empty cells
    ],
)
def test_numbers_below_a_page_break_that_may_be_ends_leave_those_above_open(
    place: int, text: str, lower: list[str]
) -> None:
    upper = [*ABOVE[:place], text, *ABOVE[place + 1 :]]
    opened = [upper[0], "18…90", *upper[2:-1], "20…14"]
    assert two_pages([upper], [lower, NEXT]) == [opened, lower, NEXT]


def ruled(*pages: tuple[list[Glyph], list[Edge]]) -> list[list[bool]]:
    drawings = [Drawing(k, 595, 842, tuple(glyphs), tuple(edges)) for k, (glyphs, edges) in enumerate(pages, 1)]
    items = [item for page in drawings_to_pages(drawings, file="a.pdf") for item in page.items]
    return [[cell.fixed for cell in item.cells] for item in items if isinstance(item, Row)]


def grid(table: list[list[str]], y: float = 100) -> tuple[list[Glyph], list[Edge]]:
    glyphs, edges = [], []
    for r, row in enumerate(table):
        for c, text in enumerate(row):
            edges += frame(40 + 80 * c, y + 24 * r, 120 + 80 * c, y + 24 * r + 24)
            glyphs += print_text(46 + 80 * c, y + 24 * r + 6, text)
    return glyphs, edges


def test_the_part_of_a_row_that_a_page_break_parts_from_its_values_says_nothing_of_blank_cells() -> None:
    above = grid([["（一）予以公开", "1", "2"], ["（二）部分公", "", ""]], y=780)
    assert ruled(above, grid([["（三）不予公开", "", ""], ["（四）", "3", ""]])) == [[True] * 3] * 4
    assert ruled(above, grid([["开", "5", "6"], ["（三）不予公开", "", ""]]))[1:3] == [[False] * 3, [True] * 3]


def test_numbers_with_no_rule_between_them_are_not_ruled() -> None:
    glyphs, edges = grid([["规章", "1", "2"], ["许可", "3", "4"]])
    kept = [edge for edge in edges if edge.horizontal or edge.at != 200 or edge.start == 100]
    assert ruled((glyphs, kept)) == [[True] * 3, [True, False, False]]


def test_heads_printed_over_the_rule_below_them_are_none_of_the_numbers() -> None:
    glyphs, edges = grid([["", "", ""], ["12", "3", "4"]])
    for k, head in enumerate(("维持", "纠正", "总计")):
        glyphs += print_text(46 + 80 * k, 120, head)
    assert rows(glyphs, edges) == [["维持", "纠正", "总计"], ["12", "3", "4"]]


def test_a_ruled_row_without_text_between_others_is_a_row() -> None:
    heads = [["维持", "纠正", "其他", "未审", "总计"], [""] * 5, ["起诉", "1", "", "", "1"]]
    assert rows(*grid(heads)) == heads


def test_two_pages_on_one_sheet_are_read_one_after_the_other() -> None:
    left = [g for k in range(12) for g in print_text(50, 60 + 40 * k, "左面第一页的文字共十二行")]
    right = [g for k in range(12) for g in print_text(650, 60 + 40 * k, "右面第二页的文字共十二行")]
    table, edges = grid([["规章", "1"], ["许可", "2"]], y=560)
    both = tuple(sorted([*left, *right, *table], key=lambda glyph: glyph.box[1]))

    def read(width: float, *more: Edge) -> list[str]:
        (page,) = drawings_to_pages([Drawing(1, width, 842, both, (*edges, *more))], file="a.pdf")
        return [item.cells[0].text if isinstance(item, Row) else item.text[:2] for item in page.items]

    assert read(1190) == ["左面"] * 12 + ["规章", "许可"] + ["右面"] * 12
    assert read(1190, Edge(True, 800, 40, 1150))[:2] == ["左面", "左面"]
    assert read(1190, Edge(True, 800, 40, 1150)).count("右面") == 0


def test_columns_of_a_wide_table_without_rules_are_no_pages() -> None:
    heads = ["申请人", "自然人", "商业企业", "科研机构", "总计"]
    table = [heads, *([f"（{numeral}）予以公开部分公开", "1", "2", "0", "3"] for numeral in "一二三四五六七八九十")]
    columns = (60, 300, 420, 640, 760)
    glyphs = [
        g
        for k, row in enumerate(table)
        for x, text in zip(columns, row, strict=True)
        for g in print_text(x, 60 + 30 * k, text)
    ]
    (page,) = drawings_to_pages([Drawing(1, 1190, 842, tuple(glyphs), ())], file="a.pdf")
    assert [[cell.text for cell in item.cells] for item in page.items if isinstance(item, Row)][1:] == table[1:]


def test_a_mark_that_hangs_over_a_rule_belongs_to_its_line() -> None:
    glyphs, edges = [], []
    for r, (label, value) in enumerate([("逾期不补正", "591"), ("其他", "17")]):
        for x, text in ((40, label), (95, value)):
            edges += frame(x, 100 + 40 * r, x + 55, 140 + 40 * r)
            glyphs += print_text(x + 2, 104 + 40 * r + 8 * (text == value), text)
    glyphs += print_text(92, 104, "、")  # its box begins in the label's cell and ends in the value's: most of it there
    glyphs += print_text(42, 118, "不再处理")
    assert rows(glyphs, edges) == [["逾期不补正、不再处理", "591"], ["其他", "17"]]


def test_numbers_stay_on_the_line_of_their_label_where_a_word_beside_begins_a_little_higher() -> None:
    group, numbers = print_text(20, 100, "公开"), print_text(60, 102.6, "6")
    label, value = print_text(65, 104.8, "．属于四类过程性信息"), print_text(300, 102.6, "17")
    lines = ["".join(glyph.text for glyph in line) for line in glyphs_to_lines([*group, *numbers, *label, *value])]
    assert lines == ["公开", "6．属于四类过程性信息17"]


@pytest.mark.parametrize("height", [1.0, 5.5, 9.0])
def test_a_chinese_character_is_as_large_as_it_is_wide_however_flat_its_box_is(height: float) -> None:
    _, top, _, bottom = type_box("一", (0, 100 - height, 9, 100), 99)
    assert bottom - top == pytest.approx(9)


def test_two_tables_that_touch_have_no_columns_between_their_columns() -> None:
    glyphs, edges = [], []
    for y, xs, texts in ((100, (40, 140, 180, 220), "甲 1 2"), (120, (40, 148, 188, 220), "乙 3 4")):
        for (x0, x1), text in zip(pairwise(xs), texts.split(), strict=True):
            edges += frame(x0, y, x1, y + 20)
            glyphs += print_text(x0 + 12, y + 5, text)
    assert rows(glyphs, edges) == [["甲", "1", "2"], ["乙", "3", "4"]]


@pytest.mark.parametrize(
    ("shift", "read"),
    [((0.0, 0.0), "150"), ((1.0, 1.0), "150"), ((1.9, 0.5), "…"), ((15.0, -1.6), "…"), ((15.0, -4.2), "…")],
    ids=["alone", "a shadow", "over one another", "a mark as large", "a mark on a line of its own"],
)
def test_digits_that_may_be_none_of_the_number_make_a_cell_unsure(shift: tuple[float, float], read: str) -> None:
    number = print_text(105, 105, "150")
    more = print_text(105 + shift[0], 105 + shift[1], "1" if shift[0] > 9 else "150") if any(shift) else []
    cells = rows([*more, *number], [*frame(100, 100, 160, 120), *frame(160, 100, 220, 120)])
    cell = cells[0][0]
    assert cell == read or (read == "…" and cell.endswith(read))


def print_columns(*lines: tuple[str, str]) -> list[Glyph]:
    sides = [(x, 100 + 20 * k, text) for k, line in enumerate(lines) for x, text in zip((60, 320), line, strict=True)]
    return [g for x, y, text in sides for g in print_text(x, y, text)]


def test_prose_in_two_columns_is_read_down_the_left_one_first() -> None:
    glyphs = print_columns(
        ("一、总体情况", "补正后仍不明确的，一律"),
        ("全年收到申请八件，均已按期", "电话告知。"),
        ("答复，其中公开五件，其余因", "平台改版，栏目由九个减为"),
        ("申请内容不明确，经补正后仍", "六个，三审三校全程留痕。"),
        ("未说明的不再处理；", ""),
        ("二、主动公开政府信息情况", ""),
    )
    lines = [item.text for item in drawings_to_pages([Drawing(1, 595, 842, tuple(glyphs), ())], file="a.pdf")[0].items]
    assert lines[4:7] == ["未说明的不再处理；", "补正后仍不明确的，一律", "电话告知。"]
    assert lines[-2:] == ["六个，三审三校全程留痕。", "二、主动公开政府信息情况"]


def test_names_beside_names_are_no_columns_of_prose() -> None:
    glyphs = print_columns(*[(f"联系电话及办公地址{k}", f"工作时间内均可拨打{k}") for k in "甲乙丙丁"])
    page = drawings_to_pages([Drawing(1, 595, 842, tuple(glyphs), ())], file="a.pdf")[0]
    assert page.items[0].text == "联系电话及办公地址甲 工作时间内均可拨打甲"


def test_rows_that_are_banded_instead_of_ruled_have_the_columns_of_their_neighbours() -> None:
    glyphs, edges = grid([["1.国家秘密", "5", "0", "0", "5"], ["", "", "", "", ""], ["3.其他", "1", "0", "2", "3"]])
    xs = sorted({edge.at for edge in edges if not edge.horizontal})
    ys = sorted({edge.at for edge in edges if edge.horizontal})
    banded = [
        piece
        for edge in edges
        for piece in (
            [Edge(False, edge.at, *span) for span in ((ys[0], ys[1]), (ys[2], ys[3]))]
            if not edge.horizontal and xs[0] < edge.at < xs[-1]
            else [edge]
        )
    ]
    top = ys[1]
    glyphs += print_text(xs[0] + 2, top + 1, "2.其他") + print_text(xs[0] + 2, top + 12, "规定")
    for x, text in zip(xs[1:], ["10", "0", "0", "10"], strict=False):
        glyphs += print_text(x + 6, top + 1, text)
    assert rows(glyphs, banded)[1] == ["2.其他规定", "10", "0", "0", "10"]


def test_brackets_that_lie_on_their_side_are_characters_of_a_vertical_label() -> None:
    def stand(x: float, y: float, text: str) -> Glyph:
        height = SIZE / 4 if text in "（）" else SIZE
        return Glyph(text, (x, y, x + SIZE, y + height), y + height)

    right = [stand(60, y, text) for y, text in ((101, "（"), (106, "四"), (117, "）"), (122, "无"))]
    left = [stand(48, y, text) for y, text in ((101, "法"), (111, "提"), (122, "供"))]
    glyphs = [*right, *left, *print_text(86, 110, "1.未掌握"), *print_text(166, 110, "0")]
    edges = frame(40, 98, 80, 140) + frame(80, 98, 160, 140) + frame(160, 98, 240, 140)
    assert rows(glyphs, edges) == [["（四）无法提供", "1.未掌握", "0"]]


def test_blank_zeros_keep_their_columns_above_and_below_the_name_of_a_group_over_the_whole_row() -> None:
    printed = [
        ["（一）予以公开", "12", "", "", "3", "15"],
        ["1.属于国家秘密", "4", "", "", "", "4"],
        ["2.其他法律行政法规禁止公开", "0", "0", "0", "0", "0"],
    ]
    glyphs = print_text(250, 116, "（三）不予公开")
    for y, row in zip((100, 132, 148), printed, strict=True):
        for x, text in zip((40, 240, 280, 320, 360, 400), row, strict=True):
            glyphs += print_text(x, y, text)
    read = rows(glyphs, [])
    assert [row for row in read if any(row[1:])] == printed


def test_a_body_without_rules_below_ruled_heads_is_read_row_by_row() -> None:
    glyphs, edges = grid([["信息内容", "本年制发", "本年废止", "现行有效"]])
    edges += frame(40, 124, 360, 200)
    for y, row in ((130, ["规章", "3", "1", "12"]), (146, ["规范性文件", "0", "2", "40"])):
        for x, text in zip((46, 150, 230, 310), row, strict=True):
            glyphs += print_text(x, y, text)
    assert rows(glyphs, edges)[-2:] == [["规章", "3", "1", "12"], ["规范性文件", "0", "2", "40"]]
