"""A draft → its pages in HTML, the three tables in the shape of the statutory form, merged heads and all."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from extract.forms import load_form
from extract.forms.sheet import table_to_sheet
from extract.records import Axis, Block
from training.synthesis.draft import Draft
from training.synthesis.figures import CARRIED_OUT, INFLOW, form
from training.synthesis.grids import BALANCE_NOTE

_ORDINALS = "一二三四五六"
_RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
_OUTCOMES = "三、本年度办理结果"
_HEADS = {2: 2, 3: 3, 4: 3}  # rows of each section's table that are its head


@dataclass(frozen=True, slots=True)
class Setting:
    """How one report is set; sizes in points."""

    text_face: str
    label_face: str
    digit_face: str
    text_size: float
    table_size: float
    rule: float
    rule_style: str
    padding: float
    margin: float  # millimetres
    align: str
    repeat_heads: bool = False  # on each page that a table goes on to
    rules: str = ""  # more rules of CSS


def sample_setting(rng: random.Random, faces: Sequence[str], digit_faces: Sequence[str]) -> Setting:
    """One setting in the given CSS font families."""
    return Setting(
        rng.choice(faces),
        rng.choice(faces),
        rng.choice((*digit_faces, "")),
        rng.choice((12, 14, 16)),
        rng.choice((9, 10, 10.5, 10.5, 12)),
        rng.choice((0.5, 0.75, 0.75, 1.0)),
        rng.choices(("solid", "dotted", "double"), weights=(18, 1, 1))[0],
        rng.choice((1, 2, 3, 5)),
        rng.choice((18, 22, 26)),
        rng.choices(("center", "right", "left"), weights=(16, 1, 1))[0],
    )


def draft_to_html(draft: Draft, setting: Setting) -> str:
    """The whole report as one HTML page."""
    parts = [f"<p class=title>{escape(line)}</p>" for line in draft.title]
    parts += [_paragraph("".join(s.text for s in p.sentences) or p.heading) for p in draft.front]
    for place, number in enumerate(n for n in draft.order if f"section {n}" not in draft.left_out):
        parts.append(f"<p class=heading>{_ORDINALS[place]}、{escape(draft.headings[number])}</p>")
        if number in _HEADS:
            parts.append(_table(_to_rows(draft, number), _HEADS[number] if setting.repeat_heads else 0))
        parts += [_paragraph(p.heading or "".join(s.text for s in p.sentences)) for p in draft.sections.get(number, [])]
    parts += [f"<p class=foot>{escape(line)}</p>" for line in draft.footer]
    return f"<html><head><meta charset=utf-8><style>{_css(setting)}</style></head><body>{''.join(parts)}</body></html>"


def _css(setting: Setting) -> str:
    digits = f"'{setting.digit_face}'," if setting.digit_face else ""
    return f"""@page {{ size: A4; margin: {setting.margin}mm }}
body {{ font-family: {digits}'{setting.text_face}'; font-size: {setting.text_size}pt; line-height: 1.7; margin: 0 }}
p {{ margin: 0 }} p.text {{ text-indent: 2em }} p.heading {{ font-weight: bold; margin: 6pt 0 }}
p.title {{ font-size: 1.5em; text-align: center; font-weight: bold }} p.foot {{ text-align: right }}
table {{ border-collapse: collapse; width: 100%; font-family: {digits}'{setting.label_face}'; margin: 6pt 0;
  font-size: {setting.table_size}pt; line-height: 1.35 }}
td {{ border: {setting.rule}pt {setting.rule_style} #000; padding: {setting.padding}pt 2pt; vertical-align: middle;
  text-align: center }}
