"""A piece of a ruled table with sampled cells, drawn clean: what the recogniser learns from is cut out of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from training.scans.fonts import Typeface, load_font
from training.scans.texts import CellText, sample_text
from training.scans.wear import Generator, Picture, Wear

Box = tuple[int, int, int, int]  # x0, y0, x1, y1 in pixels, the rules' middles

_COLUMNS, _ROWS = (4, 8), (4, 7)
_MARGIN = 12
_SMALLEST_EM = 11.0  # pixels: digits of smaller type are not eight pixels high and nobody can tell 6 from 8


@dataclass(frozen=True, slots=True)
class Sheet:
    """`boxes` and `texts` cell by cell; `size` is the type's in pixels an em."""

    picture: Picture
    boxes: tuple[Box, ...]
    texts: tuple[CellText, ...]
    size: float
    typeface: Typeface


@dataclass(frozen=True, slots=True)
class _Type:
    """How the cells of one sheet are set."""

    face: Typeface
    fallback: Typeface  # for the characters that the face lacks, as an office program does
    size: float
    spacing: float  # pixels between characters, in letterspaced type
    align: float  # 0 left, 0.5 middle, 1 right
    lift: float  # 0 top, 0.5 middle, 1 bottom
    grey: int  # of the ink, 0 the darkest: rules may be darker than the text


def draw_sheet(faces: Sequence[Typeface], wear: Wear, rng: Generator) -> Sheet:
    """One sheet in one typeface, its cells of every width and height that tables have."""
    face = faces[int(rng.integers(len(faces)))]
    size = max(_SMALLEST_EM, round(rng.uniform(*wear.points) * rng.uniform(*wear.dpi) / 36) / 2)
    style = _Type(face, _fallback(faces, rng), size, _spacing(rng, size), *_placing(rng), _grey(rng))
    count = int(rng.integers(*_COLUMNS)) * int(rng.integers(*_ROWS))
    return _draw(style, [_sample_printable(style, rng) for _ in range(count)], rng)


def _sample_printable(style: _Type, rng: Generator) -> CellText:
    """A text that the sheet's typefaces have every character of: what can't be drawn can't be learned."""
    text = sample_text(rng)
    while not (style.face.prints(text.printed) or style.fallback.prints(text.printed)):
        text = sample_text(rng)
    return text


def _fallback(faces: Sequence[Typeface], rng: Generator) -> Typeface:
    chinese = [face for face in faces if face.prints("无件万元")] or faces
    return chinese[int(rng.integers(len(chinese)))]


def _spacing(rng: Generator, size: float) -> float:
    return size * rng.uniform(0, 0.18) if rng.random() < 0.1 else 0.0


def _grey(rng: Generator) -> int:
    return int(rng.integers(0, 130)) if rng.random() < 0.2 else 0


def _placing(rng: Generator) -> tuple[float, float]:
    align = 0.5 if rng.random() < 0.75 else float(rng.choice([0.0, 1.0]))
    lift = 0.5 if rng.random() < 0.75 else float(rng.uniform(0.05, 0.95))
    return align, lift


def _draw(style: _Type, texts: Sequence[CellText], rng: Generator) -> Sheet:
    columns = max(1, round(len(texts) ** 0.5))
    rows = -(-len(texts) // columns)
    widths = [_text_width(style, text.printed) for text in texts]
    air = style.size * rng.uniform(0.15, 1.3)
    lowest = style.size * rng.uniform(1.0, 1.5)
    xs = _edges([max(widths[column::columns]) + air + style.size * rng.exponential(0.6) for column in range(columns)])
    ys = _edges([lowest + (style.size * rng.exponential(0.9) if rng.random() < 0.5 else 0) for _ in range(rows)])
    page = Image.new("L", (xs[-1] + _MARGIN, ys[-1] + _MARGIN), 255)
    boxes = [
        (xs[index % columns], ys[index // columns], xs[index % columns + 1], ys[index // columns + 1])
        for index in range(len(texts))
    ]
    pen = ImageDraw.Draw(page)
    for box, text, width in zip(boxes, texts, widths, strict=True):
        _print_text(pen, style, text.printed, _start(style, box, width, rng))
    picture = np.asarray(page).copy()
    _rule(picture, xs, ys, style.size, rng)
    return Sheet(picture, tuple(boxes), tuple(texts), style.size, style.face)


def _edges(lengths: Sequence[float]) -> list[int]:
    return [round(edge) + _MARGIN for edge in np.cumsum([0.0, *lengths])]


def _font(style: _Type, text: str) -> ImageFont.FreeTypeFont:
    face = style.face if style.face.prints(text) else style.fallback
    return load_font(face.path, style.size)


def _text_width(style: _Type, text: str) -> float:
    if not text:
        return 0.0
    return float(_font(style, text).getlength(text)) + style.spacing * (len(text) - 1)


def _start(style: _Type, box: Box, width: float, rng: Generator) -> tuple[float, float]:
    """Where the text's line starts: left edge and middle of its height."""
    pad = style.size * 0.08
    room = max(0.0, box[2] - box[0] - width - 2 * pad)
    free = max(0.0, box[3] - box[1] - style.size)
    x = box[0] + pad + np.clip(style.align * room + rng.normal(0, 0.03 * style.size), 0, room)
    y = box[1] + style.size / 2 + style.lift * free
    return float(x), float(y)


def _print_text(pen: ImageDraw.ImageDraw, style: _Type, text: str, start: tuple[float, float]) -> None:
    if not text:
        return
    font, (x, y) = _font(style, text), start
    if not style.spacing:
        pen.text((x, y), text, font=font, fill=style.grey, anchor="lm")
        return
    for character in text:
        pen.text((x, y), character, font=font, fill=style.grey, anchor="lm")
        x += font.getlength(character) + style.spacing


def _rule(picture: Picture, xs: Sequence[int], ys: Sequence[int], size: float, rng: Generator) -> None:
    """Draws the rules: full, faint, dotted, broken, or (a table without some borders) not at all."""
    thick = max(1, round(size * rng.uniform(0.02, 0.11)))
    grey = int(rng.integers(0, 60)) if rng.random() < 0.6 else int(rng.integers(60, 225))
    draw = _RULERS[int(rng.choice(len(_RULERS), p=_RULER_SHARES))]
    for lines, across in ((xs, ys), (ys, xs)):
        if rng.random() < 0.07:
            continue
        for line in lines:
            strip = picture[across[0] : across[-1], line : line + thick]
            if lines is ys:
                strip = picture[line : line + thick, across[0] : across[-1]].T
            np.minimum(strip, draw(strip.shape[0], grey, rng)[:, None], out=strip)


def _full(length: int, grey: int, rng: Generator) -> Picture:
    return np.full(length, grey, np.uint8)


def _dotted(length: int, grey: int, rng: Generator) -> Picture:
    period = int(rng.integers(3, 9))
    return np.where(np.arange(length) % period < max(1, period // 2), grey, 255).astype(np.uint8)


def _broken(length: int, grey: int, rng: Generator) -> Picture:
    kept = cv2.resize(rng.random((1, max(2, length // 25))), (length, 1), interpolation=cv2.INTER_LINEAR)[0] > 0.3
    return np.where(kept, grey, 255).astype(np.uint8)


_RULERS: tuple[Callable[[int, int, Generator], Picture], ...] = (_full, _dotted, _broken)
_RULER_SHARES = (0.8, 0.08, 0.12)
