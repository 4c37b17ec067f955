"""Faint print in a table is made dark, the grain of its paper is not."""

from __future__ import annotations

import numpy as np
import pytest

from extract.pages.image.faint import stretch_print
from tests.pages.image.builders import Grey

TABLE = (0.0, 0.0, 100.0, 60.0)
CELLS = [(2, 2, 48, 28), (52, 2, 98, 28), (2, 32, 48, 58), (52, 32, 98, 58)]


def page_of(print_: int, *, paper: int = 255, blank: int = 0) -> Grey:
    """A page with a table of dark rules; a stroke of that grey in each cell but the last `blank` ones."""
    page = np.full((100, 100), paper, dtype=np.uint8)
    page[[0, 30, 60]] = 0
    for x0, y0, x1, y1 in CELLS[: len(CELLS) - blank]:
        page[y0 + 8 : y1 - 8, (x0 + x1) // 2 : (x0 + x1) // 2 + 3] = print_
    return page


@pytest.mark.parametrize(("before", "after"), [(170, 115), (195, 123), (100, 100)])
def test_print_far_fainter_than_the_rules_is_made_dark(before: int, after: int) -> None:
    flat = stretch_print(page_of(before), TABLE, CELLS)
    assert flat[15, 25] == pytest.approx(after, abs=1)
    assert flat[80, 50] == 255


@pytest.mark.parametrize("blank", [1, 3, 4])
def test_blank_cells_do_not_make_print_seem_faint(blank: int) -> None:
    page = page_of(90, blank=blank)
    assert np.array_equal(stretch_print(page, TABLE, CELLS), page)


def test_print_on_grainy_paper_is_made_dark_no_further_than_the_grain_allows() -> None:
    page = page_of(170, paper=238)
    assert stretch_print(page, TABLE, CELLS)[15, 25] == pytest.approx(255 - 85 * 1.35, abs=1)
