"""The second opinion on cells: the reader of lines, held to what a cell can print, and one posterior of both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from extract.celltext import merge_readings, parse_cell
from extract.pages.image.crops import LINE_HEIGHT, Normalised, Strip
from extract.pages.image.ctc import ALPHABET, OTHER, likeliest_texts
from extract.pages.image.lettering import load_reader
from extract.records import State
from extract.rules import load_rules

Texts = tuple[tuple[str, float], ...]

_NARROWEST = 64  # columns of a picture: what is narrower gets paper on both sides
_ROUND = 32  # columns that widths are rounded up to
_BATCH_COLUMNS = 2048  # of width in one batch
_OTHER_WEIGHT = 0.001  # of a character that no cell prints: it is mostly a digit in an odd typeface
_KEPT, _TOLD = 8, 5  # prefixes kept in the search, texts told of each cell
_ALIKE = {"-": "-—－一–―─", "0": "0O〇○o０", "/": "/／", ",": ",，", ".": ".．"} | {
    digit: digit + chr(ord(digit) + 0xFEE0) for digit in "123456789"
}


def ask_again(found: Sequence[Texts], crops: Sequence[Normalised]) -> list[Texts]:
    """The texts of every cell; of those in doubt, what both readers make of them together."""
    limits = load_rules("witness.toml")["ask"]
    doubtful = [
        index
        for index, texts in enumerate(found)
        if crops[index].line.size and texts and texts[0][1] < limits["certain" if texts[0][0] else "blank"]
    ]
    again = dict(zip(doubtful, read_lines_of_cells([crops[index].line for index in doubtful]), strict=True))
    return [pool(texts, again[index]) if again.get(index) else texts for index, texts in enumerate(found)]


def pool(own: Texts, lines: Texts) -> Texts:
    """One posterior of two readers (log-linear pool). Texts of one meaning are put together, by the first of them."""
    rules = load_rules("witness.toml")["pool"]
    mine, theirs = ({_meaning(text): score for text, score in merge_readings(texts)} for texts in (own, lines))
    texts = {_meaning(text): text for text, _ in reversed((*merge_readings(own), *merge_readings(lines)))}
    weights = {}
    for meaning, text in texts.items():
        kind = {State.BLANK: "blank", State.ILLEGIBLE: "other"}.get(meaning[0])
        trust = rules[f"lines_{kind}" if kind else "lines"]
        likely = rules["own"] * log(max(mine.get(meaning, 0.0), rules["own_least"]))
        likely += trust * log(max(theirs.get(meaning, 0.0), rules["lines_least"]))
        weights[text] = exp(likely + (rules[kind] if kind else 0.0))
    rests = (
        max(1 - sum(known.values()), rules[least]) for known, least in ((mine, "own_least"), (theirs, "lines_least"))
    )
    untold = sum(rules[name] * log(rest) for name, rest in zip(("own", "lines"), rests, strict=True)) + rules["untold"]
    total = sum(weights.values()) + exp(untold)
    return tuple(sorted(((text, weight / total) for text, weight in weights.items()), key=lambda entry: -entry[1]))


def _meaning(text: str) -> tuple[State, object]:
    parsed = parse_cell(text)
    return parsed.state, parsed.value


def read_lines_of_cells(lines: Sequence[Strip]) -> list[Texts]:
    """The likeliest texts of each picture (LINE_HEIGHT × columns, 0 paper, 1 ink) with their probabilities.

    None of a picture without columns.
    """
    found: list[Texts] = [()] * len(lines)
    for indexes, columns in score_lines(lines):
        for index, scores in zip(indexes, columns, strict=True):
            found[index] = likeliest_texts(scores, width=_KEPT, count=_TOLD)
    return found


def score_lines(lines: Sequence[Strip]) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
    """Batches: the pictures' indexes and their probabilities, pictures × steps × (1 + len(ALPHABET))."""
    session, _ = load_reader()
    widths: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        if line.shape[1]:  # what has no ink is not looked at
            widths.setdefault(-(-max(line.shape[1], _NARROWEST) // _ROUND) * _ROUND, []).append(index)
    for width, own in sorted(widths.items()):
        size = max(1, _BATCH_COLUMNS // width)
        for some in (own[start : start + size] for start in range(0, len(own), size)):
            pictures = np.ones((len(some), 3, LINE_HEIGHT, width), np.float32)
            for place, index in zip(pictures, some, strict=True):
                left = (width - lines[index].shape[1]) // 2
                place[:, :, left : left + lines[index].shape[1]] = 1 - 2 * lines[index]
            yield some, _mask(session.run(None, {"x": pictures})[0])


def _mask(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Probabilities of all characters → of those that a cell prints; all others together are OTHER, for less."""
    none = scores[:, :, :1]
    marks = np.stack([scores[:, :, list(own)].sum(axis=2) for own in _classes()], axis=2)
    rest = np.maximum(0, 1 - none - marks.sum(axis=2, keepdims=True)) * np.float32(_OTHER_WEIGHT)
    every = np.concatenate([none, marks, rest], axis=2)
    return np.asarray(every / every.sum(axis=2, keepdims=True), np.float32)


@cache
def _classes() -> tuple[tuple[int, ...], ...]:
    """The reader's classes of each symbol of the alphabet but the last, OTHER; class 0 is "no symbol"."""
    _, characters = load_reader()
    place = {character: number + 1 for number, character in enumerate(characters)}
    marks = ALPHABET.removesuffix(OTHER)
    return tuple(tuple(place[alike] for alike in _ALIKE.get(mark, mark) if alike in place) for mark in marks)
