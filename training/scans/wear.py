"""A clean page image → the same page after printer, sheet, scanner and storage, by ranges from a data file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]  # rows × columns, grey
Range = tuple[float, float]
Generator = np.random.Generator

_DATA = Path(__file__).parent / "wear.toml"


@dataclass(frozen=True, slots=True)
class Wear:
    """The ranges of one profile; shares of pages are numbers, strengths are ranges (see wear.toml)."""

    dpi: Range
    points: Range
    ink: Range
    paper: Range
    skew: Range
    blur: Range
    resample: Range
    noise: Range
    specks: Range
    shade: Range
    bleed: Range
    jpeg: Range
    thin: float
    seal: float
    strokes: float
    fax: float
    streaks: float
    halftone: float = 0.0
    motion: float = 0.0
    creases: float = 0.0


@cache
def load_wear(profile: str) -> Wear:
    """The profile: train, held_out or clean. Raises: TypeError on an unknown key or one that is missing."""
    entry: dict[str, Any] = tomllib.loads(_DATA.read_text(encoding="utf-8"))[profile]
    ranges: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    return Wear(**ranges)


def profiles() -> tuple[str, ...]:
    """The names of the profiles in the data file."""
    return tuple(tomllib.loads(_DATA.read_text(encoding="utf-8")))


def wear_page(page: Picture, wear: Wear, rng: Generator, *, size: float) -> Picture:
    """The page, worn. `page` is black ink on white paper; `size` is that of its type in pixels an em.

    Order as in life: the printer, the sheet, the hand, the light, the sensor, the file.
    """
    for step in (_print, _stamp, _write, _crease, _light, _sense, _store):
        page = step(page, wear, rng, size)
    return page


_TAKEN_OUT = 0.2  # share of seals that were taken out by their colour, and left the ink under them paler


def _between(rng: Generator, span: Range, *, low: float = 1.0) -> float:
    """A number of the range; `low` > 1 prefers its lower end."""
    return float(span[0] + (span[1] - span[0]) * rng.random() ** low)


def _print(page: Picture, wear: Wear, rng: Generator, size: float) -> Picture:
    """Thinner or thicker strokes, halftone, and the grey of ink and paper."""
    draw = rng.random()
    if draw < 2 * wear.thin:
        page = _swell(page, rng, size, thicker=draw < wear.thin)
    if rng.random() < wear.halftone:
        page = _halftone(page, rng)
    ink, paper = _between(rng, wear.ink, low=1.5), _between(rng, wear.paper)
    scaled: Picture = (ink + page.astype(np.float32) * ((paper - ink) / 255)).astype(np.uint8)
    return scaled


def _swell(page: Picture, rng: Generator, size: float, *, thicker: bool) -> Picture:
    """Strokes grown or shrunk by a fraction of a pixel: a mixture of the page and its erosion or dilation."""
    kernel = np.ones((2, 2) if size < 28 else (3, 3), np.uint8)
    moved = cv2.erode(page, kernel) if thicker else cv2.dilate(page, kernel)
    share = rng.uniform(0.2, 0.9) if thicker else rng.uniform(0.2, 0.7)
    return np.asarray(cv2.addWeighted(moved, share, page, 1 - share, 0), np.uint8)


def _halftone(page: Picture, rng: Generator) -> Picture:
    """The dots of a printer that has no grey: an ordered pattern laid under the ink."""
    tile = np.array([[0, 2], [3, 1]], np.float32) * 60 + 30
    rows, columns = page.shape
    pattern = np.tile(tile, (rows // 2 + 1, columns // 2 + 1))[:rows, :columns]
    strength = rng.uniform(0.25, 0.6)
    return np.clip(page + pattern * strength * (page < 128), 0, 255).astype(np.uint8)


def _stamp(page: Picture, wear: Wear, rng: Generator, size: float) -> Picture:
    """What shines through from the back, and the strokes of seals, as a grey scan shows them."""
    strength = _between(rng, wear.bleed, low=2.5)
    if strength > 0.02 and rng.random() < 0.4:
        back = cv2.GaussianBlur(np.roll(page[:, ::-1], int(rng.integers(-40, 40)), axis=0), (0, 0), max(0.6, size / 14))
        page = np.clip(page - (255.0 - back) * strength, 0, 255).astype(np.uint8)
    if rng.random() < wear.seal:
        for _ in range(int(rng.integers(1, 4))):
            page = _seal(page, rng, size)
    return page


def _seal(page: Picture, rng: Generator, size: float) -> Picture:
    """One ring with a star and strokes inside; the ink of the text stays darker than that of the seal."""
    rows, columns = page.shape
    layer = np.full(page.shape, 255, np.uint8)
    radius = int(size * rng.uniform(2.5, 6))
    centre = (int(rng.integers(0, columns)), int(rng.integers(0, rows)))
    grey, thick = int(rng.integers(80, 210)), max(1, round(size * rng.uniform(0.06, 0.22)))
    cv2.circle(layer, centre, radius, grey, thick, cv2.LINE_AA)
    for _ in range(int(rng.integers(4, 26))):
        angle, reach = rng.uniform(0, 2 * np.pi), radius * rng.uniform(0.05, 0.9)
        start = (int(centre[0] + reach * np.cos(angle)), int(centre[1] + reach * np.sin(angle)))
        end = (start[0] + int(rng.normal(0, size * 0.5)), start[1] + int(rng.normal(0, size * 0.5)))
        cv2.line(layer, start, end, grey, max(1, thick - 1), cv2.LINE_AA)
    patchy = np.asarray(cv2.resize(rng.random((6, 8), dtype=np.float32), (columns, rows))) * rng.uniform(0, 0.9)
    layer = (255 - (255 - layer) * (1 - patchy)).astype(np.uint8)
    if rng.random() < _TAKEN_OUT:
        return np.asarray(page + (255.0 - page) * (255.0 - layer) / 255, np.uint8)
    if rng.random() < 0.6:
        return np.minimum(page, layer)
    return np.asarray(cv2.multiply(page, layer, scale=1 / 255), np.uint8)


def _write(page: Picture, wear: Wear, rng: Generator, size: float) -> Picture:
    """Handwriting and ticks: a few smooth strokes, anywhere."""
    if rng.random() >= wear.strokes:
        return page
    page = page.copy()
    for _ in range(int(rng.integers(1, 4))):
        start = rng.uniform((0, 0), page.shape[::-1])
        steps = np.cumsum(rng.normal(0, size * 0.35, (8, 2)), axis=0)
        smooth = cv2.blur(steps.astype(np.float32), (1, 3))
        points = (start + smooth).astype(np.int32).reshape(-1, 1, 2)
        cv2.polylines(page, [points], False, int(rng.integers(20, 170)), max(1, round(size / 18)), cv2.LINE_AA)
    return page


def _crease(page: Picture, wear: Wear, rng: Generator, size: float) -> Picture:
    """Folds: light and dark lines right across."""
    if rng.random() >= wear.creases:
        return page
    page = page.copy()
    rows, columns = page.shape
    for _ in range(int(rng.integers(1, 4))):
        left, right = int(rng.integers(0, rows)), int(rng.integers(0, rows))
        cv2.line(page, (0, left), (columns, right), int(rng.integers(150, 256)), 1 + int(size / 20), cv2.LINE_AA)
    return page


def _light(page: Picture, wear: Wear, rng: Generator, size: float) -> Picture:
    """Uneven light: a ramp with a bend across the page."""
    strength = _between(rng, wear.shade, low=2)
    if strength < 0.02:
        return page
    rows, columns = page.shape
    ramp = cv2.resize(rng.random((3, 3), dtype=np.float32), (columns, rows), interpolation=cv2.INTER_CUBIC)
    return np.asarray(page * (1 - strength * np.clip(ramp, 0, 1)), np.uint8)


def _sense(page: Picture, wear: Wear, rng: Generator, size: float) -> Picture:
    """What optics and sensor add: blur, motion, noise, dirt on the glass, streaks."""
    radius = _between(rng, wear.blur, low=2) * size
    if radius > 0.25:
        page = cv2.GaussianBlur(page, (0, 0), radius).astype(np.uint8)
    if rng.random() < wear.motion:
        length = max(2, round(size * rng.uniform(0.06, 0.16)))
        page = cv2.blur(page, (length, 1) if rng.random() < 0.5 else (1, length)).astype(np.uint8)
    page = _dirty(page, rng, _between(rng, wear.specks, low=3), size)
    if rng.random() < wear.streaks:
        page = _streak(page, rng)
    level = _between(rng, wear.noise, low=2)
    if level > 1:
        noise = rng.standard_normal(page.shape, dtype=np.float32) * level
        if rng.random() < 0.4:
            noise = cv2.GaussianBlur(noise, (0, 0), 0.8) * 2
        page = np.clip(page + noise, 0, 255).astype(np.uint8)
    return page


def _dirty(page: Picture, rng: Generator, share: float, size: float) -> Picture:
    """Specks of dirt, one pixel to a tenth of the type's size wide, dark or (holes in the ink) light."""
    count = int(share * page.size / 4)
    if not count:
        return page
    page = page.copy()
    rows, columns = page.shape
    dark = rng.random() < 0.75
    for x, y, radius in zip(
        rng.integers(0, columns, count), rng.integers(0, rows, count), rng.exponential(size / 26, count), strict=True
    ):
        grey = int(rng.integers(0, 140)) if dark else int(rng.integers(190, 256))
        cv2.circle(page, (int(x), int(y)), min(int(radius), int(size / 8)), grey, -1)
    return page


