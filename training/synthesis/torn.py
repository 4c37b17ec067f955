"""Tables as PDF-to-text converters tear them apart: labels away from their values, heads in pieces, lone digits.

The rows of values keep their order; every label may go astray. Only what stands alone has to be reviewed.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from training.synthesis.draft import Draft
from training.synthesis.grids import Grid, GridRow

STYLES = {"train": ("pipes", "pipes", "raw", "layout", "columns"), "holdout": ("pipes", "blocks", "blocks", "columns")}
_LONE = 0.35  # share of documents with a total that stands alone
_BARE = 0.06  # share of rows whose label is not printed at all
_NOTED = 0.15
_FLOATING = 0.08  # share of documents with a number of table 2 above its table
_TRAILING = 0.1  # share of rows with an empty cell at the end


@dataclass(slots=True)
class Scrap:
    """One line of output. `order` sorts the scraps; `values` mark rows of numbers."""

    order: float
    text: str = ""
    values: list[str] | None = None
    label: str = ""


def tear_grid(draft: Draft, grid: Grid) -> list[str]:
    """The lines of the torn table."""
    style = draft.torn_style or draft.rng.choice(STYLES[draft.generator])
    draft.torn_style = style
    for code in ("S001", "S002", "S003", "S005", "L001"):
        draft.allow(code, about="torn apart in conversion")
    if grid.number == 2:
        return _tear_disclosure(draft, grid, style)
    return _tear_requests(draft, grid, style) if grid.number == 3 else _tear_challenges(draft, grid, style)


# ---------------------------------------------------------------- table 2


def _tear_disclosure(draft: Draft, grid: Grid, style: str) -> list[str]:
    """Captions and heads run together; the first block may come last, under a caption of the converter's own."""
    rng = draft.rng
    _add_note(draft, grid)
    above = _float_value(draft, grid)
    lines = [*above, *(_run_together(row, rng) for row in grid.rows)]
    if above or len(grid.rows) < 8 or style != "pipes" or rng.random() < 0.3:
        return [*lines, ""]
    first = next(k for k, row in enumerate(grid.rows) if row.fields) + 2
    table = [f"| {' | '.join(row.cells)} |" for row in grid.rows[first - 3 : first] if row.cells[1]]
    table.insert(1, "|---|---|---|---|")
    caption = rng.choice(("## 表二：主动公开政府信息情况", "### 表1", "表：主动公开政府信息情况"))
    return [*lines[: max(0, first - 3)], *lines[first:], caption, *table, ""]


def _run_together(row: GridRow, rng: random.Random) -> str:
    glue = "" if row.head and rng.random() < 0.6 else " "
    return glue.join(text for text in row.cells if text)


def _add_note(draft: Draft, grid: Grid) -> None:
    """22（其中修订16件） is 22."""
    for row in grid.rows:
        if "disclosure.normative_documents.issued" in row.fields and row.values[0].isdigit():
            count = int(row.values[0])
            if count > 1 and draft.rng.random() < _NOTED:
                row.cells[row.start] = f"{count}（其中修订{draft.rng.randint(1, count - 1)}件）"


def _float_value(draft: Draft, grid: Grid) -> list[str]:
    """The line above the table that holds a number gone from its cell: whose it is, nobody can be sure."""
    rows = [row for row in grid.rows if row.fields == ("disclosure.licensing.decisions",)]
    if not rows or draft.cells[rows[0].fields[0]].state != "read" or draft.rng.random() > _FLOATING:
        return []
    row, field_id = rows[0], rows[0].fields[0]
    text, row.cells[row.start] = row.values[0], ""
    draft.lose(field_id, "blank")
    draft.must_review.add(field_id)
    draft.allow("V002", [field_id], about="its number stands above the table")
    return [text]


# ---------------------------------------------------------------- table 3


