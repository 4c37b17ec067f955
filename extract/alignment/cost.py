"""The distance of printed labels to statutory ones, knowing which characters OCR confuses.

The plain edit distance of both spellings is averaged with that of the spellings folded by `confusables.toml`, so a
confusion costs half a substitution. 0 is the same label, 1 nothing in common.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from extract.errors import DataFileError
from extract.quick import record
from extract.textform import split_numbering, squeeze

_NUMBER_AGREES, _NUMBER_DIFFERS = -0.04, 0.10
_EMPTY = 1.0
_KEPT = 4096  # printed labels whose distances to a list of statutory ones are kept: most are printed in every report
NAMES = 0.34
"""A text that far from a label (0..1) still names it."""
UNLIKE = 0.5
"""A text that far from a label (0..1) is no wording of it, and did not place its row."""

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


@record
class _Labels:
    """Labels made ready to be compared: plain, folded, and their numbers (-1: none)."""

    plain: list[str]
    folded: list[str]
    numbers: list[int]


@record
class _Statutory:
    """Statutory labels made ready; `known` holds the distances of printed ones to them, as `label_costs` gives them
    (the bytes of their float64), `numbered` what the number of a printed one adds to them.
    """

    labels: _Labels
    firsts: tuple[int, ...]
    known: dict[str, bytes]
    numbered: dict[int, Matrix]

    def number_costs(self, number: int) -> Matrix:
        """What a printed label with this number costs more, or less, beside each label, shape (n_labels,)."""
        if number not in self.numbered:
            agrees = [number == own for own in self.labels.numbers]
            costs = [_NUMBER_AGREES if same else _NUMBER_DIFFERS for same in agrees]
            self.numbered[number] = np.where(np.array(self.labels.numbers) >= 0, costs, 0.0)
        return self.numbered[number]


def label_costs(printed: Sequence[str], labels: Sequence[str], firsts: Sequence[int] = ()) -> Matrix:
    """Distance of every printed label to every statutory label, shape (n_printed, n_labels), 0..1.

    With `firsts`, the labels from each of these places to the next are wordings of one: the distance is that to the
    nearest of them, shape (n_printed, n_firsts).
    """
    statutory = _statutory(tuple(labels), tuple(firsts))
    known = statutory.known
    fresh = [text for text in dict.fromkeys(printed) if text not in known]
    if len(known) + len(fresh) > _KEPT:
        known.clear()
        fresh = list(dict.fromkeys(printed))
    if fresh:
        known.update(zip(fresh, (costs.tobytes() for costs in _compare(fresh, statutory)), strict=True))
    if not printed:
        return np.empty((0, len(firsts or labels)))
    joined = b"".join([known[text] for text in printed])  # in a third of the time of np.concatenate()
    return np.frombuffer(joined, dtype=np.float64).reshape(len(printed), -1)


def _compare(printed: Sequence[str], statutory: _Statutory) -> Matrix:
    left, right = _make_ready(printed), statutory.labels
    costs = _distances(left.plain, right.plain)
    costs = (costs + _distances(left.folded, right.folded)) / 2
    for own, number in zip(costs, left.numbers, strict=True):
        if number >= 0:
            own += statutory.number_costs(number)
    if "" in left.plain:
        costs[[not text for text in left.plain]] = _EMPTY
    clipped: Matrix = costs.clip(0.0, 1.0)
    return np.minimum.reduceat(clipped, statutory.firsts, axis=1) if statutory.firsts else clipped


def _distances(left: list[str], right: list[str]) -> Matrix:
    distances: Matrix = process.cdist(left, right, scorer=Levenshtein.normalized_distance, dtype=np.float64)
    return distances


@lru_cache(maxsize=256)
def _statutory(labels: tuple[str, ...], firsts: tuple[int, ...]) -> _Statutory:
    return _Statutory(_make_ready(labels), firsts, {}, {})


def _make_ready(texts: Sequence[str]) -> _Labels:
    plain, folded, numbers = map(list, zip(*map(_fold, texts), strict=True)) if texts else ([], [], [])
    return _Labels(plain, folded, numbers)


@lru_cache(maxsize=512)
def _fold(text: str) -> tuple[str, str, int]:
    """A label plain and folded, and its number (-1: none)."""
    number, rest = split_numbering(text)
    plain = squeeze(rest)
    return plain, plain.translate(fold_table()), -1 if number is None else number