def _streak(page: Picture, rng: Generator) -> Picture:
    """Lines of a dirty scanner or a bad fax line, along one direction."""
    lines = page.astype(np.float32)
    for _ in range(int(rng.integers(1, 5))):
        shade = rng.uniform(-90, 60)
        if rng.random() < 0.6:
            lines[:, int(rng.integers(0, page.shape[1]))] += shade
        else:
            lines[int(rng.integers(0, page.shape[0]))] += shade
    return np.clip(lines, 0, 255).astype(np.uint8)


def _store(page: Picture, wear: Wear, rng: Generator, size: float) -> Picture:
    """What the file keeps: fewer pixels, black and white only, JPEG."""
    smallest = max(wear.resample[0], _SMALLEST_TYPE / size)
    scale = _between(rng, (min(smallest, 1.0), wear.resample[1]))
    if scale < 0.95 and rng.random() < 0.4:
        rows, columns = page.shape
        small = cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        page = cv2.resize(small, (columns, rows), interpolation=_ENLARGING[int(rng.integers(len(_ENLARGING)))])
        page = page.astype(np.uint8)
    if rng.random() < wear.fax:
        page = _black_and_white(page, rng, size)
    if rng.random() < 0.8:
        quality = round(_between(rng, wear.jpeg))
        _, stored = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, quality])
        page = np.asarray(cv2.imdecode(stored, cv2.IMREAD_GRAYSCALE), np.uint8)
    return page


_SMALLEST_TYPE = 10.0  # pixels an em: with less nobody can read a digit
_ENLARGING = (cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_NEAREST)


def _black_and_white(page: Picture, rng: Generator, size: float) -> Picture:
    """A fax or a copier's black and white: one threshold for the page, or one for each place."""
    if rng.random() < 0.5:
        paper, ink = np.percentile(page, 70), np.percentile(page, 1)
        level = ink + (paper - ink) * rng.uniform(0.4, 0.75)
        return np.where(page > level, 255, 0).astype(np.uint8)
    block = 2 * round(size * rng.uniform(0.8, 2)) + 1
    offset = rng.uniform(8, 25)
    local = cv2.adaptiveThreshold(page, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, block, offset)
    return np.asarray(local, np.uint8)
