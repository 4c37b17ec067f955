"""Which way up a page lies, told by the lines that the recogniser can read."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from extract.pages.image.ink import Grey, flatten_paper, grey_to_ink
from extract.pages.image.lettering import read_lines
from extract.pages.image.lines import PixelBox, find_text_lines, without_long_strokes
from extract.pages.image.upright import rotation, shrink, skew_of, warp
from extract.pages.marks import count_form_characters

_TURNED = 1.35  # that much sharper do lines stand out where they run across
_SURELY = (
    6.0  # so much sharper: then what is read along the other side of the sheet has to be clear; columns of text may be
)
_SHOWN, _MORE = 3, 12  # lines that are read at first, and where these do not tell
_USUAL = (0.6, 1.6)  # heights of the usual line of a page that a line of text has; rules and specks make others
_SURE = 0.7  # mean probability of the characters of a line that is read
_STRANGE = 0.1  # a Han character that the form doesn't have there counts so much: columns of them may be read, too
_CLEAR = 8.0  # characters read from which no other way is tried
_BETTER, _LEAST = 1.5, 2.5  # times as many have to be read another way, and so many
_READ = 2  # Han characters of a line: digits look alike from several sides
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LONGEST = 12.0  # heights of a line up to which a longer one tells more
_POINTS = 842.0


def quarter_turns(grey: Grey) -> int:
    """By how many counter-clockwise quarter turns a picture has to be turned for its text to stand upright."""
    ink = grey_to_ink(flatten_paper(shrink(grey)[0]))
    standing, lying = skew_of(ink)[1], skew_of(np.ascontiguousarray(np.rot90(ink)))[1]
    turns = (0, 1, 3, 2) if lying > _TURNED * standing else (0, 2, 1, 3)
    first = _line_pictures(np.rot90(grey, turns[0]))
    if _readable(first[:_SHOWN]) >= _CLEAR:
        return turns[0]
    least = max(_BETTER * _readable(first), _LEAST)
    others = [(_readable(_line_pictures(np.rot90(grey, turn))), -k) for k, turn in enumerate(turns[1:], 1)]
    most, place = max(others)
    if standing > _SURELY * lying and turns[-place] % 2:
        least = max(least, _CLEAR)
    return turns[-place] if most >= least else turns[0]


def _readable(lines: Sequence[Grey]) -> float:
    """How many characters are read in the lines, those of the form above all, each counted by its probability."""
    read = [(line, len(_HAN.findall(line.text))) for line in read_lines(lines) if line.score >= _SURE]
    return sum(
        line.score * (count_form_characters(line.text) + _STRANGE * number) for line, number in read if number >= _READ
    )


def _line_pictures(page: Grey) -> list[Grey]:
    """The lines of a page that tell most, as pictures."""
    grey = np.ascontiguousarray(page)
    small, scale = shrink(grey)
    flat = flatten_paper(small)
    angle = skew_of(grey_to_ink(flat))[0]
    upright = warp(flat, rotation(flat.shape, angle))
    unit = max(upright.shape) / _POINTS
    boxes = [box for line in find_text_lines(without_long_strokes(grey_to_ink(upright), unit), unit) for box in line]
    sharp = warp(flatten_paper(grey), rotation(grey.shape, angle)) if scale < 1 else upright
    return [_crop(sharp, box, 1 / scale) for box in _chosen(boxes)]


def _chosen(boxes: Sequence[PixelBox]) -> list[PixelBox]:
    """Those of the usual height, the most useful first, then the others."""
    usual = float(np.median([box[3] - box[1] for box in boxes])) if boxes else 0.0
    odd = {box for box in boxes if not _USUAL[0] * usual <= box[3] - box[1] <= _USUAL[1] * usual}
    return sorted(boxes, key=lambda box: (box in odd, -_usefulness(box)))[:_MORE]


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
