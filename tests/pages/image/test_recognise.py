"""Cells of scanned tables: the search for texts, the strips that the network sees, what it reads of clean digits."""

from __future__ import annotations

from itertools import product

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from extract.pages.image.crops import DIGIT_HEIGHT, STRIP_HEIGHT, normalise_crops
from extract.pages.image.ctc import ALPHABET, likeliest_texts
from extract.pages.image.grain import are_grain, weigh_grain
from extract.pages.image.recognise import join_strays, read_cell_images, temper
from extract.pages.image.witness import pool, read_lines_of_cells

WIDE = 1000  # prefixes: so many that none is dropped


def cell(text: str, *, size: float = 28, shape: tuple[int, int] = (60, 110), paper: int = 255) -> NDArray[np.uint8]:
    """A crop with the text in its middle, in the typeface that comes with Pillow: one that was never trained on."""
    picture = Image.new("L", shape[::-1], paper)
    font = ImageFont.load_default(size)
    ImageDraw.Draw(picture).text((shape[1] / 2, shape[0] / 2), text, font=font, fill=0, anchor="mm")
    return np.asarray(picture).copy()


def read(*texts: str) -> list[str]:
    return [reading.candidates[0][0] for reading in read_cell_images([cell(text) for text in texts])]


# ---------------------------------------------------------------- search


def columns_of(scores: list[list[float]]) -> NDArray[np.float32]:
    """Probabilities of nothing, 0, 1 and 2 in each column; every other symbol is impossible."""
    columns = np.zeros((len(scores), 1 + len(ALPHABET)), np.float32)
    for column, (nothing, *digits) in zip(columns, scores, strict=True):
        column[[0, *(1 + ALPHABET.index(digit) for digit in "012"[: len(digits)])]] = (nothing, *digits)
    return columns / columns.sum(axis=1, keepdims=True)


def texts_by_brute_force(columns: NDArray[np.float32]) -> dict[str, float]:
    """Every path through the columns, its runs joined and its gaps dropped."""
    sums: dict[str, float] = {}
    for path in product(range(4), repeat=len(columns)):
        joined = [symbol for place, symbol in enumerate(path) if place == 0 or symbol != path[place - 1]]
        text = "".join(ALPHABET[symbol - 1] for symbol in joined if symbol)
        sums[text] = sums.get(text, 0.0) + float(np.prod([columns[k, s] for k, s in enumerate(path)]))
    return sums


@given(st.lists(st.lists(st.floats(0.05, 1), min_size=4, max_size=4), min_size=1, max_size=5))
def test_the_search_finds_the_texts_and_probabilities_of_all_paths(scores: list[list[float]]) -> None:
    columns = columns_of(scores)
    wanted = texts_by_brute_force(columns)
    found = dict(likeliest_texts(columns, width=WIDE, count=WIDE))
    assert found == pytest.approx({text: wanted[text] for text in found}, abs=1e-5)
    assert sum(found.values()) == pytest.approx(1, abs=1e-4)


def test_a_digit_printed_twice_needs_a_gap() -> None:
    one, gap = [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]
    assert likeliest_texts(columns_of([one, one]), width=4, count=1) == (("1", 1.0),)
    assert likeliest_texts(columns_of([one, gap, one]), width=4, count=1) == (("11", 1.0),)


def test_columns_that_are_surely_empty_count_too() -> None:
    columns = columns_of([[1.0, 1e-5, 0.0]] * 40)
    ((text, probability),) = likeliest_texts(columns, width=4, count=1)
    assert text == ""
    assert probability == pytest.approx((1 / (1 + 1e-5)) ** 40, abs=1e-6)


# ---------------------------------------------------------------- strips


@pytest.mark.parametrize("size", [14, 28, 60])
def test_digits_of_every_size_come_out_equally_high(size: int) -> None:
    crops = [cell(text, size=size, shape=(size * 3, size * 4)) for text in ("0", "8", "126", "44")]
    for strip in (crop.strip for crop in normalise_crops(crops)):
        rows = np.flatnonzero(strip.max(axis=1) > 0.5)
        assert strip.shape[0] == STRIP_HEIGHT
        assert rows[-1] - rows[0] + 1 == pytest.approx(DIGIT_HEIGHT, abs=2)


