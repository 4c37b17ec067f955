"""Faint print in a table is made dark: a page is stretched by its darkest ink, that of its rules and headings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extract.pages.image.ink import MOST_STRETCH, Grey, darken
from extract.pages.image.lines import PixelBox

_LEAST_CELL = 4  # pixels; in a smaller cell nothing is told
# Ink of the print in a table, the median of its cells: that of the darkest pixels of a cell, so many per cent of which
# are lighter. A cell with less ink than that is blank.
_PRINT, _DARKEST, _BLANK = 0.55, 99.5, 0.2
# Grain of the paper: so many per cent of a cell's pixels have at most so much ink. With more it looks like print.
_PAPER, _MOST_GRAIN = 75, 0.09


def stretch_print(flat: Grey, box: tuple[float, float, float, float], cells: Sequence[PixelBox]) -> Grey:
    """The page, the print of the table in `box` as dark as usual, or as the grain of its paper lets it be."""
    crops = [255 - flat[y0:y1, x0:x1] for x0, y0, x1, y1 in cells if min(x1 - x0, y1 - y0) >= _LEAST_CELL]
    darkest = [ink for own in crops if (ink := float(np.percentile(own, _DARKEST))) >= _BLANK * 255]
    if not darkest:
        return flat
    grain = float(np.median([np.percentile(own, _PAPER) for own in crops]))
    stretch = min(_PRINT * 255 / float(np.median(darkest)), _MOST_GRAIN * 255 / max(1.0, grain), MOST_STRETCH)
    if stretch <= 1.0:
        return flat
    x0, y0, x1, y1 = (max(0, round(value)) for value in box)
    stretched = flat.copy()
    stretched[y0:y1, x0:x1] = darken(flat[y0:y1, x0:x1], stretch)
    return stretched
