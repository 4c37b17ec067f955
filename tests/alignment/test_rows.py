"""Printed rows → canonical rows."""

from __future__ import annotations

import random
import re
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.alignment import other_alignments
from extract.alignment.cost import fold_table, label_costs
from extract.pipeline import extract_content
from extract.records import State
from tests.pages.statutory import report_html, table_html
from tests.text_builders import HEAD, TABLE_2, TABLE_3, TABLE_4, align, lines, table_3_rows

ROWS = TABLE_3.blocks[0].rows
PLAIN = {"requests.received": (5, 1, 0, 0, 0, 0, 6), "requests.granted": (4, 1, 0, 0, 0, 0, 5)}


def found(text: str) -> list[str | None]:
    """Per canonical row the first value cell's text, or None where the row was not found."""
    return [row.strip.cells[0].text if row.strip else None for row in align(text).rows]


def numbered() -> list[list[str]]:
    """25 rows whose cells say which row they are (100 upwards)."""
    return [[row.label, *[str(100 + k)] * 7] for k, row in enumerate(ROWS)]


EXPECTED = [str(100 + k) for k in range(25)]


def test_a_clean_table_aligns_row_by_row() -> None:
    assert found(HEAD + "\n" + lines(numbered())) == EXPECTED


def test_alignment_keeps_order_when_a_row_is_missing() -> None:
    rows = numbered()
    del rows[12]
    assert found(lines(rows)) == [*EXPECTED[:12], None, *EXPECTED[13:]]


def test_a_missing_row_is_reported() -> None:
    rows = numbered()
    del rows[12]
    deviations = [deviation for deviation in align(lines(rows)).deviations if deviation.code == "S002"]
    assert [deviation.expected for deviation in deviations] == [ROWS[12].label]


def test_a_row_may_be_there_where_one_of_as_many_numbers_found_no_place() -> None:
    rows = numbered()
    stray = ["口口口", *rows.pop(12)[1:]]
    assert not [own for own in align(lines([*rows, stray])).deviations if own.code == "S002"]
    assert [own.code for own in align(lines([*rows, rows[3]])).deviations if own.code == "S002"] == ["S002"]


def test_a_row_that_bears_another_name_is_named_and_left_to_a_person() -> None:
    rows, name = numbered(), "1.查无此件"
    rows[12][0] = name
    table = align(HEAD + "\n" + lines(rows))
    assert table.rows[12].strip is not None
    assert table.rows[12].contested
    named = [(deviation.found, deviation.expected) for deviation in table.deviations if deviation.code == "L001"]
    assert named == [(name, ROWS[12].label)]


@pytest.mark.parametrize("piece", ["（四）无法提供", "本机关不掌握", "供"])
def test_a_piece_of_a_label_or_of_its_group_is_no_other_name(piece: str) -> None:
    rows = numbered()
    rows[12][0] = piece
    table = align(HEAD + "\n" + lines(rows))
    assert not table.rows[12].contested
    assert not [deviation for deviation in table.deviations if deviation.code == "L001" and deviation.found == piece]


@pytest.mark.parametrize(("cuts", "beside"), [((15, -1), 0), ((10, 20, 29), 2)])
def test_a_label_whose_words_go_on_below_its_numbers_deviates_from_nothing(cuts: tuple[int, ...], beside: int) -> None:
    rows = numbered()
    label, *cells = rows[20]
    pieces = [label[start:end] for start, end in zip((0, *cuts), (*cuts, None), strict=True)]
    torn = [[piece, *(cells if k == beside else [])] for k, piece in enumerate(pieces)]
    table = align(HEAD + "\n" + lines([*rows[:20], *torn, *rows[21:]]))
    assert not [deviation for deviation in table.deviations if deviation.code == "L001"]


@pytest.mark.parametrize("row", [0, 3, 20])
def test_the_last_words_of_a_label_on_the_next_label_s_line_are_not_that_one_s(row: int) -> None:
    rows = numbered()
    label = rows[row][0]
    rows[row][0] = label[:-4]
    following = [["（三）不予公开"]] if row == 3 else []
    rest = [*following, *rows[row + 1 :]]
    rest[0][0] = label[-4:] + rest[0][0]
    table = align(HEAD + "\n" + lines([*rows[: row + 1], *rest]))
    assert not table.deviations
    assert not any(own.contested for own in table.rows)


def test_a_doubled_row_counts_once() -> None:
    rows = numbered()
    assert found(lines([*rows[:6], rows[5], *rows[6:]])) == EXPECTED


