"""The distance of printed labels to statutory ones, knowing which characters OCR confuses.

The plain edit distance of both spellings is averaged with that of the spellings folded by `confusables.toml`, so a
confusion costs half a substitution. 0 is the same label, 1 nothing in common.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from extract.errors import DataFileError
from extract.textform import split_numbering, squeeze

_NUMBER_AGREES, _NUMBER_DIFFERS = -0.04, 0.10
_EMPTY = 1.0

Matrix = npt.NDArray[np.float64]


@cache
def fold_table() -> dict[int, str]:
    """Code point → first character of its confusion group. Raises: DataFileError on a character in two groups."""
    text = files("extract.alignment").joinpath("confusables.toml").read_text(encoding="utf-8")
    table: dict[int, str] = {}
    for group in tomllib.loads(text)["groups"]:
        for character in group:
            if ord(character) in table:
                raise DataFileError(f"confusables.toml: {character} stands in two groups")
            table[ord(character)] = group[0]
    return table


def label_costs(printed: Sequence[str], labels: Sequence[str]) -> Matrix:
    """Distance of every printed label to every statutory label, shape (n_printed, n_labels), 0..1 (may pass 1)."""
    fold = fold_table()
    left = [squeeze(split_numbering(text)[1]) for text in printed]
    right = [squeeze(split_numbering(text)[1]) for text in labels]
    plain = process.cdist(left, right, scorer=Levenshtein.normalized_distance, dtype=np.float64)
    folded = process.cdist(
        [text.translate(fold) for text in left],
        [text.translate(fold) for text in right],
        scorer=Levenshtein.normalized_distance,
        dtype=np.float64,
    )
    costs = (plain + folded) / 2
    costs += _numbering_costs(printed, labels)
    for k, text in enumerate(left):
        if not text:
            costs[k, :] = _EMPTY
    clipped: Matrix = np.clip(costs, 0.0, 1.0)
    return clipped


def _numbering_costs(printed: Sequence[str], labels: Sequence[str]) -> Matrix:
    """A small bonus where the printed number is the label's, a malus where it is another."""
    left = [split_numbering(text)[0] for text in printed]
    right = [split_numbering(text)[0] for text in labels]
    costs = np.zeros((len(left), len(right)))
    for i, number in enumerate(left):
        if number is None:
            continue
        for k, expected in enumerate(right):
            if expected is not None:
                costs[i, k] = _NUMBER_AGREES if number == expected else _NUMBER_DIFFERS
    return costs
