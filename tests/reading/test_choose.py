"""Cells over columns: what the content decides is decided, nothing is changed."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from extract.records import State
from tests.text_builders import HEAD, TABLE_2, TABLE_3, TABLE_4, lines, read, table_3_rows

RECEIVED, GRANTED, HANDLED = "requests.received", "requests.granted", "requests.handled"
COLUMNS = ("natural_person", "business", "research", "public_welfare", "legal_service", "other_organisation", "total")
TRUTH = {RECEIVED: (5, 1, 0, 0, 0, 0, 6), GRANTED: (5, 1, 0, 0, 0, 0, 6), HANDLED: (5, 1, 0, 0, 0, 0, 6)}


def row(cells, name):  # type: ignore[no-untyped-def]
    return [cells[f"{name}.{column}"].value for column in COLUMNS]


def test_cells_shifted_by_a_column_are_read_in_their_place() -> None:
    rows = table_3_rows(TRUTH)
    rows[2] = ["三、本年度办理结果", *rows[2], ""]
    rows[23] = [rows[23][0], "", *rows[23][1:]]
    cells = read(HEAD + "\n" + lines(rows))
    assert row(cells, GRANTED) == list(TRUTH[GRANTED])
    assert row(cells, HANDLED) == list(TRUTH[HANDLED])


def test_the_sums_tell_which_of_eight_values_is_too_many() -> None:
    rows = table_3_rows(TRUTH)
    rows[23] = [rows[23][0], "5", "1", "0", "0", "0", "0", "0", "6"]
    cells = read(HEAD + "\n" + lines(rows))
    assert row(cells, HANDLED) == list(TRUTH[HANDLED])
    assert cells[f"{HANDLED}.total"].scores["surplus"] > 0


def test_a_number_split_by_a_blank_is_one_where_the_sums_say_so() -> None:
    truth = dict.fromkeys((RECEIVED, GRANTED, HANDLED), (18, 0, 0, 0, 0, 0, 18))
    text = "\n".join(" ".join(cells) for cells in table_3_rows(truth))
    text = text.replace("（一）予以公开 18 0", "（一）予以公开 1 8 0")
    assert row(read(text), GRANTED) == [18, 0, 0, 0, 0, 0, 18]


def test_blank_cells_stay_blank_and_keep_their_columns() -> None:
    rows = table_3_rows({})
    for cells in rows:
        cells[1:] = [""] * 7
    rows[0][1], rows[0][7] = "3", "3"
    cells = read(HEAD + "\n" + lines(rows))
    assert [cells[f"{RECEIVED}.{column}"].state for column in COLUMNS] == [State.READ, *[State.BLANK] * 5, State.READ]


def test_a_wrong_total_is_kept_as_printed() -> None:
    rows = table_3_rows({**TRUTH, RECEIVED: (5, 1, 0, 0, 0, 0, 8)})
    assert row(read(HEAD + "\n" + lines(rows)), RECEIVED) == [5, 1, 0, 0, 0, 0, 8]


def test_table_4_with_too_few_values_keeps_what_the_sums_support() -> None:
    cells = read("\t" * 5 + "2\t0\t0\t0\t2\t0\t0\t0\t0\t0\t0", TABLE_4)
    assert [cells[f"challenges.reconsideration.{name}"].value for name in ("upheld", "total")] == [2, 2]
    assert cells["challenges.litigation_after_reconsideration.total"].state is State.MISSING


@given(st.lists(st.integers(0, 400), min_size=7, max_size=7))
def test_what_is_printed_is_what_is_read_whether_it_adds_up_or_not(values: list[int]) -> None:
    rows = table_3_rows({GRANTED: values})
    assert row(read(HEAD + "\n" + lines(rows)), GRANTED) == [Decimal(value) for value in values]


def unsettled(cells, name):  # type: ignore[no-untyped-def]
    return [bool(cells[f"{name}.{column}"].scores["unsettled"]) for column in COLUMNS]


def test_two_numbers_in_one_cell_are_taken_apart_where_the_row_then_is_whole() -> None:
    cells = read("（一）予以公开\t5\t1 0\t0\t2\t0\t8")
    assert row(cells, GRANTED) == [5, 1, 0, 0, 2, 0, 8]
    assert not any(unsettled(cells, GRANTED))


def test_a_row_taken_apart_that_does_not_add_up_is_for_a_person() -> None:
    cells = read("（一）予以公开\t5\t1 0\t0\t2\t0\t9")
    assert row(cells, GRANTED) == [5, 1, 0, 0, 2, 0, 9]
    assert all(unsettled(cells, GRANTED))


def test_a_number_in_groups_of_three_digits_stays_one() -> None:
    assert 1500 in row(read("（一）予以公开\t1 500\t0\t0\t0\t0\t1500"), GRANTED)


def test_rows_cut_from_a_run_that_may_be_columns_are_for_a_person() -> None:
    cells = read("规章\n行政规范性文件\n" + "\n".join("142857"), TABLE_2)
    found = [cell for field, cell in cells.items() if field.startswith(("disclosure.reg", "disclosure.norm"))]
    assert all(cell.state is State.MISSING or cell.scores["unsettled"] for cell in found)
    assert any(cell.state is State.READ for cell in found)


def test_a_value_that_stands_alone_without_a_label_is_for_a_person() -> None:
    before = "信息内容 本年制发件数 本年废止件数 现行有效件数\n规章 0 0 0\n行政规范性文件 2 0 9\n"
    after = "信息内容 本年处理决定数量\n行政许可\n行政处罚 5\n行政强制 0\n"
    cells = read(f"{before}\n7\n{after}", TABLE_2)
    stray, labelled = cells["disclosure.licensing.decisions"], cells["disclosure.penalties.decisions"]
    assert stray.state is State.MISSING or stray.scores["unsettled"]
    assert labelled.value == 5
    assert not labelled.scores["unsettled"]


def test_a_stroke_that_is_a_dash_or_a_chinese_one_is_for_a_person() -> None:
    cells = read("（一）予以公开\t一\t0\t0\t0\t0\t0\t一\n（二）部分公开\t—\t0\t0\t0\t0\t0\t0")
    assert cells[f"{GRANTED}.natural_person"].state is State.DASH
    assert [
        cells[f"{row}.natural_person"].scores["unsettled"] > 0 for row in (GRANTED, "requests.partially_granted")
    ] == [
        True,
        False,
    ]


def test_a_row_goes_on_with_one_value_a_line() -> None:
    cells = read("（一）予以公开 5\n1\n0\n0\n0\n0\n6\n（二）部分公开 0 0 0 0 0 0 0")
    assert row(cells, GRANTED) == list(TRUTH[GRANTED])
    assert not any(unsettled(cells, GRANTED))


def test_table_4_among_many_more_values_is_for_a_person() -> None:
    """Among 24 numbers some 15 always add up."""
    cells = read("0 1 1 0 2 0 0 0 0 0\n0 0 0 1 0 1 0 0\n0 0 1 0 3 0", TABLE_4)
    assert all(cell.scores["open_gap"] for cell in cells.values())


def test_a_row_without_label_that_fits_better_in_other_columns_is_for_a_person() -> None:
    rows = table_3_rows({RECEIVED: (1, 0, 0, 0, 0, 0, 1)})
    rows[24] = ["", "0", "0", "0", "0", "0", "1", "1"]
    cells = read(HEAD + "\n" + lines(rows))
    assert all(unsettled(cells, "requests.carried_out"))
    assert not any(unsettled(cells, RECEIVED))


def test_a_split_number_is_joined_also_behind_the_empty_cells_of_the_labels() -> None:
    rows = [["| " + row.label, "", "", *["0"] * 7] for row in TABLE_3.blocks[0].rows]
    rows[0][3:] = ["8", "6", "9", "0", "1", "4", "2", "102"]
    cells = read(lines(rows, " | "))
    assert (cells["requests.received.natural_person"].value, cells["requests.received.total"].value) == (86, 102)


def test_a_number_alone_on_its_line_is_never_sure_for_a_page_number_may_be_the_sum_of_a_row() -> None:
    rows = table_3_rows(TRUTH)
    rows[-1] = ["四、结转下年度继续办理", "2", "1", "0", "0", "0", "0", "\n3"]
    assert read(HEAD + "\n" + lines(rows))["requests.carried_out.total"].scores["unsettled"]


def test_totals_of_table_4_that_are_left_at_0_are_no_row_one_column_off() -> None:
    own = ["0", "0", "1", "0", "0", "1", *["0"] * 9]
    cells = read(lines([own]), TABLE_4)
    assert not any(cell.scores["unsettled"] for cell in cells.values())


def test_a_0_alone_on_the_line_below_a_row_of_zeros_is_not_surely_its_last_cell() -> None:
    text = HEAD + "\n" + lines(table_3_rows({})).replace("\t0\t0\n2.其他法律", "\t0\n0\n2.其他法律")
    assert read(text)["requests.denied.state_secret.total"].scores["unsettled"]
