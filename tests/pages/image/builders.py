"""Pages drawn for the tests: ruled tables with numbers, turned, faded and spoilt as scanners do it."""

from __future__ import annotations

import io
from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

Grey = npt.NDArray[np.uint8]
UNIT = 2.0  # pixels a point: 144 dots an inch
WIDTH, HEIGHT = 1190, 1684
COLUMNS = (100, 420, 520, 620, 720, 820, 920, 1020, 1120)


def blank_page() -> Grey:
    return np.full((HEIGHT, WIDTH), 255, dtype=np.uint8)


def draw_text(page: Grey, text: str, x: int, y: int) -> None:
    """Centred at x, y, about ten points high."""
    (width, height), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, 0.8, 2)
    cv2.putText(page, text, (x - width // 2, y + height // 2), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 20, 2, cv2.LINE_AA)


def draw_rules(page: Grey, xs: Sequence[int], ys: Sequence[int], *, ink: int = 0, thick: int = 2) -> None:
    for y in ys:
        cv2.line(page, (xs[0], y), (xs[-1], y), ink, thick)
    for x in xs:
        cv2.line(page, (x, ys[0]), (x, ys[-1]), ink, thick)


def table_page(values: Sequence[Sequence[str]], *, top: int = 300, height: int = 44, ink: int = 0) -> Grey:
    """A page with one table; the first column is a label column."""
    page = blank_page()
    xs = COLUMNS[: len(values[0]) + 1]
    ys = [top + height * k for k in range(len(values) + 1)]
    draw_rules(page, xs, ys, ink=ink)
    for row, texts in enumerate(values):
        for column, text in enumerate(texts):
            draw_text(page, text, (xs[column] + xs[column + 1]) // 2, (ys[row] + ys[row + 1]) // 2)
    return page


def turned(page: Grey, degrees: float) -> Grey:
    matrix = cv2.getRotationMatrix2D((page.shape[1] / 2, page.shape[0] / 2), -degrees, 1)
    return np.asarray(cv2.warpAffine(page, matrix, page.shape[::-1], borderValue=255), dtype=np.uint8)


def in_colour(page: Grey) -> Grey:
    return np.repeat(page[:, :, None], 3, axis=2)


def to_file(*pages: Grey, kind: str = "PNG", **options: object) -> bytes:
    buffer = io.BytesIO()
    first, *others = (Image.fromarray(page) for page in pages)
    more = {"save_all": True, "append_images": others} if others else {}
    first.save(buffer, kind, **more, **options)
    return buffer.getvalue()