def test_a_row_said_twice_with_other_numbers_is_contested_where_each_cell_has_its_line() -> None:
    rows = [[label, *cells[:6], str(6 * int(cells[0]))] for label, *cells in numbered()]
    rows.insert(17, [rows[16][0], *("3" for _ in range(6)), "18"])
    table = align("\n".join(chain.from_iterable(rows)))
    assert [k for k, row in enumerate(table.rows) if row.contested] == [16]


def test_a_doubled_row_between_label_lines_turns_no_labels_round() -> None:
    """Between two rows of values a label line could be either's; all of the table have theirs before them."""
    rows = numbered()
    text = lines([[label, "\n" + " ".join(values)] for label, *values in [*rows[:18], rows[17], *rows[18:21]]], "")
    tail = lines([[label, "\n" + " ".join(values)] for label, *values in rows[21:]], "")
    assert found(f"{text}\n\n－1－\n\n申请人情况 自然人 总计\n{tail}") == EXPECTED


def test_rows_in_the_wrong_order_are_found_and_reported() -> None:
    rows = numbered()
    rows[4], rows[6] = rows[6], rows[4]
    table = align(lines(rows))
    assert [row.strip.cells[0].text if row.strip else None for row in table.rows] == EXPECTED
    assert "S005" in {deviation.code for deviation in table.deviations}


def test_a_label_broken_over_two_lines_is_one_label() -> None:
    rows = numbered()
    label = rows[20][0]
    rows[20][0] = label[:12]
    rows.insert(21, [label[12:], *[""] * 7])
    assert found(lines(rows)) == EXPECTED


def test_a_label_whose_first_half_stands_a_line_above_is_one_label() -> None:
    rows = numbered()
    label = rows[19][0]
    rows[19][0] = label[9:]
    rows.insert(19, [label[:9], *[""] * 7])
    assert found(lines(rows)) == EXPECTED


def test_rows_without_a_label_take_the_places_that_order_leaves() -> None:
    rows = numbered()
    for k in (3, 8, 9, 20):
        rows[k] = rows[k][1:]
    assert found(lines(rows, " | ")) == EXPECTED


def test_the_head_repeated_after_a_page_break_is_no_row() -> None:
    rows = lines(numbered()[:10]) + f"\n\f\n{HEAD}\n" + lines(numbered()[10:])
    assert found(rows) == EXPECTED


def test_flattened_text_is_put_together_again() -> None:
    text = "\n".join(cell for row in numbered() for cell in row)
    assert found(text) == EXPECTED


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_a_fifth_of_the_label_characters_wrong_moves_no_row(seed: int) -> None:
    rng = random.Random(seed)
    rows = numbered()
    for row in rows:
        characters = list(row[0])
        for k in range(len(characters)):
            if rng.random() < 0.2:
                characters[k] = rng.choice("口田目贝见车东卜厂")
        row[0] = "".join(characters)
    assert found(HEAD + "\n" + lines(rows)) == EXPECTED


@settings(max_examples=40, deadline=None)
@given(st.sets(st.integers(0, 24), max_size=5))
def test_assignment_keeps_order_whatever_rows_are_missing(missing: set[int]) -> None:
    rows = [row for k, row in enumerate(numbered()) if k not in missing]
    assert found(lines(rows)) == [None if k in missing else EXPECTED[k] for k in range(25)]


def test_a_confused_character_costs_less_than_a_strange_one() -> None:
    confused, strange = label_costs(["行政处罚", "行政处罗", "行政处王"], ["行政处罚"])[1:, 0]
    assert 0 < confused < strange


def test_no_character_stands_in_two_confusion_groups() -> None:
    assert len(fold_table()) > 200


@pytest.mark.parametrize("line", ["行政许可 97", "行政许可97", "行政许可\t97", "| 行政许可 | 97 | | |"])
def test_table_2_rows_are_read_in_every_layout(line: str) -> None:
    table = align(f"第二十条第（一）项\n规章\t0\t0\t0\n行政规范性文件\t1\t0\t4\n第二十条第（五）项\n{line}", TABLE_2)
    licensing = table.rows[2]
    assert licensing.strip is not None
    assert licensing.strip.cells[0].text == "97"


def test_a_column_label_worded_otherwise_is_reported() -> None:
    head = "信息内容\t本年制发件数\t本年度止件数\t现行有效件数"
    table = align(f"{head}\n规章\t0\t0\t0\n行政规范性文件\t0\t0\t0", TABLE_2)
    assert [(d.code, d.found) for d in table.deviations if d.code == "L001"] == [("L001", "本年度止件数")]


