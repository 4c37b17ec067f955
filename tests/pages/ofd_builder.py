"""OFD files put together by hand: text and lines on A4 pages, as GB/T 33190 describes them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from extract.forms import load_form

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
WIDTH, HEIGHT = 210.0, 297.0
SIZE = 3.2  # millimetres
ROW = 7.0
LEFT, TOP, BOTTOM = 15.0, 20.0, 280.0


def number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


def text_object(x: float, y: float, text: str, *, size: float = SIZE, attributes: str = "", spaced: str = "g") -> str:
    """Text whose first baseline point is (x, y); `spaced` says how the steps are written: g, list or none."""
    steps = [size if ord(character) > 0x2000 else size / 2 for character in text[:-1]]
    if spaced == "g" and len(set(steps)) == 1:
        delta = f'DeltaX="g {len(steps)} {number(steps[0])}"'
    else:
        delta = f'DeltaX="{" ".join(map(number, steps))}"' if steps and spaced != "none" else ""
    boundary = f"{number(x)} {number(y - size)} {number(size * max(1, len(text)))} {number(1.3 * size)}"
    code = f'<ofd:TextCode X="0" Y="{number(size)}" {delta}>{escape(text)}</ofd:TextCode>'
    font = f'Font="1" Size="{number(size)}" {attributes}'
    return f'<ofd:TextObject ID="9" Boundary="{boundary}" {font}>{code}</ofd:TextObject>'


def line_object(x0: float, y0: float, x1: float, y1: float) -> str:
    boundary = f"{number(x0)} {number(y0)} {number(max(x1 - x0, 0.2))} {number(max(y1 - y0, 0.2))}"
    outline = f"M 0 0 L {number(x1 - x0)} {number(y1 - y0)}"
    return (
        f'<ofd:PathObject ID="8" Boundary="{boundary}" LineWidth="0.2">'
        f"<ofd:AbbreviatedData>{outline}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def layer(objects: Sequence[str]) -> str:
    return f'<ofd:Content><ofd:Layer ID="2">{"".join(objects)}</ofd:Layer></ofd:Content>'


def pack(parts: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def build_ofd(
    pages: Sequence[Sequence[str]],
    *,
    box: tuple[float, float] = (WIDTH, HEIGHT),
    template: Sequence[str] = (),
    replaced: Mapping[str, str | bytes] | None = None,
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """The file with the objects of each page; `template` is drawn behind every page, `replaced` overwrites parts.

    `pictures` are the image files by resource id.
    """
    entries = "".join(f'<ofd:Page ID="{k + 10}" BaseLoc="Pages/Page_{k}/Content.xml"/>' for k in range(len(pages)))
    shared = '<ofd:TemplatePage ID="5" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
    shared += "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>" if pictures else ""
    area = f"<ofd:PageArea><ofd:PhysicalBox>0 0 {number(box[0])} {number(box[1])}</ofd:PhysicalBox></ofd:PageArea>"
    used = '<ofd:Template TemplateID="5" ZOrder="Background"/>' if template else ""
    parts: dict[str, str | bytes] = {
        "OFD.xml": f'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD {SPACE} Version="1.0" DocType="OFD"><ofd:DocBody>'
        "<ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
        "</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {SPACE}><ofd:CommonData><ofd:MaxUnitID>99</ofd:MaxUnitID>{area}{shared}"
        f"</ofd:CommonData><ofd:Pages>{entries}</ofd:Pages></ofd:Document>",
    }
    for k, objects in enumerate(pages):
        parts[f"Doc_0/Pages/Page_{k}/Content.xml"] = f"<ofd:Page {SPACE}>{used}{layer(objects)}</ofd:Page>"
    if pictures:
        media = "".join(
            f'<ofd:MultiMedia ID="{key}" Type="Image"><ofd:MediaFile>{key}.png</ofd:MediaFile></ofd:MultiMedia>'
            for key in pictures
        )
        parts["Doc_0/PublicRes.xml"] = (
            f'<ofd:Res {SPACE} BaseLoc="Res"><ofd:MultiMedias>{media}</ofd:MultiMedias></ofd:Res>'
        )
        parts |= {f"Doc_0/Res/{key}.png": content for key, content in pictures.items()}
    if template:
        parts["Doc_0/Tpls/Tpl_0/Content.xml"] = f"<ofd:Page {SPACE}>{layer(template)}</ofd:Page>"
    return pack(parts | dict(replaced or {}))


class Sheets:
    """Lays lines and ruled tables one under the other, over as many pages as they need."""

    def __init__(self, *, spaced: str = "g") -> None:
        self.pages: list[list[str]] = [[]]
        self.y, self.spaced = TOP, spaced

    def room(self, height: float) -> None:
        if self.y + height > BOTTOM:
            self.pages.append([])
            self.y = TOP

    def line(self, text: str, *, size: float = SIZE, x: float = LEFT) -> None:
        most = int((WIDTH - 2 * LEFT) / size)
        for start in range(0, len(text), most):
            self.room(2 * size)
            self.y += 2 * size
            self.pages[-1].append(text_object(x, self.y, text[start : start + most], size=size, spaced=self.spaced))

    def table(self, rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
        self.y += 3
        for row in rows:
            self._row(row, widths)
        self.y += 3

    def _row(self, row: Sequence[str], widths: Sequence[float]) -> None:
        """One row with all its borders; long labels are wrapped inside their cell."""
        most = [max(1, int((width - 1) / SIZE)) for width in widths]
        wrapped = [[t[k : k + m] for k in range(0, len(t), m)] or [""] for t, m in zip(row, most, strict=True)]
        height = max(ROW, 1 + 1.3 * SIZE * max(map(len, wrapped)))
        self.room(height)
        page, x = self.pages[-1], LEFT
        for pieces, width in zip(wrapped, widths, strict=True):
            page.append(line_object(x, self.y, x + width, self.y))
            page.append(line_object(x, self.y + height, x + width, self.y + height))
            page += [
                line_object(x, self.y, x, self.y + height),
                line_object(x + width, self.y, x + width, self.y + height),
            ]
            top = self.y + (height - 1.3 * SIZE * len(pieces)) / 2 + SIZE
            page += [
                text_object(x + 0.6, top + k * 1.3 * SIZE, piece, spaced=self.spaced)
                for k, piece in enumerate(pieces)
                if piece
            ]
            x += width
        self.y += height


def report_sheets(printed: Mapping[str, str], *, form_id: str = "2021", year: int = 2023, spaced: str = "g") -> Sheets:
    """A whole report of those cells on A4 pages."""
    form = load_form(form_id)
    sheets = Sheets(spaced=spaced)
    sheets.line(f"临桥县水利局{year}年政府信息公开工作年度报告", size=5)
    for section in form.sections:
        sheets.line(f"{'零一二三四五六'[section.number]}、{section.heading}", size=4)
        for table in form.tables:
            if table.number == section.number:
                _lay_table(sheets, table, printed)
        if section.number not in (2, 3, 4):
            sheets.line(
                f"本局{year}年认真贯彻条例，公开工作平稳有序。存在的主要问题是内容还不够全面，下一步将加强培训。"
            )
    return sheets


def _lay_table(sheets: Sheets, table, printed: Mapping[str, str]) -> None:  # type: ignore[no-untyped-def]
    for block in table.blocks:
        head = [column.label for column in block.columns]
        rows = [[row.label, *(printed[f"{row.id}.{c.id}"] for c in block.columns)] for row in block.rows]
        if table.number == 4:
            groups = [column.group if k % 5 == 0 else "" for k, column in enumerate(block.columns)]
            sheets.table([groups, head, rows[0][1:]], [12.0] * len(head))
        else:
            top = [[block.caption, *[""] * len(head)]] if block.caption else []
            label = 60.0
            rest = (WIDTH - 2 * LEFT - label) / len(head)
            sheets.table([*top, ["信息内容", *head], *rows], [label, *[rest] * len(head)])
