"""Scores of a strip of columns → the likeliest texts.

Source: Graves et al. 2006, Connectionist Temporal Classification; prefix search as in its section 4.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

ALPHABET = "0123456789,.-+/无件万元?"
OTHER = "?"
"""Stands for any run of characters that are not in the alphabet."""

_TINY = 1e-5  # a symbol less probable than this in its column can't become part of a text worth telling
_CERTAIN = 1 - 1e-4  # columns that are so surely empty are passed over together


def likeliest_texts(columns: NDArray[np.float32], *, width: int, count: int) -> tuple[tuple[str, float], ...]:
    """At most `count` texts with their probabilities, best first; "" is one of them where nothing is printed.

    `columns` are probabilities, steps × (1 + len(ALPHABET)), the first of them "no symbol here". `width` is how many
    prefixes are kept at each step: the probability of a text is a lower bound that grows with it.
    """
    beams: dict[str, tuple[float, float]] = {"": (1.0, 0.0)}  # text → P(it, then no symbol), P(it, its last symbol on)
    empty = columns[:, 0] >= _CERTAIN
    for start, end in _stretches(empty):
        if empty[start]:
            passed = float(np.prod(columns[start:end, 0]))
            beams = {text: ((ended + going) * passed, 0.0) for text, (ended, going) in beams.items()}
            continue
        for column in columns[start:end]:
            beams = _best(_extend(beams, column), width)
    texts = [(text, ended + going) for text, (ended, going) in beams.items() if ended + going]
    return tuple(sorted(texts, key=lambda entry: (-entry[1], entry[0]))[:count])


def _stretches(empty: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Starts and ends (exclusive) of the stretches of equal columns."""
    cuts = [0, *(np.flatnonzero(np.diff(empty)) + 1).tolist(), len(empty)]
    return list(pairwise(cuts))


def _extend(beams: dict[str, tuple[float, float]], column: NDArray[np.float32]) -> dict[str, tuple[float, float]]:
    none = float(column[0])
    symbols = [(ALPHABET[index - 1], float(column[index])) for index in np.flatnonzero(column > _TINY) if index]
    longer: dict[str, tuple[float, float]] = {}
    for text, (ended, going) in beams.items():
        total = ended + going
        _add(longer, text, total * none, 0.0)
        for symbol, score in symbols:
            if text.endswith(symbol):
                _add(longer, text, 0.0, going * score)
                _add(longer, text + symbol, 0.0, ended * score)
            else:
                _add(longer, text + symbol, 0.0, total * score)
    return longer


def _add(beams: dict[str, tuple[float, float]], text: str, ended: float, going: float) -> None:
    old = beams.get(text, (0.0, 0.0))
    beams[text] = (old[0] + ended, old[1] + going)


def _best(beams: dict[str, tuple[float, float]], width: int) -> dict[str, tuple[float, float]]:
    if len(beams) <= width:
        return beams
    return dict(sorted(beams.items(), key=lambda entry: -sum(entry[1]))[:width])
