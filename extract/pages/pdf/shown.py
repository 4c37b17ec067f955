"""Whether the digits of a text layer are those that its page shows: a font may call the shape of a 3 an 8.

The page is drawn, its digits are sorted by what they are called and how they look, and one of each look is read by the
recogniser of cells.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from extract.artifacts import load_session
from extract.pages.image.ctc import likeliest_texts
from extract.pages.pdf.clock import Clock
from extract.pages.pdf.drawing import Drawing, Glyph
from extract.quick import record

Drawn = npt.NDArray[np.uint8]  # rows × columns, grey
Shapes = npt.NDArray[np.float32]  # digits × _ROWS × _COLUMNS, 0 paper, 1 ink

DIGIT_ROWS, STRIP_ROWS = 18.0, 32  # of a digit in the strip that the recogniser of cells sees, and of that strip
_DIGITS = "0123456789"
_FEWEST = 8  # digits of a page that is looked at: others hold no table
_EM = 26.0  # pixels of the usual type size: its digits are as large as the recogniser sees them
_MOST_PIXELS = 25_000_000  # of a page: twice what one long page of a whole report takes
_ABOVE, _BELOW = 0.95, 0.22  # type sizes around the base line in which a digit stands
_ROWS, _COLUMNS = 24, 12  # points at which a shape is looked at
_POOLED = 3  # points of one side of a square that are taken together
_ALIKE = 0.9  # correlation of two shapes that are the same
_MOST_LOOKS = 12  # of one digit on a page: a font has one or two, slanted and fine print more
_INK = 0.25  # of black: the darkest point of a digit is darker, the faintest grey print too
_SURE = 0.998  # a slanted 1 is no 7, of a digit that is surely another one nearly every look is so
_FEW_BLANK = 0.5  # share of the digits; where more are blank, the font is not there to be drawn
_WHITE = 255.0
_BESIDE = 4  # columns of paper beside the digit in its strip


@record
class _Page:
    """A page as drawn, upright, and its digits; `scale` is pixels a point."""

    drawn: Drawn
    digits: tuple[Glyph, ...]
    scale: float


def find_contradicted(
    drawings: Sequence[Drawing], draw: Callable[[int, float], Drawn], *, clock: Clock | None = None
) -> dict[int, str]:
    """Number of each page that shows other digits than its text layer states → what is wrong with it.

    `draw` gives the page of a number as it is shown, in grey, at so many pixels a point.

    Raises: UnsupportedError where the time of the clock is up.
    """
    found = {}
    for drawing in drawings:
        digits = tuple(glyph for glyph in drawing.glyphs if glyph.text in _DIGITS)
        if drawing.unread or len(digits) < _FEWEST:
            continue
        scale = _EM / max(float(np.median([glyph.size for glyph in digits])), 1.0)
        scale = min(scale, (_MOST_PIXELS / (drawing.width * drawing.height)) ** 0.5)
        upright = np.rot90(draw(drawing.number, scale), -drawing.turn)
        page = _Page(upright, digits, scale)
        if wrong := _wrong_digits(page):
            stated, shown = wrong[0]
            found[drawing.number] = (
                f"the text layer of this page is false: it has {stated} where the page shows {shown or 'nothing'}"
            )
        if clock:
            clock.check(drawing.number)
    return found


def _wrong_digits(page: _Page) -> list[tuple[str, str]]:
    """(stated, shown) of each look of a digit that is surely not what it is called; shown is empty where nothing is."""
    shapes = _shapes(page)
    blank = shapes.max(axis=(1, 2)) < _INK
    looks = _looks(page.digits, _pooled(shapes), ~blank)
    wrong = [
        (page.digits[place].text, text)
        for place, (text, score) in zip(looks, _read(page, looks), strict=True)
        if score >= _SURE and text in _DIGITS and len(text) == 1 and text != page.digits[place].text
    ]
    if 0 < blank.mean() < _FEW_BLANK:
        wrong += [(page.digits[place].text, "") for place in np.flatnonzero(blank).tolist()]
    return wrong


def _shapes(page: _Page) -> Shapes:
    boxes = np.array([(*glyph.box, glyph.base, glyph.size) for glyph in page.digits], np.float32)
    x0, x1, base, size = boxes[:, 0], boxes[:, 2], boxes[:, 4], boxes[:, 5]
    down = np.linspace(0, 1, _ROWS, dtype=np.float32)
    across = np.linspace(0, 1, _COLUMNS, dtype=np.float32)
    ys = (base - _ABOVE * size)[:, None] + ((_ABOVE + _BELOW) * size)[:, None] * down
    xs = x0[:, None] + (x1 - x0)[:, None] * across
    return _sample(page, ys, xs)


def _sample(page: _Page, ys: npt.NDArray[np.float32], xs: npt.NDArray[np.float32]) -> Shapes:
    """The ink at points (n × rows, n × columns); beyond the page is paper."""
    rows, columns = ys * page.scale - 0.5, xs * page.scale - 0.5
    top, left = np.floor(rows).astype(int), np.floor(columns).astype(int)
    down, right = (rows - top)[:, :, None], (columns - left)[:, None, :]

    def at(row: npt.NDArray[np.int_], column: npt.NDArray[np.int_]) -> npt.NDArray[np.float32]:
        height, width = page.drawn.shape
        near = page.drawn[row.clip(0, height - 1)[:, :, None], column.clip(0, width - 1)[:, None, :]]
        return np.asarray(1 - near / np.float32(_WHITE), np.float32)

    upper = at(top, left) * (1 - right) + at(top, left + 1) * right
    lower = at(top + 1, left) * (1 - right) + at(top + 1, left + 1) * right
    return np.asarray(upper * (1 - down) + lower * down, np.float32)


def _pooled(shapes: Shapes) -> npt.NDArray[np.float32]:
    """Digits × features of mean 0 and length 1."""
    count = len(shapes)
    squares = shapes.reshape(count, _ROWS // _POOLED, _POOLED, _COLUMNS // _POOLED, _POOLED).mean(axis=(2, 4))
    flat = squares.reshape(count, -1)
    flat = flat - flat.mean(axis=1, keepdims=True)
    return np.asarray(flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-6), np.float32)


def _looks(digits: Sequence[Glyph], features: npt.NDArray[np.float32], inked: npt.NDArray[np.bool_]) -> list[int]:
    """Places of digits such that each inked one looks like one of them that is called the same."""
    texts = np.array([glyph.text for glyph in digits])
    looks: list[int] = []
    for text in _DIGITS:
        left = np.flatnonzero((texts == text) & inked)
        for _ in range(_MOST_LOOKS):
            if len(left):
                looks.append(int(left[0]))
                left = left[features[left] @ features[left[0]] < _ALIKE]
    return looks


def _read(page: _Page, looks: Sequence[int]) -> list[tuple[str, float]]:
    """The likeliest text of each of these digits, and its probability."""
    if not looks:
        return []
    strips = [_strip(page, page.digits[place]) for place in looks]
    stacked = np.zeros((len(strips), 1, STRIP_ROWS, max(strip.shape[1] for strip in strips)), np.float32)
    for place, strip in zip(stacked, strips, strict=True):
        place[0, :, : strip.shape[1]] = strip
    scores = load_session("cell-recogniser").run(None, {"strips": stacked})[0]
    return [likeliest_texts(own, width=4, count=1)[0] for own in scores[:, :, 0].transpose(0, 2, 1)]


def _strip(page: _Page, digit: Glyph) -> npt.NDArray[np.float32]:
    """The digit in its advance, its ink as high as the recogniser wants it and in the middle of the strip."""
    top = digit.base - _ABOVE * digit.size
    rows = np.arange(top, digit.base + _BELOW * digit.size, 1 / page.scale, dtype=np.float32)
    columns = np.arange(digit.box[0], digit.box[2], 1 / page.scale, dtype=np.float32)
    inked = np.flatnonzero(_sample(page, rows[None], columns[None])[0].max(axis=1) >= _INK)
    if not len(inked):  # the page shows nothing there
        return np.zeros((STRIP_ROWS, STRIP_ROWS), np.float32)
    first, last = float(rows[inked[0]]), float(rows[inked[-1]]) + 1 / page.scale
    step = (last - first) / DIGIT_ROWS
    ys = (first + last) / 2 + step * (np.arange(STRIP_ROWS, dtype=np.float32) - (STRIP_ROWS - 1) / 2)
    xs = np.arange(digit.box[0], digit.box[2], step, dtype=np.float32)
    strip = _sample(page, ys[None], xs[None])[0]
    strip[:, :] = np.minimum(strip / max(float(strip.max()), _INK), 1)
    return np.pad(strip, ((0, 0), (_BESIDE, _BESIDE)))
