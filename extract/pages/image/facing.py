"""Which way up a page lies, told by the lines that the recogniser can read."""

from __future__ import annotations

import re

import numpy as np

from extract.pages.image.ink import Grey, Ink, flatten_paper, grey_to_ink
from extract.pages.image.lettering import read_lines
from extract.pages.image.lines import DARK, PixelBox, find_text_lines
from extract.pages.image.upright import rotation, shrink, skew_of, warp

_TURNED = 1.35  # that much sharper do lines stand out where they run across
_SHOWN = 3  # lines that are read for each way
_CLEAR = 0.8  # mean probability of their characters from which no other way is tried
_BETTER = 0.1  # by so much another way has to be readable better
_LEAST = 0.6  # and at least so well
_READ = 3  # Han characters of a line: digits look alike from several sides
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LONGEST = 12.0  # heights of a line up to which a longer one tells more
_POINTS = 842.0
_RULE = 40.0  # points of straight ink that is no character


def quarter_turns(grey: Grey) -> int:
    """By how many counter-clockwise quarter turns a picture has to be turned for its text to stand upright."""
    ink = grey_to_ink(flatten_paper(shrink(grey)[0]))
    standing, lying = skew_of(ink)[1], skew_of(np.ascontiguousarray(np.rot90(ink)))[1]
    turns = (0, 1, 3, 2) if lying > _TURNED * standing else (0, 2, 1, 3)
    first = _readability(np.ascontiguousarray(np.rot90(grey, turns[0])))
    best = (max(first + _BETTER, _LEAST), turns[0])
    for turn in turns[1:] if first < _CLEAR else ():
        best = max(best, (_readability(np.ascontiguousarray(np.rot90(grey, turn))), turn), key=lambda found: found[0])
    return best[1]


def _readability(grey: Grey) -> float:
    """Mean probability (0..1) of the characters in a few lines of a page; 0 where it has none."""
    small, scale = shrink(grey)
    flat = flatten_paper(small)
    angle = skew_of(grey_to_ink(flat))[0]
    upright = warp(flat, rotation(flat.shape, angle))
    unit = max(upright.shape) / _POINTS
    boxes = [box for line in find_text_lines(_without_rules(grey_to_ink(upright), unit), unit) for box in line]
    chosen = sorted(boxes, key=_usefulness, reverse=True)[:_SHOWN]
    sharp = warp(flatten_paper(grey), rotation(grey.shape, angle)) if scale < 1 else upright
    lines = read_lines([_crop(sharp, box, 1 / scale) for box in chosen])
    scores = [line.score for line in lines if len(_HAN.findall(line.text)) >= _READ]
    return float(np.mean(scores)) if scores else 0.0


def _without_rules(ink: Ink, unit: float) -> Ink:
    import cv2

    mask = (ink > DARK).astype(np.uint8)
    length = round(_RULE * unit)
    across = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    down = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    rules = cv2.dilate(np.maximum(across, down), np.ones((3, 3), np.uint8))
    return np.asarray(np.where(rules > 0, 0, ink), dtype=np.float32)


def _usefulness(box: PixelBox) -> float:
    """Long lines, but no longer than need be."""
    width, height = box[2] - box[0], max(1, box[3] - box[1])
    return min(width / height, _LONGEST) - max(0.0, width / height - 2 * _LONGEST) / 4


def _crop(flat: Grey, box: PixelBox, scale: float) -> Grey:
    pad = max(2, round(0.18 * (box[3] - box[1])))
    grown = (
        box[0] - pad,
        box[1] - pad,
        min(box[2], box[0] + 2 * round(_LONGEST) * (box[3] - box[1])) + pad,
        box[3] + pad,
    )
    x0, y0, x1, y1 = (max(0, round(value * scale)) for value in grown)
    return flat[y0 : max(y1, y0 + 2), x0 : max(x1, x0 + 2)]
