"""The draft's three tables as rows of cells, in one of the shapes that tools make of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.records import Axis
from training.synthesis.draft import Draft
from training.synthesis.figures import CARRIED_OUT, HANDLED, INFLOW, form

_OUTCOMES = "三、本年度办理结果"
BALANCE_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


@dataclass(slots=True)
class GridRow:
    """One printed row. `cells[start:start + len(fields)]` are the values of `fields`; heads and captions have none."""

    cells: list[str]
    start: int = 0
    fields: tuple[str, ...] = ()
    head: bool = False

    @property
    def values(self) -> list[str]:
        return self.cells[self.start : self.start + len(self.fields)]


@dataclass(slots=True)
class Grid:
    """One printed table; the first `heads` rows may be repeated after a page break."""

    number: int
    rows: list[GridRow]
    heads: int = 0


@dataclass(slots=True)
class Shape:
    """How the tables of one document are laid out."""

    stubs: str  # seed, three, two or one: columns of labels in table 3, and whether their cells are kept
    groups: str  # first, repeated, vertical or none: where the group labels stand
    head: str  # full, plain or short: rows in the head of table 3
    caption: str  # rows or none: captions 第二十条第（一）项 in table 2
    split: bool  # table 2 as four tables
    challenge_head: str  # three, two or one row
    head_gap: str  # what stands between the characters of head labels of table 4
    numbering: str = "1."  # how 1. is printed
    brackets: str = "（）"
    quotes: str = "“”"
    extra: dict[str, str] = field(default_factory=dict)


def sample_shape(draft: Draft) -> Shape:
    """One shape; drafts with empty cells get one that keeps every column."""
    rng, held_out = draft.rng, draft.generator == "holdout"
    strict = needs_columns(draft)
    torn = draft.level == "torn"
    stubs = (
        ("three", "two")
        if strict
        else ("three",)
        if torn
        else ("two", "one", "three")
        if held_out
        else ("seed", "seed", "three", "one", "two")
    )
    groups = ("first",) if torn else ("first", "repeated") if held_out else ("first", "first", "repeated", "vertical")
    gaps = ("", " ", "/") if held_out else ("", "", " ", "  ")
    shape = Shape(
        rng.choice(stubs),
        rng.choice(groups),
        rng.choice(("full", "plain", "short")),
        rng.choice(("rows", "rows", "none")),
        rng.random() < 0.25,
        rng.choice(("three", "two", "one") if not strict else ("three", "two")),
        rng.choice(gaps),
        rng.choice(("1.", "1.", "1.", "1. ", "1、", "1．")),
        rng.choice(("（）", "（）", "()", "() ")),
        rng.choice(("“”", "“”", '""', "「」") if held_out else ("“”", "“”", '""')),
    )
    if shape.numbering == "1、" or shape.caption == "none":
        draft.allow("L001", about="numbering or captions differ from the form's")
    return shape


def needs_columns(draft: Draft) -> bool:
    """Whether a cell is empty or a column is not there, so that only the columns tell which value is whose."""
    lost = any(part.startswith("column ") for part in draft.left_out)
    return lost or any(cell.state == "blank" for cell in draft.cells.values())


def _style(label: str, shape: Shape) -> str:
    """The label with the document's numbering, brackets and quotation marks."""
    if label[:1].isdigit():
        label = shape.numbering.replace("1", label[0]) + label[2:]
    opening, closing = shape.brackets[0], shape.brackets[1:]
    label = label.replace("（", opening).replace("）", closing)
    return label.replace("“", shape.quotes[0]).replace("”", shape.quotes[1]).strip()


def _printed(draft: Draft, fields: Sequence[str]) -> list[str]:
    return [draft.cells[f].text for f in fields]


# ---------------------------------------------------------------- table 2


def disclosure_grids(draft: Draft, shape: Shape) -> list[Grid]:
    """Table 2 as one grid or as four."""
    grids = []
    for block in form().tables[0].blocks:
        rows = []
        if shape.caption == "rows":
            rows.append(GridRow([_style(block.caption, shape), *[""] * 3], head=True))
        heads = [draft.labels.get(f"head {column.id}", column.label) for column in block.columns]
        rows.append(GridRow(_pad(["信息内容", *heads], 4), head=True))
        for row in block.rows:
            fields = tuple(f"{row.id}.{column.id}" for column in block.columns)
            label = draft.labels.get(row.id, row.label)
            rows.append(GridRow(_pad([label, *_printed(draft, fields)], 4), 1, fields))
        grids.append(Grid(2, rows))
    if shape.split:
        return [_trim(grid) for grid in grids]
    return [Grid(2, [row for grid in grids for row in grid.rows])]


