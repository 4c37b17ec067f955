"""Crops of table cells → what each prints: our own small network for digits and marks, a whole table at a time.

Where it doubts, the reader of lines is asked as well (witness.py).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extract.artifacts import load_session, model_entry
from extract.pages.image.crops import STRIP_HEIGHT, Crop, Normalised, Strip, normalise_crops
from extract.pages.image.ctc import OTHER, likeliest_texts
from extract.pages.image.grain import weigh_grain
from extract.pages.image.slanted import set_upright, slant_of
from extract.pages.image.witness import ask_again
from extract.quick import record

MODEL = "cell-recogniser"

_BATCH = 32  # strips at a time: more do not fit the processor's cache
_ROUND = 16  # columns that widths are rounded up to, so that a batch holds strips of about one width
_KEPT, _TOLD = 6, 4  # prefixes kept in the search, texts told of each cell
_SURE = 0.99  # a first reading at least so probable needs no second look
_UNSURE = 0.8  # a reading less probable may be of a seal or a rule: then the middle of the cell is read too
_LIKELY = 0.5  # a number at least so probable shows what the type of its table is like
_UNLIKELY = 1e-6  # less probable texts are not told
_MARK_BEHIND = re.compile(r"(\d[\d,.]*)[-/]$")
_SHIFTS, _STRETCHES = (-2, 2), (0.88, 1.14)  # second looks: rows moved, columns squeezed and stretched

Texts = tuple[tuple[str, float], ...]


@record
class CellReading:
    """Texts that the cell may print with their probabilities, best first; they sum to 1 at most.

    "" is an empty cell; dashes of any length are "-"; "?" stands for characters that the network does not know.
    """

    candidates: Texts


def read_cell_images(
    images: Sequence[Crop], *, digit_height: float | None = None, line_height: float | None = None
) -> list[CellReading]:
    """One reading per crop (grey, rows × columns, dark on light, not trimmed). The crops of one call belong together.

    `digit_height`: pixels, where the caller knows it; else it is told from the crops, and from the height of the lines
    of words beside them, `line_height`.

    Raises: ModelError where the model is missing or damaged.
    """
    if not images:
        return []
    crops = normalise_crops(images, digit_height=digit_height, line_height=line_height)
    temperature = float(model_entry(MODEL)["temperature"])
    found = read_crops(load_session(MODEL), crops)
    if slant := slant_of([crop.strip for crop, texts in zip(crops, found, strict=True) if _is_number(texts)]):
        crops = [set_upright(crop, slant) for crop in crops]
        found = read_crops(load_session(MODEL), crops)
    own = [temper(texts, temperature) for texts in found]
    both = weigh_grain(ask_again(own, crops), [crop.spot for crop in crops])
    return [CellReading(join_strays(texts)) for texts in both]


def _is_number(texts: Texts) -> bool:
    return texts[0][0][:1].isdigit() and texts[0][1] >= _LIKELY


def join_strays(texts: Texts) -> Texts:
    """The texts, a number with a dash or stroke behind it as that number: dirt, or what is left of a rule.

    No cell prints such a mark there; where readers see one, the digits before it are right as often as without.
    """
    sums: dict[str, float] = defaultdict(float)
    for text, score in texts:
        sums[_MARK_BEHIND.sub(r"\1", text)] += score
    return tuple(sorted(sums.items(), key=lambda entry: -entry[1]))


def read_crops(session: Any, crops: Sequence[Normalised]) -> list[Texts]:
    """The likeliest texts of each crop, as the network sees them: not tempered yet."""
    found = _look_twice(session, [crop.strip for crop in crops])
    elsewhere = [
        (index, crop.centred)
        for index, crop in enumerate(crops)
        if crop.centred is not None and found[index][0][1] < _UNSURE
    ]
    again = _look_twice(session, [strip for _, strip in elsewhere])
    for (index, _), texts in zip(elsewhere, again, strict=True):
        text, probability = texts[0]
        if text and OTHER not in text and probability > found[index][0][1]:
            found[index] = texts
    return found


def _look_twice(session: Any, strips: Sequence[Strip]) -> list[Texts]:
    """The likeliest texts of each strip; those of a doubtful strip are the mean over several looks at it."""
    found = _search(session, strips)
    doubtful = [index for index, texts in enumerate(found) if texts[0][1] < _SURE]
    again = _search(session, [view for index in doubtful for view in _second_looks(strips[index])])
    looks = len(again) // len(doubtful) if doubtful else 0
    for number, index in enumerate(doubtful):
        found[index] = mean_texts([found[index], *again[number * looks : (number + 1) * looks]])
    return found


def temper(texts: Texts, temperature: float) -> Texts:
    """The probabilities brought nearer to one another (temperature > 1) or further apart; what is not told counts."""
    rest = max(0.0, 1 - sum(score for _, score in texts))
    powers = [score ** (1 / temperature) for _, score in texts]
    total = sum(powers) + rest ** (1 / temperature)
    tempered = [(text, power / total) for (text, _), power in zip(texts, powers, strict=True)]
    return tuple(entry for entry in tempered if entry[1] >= _UNLIKELY)


def _search(session: Any, strips: Sequence[Strip]) -> list[Texts]:
    found: dict[int, Texts] = {}
    for indexes, columns in _score_strips(session, strips):
        for index, scores in zip(indexes, columns, strict=True):
            found[index] = likeliest_texts(scores, width=_KEPT, count=_TOLD)
    return [found[index] for index in range(len(strips))]


def _score_strips(session: Any, strips: Sequence[Strip]) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
    """Batches: the strips' indexes and their scores, strips × steps × symbols."""
    by_width: dict[int, list[int]] = defaultdict(list)
    for index, strip in enumerate(strips):
        by_width[-(-strip.shape[1] // _ROUND) * _ROUND].append(index)
    for width, indexes in sorted(by_width.items()):
        for start in range(0, len(indexes), _BATCH):
            some = indexes[start : start + _BATCH]
            scores = session.run(None, {"strips": stack_strips([strips[index] for index in some], width)})[0]
            yield some, scores[:, :, 0].transpose(0, 2, 1)  # strips × steps × symbols


def stack_strips(strips: Sequence[Strip], width: int) -> NDArray[np.float32]:
    """Strips filled up with paper on the right: n × 1 × STRIP_HEIGHT × width."""
    stacked = np.zeros((len(strips), 1, STRIP_HEIGHT, width), np.float32)
    for place, strip in zip(stacked, strips, strict=True):
        place[0, :, : strip.shape[1]] = strip
    return stacked


def _second_looks(strip: Strip) -> list[Strip]:
    """The strip seen a little differently: what is read in all of them is more surely there."""
    import cv2

    moved = [_shifted(strip, rows) for rows in _SHIFTS]
    widths = [max(1, round(strip.shape[1] * stretch)) for stretch in _STRETCHES]
    return moved + [np.asarray(cv2.resize(strip, (width, STRIP_HEIGHT)), np.float32) for width in widths]


def _shifted(strip: Strip, rows: int) -> Strip:
    shifted = np.zeros_like(strip)
    if rows > 0:
        shifted[rows:] = strip[:-rows]
    else:
        shifted[:rows] = strip[-rows:]
    return shifted


def mean_texts(looks: Sequence[Texts]) -> Texts:
    """Every text's mean probability over the looks."""
    sums: dict[str, float] = defaultdict(float)
    for texts in looks:
        for text, score in texts:
            sums[text] += score / len(looks)
    return tuple(sorted(sums.items(), key=lambda entry: (-entry[1], entry[0]))[:_TOLD])