def _tear_requests(draft: Draft, grid: Grid, style: str) -> list[str]:
    rows = [row for row in grid.rows if row.fields]
    head = _tear_head(draft, grid)
    if style == "blocks":
        return [*head, *_print_blocks(draft, rows), ""]
    if style == "columns":
        return [*head, *_print_columns(rows, draft.rng), ""]
    width = draft.rng.randint(8, 13)
    scraps = _fuse(_scatter(draft, rows, width, far=style != "layout"), draft.rng)
    return [*head, *_print_scraps(scraps, style, draft.rng), ""]


def _tear_head(draft: Draft, grid: Grid) -> list[str]:
    """The head in pieces: labels cut at the width of their columns, the rest as half a head row."""
    rng = draft.rng
    labels = [text for text in grid.rows[grid.heads - 1].cells if text][-7:] if grid.heads else []
    labels = [text for text in labels if len(text) > 1]
    cut = rng.choice((2, 3))
    upper, lower = [text[:cut] for text in labels], [text[cut:] for text in labels if text[cut:]]
    lines = ["申请人情况"] if rng.random() < 0.7 else []
    if rng.random() < 0.5:
        lines += ["（本列数据的勾稽关系为：第一项加第二项法人或其他组织", "之和，等于第三项加第四项之和）"]
    lines += ["自然人总计"] if rng.random() < 0.5 else ["自然人", "总计"]
    lines += ["".join(upper)] if rng.random() < 0.6 else upper
    if rng.random() < 0.5:
        lines.append(
            rng.choice(("## 表三：收到和处理政府信息公开申请情况", "三、收到和处理政府信息公开申请情况（续）", "表三"))
        )
    lines.append(f"| {' | '.join(lower)} |  |  |" if rng.random() < 0.6 else " ".join(lower))
    return lines


def _scatter(draft: Draft, rows: list[GridRow], width: int, *, far: bool) -> list[Scrap]:
    """Rows of values in order, short labels with them, long labels in pieces before, around or after them."""
    rng, scraps = draft.rng, []
    lone = _stand_alone(draft, rows)
    for place, row in enumerate(rows):
        *groups, label = [text for text in row.cells[: row.start] if text] or [""]
        values = list(row.values)
        for group in groups:
            scraps += _pieces(group, 4, place + rng.uniform(-0.9, 1.9) if far else place - 0.4)
        if rng.random() < _BARE and rng.random() < 0.5:
            label = ""
        if len(label) <= width and rng.random() < 0.9:
            scraps.append(Scrap(place, values=values, label=label))
            continue
        scraps.append(Scrap(place, values=values))
        scraps += _place_label(label, width, place, rng, far=far)
    if lone:
        scraps.append(Scrap(*lone))
    return sorted(scraps, key=lambda scrap: scrap.order)


def _place_label(label: str, width: int, place: int, rng: random.Random, *, far: bool) -> list[Scrap]:
    if far and rng.random() < 0.6:
        return _pieces(label, width, place + rng.choice((-2.4, -1.4, -0.5, 0.5, 0.5, 1.5)))
    pieces = _pieces(label, width, 0.0)
    half = (len(pieces) + 1) // 2
    for k, piece in enumerate(pieces):
        piece.order = place + (-0.4 if k < half else 0.4) + k / 1000
    return pieces


def _pieces(text: str, width: int, order: float) -> list[Scrap]:
    """The text cut at the column's width; the pieces stay together."""
    text = text.replace(" ", "")
    cuts = range(0, len(text), width)
    return [Scrap(order + k / 1000, text[cut : cut + width]) for k, cut in enumerate(cuts)]


def _stand_alone(draft: Draft, rows: list[GridRow]) -> tuple[float, str] | None:
    """A total that left its cell and stands among the label lines: (order, digit)."""
    rng = draft.rng
    if rng.random() > _LONE:
        return None
    place = rng.choice((len(rows) - 1, rng.randrange(len(rows))))
    row = rows[place]
    field_id, text = row.fields[-1], row.values[-1]
    if draft.cells[field_id].state != "read":
        return None
    row.cells[row.start + len(row.fields) - 1] = ""
    draft.lose(field_id, "blank")
    draft.must_review.add(field_id)
    draft.allow("V002", [field_id], about="its digit stands elsewhere")
    return place + rng.choice((-2.2, -1.2, -0.3, 0.3)), text


