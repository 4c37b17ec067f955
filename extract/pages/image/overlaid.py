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
from extract.quick import record, replace

_PAPER = 75  # per cent of a cell's pixels are darker than its paper, at most
_DIGIT = 95  # per cent of the pixels in the box of a number are lighter than its strokes
_LEVELS = (0.6, 0.68, 0.76)  # shares of the darkness of digits from which ink is print, one for each look ...
_ABOVE, _DARKEST = (0.06, 0.11, 0.16), 0.88  # ... or so far above the seal's own share, where it is dark; at most that
_EDGE = 2  # pixels at the sides of a cell where its rules may be
_SEAL = 90  # per cent of the ink above and below the row of numbers are lighter than the seal's strokes
_AROUND = 0.9  # points around such ink that are its own border
_LIGHTER = 0.25  # share of a digit's darkness from which ink is no dirt
_REMOVED = 0.02  # of the square of a digit's height: fewer pixels of lighter ink are dirt
_ROOM = 0.4  # heights of a digit above and below the numbers of its row
_AGREE = 0.35  # heights of a digit by which the numbers of a row may stand higher or lower than one another
_FEWEST = 3  # numbers that tell where those of their row stand, and how dark they are
_READABLE = 0.5  # probability from which a look sees a number
_NUMBER = re.compile(r"(0|[1-9][\d,]*)(\.\d+)?")  # as it is printed, without zeros before it
_NOT_SURE = (("?", 1.0),)  # a look that sees nothing
_AS_HIGH = (0.6, 1.6)  # heights of a digit that print outside the row of numbers has which may be a number's


@record
class Print:
    """What the sure numbers of a table look like, in grey levels and pixels; `bands`: top and bottom of a row's.

    `levels`: the shares of their darkness from which ink is print, one for each look.
    """

    darkness: float
    height: float
    bands: Mapping[int, tuple[float, float]]
    levels: tuple[float, ...] = _LEVELS

    @property
    def is_dark(self) -> bool:
        """Whether the seal over them is nearly as dark."""
        return self.levels != _LEVELS


def print_of(numbers: Sequence[tuple[int, PixelBox]], flat: Grey) -> Print | None:
    """The look of numbers that were read for sure, given by (row, box on the page); None where they are too few."""
    if len(numbers) < _FEWEST:
        return None
    height = float(np.median([box[3] - box[1] for _, box in numbers]))
    levels = [float(np.percentile(255 - flat[y0:y1, x0:x1].astype(int), _DIGIT)) for _, (x0, y0, x1, y1) in numbers]
    rows: dict[int, list[PixelBox]] = {}
    for row, box in numbers:
        rows.setdefault(row, []).append(box)
    bands = {row: band for row, own in rows.items() if (band := _band(own, height))}
    return Print(float(np.median(levels)), height, bands)


def _band(boxes: Sequence[PixelBox], height: float) -> tuple[float, float] | None:
    middles = [(box[1] + box[3]) / 2 for box in boxes]
    middle = float(np.median(middles))
    if len(boxes) < _FEWEST or max(abs(own - middle) for own in middles) > _AGREE * height:
        return None
    return middle - height / 2, middle + height / 2


def beside_seal(known: Print, flat: Grey, cells: Sequence[tuple[int, PixelBox]]) -> Print:
    """The same, its levels above those of a dark seal: what stands above and below the numbers of the `cells` tells."""
    parts = []
    for row, box in cells:
        crop, inside = flat[box[1] : box[3], box[0] : box[2]], _inside(box, row, known)
        outside = np.concatenate([crop[: inside.start], crop[inside.stop :]])
        parts.append(np.percentile(crop, _PAPER) - outside[:, _EDGE:-_EDGE].ravel())
    ink = np.concatenate(parts) if parts else np.empty(0)
    ink = ink[ink > _LIGHTER * known.darkness]
    if len(ink) < known.height**2:
        return known
    seal = float(np.percentile(ink, _SEAL)) / known.darkness
    raised = tuple(seal + above for above in _ABOVE)
    return replace(known, levels=raised) if _LEVELS[0] < raised[0] and raised[-1] <= _DARKEST else known


def _inside(box: PixelBox, row: int, known: Print) -> slice:
    """The rows of a cell's pixels where the numbers of its row stand."""
    top, bottom = known.bands.get(row, (box[1], box[3]))
    room = _ROOM * known.height
    return slice(max(0, round(top - box[1] - room)), max(0, round(bottom - box[1] + room)))


def without_seal(flat: Grey, box: PixelBox, row: int, known: Print, unit: float) -> list[Grey]:
    """Looks at the cell without what is lighter than print, and without what stands above and below its row's numbers.

    None where nothing of it is, or where print stands there that may be a number's.
    """
    crop = flat[box[1] : box[3], box[0] : box[2]]
    paper = int(np.percentile(crop, _PAPER))
    inside = _inside(box, row, known)
    looks = []
    for level in known.levels:
        own = _of_print(crop, paper, level * known.darkness, unit)
        if _stands_outside(own, inside, known.height):
            return []
        own[: inside.start] = own[inside.stop :] = False
        gone = (paper - crop.astype(int) > _LIGHTER * known.darkness) & ~own
        if gone.sum() < _REMOVED * known.height**2:
            return []
        looks.append(np.where(own, crop, np.uint8(paper)).astype(np.uint8))
    return looks


def agree(before: CellReading | None, looks: Sequence[CellReading], *, dark: bool = False) -> CellReading | None:
    """The number that all looks at a cell see; beside what was seen `before`, where that was a number, too: light print
    may have been wiped off, and thin print under a `dark` seal, where no other number was seen. None where they see
    several, or none.
    """
    seen = [merge_readings(own.candidates)[0] for own in looks if own.candidates]
    texts = {text for text, _ in seen}
    if len(seen) < len(looks) or len(texts) > 1 or not _is_number(*texts) or min(own for _, own in seen) < _READABLE:
        return None
    together = mean_texts([own.candidates for own in looks])
    if before and before.candidates and _is_number(before.candidates[0][0]):
        together = mean_texts([before.candidates, together])
    elif dark:
        together = mean_texts([*(own.candidates for own in looks), _NOT_SURE])
    return CellReading(together)


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text))


def _of_print(crop: Grey, paper: int, least: float, unit: float) -> NDArray[np.bool_]:
    """The pixels of ink as dark as that, and those around them."""
    import cv2

    core = (paper - crop.astype(int) >= least).astype(np.uint8)
    size = 2 * max(1, round(_AROUND * unit)) + 1
    return np.asarray(cv2.dilate(core, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))) > 0)


def _stands_outside(mask: NDArray[np.bool_], inside: slice, height: float) -> bool:
    """Whether print as high as a digit stands above or below those rows: a number may be printed on two lines."""
    import cv2

    _, _, stats, centres = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    heights: Any = stats[1:, 3]
    outside: Any = (centres[1:, 1] < inside.start) | (centres[1:, 1] >= inside.stop)
    return bool((outside & (heights >= _AS_HIGH[0] * height) & (heights <= _AS_HIGH[1] * height)).any())
