"""Lines → pages: page marks, running heads, breaks in mid-sentence and in mid-table."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from training.synthesis.typeset import Style


@dataclass(slots=True)
class Flow:
    """Lines that belong together. `cuttable` prose may break inside a line, rows only between `units`."""

    units: list[list[str]]
    cuttable: bool = False
    repeat: list[str] = field(default_factory=list)  # head lines repeated after a page break
    digits: bool = False  # a line with a lone number would be taken for a cell


def break_pages(flows: list[Flow], style: Style, words: dict[str, str], rng: random.Random) -> list[str]:
    """All lines with the breaks between pages."""
    total = sum(_height(unit) for flow in flows for unit in flow.units)
    pages = total // style.page_lines + 1 if style.page_lines else 1
    lines: list[str] = []
    page, used = 1, 0
    for flow in flows:
        for place, unit in enumerate(flow.units):
            used += _height(unit)
            if style.page_lines and used > style.page_lines:
                broken = _break_lines(page, pages, style, words, digits=flow.digits)
                page, used = page + 1, 0
                lines += _cut(unit, broken, rng) if flow.cuttable else [*broken, *_again(flow, place, style), *unit]
            else:
                lines += unit
    if style.page_lines and page > 1:
        lines += [_mark(page, pages, style, words)]
    return lines


def _height(unit: list[str]) -> int:
    return sum(1 + len(line) // 40 for line in unit)


def _again(flow: Flow, place: int, style: Style) -> list[str]:
    return flow.repeat if style.repeat_heads and place > 1 else []


def _cut(unit: list[str], broken: list[str], rng: random.Random) -> list[str]:
    """The break inside the longest line, never next to a digit."""
    longest = max(range(len(unit)), key=lambda k: len(unit[k]))
    text = unit[longest]
    if len(unit) > 1 and longest > 0 and len(text) < 60:
        return [*unit[:longest], *broken, *unit[longest:]]
    cuts = [
        k for k in range(8, len(text) - 8) if not (text[k - 1] + text[k]).isascii() and "\u4e00" <= text[k] <= "\u9fff"
    ]
    cuts = [k for k in cuts if "\u4e00" <= text[k - 1] <= "\u9fff"]
    if not cuts or rng.random() < 0.3:
        return [*broken, *unit]
    k = rng.choice(cuts)
    return [*unit[:longest], text[:k], *broken, text[k:], *unit[longest + 1 :]]


def _break_lines(page: int, pages: int, style: Style, words: dict[str, str], *, digits: bool) -> list[str]:
    mark = _mark(page, pages, style, words)
    if digits and mark.strip().isdigit():
        mark = f"- {mark} -"
    runner = style.runner.format(**words)
    return [*([""] if style.form_feed != "\f" else []), mark, style.form_feed, *([runner] if runner else []), ""]


def _mark(page: int, pages: int, style: Style, words: dict[str, str]) -> str:
    return style.mark.format(n=page, m=pages, **words)
