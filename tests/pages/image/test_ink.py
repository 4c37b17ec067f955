"""Specks are wiped off a page, and red ink is made faint; nothing that may be print is."""

from __future__ import annotations

import io

import cv2
import numpy as np
from PIL import Image

from extract.pages.image.ink import split_colour, without_specks
from tests.pages.image.builders import UNIT, blank_page, draw_rules, draw_text, in_colour


def test_specks_go_also_where_they_stand_beside_a_rule() -> None:
    page = blank_page()
    draw_rules(page, (100, 400), (300, 344))
    printed = page.copy()
    page[[250, 306, 322], [50, 250, 104]] = 0
    assert np.array_equal(without_specks(page, UNIT), printed)


def test_the_point_of_a_number_is_no_speck() -> None:
    page = blank_page()
    draw_text(page, "44.23", 300, 320)
    assert np.array_equal(without_specks(page, UNIT), page)


def test_a_dash_is_no_speck() -> None:
    page = blank_page()
    page[320:322, 300:306] = 0
    assert np.array_equal(without_specks(page, UNIT), page)


def test_a_faint_figure_of_which_only_pieces_are_dark_is_no_specks() -> None:
    page = blank_page()
    draw_text(page, "0", 300, 320)
    page[page < 200] = 210
    page[[312, 326], [300, 300]] = 60
    assert np.array_equal(without_specks(page, UNIT), page)


def test_thin_strokes_of_a_red_seal_are_faint_though_jpeg_spread_their_colour_and_black_ones_stay() -> None:
    page = in_colour(blank_page())
    for x in range(300, 420, 12):
        cv2.line(page, (x, 300), (x + 8, 340), (215, 90, 95), 1, cv2.LINE_AA)
        cv2.line(page, (x, 500), (x + 8, 540), (60, 60, 60), 1, cv2.LINE_AA)
        cv2.line(page, (x, 700), (x + 8, 740), (215, 90, 95), 1, cv2.LINE_AA)
    cv2.circle(page, (360, 320), 110, (215, 90, 95), 9)
    buffer = io.BytesIO()
    Image.fromarray(page).save(buffer, "JPEG", quality=30)
    grey, faint, _ = split_colour(np.asarray(Image.open(buffer).convert("RGB")))
    before, after = (255.0 - own[302:338, 300:420].mean() for own in (grey, faint))
    assert after < 0.5 * before
    before, after = (255.0 - own[702:738, 300:420].mean() for own in (grey, faint))  # words in red, far from the seal
    assert after > 0.7 * before
    assert np.array_equal(faint[480:560, 290:430], grey[480:560, 290:430])
