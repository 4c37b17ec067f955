"""Columns that only part others: Word and old web editors leave narrow empty ones between the columns of numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from extract.pages import read_content
from extract.pipeline import gather_evidence
from extract.records import State
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
