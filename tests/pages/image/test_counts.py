"""Which cells of a grid hold numbers."""

from __future__ import annotations

from extract.pages.image.counts import find_number_cells
from extract.pages.image.pieces import Piece
from extract.pages.image.recognise import CellReading


def find(rows: list[list[str]]) -> set[tuple[int, int]]:
    """The places of number cells; what is no number was not read as one."""
    texts = {(r, c): text for r, row in enumerate(rows) for c, text in enumerate(row)}
    pieces = [Piece(r, c, 1, 1, (0, 0, 9, 9), (), 0.0) for r, c in texts]
    readings = {k: CellReading(((text, 0.95),)) for k, text in enumerate(texts.values()) if not text.isalpha()}
    return {(pieces[k].row, pieces[k].column) for k in find_number_cells(pieces, readings)}


def test_dirt_beside_labels_makes_no_numbers_of_them() -> None:
    rows = [["/", "label", "", ""], ["", "label", "61", "77"], ["", "label", "604", "768"], ["label", "", "0", "0"]]
    assert {column for _, column in find(rows)} == {2, 3}


def test_a_column_of_one_number_and_one_cell_that_a_seal_covers_holds_numbers() -> None:
    assert find([["label", "1", "seal", "3"], ["label", "4", "5", "9"]]) >= {(0, 2), (1, 2)}
