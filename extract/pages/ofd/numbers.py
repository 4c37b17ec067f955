"""The number lists that OFD writes into attributes: boxes, matrices, deltas, paths."""

from __future__ import annotations

import math
from collections.abc import Iterator

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

_LARGEST = 1e6  # millimetres; nothing on a page lies farther out
_LENGTHS = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


def read_number(text: str | None, default: float = 0.0) -> float:
    """The number, `default` where the text is none or no finite one."""
    try:
        value = float(text) if text else default
    except ValueError:
        return default
    return value if math.isfinite(value) and abs(value) <= _LARGEST else default


def read_numbers(text: str | None) -> list[float]:
    return [read_number(part) for part in (text or "").split()]


def read_box(text: str | None) -> tuple[float, float, float, float] | None:
    """x, y, width, height; None where that is not what stands there."""
    numbers = read_numbers(text)
    return (numbers[0], numbers[1], numbers[2], numbers[3]) if len(numbers) == 4 else None


def read_matrix(text: str | None) -> Matrix:
    """a b c d e f of CTM: x' = a·x + c·y + e, y' = b·x + d·y + f."""
    numbers = read_numbers(text)
    if len(numbers) != 6:
        return IDENTITY
    a, b, c, d, e, f = numbers
    return a, b, c, d, e, f


def read_deltas(text: str | None, *, most: int) -> list[float]:
    """The steps from one character to the next; `g 3 5.6` stands for three steps of 5.6. Never more than `most`."""
    parts = (text or "").split()
    deltas: list[float] = []
    k = 0
    while k < len(parts) and len(deltas) < most:
        if parts[k] == "g" and k + 2 < len(parts):
            count = max(0, int(read_number(parts[k + 1])))
            deltas += [read_number(parts[k + 2])] * min(count, most - len(deltas))
            k += 3
        else:
            deltas.append(read_number(parts[k]))
            k += 1
    return deltas


def apply(point: Point, matrix: Matrix) -> Point:
    a, b, c, d, e, f = matrix
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f


def multiply(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does `first`, then `then`."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def read_outline(text: str | None) -> Iterator[tuple[Point, Point, bool]]:
    """(from, to, is straight) for every piece of a path (AbbreviatedData), closing pieces too."""
    parts = (text or "").split()
    here = start = (0.0, 0.0)
    k = 0
    while k < len(parts):
        operator = parts[k]
        length = _LENGTHS.get(operator)
        if length is None or k + length >= len(parts):
            k += 1
            continue
        numbers = [read_number(part) for part in parts[k + 1 : k + 1 + length]]
        k += 1 + length
        if operator == "C":
            yield here, start, True
            here = start
            continue
        end = (numbers[-2], numbers[-1])
        if operator in "MS":
            start = end
        else:
            yield here, end, operator == "L"
        here = end
