"""Confused characters: labels at the level's rate, prose up to it, digits only into what still reads the same."""

from __future__ import annotations

import random
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from training.synthesis.grids import Grid

RATES = {"text-0": 0.0, "text-1": 0.02, "text-2": 0.08, "torn": 0.0}
_IN_PROSE = {"train": 0.3, "holdout": 1.0}  # of the rate of labels: some converters read running text no better
_IN_VALUES = 0.3
_DROPPED = 0.08  # of the confused characters are not printed at all


@cache
def load_confusions(generator: str) -> dict[str, Any]:
    """What a character may be taken for."""
    path = files("training.synthesis").joinpath("confusions.toml")
    entry: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))[generator]
    return entry


def confuse_text(text: str, rate: float, rng: random.Random, generator: str) -> str:
    """The text with that share of its known characters confused, never a digit."""
    if not rate:
        return text
    known, drop = load_confusions(generator)["labels"], load_confusions(generator)["drop"]
    out = []
    for char in text:
        if char.isdigit() or rng.random() >= rate:
            out.append(char)
        elif char in drop:
            continue
        else:
            out.append(known.get(char, char) if rng.random() > _DROPPED else "")
    return "".join(out)


def confuse_prose(text: str, level: str, rng: random.Random, generator: str) -> str:
    """Running text, read better than small labels in ruled cells by some converters and no better by others."""
    return confuse_text(text, RATES[level] * _IN_PROSE[generator], rng, generator)


def confuse_value(text: str, rate: float, rng: random.Random, generator: str, *, spaces: bool) -> str:
    """0 as O, 1 as l, full-width digits, a space inside: whoever knows what a count is still reads the same."""
    if not text or rng.random() >= rate:
        return text
    known = load_confusions(generator)
    kind = rng.choice(("alike", "alike", "wide", "space"))
    if kind == "wide":
        return "".join(chr(ord(char) + 0xFEE0) if char.isdigit() else char for char in text)
    if kind == "space" and spaces and len(text) > 1 and text.isdigit():
        cut = rng.randint(1, len(text) - 1)
        return f"{text[:cut]} {text[cut:]}"
    zero, one = rng.choice(known["zero"]), rng.choice(known["one"])
    return text.replace("0", zero).replace("1", one) if text.isdigit() else text


def confuse_grid(grid: Grid, level: str, rng: random.Random, generator: str, *, keeps_columns: bool) -> None:
    """Labels and values of the grid, in place; a space may stand inside a number where the layout keeps columns."""
    rate = RATES[level]
    if not rate:
        return
    for row in grid.rows:
        inside = range(row.start, row.start + len(row.fields))
        for k, text in enumerate(row.cells):
            if k in inside or text.replace(".", "").isdigit():
                row.cells[k] = confuse_value(text, rate * _IN_VALUES, rng, generator, spaces=keeps_columns)
            else:
                row.cells[k] = confuse_text(text, rate, rng, generator)
