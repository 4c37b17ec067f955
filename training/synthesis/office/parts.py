"""A draft → the parts of its document in printed order: title, headings, paragraphs, tables of merged cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.forms import load_form
from extract.records import Axis, Block, TableSpec
from training.synthesis.compose import printed_sections
from training.synthesis.draft import Draft

_OUTCOMES = "三、本年度办理结果"
_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
_NUMERALS = "一二三四五六"
_INFLOW = ("requests.received", "requests.carried_in", "requests.carried_out")
_SPLIT = 0.25  # share of documents that print table 2 as one table for each of its parts
_UNTITLED = 0.2  # share of documents whose table 4 has no row 行政诉讼 above its two kinds


@dataclass(frozen=True, slots=True)
class Cell:
    """A stated cell. `kind` is head, label or value."""

    text: str
    columns: int = 1
    rows: int = 1
    kind: str = "head"


Rows = tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One block. `kind` is chrome, title, heading (of a section), head (inside one), prose or table."""

    kind: str
    text: str = ""
    rows: Rows = ()
    heads: int = 0  # rows at the top that are repeated on the next page
    number: str = ""  # 一、 before a heading


def make_parts(draft: Draft) -> list[Part]:
    """The document from its first line to its last."""
    parts = [Part("chrome", line) for line in draft.header]
    parts += [Part("title", line) for line in draft.title]
    parts += [Part("prose", _text(draft.front, k)) for k in range(len(draft.front))]
    for place, number in enumerate(printed_sections(draft)):
        parts.append(Part("heading", draft.headings[number], number=f"{_NUMERALS[place]}、"))
        if number in (2, 3, 4):
            parts += _tables(draft, number)
        for paragraph in draft.sections.get(number, []):
            words = "".join(sentence.text for sentence in paragraph.sentences)
            parts.append(Part("head", paragraph.heading) if paragraph.heading else Part("prose", words))
    return parts + [Part("chrome", line) for line in draft.footer]


def _text(paragraphs: Sequence[object], place: int) -> str:
    paragraph = paragraphs[place]
    return "".join(sentence.text for sentence in paragraph.sentences)  # type: ignore[attr-defined]


def _tables(draft: Draft, number: int) -> Iterator[Part]:
    spec = load_form(draft.template).tables[number - 2]
    if number == 2:
        yield from _disclosure(draft, spec)
    elif number == 3:
        yield Part("table", rows=_requests(draft, spec.blocks[0]), heads=3)
    else:
        yield Part("table", rows=_challenges(draft, spec.blocks[0]), heads=3)


def _value(draft: Draft, row: Axis, column: Axis) -> Cell:
    return Cell(draft.cells[f"{row.id}.{column.id}"].text, kind="value")


def _disclosure(draft: Draft, spec: TableSpec) -> Iterator[Part]:
    """Table 2 as one table or as one for each block; the last cell of a narrow block reaches to the edge."""
    blocks = [tuple(_disclosure_rows(draft, block)) for block in spec.blocks]
    if draft.rng.random() < _SPLIT:
        yield from (Part("table", rows=rows) for rows in blocks)
    else:
        yield Part("table", rows=tuple(row for rows in blocks for row in rows))


def _disclosure_rows(draft: Draft, block: Block) -> Iterator[tuple[Cell, ...]]:
    width = 4 - len(block.columns)
    yield (Cell(block.caption, 4),)
    heads = [draft.labels.get(f"head {column.id}", column.label) for column in block.columns]
    yield (Cell("信息内容"), *(Cell(text) for text in heads[:-1]), Cell(heads[-1], width))
    for row in block.rows:
        values = [_value(draft, row, column) for column in block.columns]
        last = Cell(values[-1].text, width, kind="value")
        yield (Cell(draft.labels.get(row.id, row.label), kind="label"), *values[:-1], last)


def _requests(draft: Draft, block: Block) -> Rows:
    """Table 3: three columns of labels, the outer ones merged downwards."""
    columns = [column for column in block.columns if f"column {column.id}" not in draft.left_out]
    rows = [row for row in block.rows if row.id not in draft.left_out]
    labels = [draft.labels.get(f"column {column.id}", column.label) for column in columns]
    top = (Cell(_NOTE, 3, 3), Cell("申请人情况", len(columns)))
    second = (Cell(labels[0], 1, 2), Cell("法人或其他组织", len(columns) - 2), Cell(labels[-1], 1, 2))
    heads = (top, second, tuple(map(Cell, labels[1:-1])))
    inner = [row for row in rows if row.id not in _INFLOW]
    body = []
    for place, row in enumerate(rows):
        stubs = [Cell(_OUTCOMES, 1, len(inner), "label")] if inner and row is inner[0] else []
        group = row.group if row.group.startswith("（") else ""
        if group and rows[place - 1].group != group:
            stubs.append(Cell(group, 1, sum(other.group == group for other in rows), "label"))
        width = 1 if group else 3 if row.id in _INFLOW else 2
        stubs.append(Cell(draft.labels.get(row.id, row.label), width, kind="label"))
        body.append((*stubs, *(_value(draft, row, column) for column in columns)))
    return (*heads, *body)


def _challenges(draft: Draft, block: Block) -> Rows:
    """Table 4 under a head of three rows, or of two."""
    names = [column.label for column in block.columns[:5]]
    kinds = [block.columns[k].group for k in (0, 5, 10)]
    values = tuple(_value(draft, block.rows[0], column) for column in block.columns)
    if draft.rng.random() < _UNTITLED:
        heads = (tuple(Cell(kind, 5) for kind in kinds), tuple(map(Cell, names * 3)))
        return (*heads, values)
    top = (Cell(kinds[0], 5), Cell("行政诉讼", 10))
    second = (*(Cell(name, 1, 2) for name in names), Cell(kinds[1], 5), Cell(kinds[2], 5))
    return (top, second, tuple(map(Cell, names * 2)), values)
