"""Seals and pens are made faint; what is printed in colour is as dark as it was."""

from __future__ import annotations

import io
from itertools import pairwise

import cv2
import numpy as np
import pytest
from PIL import Image

from extract.pages.image import image_to_pages
from extract.pages.image.colour import fade_colour
from extract.records import Row
from extract.settings import load_settings
from tests.pages.image.builders import COLUMNS, Grey, blank_page, in_colour, table_page, to_file

RED = (200, 30, 30)


def as_jpeg(page: Grey) -> Grey:
    buffer = io.BytesIO()
    Image.fromarray(page).save(buffer, "JPEG", quality=30)
    return np.asarray(Image.open(buffer).convert("RGB"))


def darkness(page: Grey, top: int, left: int) -> float:
    """The share of the ink of a place, 36 pixels high and 120 wide, that is left."""
    place = slice(top, top + 36), slice(left, left + 120)
    grey = cv2.cvtColor(np.asarray(page), cv2.COLOR_RGB2GRAY)
    return float((255.0 - fade_colour(page)[place]).sum() / (255.0 - grey[place]).sum())


def in_red(page: Grey, *, colour: tuple[int, int, int] = RED, down: int = 480) -> Grey:
    """The page with what stands in its table's columns of numbers down to there in red, the rules black."""
    red = in_colour(page)
    share = (255 - page[..., None]) / 255
    printed = (255 * (1 - share) + np.array(colour) * share).astype(np.uint8)
    for left, right in pairwise(COLUMNS[1:]):
        for top in range(304, down, 44):
            place = slice(top, top + 37), slice(left + 4, right - 3)
            red[place] = printed[place]
    return red


VALUES = [["label", *(str((7 * row + 3 * column) % 13) for column in range(7))] for row in range(8)]


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_numbers_printed_in_red_are_read_and_none_is_blank(kind: str) -> None:
    (read,) = image_to_pages(to_file(in_red(table_page(VALUES)), kind=kind), file="a", settings=load_settings())
    rows = [item.cells for item in read.items if isinstance(item, Row)]
    assert [[cell.text for cell in cells[1:]] for cells in rows] == [row[1:] for row in VALUES]


def test_numbers_printed_in_red_are_not_made_faint_with_a_seal_upon_them() -> None:
    page = in_red(table_page(VALUES))
    assert darkness(page, 392, 510) > 0.99
    cv2.circle(page, (670, 410), 133, (215, 90, 95), 5)
    assert darkness(page, 392, 510) > 0.99
    black = in_colour(table_page(VALUES))
    cv2.circle(black, (670, 410), 133, (215, 90, 95), 5)
    assert darkness(black, 392, 510) < 0.9


def test_black_numbers_with_coloured_edges_are_none_in_colour() -> None:
    page = in_colour(table_page(VALUES))
    cv2.circle(page, (670, 410), 133, (215, 60, 65), 5)
    page[:, 2:, 0] = page[:, :-2, 0].copy()
    assert darkness(page, 392, 510) < 0.9


@pytest.mark.parametrize("colour", [(255, 250, 140), (165, 255, 240)])
def test_a_coloured_ground_and_pale_letters_across_a_page_are_made_faint(colour: tuple[int, int, int]) -> None:
    page = in_colour(blank_page())
    page[300:340, 200:800] = colour
    cv2.putText(page, "MADE", (300, 740), cv2.FONT_HERSHEY_SIMPLEX, 1.5, colour, 6)
    assert darkness(page, 302, 300) < 0.2
    assert darkness(page, 704, 300) < 0.2


def test_thin_strokes_of_a_red_seal_are_faint_though_jpeg_spread_their_colour_and_black_ones_stay() -> None:
    page = in_colour(blank_page())
    for x in range(300, 420, 12):
        cv2.line(page, (x, 300), (x + 8, 340), (215, 90, 95), 1, cv2.LINE_AA)
        cv2.line(page, (x, 500), (x + 8, 540), (60, 60, 60), 1, cv2.LINE_AA)
        cv2.line(page, (x, 700), (x + 8, 740), (215, 90, 95), 1, cv2.LINE_AA)
    cv2.circle(page, (360, 320), 110, (215, 90, 95), 9)
    page = as_jpeg(page)
    assert darkness(page, 302, 300) < 0.5
    assert darkness(page, 702, 300) > 0.7  # words in red, far from the seal
    assert darkness(page, 502, 300) > 0.99


def test_faint_print_below_a_light_seal_stays_and_the_seal_does_not() -> None:
    page = in_colour(np.full((1684, 1190), 225, np.uint8))
    cv2.circle(page, (360, 320), 110, (212, 100, 105), 9)
    page[302:338, 310:400] = (212, 100, 105)  # its star ...
    page[310:330, 350:360] = (135, 64, 67)  # ... with grey print below it
    faded = fade_colour(page)
    assert faded[302:338, 312:340].min() > 200
    assert faded[312:328, 352:358].max() < 170
