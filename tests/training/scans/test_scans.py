"""Synthetic scans: what cells print and how it is to be read, wear that is the same each time, sheets cut up."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest
from PIL import ImageFont

from extract.artifacts import model_entry, model_path
from extract.forms import load_form
from extract.pages.image.ctc import ALPHABET
from extract.pages.image.recognise import MODEL, CellReading
from training.scans.evaluate import Read, best, figures_of
from training.scans.fonts import Typeface, find_typefaces
from training.scans.layout import draft_to_html, sample_setting
from training.scans.network import LAYERS, count_weights, onnx_to_weights, weights_to_onnx
from training.scans.promote import open_model, promote
from training.scans.samples import sample_sheets
from training.scans.texts import label_of, sample_text
from training.scans.wear import load_wear, profiles, wear_page
from training.synthesis.compose import make_draft
from training.synthesis.office.old_form import print_on_old_form

SIZE = 20.0  # pixels an em


@pytest.fixture(scope="module")
def typeface(tmp_path_factory: pytest.TempPathFactory) -> Typeface:
    """The typeface that comes with Pillow, as a file."""
    path = tmp_path_factory.mktemp("fonts") / "plain.ttf"
    path.write_bytes(ImageFont.load_default(SIZE).font_bytes)
    return Typeface(path, "arial")


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("", ""), ("0", "0"), ("〇", "0"), ("１２", "12"), ("——", "-"), ("一", "-"), ("／", "/"), ("无", "无"),
        ("1,234", "1,234"), ("3.5万元", "3.5万元"), ("12件", "12件"), ("总计", "?"), ("5%", "5?"), ("a1b", "?1?"),
    ],
)  # fmt: skip
def test_what_a_cell_prints_is_told_in_the_recognisers_alphabet(printed: str, label: str) -> None:
    assert label_of(printed) == label


def test_every_kind_of_cell_is_sampled_with_a_label_in_the_alphabet() -> None:
    rng = np.random.default_rng(0)
    texts = [sample_text(rng) for _ in range(2000)]
    assert {text.kind for text in texts} == {
        "blank", "zero", "lone digit", "number", "separator", "decimal", "sign", "dash", "unit", "other"
    }  # fmt: skip
    assert all(set(text.label) <= set(ALPHABET) for text in texts)


@pytest.mark.parametrize("profile", profiles())
def test_wear_keeps_the_pages_shape_and_is_the_same_each_time(profile: str) -> None:
    page = np.full((90, 120), 255, np.uint8)
    page[30:60, 50:70] = 0
    worn = [wear_page(page, load_wear(profile), np.random.default_rng(4), size=SIZE) for _ in range(2)]
    assert worn[0].shape == page.shape
    assert np.array_equal(*worn)


def test_sheets_are_cut_into_their_cells_the_same_each_time(typeface: Typeface) -> None:
    sheets = [next(sample_sheets([typeface], [load_wear("train")], seed=1)) for _ in range(2)]
    first, second = sheets
    assert [cell.label for cell in first.cells] == [cell.label for cell in second.cells]
    assert all(np.array_equal(a.picture, b.picture) for a, b in zip(first.cells, second.cells, strict=True))
    assert all(min(cell.picture.shape) >= 6 for cell in first.cells)


def test_a_cell_with_a_number_has_ink_and_an_empty_one_has_none(typeface: Typeface) -> None:
    clean = load_wear("clean")
    for sheet, _ in zip(sample_sheets([typeface], [clean], seed=2), range(4), strict=False):
        for cell in sheet.cells:
            inner = cell.picture[6:-6, 6:-6]
            if cell.kind == "blank" and inner.size:
                assert inner.mean() > 230
            if cell.kind in ("zero", "lone digit"):
                assert cell.picture.min() < 200


def test_typefaces_that_are_not_installed_are_named(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="fonts-noto-cjk"):
        find_typefaces("train", [tmp_path])


def _some_weights() -> list[tuple[np.ndarray, np.ndarray]]:
    """Weights of a network that has learned nothing."""
    rng = np.random.default_rng(0)
    inputs = [1, *(layer.channels for layer in LAYERS)]
    shapes = [(layer.channels, before, *layer.kernel) for before, layer in zip(inputs, LAYERS, strict=False)]
    return [(rng.normal(0, 0.1, shape).astype(np.float32), np.zeros(shape[0], np.float32)) for shape in shapes]


def test_the_network_is_small_and_its_onnx_gives_probabilities() -> None:
    session = open_model(weights_to_onnx(_some_weights()))
    (scores,) = session.run(None, {"strips": np.zeros((2, 1, 32, 64), np.float32)})
    assert count_weights() <= 150_000
    assert scores.shape == (2, 1 + len(ALPHABET), 1, 32)
    assert scores.sum(axis=1) == pytest.approx(1, abs=1e-5)


def test_dashes_and_spellings_of_one_number_are_one_meaning() -> None:
    assert best(CellReading((("1,234", 0.5), ("1234", 0.4)))) == ("1,234", pytest.approx(0.9))
    assert best(CellReading((("8", 0.4), ("-", 0.3), ("/", 0.3)))) == ("-", pytest.approx(0.6))


def test_figures_count_blanks_read_as_numbers_and_digits_that_got_lost() -> None:
    reads = [
        Read("", "", 1.0, "blank", "a"), Read("", "0", 0.995, "blank", "a"),
        Read("0", "", 0.6, "zero", "a"), Read("7", "7", 1.0, "lone digit", "a"),
    ]  # fmt: skip
    figures = figures_of(reads)
    assert (figures.right, figures.ghosts, figures.lost) == (0.5, 0.5, 0.5)
    assert figures.wrong == pytest.approx(1 / 3)


def test_a_page_shows_every_cell_of_the_three_tables() -> None:
    rng = random.Random(3)
    draft = make_draft(rng, "text-0", "train")
    draft.left_out.clear()
    html = draft_to_html(draft, sample_setting(rng, ["serif"], ["serif"]))
    assert html.count('class="value"') == len(draft.cells)
    print_on_old_form(draft)
    html = draft_to_html(draft, sample_setting(rng, ["serif"], ["serif"]))
    assert html.count('class="value"') == len(draft.cells) == len(load_form("2019").field_ids)


def test_a_network_written_as_onnx_is_read_back() -> None:
    weights = _some_weights()
    again = onnx_to_weights(weights_to_onnx(weights))
    assert all(
        np.array_equal(a, b) for one, other in zip(weights, again, strict=True) for a, b in zip(one, other, strict=True)
    )


def test_a_model_that_reads_worse_is_refused(
    tmp_path: Path, typeface: Typeface, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training.scans.promote.SHEETS", 1)
    registry = tmp_path / "registry.json"
    entry = {MODEL: model_entry(MODEL) | {"file": "current.onnx"}}
    registry.write_text(json.dumps(entry), encoding="utf-8")
    (tmp_path / "current.onnx").write_bytes(model_path(MODEL).read_bytes())
    assert not promote(weights_to_onnx(_some_weights()), tmp_path, [typeface], [typeface])
    assert json.loads(registry.read_text(encoding="utf-8")) == entry
