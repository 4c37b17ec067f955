"""Columns that only part others: Word and old web editors leave narrow empty ones between the columns of numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from extract.alignment.spacers import drop_spacers
from extract.forms import load_form
from extract.pages import read_content
from extract.pipeline import gather_evidence
from extract.records import Place, RawCell, Row, State
from extract.settings import load_settings
from tests.pages.statutory import Cell, challenge_rows, report_html, request_rows, table_html

SETTINGS = load_settings()
BLANK = ("requests.received.research", "requests.granted.natural_person", "requests.handled.public_welfare")
LABELS = 3  # columns of labels in table 3


def blanked(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """Table 3 with three cells left blank, each in another row and column."""
    cells = [list(row) for row in rows]
    for row, column in ((3, 2), (5, 0), (26, 3)):
        cells[row][column - 7] = ("", 1, 1)
    return cells


def behind(rows: list[list[Cell]]) -> list[list[Cell]]:
    """A spacer behind each number and each head; heads over several columns reach over theirs."""
    return [
        [part for text, wide, tall in row for part in spaced(text, wide, tall, last=k >= 3)]
        for k, row in enumerate(rows)
    ]


def spaced(text: str, wide: int, tall: int, *, last: bool) -> list[Cell]:
    is_label = text and not text.isdigit() if last else wide == LABELS and tall > 1
    if is_label:
        return [(text, wide, tall)]
    return [(text, 2 * wide - 1, tall), ("\u00a0", 1, tall)]


def over(rows: list[list[Cell]]) -> list[list[Cell]]:
    """A spacer before each number, under heads that reach over both."""
    return [
        [
            part
            for text, wide, tall in row
            for part in (
                [(text, wide if wide == LABELS and tall > 1 else 2 * wide, tall)]
                if k < 3
                else [(text, wide, tall)]
                if text and not text.isdigit()
                else [("", 1, 1), (text, 1, 1)]
            )
        ]
        for k, row in enumerate(rows)
    ]


@pytest.mark.parametrize("layout", [behind, over])
def test_a_blank_between_spacers_stays_in_its_own_column(
    layout: Callable[[list[list[Cell]]], list[list[Cell]]],
) -> None:
    plain = blanked(request_rows())
    narrow, wide = (
        report_html().replace(table_html(request_rows()), table_html(rows)) for rows in (plain, layout(plain))
    )
    expected, found = (
        gather_evidence(read_content(content.encode(), file="a.html", settings=SETTINGS)).cells
        for content in (narrow, wide)
    )
    assert {field for field, cell in found.items() if cell.state is State.BLANK} == set(BLANK)
    assert {field: cell.value for field, cell in found.items()} == {
        field: cell.value for field, cell in expected.items()
    }


def test_a_blank_column_of_a_table_without_heads_is_no_spacer() -> None:
    rows = challenge_rows()
    values = [("", 1, 1) if k in (3, 8) else cell for k, cell in enumerate(rows[3])]
    content = report_html().replace(table_html(rows), table_html(rows[:3]) + table_html([values]))
    cells = gather_evidence(read_content(content.encode(), file="a.html", settings=SETTINGS)).cells
    blank = {field for field, cell in cells.items() if cell.state is State.BLANK}
    assert blank == {"challenges.reconsideration.pending", "challenges.litigation_direct.pending"}


def test_rows_that_are_moved_below_their_heads_are_not_spaced() -> None:
    form = load_form("2021")
    spec = form.tables[1]
    heads = ["", *(column.label for column in spec.blocks[0].columns)]
    body = [[row.label, "", "1", "0", "0", "2", "0", "", "3"] for row in spec.blocks[0].rows[:3]]
    beyond = RawCell("")  # the head row states no cell over the last column
    items = [
        Row((*(RawCell(text, place=Place(1, r, k + 1)) for k, text in enumerate(texts)), *[beyond][r - 1 :]), 1, 1, r)
        for r, texts in enumerate([heads, *body], 1)
    ]
    assert list(drop_spacers(items, spec)) == items


def test_a_blank_amount_beside_its_label_alone_on_a_page_is_no_spacer() -> None:
    spec = next(spec for spec in load_form("2021").tables if len(spec.blocks) > 1)
    row = Row((RawCell("行政事业性收费", place=Place(1, 1, 1)), RawCell("", place=Place(1, 1, 2))), 1, 1, 1)
    assert list(drop_spacers([row], spec)) == [row]
