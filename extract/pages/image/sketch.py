"""What was seen on a scanned page, drawn over it for people: grid, labels and readings, as an SVG file."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from extract.errors import UnwritableError
from extract.pages.image.ink import Grey
from extract.pages.image.lattice import Lattice
from extract.pages.pdf.drawing import Box
from extract.pages.pdf.layout import PageText
from extract.pages.pdf.ruled import TextCell

_STYLE = (
    "rect{fill:none;stroke-width:.5} .cell{stroke:#07c} .open{stroke:#e70;stroke-dasharray:2 1} .line{stroke:#0a6}"
    " text{font:5px sans-serif} .label{fill:#a0a} .number{fill:#00c;font-weight:bold} .doubt{fill:#d00}"
)
_PAPER = 0.55  # opacity of the page below the drawing
_SURE = 0.99  # readings less probable are drawn as doubtful


def write_sketch(folder: Path, flat: Grey, lattices: Sequence[Lattice], text: PageText) -> Path:
    """Writes one page, upright as it was read, and gives the file. Pointing at a number shows all its readings."""
    folder.mkdir(parents=True, exist_ok=True)
    number = text.drawing.number
    taken = len(list(folder.glob(f"page-{number:03d}*.svg")))
    path = folder / (f"page-{number:03d}-{taken + 1}.svg" if taken else f"page-{number:03d}.svg")
    try:
        path.write_text("\n".join(_to_svg(flat, lattices, text)) + "\n", encoding="utf-8")
    except OSError as error:
        path.unlink(missing_ok=True)
        raise UnwritableError.of(str(path), error) from error
    return path


def _to_svg(flat: Grey, lattices: Sequence[Lattice], text: PageText) -> Iterator[str]:
    import cv2

    width, height = text.drawing.width, text.drawing.height
    picture = base64.b64encode(cv2.imencode(".png", flat)[1].tobytes()).decode("ascii")
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.1f} {height:.1f}"><style>{_STYLE}</style>'
    size = f'width="{width:.1f}" height="{height:.1f}"'
    yield f'<image {size} opacity="{_PAPER}" href="data:image/png;base64,{picture}"/>'
    for lattice in lattices:
        for cell in lattice.grid.cells:
            yield _rectangle(lattice.grid.cell_box(cell), "cell" if cell.closed else "open")
    for table in text.tables:
        yield from (_written(cell) for row in table.rows for cell in row if cell.text or cell.readings)
    for word in (word for line in text.lines for word in line):
        yield _rectangle(word.box, "line")
        yield _label(word.text, word.box, "label")
    yield "</svg>"


def _rectangle(box: Box, kind: str) -> str:
    x0, y0, x1, y1 = box
    return f'<rect class="{kind}" x="{x0:.1f}" y="{y0:.1f}" width="{x1 - x0:.1f}" height="{y1 - y0:.1f}"/>'


def _written(cell: TextCell) -> str:
    if not cell.readings:
        return _label(cell.text, cell.box, "label")
    readings = "  ".join(f"{text or '␣'} {score:.3f}" for text, score in cell.readings)
    kind = "number" if cell.readings[0][1] >= _SURE else "doubt"
    return _label(cell.text or "␣", cell.box, kind, readings)


def _label(text: str, box: Box, kind: str, title: str = "") -> str:
    more = f"<title>{escape(title)}</title>" if title else ""
    return f'<text class="{kind}" x="{box[0] + 0.5:.1f}" y="{box[1] + 4.5:.1f}">{more}{escape(text)}</text>'