def _fuse(scraps: list[Scrap], rng: random.Random) -> list[Scrap]:
    """Neighbouring label lines run together: `（四）无2.没有现成信息需要另`."""
    fused: list[Scrap] = []
    for scrap in scraps:
        before = fused[-1] if fused else None
        loose = before is not None and before.values is None and scrap.values is None
        words = loose and not scrap.text.isdigit() and before is not None and not before.text.isdigit()
        if words and before is not None and len(before.text) <= 4 and rng.random() < 0.5:
            before.text += scrap.text
        else:
            fused.append(scrap)
    return fused


def _print_scraps(scraps: list[Scrap], style: str, rng: random.Random) -> list[str]:
    lines: list[str] = []
    width = 0
    for scrap in scraps:
        if scrap.values is None:
            lines += ["", scrap.text] if width and style == "pipes" else [scrap.text]
            width = 0
            continue
        trailing = [""] if scrap.label and rng.random() < _TRAILING else []
        cells = ([scrap.label] if scrap.label else []) + scrap.values + trailing
        if style == "pipes":
            lines.append(f"| {' | '.join(cells)} |")
            lines += ["|" + "---|" * len(cells)] if len(cells) != width else []
            width = len(cells)
        elif style == "layout":
            lines.append(" " * (12 if scrap.label else rng.randint(24, 34)) + "   ".join(cells))
        else:
            lines.append(" ".join(text for text in cells if text))
    return lines


def _print_blocks(draft: Draft, rows: list[GridRow]) -> list[str]:
    """Labels of several rows, one below the other, then their rows of values."""
    rng, lines = draft.rng, []
    start = 0
    while start < len(rows):
        part = rows[start : start + rng.randint(2, 9)]
        labels = [text for row in part for text in row.cells[: row.start] if text]
        lines += labels if rng.random() < 0.7 else [piece.text for label in labels for piece in _pieces(label, 9, 0)]
        lines += [" ".join(text for text in row.values if text) for row in part]
        start += len(part)
    return lines


def _print_columns(rows: list[GridRow], rng: random.Random) -> list[str]:
    """A vertical group label woven into the lines one character at a time."""
    letters = iter("三、本年度办理结果")
    lines = []
    for place, row in enumerate(rows):
        stubs = [text for text in row.cells[: row.start] if text and not text.startswith("三")]
        letter = next(letters, "") if place >= 2 and rng.random() < 0.5 else ""
        values = "  ".join(text for text in row.values if text)
        if len(stubs[-1] if stubs else "") > 14:
            lines += [letter + "".join(stubs)[:14], values, "".join(stubs)[14:]]
        else:
            lines.append(f"{letter}{''.join(stubs)}  {values}")
    return lines


# ---------------------------------------------------------------- table 4


def _tear_challenges(draft: Draft, grid: Grid, style: str) -> list[str]:
    """A head in pieces with fewer cells than the values below it."""
    rng = draft.rng
    values = grid.rows[-1].values
    lines = ["行政复议行政诉讼" if rng.random() < 0.6 else "行政复议", "未经复议直接起诉复议后起诉"]
    lines += rng.choice(
        (["结果结果其他尚未", "总计", "总计总计", "维持纠正结果审结维持纠正结果审结"], ["结果 结果 其他 尚未 总计"], [])
    )
    half = ["维持", "纠正", "结果", "审结", *["结果", "结果", "其他", "尚未"] * 2]
    if style != "pipes":
        return [*lines, " ".join(half), (" " * rng.choice((1, 2, 3))).join(values), ""]
    below = ["|" + "---|" * 15] if rng.random() < 0.5 else []
    return [*lines, f"| {' | '.join(half)} |", "|" + "---|" * 12, f"| {' | '.join(values)} |", *below, ""]
