"""A table with one row of numbers: whatever rows and lines its cells were torn into are put in sequence again."""

from __future__ import annotations

from collections.abc import Sequence

from extract.records import RawCell, Strip


def match_single_row(strips: Sequence[Strip], width: int) -> tuple[Strip | None, tuple[str, ...]]:
    """(the strip of all value cells in printed order or None, the head texts).

    A strip that alone has `width` values is the row; what else holds values is a note or a repetition.
    """
    heads = tuple(text for strip in strips for text in strip.texts)
    valued = [strip for strip in strips if any(cell.text for cell in strip.cells)]
    if not valued:
        blank = [strip for strip in strips if not strip.texts and len(strip.cells) >= width]
        return (blank[-1] if blank else None), heads
    whole = [strip for strip in valued if _printed(strip) == width]
    chosen = whole[:1] or valued
    first = chosen[0]
    cells = first.cells if len(chosen) == 1 else tuple(cell for strip in chosen for cell in _trim(strip.cells))
    return Strip((), cells, first.first, first.table, first.page, first.number), heads


def _printed(strip: Strip) -> int:
    return sum(1 for cell in strip.cells if cell.text)


def _trim(cells: tuple[RawCell, ...]) -> tuple[RawCell, ...]:
    """Without the blank cells at both ends, which pad a torn row."""
    filled = [k for k, cell in enumerate(cells) if cell.text]
    return cells[filled[0] : filled[-1] + 1] if filled else ()