def _pad(cells: list[str], width: int) -> list[str]:
    return cells + [""] * (width - len(cells))


def _trim(grid: Grid) -> Grid:
    width = max(row.start + len(row.fields) for row in grid.rows)
    for row in grid.rows:
        row.cells = row.cells[:width]
    return grid


# ---------------------------------------------------------------- table 3


def request_grid(draft: Draft, shape: Shape) -> Grid:
    """Table 3 with its head."""
    block = form().tables[1].blocks[0]
    columns = [column for column in block.columns if f"column {column.id}" not in draft.left_out]
    rows = _request_head(draft, shape, columns)
    heads, seen = len(rows), set[str]()
    for row in block.rows:
        if row.id in draft.left_out:
            continue
        fields = tuple(f"{row.id}.{column.id}" for column in columns)
        stubs = _stubs(draft, shape, row, seen)
        rest = [""] * (3 - len(stubs)) if shape.stubs == "seed" else []
        rows.append(GridRow([*stubs, *_printed(draft, fields), *rest], len(stubs), fields))
    return Grid(3, rows, heads)


def stub_count(shape: Shape) -> int:
    """Label columns of table 3."""
    return {"seed": 2, "three": 3, "two": 2, "one": 1}[shape.stubs]


def _request_head(draft: Draft, shape: Shape, columns: Sequence[Axis]) -> list[GridRow]:
    labels = [draft.labels.get(f"column {column.id}", column.label) for column in columns]
    front = [""] * stub_count(shape)
    if shape.head == "short":
        return [GridRow([*front, *labels], head=True)]
    noted = [_style(BALANCE_NOTE, shape), *front[1:]]
    width = len(columns)
    top = [*noted, "申请人情况", *[""] * (width - 2), "总计"]
    if shape.head == "plain":
        return [
            GridRow(_pad([*noted, "申请人情况"], len(front) + width), head=True),
            GridRow([*front, *labels], head=True),
        ]
    second = [*front, "自然人", "法人或其他组织", *[""] * (width - 2)]
    third = [*front, "", *labels[1:-1], ""]
    return [GridRow(cells, head=True) for cells in (top, second, third)]


def _stubs(draft: Draft, shape: Shape, row: Axis, seen: set[str]) -> list[str]:
    label = _style(draft.labels.get(row.id, row.label), shape)
    group = "" if row.id in (*INFLOW, CARRIED_OUT) else _OUTCOMES
    inner = row.group if row.group.startswith("（") else ""
    outer_text, inner_text = (_group_text(text, shape, seen) for text in (group, inner))
    if shape.stubs == "one":
        return [label]
    if shape.stubs == "two":
        return [inner_text or (outer_text if not inner and group else ""), label]
    if shape.stubs == "seed" and row.id == HANDLED:
        return [label] if draft.rng.random() < 0.5 else ["", label]
    if shape.stubs == "seed" and not group:
        return [label, ""]
    if not group:
        return [label, "", ""]
    if inner:
        return [outer_text, inner_text, label]
    return [outer_text, label, *([""] if shape.stubs == "three" else [])]


def _group_text(text: str, shape: Shape, seen: set[str]) -> str:
    if not text or (text in seen and shape.groups != "repeated"):
        return ""
    seen.add(text)
    styled = _style(text, shape)
    if shape.groups == "vertical":
        return " ".join(styled) if text == _OUTCOMES else f"{styled[:-2]} {styled[-2:]}"
    return styled


# ---------------------------------------------------------------- table 4


def challenge_grid(draft: Draft, shape: Shape) -> Grid:
    """Table 4: its head in one to three rows and one row of fifteen values."""
    names = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    short = [_spread(name, shape.head_gap) for name in names]
    void = [""] * 4
    top = ["行政复议", *void, "行政诉讼", *[""] * 9]
    kinds = ["未经复议直接起诉", *void, "复议后起诉", *void]
    if shape.challenge_head == "three":
        heads = [top, [*short, *kinds], [*[""] * 5, *short, *short]]
    elif shape.challenge_head == "two":
        heads = [["行政复议", *void, *kinds], short * 3]
    else:
        heads = [short * 3]
    fields = tuple(f for f in draft.cells if f.startswith("challenges."))
    rows = [GridRow(cells, head=True) for cells in heads]
    return Grid(4, [*rows, GridRow(_printed(draft, fields), 0, fields)], len(rows))


def _spread(name: str, gap: str) -> str:
    """结果维持 → 结果 维持, or one character at a time."""
    if gap == "  ":
        return " ".join(name)
    if gap == "/":
        return f"{name[:2]}/{name[2:]}" if len(name) == 4 else name
    return f"{name[:2]}{gap}{name[2:]}" if len(name) == 4 else name
