"""Damage that converters of PDF to text do to the order of a table: values by column, totals apart, values lost.

What is printed stays the truth; most of it can no longer be told from the text. The confidence model learns here to
doubt a table whose cells were read but whose sums and order are gone.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path

_BARS = re.compile(r"[|│\t\u3000]+|\s{1,}")
_VALUE = re.compile(r"-?\d[\d,.]*")
_ROW_WIDTHS = range(5, 17)
_BLOCK = (2, 9)

Row = tuple[str, list[str]]  # label, values


def scramble_folder(folder: Path, *, seed: int) -> None:
    """Every report of the folder, its tables' rows rewritten in another order; the same seed gives the same files."""
    for number, path in enumerate(sorted(path for path in folder.iterdir() if path.suffix in (".txt", ".md"))):
        rng = random.Random(f"{seed}/{number}")
        path.write_text(scramble(_read(path), rng), encoding="utf-8")


def scramble(text: str, rng: random.Random) -> str:
    """The text with each run of table rows torn in one of the ways that converters tear it."""
    lines: list[str] = []
    block: list[Row] = []
    for line in text.splitlines():
        row = _parse_row(line)
        if row:
            block.append(row)
        elif not block or line.strip():
            lines += _tear(block, rng)
            lines.append(line)
            block = []
    return "\n".join(lines + _tear(block, rng)) + "\n"


def _read(path: Path) -> str:
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "utf-16", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeError:
            continue
    return content.decode("utf-8", errors="replace")


def _parse_row(line: str) -> Row | None:
    """Label and values of a line that ends in a row of values."""
    parts = [part for part in _BARS.split(line.strip()) if part]
    values: list[str] = []
    while parts and _VALUE.fullmatch(parts[-1]):
        values.insert(0, parts.pop())
    return ("".join(parts), values) if len(values) in _ROW_WIDTHS else None


def _tear(block: Sequence[Row], rng: random.Random) -> list[str]:
    lines: list[str] = []
    start = 0
    while start < len(block):
        end = start + rng.randint(*_BLOCK)
        lines += rng.choice(_WAYS)(list(block[start:end]), rng)
        start = end
    return lines


def _by_column(rows: list[Row], rng: random.Random) -> list[str]:
    """All labels, then the values of one column after the other, each on its own line."""
    width = max(len(values) for _, values in rows)
    columns = [values[k] for k in range(width) for _, values in rows if k < len(values)]
    return [label for label, _ in rows if label] + columns


def _totals_apart(rows: list[Row], rng: random.Random) -> list[str]:
    """Rows without their last value; the last values stand below, or above."""
    totals = [values[-1] for _, values in rows]
    body = [" ".join([label, *values[:-1]]) for label, values in rows]
    return totals + body if rng.random() < 0.5 else body + totals


def _values_lost(rows: list[Row], rng: random.Random) -> list[str]:
    """Rows from which single values are gone without a trace."""
    lines = []
    for label, values in rows:
        kept = [value for value in values if rng.random() > 0.12]
        lines.append(" ".join([label, *kept]))
    return lines


def _labels_shuffled(rows: list[Row], rng: random.Random) -> list[str]:
    """The value rows first, then their labels in another order."""
    labels = [label for label, _ in rows if label]
    rng.shuffle(labels)
    return [" | ".join(values) for _, values in rows] + labels


def _one_by_one(rows: list[Row], rng: random.Random) -> list[str]:
    """Each cell on its own line, a value lost or doubled now and then."""
    lines = []
    for label, values in rows:
        lines.append(label)
        for value in values:
            lines += [value] * rng.choices((0, 1, 2), (0.03, 0.94, 0.03))[0]
    return [line for line in lines if line]


def _untouched(rows: list[Row], rng: random.Random) -> list[str]:
    return [" ".join([label, *values]) for label, values in rows]


_WAYS: tuple[Callable[[list[Row], random.Random], list[str]], ...] = (
    _by_column,
    _totals_apart,
    _values_lost,
    _labels_shuffled,
    _one_by_one,
    _untouched,
    _untouched,
)