def test_a_column_is_told_to_be_lacking_whose_label_stands_in_the_names_of_rows() -> None:
    rows = [[label, *cells[:5], cells[6]] for label, *cells in numbered()]
    rows.insert(20, ["（六）其他处理"])
    table = align(HEAD.replace("\t其他", "") + "\n" + lines(rows))
    assert [deviation.expected for deviation in table.deviations if deviation.code == "S002"] == ["其他"]


def test_a_column_that_is_not_printed_stays_empty() -> None:
    rows = [row[:4] + row[5:] for row in table_3_rows(PLAIN)]
    head = HEAD.split("\t")
    table = align("\t".join(head[:4] + head[5:]) + "\n" + lines(rows))
    assert table.columns[0] == (0, 1, 2, 4, 5, 6)


@pytest.mark.parametrize("named", [[1, 2, 3], [1, 2, 3, 4, 5], [4], [7]])
def test_of_several_columns_without_a_head_none_is_the_one_that_is_not_printed(named: list[int]) -> None:
    heads = [HEAD.split("\t")[k] for k in named]
    table = align("\t".join(heads) + "\n" + lines([row[:4] + row[5:] for row in table_3_rows(PLAIN)]))
    assert table.columns[0] == tuple(range(7))
    assert not [deviation for deviation in table.deviations if deviation.code == "S002"]


def test_the_label_of_a_row_on_a_line_of_its_own_is_no_head_of_a_column() -> None:
    heads = [head for head in HEADS if head not in ("商业企业", "其他")]
    rows = [line for row in table_3_rows(PLAIN) for line in (row[:1], row[1:4] + row[5:])]
    assert align(lines([*([head] for head in heads), *rows])).columns[0] == tuple(range(7))


def test_numbers_that_are_the_sums_of_their_rows_are_totals_whether_or_not_their_head_is_printed() -> None:
    values = {row.id: (k, 1, 0, 0, 0, 0, k + 1) for k, row in enumerate(ROWS)}
    table = align(lines([HEADS[:6]]) + "\n" + lines([row[:4] + row[5:] for row in table_3_rows(values)]))
    assert table.columns[0] == tuple(range(7))


def test_an_unlabelled_row_between_two_absent_ones_is_contested_and_may_stand_elsewhere() -> None:
    rows = numbered()
    rows[5] = rows[5][1:]
    del rows[6]
    table = align(lines(rows))
    assert [k for k, row in enumerate(table.rows) if row.contested] == [5, 6]
    assert len(other_alignments(table)) == 1


def test_a_label_without_values_before_values_without_a_label_is_contested() -> None:
    rows = numbered()
    rows[6:8] = [rows[6][:1], rows[7][1:]]
    assert [k for k, row in enumerate(align(lines(rows)).rows) if row.contested] == [6, 7]


def test_a_row_broken_over_two_lines_is_one_row() -> None:
    text = "\n".join(" ".join(row) for row in numbered())
    assert found(text.replace("106 106 106 106", "106 106 106\n106", 1)) == EXPECTED


HEADS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
EXCHANGED = ["自然人", "科研机构", "商业企业", "社会公益组织", "法律服务机构", "其他", "总计"]


@pytest.mark.parametrize("separator", ["\t", "\n"])
def test_exchanged_columns_are_told_by_their_heads_beside_the_head_of_the_labels(separator: str) -> None:
    table = align(lines([["申请人情况", *EXCHANGED], *numbered()], separator))
    assert table.columns == ((0, 2, 1, 3, 4, 5, 6),)


def test_the_seam_of_two_pages_heads_exchanges_no_columns() -> None:
    damaged = ["自然入", *HEADS[1:]]
    table = align(lines([*([head] for head in (*damaged, *HEADS)), *numbered()], "\n"))
    assert table.columns == ((0, 1, 2, 3, 4, 5, 6),)


def test_a_row_whose_cell_holds_words_is_not_absent() -> None:
    text = lines([["行政许可", "见附件"], ["行政处罚", "3"], ["行政强制", "4"]])
    assert not [deviation for deviation in align(text, TABLE_2).deviations if deviation.expected == "行政许可"]


def test_a_row_of_which_nothing_could_be_read_is_no_part_of_the_row_of_table_4() -> None:
    numbers = ["1", "0", "0", "1", "2", "1", "0", "?", "1", "?", "0", "0", "0"]
    (row,) = align(lines([["?", "?"], numbers]), TABLE_4).rows
    assert row.strip is not None
    assert [cell.text for cell in row.strip.cells] == numbers


