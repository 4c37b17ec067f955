"""A newly trained recogniser → its temperature, its card, and its place among the models where it is no worse."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from extract.pages.image.crops import normalise_crops
from extract.pages.image.recognise import MODEL, CellReading, Texts, read_crops, temper
from training.promotion import read_entries, write_model
from training.scans.evaluate import Reader, figures_of, meaning_of, read_sheets, report
from training.scans.fonts import Typeface
from training.scans.network import OPSET, count_weights
from training.scans.samples import CellSheet, sample_sheets
from training.scans.wear import load_wear

TEMPERATURES = tuple(0.5 + 0.05 * step for step in range(51))
SHEETS = 100
_SEED = 55  # of the cells that the temperature is found on
_GATE_SEED = 66  # of the cells that old and new model are compared on
_ALLOWED_LOSS = 0.001  # share of cells right: a smaller difference is chance
_LEAST = 1e-6  # probability of a text that was not told, in the likelihood


def promote(model: bytes, models: Path, faces: Sequence[Typeface], held_out: Sequence[Typeface]) -> bool:
    """Puts model, entry and card into the folder, unless the one there reads more cells right; whether it did."""
    temperature = find_temperature(open_model(model), _sheets(faces, _SEED))
    new = reader_of(open_model(model), temperature)
    current = read_entries(models).get(MODEL)
    if current and _is_worse(new, current_reader(models, current), _sheets(held_out, _GATE_SEED)):
        return False
    entry = {"temperature": round(temperature, 2), "version": 1, "weights": count_weights()}
    write_model(models, MODEL, model, entry, card(faces, held_out, temperature, report(held_out, new)))
    return True


def _is_worse(new: Reader, old: Reader, sheets: Sequence[CellSheet]) -> bool:
    before, after = (figures_of(list(read_sheets(sheets, reader))).right for reader in (old, new))
    print(f"cells right: {before:.4f} before, {after:.4f} now")
    return after < before - _ALLOWED_LOSS


def current_reader(models: Path, entry: dict[str, Any]) -> Reader:
    """The recogniser that lies in the folder, by its entry in the registry."""
    return reader_of(open_model((models / entry["file"]).read_bytes()), entry["temperature"])


def open_model(model: bytes) -> Any:
    """An ONNX Runtime session on one thread."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def reader_of(session: Any, temperature: float) -> Reader:
    """The recogniser over that network, for crops of one sheet at a time."""
    return lambda crops: [
        CellReading(temper(texts, temperature)) for texts in read_crops(session, normalise_crops(crops))
    ]


def _sheets(faces: Sequence[Typeface], seed: int) -> list[CellSheet]:
    """Clean, worn and badly worn pages."""
    wears = [load_wear(name) for name in ("clean", "train", "held_out")]
    return list(islice(sample_sheets(faces, wears, seed=seed), SHEETS))


def find_temperature(session: Any, sheets: Sequence[CellSheet]) -> float:
    """The temperature under which what the cells print is most probable."""
    cells: list[tuple[str, Texts]] = []
    for sheet in sheets:
        texts = read_crops(session, normalise_crops([cell.picture for cell in sheet.cells]))
        cells += zip((cell.label for cell in sheet.cells), texts, strict=True)
    return min(TEMPERATURES, key=lambda temperature: _surprise(cells, temperature))


def _surprise(cells: Sequence[tuple[str, Texts]], temperature: float) -> float:
    """Mean negative logarithm of the probability of what is printed, texts of one meaning added up."""
    total = 0.0
    for label, texts in cells:
        wanted = meaning_of(label)
        told = sum(score for text, score in temper(texts, temperature) if meaning_of(text) == wanted)
        total -= math.log(min(1.0, max(_LEAST, told)))
    return total / len(cells)


def card(faces: Sequence[Typeface], held_out: Sequence[Typeface], temperature: float, figures: str) -> str:
    """The model's card."""
    return f"""# Cell recogniser

Reads the cells of scanned tables: digits, separators, signs, dashes, units, or nothing at all.

- **Model**: {count_weights()} weights, convolutions over grey strips 32 pixels high, CTC; ONNX, opset {OPSET}.
  Probabilities are tempered by {temperature:.2f}; doubtful cells are looked at five times.
- **Trained on**: synthetic cells of `training/scans` in {len(faces)} typefaces, clean and worn (`wear.toml`).
- **Measured on**: {len(held_out)} typefaces that were never trained on. `held_out` has kinds of wear that were not
  trained on (halftone, motion, creases) and goes beyond the strengths of training. "sure" is a probability of 0.99.
- **Rebuilt by**: `python -m training.scans.train`, which refuses a model that reads fewer cells right.
- **Not for**: handwriting, words (they come out as `?`), numbers in two lines.

{figures}
"""
