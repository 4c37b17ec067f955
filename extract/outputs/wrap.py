"""Long Chinese lines → lines of a given number of terminal columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PIECE = re.compile(r"[A-Za-z0-9_.,:%/+-]+\s?|.", re.DOTALL)
_NEVER_FIRST = set("，。；：、！？）】》”’,.;:!?)]")
_NEVER_LAST = set("（【《“‘([")


def wrap_text(text: str, width: int) -> list[str]:
    """Lines of at most `width` columns (2 or more), a Chinese character taking two.

    Numbers and words stay whole where they fit into a line; closing marks begin no line, opening ones end none.
    """
    lines: list[str] = []
    line: list[str] = []
    for piece in _pieces(text, width):
        if line and _columns([*line, piece]) > width:
            cut = _cut(line, piece, width)
            lines.append("".join(line[:cut]).rstrip())
            line = line[cut:]
        if line or piece.strip():
            line.append(piece)
    return [*lines, "".join(line).rstrip()] if line else lines


def _pieces(text: str, width: int) -> Iterator[str]:
    """Characters, and words that fit into a line."""
    for piece in _PIECE.findall(" ".join(text.splitlines())):
        yield from [piece] if _columns([piece]) <= width else piece


def _columns(pieces: list[str]) -> int:
    from rich.cells import cell_len

    return cell_len("".join(pieces).rstrip())


def _cut(line: list[str], piece: str, width: int) -> int:
    """Before which piece of the line to break; what a mark must not be parted from goes along."""
    cut = len(line)
    if piece.strip() in _NEVER_FIRST:
        cut -= 1
        while cut > 0 and line[cut].strip() in _NEVER_FIRST:
            cut -= 1
    while cut > 0 and line[cut - 1] in _NEVER_LAST:
        cut -= 1
    return cut if cut > 0 and _columns([*line[cut:], piece]) <= width else len(line)
