"""Parts → a PDF: tables over several pages, with or without repeated heads, rules or shading."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from training.synthesis.office.parts import Part, Rows

_FONT = "STSong-Light"  # of every reader of PDF; it is named, not embedded
_MARGIN = 45  # points
_STUBS = {10: (26, 70, 140), 4: (130,)}  # columns of a table → width of its columns of labels in points


@dataclass(frozen=True, slots=True)
class _Style:
    """How one file is printed."""

    size: float
    repeats: bool
    landscape: bool
    rules: str  # all, thin, or rows only


def write_pdf(parts: Sequence[Part], rng: random.Random) -> bytes:
    """The file. Raises: ImportError where reportlab is not installed."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.platypus import SimpleDocTemplate

    registerFont(UnicodeCIDFont(_FONT))
    style = _Style(
        rng.choice((8, 9, 9.5)), rng.random() < 0.5, rng.random() < 0.15, rng.choice(("all", "all", "thin", "rows"))
    )
    page = landscape(A4) if style.landscape else A4
    buffer = io.BytesIO()
    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), _MARGIN)
    document = SimpleDocTemplate(buffer, pagesize=page, invariant=1, **margins)
    width = page[0] - 2 * _MARGIN - 12
    document.build([flowable for part in parts for flowable in _part(part, style, width)], **_feet(rng))
    return buffer.getvalue()


def _feet(rng: random.Random) -> dict[str, Any]:
    """Page numbers, or nothing."""
    if rng.random() < 0.4:
        return {}

    def number(canvas: Any, document: Any) -> None:
        canvas.setFont(_FONT, 8)
        canvas.drawCentredString(canvas._pagesize[0] / 2, 25, f"- {canvas.getPageNumber()} -")

    return {"onFirstPage": number, "onLaterPages": number}


def _part(part: Part, style: _Style, width: float) -> list[Any]:
    from reportlab.platypus import Spacer

    if part.kind == "table":
        return [_table(part, style, width), Spacer(1, 8)]
    large = 5 if part.kind == "title" else 3 if part.kind == "heading" else 2
    return [_paragraph(part.number + part.text, style.size + large, centred=part.kind == "title")]


def _paragraph(text: str, size: float, *, centred: bool = False) -> Any:
    from xml.sax.saxutils import escape

    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    style = ParagraphStyle(
        "any", fontName=_FONT, fontSize=size, leading=size * 1.5, wordWrap="CJK", alignment=1 if centred else 0
    )
    return Paragraph(escape(text), style)


def _table(part: Part, style: _Style, width: float) -> Any:
    from reportlab.platypus import Table

    columns = sum(cell.columns for cell in part.rows[0])
    grid, commands = _lay_out(part.rows, style, columns)
    stubs = _STUBS.get(columns, ())
    rest = (width - sum(stubs)) / (columns - len(stubs))
    cells = [[_paragraph(text, style.size, centred=k >= len(stubs)) for k, text in enumerate(row)] for row in grid]
    repeats = part.heads if style.repeats else 0
    return Table(cells, [*stubs, *[rest] * (columns - len(stubs))], repeatRows=repeats, style=commands)


def _lay_out(rows: Rows, style: _Style, columns: int) -> tuple[list[list[str]], list[tuple[Any, ...]]]:
    """(texts on the grid, commands of spans and rules). A cell over many rows is a box that the text begins: its rows
    may stand on two pages."""
    from reportlab.lib.colors import black, grey

    grid = [[""] * columns for _ in rows]
    taken: set[tuple[int, int]] = set()
    commands: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("TOPPADDING", (0, 0), (-1, -1), 2)]
    line, colour = (0.3, grey) if style.rules == "thin" else (0.6, black)
    for k, row in enumerate(rows):
        column = 0
        for cell in row:
            while (k, column) in taken:
                column += 1
            right, bottom = column + cell.columns - 1, min(k + cell.rows, len(rows)) - 1
            taken.update((r, c) for r in range(k, bottom + 1) for c in range(column, right + 1))
            grid[k][column] = cell.text
            if cell.kind == "head" or bottom == k:
                commands.append(("SPAN", (column, k), (right, bottom)))
            commands.append(_rule(style, (column, k), (right, bottom), (line, colour)))
            column = right + 1
    return grid, commands


def _rule(style: _Style, first: tuple[int, int], last: tuple[int, int], pen: tuple[float, Any]) -> tuple[Any, ...]:
    if style.rules == "rows":
        return ("LINEBELOW", (first[0], last[1]), last, *pen)
    return ("BOX", first, last, *pen)
