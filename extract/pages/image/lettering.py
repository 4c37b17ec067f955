"""Pictures of single lines → their text, by the recogniser that the package rapidocr carries (PP-OCRv6, Apache-2.0)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from extract.errors import ModelError
from extract.pages.image.ink import Grey
from extract.quick import record

_FILE = "PP-OCRv6_rec_small.onnx"
_SHA256 = "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884"
_HEIGHT = 48  # pixels of a line, as the model was trained
_NARROWEST, _WIDEST = 32, 2400  # pixels of a line at that height
_STEP = 64  # widths are rounded up to it, so that lines of about one width go together
_BATCH_PIXELS = 8 * 1200  # of width that go into one batch; more gains no time and costs memory
_REMEDY = "install gouji[scan] again"


@record
class Lettering:
    """The text of a line, the mean probability (0..1) of its characters, and where each begins and ends (0..1).

    `digits` is the least probability of one of its digits, 1 where it has none; `least` that of any character.
    """

    text: str
    score: float
    spans: tuple[tuple[float, float], ...]
    digits: float = 1.0
    least: float = 1.0


def read_lines(pictures: Sequence[Grey]) -> list[Lettering]:
    """The text of every picture, dark on light, one line each.

    Raises: ModelError where the model is missing or is not the known one.
    """
    read: list[Lettering] = [Lettering("", 0.0, ())] * len(pictures)
    for batch, width in _batches(pictures):
        inputs = np.zeros((len(batch), 3, _HEIGHT, width), dtype=np.float32)
        shares = []
        for row, k in enumerate(batch):
            line = _to_height(pictures[k], width)
            inputs[row, :, :, : line.shape[1]] = line / 127.5 - 1.0
            shares.append(line.shape[1] / width)
        session, characters = load_reader()
        scores = session.run(None, {"x": inputs})[0]  # (n_lines, n_steps, n_characters)
        for row, k in enumerate(batch):
            read[k] = _decode(scores[row], characters, shares[row])
    return read


def _batches(pictures: Sequence[Grey]) -> Iterator[tuple[list[int], int]]:
    """(indexes of pictures, their width in pixels), lines of about one width together."""
    widths: dict[int, list[int]] = {}
    for k, picture in enumerate(pictures):
        width = picture.shape[1] * _HEIGHT / max(1, picture.shape[0])
        width = min(max(width, _NARROWEST), _WIDEST)
        widths.setdefault(int(np.ceil(width / _STEP)) * _STEP, []).append(k)
    for width, own in sorted(widths.items()):
        size = max(1, _BATCH_PIXELS // width)
        yield from ((own[first : first + size], width) for first in range(0, len(own), size))


def _to_height(picture: Grey, widest: int) -> npt.NDArray[np.float32]:
    import cv2

    width = round(picture.shape[1] * _HEIGHT / max(1, picture.shape[0]))
    size = (min(max(width, 8), widest), _HEIGHT)
    shrinks = picture.shape[0] > _HEIGHT
    return np.asarray(
        cv2.resize(picture, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR), dtype=np.float32
    )


def _decode(scores: npt.NDArray[np.float32], characters: Sequence[str], share: float) -> Lettering:
    """Greedy decoding; class 0 is the blank between characters. `share` is the part of the width that is no padding."""
    best = scores.argmax(axis=1)
    changed = np.concatenate(([True], best[1:] != best[:-1]))
    starts: list[int] = np.nonzero(changed & (best > 0))[0].tolist()  # plain numbers: they are written as places
    if not starts:
        return Lettering("", 0.0, ())
    ends = [int(next((k for k in range(start, len(best)) if best[k] != best[start]), len(best))) for start in starts]
    whole = len(best) * share
    text = "".join(characters[best[start] - 1] for start in starts)
    each = [float(scores[start:end, best[start]].max()) for start, end in zip(starts, ends, strict=True)]
    digits = min((own for own, character in zip(each, text, strict=False) if character.isdigit()), default=1.0)
    spans = tuple((min(start / whole, 1.0), min(end / whole, 1.0)) for start, end in zip(starts, ends, strict=True))
    return Lettering(text, float(np.mean(each)), spans, digits, min(each))


@cache
def load_reader() -> tuple[Any, tuple[str, ...]]:
    """(session on one thread, the characters of its classes)."""
    import onnxruntime

    path = _model_path()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise ModelError(f"{path}: ONNX Runtime cannot open the model: {error}") from error
    return session, (*session.get_modelmeta().custom_metadata_map["character"].splitlines(), " ")


def _model_path() -> Path:
    spec = find_spec("rapidocr")
    folder = Path(str(spec.origin)).parent / "models" if spec and spec.origin else Path()
    path = folder / _FILE
    if not path.is_file():
        raise ModelError(f"{path}: the model of text lines is missing; {_REMEDY}")
    if hashlib.sha256(path.read_bytes()).hexdigest() != _SHA256:
        raise ModelError(f"{path}: the model of text lines is not the known one; {_REMEDY}")
    return path
