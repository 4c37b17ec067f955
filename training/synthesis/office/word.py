"""Parts → a Word file: merged cells, automatic numbers, tracked changes, text boxes, frames, running heads."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from training.synthesis.office.parts import Cell, Part, Rows

_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_AUTHOR = 'w:id="9" w:author="a" w:date="2024-01-02T00:00:00Z"'
_NUMBERS = "91"  # the ids of the list of headings, which no list of the empty file has


@dataclass(frozen=True, slots=True)
class _Style:
    """How one file is written."""

    numbered: bool  # the numbers of headings are a list's
    boxed: bool  # the title stands in a text box
    framed: bool  # tables lie in a cell of another table
    changed: bool  # values were corrected with tracked changes
    wrapped: bool  # values stand in runs of one digit each


def write_docx(parts: Sequence[Part], rng: random.Random) -> bytes:
    """The file. Raises: ImportError where python-docx is not installed."""
    import docx
    from docx.oxml import parse_xml

    style = _Style(*(rng.random() < share for share in (0.4, 0.2, 0.15, 0.3, 0.2)))
    document = docx.Document()
    if style.numbered:
        _add_list(document, parse_xml)
    if rng.random() < 0.5:
        document.sections[0].header.paragraphs[0].text = "政府信息公开工作年度报告 2 3 0"
        document.sections[0].footer.paragraphs[0].text = f"第 {rng.randint(1, 9)} 页"
    body = document.element.body
    for part in parts:
        for xml in _part(part, style, rng):
            body.insert(len(body) - 1, parse_xml(xml))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _add_list(document: Any, parse_xml: Any) -> None:
    """A list that numbers 一、二、."""
    numbering = document.part.numbering_part.element
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    first = numbering.index(numbering.num_lst[0])
    numbering.insert(first, parse_xml(f'<w:abstractNum {_SPACES} w:abstractNumId="{_NUMBERS}">{level}</w:abstractNum>'))
    listed = f'<w:num {_SPACES} w:numId="{_NUMBERS}"><w:abstractNumId w:val="{_NUMBERS}"/></w:num>'
    numbering.append(parse_xml(listed))


def _part(part: Part, style: _Style, rng: random.Random) -> list[str]:
    if part.kind == "table":
        table = _table(part.rows, style, rng)
        return [_frame(table) if style.framed and len(part.rows) > 9 else table, _paragraph("")]
    if part.kind == "heading" and style.numbered:
        return [_paragraph(part.text, _numbered())]
    if part.kind == "title" and style.boxed:
        box = f"<w:txbxContent>{_paragraph(part.text, inner=True)}</w:txbxContent>"
        drawn = f"<w:r><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></w:r>"
        return [f"<w:p {_SPACES}>{drawn}</w:p>"]
    return [_paragraph(part.number + part.text)]


def _numbered() -> str:
    return f'<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{_NUMBERS}"/></w:numPr></w:pPr>'


def _paragraph(text: str, properties: str = "", *, inner: bool = False) -> str:
    spaces = "" if inner else f" {_SPACES}"
    return f"<w:p{spaces}>{properties}{_run(text)}</w:p>"


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def _frame(table: str) -> str:
    cell = f"<w:tc><w:tcPr/>{table}<w:p/></w:tc>"
    return f"<w:tbl {_SPACES}><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>{cell}</w:tr></w:tbl>"


def _table(rows: Rows, style: _Style, rng: random.Random) -> str:
    """Merged cells as Word states them: the covered ones stand in every row below."""
    width = sum(cell.columns for cell in rows[0])
    grid = "".join(f'<w:gridCol w:w="{9000 // width}"/>' for _ in range(width))
    lines: list[str] = []
    below: dict[int, tuple[int, int]] = {}  # column → (columns, rows left) of a cell that reaches down
    for row in rows:
        line, column, stated = "", 0, list(row)
        while stated or column in below:
            if column in below:
                columns, left = below.pop(column)
                line += _cell_xml("", columns, "<w:vMerge/>")
            else:
                cell = stated.pop(0)
                columns, left = cell.columns, cell.rows
                line += _cell_xml(_content(cell, style, rng), columns, '<w:vMerge w:val="restart"/>' * (left > 1))
            if left > 1:
                below[column] = (columns, left - 1)
            column += columns
        lines.append(f"<w:tr>{line}</w:tr>")
    return f"<w:tbl {_SPACES}><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"


def _cell_xml(content: str, columns: int, merged: str) -> str:
    span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    return f"<w:tc><w:tcPr>{span}{merged}</w:tcPr><w:p>{content}</w:p></w:tc>"


def _content(cell: Cell, style: _Style, rng: random.Random) -> str:
    if cell.kind == "value" and cell.text and style.changed and rng.random() < 0.1:
        old = f"<w:del {_AUTHOR}><w:r><w:delText>{rng.randint(1, 99)}</w:delText></w:r></w:del>"
        return f"{old}<w:ins {_AUTHOR}>{_run(cell.text)}</w:ins>"
    if cell.kind == "value" and style.wrapped:
        return "".join(map(_run, cell.text))
    return _run(cell.text)