def test_all_numbers_of_the_single_row_in_one_cell_are_its_numbers() -> None:
    numbers = "2 0 0 1 3 1 0 0 1 2 1 0 0 0 1"
    (row,) = align(f"| 结果维持 | {numbers} | | |", TABLE_4).rows
    assert row.strip is not None
    assert [cell.text for cell in row.strip.cells] == numbers.split()


def test_a_head_broken_over_lines_is_worded_as_it_should_be() -> None:
    broken = ["自然", "人", "商业企", "业", "科研机构", "社会公", "益组织", "法律服务机构", "其他", "总计"]
    heads = [[head] for head in broken]
    named = [deviation.found for deviation in align(lines([*heads, *numbered()], "\n")).deviations]
    assert named == []
    heads.remove(["业"])
    named = [deviation.found for deviation in align(lines([*heads, *numbered()], "\n")).deviations]
    assert named == ["商业企"]


def test_a_column_under_a_shorter_name_known_in_the_wild_is_reported_and_sure() -> None:
    table = align(HEAD.replace("社会公益组织", "社会组织") + "\n" + lines(table_3_rows(PLAIN)))
    assert [deviation.found for deviation in table.deviations if deviation.code == "L001"] == ["社会组织"]
    assert table.renamed == ((),)


def test_rows_left_blank_keep_their_names_whatever_another_table_of_the_section_counts() -> None:
    report = report_html()
    rows = re.sub(
        r"(<td[^>]*>(?:规章|行政规范性文件)</td>)(?:<td[^>]*>[^<]*</td>)+", r"\1<td></td><td></td><td></td>", report
    )
    desks = [["承办股室", "建议", "提案", "议案"], ["规划股", "12", "1", "2"], ["综合股", "4", "1", "3"]]
    other = table_html([[(text, 1, 1) for text in row] for row in desks])
    markup = rows.replace("<table>", f"<p>承办情况如下：</p>{other}<p>公开情况如下：</p><table>", 1)
    fields = extract_content(markup.encode(), file="a.html").fields
    states = {fields[f"disclosure.{row}.issued"].state for row in ("regulations", "normative_documents")}
    assert states == {State.BLANK}


def test_numbers_beside_a_piece_of_a_label_are_a_persons_where_the_row_above_prints_nothing() -> None:
    rows = [["三、本", "（一）予以公开", *[""] * 7], ["年度办理结果", "", *["0"] * 7], *numbered()[4:]]
    table = align(HEAD + "\n" + "\n".join("| " + " | ".join(row) + " |" for row in [*numbered()[:2], *rows]))
    assert table.rows[2].contested
    assert table.rows[3].contested


@pytest.mark.parametrize(
    ("last", "note"), [("106", "row printed twice"), ("9", "row printed twice with other numbers")]
)
def test_a_row_printed_twice_is_reported_with_its_place(last: str, note: str) -> None:
    rows = numbered()
    rows.insert(9, [*rows[6][:-1], last])
    table = align(HEAD + "\n" + lines(rows))
    twice = [(item.code, item.found, item.note) for item in table.deviations]
    assert twice == [("S005", ROWS[6].label, note)]
    assert table.rows[6].contested == (last != "106")


def test_a_second_table_of_the_section_prints_no_row_twice() -> None:
    rows = numbered()
    assert not align(HEAD + "\n" + lines([*rows, *rows[3:8]])).deviations


def test_a_row_said_twice_before_the_rest_of_its_label_is_contested() -> None:
    rows = numbered()
    label = ROWS[19].label
    rows[19:20] = [[label[:12], *["119"] * 7], [label[:12], *["119"] * 6, "7"], [label[12:]]]
    assert align(HEAD + "\n" + lines(rows)).rows[19].contested


@pytest.mark.parametrize("label", ["3.其他", "3.萁他"])
def test_the_numbers_behind_a_label_are_not_those_of_the_label_above_that_lost_its_own(label: str) -> None:
    rows = numbered()
    rows[21:23] = [[rows[21][0]], [label, *rows[22][1:]]]
    table = align(HEAD + "\n" + "\n".join("| " + " | ".join(row) + " |" for row in rows))
    own = [row for row in table.rows if row.strip and row.strip.cells[0].text == "122"]
    assert [row.row for row in own] == [22] or all(row.contested for row in own)
