"""Sentence → hashed character n-grams, the input of the sentence classifier."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

BUCKETS = 1 << 14
"""Number of hash buckets."""

_DIGITS = re.compile(r"\d[\d.,]*")
_HAN_COUNT = re.compile(r"[一二三四五六七八九十百千万两]+(?=[件条次个份篇期场名人家])")
_SPACES = re.compile(r"\s")
_LONGEST = 4
_HEAD = 12  # characters at either end that are given a feature of their own


def normal_text(text: str) -> str:
    """The text without blanks, every number one 0."""
    return _HAN_COUNT.sub("0", _DIGITS.sub("0", _SPACES.sub("", text)))


def hash_sentence(text: str, section: int) -> set[int]:
    """The buckets that the sentence falls into: n-grams of 1 to 4 characters, its ends, its section, its length."""
    plain = normal_text(text)
    grams = {plain[start : start + size] for size in range(1, _LONGEST + 1) for start in range(len(plain) - size + 1)}
    grams |= {f"^{plain[:size]}" for size in range(1, 6)} | {f"{plain[-size:]}$" for size in range(2, 7)}
    grams |= {f"§{section}", f"§{section}{plain[:3]}", f"#{min(len(plain) // 15, 8)}", f"#{section}{min(len(plain) // 8, 9)}"}
    grams |= {f"~{section}{gram}" for gram in _word_ends(plain)}
    return {zlib.crc32(gram.encode()) % BUCKETS for gram in grams}


def _word_ends(plain: str) -> set[str]:
    """The two characters before each mark of punctuation: clauses end in what they are about."""
    return set(re.findall(r".{2}(?=[，。；：、])", plain))


def sentence_features(texts: Sequence[str], sections: Sequence[int]) -> np.ndarray:
    """Rows of unit length over the buckets (n_sentences, BUCKETS)."""
    import numpy as np

    features = np.zeros((len(texts), BUCKETS), dtype=np.float32)
    for row, (text, section) in enumerate(zip(texts, sections, strict=True)):
        buckets = list(hash_sentence(text, section))
        features[row, buckets] = 1.0 / len(buckets) ** 0.5
    return features
