"""Items of a section → strips: what is printed as one row is one row."""

from __future__ import annotations

import pytest

from extract.alignment.strips import holds_number, items_to_strips
from extract.records import Line, Place, RawCell, Row
from tests.text_builders import HEAD, align, document

WIDTH = 7


def drawn_row(number: int, *texts: str) -> Row:
    """A row of a drawn table: every cell has its box."""
    cells = (RawCell(text, (k / 10, number / 10, (k + 1) / 10, number / 10 + 0.1)) for k, text in enumerate(texts))
    return Row(tuple(cells), 1, 1, number)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (["二、上年结转", "", "2", "3", "", "5", "6", ""], ["", "1", "", "", "4", "", "", "7"]),
        (["二、上年结转", "1", "2", "3", "4", "5", "", ""], ["6", "7", "", "", "", "", "", ""]),
    ],
)
def test_values_of_one_row_on_two_lines_are_put_together_by_their_columns(above: list[str], below: list[str]) -> None:
    strips = items_to_strips([drawn_row(1, *above), drawn_row(2, *below)], width=WIDTH)
    assert [[cell.text for cell in strip.cells] for strip in strips] == [list("1234567")]


def test_rows_with_values_in_one_column_are_two_however_many_values_they_have_together() -> None:
    above, below = ["3.公开出版物", "", "2", "", "", "1", "", "3"], ["", "1", "", "1", "", "", "1", "3"]
    strips = items_to_strips([drawn_row(1, *above), drawn_row(2, *below)], width=WIDTH)
    assert [[cell.text for cell in strip.cells if cell.text] for strip in strips] == [
        ["2", "1", "3"],
        ["1", "1", "1", "3"],
    ]


def test_a_row_with_all_its_cells_is_none_with_the_next_one_that_lost_its_label() -> None:
    rows = ["（七）总计\t9\t2\t\t\t\t\t11", "\t1\t1\t\t\t1\t\t3"]
    strips = items_to_strips(document("\n".join(rows)).items, width=WIDTH)
    assert [[cell.text for cell in strip.cells if cell.text] for strip in strips] == [["9", "2", "11"], list("1113")]


def test_an_empty_line_in_the_place_of_a_cell_is_the_blank_cell_s_own() -> None:
    texts = ["一、本年新收", "3", "1", "0", "2", "二、上年结转", "3", "1", "", "2", "三、办理", "3", "1", "0", "2"]
    strips = items_to_strips(document("\n".join(texts)).items, width=4)
    cells = [[(cell.text, cell.line) for cell in strip.cells] for strip in strips if strip.cells]
    assert cells[1] == [("3", 7), ("1", 8), ("", 9), ("2", 10)]


def test_the_mark_before_a_note_below_a_table_is_no_value() -> None:
    (strip,) = items_to_strips([Line("* 含委托乡镇实施的事项", 1, 1)], width=3)
    assert [strip.texts, strip.cells] == [("* 含委托乡镇实施的事项",), ()]


def test_dirt_behind_the_label_of_a_scan_s_empty_row_is_no_number() -> None:
    empty = RawCell("", readings=(("", 0.99),))
    (strip,) = items_to_strips([Row((RawCell("5.属于三类内部事务信息4"), *[empty] * WIDTH), 1, 1, 1)], width=WIDTH)
    assert (strip.texts, len(strip.cells)) == (("5.属于三类内部事务信息4",), WIDTH)


def test_a_scan_s_row_whose_rules_were_lost_has_its_numbers_behind_the_label_in_one_cell() -> None:
    empty = RawCell("", readings=(("", 0.99),))
    (strip,) = items_to_strips([Row((RawCell("1.重复申请 3 0 0 0 0 0 3"), *[empty] * 4), 1, 1, 1)], width=WIDTH)
    assert [cell.text for cell in strip.cells] == ["3", "0", "0", "0", "0", "0", "3"]


def stated_row(number: int, *texts: str) -> Row:
    """A row of a file that states its cells, by their places."""
    cells = (RawCell(text, place=Place(1, number, k + 1)) for k, text in enumerate(texts))
    return Row(tuple(cells), 1, 1, number)


GLUED = [
    ["一、本年新收13", "5", "0", "0", "0", "0", "18", ""],
    ["二、上年结转1", "1", "0", "0", "0", "0", "2", ""],
    ["三、结果（七）总计14", "6", "0", "0", "0", "0", "19", ""],  # adds up to something else: the report's own error
]


def test_values_in_the_cells_of_their_labels_are_cells_of_their_own() -> None:
    strips = items_to_strips([stated_row(k, *texts) for k, texts in enumerate(GLUED)], width=WIDTH)
    assert [strip.texts for strip in strips] == [("一、本年新收",), ("二、上年结转",), ("三、结果（七）总计",)]
    assert [[cell.text for cell in strip.cells][:WIDTH] for strip in strips] == [
        ["13", "5", "0", "0", "0", "0", "18"],
        ["1", "1", "0", "0", "0", "0", "2"],
        ["14", "6", "0", "0", "0", "0", "19"],
    ]


