"""A drawn page of one table row, and the report that was read from it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PIL import Image, ImageDraw

from extract.quick import replace
from extract.records import BBox, Claim, Finding, Label, Qualifier, Report, Sentence, Severity, Verdict
from tests.builders import FORM, make_cells, make_report

ROW = "requests.granted"
COLUMNS = [column.id for column in FORM.tables[1].blocks[0].columns]
DOUBTFUL, BLAMED = f"{ROW}.natural_person", f"{ROW}.total"
SIZE = (1000, 1400)
_LEFT, _TOP, _CELL = 300, 600, (90, 40)


def cell_box(column: int) -> BBox:
    """The box of a cell of the drawn row, in the unit square of the page."""
    x, y = _LEFT + column * _CELL[0], _TOP
    return x / SIZE[0], y / SIZE[1], (x + _CELL[0]) / SIZE[0], (y + _CELL[1]) / SIZE[1]


def draw_page(path: Path) -> Path:
    """White paper with one ruled row; its doubtful cell is black, so that a picture of it is told from others."""
    page = Image.new("L", SIZE, "white")
    pen = ImageDraw.Draw(page)
    for column in range(len(COLUMNS)):
        x0, y0, x1, y1 = (round(part * side) for part, side in zip(cell_box(column), SIZE * 2, strict=True))
        pen.rectangle((x0, y0, x1, y1), outline="black", fill="black" if column == 0 else None, width=2)
    page.save(path)
    return path


def scanned_report(page: Path, *, doubtful: tuple[str, ...] = (DOUBTFUL,), degrees: int = 0) -> Report:
    """The report of the page, whose drawn row has boxes: 12 in doubt, the total blamed, said otherwise in the text."""
    made = make_report(make_cells({DOUBTFUL: 12, BLAMED: 13}), doubtful=doubtful)
    fields = dict(made.fields)
    for column, name in enumerate(COLUMNS):
        field, box = f"{ROW}.{name}", turn_box(cell_box(column), degrees)
        fields[field] = replace(fields[field], bbox=box, evidence=("12 0.61；17 0.35",))
    source = replace(
        made.source, file=page.name, format="image", sha256=hashlib.sha256(page.read_bytes()).hexdigest(), ocr=True
    )
    text = "全年予以公开14件，其余未予公开。"
    claim = Claim("k1", "s001", "14件", 6, 9, fields[BLAMED].value, "件", Qualifier.EXACT, BLAMED)  # type: ignore[arg-type]
    return replace(
        made,
        source=source,
        fields=fields,
        sentences=(Sentence("s001", 1, text, Label.STATISTIC, 0.97, 1),),
        claims=(replace(claim, verdict=Verdict.CONTRADICTED),),
        findings=(
            Finding("A001", Severity.ERROR, "合计应为 12，填报为 13。", "It adds up to 12.", (BLAMED,), (), 12, 13),
            Finding("T001", Severity.ERROR, "正文为 14，表三为 13 件。", "", (BLAMED,), ("s001",), 13, 14),
        ),
    )


def turn_box(box: BBox, degrees: int) -> BBox:
    """Where the box stands on the page after it was turned clockwise by so many degrees."""
    x0, y0, x1, y1 = box
    turned = {
        0: box,
        90: (1 - y1, x0, 1 - y0, x1),
        180: (1 - x1, 1 - y1, 1 - x0, 1 - y0),
        270: (y0, 1 - x1, y1, 1 - x0),
    }
    return turned[degrees]
