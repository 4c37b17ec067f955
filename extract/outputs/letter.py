"""Reports → DOCX: 问题清单 as a table that an office can send back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any

from extract.outputs.issues import list_issues
from extract.outputs.write import whole_file
from extract.records import Report
from extract.rules import load_rules

_FONT = "宋体"


def write_docx(reports: Sequence[Report], path: Path) -> None:
    """The list of findings on landscape pages, the head row repeated on each."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn

    words = load_rules("outputs.toml")["issues"]
    document = docx.Document()
    style: Any = document.styles["Normal"]
    style.font.name = _FONT
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.add_heading(words["title"], level=1)
    issues = [tuple(map(str, astuple(issue))) for issue in list_issues(reports)]
    if issues:
        _add_table(document, [tuple(words["columns"]), *issues], words["widths"])
    else:
        document.add_paragraph(words["none"])
    with whole_file(path) as temporary:
        document.save(str(temporary))


def _add_table(document: Any, rows: Sequence[tuple[str, ...]], widths: Sequence[int]) -> None:
    from docx.oxml import OxmlElement

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
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _printable(text: str) -> str:
    """Without control characters, which XML cannot hold."""
    return "".join(character for character in text if character.isprintable() or character in "\n\t")