@pytest.mark.parametrize(("total", "first"), [("18", "13"), ("17", "5")])
def test_a_number_behind_one_label_alone_is_a_value_only_where_the_row_adds_up_with_it(total: str, first: str) -> None:
    rows = [["一、本年新收13", "5", "0", "0", "0", "0", total, ""], ["二、上年结转", "1", "0", "0", "0", "0", "0", "1"]]
    strips = items_to_strips([stated_row(k, *texts) for k, texts in enumerate(rows)], width=WIDTH)
    assert [strip.cells[0].text for strip in strips] == [first, "1"]


@pytest.mark.parametrize("behind", ["", "7"])
def test_a_total_alone_before_its_row_is_the_rows(behind: str) -> None:
    text = "\n".join([HEAD, "6", "（一）予以公开 4 0 1 0 0 1", behind, "（二）部分公开 0 0 0 0 0 0 0"])
    row = align(text).rows[2]
    assert row.strip is not None
    assert [cell.text for cell in row.strip.cells] == ["4", "0", "1", "0", "0", "1", "6"]


def test_a_number_alone_that_is_no_sum_of_the_row_below_it_is_none_of_its_cells() -> None:
    row = align("\n".join([HEAD, "5", "（一）予以公开 4 0 1 0 0 1", "（二）部分公开 0 0 0 0 0 0 0"])).rows[2]
    assert row.strip is not None
    assert [cell.text for cell in row.strip.cells] == ["4", "0", "1", "0", "0", "1"]


def test_digits_that_nobody_can_tell_are_a_value_in_whose_place_no_other_number_goes() -> None:
    cells = tuple(RawCell(text) for text in ("（七）总计", "304", "16", "2", "0", "0", "0", "32…"))
    strips = items_to_strips([Row(cells, 1, 1, 1), Line("9", 1, 2)], width=7)
    assert [cell.text for cell in strips[0].cells] == ["304", "16", "2", "0", "0", "0", "32…"]


def test_a_value_that_slid_out_of_its_own_blank_cell_takes_its_place() -> None:
    rows = [[texts[0], "", *texts[1:-1]] for texts in GLUED]
    strips = items_to_strips([stated_row(k, *texts) for k, texts in enumerate(rows)], width=WIDTH)
    assert [[cell.text for cell in strip.cells] for strip in strips] == [
        ["13", "5", "0", "0", "0", "0", "18"],
        ["1", "1", "0", "0", "0", "0", "2"],
        ["14", "6", "0", "0", "0", "0", "19"],
    ]


def test_a_number_in_the_label_of_a_row_that_lacks_one_is_left_over() -> None:
    whole, short = (
        items_to_strips([stated_row(1, "3.其他1", *cells), stated_row(2, "2.重复", *"0000000")], width=WIDTH)[0]
        for cells in (["5", "0", "0", "0", "0", "0", "5"], ["", "0", "0", "0", "0", "0", "5"])
    )
    assert holds_number(short)
    assert not holds_number(whole)


@pytest.mark.parametrize("pieces", [("412.", "5"), ("412", ".5"), ("12", "9.", "", "36"), ("3．", "07")])
def test_an_amount_torn_at_its_point_is_one_cell(pieces: tuple[str, ...]) -> None:
    (strip,) = items_to_strips([Row(tuple(map(RawCell, ("行政事业性收费", *pieces))), 1, 1, 1)], width=3)
    assert strip.texts == ("行政事业性收费",)
    assert "".join(cell.text for cell in strip.cells) == "".join(pieces)
    assert strip.cells[-1].text in ("412.5", "9.36", "3．07")


def test_a_number_of_a_list_before_a_whole_row_is_no_piece_of_an_amount() -> None:
    (strip,) = items_to_strips([Row(tuple(map(RawCell, ("（三）不予公开", "1.", *"1234567"))), 1, 1, 1)], width=WIDTH)
    assert [cell.text for cell in strip.cells] == list("1234567")


def test_digits_that_are_no_count_are_kept_with_the_words() -> None:
    long = "12345678901234567890123456789012345"
    rows = [drawn_row(1, "一、新收", *"1234567"), drawn_row(2, "备案号", long)]
    counts, number = items_to_strips(rows, width=WIDTH)
    assert [cell.text for cell in counts.cells] == list("1234567")
    assert (number.texts, number.cells) == (("备案号", long), ())


@pytest.mark.parametrize("text", ["1, 921", "1， 921", "12, 345, 678"])
def test_groups_of_digits_with_a_blank_behind_the_comma_are_one_number(text: str) -> None:
    strips = items_to_strips(document(f"一、本年新收政府信息公开申请数量 {text} 0 3").items, width=WIDTH)
    assert [cell.text for cell in strips[0].cells] == [text, "0", "3"]
