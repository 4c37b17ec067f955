"""Pictures of number cells → what they may print, with probabilities. A stand-in until the model of cells is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from extract.celltext import parse_cell
from extract.pages.image.ink import grey_to_ink
from extract.pages.image.lettering import read_lines
from extract.records import State

_BLANK = 0.3  # darkest pixels of an empty cell


@dataclass(frozen=True, slots=True)
class CellReading:
    """Texts that the cell may print with their probabilities (their sum at most 1), best first; "" is a blank cell."""

    candidates: tuple[tuple[str, float], ...]


def read_cell_images(images: Sequence[npt.NDArray[np.uint8]]) -> list[CellReading]:
    """The readings of grey cell pictures (rows × columns, dark on light)."""
    boxes = [_ink_box(image) for image in images]
    inked = [k for k, box in enumerate(boxes) if box]
    crops = [images[k][box[1] : box[3], box[0] : box[2]] for k in inked if (box := boxes[k])]
    readings = [CellReading((("", 0.999),))] * len(images)
    for k, read in zip(inked, read_lines(crops), strict=True):
        parsed = parse_cell(read.text.strip())
        sure = parsed.state in (State.READ, State.DASH) and parsed.quality >= 1.0
        readings[k] = CellReading(((parsed.raw, min(0.999, read.score)),) if sure else ())
    return readings


def _ink_box(image: npt.NDArray[np.uint8]) -> tuple[int, int, int, int] | None:
    ink = grey_to_ink(image) > _BLANK
    ink[[0, 1, -1, -2]] = False
    ink[:, [0, 1, -1, -2]] = False
    ys, xs = np.nonzero(ink)
    if len(ys) < 4:
        return None
    pad = 3
    return max(0, xs.min() - pad), max(0, ys.min() - pad), xs.max() + pad + 1, ys.max() + pad + 1