td.stub {{ text-align: left }} td.value {{ text-align: {setting.align} }}
{setting.rules}"""


def _paragraph(text: str) -> str:
    return f"<p class=text>{escape(text)}</p>"


def _cell(text: str, *, rows: int = 1, columns: int = 1, kind: str = "") -> str:
    return f'<td rowspan={rows} colspan={columns} class="{kind}">{escape(text)}</td>'


def _table(rows: Iterable[Sequence[str]], heads: int) -> str:
    """The table; its first rows are `heads` that are printed again on each page."""
    lines = [f"<tr>{''.join(cells)}</tr>" for cells in rows]
    head = f"<thead>{''.join(lines[:heads])}</thead>" if heads else ""
    return f"<table border=1 cellspacing=0 width='100%'>{head}{''.join(lines[heads:])}</table>"


def _values(draft: Draft, fields: Iterable[str], columns: int = 1) -> list[str]:
    return [_cell(draft.cells[field].text, columns=columns, kind="value") for field in fields]


def _to_rows(draft: Draft, number: int) -> list[list[str]]:
    """The rows of that section's table; those of the template in force are printed with the draft's own labels."""
    if draft.template == form().id:
        return {2: _disclosure, 3: _requests, 4: _challenges}[number](draft)
    sheet = next(table_to_sheet(own) for own in load_form(draft.template).tables if own.number == number)
    rows: list[list[str]] = [[] for _ in range(sheet.rows)]
    for cell in sheet.cells:
        text, kind = (draft.cells[cell.field].text, "value") if cell.field else (cell.text, "")
        rows[cell.row].append(_cell(text, rows=cell.rows, columns=cell.columns, kind=kind))
    return rows


def _disclosure(draft: Draft) -> list[list[str]]:
    return [row for block in form().tables[0].blocks for row in _disclosure_block(draft, block)]


def _disclosure_block(draft: Draft, block: Block) -> list[list[str]]:
    wide = 3 // len(block.columns)
    heads = [draft.labels.get(f"head {column.id}", column.label) for column in block.columns]
    rows = [[_cell(block.caption, columns=4)], [_cell("信息内容"), *(_cell(head, columns=wide) for head in heads)]]
    for row in block.rows:
        fields = [f"{row.id}.{column.id}" for column in block.columns]
        rows.append([_cell(draft.labels.get(row.id, row.label), kind="stub"), *_values(draft, fields, wide)])
    return rows


def _requests(draft: Draft) -> list[list[str]]:
    block = form().tables[1].blocks[0]
    columns = [column for column in block.columns if f"column {column.id}" not in draft.left_out]
    rows = [row for row in block.rows if row.id not in draft.left_out]
    printed = _requests_head(draft, columns)
    for place, row in enumerate(rows):
        fields = [f"{row.id}.{column.id}" for column in columns]
        printed.append([*_stubs(draft, rows, place), *_values(draft, fields)])
    return printed


def _requests_head(draft: Draft, columns: Sequence[Axis]) -> list[list[str]]:
    labels = [draft.labels.get(f"column {column.id}", column.label) for column in columns]
    single = [column.id in ("natural_person", "total") for column in columns]
    middle = [label for label, alone in zip(labels, single, strict=True) if not alone]
    first = [_cell(labels[0], rows=2)] if single[0] else []
    last = [_cell(labels[-1], rows=2)] if single[-1] else []
    top = [_cell(BALANCE_NOTE, rows=3, columns=3), _cell("申请人情况", columns=len(columns))]
    return [top, [*first, _cell("法人或其他组织", columns=len(middle)), *last], [_cell(label) for label in middle]]


def _stubs(draft: Draft, rows: Sequence[Axis], place: int) -> list[str]:
    row = rows[place]
    label = draft.labels.get(row.id, row.label)
    if row.id in (*INFLOW, CARRIED_OUT):
        return [_cell(label, columns=3, kind="stub")]
    outer = [other for other in rows if other.id not in (*INFLOW, CARRIED_OUT)]
    cells = [_cell(_OUTCOMES, rows=len(outer))] if row is outer[0] else []
    if not row.group.startswith("（"):
        return [*cells, _cell(label, columns=2, kind="stub")]
    group = [other for other in outer if other.group == row.group]
    if row is group[0]:
        cells.append(_cell(row.group, rows=len(group)))
    return [*cells, _cell(label, kind="stub")]


def _challenges(draft: Draft) -> list[list[str]]:
    kinds = [_cell("未经复议直接起诉", columns=5), _cell("复议后起诉", columns=5)]
    heads = [
        [_cell("行政复议", columns=5), _cell("行政诉讼", columns=10)],
        [*(_cell(name, rows=2) for name in _RESULTS), *kinds],
        [_cell(name) for name in _RESULTS * 2],
    ]
    fields = [field for field in draft.cells if field.startswith("challenges.")]
    return [*heads, _values(draft, fields)]
