"""Rows with blanks below heads that do not stand over their numbers: cells of a page were added or lost."""

from __future__ import annotations

from collections.abc import Sequence

from extract.alignment import align_table
from extract.forms import load_form
from extract.records import Place, RawCell, Row
from tests.text_builders import align, lines

SPEC = load_form("2021").tables[1]
NAMES = [column.label for column in SPEC.blocks[0].columns]
LABELS = [row.label for row in SPEC.blocks[0].rows]
FULL = ["1", "2", "3", "4", "5", "6", "21"]
BLANK = ["", "2", "", "", "3", "", "5"]


def contested(heads: Sequence[str], *rows: Sequence[str]) -> list[bool]:
    """Of each row of a web page's table whether nobody can tell its columns; no labels are in `heads` and `rows`."""
    texts = [["", *heads], *([label, *row] for label, row in zip(LABELS, rows, strict=False))]
    items = [
        Row(tuple(RawCell(text, place=Place(1, r, k + 1)) for k, text in enumerate(own)), 1, 1, r)
        for r, own in enumerate(texts, 1)
    ]
    return [row.contested for row in align_table(items, SPEC).rows[: len(rows)]]


def with_extra(row: Sequence[str], place: int) -> list[str]:
    return [*row[:place], "", *row[place:]]


def test_a_blank_row_with_an_extra_cell_below_heads_without_is_in_doubt_and_a_full_one_is_not() -> None:
    rows = [with_extra(row, 3) for row in (FULL, BLANK, FULL)]
    assert contested([*NAMES, ""], *rows) == [False, True, False]


def test_an_extra_cell_before_all_numbers_leaves_their_order() -> None:
    assert not any(contested([*NAMES, ""], *(with_extra(row, 0) for row in (FULL, BLANK, FULL))))


def test_rows_with_blanks_below_too_few_heads_are_in_doubt() -> None:
    heads = [*NAMES[:5], "", NAMES[6]]
    assert all(contested(heads, *[BLANK] * 6))


def test_a_row_whose_last_number_is_the_sum_of_the_others_before_a_blank_total_may_be_moved() -> None:
    moved, without = ["2", "", "", "3", "", "5", ""], ["2", "", "", "3", "", "4", ""]
    assert contested(NAMES, FULL, moved, without) == [False, True, False]


def test_numbers_further_apart_than_the_columns_that_have_heads_are_those_of_a_column_without() -> None:
    rows = [[label, "", "", "2", "", "", "", "", "3", "5"] for label in LABELS[:6]]
    table = align(lines([["", "", "", *NAMES[:6]], *rows]))
    assert table.columns == (tuple(range(7)),)
    assert table.columns_sure == (False,)
    assert not [own for own in table.deviations if own.code == "S002" and own.expected == "总计"]