def test_a_digit_high_up_in_a_tall_cell_comes_into_the_middle() -> None:
    crop = np.full((200, 90), 255, np.uint8)
    crop[20:80] = cell("5", shape=(60, 90))
    (strip,) = (normalised.strip for normalised in normalise_crops([crop]))
    rows = np.flatnonzero(strip.max(axis=1) > 0.5)
    assert (rows[0] + rows[-1]) / 2 == pytest.approx((STRIP_HEIGHT - 1) / 2, abs=1.5)


def test_remains_of_rules_do_not_draw_the_strip_to_the_edge() -> None:
    plain = cell("5")
    ruled = plain.copy()
    ruled[:3], ruled[-2:], ruled[:, :2] = 0, 0, 0
    strips = [normalised.strip for normalised in normalise_crops([plain, ruled])]
    middle = slice(strips[0].shape[1] // 4, -strips[0].shape[1] // 4)
    assert np.abs(strips[0][6:-6, middle] - strips[1][6:-6, middle]).max() < 0.2


@given(st.integers(1, 70), st.integers(1, 70), st.integers(0, 2**32 - 1))
def test_no_crop_breaks_the_strips(rows: int, columns: int, seed: int) -> None:
    crop = np.random.default_rng(seed).integers(0, 256, (rows, columns)).astype(np.uint8)
    for normalised in normalise_crops([crop, np.full((20, 30), 255, np.uint8)]):
        assert normalised.strip.shape[0] == STRIP_HEIGHT
        assert 0 <= normalised.strip.min() <= normalised.strip.max() <= 1


def test_specks_apart_from_the_digits_leave_the_strip_and_a_point_stays() -> None:
    plain, spoilt = cell("5", shape=(60, 200)), cell("5", shape=(60, 200))
    spoilt[36:39, [20, 21, 22, 180, 181, 182]] = 0
    first, second = (normalised.strip for normalised in normalise_crops([plain, spoilt]))
    assert np.abs(first - second).max() < 0.1
    assert read("0.5", "12.7", "3") == ["0.5", "12.7", "3"]


def test_short_dashes_beside_words_are_not_made_as_high_as_digits() -> None:
    dash = np.full((60, 110), 255, np.uint8)
    dash[28:34, 50:62] = 40
    crops = [*[dash] * 9, cell("4")]
    assert [own.candidates[0][0] for own in read_cell_images(crops, line_height=28)] == [*"-" * 9, "4"]
    (alone,) = normalise_crops([dash], line_height=28)
    assert (alone.strip.max(axis=1) > 0.5).sum() <= 6


# ---------------------------------------------------------------- reading


def test_no_crops_no_readings() -> None:
    assert read_cell_images([]) == []


def test_clean_digits_are_read() -> None:
    texts = ("0", "1", "7", "15", "128", "6058", "11", "0", "90", "345")
    assert read(*texts) == list(texts)


def test_an_empty_cell_among_numbers_is_empty() -> None:
    assert read("0", "", "12", "3", "") == ["0", "", "12", "3", ""]


def test_probabilities_come_best_first_and_sum_to_one_at_most() -> None:
    for reading in read_cell_images([cell(text) for text in ("0", "88", "", "3.5")]):
        probabilities = [probability for _, probability in reading.candidates]
        assert probabilities == sorted(probabilities, reverse=True)
        assert 0 < sum(probabilities) <= 1 + 1e-6


def test_words_are_no_number() -> None:
    for reading in read_cell_images([cell("0"), cell("WQH"), cell("Kg")]):
        text, probability = reading.candidates[0]
        assert text == "0" or "?" in text or probability < 0.9


def test_a_temperature_above_one_brings_the_texts_nearer_to_one_another() -> None:
    cold = (("8", 0.9), ("6", 0.05))
    warm = temper(cold, 2.0)
    assert [text for text, _ in warm] == ["8", "6"]
    assert warm[0][1] < 0.9
    assert warm[1][1] > 0.05
    assert dict(temper(cold, 1.0)) == pytest.approx(dict(cold))


# ---------------------------------------------------------------- the second opinion


def test_the_reader_of_lines_is_held_to_what_cells_print() -> None:
    ruled = cell("58")
    ruled[:3], ruled[-2:], ruled[:, :2] = 0, 0, 0
    crops = normalise_crops([cell("340"), ruled, cell("")])
    known = [texts[0][0] if texts else "" for texts in read_lines_of_cells([crop.line for crop in crops])]
    assert known == ["340", "58", ""]


def test_two_readers_who_agree_are_surer_than_one() -> None:
    (text, probability), *_ = pool((("12", 0.9), ("72", 0.1)), (("12", 0.9), ("1.2", 0.05)))
    assert text == "12"
    assert probability > 0.97


def test_two_readers_who_disagree_are_not_sure() -> None:
    texts = dict(pool((("12", 0.97), ("72", 0.02)), (("72", 0.97), ("12", 0.02))))
    assert max(texts.values()) < 0.95


def test_a_lone_digit_that_the_reader_of_lines_misses_stays() -> None:
    (text, _), *_ = pool((("1", 0.9), ("", 0.05)), (("", 0.99), ("1", 0.005)))
    assert text == "1"


def test_texts_of_one_meaning_are_one_reading() -> None:
    assert pool((("-", 0.6), ("/", 0.3)), (("/", 0.9),))[0][0] == "-"


# ---------------------------------------------------------------- grain

NUMBER, UNSURE = (("7", 0.999),), (("", 0.5), ("4", 0.3), ("-", 0.1))


def test_a_cell_far_lighter_than_the_numbers_of_its_table_is_empty() -> None:
    *numbers, grain, faint, dark = weigh_grain([NUMBER] * 3 + [UNSURE] * 3, [100, 110, 120, 15, 35, 90])
    assert numbers == [NUMBER] * 3
    assert grain[0][0] == faint[0][0] == ""
    assert grain[0][1] > 0.99
    assert faint[1][0] == "-"
    assert dark == UNSURE


def test_faint_cells_tell_nothing_where_sure_numbers_are_as_faint() -> None:
    assert weigh_grain([NUMBER] * 5 + [UNSURE], [100, 110, 120, 30, 30, 30])[-1] == UNSURE
    assert weigh_grain([NUMBER, UNSURE], [100, 20])[-1] == UNSURE


def test_noise_of_the_paper_is_no_number() -> None:
    noise = np.random.default_rng(5)
    crops = [cell(text, paper=235) for text in ("", "3", "12", "0", "48", "6")]
    worn = [np.clip(crop + noise.normal(0, 40, crop.shape), 0, 255).astype(np.uint8) for crop in crops]
    empty, *_ = read_cell_images([np.asarray(cv2.GaussianBlur(crop, (0, 0), 1.2), np.uint8) for crop in worn])
    assert empty.candidates[0][0] == ""
    assert empty.candidates[0][1] > 0.99


def test_a_dash_behind_a_number_is_dirt() -> None:
    joined = join_strays((("5-", 0.5), ("5", 0.3), ("-5", 0.1), ("2.1/", 0.05)))
    assert joined == (("5", 0.8), ("-5", 0.1), ("2.1", 0.05))


def test_what_is_lighter_than_the_numbers_of_the_table_is_grain() -> None:
    light = cell("", paper=235)
    light[20:40:4, 20:90:4] = 190
    numbers = [cell(text, paper=235) for text in ("3", "12", "0")]
    assert are_grain([light, cell("7", paper=235)], numbers, 20.0) == [True, False]
    assert are_grain([light], numbers[:2], 20.0) == [False]
