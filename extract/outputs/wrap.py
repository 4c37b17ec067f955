"""Long Chinese lines → lines of a given number of terminal columns."""

from __future__ import annotations

import re

_PIECE = re.compile(r"[A-Za-z0-9_.,:%/+-]+\s?|.", re.DOTALL)
_NEVER_FIRST = set("，。；：、！？）】》”’,.;:!?)]")


def wrap_text(text: str, width: int) -> list[str]:
    """Lines of at most `width` columns, a Chinese character taking two; numbers, words, closing marks stay together."""
    from rich.cells import cell_len

    lines, line = [], ""
    for piece in _PIECE.findall(text):
        if line and cell_len(line + piece.rstrip()) > width and not (piece in _NEVER_FIRST and cell_len(line) < width):
            kept, moved = _carry(line, piece)
            lines.append(kept.rstrip())
            line = moved.lstrip()
        line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def _carry(line: str, piece: str) -> tuple[str, str]:
    """Takes the last character along where the next piece may not begin a line."""
    return (line[:-1], line[-1:]) if piece in _NEVER_FIRST and len(line) > 1 else (line, "")
