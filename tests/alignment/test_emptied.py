"""Empty lines among rows whose zeros are left blank."""

from __future__ import annotations

from tests.text_builders import HEAD, TABLE_3, align

BLANK = [""] * 7
ROWS = [
    [row.label, *(["1", "", "", "", "", "", "1"] if k % 3 == 0 else BLANK)]
    for k, row in enumerate(TABLE_3.blocks[0].rows)
]


def contested(rows: list[list[str]]) -> set[int]:
    text = "\n".join(f"| {' | '.join(row)} |" for row in [HEAD.split("\t"), *rows])
    return {k for k, row in enumerate(align(text).rows) if row.contested}


def test_an_empty_line_among_rows_of_blanks_may_be_one_of_them_without_its_label() -> None:
    assert contested([*ROWS[:9], ["", *BLANK], *ROWS[9:]]) >= set(range(3, 22))
    assert not contested(ROWS)


def test_an_empty_line_among_rows_that_print_their_zeros_is_none() -> None:
    full = [[row[0], *(value or "0" for value in row[1:])] for row in ROWS]
    assert not contested([*full[:9], ["", *BLANK], *full[9:]])
