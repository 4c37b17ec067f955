"""Numbers under a grey seal."""

from __future__ import annotations

import numpy as np
import pytest

from extract.pages.image.overlaid import Print, agree, print_of, without_seal
from extract.pages.image.recognise import CellReading
from tests.pages.image.builders import UNIT

KNOWN = Print(darkness=220.0, height=16.0, bands={1: (40.0, 56.0)})


@pytest.mark.parametrize(
    ("before", "looks", "text"),
    [
        ("00", "000", "0"),
        ("34", "344", ""),
        ("10", "000", "0"),
        ("?", "77?", ""),
        ("", "-" * 3, ""),
        ("?", "?00", "0"),
        ("?", "??0", ""),
        ("?", "00", "0"),
    ],
)
def test_looks_without_a_seal_count_where_those_agree_from_which_it_is_gone(before: str, looks: str, text: str) -> None:
    reading = agree(CellReading(((before, 0.9),)), [CellReading(((look, 0.99),)) for look in looks])
    assert (reading.candidates[0][0] if reading else "") == text


def test_what_was_read_before_print_was_wiped_off_stays_as_likely() -> None:
    reading = agree(CellReading((("10", 0.96),)), [CellReading((("0", 1.0),))] * 3)
    assert reading
    assert dict(reading.candidates) == {"0": 0.5, "10": 0.48}


@pytest.mark.parametrize(("above", "looks"), [(40, 0), (100, 2)])
def test_print_above_a_number_may_be_its_beginning_at_levels_where_it_is_no_seal(above: int, looks: int) -> None:
    page = np.full((96, 100), 255, dtype=np.uint8)
    page[40:56, 28:38] = 30  # the number
    page[10:26, 28:38] = above
    page[60:90, 44:52] = 140  # the seal
    assert len(without_seal(page, (0, 0, 100, 96), 1, KNOWN, UNIT)) == looks


@pytest.mark.parametrize(("seal", "looks"), [(140, 3), (90, 2), (40, 0)])
def test_a_seal_nearly_as_dark_as_print_is_looked_through_twice(seal: int, looks: int) -> None:
    page = np.full((96, 100), 255, dtype=np.uint8)
    page[40:56, 28:38] = 30  # the number
    page[66:82, 44:52] = seal  # a stroke of it, as high as a digit
    assert len(without_seal(page, (0, 0, 100, 96), 1, KNOWN, UNIT)) == looks


def test_a_sign_that_is_wiped_off_with_a_seal_leaves_the_number_in_doubt() -> None:
    reading = agree(CellReading((("-3", 0.99),)), [CellReading((("3", 0.99),))] * 2)
    assert reading
    assert max(probability for _, probability in reading.candidates) < 0.5


@pytest.mark.parametrize(("bottom", "looks"), [(96, 3), (92, 0)])
def test_a_dark_stroke_that_goes_on_beyond_the_cell_is_no_number(bottom: int, looks: int) -> None:
    page = np.full((96, 100), 255, dtype=np.uint8)
    page[40:56, 28:38] = 30  # the number
    page[bottom - 16 : bottom, 62:70] = 40
    page[4:8, 10:90] = 140  # the seal
    assert len(without_seal(page, (0, 0, 100, 96), 1, KNOWN, UNIT)) == looks


@pytest.mark.parametrize(("lower", "band"), [(2, (44, 60)), (None, None)])
def test_a_number_stands_where_those_of_other_rows_do(lower: float | None, band: tuple[float, float] | None) -> None:
    known = Print(darkness=220.0, height=16.0, bands={1: (40.0, 56.0)}, lower=lower)
    assert known.band(2, (0, 0, 90, 100)) == band
    assert known.band(1, (0, 0, 90, 100)) == (40, 56)


def test_how_far_below_the_middle_numbers_stand_is_told_where_all_do_alike() -> None:
    page = np.full((400, 100), 255, dtype=np.uint8)
    cells = [(0, 100 * k, 100, 100 * k + 100) for k in range(4)]
    boxes = [(40, 100 * k + 46, 48, 100 * k + 62) for k in range(4)]
    alike = print_of([(k, box, cell) for k, (box, cell) in enumerate(zip(boxes, cells, strict=True))], page)
    boxes[2] = (40, 210, 48, 226)
    others = print_of([(k, box, cell) for k, (box, cell) in enumerate(zip(boxes, cells, strict=True))], page)
    assert alike
    assert others
    assert (alike.lower, others.lower) == (4, None)
