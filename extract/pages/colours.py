"""Colours as files state them, and which of them cannot be told from what is behind them."""

from __future__ import annotations

import re
from functools import lru_cache

from extract.quick import record

ALIKE = 10  # of 255 that each of red, green and blue differ at most: nobody sees such text
_HEX = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{4}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)
_CALL = re.compile(r"rgba?\(([^)]*)\)", re.IGNORECASE)
_NUMBER = re.compile(r"[\d.]+%?")
_FULL = 255
_WITH_OPACITY = 4  # parts of a colour


@record
class Colour:
    """Red, green, blue of 255 and opacity (0..1)."""

    red: float
    green: float
    blue: float
    opacity: float = 1.0


PAPER = Colour(_FULL, _FULL, _FULL)
_NAMES = {"white": PAPER, "black": Colour(0, 0, 0), "transparent": Colour(0, 0, 0, 0)}


@lru_cache(maxsize=1024)
def read_colour(text: str) -> Colour | None:
    """The colour that a style names in figures, or as white, black or transparent; None for any other wording."""
    text = text.strip().lower()
    if text in _NAMES:
        return _NAMES[text]
    if call := _CALL.fullmatch(text):
        parts = _NUMBER.findall(call[1])
        values = [float(part.rstrip("%")) * (_FULL / 100 if part.endswith("%") else 1) for part in parts]
        if len(values) == _WITH_OPACITY:
            values[-1] /= _FULL if parts[-1].endswith("%") else 1
        return Colour(*values) if len(values) in (_WITH_OPACITY - 1, _WITH_OPACITY) else None
    digits = _HEX.fullmatch(text)
    if digits is None:
        return None
    wide = digits[1] if len(digits[1]) > _WITH_OPACITY else "".join(2 * digit for digit in digits[1])
    red, green, blue, *opacity = bytes.fromhex(wide)
    return Colour(red, green, blue, opacity[0] / _FULL if opacity else 1.0)


def is_unseen_on(colour: Colour | None, ground: Colour | None, apart: int = ALIKE) -> bool:
    """Whether text of that colour cannot be seen there: it differs from its ground by `apart` (of 255) at most; of a
    ground that is not known, only where it is transparent.
    """
    if colour is None or colour.opacity == 0 or ground is None:
        return colour is not None and colour.opacity == 0
    steps = (colour.red - ground.red, colour.green - ground.green, colour.blue - ground.blue)
    return max(map(abs, steps)) <= apart
