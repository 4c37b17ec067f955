"""What a scanned cell's recogniser says for and against the reading that was chosen."""

from __future__ import annotations

from dataclasses import replace

from extract.celltext import parse_cell
from extract.records import RECOGNISED, RECOGNISER_MARGIN, Cells, Document, ParsedCell

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
    """The cells; what stands on a scanned page and was not read by the recogniser of cells is for a person."""
    scanned = {page.number for page in document.pages if page.scanned}
    if not scanned:
        return cells
    return {
        field: replace(cell, scores={**cell.scores, RECOGNISED: _UNKNOWN})
        if cell.page in scanned and RECOGNISED not in cell.scores
        else cell
        for field, cell in cells.items()
    }


def readings_note(cell: ParsedCell) -> str:
    """The likeliest readings with their probabilities, for people."""
    shown = [
        f"“{text}”{probability:.3f}" if text else f"空白{probability:.3f}"
        for text, probability in cell.readings[:_SHOWN]
        if probability >= _LEAST
    ]
    return f"字符识别 {'、'.join(shown)}" if shown else "字符无法识别"
