"""What a scanned cell's recogniser says for and against the reading that was chosen."""

from __future__ import annotations

from extract.celltext import parse_cell
from extract.quick import replace
from extract.records import RECOGNISED, RECOGNISER_MARGIN, Cells, Document, Page, ParsedCell, ReadCell

_SHOWN = 3  # readings that the evidence names
_UNKNOWN = 0.5  # probability of a number that only the recogniser of lines has seen
_LEAST = 0.001  # probability below which a reading is not named


def recognised_scores(cell: ParsedCell) -> dict[str, float]:
    """Probability (0..1) of the chosen value or state, and how much more likely it is than the next (-1..1)."""
    own, other = 0.0, 0.0
    for text, probability in cell.readings:
        parsed = parse_cell(text)
        if (parsed.state, parsed.value) == (cell.state, cell.value):
            own = probability
        else:
            other = max(other, probability)
    return {RECOGNISED: min(1.0, own), RECOGNISER_MARGIN: own - other}


def doubt_unrecognised(cells: Cells, document: Document) -> Cells:
    """The cells; what was read off a scan, but not by the recogniser of cells, is for a person."""
    scanned = {page.number: page for page in document.pages if page.scanned or page.scans}
    if not scanned:
        return cells
    return {
        field: replace(cell, scores={**cell.scores, RECOGNISED: _UNKNOWN})
        if cell.page in scanned and RECOGNISED not in cell.scores and _is_scanned(cell, scanned[cell.page])
        else cell
        for field, cell in cells.items()
    }


def _is_scanned(cell: ReadCell, page: Page) -> bool:
    if page.scanned or cell.bbox is None:
        return True
    x, y = (cell.bbox[0] + cell.bbox[2]) / 2, (cell.bbox[1] + cell.bbox[3]) / 2
    return any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in page.scans)


def readings_note(cell: ParsedCell) -> str:
    """The likeliest readings with their probabilities, for people."""
    shown = [
        f"“{text}”{probability:.3f}" if text else f"空白{probability:.3f}"
        for text, probability in cell.readings[:_SHOWN]
        if probability >= _LEAST
    ]
    return f"字符识别 {'、'.join(shown)}" if shown else "字符无法识别"
