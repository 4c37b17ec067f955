"""Image files of every kind become pictures of pages; broken ones become errors of our own."""

from __future__ import annotations

import contextlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from extract.errors import SourceError, UnreadableError, UnsupportedError
from extract.pages.image.ink import Picture
from extract.pages.image.pictures import open_pictures
from extract.pages.pdf import render_page
from extract.quick import replace
from extract.settings import Settings, load_settings
from tests.pages.image.builders import in_colour, table_page, to_file

PAGE = table_page([["a", "1", "2"]] * 3)[::4, ::4].copy()
PNG = to_file(PAGE)


def open_all(content: bytes, settings: Settings) -> list[Picture]:
    return [open_one() for open_one in open_pictures(content, file="a.png", settings=settings).values()]


def pictures(content: bytes, **settings: int) -> list[tuple[int, ...]]:
    changed = replace(load_settings(), **settings)
    return [picture.shape for picture in open_all(content, changed)]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP", "BMP"])
def test_every_kind_gives_red_green_and_blue(kind: str) -> None:
    assert pictures(to_file(in_colour(PAGE), kind=kind)) == [(421, 298, 3)]


def test_a_tiff_has_several_pages() -> None:
    assert len(pictures(to_file(PAGE, PAGE, PAGE, kind="TIFF"))) == 3


def test_a_photo_is_turned_as_its_camera_says() -> None:
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter turn to the right
    assert pictures(to_file(PAGE, kind="JPEG", exif=exif)) == [(298, 421, 3)]


def test_what_is_transparent_is_paper() -> None:
    clear = np.zeros((400, 300, 4), dtype=np.uint8)
    (picture,) = open_all(to_file(clear), load_settings())
    assert picture.min() == 255


def test_too_many_pixels_or_pages_are_refused() -> None:
    with pytest.raises(UnsupportedError, match="more than a page needs"):
        pictures(PNG, max_image_pixels=1000)
    with pytest.raises(UnsupportedError, match="3 pages"):
        pictures(to_file(PAGE, PAGE, PAGE, kind="TIFF"), max_pdf_pages=2)


def test_a_picture_that_is_cut_short_is_named() -> None:
    with pytest.raises(UnreadableError, match=r"a\.png.*broken"):
        pictures(PNG[: len(PNG) // 2])


@given(st.binary(max_size=40), st.integers(0, len(PNG) - 1))
@hypothesis_settings(max_examples=60, deadline=None)
def test_damage_anywhere_is_read_or_is_an_error_of_our_own(noise: bytes, place: int) -> None:
    with contextlib.suppress(SourceError):
        pictures(PNG[:place] + noise + PNG[place + len(noise) :])


def test_a_scan_in_a_pdf_is_drawn_with_the_pixels_that_it_has() -> None:
    stripes = np.tile(np.array([0, 255], dtype=np.uint8), (1754, 620))
    drawn = render_page(to_file(stripes, kind="PDF", resolution=150), 1, file="a.pdf")
    assert drawn.shape == (1754, 1240, 3)
    assert np.abs(np.diff(drawn[800, 500:740, 0].astype(int))).min() > 200
