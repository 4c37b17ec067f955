"""Tables are found by their rules: faint, dotted, broken, beside ones and in seals."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from extract.pages.image.ink import grey_to_ink
from extract.pages.image.lattice import Lattice, _group_pieces, find_lattices
from extract.pages.image.rules import find_rules
from extract.pages.image.traces import Line, _parted, _without_jumps, trace_lines
from extract.pages.image.walls import (
    Look,
    Profile,
    _apart,
    _is_torn,
    _reach,
    _reached,
    _steps_of,
    _table_edges,
    _without_falling_short,
    _without_strayed,
    find_walls,
)
from extract.pages.pdf.drawing import Edge
from extract.quick import replace
from tests.pages.image.builders import COLUMNS, UNIT, Grey, blank_page, draw_rules, draw_text, table_page, turned

VALUES = [["label", *(str((3 * row + column) % 12) for column in range(7))] for row in range(6)]


def lattices_of(page: Grey) -> list[Lattice]:
    ink = grey_to_ink(page)
    return find_lattices(ink, find_rules(ink, UNIT), UNIT)


def shapes(page: Grey) -> list[tuple[int, int]]:
    return [(len(found.grid.ys) - 1, len(found.grid.xs) - 1) for found in lattices_of(page)]


@pytest.mark.parametrize("ink", [0, 120, 200, 225])
def test_rules_are_found_however_faint(ink: int) -> None:
    assert shapes(table_page(VALUES, ink=ink)) == [(6, 8)]


def test_dotted_rules_are_rules() -> None:
    page = blank_page()
    dots = blank_page()
    draw_rules(dots, COLUMNS, range(300, 565, 44))
    page[(np.indices(page.shape).sum(axis=0) % 6 < 3) & (dots < 128)] = 0
    draw_text(page, "7", 470, 322)
    assert shapes(page) == [(6, 8)]


def test_rules_of_long_dashes_are_rules_in_every_row() -> None:
    page, solid = table_page(VALUES), blank_page()
    draw_rules(solid, COLUMNS, range(300, 565, 44))
    page[(np.indices(page.shape).sum(axis=0) % 30 >= 24) & (solid < 128)] = 255
    (found,) = lattices_of(page)
    assert (len(found.grid.cells), all(cell.closed for cell in found.grid.cells)) == (48, True)


def test_dashes_with_gaps_half_as_long_are_rules() -> None:
    page, solid = table_page(VALUES), blank_page()
    draw_rules(solid, COLUMNS, range(300, 565, 44))
    page[(np.indices(page.shape).sum(axis=0) % 24 >= 16) & (solid < 128)] = 255
    assert shapes(page) == [(6, 8)]


def test_dashes_of_a_low_table_may_end_before_its_rules() -> None:
    page = table_page([["", *"0123456"]] * 3, height=30)
    for x in COLUMNS[2:-1]:
        for y in (332, 362):
            page[y : y + 5, x - 3 : x + 4] = 255
    assert shapes(page) == [(3, 8)]


def test_strokes_as_high_as_their_row_are_no_rules() -> None:
    page = table_page([["", *"0000000"]] * 8, height=26)
    for top in range(300, 508, 52):
        cv2.line(page, (250, top + 5), (250, top + 21), 0, 2)
    assert shapes(page) == [(8, 8)]


def test_numbers_right_beside_their_rule_do_not_hide_it() -> None:
    page = table_page([[""] * 8] * 8, height=30, ink=190)
    for top in range(300, 540, 30):
        for right in COLUMNS[2:]:
            draw_text(page, "0", right - 11, top + 15)
    assert shapes(page) == [(8, 8)]


@pytest.mark.parametrize("ink", [235, 242])
def test_hairlines_next_to_nothing_are_rules(ink: int) -> None:
    assert shapes(table_page(VALUES, ink=ink)) == [(6, 8)]


def test_two_lines_that_no_column_fits_between_are_one_thick_rule_but_two_where_only_one_is_drawn() -> None:
    rows = [(0.0, 20.0), (20.0, 40.0), (40.0, 60.0)]
    first = [Edge(False, 100.0, *rows[0]), Edge(False, 100.0, *rows[1])]
    second = [Edge(False, 104.0, *rows[1]), Edge(False, 104.0, *rows[2])]
    assert _apart([first, second]) == [*first, second[1]]


def test_print_level_with_a_rule_that_begins_farther_right_is_no_part_of_it() -> None:
    page = blank_page()
    draw_rules(page, COLUMNS, (300, 520, 564), ink=200)
    cv2.line(page, (COLUMNS[4], 410), (COLUMNS[-1], 410), 200, 2)
    page[409:412, COLUMNS[2] + 6 : COLUMNS[3] - 6] = 150
    for x in range(COLUMNS[2] + 8, COLUMNS[3] - 8, 12):
        cv2.rectangle(page, (x, 398), (x + 2, 424), 20, -1)
    (found,) = lattices_of(cv2.GaussianBlur(page, (0, 0), 0.7))
    heads = [cell for cell in found.grid.cells if cell.row0 == 0]
    assert [cell.row1 for cell in heads] == [2, 2, 2, 2, 1, 1, 1, 1]


def test_a_column_of_ones_is_no_rule() -> None:
    assert shapes(table_page([["label", *"1111111"]] * 8, height=30)) == [(8, 8)]


def test_a_row_after_a_page_break_needs_no_rule_above() -> None:
    page = table_page(VALUES)
    page[295:306, : COLUMNS[-1] + 5] = np.where(page[310:321, : COLUMNS[-1] + 5] < 128, 0, 255)
    assert shapes(page) == [(6, 8)]


@pytest.mark.parametrize("upside_down", [False, True])
def test_a_row_at_a_page_break_keeps_its_cells_though_one_rule_goes_on_farther(upside_down: bool) -> None:
    page = table_page(VALUES)
    last = 300 + 44 * len(VALUES)
    page[last - 3 : last + 4][page[last - 3 : last + 4].min(axis=1) < 128] = page[last - 10]
    draw_rules(page, COLUMNS[-1:], (last, last + 200))
    (found,) = lattices_of(page[::-1].copy() if upside_down else page)
    assert (len(found.grid.ys) - 1, len(found.grid.xs) - 1) == (6, 8)
    assert len(found.grid.cells) == 6 * 8


def test_a_rule_that_is_broken_in_some_rows_is_one_column_line() -> None:
    page = table_page(VALUES)
    for top in range(300, 560, 44):
        page[top + 8 : top + 12, 515:526] = 255
    assert shapes(page) == [(6, 8)]


def test_a_step_of_a_rule_of_which_a_third_is_left_parts_cells() -> None:
    page = table_page(VALUES)
    page[346:370, 515:526] = 255
    page[472:480, 625:686] = 255
    (found,) = lattices_of(page)
    assert len(found.grid.cells) == 6 * 8


@pytest.mark.parametrize(("drawn", "torn"), [(slice(32, 68), False), (slice(0, 40), True)])
def test_a_stroke_amid_a_step_is_no_rest_of_a_torn_rule_on_grainy_paper(drawn: slice, torn: bool) -> None:
    ink = np.full(500, 0.6, dtype=np.float32)
    ink[:100] = 0.15  # the grain
    ink[drawn] = 0.6
    paper = np.zeros_like(ink)
    profile = Profile(Line(paper, 0.0), ink, ink, paper, paper)
    assert _is_torn(profile, slice(0, 100), Look(0.6, UNIT, broken=False)) == torn


def test_light_dotted_rules_of_a_few_rows_are_rules_beside_dark_ones() -> None:
    page, dots = blank_page(), blank_page()
    draw_rules(page, (100, 420, 1120), range(300, 661, 36))
    draw_rules(dots, (420, 650, 880, 1120), (336, 444))
    dotted = (np.indices(page.shape).sum(axis=0) % 6 < 3) & (dots < 128)
    page[dotted] = np.minimum(page, 200)[dotted]
    assert shapes(page) == [(10, 4)]


def test_two_tables_one_below_the_other_are_two() -> None:
    page = np.minimum(table_page(VALUES), table_page([["a", "1", "2"]] * 3, top=640))
    assert shapes(page) == [(6, 8), (3, 3)]


def break_rules(page: Grey, xs: Sequence[int], ys: Sequence[int], seed: int = 3) -> None:
    """A third of every rule is lost, in pieces; what crosses it is lost with it."""
    rng = np.random.default_rng(seed)
    for y in ys:
        for x in range(xs[0], xs[-1], 110):
            page[y - 3 : y + 4, x + rng.integers(0, 70) :][:, :36] = 255
    for x in xs:
        for y in range(ys[0], ys[-1], 110):
            page[y + rng.integers(0, 70) :, x - 3 : x + 4][:36] = 255


def test_broken_rules_on_grey_paper_are_rules() -> None:
    ys = range(300, 700, 44)
    page = table_page([["label", *"0123456"]] * 9, ink=190)
    break_rules(page, COLUMNS, ys)
    grey = np.random.default_rng(1).normal(-9, 4, page.shape)
    assert shapes(np.clip(page + grey, 0, 255).astype(np.uint8)) == [(9, 8)]


def test_tables_of_broken_rules_are_parted_by_the_heading_between_them() -> None:
    page, top = table_page([["", *"0123456"]] * 5, ink=150), 580
    below = table_page([["", "1", "2"]] * 5, top=top, ink=150)
    break_rules(page, COLUMNS, range(300, 530, 44))
    break_rules(below, COLUMNS[:4], range(top, top + 230, 44), seed=4)
    page = np.minimum(page, below)
    draw_text(page, "IN HD LM", 300, 552)
    assert shapes(page) == [(5, 8), (5, 3)]


@pytest.mark.parametrize(("breaks", "expected"), [(0.8, False), (1.0, False), (1.5, True), (1.7, True)])
def test_rules_are_broken_where_they_have_many_long_gaps(breaks: float, expected: bool) -> None:
    page = blank_page()
    draw_rules(page, COLUMNS, range(300, 565, 44))
    for y in range(300, 565, 44):
        for x in np.arange(150, 1080, 100 * UNIT / breaks + 16).astype(int):  # 8 points are lost of every piece and gap
            page[y - 2 : y + 3, x : x + 16] = 255
    part = grey_to_ink(page[290:575, 90:1130])
    lines = (trace_lines(part, UNIT, horizontal=True), trace_lines(part, UNIT, horizontal=False))
    assert find_walls(part, *lines, UNIT)[1].broken is expected


def test_the_dark_edge_of_a_sheet_joins_no_table_whose_pieces_stand_apart() -> None:
    pieces = [Edge(True, y, x, x + 60) for y in range(100, 400, 20) for x in (80, 180, 280)]
    pieces += [Edge(False, x, y, y + 30) for x in (70, 160, 260, 360) for y in range(110, 400, 60)]
    edge = Edge(False, 8.0, 120, 170)
    sheet = (18.0, 25.0, 577.0, 817.0)
    (group,) = _group_pieces([*pieces, edge], sheet)
    assert edge not in group
    assert edge in max(_group_pieces([*pieces, edge], (0.0, 0.0, 595.0, 842.0)), key=len)
    assert len(group) == len(pieces)


def test_strokes_of_large_print_do_not_make_the_rules_of_a_framed_table_broken() -> None:
    table = [Edge(True, y, 80, 400) for y in (600.0, 620.0, 640.0)]
    table += [Edge(False, x, 600, 640) for x in (80.0, 200.0, 400.0)]
    strokes = [Edge(True, y, x, x + 40) for y in range(100, 560, 60) for x in (100, 200)]
    assert _group_pieces([*table, *strokes], (18.0, 25.0, 577.0, 817.0)) == [table]


def test_strokes_of_large_print_do_not_make_the_rules_of_a_table_without_sides_broken() -> None:
    table = [Edge(True, y, 80, 400) for y in (600.0, 620.0, 640.0)]
    table += [Edge(False, x, 600, 660) for x in (180.0, 290.0)]
    strokes = [Edge(True, y, x, x + 40) for y in range(100, 560, 60) for x in (100, 200)]
    assert _group_pieces([*table, *strokes], (18.0, 25.0, 577.0, 817.0)) == [table]


def test_a_line_that_strayed_into_a_rule_has_none_of_its_steps() -> None:
    rule, stray = (np.full(180, at, dtype=np.float32) for at in (40, 45))
    stray[:60] = 40
    paper = np.zeros(180, dtype=np.float32)
    downs = [Profile(Line(own, float(np.median(own))), paper, paper, paper, paper) for own in (stray, rule)]
    steps = [[Edge(False, own.line.at / UNIT, y, y + 30) for y in range(0, 90, 30)] for own in downs]
    kept = _without_strayed(downs, [steps[0][:2], steps[1]], Look(1.0, UNIT, broken=False))
    assert kept == [steps[0][1:2], steps[1]]


def test_tables_without_sides_one_below_the_other_end_where_their_columns_end() -> None:
    page = blank_page()
    for top in (300, 480):
        for y in (top, top + 44, top + 88):
            cv2.line(page, (COLUMNS[0], y), (COLUMNS[-1], y), 120, 2)
        for x in COLUMNS[1:4]:
            cv2.line(page, (x, top), (x, top + 132), 120, 2)
        for row in range(3):
            draw_text(page, "7", 470, top + 22 + 44 * row)
    assert shapes(page) == [(3, 4), (3, 4)]


def test_a_column_of_a_table_may_stand_close_below_one_of_another() -> None:
    page = blank_page()
    for top, shift in ((300, 0), (480, 8)):
        for y in (top, top + 44, top + 88, top + 132):
            cv2.line(page, (COLUMNS[0], y), (COLUMNS[-1], y), 120, 2)
        for x in COLUMNS[1:4]:
            cv2.line(page, (x + shift, top), (x + shift, top + 132), 120, 2)
    assert shapes(page) == [(3, 4), (3, 4)]


def test_the_gap_behind_the_last_dash_of_a_rule_that_stands_alone_counts_as_drawn() -> None:
    drawn, paper = np.ones(80, dtype=np.float32), np.zeros(80, dtype=np.float32)
    drawn[[*range(10, 16), *range(40, 46), *range(74, 80)]] = 0
    own = Profile(Line(paper, 0.0), drawn, np.ones_like(drawn), paper, paper)
    look = Look(1.0, UNIT, broken=False, gap=3.0)
    assert _reached(own, slice(0, 80), look) == [True, True]
    assert _reached(replace(own, before=drawn / 4), slice(0, 80), look) == [True, False]
    assert _reached(own, slice(50, 80), look) == [True, False]


def test_the_edge_of_a_blot_goes_straight_on_where_it_strayed_into_a_rule() -> None:
    rule = Line(np.full(9, 20, dtype=np.float32), 20.0)
    edge = np.array([26, 26, 26, 24, 22, 20, 20, 20, 20], dtype=np.float32)
    assert list(_parted(edge, [rule], UNIT)) == [26, 26, 26, 24, 24, 24, 24, 24, 24]
    assert list(_parted(edge, [], UNIT)) == list(edge)


def broken_pair(seed: int) -> Grey:
    """Two tables of broken rules with many columns, and between them a heading whose strokes reach a rule."""
    page = table_page([["", *"0123456"]] * 6, ink=150)
    below = table_page([["", *"0123456"]] * 6, top=640, ink=150)
    break_rules(page, COLUMNS, range(300, 570, 44), seed=seed)
    break_rules(below, COLUMNS, range(640, 910, 44), seed=seed + 1)
    page = np.minimum(page, below)
    for x in (150, 188, 226):
        cv2.line(page, (x, 566), (x, 600), 0, 2)
    return page


@pytest.mark.parametrize("seed", [5, 9])
def test_strokes_of_a_heading_that_reach_a_rule_join_no_tables(seed: int) -> None:
    assert shapes(broken_pair(seed)) == [(6, 8), (6, 8)]


def test_a_column_line_of_which_a_piece_is_left_stands_where_equal_columns_need_it() -> None:
    page = table_page([["", *"0123456"]] * 8, ink=150)
    break_rules(page, COLUMNS, range(300, 660, 44))
    for row in range(8):
        page[305 + 44 * row : 300 + 44 * (row + 1) - 3, COLUMNS[4] - 3 : COLUMNS[4] + 4] = 255
    cv2.line(page, (COLUMNS[4], 350), (COLUMNS[4], 370), 150, 2)
    (found,) = lattices_of(page)
    assert len(found.grid.xs) - 1 == 8


def test_merged_cells_stay_merged() -> None:
    page = table_page(VALUES)
    page[303:342, 523:818] = 255
    draw_text(page, "0", 670, 322)
    (found,) = lattices_of(page)
    assert len(found.grid.cells) == 6 * 8 - 2
    assert all(cell.closed for cell in found.grid.cells)


def test_dirt_that_looks_like_faint_lines_does_not_hide_rules() -> None:
    page = table_page([["a", *"0123456"]] * 2, height=60)
    for x in range(440, 1120, 12):
        if min(abs(x - column) for column in COLUMNS) > 10:
            page[290:430, x : x + 2] = np.minimum(page[290:430, x : x + 2], 236)
    assert shapes(page) == [(2, 8)]


def test_a_seal_across_the_table_makes_no_lines() -> None:
    page = table_page(VALUES)
    cv2.circle(page, (700, 450), 90, 110, 8)
    cv2.circle(page, (700, 450), 25, 110, -1)
    assert shapes(page) == [(6, 8)]


def test_lines_that_lean_are_followed() -> None:
    assert shapes(turned(table_page(VALUES), 0.2)) == [(6, 8)]


def test_noise_and_prose_are_no_tables() -> None:
    page = blank_page()
    for y in range(200, 1500, 40):
        cv2.putText(page, "this is a line of prose with words " * 2, (120, y), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 20, 2)
    noise = np.random.default_rng(1).integers(0, 60, page.shape).astype(np.uint8)
    assert shapes(page - np.minimum(page, noise)) == []


def test_the_inside_of_a_cell_has_none_of_its_rules() -> None:
    page = table_page([["", "", ""]] * 3)
    (found,) = lattices_of(page)
    for x0, y0, x1, y1 in found.boxes:
        assert page[y0:y1, x0:x1].min() > 128


def test_tables_close_together_without_sides_are_as_wide_as_their_rules() -> None:
    page = blank_page()
    for top in (300, 378, 456):
        for y in (top, top + 30, top + 60):
            cv2.line(page, (100, y), (1120, y), 0, 2)
        cv2.line(page, (700, top), (700, top + 60), 0, 2)
    found = [(lattice.grid.xs[0] * UNIT, lattice.grid.xs[-1] * UNIT) for lattice in lattices_of(page)]
    assert len(found) == 3
    assert all(abs(left - 100) < 8 and abs(right - 1120) < 8 for left, right in found)


def test_a_hairline_of_one_row_that_is_darker_than_all_others_is_a_rule() -> None:
    page = table_page([["", ""]] * 5, ink=190)
    cv2.line(page, (260, 388), (260, 432), 0, 2)
    assert shapes(page) == [(5, 3)]


def test_a_seal_over_tall_rules_does_not_hide_them() -> None:
    page = table_page([["", *"0000"]] * 2, height=90, ink=120)
    for radius in (150, 100, 40):
        cv2.circle(page, (520, 390), radius, 60, 8)
    assert shapes(page) == [(2, 5)]


def test_the_grain_of_the_paper_is_no_rule_beside_dark_ones() -> None:
    part = np.zeros((300, 400), dtype=np.float32)
    part[10:291:40] = 0.6
    part[10:291, [10, 390]] = 0.6
    part[10:291, 200] = 0.06
    places = {True: range(10, 291, 40), False: (10, 200, 390)}
    lines = {
        lying: [Line(np.full(part.shape[lying], at, dtype=np.float32), float(at)) for at in own]
        for lying, own in places.items()
    }
    walls, _ = find_walls(part, lines[True], lines[False], 1.0)
    assert {edge.at for edge in walls if not edge.horizontal} == {10.0, 390.0}


def test_lines_of_text_do_not_hide_faint_rules() -> None:
    part = np.zeros((300, 400), dtype=np.float32)
    part[10:291:40] = 0.08
    part[10:291, [10, 200, 390]] = 0.08
    part[26:35, 12:388:3] = 0.7  # no rule, whatever is dark all along it
    part[30, 12:388] = 0.5
    rows = (10, 30, *range(50, 291, 40))
    acrosses = [Line(np.full(400, at, dtype=np.float32), float(at)) for at in rows]
    downs = [Line(np.full(300, at, dtype=np.float32), float(at)) for at in (10, 200, 390)]
    walls, _ = find_walls(part, acrosses, downs, 1.0)
    assert {edge.at for edge in walls if not edge.horizontal} == {10.0, 200.0, 390.0}


def test_rules_on_grainy_paper_are_told_from_its_grain() -> None:
    page = table_page([["label", *"0000000"]] * 8, height=26, ink=150)
    noise = np.random.default_rng(3).normal(0, 38, page.shape)
    grainy = np.clip(page * 0.9 + 20 + noise, 0, 255).astype(np.uint8)
    assert shapes(grainy) == [(8, 8)]


def test_strokes_that_fill_a_low_row_are_no_walls_where_walls_reach_the_rules() -> None:
    ink = np.zeros((60, 210), dtype=np.float32)
    ink[[10, 25, 40]] = ink[50, 2:28] = 1
    print_beside = {10: 0.0, 25: 0.0, 40: 0.1, 50: 0.1}
    along, beside = (
        np.ones(210, dtype=np.float32),
        {at: np.full(210, own, np.float32) for at, own in print_beside.items()},
    )
    downs = [Profile(Line(at * along, float(at)), along, along, beside[at], beside[at]) for at in print_beside]
    steps = [[Edge(False, float(at), y, y + 30) for y in range(0, 210, 30)] for at in print_beside]
    steps[3] = steps[3][:1]
    look = Look(1.0, 1.0, broken=False)
    look = replace(look, reaching=_reach(downs, steps, ink, look))
    assert look.reaching
    assert _without_falling_short(downs, steps, ink, look) == [*steps[:3], []]
    ink[[10, 25], 45] = 0  # walls are not whole either
    assert not _reach(downs, steps, ink, look)


@pytest.mark.parametrize(("lightest", "kept"), [(0.6, 7), (0.2, 6)])
def test_verticals_that_fall_a_hair_short_of_one_rule_side_by_side_are_walls(lightest: float, kept: int) -> None:
    ink = np.zeros((60, 210), dtype=np.float32)
    ink[[10, 25, 40]] = 1
    ink[[10, 25, 40], 207] = lightest
    along = np.ones(210, dtype=np.float32)
    downs = [Profile(Line(at * along, at), along, along, 0.2 * along, 0.1 * along) for at in (10.0, 25.0, 40.0)]
    steps = [[Edge(False, own.line.at, y, y + 30) for y in range(0, 210, 30)] for own in downs]
    look = Look(1.0, 1.0, broken=False, reaching=0.95)
    assert _without_falling_short(downs, steps, ink, look) == [own[:kept] for own in steps]


def test_strokes_of_aligned_zeros_with_paper_beside_are_no_walls_and_hide_none() -> None:
    ink = np.zeros((90, 210), dtype=np.float32)
    ink[[10, 25, 40, 80], 10:] = 1  # the table is open above
    ink[[55, 60, 65]] = [0 if y % 30 < 3 else 1 for y in range(210)]
    along, nothing = np.ones(210, dtype=np.float32), np.zeros(210, dtype=np.float32)
    places = (10, 25, 40, 80, 55, 60, 65)
    downs = [Profile(Line(at * along, float(at)), along, along, nothing, nothing) for at in places]
    steps = [[Edge(False, float(at), y, y + 30) for y in range(0, 210, 30)] for at in places]
    steps[4:] = [own[2:5] for own in steps[4:]]
    look = Look(1.0, 1.0, broken=False)
    look = replace(look, reaching=_reach(downs, steps, ink, look))
    assert look.reaching
    assert _without_falling_short(downs, steps, ink, look) == [*steps[:4], [], [], []]


def test_a_single_step_amid_print_is_no_wall_where_walls_reach_the_rules() -> None:
    ink, along = np.ones((60, 90), dtype=np.float32), np.ones(90, dtype=np.float32)
    downs = [
        Profile(Line(at * along, at), along, along, along * own, along * own) for at, own in ((10.0, 0.3), (50.0, 0.3))
    ]
    wall = [Edge(False, 10.0, y, y + 30) for y in (0, 30, 60)]
    kept = _without_falling_short(downs, [wall, [Edge(False, 50.0, 30, 60)]], ink, Look(1.0, 1.0, broken=False))
    assert kept == [wall, []]


def test_strokes_of_aligned_digits_and_of_a_word_are_no_walls_of_a_broken_table() -> None:
    length, ys = 240, list(range(0, 241, 30))
    nothing = np.zeros(length, dtype=np.float32)
    rule = np.array([float(y % 80 < 60) for y in range(length)], dtype=np.float32)  # a quarter is lost
    digit = np.array([1.5 * (9 < y % 30 < 21) for y in range(length)], dtype=np.float32)
    word = np.array([1.0 * (40 < y < 53) for y in range(length)], dtype=np.float32)
    along = np.ones(length, dtype=np.float32)
    downs = [
        Profile(Line(at * along, at), own, own, nothing, nothing)
        for at, own in ((10.0, rule), (40.0, digit), (55.0, word), (70.0, rule))
    ]
    steps = [[Edge(False, own.line.at, 30.0, 60.0)] for own in downs]
    edges = _table_edges(downs, steps, ys, Look(1.0, 1.0, broken=True))
    assert {edge.at for edge in edges} == {10.0, 70.0}


@pytest.mark.parametrize(("ink", "expected"), [("rule", 1), ("under a seal", 1), ("words", 0)])
def test_a_faint_rule_with_print_at_both_sides_is_one_and_words_are_none(ink: str, expected: int) -> None:
    drawn = np.full(200, 0.2, dtype=np.float32)
    if ink == "under a seal":
        drawn[60:130] = 0
    if ink == "words":
        drawn = np.tile(np.float32([0.1, 0.5, 0.7, 0.4, 0.0]), 40)
    line = Line(np.full(200, 20, dtype=np.float32), 20.0)
    profile = Profile(line, drawn, drawn, np.full_like(drawn, 0.3), np.full_like(drawn, 0.3))
    assert len(_steps_of(profile, [0.0, 199.0], Look(0.2, UNIT, broken=False), 10.0, tight=True)) == expected


def test_words_on_a_vertical_that_is_ruled_below_them_are_no_wall() -> None:
    page = blank_page()
    draw_rules(page, (100, 420, 620, 820, 1120), range(300, 653, 44), ink=205)
    page[302:343, 101:419] = 255
    draw_rules(page, (260, 420), range(344, 653, 44), ink=205)
    cv2.line(page, (260, 303), (260, 341), 0, 3)
    cv2.line(page, (248, 318), (272, 318), 0, 3)
    cv2.line(page, (248, 330), (272, 330), 0, 3)
    (lattice,) = lattices_of(page)
    assert lattice.grid.owner[0][0] == lattice.grid.owner[0][1]
    assert lattice.grid.owner[1][0] != lattice.grid.owner[1][1]


def test_a_one_that_fills_its_row_is_no_wall_between_faint_rules() -> None:
    page = blank_page()
    draw_rules(page, COLUMNS, range(300, 377, 25), ink=215)
    cv2.line(page, (570, 328), (570, 347), 20, 2)
    assert shapes(page) == [(3, 8)]


def test_a_line_that_jumped_to_the_print_beside_it_goes_straight_on_and_a_bent_one_is_left() -> None:
    jumped = np.array([24.0, 24.0, 20.4, 20.5, 20.6, 20.7, 20.8])
    assert _without_jumps(jumped, 3, 1.5) == pytest.approx([20.2, 20.3, 20.4, 20.5, 20.6, 20.7, 20.8])
    bent = np.array([20.0, 21.2, 22.1, 22.7, 22.1, 21.2, 20.0])
    assert np.array_equal(_without_jumps(bent, 3, 1.5), bent)
    assert np.array_equal(_without_jumps(jumped, 0, 1.5), jumped)  # it was followed from there
