"""The statutory tables of an invented report as cells with spans, and as a web page and a Word file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from html import escape

from extract.forms import load_form

FORM = load_form("2021")
VALUES = {field: (k * 7) % 13 for k, field in enumerate(FORM.field_ids)}
TITLE = "临桥县统计局2023年政府信息公开工作年度报告"
PROSE = "2023年，临桥县统计局坚持以公开为常态，全年通过政府网站公开信息132条，办理群众来信，及时回应社会关切。"

Cell = tuple[str, int, int]
"""Text, columns, rows."""


def _plain(*texts: str) -> list[Cell]:
    return [(text, 1, 1) for text in texts]


def disclosure_rows() -> list[list[Cell]]:
    rows = []
    for block in FORM.tables[0].blocks:
        last = 4 - len(block.columns)
        heads = ["信息内容", *(column.label for column in block.columns)]
        rows += [[(block.caption, 4, 1)], [*_plain(*heads[:-1]), (heads[-1], last, 1)]]
        for row in block.rows:
            values = [str(VALUES[f"{row.id}.{column.id}"]) for column in block.columns]
            rows.append([*_plain(row.label, *values[:-1]), (values[-1], last, 1)])
    return rows


def request_rows() -> list[list[Cell]]:
    block = FORM.tables[1].blocks[0]
    labels = [column.label for column in block.columns]
    rows: list[list[Cell]] = [
        [("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3), ("申请人情况", 7, 1)],
        [(labels[0], 1, 2), ("法人或其他组织", 5, 1), (labels[-1], 1, 2)],
        _plain(*labels[1:-1]),
    ]
    inner = [row for row in block.rows if row.id.split(".")[1] not in ("received", "carried_in", "carried_out")]
    groups = [row.group for row in block.rows]
    for k, row in enumerate(block.rows):
        stubs: list[Cell] = [("三、本年度办理结果", 1, len(inner))] if row is inner[0] else []
        grouped = row.group.startswith("（")
        if grouped and groups[k - 1] != row.group:
            stubs.append((row.group, 1, groups.count(row.group)))
        stubs.append((row.label, 1 if grouped else 2 if row in inner else 3, 1))
        rows.append([*stubs, *_plain(*(str(VALUES[f"{row.id}.{column.id}"]) for column in block.columns))])
    return rows


def challenge_rows() -> list[list[Cell]]:
    block = FORM.tables[2].blocks[0]
    outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    values = [str(VALUES[f"{block.rows[0].id}.{column.id}"]) for column in block.columns]
    return [
        [("行政复议", 5, 1), ("行政诉讼", 10, 1)],
        [*((outcome, 1, 2) for outcome in outcomes), ("未经复议直接起诉", 5, 1), ("复议后起诉", 5, 1)],
        _plain(*outcomes, *outcomes),
        _plain(*values),
    ]


def table_html(rows: Iterable[Sequence[Cell]], cell: str = "{}") -> str:
    """`cell` is what stands around the text of a cell."""
    spans = "<td colspan={1} rowspan='{2}'>"
    lines = ("".join(spans.format(*entry) + cell.format(escape(entry[0])) + "</td>" for entry in row) for row in rows)
    return "<table>" + "".join(f"\n<tr>{line}</tr>" for line in lines) + "</table>"


def report_html(cell: str = "{}") -> str:
    """The report without anything around it."""
    parts = [f"<h1>{TITLE}</h1>"]
    tables = {2: disclosure_rows(), 3: request_rows(), 4: challenge_rows()}
    for section, numeral in zip(FORM.sections, "一二三四五六", strict=True):
        parts.append(f"<p><strong>{numeral}、{section.heading}</strong></p>")
        rows = tables.get(section.number)
        parts.append(table_html(rows, cell) if rows else f"<p>&emsp;&emsp;{PROSE}</p>")
    return "\n".join(parts)


# ---------------------------------------------------------------- Word

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{WORD}" xmlns:r="{_RELATIONS}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(inner: str, properties: str = "") -> str:
    """`inner` is plain text or the markup of runs."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner if inner.startswith('<') else run(inner)}</w:p>"


def word_cell(inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner if inner.startswith('<') else paragraph(inner)}</w:tc>"


def word_table(rows: Iterable[Sequence[Cell]]) -> str:
    """The rows with gridSpan and vMerge as Word writes them."""
    lines: list[str] = []
    open_: dict[int, tuple[int, int]] = {}  # column → (columns, rows that are left)
    for row in rows:
        cells, column, waiting = "", 0, list(row)
        while waiting or open_.get(column, (0, 0))[1]:
            columns, left = open_.get(column, (0, 0))
            if left:
                cells += word_cell("<w:p/>", f'<w:gridSpan w:val="{columns}"/><w:vMerge/>')
                open_[column] = (columns, left - 1)
            else:
                text, columns, down = waiting.pop(0)
                merge = '<w:vMerge w:val="restart"/>' if down > 1 else ""
                cells += word_cell(text or "<w:p/>", f'<w:gridSpan w:val="{columns}"/>{merge}')
                open_[column] = (columns, down - 1)
            column += columns
        lines.append(f"<w:tr>{cells}</w:tr>")
    return f"<w:tbl><w:tblPr/>{''.join(lines)}</w:tbl>"


def document_xml(body: str) -> str:
    return f"<w:document {_NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>"


def word_file(body: str, **parts: str) -> bytes:
    """A Word file; `parts` are the insides of numbering, styles, footnotes."""
    kinds = "".join(
        f'<Relationship Id="r{k}" Type="{_RELATIONS}/{name}" Target="{name}.xml"/>' for k, name in enumerate(parts)
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document_xml(body))
        archive.writestr("word/_rels/document.xml.rels", f"<Relationships>{kinds}</Relationships>")
        for name, inner in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {_NAMESPACES}>{inner}</w:{name}>")
    return buffer.getvalue()


def report_word() -> str:
    """The body of a whole report."""
    tables = {2: disclosure_rows(), 3: request_rows(), 4: challenge_rows()}
    parts = [paragraph(TITLE)]
    for section, numeral in zip(FORM.sections, "一二三四五六", strict=True):
        parts.append(paragraph(f"{numeral}、{section.heading}"))
        rows = tables.get(section.number)
        parts.append(word_table(rows) if rows else paragraph(PROSE))
    return "".join(parts)
