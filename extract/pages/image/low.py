"""The one row of a table that a page break left on a page: lower than rules between columns elsewhere are long."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extract.pages.image.ink import Ink
from extract.pages.image.lattice import Lattice, find_within, rule_to_edge
from extract.pages.image.rules import Rule
from extract.pages.image.sideless import is_drawn, is_taken
from extract.pages.pdf.drawing import Edge
from extract.rules import load_rules


def find_low(ink: Ink, rules: Sequence[Rule], found: Sequence[Lattice], unit: float) -> list[Lattice]:
    """The tables of a page with one row, whose upper or lower rule may be missing, but for what lies in those `found`.

    `unit` is pixels a point.
    """
    limits = load_rules("scans.toml")["low"]
    edges = [rule_to_edge(rule, unit) for rule in rules if rule.horizontal and rule.length >= limits["widest"] * unit]
    edges = [edge for edge in edges if is_drawn(edge, ink, unit)]
    lattices: list[Lattice] = []
    for edge in sorted(edges, key=lambda own: own.at):
        for sign in (1, -1):
            if is_taken(edge, [*found, *lattices], unit):
                break
            if height := _height_of_row(_standing(ink, edge, sign, unit), edge.end - edge.start):
                top, bottom = sorted((edge.at, edge.at + sign * height))
                lattices += find_within((edge.start, top, edge.end, bottom), ink, unit)
    return lattices


def _height_of_row(strokes: NDArray[np.float64], width: float) -> float:
    """The height that most strokes on a rule of that width have, be they enough, or those at both its ends and another
    between; 0 where they have none in common.
    """
    limits = load_rules("scans.toml")["low"]
    if len(strokes) >= limits["fewest"]:
        height = float(np.median(strokes[:, 1]))
        if np.mean(np.abs(strokes[:, 1] - height) <= limits["alike"]) >= limits["most"]:
            return height
    sides = [strokes[np.abs(strokes[:, 0] - x) <= limits["at_end"], 1] for x in (0.0, width)]
    if not all(map(len, sides)) or abs(sides[0][0] - sides[1][-1]) > limits["alike"]:
        return 0.0
    height = float(sides[0][0] + sides[1][-1]) / 2
    inner = strokes[(strokes[:, 0] > limits["inner"]) & (strokes[:, 0] < width - limits["inner"]), 1]
    return height if np.any(np.abs(inner - height) <= limits["alike"]) else 0.0


def _standing(ink: Ink, edge: Edge, sign: int, unit: float) -> NDArray[np.float64]:
    """Where each of the thin strokes is, from the rule's start, that hang from it where `sign` is 1, or stand on it,
    and how high; in points, shape (n_strokes, 2).
    """
    import cv2

    limits = load_rules("scans.toml")["low"]
    columns = slice(round(edge.start * unit), round(edge.end * unit))
    at, off, depth = (round(value * unit) for value in (edge.at, limits["off"], limits["highest"]))
    rows = at + sign * np.arange(off, depth)
    rows = rows[(rows >= 0) & (rows < len(ink))]
    own = ink[max(0, at - 1) : at + 2, columns]
    if not len(rows) or not own.size:
        return np.zeros((0, 2))
    ground = float(np.median(ink[rows[: round(limits["lowest"] * unit)], columns]))  # of a shaded row
    least = ground + limits["holds"] * (float(np.median(own.max(axis=0))) - ground)
    dark = cv2.dilate((ink[rows, columns] > least).astype(np.uint8), np.ones((1, 3), np.uint8))  # leans by a pixel
    drawn = np.cumprod(dark, axis=0).sum(axis=0) / unit + limits["off"]
    tall = np.nonzero(drawn >= limits["lowest"])[0]
    strokes = np.split(tall, np.nonzero(np.diff(tall) > 1)[0] + 1) if len(tall) else []
    thin = [own for own in strokes if len(own) <= limits["thickest"] * unit]
    return np.array([(float(own.mean()) / unit, drawn[own].max()) for own in thin]).reshape(-1, 2)
