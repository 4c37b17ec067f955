"""Rows of cells → lines of text, one renderer for each way that tools write tables."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Sequence

Cells = Sequence[str]
Renderer = Callable[[Sequence[Cells], random.Random], list[list[str]]]
"""Rows → for each row the lines that print it."""


def display_width(text: str) -> int:
    """Columns on a terminal: wide characters count two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def _fit(text: str, width: int, filler: str = " ") -> str:
    missing = width - display_width(text)
    return text + filler * (missing // display_width(filler)) + (" " * (missing % display_width(filler)))


def _widths(rows: Sequence[Cells]) -> list[int]:
    count = max(len(row) for row in rows)
    return [max((display_width(row[k]) for row in rows if k < len(row)), default=0) for k in range(count)]


def pipes(rows: Sequence[Cells], rng: random.Random) -> list[list[str]]:
    """Markdown, a separator under the first row (or none)."""
    lines = [[f"| {' | '.join(cells)} |"] for cells in rows]
    if rng.random() < 0.8:
        mark = rng.choice(("---", "-----", ":---:", "------"))
        lines[0].append("|" + "|".join([mark] * len(rows[0])) + "|")
    return lines


def tabs(rows: Sequence[Cells], rng: random.Random) -> list[list[str]]:
    """Tab separated."""
    return [["\t".join(cells)] for cells in rows]


def aligned(rows: Sequence[Cells], rng: random.Random) -> list[list[str]]:
    """Columns kept apart by runs of spaces, labels not wider than one column."""
    widths = [min(width, 44) for width in _widths(rows)]
    gap, filler = " " * rng.choice((2, 3, 4)), rng.choice((" ", " ", "　"))
    return [
        [gap.join(_fit(text, width, filler) for text, width in zip(cells, widths, strict=False)).rstrip()]
        for cells in rows
    ]


def flattened(rows: Sequence[Cells], rng: random.Random) -> list[list[str]]:
    """Every cell on a line of its own, empty cells dropped; spread labels now and then one character a line."""
    vertical = rng.random() < 0.5
    return [[line for text in cells if text for line in (_letters(text) if vertical else [text])] for cells in rows]


def _letters(text: str) -> list[str]:
    """结 果 维 持 → four lines; any other text stays whole."""
    parts = text.split(" ")
    return parts if len(parts) > 2 and all(len(part) == 1 for part in parts) else [text]


def flattened_with_gaps(rows: Sequence[Cells], rng: random.Random) -> list[list[str]]:
    """Every cell on a line of its own, an empty line for an empty cell."""
    return [list(cells) for cells in rows]


def single_spaced(rows: Sequence[Cells], rng: random.Random) -> list[list[str]]:
    """`label 1 0 0 0 0 0 1`, empty cells dropped."""
    return [[" ".join(text for text in cells if text)] for cells in rows]


def bare_pipes(rows: Sequence[Cells], rng: random.Random) -> list[list[str]]:
    """Pipes between the cells only."""
    lines = [[" | ".join(cells)] for cells in rows]
    if rng.random() < 0.5:
        lines[0].append(" | ".join(["---"] * len(rows[0])))
    return lines


def ruled(rows: Sequence[Cells], rng: random.Random) -> list[list[str]]:
    """Framed with + - and |."""
    return _framed(rows, "|", "+", "-")


def boxed(rows: Sequence[Cells], rng: random.Random) -> list[list[str]]:
    """Framed with box-drawing characters."""
    return _framed(rows, "│", "┼", "─")


def _framed(rows: Sequence[Cells], bar: str, cross: str, dash: str) -> list[list[str]]:
    widths = _widths(rows)
    rule = cross + cross.join(dash * ((width + 2) // display_width(dash)) for width in widths) + cross
    lines = []
    for cells in rows:
        padded = [*cells, *[""] * (len(widths) - len(cells))]
        body = f" {bar} ".join(_fit(text, width) for text, width in zip(padded, widths, strict=True))
        lines.append([f"{bar} {body} {bar}", rule])
    lines[0].insert(0, rule)
    return lines


def wide_spaced(rows: Sequence[Cells], rng: random.Random) -> list[list[str]]:
    """Columns kept apart by full-width spaces."""
    return [["　　".join(text for text in cells if text)] for cells in rows]


def double_spaced(rows: Sequence[Cells], rng: random.Random) -> list[list[str]]:
    """Every cell on a line of its own, an empty line between any two."""
    return [[line for text in cells if text for line in (text, "")] for cells in rows]


def html_breaks(rows: Sequence[Cells], rng: random.Random) -> list[list[str]]:
    """Markdown whose long labels hold <br>."""
    rows = [[_break(text) for text in cells] for cells in rows]
    return pipes(rows, rng)


def _break(text: str) -> str:
    return text if len(text) < 9 else f"{text[:8]}<br>{text[8:]}"


KEEPS_COLUMNS: dict[str, tuple[Renderer, ...]] = {
    "train": (pipes, tabs, pipes),
    "holdout": (tabs, ruled, boxed, bare_pipes, html_breaks),
}
RENDERERS: dict[str, tuple[Renderer, ...]] = {
    "train": (pipes, pipes, pipes, tabs, tabs, aligned, aligned, flattened, flattened_with_gaps, single_spaced),
    "holdout": (pipes, tabs, bare_pipes, ruled, boxed, wide_spaced, double_spaced, html_breaks),
}
