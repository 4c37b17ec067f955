"""Numbers one to a line of which the last row is lost: the sums of the others tell whose they are."""

from __future__ import annotations

import pytest

from extract.pipeline import extract_content
from tests.test_places import LABELS, TAIL, text_of

MANY = (
    [(5, 3, 8), (1, 0, 1), (3, 1, 4), (1, 1, 2)] + [(0, 0, 0)] * 16 + [(0, 0, 0)] * 3 + [(4, 2, 6), (2, 1, 3)]
)  # of the first two kinds of applicants and the totals
FEW = [(8, 0, 8), (1, 0, 1), (4, 0, 4), (2, 0, 2)] + [(0, 0, 0)] * 19 + [(6, 0, 6), (3, 0, 3)]


def doubtful_rows(counts: list[tuple[int, int, int]], kept: range) -> set[str]:
    """The rows with a doubtful cell of a table of which only these rows are there, a cell on each line."""
    numbers = [[str(first), str(second), "0", "0", "0", "0", str(total)] for first, second, total in counts]
    lines = [text for k in kept for text in (LABELS[k], *numbers[k])]
    fields = extract_content("\n".join(text_of(lines, TAIL)).encode(), file="报告").fields
    rows = {name.rpartition(".")[0] for name, field in fields.items() if not field.accepted}
    return {row for row in rows if row.startswith("requests.")}


def test_only_the_lost_last_row_is_in_doubt_where_sums_place_all_others() -> None:
    assert doubtful_rows(MANY, range(24)) == {"requests.carried_out"}


@pytest.mark.parametrize(
    ("counts", "kept"),
    [(FEW, range(24)), (MANY, range(1, 25)), (MANY, range(23))],
    ids=["one kind of applicants", "the first row is lost", "the total is lost, too"],
)
def test_all_are_in_doubt_where_chance_could_make_sums_hold(counts: list[tuple[int, int, int]], kept: range) -> None:
    assert len(doubtful_rows(counts, kept)) == 25
