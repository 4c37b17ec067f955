"""What converters make of a table: numbers before their label, empty lines between all cells, no column of totals."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from extract.alignment import align_table, other_alignments, restore_columns
from extract.cells import place_cells
from extract.reading import choose_rows
from extract.records import AlignedTable, CandidateRow, State
from extract.rules import linear_rules
from tests.text_builders import FORM, HEAD, TABLE_2, TABLE_3, TABLE_4, align, document, lines, read, table_3_rows

VALUES = {
    "requests.received": (9, 3, 0, 1, 0, 0, 13),
    "requests.granted": (6, 3, 0, 0, 0, 0, 9),
    "requests.denied.state_secret": (2, 0, 0, 1, 0, 0, 3),
    "requests.handled": (8, 3, 0, 1, 0, 0, 12),
    "requests.carried_out": (1, 0, 0, 0, 0, 0, 1),
}
ROWS = table_3_rows(VALUES)
PRINTED = [list(map(int, row[1:])) for row in ROWS]
SECOND = [
    *["第二十条第（一）项", "信息内容", "规章", "行政规范性文件", "本年制发件数", "本年废止件数", "现行有效件数"],
    *["0", "1", "2", "3", "4", "5", "第二十条第（五）项", "行政许可", "本年处理决定数量", "6"],
    *["第二十条第（六）项", "行政处罚", "行政强制", "本年处理决定数量", "7", "8"],
    *["第二十条第（八）项", "行政事业性收费", "本年收费金额", "9"],
]


def numbers(text: str) -> list[list[int | None]]:
    cells = iter(read(text).values())
    return [[None if cell.value is None else int(cell.value) for cell in (next(cells) for _ in range(7))] for _ in ROWS]


def test_numbers_that_stand_before_their_label_are_that_row_s() -> None:
    assert numbers("\n".join([HEAD, *(text for row in ROWS for text in (*row[1:], row[0]))])) == PRINTED


def test_numbers_behind_their_label_stay_that_row_s_though_one_row_has_none() -> None:
    rows = [row if k != 24 else row[:1] for k, row in enumerate(ROWS)]
    assert numbers("\n".join(text for row in rows for text in row))[:24] == PRINTED[:24]


def variants(texts: list[str]) -> list[AlignedTable]:
    table = align("\n".join(texts))
    return [table, *other_alignments(table)]


def chosen(texts: list[str]) -> Sequence[CandidateRow]:
    return choose_rows([place_cells(table, TABLE_3) for table in variants(texts)], linear_rules(FORM))


def received(rows: Sequence[CandidateRow]) -> list[Decimal | None]:
    return [cell.value if cell else None for cell in rows[0].placements[0].cells] if rows[0].placements else []


def test_sums_tell_the_labels_behind_from_those_before_where_the_numbers_of_the_first_row_are_lost() -> None:
    rows = chosen([HEAD, *(text for k, row in enumerate(ROWS) for text in (*(row[1:] if k else []), row[0]))])
    assert received(rows) == []
    assert [len(row.placements) > 0 for row in rows].count(False) == 1


def test_where_no_sum_tells_the_labels_behind_from_those_before_the_rows_are_contested() -> None:
    ones = [[row[0], *(["1", *["0"] * 5, "1"] if k == 0 else row[1:])] for k, row in enumerate(table_3_rows({}))]
    rows = chosen([text for row in ones[:-1] for text in row] + ones[-1][:1])
    assert [k for k, row in enumerate(rows) if row.aligned.contested][:2] == [0, 1]


def test_empty_lines_between_all_cells_are_no_blank_cells() -> None:
    assert numbers("\n\n".join(text for row in ROWS for text in row)) == PRINTED


def test_a_few_lines_that_stand_close_make_no_blank_cells_of_the_empty_lines_between_the_others() -> None:
    texts = [text for row in ROWS for text in row]
    gaps = ["\n" if k % 9 == 4 else "\n\n" for k in range(len(texts))]
    assert numbers("".join(text + gap for text, gap in zip(texts, gaps, strict=True))) == PRINTED


def test_a_unit_that_stands_apart_from_its_number_is_its_unit() -> None:
    cells = read("规章 无 无 无\n行政规范性文件 9 件 8 件 107 件", TABLE_2)
    assert [cells[f"disclosure.normative_documents.{name}"].value for name in ("issued", "repealed", "in_force")] == [
        9,
        8,
        107,
    ]


def test_a_fraction_where_a_count_should_stand_leaves_open_which_of_the_lines_is_which() -> None:
    row = align("规章\n1\n2.5\n3\n行政规范性文件\n0\n0\n0\n行政许可\n7\n行政处罚\n8", TABLE_2).rows[0]
    assert row.contested


def test_a_fraction_right_behind_its_label_is_no_amount_where_the_amount_is_printed() -> None:
    row = align("行政处罚\n7\n行政强制\n2.5\n本年收费金额\n行政事业性收费\n0", TABLE_2).rows[4]
    assert not row.contested


def test_so_is_one_right_before_its_label_where_all_numbers_stand_before_theirs() -> None:
    row = align("本年处理决定数量\n7\n行政处罚\n2.5\n行政强制\n本年收费金额\n0\n行政事业性收费", TABLE_2).rows[4]
    assert not row.contested


def test_an_empty_line_in_place_of_a_cell_is_a_blank_cell() -> None:
    rows = [[text if text != "0" else "" for text in row] for row in ROWS]
    cells = read("\n".join(text for row in rows for text in row))
    assert cells["requests.received.research"].state is State.BLANK


def test_rows_that_all_lack_their_total_lack_no_applicant() -> None:
    for text in (lines([row[:7] for row in ROWS], " "), "\n".join(text for row in ROWS for text in row[:7])):
        cells = read(text)
        assert cells["requests.received.total"].state is State.BLANK
        assert numbers(text) == [[*row[:6], None] for row in PRINTED]


def test_rows_whose_last_number_may_be_the_total_tell_no_empty_column() -> None:
    rows = [[row[0], *row[2:]] for row in ROWS]  # without natural persons
    assert read(lines(rows, " "))["requests.received.total"].state is not State.BLANK


def test_a_head_in_pieces_on_two_lines_is_no_lacking_column() -> None:
    heads = "自然人 商业 科研 社会公 法律服 其他 总计\n企业 机构 益组织 务机构\n"
    zeros = [row[:7] for row in table_3_rows({})]
    assert [item for item in align(heads + lines(zeros, " ")).deviations if item.note == "column"] == []


def second_table(texts: list[str]) -> list[list[str]]:
    items = [document("\n".join(part)).items for part in (texts, [], [])]
    tables = [align_table(own, spec) for own, spec in zip(items, FORM.tables, strict=True)]
    return [
        [cell.text for cell in row.strip.cells] if row.strip else []
        for row in restore_columns(tables, items, FORM)[0].rows
    ]


def test_the_numbers_of_table_2_behind_all_their_labels_are_read_in_sequence() -> None:
    assert second_table(SECOND) == [["0", "1", "2"], ["3", "4", "5"], ["6"], ["7"], ["8"], ["9"]]


def test_numbers_of_table_2_before_the_head_of_their_column_are_in_no_known_sequence() -> None:
    turned = [text for text in SECOND if text != "现行有效件数"]
    assert second_table([*turned, "现行有效件数"]) != second_table(SECOND)
    assert TABLE_2.blocks[0].columns[2].label == "现行有效件数"


def fourth_table(text: str) -> AlignedTable:
    return align(text, TABLE_4)


def test_table_4_in_pieces_with_heads_between_is_open_where_its_sums_fail() -> None:
    heads = "结果维持 结果纠正 其他结果 尚未审结 总计"
    torn = f"行政复议\n{heads}\n2\n0\n0\n0\n未经复议直接起诉\n{heads}\n1\n0\n0\n0\n2\n总计\n1\n0\n0\n0\n0\n0"
    whole = f"行政复议\n{heads}\n2\n0\n0\n0\n2\n未经复议直接起诉\n{heads}\n1\n0\n0\n0\n1\n总计\n0\n0\n0\n0\n0"
    assert fourth_table(torn).rows[0].contested
    assert not fourth_table(whole).rows[0].contested


def test_a_report_full_of_the_word_for_nothing_is_put_in_order_column_by_column() -> None:
    labels = [row[0] for row in ROWS]
    columns = ["无" if text == "0" else text for k in range(1, 8) for text in (row[k] for row in ROWS)]
    items = [document("\n".join(part)).items for part in ([], [*labels, *columns], [])]
    tables = [align_table(own, spec) for own, spec in zip(items, FORM.tables, strict=True)]
    rows = restore_columns(tables, items, FORM)[1].rows
    assert [[cell.text for cell in row.strip.cells] if row.strip else [] for row in rows] == [
        ["无" if text == "0" else text for text in row[1:]] for row in ROWS
    ]


def test_heads_that_stand_in_two_lines_are_not_what_else_stands_below_them() -> None:
    heads = ["结果 结果 其他 尚未", "维持 纠正 结果 审结 总计"]
    rows = [
        "行政复议  行政诉讼",
        "未经复议直接起诉  复议后起诉",
        *("   ".join([line.replace(" ", "   ")] * 3) for line in heads),
        "江浦市统计局",
    ]
    table = align("\n".join([*rows, "   ".join(["0"] * 15)]), TABLE_4)
    assert not [deviation for deviation in table.deviations if deviation.code == "L001"]


@pytest.mark.parametrize("cuts", [(3,), (2, 3, 5), (1, 6)])
def test_numbers_in_several_lines_between_two_labels_are_the_row_of_the_label_before(cuts: tuple[int, ...]) -> None:
    pieces = [(row[0], [row[1:][a:b] for a, b in zip((0, *cuts), (*cuts, None), strict=True)]) for row in ROWS]
    table = align("\n".join(line for label, own in pieces for line in (label, *(" ".join(piece) for piece in own))))
    assert [[int(cell.text) for cell in row.strip.cells] for row in table.rows if row.strip] == PRINTED
    assert [row.strip.texts for row in table.rows if row.strip] == [(row[0],) for row in ROWS]
    assert not any(row.strip.pieced for row in table.rows if row.strip)


def test_a_number_alone_beside_a_row_of_which_the_file_states_an_empty_cell_may_be_of_no_row() -> None:
    (label, *values, total), *others = ROWS
    lines = [label, f"| {' | '.join(values)} |  |", "", total]
    lines += [text for row in others for text in (row[0], " ".join(row[1:]))]
    row = align("\n".join([HEAD, *lines])).rows[0]
    assert row.strip is not None
    assert ([cell.text for cell in row.strip.cells], row.strip.pieced) == ([*values, total], len(values))
