"""Which cells of a grid hold numbers."""

from __future__ import annotations

import pytest

from extract.pages.image.counts import find_number_cells, is_sure
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


@pytest.mark.parametrize(("text", "sure"), [("-3", True), ("+12", True), ("0", True), ("-0", False), ("-", False)])
def test_a_number_with_a_sign_is_as_sure_as_one_without(text: str, sure: bool) -> None:
    assert is_sure(CellReading(((text, 0.995),))) == sure


def test_a_dash_in_an_empty_cell_among_labels_makes_no_numbers_of_them() -> None:
    rows = [["-", "seal", "6", "0"], ["", "label", "43", "1"], ["", "label", "5", "0"]]
    texts = {(r, c): text for r, row in enumerate(rows) for c, text in enumerate(row)}
    lines = {place: ((0, 0, 9, 9),) if text and text != "-" else () for place, text in texts.items()}
    pieces = [Piece(*place, 1, 1, (0, 0, 9, 9), lines[place], 0.0) for place in texts]
    readings = {k: CellReading(((text, 0.95),)) for k, text in enumerate(texts.values()) if not text.isalpha()}
    assert {pieces[k].column for k in find_number_cells(pieces, readings)} == {2, 3}
