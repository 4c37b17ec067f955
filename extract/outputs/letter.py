"""Reports → DOCX: 问题清单 as a table that an office can send back."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from extract.outputs.issues import list_issues, sum_up
from extract.outputs.order import sort_reports
from extract.outputs.panel import NameUnit
from extract.outputs.write import write_bytes
from extract.quick import as_tuple, replace
from extract.records import Report
from extract.rules import load_rules

_FONT = "宋体"
_SIZE, _TITLE_SIZE = 9, 16  # points
_A4_LANDSCAPE = (297, 210)  # millimetres
_MARGIN = 15
_CELL_MARGIN = 57  # twentieths of a point: 1 mm
_HEAD = "E7E6E6"


def write_docx(reports: Sequence[Report], path: Path, name_unit: NameUnit = str, *, unread: Sequence[str] = ()) -> None:
    """The list of findings, by agency and year, on landscape pages, the head row repeated on each; the files that are
    `unread` are named below it.
    """
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    words = load_rules("outputs.toml")["issues"]
    document = docx.Document()
    document.core_properties.author = "gouji"
    style: Any = document.styles["Normal"]
    style.font.name = _FONT
    style.font.size = Pt(_SIZE)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = map(Mm, _A4_LANDSCAPE)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Mm(_MARGIN))
    _add_title(document, words["title"])
    reports = sort_reports(reports, name_unit)
    listed = (replace(issue, code=issue.code.replace("、", "\n")) for issue in list_issues(reports))
    issues = [tuple(map(str, as_tuple(issue))) for issue in listed]
    if issues:
        _add_table(document, [tuple(words["columns"]), *issues], words["widths"])
    for text in sum_up(reports, unread):
        document.add_paragraph(_printable(text))
    packed = BytesIO()  # a ZIP file that cannot be written complains a second time when it is thrown away
    document.save(packed)
    write_bytes(packed.getvalue(), path)


def _add_title(document: Any, text: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run(text)
    run.bold, run.font.size = True, Pt(_TITLE_SIZE)


def _add_table(document: Any, rows: Sequence[tuple[str, ...]], widths: Sequence[int]) -> None:
    from docx.oxml.ns import qn

    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    table = document.add_table(rows=len(rows), cols=len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):  # some programs go by the grid, not by the cells
        column.width = int(room * width / sum(widths))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = int(room * width / sum(widths))
            cell.text = _printable(text)
        row._tr.get_or_add_trPr().append(_element("w:cantSplit"))
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))
    margins = (_element(f"w:{side}", w=_CELL_MARGIN, type="dxa") for side in ("top", "left", "bottom", "right"))
    look = table._tbl.tblPr.find(qn("w:tblLook"))  # the format wants the margins before it
    look.addprevious(_element("w:tblCellMar", *margins))
    for cell in table.rows[0].cells:
        cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", fill=_HEAD))
        cell.paragraphs[0].runs[0].bold = True


def _element(name: str, *inside: Any, **attributes: str | int) -> Any:
    """An element of the Word file; a cell margin has its width in twentieths of a point."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    for element in inside:
        made.append(element)
    return made


def _printable(text: str) -> str:
    """Without control characters, which XML cannot hold."""
    return "".join(character for character in text if character.isprintable() or character in "\n\t")
