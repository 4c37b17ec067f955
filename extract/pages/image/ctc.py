"""Scores of a strip of columns → the likeliest texts.

Source: Graves et al. 2006, Connectionist Temporal Classification; prefix search as in its section 4.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

ALPHABET = "0123456789,.-+/无件万元?"
OTHER = "?"
"""Stands for any run of characters that are not in the alphabet."""

_TINY = 1e-4  # a symbol less probable than this in its column can't become part of a text worth telling
_CERTAIN = 1 - 1e-4  # columns that are so surely empty are passed over together
_HOPELESS = 1e-5  # of the best text's probability: texts below it are given up

Beams = dict[str, tuple[float, float]]
"""Text → P(it, and no symbol in the last column), P(it, its last symbol in the last column)."""


def likeliest_texts(columns: NDArray[np.float32], *, width: int, count: int) -> tuple[tuple[str, float], ...]:
    """At most `count` texts with their probabilities, best first; "" is one of them where nothing is printed.

    `columns` are probabilities, steps × (1 + len(ALPHABET)), the first of them "no symbol here". `width` is how many
    texts are followed at each step: the probability of a text is a lower bound that grows with it.
    """
    symbols: list[list[tuple[str, float]]] = [[] for _ in columns]
    steps, marks = np.nonzero(columns[:, 1:] > _TINY)
    for step, mark, score in zip(steps.tolist(), marks.tolist(), columns[steps, marks + 1].tolist(), strict=True):
        symbols[step].append((ALPHABET[mark], score))
    beams: Beams = {"": (1.0, 0.0)}
    passed, gap = 1.0, False
    for none, some in zip(columns[:, 0].tolist(), symbols, strict=True):
        if none >= _CERTAIN:
            passed, gap = passed * none, True
            continue
        if gap:
            beams, passed, gap = _pass_over(beams, passed), 1.0, False
        beams = _best(_extend(beams, none, some), width)
    texts = [(text, (ended + going) * passed) for text, (ended, going) in beams.items() if ended + going]
    return tuple(sorted(texts, key=lambda entry: (-entry[1], entry[0]))[:count])


def _pass_over(beams: Beams, passed: float) -> Beams:
    return {text: ((ended + going) * passed, 0.0) for text, (ended, going) in beams.items()}


def _extend(beams: Beams, none: float, symbols: list[tuple[str, float]]) -> Beams:
    longer: Beams = {}
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


def _add(beams: Beams, text: str, ended: float, going: float) -> None:
    old = beams.get(text)
    beams[text] = (ended, going) if old is None else (old[0] + ended, old[1] + going)


def _best(beams: Beams, width: int) -> Beams:
    """The `width` likeliest texts, without those that have no hope any more."""
    ranked = sorted(beams.items(), key=lambda entry: -(entry[1][0] + entry[1][1]))[:width]
    least = _HOPELESS * sum(ranked[0][1])
    return {text: scores for text, scores in ranked if scores[0] + scores[1] >= least}
