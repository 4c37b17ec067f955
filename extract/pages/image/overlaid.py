"""Numbers under a grey seal: its strokes are lighter than print, and most stand where no number of the row does."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extract.celltext import merge_readings
from extract.pages.image.ink import Grey
from extract.pages.image.lines import PixelBox
from extract.pages.image.recognise import CellReading, mean_texts
from extract.quick import record

_PAPER = 75  # per cent of a cell's pixels are darker than its paper, at most
_DIGIT = 95  # per cent of the pixels in the box of a number are lighter than its strokes
_LEVELS = (0.6, 0.68, 0.76)  # shares of the darkness of digits from which ink is print, one for each look
_DARKEST_LEVEL = 0.84  # one more, where a seal is so dark that lower ones leave it: thin strokes are lost there
# Looks that see the same number: one alone may see what is left of a seal. They are the last ones, for a seal that is
# darker than the lowest level is left by the first.
_FEWEST_LOOKS = 2
_AROUND = 0.9  # points around such ink that are its own border
_LIGHTER = 0.25  # share of a digit's darkness from which ink is no dirt
_REMOVED = 0.02  # of the square of a digit's height: fewer pixels of lighter ink are dirt
_ROOM = 0.4  # heights of a digit above and below the numbers of its row
_AGREE = 0.35  # heights of a digit by which the numbers of a row may stand higher or lower than one another
_FEWEST = 3  # numbers that tell where those of their row stand, and how dark they are
_READABLE = 0.5  # probability from which a look sees a number
_NUMBER = re.compile(r"(0|[-+]?[1-9][\d,]*)(\.\d+)?")  # as it is printed, without zeros before it
_AS_HIGH = (0.6, 1.6)  # heights of a digit that print outside the row of numbers has which may be a number's


@record
class Print:
    """What the sure numbers of a table look like, in grey levels and pixels; `bands`: top and bottom of a row's.

    `lower`: how far below the middle of its cell a number stands; None where that differs.
    """

    darkness: float
    height: float
    bands: Mapping[int, tuple[float, float]]
    lower: float | None = None

    def band(self, row: int, cell: PixelBox) -> tuple[float, float] | None:
        """Where a number stands in a cell of that row; None where that is not known."""
        if row in self.bands or self.lower is None:
            return self.bands.get(row)
        middle = (cell[1] + cell[3]) / 2 + self.lower
        return middle - self.height / 2, middle + self.height / 2


def print_of(numbers: Sequence[tuple[int, PixelBox, PixelBox]], flat: Grey) -> Print | None:
    """The look of numbers that were read for sure, given by (row, box on the page, that of the cell); None where they
    are too few.
    """
    if len(numbers) < _FEWEST:
        return None
    height = float(np.median([box[3] - box[1] for _, box, _ in numbers]))
    levels = [float(np.percentile(255 - flat[y0:y1, x0:x1].astype(int), _DIGIT)) for _, (x0, y0, x1, y1), _ in numbers]
    rows: dict[int, list[PixelBox]] = {}
    for row, box, _ in numbers:
        rows.setdefault(row, []).append(box)
    bands = {row: band for row, own in rows.items() if (band := _band(own, height))}
    lower = [(box[1] + box[3] - cell[1] - cell[3]) / 2 for _, box, cell in numbers]
    alike = max(lower) - min(lower) <= _AGREE * height
    return Print(float(np.median(levels)), height, bands, float(np.median(lower)) if alike else None)


def _band(boxes: Sequence[PixelBox], height: float) -> tuple[float, float] | None:
    middles = [(box[1] + box[3]) / 2 for box in boxes]
    middle = float(np.median(middles))
    if len(boxes) < _FEWEST or max(abs(own - middle) for own in middles) > _AGREE * height:
        return None
    return middle - height / 2, middle + height / 2


def without_seal(flat: Grey, box: PixelBox, row: int, known: Print, unit: float) -> list[Grey]:
    """Looks at the cell without what is lighter than print, and without what stands above and below its row's numbers.

    None at levels where nothing of it is, or where print stands there that may be a number's.
    """
    x0, y0, x1, y1 = box
    crop = flat[y0:y1, x0:x1]
    paper = int(np.percentile(crop, _PAPER))
    top, bottom = known.band(row, box) or (y0, y1)
    room = _ROOM * known.height
    inside = slice(max(0, round(top - y0 - room)), max(0, round(bottom - y0 + room)))
    looks: list[Grey] = []
    for level in (*_LEVELS, _DARKEST_LEVEL):
        if level == _DARKEST_LEVEL and len(looks) >= _FEWEST_LOOKS:
            break
        core = paper - crop.astype(int) >= level * known.darkness
        own = _around(core, unit)
        outside = _stands_outside(core, own, inside, known.height)
        own[: inside.start] = own[inside.stop :] = False
        gone = (paper - crop.astype(int) > _LIGHTER * known.darkness) & ~own
        if not outside and gone.sum() >= _REMOVED * known.height**2:
            looks.append(np.where(own, crop, np.uint8(paper)).astype(np.uint8))
    return looks


def agree(before: CellReading | None, looks: Sequence[CellReading]) -> CellReading | None:
    """The number that looks at a cell see; beside what was seen `before`, where that was a number, too: light print may
    have been wiped off. None where they see several, where too few see one, or where it is gone when more is wiped off.
    """
    told = [merge_readings(own.candidates)[0] for own in looks if own.candidates]
    texts = [text if _is_number(text) and probability >= _READABLE else "" for text, probability in told]
    first = next((k for k, text in enumerate(texts) if text), len(texts))
    if len(told) < len(looks) or len(set(texts[first:])) > 1 or len(texts) - first < _FEWEST_LOOKS:
        return None
    together = mean_texts([own.candidates for own in looks[first:]])
    if before and before.candidates and _is_number(before.candidates[0][0]):
        together = mean_texts([before.candidates, together])
    return CellReading(together)


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text))


def _around(core: NDArray[np.bool_], unit: float) -> NDArray[np.bool_]:
    """The pixels of ink, and those around them."""
    import cv2

    size = 2 * max(1, round(_AROUND * unit)) + 1
    around = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    return np.asarray(cv2.dilate(core.astype(np.uint8), around) > 0)


def _stands_outside(core: NDArray[np.bool_], own: NDArray[np.bool_], inside: slice, height: float) -> bool:
    """Whether print as high as a digit stands above or below those rows: a number may be printed on two lines.

    What reaches the edge of the cell goes on beyond it, as no print does. `own` is the ink of `core` with its borders.
    """
    import cv2

    _, labels, stats, centres = cv2.connectedComponentsWithStats(own.astype(np.uint8), connectivity=8)
    heights: Any = stats[:, 3]
    outside: Any = (centres[:, 1] < inside.start) | (centres[:, 1] >= inside.stop)
    as_high = (heights >= _AS_HIGH[0] * height) & (heights <= _AS_HIGH[1] * height)
    edges = ((labels[k] * core[k]).tolist() for k in (0, -1, (slice(None), 0), (slice(None), -1)))
    return bool(set(np.flatnonzero(outside & as_high).tolist()) - {0}.union(*edges))
