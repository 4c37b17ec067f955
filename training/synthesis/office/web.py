"""Parts → a web page as sites of agencies serve it: any encoding, chrome around, markup of editors in cells."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from extract.quick import replace
from training.synthesis.office.parts import Cell, Part, Rows

_ENCODINGS = (("utf-8", "utf-8"), ("gb18030", "gb2312"), ("gb18030", "utf-8"), ("utf-8", "gbk"), ("utf-8-sig", ""))
_CELLS = {
    "train": ("{}", "<p>{}</p>", "<font face=宋体><b>{}</b></font>", "&nbsp;{}"),
    "holdout": (
        "{}",
        "\n   <p style='text-align:center'><span style='font-size:12pt'>{}</span></p>\n  ",
        "<p class=MsoNormal align=center><span lang=EN-US style='mso-bidi-font-size:10.5pt'>{}<o:p></o:p></span></p>",
        "&nbsp;{}&nbsp;",
        "<div><div>{}</div></div>",
    ),
}
_FLAWS = {"train": ("", "", "spans of one"), "holdout": ("", "", "rows too many", "no spans")}
_MENU = ("首页", "政务公开", "政民互动", "办事服务", "数据开放")


@dataclass(frozen=True, slots=True)
class _Style:
    """How one page is written."""

    cell: str
    flaw: str
    wide: bool  # full-width digits
    broken: bool  # labels broken by <br>
    split: bool  # a table goes on in another table
    framed: bool  # the report lies in a cell of a layout table
    heading: str


def write_html(parts: Sequence[Part], rng: random.Random, generator: str = "holdout") -> bytes:
    """The page."""
    held_out = generator == "holdout"
    style = _Style(
        rng.choice(_CELLS[generator]),
        rng.choice(_FLAWS[generator]),
        rng.random() < 0.1,
        rng.random() < 0.2,
        rng.random() < 0.15 * held_out,
        rng.random() < 0.3 * held_out,
        rng.choice(("<h2>{}</h2>", "<p><strong>{}</strong></p>", "<p>　　{}</p>", "<div>{}</div>")),
    )
    body = "\n".join(_part(part, style, rng) for part in parts)
    encoding, stated = rng.choice(_ENCODINGS)
    return _page(body, parts, stated, style, rng).encode(encoding)


def _part(part: Part, style: _Style, rng: random.Random) -> str:
    if part.kind == "table":
        return _tables(part, style, rng)
    text = escape(part.number + part.text)
    if part.kind == "title":
        return f"<p style='text-align:center'><b>{text}</b></p>"
    if part.kind == "heading":
        return style.heading.format(text)
    return f"<p><span>　　{text}</span></p>" if part.kind == "prose" else f"<p>{text}</p>"


def _tables(part: Part, style: _Style, rng: random.Random) -> str:
    cuts = [k for k in range(part.heads + 2, len(part.rows) - 1) if part.heads and len(_reaching(part.rows, k)) < 2]
    if not style.split or not cuts:
        return _table(part.rows, style)
    cut = rng.choice(cuts)
    again = part.rows[: part.heads] if rng.random() < 0.5 else ()
    reaching = _reaching(part.rows, cut)
    first = (*(replace(cell, rows=end - cut) for cell, end in reaching), *part.rows[cut])
    below = (*again, first, *part.rows[cut + 1 :])
    return _table(part.rows[:cut], style) + "\n<p>&nbsp;</p>\n" + _table(below, style)


def _reaching(rows: Rows, cut: int) -> list[tuple[Cell, int]]:
    """The merged cells that reach over the cut, with the row behind their last."""
    ends = [(cell, k + cell.rows) for k, row in enumerate(rows[:cut]) for cell in row]
    return [(cell, end) for cell, end in ends if end > cut]


def _table(rows: Rows, style: _Style) -> str:
    lines = [
        "<tr>" + "".join(_cell(cell, len(rows) - k, style) for cell in row) + "</tr>" for k, row in enumerate(rows)
    ]
    return "<table border=1 cellspacing=0>\n" + "\n".join(lines) + "\n</table>"


def _cell(cell: Cell, left: int, style: _Style) -> str:
    """`left` rows are there from this one on: a browser never needs more, and editors state more all the same."""
    down = cell.rows + 3 if style.flaw == "rows too many" and cell.rows == left > 1 else min(cell.rows, left)
    spans = f" colspan={cell.columns}" * (cell.columns > 1) + f" rowspan='{down}'" * (down > 1)
    if style.flaw == "spans of one":
        spans = f" rowspan={down} colspan={cell.columns}"
    if style.flaw == "no spans" and cell.kind == "head" and cell.columns == 4:
        spans = ""
    return f"<td{spans}>{style.cell.format(_text(cell, style))}</td>"


def _text(cell: Cell, style: _Style) -> str:
    if style.wide and cell.kind == "value":
        return "".join(chr(ord(mark) + 0xFEE0) if mark.isdigit() else mark for mark in cell.text)
    if style.broken and cell.kind != "value" and len(cell.text) > 9:
        return f"{escape(cell.text[:7])}<br/>\n    {escape(cell.text[7:])}"
    return escape(cell.text) or "&nbsp;"


def _page(body: str, parts: Sequence[Part], stated: str, style: _Style, rng: random.Random) -> str:
    title = "".join(part.text for part in parts if part.kind == "title")
    frame: Callable[[str], str] = _in_frame if style.framed else str
    menu = "".join(f"<li><a href='/{name}'>{name}</a></li>" for name in _MENU)
    others = "".join(f"<li><a href='/{k}.html'>{k}年政府信息公开工作年度报告</a></li>" for k in range(2012, 2018))
    meta = f"<meta http-equiv='Content-Type' content='text/html; charset={stated}'>" if stated else ""
    crumbs = f"<div>当前位置：<a href='/'>首页</a> &gt; 信息公开年报 &gt; 正文（第{rng.randint(1, 9)}次改版）</div>"
    return f"""<!DOCTYPE html>
<html><head>{meta}<title>{escape(title)}-政府网站</title>
<style>td {{ border: 1px solid }}</style><script>var n = "<td>1</td>";</script></head>
<body><div class="top"><ul>{menu}</ul></div>
{frame(f"{crumbs}<div id='zoom'>{body}</div><ul>{others}</ul>")}
<div class="foot"><p>主办：信息中心 备案编号：0{rng.randint(1000000, 9999999)}号</p><p>未经授权，不得转载。</p></div>
</body></html>"""


def _in_frame(inner: str) -> str:
    return f"<table width='100%'><tr><td width=20><img src='left.gif'></td><td>{inner}</td></tr></table>"
