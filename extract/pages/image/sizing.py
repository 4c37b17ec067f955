"""How large a page was printed, told by its characters; where pages that were joined to one long picture part."""

from __future__ import annotations

from typing import Any

import numpy as np

from extract.pages.image.ink import Grey, flatten_paper, grey_to_ink
from extract.pages.image.lines import DARK

NARROW, WIDE = 595.0, 842.0  # points of the short and the long side of A4
_TALL_SHAPES = (WIDE / NARROW, 11 / 8.5)  # of A4 and letter paper held upright
_SHAPES = (*_TALL_SHAPES, *(1 / shape for shape in _TALL_SHAPES))
_MEASURED = 1100  # pixels of the short side at which characters are measured
_LOWEST, _HIGHEST = 7, 60  # pixels of a character there
_FEWEST = 40  # characters that tell a size
_TALL = 75.0  # percentile of the heights that is a whole character's: many are only a part of one
_SMALLEST = 5.5  # points of an ordinary character's ink, at least: a page of zeros is small print
_ALIKE = 0.08  # share of a page's height that joined pages may differ from a page's shape
_AS_GOOD = 0.03  # and by so much more those that stand upright, which are likelier
_BAND = 0.012  # share of a page's height that is empty where it ends
_EMPTY = 2.0  # mean grey of the ink of an empty row of pixels
_RULED, _RULES = 0.9, 3  # share of an empty place that a rule is dark along, and so many of them: no table is cut ...
_ROW = (0.012, 0.12)  # ... nor are two so near, by the page's breadth: a page break may leave one row of a table
_LINE, _BESIDE = 25, 0.005  # grey levels that a rule is darker than what lies by that share of the breadth beside it
_SHEET = 0.03  # share of the breadth at its sides where the edge of the sheet may be dark
_EMPTIEST = 0.04  # share of a page's height within which it ends


def points_wide(grey: Grey) -> float:
    """The width in points of a picture that stands upright: as wide as A4 held upright, or laid on its side; as wide as
    A3 where its characters would be too small else.
    """
    height, width = grey.shape
    if width > height:
        return WIDE
    character = _character_share(grey)
    if character is None:
        return NARROW
    return NARROW if character * NARROW >= _SMALLEST else WIDE


def _character_share(grey: Grey) -> float | None:
    """The height of a character as a share of the picture's width."""
    import cv2

    scale = min(1.0, _MEASURED / min(grey.shape))
    size: tuple[int, int] = (max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale)))
    small: Any = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    mask = (grey_to_ink(flatten_paper(small)) > DARK).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    widths, heights = stats[1:, 2], stats[1:, 3]
    own = (heights >= _LOWEST) & (heights <= _HIGHEST) & (widths >= heights / 3) & (widths <= 2 * heights)
    if own.sum() < _FEWEST:
        return None
    tall = float(np.percentile(heights[own], _TALL))
    return tall / size[0]


def cut_pages(grey: Grey) -> list[tuple[int, int]]:
    """(top, bottom) of each page of a picture: a long one is cut where pages end and nothing is printed."""
    height, width = grey.shape
    counts = [(height / width / shape, max(1, round(height / width / shape))) for shape in _SHAPES]
    offs = [abs(pages / count - 1) for pages, count in counts]
    order = sorted(range(len(offs)), key=lambda k: offs[k] if offs[k] > min(offs) + _AS_GOOD else 0.0)
    for count in (counts[k][1] for k in order if offs[k] <= _ALIKE):
        cuts = _empty_places(grey, count) if count > 1 else []
        if cuts or count == 1:
            return list(zip([0, *cuts], [*cuts, height], strict=True))
    return [(0, height)]


def cut_sides(grey: Grey) -> list[tuple[int, int]]:
    """(left, right) of each page of an upright picture: a wide one is cut where upright pages end side by side."""
    height, width = grey.shape
    for shape in _TALL_SHAPES:
        count = round(width / height * shape)
        if count > 1 and abs(count / (width / height * shape) - 1) <= _ALIKE:
            cuts = _empty_places(np.ascontiguousarray(grey.T), count)
            if cuts:
                return list(zip([0, *cuts], [*cuts, width], strict=True))
    return [(0, width)]


def _empty_places(grey: Grey, count: int) -> list[int]:
    """Where a picture of `count` pages can be cut; none where print, or rules, stand in the way of one cut."""
    height, width = grey.shape
    edge, side = round(_SHEET * width), width // 10
    ink = 255 - flatten_paper(grey[:, edge : width - edge])
    rows = ink[:, side - edge : width - side - edge].astype(np.float32).mean(axis=1)
    band = max(3, round(_BAND * height / count))
    most = np.convolve(rows, np.ones(band) / band, "same")
    reach = round(_EMPTIEST * height / count)
    cuts = []
    for k in range(1, count):
        middle = round(k * height / count)
        window = most[middle - reach : middle + reach]
        empty = np.nonzero(window <= max(_EMPTY, float(np.percentile(rows, 10)) + 1.0))[0]
        order = (middle - reach + empty[np.argsort(np.abs(empty - reach), kind="stable")]).tolist()
        cut = next((y for y in order if not _is_crossed(ink[max(0, y - band) : y + band])), None)
        if cut is None:
            return []
        cuts.append(cut)
    return cuts


def _is_crossed(ink: Grey) -> bool:
    """Whether rules run all through these rows of the picture, as those of one table do, or of one row of it."""
    import cv2

    broad: Any = cv2.dilate(ink, np.ones((1, 3), np.uint8))  # a rule leans by a pixel
    profile, beside = broad.mean(axis=0), max(2, round(_BESIDE * ink.shape[1]))
    ground = (np.roll(profile, beside) + np.roll(profile, -beside)) / 2
    ruled = (broad > ground + _LINE).mean(axis=0) >= _RULED
    starts = np.nonzero(np.diff(ruled.astype(np.int8)) == 1)[0]
    between = np.diff(starts) / len(ruled)
    return len(starts) >= _RULES or bool(((between >= _ROW[0]) & (between <= _ROW[1])).any())
